//! Sessions in a mining dialect over TCP: who mines where, and who hands out the work.

use crate::session::{self, Reading, Rules, Servers, Sessions, Weighed};
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{
    Act, Carrier, Dialect, Fact, FactKind, Finding, FindingKind, Group, Meta, MiningSession, Observation,
    Role, Tenths, Time, UnitKind, Weight, WeightKind, Work,
};

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "stratum-session",
        kind: UnitKind::Detector,
        summary: "stratum-session-summary",
        doc: include_str!("stratum_session.md"),
        doc_zh: include_str!("stratum_session.zh.md"),
        since: "0.1.0",
        messages: &[
            "stratum-session-mines",
            "stratum-session-tried",
            "stratum-session-refused",
            "stratum-session-probes",
            "stratum-session-serves",
            "stratum-session-relays",
            "session-at-request",
            "session-at-answer",
            "session-at-login",
            "session-at-job",
            "session-at-submit",
            "session-at-accepted",
            "session-at-refused",
            "session-at-redirect",
            "session-shares-unknown",
            "session-shares-none",
            "session-shares-sent",
            "session-shares-in-vain",
            "session-shares-accepted",
        ],
        parameters: &[],
    },
    reads: &[FactKind::Session],
    weights: &[&TWO_WAY, &ANSWERED, &ONE_SIDED, &SINGLE],
    make,
};

/// Request, paired answer, and a job or an accepted login: nothing else known is spoken so.
static TWO_WAY: Weight = Weight {
    id: "stratum-session-two-way",
    group: Group::Wire,
    tenths: Tenths(500),
    kind: WeightKind::Definition,
    conclusive: true,
    grows: None,
    source: "docs/verdict.md, WIRE: two-way session of a mining grammar; slushpool Stratum v1, xmrig Client.cpp, ZIP 301",
};

/// A request with its paired answer of the prescribed shape, no job yet.
static ANSWERED: Weight = Weight {
    id: "stratum-session-answered",
    group: Group::Wire,
    tenths: Tenths(400),
    kind: WeightKind::Definition,
    conclusive: true,
    grows: None,
    source: "docs/verdict.md, WIRE: a request with its paired answer of the prescribed shape",
};

/// Part of a session: three messages of two kinds, three different jobs, or a login whose wallet is valid.
static ONE_SIDED: Weight = Weight {
    id: "stratum-session-part",
    group: Group::Wire,
    tenths: Tenths(400),
    kind: WeightKind::Definition,
    conclusive: true,
    grows: None,
    source: "docs/verdict.md, WIRE: one side only",
};

/// One well-formed message.
static SINGLE: Weight = Weight {
    id: "stratum-session-single",
    group: Group::Wire,
    tenths: Tenths(200),
    kind: WeightKind::Definition,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, WIRE: a single well-formed message",
};

/// Messages of one side that make a session, and how many kinds there must be among them.
const MESSAGES: u64 = 3;
const KINDS: u32 = 2;
/// Different jobs that make a session whatever else was seen.
const JOBS: u32 = 3;

struct StratumSession {
    clients: Sessions,
    servers: Servers,
}

fn make(_: &DetectorSettings) -> Box<dyn Detector> {
    Box::new(StratumSession {
        clients: Sessions::new(Rules {
            detector: UNIT.meta.id,
            weigh,
            messages: [
                "stratum-session-mines",
                "stratum-session-tried",
                "stratum-session-refused",
                "stratum-session-tried",
                "stratum-session-probes",
            ],
        }),
        servers: Servers::new(UNIT.meta.id, ["stratum-session-serves", "stratum-session-relays"]),
    })
}

impl Detector for StratumSession {
    fn see(&mut self, seen: &Observation, context: &Context<'_>) {
        let Fact::Session(session) = &seen.fact else { return };
        if !is_stratum(session) {
            return;
        }
        let reading = session::read(session, context);
        if let Some(weighed) = weigh_server(session) {
            self.servers.see(session, &reading, weighed, FindingKind::Mining);
        }
        self.servers.see_relay(session, &reading);
        if weigh(session, &reading, &session.work).is_some() {
            self.clients.see(session, reading);
        }
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        let mut findings: Vec<Finding> = Vec::new();
        self.clients.say(&mut findings);
        self.servers.say(&mut findings);
        said.findings.extend(findings);
        said.forgotten += self.clients.forgotten() + self.servers.forgotten();
    }
}

fn is_stratum(session: &MiningSession) -> bool {
    session.carrier == Carrier::Tcp
        && !session.dialect.is_some_and(|dialect| dialect.is_polled() || dialect == Dialect::WebMiner)
}

/// What a session says about its client.
fn weigh(session: &MiningSession, reading: &Reading, _: &Work) -> Option<Weighed> {
    let proof = &session.proof;
    let wallet = reading.wallet.as_ref().is_some_and(|wallet| wallet.check == intel::wallet::Check::Checksum);
    // Everyday words (`login`, `submit`) need an anchor that only mining has, or a valid wallet in a decided dialect.
    if proof.anchored == 0 && !(wallet && session.dialect.is_some()) {
        return None;
    }
    let messages = proof.client_messages.saturating_add(proof.server_messages);
    let kinds = proof.client_kinds.saturating_add(proof.server_kinds);
    let weight = if proof.answered > 0 && (proof.job || proof.login_accepted == Some(true)) {
        &TWO_WAY
    } else if proof.answered > 0 {
        &ANSWERED
    } else if (messages >= MESSAGES && kinds >= KINDS) || proof.distinct_jobs >= JOBS || wallet {
        &ONE_SIDED
    } else if messages > 0 {
        &SINGLE
    } else {
        return None;
    };
    let shut_out = proof.login_accepted == Some(false) || (proof.refused && proof.login_accepted.is_none());
    // Who submits to a job was given one, whether or not the capture shows it.
    let given = proof.job || (proof.submit && !shut_out);
    let mines = given || session.shares.accepted.is_some_and(|count| count > 0);
    let refused = proof.refused || proof.login_accepted == Some(false);
    let act = match (mines, refused) {
        (true, _) => Act::Mines,
        (false, true) => Act::WasRefused,
        (false, false) => Act::Tried,
    };
    Some(Weighed { weight: Some(weight), act: Some(act), role: Some(role(session, reading)) })
}

/// A program that says so, or is given the work of one, passes work on to machines behind it (xmrig-proxy's own name;
/// MoneroOcean/nodejs-pool `lib/coins/core/factories.js`: reserved offsets only for xmr-node-proxy).
fn role(session: &MiningSession, reading: &Reading) -> Role {
    let named = reading.miner.as_ref().is_some_and(|name| name.to_ascii_lowercase().contains("proxy"));
    if named || session.job.for_proxy { Role::Proxy } else { Role::Miner }
}

/// What a session says about its server: only a job of its own proves it, since servers of other kinds answer
/// `true` or an error to anything.
fn weigh_server(session: &MiningSession) -> Option<Weighed> {
    let proof = &session.proof;
    // The other end of a tunnel is a proxy, whoever hands out work behind it.
    if session.carriage.target.is_some() || proof.anchored == 0 || proof.server_messages == 0 || !proof.job {
        return None;
    }
    let weight = if proof.answered > 0 {
        &TWO_WAY
    } else if proof.distinct_jobs >= JOBS
        || (proof.server_messages >= MESSAGES && proof.server_kinds >= KINDS)
    {
        &ONE_SIDED
    } else {
        &SINGLE
    };
    Some(Weighed { weight: Some(weight), act: None, role: Some(Role::Pool) })
}
