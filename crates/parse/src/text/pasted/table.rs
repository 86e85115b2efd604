//! Tables of processes: `ps` with any columns, `top`, `docker top`; and single rows of `top` without its head.
//!
//! Sources: procps `ps/output.c` (heads of columns), `top/top.c`; busybox `procps/top.c`.

/// A process as a table lists it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Listed {
    /// Its number.
    pub pid: Option<u32>,
    /// Its parent's number.
    pub parent: Option<u32>,
    /// Its user, as written.
    pub user: Option<String>,
    /// What it takes now, in thousandths of a processor (`top`).
    pub observed: Option<u32>,
    /// What it took since it began, in thousandths of a processor (`ps`).
    pub since_start: Option<u32>,
    /// Seconds of a processor taken since it began.
    pub seconds: Option<u64>,
    /// Nice value.
    pub nice: Option<i32>,
    /// Its program's name.
    pub name: String,
    /// Its arguments, parted at blanks. Empty for a thread of the kernel.
    pub command: Vec<String>,
}

/// What a column of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Pid,
    Parent,
    User,
    Observed,
    SinceStart,
    Time,
    Nice,
    /// A date of five words (`lstart`) or one.
    Started,
    Other,
}

/// The columns before the last, which is the command.
#[derive(Debug, Clone)]
pub(super) struct Columns(Vec<Column>);

impl Columns {
    /// The columns of a head; `None` if it is none.
    pub(super) fn of(words: &[&str]) -> Option<Columns> {
        let (last, before) = words.split_last()?;
        let is_top = before.contains(&"TIME+") || before.contains(&"%VSZ");
        if !["COMMAND", "CMD", "ARGS"].contains(last) || !before.contains(&"PID") || before.len() > 32 {
            return None;
        }
        let column = |word: &&str| match *word {
            "PID" => Column::Pid,
            "PPID" => Column::Parent,
            "USER" | "UID" | "RUSER" | "EUSER" | "UNAME" => Column::User,
            "%CPU" | "CPU%" | "C" if !is_top => Column::SinceStart,
            "%CPU" => Column::Observed,
            "TIME" | "TIME+" => Column::Time,
            "NI" => Column::Nice,
            "STARTED" => Column::Started,
            _ => Column::Other,
        };
        Some(Columns(before.iter().map(column).collect()))
    }

    /// Reads a row.
    pub(super) fn row(&self, line: &str) -> Option<Listed> {
        let mut listed = Listed::default();
        let mut rest = line.trim_start();
        for column in &self.0 {
            let (word, behind) = next_word(rest)?;
            rest = behind;
            match column {
                Column::Pid => listed.pid = Some(word.parse().ok()?),
                Column::Parent => listed.parent = word.parse().ok(),
                Column::User => listed.user = Some(word.to_owned()),
                Column::Observed => listed.observed = Some(thousandths(word)?),
                Column::SinceStart => listed.since_start = Some(thousandths(word)?),
                Column::Time => listed.seconds = seconds(word),
                Column::Nice => listed.nice = word.parse().ok(),
                Column::Started => {
                    if ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].contains(&word) {
                        for _ in 0..4 {
                            rest = next_word(rest)?.1;
                        }
                    }
                }
                Column::Other => {}
            }
        }
        with_command(listed, rest)
    }
}

/// A row of `top` by its form alone: `[PID] USER PR NI VIRT RES SHR S %CPU %MEM TIME+ COMMAND`.
pub(super) fn headless(line: &str) -> Option<Listed> {
    let words: Vec<&str> = line.split_whitespace().take(64).collect();
    let has_pid = words.first()?.parse::<u32>().is_ok();
    let at = usize::from(has_pid);
    let word = |index: usize| words.get(at + index).copied();
    let number = |index: usize| word(index).is_some_and(|text| text.parse::<i32>().is_ok());
    let size = |index: usize| {
        word(index).is_some_and(|text| {
            text.trim_end_matches(['k', 'm', 'g', 't', 'p']).parse::<f64>().is_ok_and(|size| size >= 0.0)
        })
    };
    let user =
        word(0).filter(|user| user.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_'))?;
    let state = word(6).is_some_and(|state| state.len() == 1 && "RSDTtZXI".contains(state));
    let fits = (number(1) || word(1) == Some("rt")) && number(2) && (3..=5).all(size) && state;
    let time = word(9).filter(|time| time.contains(':')).and_then(seconds)?;
    let listed = Listed {
        pid: words.first().filter(|_| has_pid).and_then(|pid| pid.parse().ok()),
        user: Some(user.to_owned()),
        nice: word(2).and_then(|nice| nice.parse().ok()),
        observed: word(7).filter(|share| share.contains('.')).and_then(thousandths),
        seconds: Some(time),
        ..Listed::default()
    };
    listed.observed.filter(|_| fits)?;
    with_command(listed, &words.get(at + 10..)?.join(" "))
}

/// Lines of `top` above its table.
pub(super) fn is_title(line: &str) -> bool {
    let begins = [
        "top - ", "Tasks:", "Threads:", "%Cpu", "Cpu(s):", "CPU:", "KiB Mem", "KiB Swap", "MiB Mem",
        "MiB Swap",
    ];
    let line = line.trim_start();
    begins.iter().any(|begin| line.starts_with(begin))
        || line.starts_with("Mem:")
        || line.starts_with("Swap:")
        || line.starts_with("GiB Mem")
        || line.starts_with("GiB Swap")
        || line.starts_with("Load average:")
}

fn next_word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end)?;
    (!word.is_empty()).then_some((word, rest))
}

