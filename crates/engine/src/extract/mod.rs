//! A capture of just what a case rests on: a second pass over the evidence writes the packets of the conversations
//! and look-ups behind the findings, and those that say which machine a host is. A scan of it draws the same verdict.
//!
//! Not only the cited packets themselves: a finding cites at most 16 of a dialogue of thousands, and its facts are
//! counted over all of them.

mod parts;
mod pcapng;
mod selection;
mod traces;

pub(crate) use traces::Traces;

use crate::merge::Merge;
use crate::progress::Progress;
use crate::scan::{is_asked_for, run};
use crate::settings::Settings;
use evidence::{Evidence, Piece};
use flow::Limits;
use model::{Case, Message};
use parse::net::{Decoded, decode};
use parts::{Held, Parts};
use pcapng::Pcapng;
use selection::Selection;
use std::io::{self, Write};
use std::path::PathBuf;

/// What it takes to write the extract of a case.
#[derive(Debug)]
pub struct Extract {
    pieces: Vec<Piece>,
    traces: Traces,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extracted {
    /// Packets written.
    pub packets: u64,
    /// Nothing was forgotten for want of memory: else packets of some conversation may be missing.
    pub is_complete: bool,
}

/// Investigates as [`crate::scan`] does, and remembers what it takes to write an extract afterwards.
///
/// # Errors
/// Before anything is read through: some evidence can be read only once (standard input, a FIFO).
pub fn scan_to_extract(
    named: &[PathBuf],
    settings: &Settings,
    progress: &mut dyn FnMut(Progress),
) -> Result<(Case, Extract), Message> {
    let found = Evidence::find(named, &settings.own, &settings.evidence);
    let pieces = found.pieces.iter().map(|piece| {
        piece.again().ok_or_else(|| Message::new("extract-read-once").with("source", piece.name()))
    });
    let pieces = pieces.collect::<Result<Vec<_>, _>>()?;
    let mut traces = Some(Traces::new(settings));
    let case = run(found, settings, &mut traces, progress);
    Ok((case, Extract { pieces, traces: traces.unwrap_or_else(|| Traces::new(settings)) }))
}

impl Extract {
    /// Reads the evidence once more and writes, as pcapng, the packets that the hosts and findings of `case` rest on:
    /// original bytes, lengths, times and link types, in the order in which they were analysed.
    ///
    /// # Errors
    /// Those of `out`. Evidence that cannot be read any more is missing from the extract.
    pub fn write(
        self,
        case: &Case,
        settings: &Settings,
        out: &mut dyn Write,
        progress: &mut dyn FnMut(Progress),
    ) -> io::Result<Extracted> {
        let selection = Selection::of(case, &self.traces);
        let bytes_total = self.pieces.iter().map(|piece| piece.size).sum::<Option<u64>>();
        let mut merge = Merge::new(self.pieces);
        let mut capture = Pcapng::begin(out)?;
        let mut written = Ok(());
        let mut parts = Parts::new(&Limits::within(settings.memory));
        let (mut packets, mut seen) = (0, 0);
        let mut more = true;
        while more && written.is_ok() {
            more = merge.step(|block, frame, original_len| {
                seen += 1;
                if written.is_err() || !is_asked_for(settings, frame.time) {
                    return;
                }
                let bytes = block.get(frame.at..frame.at + frame.len).unwrap_or_default();
                let named = selection.names_frame(frame);
                let wanted = match decode(frame.link, bytes) {
                    Decoded::Packet(packet) => named || selection.wants(&packet, bytes),
                    part @ Decoded::Part { .. } => {
                        // Whose part it is shows when the packet is whole: all its parts are written then.
                        let held = Held::new(frame, bytes, original_len, named);
                        for held in parts.take(part, held, &selection) {
                            packets += 1;
                            let Held { link, time, ref bytes, original_len, .. } = held;
                            written = std::mem::replace(&mut written, Ok(()))
                                .and_then(|()| capture.packet(link, time, bytes, original_len));
                        }
                        return;
                    }
                    _ => named,
                };
                if wanted {
                    packets += 1;
                    written = capture.packet(frame.link, frame.time, bytes, original_len);
                }
            });
            progress(Progress { bytes_done: merge.bytes_done(), bytes_total, packets: seen });
        }
        written?;
        capture.names(selection.names_in_file())?;
        capture.finish()?;
        Ok(Extracted { packets, is_complete: !self.traces.is_full() && !parts.gave_up() })
    }
}
