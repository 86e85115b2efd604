//! Memory of a given shape: an anonymous mapping that merges with no neighbour, and a file that lies in no folder.
//!
//! Source: mmap(2), mprotect(2), memfd_create(2).
#![allow(unsafe_code, reason = "memory is mapped and touched by address")]

use rustix::fs::{MemfdFlags, memfd_create};
use rustix::mm::{MapFlags, MprotectFlags, ProtFlags, mmap_anonymous, mprotect, munmap};
use std::ffi::c_void;
use std::fs::File;
use std::io;
use std::ptr;

/// No architecture that Linux runs on has larger pages than this.
const LARGEST_PAGE: usize = 64 * 1024;
/// A write to each of these makes every page resident: no page is smaller.
const SMALLEST_PAGE: usize = 4096;

/// A mapping that ends when this is dropped.
#[derive(Debug)]
pub struct Region {
    /// With a guard before and behind, so that the kernel merges it with no other mapping.
    whole: *mut c_void,
    bytes: usize,
}

/// Maps memory that can be read and written. It takes none until it is touched.
///
/// # Errors
/// The system has no room for it.
pub fn map(bytes: usize) -> io::Result<Region> {
    Region::new(bytes, MprotectFlags::READ | MprotectFlags::WRITE)
}

/// Maps memory that can also be executed, as a just-in-time compiler does.
///
/// # Errors
/// The system has no room for it, or forbids memory that is both (SELinux `execmem`).
pub fn map_code(bytes: usize) -> io::Result<Region> {
    Region::new(bytes, MprotectFlags::READ | MprotectFlags::WRITE | MprotectFlags::EXEC)
}

impl Region {
    fn new(bytes: usize, rights: MprotectFlags) -> io::Result<Region> {
        let size = bytes.checked_add(2 * LARGEST_PAGE).ok_or(io::ErrorKind::OutOfMemory)?;
        // SAFETY: no address is given, so the kernel takes one where nothing is mapped (mmap(2)).
        let whole = unsafe { mmap_anonymous(ptr::null_mut(), size, ProtFlags::empty(), MapFlags::PRIVATE)? };
        let region = Region { whole, bytes };
        // SAFETY: the range lies inside the mapping made above, which nobody else knows of (mprotect(2)).
        unsafe { mprotect(region.start(), bytes, rights)? };
        Ok(region)
    }

    fn start(&self) -> *mut c_void {
        self.whole.wrapping_byte_add(LARGEST_PAGE)
    }

    /// Makes all of it resident.
    pub fn touch(&mut self) {
        for at in (0..self.bytes).step_by(SMALLEST_PAGE) {
            let place = self.start().cast::<u8>().wrapping_add(at);
            // SAFETY: `at` is less than the length of the writable range, which is ours alone while it is borrowed.
            unsafe { place.write_volatile(1) };
        }
    }
}

impl Drop for Region {
    fn drop(&mut self) {
        // SAFETY: exactly what was mapped is unmapped, and no reference into it was ever given away (munmap(2)).
        let _ = unsafe { munmap(self.whole, self.bytes + 2 * LARGEST_PAGE) };
    }
}

/// A file that lies in no folder. It is gone when nobody has it open or runs it.
///
/// # Errors
/// The kernel has none, or forbids it.
pub fn memory_file(name: &str) -> io::Result<File> {
    Ok(memfd_create(name, MemfdFlags::CLOEXEC)?.into())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    /// proc_pid_maps(5): a line for each mapping, its range and rights first.
    #[test]
    fn a_region_stands_alone_in_the_map_and_goes() {
        let (bytes, code) = (8 << 20, 2 << 20);
        let shown = |region: &Region| {
            let start = region.start() as usize;
            let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
            let range = format!("{start:08x}-{:08x} ", start + region.bytes);
            maps.lines().find_map(|line| line.strip_prefix(&range).map(|rest| rest[..4].to_owned()))
        };
        let mut plain = map(bytes).unwrap();
        assert_eq!(shown(&plain).as_deref(), Some("rw-p"));
        plain.touch();
        match map_code(code) {
            Ok(region) => assert_eq!(shown(&region).as_deref(), Some("rwxp")),
            Err(error) => println!("SKIPPED: {error}"),
        }
        assert!(map(usize::MAX - 5).is_err());
    }
}
