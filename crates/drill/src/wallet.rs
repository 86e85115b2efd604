//! Wallets that look right, pass their checksum, and belong to nobody.
//!
//! The key material is ASCII `drill` followed by a hash of a fixed text, the coin and a seed: no private key is
//! known for any of them, and anyone who decodes one sees at once that it is of an exercise.
//! Sources: Monero `src/common/base58.cpp` and `cryptonote_config.h` (tags); Bitcoin `src/chainparams.cpp` and the
//! other coins' files of that name (version bytes); BIP 173; EIP-55; kaspanet `crypto/addresses`.

use sha2::{Digest, Sha256};
use sha3::Keccak256;

use crate::rng::hex;

/// Kinds of address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Monero standard address, tag 18.
    Monero,
    /// Monero subaddress, tag 42.
    MoneroSub,
    /// Monero address with a payment id, tag 19.
    MoneroIntegrated,
    /// Monero testnet address, tag 53.
    MoneroTest,
    /// Bitcoin pay-to-public-key-hash.
    Bitcoin,
    /// Bitcoin native segregated witness, version 0.
    BitcoinBech32,
    /// Bitcoin testnet pay-to-public-key-hash.
    BitcoinTest,
    /// Litecoin.
    Litecoin,
    /// Dogecoin.
    Dogecoin,
    /// Dash.
    Dash,
    /// Ravencoin.
    Ravencoin,
    /// Zcash transparent.
    Zcash,
    /// Ethereum and its relatives, with the mixed-case checksum.
    Ethereum,
    /// The same in lower case, without any checksum.
    EthereumLower,
    /// Kaspa.
    Kaspa,
}

/// The address of this kind for a seed.
pub fn address(kind: Kind, seed: u64) -> String {
    let key = |size: usize, part: u8| {
        let mut bytes = b"drill".to_vec();
        let text = format!("minehound drill, a wallet of nobody: {kind:?} {seed} {part}");
        bytes.extend_from_slice(&Sha256::digest(text.as_bytes()));
        bytes.truncate(size);
        bytes
    };
    let cryptonote_keys = || [key(32, 1), key(32, 2)].concat();
    match kind {
        Kind::Monero => cryptonote(18, &cryptonote_keys()),
        Kind::MoneroSub => cryptonote(42, &cryptonote_keys()),
        Kind::MoneroIntegrated => cryptonote(19, &[cryptonote_keys(), key(8, 3)].concat()),
        Kind::MoneroTest => cryptonote(53, &cryptonote_keys()),
        Kind::Bitcoin => base58check(&[0x00], &key(20, 1)),
        Kind::BitcoinTest => base58check(&[0x6F], &key(20, 1)),
        Kind::Litecoin => base58check(&[0x30], &key(20, 1)),
        Kind::Dogecoin => base58check(&[0x1E], &key(20, 1)),
        Kind::Dash => base58check(&[0x4C], &key(20, 1)),
        Kind::Ravencoin => base58check(&[0x3C], &key(20, 1)),
        Kind::Zcash => base58check(&[0x1C, 0xB8], &key(20, 1)),
        Kind::BitcoinBech32 => segwit("bc", &key(20, 1)),
        Kind::Ethereum => eip55(&hex(&key(20, 1))),
        Kind::EthereumLower => format!("0x{}", hex(&key(20, 1))),
        Kind::Kaspa => kaspa(&key(32, 1)),
    }
}

/// Keccak-256, as Ethereum and CryptoNote use it.
pub(crate) fn keccak(bytes: &[u8]) -> [u8; 32] {
    Keccak256::digest(bytes).into()
}

/// The login under which xmrig works for its author: Keccak-256 of its own login
/// (xmrig `src/net/strategies/DonateStrategy.cpp`).
pub(crate) fn donation_login(login: &str) -> String {
    hex(&Keccak256::digest(login.as_bytes()))
}

const BASE58: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// Base58 of one Monero block of at most 8 bytes.
fn base58_block(block: &[u8]) -> String {
    const WIDTH: [usize; 9] = [0, 2, 3, 5, 6, 7, 9, 10, 11];
    let mut number = block.iter().fold(0u64, |number, &byte| number << 8 | u64::from(byte));
    let mut text = vec![b'1'; WIDTH[block.len().min(8)]];
    for digit in text.iter_mut().rev() {
        *digit = BASE58[(number % 58) as usize];
        number /= 58;
    }
    text.into_iter().map(char::from).collect()
}

