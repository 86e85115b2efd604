//! Sessions in a mining dialect over TCP: who mines where, and who hands out the work.

use crate::session::{self, Reading, Rules, SessionDetector, Spec, Weighed, Weights};
use crate::{Detector, DetectorSettings, DetectorUnit};
use model::{
    Carrier, Dialect, FactKind, FindingKind, Group, Meta, MiningSession, Role, Tenths, UnitKind, Weight,
    WeightKind, Work,
};

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "stratum-session",
        kind: UnitKind::Detector,
        summary: "stratum-session-summary",
        doc: include_str!("stratum_session.md"),
        doc_zh: include_str!("stratum_session.zh.md"),
        since: "0.1.0",
        messages: &session::with_shared::<6, 19>([
            "stratum-session-mines",
            "stratum-session-tried",
            "stratum-session-refused",
            "stratum-session-probes",
            "stratum-session-serves",
            "stratum-session-relays",
        ]),
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

const WEIGHTS: Weights =
    Weights { two_way: &TWO_WAY, answered: &ANSWERED, one_sided: &ONE_SIDED, single: &SINGLE };

fn make(_: &DetectorSettings) -> Box<dyn Detector> {
    SessionDetector::boxed(Spec {
        takes: is_stratum,
        rules: Rules {
            detector: UNIT.meta.id,
            weigh,
            messages: [
                "stratum-session-mines",
                "stratum-session-tried",
                "stratum-session-refused",
                "stratum-session-tried",
                "stratum-session-probes",
            ],
        },
        keeps: |session, reading| weigh(session, reading, &session.work).is_some(),
        weigh_server,
        server_messages: ["stratum-session-serves", "stratum-session-relays"],
    })
}

fn is_stratum(session: &MiningSession) -> bool {
    session.carrier == Carrier::Tcp
        && !session.dialect.is_some_and(|dialect| dialect.is_polled() || dialect == Dialect::WebMiner)
}

/// What a session says about its client.
fn weigh(session: &MiningSession, reading: &Reading, _: &Work) -> Option<Weighed> {
    let weight = session::weigh_grammar(session, reading, &WEIGHTS)?;
    let proof = &session.proof;
    let shut_out = proof.login_accepted == Some(false) || (proof.refused && proof.login_accepted.is_none());
    // Who submits to a job was given one, whether or not the capture shows it.
    let given = proof.job || (proof.submit && !shut_out);
    let act = session::act(session, given, session::was_refused(proof));
    Some(Weighed { weight: Some(weight), act: Some(act), role: Some(role(session, reading)) })
}

/// A program that says so, or is given the work of one, passes work on to machines behind it (xmrig-proxy's own name;
/// MoneroOcean/nodejs-pool `lib/coins/core/factories.js`: reserved offsets only for xmr-node-proxy).
fn role(session: &MiningSession, reading: &Reading) -> Role {
    let named = reading.miner.as_ref().is_some_and(|name| name.to_ascii_lowercase().contains("proxy"));
    if named || session.job.for_proxy { Role::Proxy } else { Role::Miner }
}

/// What a session says about its server.
fn weigh_server(session: &MiningSession) -> Option<(Weighed, FindingKind)> {
    let weight = session::serves(session, &WEIGHTS)?;
    let weighed = Weighed { weight: Some(weight), act: None, role: Some(Role::Pool) };
    Some((weighed, FindingKind::Mining))
}
