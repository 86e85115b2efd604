//! A folder laid over another, and taken away again.
//!
//! Source: mount(2), umount(2), mount_namespaces(7).
#![allow(unsafe_code, reason = "rustix calls every unshare(2) unsafe")]

use rustix::io::Errno;
use rustix::mount::{MountPropagationFlags, UnmountFlags, mount_bind, mount_change, unmount};
use rustix::thread::{UnshareFlags, unshare_unsafe};
use std::io;
use std::path::Path;

/// From now on mounts of this process are seen by it and what it starts, and by nobody else.
///
/// # Errors
/// It may not (`CAP_SYS_ADMIN`).
pub fn mounts_of_its_own() -> io::Result<()> {
    // SAFETY: only descriptors unshared (CLONE_FILES) can harm other threads, and they are not; unshare(2).
    unsafe { unshare_unsafe(UnshareFlags::NEWNS)? };
    Ok(mount_change("/", MountPropagationFlags::PRIVATE | MountPropagationFlags::REC)?)
}

/// Lays a folder over another.
///
/// # Errors
/// It may not (`CAP_SYS_ADMIN`), or one of them is not there.
pub fn cover(place: &Path, with: &Path) -> io::Result<()> {
    Ok(mount_bind(with, place)?)
}

/// Takes away what lies over a folder. What is not there any more is no error: a mount over a folder of `/proc` goes
/// with its process.
///
/// # Errors
/// It may not.
pub fn uncover(place: &Path) -> io::Result<()> {
    match unmount(place, UnmountFlags::DETACH | UnmountFlags::NOFOLLOW) {
        Ok(()) | Err(Errno::INVAL | Errno::NOENT) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
