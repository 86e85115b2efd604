//! `minehound.report/1`: one JSON document that other programs may rely on. Fields are added, never renamed.

use super::Renderer;
use crate::gap::GapKind;
use crate::{Clock, Lang, Sandbox, View, Words, display_filter, escape, headline};
use model::{At, Case, CaseFinding, EvidenceSummary, HostVerdict, Meta, Role, Tenths, Time, UnitKind, Value};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use subject::{SubjectOf, subject};

#[path = "json_subject.rs"]
mod subject;

/// The schema's name; a field that goes or changes its meaning brings a new number.
const SCHEMA: &str = "minehound.report/1";

pub(crate) static UNIT: Renderer = Renderer {
    meta: Meta {
        id: "json",
        kind: UnitKind::Renderer,
        summary: "report-json-summary",
        doc: include_str!("json.md"),
        doc_zh: include_str!("json.zh.md"),
        since: "0.1.0",
        messages: &[],
        parameters: &[],
    },
    render,
};

fn render(case: &Case, view: &View) -> String {
    let words = Words::new(Lang::En).at(Clock::explicit_utc());
    let document = Document {
        schema: SCHEMA,
        tool: Tool { name: "minehound", version: view.version },
        run: Run {
            started: stamp(view.run.started),
            finished: stamp(view.run.finished),
            sandbox: sandbox(view.run.sandbox),
        },
        evidence: case.evidence.iter().map(|item| evidence(item, &words)).collect(),
        errors: case
            .errors
            .iter()
            .map(|error| Trouble { source: safe(&error.source), reason: words.say(&error.reason) })
            .collect(),
        prior: points(case.prior),
        unseen: Unseen {
            flows: case.unseen.flows,
            encrypted_flows: case.unseen.encrypted_flows,
            opaque_flows: case.unseen.opaque_flows,
            incomplete_flows: case.unseen.incomplete_flows,
            hosts: case.unseen.hosts,
            hosts_partly: case.unseen.hosts_partly,
            processes: case.unseen.processes,
        },
        hosts: case.hosts.iter().map(|item| host(case, item, &words)).collect(),
        findings: case.findings.iter().map(|item| finding(case, item, &words)).collect(),
    };
    // The types above hold only strings, numbers, lists and maps with text keys: nothing that can fail to serialize.
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    tool: Tool,
    run: Run,
    evidence: Vec<Evidence>,
    errors: Vec<Trouble>,
    prior: f64,
    unseen: Unseen,
    hosts: Vec<Host>,
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Run {
    started: String,
    finished: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    sandbox: Option<String>,
}

#[derive(Serialize)]
struct Trouble {
    source: String,
    reason: String,
}

#[derive(Serialize)]
struct Unseen {
    flows: u64,
    encrypted_flows: u64,
    opaque_flows: u64,
    incomplete_flows: u64,
    hosts: u64,
    hosts_partly: u64,
    processes: u64,
}

#[derive(Serialize)]
struct Evidence {
    id: String,
    source: String,
    reader: &'static str,
    sha256: Option<String>,
    bytes: u64,
    records: u64,
    first_seen: Option<String>,
    last_seen: Option<String>,
    gaps: Vec<Gap>,
}

#[derive(Serialize)]
struct Gap {
    at: String,
    #[serde(flatten)]
    place: Place,
    kind: &'static str,
    reason: String,
    count: u64,
}

#[derive(Serialize)]
struct Host {
    id: String,
    addresses: Vec<String>,
    names: Vec<String>,
    macs: Vec<String>,
    roles: Vec<&'static str>,
    verdict: &'static str,
    points: f64,
    coverage: &'static str,
    examined: bool,
    first_seen: Option<String>,
    last_seen: Option<String>,
    summary: String,
    findings: Vec<String>,
    not_found: Vec<String>,
    next_fact: Option<String>,
    advice: Vec<String>,
    remarks: Vec<String>,
}

#[derive(Serialize)]
struct Finding<'a> {
    id: String,
    detector: &'static str,
    kind: &'static str,
    group: &'static str,
    host: String,
    points: f64,
    counted: f64,
    conclusive: bool,
    weight: Option<Weight>,
    explained: Option<String>,
    role: Option<&'static str>,
    technique: Option<&'static str>,
    first_seen: Option<String>,
    last_seen: Option<String>,
    count: u64,
    summary: String,
    subject: SubjectOf,
    facts: Facts<'a>,
    evidence: Vec<Cited>,
    display_filter: Option<String>,
}

#[derive(Serialize)]
struct Weight {
    id: &'static str,
    kind: &'static str,
    source: &'static str,
}

#[derive(Serialize)]
struct Cited {
    id: String,
    at: String,
    #[serde(flatten)]
    place: Place,
    time: String,
    excerpt: String,
}

/// A place for programs: what is counted there, and the number; a whole has none.
#[derive(Serialize)]
struct Place {
    at_kind: &'static str,
    at_number: Option<u64>,
}

