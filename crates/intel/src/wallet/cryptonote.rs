//! CryptoNote addresses: base58 by blocks of eight bytes, a variable-length tag, two keys, four bytes of Keccak-256.
//!
//! Sources: xmrig/xmrig `src/base/tools/cryptonote/WalletAddress.cpp` (blocks, tags), monero-project/monero
//! `src/common/base58.cpp`, Monero documentation "Standard address".

use sha3::{Digest, Keccak256};

use super::{Check, Kind, Network, Ticker, Wallet};

/// Characters that a last block of 0…8 bytes takes; a missing length is an invalid block.
const BLOCK_CHARACTERS: [usize; 9] = [0, 2, 3, 5, 6, 7, 9, 10, 11];
/// Bytes of a full block, and the characters it takes.
const FULL: (usize, usize) = (8, 11);
/// Bytes of the two keys.
const KEYS: usize = 64;
/// Bytes of a payment id inside an integrated address.
const PAYMENT_ID: usize = 8;
/// Bytes of the checksum.
const CHECKSUM: usize = 4;
/// Shortest address: one-byte tag, keys and checksum are 69 bytes.
const SHORTEST: usize = 95;
/// Longest address: a tag of at most eight bytes and a payment id are 84 bytes.
const LONGEST: usize = 116;

/// Tag, coins, network, kind.
type Tag = (u64, &'static [Ticker], Network, Kind);

const XMR: &[Ticker] = &["XMR"];
const SUMO: &[Ticker] = &["SUMO"];
const ARQ: &[Ticker] = &["ARQ"];
const WOW: &[Ticker] = &["WOW"];
const GRFT: &[Ticker] = &["GRFT"];
const AEON: &[Ticker] = &["AEON"];
const ZEPH: &[Ticker] = &["ZEPH"];
const SAL: &[Ticker] = &["SAL"];

/// The tags known, after the table of xmrig (`WalletAddress::tagInfo`); AEON, ZEPH and SAL after
/// `src/cryptonote_config.h` of the coins' own repositories.
const TAGS: &[Tag] = &[
    (0x12, XMR, Network::Main, Kind::Standard),
    (0x13, XMR, Network::Main, Kind::Integrated),
    (0x2a, XMR, Network::Main, Kind::Subaddress),
    (0x35, XMR, Network::Test, Kind::Standard),
    (0x36, XMR, Network::Test, Kind::Integrated),
    (0x3f, XMR, Network::Test, Kind::Subaddress),
    (0x18, XMR, Network::Stage, Kind::Standard),
    (0x19, XMR, Network::Stage, Kind::Integrated),
    (0x24, XMR, Network::Stage, Kind::Subaddress),
    (0x2b_b39a, SUMO, Network::Main, Kind::Standard),
    (0x29_339a, SUMO, Network::Main, Kind::Integrated),
    (0x8_319a, SUMO, Network::Main, Kind::Subaddress),
    (0x37_751a, SUMO, Network::Test, Kind::Standard),
    (0x34_f51a, SUMO, Network::Test, Kind::Integrated),
    (0x1d_351a, SUMO, Network::Test, Kind::Subaddress),
    (0x2cca, ARQ, Network::Main, Kind::Standard),
    (0x11_6bc7, ARQ, Network::Main, Kind::Integrated),
    (0x6847, ARQ, Network::Main, Kind::Subaddress),
    (0x53ca, ARQ, Network::Test, Kind::Standard),
    (0x504a, ARQ, Network::Test, Kind::Integrated),
    (0x524a, ARQ, Network::Test, Kind::Subaddress),
    (0x39ca, ARQ, Network::Stage, Kind::Standard),
    (0x17_42ca, ARQ, Network::Stage, Kind::Integrated),
    (0x1d_84ca, ARQ, Network::Stage, Kind::Subaddress),
    (0x1032, WOW, Network::Main, Kind::Standard),
    (0x1a9a, WOW, Network::Main, Kind::Integrated),
    (0x2fb0, WOW, Network::Main, Kind::Subaddress),
    (0x5a, GRFT, Network::Main, Kind::Standard),
    (0x5b, GRFT, Network::Main, Kind::Integrated),
    (0x66, GRFT, Network::Main, Kind::Subaddress),
    (0x54, GRFT, Network::Test, Kind::Standard),
    (0x55, GRFT, Network::Test, Kind::Integrated),
    (0x70, GRFT, Network::Test, Kind::Subaddress),
    (0xb2, AEON, Network::Main, Kind::Standard),
    (0x6_241d_18c0, ZEPH, Network::Main, Kind::Standard),
    (0xc_4f7d_18c0, ZEPH, Network::Main, Kind::Integrated),
    (0x8dd_58c0, ZEPH, Network::Main, Kind::Subaddress),
    (0x3e_f318, SAL, Network::Main, Kind::Standard),
    (0x55e_f318, SAL, Network::Main, Kind::Integrated),
    (0xf5e_f318, SAL, Network::Main, Kind::Subaddress),
    (0x15be_b318, SAL, Network::Test, Kind::Standard),
];

/// The whole of `text` as a CryptoNote address.
pub(super) fn recognise(text: &str) -> Option<Wallet> {
    let townforge = text.strip_prefix("TF").filter(|rest| rest.len() > 2);
    if let Some(rest) = townforge
        && let Some((network, kind)) = townforge_head(rest.get(..2)?)
        && valid(rest.get(2..)?).is_some()
    {
        return Some(wallet(text, &["TF"], network, kind));
    }
    let (tag, integrated) = valid(text)?;
    match TAGS.iter().find(|known| known.0 == tag) {
        Some(&(_, coins, network, kind)) if integrated == (kind == Kind::Integrated) => {
            Some(wallet(text, coins, network, kind))
        }
        Some(_) => None,
        None => {
            let kind = if integrated { Kind::Integrated } else { Kind::Standard };
            Some(wallet(text, &[], Network::Main, kind))
        }
    }
}

fn wallet(text: &str, coins: &'static [Ticker], network: Network, kind: Kind) -> Wallet {
    Wallet { address: text.to_owned(), coins, check: Check::Checksum, network, kind }
}

/// Townforge writes network and kind in front of the block: `1`/`2` for standard and subaddress, then
/// `M`, `T`, `S` for the network (xmrig, `WalletAddress::decode`).
fn townforge_head(head: &str) -> Option<(Network, Kind)> {
    let kind = match head.as_bytes().first()? {
        b'1' => Kind::Standard,
        b'2' => Kind::Subaddress,
        _ => return None,
    };
    let network = match head.as_bytes().get(1)? {
        b'M' => Network::Main,
        b'T' => Network::Test,
        b'S' => Network::Stage,
        _ => return None,
    };
    Some((network, kind))
}

/// Tag of the address and whether a payment id is inside, when lengths and checksum hold.
fn valid(text: &str) -> Option<(u64, bool)> {
    if !(SHORTEST..=LONGEST).contains(&text.len()) {
        return None;
    }
    let bytes = decode_blocks(text.as_bytes())?;
    let (tag, tag_bytes) = varint(&bytes)?;
    let integrated = match bytes.len().checked_sub(tag_bytes + KEYS + CHECKSUM)? {
        0 => false,
        PAYMENT_ID => true,
        _ => return None,
    };
    let (body, checksum) = bytes.split_at_checked(bytes.len().checked_sub(CHECKSUM)?)?;
    (Keccak256::digest(body).get(..CHECKSUM)? == checksum).then_some((tag, integrated))
}

/// A little-endian base-128 number at the start of `bytes`, at most eight bytes and in its shortest form.
fn varint(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut value = 0_u64;
    for (at, &byte) in bytes.iter().take(8).enumerate() {
        value |= u64::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return (byte != 0 || at == 0).then_some((value, at + 1));
        }
    }
    None
}

