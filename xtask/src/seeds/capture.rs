//! Seeds for capture files: pcap in its four magics, pcapng with each block that is read, damage. The target reads
//! from the first byte how many bytes each refill of the buffer brings.

use super::{Seed, hex};

/// Whole and damaged files of two or three tiny frames.
pub(super) fn seeds() -> Vec<Seed> {
    let frame = hex("020000000001 02000000000c 0800");
    let classic = |magic: u32, big: bool| {
        let word = |value: u32| if big { value.to_be_bytes() } else { value.to_le_bytes() };
        let half = |value: u16| if big { value.to_be_bytes() } else { value.to_le_bytes() };
        let mut file = [&word(magic)[..], &half(2), &half(4), &[0; 8], &word(65535), &word(1)].concat();
        for second in [1_700_000_000, 1_700_000_001] {
            file.extend([word(second), word(42), word(14), word(60)].concat());
            file.extend(&frame);
        }
        file
    };
    let section = block(0x0a0d_0d0a, &hex("4d3c2b1a 0100 0000 ffffffffffffffff"));
    let interface = block(1, &hex("0100 0000 00000400 0900 0100 09000000 0000 0000"));
    let packet =
        block(6, &[&hex("00000000 00000000 01000000 0e000000 3c000000")[..], &frame, &[0, 0]].concat());
    let simple = block(3, &[&hex("0e000000")[..], &frame, &[0, 0]].concat());
    let names =
        block(4, &[&hex("0100 1100 c6336409")[..], b"pool.example\0", &[0; 3], &hex("0000 0000")].concat());
    let statistics = block(5, &hex("00000000 00000000 00000000"));
    let next = [&section[..], &interface, &packet, &names, &simple, &statistics, &packet].concat();
    let mut damaged = next.clone();
    damaged[72] ^= 0x40;
    let little = classic(0xa1b2_c3d4, false);
    let mut absurd = little.clone();
    absurd[32..36].copy_from_slice(&[0xff; 4]);
    let seed = |name, file: Vec<u8>| Seed::new("capture", name, [vec![30], file].concat());
    vec![
        seed("pcap-big", classic(0xa1b2_c3d4, true)),
        seed("pcap-nanoseconds", classic(0xa1b2_3c4d, false)),
        seed("pcap-cut", little[..50].to_vec()),
        seed("pcap-little", little),
        seed("pcap-absurd", absurd),
        seed("pcapng", next),
        seed("pcapng-damaged", damaged),
    ]
}

fn block(kind: u32, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 12).unwrap_or_default().to_le_bytes();
    [&kind.to_le_bytes()[..], &length, body, &length].concat()
}
