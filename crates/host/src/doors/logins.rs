//! Who logged in, and who failed to: by source, out of records, logs and journals.
//!
//! Three kinds of book tell of the same logins, so that their counts are never added: wtmp with btmp, the log of syslog,
//! the journal. Logs in the old form give local time without a zone: they are compared with themselves only.

use super::Look;
use super::glob::glob;
use super::histories;
use model::{At, AtLeast, Entered, Fact, HostLogins, ProvedBy, Time};
use parse::sysfile::{Method, Said, auth_log, journal, said, utmp};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Most bytes read of one file, and of all journals.
const FILE: usize = 64 << 20;
const JOURNALS: u64 = 256 << 20;
/// Sources, logins and times of failures kept of one book; names and times kept of one source.
const SOURCES: usize = 65_536;
const LOGINS: usize = 65_536;
const TIMES: usize = 1 << 20;
const NAMES_OF_ONE: usize = 1024;
const TIMES_OF_ONE: usize = 4096;
/// Sources told of.
const TOLD: usize = 256;
/// Users told of with one source.
const USERS: usize = 16;
/// Which of the books has local time.
const LOCAL: usize = 1;
/// For how long a failure may belong to a later login: a day of guessing.
const DAY: i64 = 86_400;

const RECORDS: [(&str, bool); 2] = [("/var/log/wtmp*", false), ("/var/log/btmp*", true)];
const LOGS: [&str; 2] = ["/var/log/auth.log*", "/var/log/secure*"];
const JOURNAL: [&str; 4] = [
    "/var/log/journal/*/system*.journal",
    "/var/log/journal/*/system*.journal~",
    "/run/log/journal/*/system*.journal",
    "/run/log/journal/*/system*.journal~",
];
/// Programs whose words are read in a journal.
const PROGRAMS: [&str; 6] = ["sshd", "sshd-session", "sshd-auth", "sudo", "vsftpd", "login"];

#[derive(Debug, Default)]
struct Failures {
    count: u64,
    names: BTreeSet<String>,
    more_names: bool,
    times: Vec<i64>,
    first: i64,
    last: i64,
    path: String,
}

#[derive(Debug, Clone)]
struct Login {
    source: String,
    user: String,
    by: ProvedBy,
    secs: i64,
    key: Option<String>,
    path: String,
    line: Option<u64>,
}

#[derive(Debug, Default)]
struct Book {
    failures: BTreeMap<String, Failures>,
    logins: Vec<Login>,
    times: usize,
    cut: bool,
}

impl Book {
    fn failed(&mut self, source: String, name: &str, secs: i64, times: u64, path: &Path) {
        if self.failures.len() >= SOURCES && !self.failures.contains_key(&source) {
            self.cut = true;
            return;
        }
        let room = self.times < TIMES;
        let failures = self.failures.entry(source).or_insert_with(|| Failures {
            first: secs,
            last: secs,
            path: path.to_string_lossy().into_owned(),
            ..Failures::default()
        });
        failures.count = failures.count.saturating_add(times);
        failures.first = failures.first.min(secs);
        failures.last = failures.last.max(secs);
        if failures.names.len() < NAMES_OF_ONE {
            failures.names.insert(name.to_owned());
        } else {
            failures.more_names |= !failures.names.contains(name);
        }
        for _ in 0..times {
            if !room || failures.times.len() >= TIMES_OF_ONE {
                break;
            }
            failures.times.push(secs);
            self.times += 1;
        }
    }

    fn login(&mut self, login: Login) {
        if self.logins.len() < LOGINS {
            self.logins.push(login);
        } else {
            self.cut = true;
        }
    }

    /// What `said` means to the book; gives back what is none of its business.
    fn hear(&mut self, said: Said, secs: i64, times: u64, path: &Path, line: Option<u64>) -> Option<Said> {
        match said {
            Said::Failed { user, source, .. } | Said::Refused { user, source, .. } => {
                self.failed(source, &user, secs, times, path);
                None
            }
            Said::Accepted { user, method, source, key } => {
                let by = match method {
                    Method::Password => ProvedBy::Password,
                    Method::Key => ProvedBy::Key,
                    Method::Other => ProvedBy::Other,
                };
                let path = path.to_string_lossy().into_owned();
                self.login(Login { source, user, by, secs, key, path, line });
                None
            }
            other => Some(other),
        }
    }

    /// Failures from a source in the day before.
    fn before(&self, source: &str, secs: i64) -> AtLeast {
        let Some(failures) = self.failures.get(source) else { return AtLeast::default() };
        let near = |time: &&i64| (secs - DAY..=secs).contains(*time);
        let count = failures.times.iter().filter(near).count() as u64;
        AtLeast { count, or_more: failures.count > failures.times.len() as u64 }
    }
}

