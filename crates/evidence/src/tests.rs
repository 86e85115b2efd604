//! What users name, good and bad, from the file system to the summary.
#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use model::{Arg, EvidenceId, Fact, Message};

use super::*;

/// A folder of its own that goes away with the test.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name =
            format!("minehound-evidence-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }
    fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

/// A little-endian microsecond pcap of Ethernet frames (draft-ietf-opsawg-pcap).
fn pcap(packets: impl IntoIterator<Item = (u32, Vec<u8>)>) -> Vec<u8> {
    let mut file = vec![0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0];
    for (secs, data) in packets {
        for word in [secs, 0, data.len() as u32, data.len() as u32] {
            file.extend(word.to_le_bytes());
        }
        file.extend(data);
    }
    file
}

/// What `read_all` gives: frames with their bytes, observations, summary.
struct Read {
    frames: Vec<(Frame, Vec<u8>)>,
    observations: Vec<model::Observation>,
    summary: model::EvidenceSummary,
}

fn read_all(piece: Piece) -> Read {
    let mut reading = piece.open().unwrap();
    let mut intake = Intake::default();
    let (mut frames, mut observations) = (Vec::new(), Vec::new());
    loop {
        let more = reading.step(&mut intake);
        frames.extend(intake.block.frames.iter().map(|frame| (*frame, intake.block.data(frame).to_vec())));
        observations.append(&mut intake.observations);
        if !more {
            break;
        }
    }
    assert!(!reading.step(&mut intake) && intake.block.frames.is_empty(), "the end stays the end");
    Read { frames, observations, summary: reading.finish() }
}

fn find(named: &[&Path]) -> Evidence {
    let named: Vec<_> = named.iter().map(|path| path.to_path_buf()).collect();
    Evidence::find(&named, &[], &Settings::default())
}

/// Reads the one piece there is.
fn only(found: Evidence) -> Read {
    assert_eq!((found.pieces.len(), &found.errors), (1, &vec![]));
    read_all(found.pieces.into_iter().next().unwrap())
}

fn gaps_of(summary: &model::EvidenceSummary) -> Vec<String> {
    summary.gaps.iter().map(|gap| format!("{} {} {}", gap.at, gap.reason.id, gap.count)).collect()
}

/// Packets of many sizes, more than fit one block, the last one longer than a read.
fn long_capture() -> Vec<(u32, Vec<u8>)> {
    (0..3000u32).map(|n| (1000 + n, vec![n as u8; 1 + (n as usize * 7919) % 2000])).collect()
}

#[test]
fn frames_come_out_as_they_were_written_across_blocks() {
    let scratch = Scratch::new();
    let packets = long_capture();
    let file = scratch.file("no-name-decides.txt", &pcap(packets.clone()));
    assert!(fs::metadata(&file).unwrap().len() > 2 << 20, "several blocks");
    let read = only(find(&[&file]));
    assert_eq!(read.frames.len(), packets.len());
    for (at, ((frame, data), (secs, written))) in read.frames.iter().zip(&packets).enumerate() {
        assert_eq!((frame.number, frame.time.secs(), data), (at as u64 + 1, i64::from(*secs), written));
        assert_eq!(frame.order, frame.time);
    }
    let summary = read.summary;
    assert_eq!((summary.reader, summary.records, gaps_of(&summary)), ("pcap", 3000, vec![]));
    assert_eq!(summary.bytes, fs::metadata(&file).unwrap().len());
    assert_eq!(summary.first.unwrap().secs(), 1000);
    assert_eq!(summary.last.unwrap().secs(), 3999);
}

#[test]
fn compressed_captures_give_the_same_frames() {
    let scratch = Scratch::new();
    let plain = pcap(long_capture());
    let expected = only(find(&[&scratch.file("plain", &plain)])).frames;
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(&plain).unwrap();
    let mut bz2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    bz2.write_all(&plain).unwrap();
    let zst =
        ruzstd::encoding::compress_to_vec(plain.as_slice(), ruzstd::encoding::CompressionLevel::Fastest);
    for compressed in [gz.finish().unwrap(), bz2.finish().unwrap(), zst] {
        let read = only(find(&[&scratch.file("compressed", &compressed)]));
        assert!(read.frames == expected);
        assert_eq!(read.summary.bytes, compressed.len() as u64);
    }
}

#[test]
fn order_never_falls_and_frames_without_time_take_the_running_one() {
    // pcapng, little-endian: section, interface (Ethernet), enhanced packets at 5 s and 3 s, a
    // simple packet, and one at 6 s.
    let words = |words: &[u32]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<_>>();
    let enhanced = |secs: u32| words(&[6, 36, 0, 0, secs * 1_000_000, 4, 60, 0x7878_7878, 36]);
    let file = [
        words(&[0x0a0d_0d0a, 28, 0x1a2b_3c4d, 1, !0, !0, 28]),
        words(&[1, 20, 1, 0, 20]),
        // Names: IPv4 record of 4 + 3 bytes, 192.0.2.9 "pc".
        words(&[4, 28, 7 << 16 | 1, 0x0902_00c0, u32::from_le_bytes(*b"pc\0\0"), 0, 28]),
        words(&[10, 20, 0, 0, 20]),
        enhanced(5),
        enhanced(3),
        words(&[3, 20, 4, 0x7979_7979, 20]),
        enhanced(6),
    ]
    .concat();
    let scratch = Scratch::new();
    let read = only(find(&[&scratch.file("c", &file)]));
    let seen: Vec<_> = read
        .frames
        .iter()
        .map(|(frame, _)| (frame.number, frame.time.secs(), frame.order.secs(), frame.original_len))
        .collect();
    assert_eq!(seen, [(1, 5, 5, 60), (2, 3, 5, 60), (3, 5, 5, 4), (4, 6, 6, 60)]);
    assert_eq!((read.summary.first.unwrap().secs(), read.summary.last.unwrap().secs()), (3, 6));
    assert_eq!(gaps_of(&read.summary), ["byte 96 pcap-secrets 1", "packet 1 pcap-snap-length 3"]);
    let Fact::Identity(fact) = &read.observations[0].fact else { panic!("{:?}", read.observations) };
    assert_eq!((fact.name.as_deref(), fact.address), (Some("pc"), Some([192, 0, 2, 9].into())));
}

#[test]
fn damage_is_counted_with_its_place_and_the_rest_is_read() {
    let scratch = Scratch::new();
    let mut bytes = pcap([(1, vec![1; 50])]);
    let first = bytes.len();
    bytes.extend([0xff; 37]);
    bytes.extend(&pcap((2..9).map(|secs| (secs, vec![2; 60])))[24..]);
    let second = bytes.len();
    bytes.extend(&pcap([(9, vec![3; 70])])[24..]);
    bytes.truncate(bytes.len() - 1);
    let read = only(find(&[&scratch.file("c", &bytes)]));
    assert_eq!(read.summary.records, 8);
    let expected = [format!("byte {first} pcap-absurd-length 1"), format!("byte {second} pcap-cut-short 1")];
    assert_eq!(gaps_of(&read.summary), expected);
}

#[test]
fn a_cut_and_a_bombed_gz_keep_their_packets() {
    let scratch = Scratch::new();
    let gz = |data: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    };
    let whole = gz(&pcap(long_capture()));
    let read = only(find(&[&scratch.file("cut", &whole[..whole.len() / 2])]));
    assert!(read.summary.records > 100 && read.summary.records < 3000);
    let ids: Vec<_> = read.summary.gaps.iter().map(|gap| gap.reason.id).collect();
    assert_eq!(ids, ["pcap-cut-short", "gap-stream-cut"]);

    let mut bomb = pcap([(1, vec![1; 50]), (1, vec![1; 50])]);
    bomb.resize(8 << 20, 0);
    let limits = Limits { free: 1 << 20, ratio: 10, ..Limits::default() };
    let settings = Settings { limits, ..Settings::default() };
    let read = only(Evidence::find(&[scratch.file("bomb", &gz(&bomb))], &[], &settings));
    assert_eq!(read.summary.records, 2);
    let ids: Vec<_> = read.summary.gaps.iter().map(|gap| gap.reason.id).collect();
    assert_eq!(ids, ["pcap-absurd-length", "gap-bomb"]);
}

