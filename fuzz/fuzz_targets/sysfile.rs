//! Files that a Linux system writes about itself.
//!
//! covers: crates/parse/src/sysfile/auth_log.rs
//! covers: crates/parse/src/sysfile/clock.rs
//! covers: crates/parse/src/sysfile/deed.rs
//! covers: crates/parse/src/sysfile/door.rs
//! covers: crates/parse/src/sysfile/history.rs
//! covers: crates/parse/src/sysfile/journal.rs
//! covers: crates/parse/src/sysfile/proc_net.rs
//! covers: crates/parse/src/sysfile/said.rs
//! covers: crates/parse/src/sysfile/utmp.rs
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    parse::sysfile::auth_log::fuzz(data);
    parse::sysfile::deed::fuzz(data);
    parse::sysfile::door::fuzz(data);
    parse::sysfile::history::fuzz(data);
    parse::sysfile::journal::fuzz(data);
    parse::sysfile::proc_net::fuzz(data);
    parse::sysfile::utmp::fuzz(data);
});
