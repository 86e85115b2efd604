//! The answer to "is this that protocol?" when only the first bytes of a stream are there.

/// Three answers, because a stream arrives in pieces of any size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Maybe {
    /// The bytes decide it: this is the protocol.
    Yes,
    /// The bytes decide it: this is not the protocol, whatever follows.
    No,
    /// What is there fits, but is too short to decide.
    NeedMore,
}

impl Maybe {
    /// Whether more bytes cannot change the answer.
    pub fn is_decided(self) -> bool {
        self != Maybe::NeedMore
    }
}
