//! Seeds for flows: whole conversations as raw IPv4 packets, each after its length in two bytes.

use super::{Seed, sized16};

const MINER: [u8; 4] = [10, 0, 0, 5];
const POOL: [u8; 4] = [198, 51, 100, 9];

/// A Stratum dialogue in order and out of order, one from the middle, a fragmented look-up.
pub(super) fn seeds() -> Vec<Seed> {
    let login = b"{\"id\":1,\"method\":\"login\",\"params\":{\"login\":\"rig1\",\"pass\":\"x\",\"agent\":\"XMRig/6.21.0\"}}\n";
    let job = b"{\"id\":1,\"result\":{\"id\":\"a\",\"job\":{\"blob\":\"1010\",\"job_id\":\"b\",\"target\":\"b88d0600\"},\"status\":\"OK\"}}\n";
    let submit = b"{\"id\":2,\"method\":\"submit\",\"params\":{\"id\":\"a\",\"job_id\":\"b\",\"nonce\":\"00000001\",\"result\":\"ff\"}}\n";
    let after_login = 1001 + size(login);
    let packets = [
        tcp(true, 1000, 0, 0x02, b""),
        tcp(false, 9000, 1001, 0x12, b""),
        tcp(true, 1001, 9001, 0x18, login),
        tcp(false, 9001, after_login, 0x18, job),
        tcp(true, after_login, 9001 + size(job), 0x18, submit),
        tcp(true, after_login + size(submit), 9001 + size(job), 0x11, b""),
    ];
    let swapped = [3, 2, 4, 1, 0, 5].iter().map(|index| packets[*index].clone()).collect::<Vec<_>>();
    let udp = [&[0xc8, 0x22, 0, 53, 0, 24, 0, 0][..], &[7; 16]].concat();
    let parts = [ipv4(17, 0x2000, true, &udp[..16]), ipv4(17, 2, true, &udp[16..])];
    vec![
        Seed::new("flow", "dialogue", framed(&packets)),
        Seed::new("flow", "out-of-order", framed(&swapped)),
        Seed::new("flow", "from-the-middle", framed(&packets[3..])),
        Seed::new("flow", "fragments", framed(&parts)),
    ]
}

fn framed(packets: &[Vec<u8>]) -> Vec<u8> {
    packets.iter().flat_map(|packet| sized16(packet)).collect()
}

fn size(line: &[u8]) -> u32 {
    u32::try_from(line.len()).unwrap_or_default()
}

fn tcp(from_miner: bool, sequence: u32, acknowledged: u32, flags: u8, payload: &[u8]) -> Vec<u8> {
    let ports: [u8; 4] = if from_miner { [0xc8, 0x22, 0x0d, 0x05] } else { [0x0d, 0x05, 0xc8, 0x22] };
    let header = [
        &ports[..],
        &sequence.to_be_bytes(),
        &acknowledged.to_be_bytes(),
        &[0x50, flags, 4, 0, 0, 0, 0, 0],
        payload,
    ];
    ipv4(6, 0x4000, from_miner, &header.concat())
}

/// An IPv4 packet; `fragment` is the field with flags and offset. Checksums are left zero: nobody reads them.
fn ipv4(protocol: u8, fragment: u16, from_miner: bool, payload: &[u8]) -> Vec<u8> {
    let total = u16::try_from(20 + payload.len()).unwrap_or_default();
    let (source, destination) = if from_miner { (MINER, POOL) } else { (POOL, MINER) };
    [
        &[0x45, 0][..],
        &total.to_be_bytes(),
        &[0, 1],
        &fragment.to_be_bytes(),
        &[64, protocol, 0, 0],
        &source,
        &destination,
        payload,
    ]
    .concat()
}
