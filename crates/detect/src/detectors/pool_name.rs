//! Names of listed pools: looked up in DNS, or asked for on a connection, and whether their mining port answered.

use crate::kept::{Kept, Worth};
use crate::lasting::{LASTING_SECS, LASTING_TIMES};
use crate::sightings::Sightings;
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Pool, Said};
use model::{
    Act, Fact, FactKind, Facts, Finding, FindingKey, FindingKind, FlowSummary, Group, Grows, LookUp,
    LookUpResult, Message, Meta, Observation, Role, Subject, Target, Tenths, Time, UnitKind, Value, Weight,
    WeightKind,
};
use std::net::IpAddr;

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "pool-name",
        kind: UnitKind::Detector,
        summary: "pool-name-summary",
        doc: include_str!("pool_name.md"),
        doc_zh: include_str!("pool_name.zh.md"),
        since: "0.1.0",
        messages: &[
            "pool-name-looked-up",
            "pool-name-blocked",
            "pool-name-connected",
            "pool-name-web-site",
            "pool-name-at-look-up",
            "pool-name-at-request",
            "pool-name-at-connection",
        ],
        parameters: &[LASTING_SECS, LASTING_TIMES],
    },
    reads: &[FactKind::LookUp, FactKind::TlsHello, FactKind::HttpRequest, FactKind::Tunnel, FactKind::Flow],
    weights: &[&LOOKED_UP, &REPEATED, &REACHED, &LASTING, &WEB_SITE],
    make,
};

static LOOKED_UP: Weight = Weight {
    id: "pool-name-looked-up",
    group: Group::Dest,
    tenths: Tenths(200),
    kind: WeightKind::Listed,
    conclusive: false,
    grows: Some(Grows { distinct: Some(3), count: Some(20), over_secs: 3600, to: &REPEATED }),
    source: "docs/verdict.md, DEST: known pool name looked up",
};

static REPEATED: Weight = Weight {
    id: "pool-name-repeated",
    group: Group::Dest,
    tenths: Tenths(300),
    kind: WeightKind::Listed,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, DEST: three different known pools, or twenty look-ups over an hour",
};

static REACHED: Weight = Weight {
    id: "pool-name-reached",
    group: Group::Dest,
    tenths: Tenths(320),
    kind: WeightKind::Listed,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, DEST: known pool with its listed port connected, payload both ways",
};

static LASTING: Weight = Weight {
    id: "pool-name-lasting",
    group: Group::Dest,
    tenths: Tenths(420),
    kind: WeightKind::Listed,
    conclusive: true,
    grows: None,
    source: "docs/verdict.md, DEST: a known pool's name asked and its mining port connected, 30 minutes or 3 times",
};

static WEB_SITE: Weight = Weight {
    id: "pool-name-web-site",
    group: Group::Dest,
    tenths: Tenths(60),
    kind: WeightKind::Assumed,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, DEST: a pool's web site",
};

/// Pools per client. A list check of thousands must not fill memory, and twenty already decide that it is one.
const POOLS_PER_CLIENT: usize = 64;
/// Over all clients, about 1 KiB each.
const IN_ALL: usize = 16_384;
/// One look-up seen in several places (client to resolver, resolver to authority, two logs) comes within this time.
const SAME_LOOK_UP_NANOS: i64 = 2_000_000_000;

struct Entry {
    name: String,
    pool: Pool,
    /// Only the pool's web site was meant.
    site: bool,
    look_ups: u64,
    last_look_up: Option<Time>,
    /// Every answer so far said that the name does not exist or leads nowhere.
    blocked: bool,
    sightings: Sightings,
    connections: u64,
    connected: Option<(Time, Time)>,
    subject: Option<Subject>,
    /// Whom a proxy was asked for.
    target: Option<Target>,
}

impl Worth for Entry {
    type Rank = (bool, bool, Time);
    fn worth(&self) -> Self::Rank {
        (self.connected.is_some(), !self.site, self.sightings.last)
    }
}

struct PoolName {
    kept: Kept<Entry>,
    lasting_secs: u64,
    lasting_times: u64,
}

fn make(settings: &DetectorSettings) -> Box<dyn Detector> {
    Box::new(PoolName {
        kept: Kept::new(POOLS_PER_CLIENT, IN_ALL),
        lasting_secs: settings.value(&UNIT.meta, LASTING_SECS.name),
        lasting_times: settings.value(&UNIT.meta, LASTING_TIMES.name),
    })
}

