//! Reads what `minehound collect` wrote: a machine, looked at elsewhere.

use host::bundle::{FORM, SCHEMA, Unpacker, is_bundle};
use host::examine;
use model::{EvidenceId, GapSummary, Message, Meta, UnitKind};

use crate::{Certainty, Intake, Opened, Reader, ReaderUnit, Source};

/// Bytes asked for at once.
const READ: usize = 1 << 18;

pub(crate) static UNIT: ReaderUnit = ReaderUnit {
    meta: Meta {
        id: "bundle",
        kind: UnitKind::Reader,
        summary: "bundle-summary",
        doc: include_str!("bundle.md"),
        doc_zh: include_str!("bundle.zh.md"),
        since: "0.1.0",
        messages: &[OTHER_FORM],
        parameters: &[],
    },
    probe,
    // A machine's time is no part of the order in which packets are read.
    begins: |_| None,
    open,
};

/// It was written in a form that this program does not read.
const OTHER_FORM: &str = "bundle-other-form";

fn probe(head: &[u8]) -> Certainty {
    if is_bundle(head) { Certainty::Certain } else { Certainty::No }
}

fn open(evidence: EvidenceId, head: &[u8]) -> Opened {
    let schema = format!("{SCHEMA}{FORM}\"");
    if !head.windows(schema.len()).any(|bytes| bytes == schema.as_bytes()) {
        return Err(Message::new(OTHER_FORM));
    }
    Ok(Box::new(Bundle { evidence, unpacker: Some(Unpacker::default()) }))
}

/// A bundle being read.
struct Bundle {
    evidence: EvidenceId,
    unpacker: Option<Unpacker>,
}

impl Reader for Bundle {
    fn step(&mut self, source: &mut Source, intake: &mut Intake) -> bool {
        let Some(mut unpacker) = self.unpacker.take() else { return false };
        let bytes = &mut intake.block.bytes;
        bytes.resize(READ, 0);
        let got = source.fill(bytes);
        unpacker.push(&bytes[..got]);
        bytes.clear();
        if !source.ended() {
            self.unpacker = Some(unpacker);
            return true;
        }
        let mut machine = unpacker.finish();
        let settings = machine.settings();
        let found = &mut intake.observations;
        let done = examine(&mut machine, self.evidence, &settings, &mut |seen| found.push(seen));
        (intake.records, intake.first, intake.last) = (done.records, done.first, done.last);
        for GapSummary { at, reason, count } in done.gaps.into_iter().chain(machine.into_gaps()) {
            intake.gaps.add_many(at, reason, count);
        }
        false
    }
}
