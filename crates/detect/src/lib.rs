//! Observations in, findings out: does this fact speak for mining, and how loudly?
//!
//! One file per detector under `detectors/`; [`Panel`] runs them all. No clock, no file, no network: time comes with
//! each observation. Detectors see addresses, not machines: what recurs on one machine is for the verdict to weigh.

mod attack;
mod autostart;
mod detector;
mod detectors;
mod inside;
mod kept;
mod known;
mod lasting;
mod names;
mod panel;
mod session;
mod sightings;

pub use detector::{Context, Detector, DetectorSettings, DetectorUnit, Said};
pub use detectors::DETECTORS;
pub use known::{Known, Pool};
pub use names::Names;
pub use panel::{Failure, Panel};
