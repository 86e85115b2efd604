//! Captures written to a folder of their own, and scans of them.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]
#![allow(dead_code, reason = "each test file uses a part")]

use model::Case;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A folder that goes with its test.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("minehound-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    pub(crate) fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn settings() -> engine::Settings {
    engine::Settings {
        machine: None,
        threads: 1,
        memory: 64 << 20,
        evidence: evidence::Settings { hash: false, ..evidence::Settings::default() },
        own: Vec::new(),
        since: None,
        until: None,
        record_dialogue: false,
        show_secrets: false,
        intel: Arc::new(intel::Intel::builtin()),
        detectors: detect::DetectorSettings::default(),
        verdict: verdict::Settings::default(),
    }
}

pub(crate) fn scan(files: &[PathBuf], settings: &engine::Settings) -> Case {
    engine::scan(files, settings, &mut |_| {})
}

pub(crate) fn pcapng(scene: &drill::Scene) -> Vec<u8> {
    let mut bytes = Vec::new();
    scene.write_pcapng(&mut bytes, drill::ByteOrder::Little).unwrap();
    bytes
}

/// A case without anything that refers to the evidence: what must be equal however the packets arrived.
pub(crate) fn without_origins(mut case: Case) -> Case {
    case.evidence.clear();
    case.errors.clear();
    for finding in &mut case.findings {
        finding.finding.cited.iter_mut().for_each(|cited| {
            cited.origin = model::Origin { evidence: model::EvidenceId(0), at: model::At::Whole };
        });
    }
    case
}
