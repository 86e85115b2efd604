//! Keeps of a large JSON body what says something: long strings are cut, deep parts emptied, as the bytes arrive.
//!
//! A block template holds megabytes of transactions and `submitblock` a whole block, but the fields that tell what
//! they are stand near the root. Memory stays small whatever a peer sends.

/// Longest string kept, in bytes; an even number, so that hexadecimal text stays hexadecimal text.
const STRING_LIMIT: usize = 8192;

/// Depth from which brackets are kept but not what is in them: root, result, list of transactions, transaction.
const DEPTH_LIMIT: u32 = 4;

/// Most bytes kept of one body.
pub const KEPT_LIMIT: usize = 256 * 1024;

/// Takes a body in pieces.
#[derive(Debug, Clone, Default)]
pub struct Squeezer {
    kept: Vec<u8>,
    depth: u32,
    string: Option<usize>,
    escaped: bool,
    full: bool,
}

impl Squeezer {
    /// What is kept so far.
    #[must_use]
    pub fn kept(&self) -> &[u8] {
        &self.kept
    }

    /// Whether the body was longer than what can be kept.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.full
    }

    /// Takes the next bytes.
    pub fn push(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() && !self.full {
            bytes = match self.string {
                Some(length) => self.in_string(bytes, length),
                None => self.outside(bytes),
            };
        }
    }

    fn in_string<'a>(&mut self, bytes: &'a [u8], length: usize) -> &'a [u8] {
        if self.escaped {
            self.escaped = false;
            // An escape is kept whole or not at all.
            if length < STRING_LIMIT {
                self.keep(&bytes[..1]);
            }
            self.string = Some(length + 1);
            return &bytes[1..];
        }
        let end = memchr::memchr2(b'"', b'\\', bytes).unwrap_or(bytes.len());
        let fits = STRING_LIMIT.saturating_sub(length).min(end);
        self.keep(&bytes[..fits]);
        let length = length.saturating_add(end);
        match bytes.get(end) {
            None => self.string = Some(length),
            Some(b'"') => {
                self.keep(b"\"");
                self.string = None;
            }
            Some(_) => {
                self.escaped = true;
                if length < STRING_LIMIT {
                    self.keep(b"\\");
                }
                self.string = Some(length);
            }
        }
        bytes.get(end + 1..).unwrap_or_default()
    }

    fn outside<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        let end = bytes
            .iter()
            .position(|byte| matches!(byte, b'"' | b'{' | b'[' | b'}' | b']'))
            .unwrap_or(bytes.len());
        self.keep(&bytes[..end]);
        let Some(byte) = bytes.get(end) else { return &[] };
        match byte {
            b'"' => {
                self.keep(b"\"");
                self.string = Some(0);
            }
            b'{' | b'[' => {
                self.keep(&[*byte]);
                self.depth = self.depth.saturating_add(1);
            }
            _ => {
                self.depth = self.depth.saturating_sub(1);
                self.keep(&[*byte]);
            }
        }
        &bytes[end + 1..]
    }

    fn keep(&mut self, bytes: &[u8]) {
        // Of the deepest bracket that is kept only the bracket itself remains: `{}`.
        if self.depth >= DEPTH_LIMIT {
            return;
        }
        if self.kept.len().saturating_add(bytes.len()) > KEPT_LIMIT {
            self.full = true;
            return;
        }
        self.kept.extend_from_slice(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squeezed(text: &str, size: usize) -> String {
        let mut squeezer = Squeezer::default();
        text.as_bytes().chunks(size).for_each(|piece| squeezer.push(piece));
        String::from_utf8_lossy(squeezer.kept()).into_owned()
    }

    #[test]
    fn transactions_vanish_and_fields_stay() {
        let body =
            r#"{"result":{"transactions":[{"data":"00","depends":[1]},{"x":{}}],"height":5},"id":"a\"b"}"#;
        let kept = r#"{"result":{"transactions":[{},{}],"height":5},"id":"a\"b"}"#;
        for size in [1, 2, 7, 1000] {
            assert_eq!(squeezed(body, size), kept, "in pieces of {size}");
        }
    }

    #[test]
    fn long_strings_are_cut() {
        let body = format!(r#"{{"method":"submitblock","params":["{}"]}}"#, "ab".repeat(1 << 20));
        let kept = squeezed(&body, 1460);
        assert!(kept.len() < 9000 && kept.ends_with(r#"ab"]}"#), "{}", kept.len());
        let escapes = squeezed(&format!(r#"{{"a":"{}","b":1}}"#, r"\n".repeat(9000)), 11);
        assert!(escapes.ends_with(r#"\n","b":1}"#), "no half escape at the cut");
    }
}
