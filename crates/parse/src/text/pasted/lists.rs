//! `systemctl` and `last`, and the prompt before a command.
//!
//! Sources: systemd `src/systemctl/systemctl-list-units.c`; util-linux `login-utils/last.c`.

use super::Row;

/// A row of `systemctl`.
pub(super) fn unit(line: &str) -> Row {
    let ends = ["LOAD ", "ACTIVE ", "SUB ", "To show all", "Legend:"];
    if ends.iter().any(|begin| line.starts_with(begin)) || line.contains(" loaded units listed") {
        return Row::Familiar;
    }
    let mut words = line.split_whitespace().filter(|word| !["●", "*", "○", "×"].contains(word));
    let (Some(name), Some(load), Some(_), Some(sub)) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return Row::Unread;
    };
    let loads = ["loaded", "not-found", "masked", "error", "bad-setting", "merged", "stub"];
    if !loads.contains(&load) || !name.contains('.') {
        return Row::Unread;
    }
    let description = words.collect::<Vec<_>>().join(" ");
    Row::Unit { name: name.to_owned(), sub: sub.to_owned(), description }
}

/// A row of `last`.
pub(super) fn login(line: &str) -> Row {
    let words: Vec<&str> = line.split_whitespace().take(32).collect();
    if line.starts_with("wtmp begins") || line.starts_with("btmp begins") {
        return Row::Familiar;
    }
    let day = |word: &&str| ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].contains(word);
    let time = |word: &&str| word.len() >= 5 && word.as_bytes().get(2) == Some(&b':');
    let fits =
        words.iter().take(6).position(day).is_some_and(|at| at >= 2 && words.iter().skip(at).any(time));
    if fits { Row::Login } else { Row::Unread }
}

/// Whether a text is what `last` prints.
pub(super) fn is_last(text: &str) -> bool {
    let mut rows = 0;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match login(line) {
            Row::Login => rows += 1,
            Row::Familiar => {}
            _ => return false,
        }
    }
    rows >= 2
}

/// The machine's name in a prompt: `user@name:~$ ps`, `[user@name ~]# top`.
pub(super) fn prompt(line: &str) -> Option<&str> {
    let start = line.trim_start().trim_start_matches('[');
    let (user, rest) = start.split_once('@')?;
    let plain = |text: &str| {
        !text.is_empty()
            && text.len() <= 64
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    let end = rest.find([':', ' ', ']'])?;
    let (name, behind) = rest.split_at_checked(end)?;
    let sign = behind.find(['$', '#', '%']).filter(|at| *at <= 80)?;
    let closes = behind.get(sign + 1..).is_some_and(|text| text.is_empty() || text.starts_with(' '));
    (plain(user) && plain(name) && closes).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows() {
        let row = unit("● x.service   loaded    failed   failed    What it is");
        assert_eq!(
            row,
            Row::Unit { name: "x.service".into(), sub: "failed".into(), description: "What it is".into() }
        );
        assert_eq!(unit("228 loaded units listed. Pass --all"), Row::Familiar);
        assert_eq!(unit("something else"), Row::Unread);
        assert_eq!(login("a  pts/0  192.0.2.1  Thu Aug 15 10:58 - 11:56  (00:58)"), Row::Login);
        assert_eq!(
            login("reboot   system boot  3.10.0-957.el7.x Thu Aug 15 10:57 - 11:56  (00:59)"),
            Row::Login
        );
        assert_eq!(login("see you on Thu Aug 15"), Row::Unread);
        for (line, name) in [
            ("root@web-3:~# ps aux", Some("web-3")),
            ("[me@db.example ~]$ top -b", Some("db.example")),
            ("mail me@example.org: now", None),
            ("a@b", None),
        ] {
            assert_eq!(prompt(line), name, "{line}");
        }
    }
}
