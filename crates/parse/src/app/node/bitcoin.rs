//! Bitcoin's peer-to-peer messages, version 1 (bitcoin/bitcoin `src/protocol.h`), and the chains that speak them.

use sha2::{Digest, Sha256};

use super::{Network, Node, Protocol, little_endian};
use crate::app::Maybe;
use crate::app::cursor::text;

/// Magic, command, length, checksum.
const HEADER: usize = 24;

/// Longest message (`MAX_SIZE` in `src/serialize.h`).
const MAX_MESSAGE: u64 = 0x0200_0000;

/// Longest agent (`MAX_SUBVERSION_LENGTH` in `src/net.h`).
const MAX_AGENT: u64 = 256;

/// Longest payload whose checksum is computed: a `version` has about 100 bytes, other first messages little more.
const MAX_CHECKED: usize = 4096;

/// Bitcoin Cash's magic, taken over by Bitcoin SV and eCash: the agent has to tell them apart.
const BITCOIN_CASH: [u8; 4] = [0xe3, 0xe1, 0xf3, 0xe8];

/// `pchMessageStart` of each chain (its `src/chainparams.cpp`). Regtest's is the same for most chains; a magic that
/// several live chains share (`fcc1b7dc`, Dogecoin's test network among them) is left out.
const MAGICS: [([u8; 4], Option<&str>, Network); 11] = [
    ([0xf9, 0xbe, 0xb4, 0xd9], Some("BTC"), Network::Main),
    ([0x0b, 0x11, 0x09, 0x07], Some("BTC"), Network::Test),
    ([0x1c, 0x16, 0x3f, 0x28], Some("BTC"), Network::Test),
    ([0xfa, 0xbf, 0xb5, 0xda], None, Network::Regtest),
    ([0x0a, 0x03, 0xcf, 0x40], Some("BTC"), Network::Signet),
    ([0xfb, 0xc0, 0xb6, 0xdb], Some("LTC"), Network::Main),
    ([0xc0, 0xc0, 0xc0, 0xc0], Some("DOGE"), Network::Main),
    ([0xbf, 0x0c, 0x6b, 0xbd], Some("DASH"), Network::Main),
    (BITCOIN_CASH, None, Network::Main),
    ([0x24, 0xe9, 0x27, 0x64], Some("ZEC"), Network::Main),
    ([0x52, 0x41, 0x56, 0x4e], Some("RVN"), Network::Main),
];

/// The node that a stream begins with, decided by magic, command and length together.
pub fn recognise(stream: &[u8]) -> Option<Node> {
    if sniff(stream) != Maybe::Yes {
        return None;
    }
    let (magic, ticker, network) = MAGICS.iter().find(|(magic, ..)| stream.starts_with(magic))?;
    let mut node = Node {
        protocol: Protocol::Bitcoin,
        ticker: *ticker,
        network: Some(*network),
        agent: None,
        height: None,
    };
    if stream.get(4..16) == Some(b"version\0\0\0\0\0") {
        // A version that is not whole, or whose checksum is wrong, is a node's all the same.
        if let Some((agent, height)) = payload(stream).and_then(version) {
            if *magic == BITCOIN_CASH {
                node.ticker = of_cash_family(&agent);
            }
            (node.agent, node.height) = (Some(agent), height);
        }
    }
    Some(node)
}

/// Whether a stream that starts with these bytes is a node's; decided after twenty bytes.
pub fn sniff(stream: &[u8]) -> Maybe {
    let magic = stream.get(..4).unwrap_or(stream);
    if !MAGICS.iter().any(|(known, ..)| known.starts_with(magic)) {
        return Maybe::No;
    }
    let command = stream.get(4..stream.len().clamp(4, 16)).unwrap_or_default();
    let letters = command.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let is_padded = command.iter().skip(letters).all(|&byte| byte == 0);
    if !is_padded || (letters == 0 && !command.is_empty()) {
        return Maybe::No;
    }
    match little_endian::<4>(stream, 16) {
        None => Maybe::NeedMore,
        Some(length) if length <= MAX_MESSAGE => Maybe::Yes,
        Some(_) => Maybe::No,
    }
}

/// The payload of the first message when it is whole and its checksum right: the start of SHA-256 twice.
fn payload(stream: &[u8]) -> Option<&[u8]> {
    let length =
        usize::try_from(little_endian::<4>(stream, 16)?).ok().filter(|&length| length <= MAX_CHECKED)?;
    let payload = stream.get(HEADER..HEADER + length)?;
    let checksum = Sha256::digest(Sha256::digest(payload));
    (checksum.get(..4) == stream.get(20..HEADER)).then_some(payload)
}

