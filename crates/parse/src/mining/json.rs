//! A tolerant JSON splitter: values as byte ranges of the text, no tree, no recursion, no allocation for scanning.
//!
//! Grammar: RFC 8259, read leniently as real miners and pools do: any spacing, `NUL` as space, escapes in keys and
//! values, duplicate keys (first and last both reachable), bytes that are not UTF-8. What is not JSON gives nothing.

use std::borrow::Cow;

/// Deepest nesting that is followed; mining messages need 5.
pub const DEPTH_LIMIT: u32 = 64;

/// Longest string that is unescaped, in bytes of its escaped form; longer ones are cut.
const TEXT_LIMIT: usize = 64 * 1024;

/// Space between tokens: RFC 8259 white space, and the NUL bytes some miners pad lines with.
#[must_use]
pub const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0)
}

/// One JSON value: the bytes it stands in, without the space around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Value<'a>(&'a [u8]);

impl<'a> Value<'a> {
    /// The first complete value in `bytes` (which may be followed by anything).
    #[must_use]
    pub fn of(bytes: &'a [u8]) -> Option<Value<'a>> {
        let start = skip_space(bytes, 0);
        let end = value_end(bytes, start)?;
        bytes.get(start..end).filter(|raw| !raw.is_empty()).map(Value)
    }

    /// The bytes of the value.
    #[must_use]
    pub const fn raw(self) -> &'a [u8] {
        self.0
    }

    fn first(self) -> u8 {
        self.0.first().copied().unwrap_or(0)
    }

    /// Whether it is an object.
    #[must_use]
    pub fn is_object(self) -> bool {
        self.first() == b'{'
    }

    /// Whether it is an array.
    #[must_use]
    pub fn is_array(self) -> bool {
        self.first() == b'['
    }

    /// Whether it is a string.
    #[must_use]
    pub fn is_string(self) -> bool {
        self.first() == b'"'
    }

    /// Whether it is a number.
    #[must_use]
    pub fn is_number(self) -> bool {
        matches!(self.first(), b'-' | b'0'..=b'9')
    }

    /// Whether it is `null`.
    #[must_use]
    pub fn is_null(self) -> bool {
        self.0 == b"null"
    }

    /// `true` or `false`.
    #[must_use]
    pub fn bool(self) -> Option<bool> {
        match self.0 {
            b"true" => Some(true),
            b"false" => Some(false),
            _ => None,
        }
    }

    /// The bytes between the quotes, escapes left as they stand.
    #[must_use]
    pub fn quoted(self) -> Option<&'a [u8]> {
        self.0.strip_prefix(b"\"")?.strip_suffix(b"\"")
    }

    /// The string, unescaped; bytes that are not UTF-8 become U+FFFD.
    #[must_use]
    pub fn text(self) -> Option<Cow<'a, str>> {
        self.quoted().map(unescape)
    }

    /// A string that is not empty.
    #[must_use]
    pub fn words(self) -> Option<Cow<'a, str>> {
        self.text().filter(|text| !text.is_empty())
    }

    /// A string or a number, as text: job ids and session ids come as either.
    #[must_use]
    pub fn label(self) -> Option<Cow<'a, str>> {
        if self.is_number() { Some(String::from_utf8_lossy(self.0)) } else { self.words() }
    }

    /// A whole number that fits, written as a number or as a decimal string.
    #[must_use]
    pub fn u64(self) -> Option<u64> {
        let digits = self.quoted().unwrap_or(self.0);
        std::str::from_utf8(digits).ok()?.parse().ok()
    }

    /// A whole number that fits, written as a number.
    #[must_use]
    pub fn i64(self) -> Option<i64> {
        std::str::from_utf8(self.0).ok()?.parse().ok()
    }

    /// Whether it is a string of these characters (after unescaping).
    #[must_use]
    pub fn is(self, wanted: &str) -> bool {
        self.quoted().is_some_and(|raw| same(raw, wanted))
    }

    /// The elements of an array; none if it is no array.
    #[must_use]
    pub fn items(self) -> Items<'a> {
        Items { inner: self.inside(b'[', b']'), at: 0 }
    }

    /// The members of an object, in order; none if it is no object.
    #[must_use]
    pub fn members(self) -> Members<'a> {
        Members { inner: self.inside(b'{', b'}'), at: 0 }
    }

    /// The first member of that name.
    #[must_use]
    pub fn member(self, name: &str) -> Option<Value<'a>> {
        self.members().find(|(key, _)| key.is(name)).map(|(_, value)| value)
    }

    fn inside(self, open: u8, close: u8) -> &'a [u8] {
        match self.0 {
            [first, inner @ .., last] if *first == open && *last == close => inner,
            _ => &[],
        }
    }
}

