//! The register of scenarios: what `drill traffic` can write, by name.

mod plain;

use crate::scene::Scene;

/// One capture that can be made.
pub struct Scenario {
    /// Name on the command line, kebab-case, never reused.
    pub id: &'static str,
    /// One sentence: what is in it and why it is hard.
    pub summary: &'static str,
    /// Makes it; the same seed gives the same bytes.
    pub build: fn(u64) -> Scene,
}

/// All scenarios.
pub static SCENARIOS: &[Scenario] = &[Scenario {
    id: "cryptonote-xmrig",
    summary: "xmrig mines Monero: login, jobs, shares, keepalives, one name look-up before",
    build: plain::cryptonote_xmrig,
}];

/// The capture of this name, or nothing when there is none.
pub fn traffic(id: &str, seed: u64) -> Option<Scene> {
    SCENARIOS.iter().find(|scenario| scenario.id == id).map(|scenario| (scenario.build)(seed))
}
