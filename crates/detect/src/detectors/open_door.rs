//! Doors that stand open: a service that miners come in by listens to others than the machine itself.

use crate::sightings::Sightings;
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use intel::{DoorBy, ListedDoor};
use model::{
    Asks, Door, Endpoint, Fact, FactKind, Facts, Finding, FindingKey, FindingKind, HostKey, Listener,
    Message, Meta, Observation, ProcessRef, Subject, Time, UnitKind, Value,
};
use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr};

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "open-door",
        kind: UnitKind::Detector,
        summary: "open-door-summary",
        doc: include_str!("open_door.md"),
        doc_zh: include_str!("open_door.zh.md"),
        since: "0.1.0",
        messages: &[
            "open-door-asks-nothing",
            "open-door-asks-password",
            "open-door-at-listener",
            "open-door-at-setting",
            "open-door-may-ask-nothing",
            "open-door-root-password",
            "open-door-set-to-ask-nothing",
        ],
        parameters: &[],
    },
    reads: &[FactKind::Listener, FactKind::Door],
    weights: &[],
    make,
};

/// External Remote Services; for those open to whoever knows the address.
const TECHNIQUE: Option<&str> = Some("T1133");
/// Listed listeners, and settings, in all: a quarter of a KiB each.
const MOST: usize = 8192;

struct Seen<T> {
    what: T,
    sightings: Sightings,
}

#[derive(Default)]
struct OpenDoor {
    listeners: BTreeMap<(HostKey, Endpoint), Seen<Listener>>,
    settings: BTreeMap<(HostKey, &'static str, String), Seen<Door>>,
    /// Machines that told of any listener: they run.
    running: BTreeSet<HostKey>,
    forgotten: u64,
}

fn make(_: &DetectorSettings) -> Box<dyn Detector> {
    Box::<OpenDoor>::default()
}

impl Detector for OpenDoor {
    fn see(&mut self, seen: &Observation, _: &Context<'_>) {
        let host = HostKey::Machine(seen.origin.evidence);
        match &seen.fact {
            Fact::Listener(listener) => {
                self.running.insert(host);
                if listener.udp || listener.address.address.is_loopback() || listed(listener).is_none() {
                    return;
                }
                if self.listeners.len() >= MOST {
                    self.forgotten += 1;
                    return;
                }
                let excerpt = Message::new("open-door-at-listener").with("address", listener.address);
                let sightings = Sightings::cited_at(seen, seen.time, excerpt);
                self.listeners
                    .entry((host, listener.address))
                    .or_insert(Seen { what: (**listener).clone(), sightings });
            }
            Fact::Door(door) => {
                if self.settings.len() >= MOST {
                    self.forgotten += 1;
                    return;
                }
                let excerpt = Message::new("open-door-at-setting").with("setting", door.setting.as_str());
                let sightings = Sightings::cited_at(seen, seen.time, excerpt);
                self.settings
                    .insert((host, door.service, place(door)), Seen { what: (**door).clone(), sightings });
            }
            _ => {}
        }
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        for ((host, address), seen) in &self.listeners {
            let Some((service, by)) = listed(&seen.what) else { continue };
            if self.is_twin(*host, &seen.what) {
                continue;
            }
            let setting = self.setting(*host, service, by, &seen.what);
            said.findings.extend(open(*host, *address, service, by, seen, setting));
        }
        for ((host, service, _), seen) in &self.settings {
            // Where nothing runs, the setting alone says what will be open.
            if !self.running.contains(host)
                && let Some(service) = intel::door_of(service)
            {
                said.findings.extend(set_open(*host, service, seen));
            }
        }
        said.forgotten += self.forgotten;
    }
}

impl OpenDoor {
    /// Whether a socket for all of IPv6 stands beside one for all of IPv4, of the same process: one door.
    fn is_twin(&self, host: HostKey, listener: &Listener) -> bool {
        let all = Endpoint::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), listener.address.port);
        let other = self.listeners.get(&(host, all)).filter(|_| listener.address != all);
        listener.address.address.is_unspecified()
            && other.is_some_and(|other| other.what.process == listener.process)
    }

    /// The setting that decides for a listener: one of its own process or port before one that names no place; of
    /// several the weakest.
    fn setting(
        &self,
        host: HostKey,
        service: &ListedDoor,
        by: DoorBy,
        listener: &Listener,
    ) -> Option<&Seen<Door>> {
        let pid = listener.process.as_ref().map(|(pid, _)| *pid);
        // A container's port is held by a proxy: the files of the machine say nothing of it.
        if by == DoorBy::Port && pid.is_some() {
            return None;
        }
        let id = service.service.trim_end_matches("-tls");
        let doors = self.settings.range((host, id, String::new())..);
        let doors =
            doors.take_while(|((of, service, _), _)| *of == host && *service == id).map(|(_, seen)| seen);
        let near = |door: &Door| match (door.process, door.address) {
            (Some(process), _) => Some(process) == pid,
            (None, Some(address)) => address.port == listener.address.port,
            (None, None) => true,
        };
        doors.filter(|seen| near(&seen.what)).min_by_key(|seen| (seen.what.process.is_none(), seen.what.asks))
    }
}

