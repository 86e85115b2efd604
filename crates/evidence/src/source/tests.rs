//! One road for every stream: compressed, cut, damaged, endless.
#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::io::{Cursor, Write};

use proptest::prelude::*;

use super::*;
use crate::words::UNREAD_NESTED;

/// Made by GNU gzip 1.12, bzip2 1.0.8, xz 5.4.1 and zstd 1.5.4 from [`FOX`].
const FOX: &[u8] = b"the quick brown fox jumps over the lazy dog";
const FOX_GZ: &str = "1f8b08000000000000032bc94855282ccd4cce56482aca2fcf5348cbaf50c82acd2d2856c82f4b2d5228014ae72456552aa4\
                      e4a7030014510cce2b000000";
const FOX_BZ2: &str = "425a6839314159265359f0269282000011918040003ffffff0200022a7a690626988da66a429a3401a000262a228497eac56\
                       733f0ae63b93c7c73c29f88c6a0576d6bf177245385090f0269282";
const FOX_XZ: &str = "fd377a585a0000016922de36020021011c00000010cf58cc01002a74686520717569636b2062726f776e20666f78206a756d\
                      7073206f76657220746865206c617a7920646f67000014510cce00013f2b5766e4d49042990d010000000001595a";
const FOX_ZST: &str = "28b52ffd045859010074686520717569636b2062726f776e20666f78206a756d7073206f76657220746865206c617a792064\
                       6f6792a7a9c5";
const ALL: [&str; 4] = [FOX_GZ, FOX_BZ2, FOX_XZ, FOX_ZST];

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len() / 2).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap()).collect()
}

fn gz(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn source(input: Vec<u8>, limits: &Limits) -> Result<Source, Message> {
    Source::begin("test".into(), Raw::new(Box::new(Cursor::new(input)), true, true), limits)
}

/// Everything a source gives, the gaps with their places, and the totals.
fn read(mut source: Source) -> (Vec<u8>, Vec<String>, Totals) {
    let mut all = Vec::new();
    let mut piece = [0; 1000];
    while !source.ended() {
        let got = source.fill(&mut piece);
        all.extend(&piece[..got]);
    }
    assert_eq!(source.position(), all.len() as u64);
    let mut totals = source.finish();
    let gaps = std::mem::take(&mut totals.gaps).into_summaries();
    (all, gaps.iter().map(|gap| format!("{} {} {}", gap.at, gap.reason.id, gap.count)).collect(), totals)
}

/// The expected hash is the "abc" example of FIPS 180-4.
#[test]
fn plain_bytes_are_counted_and_hashed() {
    let (all, gaps, totals) = read(source(b"abc".to_vec(), &Limits::default()).unwrap());
    assert_eq!((all.as_slice(), gaps.len(), totals.bytes), (&b"abc"[..], 0, 3));
    let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(totals.sha256.as_deref(), Some(expected));
}

/// The hashes are those that `sha256sum` prints for the compressed bytes.
#[test]
fn every_compression_is_recognised_and_the_raw_bytes_are_hashed() {
    let hashes = [
        "f28f9af7de8a39d90f8e077a462f9f02d11483955eba6dbef38dd6eb669e637a",
        "3b4f2ca6fdf84a6bc2a7001ad6d8e923d3206e90d37b92dfe74a94b4f86a40ce",
        "e861cd0425d44dfc7c90addc2cee7f2d819d202db5a1b7a286b55d922faff7a6",
        "4595894f865b0965b62e4d7762257ab4241bd3fc2db0b645d08a968483347456",
    ];
    for (hex, hash) in ALL.iter().zip(hashes) {
        let raw = bytes(hex);
        let len = raw.len() as u64;
        let (all, gaps, totals) = read(source(raw, &Limits::default()).unwrap());
        assert_eq!((all.as_slice(), gaps, totals.bytes), (FOX, vec![], len), "{hex}");
        assert_eq!(totals.sha256.as_deref(), Some(hash));
    }
}

#[test]
fn joined_members_are_all_read() {
    for hex in ALL {
        let twice = [bytes(hex), bytes(hex)].concat();
        let (all, gaps, _) = read(source(twice, &Limits::default()).unwrap());
        assert_eq!((all, gaps), ([FOX, FOX].concat(), vec![]), "{hex}");
    }
    // RFC 8878, section 3.1.2: a skippable frame of three bytes between two frames.
    let skippable = [0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3];
    let three = [&bytes(FOX_ZST), &skippable[..], &bytes(FOX_ZST)].concat();
    let (all, gaps, _) = read(source(three, &Limits::default()).unwrap());
    assert_eq!((all, gaps), ([FOX, FOX].concat(), vec![]));
}

#[test]
fn two_layers_are_taken_off_and_three_are_refused() {
    let two = gz(&bytes(FOX_XZ));
    let (all, gaps, _) = read(source(two.clone(), &Limits::default()).unwrap());
    assert_eq!((all.as_slice(), gaps), (FOX, vec![]));
    let refused = source(gz(&two), &Limits::default()).map(drop);
    assert_eq!(refused, Err(Message::new(UNREAD_NESTED)));
}

#[test]
fn a_cut_stream_keeps_what_was_decoded() {
    // Text with little repetition, so that cutting the end leaves most of it.
    let text: String = (0..20_000u32).map(|n| format!("{:08x}\n", n.wrapping_mul(2_654_435_761))).collect();
    let zst = ruzstd::encoding::compress_to_vec(text.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest);
    for whole in [gz(text.as_bytes()), zst] {
        let cut = whole[..whole.len() * 9 / 10].to_vec();
        let (all, gaps, totals) = read(source(cut, &Limits::default()).unwrap());
        assert!(all.len() > text.len() / 4 && text.as_bytes().starts_with(&all), "{} bytes kept", all.len());
        assert_eq!(gaps, [format!("byte {} gap-stream-cut 1", all.len())]);
        assert!(totals.sha256.is_some());
    }
}

#[test]
fn a_damaged_stream_keeps_what_was_decoded() {
    let text: String = (0..20_000u32).map(|n| format!("{:08x}\n", n.wrapping_mul(2_654_435_761))).collect();
    let mut gz = gz(text.as_bytes());
    let end = gz.len();
    gz[end - 6] ^= 1; // the check sum
    let (all, gaps, _) = read(source(gz, &Limits::default()).unwrap());
    assert_eq!(all, text.as_bytes());
    assert_eq!(gaps, [format!("byte {} gap-stream-damaged 1", all.len())]);
}

#[test]
fn bombs_end_at_the_ratio_and_at_the_output() {
    let bomb = gz(&vec![0; 8 << 20]);
    assert!(bomb.len() < 16 << 10);
    let hash = read(source(bomb.clone(), &Limits::default()).unwrap()).2.sha256;
    let by_ratio = Limits { free: 1 << 10, ratio: 100, ..Limits::default() };
    let (all, gaps, totals) = read(source(bomb.clone(), &by_ratio).unwrap());
    assert_eq!(all.len(), bomb.len() * 100);
    assert_eq!(gaps, [format!("byte {} gap-bomb 1", all.len())]);
    assert_eq!(totals.sha256, hash, "the hash is of the whole file all the same");
    let by_output = Limits { output: 1 << 20, ..Limits::default() };
    let (all, gaps, _) = read(source(bomb.clone(), &by_output).unwrap());
    assert_eq!((all.len(), gaps), (1 << 20, vec!["byte 1048576 gap-bomb 1".to_owned()]));
    // One in another: the outer layer alone shows nothing.
    let (all, gaps, _) = read(source(gz(&bomb), &by_ratio).unwrap());
    assert!(all.len() < 8 << 20 && gaps.len() == 1 && gaps[0].contains("gap-bomb"));
    // Exactly as much as is allowed is no bomb.
    let (all, gaps, _) = read(source(bomb, &Limits { output: 8 << 20, ..Limits::default() }).unwrap());
    assert_eq!((all.len(), gaps), (8 << 20, vec![]));
}

/// `xz --lzma2=dict=1GiB`, and `zstd` with a window descriptor of 2^31 bytes (RFC 8878, 3.1.1.1.2).
#[test]
fn windows_beyond_the_limit_are_refused() {
    let xz = bytes(
        "fd377a585a000004e6d6b44602002101240000005e1fc7f9010000780000000045aeef83f8ee160a00011901a52c81cc1fb6f37d\
         010000000004595a",
    );
    let zst = bytes("28b52ffd00a809000078");
    for input in [xz, zst] {
        let refused = source(input, &Limits::default()).map(drop).unwrap_err();
        assert_eq!(refused.id, GAP_STREAM_DAMAGED);
    }
    // The same zst frame with a window of 8 MiB.
    let (all, gaps, _) = read(source(bytes("28b52ffd006809000078"), &Limits::default()).unwrap());
    assert_eq!((all.as_slice(), gaps), (&b"x"[..], vec![]));
}

/// Gives some bytes, then an error.
struct Failing(Cursor<Vec<u8>>);

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer)? {
            0 => Err(io::Error::other("the disk is gone")),
            got => Ok(got),
        }
    }
}

