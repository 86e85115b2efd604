//! Captures made by hand, walked whole and in pieces, and compared with another parser.
#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use super::order::Order;
use super::*;
use proptest::prelude::*;

/// Writes numbers in one byte order.
struct Writer {
    order: Order,
    bytes: Vec<u8>,
}

impl Writer {
    fn new(order: Order) -> Self {
        Self { order, bytes: Vec::new() }
    }
    fn u16(&mut self, value: u16) -> &mut Self {
        self.bytes.extend(match self.order {
            Order::Little => value.to_le_bytes(),
            Order::Big => value.to_be_bytes(),
        });
        self
    }
    fn u32(&mut self, value: u32) -> &mut Self {
        self.bytes.extend(match self.order {
            Order::Little => value.to_le_bytes(),
            Order::Big => value.to_be_bytes(),
        });
        self
    }
    fn raw(&mut self, bytes: &[u8]) -> &mut Self {
        self.bytes.extend(bytes);
        self
    }
    /// draft-ietf-opsawg-pcap, section 4, figure 1.
    fn pcap(order: Order, magic: u32, link: u32) -> Self {
        let mut writer = Self::new(order);
        writer.u32(magic).u16(2).u16(4).u32(0).u32(0).u32(262_144).u32(link);
        writer
    }
    /// Section 5, figure 2.
    fn record(&mut self, secs: u32, fraction: u32, data: &[u8]) -> &mut Self {
        self.u32(secs).u32(fraction).u32(data.len() as u32).u32(data.len() as u32).raw(data)
    }
    /// draft-ietf-opsawg-pcapng, section 3.1, figure 2.
    fn block(&mut self, kind: u32, body: &[u8]) -> &mut Self {
        let padding = body.len().next_multiple_of(4) - body.len();
        let len = (12 + body.len() + padding) as u32;
        self.u32(kind).u32(len).raw(body).raw(&[0, 0, 0][..padding]).u32(len)
    }
    /// Section 4.1, figure 9.
    fn section(&mut self) -> &mut Self {
        let mut body = Self::new(self.order);
        body.u32(0x1a2b_3c4d).u16(1).u16(0).raw(&[0xff; 8]);
        self.block(0x0a0d_0d0a, &body.bytes)
    }
    /// Section 4.2, figure 10, with these options.
    fn interface(&mut self, link: u16, snap_len: u32, options: &[(u16, Vec<u8>)]) -> &mut Self {
        let mut body = Self::new(self.order);
        body.u16(link).u16(0).u32(snap_len);
        for (code, value) in options {
            body.u16(*code).u16(value.len() as u16).raw(value);
            let padding = value.len().next_multiple_of(4) - value.len();
            body.raw(&[0, 0, 0][..padding]);
        }
        if !options.is_empty() {
            body.u32(0);
        }
        self.block(1, &body.bytes)
    }
    /// Section 4.3, figure 11.
    fn enhanced(&mut self, interface: u32, time: u64, data: &[u8]) -> &mut Self {
        let mut body = Self::new(self.order);
        body.u32(interface).u32((time >> 32) as u32).u32(time as u32);
        body.u32(data.len() as u32).u32(data.len() as u32).raw(data);
        self.block(6, &body.bytes)
    }
}

/// A frame or what else was found, without places in a buffer.
#[derive(Debug, Clone, PartialEq)]
enum Seen {
    Frame(Option<i64>, u16, u32, Vec<u8>),
    Names(Vec<String>, usize),
    Skipped(Skipped),
    Damage(u64, u64, Reason),
}

