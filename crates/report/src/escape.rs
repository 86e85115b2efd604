//! Text from evidence made safe to show: what could steer a terminal or turn the reading order is made visible.
//!
//! Sources: ECMA-48 (C0, C1, ESC); Unicode 16 `Default_Ignorable_Code_Point` and `Bidi_Control`; "Trojan Source"
//! (CVE-2021-42574). A backslash that stands in the evidence stays as it is, so escaping twice changes nothing.

use std::fmt::Write as _;

/// The longest piece of evidence shown inside a sentence, in characters.
pub const SENTENCE_CHARS: usize = 400;
/// The longest value shown by itself, in characters: the longest login that is kept is 1 KiB.
pub const VALUE_CHARS: usize = 2048;

/// Text with everything invisible or steering shown as `\t`, `\x1b`, `\u{202e}` …, at most `most` characters and `…`.
#[must_use]
pub fn text(raw: &str, most: usize) -> String {
    let mut safe = String::with_capacity(raw.len().min(most));
    let mut taken = 0usize;
    for character in raw.chars() {
        let before = safe.len();
        push(&mut safe, character);
        taken += safe[before..].chars().count();
        if taken > most {
            safe.truncate(before);
            safe.push('…');
            break;
        }
    }
    safe
}

/// Bytes that ought to be UTF-8: what is not appears as `\xNN`.
#[must_use]
pub fn bytes(raw: &[u8], most: usize) -> String {
    let mut visible = String::new();
    for chunk in raw.get(..most.saturating_mul(4)).unwrap_or(raw).utf8_chunks() {
        visible.push_str(chunk.valid());
        for byte in chunk.invalid() {
            // Writing into a `String` cannot fail.
            let _ = write!(visible, "\\x{byte:02x}");
        }
    }
    text(&visible, most)
}

/// Whether a character must never reach a terminal or a reader unseen.
#[must_use]
pub fn is_unsafe(character: char) -> bool {
    character.is_control() || is_separator(character) || is_bidi_control(character) || is_invisible(character)
}

fn push(safe: &mut String, character: char) {
    match character {
        '\t' => safe.push_str("\\t"),
        '\n' => safe.push_str("\\n"),
        '\r' => safe.push_str("\\r"),
        // Writing into a `String` cannot fail.
        _ if character.is_ascii_control() => drop(write!(safe, "\\x{:02x}", u32::from(character))),
        _ if is_unsafe(character) => drop(write!(safe, "\\u{{{:x}}}", u32::from(character))),
        _ => safe.push(character),
    }
}

/// LINE SEPARATOR, PARAGRAPH SEPARATOR.
const fn is_separator(character: char) -> bool {
    matches!(character, '\u{2028}' | '\u{2029}')
}

/// `Bidi_Control=Yes`.
const fn is_bidi_control(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `Default_Ignorable_Code_Point=Yes` (soft hyphen, zero-width, fillers, variation selectors, tags), and the
/// interlinear annotations.
const fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Each expected text is the code point written by hand.
    #[test]
    fn what_steers_is_shown_and_what_reads_stays() {
        assert_eq!(text("\x1b]0;owned\x07 rig\u{9b}2J", 99), r"\x1b]0;owned\x07 rig\u{9b}2J");
        assert_eq!(text("a\u{202e}b\u{2066}c\u{200f}d\u{61c}", 99), r"a\u{202e}b\u{2066}c\u{200f}d\u{61c}");
        assert_eq!(text("one\ntwo\r\tthree\u{2028}", 99), r"one\ntwo\r\tthree\u{2028}");
        assert_eq!(text("p\u{200b}o\u{feff}ol\u{7f}", 99), r"p\u{200b}o\u{feff}ol\x7f");
        assert_eq!(text("矿池 café C:\\miner", 99), "矿池 café C:\\miner");
        assert_eq!(bytes(b"ok \xff\xc0 \xe7\x9f\xbf", 99), r"ok \xff\xc0 矿");
    }

    #[test]
    fn long_text_is_cut_and_says_so() {
        assert_eq!(text("abcdef", 6), "abcdef");
        assert_eq!(text("abcdefg", 6), "abcdef…");
        // An escape is shown whole or not at all.
        assert_eq!(text("abc\u{202e}", 6), "abc…");
    }

    proptest! {
        #[test]
        fn nothing_unsafe_is_left(raw in "\\PC*|[\\x00-\\x1f\\x7f-\\x9f\u{200b}-\u{206f}\u{e0000}-\u{e007f}]*|.{0,40}", most in 0usize..60) {
            let safe = text(&raw, most);
            prop_assert!(!safe.chars().any(is_unsafe), "{safe:?}");
            prop_assert!(safe.chars().count() <= most + 1);
            prop_assert_eq!(text(&safe, usize::MAX), safe.clone());
        }

        #[test]
        fn bytes_are_safe_too(raw in proptest::collection::vec(any::<u8>(), 0..80)) {
            prop_assert!(!bytes(&raw, 400).chars().any(is_unsafe));
        }
    }
}
