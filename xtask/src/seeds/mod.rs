//! Small inert inputs that begin each fuzz target's corpus: one per shape of the format, written by hand here and
//! committed under `fuzz/corpus`. Inputs found by long runs may lie beside them.

mod autoruns;
mod bundle;
mod capture;
mod carriers;
mod flow;
mod identity;
mod mining;
mod names;
mod packet;
mod procfs;
mod reassembly;
mod sessions;
mod sysfile;
mod text;
mod tls;
mod web;

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::tree::root;

/// One seed: its target, its name, its bytes.
#[derive(Debug)]
pub(crate) struct Seed {
    /// The fuzz target it belongs to.
    target: &'static str,
    /// Its file name.
    name: &'static str,
    bytes: Vec<u8>,
}

impl Seed {
    fn new(target: &'static str, name: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        Seed { target, name, bytes: bytes.into() }
    }

    fn path(&self) -> PathBuf {
        root().join("fuzz/corpus").join(self.target).join(self.name)
    }
}

fn all() -> Vec<Seed> {
    [
        autoruns::seeds(),
        bundle::seeds(),
        capture::seeds(),
        carriers::seeds(),
        flow::seeds(),
        identity::seeds(),
        mining::seeds(),
        names::seeds(),
        packet::seeds(),
        procfs::seeds(),
        reassembly::seeds(),
        sessions::seeds(),
        sysfile::seeds(),
        text::seeds(),
        tls::seeds(),
        web::seeds(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Writes every seed.
///
/// # Errors
/// When a file cannot be written.
pub(crate) fn run() -> Result<()> {
    let seeds = all();
    for seed in &seeds {
        let path = seed.path();
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        std::fs::write(&path, &seed.bytes).with_context(|| format!("cannot write {}", path.display()))?;
    }
    println!("{} seeds", seeds.len());
    Ok(())
}

/// Bytes from hexadecimal digits; anything else between them is a comment for the reader.
fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text
        .chars()
        .filter_map(|digit| digit.to_digit(16))
        .filter_map(|digit| u8::try_from(digit).ok())
        .collect();
    digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect()
}

/// A length in two bytes, then the content.
fn sized16(content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap_or(u16::MAX);
    [&length.to_be_bytes()[..], content].concat()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_seed_is_committed_as_it_is_written_here() {
        let mut seen = BTreeSet::new();
        for seed in all() {
            assert!(
                seen.insert((seed.target, seed.name)),
                "two seeds named {} for {}",
                seed.name,
                seed.target
            );
            assert!(seed.bytes.len() <= 4096, "{} is not small", seed.name);
            let committed = std::fs::read(seed.path()).unwrap_or_default();
            assert!(
                committed == seed.bytes,
                "{} differs; `cargo xtask seeds` writes it",
                seed.path().display()
            );
        }
    }

    #[test]
    fn hexadecimal_is_read_in_pairs() {
        assert_eq!(hex("0a ff\n10"), [10, 255, 16]);
    }
}
