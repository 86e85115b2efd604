//! The program for suspect hosts: one static file, in which nothing of the machine is loaded.
//!
//! Built for the GNU target with the C library inside (`+crt-static`), so that no second target has to be installed. It must
//! not resolve names through NSS nor load libraries at run time; this project does neither.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::tree::root;

/// `PT_INTERP` of `elf.h`: who loads it.
const INTERPRETER: u32 = 3;

/// Builds it, checks that nothing is loaded with it, and says where it lies.
///
/// # Errors
/// When cargo fails, or what it made needs a loader.
pub(crate) fn run() -> Result<()> {
    let target = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    // With a target named, build scripts and macros of the build itself stay dynamic.
    let done = Command::new(cargo)
        .args(["build", "--release", "--locked", "-p", "cli", "--target", &target])
        .args(["--target-dir", "target/dist"])
        .env("RUSTFLAGS", "-C target-feature=+crt-static")
        .current_dir(root())
        .status()
        .context("cargo did not start")?;
    ensure!(done.success(), "cargo build failed");
    let made = root().join("target/dist").join(&target).join("release/minehound");
    let bytes = std::fs::read(&made).with_context(|| made.display().to_string())?;
    if needs_loader(&bytes).context("what cargo made is no ELF file of 64 bits")? {
        bail!("{} needs a loader: it would load libraries of the machine", made.display());
    }
    let shown: PathBuf = made.strip_prefix(root()).map(Into::into).unwrap_or(made);
    println!("{}: static, {} bytes", shown.display(), bytes.len());
    Ok(())
}

/// Whether a program header asks for a loader (System V ABI, "Program Header"); nothing for what is no ELF64 file.
fn needs_loader(bytes: &[u8]) -> Option<bool> {
    let word = |at: usize, len: usize| -> Option<u64> {
        let bytes = bytes.get(at..at.checked_add(len)?)?;
        Some(bytes.iter().rev().fold(0, |value, byte| (value << 8) | u64::from(*byte)))
    };
    (bytes.get(..5)? == b"\x7fELF\x02").then_some(())?;
    let (table, size, count) = (word(32, 8)?, word(54, 2)?, word(56, 2)?);
    for number in 0..count {
        let at = usize::try_from(table.checked_add(number.checked_mul(size)?)?).ok()?;
        if word(at, 4)? == u64::from(INTERPRETER) {
            return Some(true);
        }
    }
    Some(false)
}

#[cfg(test)]
mod tests {
    use super::needs_loader;

    /// A header with one program header of this type.
    fn elf(kind: u8) -> Vec<u8> {
        let mut bytes = vec![0; 64 + 56];
        bytes[..5].copy_from_slice(b"\x7fELF\x02");
        (bytes[32], bytes[54], bytes[56], bytes[64]) = (64, 56, 1, kind);
        bytes
    }

    #[test]
    fn a_loader_is_seen_in_the_program_headers() {
        assert_eq!(needs_loader(&elf(3)), Some(true));
        assert_eq!(needs_loader(&elf(1)), Some(false));
        assert_eq!(needs_loader(b"\x7fELF\x01"), None);
        assert_eq!(needs_loader(&elf(3)[..66]), None, "cut inside the table");
    }

    /// This test itself is a dynamic program.
    #[test]
    fn a_dynamic_program_is_seen() {
        let own = std::env::current_exe().ok().and_then(|path| std::fs::read(path).ok()).unwrap_or_default();
        if cfg!(all(target_os = "linux", not(target_feature = "crt-static"))) {
            assert_eq!(needs_loader(&own), Some(true));
        }
    }
}
