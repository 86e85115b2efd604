//! Hexadecimal fields, whose lengths are what tells one dialect's job from another's.

use super::json::Value;

/// Number of digits, if all bytes are hexadecimal digits (zero for an empty field).
#[must_use]
pub fn digits(bytes: &[u8]) -> Option<usize> {
    // Without an early way out, so that the compiler can look at many bytes at once.
    let all = bytes.iter().fold(true, |all, byte| {
        let letter = (byte | 0x20).wrapping_sub(b'a') < 6;
        all & (byte.wrapping_sub(b'0') < 10 || letter)
    });
    all.then_some(bytes.len())
}

/// A string of exactly `count` hexadecimal digits.
#[must_use]
pub fn exactly(value: Option<Value<'_>>, count: usize) -> bool {
    value.and_then(Value::quoted).is_some_and(|raw| raw.len() == count && digits(raw).is_some())
}

/// A string of 64 digits (a hash or target) without `0x`.
#[must_use]
pub fn is_hash(value: Option<Value<'_>>) -> bool {
    exactly(value, 64)
}

/// A string of hexadecimal digits without `0x`, of any even length from `least` digits on.
#[must_use]
pub fn is_bytes(value: Option<Value<'_>>, least: usize) -> bool {
    value.and_then(Value::quoted).and_then(digits).is_some_and(|count| count >= least && count % 2 == 0)
}

/// The digits behind `0x` of a string, at most `most`.
#[must_use]
pub fn prefixed<'a>(value: Option<Value<'a>>, most: usize) -> Option<&'a [u8]> {
    let raw = value?.quoted()?;
    let bare = raw.strip_prefix(b"0x").or_else(|| raw.strip_prefix(b"0X"))?;
    (bare.len() <= most && digits(bare).is_some()).then_some(bare)
}

/// A string of `0x` and exactly `count` digits.
#[must_use]
pub fn is_prefixed(value: Option<Value<'_>>, count: usize) -> bool {
    prefixed(value, count).is_some_and(|bare| bare.len() == count)
}

/// The digits of a string with or without `0x`.
#[must_use]
pub fn bare<'a>(value: Option<Value<'a>>) -> Option<&'a [u8]> {
    let raw = value?.quoted()?;
    let raw = raw.strip_prefix(b"0x").or_else(|| raw.strip_prefix(b"0X")).unwrap_or(raw);
    digits(raw).map(|_| raw)
}

/// The number that at most 32 digits spell, most significant first.
#[must_use]
pub fn number(digits: &[u8]) -> Option<u128> {
    if digits.is_empty() || digits.len() > 32 {
        return None;
    }
    digits.iter().try_fold(0_u128, |sum, byte| Some(sum << 4 | u128::from(nibble(*byte)?)))
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

/// Byte number `index` of a hexadecimal text.
#[must_use]
pub fn byte(digits: &[u8], index: usize) -> Option<u8> {
    let at = index.checked_mul(2)?;
    match digits.get(at..at.checked_add(2)?)? {
        [high, low] => Some(nibble(*high)? << 4 | nibble(*low)?),
        _ => None,
    }
}

/// The first bytes that a hexadecimal text spells, at most `most`.
#[must_use]
pub fn bytes(digits: &[u8], most: usize) -> Vec<u8> {
    (0..(digits.len() / 2).min(most)).map_while(|index| byte(digits, index)).collect()
}