/// Tells of every source that came in, and of those that failed most.
pub(super) fn look(look: &mut Look<'_>) {
    let books = [journals(look), logs(look), records(look)];
    for (book, path) in books.iter().zip(["/var/log/journal", "/var/log/auth.log", "/var/log/btmp"]) {
        if book.cut {
            look.gaps.cut(Path::new(path));
        }
    }
    let mut sources: BTreeSet<&String> = books.iter().flat_map(|book| book.failures.keys()).collect();
    sources.extend(books.iter().flat_map(|book| book.logins.iter().map(|login| &login.source)));
    // Logins by source, user and book.
    let mut entered: BTreeMap<(&str, &str, usize), Vec<&Login>> = BTreeMap::new();
    for (at, book) in books.iter().enumerate() {
        for login in &book.logins {
            entered.entry((&login.source, &login.user, at)).or_default().push(login);
        }
    }
    let earlier = |at: usize, login: &Login| {
        (0..at).any(|other| {
            let same = |one: &&Login| is_same(one.secs, login.secs, at == LOCAL || other == LOCAL);
            let key = (login.source.as_str(), login.user.as_str(), other);
            entered.get(&key).is_some_and(|logins| logins.iter().take(TIMES_OF_ONE).any(same))
        })
    };
    let mut told: Vec<HostLogins> = Vec::new();
    for source in sources {
        let most = books.iter().filter_map(|book| book.failures.get(source)).max_by_key(|one| one.count);
        let range = entered.range((source.as_str(), "", 0)..).take_while(|((of, ..), _)| *of == source);
        let mut users: Vec<Entered> = range
            .flat_map(|((.., at), logins)| {
                // A book that says how is believed before one that does not.
                let own: Vec<&Login> =
                    logins.iter().take(TIMES_OF_ONE).copied().filter(|login| !earlier(*at, login)).collect();
                of_user(&books, *at, &own)
            })
            .collect();
        users.sort_by(|left, right| {
            right
                .failed_before
                .cmp(&left.failed_before)
                .then_with(|| (&left.user, left.by).cmp(&(&right.user, right.by)))
        });
        users.truncate(USERS);
        let path = most.map(|one| one.path.clone()).or_else(|| Some(users.first()?.path.clone()));
        told.push(HostLogins {
            source: source.clone(),
            failed: most.map_or(0, |one| one.count),
            names: most.map_or(AtLeast::default(), |one| AtLeast {
                count: one.names.len() as u64,
                or_more: one.more_names,
            }),
            failing: most.map(|one| (Time::from_secs(one.first), Time::from_secs(one.last))),
            path: path.unwrap_or_default(),
            entered: users,
        });
    }
    told.sort_by_key(|one| {
        let before = one.entered.first().map(|entered| entered.failed_before);
        (
            std::cmp::Reverse((before.unwrap_or_default(), !one.entered.is_empty(), one.failed)),
            one.source.clone(),
        )
    });
    told.truncate(TOLD);
    for logins in told {
        look.tell(At::Whole, Fact::HostLogins(Box::new(logins)));
    }
}

/// Whether two books may mean the same login: within five seconds, where one of them has local time after any number of
/// quarters of an hour up to the 14 hours of the farthest zone.
fn is_same(one: i64, other: i64, local: bool) -> bool {
    let apart = (one - other).abs();
    let within = if local && apart <= 14 * 3600 + 5 { (apart + 5) % 900 } else { apart + 5 };
    within <= 10
}

/// The logins of one user from one source, by how he proved himself.
fn of_user(books: &[Book; 3], at: usize, logins: &[&Login]) -> Vec<Entered> {
    let mut by: BTreeMap<ProvedBy, Vec<&Login>> = BTreeMap::new();
    for login in logins {
        by.entry(login.by).or_default().push(login);
    }
    let before = |login: &Login| {
        // The journal and the records both tell the time in UTC.
        let others: &[usize] = if at == LOCAL { &[LOCAL] } else { &[0, 2] };
        others.iter().map(|at| books[*at].before(&login.source, login.secs)).max().unwrap_or_default()
    };
    let entered = |(by, logins): (ProvedBy, Vec<&Login>)| {
        let worst = logins.iter().map(|login| (before(login), std::cmp::Reverse(login.secs), *login));
        let (failed_before, _, first) = worst.max_by_key(|(before, secs, _)| (*before, *secs))?;
        let last = logins.iter().map(|login| login.secs).max()?;
        Some(Entered {
            user: first.user.clone(),
            by,
            time: Time::from_secs(first.secs),
            failed_before,
            last: Time::from_secs(last),
            count: logins.len() as u64,
            key: first.key.clone(),
            path: first.path.clone(),
            line: first.line,
        })
    };
    by.into_iter().filter_map(entered).collect()
}

