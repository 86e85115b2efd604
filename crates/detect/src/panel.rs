//! All detectors together, each kept apart from the failures of the others.

use crate::{Context, Detector, DetectorSettings, DetectorUnit, Known, Names, Said};
use model::{Finding, Observation, Time};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// A detector that panicked: it is left out from then on, and what it might have found is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The detector's id.
    pub detector: &'static str,
    /// What the panic said.
    pub reason: String,
}

/// Runs every detector of the registry.
pub struct Panel {
    intel: Arc<dyn Known + Send + Sync>,
    names: Names,
    seats: Vec<Seat>,
    failures: Vec<Failure>,
    forgotten: u64,
}

struct Seat {
    unit: &'static DetectorUnit,
    detector: Option<Box<dyn Detector>>,
}

impl Panel {
    /// A panel of all registered detectors.
    #[must_use]
    pub fn new(intel: Arc<dyn Known + Send + Sync>, settings: &DetectorSettings) -> Panel {
        Panel::of(crate::DETECTORS, intel, settings)
    }

    /// A panel of some detectors.
    #[must_use]
    pub fn of(
        units: &[&'static DetectorUnit],
        intel: Arc<dyn Known + Send + Sync>,
        settings: &DetectorSettings,
    ) -> Panel {
        let seats = units.iter().map(|unit| Seat { unit, detector: Some((unit.make)(settings)) }).collect();
        Panel { intel, names: Names::default(), seats, failures: Vec::new(), forgotten: 0 }
    }

    /// Shows an observation to every detector that reads its kind.
    pub fn see(&mut self, seen: &Observation) {
        self.names.see(seen);
        let context = Context { intel: self.intel.as_ref(), names: &self.names };
        for seat in &mut self.seats {
            if seat.unit.reads.contains(&seen.fact.kind()) {
                seat.run(&mut self.failures, |detector| detector.see(seen, &context));
            }
        }
    }

    /// Everything found so far, sorted by key.
    pub fn findings(&mut self, now: Time) -> Vec<Finding> {
        let mut all = Vec::new();
        self.forgotten = 0;
        for seat in &mut self.seats {
            let said = seat.run(&mut self.failures, |detector| {
                let mut said = Said::default();
                detector.say(now, &mut said);
                said
            });
            if let Some(said) = said {
                self.forgotten += said.forgotten;
                all.extend(said.findings);
            }
        }
        all.sort_by(|a, b| a.key.cmp(&b.key));
        all
    }

    /// Detectors that panicked so far.
    #[must_use]
    pub fn failures(&self) -> &[Failure] {
        &self.failures
    }

    /// How many things detectors had to forget, as of the last [`Panel::findings`].
    #[must_use]
    pub const fn forgotten(&self) -> u64 {
        self.forgotten
    }
}

impl Seat {
    fn run<T>(
        &mut self,
        failures: &mut Vec<Failure>,
        work: impl FnOnce(&mut dyn Detector) -> T,
    ) -> Option<T> {
        let detector = self.detector.as_mut()?;
        // The detector is dropped after a panic, so that no half-changed state is ever used.
        match catch_unwind(AssertUnwindSafe(|| work(detector.as_mut()))) {
            Ok(done) => Some(done),
            Err(panic) => {
                let text = panic.downcast_ref::<String>().map(String::as_str);
                let reason =
                    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("panic").to_owned();
                failures.push(Failure { detector: self.unit.meta.id, reason });
                self.detector = None;
                None
            }
        }
    }
}