/// Walks `input` through a buffer that grows by `piece` bytes at a time.
fn walk_in_pieces(input: &[u8], piece: usize) -> Vec<Seen> {
    let mut fed = input.len().min(HEADER);
    let mut buffer = input[..fed].to_vec();
    let mut walker = Walker::begin(&buffer).unwrap();
    let mut seen = Vec::new();
    let mut asked = 0;
    loop {
        let end = fed == input.len();
        match walker.step(&buffer, end) {
            Step::NeedMore(bytes) => {
                assert!(!end && buffer.len() - walker.position() < bytes, "asks only for what is not there");
                assert!(bytes <= MAX_BLOCK);
                buffer.drain(..walker.release());
                while fed < input.len() && buffer.len() < bytes {
                    let next = (fed + piece).min(input.len());
                    buffer.extend(&input[fed..next]);
                    fed = next;
                }
                asked += 1;
                assert!(asked < 4 * input.len() + 16, "the walk makes progress");
            }
            Step::End => break,
            Step::Frame(frame) => {
                let data = buffer[frame.at..frame.at + frame.len].to_vec();
                seen.push(Seen::Frame(frame.time_nanos, frame.link.0, frame.original_len, data));
            }
            Step::Names { names, left_out } => {
                let names = names.iter().map(|(address, name)| format!("{address} {name}"));
                seen.push(Seen::Names(names.collect(), left_out));
            }
            Step::Skipped(what) => seen.push(Seen::Skipped(what)),
            Step::Damage(damage) => seen.push(Seen::Damage(damage.at, damage.bytes, damage.reason)),
        }
    }
    assert_eq!(walker.offset(), input.len() as u64, "every byte is accounted for");
    seen
}

/// Walks whole and in odd pieces; both must see the same.
fn walk(input: &[u8]) -> Vec<Seen> {
    let whole = walk_in_pieces(input, input.len().max(1));
    assert_eq!(whole, walk_in_pieces(input, 7));
    whole
}

fn frame(nanos: i64, link: u16, data: &[u8]) -> Seen {
    Seen::Frame(Some(nanos), link, data.len() as u32, data.to_vec())
}

const ORDERS: [Order; 2] = [Order::Little, Order::Big];

#[test]
fn pcap_in_both_orders_and_resolutions() {
    for order in ORDERS {
        for (magic, unit) in [(0xa1b2_c3d4, 1_000), (0xa1b2_3c4d, 1)] {
            let mut file = Writer::pcap(order, magic, 113);
            file.record(1_700_000_000, 999_999, b"first").record(1_700_000_001, 0, b"second");
            let expected = [
                frame(1_700_000_000_000_000_000 + 999_999 * unit, 113, b"first"),
                frame(1_700_000_001_000_000_000, 113, b"second"),
            ];
            assert_eq!(walk(&file.bytes), expected);
        }
    }
}

/// The record header of the modified format has eight bytes more (Wireshark, `wiretap/libpcap.h`).
#[test]
fn modified_pcap() {
    let mut file = Writer::pcap(Order::Little, 0xa1b2_cd34, 1);
    file.u32(5).u32(6).u32(3).u32(60).raw(&[9; 8]).raw(b"abc");
    assert_eq!(walk(&file.bytes), [Seen::Frame(Some(5_000_006_000), 1, 60, b"abc".to_vec())]);
}

/// The upper half of the link type field is the frame check sequence's length.
#[test]
fn link_type_without_fcs_bits() {
    let mut file = Writer::pcap(Order::Big, 0xa1b2_c3d4, 0x5000_0001);
    file.record(1, 2, b"x");
    assert_eq!(walk(&file.bytes), [frame(1_000_002_000, 1, b"x")]);
}

/// Before version 2.3 the length on the wire came first (libpcap `sf-pcap.c`, `MAYBE_SWAPPED`).
#[test]
fn old_pcap_with_swapped_lengths() {
    let mut file = Writer::new(Order::Little);
    file.u32(0xa1b2_c3d4).u16(2).u16(3).u32(0).u32(0).u32(96).u32(1);
    file.u32(1).u32(0).u32(1500).u32(4).raw(b"data");
    assert_eq!(walk(&file.bytes), [Seen::Frame(Some(1_000_000_000), 1, 1500, b"data".to_vec())]);
}

#[test]
fn joined_pcaps_are_one_capture() {
    let mut first = Writer::pcap(Order::Little, 0xa1b2_c3d4, 1);
    first.record(10, 0, b"a");
    let mut second = Writer::pcap(Order::Big, 0xa1b2_3c4d, 276);
    second.record(11, 5, b"b");
    let joined = [first.bytes, second.bytes].concat();
    let expected =
        [frame(10_000_000_000, 1, b"a"), Seen::Skipped(Skipped::Other), frame(11_000_000_005, 276, b"b")];
    assert_eq!(walk(&joined), expected);
}

