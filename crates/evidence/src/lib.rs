//! Evidence: what the user named becomes frames, observations and gaps.
//!
//! [`Evidence::find`] lists the pieces in what the user named and recognises each by its
//! content; [`Piece::open`] begins to read one; [`Reading::step`] fills an [`Intake`] until it
//! says that nothing is left; [`Reading::finish`] sums up. Only [`Source`] opens files.

mod block;
mod discover;
mod find;
mod gaps;
mod machine;
mod reader;
mod readers;
mod reading;
mod source;
#[cfg(test)]
mod tests;
mod text;
mod words;

pub use block::{Block, Frame, Intake};
pub use discover::{Discovered, Folder, MachineRoot, Named, Place, discover};
pub use find::{Evidence, Piece, Settings};
pub use gaps::Gaps;
pub use machine::Machine;
pub use reader::{Certainty, Opened, Reader, ReaderUnit};
pub use readers::READERS;
pub use reading::Reading;
pub use source::{Limits, Source, Totals};
pub use words::MESSAGES;
