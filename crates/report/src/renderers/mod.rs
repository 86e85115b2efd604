//! What a case can be turned into: one file per format.

use crate::View;
use model::{Case, Meta};

/// A format.
#[derive(Debug)]
pub struct Renderer {
    /// What it says of itself; its id is the word after `--format`.
    pub meta: Meta,
    /// The case as text of this format, ending in a line feed.
    pub render: fn(&Case, &View) -> String,
}

impl Renderer {
    /// The format with this id.
    #[must_use]
    pub fn of(id: &str) -> Option<&'static Renderer> {
        RENDERERS.iter().copied().find(|renderer| renderer.meta.id == id)
    }
}

model::registry! {
    /// Every format.
    pub static RENDERERS: [Renderer] = [
        json,
        text,
    ];
}

/// In Stratum for Zcash (ZIP 301) a share is an Equihash solution whose hash meets the target: the rate counts
/// solutions. Everywhere else it counts hashes.
pub(crate) fn hashrate_unit(facts: &model::Facts) -> &'static str {
    if facts.text_of("protocol") == Some("stratum-zcash") { "Sol/s" } else { "H/s" }
}
