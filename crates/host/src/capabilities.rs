//! What the program that looks may look into (capabilities(7)).

use crate::View;
use parse::procfs::status;
use std::path::Path;

/// `CAP_DAC_READ_SEARCH`: everybody's files.
pub(crate) const READ_SEARCH: u64 = 1 << 2;
/// `CAP_SYS_PTRACE`: everybody's processes.
pub(crate) const PTRACE: u64 = 1 << 19;

/// The longest `status` that is read.
const STATUS: usize = 64 * 1024;

/// The capabilities in force, as a set of bits; none where they cannot be read.
pub(crate) fn own(view: &mut dyn View) -> u64 {
    let content = view.read(Path::new("/proc/self/status"), STATUS);
    content.map_or(0, |content| status(&content.bytes).capabilities)
}
