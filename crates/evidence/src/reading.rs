//! One piece of evidence being read: the source, its reader, and the sums for the report.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use model::{At, EvidenceId, EvidenceSummary, Message, Time};

use crate::words::GAP_READER_FAILED;
use crate::{Gaps, Intake, Reader, Source};

/// A piece of evidence that is being read.
pub struct Reading {
    pub(crate) id: EvidenceId,
    pub(crate) reader_id: &'static str,
    pub(crate) source: Source,
    pub(crate) reader: Box<dyn Reader>,
    pub(crate) sums: Sums,
}

/// What is known of the evidence so far.
#[derive(Debug, Default)]
pub(crate) struct Sums {
    gaps: Gaps,
    records: u64,
    first: Option<Time>,
    last: Option<Time>,
    done: bool,
}

impl Reading {
    /// Which piece of evidence this is.
    #[must_use]
    pub fn id(&self) -> EvidenceId {
        self.id
    }

    /// Reads on: `intake` then holds what this step found, and nothing of earlier steps. Says
    /// whether there may be more. A reader that panics becomes a gap, and the reading ends.
    pub fn step(&mut self, intake: &mut Intake) -> bool {
        intake.reuse();
        if self.sums.done {
            intake.block.bytes.clear();
            return false;
        }
        let (reader, source) = (&mut self.reader, &mut self.source);
        let more = catch_unwind(AssertUnwindSafe(|| reader.step(source, intake))).unwrap_or_else(|_| {
            intake.reuse();
            intake.block.bytes.clear();
            intake.gaps.add(At::Byte(self.source.position()), Message::new(GAP_READER_FAILED));
            false
        });
        let sums = &mut self.sums;
        sums.gaps.absorb(&mut intake.gaps);
        sums.records = sums.records.saturating_add(intake.records);
        sums.first = [sums.first, intake.first].into_iter().flatten().min();
        sums.last = [sums.last, intake.last].into_iter().flatten().max();
        sums.done = !more;
        more
    }

    /// Bytes read so far, as they lie there (compressed): for a progress bar.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.source.bytes_read()
    }

    /// Ends the reading and sums it up. A file's hash is of the whole file even when reading
    /// stopped early.
    #[must_use]
    pub fn finish(self) -> EvidenceSummary {
        let mut gaps = self.sums.gaps;
        let source = self.source.name().to_owned();
        let mut totals = self.source.finish();
        gaps.absorb(&mut totals.gaps);
        EvidenceSummary {
            id: self.id,
            source,
            reader: self.reader_id,
            sha256: totals.sha256,
            bytes: totals.bytes,
            records: self.sums.records,
            first: self.sums.first,
            last: self.sums.last,
            gaps: gaps.into_summaries(),
        }
    }
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading").field("id", &self.id).field("source", &self.source).finish_non_exhaustive()
    }
}
