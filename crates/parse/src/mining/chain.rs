//! Facts of a chain inside a job: block height and pool text in a coinbase, the head of a CryptoNote blob.

use super::hex;

/// Longest coinbase script the consensus rules allow (Bitcoin `src/consensus/tx_check.cpp`: 2 to 100 bytes).
const SCRIPT_LIMIT: usize = 100;

/// Where the script begins in the first half of a coinbase: version, one input, null outpoint, script length.
/// Proof-of-stake type coins put a four-byte time behind the version.
fn script_start(coinbase: &[u8]) -> Option<usize> {
    [4_usize, 8].into_iter().find_map(|at| {
        let input = coinbase.get(at..at.checked_add(37)?)?;
        (input[0] == 1 && input[1..33].iter().all(|byte| *byte == 0) && input[33..37] == [0xff; 4])
            .then_some(at + 38)
    })
}

/// The block height of BIP 34: the first push of the coinbase script, one to five bytes, little-endian.
/// `coinb1` is the hexadecimal first half as `mining.notify` gives it.
#[must_use]
pub fn height(coinb1: &[u8]) -> Option<u64> {
    let head = hex::bytes(coinb1, SCRIPT_LIMIT + 64);
    let start = script_start(&head)?;
    let length = usize::from(*head.get(start)?);
    // Below 128 the height would be a small-number opcode; real chains are long past it, and 5 bytes are a thousand
    // centuries of blocks.
    if !(2..=5).contains(&length) {
        return None;
    }
    let bytes = head.get(start + 1..start + 1 + length)?;
    let height = bytes.iter().rev().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    (height < 1 << 31).then_some(height)
}

/// The longest printable text of 8 to 100 characters in the coinbase script: pools write their name there.
#[must_use]
pub fn coinbase_text(coinb1: &[u8], coinb2: &[u8]) -> Option<String> {
    let first = hex::bytes(coinb1, SCRIPT_LIMIT + 64);
    let start = script_start(&first)?;
    let second = hex::bytes(coinb2, SCRIPT_LIMIT);
    // The script ends before the input's sequence number.
    let end = second.windows(4).position(|four| four == [0xff; 4] || four == [0; 4]).unwrap_or(second.len());
    let runs = first.get(start..)?.split(unprintable).chain(second[..end].split(unprintable));
    let longest = runs.max_by_key(|run| run.len()).filter(|run| run.len() >= 8)?;
    Some(longest.iter().take(100).map(|byte| char::from(*byte)).collect())
}

fn unprintable(byte: &u8) -> bool {
    !(b' '..=b'~').contains(byte)
}

/// The usual block hash from the `prevhash` of `mining.notify`: its eight words in reverse order.
/// Source: xmrig `EthStratumClient.cpp`, ESP-Miner `components/stratum/mining.c` (every word is byte-swapped).
#[must_use]
pub fn block_hash(prevhash: &[u8]) -> Option<String> {
    if prevhash.len() != 64 || hex::digits(prevhash).is_none() {
        return None;
    }
    Some(prevhash.rchunks(8).flatten().map(|byte| char::from(byte.to_ascii_lowercase())).collect())
}

/// Major version of a CryptoNote hashing blob, its first variable-length integer, with the shape checked: minor
/// version, time and a 32-byte previous hash must fit before the nonce. 7 was Monero in 2018, 16 is Monero since 2022.
#[must_use]
pub fn blob_major(blob: &[u8]) -> Option<u8> {
    let major = hex::byte(blob, 0)?;
    let minor = hex::byte(blob, 1)?;
    (major < 0x80 && minor < 0x80 && major > 0 && blob.len() >= 86).then_some(major)
}

/// Whether the last byte of the nonce in the blob is already set: the server hands out parts of the nonce space.
/// Source: nicehash/Specifications `NiceHash_CryptoNight_modification_v1.0.txt`; the nonce is bytes 39 to 42.
#[must_use]
pub fn nonce_split(blob: &[u8]) -> bool {
    (39..43).any(|index| hex::byte(blob, index).is_some_and(|byte| byte != 0))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    fn coinb1(version: &str, script: &str) -> String {
        format!("{version}01{}ffffffff{script}", "00".repeat(32))
    }

    /// BIP 34: `03` pushes three bytes, least significant first; 0x0829ea = 535 018, a Bitcoin block of August 2018.
    #[test]
    fn heights() {
        assert_eq!(height(coinb1("01000000", "2a03ea2908").as_bytes()), Some(535_018));
        assert_eq!(height(coinb1("01000000", "2a0353fc07").as_bytes()), Some(523_347));
        assert_eq!(
            height(coinb1("0100000012345678", "2a031abb15").as_bytes()),
            Some(1_424_154),
            "time behind version"
        );
        assert_eq!(height(coinb1("01000000", "2a00").as_bytes()), None);
        assert_eq!(height(b"0100"), None);
    }

    /// `2f4254432e434f4d2f` is ASCII `/BTC.COM/`.
    #[test]
    fn pool_text() {
        let first = coinb1("01000000", "4003ea2908");
        assert_eq!(coinbase_text(first.as_bytes(), b"2f4254432e434f4d2fffffffff01").unwrap(), "/BTC.COM/");
        assert_eq!(coinbase_text(first.as_bytes(), b"2f4254ffffffff0102"), None, "too short to be a name");
    }

    /// The words of the header's previous hash as pools send them, and the hash as explorers print it.
    #[test]
    fn previous_hash() {
        let sent = "1cf6f05a00000000000000000000000000000000000000000000000000000000001feaf8";
        assert_eq!(block_hash(sent.as_bytes()), None, "72 digits");
        let sent = format!("1cf6f05a{}001feaf800000000", "0".repeat(40));
        assert_eq!(
            block_hash(sent.as_bytes()).unwrap(),
            format!("00000000001feaf8{}1cf6f05a", "0".repeat(40))
        );
    }

    #[test]
    fn blob_head() {
        let blob = format!("0707{}", "00".repeat(74));
        assert_eq!(blob_major(blob.as_bytes()), Some(7));
        assert!(!nonce_split(blob.as_bytes()));
        let split = format!("1010{}000000a5{}", "ab".repeat(37), "00".repeat(33));
        assert!(nonce_split(split.as_bytes()));
    }
}
