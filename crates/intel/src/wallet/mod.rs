//! Wallet addresses: the form finds a candidate, the checksum decides.
//!
//! One file per family of address formats; `login` cuts an address out of what a miner
//! announces as its user name. Nothing here allocates more than a few hundred bytes, whatever it is given.

mod base58check;
mod cash;
mod cryptonote;
mod donation;
mod ethereum;
mod login;
mod segwit;
mod sia;

pub use donation::donation_login;
pub use login::{LoginParts, find_in_login, split_login, worker_of};

/// The longest text that can be an address; longer candidates are refused before any work is done.
///
/// The longest known form is an integrated CryptoNote address with a long tag: 110 characters, and a
/// prefix such as `bitcoincash:` adds 12.
pub const LONGEST_ADDRESS: usize = 160;

/// The ticker of a coin in the field's spelling, upper case: `XMR`, `BTC`.
pub type Ticker = &'static str;

/// A payout address that is valid by its own rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wallet {
    /// The address in the form to report: bech32 in lower case, `0x` and `kaspa:` present, else as written.
    pub address: String,
    /// The coins that use this form, the usual one first; one entry where the tag belongs to one coin,
    /// empty where the checksum holds but the tag is unknown.
    pub coins: &'static [Ticker],
    /// What makes the address valid.
    pub check: Check,
    /// Main network or one of the test networks.
    pub network: Network,
    /// What the address stands for.
    pub kind: Kind,
}

impl Wallet {
    /// The coin, where the address belongs to exactly one.
    #[must_use]
    pub fn coin(&self) -> Option<Ticker> {
        match self.coins {
            [one] => Some(one),
            _ => None,
        }
    }
}

/// What makes an address valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Check {
    /// A checksum inside the address holds.
    Checksum,
    /// The address carries no checksum; length and alphabet are right (Ethereum in one case).
    Form,
}

impl Check {
    /// The word of `facts.wallet_check`: `checksum` or `form`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Checksum => "checksum",
            Self::Form => "form",
        }
    }
}

/// The network an address is valid on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Network {
    /// The network whose coins have a price.
    Main,
    /// A test network.
    Test,
    /// Monero's staging network and those of its forks.
    Stage,
}

/// What an address stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// CryptoNote: the wallet's main address.
    Standard,
    /// CryptoNote: a subaddress.
    Subaddress,
    /// CryptoNote: an address with a payment id inside.
    Integrated,
    /// Hash of a public key, or the key itself (`1…`, `t1…`, `kaspa:q…`).
    PublicKey,
    /// Hash of a script (`3…`, `t3…`, `kaspa:p…`).
    Script,
    /// Segregated witness, version 0 (`bc1q…`).
    Witness,
    /// Segregated witness, version 1 and later (`bc1p…`).
    Taproot,
    /// An account (Ethereum and its like).
    Account,
}

/// Decides whether the whole of `text` is a valid address, whatever the coin.
///
/// Tried in an order in which no two can both hold: what a checksum of 32 bits or more covers first,
/// what has only a form last.
#[must_use]
pub fn recognise(text: &str) -> Option<Wallet> {
    if text.len() > LONGEST_ADDRESS || text.len() < 14 || !text.is_ascii() {
        return None;
    }
    cryptonote::recognise(text)
        .or_else(|| base58check::recognise(text))
        .or_else(|| segwit::recognise(text))
        .or_else(|| cash::recognise(text))
        .or_else(|| sia::recognise(text))
        .or_else(|| ethereum::recognise(text))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    #[test]
    fn refuses_what_is_no_address() {
        for text in [
            "",
            "x",
            "worker",
            "user@example.com",
            "0x",
            "0x1234",
            "4",
            "11111111111111111111111111111111111",
            "deadbeefcafebabe",
            "bc1",
            "kaspa:",
            "ééééééééééééééééééé",
        ] {
            assert_eq!(recognise(text), None, "{text}");
        }
        assert_eq!(recognise(&"4".repeat(LONGEST_ADDRESS + 1)), None);
    }

    #[test]
    fn a_coin_is_named_only_where_the_tag_belongs_to_one() {
        // A Bitcoin address of 2009-style form is valid on Bitcoin Cash too.
        let shared = recognise("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa").unwrap();
        assert_eq!(shared.coin(), None);
        assert_eq!(shared.coins.first(), Some(&"BTC"));
    }
}
