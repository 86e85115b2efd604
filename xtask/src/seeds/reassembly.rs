//! Seeds for TCP reassembly: steps of at most 24 bytes, each an action, a sequence number and payload.

use super::Seed;

/// In order, reversed, overlapping with other bytes, with a hole, and across the wrap of sequence numbers.
pub(super) fn seeds() -> Vec<Seed> {
    let line = b"{\"id\":1,\"method\":\"mining.authorize\",\"params\":[\"rig\"]}\n";
    let pieces: Vec<Vec<u8>> = line
        .chunks(20)
        .enumerate()
        .map(|(index, piece)| step(7, u16::try_from(index * 20).unwrap_or_default(), piece))
        .collect();
    let reversed: Vec<u8> = pieces.iter().rev().flatten().copied().collect();
    let overlap = [step(7, 0, &line[..20]), step(7, 10, &[b'x'; 20]), step(7, 30, &line[30..50])].concat();
    let hole = [pieces[0].clone(), pieces[2].clone(), step(1, 0, &[0; 20])].concat();
    let wrap =
        [step(2, 0xfff0, &[0; 20]), step(0xff, 0xfff0, &line[..20]), step(7, 4, &line[20..40])].concat();
    vec![
        Seed::new("reassembly", "ordered", pieces.concat()),
        Seed::new("reassembly", "reversed", reversed),
        Seed::new("reassembly", "overlap", overlap),
        Seed::new("reassembly", "hole", hole),
        Seed::new("reassembly", "wrap", wrap),
    ]
}

fn step(kind: u8, sequence: u16, bytes: &[u8]) -> Vec<u8> {
    [&[kind][..], &sequence.to_be_bytes(), &[0], bytes].concat()
}