#[test]
fn pieces_are_ordered_by_their_first_packet_whatever_was_named_first() {
    let scratch = Scratch::new();
    let late = scratch.file("a", &pcap([(300, vec![1; 60])]));
    let early = scratch.file("z", &pcap([(100, vec![1; 60])]));
    let same = scratch.file("m", &pcap([(100, vec![2; 60])]));
    let none = scratch.file("b", &pcap([]));
    let expected = [(0, &same, Some(100)), (1, &early, Some(100)), (2, &late, Some(300)), (3, &none, None)];
    let expected: Vec<_> =
        expected.iter().map(|(id, path, secs)| (*id, path.display().to_string(), *secs)).collect();
    for named in [[&late, &early, &same, &none, &late], [&none, &same, &early, &late, &early]] {
        let found = find(&named.map(PathBuf::as_path));
        let pieces: Vec<_> = found
            .pieces
            .iter()
            .map(|piece| (piece.id.0, piece.name().to_owned(), piece.begins.map(|time| time.secs())))
            .collect();
        assert_eq!(pieces, expected);
    }
}

#[test]
fn what_nobody_reads_is_an_error_with_its_reason() {
    let scratch = Scratch::new();
    let whole = pcap([]);
    let cases: [(&str, Option<&[u8]>, &str); 6] = [
        ("not-there", None, "unread-not-found"),
        ("empty", Some(b""), "unread-empty"),
        ("text", Some(b"this is no capture at all"), "unread-unknown"),
        ("cut", Some(&whole[..20]), "pcap-cut-in-header"),
        ("short", Some(&whole[..3]), "unread-unknown"),
        ("cut.gz", Some(&[0x1f, 0x8b, 8, 0, 0, 0]), "gap-stream-cut"),
    ];
    for (name, content, expected) in cases {
        let path = content.map_or_else(|| scratch.0.join(name), |content| scratch.file(name, content));
        let found = find(&[&path]);
        assert!(found.pieces.is_empty());
        let errors: Vec<_> =
            found.errors.iter().map(|error| (error.source.as_str(), error.reason.id)).collect();
        assert_eq!(errors, [(path.to_str().unwrap(), expected)]);
    }
}

