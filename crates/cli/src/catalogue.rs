//! Every unit the program is made of, from the registries: what `explain` lists.

use model::{Meta, Weight};

/// A unit, with the weights it may give.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    /// What it says of itself.
    pub(crate) meta: &'static Meta,
    /// Empty for all but detectors.
    pub(crate) weights: &'static [&'static Weight],
}

/// All units, by kind, then by id.
pub(crate) fn catalogue() -> Vec<Entry> {
    let readers = evidence::READERS.iter().map(|unit| Entry { meta: &unit.meta, weights: &[] });
    let detectors = detect::DETECTORS.iter().map(|unit| Entry { meta: &unit.meta, weights: unit.weights });
    let renderers = report::RENDERERS.iter().map(|unit| Entry { meta: &unit.meta, weights: &[] });
    let mut entries: Vec<Entry> = readers.chain(detectors).chain(renderers).collect();
    entries.sort_by_key(|entry| (entry.meta.kind, entry.meta.id));
    entries
}
