//! The same evidence gives the same case: with any number of threads, in any order of files, in one file or several,
//! and under eviction.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

mod common;
use common::{Folder, pcapng, scan, settings, without_origins};

#[test]
fn threads_do_not_matter() {
    let folder = Folder::new("threads");
    let day = folder.file("day.pcapng", &pcapng(&drill::office_day(1)));
    let flood = folder.file("flood.pcapng", &pcapng(&drill::traffic("sudden-flood", 1).unwrap()));
    let files = [day, flood];
    // The smallest tables hold 1,024 flows in all: the flood evicts far more.
    for memory in [64 << 20, 64 << 10] {
        let mut settings = settings();
        settings.memory = memory;
        let one = scan(&files, &settings);
        assert!(!one.findings.is_empty());
        let gaps = one.evidence.iter().flat_map(|evidence| &evidence.gaps);
        let evicted = gaps.filter(|gap| gap.reason.id == "gap-flows-evicted").count() > 0;
        assert_eq!(evicted, memory < 1 << 20, "the small table must overflow, the large one must not");
        for threads in [2, 3, 4, 9] {
            settings.threads = threads;
            assert_eq!(scan(&files, &settings), one, "{threads} threads, {memory} bytes");
        }
    }
}

/// What is counted over many flows, whatever thread saw them, and with tables that overflow.
#[test]
fn threads_do_not_matter_to_attacks() {
    let folder = Folder::new("attack-threads");
    for id in ["worm-chain", "password-guessing", "sudden-flood"] {
        let file = folder.file(&format!("{id}.pcapng"), &pcapng(&drill::traffic(id, 1).unwrap()));
        for memory in [64 << 20, 64 << 10] {
            let mut settings = settings();
            (settings.memory, settings.threads) = (memory, 1);
            let one = scan(std::slice::from_ref(&file), &settings);
            let said = one.findings.iter().any(|found| found.finding.kind == model::FindingKind::Attack);
            // Tables too small to remember how it was before may miss a surge, but on all threads alike.
            assert!(said || memory < 1 << 20, "{id} with {memory} bytes");
            for threads in [2, 5] {
                settings.threads = threads;
                assert_eq!(scan(std::slice::from_ref(&file), &settings), one, "{id}, {threads}, {memory}");
            }
        }
    }
}

#[test]
fn the_order_of_files_does_not_matter() {
    let folder = Folder::new("order");
    let files: Vec<_> = ["cryptonote-xmrig", "zcash", "office", "eth-getwork-http"]
        .iter()
        .map(|id| folder.file(&format!("{id}.pcapng"), &pcapng(&drill::traffic(id, 7).unwrap())))
        .collect();
    let one = scan(&files, &settings());
    assert!(one.findings.len() >= 3);
    for turn in 1..files.len() {
        let mut other = files.clone();
        other.rotate_left(turn);
        other.swap(0, 1);
        assert_eq!(scan(&other, &settings()), one);
    }
}

/// Halves of connections lie in different files, cut by time or dealt packet by packet.
#[test]
fn one_file_or_three_does_not_matter() {
    for id in ["office-day", "zcash", "eth-getwork-http", "bitcoin-byte-by-byte", "proxy-in-lan"] {
        let folder = Folder::new(&format!("split-{id}"));
        let scene = drill::traffic(id, 5).unwrap();
        let whole = without_origins(scan(&[folder.file("whole.pcapng", &pcapng(&scene))], &settings()));
        assert!(!whole.findings.is_empty(), "{id}");
        let third = scene.packets.len().div_ceil(3);
        let by_time = |part: usize, i: usize| i / third == part;
        let dealt = |part: usize, i: usize| i % 3 == part;
        for (name, belongs) in [("time", &by_time as &dyn Fn(usize, usize) -> bool), ("dealt", &dealt)] {
            let mut files: Vec<_> = (0..3)
                .map(|part| {
                    let mut piece = scene.clone();
                    let mut index = 0;
                    piece.packets.retain(|_| {
                        index += 1;
                        belongs(part, index - 1)
                    });
                    folder.file(&format!("{name}-{part}.pcapng"), &pcapng(&piece))
                })
                .collect();
            for _ in 0..3 {
                assert_eq!(without_origins(scan(&files, &settings())), whole, "{id} by {name}");
                files.rotate_left(1);
            }
        }
    }
}

/// A capture in a folder, named twice, gives what the capture alone gives.
#[test]
fn naming_a_file_twice_does_not_matter() {
    let folder = Folder::new("twice");
    let file = folder.file("a.pcapng", &pcapng(&drill::traffic("cryptonote-xmrig", 3).unwrap()));
    let one = scan(std::slice::from_ref(&file), &settings());
    assert_eq!(scan(&[file.clone(), file], &settings()), one);
    assert_eq!(without_origins(scan(&[folder.path().to_path_buf()], &settings())), without_origins(one));
}

/// More files that overlap in time than may be open at once: all are read, what came late is said, and the order of
/// arguments still does not matter.
#[test]
fn many_overlapping_files_are_read_in_turn() {
    let folder = Folder::new("overlap");
    let bytes = pcapng(&drill::traffic("cryptonote-xmrig", 3).unwrap());
    let mut files: Vec<_> = (0..70).map(|i| folder.file(&format!("{i:02}.pcapng"), &bytes)).collect();
    let case = scan(&files, &settings());
    assert_eq!(case.worst(), model::Level::Confirmed);
    assert_eq!(case.evidence.len(), 70);
    let late =
        case.evidence.iter().filter(|piece| piece.gaps.iter().any(|gap| gap.reason.id == "gap-read-late"));
    assert_eq!(late.count(), 6);
    files.reverse();
    assert_eq!(scan(&files, &settings()), case);
}
