//! Histories of shells.
//!
//! Sources: bash(1), `HISTTIMEFORMAT` and `history_comment_character` (a line `#SECONDS` before each command); zshoptions(1),
//! `EXTENDED_HISTORY` (`: SECONDS:DURATION;COMMAND`); zsh `Src/hist.c` (`savehistfile`: a line break inside a command is
//! `\` and a line break) and `Src/utils.c` (`metafy`: 0x83, then the byte with bit 5 turned over).

/// Longest command kept.
const COMMAND: usize = 4096;

/// A command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// Its first line, from 1.
    pub line: u64,
    /// When, where that is kept.
    pub secs: Option<i64>,
    /// The command; bytes that are no UTF-8 replaced.
    pub text: String,
}

/// Hands over every command of a history, of either shell.
pub fn commands(text: &[u8], found: &mut dyn FnMut(Command)) {
    let mut lines = text.split(|&byte| byte == b'\n').zip(1u64..).peekable();
    let mut stamp = None;
    while let Some((line, number)) = lines.next() {
        if let Some(secs) = bash_stamp(line) {
            stamp = Some(secs);
            continue;
        }
        let (secs, first) = match zsh_stamp(line) {
            Some((secs, rest)) => (Some(secs), rest),
            None => (stamp.take(), line),
        };
        let mut command = Vec::new();
        push(&mut command, first);
        // zsh goes on behind a backslash. bash, where it stamps, goes on until the next stamp: read as commands of
        // their own, which is what the lines of a loop or a here document mean to a reader.
        while command.last() == Some(&b'\\') && command.len() < COMMAND && zsh_stamp(line).is_some() {
            let Some((next, _)) = lines.next() else { break };
            command.pop();
            command.push(b'\n');
            push(&mut command, next);
        }
        // A byte 0x83 may be the second of a letter where nothing is hidden.
        let plain = match std::str::from_utf8(&command) {
            Err(_) if command.contains(&META) => unmetafied(&command),
            _ => command,
        };
        let text = String::from_utf8_lossy(&plain).trim().to_owned();
        if !text.is_empty() {
            found(Command { line: number, secs, text });
        }
    }
}

fn push(command: &mut Vec<u8>, line: &[u8]) {
    let room = COMMAND.saturating_sub(command.len());
    command.extend_from_slice(line.get(..room).unwrap_or(line));
}

/// `#1700000000`
fn bash_stamp(line: &[u8]) -> Option<i64> {
    seconds(line.strip_prefix(b"#")?)
}

/// `: 1700000000:0;`
fn zsh_stamp(line: &[u8]) -> Option<(i64, &[u8])> {
    let rest = line.strip_prefix(b": ")?;
    let colon = rest.iter().position(|&byte| byte == b':')?;
    let (secs, rest) = (seconds(rest[..colon].trim_ascii())?, &rest[colon + 1..]);
    let semicolon = rest.iter().position(|&byte| byte == b';')?;
    let lasted = rest[..semicolon].iter().all(u8::is_ascii_digit);
    lasted.then(|| (secs, &rest[semicolon + 1..]))
}

/// Nine or ten digits: from 1973 to 2286.
fn seconds(digits: &[u8]) -> Option<i64> {
    let is_stamp = (9..=10).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit);
    is_stamp.then(|| std::str::from_utf8(digits).ok()?.parse().ok()).flatten()
}

const META: u8 = 0x83;

fn unmetafied(text: &[u8]) -> Vec<u8> {
    let (mut plain, mut bytes) = (Vec::with_capacity(text.len()), text.iter().copied());
    while let Some(byte) = bytes.next() {
        match byte {
            META => plain.extend(bytes.next().map(|byte| byte ^ 32)),
            byte => plain.push(byte),
        }
    }
    plain
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let lines = data.split(|&byte| byte == b'\n').count() as u64;
    let mut last = 0;
    commands(data, &mut |command| {
        assert!(command.line > last && command.line <= lines, "commands come in order");
        // A byte that is no UTF-8 becomes three.
        assert!(!command.text.is_empty() && command.text.len() <= 3 * (COMMAND + 1), "commands are bounded");
        last = command.line;
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Vec<(u64, Option<i64>, String)> {
        let mut found = Vec::new();
        commands(text, &mut |command| found.push((command.line, command.secs, command.text)));
        found
    }

    #[test]
    fn bash_with_and_without_times() {
        let found = read(b"ls -la\n\n#1700000000\ncrontab -e\n#not a time\ndf\n");
        let expected = [
            (1, None, "ls -la".to_owned()),
            (4, Some(1_700_000_000), "crontab -e".to_owned()),
            (5, None, "#not a time".to_owned()),
            (6, None, "df".to_owned()),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn zsh_with_times_and_lines_that_go_on() {
        let found =
            read(b": 1700000000:0;for x in 1 2; do\\\necho $x\\\ndone\n: 1700000009:12;make\nplain\n");
        let expected = [
            (1, Some(1_700_000_000), "for x in 1 2; do\necho $x\ndone".to_owned()),
            (4, Some(1_700_000_009), "make".to_owned()),
            (5, None, "plain".to_owned()),
        ];
        assert_eq!(found, expected);
    }

    /// U+9080 is e9 82 80; zsh writes 0x80 to 0xa2 and 0x83 as two bytes.
    #[test]
    fn zsh_hides_some_bytes() {
        assert_eq!(read(b": 1700000000:0;echo \xe9\x83\xa2\x83\xa0\n")[0].2, "echo \u{9080}");
    }
}