#[test]
fn not_captures() {
    let whole = Writer::pcap(Order::Little, 0xa1b2_c3d4, 1).bytes;
    let section = Writer::new(Order::Big).section().bytes.clone();
    let cases: [(&[u8], NotACapture); 9] = [
        (b"", NotACapture::Empty),
        (b"GET / HTTP/1.1\r\n\r\n", NotACapture::Unknown),
        (b"{}", NotACapture::Unknown),
        (&whole[..2], NotACapture::CutShort),
        (&whole[..4], NotACapture::CutShort),
        (&whole[..23], NotACapture::CutShort),
        (&section[..3], NotACapture::CutShort),
        (&section[..11], NotACapture::CutShort),
        (b"\x0a\x0d\x0d\x0a\0\0\0\x1cABCDEFGHABCDEFGHABCDEFGH", NotACapture::Unknown),
    ];
    for (bytes, expected) in cases {
        assert_eq!(Walker::begin(bytes).err(), Some(expected), "{bytes:?}");
    }
    assert_eq!(walk(&whole), []);
}

#[test]
fn pcap_cut_at_every_byte_keeps_the_rest() {
    let mut file = Writer::pcap(Order::Little, 0xa1b2_c3d4, 1);
    file.record(100, 1, b"one").record(100, 2, b"two").record(100, 3, b"three");
    let ends = [24, 24 + 19, 24 + 38, 24 + 59];
    assert_eq!(file.bytes.len(), ends[3]);
    for cut in 24..file.bytes.len() {
        let seen = walk(&file.bytes[..cut]);
        let whole = ends.iter().filter(|end| **end <= cut).count() - 1;
        let frames = seen.iter().filter(|seen| matches!(seen, Seen::Frame(..))).count();
        assert_eq!(frames, whole);
        let rest = cut - ends[whole];
        let damage = (rest > 0).then_some(Seen::Damage(ends[whole] as u64, rest as u64, Reason::CutShort));
        assert_eq!(seen.get(frames), damage.as_ref());
    }
}

#[test]
fn pcap_resynchronises_after_garbage_and_absurd_lengths() {
    let junk: [&[u8]; 4] = [
        &[0xff; 5],
        b"some other text in the middle of the file",
        &[0; 4096],
        // A length of 2 GiB in an otherwise good header.
        &[100, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x80, 0, 0, 0, 0x80],
    ];
    for junk in junk {
        let mut file = Writer::pcap(Order::Little, 0xa1b2_c3d4, 1);
        file.record(100, 1, b"before");
        let at = file.bytes.len() as u64;
        file.raw(junk);
        file.record(101, 1, b"after").record(101, 2, b"after that").record(102, 1, b"and so on");
        let expected = [
            frame(100_000_001_000, 1, b"before"),
            Seen::Damage(at, junk.len() as u64, Reason::AbsurdLength),
            frame(101_000_001_000, 1, b"after"),
            frame(101_000_002_000, 1, b"after that"),
            frame(102_000_001_000, 1, b"and so on"),
        ];
        assert_eq!(walk(&file.bytes), expected, "{junk:?}");
    }
}

#[test]
fn pcap_frame_over_the_limit_is_damage() {
    let long = vec![b'x'; MAX_FRAME + 1];
    let mut file = Writer::pcap(Order::Little, 0xa1b2_c3d4, 1);
    file.record(1, 0, &long[1..])
        .record(1, 0, &long)
        .record(2, 0, b"a")
        .record(3, 0, b"b")
        .record(4, 0, b"c");
    let seen = walk_in_pieces(&file.bytes, 1 << 20);
    assert_eq!(seen.len(), 5);
    assert_eq!(seen[0], frame(1_000_000_000, 1, &long[1..]));
    let lost = 16 + MAX_FRAME as u64 + 1;
    assert_eq!(seen[1], Seen::Damage(24 + 16 + MAX_FRAME as u64, lost, Reason::AbsurdLength));
    assert_eq!(seen[4], frame(4_000_000_000, 1, b"c"));
}

/// Frames without bytes and with a fraction beyond the second occur in the wild.
#[test]
fn odd_but_honest_records_are_kept() {
    let mut file = Writer::pcap(Order::Little, 0xa1b2_c3d4, 1);
    file.record(7, 0, b"").record(7, 1_500_000, b"late").record(9, 0, b"end");
    let expected =
        [frame(7_000_000_000, 1, b""), frame(8_500_000_000, 1, b"late"), frame(9_000_000_000, 1, b"end")];
    assert_eq!(walk(&file.bytes), expected);
}

