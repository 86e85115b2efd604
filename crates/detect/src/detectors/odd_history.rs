//! Shell histories and what sudo ran: orders to mine, and commands that intruders type more often than others.

use super::miner_download::wallet_facts;
use crate::attack::list;
use crate::sightings::Sightings;
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{
    Deed, Fact, FactKind, Facts, Finding, FindingKey, FindingKind, Group, HostKey, Message, Meta,
    Observation, ShellCommand, Subject, Tenths, Time, UnitKind, Weight, WeightKind,
};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "odd-history",
        kind: UnitKind::Detector,
        summary: "odd-history-summary",
        doc: include_str!("odd_history.md"),
        doc_zh: include_str!("odd_history.zh.md"),
        since: "0.1.0",
        messages: &[
            "odd-history-at",
            "odd-history-fetched",
            "odd-history-installer",
            "odd-history-orders",
            "odd-history-several",
        ],
        parameters: &[],
    },
    reads: &[FactKind::ShellCommand],
    weights: &[&ORDERS],
    make,
};

/// Pool and login in a miner's option grammar: what was typed was meant to mine.
static ORDERS: Weight = Weight {
    id: "odd-history-orders",
    group: Group::Code,
    tenths: Tenths(250),
    kind: WeightKind::Definition,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, CODE: orders to mine on disk; the option grammar of xmrig, cpuminer, ethminer and lolMiner",
};

/// Command and Scripting Interpreter: Unix Shell.
const TECHNIQUE: Option<&str> = Some("T1059.004");
/// Histories, in all, and commands of each class kept of one: 2 KiB each.
const HISTORIES: usize = 4096;
const COMMANDS: usize = 32;
/// How near two commands belong together: a sitting of a few minutes, a screen of lines.
const NEAR_SECS: u64 = 600;
const NEAR_LINES: u64 = 20;

/// Whence programs are installed by piping a script into a shell, as their makers advise.
/// Source: the installation pages of rustup, Docker, k3s, RKE2, Homebrew, nvm, oh-my-zsh, Helm, uv, Bun, Deno, Poetry,
/// Tailscale, SDKMAN, pyenv, Starship, Nix, Composer, NodeSource, kubectl (recalled).
const INSTALLERS: [&str; 28] = [
    "sh.rustup.rs",
    "get.docker.com",
    "test.docker.com",
    "get.k3s.io",
    "get.rke2.io",
    "raw.githubusercontent.com/homebrew/",
    "raw.githubusercontent.com/nvm-sh/",
    "raw.githubusercontent.com/ohmyzsh/",
    "raw.githubusercontent.com/helm/",
    "raw.githubusercontent.com/kubernetes-sigs/",
    "raw.githubusercontent.com/pyenv/",
    "raw.githubusercontent.com/junegunn/",
    "github.com/docker/compose/",
    "astral.sh",
    "bun.sh",
    "deno.land",
    "install.python-poetry.org",
    "tailscale.com",
    "get.sdkman.io",
    "pyenv.run",
    "starship.rs",
    "nixos.org",
    "install.determinate.systems",
    "getcomposer.org",
    "deb.nodesource.com",
    "rpm.nodesource.com",
    "dl.k8s.io",
    "get.helm.sh",
];

/// What a command comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    /// It orders mining.
    Orders,
    /// It fetches, or decodes, and runs.
    Fetched,
    /// One of the deeds that admins do too: two kinds make a pattern.
    Other,
    /// A maker's own installer.
    Installer,
}

#[derive(Debug, Default)]
struct History {
    commands: Vec<(ShellCommand, Class)>,
    sightings: BTreeMap<Class, Sightings>,
}

#[derive(Default)]
struct OddHistory {
    histories: BTreeMap<(HostKey, String), History>,
    forgotten: u64,
}

fn make(_: &DetectorSettings) -> Box<dyn Detector> {
    Box::<OddHistory>::default()
}

impl Detector for OddHistory {
    fn see(&mut self, seen: &Observation, _: &Context<'_>) {
        let Fact::ShellCommand(command) = &seen.fact else { return };
        let key = (HostKey::Machine(seen.origin.evidence), command.path.clone());
        if self.histories.len() >= HISTORIES && !self.histories.contains_key(&key) {
            self.forgotten += 1;
            return;
        }
        let history = self.histories.entry(key).or_default();
        let class = class(command);
        let time = command.time.unwrap_or(seen.time);
        let excerpt = Message::new("odd-history-at").with("command", command.command.as_str());
        let sightings = history.sightings.entry(class).or_insert_with(|| Sightings::new(time));
        sightings.add(time, time);
        sightings.cite(seen, excerpt);
        // By class, so that no number of one kind hides another.
        if history.commands.iter().filter(|(_, one)| *one == class).count() < COMMANDS {
            history.commands.push(((**command).clone(), class));
        } else {
            self.forgotten += 1;
        }
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        for ((host, path), history) in &self.histories {
            let of = |class: Class| {
                history.commands.iter().filter(move |(_, one)| *one == class).map(|(one, _)| one)
            };
            let deeds = |class: Class| -> BTreeSet<Deed> {
                of(class).flat_map(|one| one.deeds.iter().copied()).collect()
            };
            for class in [Class::Orders, Class::Fetched, Class::Other, Class::Installer] {
                let (Some(first), Some(sightings)) = (of(class).next(), history.sightings.get(&class)) else {
                    continue;
                };
                let fetched = history.sightings.contains_key(&Class::Fetched);
                let mut shown = first;
                if class == Class::Other {
                    let others: Vec<&ShellCommand> = of(class).collect();
                    match pattern(&others).filter(|_| !fetched) {
                        Some(command) => shown = command,
                        None => continue,
                    }
                }
                let mut all = deeds(class);
                if class == Class::Fetched {
                    all.extend(deeds(Class::Other));
                }
                said.findings.push(finding(*host, path, class, shown, &all, sightings));
            }
        }
        said.forgotten += self.forgotten;
    }
}

