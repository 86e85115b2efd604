//! Tables of cron and anacron.
//!
//! Grammar: crontab(5) of vixie-cron and cronie: five fields or a word with `@`, in system tables a user, the command up
//! to the first `%` that no backslash precedes (what follows is its input). Spaces before a line are skipped; a line
//! `NAME = value` sets the environment. A user's own table has **no** column for the user. anacrontab(5): period,
//! delay, job, command.

/// Which columns a table has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Columns {
    /// Time, user, command: `/etc/crontab`, `/etc/cron.d`.
    WithUser,
    /// Time, command: a user's own table.
    WithoutUser,
    /// Period, delay, name, command.
    Anacron,
}

/// A line of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// It sets something in the environment of what follows.
    Sets {
        /// Which.
        name: String,
        /// To what.
        value: String,
    },
    /// It runs something.
    Job {
        /// When.
        when: String,
        /// As whom.
        user: Option<String>,
        /// What, as written.
        runs: String,
        /// What the shell gets to see of it.
        command: String,
    },
}

/// The lines of a table that do something, with their numbers.
pub fn lines(text: &str, columns: Columns) -> impl Iterator<Item = (u64, Line)> {
    text.split('\n').zip(1..).filter_map(move |(line, number)| Some((number, read(line, columns)?)))
}

fn read(line: &str, columns: Columns) -> Option<Line> {
    let line = line.trim_matches([' ', '\t', '\r']);
    if line.is_empty() || line.starts_with('#') {
        return None;
    }
    if let Some((name, value)) = assigned(line) {
        return Some(Line::Sets { name, value });
    }
    let fields = match columns {
        Columns::Anacron if line.starts_with('@') => 3,
        Columns::Anacron => 3,
        _ if line.starts_with('@') => 1,
        _ => 5,
    };
    let mut rest = line;
    let mut when = Vec::new();
    for _ in 0..fields {
        let (field, after) = field(rest)?;
        when.push(field);
        rest = after;
    }
    let when = match columns {
        Columns::Anacron => format!("every {} days", when.first()?),
        _ => when.join(" "),
    };
    if columns != Columns::Anacron && !is_time(&when) {
        return None;
    }
    let user = if columns == Columns::WithUser {
        let (user, after) = field(rest)?;
        rest = after;
        Some(user.to_owned())
    } else {
        None
    };
    let runs = rest.to_owned();
    let command = before_percent(rest);
    (!runs.is_empty()).then_some(Line::Job { when, user, runs, command })
}

/// Whether it is what cron takes for a time: digits, stars, names of months and days.
fn is_time(when: &str) -> bool {
    when.starts_with('@')
        || when.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" */,-?#~LWH".contains(&byte))
}

fn field(text: &str) -> Option<(&str, &str)> {
    let end = text.find([' ', '\t']).unwrap_or(text.len());
    let (field, rest) = text.split_at(end);
    (!field.is_empty()).then(|| (field, rest.trim_start_matches([' ', '\t'])))
}

/// `NAME = value`, the value perhaps in quotes.
fn assigned(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once('=')?;
    let name = name.trim().trim_matches(['"', '\'']);
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let value = value.trim().trim_matches(['"', '\'']);
    is_name.then(|| (name.to_owned(), value.to_owned()))
}

fn before_percent(text: &str) -> String {
    let mut command = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if letters.peek() == Some(&'%') => command.extend(letters.next()),
            '%' => break,
            _ => command.push(letter),
        }
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, columns: Columns) -> Vec<String> {
        let one = |(number, line)| match line {
            Line::Sets { name, value } => format!("{number}: {name}={value}"),
            Line::Job { when, user, command, .. } => {
                format!("{number}: {when} | {} | {command}", user.unwrap_or_default())
            }
        };
        lines(text, columns).map(one).collect()
    }

    #[test]
    fn tables_with_and_without_a_user() {
        let system = "# m h\nSHELL=/bin/sh\n17 *\t* * *\troot\tcd / && x\n@reboot root /opt/a\n";
        assert_eq!(
            shown(system, Columns::WithUser),
            ["2: SHELL=/bin/sh", "3: 17 * * * * | root | cd / && x", "4: @reboot | root | /opt/a"]
        );
        let own = "  */5 * * * mon-fri date +\\%s; x%in\n\"A\" = \"b\"\n@hourly /a b=c\nnot a table\n";
        assert_eq!(
            shown(own, Columns::WithoutUser),
            ["1: */5 * * * mon-fri |  | date +%s; x", "2: A=b", "3: @hourly |  | /a b=c"]
        );
        let anacron = "1 5 cron.daily run-parts /etc/cron.daily\n@monthly 15 m /opt/m\n";
        assert_eq!(
            shown(anacron, Columns::Anacron),
            ["1: every 1 days |  | run-parts /etc/cron.daily", "2: every @monthly days |  | /opt/m"]
        );
    }
}
