//! Lines of a fixture about a machine looked at from inside.

use model::{
    Autorun, Cpu, Executable, Fact, Hiding, Machine, Mechanism, Memory, MinerFile, MinerLog, Orders,
    OrdersFrom, Process, Rounding, Trait,
};
use std::str::FromStr;

/// The fact of a `machine`, `process`, `autorun`, `file` or `log` line.
pub(super) fn fact(word: &str, words: &[&str]) -> Fact {
    match word {
        "machine" => {
            let mut machine = Machine { processors: number(words[0]), ..Machine::default() };
            for (key, value) in pairs(&words[1..]) {
                let both = || value.split_once('/').unwrap();
                match key {
                    "msr" => {
                        machine.msr_writes_allowed = value.contains("open");
                        machine.msr_written = value.contains("written");
                    }
                    "huge" => {
                        (machine.huge_pages, machine.huge_pages_free) = (number(both().0), number(both().1));
                    }
                    "accounted" => machine.accounted = Some((number(both().0), number(both().1))),
                    other => panic!("no such part of a machine: {other}"),
                }
            }
            Fact::Machine(Box::new(machine))
        }
        "process" => Fact::Process(Box::new(process(words))),
        "file" => Fact::MinerFile(Box::new(file(words))),
        "log" => Fact::MinerLog(Box::new(log(words))),
        _ => Fact::Autorun(Box::new(autorun(words))),
    }
}

fn process(words: &[&str]) -> Process {
    let mut process = Process {
        pid: number(words[0]),
        name: words[1].to_owned(),
        command: vec![words[1].to_owned()],
        ..Process::default()
    };
    for (key, value) in pairs(&words[2..]) {
        let text = value.replace('_', " ");
        let (cpu, memory): (&mut Cpu, &mut Memory) = (&mut process.cpu, &mut process.memory);
        match key {
            "file" => {
                let executable = process.executable.get_or_insert_with(Executable::default);
                executable.path = value.to_owned();
            }
            "package" => {
                let executable = process.executable.get_or_insert_with(Executable::default);
                executable.package = Some(value.to_owned());
            }
            "share" => cpu.observed = Some(number(value)),
            "busy" => cpu.busy_threads = number(value),
            "pinned" => cpu.pinned_threads = number(value),
            "nice" => cpu.nice = number(value),
            "dataset" => memory.dataset = number(value),
            "cache" => memory.cache = number(value),
            "pads" => memory.scratchpads = number(value),
            "code" => memory.executable = number(value),
            "huge" => memory.huge = number(value),
            "rounding" => {
                let modes: Vec<u32> = value.split(',').map(number).collect();
                let samples = modes.iter().sum();
                process.rounding = Some(Rounding { samples, modes: modes.try_into().unwrap() });
            }
            "orders" => {
                let (pool, login) = value.split_once('|').unwrap();
                process.orders.push(Orders {
                    pool: pool.to_owned(),
                    login: Some(login.to_owned()),
                    from: OrdersFrom::Command,
                });
            }
            "to" => {
                let end = |text: &str| super::end(text);
                process.connections.push((end("10.0.0.7:40000"), end(value)));
            }
            "trait" => process.traits.push(oddity(value, &text)),
            other => panic!("no such part of a process: {other}"),
        }
    }
    process
}

fn oddity(word: &str, _: &str) -> Trait {
    match word {
        "hidden" => Trait::Hidden(Hiding::Listing),
        "hidden-by-library" => Trait::Hidden(Hiding::Library),
        "covered" => Trait::Hidden(Hiding::Mount),
        "false-kernel-thread" => Trait::FalseKernelThread,
        "in-memory" => Trait::InMemory,
        "deleted" => Trait::Deleted,
        "replaced" => Trait::Replaced,
        "system-name" => Trait::SystemNameElsewhere { usual: "/usr/sbin/sshd".to_owned() },
        "writable" => Trait::WritableFolder,
        "hidden-folder" => Trait::HiddenFolder,
        "names-disagree" => Trait::NamesDisagree,
        "preload" => Trait::Preload { variable: "LD_PRELOAD", library: "/opt/x.so".to_owned() },
        "foreign-library" => Trait::ForeignLibrary("/opt/y.so".to_owned()),
        "closed" => Trait::Closed,
        other => panic!("no such trait: {other}"),
    }
}

fn file(words: &[&str]) -> MinerFile {
    let mut file = MinerFile { path: words[0].to_owned(), ..MinerFile::default() };
    for (key, value) in pairs(&words[1..]) {
        match key {
            "options" => file.options = number(value),
            "sha256" => file.sha256 = Some(value.to_owned()),
            "coin" => file.coin = Some(value.to_owned()),
            "used-by" => file.used_by.push(number(value)),
            "orders" => {
                let (pool, login) = value.split_once('|').unwrap();
                file.orders.push(Orders {
                    pool: pool.to_owned(),
                    login: Some(login.to_owned()),
                    from: OrdersFrom::File(file.path.clone()),
                });
            }
            other => panic!("no such part of a file: {other}"),
        }
    }
    file
}

fn log(words: &[&str]) -> MinerLog {
    let mut log =
        MinerLog { pool: Some(words[0].to_owned()).filter(|pool| pool != "-"), ..MinerLog::default() };
    for (key, value) in pairs(&words[1..]) {
        match key {
            "program" => log.program = Some(value.to_owned()),
            "proxy" => log.is_proxy = value == "yes",
            "jobs" => log.jobs = number(value),
            "accepted" => log.accepted = number(value),
            "rejected" => log.rejected = number(value),
            "failures" => log.failures = number(value),
            "refusals" => log.refusals = number(value),
            "login" => log.login = Some(value.to_owned()),
            other => panic!("no such part of a log: {other}"),
        }
    }
    log
}

fn autorun(words: &[&str]) -> Autorun {
    let mut entry = Autorun {
        mechanism: Mechanism(String::leak(words[0].to_owned())),
        path: words[1].to_owned(),
        line: words[2].parse().ok(),
        ..Autorun::default()
    };
    for (key, value) in pairs(&words[3..]) {
        match key {
            "file" => entry.files.push(value.to_owned()),
            "user" => entry.user = Some(value.to_owned()),
            "when" => entry.when = Some(value.to_owned()),
            "package" => entry.package = Some(value.to_owned()),
            "odd" => entry.odd.push(Autorun::ODDITIES.into_iter().find(|known| *known == value).unwrap()),
            "orders" => {
                let (pool, login) = value.split_once('|').unwrap();
                entry.orders.push(Orders {
                    pool: pool.to_owned(),
                    login: Some(login.to_owned()),
                    from: OrdersFrom::File(entry.path.clone()),
                });
            }
            "orders-in" => {
                entry.orders.iter_mut().for_each(|one| one.from = OrdersFrom::File(value.to_owned()));
            }
            "starts" => entry.starts.push(number(value)),
            "runs" => entry.runs = value.replace('_', " "),
            other => panic!("no such part of an entry: {other}"),
        }
    }
    entry
}

fn pairs<'a>(words: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    words.iter().map(|word| word.split_once('=').unwrap()).collect()
}

fn number<T: FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().unwrap()
}