fn place(at: At) -> Place {
    let (at_kind, at_number) = match at {
        At::Packet(number) => ("packet", Some(number)),
        At::Byte(offset) => ("byte", Some(offset)),
        At::Line(number) => ("line", Some(number)),
        At::Process(pid) => ("process", Some(u64::from(pid))),
        At::Whole => ("whole", None),
    };
    Place { at_kind, at_number }
}

struct Facts<'a>(&'a model::Facts);

impl Serialize for Facts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in self.0.iter() {
            match value {
                Value::Text(text) => map.serialize_entry(name, &safe(text))?,
                Value::Count(count) => map.serialize_entry(name, count)?,
                Value::Number(number) => map.serialize_entry(name, number)?,
                Value::Flag(flag) => map.serialize_entry(name, flag)?,
            }
        }
        if self.0.iter().any(|(name, _)| name.starts_with("hashrate"))
            && self.0.value("hashrate_unit").is_none()
        {
            map.serialize_entry("hashrate_unit", super::hashrate_unit(self.0))?;
        }
        map.end()
    }
}

fn evidence(item: &EvidenceSummary, words: &Words) -> Evidence {
    Evidence {
        id: item.id.to_string(),
        source: safe(&item.source),
        reader: item.reader,
        sha256: item.sha256.clone(),
        bytes: item.bytes,
        records: item.records,
        first_seen: item.first.map(stamp),
        last_seen: item.last.map(stamp),
        gaps: item
            .gaps
            .iter()
            .map(|gap| Gap {
                at: gap.at.to_string(),
                place: place(gap.at),
                kind: GapKind::of(gap).word(),
                reason: words.say(&gap.reason),
                count: gap.count,
            })
            .collect(),
    }
}

fn host(case: &Case, item: &HostVerdict, words: &Words) -> Host {
    let ids = item.findings.iter().filter_map(|index| case.findings.get(*index));
    let say_all = |messages: &[model::Message]| messages.iter().map(|message| words.say(message)).collect();
    Host {
        id: item.id.clone(),
        addresses: item.addresses.iter().map(ToString::to_string).collect(),
        names: item.names.iter().map(|name| safe(name)).collect(),
        macs: item.macs.iter().map(ToString::to_string).collect(),
        roles: item.roles.iter().map(|role| role.word()).collect(),
        verdict: item.level.word(),
        points: points(item.points),
        coverage: item.coverage.word(),
        examined: item.examined,
        first_seen: known(item.first),
        last_seen: known(item.last),
        summary: words.say(&headline::sentence(case, item)),
        findings: ids.map(|finding| finding.id.clone()).collect(),
        not_found: say_all(&item.not_found),
        next_fact: item.next_fact.as_ref().map(|next| words.say(&next.message)),
        advice: say_all(&item.advice),
        remarks: say_all(&item.remarks),
    }
}

fn finding<'a>(case: &Case, item: &'a CaseFinding, words: &Words) -> Finding<'a> {
    let said = &item.finding;
    Finding {
        id: item.id.clone(),
        detector: said.key.detector,
        kind: said.kind.word(),
        group: said.weight.map_or(model::Group::Context, |weight| weight.group).word(),
        host: case.hosts.get(item.host).map(|host| host.id.clone()).unwrap_or_default(),
        points: points(item.points),
        counted: points(item.counted),
        conclusive: item.conclusive,
        weight: said.weight.map(|weight| Weight {
            id: weight.id,
            kind: weight.kind.word(),
            source: weight.source,
        }),
        explained: item.explained.as_ref().map(|why| words.say(why)),
        role: said.role.map(Role::word),
        technique: said.technique,
        first_seen: known(said.first),
        last_seen: known(said.last),
        count: said.count,
        summary: words.say(&said.message),
        subject: subject(&said.subject),
        facts: Facts(&said.facts),
        evidence: said
            .cited
            .iter()
            .map(|cited| Cited {
                id: cited.origin.evidence.to_string(),
                at: cited.origin.at.to_string(),
                place: place(cited.origin.at),
                time: stamp(cited.time),
                excerpt: words.say(&cited.excerpt),
            })
            .collect(),
        display_filter: display_filter(said, said.key.host.address()),
    }
}

/// What was in force; absent when nothing was.
fn sandbox(sandbox: Sandbox) -> Option<String> {
    let landlock = sandbox.landlock.map(|abi| format!("landlock abi {abi}"));
    let seccomp = sandbox.seccomp.then(|| "seccomp".to_owned());
    let in_force: Vec<String> = [landlock, seccomp].into_iter().flatten().collect();
    (!in_force.is_empty()).then(|| in_force.join(", "))
}

fn points(tenths: Tenths) -> f64 {
    f64::from(tenths.0) / 10.0
}

/// `null` where the evidence states no time.
fn known(time: Time) -> Option<String> {
    time.is_known().then(|| stamp(time))
}

fn stamp(time: Time) -> String {
    time.to_string()
}

fn safe(raw: &str) -> String {
    escape::text(raw, escape::VALUE_CHARS)
}

#[cfg(test)]
#[path = "json_tests.rs"]
mod tests;
