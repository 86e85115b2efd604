//! p2pool's peer-to-peer traffic: no magic number, but a handshake of fixed lengths, the same from both sides.
//!
//! Source: SChernykh/p2pool `src/p2p_server.h` and `.cpp` (`on_handshake_challenge`, `on_handshake_solution`).

use super::{Node, Protocol};
use crate::app::Maybe;

/// HANDSHAKE_CHALLENGE: type 0, challenge 8, peer 8.
const CHALLENGE: usize = 17;
/// HANDSHAKE_SOLUTION behind it: type 1, hash 32, salt 8.
const SOLUTION: usize = CHALLENGE + 41;

/// Whether a stream that starts with these bytes is a p2pool node's: a challenge of random bytes, a solution, and the
/// LISTEN_PORT that follows.
pub fn sniff(stream: &[u8]) -> Maybe {
    let is = |at: usize, value: u8| stream.get(at).is_none_or(|byte| *byte == value);
    // Lengths and counters have zeros beside zeros; sixteen random bytes have not, but for 15 in 65,536.
    let random = stream.get(1..CHALLENGE).unwrap_or_default().windows(2).all(|two| two != [0, 0]);
    if !(is(0, 0) && random && is(CHALLENGE, 1) && is(SOLUTION, 2)) {
        return Maybe::No;
    }
    // The port is a signed number of 32 bits.
    let port = stream.get(SOLUTION + 3..SOLUTION + 5).is_none_or(|high| high == [0, 0]);
    match stream.len() {
        _ if !port => Maybe::No,
        len if len >= SOLUTION + 5 => Maybe::Yes,
        _ => Maybe::NeedMore,
    }
}

/// The node that a stream begins with.
pub fn recognise(stream: &[u8]) -> Option<Node> {
    (sniff(stream) == Maybe::Yes).then_some(Node {
        protocol: Protocol::P2pool,
        ticker: None,
        network: None,
        agent: None,
        height: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn handshake() -> Vec<u8> {
        let random = |count: usize| (0..count).map(|at| (at * 37 + 11) as u8);
        let mut bytes = vec![0];
        bytes.extend(random(16));
        bytes.push(1);
        bytes.extend(random(40));
        bytes.push(2);
        bytes.extend(37_889_u32.to_le_bytes());
        bytes
    }

    #[test]
    fn lengths_of_the_handshake() {
        let bytes = handshake();
        assert_eq!(bytes.len(), 63);
        for end in 0..63 {
            assert_eq!(sniff(&bytes[..end]), Maybe::NeedMore, "{end}");
        }
        assert!(recognise(&bytes).is_some());
        for at in [0, 17, 58, 61] {
            let mut wrong = bytes.clone();
            wrong[at] ^= 1;
            assert_eq!(sniff(&wrong), Maybe::No, "byte {at}");
        }
        let mut counted = bytes;
        counted[1..4].fill(0);
        assert_eq!(sniff(&counted), Maybe::No, "a length of 32 bits");
    }
}