#[test]
fn pcapng_sections_interfaces_and_clocks() {
    let mut little = Writer::new(Order::Little);
    little.section().interface(1, 0, &[]).interface(113, 0, &[(9, vec![9])]);
    little.interface(
        101,
        0,
        &[(2, b"eth0".to_vec()), (9, vec![0x80 | 10]), (14, 100i64.to_le_bytes().to_vec())],
    );
    little.interface(12, 0, &[(9, vec![12])]).interface(14, 0, &[(9, vec![0])]);
    little.enhanced(0, 1_700_000_000_000_001, b"micro").enhanced(1, 1_700_000_000_000_000_001, b"nano");
    little.enhanced(2, 3 * 1024 + 512, b"binary").enhanced(3, 5_000_000_001_999, b"pico");
    little.enhanced(4, 42, b"seconds");
    let mut big = Writer::new(Order::Big);
    big.section().interface(228, 0, &[]).enhanced(0, 1, b"big").enhanced(1, 1, b"nobody's");
    let at = little.bytes.len() + 28 + 20 + 36;
    let seen = walk(&[little.bytes, big.bytes].concat());
    let expected = [
        frame(1_700_000_000_000_001_000, 1, b"micro"),
        frame(1_700_000_000_000_000_001, 113, b"nano"),
        frame(103_500_000_000, 101, b"binary"),
        frame(5_000_000_001, 12, b"pico"),
        frame(42_000_000_000, 14, b"seconds"),
        frame(1_000, 228, b"big"),
        Seen::Damage(at as u64, 40, Reason::UnknownInterface),
    ];
    assert_eq!(seen, expected);
}