/// A CryptoNote address; the tag is below 128 for all kinds here, so its varint is one byte.
fn cryptonote(tag: u8, keys: &[u8]) -> String {
    let mut raw = vec![tag];
    raw.extend_from_slice(keys);
    let sum = Keccak256::digest(&raw);
    raw.extend_from_slice(&sum[..4]);
    raw.chunks(8).map(base58_block).collect()
}

fn base58check(version: &[u8], payload: &[u8]) -> String {
    let mut raw = [version, payload].concat();
    let sum = Sha256::digest(Sha256::digest(&raw));
    raw.extend_from_slice(&sum[..4]);
    let mut digits: Vec<u8> = Vec::new(); // least significant first
    for &byte in &raw {
        let mut carry = u32::from(byte);
        for digit in &mut digits {
            carry += u32::from(*digit) << 8;
            *digit = (carry % 58) as u8;
            carry /= 58;
        }
        while carry > 0 {
            digits.push((carry % 58) as u8);
            carry /= 58;
        }
    }
    let zeros = raw.iter().take_while(|&&byte| byte == 0).count();
    let digits = digits.iter().rev().map(|&digit| char::from(BASE58[usize::from(digit)]));
    std::iter::repeat_n('1', zeros).chain(digits).collect()
}

const BECH32: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";

fn bech32_text(values: &[u8]) -> String {
    values.iter().map(|&value| char::from(BECH32[usize::from(value & 31)])).collect()
}

/// Bytes as groups of five bits, the last filled with zeros.
fn five_bits(bytes: &[u8]) -> Vec<u8> {
    let (mut groups, mut held, mut bits) = (Vec::new(), 0u32, 0);
    for &byte in bytes {
        held = held << 8 | u32::from(byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            groups.push((held >> bits & 31) as u8);
        }
    }
    if bits > 0 {
        groups.push((held << (5 - bits) & 31) as u8);
    }
    groups
}

/// BIP 173, witness version 0.
fn segwit(prefix: &str, program: &[u8]) -> String {
    let mut values = vec![0];
    values.extend(five_bits(program));
    let mut input: Vec<u8> = prefix.bytes().map(|c| c >> 5).collect();
    input.push(0);
    input.extend(prefix.bytes().map(|c| c & 31));
    input.extend_from_slice(&values);
    input.extend_from_slice(&[0; 6]);
    let sum = input.iter().fold(1u32, |sum, &value| {
        const GENERATOR: [u32; 5] = [0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3];
        let next = (sum & 0x1FF_FFFF) << 5 ^ u32::from(value);
        (0..5).filter(|bit| sum >> (25 + bit) & 1 == 1).fold(next, |next, bit| next ^ GENERATOR[bit])
    }) ^ 1;
    values.extend((0..6).map(|at| (sum >> (5 * (5 - at)) & 31) as u8));
    format!("{prefix}1{}", bech32_text(&values))
}

/// A Kaspa address of a Schnorr key: version 0, 40-bit checksum of the Bitcoin Cash kind.
fn kaspa(key: &[u8]) -> String {
    let values = five_bits(&[&[0], key].concat());
    let mut input: Vec<u8> = "kaspa".bytes().map(|c| c & 31).collect();
    input.push(0);
    input.extend_from_slice(&values);
    input.extend_from_slice(&[0; 8]);
    let sum = input.iter().fold(1u64, |sum, &value| {
        const GENERATOR: [u64; 5] =
            [0x98_F2BC_8E61, 0x79_B76D_99E2, 0xF3_3E5F_B3C4, 0xAE_2EAB_E2A8, 0x1E_4F43_E470];
        let next = (sum & 0x07_FFFF_FFFF) << 5 ^ u64::from(value);
        (0..5).filter(|bit| sum >> (35 + bit) & 1 == 1).fold(next, |next, bit| next ^ GENERATOR[bit])
    }) ^ 1;
    let check: Vec<u8> = (0..8).map(|at| (sum >> (5 * (7 - at)) & 31) as u8).collect();
    format!("kaspa:{}{}", bech32_text(&values), bech32_text(&check))
}