fn records(look: &mut Look<'_>) -> Book {
    let mut book = Book::default();
    for (pattern, failed) in RECORDS {
        for path in plain(look, pattern) {
            let Some(bytes) = look.bytes(&path, FILE) else { continue };
            let mut records = utmp::records(&bytes);
            for record in records.by_ref() {
                let host = record.host.trim();
                let source = record.address.map(|address| address.to_string()).or_else(|| {
                    // A display or a terminal of the machine itself.
                    let is_remote = !host.is_empty() && !host.starts_with(':') && !host.starts_with("tty");
                    is_remote.then(|| host.to_owned())
                });
                let Some(source) = source else { continue };
                if failed {
                    book.failed(source, &record.user, record.secs, 1, &path);
                } else if record.kind == utmp::USER {
                    let (user, path) = (record.user, path.to_string_lossy().into_owned());
                    let by = ProvedBy::Other;
                    book.login(Login { source, user, by, secs: record.secs, key: None, path, line: None });
                }
            }
            damaged(look, &path, records.unreadable);
        }
    }
    book
}

fn logs(look: &mut Look<'_>) -> Book {
    let mut book = Book::default();
    for pattern in LOGS {
        for path in plain(look, pattern) {
            let written = look.view.meta_of_target(&path).map(|meta| Time::from_nanos(meta.modified).secs());
            let Some(bytes) = look.bytes(&path, FILE) else { continue };
            let mut commands = Vec::new();
            let unreadable = auth_log::lines(&bytes, written.unwrap_or(i64::MAX / 2), &mut |line| {
                let secs = line.secs.unwrap_or_default();
                if let Some(Said::Sudo { user, command, allowed: true, .. }) =
                    book.hear(line.said, secs, line.times, &path, Some(line.number))
                {
                    commands.extend(histories::telling(
                        &path,
                        Some(line.number),
                        Some(user),
                        Some(secs),
                        &command,
                    ));
                }
            });
            damaged(look, &path, unreadable);
            histories::tell(look, commands);
        }
    }
    book
}

fn journals(look: &mut Look<'_>) -> Book {
    let (mut book, mut left) = (Book::default(), JOURNALS);
    let mut files: Vec<(i64, PathBuf)> = Vec::new();
    for pattern in JOURNAL {
        for path in glob(look, pattern) {
            let written = look.view.meta_of_target(&path).map_or(0, |meta| meta.modified);
            files.push((written, path));
        }
    }
    // The newest are read, if not all.
    files.sort_by(|left, right| right.cmp(left));
    for (_, path) in files {
        let size = look.view.meta_of_target(&path).map_or(0, |meta| meta.size).min(FILE as u64);
        if size > left {
            look.gaps.cut(&path);
            continue;
        }
        left -= size;
        let Some(bytes) = look.bytes(&path, FILE) else { continue };
        let mut commands = Vec::new();
        let outcome = journal::entries(&bytes, &|name| PROGRAMS.contains(&name), &mut |entry| {
            let Some(said) = said(&entry.identifier, &entry.message) else { return };
            if let Some(Said::Sudo { user, command, allowed: true, .. }) =
                book.hear(said, entry.secs, 1, &path, None)
            {
                commands.extend(histories::telling(&path, None, Some(user), Some(entry.secs), &command));
            }
        });
        // A file of a future kind, or one that is none, is damaged as far as can be told.
        damaged(look, &path, outcome.map_or(1, |outcome| outcome.unreadable + outcome.packed));
        histories::tell(look, commands);
    }
    book
}

/// The files of a pattern that are not packed.
fn plain(look: &mut Look<'_>, pattern: &str) -> Vec<PathBuf> {
    let packed = |path: &PathBuf| {
        path.extension().is_some_and(|end| ["gz", "xz", "bz2", "zst"].iter().any(|packed| end == *packed))
    };
    let files = glob(look, pattern);
    for path in files.iter().filter(|path| packed(path)) {
        look.gaps.packed(path);
    }
    files.into_iter().filter(|path| !packed(path)).collect()
}

fn damaged(look: &mut Look<'_>, path: &Path, unreadable: u64) {
    if unreadable > 0 {
        look.gaps.damaged(path);
    }
}

#[cfg(test)]
mod tests {
    use crate::Memory;
    use crate::doors::tests::facts;
    use model::{AtLeast, Fact, HostLogins, ProvedBy, Time};

