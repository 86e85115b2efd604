//! The shards, on as many threads as wanted: their number never changes what they find.

use flow::{Batch, Found, Limits, Rank, SHARDS, Shard, sessions};
use model::{At, EvidenceId, Gap, Message};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Scope, ScopedJoinHandle};

/// Batches that may be under way at once: enough to keep every thread busy, few enough to stay in cache.
const IN_FLIGHT: usize = 3;

/// Shards of one thread, each with its number.
struct Crew {
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

    fn finish(&mut self, after: Rank) -> Found {
        let mut found = Found::default();
        for (_, shard) in &mut self.shards {
            let done = catch_unwind(AssertUnwindSafe(|| shard.finish(after, &mut found)));
            if done.is_err() {
                let reason = Message::new("gap-flow-failed");
                found.gaps.push(Gap { evidence: EvidenceId(0), at: At::Whole, reason, count: 1 });
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

enum Job {
    Batch(Arc<Batch>),
    Finish(Rank),
}

struct Worker<'scope> {
    jobs: SyncSender<Job>,
    results: Receiver<Found>,
    _thread: ScopedJoinHandle<'scope, ()>,
}

/// Runs batches through all shards. Results come back in the order of the batches.
pub(crate) enum Workers<'scope> {
    /// On the caller's thread.
    Here(Box<Here>),
    /// On threads of their own.
    Threads(Box<Threads<'scope>>),
}

/// Everything on the caller's thread.
pub(crate) struct Here {
    crew: Crew,
}

/// Shards spread over threads.
pub(crate) struct Threads<'scope> {
    workers: Vec<Worker<'scope>>,
    /// What the dispatcher found with each batch under way.
    waiting: std::collections::VecDeque<Found>,
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
            return Workers::Here(Box::new(Here { crew: Crew::new(0..SHARDS, limits, settings) }));
        }
        let workers = (0..count)
            .map(|index| {
                let (jobs, inbox) = sync_channel::<Job>(IN_FLIGHT + 1);
                let (outbox, results) = sync_channel(IN_FLIGHT + 1);
                let mut crew = Crew::new((index..SHARDS).step_by(count), limits, settings);
                let thread = scope.spawn(move || {
                    for job in inbox {
                        let found = match job {
                            Job::Batch(batch) => crew.take(&batch),
                            Job::Finish(after) => crew.finish(after),
                        };
                        if outbox.send(found).is_err() {
                            break;
                        }
                    }
                });
                Worker { jobs, results, _thread: thread }
            })
            .collect();
        Workers::Threads(Box::new(Threads { workers, waiting: std::collections::VecDeque::new() }))
    }

    /// Takes a batch and what the dispatcher found in it; gives to `seen` whatever is finished.
    pub(crate) fn take(&mut self, batch: Batch, own: Found, seen: &mut impl FnMut(Found)) {
        match self {
            Workers::Here(here) => {
                let found = here.crew.take(&batch);
                seen(Found::merge([own, found]));
            }
            Workers::Threads(threads) => {
                let batch = Arc::new(batch);
                threads.send(|| Job::Batch(Arc::clone(&batch)));
                threads.waiting.push_back(own);
                while threads.waiting.len() >= IN_FLIGHT {
                    let found = threads.receive();
                    seen(found);
                }
            }
        }
    }

    /// The evidence has ended; `after` is the rank behind its last packet.
    pub(crate) fn finish(&mut self, after: Rank, seen: &mut impl FnMut(Found)) {
        match self {
            Workers::Here(here) => seen(Found::merge([here.crew.finish(after)])),
            Workers::Threads(threads) => {
                while !threads.waiting.is_empty() {
                    let found = threads.receive();
                    seen(found);
                }
                threads.send(|| Job::Finish(after));
                threads.waiting.push_back(Found::default());
                let found = threads.receive();
                seen(found);
            }
        }
    }
}

impl Threads<'_> {
    fn send(&self, job: impl Fn() -> Job) {
        for worker in &self.workers {
            // A worker never stops before its channel closes: its work is guarded shard by shard.
            let _ = worker.jobs.send(job());
        }
    }

    fn receive(&mut self) -> Found {
        let own = self.waiting.pop_front().unwrap_or_default();
        let parts = self.workers.iter().map(|worker| worker.results.recv().unwrap_or_default());
        Found::merge(std::iter::once(own).chain(parts))
    }
}
