//! A Rust file as the checks see it: code without comments and literals, and which lines are tests.
//!
//! This is a lexer of a hundred lines, not a parser: enough to tell a word in code from the same word in a comment,
//! and a test module from what ships. Positions never move: what is blanked becomes spaces.

use std::ops::Range;

/// One file, prepared.
#[derive(Debug)]
pub(crate) struct Source<'t> {
    /// The file as it is.
    pub(crate) text: &'t str,
    /// The same length, with comments and the contents of literals replaced by spaces.
    pub(crate) code: String,
    tests: Vec<Range<usize>>,
}

impl<'t> Source<'t> {
    /// Prepares one file. `path` decides whether all of it is test code (`tests/…`, `…/tests.rs`, `…_tests.rs`, `benches/…`).
    pub(crate) fn new(path: &str, text: &'t str) -> Self {
        let code = blank(text);
        let whole = path.ends_with("/tests.rs")
            || path.ends_with("_tests.rs")
            || path.split('/').any(|part| part == "tests" || part == "benches")
            || code.contains("#![cfg(test)]");
        let tests = if whole { std::iter::once(0..text.len()).collect() } else { test_items(&code) };
        Source { text, code, tests }
    }

    /// Whether the byte at this place belongs to a test.
    pub(crate) fn is_test(&self, at: usize) -> bool {
        self.tests.iter().any(|range| range.contains(&at))
    }

    /// The line number, counted from one, of a byte.
    pub(crate) fn line(&self, at: usize) -> usize {
        self.text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
    }

    /// How many lines ship and how many are tests.
    pub(crate) fn lines(&self) -> (usize, usize) {
        let (mut shipped, mut tests, mut at) = (0, 0, 0);
        for line in self.text.split_inclusive('\n') {
            if self.is_test(at) {
                tests += 1
            } else {
                shipped += 1
            }
            at += line.len();
        }
        (shipped, tests)
    }

    /// Where a word stands in code that ships. A word of letters matches whole identifiers only.
    pub(crate) fn shipped_words<'s>(&'s self, word: &'s str) -> impl Iterator<Item = usize> + 's {
        words(&self.code, word).filter(|at| !self.is_test(*at))
    }

    /// The paths named by `use` declarations, groups opened: `use std::{fs, io::Read}` names two. With their places.
    pub(crate) fn uses(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        for at in words(&self.code, "use") {
            let tree = self.code[at + 3..].split(';').next().unwrap_or_default();
            open_group("", tree, at, &mut found);
        }
        found
    }
}

/// Whole-word occurrences in blanked code.
pub(crate) fn words<'s>(code: &'s str, word: &'s str) -> impl Iterator<Item = usize> + 's {
    let is_word = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    let bytes = code.as_bytes();
    code.match_indices(word).map(|(at, _)| at).filter(move |at| {
        let open =
            is_word(word.as_bytes().first()) && at.checked_sub(1).is_some_and(|at| is_word(bytes.get(at)));
        let close = is_word(word.as_bytes().last()) && is_word(bytes.get(at + word.len()));
        !open && !close
    })
}

/// Opens one level of a `use` tree after another.
fn open_group(prefix: &str, tree: &str, at: usize, found: &mut Vec<(usize, String)>) {
    let Some((head, group)) = tree.split_once('{') else {
        let path: String = tree.split(" as ").next().unwrap_or_default().split_whitespace().collect();
        if !path.is_empty() {
            found.push((at, format!("{prefix}{path}")));
        }
        return;
    };
    let prefix = format!("{prefix}{}", head.split_whitespace().collect::<String>());
    let group = group.rsplit_once('}').map_or(group, |(inside, _)| inside);
    let (mut depth, mut begin) = (0usize, 0);
    for (index, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                open_group(&prefix, &group[begin..index], at, found);
                begin = index + 1;
            }
            _ => {}
        }
    }
    open_group(&prefix, &group[begin..], at, found);
}

/// The items under `#[cfg(test)]`: to the closing brace of the next block, or to the semicolon.
fn test_items(code: &str) -> Vec<Range<usize>> {
    let mut items = Vec::new();
    for (begin, _) in code.match_indices("#[cfg(test)]") {
        if items.last().is_some_and(|last: &Range<usize>| last.contains(&begin)) {
            continue;
        }
        let mut depth = 0usize;
        let mut end = code.len();
        for (index, byte) in code.bytes().enumerate().skip(begin) {
            match byte {
                b'{' | b'(' | b'[' => depth += 1,
                b'}' if depth <= 1 => {
                    end = index + 1;
                    break;
                }
                b'}' | b')' | b']' => depth = depth.saturating_sub(1),
                b';' if depth == 0 => {
                    end = index + 1;
                    break;
                }
                _ => {}
            }
        }
        items.push(begin..end);
    }
    items
}

