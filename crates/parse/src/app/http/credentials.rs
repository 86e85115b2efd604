//! `Authorization: Basic` (RFC 7617): getwork and getblocktemplate miners name their worker there.

use std::fmt;

use crate::app::cursor::text;

/// Longest user name or password kept, in characters.
pub const MAX_TEXT: usize = 256;

/// Longest encoded form that is decoded.
const MAX_ENCODED: usize = 4096;

/// A user and a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Before the first colon, at most 256 characters.
    pub user: String,
    /// After it.
    pub password: Password,
}

/// A secret of the evidence: shown as `***` wherever it is printed without intent.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// A password as read from the evidence.
    pub fn new(secret: impl Into<String>) -> Password {
        Password(secret.into())
    }

    /// The password itself, for those who asked to see it; at most 256 characters.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether there is none; `x` and the like are left to the reader.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("***")
    }
}

impl fmt::Display for Password {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("***")
    }
}

/// Reads the value of an `Authorization` or `Proxy-Authorization` field; `None` for other schemes and bad Base64.
pub fn basic(value: &[u8]) -> Option<Credentials> {
    let value = value.trim_ascii();
    let (scheme, encoded) = value.split_at_checked(value.iter().position(|&byte| byte == b' ')?)?;
    if !scheme.eq_ignore_ascii_case(b"basic") {
        return None;
    }
    let decoded = base64(encoded.trim_ascii())?;
    let colon = decoded.iter().position(|&byte| byte == b':').unwrap_or(decoded.len());
    let (user, password) = decoded.split_at_checked(colon)?;
    let password = password.get(1..).unwrap_or_default();
    Some(Credentials { user: text(user, MAX_TEXT), password: Password(text(password, MAX_TEXT)) })
}

/// Base64 (RFC 4648 section 4), with or without padding, either alphabet.
fn base64(encoded: &[u8]) -> Option<Vec<u8>> {
    let end = encoded.iter().rposition(|&byte| byte != b'=').map_or(0, |last| last + 1);
    let digits = encoded.get(..end).filter(|digits| digits.len() <= MAX_ENCODED && digits.len() % 4 != 1)?;
    let mut decoded = Vec::with_capacity(digits.len() / 4 * 3 + 2);
    let (mut bits, mut count) = (0u32, 0u32);
    for &digit in digits {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(value)) & 0xffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            decoded.push(u8::try_from(bits >> count & 0xff).unwrap_or_default());
        }
    }
    Some(decoded)
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    for value in [data, &[b"Basic ", data].concat()] {
        if let Some(read) = basic(value) {
            assert!(read.user.chars().count() <= MAX_TEXT);
            assert_eq!(format!("{} {:?}", read.password, read.password), "*** ***");
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    /// RFC 7617 section 2: user "Aladdin", password "open sesame".
    #[test]
    fn the_example_of_rfc_7617() {
        let read = basic(b"Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==").unwrap();
        assert_eq!((read.user.as_str(), read.password.reveal()), ("Aladdin", "open sesame"));
        assert_eq!(format!("{read:?}"), r#"Credentials { user: "Aladdin", password: *** }"#);
    }

    /// RFC 4648 section 10.
    #[test]
    fn the_vectors_of_rfc_4648() {
        for (encoded, decoded) in [
            ("", ""),
            ("Zg==", "f"),
            ("Zm8=", "fo"),
            ("Zm9v", "foo"),
            ("Zm9vYg==", "foob"),
            ("Zm9vYmE=", "fooba"),
            ("Zm9vYmFy", "foobar"),
            ("Zm9vYg", "foob"),
        ] {
            assert_eq!(base64(encoded.as_bytes()).unwrap(), decoded.as_bytes(), "{encoded}");
        }
        assert_eq!(base64(b"Zm9v!"), None);
        assert_eq!(base64(b"Zm9vY"), None, "one digit holds no byte");
    }

    #[test]
    fn other_schemes_are_left_alone() {
        assert_eq!(basic(b"Bearer QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), None);
        assert_eq!(basic(b"Basic"), None);
        assert_eq!(basic(b"bAsIc  dXNlcg==").unwrap().user, "user", "a login without password");
    }
}