    fn logins(memory: &mut Memory) -> Vec<HostLogins> {
        let logins = |seen: model::Observation| match seen.fact {
            Fact::HostLogins(logins) => Some(*logins),
            _ => None,
        };
        facts(memory).0.into_iter().filter_map(logins).collect()
    }

    /// 2026-11-24T21:00:00Z
    const WRITTEN: i64 = 1_795_554_000;

    fn log(lines: &str) -> Memory {
        let mut memory = Memory::new(Time::from_secs(WRITTEN));
        memory.file("/var/log/auth.log", lines).modified("/var/log/auth.log", Time::from_secs(WRITTEN));
        memory
    }

    #[test]
    fn a_success_after_failures_from_the_same_source() {
        let mut lines = String::new();
        for second in 10..50 {
            lines += &format!(
                "Nov 24 20:00:{second} srv sshd[7]: Failed password for invalid user u{} from 203.0.113.7 port 4 ssh2\n",
                second % 4
            );
        }
        lines += "Nov 24 20:01:00 srv sshd[7]: Accepted password for root from 203.0.113.7 port 4 ssh2\n";
        lines += "Nov 24 20:02:00 srv sshd[7]: Accepted publickey for ann from 192.0.2.5 port 4 ssh2: RSA SHA256:abc\n";
        let found = logins(&mut log(&lines));
        assert_eq!(found.len(), 2);
        let bad = &found[0];
        assert_eq!((bad.source.as_str(), bad.failed, bad.names.count), ("203.0.113.7", 40, 4));
        let [entered] = &bad.entered[..] else { panic!("{bad:?}") };
        assert_eq!((entered.user.as_str(), entered.by, entered.line), ("root", ProvedBy::Password, Some(41)));
        assert_eq!(entered.failed_before, AtLeast { count: 40, or_more: false });
        assert_eq!(entered.time, Time::from_secs(WRITTEN - 3540));
        let good = &found[1].entered[0];
        assert_eq!(
            (good.by, good.failed_before.count, good.key.as_deref()),
            (ProvedBy::Key, 0, Some("SHA256:abc"))
        );
    }

    #[test]
    fn one_login_in_two_books() {
        assert!(super::is_same(1000, 1005, false) && !super::is_same(1000, 1006, false));
        assert!(super::is_same(1000, 1000 + 3600 + 2, true) && super::is_same(1000 + 20_700 - 3, 1000, true));
        assert!(!super::is_same(1000, 1000 + 3600 + 60, true) && !super::is_same(0, 16 * 3600, true));
    }

    #[test]
    fn failures_after_the_success_or_long_before_do_not_count() {
        let failed = |date: &str| {
            format!("{date} srv sshd[7]: Failed password for root from 203.0.113.7 port 4 ssh2\n")
        };
        let lines = failed("Nov 20 20:00:00")
            + "Nov 24 20:01:00 srv sshd[7]: Accepted password for root from 203.0.113.7 port 4 ssh2\n"
            + &failed("Nov 24 20:02:00");
        let found = logins(&mut log(&lines));
        assert_eq!((found[0].failed, found[0].entered[0].failed_before.count), (2, 0));
    }

    /// The same logins in two books are one.
    #[test]
    fn books_are_not_added() {
        let record = |user: &str, secs: u32| {
            let mut bytes = vec![0; 384];
            bytes[0] = 7;
            bytes[44..44 + user.len()].copy_from_slice(user.as_bytes());
            bytes[340..344].copy_from_slice(&secs.to_le_bytes());
            bytes[348..352].copy_from_slice(&[203, 0, 113, 7]);
            bytes
        };
        let at = WRITTEN as u32 - 3600;
        let mut memory = log(
            "Nov 24 20:00:00 srv sshd[7]: Failed password for root from 203.0.113.7 port 4 ssh2\n\
                              Nov 24 20:00:05 srv sshd[7]: Accepted password for root from 203.0.113.7 port 4 ssh2\n",
        );
        memory
            .file("/var/log/btmp", record("root", at))
            .file("/var/log/wtmp", [record("root", at + 5), record("ann", at + 9)].concat())
            .file("/var/log/auth.log.2.gz", "packed");
        let found = logins(&mut memory);
        assert_eq!((found.len(), found[0].failed), (1, 1));
        let users: Vec<_> =
            found[0].entered.iter().map(|one| (one.user.as_str(), one.by, one.count)).collect();
        assert_eq!(users, [("ann", ProvedBy::Other, 1), ("root", ProvedBy::Password, 1)]);
        assert!(facts(&mut memory).1.iter().any(|gap| gap.reason.id == "gap-host-packed"));
    }
}
