//! Which epoch a seed hash belongs to: ProgPow coins differ in how many blocks an epoch lasts, and so the seed that a
//! job names together with its height tells which of them is mined.
//!
//! seed(0) is 32 zero bytes, seed(n + 1) = Keccak-256 of seed(n) (Ethereum yellow paper, appendix J.2; EIP-1057 keeps
//! it for ProgPow).

use sha3::{Digest, Keccak256};
use std::sync::OnceLock;

/// Most epochs that are computed, once, on the first question (128 KiB). Ravencoin's chain was in epoch 590 and
/// Firo's in epoch 930 in 2026; at one block a minute 4096 epochs of KawPow last until 2076.
const EPOCHS: usize = 4096;

/// A coin family of ProgPow, by the length of its epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProgPow {
    /// 7500 blocks: KawPow, and MeowPow, which kept the length.
    KawPow,
    /// 1300 blocks: FiroPow.
    FiroPow,
    /// 12,000 blocks: EvrProgPow.
    EvrProgPow,
}

/// Blocks of an epoch. Sources: RavenProject/Ravencoin and Meowcoin `src/crypto/ethash/include/ethash/ethash.h`,
/// firoorg/firo `src/crypto/progpow/include/ethash/ethash.h`, EvrmoreOrg/Evrmore the same path.
const LENGTHS: [(u64, ProgPow); 3] =
    [(7500, ProgPow::KawPow), (1300, ProgPow::FiroPow), (12_000, ProgPow::EvrProgPow)];

/// The family whose epoch at `height` has this seed (64 hexadecimal digits); `None` where none or several fit.
#[must_use]
pub fn progpow(seed: &str, height: u64) -> Option<ProgPow> {
    let seed = digits(seed)?;
    let fits = |length: u64| {
        usize::try_from(height / length)
            .ok()
            .and_then(|epoch| seeds().get(epoch))
            .is_some_and(|it| *it == seed)
    };
    let mut fitting = LENGTHS.iter().filter(|(length, _)| fits(*length));
    match (fitting.next(), fitting.next()) {
        (Some((_, family)), None) => Some(*family),
        _ => None,
    }
}

fn seeds() -> &'static [[u8; 32]] {
    static SEEDS: OnceLock<Vec<[u8; 32]>> = OnceLock::new();
    SEEDS.get_or_init(|| {
        let next = |seed: &[u8; 32]| Some(Keccak256::digest(seed).into());
        std::iter::successors(Some([0; 32]), next).take(EPOCHS).collect()
    })
}

fn digits(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    let pairs = text.as_bytes().chunks_exact(2);
    if text.len() != 64 {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(pairs) {
        let pair = std::str::from_utf8(pair).ok().filter(|pair| !pair.starts_with('+'))?;
        *byte = u8::from_str_radix(pair, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    /// Keccak-256 of 32 zero bytes, and of that: the seeds of Ethash's epochs 1 and 2 (ethash test vectors).
    const ONE: &str = "290decd9548b62a8d60345a988386fc84ba6bc95484008f6362f93160ef3e563";
    const TWO: &str = "510e4e770828ddbf7f7b00ab00a9f6adaf81c0dc9cc85f1f8249c256942d61d9";

    #[test]
    fn the_seed_with_the_height_tells_the_family() {
        assert_eq!(progpow(ONE, 7_500), Some(ProgPow::KawPow));
        assert_eq!(progpow(ONE, 1_300), Some(ProgPow::FiroPow));
        assert_eq!(progpow(TWO, 24_000), Some(ProgPow::EvrProgPow));
        assert_eq!(progpow(&TWO.to_uppercase(), 15_000), Some(ProgPow::KawPow));
    }

    #[test]
    fn what_fits_none_or_several_tells_nothing() {
        assert_eq!(progpow(ONE, 13_000), None, "epochs 1 of KawPow and of EvrProgPow");
        assert_eq!(progpow(ONE, 4_400_000), None, "no epoch of that height");
        assert_eq!(progpow(ONE, u64::MAX), None);
        assert_eq!(progpow("", 7_500), None);
        assert_eq!(progpow(&"+1".repeat(32), 7_500), None);
        assert_eq!(progpow(&"é".repeat(32), 7_500), None);
    }
}