#[test]
fn an_error_in_the_middle_is_a_gap() {
    let text = vec![b'x'; 5000];
    let zst = ruzstd::encoding::compress_to_vec(FOX, ruzstd::encoding::CompressionLevel::Fastest);
    for (input, expected) in [(text.clone(), text), (zst, FOX.to_vec())] {
        let raw = Raw::new(Box::new(Failing(Cursor::new(input))), true, true);
        let (all, gaps, totals) = read(Source::begin("test".into(), raw, &Limits::default()).unwrap());
        assert_eq!(all, expected);
        assert_eq!(gaps, [format!("byte {} gap-read-failed 1", all.len())]);
        assert_eq!(totals.sha256, None, "a part has no hash");
    }
}

#[test]
fn the_head_is_handed_over_again() {
    let mut source = source(FOX.to_vec(), &Limits::default()).unwrap();
    assert_eq!(source.head(9), b"the quick");
    assert_eq!(source.head(4), b"the quick");
    assert_eq!(source.head(1000), FOX);
    assert!(!source.ended());
    assert_eq!(read(source).0, FOX);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// No decoder panics, hangs or grows on damage, and some end is always reached.
    #[test]
    fn damaged_streams_end(kind in 0..4usize, damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut input = bytes(ALL[kind]);
        for (at, byte) in damage {
            let at = at.index(input.len());
            input[at] = byte;
        }
        let limits = Limits { free: 1 << 20, output: 1 << 20, ..Limits::default() };
        if let Ok(source) = source(input, &limits) {
            prop_assert!(read(source).0.len() <= 1 << 20);
        }
    }
}