/// Agent and height of a `version` message (protocol version 106 and later).
fn version(payload: &[u8]) -> Option<(String, Option<u64>)> {
    // Version 4, services 8, time 8, two addresses of 26, nonce 8.
    const AGENT: usize = 80;
    let (length, start) = match *payload.get(AGENT)? {
        0xfd => (little_endian::<2>(payload, AGENT + 1)?, AGENT + 3),
        short @ 0..0xfd => (u64::from(short), AGENT + 1),
        _ => return None,
    };
    let length = usize::try_from(length).ok().filter(|_| length <= MAX_AGENT)?;
    let agent = text(payload.get(start..start + length)?, 256);
    // A signed number; negative says nothing.
    let height = little_endian::<4>(payload, start + length).filter(|&height| height < 1 << 31);
    Some((agent, height))
}

fn of_cash_family(agent: &str) -> Option<&'static str> {
    let is = |names: &[&str]| names.iter().any(|name| agent.contains(name));
    match () {
        () if is(&["Bitcoin SV"]) => Some("BSV"),
        () if is(&["Bitcoin Cash Node", "BCH Unlimited", "bchd", "Knuth", "Verde"]) => Some("BCH"),
        () => None,
    }
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    assert_eq!(recognise(data).is_some(), sniff(data) == Maybe::Yes);
    if let Some((agent, height)) = version(data) {
        assert!(agent.chars().count() <= 256 && height.is_none_or(|height| height < 1 << 31));
    }
    let _ = payload(data);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    /// The `version` message of a 0.7.2 node, as the Bitcoin wiki's page "Protocol documentation" prints it.
    const VERSION: &[u8] = b"\xf9\xbe\xb4\xd9version\0\0\0\0\0\x64\x00\x00\x00\x3b\x64\x8d\x5a\
        \x62\xea\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x11\xb2\xd0\x50\x00\x00\x00\x00\
        \x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xff\xff\x00\x00\x00\x00\x00\x00\
        \x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xff\xff\x00\x00\x00\x00\x00\x00\
        \x3b\x2e\xb3\x5d\x8c\xe6\x17\x65\x0f/Satoshi:0.7.2/\xc0\x3e\x03\x00";

    #[test]
    fn the_version_message_of_the_wiki() {
        let node = recognise(VERSION).unwrap();
        assert_eq!((node.ticker, node.network), (Some("BTC"), Some(Network::Main)));
        assert_eq!((node.agent.as_deref(), node.height), (Some("/Satoshi:0.7.2/"), Some(212_672)));
    }

    #[test]
    fn a_cut_or_damaged_version_is_a_node_without_agent() {
        for end in 20..VERSION.len() {
            let node = recognise(&VERSION[..end]).unwrap();
            assert_eq!((node.ticker, node.agent), (Some("BTC"), None), "{end}");
        }
        let mut damaged = VERSION.to_vec();
        damaged[110] ^= 1;
        assert_eq!(recognise(&damaged).unwrap().agent, None);
        for end in 0..20 {
            assert_eq!(sniff(&VERSION[..end]), Maybe::NeedMore, "{end}");
        }
    }

    #[test]
    fn the_magic_alone_is_not_enough() {
        for other in [
            &b"RAVN is a word in a text of some length"[..],
            &[0xc0; 40],
            b"\xf9\xbe\xb4\xd9\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
        ] {
            assert_eq!(sniff(other), Maybe::No, "{other:?}");
        }
        let mut long = VERSION.to_vec();
        long[19] = 0x7f;
        assert_eq!(sniff(&long), Maybe::No, "nobody sends 2 GB");
    }

    #[test]
    fn one_magic_stands_for_three_chains() {
        let ticker = |agent: &[u8; 15]| {
            let mut message = VERSION.to_vec();
            message[..4].copy_from_slice(&BITCOIN_CASH);
            message[105..120].copy_from_slice(agent);
            let checksum = Sha256::digest(Sha256::digest(&message[24..]));
            message[20..24].copy_from_slice(&checksum[..4]);
            recognise(&message).unwrap().ticker
        };
        assert_eq!(ticker(b"/Bitcoin SV:1./"), Some("BSV"));
        assert_eq!(ticker(b"/bchd:0.21.1.1/"), Some("BCH"));
        assert_eq!(ticker(b"/Bitcoin ABC:1/"), None, "Bitcoin Cash until 2020, eCash since");
    }
}