/// Adds the command: `[kworker/0:1]` is a thread of the kernel, `-bash` a login shell, `|_ x` a branch of a tree.
fn with_command(mut listed: Listed, text: &str) -> Option<Listed> {
    let text = text.trim_start_matches([' ', '|', '`', '\\', '_', '├', '└', '─']).trim_end();
    if let Some(inside) = text.strip_prefix('[').and_then(|rest| rest.split_once(']')).map(|(name, _)| name) {
        listed.name = inside.to_owned();
        return (!inside.is_empty()).then_some(listed);
    }
    listed.command = text.split_whitespace().take(64).map(str::to_owned).collect();
    listed.name = program(listed.command.first()?)?;
    Some(listed)
}

/// The name of a program in the first word of its command line; `watchdog/0` is a name and no path.
pub(super) fn program(word: &str) -> Option<String> {
    let word = word.trim_start_matches('-').trim_end_matches(':');
    let name = word.rsplit(['/', '\\']).next().unwrap_or(word);
    let is_path = word.starts_with(['/', '.', '~']);
    let is_part = name.is_empty() || name.starts_with(|first: char| first.is_ascii_digit());
    let name = if is_part && !is_path { word } else { name };
    (!name.is_empty()).then(|| name.to_owned())
}

/// `323.5`, `12,5` or `99%` per cent, in thousandths of a processor.
fn thousandths(word: &str) -> Option<u32> {
    let percent: f64 = word.trim_end_matches('%').replace(',', ".").parse().ok()?;
    // No machine has 100,000 processors; the sum stays far below what the type holds.
    (0.0..=1e7).contains(&percent).then(|| (percent * 10.0).round() as u32)
}

/// `126:00.42`, `1-02:03:04`, `02:03:04` in seconds.
fn seconds(word: &str) -> Option<u64> {
    let (days, rest) = match word.split_once('-') {
        Some((days, rest)) => (days.parse::<u64>().ok()?, rest),
        None => (0, word),
    };
    let rest = rest.split(['.', ',']).next().unwrap_or(rest);
    let mut all = 0_u64;
    let mut parts = 0;
    for part in rest.split(':') {
        all = all.checked_mul(60)?.checked_add(part.parse().ok()?)?;
        parts += 1;
    }
    (2..=3).contains(&parts).then_some(())?;
    days.checked_mul(86_400)?.checked_add(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(head: &str) -> Columns {
        let words: Vec<&str> = head.split_whitespace().collect();
        Columns::of(&words).unwrap_or_else(|| panic!("no head: {head}"))
    }

    #[test]
    fn rows_of_ps_and_top() {
        let ps = columns("USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND");
        let row = ps.row("root   4 12.5 0.0 0 0 ?  S<   Oct25   0:07 [kworker/0:0H]");
        let expected = Listed {
            pid: Some(4),
            user: Some("root".into()),
            since_start: Some(125),
            seconds: Some(7),
            name: "kworker/0:0H".into(),
            ..Listed::default()
        };
        assert_eq!(row, Some(expected));
        let top = columns("PID USER PR NI VIRT RES SHR S %CPU %MEM TIME+ COMMAND");
        let row = top.row("1813011 docker-+ 20 0 3022804 2.3g 2552 S 250.8 14.7 8634:44 xmrig");
        assert!(row.is_some_and(|one| one.observed == Some(2508)
            && one.seconds == Some(518_084)
            && one.name == "xmrig"));
        let wide = columns("PID STARTED %CPU CMD");
        let row = wide.row("7 Mon Oct  1 10:00:00 2018 3.0 /usr/sbin/sshd: listener");
        assert!(row.is_some_and(|one| one.name == "sshd" && one.since_start == Some(30)));
        assert_eq!(ps.row("root four 0.0"), None);
    }

    #[test]
    fn names_of_programs() {
        for (word, name) in [
            ("/usr/sbin/sshd:", Some("sshd")),
            ("-bash", Some("bash")),
            ("./x", Some("x")),
            ("bin/x", Some("x")),
            ("kworker/0:1", Some("kworker/0:1")),
            ("watchdog/", Some("watchdog/")),
            ("/", None),
        ] {
            assert_eq!(program(word).as_deref(), name, "{word}");
        }
    }

    #[test]
    fn rows_without_a_head() {
        let row = headless("psaadm    20   0  461440   5188    800 S 111.3  0.1  12246:26 xmrig-notls");
        assert!(
            row.is_some_and(|one| one.pid.is_none()
                && one.observed == Some(1113)
                && one.name == "xmrig-notls")
        );
        let row = headless("  42 root 20 0 1 2 3 R 6.2 0.1 0:00.01 top");
        assert!(row.is_some_and(|one| one.pid == Some(42)));
        for line in ["a b c", "psaadm 20 0 1 2 3 S eleven 0.1 1:2 x", "2026 10 11 12 13 14 S 1.0 2.0 3:04 x"]
        {
            assert!(headless(line).is_none(), "{line}");
        }
    }
}