/// Replaces comments and the contents of string and character literals by spaces; line breaks stay.
fn blank(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at] {
            b'/' if bytes.get(at + 1) == Some(&b'/') => line_end(bytes, at),
            b'/' if bytes.get(at + 1) == Some(&b'*') => block_comment_end(bytes, at),
            b'"' => string_end(bytes, at),
            b'r' if !continues_word(bytes, at) && raw_string_hashes(bytes, at).is_some() => {
                raw_string_end(bytes, at, raw_string_hashes(bytes, at).unwrap_or_default())
            }
            b'\'' => character_end(text, at),
            _ => {
                at += 1;
                continue;
            }
        };
        for byte in &mut out[at..end] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        at = end.max(at + 1);
    }
    String::from_utf8(out).unwrap_or_default()
}

fn continues_word(bytes: &[u8], at: usize) -> bool {
    // `br"…"` and `cr"…"` are raw strings too.
    let before = at.checked_sub(1).and_then(|at| bytes.get(at));
    let longer = at.checked_sub(2).and_then(|at| bytes.get(at));
    let is_word = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    is_word(before) && (!matches!(before, Some(b'b' | b'c')) || is_word(longer))
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |length| at + length)
}

fn block_comment_end(bytes: &[u8], mut at: usize) -> usize {
    let mut depth = 0usize;
    while at < bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            (b'/', Some(b'*')) => (depth, at) = (depth + 1, at + 2),
            (b'*', Some(b'/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at.min(bytes.len())
}

fn string_end(bytes: &[u8], mut at: usize) -> usize {
    at += 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn raw_string_hashes(bytes: &[u8], at: usize) -> Option<usize> {
    let hashes = bytes[at + 1..].iter().take_while(|byte| **byte == b'#').count();
    (bytes.get(at + 1 + hashes) == Some(&b'"')).then_some(hashes)
}

fn raw_string_end(bytes: &[u8], at: usize, hashes: usize) -> usize {
    let mut index = at + hashes + 2;
    while index < bytes.len() {
        let closes = bytes[index] == b'"'
            && bytes[index + 1..].iter().take(hashes).filter(|byte| **byte == b'#').count() == hashes;
        if closes {
            return index + 1 + hashes;
        }
        index += 1;
    }
    bytes.len()
}

/// The end of a character literal, or of nothing but the quote when it begins a lifetime.
fn character_end(text: &str, at: usize) -> usize {
    let mut after = text[at + 1..].char_indices();
    match after.next() {
        Some((_, '\\')) => {
            let rest = text.get(at + 3..).unwrap_or_default();
            rest.find('\'').map_or(at + 1, |length| at + 3 + length + 1)
        }
        Some((_, _)) => match after.next() {
            Some((length, '\'')) => at + 1 + length + 1,
            _ => at + 1,
        },
        None => at + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped(text: &str, word: &str) -> Vec<usize> {
        let source = Source::new("crates/x/src/a.rs", text);
        source.shipped_words(word).map(|at| source.line(at)).collect()
    }

    #[test]
    fn comments_and_literals_are_not_code() {
        let text = "// Instant\n/* Instant /* Instant */ */\nlet a = \"Instant \\\" Instant\";\nlet b = r#\"Instant\"#;\n\
                    let c = '\"'; let d = Instant;\nlet e: &'static str = br\"Instant\";\nlet f = '\\''; Instant\n";
        assert_eq!(shipped(text, "Instant"), [5, 7]);
    }

    #[test]
    fn a_word_is_a_whole_word() {
        assert_eq!(shipped("MyInstant Instantly Instant_\nstd::Instant", "Instant"), [2]);
    }

    #[test]
    fn test_modules_end_where_their_brace_does() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n  fn b() { Instant }\n}\nfn c() { Instant }\n";
        assert_eq!(shipped(text, "Instant"), [6]);
        assert_eq!(Source::new("crates/x/src/a.rs", text).lines(), (2, 4));
        assert_eq!(Source::new("crates/x/src/tests.rs", text).lines(), (0, 6));
    }

    #[test]
    fn use_groups_are_opened() {
        let source = Source::new("a.rs", "use std::{fs as files, io::{self, Read}};\nuse a::b;\n");
        let paths: Vec<String> = source.uses().into_iter().map(|(_, path)| path).collect();
        assert_eq!(paths, ["std::fs", "std::io::self", "std::io::Read", "a::b"]);
    }
}
