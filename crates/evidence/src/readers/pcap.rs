//! Reads captures: blocks of raw bytes with the places of their frames, and names kept by the capturing program.

use std::net::IpAddr;

use model::{
    At, EvidenceId, Fact, IdentityFact, IdentitySource, Message, Meta, Observation, Origin, Time, UnitKind,
};
use parse::capture::{Damage, HEADER, NotACapture, Reason, Skipped, Step, Walker};

use crate::{Certainty, Frame, Intake, Opened, Reader, ReaderUnit, Source};

/// Bytes asked for at once. A quarter of a MiB stays in a core's second-level cache between the kernel's copy and the
/// walk: against 1 MiB it saved a tenth of the CPU on large packets (measured 2026-11-24; docs/performance.md).
const READ: usize = 1 << 18;

/// A block that one huge record made larger than this is not kept for reuse.
const KEPT: usize = 4 * READ;

pub(crate) static UNIT: ReaderUnit = ReaderUnit {
    meta: Meta {
        id: "pcap",
        kind: UnitKind::Reader,
        summary: "pcap-summary",
        doc: include_str!("pcap.md"),
        doc_zh: include_str!("pcap.zh.md"),
        since: "0.1.0",
        messages: &[
            CUT_IN_HEADER,
            CUT_SHORT,
            ABSURD_LENGTH,
            FRAME_TOO_LONG,
            BAD_BLOCK,
            UNKNOWN_INTERFACE,
            TOO_MANY_INTERFACES,
            SNAP_LENGTH,
            SECRETS,
            DROPPED,
            NAMES_LEFT_OUT,
        ],
        parameters: &[],
    },
    probe,
    begins,
    open,
};

/// The capture ends inside its file header.
const CUT_IN_HEADER: &str = "pcap-cut-in-header";
/// A record cut short by the end of the capture.
const CUT_SHORT: &str = "pcap-cut-short";
/// Bytes that are not a record, passed over up to the next one.
const ABSURD_LENGTH: &str = "pcap-absurd-length";
/// A frame longer than any real one.
const FRAME_TOO_LONG: &str = "pcap-frame-too-long";
/// A block whose content does not fit it.
const BAD_BLOCK: &str = "pcap-bad-block";
/// A packet of an interface that the capture does not describe.
const UNKNOWN_INTERFACE: &str = "pcap-unknown-interface";
/// More interfaces than are kept.
const TOO_MANY_INTERFACES: &str = "pcap-too-many-interfaces";
/// Packets cut short by the capture's snap length.
const SNAP_LENGTH: &str = "pcap-snap-length";
/// Packets lost by the capturing machine, as its statistics say.
const DROPPED: &str = "pcap-dropped";
/// TLS keys are in the capture and are not used.
const SECRETS: &str = "pcap-secrets";
/// Names of the capture that were left out.
const NAMES_LEFT_OUT: &str = "pcap-names-left-out";

/// The magic numbers of pcap and pcapng are certain; a capture cut in its header is one, too.
fn probe(head: &[u8]) -> Certainty {
    match Walker::begin(head) {
        Ok(_) => Certainty::Certain,
        Err(NotACapture::CutShort) if head.len() >= 4 => Certainty::Certain,
        Err(_) => Certainty::No,
    }
}

/// The first time in the first bytes.
fn begins(head: &[u8]) -> Option<Time> {
    let mut walker = Walker::begin(head).ok()?;
    loop {
        match walker.step(head, false) {
            Step::Frame(frame) => {
                if let Some(nanos) = frame.time_nanos {
                    return Some(Time::from_nanos(nanos));
                }
            }
            Step::NeedMore(_) | Step::End => return None,
            Step::Names { .. } | Step::Skipped(_) | Step::Damage(_) => {}
        }
    }
}

fn open(evidence: EvidenceId, head: &[u8]) -> Opened {
    let head = head.get(..HEADER).unwrap_or(head);
    let walker = Walker::begin(head).map_err(|_| Message::new(CUT_IN_HEADER))?;
    Ok(Box::new(Pcap {
        evidence,
        walker,
        carry: Vec::new(),
        need: HEADER,
        number: 0,
        running: None,
        secrets_said: false,
    }))
}

/// A capture being read.
struct Pcap {
    evidence: EvidenceId,
    walker: Walker,
    /// The unfinished record at the end of the last block.
    carry: Vec<u8>,
    /// Bytes that the next block must hold at least.
    need: usize,
    /// The last packet number given.
    number: u64,
    /// The latest time so far.
    running: Option<Time>,
    secrets_said: bool,
}