#[test]
fn system_errors_are_told_apart() {
    use std::io::{Error, ErrorKind};
    let id = |kind: ErrorKind| source::unread(&Error::from(kind)).id;
    assert_eq!(id(ErrorKind::PermissionDenied), "unread-no-permission");
    assert_eq!(id(ErrorKind::NotFound), "unread-not-found");
    assert_eq!(id(ErrorKind::TimedOut), "unread-failed");
}

/// Only the wording of `gap-member` says what a member was; this is its reason's id.
fn inner(message: &Message) -> (&str, &str) {
    let [(_, Arg::Text(first)), (_, Arg::Message(reason))] = message.args.as_slice() else {
        panic!("{message:?}");
    };
    (first.rsplit('/').next().unwrap(), reason.id)
}

#[cfg(unix)]
#[test]
fn folders_are_walked_and_nothing_but_files_is_opened() {
    use std::os::unix::fs::symlink;
    let scratch = Scratch::new();
    let capture = pcap([(5, vec![1; 60])]);
    let folder = scratch.0.join("evidence");
    scratch.file("outside.pcap", &capture);
    scratch.file("evidence/b/deep/one.pcap", &capture);
    scratch.file("evidence/two.pcap", &capture);
    scratch.file("evidence/notes.txt", b"not evidence");
    scratch.file("evidence/more.txt", b"not evidence");
    scratch.file("evidence/nothing", b"");
    symlink("two.pcap", folder.join("current")).unwrap();
    symlink("../outside.pcap", folder.join("leads-out")).unwrap();
    symlink("nowhere", folder.join("dangling")).unwrap();
    symlink(".", folder.join("loop")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(folder.join("socket")).unwrap();
    let fifo = folder.join("fifo");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());

    let found = find(&[&folder]);
    assert!(found.errors.is_empty());
    let names: Vec<_> = found.pieces.iter().map(Piece::name).collect();
    assert_eq!(
        names,
        [folder.join("b/deep/one.pcap"), folder.join("two.pcap")].map(|path| path.display().to_string())
    );
    let [summary] = found.folders.as_slice() else { panic!("{:?}", found.folders) };
    assert_eq!((summary.id.0, summary.reader), (2, "folder"));
    let gaps: Vec<_> = summary.gaps.iter().map(|gap| (inner(&gap.reason), gap.count)).collect();
    let expected = [
        (("dangling", "unread-link"), 3),
        (("fifo", "unread-special"), 2),
        (("more.txt", "unread-unknown"), 2),
        (("nothing", "unread-empty"), 1),
    ];
    assert_eq!(gaps, expected);

    // Named by the user, a FIFO is a stream; a socket is not.
    let writer = std::thread::spawn({
        let (fifo, capture) = (fifo.clone(), capture.clone());
        move || fs::write(fifo, capture).unwrap()
    });
    let read = only(find(&[&fifo]));
    writer.join().unwrap();
    assert_eq!((read.summary.records, read.summary.bytes), (1, capture.len() as u64));
    assert!(read.summary.sha256.is_some());
    let found = find(&[&folder.join("socket")]);
    assert_eq!(found.errors[0].reason.id, "unread-special");
}