#[test]
fn times_that_do_not_fit_are_absent() {
    let offset = i64::MAX.to_le_bytes().to_vec();
    let mut file = Writer::new(Order::Little);
    file.section().interface(1, 0, &[(9, vec![0])]).interface(1, 0, &[(14, offset)]);
    file.interface(1, 0, &[(9, vec![127])]).interface(1, 0, &[(9, vec![255])]);
    file.enhanced(0, u64::MAX, b"a").enhanced(1, 1, b"b").enhanced(2, u64::MAX, b"c").enhanced(3, 1, b"d");
    let times: Vec<_> = walk(&file.bytes)
        .iter()
        .map(|seen| match seen {
            Seen::Frame(time, ..) => *time,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(times, [None, None, Some(0), Some(0)]);
}

#[test]
fn pcapng_simple_and_old_packets() {
    let mut file = Writer::new(Order::Little);
    file.section().interface(1, 4, &[]);
    // Simple: 9 bytes on the wire, cut to the interface's 4.
    file.block(3, &[9, 0, 0, 0, b'a', b'b', b'c', b'd']);
    // Old: interface 0, 2 drops, time 1 s, 3 bytes of 3.
    file.block(2, &[0, 0, 2, 0, 0, 0, 0, 0, 0x40, 0x42, 0x0f, 0, 3, 0, 0, 0, 3, 0, 0, 0, b'x', b'y', b'z']);
    let expected = [Seen::Frame(None, 1, 9, b"abcd".to_vec()), frame(1_000_000_000, 1, b"xyz")];
    assert_eq!(walk(&file.bytes), expected);
}

#[test]
fn pcapng_names_secrets_and_unknown_blocks() {
    let mut body = Writer::new(Order::Little);
    body.u16(1).u16(4 + 12 + 5).raw(&[192, 0, 2, 7]).raw(b"pc.example\0\0also\0").raw(&[0; 3]);
    body.u16(7).u16(2).raw(&[1, 2, 0, 0]);
    body.u16(2).u16(16 + 3).raw(&"2001:db8::1".parse::<std::net::Ipv6Addr>().unwrap().octets());
    body.raw(b"v6\0\0").u32(0);
    let mut file = Writer::new(Order::Little);
    file.section().block(4, &body.bytes).block(10, &[0; 8]).block(9, b"journal=1").block(0xbad, &[1, 2, 3]);
    let expected = [
        Seen::Names(vec!["192.0.2.7 pc.example".into(), "192.0.2.7 also".into(), "2001:db8::1 v6".into()], 0),
        Seen::Skipped(Skipped::Secrets),
        Seen::Skipped(Skipped::Numbered),
        Seen::Skipped(Skipped::Other),
    ];
    assert_eq!(walk(&file.bytes), expected);
}

/// Counts are since the capture began (section 4.6): only what is new is said.
#[test]
fn pcapng_statistics_tell_losses_once() {
    let statistics = |drops: u64| {
        let mut body = Writer::new(Order::Little);
        body.u32(0).u32(0).u32(0).u16(5).u16(8).raw(&drops.to_le_bytes()).u16(7).u16(8);
        body.raw(&1u64.to_le_bytes()).u32(0);
        body.bytes
    };
    let mut file = Writer::new(Order::Little);
    file.section().interface(1, 0, &[]);
    file.block(5, &statistics(9)).block(5, &statistics(9)).block(5, &statistics(11)).block(5, &[9; 16]);
    let seen = [Skipped::Dropped(10), Skipped::Other, Skipped::Dropped(2), Skipped::Other];
    assert_eq!(walk(&file.bytes), seen.map(Seen::Skipped));
}

#[test]
fn pcapng_resynchronises() {
    let start = |file: &mut Writer| {
        file.section().interface(1, 0, &[]).enhanced(0, 1, b"one");
        file.bytes.len() as u64
    };
    // Junk, a block that claims 3 GiB, and one whose second length is wrong.
    let junk: [(&[u8], Reason); 3] = [
        (b"junk!", Reason::AbsurdLength),
        (&[6, 0, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0, 0], Reason::AbsurdLength),
        (&[6, 0, 0, 0, 16, 0, 0, 0, 1, 2, 3, 4, 99, 0, 0, 0], Reason::AbsurdLength),
    ];
    for (junk, reason) in junk {
        let mut file = Writer::new(Order::Little);
        let at = start(&mut file);
        file.raw(junk).enhanced(0, 2, b"two");
        let expected =
            [frame(1_000, 1, b"one"), Seen::Damage(at, junk.len() as u64, reason), frame(2_000, 1, b"two")];
        assert_eq!(walk(&file.bytes), expected);
    }
    // A block that promises more than the input holds, and hides good ones.
    let mut file = Writer::new(Order::Little);
    let at = start(&mut file);
    file.u32(6).u32(1 << 20).u32(0).enhanced(0, 2, b"two");
    let damage = Seen::Damage(at, 12, Reason::AbsurdLength);
    assert_eq!(walk(&file.bytes), [frame(1_000, 1, b"one"), damage, frame(2_000, 1, b"two")]);
    // The same at the very end.
    let mut file = Writer::new(Order::Little);
    let at = start(&mut file);
    file.enhanced(0, 2, b"two");
    let cut = &file.bytes[..file.bytes.len() - 1];
    assert_eq!(walk(cut), [frame(1_000, 1, b"one"), Seen::Damage(at, 35, Reason::CutShort)]);
}

#[test]
fn pcapng_bad_blocks_lose_only_themselves() {
    let mut file = Writer::new(Order::Little);
    file.section().interface(1, 0, &[]).block(1, &[1, 0]).block(6, &[0; 4]);
    // Captured length beyond the block.
    file.block(6, &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 200, 0, 0, 0, 200, 0, 0, 0, 1, 2, 3, 4]);
    let mut long = Writer::new(Order::Little);
    long.u32(0).u32(0).u32(0).u32(MAX_FRAME as u32 + 1).u32(0).raw(&vec![0; MAX_FRAME + 1]);
    file.block(6, &long.bytes).enhanced(0, 3, b"fine");
    let bad = |at, bytes| Seen::Damage(at, bytes, Reason::BadBlock);
    let expected = [
        bad(48, 16),
        bad(64, 16),
        bad(80, 36),
        Seen::Damage(116, 32 + MAX_FRAME as u64 + 4, Reason::FrameTooLong),
        frame(3_000, 1, b"fine"),
    ];
    assert_eq!(walk_in_pieces(&file.bytes, 1 << 16), expected);
}

/// What `pcap-parser` sees of a capture: time in nanoseconds, original length, bytes.
fn oracle(input: &[u8]) -> Vec<(i64, u32, Vec<u8>)> {
    use pcap_parser::PcapBlockOwned;
    use pcap_parser::traits::PcapNGPacketBlock;
    let mut reader = pcap_parser::create_reader(1 << 20, input).unwrap();
    let mut units = Vec::new();
    let mut frames = Vec::new();
    let mut legacy = 1_000;
    while let Ok((offset, block)) = reader.next() {
        match block {
            PcapBlockOwned::LegacyHeader(header) => {
                legacy = if header.is_nanosecond_precision() { 1 } else { 1_000 }
            }
            PcapBlockOwned::Legacy(packet) => {
                let nanos = i64::from(packet.ts_sec) * 1_000_000_000 + i64::from(packet.ts_usec) * legacy;
                frames.push((nanos, packet.origlen, packet.data.to_vec()));
            }
            PcapBlockOwned::NG(pcap_parser::Block::SectionHeader(_)) => units.clear(),
            PcapBlockOwned::NG(pcap_parser::Block::InterfaceDescription(interface)) => {
                units.push((interface.ts_resolution().unwrap(), interface.ts_offset() as u64));
            }
            PcapBlockOwned::NG(pcap_parser::Block::EnhancedPacket(packet)) => {
                let (resolution, offset) = units[packet.if_id as usize];
                let (secs, fraction) = packet.decode_ts(offset, resolution);
                let nanos = i128::from(secs) * 1_000_000_000
                    + i128::from(fraction) * 1_000_000_000 / i128::from(resolution);
                frames.push((i64::try_from(nanos).unwrap(), packet.origlen, packet.packet_data().to_vec()));
            }
            PcapBlockOwned::NG(_) => {}
        }
        reader.consume(offset);
    }
    frames
}

fn frames_of(seen: &[Seen]) -> Vec<(i64, u32, Vec<u8>)> {
    let frames = seen.iter().map(|seen| match seen {
        Seen::Frame(time, _, original, data) => (time.unwrap(), *original, data.clone()),
        other => panic!("{other:?}"),
    });
    frames.collect()
}

fn packets() -> impl Strategy<Value = Vec<(u32, u32, Vec<u8>)>> {
    let data = proptest::collection::vec(any::<u8>(), 1..200);
    proptest::collection::vec((any::<u32>(), 0..1_000_000u32, data), 1..20)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pcap_agrees_with_the_oracle(packets in packets(), big: bool, nanos: bool, piece in 1..400usize) {
        let order = if big { Order::Big } else { Order::Little };
        let mut file = Writer::pcap(order, if nanos { 0xa1b2_3c4d } else { 0xa1b2_c3d4 }, 1);
        for (secs, fraction, data) in &packets {
            file.record(*secs, *fraction, data);
        }
        let frames = frames_of(&walk_in_pieces(&file.bytes, piece));
        prop_assert_eq!(frames.len(), packets.len());
        prop_assert_eq!(frames, oracle(&file.bytes));
    }

    #[test]
    fn pcapng_agrees_with_the_oracle(packets in packets(), big: bool, resolution in 3..10u8, piece in 1..400usize) {
        let order = if big { Order::Big } else { Order::Little };
        let mut file = Writer::new(order);
        file.section().interface(1, 0, &[]).interface(1, 0, &[(9, vec![resolution])]);
        for (secs, fraction, data) in &packets {
            file.enhanced(secs % 2, u64::from(*secs) << 8 | u64::from(*fraction), data);
        }
        let frames = frames_of(&walk_in_pieces(&file.bytes, piece));
        prop_assert_eq!(frames.len(), packets.len());
        prop_assert_eq!(frames, oracle(&file.bytes));
    }

    /// Any damage: no panic, every byte accounted for, the same in any pieces.
    #[test]
    fn damage_anywhere(
        packets in packets(), ng: bool, at in any::<prop::sample::Index>(),
        junk in proptest::collection::vec(any::<u8>(), 0..64), remove in 0..64usize, piece in 1..100usize,
    ) {
        let mut file;
        if ng {
            file = Writer::new(Order::Little);
            file.section().interface(1, 0, &[]);
            packets.iter().for_each(|(secs, _, data)| { file.enhanced(0, u64::from(*secs), data); });
        } else {
            file = Writer::pcap(Order::Little, 0xa1b2_c3d4, 1);
            packets.iter().for_each(|(secs, fraction, data)| { file.record(*secs, *fraction, data); });
        }
        let at = HEADER + at.index(file.bytes.len() - HEADER);
        let end = (at + remove).min(file.bytes.len());
        file.bytes.splice(at..end, junk);
        prop_assert_eq!(walk_in_pieces(&file.bytes, 1 << 20), walk_in_pieces(&file.bytes, piece));
    }
}
