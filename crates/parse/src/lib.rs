//! Bytes to records: one format per file, pure and bounded, each fuzzed.
//!
//! Nothing here opens a file, asks the clock or keeps state between calls beyond what a
//! format itself demands. Every function takes bytes an attacker may have chosen.

pub mod app;
pub mod archive;
pub mod autoruns;
pub mod capture;
pub mod mining;
pub mod net;
pub mod procfs;
pub mod sysfile;
pub mod text;
