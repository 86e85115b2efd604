//! Levin, the peer-to-peer protocol of CryptoNote chains (monero-project/monero `contrib/epee/include/net/levin_base.h`).

use super::{Network, Node, Protocol, little_endian};
use crate::app::Maybe;

/// The first eight bytes of every message.
const SIGNATURE: [u8; 8] = [0x01, 0x21, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01];

/// Signature 8, length 8, wants-answer 1, command 4, result 4, flags 4, version 4.
const HEADER: usize = 33;

/// `LEVIN_DEFAULT_MAX_PACKET_SIZE`.
const MAX_MESSAGE: u64 = 100_000_000;

/// How far into a message facts are looked for: a handshake tells them first, peers come later.
const MAX_SEARCHED: usize = 8 * 1024;

/// The first fifteen bytes of Monero's `NETWORK_ID` (`src/cryptonote_config.h`); the last says which network.
const MONERO: [u8; 15] =
    [0x12, 0x30, 0xf1, 0x71, 0x61, 0x04, 0x41, 0x61, 0x17, 0x31, 0x00, 0x82, 0x16, 0xa1, 0xa1];

/// The node that a stream begins with. Other CryptoNote chains have other network identifiers: no ticker.
pub fn recognise(stream: &[u8]) -> Option<Node> {
    if sniff(stream) != Maybe::Yes {
        return None;
    }
    let body = stream.get(HEADER..).unwrap_or_default();
    let body = body.get(..MAX_SEARCHED).unwrap_or(body);
    // Portable storage: name with its length, type 10 (string), length 16 as a varint; or type 5 (u64).
    let network = match entry::<16>(body, b"\x0anetwork_id\x0a\x40") {
        Some([id @ .., 0x10]) if id == MONERO => Some(Network::Main),
        Some([id @ .., 0x11]) if id == MONERO => Some(Network::Test),
        Some([id @ .., 0x12]) if id == MONERO => Some(Network::Stage),
        _ => None,
    };
    let height = entry::<8>(body, b"\x0ecurrent_height\x05").map(u64::from_le_bytes);
    Some(Node { protocol: Protocol::Levin, ticker: network.map(|_| "XMR"), network, agent: None, height })
}

/// The `N` bytes after the first occurrence of `name`.
fn entry<const N: usize>(body: &[u8], name: &[u8]) -> Option<[u8; N]> {
    let at = memchr::memmem::find(body, name)?;
    body.get(at + name.len()..)?.first_chunk().copied()
}

/// Whether a stream that starts with these bytes is a CryptoNote node's; decided after the header.
pub fn sniff(stream: &[u8]) -> Maybe {
    let signature = stream.get(..SIGNATURE.len()).unwrap_or(stream);
    if !SIGNATURE.starts_with(signature) {
        return Maybe::No;
    }
    // Only version 1 exists; the byte before the command is a boolean.
    let length_fits = little_endian::<8>(stream, 8).is_none_or(|length| length <= MAX_MESSAGE);
    let wants_answer_fits = stream.get(16).is_none_or(|&byte| byte <= 1);
    let version = little_endian::<4>(stream, 29);
    match version {
        _ if !length_fits || !wants_answer_fits => Maybe::No,
        None => Maybe::NeedMore,
        Some(1) => Maybe::Yes,
        Some(_) => Maybe::No,
    }
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let with_header = [&SIGNATURE[..], &[0; 21], &[1, 0, 0, 0], data].concat();
    for stream in [data, &with_header] {
        let node = recognise(stream);
        assert_eq!(node.is_some(), sniff(stream) == Maybe::Yes);
        assert!(node.is_none_or(|node| node.ticker.is_some() == node.network.is_some()));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    /// A handshake by hand, after levin_base.h and epee's portable storage.
    fn handshake(network: u8) -> Vec<u8> {
        let mut body =
            b"\x01\x11\x01\x01\x01\x01\x02\x01\x01\x08\x09node_data\x0c\x04\x0anetwork_id\x0a\x40".to_vec();
        body.extend(MONERO);
        body.push(network);
        body.extend(b"\x0cpayload_data\x0c\x04\x0ecurrent_height\x05");
        body.extend(3_210_000u64.to_le_bytes());
        let length = u64::try_from(body.len()).unwrap().to_le_bytes();
        let header =
            [&SIGNATURE[..], &length, &[1], &1001u32.to_le_bytes(), &[0; 4], &[1, 0, 0, 0], &[1, 0, 0, 0]];
        [header.concat(), body].concat()
    }

    #[test]
    fn a_handshake_names_network_and_height() {
        let node = recognise(&handshake(0x10)).unwrap();
        assert_eq!(
            (node.ticker, node.network, node.height),
            (Some("XMR"), Some(Network::Main), Some(3_210_000))
        );
        assert_eq!(recognise(&handshake(0x12)).unwrap().network, Some(Network::Stage));
        let other = recognise(&handshake(0x90)).unwrap();
        assert_eq!((other.protocol, other.ticker), (Protocol::Levin, None), "some other CryptoNote chain");
    }

    #[test]
    fn every_cut_waits_or_tells_less() {
        let message = handshake(0x10);
        for end in 0..HEADER {
            assert_eq!(sniff(&message[..end]), Maybe::NeedMore, "{end}");
        }
        let cut = recognise(&message[..HEADER]).unwrap();
        assert_eq!((cut.ticker, cut.height), (None, None));
    }

    #[test]
    fn impossible_headers_are_not_levin() {
        let message = handshake(0x10);
        for (at, byte) in [(7, 0x02), (15, 0x01), (16, 2), (29, 2), (32, 1)] {
            let mut wrong = message.clone();
            wrong[at] = byte;
            assert_eq!(sniff(&wrong), Maybe::No, "byte {at}");
        }
    }
}
