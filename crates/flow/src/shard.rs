//! One shard: the flows whose key hashes to it, fed by batches in order.

use crate::batch::{Batch, Segment};
use crate::content::{Content, Wanted};
use crate::datagram;
use crate::entry::Entry;
use crate::found::{Found, Rank};
use crate::limits::Limits;
use crate::peers::discovery;
use crate::sessions::{Ends, Settings, Stamp};
use crate::stream::{Context, Stream};
use crate::table::Table;
use model::{At, Closed, EvidenceId, Fact, Gap, Message, Observation, Opened, Side};
use parse::net::TcpFlags;

/// Flows looked at for one packet when memory is short: the search goes on with the next packet.
const MOST_STEPS: usize = 128;

/// The flows of one shard.
#[derive(Debug)]
pub struct Shard {
    table: Table,
    settings: Settings,
    /// Bytes that streams take, and may take.
    content: usize,
    most_content: usize,
    /// Where the search for streams to give up goes on.
    hand: usize,
    given_up: Tally,
    discarded: Tally,
    /// Observations of the segment at hand.
    tell: Vec<Observation>,
    /// Where the flows of a batch's segments are; kept for its room.
    places: Vec<u32>,
    conflicts: Tally,
    evicted: Tally,
}

/// A place in the evidence.
type Place = (EvidenceId, At);

/// How often something happened, and where first.
#[derive(Debug, Default)]
struct Tally {
    count: u64,
    first: Option<Place>,
}

impl Tally {
    fn add(&mut self, count: u64, place: Place) {
        if count > 0 {
            self.count += count;
            self.first.get_or_insert(place);
        }
    }

    fn gap(&self, id: &'static str) -> Option<Gap> {
        let (evidence, at) = self.first?;
        Some(Gap { evidence, at, reason: Message::new(id), count: self.count })
    }
}

impl Shard {
    /// A shard without flows.
    #[must_use]
    pub fn new(limits: &Limits, settings: Settings) -> Shard {
        Shard {
            table: Table::new(limits.flows_per_shard),
            settings,
            content: 0,
            most_content: limits.content_per_shard,
            hand: 0,
            given_up: Tally::default(),
            discarded: Tally::default(),
            tell: Vec::new(),
            places: Vec::new(),
            conflicts: Tally::default(),
            evicted: Tally::default(),
        }
    }

    /// Takes the segments of shard number `shard` from a batch.
    pub fn take(&mut self, batch: &Batch, shard: usize, found: &mut Found) {
        let Some(segments) = batch.shards.get(shard) else { return };
        // First where the flows are, then their memory, each for all segments: nothing here depends on what was read
        // just before, so all of it is waited for side by side. The work comes after, on what is in the cache by then.
        let mut places = std::mem::take(&mut self.places);
        places.clear();
        places.extend(segments.iter().map(|segment| self.table.guess(segment.hash)));
        std::hint::black_box(places.iter().fold(0, |touched, at| touched ^ self.table.touch(*at)));
        for (segment, place) in segments.iter().zip(&places) {
            self.segment(segment, *place, batch.payload(segment));
            let rank = segment.rank;
            found.observations.extend(self.tell.drain(..).map(|observation| (rank, observation)));
        }
        self.places = places;
    }

    /// The evidence has ended: what is left, to be said flow by flow.
    #[must_use]
    pub fn finish(mut self) -> Remains {
        let entries = self.table.drain().into_iter();
        Remains { shard: self, entries }
    }