/// The walk saw a file; by the time it is opened, it is a FIFO that would block for ever.
#[cfg(unix)]
#[test]
fn a_member_that_became_a_fifo_is_not_opened() {
    let scratch = Scratch::new();
    let fifo = scratch.0.join("fifo");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    let named = Named { name: "fifo".into(), place: Place::Path(fifo), folder: Some(0) };
    let refused = Source::open(&named, &Limits::default(), false).map(drop);
    assert_eq!(refused, Err(Message::new("unread-special")));
}

#[test]
fn what_is_named_twice_is_read_once_and_a_named_file_is_no_mere_member() {
    let scratch = Scratch::new();
    let capture = scratch.file("folder/sub/capture", &pcap([(5, vec![1; 60])]));
    let text = scratch.file("folder/sub/text", b"not evidence");
    let (folder, sub) = (scratch.0.join("folder"), scratch.0.join("folder/sub"));
    let again = folder.join("sub/../sub/capture");
    let named = [&folder, &sub, &text, &capture, &again];
    let mut other = named;
    other.reverse();
    for named in [named, other] {
        let found = find(&named.map(PathBuf::as_path));
        let names: Vec<_> = found.pieces.iter().map(Piece::name).collect();
        assert_eq!(names, [again.to_str().unwrap()], "the first by name");
        let errors: Vec<_> =
            found.errors.iter().map(|error| (error.source.as_str(), error.reason.id)).collect();
        assert_eq!(errors, [(text.to_str().unwrap(), "unread-unknown")]);
        assert!(found.folders.is_empty());
    }
}

#[test]
fn a_folder_without_evidence_is_an_error_and_its_members_are_gaps() {
    let scratch = Scratch::new();
    scratch.file("notes.txt", b"not evidence");
    let found = find(&[&scratch.0]);
    let errors: Vec<_> = found.errors.iter().map(|error| error.reason.id).collect();
    assert_eq!((found.pieces.len(), errors), (0, vec!["unread-folder"]));
    assert_eq!(inner(&found.folders[0].gaps[0].reason), ("notes.txt", "unread-unknown"));
}

#[test]
fn a_file_that_goes_away_before_its_turn_is_an_error() {
    let scratch = Scratch::new();
    let file = scratch.file("c", &pcap([(1, vec![1; 60])]));
    let found = find(&[&file]);
    fs::remove_file(&file).unwrap();
    let error = found.pieces.into_iter().next().unwrap().open().unwrap_err();
    assert_eq!(error.reason, Message::new("unread-not-found"));
}

/// A reader with a defect.
struct Broken;

impl Reader for Broken {
    fn step(&mut self, _: &mut Source, intake: &mut Intake) -> bool {
        intake.records = 7;
        panic!("a defect, made for this test");
    }
}

