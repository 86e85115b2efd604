//! Bech32 addresses: segregated witness of Bitcoin and its descendants, and Xelis, which writes `:` for `1`.
//!
//! Sources: BIP-173, BIP-350; human-readable parts from SLIP-0173; xelis-project/xelis-blockchain
//! `src/crypto/bech32.rs`.

use bech32::{Bech32, primitives::decode::CheckedHrpstring, segwit};

use super::{Check, Kind, Network, Ticker, Wallet};

/// Human-readable part, coins, network. `tb` is every Bitcoin test network and signet.
const PARTS: &[(&str, &[Ticker], Network)] = &[
    ("bc", &["BTC"], Network::Main),
    ("tb", &["BTC"], Network::Test),
    ("bcrt", &["BTC"], Network::Test),
    ("ltc", &["LTC"], Network::Main),
    ("tltc", &["LTC"], Network::Test),
    ("vtc", &["VTC"], Network::Main),
    ("tvtc", &["VTC"], Network::Test),
    ("dgb", &["DGB"], Network::Main),
    ("btg", &["BTG"], Network::Main),
    ("grs", &["GRS"], Network::Main),
    ("via", &["VIA"], Network::Main),
    ("mona", &["MONA"], Network::Main),
    ("nc", &["NMC"], Network::Main),
    ("sys", &["SYS"], Network::Main),
    ("fc", &["FTC"], Network::Main),
    ("xpc", &["XPC"], Network::Main),
];

/// Bytes inside a Xelis address: a compressed key and one byte for the type.
const XELIS: usize = 33;

/// The whole of `text` as a segregated-witness or Xelis address; all upper case is allowed and lowered.
pub(super) fn recognise(text: &str) -> Option<Wallet> {
    if text.len() > 90 {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    if lower != text && text.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    if let Some(rest) = lower.strip_prefix("xel:").or_else(|| lower.strip_prefix("xet:")) {
        return xelis(&lower, rest);
    }
    let (part, _) = lower.split_once('1')?;
    let &(_, coins, network) = PARTS.iter().find(|known| known.0 == part)?;
    let (_, version, _) = segwit::decode(&lower).ok()?;
    let kind = if version.to_u8() == 0 { Kind::Witness } else { Kind::Taproot };
    Some(Wallet { address: lower, coins, check: Check::Checksum, network, kind })
}

/// Xelis: the checksum of BIP-173 over a part and data divided by a colon.
fn xelis(lower: &str, rest: &str) -> Option<Wallet> {
    let network = if lower.starts_with("xel:") { Network::Main } else { Network::Test };
    let usual = format!("{}1{rest}", lower.get(..3)?);
    let inside = CheckedHrpstring::new::<Bech32>(&usual).ok()?;
    (inside.byte_iter().count() >= XELIS).then(|| Wallet {
        address: lower.to_owned(),
        coins: &["XEL"],
        check: Check::Checksum,
        network,
        kind: Kind::PublicKey,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use proptest::prelude::*;

    use super::*;

    /// The valid addresses of BIP-173 and BIP-350.
    #[test]
    fn published_addresses() {
        for (text, network, kind) in [
            ("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", Network::Main, Kind::Witness),
            ("tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7", Network::Test, Kind::Witness),
            (
                "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
                Network::Main,
                Kind::Taproot,
            ),
            ("BC1SW50QGDZ25J", Network::Main, Kind::Taproot),
            ("bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", Network::Main, Kind::Taproot),
            ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", Network::Main, Kind::Taproot),
        ] {
            let wallet = recognise(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((wallet.coin(), wallet.network, wallet.kind), (Some("BTC"), network, kind));
            assert_eq!(wallet.address, text.to_ascii_lowercase());
        }
    }

    /// The invalid addresses of BIP-350, each with the reason it gives.
    #[test]
    fn published_errors() {
        for (text, reason) in [
            ("tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut", "invalid human-readable part"),
            ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd", "bech32 instead of bech32m"),
            ("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KEMEAWH", "bech32m instead of bech32"),
            ("bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4", "invalid character"),
            ("BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R", "invalid witness version"),
            ("bc1pw5dgrnzv", "program of one byte"),
            ("BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P", "program length for version 0"),
            ("tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq", "mixed case"),
            ("bc1gmk9yu", "empty data"),
        ] {
            assert_eq!(recognise(text), None, "{reason}");
        }
    }

    /// The developer address of xelis-blockchain `src/config.rs`.
    #[test]
    fn xelis() {
        let text = "xel:vs3mfyywt0fjys0rgslue7mm4wr23xdgejsjk0ld7f2kxng4d4nqqnkdufz";
        assert_eq!(recognise(text).unwrap().coin(), Some("XEL"));
        assert_eq!(recognise("xel:vs3mfyywt0fjys0rgslue7mm4wr23xdgejsjk0ld7f2kxng4d4nqqnkdufq"), None);
        assert_eq!(recognise("xel:"), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn one_wrong_character_is_noticed(program in proptest::array::uniform20(any::<u8>()), at in 4_usize..43, other in "[02-9ac-hj-np-z]") {
            let text = segwit::encode_v0(bech32::Hrp::parse("ltc").unwrap(), &program).unwrap();
            prop_assert_eq!(recognise(&text).unwrap().coin(), Some("LTC"));
            let mut wrong = text.clone();
            wrong.replace_range(at..=at, &other);
            prop_assert_eq!(recognise(&wrong).is_some(), wrong == text);
        }
    }
}
