//! A miner on its way in: listed release archives and file names asked for, files that hold a miner's orders, and hosts
//! that serve miners and nothing else.

use crate::kept::{Kept, Worth};
use crate::sightings::Sightings;
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use intel::DownloadHost;
use model::{
    Endpoint, Fact, FactKind, Facts, Finding, FindingKey, FindingKind, Group, HttpRequest, Message, Meta,
    Observation, Recognised, Subject, Tenths, Time, Transfer, UnitKind, Value, Weight, WeightKind,
};
use std::net::IpAddr;

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "miner-download",
        kind: UnitKind::Detector,
        summary: "miner-download-summary",
        doc: include_str!("miner_download.md"),
        doc_zh: include_str!("miner_download.zh.md"),
        since: "0.1.0",
        messages: &[
            "miner-download-asked",
            "miner-download-fetched",
            "miner-download-host",
            "miner-download-site",
            "miner-download-at-request",
            "miner-download-at-file",
        ],
        parameters: &[],
    },
    reads: &[
        FactKind::HttpRequest,
        FactKind::Transfer,
        FactKind::LookUp,
        FactKind::TlsHello,
        FactKind::Tunnel,
    ],
    weights: &[&FETCHED, &ASKED, &HOST, &SITE],
    make,
};

static FETCHED: Weight = Weight {
    id: "miner-download-fetched",
    group: Group::Intake,
    tenths: Tenths(200),
    kind: WeightKind::Definition,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, INTAKE: a miner fetched; xmrig BaseTransform.h and config.json, cpuminer-opt usage",
};

/// The name alone: whether anything came is not known.
static ASKED: Weight = Weight {
    id: "miner-download-asked",
    group: Group::Intake,
    tenths: Tenths(60),
    kind: WeightKind::Assumed,
    conclusive: false,
    grows: None,
    source: "a listed name of a miner's archive or file in a request, without the file",
};

/// As the name of a file: whatever is fetched there is a miner's, and whether anything came is not known.
static HOST: Weight = Weight {
    id: "miner-download-host",
    group: Group::Intake,
    tenths: Tenths(60),
    kind: WeightKind::Assumed,
    conclusive: false,
    grows: None,
    source: "a listed host that serves a miner's files and nothing else, asked for; as a listed name of a file",
};

/// Half of it: people also read there.
static SITE: Weight = Weight {
    id: "miner-download-site",
    group: Group::Intake,
    tenths: Tenths(30),
    kind: WeightKind::Assumed,
    conclusive: false,
    grows: None,
    source: "a listed site of a mining program or of a system that only mines, asked for",
};

/// Files per client, and over all, about 1 KiB each.
const FILES_PER_CLIENT: usize = 32;
const IN_ALL: usize = 4096;

/// Hosts per client and over all: the list has twenty.
const HOSTS_PER_CLIENT: usize = 32;