/// EIP-55: a letter is upper case where the digit of the hash of the lower-case text is 8 or more.
fn eip55(digits: &str) -> String {
    let hash = hex(&Keccak256::digest(digits.as_bytes()));
    let mixed = digits.chars().zip(hash.chars());
    let mixed: String = mixed.map(|(c, h)| if h >= '8' { c.to_ascii_uppercase() } else { c }).collect();
    format!("0x{mixed}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    fn bytes(text: &str) -> Vec<u8> {
        text.as_bytes()
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect()
    }

    #[test]
    fn published_vectors_come_out() {
        // BIP 173: P2WPKH of the key 0279BE66… has the program 751e76e8199196d454941c45d1b3a323f1433bd6.
        let program = bytes("751e76e8199196d454941c45d1b3a323f1433bd6");
        assert_eq!(segwit("bc", &program), "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4");
        // The same key's P2PKH address, as in BIP 173's rationale and every key table (private key 1).
        assert_eq!(base58check(&[0], &program), "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH");
        // EIP-55, first mixed-case example.
        assert_eq!(
            eip55("5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"),
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
        );
        // kaspanet crypto/addresses tests: public key of 32 zero bytes and of the byte string below.
        assert_eq!(kaspa(&[0; 32]), "kaspa:qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqkx9awp4e");
        // Monero's own donation address: its keys are published with the source (README of monero-project/monero).
        let donation =
            "888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H";
        let raw = decode(donation);
        assert_eq!(cryptonote(raw[0], &raw[1..65]), donation);
    }

    /// Base58 by blocks back to bytes, the slow way.
    fn decode(text: &str) -> Vec<u8> {
        let mut raw = Vec::new();
        for block in text.as_bytes().chunks(11) {
            let number =
                block.iter().fold(0u128, |n, c| n * 58 + BASE58.iter().position(|b| b == c).unwrap() as u128);
            let size = [0, 0, 1, 2, 0, 3, 4, 5, 0, 6, 7, 8][block.len()];
            raw.extend_from_slice(&number.to_be_bytes()[16 - size..]);
        }
        raw
    }

    #[test]
    fn every_monero_address_decodes_to_tag_keys_and_checksum() {
        for (kind, tag, length, first) in [
            (Kind::Monero, 18, 95, "4"),
            (Kind::MoneroSub, 42, 95, "8"),
            (Kind::MoneroIntegrated, 19, 106, "4"),
            (Kind::MoneroTest, 53, 95, "9A"),
        ] {
            let text = address(kind, 3);
            assert_eq!(text.len(), length, "{text}");
            assert!(first.contains(&text[..1]), "{text}");
            let raw = decode(&text);
            assert_eq!((raw[0], &raw[1..6]), (tag, b"drill".as_slice()));
            let (body, sum) = raw.split_at(raw.len() - 4);
            assert_eq!(&Keccak256::digest(body)[..4], sum);
        }
    }

    #[test]
    fn other_coins_begin_as_their_version_byte_says() {
        let first = |kind| address(kind, 5);
        assert!(first(Kind::Bitcoin).starts_with('1'));
        assert!(first(Kind::BitcoinBech32).starts_with("bc1q") && first(Kind::BitcoinBech32).len() == 42);
        assert!(first(Kind::BitcoinTest).starts_with(['m', 'n']));
        assert!(first(Kind::Litecoin).starts_with('L'));
        assert!(first(Kind::Dogecoin).starts_with('D'));
        assert!(first(Kind::Dash).starts_with('X'));
        assert!(first(Kind::Ravencoin).starts_with('R'));
        assert!(first(Kind::Zcash).starts_with("t1") && first(Kind::Zcash).len() == 35);
        assert!(first(Kind::Ethereum).starts_with("0x6472696C6c") || first(Kind::Ethereum).len() == 42);
        assert_eq!(first(Kind::Kaspa).len(), "kaspa:".len() + 61);
        assert_ne!(address(Kind::Bitcoin, 5), address(Kind::Bitcoin, 6));
    }
}
