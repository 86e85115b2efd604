//! Reads a miner's configuration, or a script that starts one.

use crate::{Certainty, Intake, Opened, Reader, ReaderUnit, Source};
use model::{
    At, EvidenceId, Fact, Machine, Message, Meta, MinerFile, Observation, Orders, OrdersFrom, Origin, Reach,
    Time, UnitKind,
};
use parse::app::carve::whole::{LARGEST, whole};

pub(crate) static UNIT: ReaderUnit = ReaderUnit {
    meta: Meta {
        id: "miner-config",
        kind: UnitKind::Reader,
        summary: "miner-config-summary",
        doc: include_str!("miner_config.md"),
        doc_zh: include_str!("miner_config.zh.md"),
        since: "0.1.0",
        messages: &[LONGER],
        parameters: &[],
    },
    probe,
    begins,
    open,
};

/// The file goes on behind what was recognised, and was not read there.
const LONGER: &str = "miner-config-longer";

fn probe(head: &[u8]) -> Certainty {
    if whole(head).is_some() { Certainty::Certain } else { Certainty::No }
}

/// A configuration carries no time.
fn begins(_: &[u8]) -> Option<Time> {
    None
}

fn open(evidence: EvidenceId, _: &[u8]) -> Opened {
    Ok(Box::new(MinerConfig { evidence }))
}

struct MinerConfig {
    evidence: EvidenceId,
}

impl Reader for MinerConfig {
    fn step(&mut self, source: &mut Source, intake: &mut Intake) -> bool {
        let mut bytes = vec![0; LARGEST + 1];
        let mut length = 0;
        while let Some(rest) = bytes.get_mut(length..).filter(|rest| !rest.is_empty()) {
            let got = source.fill(rest);
            length += got;
            if got == 0 || source.ended() {
                break;
            }
        }
        let is_whole = source.ended();
        bytes.truncate(length.min(LARGEST));
        if !is_whole {
            intake.gaps.add(At::Byte(LARGEST as u64), Message::new(LONGER));
        }
        let Some(found) = whole(&bytes) else { return false };
        let path = source.name().to_owned();
        let orders = found.orders.into_iter().map(|one| Orders {
            pool: one.pool,
            login: one.login,
            from: OrdersFrom::File(path.clone()),
        });
        let file = MinerFile {
            sha256: is_whole.then_some(found.sha256),
            orders: orders.collect(),
            algorithm: found.algorithm,
            coin: found.coin,
            path,
            ..MinerFile::default()
        };
        let machine = Machine { reach: Reach::Files, ..Machine::default() };
        intake.records = 1;
        let origin = Origin { evidence: self.evidence, at: At::Whole };
        for fact in [Fact::Machine(Box::new(machine)), Fact::MinerFile(Box::new(file))] {
            intake.observations.push(Observation { time: Time::UNKNOWN, origin, fact });
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// xmrig's own shape (`src/config.json`), shortened.
    const HIT: &[u8] =
        br#"{"autosave":true,"donate-level":1,"pools":[{"url":"pool.example:3333","user":"W","pass":"x"}]}"#;
    /// A pool of connections to a database has a URL and a user, too.
    const MISS: &[u8] = br#"{"pools":[{"url":"db.example:5432","user":"app","password":"x"}]}"#;

    #[test]
    fn evidence_is_recognised_and_its_neighbour_is_not() {
        assert_ne!(probe(HIT), Certainty::No);
        assert_eq!(probe(MISS), Certainty::No);
    }
}
