//! Texts, line by line, for the readers of texts.

use crate::Source;
use parse::text::line::Lines;

/// Bytes asked for at once.
const READ: usize = 1 << 16;

/// A text that is being read.
#[derive(Default)]
pub(crate) struct Text {
    lines: Lines,
    buffer: Vec<u8>,
}

impl Text {
    /// Reads on and hands over each line with its number. Says whether there may be more.
    pub(crate) fn step(&mut self, source: &mut Source, each: &mut dyn FnMut(u64, &str)) -> bool {
        self.buffer.resize(READ, 0);
        let got = source.fill(&mut self.buffer);
        self.lines.push(self.buffer.get(..got).unwrap_or_default(), each);
        if source.ended() || got == 0 {
            self.lines.finish(each);
            return false;
        }
        true
    }

    /// Lines that were cut because they were too long.
    pub(crate) fn cut(&self) -> u64 {
        self.lines.cut()
    }
}

/// The first bytes as text, without a last line that may be cut; `None` for what is no text.
pub(crate) fn beginning(head: &[u8]) -> Option<String> {
    const WHOLE: usize = 60 << 10;
    if head.is_empty() || head.contains(&0) {
        return None;
    }
    let end = match head.iter().rposition(|byte| *byte == b'\n') {
        Some(end) if head.len() >= WHOLE => end,
        _ => head.len(),
    };
    let lines = head.get(..end).unwrap_or(head).split(|byte| *byte == b'\n');
    Some(lines.map(parse::text::line::plain).collect::<Vec<_>>().join("\n"))
}
