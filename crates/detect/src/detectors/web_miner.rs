//! Sessions of miners in web pages: the Coinhive family and webminerpool, over WebSocket.

use crate::session::{self, Reading, Rules, SessionDetector, Spec, Weighed, Weights};
use crate::{Detector, DetectorSettings, DetectorUnit};
use model::{
    Dialect, FactKind, FindingKind, Group, Meta, MiningSession, Role, Tenths, UnitKind, Weight, WeightKind,
    Work,
};

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "web-miner",
        kind: UnitKind::Detector,
        summary: "web-miner-summary",
        doc: include_str!("web_miner.md"),
        doc_zh: include_str!("web_miner.zh.md"),
        since: "0.1.0",
        messages: &session::with_shared::<6, 19>([
            "web-miner-mines",
            "web-miner-tried",
            "web-miner-refused",
            "web-miner-probes",
            "web-miner-serves",
            "web-miner-relays",
        ]),
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

const WEIGHTS: Weights =
    Weights { two_way: &TWO_WAY, answered: &ANSWERED, one_sided: &ONE_SIDED, single: &SINGLE };

fn make(_: &DetectorSettings) -> Box<dyn Detector> {
    SessionDetector::boxed(Spec {
        takes: is_web_miner,
        rules: Rules {
            detector: UNIT.meta.id,
            weigh,
            messages: [
                "web-miner-mines",
                "web-miner-tried",
                "web-miner-refused",
                "web-miner-tried",
                "web-miner-probes",
            ],
        },
        keeps: |session, reading| weigh(session, reading, &session.work).is_some(),
        weigh_server,
        server_messages: ["web-miner-serves", "web-miner-relays"],
    })
}

fn is_web_miner(session: &MiningSession) -> bool {
    session.dialect == Some(Dialect::WebMiner)
}

/// What a session says about its client.
fn weigh(session: &MiningSession, reading: &Reading, _: &Work) -> Option<Weighed> {
    let weight = session::weigh_grammar(session, reading, &WEIGHTS)?;
    let proof = &session.proof;
    let act = session::act(session, proof.job || proof.submit, session::was_refused(proof));
    Some(Weighed { weight: Some(weight), act: Some(act), role: Some(Role::WebMiner) })
}

/// What a session says about its server.
fn weigh_server(session: &MiningSession) -> Option<(Weighed, FindingKind)> {
    let weight = session::serves(session, &WEIGHTS)?;
    let weighed = Weighed { weight: Some(weight), act: None, role: Some(Role::Pool) };
    Some((weighed, FindingKind::Mining))
}