/// What a file holds, as facts.
type Held = Vec<(&'static str, String)>;

struct Entry {
    family: Option<&'static str>,
    client: Endpoint,
    server: Endpoint,
    url: String,
    transfer: Option<(Box<Transfer>, Held)>,
    sightings: Sightings,
}

impl Worth for Entry {
    type Rank = (bool, Time);
    fn worth(&self) -> Self::Rank {
        (self.transfer.is_some(), self.sightings.last)
    }
}

/// A host that serves miners.
struct Place {
    host: DownloadHost<'static>,
    name: String,
    subject: Subject,
    sightings: Sightings,
}

impl Worth for Place {
    type Rank = (bool, Time);
    fn worth(&self) -> Self::Rank {
        (self.host.files_only, self.sightings.last)
    }
}

struct MinerDownload {
    kept: Kept<Entry>,
    places: Kept<Place>,
}

fn make(_: &DetectorSettings) -> Box<dyn Detector> {
    let places = Kept::new(HOSTS_PER_CLIENT, IN_ALL);
    Box::new(MinerDownload { kept: Kept::new(FILES_PER_CLIENT, IN_ALL), places })
}

impl Detector for MinerDownload {
    fn see(&mut self, seen: &Observation, context: &Context<'_>) {
        let ends = |client, server| Some(Subject::Connection { client, server });
        match &seen.fact {
            Fact::HttpRequest(request) if request.method == "GET" && self.asked(request, seen) => {}
            // What a proxy is asked to connect to is told as a tunnel.
            Fact::HttpRequest(request) if request.method == "CONNECT" => {}
            Fact::HttpRequest(request) => {
                let subject = ends(request.client, request.server);
                let name = host_asked(request);
                self.place(request.client.address, name, subject, seen, context);
            }
            Fact::Transfer(transfer) => self.carried(transfer, seen),
            Fact::LookUp(look_up) => self.place(look_up.by, Some(&look_up.name), None, seen, context),
            Fact::TlsHello(hello) => {
                let subject = ends(hello.client, hello.server);
                self.place(hello.client.address, hello.sni.as_deref(), subject, seen, context);
            }
            Fact::Tunnel(tunnel) => {
                let subject = ends(tunnel.client, tunnel.server);
                self.place(tunnel.client.address, Some(&tunnel.target.host), subject, seen, context);
            }
            _ => {}
        }
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        for ((address, detail), entry) in self.kept.iter() {
            let key = FindingKey { detector: UNIT.meta.id, host: (*address).into(), detail: detail.clone() };
            said.findings.push(finding(key, entry));
        }
        for ((address, detail), place) in self.places.iter() {
            let key = FindingKey { detector: UNIT.meta.id, host: (*address).into(), detail: detail.clone() };
            said.findings.push(of_place(key, place));
        }
        said.forgotten += self.kept.forgotten + self.places.forgotten;
    }
}

impl MinerDownload {
    /// Whether a listed file was asked for.
    fn asked(&mut self, request: &HttpRequest, seen: &Observation) -> bool {
        let Some(listed) = intel::download(&request.target) else { return false };
        let url = joined(request.host.as_deref(), &request.target);
        let entry = self.entry(request.client, request.server, url, seen);
        entry.family = Some(listed.family);
        entry.note(seen, "miner-download-at-request");
        true
    }

    /// A host asked for, by look-up or on a connection.
    fn place(
        &mut self,
        client: IpAddr,
        name: Option<&str>,
        subject: Option<Subject>,
        seen: &Observation,
        context: &Context<'_>,
    ) {
        let Some((name, host)) = name.and_then(|name| Some((name, intel::download_host(name)?))) else {
            return;
        };
        // A miner gives its author's share to a pool below the author's name.
        if context.intel.pool_by_name(name).is_some() {
            return;
        }
        let place = self.places.entry(client.to_canonical(), host.listed_as.to_owned(), || Place {
            host,
            name: name.to_owned(),
            subject: Subject::Name(name.to_owned()),
            sightings: Sightings::new(seen.time),
        });
        if let (Subject::Name(_), Some(subject)) = (&place.subject, subject) {
            place.subject = subject;
        }
        place.sightings.note(seen, Message::new("miner-download-at-request").with("url", name));
    }

    fn carried(&mut self, transfer: &Transfer, seen: &Observation) {
        let listed = intel::download(&transfer.target);
        let mut facts = Vec::new();
        let mut family = listed.map(|listed| listed.family);
        for recognised in &transfer.recognised {
            match recognised {
                Recognised::Config { pool, login } | Recognised::Script { pool, login } => {
                    let word = if matches!(recognised, Recognised::Config { .. }) {
                        "configuration"
                    } else {
                        "script"
                    };
                    facts.push(("holds", word.to_owned()));
                    facts.push(("pool", pool.clone()));
                    facts.extend(login.clone().map(|login| ("login", login)));
                }
                Recognised::Program { options, pool } => {
                    facts.push(("holds", "program".to_owned()));
                    facts.push(("options", options.to_string()));
                    facts.extend(pool.clone().map(|pool| ("pool", pool)));
                }
                Recognised::Archive { member } => {
                    let named = member.as_ref().and_then(|member| member.split('/').find_map(archived));
                    family = family.or(named);
                    if family.is_some() {
                        facts.push(("holds", "archive".to_owned()));
                        facts.extend(member.clone().map(|member| ("member", member)));
                    }
                }
                Recognised::WebMiner { .. } | Recognised::Wasm { .. } => {}
            }
        }
        if facts.is_empty() {
            return;
        }
        let entry = self.entry(transfer.client, transfer.server, url(transfer), seen);
        entry.family = entry.family.or(family);
        if entry.transfer.is_none() {
            entry.transfer = Some((Box::new(transfer.clone()), facts));
        }
        entry.note(seen, "miner-download-at-file");
    }

    fn entry(&mut self, client: Endpoint, server: Endpoint, url: String, seen: &Observation) -> &mut Entry {
        self.kept.entry(client.address.to_canonical(), url.clone(), || Entry {
            family: None,
            client,
            server,
            url,
            transfer: None,
            sightings: Sightings::new(seen.time),
        })
    }
}

impl Entry {
    fn note(&mut self, seen: &Observation, id: &'static str) {
        self.sightings.note(seen, Message::new(id).with("url", self.url.as_str()));
    }
}

fn finding(key: FindingKey, entry: &Entry) -> Finding {
    let mut facts = entry.transfer.as_ref().map(|(transfer, _)| file_facts(transfer)).unwrap_or_default();
    facts.text("url", Some(entry.url.as_str()));
    facts.text("family", entry.family);
    for (name, value) in entry.transfer.iter().flat_map(|(_, held)| held) {
        if facts.value(name).is_none() {
            facts.text(name, Some(value.as_str()));
        }
    }
    let login = facts.text_of("login").map(str::to_owned);
    wallet_facts(&mut facts, login.as_deref());
    let fetched = entry.transfer.is_some();
    let id = if fetched { "miner-download-fetched" } else { "miner-download-asked" };
    Finding {
        key,
        kind: FindingKind::Symptom,
        role: None,
        weight: Some(if fetched { &FETCHED } else { &ASKED }),
        act: None,
        message: Message::new(id)
            .with("url", entry.url.as_str())
            .with("family", entry.family.unwrap_or_default()),
        subject: Subject::Connection { client: entry.client, server: entry.server },
        facts,
        first: entry.sightings.first,
        last: entry.sightings.last,
        count: entry.sightings.count,
        cited: entry.sightings.cited.clone(),
        technique: Some("T1105"),
        dialogue: Vec::new(),
    }
}

fn of_place(key: FindingKey, place: &Place) -> Finding {
    let Place { host, name, subject, sightings } = place;
    let (weight, id) =
        if host.files_only { (&HOST, "miner-download-host") } else { (&SITE, "miner-download-site") };
    let mut facts = Facts::default();
    facts.text("name", Some(name.as_str()));
    facts.text("listed_as", Some(host.listed_as));
    facts.text("family", Some(host.family));
    Finding {
        key,
        kind: FindingKind::Symptom,
        role: None,
        weight: Some(weight),
        act: None,
        message: Message::new(id).with("name", name.as_str()).with("family", host.family),
        subject: subject.clone(),
        facts,
        first: sightings.first,
        last: sightings.last,
        count: sightings.count,
        cited: sightings.cited.clone(),
        technique: host.files_only.then_some("T1105"),
        dialogue: Vec::new(),
    }
}

/// The host that a request is for: of a proxy asked for a whole URL the one in it.
fn host_asked(request: &HttpRequest) -> Option<&str> {
    let in_target = request.target.split_once("://").map(|(_, rest)| {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = authority.rsplit('@').next().unwrap_or_default();
        host.split(':').next().unwrap_or_default()
    });
    in_target.filter(|_| !request.target.starts_with('/')).or(request.host.as_deref())
}

/// The family of a file or folder inside an archive: a folder bears the name of the release.
fn archived(part: &str) -> Option<&'static str> {
    let part = part.trim_end_matches(".tar");
    let listed = intel::download(&format!("/{part}")).or_else(|| intel::download(&format!("/{part}.zip")));
    listed.map(|listed| listed.family)
}

