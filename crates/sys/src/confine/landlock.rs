//! Landlock: a process keeps the files it named and gives up all others.
//!
//! Source: Linux `Documentation/userspace-api/landlock.rst` and `include/uapi/linux/landlock.h`;
//! landlock_create_ruleset(2), landlock_add_rule(2), landlock_restrict_self(2).
#![allow(unsafe_code, reason = "four system calls that no crate of ours wraps")]

use std::fs::{File, OpenOptions};
use std::io;
use std::mem::size_of;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::ptr;

/// `LANDLOCK_CREATE_RULESET_VERSION`.
const ASK_VERSION: libc::c_ulong = 1;
/// `LANDLOCK_RULE_PATH_BENEATH`.
const PATH_BENEATH: libc::c_ulong = 1;
/// `LANDLOCK_ACCESS_FS_READ_FILE`.
const READ_FILE: u64 = 1 << 2;
/// `LANDLOCK_ACCESS_FS_READ_DIR`.
const READ_DIR: u64 = 1 << 3;

/// `struct landlock_ruleset_attr` as of version 6: three rights by set.
#[repr(C)]
struct RulesetAttr {
    handled_access_fs: u64,
    handled_access_net: u64,
    scoped: u64,
}

/// `struct landlock_path_beneath_attr`, packed in the header, too.
#[repr(C, packed)]
struct PathBeneathAttr {
    allowed_access: u64,
    parent_fd: RawFd,
}

/// Gives up new privileges by executing programs, which both interfaces ask for. Says whether that is in force.
pub(super) fn no_new_privileges() -> bool {
    let (one, zero): (libc::c_ulong, libc::c_ulong) = (1, 0);
    // SAFETY: PR_SET_NO_NEW_PRIVS takes numbers only and touches no memory of ours (prctl(2)).
    unsafe { libc::prctl(libc::PR_SET_NO_NEW_PRIVS, one, zero, zero, zero) == 0 }
}

/// Restricts the thread to reading `readable`; says under which version of the interface.
///
/// # Errors
/// When the kernel has no Landlock, or it is off.
pub(super) fn restrict(readable: &[PathBuf]) -> io::Result<u32> {
    let version = version()?;
    let ruleset = create(&rights(version))?;
    for path in readable {
        // A path that cannot be opened now is refused later: nothing is given away by passing over it. A pipe has
        // no place in the file system and needs no rule.
        let _ = allow(&ruleset, path);
    }
    restrict_self(&ruleset)?;
    Ok(version)
}

/// All rights that a version knows: what a ruleset does not handle stays allowed.
fn rights(version: u32) -> RulesetAttr {
    // Version 1 has the 13 rights from EXECUTE to MAKE_SYM; 2 adds REFER, 3 TRUNCATE, 5 IOCTL_DEV.
    let files = match version {
        0 | 1 => 13,
        2 => 14,
        3 | 4 => 15,
        _ => 16,
    };
    RulesetAttr {
        handled_access_fs: (1 << files) - 1,
        // BIND_TCP and CONNECT_TCP.
        handled_access_net: if version >= 4 { 0b11 } else { 0 },
        // ABSTRACT_UNIX_SOCKET and SIGNAL.
        scoped: if version >= 6 { 0b11 } else { 0 },
    }
}

/// The version of the interface.
fn version() -> io::Result<u32> {
    let (nothing, size): (*const RulesetAttr, usize) = (ptr::null(), 0);
    // SAFETY: with this flag the kernel takes no attributes and returns a number (landlock_create_ruleset(2)).
    let version = unsafe { libc::syscall(libc::SYS_landlock_create_ruleset, nothing, size, ASK_VERSION) };
    u32::try_from(version).map_err(|_| io::Error::last_os_error())
}

fn create(attributes: &RulesetAttr) -> io::Result<OwnedFd> {
    let (at, size, flags) = (ptr::from_ref(attributes), size_of::<RulesetAttr>(), 0 as libc::c_ulong);
    // SAFETY: the kernel reads `size` bytes at `at`, which is a live reference, and keeps none of them. Fields that
    // it does not know yet are zero, which it accepts (landlock_create_ruleset(2), E2BIG).
    let ruleset = unsafe { libc::syscall(libc::SYS_landlock_create_ruleset, at, size, flags) };
    let fd = RawFd::try_from(ruleset).ok().filter(|fd| *fd >= 0).ok_or_else(io::Error::last_os_error)?;
    // SAFETY: the call succeeded, so this is a new descriptor, close-on-exec, that nobody else owns.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

/// Allows reading a file, or everything below a folder.
fn allow(ruleset: &OwnedFd, path: &Path) -> io::Result<()> {
    // O_PATH opens nothing for reading: no FIFO waits, no device acts.
    let place: File = OpenOptions::new().read(true).custom_flags(libc::O_PATH).open(path)?;
    let folder = place.metadata()?.is_dir();
    let rule = PathBeneathAttr {
        allowed_access: if folder { READ_FILE | READ_DIR } else { READ_FILE },
        parent_fd: place.as_raw_fd(),
    };
    let (at, flags) = (ptr::from_ref(&rule), 0 as libc::c_ulong);
    let fd = libc::c_long::from(ruleset.as_raw_fd());
    // SAFETY: both descriptors are open for the whole call, and the kernel reads the one packed structure of this
    // kind of rule at `at`, a live reference (landlock_add_rule(2)).
    let added = unsafe { libc::syscall(libc::SYS_landlock_add_rule, fd, PATH_BENEATH, at, flags) };
    if added == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

fn restrict_self(ruleset: &OwnedFd) -> io::Result<()> {
    let (fd, flags) = (libc::c_long::from(ruleset.as_raw_fd()), 0 as libc::c_ulong);
    // SAFETY: takes a descriptor that is open and numbers; touches no memory of ours (landlock_restrict_self(2)).
    let done = unsafe { libc::syscall(libc::SYS_landlock_restrict_self, fd, flags) };
    if done == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The last right of each version by the header: MAKE_SYM is bit 12, REFER 13, TRUNCATE 14, IOCTL_DEV 15.
    #[test]
    fn every_right_that_a_version_knows_is_handled_and_no_other() {
        let last = |version| u64::BITS - 1 - rights(version).handled_access_fs.leading_zeros();
        assert_eq!([1, 2, 3, 4, 5, 7].map(last), [12, 13, 14, 14, 15, 15]);
        assert_eq!([3, 4].map(|version| rights(version).handled_access_net), [0, 3]);
        assert_eq!([5, 6].map(|version| rights(version).scoped), [0, 3]);
    }

    /// The sizes that the header gives: three words, and twelve packed bytes.
    #[test]
    fn structures_are_as_the_kernel_reads_them() {
        assert_eq!((size_of::<RulesetAttr>(), size_of::<PathBeneathAttr>()), (24, 12));
    }
}
