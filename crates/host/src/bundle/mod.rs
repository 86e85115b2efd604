//! A machine in a file: every answer that one look at it needed, so that the same look can be taken elsewhere.
//!
//! [`collect`] looks at a machine exactly as [`crate::examine()`] does and writes down what it was told; [`Unpacker`]
//! reads that back, and [`Recorded`] gives the same answers again. So the two looks cannot drift apart: what a look
//! asks is what is collected.
//!
//! The file is a tar inside gzip that any tar program lists. Its members, in this order:
//!
//! * `minehound-bundle.json` – for people: schema, version, host, time;
//! * `content/N` – what files held, each content once;
//! * `answers/N.tsv` – what was asked and answered, a line each (the grammar stands in `answers.rs`), after the
//!   contents that it names, so that a file cut short is of use up to there;
//! * `SHA256SUMS` – of all of the above, as `sha256sum -c` reads it.

mod answers;
mod collect;
mod pack;
mod recorded;
mod recorder;
#[cfg(test)]
mod tests;
mod unpack;

pub use answers::FORM;
pub use collect::{Collected, Collecting, collect};
pub use recorded::Recorded;
pub use unpack::{Unpacker, fuzz, is_bundle};

/// The beginning of the schema in the first member; the number of the form follows.
pub const SCHEMA: &str = "minehound.bundle/";

/// The first member, by which a bundle is recognised.
const ABOUT: &str = "minehound-bundle.json";
/// The last member.
const SUMS: &str = "SHA256SUMS";
/// What the names of contents and of answers begin with.
const CONTENT: &str = "content/";
const ANSWERS: &str = "answers/";