impl Reader for Pcap {
    fn step(&mut self, source: &mut Source, intake: &mut Intake) -> bool {
        self.load(source, &mut intake.block.bytes);
        let end = source.ended();
        let records_before = self.number;
        let mut earliest: Option<Time> = None;
        let mut cut_by_snap_length: Option<(u64, u64)> = None;
        let more = loop {
            match self.walker.step(&intake.block.bytes, end) {
                Step::Frame(found) => {
                    self.number += 1;
                    let known = found.time_nanos.map(Time::from_nanos);
                    let time = known.or(self.running).unwrap_or_default();
                    let order = self.running.max(known).unwrap_or(Time::MIN);
                    if known.is_some() {
                        self.running = Some(order);
                        earliest = Some(earliest.map_or(time, |earliest| earliest.min(time)));
                    }
                    if found.original_len as usize > found.len {
                        let (_, count) = cut_by_snap_length.get_or_insert((self.number, 0));
                        *count += 1;
                    }
                    // A block holds at most 16 MiB and one read: far below 4 GiB.
                    let (at, len) = (found.at as u32, found.len as u32);
                    let (number, original_len, link) = (self.number, found.original_len, found.link);
                    intake.block.frames.push(Frame { number, time, order, at, len, original_len, link });
                }
                Step::NeedMore(bytes) => {
                    self.need = bytes;
                    break true;
                }
                Step::End => break false,
                Step::Names { names, left_out } => self.names(names, left_out, intake),
                Step::Skipped(skipped) => self.skipped(skipped, intake),
                Step::Damage(damage) => self.damage(damage, intake),
            }
        };
        let used = self.walker.release();
        self.carry.clear();
        self.carry.extend_from_slice(intake.block.bytes.get(used..).unwrap_or_default());
        if let Some((first, count)) = cut_by_snap_length {
            intake.gaps.add_many(At::Packet(first), Message::new(SNAP_LENGTH), count);
        }
        intake.records = self.number - records_before;
        intake.first = earliest;
        intake.last = earliest.and(self.running);
        more
    }
}

impl Pcap {
    /// Fills the block: what was carried over, then one read, or more when a record is longer.
    fn load(&mut self, source: &mut Source, bytes: &mut Vec<u8>) {
        let carried = self.carry.len();
        let size = (carried + READ).max(self.need);
        if bytes.capacity() > KEPT && size <= KEPT {
            *bytes = Vec::new();
        }
        // Only growth costs: a used block is written over, not cleared first.
        bytes.resize(size, 0);
        let (front, rest) = bytes.split_at_mut(carried);
        front.copy_from_slice(&self.carry);
        let got = source.fill(rest);
        bytes.truncate(carried + got);
    }

    /// Addresses and names that the capturing program wrote down.
    fn names(&self, names: Vec<(IpAddr, String)>, left_out: usize, intake: &mut Intake) {
        let offset = At::Byte(self.walker.offset());
        let origin = Origin { evidence: self.evidence, at: offset };
        let time = self.running.unwrap_or_default();
        intake.observations.extend(names.into_iter().map(|(address, name)| {
            let fact = IdentityFact {
                source: IdentitySource::CaptureFile,
                address: Some(address),
                mac: None,
                name: Some(name),
            };
            Observation { time, origin, fact: Fact::Identity(Box::new(fact)) }
        }));
        intake.gaps.add_many(offset, Message::new(NAMES_LEFT_OUT), left_out as u64);
    }

    fn skipped(&mut self, skipped: Skipped, intake: &mut Intake) {
        match skipped {
            Skipped::Secrets if !self.secrets_said => {
                self.secrets_said = true;
                intake.gaps.add(At::Byte(self.walker.offset()), Message::new(SECRETS));
            }
            Skipped::Dropped(count) => {
                intake.gaps.add_many(At::Byte(self.walker.offset()), Message::new(DROPPED), count);
            }
            Skipped::Numbered => self.number += 1,
            Skipped::Secrets | Skipped::Other => {}
        }
    }

    fn damage(&self, damage: Damage, intake: &mut Intake) {
        let reason = match damage.reason {
            Reason::CutShort => CUT_SHORT,
            Reason::AbsurdLength => ABSURD_LENGTH,
            Reason::FrameTooLong => FRAME_TOO_LONG,
            Reason::BadBlock => BAD_BLOCK,
            Reason::UnknownInterface => UNKNOWN_INTERFACE,
            Reason::TooManyInterfaces => TOO_MANY_INTERFACES,
        };
        intake.gaps.add(At::Byte(damage.at), Message::new(reason));
    }
}
