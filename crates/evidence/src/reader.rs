//! What a reader is: it recognises a kind of evidence by its content, and reads it.

use model::{EvidenceId, Message, Meta, Time};

use crate::{Intake, Source};

/// How sure a reader is that evidence is of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// It is not.
    No,
    /// It may be: taken when no reader is certain.
    Unsure,
    /// It is.
    Certain,
}

/// Reads one piece of evidence, step by step.
pub trait Reader: Send {
    /// Reads on and puts what it finds into `intake`, which is empty but for old bytes. Says
    /// whether there may be more. It cannot fail: trouble is a gap.
    fn step(&mut self, source: &mut Source, intake: &mut Intake) -> bool;
}

/// A reader that began, or why that cannot be.
pub type Opened = Result<Box<dyn Reader>, Message>;

/// A kind of evidence.
#[derive(Debug)]
pub struct ReaderUnit {
    /// Id, page and messages.
    pub meta: Meta,
    /// Whether evidence that begins like this is of this kind. Looks at content only.
    pub probe: fn(&[u8]) -> Certainty,
    /// The time of the first record, where the first bytes show it.
    pub begins: fn(&[u8]) -> Option<Time>,
    /// Begins to read evidence whose first bytes are these, or says why that cannot be.
    pub open: fn(EvidenceId, &[u8]) -> Opened,
}
