//! A machine and its bundle tell the same; a bundle that lies or is damaged tells less, and says so.
#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use super::{Collected, Recorded, Unpacker, collect, is_bundle};
use crate::{Memory, Settings, examine};
use flate2::read::GzDecoder;
use model::{EvidenceId, Fact, GapSummary, Hiding, Observation, Time, Trait};
use std::io::Read;

const WALLET: &str =
    "428uyvSqdpVZL7HHgpj2T5SpasCcoHZNTTzE3Lz2H5ZkiMzqayy19sYDcBGDCjoWbTfLBnc3tc9rG4Y8gXQ8fJiP5tqeBda";

fn stat(pid: u32, name: &str, flags: u32, ticks: u32) -> String {
    format!(
        "{pid} ({name}) S 1 {pid} {pid} 0 -1 {flags} 99 0 0 0 {ticks} 0 0 0 20 0 2 0 50 1000 25 1 1 1 1 1 1 0 0 0 0 0 0 0 17 1 0 0\n"
    )
}

/// A running machine with a busy process that has orders, one that no listing shows, one that the C library leaves
/// out, and a connection.
fn machine() -> Memory {
    let mut memory = Memory::new(Time::from_secs(1_795_511_520));
    memory
        .file("/proc/sys/kernel/pid_max", "2000\n")
        .file("/proc/sys/kernel/hostname", "pc-12\n")
        .file("/proc/stat", "cpu  10 5 7 100 3 1 2 0 4 0\ncpu0 5 0 0 0\nbtime 1795500000\n")
        .becomes(1, "/proc/stat", "cpu  310 5 7 100 3 1 2 0 4 0\ncpu0 5 0 0 0\nbtime 1795500000\n")
        .file("/proc/uptime", "11520.00 100.00\n")
        .file("/proc/meminfo", "MemTotal:       24689764 kB\n")
        .file("/proc/self/status", "Tgid:\t9\nCapEff:\t000001ffffffffff\n")
        .link("/proc/self/root", "/")
        .file("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\nanna:x:1000:1000::/home/anna:/bin/sh\n")
        .file("/etc/os-release", "PRETTY_NAME=\"A \u{1f427}\"\n")
        .file("/usr/bin/kept", "x")
        .running([1, 2, 7, 42, 700, 701])
        .library_lists("/proc", &["1", "2", "700", "self"]);
    for (pid, name, flags) in [(1, "init", 0), (2, "kthreadd", 0x20_0000), (7, "quiet", 0), (700, "x y", 0)] {
        memory
            .file(format!("/proc/{pid}/stat"), stat(pid, name, flags, 10))
            .file(format!("/proc/{pid}/status"), format!("Tgid:\t{pid}\nUid:\t1000\t1000\t1000\t1000\n"))
            .file(format!("/proc/{pid}/cmdline"), format!("{name}\0"))
            .file(format!("/proc/{pid}/environ"), "PATH=/bin\0")
            .file(format!("/proc/{pid}/maps"), "55d0-55f0 r-xp 00000000 fe:01 12   /usr/bin/kept\n")
            .file(format!("/proc/{pid}/task/{pid}/stat"), stat(pid, name, flags, 10))
            .link(format!("/proc/{pid}/exe"), "/usr/bin/kept")
            .link(format!("/proc/{pid}/root"), "/")
            .link(format!("/proc/{pid}/ns/net"), "net:[4026531840]")
            .file(format!("/proc/{pid}/net/tcp"), "  sl\n   0: 0700000A:C822 05C6A8C0:0D05 01 0:0 0:0 0  1000        0 31337 1\n   1: 00000000:1F90 00000000:0000 0A 0:0 0:0 0  0        0 31338 1\n");
    }
    let orders = format!("x\0-o\0stratum+tcp://pool.example:3333\0-u\0{WALLET}\0-p\0geheim\0");
    memory
        .file("/proc/700/cmdline", orders)
        .becomes(0, "/proc/700/stat", stat(700, "x y", 0, 95))
        .becomes(1, "/proc/700/stat", stat(700, "x y", 0, 300))
        .file("/proc/700/task/701/stat", stat(701, "x y", 0, 5))
        .becomes(0, "/proc/700/task/701/stat", stat(701, "x y", 0, 90))
        .becomes(1, "/proc/700/task/701/stat", stat(701, "x y", 0, 290))
        .becomes(0, "/proc/700/task/701/schedstat", "1000 0 1\n")
        .becomes(1, "/proc/700/task/701/schedstat", "1900001000 0 9\n")
        .rounds(701, &[0, 1, 1, 2, 3])
        .link("/proc/700/exe", "/tmp/gone\u{e9} (deleted)")
        .link("/proc/700/fd/3", "socket:[31337]")
        .other("/proc/700/fd/4");
    memory
}

