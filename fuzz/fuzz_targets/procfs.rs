//! What a machine says under `/proc`: any bytes, read by every grammar.
//!
//! covers: crates/parse/src/procfs/cgroup.rs
//! covers: crates/parse/src/procfs/maps.rs
//! covers: crates/parse/src/procfs/mounts.rs
//! covers: crates/parse/src/procfs/network.rs
//! covers: crates/parse/src/procfs/schedstat.rs
//! covers: crates/parse/src/procfs/stat.rs
//! covers: crates/parse/src/procfs/status.rs
//! covers: crates/parse/src/procfs/system.rs
//! covers: crates/parse/src/procfs/words.rs
#![no_main]

use libfuzzer_sys::fuzz_target;
use parse::procfs;

fuzz_target!(|data: &[u8]| {
    let _ = (procfs::stat(data), procfs::status(data), procfs::system(data), procfs::memory_total(data));
    let _ = (procfs::container(data), procfs::words(data, 64), procfs::schedstat(data));
    let _ = (procfs::variables(data).count(), procfs::mounts(data).count());
    let _ = procfs::mappings(data).filter(procfs::Mapping::is_anonymous).count();
    let _ = (procfs::local_addresses(data), procfs::interface_addresses(data), procfs::routes(data));
});
