//! Ethereum's node discovery, version 4 (ethereum/devp2p `discv4.md`): datagrams that prove themselves by a hash.

use sha3::{Digest, Keccak256};

use super::{Node, Protocol};

/// Hash 32, signature 65, type 1.
const HEADER: usize = 98;

/// Longest datagram (`discv4.md`, "Wire Protocol").
const MAX_DATAGRAM: usize = 1280;

/// The node that sends this datagram: which chain it follows, Ethereum or another, discovery does not say.
///
/// The first 32 bytes are the Keccak-256 of all others, so that nothing else can pass. Cheap tests come first.
pub fn recognise(datagram: &[u8]) -> Option<Node> {
    let hash: &[u8; 32] = datagram.first_chunk()?;
    // Types 1 ping to 6 ENR response; recovery identifier 0 or 1; the data are an RLP list.
    let (kind, recovery, data) = (*datagram.get(97)?, *datagram.get(96)?, *datagram.get(HEADER)?);
    if datagram.len() > MAX_DATAGRAM || !(1..=6).contains(&kind) || recovery > 1 || data < 0xc0 {
        return None;
    }
    let is_right = Keccak256::digest(datagram.get(32..)?)[..] == *hash;
    is_right.then_some(Node {
        protocol: Protocol::Discv4,
        ticker: None,
        network: None,
        agent: None,
        height: None,
    })
}

/// Exercises this file with any bytes, as they are and with the right hash before them.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let hashed = [&Keccak256::digest(data)[..], data].concat();
    let _ = recognise(data);
    assert!(recognise(&hashed).is_none() || hashed.len() > HEADER);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// EIP-8, "RLPx Discovery Protocol": a ping of version 4 with additional list elements.
    const PING: &str = "e9614ccfd9fc3e74360018522d30e1419a143407ffcce748de3e22116b7e8dc92ff74788c0b6663a\
        aa3d67d641936511c8f8d6ad8698b820a7cf9e1be7155e9a241f556658c55428ec0563514365799a\
        4be2be5a685a80971ddcfa80cb422cdd0101ec04cb847f000001820cfa8215a8d790000000000000\
        000000000000000000018208ae820d058443b9a3550102";

    #[test]
    fn the_ping_of_eip_8() {
        let ping: Vec<u8> = (0..PING.len() / 2)
            .map(|index| u8::from_str_radix(&PING[2 * index..2 * index + 2], 16).unwrap_or_default())
            .collect();
        assert_eq!(recognise(&ping).map(|node| node.protocol), Some(Protocol::Discv4));
        for at in [0, 40, 96, 97, 98, ping.len() - 1] {
            let mut wrong = ping.clone();
            wrong[at] ^= 0x80;
            assert_eq!(recognise(&wrong), None, "byte {at}");
        }
        assert_eq!(recognise(&ping[..ping.len() - 1]), None, "cut");
    }
}
