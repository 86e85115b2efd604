//! Base58check addresses of Bitcoin and its descendants: version, 20-byte hash, four bytes of double SHA-256.
//!
//! Sources of the version bytes: bitcoin/bitcoin `src/kernel/chainparams.cpp`, zcash/zcash
//! `src/chainparams.cpp`, iancoleman/bip39 `src/js/bitcoinjs-extensions.js`.

use sha2::{Digest, Sha256};

use super::{Check, Kind, Network, Ticker, Wallet};

/// Bytes of the hash.
const HASH: usize = 20;
/// Bytes of the checksum.
const CHECKSUM: usize = 4;

/// Version bytes (one or two, big-endian), coins, network, kind.
type Version = (&'static [u8], &'static [Ticker], Network, Kind);

/// Forks kept the version bytes of what they were forked from: an address names its candidates, the usual one
/// first.
const VERSIONS: &[Version] = &[
    (&[0x00], &["BTC", "BCH", "BSV", "XEC"], Network::Main, Kind::PublicKey),
    (&[0x05], &["BTC", "BCH", "BSV", "XEC", "LTC", "VTC"], Network::Main, Kind::Script),
    (&[0x10], &["DASH"], Network::Main, Kind::Script),
    (&[0x16], &["DOGE"], Network::Main, Kind::Script),
    (&[0x1e], &["DOGE", "DGB"], Network::Main, Kind::PublicKey),
    (&[0x26], &["BTG", "NEOX"], Network::Main, Kind::PublicKey),
    (&[0x30], &["LTC"], Network::Main, Kind::PublicKey),
    (&[0x32], &["LTC", "XMY"], Network::Main, Kind::PublicKey),
    (&[0x34], &["NMC"], Network::Main, Kind::PublicKey),
    (&[0x37], &["PPC"], Network::Main, Kind::PublicKey),
    (&[0x3c], &["RVN", "KMD", "VRSC"], Network::Main, Kind::PublicKey),
    (&[0x47], &["VTC", "VIA"], Network::Main, Kind::PublicKey),
    (&[0x4c], &["DASH"], Network::Main, Kind::PublicKey),
    (&[0x55], &["KMD", "VRSC"], Network::Main, Kind::Script),
    (&[0x7a], &["RVN"], Network::Main, Kind::Script),
    (&[0x1c, 0xb8], &["ZEC", "BTCZ", "ZCL", "HUSH", "FLUX"], Network::Main, Kind::PublicKey),
    (&[0x1c, 0xbd], &["ZEC", "BTCZ", "ZCL", "HUSH", "FLUX"], Network::Main, Kind::Script),
    (&[0x20, 0x89], &["ZEN"], Network::Main, Kind::PublicKey),
    (&[0x20, 0x96], &["ZEN"], Network::Main, Kind::Script),
    (&[0x3a], &["LTC"], Network::Test, Kind::Script),
    (&[0x6f], &["BTC", "LTC", "BCH", "RVN"], Network::Test, Kind::PublicKey),
    (&[0x71], &["DOGE"], Network::Test, Kind::PublicKey),
    (&[0x8c], &["DASH"], Network::Test, Kind::PublicKey),
    (&[0xc4], &["BTC", "LTC", "BCH", "RVN"], Network::Test, Kind::Script),
    (&[0x1d, 0x25], &["ZEC"], Network::Test, Kind::PublicKey),
    (&[0x1c, 0xba], &["ZEC"], Network::Test, Kind::Script),
];

/// The whole of `text` as a base58check address of a known version.
///
/// An unknown version is refused although its checksum holds: the same encoding carries private keys.
pub(super) fn recognise(text: &str) -> Option<Wallet> {
    if !(25..=36).contains(&text.len()) {
        return None;
    }
    let mut bytes = [0_u8; 32];
    let length = bs58::decode(text).onto(&mut bytes).ok()?;
    let bytes = bytes.get(..length)?;
    let (body, checksum) = bytes.split_at_checked(length.checked_sub(CHECKSUM)?)?;
    let (version, _) = body.split_at_checked(body.len().checked_sub(HASH)?)?;
    let &(_, coins, network, kind) = VERSIONS.iter().find(|known| known.0 == version)?;
    let sum = Sha256::digest(Sha256::digest(body));
    (sum.get(..CHECKSUM)? == checksum).then(|| Wallet {
        address: text.to_owned(),
        coins,
        check: Check::Checksum,
        network,
        kind,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use proptest::prelude::*;

    use super::*;

    fn write(version: &[u8], hash: [u8; HASH]) -> String {
        let mut bytes = [version, &hash].concat();
        let sum = Sha256::digest(Sha256::digest(&bytes));
        bytes.extend_from_slice(&sum[..CHECKSUM]);
        bs58::encode(bytes).into_string()
    }

    /// The output of Bitcoin's first block and the examples of the Bitcoin wiki's "List of address prefixes".
    #[test]
    fn published_addresses() {
        for (text, coin, network, kind) in [
            ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "BTC", Network::Main, Kind::PublicKey),
            ("17VZNX1SN5NtKa8UQFxwQbFeFc3iqRYhem", "BTC", Network::Main, Kind::PublicKey),
            ("3EktnHQD7RiAE6uzMj2ZifT9YgRrkSgzQX", "BTC", Network::Main, Kind::Script),
            ("mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn", "BTC", Network::Test, Kind::PublicKey),
            ("2MzQwSSnBHWHqSAqtTVQ6v47XtaisrJa1Vc", "BTC", Network::Test, Kind::Script),
        ] {
            let wallet = recognise(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((wallet.coins[0], wallet.network, wallet.kind), (coin, network, kind), "{text}");
            assert_eq!(wallet.coin(), None, "shared with forks");
        }
    }

    /// The first characters that the version bytes give, as the coins document them.
    #[test]
    fn first_characters() {
        for (version, head, coin) in [
            (&[0x30_u8][..], "L", "LTC"),
            (&[0x32], "M", "LTC"),
            (&[0x1e], "D", "DOGE"),
            (&[0x4c], "X", "DASH"),
            (&[0x47], "V", "VTC"),
            (&[0x3c], "R", "RVN"),
            (&[0x1c, 0xb8], "t1", "ZEC"),
            (&[0x1c, 0xbd], "t3", "ZEC"),
            (&[0x20, 0x89], "zn", "ZEN"),
        ] {
            for fill in [0x01, 0x80, 0xfe] {
                let text = write(version, [fill; HASH]);
                assert!(text.starts_with(head), "{text}");
                assert_eq!(recognise(&text).unwrap().coins[0], coin);
            }
        }
    }

    /// Version 0x80 is a private key in wallet import format; other lengths are no addresses.
    #[test]
    fn other_base58check_is_refused() {
        assert_eq!(recognise(&write(&[0x80], [1; HASH])), None);
        assert_eq!(recognise(&write(&[0x00, 0x00], [1; HASH])), None);
        assert_eq!(recognise("5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ"), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn one_wrong_character_is_noticed(hash in proptest::array::uniform20(any::<u8>()), at in 0_usize..33, other in "[1-9A-HJ-NP-Za-km-z]") {
            let text = write(&[0x30], hash);
            prop_assert!(recognise(&text).is_some());
            let mut wrong = text.clone();
            wrong.replace_range(at..=at, &other);
            prop_assert_eq!(recognise(&wrong).is_some(), wrong == text);
        }
    }
}
