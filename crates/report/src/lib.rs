//! A case to something to look at: the words in English and Chinese, the renderers, and what keeps a terminal safe.
//!
//! A report reads a [`model::Case`] and can do nothing else: it opens no file, asks no clock and acts on nothing.

mod clock;
mod dialogue;
pub mod escape;
mod filter;
mod gap;
mod headline;
mod layout;
mod narrow;
mod page;
mod renderers;
#[cfg(test)]
mod sample;
mod style;
mod view;
mod words;

use headline::evidence_place;

pub use clock::Clock;
pub use dialogue::dialogue;
pub use filter::display_filter;
pub use headline::{group, kind};
pub use layout::{width, wrap};
pub use narrow::{Keep, narrow};
pub use page::page;
pub use renderers::{RENDERERS, Renderer};
pub use style::Style;
pub use view::{Run, Sandbox, UNWRAPPED, View};
pub use words::{Lang, Words, message_files};
