//! Packs the data files into one deflated blob, so that no plain pool or program name stands in the binary.
//!
//! Scanners that look for miners search programs for such names; a tool that lists them would be taken for one.

use std::{env, error::Error, fs, io::Write, path::Path};

use flate2::{Compression, write::DeflateEncoder};

/// The files, in the order in which they are unpacked (`src/data.rs` names them alike).
const FILES: [&str; 9] = [
    "pools.tsv",
    "not_pools.tsv",
    "pool_addresses.tsv",
    "web_miners.tsv",
    "agents.tsv",
    "ports.tsv",
    "downloads.tsv",
    "programs.tsv",
    "doors.tsv",
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::best());
    for file in FILES {
        let path = Path::new("data").join(file);
        println!("cargo::rerun-if-changed={}", path.display());
        packer.write_all(&fs::read(path)?)?;
        packer.write_all(b"\x1e")?;
    }
    let out = env::var_os("OUT_DIR").ok_or("no OUT_DIR")?;
    fs::write(Path::new(&out).join("known.deflate"), packer.finish()?)?;
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}