#[test]
fn a_reader_that_panics_is_a_gap() {
    let scratch = Scratch::new();
    let file = scratch.file("c", &pcap([(1, vec![1; 60])]));
    let mut reading = find(&[&file]).pieces.into_iter().next().unwrap().open().unwrap();
    reading.reader = Box::new(Broken);
    let mut intake = Intake::default();
    assert!(!reading.step(&mut intake) && !reading.step(&mut intake));
    let summary = reading.finish();
    assert_eq!((summary.records, gaps_of(&summary)), (0, vec!["byte 0 gap-reader-failed 1".to_owned()]));
}

#[test]
fn the_registry_is_whole() {
    let ids: Vec<_> = READERS.iter().map(|unit| unit.meta.id).collect();
    assert!(ids.is_sorted(), "one line per reader, sorted");
    for unit in READERS {
        let meta = &unit.meta;
        assert_eq!(meta.kind, model::UnitKind::Reader);
        for doc in [meta.doc, meta.doc_zh] {
            assert!(doc.starts_with(&format!("# {}", meta.id)));
            assert_eq!(doc.lines().filter(|line| line.starts_with("## ")).count(), 5, "{}", meta.id);
        }
        assert_eq!((unit.probe)(b"no evidence begins like this"), Certainty::No);
        assert_eq!((unit.probe)(b""), Certainty::No);
        assert!(meta.messages.iter().all(|id| id.starts_with(meta.id)));
    }
    let mut messages: Vec<_> =
        MESSAGES.iter().chain(READERS.iter().flat_map(|unit| unit.meta.messages)).collect();
    let all = messages.len();
    messages.sort_unstable();
    messages.dedup();
    assert_eq!(messages.len(), all);
}

/// A folder that is a machine by what is in it, under any name, beside captures.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_is_a_machine_is_looked_at_as_one() {
    let scratch = Scratch::new();
    for (root, member) in
        [("a/[root]", "etc/passwd"), ("b/uploads/auto", "etc/os-release"), ("c", "usr/lib/os-release")]
    {
        let member = scratch.0.join(root).join(member);
        fs::create_dir_all(member.parent().unwrap()).unwrap();
        fs::create_dir_all(scratch.0.join(root).join("var")).unwrap();
        fs::write(member, "").unwrap();
        // A capture inside is the machine's own affair.
        fs::write(scratch.0.join(root).join("var/c.pcap"), pcap([(1, vec![1; 60])])).unwrap();
    }
    fs::create_dir_all(scratch.0.join("no/etc/passwd")).unwrap();
    fs::create_dir_all(scratch.0.join("no/var")).unwrap();
    scratch.file("beside", &pcap([(1, vec![1; 60])]));
    let found = find(&[&scratch.0]);
    let names: Vec<_> = found.machines.iter().map(|one| (one.id, one.name.clone())).collect();
    let name = |root: &str| scratch.0.join(root).display().to_string();
    let expected = [(1, "a/[root]"), (2, "b/uploads/auto"), (3, "c")];
    assert_eq!(names, expected.map(|(id, root)| (EvidenceId(id), name(root))));
    assert_eq!(found.pieces.len(), 1);
    assert!(found.errors.is_empty() && found.folders.is_empty());

    // Named by itself, and twice: once.
    let root = scratch.0.join("a/[root]");
    let found = find(&[&root, &scratch.0.join("a")]);
    assert_eq!((found.machines.len(), found.errors.len()), (1, 0));
}

