//! All detectors together, each kept apart from the failures of the others.

use crate::{Context, Detector, DetectorSettings, DetectorUnit, Known, Names, Said};
use model::{Fact, Finding, Observation, Time};
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
        let forwarded = forwarded(seen, &self.names);
        let seen = forwarded.as_ref().unwrap_or(seen);
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

/// A session at a proxy of HTTP is meant for the target of its requests, as one through any other proxy.
fn forwarded(seen: &Observation, names: &Names) -> Option<Observation> {
    let Fact::Session(session) = &seen.fact else { return None };
    let target = names.forwarded(session.flow).filter(|_| session.carriage.target.is_none())?;
    let mut session = session.clone();
    session.carriage.via.push(format!("http-proxy {}", session.server));
    session.carriage.target = Some(target.clone());
    Some(Observation { fact: Fact::Session(session), ..seen.clone() })
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;
    use crate::detectors::fixture::{Fixture, Listed};
    use crate::{DETECTORS, Said};
    use model::{FactKind, Meta, UnitKind};

    struct Broken;

    impl Detector for Broken {
        fn see(&mut self, seen: &Observation, _: &Context<'_>) {
            assert!(seen.time < Time::from_secs(3), "broken on purpose");
        }

        fn say(&mut self, _: Time, _: &mut Said) {}
    }

    static BROKEN: DetectorUnit = DetectorUnit {
        meta: Meta {
            id: "broken",
            kind: UnitKind::Detector,
            summary: "broken-summary",
            doc: "",
            doc_zh: "",
            since: "0",
            messages: &[],
            parameters: &[],
        },
        reads: &[FactKind::LookUp],
        weights: &[],
        make: |_| Box::new(Broken),
    };

    const LOOK_UPS: &str = "pool pool.example XMR 3333\nat 1\nlook-up 10.0.0.7 pool.example 198.51.100.9\nat 5\n\
                            look-up 10.0.0.7 pool.example 198.51.100.9\n";

    #[test]
    fn a_detector_that_panics_is_left_out_and_the_others_go_on() {
        let fixture = Fixture::read(LOOK_UPS);
        let pool_name = DETECTORS.iter().find(|unit| unit.meta.id == "pool-name").unwrap();
        let intel = Arc::new(fixture.listed.clone());
        let mut panel = Panel::of(&[&BROKEN, pool_name], intel, &DetectorSettings::default());
        fixture.observations.iter().for_each(|seen| panel.see(seen));
        assert_eq!(panel.findings(Time::MAX).len(), 1);
        let failures = panel.failures();
        assert_eq!((failures.len(), failures[0].detector), (1, "broken"));
        assert!(failures[0].reason.contains("broken on purpose"), "{}", failures[0].reason);
    }

    /// Three thousand pools tried by one machine: few findings, and the one session that earns is still told.
    #[test]
    fn a_flood_of_probes_is_few_findings_and_hides_no_miner() {
        let mut text = include_str!("../fixtures/stratum-session/hit-cryptonote.txt")
            .replace("10.0.0.7:50000", "10.0.0.7:9");
        text.push_str("at 100\n");
        for n in 0..3000_u32 {
            let server = std::net::Ipv4Addr::from(0xc612_0000 + n);
            text.push_str(&format!("tcp 10.0.0.7:{} {server}:3333\n", 10_000 + n));
            text.push_str(&format!(
                "> {{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"agent {}\"]}}\n",
                n % 100
            ));
        }
        let fixture = Fixture::read(&text);
        let unit = DETECTORS.iter().find(|unit| unit.meta.id == "stratum-session").unwrap();
        let findings = fixture.run(unit);
        let of_client: Vec<&Finding> =
            findings.iter().filter(|one| one.key.host.to_string() == "10.0.0.7").collect();
        assert_eq!(of_client.len(), 64, "the bound");
        assert_eq!(of_client.iter().map(|one| one.count).sum::<u64>(), 3001, "every session is counted once");
        assert!(of_client.iter().any(|one| one.facts.count_of("shares_accepted") == Some(1)));
    }

    #[test]
    fn parameters_that_do_not_exist_are_refused() {
        let mut settings = DetectorSettings::default();
        assert_eq!(settings.set("pool-name", "lasting_seconds", 60), Ok(()));
        assert_eq!(settings.set("pool-name", "lasting", 60), Err("pool-name.lasting".to_owned()));
        let mut panel = Panel::new(Arc::new(Listed::default()), &settings);
        assert_eq!(panel.findings(Time::MAX), []);
    }
}
