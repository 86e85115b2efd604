//! Lines that fit a terminal: widths of wide characters, wrapping in languages with and without spaces, columns.

use unicode_width::UnicodeWidthChar;

/// The columns a text takes; colour sequences take none.
#[must_use]
pub fn width(text: &str) -> usize {
    let mut columns = 0;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character == '\x1b' {
            // Only our own `ESC [ … m` can stand here: evidence is escaped.
            let _ = characters.by_ref().find(|end| *end == 'm');
        } else {
            columns += character.width().unwrap_or(0);
        }
    }
    columns
}

/// Breaks a text into lines of at most `columns`; the first begins with `first`, the others with `rest`.
///
/// Breaks are at spaces and beside wide characters. A word longer than a line stays whole, so that a wallet or a
/// hash can be copied.
#[must_use]
pub fn wrap(text: &str, first: &str, rest: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut used = width(first);
    let mut at_start = true;
    for piece in pieces(text) {
        let wanted = width(piece.trim_end_matches(' '));
        if !at_start && used + wanted > columns {
            lines.push(line.trim_end_matches(' ').to_owned());
            line = rest.to_owned();
            used = width(rest);
        }
        line.push_str(piece);
        used += width(piece);
        at_start = false;
    }
    lines.push(line.trim_end_matches(' ').to_owned());
    lines
}

/// A text padded with spaces to a width.
#[must_use]
pub(crate) fn pad(text: &str, columns: usize) -> String {
    let mut padded = text.to_owned();
    padded.extend(std::iter::repeat_n(' ', columns.saturating_sub(width(text))));
    padded
}

/// The pieces that must stay together, each with the spaces after it.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    let mut quoted_to = 0;
    for (at, character) in text.char_indices() {
        if at >= quoted_to && before.is_some_and(|left| may_break(left, character)) {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(character);
        if character == '`' && at >= quoted_to {
            quoted_to = end_of_quote(text, at).unwrap_or(quoted_to);
        }
    }
    if start < text.len() {
        pieces.push(&text[start..]);
    }
    pieces
}

/// The end of a short command in backquotes, which stays in one piece: it is to be copied.
fn end_of_quote(text: &str, at: usize) -> Option<usize> {
    const LONGEST: usize = 32;
    let length = text[at + 1..].bytes().take(LONGEST).position(|byte| byte == b'`')?;
    Some(at + 1 + length + 1)
}

fn may_break(left: char, right: char) -> bool {
    if right == ' ' || closes(right) || opens(left) || is_one_word(left, right) {
        return false;
    }
    left == ' ' || is_wide(left) || is_wide(right)
}

/// Words of two characters that are hard to read in two pieces.
const fn is_one_word(left: char, right: char) -> bool {
    matches!(
        (left, right),
        ('份', '额')
            | ('矿', '池' | '机' | '工')
            | ('挖', '矿')
            | ('算', '力')
            | ('钱', '包')
            | ('主', '机')
            | ('币', '种')
            | ('接', '受')
            | ('拒', '绝')
            | ('提', '交')
    )
}

fn is_wide(character: char) -> bool {
    character.width() == Some(2)
}

/// What may not begin a line (Chinese typesetting, GB/T 15834), and our own dot between the parts of a list.
const fn closes(character: char) -> bool {
    matches!(
        character,
        '，' | '。'
            | '；'
            | '：'
            | '、'
            | '！'
            | '？'
            | '）'
            | '】'
            | '》'
            | '”'
            | '’'
            | '—'
            | '·'
            | ','
            | '.'
            | ';'
            | ':'
            | ')'
    )
}

/// What may not end a line.
const fn opens(character: char) -> bool {
    matches!(character, '（' | '【' | '《' | '“' | '‘' | '(')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_hang() {
        assert_eq!(wrap("one two three four", "- ", "  ", 11), ["- one two", "  three", "  four"]);
        assert_eq!(wrap("", "- ", "  ", 11), ["-"]);
    }

    /// Eleven columns hold five wide characters; a full stop never begins a line.
    #[test]
    fn chinese_breaks_between_characters_but_not_before_punctuation() {
        assert_eq!(wrap("没有看见什么。完", "", "", 11), ["没有看见什", "么。完"]);
        assert_eq!(wrap("没有看见什么。完", "", "", 12), ["没有看见什", "么。完"]);
    }

    #[test]
    fn a_word_of_two_characters_stays_whole_and_no_line_begins_with_a_dot() {
        assert_eq!(wrap("有十四个份额", "", "", 11), ["有十四个", "份额"]);
        assert_eq!(wrap("one · two", "", "", 6), ["one ·", "two"]);
    }

    #[test]
    fn a_command_in_backquotes_stays_whole() {
        assert_eq!(wrap("use `ss -tnp` now", "", "", 8), ["use", "`ss -tnp`", "now"]);
        assert_eq!(wrap("an odd ` mark at the end", "", "", 8), ["an odd `", "mark at", "the end"]);
    }

    #[test]
    fn a_long_word_stays_whole_and_colour_takes_no_room() {
        assert_eq!(wrap("a 0123456789abcdef b", "", "", 8), ["a", "0123456789abcdef", "b"]);
        assert_eq!(width("\x1b[1m\x1b[31m矿池\x1b[0m x"), 6);
    }
}
