//! What a detector is.

use crate::{Known, Names};
use model::{FactKind, Finding, Meta, Observation, Time, Weight};
use std::collections::BTreeMap;

/// Sees every observation in the order of time and says, whenever asked, all it has found so far.
///
/// Memory must be bounded whatever is seen. What it says may depend on nothing but what it saw and the intelligence
/// in the [`Context`].
pub trait Detector: Send {
    /// Takes note of an observation.
    fn see(&mut self, seen: &Observation, context: &Context<'_>);

    /// Says everything found so far; each finding replaces an earlier one of the same key.
    fn say(&mut self, now: Time, said: &mut Said);
}

/// What a detector may consult.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// What is known of pools and miners.
    pub intel: &'a dyn Known,
    /// The names that clients asked for.
    pub names: &'a Names,
}

/// What a detector has to say.
#[derive(Debug, Default)]
pub struct Said {
    /// All its findings.
    pub findings: Vec<Finding>,
    /// How many things it had to forget because a table was full.
    pub forgotten: u64,
}

/// One line of the registry: what a detector says of itself, and how to make it.
#[derive(Debug)]
pub struct DetectorUnit {
    /// Id, pages, messages, parameters.
    pub meta: Meta,
    /// The kinds of fact it reads.
    pub reads: &'static [FactKind],
    /// Every weight it may give.
    pub weights: &'static [&'static Weight],
    /// Makes one.
    pub make: fn(&DetectorSettings) -> Box<dyn Detector>,
}

/// Parameters that the user set, by detector and name; what is not set has the default of its `Meta`.
#[derive(Debug, Clone, Default)]
pub struct DetectorSettings {
    set: BTreeMap<(String, String), u64>,
}

impl DetectorSettings {
    /// Sets a parameter. Fails where no detector has it.
    ///
    /// # Errors
    /// The words `detector.parameter` that are not known.
    pub fn set(&mut self, detector: &str, parameter: &str, value: u64) -> Result<(), String> {
        let known = crate::DETECTORS.iter().any(|unit| {
            unit.meta.id == detector && unit.meta.parameters.iter().any(|one| one.name == parameter)
        });
        if !known {
            return Err(format!("{detector}.{parameter}"));
        }
        self.set.insert((detector.to_owned(), parameter.to_owned()), value);
        Ok(())
    }

    /// The value of a parameter: as set, else its default; 0 for one that `meta` does not name.
    #[must_use]
    pub fn value(&self, meta: &Meta, parameter: &str) -> u64 {
        let set = self.set.get(&(meta.id.to_owned(), parameter.to_owned())).copied();
        let default = meta.parameters.iter().find(|one| one.name == parameter).map(|one| one.default);
        set.or(default).unwrap_or(0)
    }
}
