//! Seeds for sessions: dialogues in pieces. The first byte of a piece says its side (bit 0), whether bytes are missing
//! before it (bit 1), and its length in eights of bytes, less one byte.

use super::Seed;

const CLIENT: u8 = 0;
const SERVER: u8 = 1;
const HOLE: u8 = 2;

/// A CryptoNote and a Bitcoin dialogue with a share each, and one that begins behind a hole.
pub(super) fn seeds() -> Vec<Seed> {
    let cryptonote = [
        piece(
            CLIENT,
            "{\"id\":1,\"method\":\"login\",\"params\":{\"login\":\"rig1\",\"pass\":\"x\",\"agent\":\"XMRig/6.21.0\"}}\n",
        ),
        piece(
            SERVER,
            "{\"id\":1,\"result\":{\"id\":\"a\",\"job\":{\"blob\":\"1010\",\"job_id\":\"b\",\"target\":\"b88d0600\"},\"status\":\"OK\"}}\n",
        ),
        piece(
            CLIENT,
            "{\"id\":2,\"method\":\"submit\",\"params\":{\"id\":\"a\",\"job_id\":\"b\",\"nonce\":\"00000001\",\"result\":\"ff\"}}\n",
        ),
        piece(SERVER, "{\"id\":2,\"result\":{\"status\":\"OK\"},\"error\":null}\n"),
    ];
    let bitcoin = [
        piece(CLIENT, "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"cgminer/4.12\"]}\n"),
        piece(SERVER, "{\"id\":1,\"result\":[[[\"mining.notify\",\"1\"]],\"08000002\",4],\"error\":null}\n"),
        piece(CLIENT, "{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"account.rig1\",\"x\"]}\n"),
        piece(
            SERVER,
            "{\"id\":2,\"result\":true,\"error\":null}\n{\"method\":\"mining.set_difficulty\",\"params\":[8192]}\n",
        ),
        piece(
            SERVER,
            "{\"method\":\"mining.notify\",\"params\":[\"4f\",\"00\",\"01\",\"02\",[],\"20000000\",\"1d00ffff\",\"65000000\",true]}\n",
        ),
        piece(
            CLIENT,
            "{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"account.rig1\",\"4f\",\"00000000\",\"65000000\",\"b2957c02\"]}\n",
        ),
        piece(SERVER, "{\"id\":4,\"result\":null,\"error\":[23,\"low difficulty share\",null]}\n"),
    ];
    let behind =
        [piece(SERVER | HOLE, "1\"],\"error\":null}\n"), cryptonote[2].clone(), cryptonote[3].clone()];
    vec![
        Seed::new("sessions", "cryptonote", cryptonote.concat()),
        Seed::new("sessions", "bitcoin", bitcoin.concat()),
        Seed::new("sessions", "behind-a-hole", behind.concat()),
    ]
}

/// A piece is padded with spaces to the next length that its first byte can say.
fn piece(side: u8, line: &str) -> Vec<u8> {
    let eights = line.len().saturating_sub(1).div_ceil(8);
    let head = u8::try_from(eights << 2).unwrap_or(!3) | side;
    let width = eights * 8 + 1;
    std::iter::once(head).chain(format!("{line:<width$}").into_bytes()).collect()
}
