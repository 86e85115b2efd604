//! ZeroMQ's publishers and subscribers: how nodes announce blocks to the programs beside them.
//!
//! Sources: ZeroMQ RFC 23/ZMTP (3.0) and 37/ZMTP (3.1); bitcoin/bitcoin `doc/zmq.md`; monero-project/monero
//! `src/rpc/zmq_pub.cpp`; SChernykh/p2pool `src/zmq_reader.cpp`. Left out: the other mechanisms (PLAIN has a password,
//! CURVE is encrypted), versions before 3, sockets that do not publish.

use super::Maybe;

/// Signature, version, mechanism, role, filler.
const GREETING: usize = 64;
/// The mechanism without security, padded.
const NULL: &[u8; 20] = b"NULL\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
/// Frames that are looked at: READY and then one for each subscription.
const MOST_FRAMES: usize = 64;

/// What a topic says about the program that listens to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Blocks and transactions of Bitcoin or a chain that took its node over.
    Bitcoin,
    /// Blocks and transactions of Monero or a chain that took its node over.
    CryptoNote,
    /// What a CryptoNote block is made of: only who makes blocks needs it.
    MinerData,
}

/// Which end a socket is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Socket {
    /// It announces (`PUB`, `XPUB`).
    Publisher,
    /// It listens (`SUB`, `XSUB`).
    Subscriber,
}

/// What one side of a connection has said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Introduction {
    /// Which end it is.
    pub socket: Socket,
    /// The topics of nodes that it asked for, each once, in their order.
    pub topics: Vec<Topic>,
}

/// Whether a side that begins with these bytes speaks ZMTP 3 without encryption.
#[must_use]
pub fn sniff(stream: &[u8]) -> Maybe {
    // The eight bytes in between are zero, or a length of 1 for the sake of version 1.
    let fits = |at: usize, byte: u8| match at {
        0 => byte == 0xff,
        1..=7 => byte == 0,
        8 => byte <= 1,
        9 => byte == 0x7f,
        10 => byte == 3,
        12..32 => byte == NULL[at - 12],
        _ => true,
    };
    let head = stream.get(..32).unwrap_or(stream);
    if !head.iter().enumerate().all(|(at, byte)| fits(at, *byte)) {
        Maybe::No
    } else if head.len() < 32 {
        Maybe::NeedMore
    } else {
        Maybe::Yes
    }
}

/// Reads the beginning of what one side says: nothing unless it is a socket that publishes or listens.
#[must_use]
pub fn introduction(stream: &[u8]) -> Option<Introduction> {
    if sniff(stream) != Maybe::Yes {
        return None;
    }
    let mut rest = stream.get(GREETING..)?;
    let (flags, ready) = frame(&mut rest)?;
    let socket = match property(ready.strip_prefix(b"\x05READY").filter(|_| flags & 4 != 0)?, b"Socket-Type")?
    {
        b"PUB" | b"XPUB" => Socket::Publisher,
        b"SUB" | b"XSUB" => Socket::Subscriber,
        _ => return None,
    };
    let mut topics = Vec::new();
    for _ in 0..MOST_FRAMES {
        let Some((flags, body)) = frame(&mut rest).filter(|_| socket == Socket::Subscriber) else { break };
        // A message whose first byte is 1, or since version 3.1 a command.
        let asked =
            if flags & 4 == 0 { body.strip_prefix(&[1]) } else { body.strip_prefix(b"\x09SUBSCRIBE") };
        topics.extend(asked.and_then(topic));
    }
    topics.sort_unstable();
    topics.dedup();
    Some(Introduction { socket, topics })
}

/// The meaning of a topic. Shorter ones are prefixes of many, and an empty one asks for all: they mean nothing.
fn topic(name: &[u8]) -> Option<Topic> {
    match name.strip_suffix(b":").unwrap_or(name) {
        b"hashblock" | b"rawblock" | b"hashtx" | b"rawtx" => Some(Topic::Bitcoin),
        b"json-full-miner_data" => Some(Topic::MinerData),
        b"json-full-chain_main"
        | b"json-minimal-chain_main"
        | b"json-full-txpool_add"
        | b"json-minimal-txpool_add" => Some(Topic::CryptoNote),
        _ => None,
    }
}