impl Detector for PoolName {
    fn see(&mut self, seen: &Observation, context: &Context<'_>) {
        match &seen.fact {
            Fact::LookUp(look_up) => self.looked_up(look_up, seen, context),
            Fact::TlsHello(hello) => {
                let port = context.names.target(hello.flow).map_or(hello.server.port, |target| target.port);
                let address = hello.client.address;
                self.asked(address, port, hello.sni.as_deref(), false, seen, context);
            }
            // What a proxy is asked to connect to is told as a tunnel.
            Fact::HttpRequest(request) if request.method == "CONNECT" => {}
            Fact::HttpRequest(request) => {
                let port =
                    context.names.target(request.flow).map_or(request.server.port, |target| target.port);
                // A page is read with GET; a pool is asked for work with POST, or over an upgraded connection that
                // shows itself as a session.
                let reads = !request.method.eq_ignore_ascii_case("POST");
                let address = request.client.address;
                self.asked(address, port, request.host.as_deref(), reads, seen, context);
            }
            Fact::Tunnel(tunnel) => {
                let (address, target) = (tunnel.client.address, &tunnel.target);
                self.asked(address, target.port, Some(&target.host), false, seen, context);
            }
            Fact::Flow(flow) => self.connected(flow, seen, context),
            _ => {}
        }
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        for ((address, detail), entry) in self.kept.iter() {
            let key = FindingKey { detector: UNIT.meta.id, host: (*address).into(), detail: detail.clone() };
            said.findings.push(self.finding(key, entry));
        }
        said.forgotten += self.kept.forgotten;
    }
}

impl PoolName {
    fn looked_up(&mut self, look_up: &LookUp, seen: &Observation, context: &Context<'_>) {
        let names = std::iter::once(&look_up.name).chain(&look_up.aliases);
        let Some((name, pool)) =
            names.filter_map(|name| Some((name, context.intel.pool_by_name(name)?))).next()
        else {
            return;
        };
        let blocked = match &look_up.result {
            LookUpResult::Addresses(addresses) => addresses.iter().all(|address| is_sinkhole(*address)),
            LookUpResult::NoSuchName => true,
            LookUpResult::Failed(_) | LookUpResult::Nothing | LookUpResult::Unanswered => false,
        };
        let entry = self.entry(look_up.by, name, pool, seen.time);
        let repeated = entry.last_look_up.is_some_and(|last| seen.time.since(last) < SAME_LOOK_UP_NANOS);
        entry.blocked = blocked && (entry.look_ups == 0 || entry.blocked);
        if !repeated || entry.look_ups == 0 {
            entry.look_ups = entry.look_ups.saturating_add(1);
            entry.last_look_up = Some(seen.time);
        }
        entry.sightings.touch(seen.time);
        let name = name.as_str();
        entry.sightings.cite(seen, Message::new("pool-name-at-look-up").with("name", name));
    }

    /// A name asked for on the connection itself: TLS server name or HTTP host. `reads`: as one reads a web page.
    fn asked(
        &mut self,
        client: IpAddr,
        port: u16,
        name: Option<&str>,
        reads: bool,
        seen: &Observation,
        context: &Context<'_>,
    ) {
        let Some((name, mut pool)) = name.and_then(|name| Some((name, context.intel.pool_by_name(name)?)))
        else {
            return;
        };
        pool.site |= reads || !pool.mines_at(port, context.intel);
        let entry = self.entry(client, name, pool, seen.time);
        entry.sightings.touch(seen.time);
        entry.sightings.cite(seen, Message::new("pool-name-at-request").with("name", name));
    }