type Told = (Vec<Observation>, Vec<GapSummary>);

fn told(view: &mut dyn crate::View, settings: &Settings) -> Told {
    let mut seen = Vec::new();
    let done = examine(view, EvidenceId(0), settings, &mut |observation| seen.push(observation));
    (seen, done.gaps)
}

fn bundle(mut memory: Memory) -> (Vec<u8>, Collected) {
    let mut bytes = Vec::new();
    let collected = collect(&mut memory, &Settings::default(), "0.1.0", &mut bytes, &mut |_| ()).unwrap();
    (bytes, collected)
}

fn tar(bundle: &[u8]) -> Vec<u8> {
    let mut tar = Vec::new();
    GzDecoder::new(bundle).read_to_end(&mut tar).unwrap();
    tar
}

fn unpacked(tar: &[u8], piece: usize) -> Recorded {
    let mut unpacker = Unpacker::default();
    tar.chunks(piece).for_each(|piece| unpacker.push(piece));
    unpacker.finish()
}

/// What is told, and the gaps of look and bundle by id.
fn retold(tar: &[u8]) -> (Told, Vec<(&'static str, u64)>) {
    let mut recorded = unpacked(tar, 1 << 16);
    let settings = recorded.settings();
    let told = told(&mut recorded, &settings);
    let gaps = recorded.into_gaps().into_iter().map(|gap| (gap.reason.id, gap.count)).collect();
    (told, gaps)
}

/// Where a member lies in a tar: its header, and its bytes.
fn member(tar: &[u8], name: &str) -> (usize, std::ops::Range<usize>) {
    let mut at = 0;
    loop {
        let size = std::str::from_utf8(&tar[at + 124..at + 135]).unwrap();
        let size = usize::from_str_radix(size, 8).unwrap();
        if tar[at..].starts_with(format!("{name}\0").as_bytes()) {
            return (at, at + 512..at + 512 + size);
        }
        at += 512 + size.next_multiple_of(512);
    }
}

#[test]
fn a_machine_and_its_bundle_tell_the_same() {
    let settings = Settings { deep: true, ..Settings::default() };
    let live = told(&mut machine(), &settings);
    let (mut bytes, mut machine) = (Vec::new(), machine());
    let collected = collect(&mut machine, &settings, "0.1.0", &mut bytes, &mut |_| ()).unwrap();
    let (again, gaps) = retold(&tar(&bytes));
    assert_eq!(live, again);
    assert_eq!(gaps, [], "nothing was asked that is not in the bundle");
    assert_eq!((collected.host.as_deref(), collected.processes), (Some("pc-12"), 5));
    assert_eq!(collected.gaps, live.1);
    // What was compared is worth comparing: hidden in two ways, watched over time, with orders and a connection.
    let process = |pid| {
        let of = live.0.iter().find_map(|seen| match &seen.fact {
            Fact::Process(process) if process.pid == pid => Some(process),
            _ => None,
        });
        of.unwrap()
    };
    assert_eq!(process(42).traits, [Trait::Hidden(Hiding::Listing)]);
    assert!(process(7).traits.contains(&Trait::Hidden(Hiding::Library)));
    assert_eq!(process(700).cpu.observed, Some(966));
    assert_eq!(process(700).cpu.busy_threads, 1);
    assert_eq!(process(700).rounding.as_ref().map(|rounding| rounding.samples), Some(40));
    assert!(!process(700).orders.is_empty());
    assert_eq!(process(700).connections.len(), 1);
}

#[test]
fn a_machine_that_does_not_run_is_collected_too() {
    let mut memory = Memory::new(Time::from_secs(5));
    memory.file("/etc/hostname", "pc-13\n").file("/etc/passwd", "");
    let settings = Settings::default();
    let live = told(&mut memory.clone(), &settings);
    let (bytes, _) = bundle(memory);
    assert_eq!(retold(&tar(&bytes)), (live, vec![]));
}

#[test]
fn the_same_machine_gives_the_same_bytes_and_any_tar_reads_them() {
    let (bytes, collected) = bundle(machine());
    assert_eq!(bundle(machine()).0, bytes);
    assert_eq!(collected.bytes, bytes.len() as u64);
    let tar = tar(&bytes);
    assert!(is_bundle(&tar) && !is_bundle(&tar[..511]) && !is_bundle(&tar[512..]));
    let (_, about) = member(&tar, "minehound-bundle.json");
    let about = String::from_utf8_lossy(&tar[about]).into_owned();
    assert!(about.starts_with("{\"schema\": \"minehound.bundle/1\",\n"), "{about}");
    assert!(about.contains("\"host\": \"pc-12\"") && about.contains("2026-11-24T09:12:00Z"), "{about}");
    assert_eq!(&tar[257..262], b"ustar");
}

#[test]
fn it_does_not_matter_how_the_bytes_come() {
    let tar = tar(&bundle(machine()).0);
    let settings = Settings::default();
    let whole = told(&mut unpacked(&tar, tar.len()), &settings);
    for piece in [1, 7, 512, 1000] {
        assert_eq!(told(&mut unpacked(&tar, piece), &settings), whole, "{piece}");
    }
}

#[test]
fn a_member_that_is_not_as_it_was_is_left_out_and_named() {
    let mut tar = tar(&bundle(machine()).0);
    // Somebody makes the wallet another one.
    let at = tar.windows(WALLET.len()).position(|bytes| bytes == WALLET.as_bytes()).unwrap();
    tar[at] ^= 1;
    let mut recorded = unpacked(&tar, 4096);
    let (seen, _) = told(&mut recorded, &Settings::default());
    let gaps = recorded.into_gaps();
    assert_eq!((gaps[0].reason.id, gaps[0].count), ("gap-bundle-differs", 1));
    assert!(matches!(&gaps[0].reason.args[0].1, model::Arg::Text(name) if name.starts_with("content/")));
    assert!(
        seen.iter()
            .any(|seen| matches!(&seen.fact, Fact::Process(one) if one.pid == 700 && one.orders.is_empty()))
    );
}

#[test]
fn a_bundle_cut_anywhere_tells_what_it_can() {
    let tar = tar(&bundle(machine()).0);
    for end in (0..tar.len() - 1024).step_by(509) {
        let (_, gaps) = retold(&tar[..end]);
        assert!(gaps.contains(&("gap-bundle-cut", 1)), "{end}: {gaps:?}");
    }
    // Without its last block of zeros alone, all of it is there.
    let (_, sums) = member(&tar, "SHA256SUMS");
    let ((seen, _), gaps) = retold(&tar[..sums.start]);
    assert_eq!(gaps, [("gap-bundle-cut", 1)]);
    assert_eq!(seen, told(&mut machine(), &Settings::default()).0);
}

#[test]
fn damage_and_foreign_members_are_counted() {
    let good = tar(&bundle(machine()).0);
    let mut tar = good.clone();
    let (header, _) = member(&tar, "answers/0.tsv");
    tar[header] = b'b';
    assert!(retold(&tar).1.contains(&("gap-bundle-damaged", 1)));

    // The same first member twice: the second is none of ours.
    let (_, about) = member(&good, "minehound-bundle.json");
    let first = &good[..about.end.next_multiple_of(512)];
    let doubled = [first, &good].concat();
    let (told_again, gaps) = retold(&doubled);
    assert_eq!(gaps, [("gap-bundle-foreign", 1)]);
    assert_eq!(told_again, retold(&good).0);
}

/// A line of answers and nothing else, without sums.
fn lying(answers: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut tell = |_, _| ();
    let mut pack = super::pack::Pack::new(&mut bytes, 0, &mut tell);
    pack.member("minehound-bundle.json", b"{}");
    pack.member("answers/9.tsv", answers.as_bytes());
    pack.member("answers/../../etc/passwd", b"root::0:0::/:/bin/sh\n");
    pack.member("/etc/cron.d/x", b"* * * * * root x\n");
    pack.finish().unwrap();
    tar(&bytes)
}

#[test]
fn lies_end_and_lead_nowhere() {
    let everything = "bundle\t1\t18446744073709551615\t1\t1\n\
        0\t0\tread\t/proc/sys/kernel/pid_max\twhole\t7\n\
        0\t0\tlist\t/proc\twhole\td1/d../d./d4294967295/f-1/d%2f/d99999999999\n\
        0\t0\ttarget\t/proc/1/exe\t../../../etc/shadow\n\
        0\t0\tnow\t/\t9223372036854775807\n\
        1\t0\tnow\t/\t-9223372036854775808\n\
        asked\t0-4294967295,5-4,7-7\n\
        alive\t4294967295\t0:1\nalive\t3\t9:0,2:1\n\
        nonsense\n0\t0\tread\t/x\twhole\n";
    let ((seen, _), gaps) = retold(&lying(everything));
    assert!(gaps.contains(&("gap-bundle-foreign", 4)), "two members, two lines: {gaps:?}");
    assert!(gaps.iter().any(|(id, _)| *id == "gap-bundle-unasked"), "{gaps:?}");
    assert!(!seen.is_empty());
    let (_, gaps) = retold(&lying("bundle\t2\t0\t0\t1\n0\t0\tnow\t/\t5\n"));
    assert!(gaps.contains(&("gap-bundle-foreign", 3)), "{gaps:?}");
}

#[test]
fn what_is_too_large_is_not_kept() {
    // A header that promises eighty megabytes and a byte, and one that promises the largest number there is.
    for size in [(80_u64 << 20) + 1, 0o77_777_777_777] {
        let mut unpacker = Unpacker::default();
        let mut tar = lying("");
        let (at, _) = member(&tar, "answers/9.tsv");
        tar[at + 124..at + 135].copy_from_slice(format!("{size:011o}").as_bytes());
        tar[at + 148..at + 156].copy_from_slice(b"        ");
        let sum: u64 = tar[at..at + 512].iter().map(|byte| u64::from(*byte)).sum();
        tar[at + 148..at + 155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        unpacker.push(&tar);
        let gaps = unpacker.finish().into_gaps();
        let ids: Vec<_> = gaps.iter().map(|gap| gap.reason.id).collect();
        assert_eq!(ids, ["gap-bundle-cut", "gap-bundle-large"]);
    }
}

/// What the fuzz target asserts holds for its seeds, whole and cut.
#[test]
fn seeds_of_the_fuzz_target_are_read() {
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus/bundle");
    for seed in std::fs::read_dir(seeds).unwrap() {
        let bytes = std::fs::read(seed.unwrap().path()).unwrap();
        (0..bytes.len()).rev().step_by(13).for_each(|end| super::fuzz(&bytes[..end]));
        for at in (1..bytes.len()).step_by(7) {
            let mut other = bytes.clone();
            other[at] = other[at].wrapping_mul(31).wrapping_add(7);
            super::fuzz(&other);
        }
    }
}
