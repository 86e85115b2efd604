//! JSON as miners read it: with comments, commas behind the last member, and without the outer braces.
//!
//! Sources: xmrig/xmrig `src/base/io/json/Json_unix.cpp` (`kParseCommentsFlag | kParseTrailingCommasFlag`);
//! fireice-uk/xmr-stak `xmrstak/jconf.cpp` (puts `{` and `}` around the file) and `xmrstak/pools.tpl`.

/// The same as strict JSON, if it can be made so; nothing else is repaired.
pub(super) fn relaxed(bytes: &[u8]) -> Vec<u8> {
    let plain = without_comments(bytes);
    let text = plain.trim_ascii();
    let mut out = Vec::with_capacity(text.len() + 2);
    let bare = text.starts_with(b"\"");
    if bare {
        out.push(b'{');
    }
    let (mut inside, mut escaped) = (false, false);
    // A comma is held back until it is known what follows it.
    let mut comma = false;
    for &byte in text {
        if inside {
            out.push(byte);
            inside = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            continue;
        }
        if comma && !byte.is_ascii_whitespace() {
            if !matches!(byte, b'}' | b']') {
                out.push(b',');
            }
            comma = false;
        }
        match byte {
            b',' => comma = true,
            b'"' => {
                inside = true;
                out.push(byte);
            }
            _ => out.push(byte),
        }
    }
    if bare {
        out.push(b'}');
    }
    out
}

/// Without `// …` and `/* … */` outside of strings.
fn without_comments(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let (mut inside, mut escaped) = (false, false);
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let rest = bytes.get(at..).unwrap_or_default();
        at += 1;
        if inside {
            out.push(byte);
            inside = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
        } else if rest.starts_with(b"//") {
            at += memchr::memchr(b'\n', rest).unwrap_or(rest.len()) - 1;
        } else if rest.starts_with(b"/*") {
            let end = memchr::memmem::find(rest, b"*/").map_or(rest.len(), |end| end + 2);
            at += end - 1;
            out.push(b' ');
        } else {
            inside = byte == b'"';
            out.push(byte);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::relaxed;

    #[test]
    fn what_miners_write() {
        for (text, strict) in [
            ("{\"a\": 1, // one\n \"b\": [2, 3,],\n}", "{\"a\": 1 \n ,\"b\": [2 ,3]\n}"),
            ("/* top */ {\"u\": \"stratum+tcp://p.example:1\"}", "{\"u\": \"stratum+tcp://p.example:1\"}"),
            (
                "\"pool_list\" :\n[ {\"x\":1,}, ],\n\"c\": \"a,]\\\"\",\n",
                "{\"pool_list\" :\n[ {\"x\":1} ]\n,\"c\": \"a,]\\\"\"}",
            ),
            ("// all", ""),
            ("/* open", ""),
        ] {
            assert_eq!(String::from_utf8_lossy(&relaxed(text.as_bytes())), strict, "{text}");
        }
    }
}