    #[inline]
    fn segment(&mut self, segment: &Segment, guess: u32, payload: &[u8]) {
        let guess = guess as usize;
        let place = if self.table.is_at(guess, &segment.key) {
            Some(guess)
        } else {
            self.table.find(segment.hash, &segment.key)
        };
        let at = match place {
            Some(at) if self.table.entry(at).is_some_and(|entry| entry.is_replaced_by(segment)) => {
                if let Some(entry) = self.table.entry(at) {
                    let old = std::mem::replace(entry, Entry::new(segment));
                    self.close(old, Closed::Replaced);
                }
                at
            }
            Some(at) => at,
            None => {
                let (at, evicted) = self.table.insert(segment.hash, Entry::new(segment));
                if let Some(old) = evicted {
                    self.evicted.add(1, (segment.evidence, At::Packet(segment.number)));
                    self.close(old, Closed::Evicted);
                }
                at
            }
        };
        let Some(entry) = self.table.entry(at) else { return };
        entry.count(segment);
        match &mut entry.content {
            Content::Unwanted => {}
            Content::FirstDatagram if payload.is_empty() => {}
            Content::FirstDatagram => {
                let side = entry.side(segment);
                let ends = [entry.end(side), entry.end(side.other())];
                let (time, origin, flow) = (segment.time, segment.origin(), entry.id());
                entry.content = Content::Unwanted;
                let fact = discovery(payload, ends, flow);
                self.tell.extend(fact.map(|fact| Observation { time, origin, fact }));
            }
            Content::Datagrams(questions) => {
                entry.recognised = true;
                datagram::read(questions, segment, payload, stamp(segment), &mut self.tell);
            }
            Content::Fresh if segment.stated == 0 => {}
            Content::Fresh | Content::Stream(_) => self.stream(at, segment, payload),
        }
    }

    fn stream(&mut self, at: usize, segment: &Segment, payload: &[u8]) {
        let Some(entry) = self.table.entry(at) else { return };
        let side = entry.side(segment);
        let syn = u32::from(segment.flags.has(TcpFlags::SYN));
        let fresh = matches!(entry.content, Content::Fresh);
        // Only a SYN tells more of where the directions begin, and who opened.
        let told = (fresh || syn != 0).then(|| (ends(entry), [entry.start(Side::A), entry.start(Side::B)]));
        if let (true, Some((ends, _))) = (fresh, told) {
            entry.content = Content::Stream(Box::new(Wanted { stream: Stream::new(), ends, held: 0 }));
        }
        let Content::Stream(wanted) = &mut entry.content else { return };
        let Wanted { stream, ends, held } = &mut **wanted;
        if let Some((now, starts)) = told {
            *ends = now;
            for side in [Side::A, Side::B] {
                if let Some(sequence) = starts[side.index()] {
                    stream.start(side, sequence);
                }
            }
        }
        let acknowledgement = segment.flags.has(TcpFlags::ACK).then_some(segment.acknowledgement);
        let context = Context { ends, settings: &self.settings, depth: 0, target: None };
        stream.segment(
            side,
            segment.sequence.wrapping_add(syn),
            acknowledgement,
            payload,
            segment.stated,
            stamp(segment),
            context,
            &mut self.tell,
        );
        let before = std::mem::replace(held, stream.held());
        self.content = (self.content + *held).saturating_sub(before);
        if !stream.wants() {
            let place = (segment.evidence, At::Packet(segment.number));
            self.leave(at, place);
        } else if self.content > self.most_content {
            self.relieve(at, segment);
        }
    }

    /// Nobody wants a flow's content any more: keeps what is to be said of it, and lets the rest go.
    fn leave(&mut self, at: usize, place: Place) {
        let Some(entry) = self.table.entry(at) else { return };
        let Content::Stream(wanted) = &entry.content else { return };
        let stream = &wanted.stream;
        self.content = self.content.saturating_sub(wanted.held);
        self.conflicts.add(stream.conflicts(), place);
        self.discarded.add(stream.discarded(), place);
        entry.learn();
        entry.content = Content::Unwanted;
    }

