//! Addresses with the eight-character checksum of CashAddr: Bitcoin Cash, eCash, Nexa, Kaspa and its forks, Conflux.
//!
//! Sources: bitcoincashorg/spec `cashaddr.md`; kaspanet/rusty-kaspa `crypto/addresses/src/lib.rs` and
//! `bech32.rs` (same polynomial, version byte then the whole key); Conflux-Chain/CIPs CIP-37 (same polynomial,
//! another alphabet).

use super::{Check, Kind, Network, Ticker, Wallet};

/// What the bytes inside look like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// Version byte 0 (key) or 8 (script), 20-byte hash: 34 characters, 42 with the checksum.
    CashHash,
    /// Version byte 0 (32-byte key), 1 (33-byte key) or 8 (script): 61 or 63 characters with the checksum.
    KaspaKey,
    /// Version byte 0x98 (script template), 24 bytes: 48 characters with the checksum.
    NexaTemplate,
    /// Version byte 0, 20-byte account in Conflux's alphabet: 42 characters with the checksum.
    ConfluxAccount,
}

/// Prefix, coins, network, what is inside. The prefix is part of the checksum.
const PREFIXES: &[(&str, &[Ticker], Network, Inside)] = &[
    ("kaspa", &["KAS"], Network::Main, Inside::KaspaKey),
    ("kaspatest", &["KAS"], Network::Test, Inside::KaspaKey),
    ("kaspadev", &["KAS"], Network::Test, Inside::KaspaKey),
    ("kaspasim", &["KAS"], Network::Test, Inside::KaspaKey),
    ("karlsen", &["KLS"], Network::Main, Inside::KaspaKey),
    ("pyrin", &["PYI"], Network::Main, Inside::KaspaKey),
    ("spectre", &["SPR"], Network::Main, Inside::KaspaKey),
    ("hoosat", &["HTN"], Network::Main, Inside::KaspaKey),
    ("bitcoincash", &["BCH"], Network::Main, Inside::CashHash),
    ("bchtest", &["BCH"], Network::Test, Inside::CashHash),
    ("ecash", &["XEC"], Network::Main, Inside::CashHash),
    ("nexa", &["NEXA"], Network::Main, Inside::NexaTemplate),
    ("nexatest", &["NEXA"], Network::Test, Inside::NexaTemplate),
    ("cfx", &["CFX"], Network::Main, Inside::ConfluxAccount),
    ("cfxtest", &["CFX"], Network::Test, Inside::ConfluxAccount),
];

/// Longest payload, checksum included.
const LONGEST: usize = 63;
/// Values of the characters, by their place.
const ALPHABET: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
/// The same of Conflux.
const CONFLUX: &[u8; 32] = b"abcdefghjkmnprstuvwxyz0123456789";
/// Characters of the checksum.
const CHECKSUM: usize = 8;

/// The whole of `text` as such an address, with its prefix, or without it where the checksum decides which.
pub(super) fn recognise(text: &str) -> Option<Wallet> {
    let lower = text.to_ascii_lowercase();
    if lower != text && text.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    match lower.split_once(':') {
        Some((prefix, payload)) => {
            let known = PREFIXES.iter().find(|known| known.0 == prefix)?;
            address(known, payload)
        }
        None if matches!(lower.len(), 42 | 48 | 61 | LONGEST) => {
            PREFIXES.iter().find_map(|known| address(known, &lower))
        }
        None => None,
    }
}

/// Whether `word` is a prefix that belongs to the address after the colon.
pub(super) fn is_prefix(word: &str) -> bool {
    PREFIXES.iter().any(|known| known.0.eq_ignore_ascii_case(word))
}