/// The facts of a carried file.
pub(super) fn file_facts(transfer: &Transfer) -> Facts {
    let mut facts = Facts::default();
    facts.text("url", Some(url(transfer)));
    facts.text("content_type", transfer.content_type.as_deref());
    facts.count("size", Some(transfer.size));
    facts.text("sha256", Some(transfer.sha256.as_str()));
    if !transfer.complete {
        facts.set("incomplete", Value::Flag(true));
    }
    facts
}

/// The wallet in a login, if its checksum or form holds.
pub(super) fn wallet_facts(facts: &mut Facts, login: Option<&str>) {
    if let Some((wallet, _)) = login.and_then(intel::wallet::find_in_login) {
        facts.text("wallet", Some(wallet.address.as_str()));
        facts.text("wallet_check", Some(wallet.check.word()));
        facts.text("wallet_coin", wallet.coin());
    }
}

/// Host and target of a file.
pub(super) fn url(transfer: &Transfer) -> String {
    let host = transfer.host.clone().unwrap_or_else(|| transfer.server.to_string());
    joined(Some(&host), &transfer.target)
}

fn joined(host: Option<&str>, target: &str) -> String {
    match host {
        Some(host) if target.starts_with('/') => format!("{host}{target}"),
        Some(host) if target.is_empty() => host.to_owned(),
        _ => target.to_owned(),
    }
}
