//! Sessions of miners in web pages: the Coinhive family and webminerpool, over WebSocket.

use crate::session::{self, Reading, Rules, Servers, Sessions, Weighed};
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{
    Act, Dialect, Fact, FactKind, Finding, FindingKind, Group, Meta, MiningSession, Observation, Role,
    Tenths, Time, UnitKind, Weight, WeightKind, Work,
};

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "web-miner",
        kind: UnitKind::Detector,
        summary: "web-miner-summary",
        doc: include_str!("web_miner.md"),
        doc_zh: include_str!("web_miner.zh.md"),
        since: "0.1.0",
        messages: &[
            "web-miner-mines",
            "web-miner-tried",
            "web-miner-refused",
            "web-miner-probes",
            "web-miner-serves",
            "web-miner-relays",
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
    id: "web-miner-two-way",
    group: Group::Web,
    tenths: Tenths(500),
    kind: WeightKind::Definition,
    conclusive: true,
    grows: None,
    source: "docs/verdict.md, WEB: session of a web-miner grammar, as WIRE; x25/coinhive-stratum-mining-proxy, notgiven688/webminerpool",
};

/// A request with its paired answer of the prescribed shape, no job yet.
static ANSWERED: Weight = Weight {
    id: "web-miner-answered",
    group: Group::Web,
    tenths: Tenths(400),
    kind: WeightKind::Definition,
    conclusive: true,
    grows: None,
    source: "docs/verdict.md, WEB: a request with its paired answer of the prescribed shape",
};

/// Part of a session: three messages of two kinds, three different jobs, or a login whose wallet is valid.
static ONE_SIDED: Weight = Weight {
    id: "web-miner-part",
    group: Group::Web,
    tenths: Tenths(400),
    kind: WeightKind::Definition,
    conclusive: true,
    grows: None,
    source: "docs/verdict.md, WEB: one side only",
};

/// One well-formed message.
static SINGLE: Weight = Weight {
    id: "web-miner-single",
    group: Group::Web,
    tenths: Tenths(200),
    kind: WeightKind::Definition,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, WEB: a single well-formed message",
};

/// Messages of one side that make a session, and how many kinds there must be among them.
const MESSAGES: u64 = 3;
const KINDS: u32 = 2;
/// Different jobs that make a session whatever else was seen.
const JOBS: u32 = 3;

struct WebMiner {
    clients: Sessions,
    servers: Servers,
}

fn make(_: &DetectorSettings) -> Box<dyn Detector> {
    Box::new(WebMiner {
        clients: Sessions::new(Rules {
            detector: UNIT.meta.id,
            weigh,
            messages: [
                "web-miner-mines",
                "web-miner-tried",
                "web-miner-refused",
                "web-miner-tried",
                "web-miner-probes",
            ],
        }),
        servers: Servers::new(UNIT.meta.id, ["web-miner-serves", "web-miner-relays"]),
    })
}

impl Detector for WebMiner {
    fn see(&mut self, seen: &Observation, context: &Context<'_>) {
        let Fact::Session(session) = &seen.fact else { return };
        if !is_web_miner(session) {
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

fn is_web_miner(session: &MiningSession) -> bool {
    session.dialect == Some(Dialect::WebMiner)
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
    let mines = proof.job || proof.submit || session.shares.accepted.is_some_and(|count| count > 0);
    let refused = proof.refused || proof.login_accepted == Some(false);
    let act = match (mines, refused) {
        (true, _) => Act::Mines,
        (false, true) => Act::WasRefused,
        (false, false) => Act::Tried,
    };
    Some(Weighed { weight: Some(weight), act: Some(act), role: Some(Role::WebMiner) })
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
