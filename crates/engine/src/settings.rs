//! What a scan is told, typed.

use detect::DetectorSettings;
use model::Time;
use std::path::PathBuf;
use std::sync::Arc;

/// What a scan is told.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Threads to use, at least 1. The result does not depend on it.
    pub threads: usize,
    /// Bytes that tables and streams may use.
    pub memory: u64,
    /// How the machine that this runs on is looked at, if it is.
    pub machine: Option<host::Settings>,
    /// Whether pieces of evidence are hashed, and what a compressed one may become.
    pub evidence: evidence::Settings,
    /// Files that this run writes: no evidence, even where they lie in a folder that is.
    pub own: Vec<PathBuf>,
    /// Packets before this are passed over.
    pub since: Option<Time>,
    /// Packets after this are passed over.
    pub until: Option<Time>,
    /// Keep dialogues for `--show`.
    pub record_dialogue: bool,
    /// Do not mask passwords in them.
    pub show_secrets: bool,
    /// What is known of pools and programs.
    pub intel: Arc<intel::Intel>,
    /// Parameters of detectors.
    pub detectors: DetectorSettings,
    /// Prior, inside ranges, which hosts are listed.
    pub verdict: verdict::Settings,
}
