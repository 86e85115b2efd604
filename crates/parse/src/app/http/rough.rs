//! The head of an HTTP/1 message that breaks the grammar of RFC 9112, read as sloppy servers read it.
//!
//! A control character in a path, a folded field, two hundred fields or a version that does not exist must not hide what
//! is asked for: a start line, lines of `name: value`, an empty line. Nothing else is asked.

use super::fields::Fields;
use super::head::{Head, MAX_HEAD};

/// Most fields that are looked at.
const MAX_FIELDS: usize = 1024;

/// A start line in its three parts, and the fields.
#[derive(Debug)]
pub(super) struct Rough<'a> {
    /// Method or version.
    pub(super) first: &'a [u8],
    /// Target or status.
    pub(super) second: &'a [u8],
    /// Version or reason.
    pub(super) third: &'a [u8],
    pub(super) fields: Fields,
}

/// Reads a request's head.
pub(super) fn request(bytes: &[u8]) -> Head<Rough<'_>> {
    read(bytes, |line| {
        let line = line.trim_ascii_end();
        let (head, version) = line.split_at(memchr::memrchr(b' ', line)?);
        let (method, target) = head.split_at(memchr::memchr(b' ', head)?);
        let fits = version.trim_ascii().starts_with(b"HTTP/")
            && (1..=32).contains(&method.len())
            && method.iter().all(u8::is_ascii_alphabetic)
            && !target.trim_ascii().is_empty();
        fits.then(|| (method, target.trim_ascii(), version.trim_ascii()))
    })
}

/// Reads a response's head.
pub(super) fn response(bytes: &[u8]) -> Head<Rough<'_>> {
    read(bytes, |line| {
        let line = line.trim_ascii_end();
        let (version, rest) = line.split_at(memchr::memchr(b' ', line)?);
        let rest = rest.trim_ascii();
        let (status, reason) = rest.split_at(memchr::memchr(b' ', rest).unwrap_or(rest.len()));
        let fits = version.starts_with(b"HTTP/")
            && version.len() <= 32
            && status.len() == 3
            && status.iter().all(u8::is_ascii_digit);
        fits.then(|| (version, status, reason.trim_ascii()))
    })
}

type Parts<'a> = (&'a [u8], &'a [u8], &'a [u8]);

fn read<'a>(bytes: &'a [u8], split: impl FnOnce(&'a [u8]) -> Option<Parts<'a>>) -> Head<Rough<'a>> {
    let bytes = bytes.get(..MAX_HEAD).unwrap_or(bytes);
    let more = || if bytes.len() < MAX_HEAD { Head::NeedMore } else { Head::NotHttp };
    let start = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let Some(first_line) = memchr::memchr(b'\n', &bytes[start..]).map(|at| start + at) else {
        // A word and a blank may become a start line of either kind.
        let first = bytes[start..].iter().take_while(|byte| byte.is_ascii_graphic()).count();
        let letter = bytes.get(start).is_none_or(u8::is_ascii_alphabetic);
        let begins = letter && first <= 32 && bytes.get(start + first).is_none_or(|byte| *byte == b' ');
        return if begins { more() } else { Head::NotHttp };
    };
    let Some((first, second, third)) = split(&bytes[start..first_line]) else { return Head::NotHttp };
    let mut at = first_line + 1;
    let mut fields = Fields::default();
    let mut field: Vec<u8> = Vec::new();
    for _ in 0..MAX_FIELDS.saturating_mul(4) {
        let Some(length) = memchr::memchr(b'\n', &bytes[at..]) else { return more() };
        let line = &bytes[at..at + length];
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        at += length + 1;
        if matches!(line.first(), Some(b' ' | b'\t')) {
            // A folded value goes on here.
            field.push(b' ');
            field.extend_from_slice(line.trim_ascii());
            continue;
        }
        note(&mut fields, &field);
        if line.is_empty() {
            return Head::Complete(Rough { first, second, third, fields }, at);
        }
        field.clear();
        field.extend_from_slice(line);
    }
    Head::NotHttp
}

fn note(fields: &mut Fields, line: &[u8]) {
    let Some(colon) = memchr::memchr(b':', line) else { return };
    let (name, value) = line.split_at(colon);
    if let Ok(name) = std::str::from_utf8(name.trim_ascii()) {
        fields.note(name, value.get(1..).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What RFC 9112 forbids and sloppy servers take: control characters, folding (section 5.2), a version to come.
    #[test]
    fn sloppy_heads_are_read() {
        let head = b"\r\nPOST /a\x1b[31m b HTTP/1.2\r\nno colon\r\nUser-Agent:\r\n cgminer\x07\r\n\tx\r\nContent-Length: 5\n\r\nrest";
        let Head::Complete(rough, length) = request(head) else { panic!("a head") };
        assert_eq!((rough.second, length), (&b"/a\x1b[31m b"[..], head.len() - 4));
        assert_eq!(rough.fields.content_length, Some(5));
        assert!(
            rough.fields.user_agent.is_some_and(|agent| agent.starts_with("cgminer") && agent.ends_with('x'))
        );
        for length in 0..head.len() - 4 {
            assert!(!matches!(request(&head[..length]), Head::Complete(..)), "cut at {length}");
        }
    }

    /// The name of a miner is one however it is written.
    #[test]
    fn agents_are_named() {
        for agent in ["cgminer\x1b[31m", "\r\n cgminer"] {
            let head = format!("POST / HTTP/1.1\r\nUser-Agent: {agent}\r\n\r\n");
            let Head::Complete(request, _) = super::super::request(head.as_bytes()) else {
                panic!("{agent:?}")
            };
            let agent = request.fields.user_agent.unwrap_or_default();
            assert!(agent.starts_with("cgminer"), "{agent:?}");
        }
    }

    #[test]
    fn other_lines_are_none() {
        for text in [
            "HELO mail.example\r\n\r\n",
            "{\"id\":1} HTTP/\r\n\r\n",
            "HTTP/1.1 2000 OK\r\n\r\n",
            "GET /\r\n\r\n",
        ] {
            assert!(matches!(request(text.as_bytes()), Head::NotHttp), "{text}");
            assert!(matches!(response(text.as_bytes()), Head::NotHttp), "{text}");
        }
        assert!(matches!(response(b"HTTP/1.1 200\r\nX\x07: a\r\n\r\n"), Head::Complete(..)));
    }
}
