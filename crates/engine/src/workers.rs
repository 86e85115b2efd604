//! The shards, on as many threads as wanted: their number never changes what they find.

use flow::{Batch, Found, Limits, Rank, Remains, SHARDS, Shard, sessions};
use model::{At, EvidenceId, Gap, Message};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Scope, ScopedJoinHandle};

/// Batches that may be under way at once: enough to keep every thread busy, few enough to stay in cache.
const IN_FLIGHT: usize = 3;

/// Shards of one thread, each with its number.
pub(crate) struct Crew {
    shards: Vec<(usize, Shard)>,
    limits: Limits,
    settings: sessions::Settings,
}

impl Crew {
    fn new(numbers: impl Iterator<Item = usize>, limits: Limits, settings: sessions::Settings) -> Crew {
        let shards = numbers.map(|number| (number, Shard::new(&limits, settings))).collect();
        Crew { shards, limits, settings }
    }

    fn take(&mut self, batch: &Batch) -> Found {
        let mut found = Found::default();
        for (number, shard) in &mut self.shards {
            if batch.shards.get(*number).is_none_or(Vec::is_empty) {
                continue;
            }
            // A shard that panics loses its flows, and the run goes on: what it knew becomes a gap.
            if catch_unwind(AssertUnwindSafe(|| shard.take(batch, *number, &mut found))).is_err() {
                *shard = Shard::new(&self.limits, self.settings);
                found.gaps.push(failed(batch, *number));
            }
        }
        found
    }
}

fn failed(batch: &Batch, shard: usize) -> Gap {
    let first = batch.shards.get(shard).and_then(|segments| segments.first());
    let (evidence, at) =
        first.map_or((EvidenceId(0), At::Whole), |segment| (segment.evidence, At::Packet(segment.number)));
    Gap { evidence, at, reason: Message::new("gap-flow-failed"), count: 1 }
}

struct Worker<'scope> {
    jobs: SyncSender<Arc<Batch>>,
    results: Receiver<Found>,
    /// Gives the shards back once its channel is closed.
    thread: ScopedJoinHandle<'scope, Crew>,
}

/// Runs batches through all shards. Results come back in the order of the batches.
pub(crate) enum Workers<'scope> {
    /// On the caller's thread.
    Here(Box<Crew>),
    /// On threads of their own.
    Threads(Box<Threads<'scope>>),
}

/// Shards spread over threads.
pub(crate) struct Threads<'scope> {
    workers: Vec<Worker<'scope>>,
    /// Batches under way, each with what the dispatcher found in it.
    waiting: VecDeque<(Arc<Batch>, Found)>,
}

impl<'scope> Workers<'scope> {
    /// Shards on `threads` threads, the caller's included.
    pub(crate) fn new<'env>(
        scope: &'scope Scope<'scope, 'env>,
        threads: usize,
        limits: Limits,
        settings: sessions::Settings,
    ) -> Workers<'scope> {
        let count = threads.saturating_sub(1).min(SHARDS);
        if count == 0 {
            return Workers::Here(Box::new(Crew::new(0..SHARDS, limits, settings)));
        }
        let workers = (0..count)
            .map(|index| {
                let (jobs, inbox) = sync_channel::<Arc<Batch>>(IN_FLIGHT + 1);
                let (outbox, results) = sync_channel(IN_FLIGHT + 1);
                let mut crew = Crew::new((index..SHARDS).step_by(count), limits, settings);
                let thread = scope.spawn(move || {
                    for batch in inbox {
                        let found = crew.take(&batch);
                        // Let go first: whoever has all results has the batch to itself, and keeps its room.
                        drop(batch);
                        if outbox.send(found).is_err() {
                            break;
                        }
                    }
                    crew
                });
                Worker { jobs, results, thread }
            })
            .collect();
        Workers::Threads(Box::new(Threads { workers, waiting: VecDeque::new() }))
    }

    /// Takes a batch and what the dispatcher found in it; gives to `seen` whatever is finished. Returns a batch that
    /// nobody needs any more.
    pub(crate) fn take(&mut self, batch: Batch, own: Found, seen: &mut impl FnMut(Found)) -> Option<Batch> {
        match self {
            Workers::Here(crew) => {
                let found = crew.take(&batch);
                seen(Found::merge([own, found]));
                Some(batch)
            }
            Workers::Threads(threads) => {
                let batch = Arc::new(batch);
                threads.send(&batch);
                threads.waiting.push_back((batch, own));
                let mut done = None;
                while threads.waiting.len() >= IN_FLIGHT {
                    let (batch, found) = threads.receive();
                    seen(found);
                    done = batch;
                }
                done
            }
        }
    }

    /// The evidence has ended: says what is left, flow by flow in the order in which they began.
    pub(crate) fn finish(self, seen: &mut impl FnMut(Found)) {
        let crews = match self {
            Workers::Here(crew) => vec![*crew],
            Workers::Threads(mut threads) => {
                while !threads.waiting.is_empty() {
                    seen(threads.receive().1);
                }
                threads.workers.into_iter().filter_map(Worker::into_crew).collect()
            }
        };
        let mut remains: Vec<Remains> =
            crews.into_iter().flat_map(|crew| crew.shards).map(|(_, shard)| shard.finish()).collect();
        let born =
            |(index, remains): (usize, &Remains)| remains.next_born().map(|born| Reverse((born, index)));
        let mut order: BinaryHeap<Reverse<(Rank, usize)>> =
            remains.iter().enumerate().filter_map(born).collect();
        while let Some(Reverse((_, index))) = order.pop() {
            let Some(next) = remains.get_mut(index) else { continue };
            let mut found = Found::default();
            if catch_unwind(AssertUnwindSafe(|| next.close_next(&mut found))).is_err() {
                let reason = Message::new("gap-flow-failed");
                found.gaps.push(Gap { evidence: EvidenceId(0), at: At::Whole, reason, count: 1 });
            }
            seen(found);
            order.extend(born((index, next)));
        }
        seen(Found { gaps: remains.iter().flat_map(Remains::gaps).collect(), ..Found::default() });
    }
}

impl Worker<'_> {
    fn into_crew(self) -> Option<Crew> {
        drop(self.jobs);
        self.thread.join().ok()
    }
}

impl Threads<'_> {
    fn send(&self, batch: &Arc<Batch>) {
        for worker in &self.workers {
            // A worker never stops before its channel closes: its work is guarded shard by shard.
            let _ = worker.jobs.send(Arc::clone(batch));
        }
    }

    /// What the oldest batch under way gave, and the batch itself where every worker has let go of it.
    fn receive(&mut self) -> (Option<Batch>, Found) {
        let Some((batch, own)) = self.waiting.pop_front() else { return (None, Found::default()) };
        let parts = self.workers.iter().map(|worker| worker.results.recv().unwrap_or_default());
        let found = Found::merge(std::iter::once(own).chain(parts));
        (Arc::into_inner(batch), found)
    }
}
