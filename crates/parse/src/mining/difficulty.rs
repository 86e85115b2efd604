//! From a target or a difficulty to the hashes a share is expected to cost.
//!
//! Each dialect has its own rule; the worked examples in the tests are from public pools. Where a pool states a
//! difficulty, hashes per share also depend on the algorithm: an unknown algorithm gives a difficulty and no hashes.

use super::hex;

/// Digits behind the decimal point that a [`Decimal`] keeps.
const SCALE_DIGITS: usize = 9;
const SCALE: u128 = 1_000_000_000;

/// A difficulty as pools write it (`4096`, `0.05`, `104.34782609`), kept exactly to nine decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal(u128);

impl Decimal {
    /// Reads a positive decimal number, with or without a fraction or an exponent. `None` for anything else and from
    /// 10^24 on.
    #[must_use]
    pub fn read(text: &str) -> Option<Decimal> {
        let text = text.trim();
        if text.len() > 64 {
            return None;
        }
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let mut units: u128 = 0;
        let mut shift = i32::try_from(SCALE_DIGITS).ok()?.checked_add(exponent)?;
        for digit in whole.bytes().chain(fraction.bytes().take(24)) {
            units = units.checked_mul(10)?.checked_add(u128::from(char::from(digit).to_digit(10)?))?;
        }
        shift = shift.checked_sub(i32::try_from(fraction.len().min(24)).ok()?)?;
        while shift > 0 {
            units = units.checked_mul(10)?;
            shift -= 1;
        }
        while shift < 0 && units > 0 {
            units = if shift == -1 { units.checked_add(5)? / 10 } else { units / 10 };
            shift += 1;
        }
        (units > 0 && units < 10_u128.pow(24) * SCALE).then_some(Decimal(units))
    }

    /// The sum, saturating.
    #[must_use]
    pub const fn plus(self, other: Decimal) -> Decimal {
        Decimal(self.0.saturating_add(other.0))
    }

    /// The nearest floating-point number.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / SCALE as f64
    }

    /// This difficulty times `numerator / denominator`, rounded to the nearest whole number, saturating.
    fn times(self, numerator: u128, denominator: u128) -> u128 {
        let (whole, rest) = (self.0 / SCALE, self.0 % SCALE);
        let of_whole = whole.saturating_mul(numerator);
        // The remainder of the whole part is carried into the fraction so that rounding happens once.
        let carried =
            (of_whole % denominator).saturating_mul(SCALE).saturating_add(rest.saturating_mul(numerator));
        let unit = denominator.saturating_mul(SCALE);
        (of_whole / denominator).saturating_add(carried.saturating_add(unit / 2) / unit)
    }
}

/// As a person would write it: no exponent, no idle zeros.
impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let fraction = format!("{:09}", self.0 % SCALE);
        match fraction.trim_end_matches('0') {
            "" => write!(f, "{}", self.0 / SCALE),
            digits => write!(f, "{}.{digits}", self.0 / SCALE),
        }
    }
}

/// What a stated difficulty means in the Bitcoin family: hashes per unit of difficulty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// 2^256 / (0xffff · 2^208): SHA-256d, and the NiceHash Ethereum dialect.
    Bitcoin,
    /// A power of two: 16 for scrypt and its like, 24 and 25 for others.
    PowerOfTwo(u32),
}

impl Unit {
    /// Hashes per share at this difficulty.
    ///
    /// Source: Bitcoin's difficulty-1 target 0xffff · 2^208; factors 65536, 256 and 128 from JayDDee/cpuminer-opt
    /// `algo/*-gate.c` (`opt_target_factor`) and tpruvot/ccminer `ccminer.cpp`.
    #[must_use]
    pub fn hashes(self, difficulty: Decimal) -> u128 {
        match self {
            Unit::Bitcoin => difficulty.times(1 << 48, 0xffff),
            Unit::PowerOfTwo(bits) => difficulty.times(1 << bits.min(64), 1),
        }
    }

    /// Hashes per unit of difficulty, as a floating-point number.
    #[must_use]
    pub fn per_unit(self) -> f64 {
        match self {
            Unit::Bitcoin => (1_u64 << 48) as f64 / 65_535.0,
            Unit::PowerOfTwo(bits) => (1_u128 << bits.min(64)) as f64,
        }
    }
}

/// CryptoNote `target` (8 or 16 hexadecimal digits, little-endian).
///
/// Source: xmrig `src/base/net/stratum/Job.cpp`, `setTarget`.
#[must_use]
pub fn of_cryptonote_target(digits: &[u8]) -> Option<u128> {
    let little = hex::number(digits)?;
    match digits.len() {
        8 => {
            let target = u32::try_from(little).ok()?.swap_bytes();
            u128::from(u32::MAX).checked_div(u128::from(target))
        }
        16 => {
            let target = u64::try_from(little).ok()?.swap_bytes();
            u128::from(u64::MAX).checked_div(u128::from(target))
        }
        _ => None,
    }
}

/// A 256-bit big-endian target of up to 64 digits (shorter ones are padded on the left): 2^256 / (target + 1).
/// Used by eth-proxy, getWork, KawPow and Zcash (there it counts solutions). Saturates.
#[must_use]
pub fn of_target(digits: &[u8]) -> Option<u128> {
    if digits.is_empty() || digits.len() > 64 || hex::digits(digits).is_none() {
        return None;
    }
    let split = digits.len().saturating_sub(32);
    let high = if split == 0 { 0 } else { hex::number(&digits[..split])? };
    let low = hex::number(&digits[split..])?;
    Some(two_256_over(high, low))
}