/// A member's name, still escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key<'a>(&'a [u8]);

impl<'a> Key<'a> {
    /// The bytes between the quotes.
    #[must_use]
    pub const fn raw(self) -> &'a [u8] {
        self.0
    }

    /// Whether the name is this one (after unescaping).
    #[must_use]
    pub fn is(self, name: &str) -> bool {
        same(self.0, name)
    }

    /// The name, unescaped.
    #[must_use]
    pub fn text(self) -> Cow<'a, str> {
        unescape(self.0)
    }
}

/// Elements of an array.
#[derive(Debug, Clone)]
pub struct Items<'a> {
    inner: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Items<'a> {
    type Item = Value<'a>;

    fn next(&mut self) -> Option<Value<'a>> {
        let start = skip_separators(self.inner, self.at);
        let end = value_end(self.inner, start)?;
        self.at = end;
        self.inner.get(start..end).filter(|raw| !raw.is_empty()).map(Value)
    }
}

/// Members of an object.
#[derive(Debug, Clone)]
pub struct Members<'a> {
    inner: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Members<'a> {
    type Item = (Key<'a>, Value<'a>);

    fn next(&mut self) -> Option<(Key<'a>, Value<'a>)> {
        let key_start = skip_separators(self.inner, self.at);
        if self.inner.get(key_start) != Some(&b'"') {
            return None;
        }
        let key_end = string_end(self.inner, key_start)?;
        let key = self.inner.get(key_start + 1..key_end - 1)?;
        let colon = skip_space(self.inner, key_end);
        if self.inner.get(colon) != Some(&b':') {
            return None;
        }
        let start = skip_space(self.inner, colon + 1);
        let end = value_end(self.inner, start)?;
        self.at = end;
        self.inner.get(start..end).filter(|raw| !raw.is_empty()).map(|raw| (Key(key), Value(raw)))
    }
}

fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|byte| is_space(*byte)) {
        at += 1;
    }
    at
}

fn skip_separators(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|byte| is_space(*byte) || *byte == b',') {
        at += 1;
    }
    at
}

/// One past the closing quote of the string that starts at `at`.
fn string_end(bytes: &[u8], at: usize) -> Option<usize> {
    let mut from = at.checked_add(1)?;
    loop {
        let found = from.checked_add(memchr::memchr2(b'"', b'\\', bytes.get(from..)?)?)?;
        if bytes[found] == b'"' {
            return Some(found + 1);
        }
        from = found.checked_add(2)?;
    }
}

/// One past the last byte of the value that starts at `at`; `None` if it is cut, nested too deeply or no value.
fn value_end(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at)? {
        b'"' => string_end(bytes, at),
        b'{' | b'[' => bracket_end(bytes, at),
        b'}' | b']' | b':' | b',' => None,
        _ => {
            let rest = &bytes[at..];
            let len = rest
                .iter()
                .position(|byte| {
                    is_space(*byte) || matches!(byte, b',' | b'}' | b']' | b':' | b'"' | b'{' | b'[')
                })
                .unwrap_or(rest.len());
            Some(at + len)
        }
    }
}

