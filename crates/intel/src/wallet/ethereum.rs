//! Ethereum accounts: forty hex digits; the case of the letters is the checksum (EIP-55).

use sha3::{Digest, Keccak256};

use super::{Check, Kind, Network, Ticker, Wallet};

/// Every chain with Ethereum's accounts shares the form; these are the ones that were or are mined.
const COINS: &[Ticker] = &["ETH", "ETC", "ETHW", "EXP", "UBQ", "CLO", "OCTA"];

/// The whole of `text` as an account: `0x` and forty hex digits. Letters of one case carry no checksum,
/// mixed case must agree with EIP-55.
pub(super) fn recognise(text: &str) -> Option<Wallet> {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"))?;
    account(digits)
}

/// Forty hex digits without `0x`, as some logins write them. At least one letter is asked for.
pub(super) fn bare(digits: &str) -> Option<Wallet> {
    digits.bytes().any(|byte| byte.is_ascii_alphabetic()).then(|| account(digits))?
}

fn account(digits: &str) -> Option<Wallet> {
    if digits.len() != 40 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let upper = digits.bytes().any(|byte| byte.is_ascii_uppercase());
    let lower = digits.bytes().any(|byte| byte.is_ascii_lowercase());
    let check = match (upper, lower) {
        (true, true) if agrees(digits) => Check::Checksum,
        (true, true) => return None,
        _ => Check::Form,
    };
    Some(Wallet {
        address: format!("0x{digits}"),
        coins: COINS,
        check,
        network: Network::Main,
        kind: Kind::Account,
    })
}

/// EIP-55: a letter is upper case exactly where the same digit of the Keccak-256 of the lower-case text is
/// eight or more.
fn agrees(digits: &str) -> bool {
    let hash = Keccak256::digest(digits.to_ascii_lowercase().as_bytes());
    digits.bytes().enumerate().all(|(at, byte)| {
        let nibble = hash.get(at / 2).map_or(0, |pair| if at % 2 == 0 { pair >> 4 } else { pair & 15 });
        !byte.is_ascii_alphabetic() || byte.is_ascii_uppercase() == (nibble >= 8)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    /// The test cases of EIP-55.
    #[test]
    fn published_addresses() {
        for text in [
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
            "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
            "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
        ] {
            let wallet = recognise(text).unwrap();
            assert_eq!((wallet.check, wallet.address.as_str()), (Check::Checksum, text));
            let mut wrong = text.to_owned();
            let at = text.rfind(|letter: char| letter.is_ascii_alphabetic()).unwrap();
            let flipped = if text.as_bytes().get(at).unwrap().is_ascii_lowercase() {
                text.get(at..=at).unwrap().to_ascii_uppercase()
            } else {
                text.get(at..=at).unwrap().to_ascii_lowercase()
            };
            wrong.replace_range(at..=at, &flipped);
            assert_eq!(recognise(&wrong), None);
        }
        for text in
            ["0x52908400098527886E0F7030069857D2E4169EE7", "0xde709f2102306220921060314715629080e2fb77"]
        {
            assert_eq!(recognise(text).unwrap().check, Check::Form, "one case: nothing to check");
        }
    }

    #[test]
    fn a_hash_is_no_account() {
        assert_eq!(recognise("0xde709f2102306220921060314715629080e2fb77de709f2102306220921060314715"), None);
        assert_eq!(bare("1234567890123456789012345678901234567890"), None);
        assert_eq!(
            bare("de709f2102306220921060314715629080e2fb77").unwrap().address,
            "0xde709f2102306220921060314715629080e2fb77"
        );
    }
}
