//! Sia addresses: the hash of what unlocks an output, and the first six bytes of its BLAKE2b-256, in 76 hex digits.
//!
//! Sources: NebulousLabs/Sia `types/unlockhash.go` (`UnlockHashChecksumSize`); RFC 7693 (BLAKE2b).

use super::{Check, Kind, Network, Ticker, Wallet};

/// Bytes of the hash and of the checksum.
const HASH: usize = 32;
const CHECKSUM: usize = 6;

/// Forks kept the form.
const COINS: &[Ticker] = &["SC", "SCP", "SCC", "XSC"];

/// The whole of `text` as an address.
pub(super) fn recognise(text: &str) -> Option<Wallet> {
    if text.len() != 2 * (HASH + CHECKSUM) {
        return None;
    }
    let mut bytes = [0_u8; HASH + CHECKSUM];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let digit =
            |at: usize| char::from(*pair.get(at)?).to_digit(16).and_then(|one| u8::try_from(one).ok());
        *byte = digit(0)? << 4 | digit(1)?;
    }
    let (hash, checksum) = bytes.split_at(HASH);
    blake2b_256(hash)?.starts_with(checksum).then(|| Wallet {
        address: text.to_ascii_lowercase(),
        coins: COINS,
        check: Check::Checksum,
        network: Network::Main,
        kind: Kind::Script,
    })
}

/// The initial state: that of SHA-512 (RFC 7693, section 2.6).
const START: [u64; 8] = [
    0x6a09_e667_f3bc_c908,
    0xbb67_ae85_84ca_a73b,
    0x3c6e_f372_fe94_f82b,
    0xa54f_f53a_5f1d_36f1,
    0x510e_527f_ade6_82d1,
    0x9b05_688c_2b3e_6c1f,
    0x1f83_d9ab_fb41_bd6b,
    0x5be0_cd19_137e_2179,
];

/// Which words each round takes (RFC 7693, section 2.7); rounds 10 and 11 are rounds 0 and 1 again.
const ORDER: [[usize; 16]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
    [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
    [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
    [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
    [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];

/// Columns and diagonals of the state.
const LINES: [[usize; 4]; 8] = [
    [0, 4, 8, 12],
    [1, 5, 9, 13],
    [2, 6, 10, 14],
    [3, 7, 11, 15],
    [0, 5, 10, 15],
    [1, 6, 11, 12],
    [2, 7, 8, 13],
    [3, 4, 9, 14],
];

/// BLAKE2b with 32 bytes of output and no key, of a message that fits into one block of 128 bytes.
fn blake2b_256(message: &[u8]) -> Option<[u8; 32]> {
    let mut block = [0_u8; 128];
    block.get_mut(..message.len())?.copy_from_slice(message);
    let mut words = [0_u64; 16];
    for (word, bytes) in words.iter_mut().zip(block.chunks_exact(8)) {
        *word = u64::from_le_bytes(bytes.try_into().ok()?);
    }
    let mut state = START;
    // The parameters: one node, no key, 32 bytes of output.
    state[0] ^= 0x0101_0020;
    let mut work = [0_u64; 16];
    work[..8].copy_from_slice(&state);
    work[8..].copy_from_slice(&START);
    work[12] ^= u64::try_from(message.len()).ok()?;
    // The last block is also the first.
    work[14] = !work[14];
    for round in 0..12 {
        let order = ORDER[round % 10];
        for (at, [a, b, c, d]) in LINES.into_iter().enumerate() {
            work[a] = work[a].wrapping_add(work[b]).wrapping_add(words[order[2 * at]]);
            work[d] = (work[d] ^ work[a]).rotate_right(32);
            work[c] = work[c].wrapping_add(work[d]);
            work[b] = (work[b] ^ work[c]).rotate_right(24);
            work[a] = work[a].wrapping_add(work[b]).wrapping_add(words[order[2 * at + 1]]);
            work[d] = (work[d] ^ work[a]).rotate_right(16);
            work[c] = work[c].wrapping_add(work[d]);
            work[b] = (work[b] ^ work[c]).rotate_right(63);
        }
    }
    let mut digest = [0_u8; 32];
    for (at, bytes) in digest.chunks_exact_mut(8).enumerate() {
        bytes.copy_from_slice(&(state[at] ^ work[at] ^ work[at + 8]).to_le_bytes());
    }
    Some(digest)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    /// The example address of the read-me of Claymore's dual miner, which mined Sia beside Ethereum.
    const PUBLISHED: &str = "3be0304dee313515cf401b8593a0c1df905ed13f0adaee89a8d7337d2ba8209e5ca9f297bbc2";

    #[test]
    fn a_published_address_and_near_ones() {
        let wallet = recognise(PUBLISHED).unwrap();
        assert_eq!(
            (wallet.address.as_str(), wallet.check, wallet.coin()),
            (PUBLISHED, Check::Checksum, None)
        );
        assert_eq!(wallet.coins.first(), Some(&"SC"));
        for wrong in [
            PUBLISHED.replacen('3', "4", 1),
            PUBLISHED.replace("bbc2", "bbc3"),
            PUBLISHED.replace("3be0", "zbe0"),
            PUBLISHED[..74].to_owned(),
            "0".repeat(76),
        ] {
            assert_eq!(recognise(&wrong), None, "{wrong}");
        }
    }

    /// Python's `hashlib.blake2b(b"abc", digest_size=32)`.
    #[test]
    fn another_programs_digest() {
        let digest = blake2b_256(b"abc").unwrap();
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
        assert_eq!(blake2b_256(&[0; 129]), None, "longer than a block");
    }
}