fn listed(listener: &Listener) -> Option<(&'static ListedDoor, DoorBy)> {
    intel::door(listener.address.port, listener.process.as_ref().map(|(_, name)| name.as_str()))
}

/// Where a setting stands: `/etc/redis/redis.conf:12`.
fn place(door: &Door) -> String {
    match (&door.path, door.line, door.process) {
        (Some(path), Some(line), _) => format!("{path}:{line}"),
        (Some(path), None, _) => path.clone(),
        (None, _, Some(pid)) => format!("pid {pid}"),
        (None, _, None) => String::new(),
    }
}

/// What is said of a listener; nothing of one that asks enough.
fn open(
    host: HostKey,
    address: Endpoint,
    service: &ListedDoor,
    by: DoorBy,
    seen: &Seen<Listener>,
    setting: Option<&Seen<Door>>,
) -> Option<Finding> {
    let door = setting.map(|setting| &setting.what);
    let root = door.is_some_and(|door| door.root_by_password);
    let proved = door.is_some();
    let confirmed = |door: &Door| door.address.is_some_and(|set| set.port == address.port);
    if by == DoorBy::Elsewhere && !door.is_some_and(confirmed) {
        return None;
    }
    let asks = door.map(|door| door.asks).or(service.asks);
    let id = match asks {
        Some(Asks::Nothing) => "open-door-asks-nothing",
        None => "open-door-may-ask-nothing",
        Some(Asks::Password) if root => "open-door-root-password",
        // Passwords are what these are guessed by; that SSH takes any, its configuration must say.
        Some(Asks::Password)
            if (proved || service.service != "ssh")
                && ["database", "guessing", "holes"].contains(&service.danger) =>
        {
            "open-door-asks-password"
        }
        Some(Asks::Password | Asks::Key | Asks::Closed) => return None,
    };
    let process = seen.what.process.as_ref().map(|(pid, name)| ProcessRef {
        pid: *pid,
        started: seen.what.started,
        name: name.clone(),
        exe: None,
        command: String::new(),
    });
    let confidence = match (proved, by) {
        (true, _) => "high",
        (false, DoorBy::Program) => "medium",
        (false, DoorBy::Port | DoorBy::Elsewhere) => "low",
    };
    let mut facts = facts(service, asks, door);
    facts.text("program", process.as_ref().map(|process| process.name.as_str()));
    facts.text("confidence", Some(confidence));
    let mut sightings = seen.sightings.clone();
    if let Some(setting) = setting {
        sightings.cited.extend(setting.sightings.cited.iter().cloned());
    }
    let message = Message::new(id)
        .with("service", service.name)
        .with("danger", service.danger)
        .with("address", address);
    Some(finding(
        host,
        address.to_string(),
        message,
        Subject::Listener { address, process },
        facts,
        sightings,
    ))
}

/// What is said of a setting in a machine that does not run.
fn set_open(host: HostKey, service: &ListedDoor, seen: &Seen<Door>) -> Option<Finding> {
    let door = &seen.what;
    let local = door.address.is_some_and(|address| address.address.is_loopback());
    if door.asks != Asks::Nothing || local {
        return None;
    }
    let facts = facts(service, Some(door.asks), Some(door));
    let message = Message::new("open-door-set-to-ask-nothing")
        .with("service", service.name)
        .with("danger", service.danger)
        .with("place", place(door));
    let subject = match (&door.path, door.address) {
        (_, Some(address)) => Subject::Listener { address, process: None },
        (Some(path), None) => Subject::File { path: path.clone(), sha256: None },
        (None, None) => Subject::Host,
    };
    Some(finding(host, place(door), message, subject, facts, seen.sightings.clone()))
}

fn facts(service: &ListedDoor, asks: Option<Asks>, door: Option<&Door>) -> Facts {
    let mut facts = Facts::default();
    facts.text("service", Some(service.name));
    facts.text("danger", Some(service.danger));
    facts.text("asks", Some(asks.map_or("varies", Asks::word)));
    facts.text("setting", door.map(|door| door.setting.as_str()));
    facts.text("set_in", door.map(place).filter(|place| !place.is_empty()));
    if door.is_some_and(|door| door.root_by_password) {
        facts.set("root_by_password", Value::Flag(true));
    }
    facts
}

fn finding(
    host: HostKey,
    detail: String,
    message: Message,
    subject: Subject,
    facts: Facts,
    sightings: Sightings,
) -> Finding {
    Finding {
        key: FindingKey { detector: UNIT.meta.id, host, detail },
        kind: FindingKind::Exposure,
        role: None,
        weight: None,
        act: None,
        message,
        subject,
        facts,
        first: sightings.first,
        last: sightings.last,
        count: sightings.count.max(1),
        cited: sightings.cited,
        technique: TECHNIQUE,
        dialogue: Vec::new(),
    }
}

/// Whether an address, or a name, is that of another network than the machine's own or its neighbours'.
pub(super) fn is_outside(source: &str) -> bool {
    match source.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V4(address)) => {
            let shared = matches!(address.octets(), [100, 64..=127, ..]);
            !(address.is_loopback() || address.is_private() || address.is_link_local() || shared)
        }
        Ok(IpAddr::V6(address)) => {
            !(address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local())
        }
        Err(_) => source.contains('.'),
    }
}
