//! Why the program could not do what it was asked: one line that says what, where, and what to do.

use model::Message;
use std::io;
use std::path::Path;

/// Ends the program with exit code 2, unless the reader of our output went away.
#[derive(Debug)]
pub(crate) enum Failure {
    /// To be said on stderr.
    Said(Message),
    /// The pipe that we write to was closed: nobody listens, nothing is said.
    Unheard,
}

impl From<Message> for Failure {
    fn from(message: Message) -> Failure {
        Failure::Said(message)
    }
}

/// Trouble with a file that the user named for us to write or read.
pub(crate) fn file(id: &'static str, path: &Path, error: &io::Error) -> Failure {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Failure::Unheard;
    }
    let path = report::escape::bytes(path.as_os_str().as_encoded_bytes(), report::escape::SENTENCE_CHARS);
    Failure::Said(Message::new(id).with("path", path).with("reason", reason(error)))
}

/// The operating system's reason in the reader's language, for the frequent ones.
pub(crate) fn reason(error: &io::Error) -> Message {
    match error.kind() {
        io::ErrorKind::NotFound => Message::new("cli-io-not-found"),
        io::ErrorKind::PermissionDenied => Message::new("cli-io-permission"),
        io::ErrorKind::IsADirectory => Message::new("cli-io-directory"),
        io::ErrorKind::NotADirectory => Message::new("cli-io-not-directory"),
        io::ErrorKind::StorageFull => Message::new("cli-io-full"),
        io::ErrorKind::ReadOnlyFilesystem => Message::new("cli-io-read-only"),
        io::ErrorKind::InvalidData => Message::new("cli-io-not-text"),
        _ => Message::new("cli-io-other").with("text", error.to_string()),
    }
}
