//! How far one message at the front of a stream could be read.

/// A message read from the front of a stream that arrives in pieces of any size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step<T> {
    /// The message, and how many bytes it takes.
    Done(T, usize),
    /// It goes on after the end of these bytes.
    NeedMore,
    /// These bytes are no such message, whatever follows.
    Broken,
}

impl<T> Step<T> {
    /// The same with another message.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Step<U> {
        match self {
            Step::Done(message, used) => Step::Done(change(message), used),
            Step::NeedMore => Step::NeedMore,
            Step::Broken => Step::Broken,
        }
    }
}