/// The same for a target written as 32 bytes least significant first (getwork).
#[must_use]
pub fn of_target_little(digits: &[u8]) -> Option<u128> {
    if digits.len() != 64 {
        return None;
    }
    let mut turned = [0_u8; 64];
    for (pair, place) in digits.rchunks_exact(2).zip(turned.chunks_exact_mut(2)) {
        place.copy_from_slice(pair);
    }
    of_target(&turned)
}

/// 2^256 / (high · 2^128 + low + 1), rounded to the nearest, by schoolbook division; saturates at `u128::MAX`.
fn two_256_over(high: u128, low: u128) -> u128 {
    let (divisor_low, carry) = low.overflowing_add(1);
    let Some(divisor_high) = high.checked_add(u128::from(carry)) else { return 1 };
    if divisor_high == 0 {
        return u128::MAX;
    }
    // The dividend's leading one is the first remainder; 256 zero bits follow. The quotient is below 2^128.
    let (mut rest_high, mut rest_low, mut quotient) = (0_u128, 1_u128, 0_u128);
    for _ in 0..256 {
        let overflow = rest_high >> 127 == 1;
        rest_high = rest_high << 1 | rest_low >> 127;
        rest_low <<= 1;
        quotient <<= 1;
        if overflow || (rest_high, rest_low) >= (divisor_high, divisor_low) {
            let (lower, borrow) = rest_low.overflowing_sub(divisor_low);
            rest_low = lower;
            rest_high = rest_high.wrapping_sub(divisor_high).wrapping_sub(u128::from(borrow));
            quotient |= 1;
        }
    }
    // The next binary digit decides the rounding.
    let half = rest_high >> 127 == 1
        || (rest_high << 1 | rest_low >> 127, rest_low << 1) >= (divisor_high, divisor_low);
    quotient.saturating_add(u128::from(half))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    fn of(unit: Unit, text: &str) -> u128 {
        unit.hashes(Decimal::read(text).unwrap())
    }

    /// Worked: 0x0000ba69 = 47 721; floor((2^32-1) / 47 721) = 90 001. The others likewise with `bc`.
    #[test]
    fn cryptonote_targets() {
        for (target, hashes) in [("69ba0000", 90_001), ("711b0d00", 5000), ("b88d0600", 10_000)] {
            assert_eq!(of_cryptonote_target(target.as_bytes()), Some(hashes), "{target}");
        }
        // (2^64-1) / 2^63 = 1
        assert_eq!(of_cryptonote_target(b"0000000000000080"), Some(1));
        assert_eq!(of_cryptonote_target(b"00000000"), None, "no division by zero");
        assert_eq!(of_cryptonote_target(b"69ba00"), None);
    }

    /// 2^48/0xffff = 4 295 032 833.000015; times 4096 is 17 592 454 483 968.06 (`bc`).
    #[test]
    fn bitcoin_difficulties() {
        assert_eq!(of(Unit::Bitcoin, "1"), 4_295_032_833);
        assert_eq!(of(Unit::Bitcoin, "4096"), 17_592_454_483_968);
        assert_eq!(of(Unit::PowerOfTwo(16), "32"), 2_097_152);
        assert_eq!(of(Unit::PowerOfTwo(24), "0.05"), 838_861, "838 860.8 rounded");
        assert_eq!(of(Unit::PowerOfTwo(25), "1.0"), 33_554_432);
        assert_eq!(of(Unit::PowerOfTwo(16), "1e3"), 65_536_000);
        assert_eq!(of(Unit::PowerOfTwo(16), "104.34782609"), 6_838_539, "6 838 539.13 (bc)");
        for text in ["104.34782609", "0.05", "4096"] {
            assert_eq!(Decimal::read(text).unwrap().to_string(), text);
        }
        for bad in ["", "0", "-1", "x", ".", "1e400", "1e-30", "99999999999999999999999999999999999999999"] {
            assert_eq!(Decimal::read(bad), None, "{bad}");
        }
    }

    /// Worked with `bc`: 2^256 / (target + 1).
    #[test]
    fn big_endian_targets() {
        let full = |head: &str| format!("{head:0<64}");
        // 0x04189374bc… / 2^256: the pool's 16 000 solutions per share.
        assert_eq!(of_target(full("0004189374bc6a7ef9db22d0e5604189").as_bytes()), Some(16_000));
        assert_eq!(of_target(full("003c3c3c3c3c3c3c3c3c3c3c3c3c3c3c").as_bytes()), Some(1088));
        assert_eq!(of_target(full("00028f5c28f5c28f5c28f5c28f5c28f5").as_bytes()), Some(25_600));
        // A pool's target for 12 · 10^9 hashes: 12 000 000 006.3 (`bc`).
        assert_eq!(of_target(full("000000005ba03f80").as_bytes()), Some(12_000_000_006));
        assert_eq!(of_target("f".repeat(64).as_bytes()), Some(1));
        assert_eq!(of_target(b"1"), Some(u128::MAX), "2^255 does not fit");
        // A short target is padded on the left: 0x8000…0 of 57 digits is 2^227, so 2^29 hashes.
        assert_eq!(of_target(format!("8{}", "0".repeat(56)).as_bytes()), Some(1 << 29));
        assert_eq!(
            of_target_little(format!("{}ffffffff00000000", "0".repeat(48)).as_bytes()),
            Some(4_294_967_297),
            "2^64 / (2^32 - 1)"
        );
    }
}