fn bracket_end(bytes: &[u8], start: usize) -> Option<usize> {
    let (mut at, mut depth) = (start, 0_u32);
    loop {
        match bytes.get(at)? {
            b'"' => {
                at = string_end(bytes, at)?;
                continue;
            }
            b'{' | b'[' => {
                depth += 1;
                if depth > DEPTH_LIMIT {
                    return None;
                }
            }
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
}

fn same(raw: &[u8], wanted: &str) -> bool {
    if raw.len() == wanted.len() {
        return raw == wanted.as_bytes();
    }
    raw.len() > wanted.len()
        && raw.len() <= wanted.len() * 6
        && raw.contains(&b'\\')
        && unescape(raw) == wanted
}

/// Undoes the escapes of RFC 8259 section 7. A lone surrogate, a bad escape or bad UTF-8 becomes U+FFFD.
#[must_use]
pub fn unescape(raw: &[u8]) -> Cow<'_, str> {
    let raw = raw.get(..TEXT_LIMIT).unwrap_or(raw);
    let Some(first) = memchr::memchr(b'\\', raw) else { return String::from_utf8_lossy(raw) };
    let mut plain = Vec::with_capacity(raw.len());
    plain.extend_from_slice(&raw[..first]);
    let mut at = first;
    while let Some(byte) = raw.get(at) {
        if *byte != b'\\' {
            plain.push(*byte);
            at += 1;
            continue;
        }
        let (letter, used) = escaped(raw, at);
        plain.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
        at += used;
    }
    Cow::Owned(String::from_utf8_lossy(&plain).into_owned())
}

/// The character the escape at `at` stands for, and the bytes it takes.
fn escaped(raw: &[u8], at: usize) -> (char, usize) {
    const BAD: char = char::REPLACEMENT_CHARACTER;
    match raw.get(at + 1) {
        Some(b'n') => ('\n', 2),
        Some(b't') => ('\t', 2),
        Some(b'r') => ('\r', 2),
        Some(b'b') => ('\u{8}', 2),
        Some(b'f') => ('\u{c}', 2),
        Some(plain @ (b'"' | b'\\' | b'/')) => (char::from(*plain), 2),
        Some(b'u') => {
            let Some(unit) = four_hex(raw, at + 2) else { return (BAD, 2) };
            if !(0xd800..0xdc00).contains(&unit) {
                return (char::from_u32(unit).unwrap_or(BAD), 6);
            }
            match (raw.get(at + 6..at + 8), four_hex(raw, at + 8)) {
                (Some(b"\\u"), Some(low @ 0xdc00..0xe000)) => {
                    (char::from_u32(0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00)).unwrap_or(BAD), 12)
                }
                _ => (BAD, 6),
            }
        }
        _ => (BAD, 1),
    }
}

fn four_hex(raw: &[u8], at: usize) -> Option<u32> {
    raw.get(at..at + 4)?.iter().try_fold(0, |sum, byte| Some(sum << 4 | char::from(*byte).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    fn value(text: &str) -> Value<'_> {
        Value::of(text.as_bytes()).unwrap()
    }

    #[test]
    fn members_are_found_in_any_order_and_spacing() {
        let object = value(" {\t\"a\" : [1, {\"b\":\"}\"}] ,\n\"c\":\"x\\\"y\",\"d\":null}  tail");
        assert_eq!(object.member("a").unwrap().raw(), br#"[1, {"b":"}"}]"#);
        assert_eq!(object.member("c").unwrap().text().unwrap(), "x\"y");
        assert!(object.member("d").unwrap().is_null());
        assert!(object.member("b").is_none(), "only the object's own members");
    }

    /// RFC 8259 section 7 gives `\uD834\uDD1E` for U+1D11E.
    #[test]
    fn escapes_are_undone() {
        assert_eq!(value(r#""\uD834\uDD1E\u0065\/\n""#).text().unwrap(), "\u{1d11e}e/\n");
        assert_eq!(value(r#""\ud834x""#).text().unwrap(), "\u{fffd}x", "a lone surrogate");
        assert!(value(r#"{"m\u0065thod":1}"#).member("method").is_some());
        assert!(value(r#""logi\u006e""#).is("login"));
    }

    #[test]
    fn both_of_two_equal_keys_are_reachable() {
        let object = value(r#"{"id":1,"id":2}"#);
        assert_eq!(object.member("id").unwrap().u64(), Some(1));
        assert_eq!(object.members().filter(|(key, _)| key.is("id")).last().unwrap().1.u64(), Some(2));
    }

    #[test]
    fn cut_deep_and_broken_texts_give_nothing() {
        assert!(Value::of(br#"{"a":"#).is_none());
        assert!(Value::of(br#""never closed\"#).is_none());
        assert!(Value::of("[".repeat(100_000).as_bytes()).is_none());
        let deep = format!("{}{}", "[".repeat(65), "]".repeat(65));
        assert!(Value::of(deep.as_bytes()).is_none());
        let held = format!("{}{}", "[".repeat(64), "]".repeat(64));
        assert!(Value::of(held.as_bytes()).is_some());
        assert_eq!(Value::of(b"\xff\xfe").unwrap().text(), None);
        assert_eq!(value("[1 2]").items().count(), 2, "a missing comma is forgiven");
        assert_eq!(value("[1,,2]").items().count(), 2);
    }

    #[test]
    fn numbers_above_two_to_the_53_stay_exact() {
        assert_eq!(value("18446744073709551615").u64(), Some(u64::MAX));
        assert_eq!(value("\"3333\"").u64(), Some(3333));
        assert_eq!(value("-1").i64(), Some(-1));
    }
}