/// Takes one frame: its flags (1 more follow, 2 long, 4 command) and its body.
fn frame<'a>(rest: &mut &'a [u8]) -> Option<(u8, &'a [u8])> {
    let (&flags, after) = rest.split_first()?;
    if flags & !7 != 0 {
        return None;
    }
    let (length, after) = if flags & 2 == 0 {
        let (&length, after) = after.split_first()?;
        (usize::from(length), after)
    } else {
        let (length, after) = after.split_first_chunk()?;
        (usize::try_from(u64::from_be_bytes(*length)).ok()?, after)
    };
    let (body, after) = after.split_at_checked(length)?;
    *rest = after;
    Some((flags, body))
}

/// The value of a property: names have a length of one byte, values of four.
fn property<'a>(mut rest: &'a [u8], wanted: &[u8]) -> Option<&'a [u8]> {
    loop {
        let (&length, after) = rest.split_first()?;
        let (name, after) = after.split_at_checked(length.into())?;
        let (length, after) = after.split_first_chunk()?;
        let (value, after) = after.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
        if name.eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        rest = after;
    }
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let mut decided = None;
    for end in 0..=data.len().min(64) {
        let answer = sniff(data.get(..end).unwrap_or_default());
        assert!(decided.is_none_or(|decided| decided == answer), "a decision stands");
        decided = decided.or(answer.is_decided().then_some(answer));
    }
    if let Some(told) = introduction(data) {
        assert!(decided == Some(Maybe::Yes) && told.topics.len() <= 3, "only what was sniffed is read");
        assert!(told.socket == Socket::Subscriber || told.topics.is_empty(), "a publisher asks for nothing");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn greeting() -> Vec<u8> {
        let mut bytes = vec![0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 1];
        bytes.extend(NULL);
        bytes.resize(GREETING, 0);
        bytes
    }

    /// A side with its READY, and frames behind it.
    fn side(socket: &str, frames: &[&[u8]]) -> Vec<u8> {
        let mut ready = b"\x05READY\x08Identity\0\0\0\0\x0bSocket-Type\0\0\0".to_vec();
        ready.push(socket.len() as u8);
        ready.extend(socket.as_bytes());
        let mut bytes = greeting();
        bytes.extend([4, ready.len() as u8]);
        bytes.extend(ready);
        for frame in frames {
            bytes.extend(*frame);
        }
        bytes
    }

    #[test]
    fn greetings() {
        let greeting = greeting();
        for end in 0..greeting.len() {
            let expected = if end < 32 { Maybe::NeedMore } else { Maybe::Yes };
            assert_eq!(sniff(&greeting[..end]), expected, "{end}");
        }
        for (at, byte) in [(0, 0xfe), (1, 1), (8, 2), (9, 0), (10, 2), (12, b'P'), (31, 1)] {
            let mut other = greeting.clone();
            other[at] = byte;
            assert_eq!(sniff(&other), Maybe::No, "{at}");
        }
    }

    #[test]
    fn who_asks_for_what() {
        use Topic::{Bitcoin, CryptoNote, MinerData};
        let miner_data = b"\0\x15\x01json-full-miner_data";
        let command = b"\x04\x1e\x09SUBSCRIBEjson-full-miner_data";
        let long = b"\x02\0\0\0\0\0\0\0\x15\x01json-full-miner_data";
        let chain = b"\0\x15\x01json-full-chain_main";
        for (socket, frames, expected) in [
            ("SUB", vec![&chain[..], miner_data, miner_data], vec![CryptoNote, MinerData]),
            ("XSUB", vec![&command[..]], vec![MinerData]),
            ("SUB", vec![&long[..]], vec![MinerData]),
            ("SUB", vec![&b"\0\x09\x01rawblock"[..], b"\0\x07\x01hashtx"], vec![Bitcoin]),
            // All of them, a prefix of many, another's topic, a topic given up, a part of one.
            ("SUB", vec![&b"\0\x01\x01"[..], b"\0\x0a\x01json-full", b"\0\x07\x01alerts"], vec![]),
            ("SUB", vec![&b"\0\x09\0rawblock"[..]], vec![]),
            ("SUB", vec![&miner_data[..9]], vec![]),
            // A publisher's message is no question.
            ("PUB", vec![&b"\0\x09\x01rawblock"[..]], vec![]),
        ] {
            let kind = if socket == "PUB" { Socket::Publisher } else { Socket::Subscriber };
            let expected = Some(Introduction { socket: kind, topics: expected });
            assert_eq!(introduction(&side(socket, &frames)), expected, "{socket} {frames:?}");
        }
        for none in [side("REQ", &[miner_data]), greeting(), side("SUB", &[])[..70].to_vec()] {
            assert_eq!(introduction(&none), None);
        }
    }
}
