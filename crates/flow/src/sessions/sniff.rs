//! Whether the first bytes of a stream may be a mining dialogue in JSON.

use memchr::memmem;

/// What the first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sniff {
    /// It may be one.
    Yes,
    /// It is none.
    No,
    /// Too few bytes.
    NeedMore,
}

/// Words that only mining messages hold, for streams joined in the middle of an object.
const ANCHORS: [&[u8]; 12] = [
    b"mining.",
    b"\"blob\"",
    b"job_id",
    b"_submitLogin",
    b"_getWork",
    b"_submitWork",
    b"keepalived",
    b"getblocktemplate",
    b"submitblock",
    b"pre_pow",
    b"\"result\":{\"status\":\"OK\"}",
    b"},\"id\":",
];

/// Bytes of an object's beginning that must be text: names of members are.
const BEGINNING: usize = 16;

/// Most bytes that are searched.
const LOOK_AT: usize = 4096;

/// Looks at the first payload of one direction. Objects begin with a bracket; a stream that was joined in the middle
/// shows an anchor, or an object at the beginning of a line.
pub(super) fn first_bytes(bytes: &[u8]) -> Sniff {
    let bytes = bytes.get(..LOOK_AT).unwrap_or(bytes);
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let Some(start) = bytes.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0)) else {
        return if bytes.len() < 64 { Sniff::NeedMore } else { Sniff::No };
    };
    let text = &bytes[start..];
    if matches!(text[0], b'{' | b'[') {
        // Random bytes begin with a bracket once in 128 times; text in another encoding than UTF-8 does not come so soon.
        let start = text.get(..BEGINNING).unwrap_or(text);
        let random = std::str::from_utf8(start).is_err_and(|error| error.error_len().is_some());
        return if random { Sniff::No } else { Sniff::Yes };
    }
    // HAProxy's header before the first line (PROXY protocol version 1).
    if text.starts_with(b"PROXY ") {
        return match memchr::memchr(b'\n', text) {
            Some(end) => first_bytes(&text[end + 1..]),
            None if text.len() < 108 => Sniff::NeedMore,
            None => Sniff::No,
        };
    }
    let binary = text.iter().take(32).any(|byte| *byte < b'\t' || (14..32).contains(byte) || *byte >= 0x7f);
    // JSON without a quote among its first bytes is deep inside a long hexadecimal string: the next look decides.
    if binary || memchr::memchr(b'"', text).is_none() {
        return Sniff::No;
    }
    let joined = ANCHORS.iter().any(|anchor| memmem::find(text, anchor).is_some())
        || memmem::find(text, b"}\n{\"").is_some()
        || memmem::find(text, b"}\r\n{\"").is_some();
    if joined { Sniff::Yes } else { Sniff::No }
}