    /// A connection to the mining port of a server that the client knows by a pool's name.
    fn connected(&mut self, flow: &FlowSummary, seen: &Observation, context: &Context<'_>) {
        // Pages that were read there are the pool's web site, whatever its port is used for besides.
        if flow.payload.contains(&0) || context.names.is_web(flow.flow) {
            return;
        }
        // Through a proxy the target asked of it counts, not the proxy's own name and port.
        let target = context.names.target(flow.flow);
        let port = target.map_or(flow.server.port, |target| target.port);
        let own = context.names.of(flow.flow, flow.client.address, flow.server.address, flow.first);
        let asked = target.map(|target| target.host.as_str());
        let names = asked.into_iter().chain(own.filter(|_| target.is_none()));
        let listed = names.filter_map(|name| Some((name, context.intel.pool_by_name(name)?)));
        let Some((name, pool)) =
            listed.filter(|(_, pool)| !pool.site).find(|(_, pool)| pool.mines_at(port, context.intel))
        else {
            return;
        };
        let entry = self.entry(flow.client.address, name, pool, flow.first);
        entry.connections = entry.connections.saturating_add(1);
        let (first, last) = entry.connected.unwrap_or((flow.first, flow.last));
        entry.connected = Some((first.min(flow.first), last.max(flow.last)));
        entry.subject = Some(Subject::Connection { client: flow.client, server: flow.server });
        entry.target = target.cloned();
        entry.sightings.touch(flow.first);
        entry.sightings.touch(flow.last);
        entry.sightings.cite(seen, Message::new("pool-name-at-connection").with("server", flow.server));
    }

    /// The entry of a pool, or of its web site.
    fn entry(&mut self, client: IpAddr, name: &str, pool: Pool, time: Time) -> &mut Entry {
        let site = pool.site;
        let key = format!("{}{}", pool.id, if site { " site" } else { "" });
        self.kept.entry(client.to_canonical(), key, || Entry {
            name: name.to_owned(),
            pool,
            site,
            look_ups: 0,
            last_look_up: None,
            blocked: false,
            sightings: Sightings::new(time),
            connections: 0,
            connected: None,
            subject: None,
            target: None,
        })
    }

    fn finding(&self, key: FindingKey, entry: &Entry) -> Finding {
        let lasted = |(first, last): (Time, Time)| {
            last.secs_since(first) >= self.lasting_secs || entry.connections >= self.lasting_times
        };
        let (weight, id) = match entry.connected {
            Some(span) if lasted(span) => (&LASTING, "pool-name-connected"),
            Some(_) => (&REACHED, "pool-name-connected"),
            None if entry.site => (&WEB_SITE, "pool-name-web-site"),
            None if entry.blocked => (&LOOKED_UP, "pool-name-blocked"),
            None => (&LOOKED_UP, "pool-name-looked-up"),
        };
        let mut facts = Facts::default();
        facts.text("name", Some(entry.name.as_str()));
        facts.text("listed_as", Some(entry.pool.id.as_str()));
        let coin = match entry.pool.coins.as_slice() {
            [one] if !entry.site => Some(one.as_str()),
            _ => None,
        };
        facts.text("coin_offered", coin);
        facts.count("look_ups", Some(entry.look_ups).filter(|count| *count > 0));
        facts.count("connections", Some(entry.connections).filter(|count| *count > 0));
        if let Some(Subject::Connection { server, .. }) = &entry.subject {
            let pool = entry.target.as_ref().map_or_else(|| server.to_string(), ToString::to_string);
            facts.text("pool", Some(pool));
            facts.text("pool_name", Some(entry.name.as_str()));
            facts.text("via", entry.target.as_ref().map(|_| server.to_string()));
            facts.set("connected", Value::Flag(true));
        }
        let proved = entry.connected.is_some() && weight.conclusive;
        Finding {
            key,
            kind: if entry.site { FindingKind::Symptom } else { FindingKind::Mining },
            role: proved.then_some(Role::Miner),
            weight: Some(weight),
            act: proved.then_some(Act::Tried),
            message: Message::new(id)
                .with("name", entry.name.as_str())
                .with("count", entry.look_ups)
                .with("connections", entry.connections),
            subject: entry.subject.clone().unwrap_or_else(|| Subject::Name(entry.name.clone())),
            facts,
            first: entry.sightings.first,
            last: entry.sightings.last,
            count: entry.look_ups.max(entry.connections).max(1),
            cited: entry.sightings.cited.clone(),
            technique: Some("T1496.001"),
            dialogue: Vec::new(),
        }
    }
}

/// An answer that leads nowhere: how block lists answer (unspecified, loopback, private use).
fn is_sinkhole(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.is_unspecified() || v4.is_loopback() || v4.is_private(),
        IpAddr::V6(v6) => v6.is_unspecified() || v6.is_loopback(),
    }
}