/// Base58 by blocks: each eleven characters are eight bytes, big-endian; the last block is shorter.
fn decode_blocks(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    for block in text.chunks(FULL.1) {
        let size = BLOCK_CHARACTERS.iter().position(|&characters| characters == block.len())?;
        let mut number = 0_u128;
        for &character in block {
            number = number * 58 + u128::from(digit(character)?);
        }
        if number >> (8 * size) != 0 {
            return None;
        }
        let wide = number.to_be_bytes();
        bytes.extend_from_slice(wide.get(wide.len() - size..)?);
    }
    Some(bytes)
}

/// The value of a base58 character.
fn digit(character: u8) -> Option<u8> {
    Some(match character {
        b'1'..=b'9' => character - b'1',
        b'A'..=b'H' => character - b'A' + 9,
        b'J'..=b'N' => character - b'J' + 17,
        b'P'..=b'Z' => character - b'P' + 22,
        b'a'..=b'k' => character - b'a' + 33,
        b'm'..=b'z' => character - b'm' + 44,
        _ => return None,
    })
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use proptest::prelude::*;

    use super::*;

    const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    /// Writes an address with tag and body, the inverse of what is tested.
    pub(crate) fn write(tag: u64, body: &[u8]) -> String {
        let mut bytes = Vec::new();
        let mut rest = tag;
        while rest >= 0x80 {
            bytes.push(u8::try_from(rest & 0x7f).unwrap() | 0x80);
            rest >>= 7;
        }
        bytes.push(u8::try_from(rest).unwrap());
        bytes.extend_from_slice(body);
        let checksum = Keccak256::digest(&bytes);
        bytes.extend_from_slice(&checksum[..CHECKSUM]);
        let mut text = String::new();
        for block in bytes.chunks(FULL.0) {
            let mut number = block.iter().fold(0_u64, |number, &byte| number << 8 | u64::from(byte));
            let mut characters = vec![b'1'; BLOCK_CHARACTERS[block.len()]];
            for character in characters.iter_mut().rev() {
                *character = ALPHABET[usize::try_from(number % 58).unwrap()];
                number /= 58;
            }
            text.push_str(std::str::from_utf8(&characters).unwrap());
        }
        text
    }

    /// Published addresses. Monero: the donation address of getmonero.org and, of its documentation, a
    /// subaddress and an integrated address; three wallets of published incident reports (Hildegard, Sysrv,
    /// Prometei). Zephyr and Salvium: governance and treasury of their `src/cryptonote_config.h`.
    #[test]
    fn published_addresses() {
        let published = [
            (
                "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A",
                "XMR",
                Kind::Standard,
            ),
            (
                "428uyvSqdpVZL7HHgpj2T5SpasCcoHZNTTzE3Lz2H5ZkiMzqayy19sYDcBGDCjoWbTfLBnc3tc9rG4Y8gXQ8fJiP5tqeBda",
                "XMR",
                Kind::Standard,
            ),
            (
                "49dnvYkWkZNPrDj3KF8fR1BHLBfiVArU6Hu61N9gtrZWgbRptntwht5JUrXX1ZeofwPwC6fXNxPZfGjNEChXttwWE3WGURa",
                "XMR",
                Kind::Standard,
            ),
            (
                "4A1txQ9L8h8NqF4EtGsZDP5vRN3yTVKynbkyP1jvCiDajNLPepPbBdrbaqBu8fCTcFEFdCtgbekSsTf17B1MhyE2AKCEyfR",
                "XMR",
                Kind::Standard,
            ),
            (
                "888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H",
                "XMR",
                Kind::Subaddress,
            ),
            (
                "4LL9oSLmtpccfufTMvppY6JwXNouMBzSkbLYfpAV5Usx3skxNgYeYTRj5UzqtReoS44qo9mtmXCqY45DJ852K5Jv2bYXZKKQePHES9khPK",
                "XMR",
                Kind::Integrated,
            ),
            (
                "ZEPHYR2jZrZXenfKejCcCmEkRzUYwXjgWfJF4yzdCznKQ8yQ3g3PsWUbZjzfzHbeTPMgXVmEuDKQUB9rPkgtVwyWRh9knU4EpfJ57",
                "ZEPH",
                Kind::Standard,
            ),
            (
                "SaLvdZR6w1A21sf2Wh6jYEh1wzY4GSbT7RX6FjyPsnLsffWLrzFQeXUXJcmBLRWDzZC2YXeYe5t7qKsnrg9FpmxmEcxPHsEYfqA",
                "SAL",
                Kind::Standard,
            ),
        ];
        for (text, coin, kind) in published {
            let wallet = recognise(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(
                (wallet.coin(), wallet.kind, wallet.check),
                (Some(coin), kind, Check::Checksum),
                "{text}"
            );
            assert_eq!(wallet.address, text);
        }
    }

    /// The first letters that the tags give, as the coins document them.
    #[test]
    fn first_letters_of_the_forks() {
        let body = [0x42; KEYS];
        for (tag, head, coin) in [
            (0x2b_b39a, "Sumo", "SUMO"),
            (0x8_319a, "Subo", "SUMO"),
            (0x2cca, "ar", "ARQ"),
            (0x1032, "Wo", "WOW"),
            (0x2fb0, "WW", "WOW"),
            (0x5a, "G", "GRFT"),
            (0xb2, "Wm", "AEON"),
        ] {
            let text = write(tag, &body);
            assert!(text.starts_with(head), "{text}");
            assert_eq!(recognise(&text).unwrap().coin(), Some(coin));
        }
        assert_eq!(recognise(&write(0x35, &body)).unwrap().network, Network::Test);
        assert_eq!(recognise(&write(0x18, &body)).unwrap().network, Network::Stage);
        assert_eq!(recognise(&format!("TF1M{}", write(0x18, &body))).unwrap().coins, ["TF"]);
        let unknown = recognise(&write(0x3b_bb1d, &body)).unwrap();
        assert!(unknown.coins.is_empty(), "a checksum holds, the tag says nothing we know");
    }

    #[test]
    fn a_kind_needs_its_length() {
        assert_eq!(recognise(&write(0x13, &[7; KEYS])), None, "integrated without payment id");
        assert_eq!(recognise(&write(0x12, &[7; KEYS + PAYMENT_ID])), None, "standard with payment id");
        assert_eq!(recognise(&write(0x12, &[7; KEYS - 1])), None);
        assert_eq!(recognise(&"z".repeat(95)), None, "a block above 2^64");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        /// Any one character changed, the checksum fails: four bytes let one in 2^32 through.
        #[test]
        fn one_wrong_character_is_noticed(body in proptest::array::uniform32(any::<u8>()), at in 0_usize..95, other in 0_usize..58) {
            let text = write(0x12, &[body, body].concat());
            prop_assert!(recognise(&text).is_some());
            let mut wrong = text.clone().into_bytes();
            wrong[at] = ALPHABET[other];
            let wrong = String::from_utf8(wrong).unwrap();
            prop_assert_eq!(recognise(&wrong).is_some(), wrong == text);
        }
    }
}