fn address(known: &(&str, &'static [Ticker], Network, Inside), payload: &str) -> Option<Wallet> {
    let &(prefix, coins, network, inside) = known;
    let alphabet = if inside == Inside::ConfluxAccount { CONFLUX } else { ALPHABET };
    let mut values = [0_u8; LONGEST];
    let values = values.get_mut(..payload.len())?;
    for (value, character) in values.iter_mut().zip(payload.bytes()) {
        *value = u8::try_from(alphabet.iter().position(|&known| known == character)?).ok()?;
    }
    if polymod(prefix, values) != 0 {
        return None;
    }
    let version = values.first()? << 3 | values.get(1)? >> 2;
    let kind = match (inside, values.len().checked_sub(CHECKSUM)?, version) {
        (Inside::CashHash, 34, 0) | (Inside::KaspaKey, 53, 0) | (Inside::KaspaKey, 55, 1) => Kind::PublicKey,
        (Inside::CashHash, 34, 8) | (Inside::KaspaKey, 53, 8) => Kind::Script,
        (Inside::NexaTemplate, 40, 0x98) => Kind::Script,
        (Inside::ConfluxAccount, 34, 0) => Kind::Account,
        _ => return None,
    };
    let address = format!("{prefix}:{payload}");
    Some(Wallet { address, coins, check: Check::Checksum, network, kind })
}

/// The remainder of the specification's polynomial over prefix, separator and payload; zero where it holds.
fn polymod(prefix: &str, values: &[u8]) -> u64 {
    const GENERATOR: [u64; 5] =
        [0x98_f2bc_8e61, 0x79_b76d_99e2, 0xf3_3e5f_b3c4, 0xae_2eab_e2a8, 0x1e_4f43_e470];
    let letters = prefix.bytes().map(|letter| letter & 0x1f);
    let mut sum = 1_u64;
    for value in letters.chain([0]).chain(values.iter().copied()) {
        let top = sum >> 35;
        sum = (sum & 0x07_ffff_ffff) << 5 ^ u64::from(value);
        for (bit, generator) in GENERATOR.iter().enumerate() {
            if top >> bit & 1 == 1 {
                sum ^= generator;
            }
        }
    }
    sum ^ 1
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use proptest::prelude::*;

    use super::*;

    /// The tests of rusty-kaspa's address crate and kaspad's documentation.
    #[test]
    fn published_kaspa_addresses() {
        for text in [
            "kaspa:qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqkx9awp4e",
            "kaspa:qp0l70zd5x85ttwd6jv7g3s3a8llzj96d8dncn4zmhv4tlzx5k2jyqh70xmfj",
            "kaspa:qqj9fg59mptxkr9j0y53j5mwurcmda5mtza9n6v9pm9uj8h0wgk6uma5pvumr",
        ] {
            let wallet = recognise(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((wallet.coin(), wallet.kind), (Some("KAS"), Kind::PublicKey));
            let bare = recognise(text.strip_prefix("kaspa:").unwrap()).unwrap();
            assert_eq!(bare.address, text, "the prefix is put back");
        }
        for wrong in [
            "kaspa:qqqqqqqqqqqqq1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqkx9awp4e",
            "kaspa1:qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqkx9awp4e",
            "kaspa:qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqkx9awp4l",
            "kaspa:qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqkx9awp4e",
            "kaspatest:qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqkx9awp4e",
        ] {
            assert_eq!(recognise(wrong), None, "{wrong}");
        }
    }

    /// The translation table of the CashAddr specification.
    #[test]
    fn published_cash_addresses() {
        for (text, kind) in [
            ("bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", Kind::PublicKey),
            ("bitcoincash:qr95sy3j9xwd2ap32xkykttr4cvcu7as4y0qverfuy", Kind::PublicKey),
            ("bitcoincash:ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq", Kind::Script),
            ("BITCOINCASH:QPM2QSZNHKS23Z7629MMS6S4CWEF74VCWVY22GDX6A", Kind::PublicKey),
            ("qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", Kind::PublicKey),
        ] {
            let wallet = recognise(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((wallet.coin(), wallet.kind), (Some("BCH"), kind), "{text}");
            assert!(wallet.address.starts_with("bitcoincash:"));
        }
    }

    /// Nexa: addresses of the tests of its public wallets; Conflux: the example of CIP-37.
    #[test]
    fn published_nexa_and_conflux_addresses() {
        for (text, coin) in [
            ("nexa:nqtsq5g5fxz9qyup04g288qy2pxf9aemxjysnzqnn2nky4xw", "NEXA"),
            ("nexa:nqtsq5g53fjq76u7y5kfuw8xqj3s7almzsqsjgypt2gs8ne2", "NEXA"),
            ("cfx:aarc9abycue0hhzgyrr53m6cxedgccrmmyybjgh4xg", "CFX"),
            ("cfxtest:aarc9abycue0hhzgyrr53m6cxedgccrmmy8m50bu1p", "CFX"),
        ] {
            assert_eq!(recognise(text).unwrap_or_else(|| panic!("{text}")).coin(), Some(coin));
        }
        assert_eq!(recognise("cfxtest:aarc9abycue0hhzgyrr53m6cxedgccrmmyybjgh4xg"), None, "wrong network");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn one_wrong_character_is_noticed(at in 6_usize..67, other in "[02-9ac-hj-np-z]") {
            let text = "kaspa:qp0l70zd5x85ttwd6jv7g3s3a8llzj96d8dncn4zmhv4tlzx5k2jyqh70xmfj";
            let mut wrong = text.to_owned();
            wrong.replace_range(at..=at, &other);
            prop_assert_eq!(recognise(&wrong).is_some(), wrong == text);
        }
    }
}
