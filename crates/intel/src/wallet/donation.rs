//! The login that xmrig uses while it mines for its author, computed from a user's login.

use sha3::{Digest, Keccak256};

/// The donation login of a user: 64 hex digits, the Keccak-256 of the first pool's `user` as configured.
///
/// A login of 64 hex digits seen at a donation pool can so be tied to a suspected wallet.
/// Source: xmrig/xmrig `src/net/strategies/DonateStrategy.cpp`.
#[must_use]
pub fn donation_login(user: &str) -> String {
    let mut login = String::with_capacity(64);
    for byte in Keccak256::digest(user.as_bytes()).iter() {
        for digit in [byte >> 4, byte & 15] {
            login.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
        }
    }
    login
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keccak-256 of the empty string, as published with the Keccak submission and used by Ethereum.
    #[test]
    fn is_the_original_keccak_and_not_sha3() {
        assert_eq!(donation_login(""), "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
    }
}