fn class(command: &ShellCommand) -> Class {
    if command.orders.is_some() {
        return Class::Orders;
    }
    let does = |deed: Deed| command.deeds.contains(&deed);
    let fetches = does(Deed::FetchesAndRuns) || does(Deed::FetchesAndMarks);
    // What hides or harms is no installation, whatever else the line does.
    let harms = [Deed::DecodesAndRuns, Deed::Preloads, Deed::KillsMiners].into_iter().any(does);
    if fetches && !harms && command.url.as_deref().is_some_and(is_installer) {
        Class::Installer
    } else if fetches || harms {
        Class::Fetched
    } else {
        Class::Other
    }
}

/// The first of two commands near each other that do two different things, one of them such as administrators seldom
/// do. Over the years every administrator adds a key and stops a firewall.
fn pattern<'a>(commands: &[&'a ShellCommand]) -> Option<&'a ShellCommand> {
    let rare = |one: &ShellCommand| {
        one.deeds.iter().any(|deed| matches!(deed, Deed::Locks | Deed::Forgets | Deed::WritesCron))
    };
    let near = |one: &ShellCommand, other: &ShellCommand| match (one.time, other.time, one.line, other.line) {
        (Some(one), Some(other), ..) => other.secs_since(one).max(one.secs_since(other)) <= NEAR_SECS,
        (.., Some(one), Some(other)) => one.abs_diff(other) <= NEAR_LINES,
        _ => false,
    };
    commands.iter().enumerate().find_map(|(at, one)| {
        let pairs = |other: &&&ShellCommand| {
            let several = one.deeds.len() > 1 || one.deeds != other.deeds;
            several && near(one, other) && (rare(one) || rare(other))
        };
        commands.get(at + 1..)?.iter().find(pairs).map(|_| *one)
    })
}

/// Over HTTPS, or without a scheme, from a maker's own host.
fn is_installer(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    let rest = match lower.split_once("://") {
        Some(("https", rest)) => rest,
        Some(_) => return false,
        None => lower.as_str(),
    };
    INSTALLERS.iter().any(|known| {
        rest.strip_prefix(known)
            .is_some_and(|after| known.ends_with('/') || after.is_empty() || after.starts_with(['/', '?']))
    })
}

fn finding(
    host: HostKey,
    path: &str,
    class: Class,
    command: &ShellCommand,
    deeds: &BTreeSet<Deed>,
    sightings: &Sightings,
) -> Finding {
    let (id, detail) = match class {
        Class::Orders => ("odd-history-orders", "orders"),
        Class::Fetched => ("odd-history-fetched", "fetched"),
        Class::Other => ("odd-history-several", "several"),
        Class::Installer => ("odd-history-installer", "installer"),
    };
    let mut facts = Facts::default();
    facts.text("command", Some(command.command.as_str()));
    facts.text("user", command.user.as_deref());
    facts.text("typed", command.time.map(|time| time.to_string()));
    facts.text("url", command.url.as_deref());
    facts.text("does", list(deeds.iter().map(|deed| deed.word().to_owned())));
    facts.text("recorded_in", Some(command.line.map_or(path.to_owned(), |line| format!("{path}:{line}"))));
    let mut message =
        Message::new(id).with("command", command.command.as_str()).with("count", sightings.count);
    if let Some(orders) = &command.orders {
        facts.text("pool", Some(orders.pool.as_str()));
        facts.text("login", orders.login.as_deref());
        wallet_facts(&mut facts, orders.login.as_deref());
        message = message.with("pool", orders.pool.as_str());
    }
    message = message
        .with("path", path)
        .with("does", list(deeds.iter().map(|deed| deed.word().to_owned())).unwrap_or_default());
    let (kind, weight) = match class {
        Class::Orders => (FindingKind::Symptom, Some(&ORDERS)),
        Class::Fetched | Class::Other => (FindingKind::Attack, None),
        Class::Installer => (FindingKind::Context, None),
    };
    Finding {
        // Orders in two histories are one fact.
        key: FindingKey { detector: UNIT.meta.id, host, detail: format!("{detail}\t{path}") },
        kind,
        role: None,
        weight,
        act: None,
        message,
        subject: Subject::File { path: path.to_owned(), sha256: None },
        facts,
        first: sightings.first,
        last: sightings.last,
        count: sightings.count,
        cited: sightings.cited.clone(),
        technique: if class == Class::Installer { None } else { TECHNIQUE },
        dialogue: Vec::new(),
    }
}
