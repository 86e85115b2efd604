//! SHA-256 of the evidence on a second thread: the hash costs more than the analysis.

use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread::{Builder, JoinHandle};

use sha2::{Digest as _, Sha256};

/// Reads that may wait to be hashed: with reads of 1 MiB, this bounds memory to a few MiB.
const QUEUE: usize = 4;

/// A hash in the making. Each read is copied once (a tenth of what hashing it costs), so that
/// the reader need not wait for the hash nor share its buffers; the copies' buffers are reused.
pub(super) struct Digest {
    full: SyncSender<Vec<u8>>,
    empty: Receiver<Vec<u8>>,
    thread: JoinHandle<String>,
}

impl Digest {
    /// Starts the thread; nothing when the system has none to give.
    pub(super) fn start() -> Option<Self> {
        let (full, to_hash) = sync_channel::<Vec<u8>>(QUEUE);
        let (hashed, empty) = channel();
        let work = move || {
            let mut sha256 = Sha256::new();
            for bytes in to_hash {
                sha256.update(&bytes);
                // Nobody takes it back once reading has ended.
                let _ = hashed.send(bytes);
            }
            sha256.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
        };
        let thread = Builder::new().name("sha256".into()).spawn(work).ok()?;
        Some(Self { full, empty, thread })
    }

    /// Hashes these bytes next; waits when the queue is full.
    pub(super) fn feed(&mut self, bytes: &[u8]) {
        let mut copy = self.empty.try_recv().unwrap_or_default();
        copy.clear();
        copy.extend_from_slice(bytes);
        // Fails only when the thread is gone; `finish` then has no hash.
        let _ = self.full.send(copy);
    }

    /// The hash in hex.
    pub(super) fn finish(self) -> Option<String> {
        drop(self.full);
        self.thread.join().ok()
    }
}
