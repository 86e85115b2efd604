//! Lines of a text as they come: bounded, without the colours and movements of a terminal (ECMA-48 control sequences).

/// Longest line kept; what is longer is cut there.
pub const MOST: usize = 4096;

/// Lines out of pieces of any size.
#[derive(Debug, Default)]
pub struct Lines {
    part: Vec<u8>,
    number: u64,
    cut: u64,
}

impl Lines {
    /// Takes the next bytes and hands over each line that ends in them, with its number from 1.
    pub fn push(&mut self, bytes: &[u8], each: &mut dyn FnMut(u64, &str)) {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            let room = MOST.saturating_sub(self.part.len());
            self.cut += u64::from(piece.len() > room && self.part.len() < MOST);
            self.part.extend_from_slice(piece.get(..room).unwrap_or(piece));
            if piece.ends_with(b"\n") {
                self.end(each);
            }
        }
    }

    /// The text is over: the last line may have no end.
    pub fn finish(&mut self, each: &mut dyn FnMut(u64, &str)) {
        if !self.part.is_empty() {
            self.end(each);
        }
    }

    /// Lines that were cut because they were too long.
    #[must_use]
    pub const fn cut(&self) -> u64 {
        self.cut
    }

    fn end(&mut self, each: &mut dyn FnMut(u64, &str)) {
        self.number += 1;
        let line = plain(&self.part);
        self.part.clear();
        each(self.number, &line);
    }
}

/// The text of a line: escape sequences and control characters gone, tabs as blanks, the end trimmed.
#[must_use]
pub fn plain(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = String::from_utf8_lossy(bytes);
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\u{1b}' => match letters.next() {
                // A control sequence ends with a letter from `@` to `~`.
                Some('[') => while letters.next().is_some_and(|next| !('@'..='~').contains(&next)) {},
                // A command to the operating system ends with BEL, or with ESC and a backslash.
                Some(']') => {
                    while let Some(next) = letters.next() {
                        if next == '\u{7}' {
                            break;
                        }
                        if next == '\u{1b}' {
                            letters.next();
                            break;
                        }
                    }
                }
                _ => {}
            },
            '\t' => out.push(' '),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_out_of_pieces() {
        let text = b"\xef\xbb\xbfone\r\n\x1b[1;36mtwo\x1b[0m  \n\x1b]0;title\x07three\tfour\n\nlast";
        for size in [1, 2, 3, 7, text.len()] {
            let (mut lines, mut found) = (Lines::default(), Vec::new());
            let mut each = |number: u64, line: &str| found.push(format!("{number} {line}"));
            text.chunks(size).for_each(|piece| lines.push(piece, &mut each));
            lines.finish(&mut each);
            assert_eq!(found, ["1 one", "2 two", "3 three four", "4 ", "5 last"], "pieces of {size}");
        }
    }

    #[test]
    fn a_line_without_end_is_cut() {
        let (mut lines, mut lengths) = (Lines::default(), Vec::new());
        for _ in 0..100 {
            lines.push(&[b'x'; 1000], &mut |_, _| {});
        }
        lines.push(b"\nshort\n", &mut |_, line: &str| lengths.push(line.len()));
        assert_eq!((lengths, lines.cut()), (vec![MOST, 5], 1));
    }
}