/// Nothing outside the folder is followed, whatever lies in it.
#[cfg(target_os = "linux")]
#[test]
fn a_hostile_root_leads_nowhere() {
    use std::os::unix::fs::symlink;
    let scratch = Scratch::new();
    let root = scratch.0.join("root");
    for folder in ["etc", "usr/lib", "proc/1", "var/log"] {
        fs::create_dir_all(root.join(folder)).unwrap();
    }
    scratch.file("outside", b"PRETTY_NAME=\"outside\"\n");
    fs::write(root.join("etc/passwd"), "root:x:0:0::/root:/bin/sh\n").unwrap();
    symlink("../../../../outside", root.join("etc/os-release")).unwrap();
    // A device that would answer for ever, where making one is allowed; else a link to it outside.
    let device = root.join("usr/lib/os-release");
    let made = std::process::Command::new("mknod").arg(&device).args(["c", "1", "5"]).output();
    if !made.is_ok_and(|made| made.status.success()) {
        symlink("/dev/zero", &device).unwrap();
    }
    // An absolute link begins at the root, a loop ends.
    fs::write(root.join("var/name"), "inner\n").unwrap();
    symlink("/../var/name", root.join("etc/hostname")).unwrap();
    symlink("messages", root.join("var/log/messages")).unwrap();
    symlink("/proc/self/root", root.join("var/log/wtmp")).unwrap();
    symlink("..", root.join("var/log/journal")).unwrap();
    let fifo = root.join("var/log/syslog");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    let found = find(&[&root]);
    let machine = found.machines.into_iter().next().unwrap();
    let mut seen = Vec::new();
    let summary = machine.examine(&host::Settings::default(), &mut |one| seen.push(one));
    assert_eq!((summary.reader, summary.sha256), ("tree", None));
    let machines: Vec<_> = seen
        .iter()
        .filter_map(|one| match &one.fact {
            Fact::Machine(machine) => Some((machine.name.clone(), machine.system.clone(), machine.reach)),
            _ => None,
        })
        .collect();
    assert_eq!(machines, [(Some("inner".to_owned()), None, model::Reach::Files)]);
}

/// A bundle of a machine with one file.
fn bundle() -> Vec<u8> {
    let mut memory = host::Memory::new(model::Time::from_secs(7));
    memory.file("/etc/hostname", "pc-12\n");
    let mut bytes = Vec::new();
    host::bundle::collect(&mut memory, &host::Settings::default(), "0", &mut bytes, &mut |_| ()).unwrap();
    bytes
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(bytes).unwrap();
    gz.finish().unwrap()
}

fn unpacked(bundle: &[u8]) -> Vec<u8> {
    let mut tar = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(bundle), &mut tar).unwrap();
    tar
}

#[test]
fn a_bundle_is_read_by_content_and_says_what_is_wrong_with_it() {
    let scratch = Scratch::new();
    let good = bundle();
    let read = only(find(&[&scratch.file("holiday.jpg", &good)]));
    assert_eq!((read.summary.reader, read.summary.records, gaps_of(&read.summary)), ("bundle", 1, vec![]));
    assert!(read.summary.sha256.is_some());
    // Not compressed, or more, is as good; cut, it says so twice: the compression misses its end, and the bundle.
    let tar = unpacked(&good);
    let read = only(find(&[&scratch.file("plain.tar", &tar)]));
    assert_eq!((read.summary.records, gaps_of(&read.summary)), (1, vec![]));
    let cut = only(find(&[&scratch.file("cut", &good[..good.len() * 3 / 4])]));
    let gaps: Vec<_> = cut.summary.gaps.iter().map(|gap| gap.reason.id).collect();
    assert!(gaps.contains(&"gap-bundle-cut") && gaps.contains(&"gap-stream-cut"), "{gaps:?}");
    // A bomb in the place of a bundle's end.
    let end = tar.len() - 1024;
    let bomb = scratch.file("bomb", &gz(&[&tar[..end], &vec![0; 8 << 20]].concat()));
    let limits = Limits { free: 1 << 20, ratio: 50, ..Limits::default() };
    let read = only(Evidence::find(&[bomb], &[], &Settings { hash: true, limits }));
    assert!(gaps_of(&read.summary).iter().any(|gap| gap.contains("gap-bomb")), "{:?}", read.summary);
    // Another form.
    let about = b"minehound.bundle/1\"";
    let at = tar.windows(about.len()).position(|bytes| bytes == about).unwrap();
    let mut later = tar.clone();
    later[at + about.len() - 2] = b'9';
    let found = find(&[&scratch.file("later", &later)]);
    assert_eq!(found.errors[0].reason, Message::new("bundle-other-form"));
}