    /// Short of memory: gives up streams that do not mine, oldest places first, then what this one keeps unfinished.
    /// Streams that mine are not given up: who floods us with others must not hide them.
    fn relieve(&mut self, at: usize, segment: &Segment) {
        for _ in 0..MOST_STEPS {
            if self.content <= self.most_content {
                return;
            }
            let here = self.hand;
            self.hand = if here + 1 < self.table.len() { here + 1 } else { 0 };
            let Some(entry) = self.table.entry(here) else { continue };
            if here == at {
                continue;
            }
            let last = Stamp { time: entry.last, origin: entry.last_origin() };
            let Content::Stream(wanted) = &mut entry.content else { continue };
            let Wanted { stream, ends, .. } = &mut **wanted;
            if stream.is_mining() {
                continue;
            }
            let context = Context { ends, settings: &self.settings, depth: 0, target: None };
            stream.close(last, context, &mut self.tell);
            let place = (last.origin.evidence, last.origin.at);
            self.given_up.add(1, place);
            self.leave(here, place);
        }
        let Some(entry) = self.table.entry(at) else { return };
        let Content::Stream(wanted) = &mut entry.content else { return };
        let Wanted { stream, ends, held } = &mut **wanted;
        let context = Context { ends, settings: &self.settings, depth: 0, target: None };
        stream.relieve(stamp(segment), context, &mut self.tell);
        let before = std::mem::replace(held, stream.held());
        self.content = (self.content + *held).saturating_sub(before);
    }

    /// Says what is known of a flow that is over.
    fn close(&mut self, mut entry: Entry, closed: Closed) {
        let stamp = Stamp { time: entry.last, origin: entry.last_origin() };
        match &mut entry.content {
            Content::Stream(wanted) => {
                let Wanted { stream, ends, held } = &mut **wanted;
                self.content = self.content.saturating_sub(*held);
                let context = Context { ends, settings: &self.settings, depth: 0, target: None };
                stream.close(stamp, context, &mut self.tell);
                let place = (stamp.origin.evidence, stamp.origin.at);
                self.conflicts.add(stream.conflicts(), place);
                self.discarded.add(stream.discarded(), place);
                entry.learn();
            }
            Content::Datagrams(questions) => questions.close(&mut self.tell),
            Content::Fresh | Content::FirstDatagram | Content::Unwanted => {}
        }
        // A flow is checked where it begins.
        let (origin, fact) = (entry.id().0, Fact::Flow(Box::new(entry.summary(closed))));
        self.tell.push(Observation { time: stamp.time, origin, fact });
    }
}

/// The flows that were open when the evidence ended, in the order in which they began.
#[derive(Debug)]
pub struct Remains {
    shard: Shard,
    entries: std::vec::IntoIter<Entry>,
}

impl Remains {
    /// When the next flow began: the rank of its first packet.
    #[must_use]
    pub fn next_born(&self) -> Option<Rank> {
        self.entries.as_slice().first().map(|entry| entry.born)
    }

    /// Says what is left of the next flow.
    pub fn close_next(&mut self, found: &mut Found) {
        let Some(entry) = self.entries.next() else { return };
        let rank = entry.born;
        self.shard.close(entry, Closed::End);
        found.observations.extend(self.shard.tell.drain(..).map(|observation| (rank, observation)));
    }

    /// What of the shard's packets could not be used, once all flows are closed.
    #[must_use]
    pub fn gaps(&self) -> Vec<Gap> {
        let shard = &self.shard;
        [
            shard.conflicts.gap("gap-conflicting-retransmission"),
            shard.evicted.gap("gap-flows-evicted"),
            shard.given_up.gap("gap-content-given-up"),
            shard.discarded.gap("gap-segments-discarded"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

fn stamp(segment: &Segment) -> Stamp {
    Stamp { time: segment.time, origin: segment.origin() }
}

fn ends(entry: &Entry) -> Ends {
    Ends {
        a: entry.end(Side::A),
        b: entry.end(Side::B),
        opener: (entry.opened() != Opened::Unseen).then(|| entry.client()),
        flow: entry.id(),
    }
}
