//! How far a scan is, for whoever shows a bar.

/// A moment of a scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Bytes read so far, as they lie there (compressed).
    pub bytes_done: u64,
    /// Bytes there are; `None` while a pipe is among them.
    pub bytes_total: Option<u64>,
    /// Packets taken so far.
    pub packets: u64,
}
