//! Files of sections and keys: systemd units, desktop entries, D-Bus services, plugins of yum and dnf, git
//! configuration.
//!
//! Grammar: systemd.syntax(7): `[Section]`, `Key=value`, `#` and `;` comments, a backslash at the end of a line joins it
//! with the next (a comment between them is skipped). systemd.service(5), COMMAND LINES: prefixes `@ - : + !`, commands
//! parted by a lone `;`, quotes as in a shell. Desktop Entry Specification 1.5; D-Bus specification; git-config(1).

use super::shell;

/// One key and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The line where it begins, from 1.
    pub line: u64,
    /// The section it stands in, without brackets.
    pub section: String,
    /// The key.
    pub key: String,
    /// The value, joined lines parted by a blank.
    pub value: String,
}

/// Longest value, all its lines together.
const VALUE: usize = 64 * 1024;

/// The settings of a file, in order.
#[must_use]
pub fn settings(text: &str) -> Vec<Setting> {
    let (mut found, mut section) = (Vec::new(), String::new());
    let mut open: Option<Setting> = None;
    for (line, number) in text.split('\n').zip(1..) {
        let line = line.trim();
        if line.starts_with(['#', ';']) {
            continue;
        }
        if let Some(mut setting) = open.take() {
            let goes_on = push(&mut setting.value, line);
            close_or_keep(setting, goes_on, &mut open, &mut found);
        } else if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name.trim().to_owned();
        } else if let Some((key, value)) = line.split_once('=') {
            let mut setting = Setting {
                line: number,
                section: section.clone(),
                key: key.trim().to_owned(),
                value: String::new(),
            };
            let goes_on = push(&mut setting.value, value.trim_start());
            close_or_keep(setting, goes_on, &mut open, &mut found);
        }
    }
    found.extend(open);
    found
}

fn close_or_keep(setting: Setting, goes_on: bool, open: &mut Option<Setting>, found: &mut Vec<Setting>) {
    if goes_on {
        *open = Some(setting);
    } else {
        found.push(setting);
    }
}

/// Adds a line to a value. Says whether the next one belongs to it too.
fn push(value: &mut String, line: &str) -> bool {
    let (line, goes_on) = line.strip_suffix('\\').map_or((line, false), |line| (line.trim_end(), true));
    if value.len() + line.len() < VALUE {
        if !value.is_empty() {
            value.push(' ');
        }
        value.push_str(line);
    }
    goes_on
}

/// A command of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exec {
    /// Its words, the program first.
    pub words: Vec<String>,
    /// That it fails does not matter.
    pub may_fail: bool,
}

/// The commands of an `Exec…=` value.
#[must_use]
pub fn commands(value: &str) -> Vec<Exec> {
    let words = shell::words(value);
    let each = words.split(|word| word == ";").filter_map(|words| {
        let (first, rest) = words.split_first()?;
        let program = first.trim_start_matches(['@', '-', ':', '+', '!', '|']);
        let prefix = &first[..first.len() - program.len()];
        // With `@` the second word is what the program is called.
        let rest = if prefix.contains('@') { rest.get(1..).unwrap_or_default() } else { rest };
        let words: Vec<String> = [&[program.to_owned()], rest].concat();
        (!program.is_empty()).then(|| Exec { words, may_fail: prefix.contains('-') })
    });
    each.collect()
}

/// `NAME=value` words of an `Environment=` value.
pub fn environment(value: &str) -> impl Iterator<Item = (String, String)> {
    let words = shell::words(value).into_iter();
    words.filter_map(|word| word.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned())))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    #[test]
    fn sections_and_lines_that_go_on() {
        let text = "[Unit]\n# c\nDescription = a b\n[Service]\nExecStart=/a \\\n# between\n  -b \\\n -c\nUser=x\n=y\nnoise\n";
        let found: Vec<_> = settings(text)
            .into_iter()
            .map(|one| format!("{} {}.{}={}", one.line, one.section, one.key, one.value))
            .collect();
        assert_eq!(
            found,
            ["3 Unit.Description=a b", "5 Service.ExecStart=/a -b -c", "9 Service.User=x", "10 Service.=y"]
        );
    }

    #[test]
    fn commands_and_their_prefixes() {
        let found = commands("-@/bin/a name 'b c' ; +!/bin/d \"e\"");
        assert_eq!(found[0].words, ["/bin/a", "b c"]);
        assert!(found[0].may_fail && !found[1].may_fail);
        assert_eq!(found[1].words, ["/bin/d", "e"]);
        assert_eq!(commands(""), []);
        let set: Vec<_> = environment("\"LD_PRELOAD=/a b.so\" C=d e").collect();
        assert_eq!(set, [("LD_PRELOAD".into(), "/a b.so".into()), ("C".into(), "d".into())]);
    }
}
