//! Bytes as they lie there: opened with care, counted, and hashed on the way.

use std::fs::{File, FileType};
use std::io::{self, Read};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use model::Message;

use super::digest::Digest;
use super::unread;
use crate::words::UNREAD_SPECIAL;

/// How much is read at once where only the hash is wanted.
const DRAIN: usize = 1 << 20;

/// The raw stream, shared between the decoders above it and the [`super::Source`] that sums up.
#[derive(Clone)]
pub(super) struct Raw(Arc<Mutex<Inner>>);

struct Inner {
    stream: Box<dyn Read + Send>,
    /// A regular file has an end: the rest of it may be read for the hash alone.
    regular: bool,
    bytes: u64,
    digest: Option<Digest>,
    ended: bool,
    failed: bool,
}

/// Opens a file after looking at its type, and looks again at what was opened. A regular file
/// is always read; a FIFO only when the user named it (`member` is false). Says whether it is
/// a regular file.
pub(super) fn open(path: &Path, member: bool) -> Result<(File, bool), Message> {
    let allowed = |kind: FileType| match (kind.is_file(), is_fifo(kind)) {
        (true, _) => Ok(true),
        (false, true) if !member => Ok(false),
        (false, _) => Err(Message::new(UNREAD_SPECIAL)),
    };
    let found = if member { path.symlink_metadata() } else { path.metadata() };
    allowed(found.map_err(|error| unread(&error))?.file_type())?;
    let file = File::open(path).map_err(|error| unread(&error))?;
    let regular = allowed(file.metadata().map_err(|error| unread(&error))?.file_type())?;
    Ok((file, regular))
}

/// Whether this is a named pipe.
#[cfg(unix)]
pub(crate) fn is_fifo(kind: FileType) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&kind)
}

/// Whether this is a named pipe: elsewhere they are not in the file system.
#[cfg(not(unix))]
pub(crate) fn is_fifo(_: FileType) -> bool {
    false
}

impl Raw {
    pub(super) fn new(stream: Box<dyn Read + Send>, regular: bool, hash: bool) -> Self {
        let digest = if hash { Digest::start() } else { None };
        Self(Arc::new(Mutex::new(Inner { stream, regular, bytes: 0, digest, ended: false, failed: false })))
    }

    /// A decoder that panicked while it held the lock leaves counters that are still right.
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Bytes read so far.
    pub(super) fn bytes_read(&self) -> u64 {
        self.inner().bytes
    }

    /// Whether reading itself failed, as against decoding what was read.
    pub(super) fn failed(&self) -> bool {
        self.inner().failed
    }

    /// Bytes read and, when all were read, their SHA-256 in hex. The rest of a regular file
    /// is read for that (after a bomb, or behind a compressed stream).
    pub(super) fn finish(&self) -> (u64, Option<String>) {
        let mut inner = self.inner();
        if inner.digest.is_some() && inner.regular && !inner.ended && !inner.failed {
            let mut rest = vec![0; DRAIN];
            loop {
                match inner.read(&mut rest) {
                    Ok(0) => break,
                    Ok(_) => {}
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(_) => break,
                }
            }
        }
        let whole = inner.ended && !inner.failed;
        let sha256 = inner.digest.take().and_then(Digest::finish).filter(|_| whole);
        (inner.bytes, sha256)
    }
}

impl Inner {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.stream.read(buffer) {
            Ok(0) if !buffer.is_empty() => {
                self.ended = true;
                Ok(0)
            }
            Ok(got) => {
                self.bytes += got as u64;
                if let (Some(digest), Some(new)) = (&mut self.digest, buffer.get(..got)) {
                    digest.feed(new);
                }
                Ok(got)
            }
            Err(error) => {
                self.failed |= error.kind() != io::ErrorKind::Interrupted;
                Err(error)
            }
        }
    }
}

impl Read for Raw {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner().read(buffer)
    }
}
