//! Work polled over HTTP: getwork, getblocktemplate, eth_getWork and Monero's daemon mining.

use crate::session::{self, Reading, Rules, SessionDetector, Spec, Weighed};
use crate::{Detector, DetectorSettings, DetectorUnit};
use model::{
    Carrier, Dialect, FactKind, FindingKind, Group, Meta, MiningSession, Role, Tenths, UnitKind, Weight,
    WeightKind, Work,
};

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "mining-rpc",
        kind: UnitKind::Detector,
        summary: "mining-rpc-summary",
        doc: include_str!("mining_rpc.md"),
        doc_zh: include_str!("mining_rpc.zh.md"),
        since: "0.1.0",
        messages: &session::with_shared::<7, 20>([
            "mining-rpc-mines",
            "mining-rpc-tried",
            "mining-rpc-refused",
            "mining-rpc-polls",
            "mining-rpc-probes",
            "mining-rpc-serves",
            "mining-rpc-relays",
        ]),
        parameters: &[],
    },
    reads: &[FactKind::Session],
    weights: &[&WORKED, &LOGGED_IN, &POLLED, &AS_P2POOL],
    make,
};

/// Work polled by a program that calls itself a miner, or work returned.
static WORKED: Weight = Weight {
    id: "mining-rpc-worked",
    group: Group::Wire,
    tenths: Tenths(400),
    kind: WeightKind::Definition,
    conclusive: true,
    grows: None,
    source: "docs/verdict.md, WIRE: work polled by a program that calls itself a miner, or any work returned; BIP 22, BIP 23",
};

/// A request for work that names a wallet or reports a hashrate, with its paired answer: monitors do neither.
static LOGGED_IN: Weight = Weight {
    id: "mining-rpc-logged-in",
    group: Group::Wire,
    tenths: Tenths(400),
    kind: WeightKind::Definition,
    conclusive: true,
    grows: None,
    source: "docs/verdict.md, WIRE: a request with its paired answer of the prescribed shape; ethereum-mining/ethminer EthGetworkClient.cpp",
};

/// Work polled again and again by a program that does not say what it is.
static POLLED: Weight = Weight {
    id: "mining-rpc-polled",
    group: Group::Wire,
    tenths: Tenths(200),
    kind: WeightKind::Definition,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, WIRE: work polled at least 10 times by an unnamed program",
};

/// What p2pool alone asks a node: its own methods, and a subscription to what blocks are made of.
static AS_P2POOL: Weight = Weight {
    id: "mining-rpc-as-p2pool",
    group: Group::Wire,
    tenths: Tenths(200),
    kind: WeightKind::Definition,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, WIRE: p2pool's own calls or subscription at a node, answered; SChernykh/p2pool p2pool.cpp, zmq_reader.cpp",
};

/// Polls that a monitoring system's occasional look does not reach.
const POLLS: u64 = 10;

fn make(_: &DetectorSettings) -> Box<dyn Detector> {
    SessionDetector::boxed(Spec {
        takes: is_polled,
        rules: Rules {
            detector: UNIT.meta.id,
            weigh,
            messages: [
                "mining-rpc-mines",
                "mining-rpc-tried",
                "mining-rpc-refused",
                "mining-rpc-polls",
                "mining-rpc-probes",
            ],
        },
        // A poll by itself says nothing; many of one client do.
        keeps: |_, _| true,
        weigh_server,
        server_messages: ["mining-rpc-serves", "mining-rpc-relays"],
    })
}

fn is_polled(session: &MiningSession) -> bool {
    session.carrier == Carrier::Http || session.dialect.is_some_and(Dialect::is_polled)
}

/// What polled work says about the client. Three kinds of program ask: miners (they say so, return work, name a
/// wallet), pools (they ask their own node), monitors and explorers (they ask now and then).
fn weigh(session: &MiningSession, reading: &Reading, work: &Work) -> Option<Weighed> {
    let proof = &session.proof;
    if proof.anchored == 0 {
        return None;
    }
    let asked = work.polled > 0 || proof.client_messages > 0;
    let answered = work.answered > 0 || proof.answered > 0;
    let names_itself = reading.wallet.is_some() || session.claimed_hashrate.is_some();
    let weight = if work.returned > 0 || (reading.miner.is_some() && asked) {
        &WORKED
    } else if names_itself && answered {
        &LOGGED_IN
    } else if work.polled >= POLLS {
        &POLLED
    } else if proof.answered > work.answered {
        // Nothing else that is answered here comes from monitors.
        &AS_P2POOL
    } else {
        return None;
    };
    if !weight.conclusive {
        return Some(Weighed { weight: Some(weight), act: None, role: None });
    }
    let act = session::act(session, work.answered > 0 || proof.job || proof.submit, proof.refused);
    Some(Weighed { weight: Some(weight), act: Some(act), role: Some(Role::Miner) })
}

/// A server that hands out templates is a node, which by itself is innocent; one that hands out getwork is a pool.
fn weigh_server(session: &MiningSession) -> Option<(Weighed, FindingKind)> {
    // The other end of a tunnel is a proxy, whoever hands out work behind it.
    if session.carriage.target.is_some() || session.proof.anchored == 0 || session.work.answered == 0 {
        return None;
    }
    match session.dialect? {
        Dialect::Getblocktemplate => {
            Some((Weighed { weight: None, act: None, role: Some(Role::Node) }, FindingKind::Context))
        }
        Dialect::Getwork if session.work.answered >= POLLS || session.work.returned > 0 => {
            let weighed = Weighed { weight: Some(&POLLED), act: None, role: Some(Role::Pool) };
            Some((weighed, FindingKind::Mining))
        }
        _ => None,
    }
}
