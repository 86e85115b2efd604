//! Which package owns a file, and whether the file is still what the package brought: the databases of dpkg and apk,
//! read without asking their programs.
//!
//! A path is kept as 8 bytes of a keyed hash with the number of its package: 500,000 files take 8 MB. Checksums are
//! read when they are asked for, one package at a time.

mod apk;
mod dpkg;

use crate::owner::Owners;
use crate::{Fault, Gaps, View};
use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// Most files that are known: a desktop with 3,000 packages has 500,000 with its folders.
const FILES: usize = 4 << 20;
/// Largest file whose checksum is taken.
const CHECKED: usize = 64 << 20;
/// Checksums kept from the packages last asked.
const SUMS: usize = 1 << 17;

/// Places of databases that are not read: rpm's need a library, pacman's nobody has asked for yet.
const UNREAD: [&str; 5] = [
    "/usr/lib/sysimage/rpm/rpmdb.sqlite",
    "/var/lib/rpm/rpmdb.sqlite",
    "/var/lib/rpm/Packages.db",
    "/var/lib/rpm/Packages",
    "/var/lib/pacman/local",
];

/// A checksum as a database has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sum {
    Md5([u8; 16]),
    Sha1([u8; 20]),
}

/// The packages of a machine.
#[derive(Debug, Default)]
pub struct Packages {
    names: Vec<String>,
    /// Hash of a path and number of its package, sorted.
    files: Vec<(u64, u32)>,
    keys: RandomState,
    known: bool,
    /// Checksums that stand in the database itself.
    sums: HashMap<u64, Sum>,
    dpkg: dpkg::Sums,
}

impl Packages {
    /// Reads the databases. What a database in another form would say is a gap.
    #[must_use]
    pub fn read(view: &mut dyn View, gaps: &mut Gaps) -> Packages {
        let mut packages = Packages::default();
        packages.known |= dpkg::read(view, gaps, &mut packages);
        packages.known |= apk::read(view, gaps, &mut packages);
        packages.files.sort_unstable();
        // Of several owners the first by name counts: folders are left out, so there are hardly any.
        packages.files.dedup_by_key(|(hash, _)| *hash);
        packages.files.shrink_to_fit();
        for place in UNREAD {
            if view.meta(Path::new(place)).is_ok() {
                gaps.unread_packages(Path::new(place));
            }
        }
        packages
    }

    /// Whether a database was there to ask.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        self.known
    }

    /// The package that owns a path. `/bin/x` is `/usr/bin/x`.
    #[must_use]
    pub fn owner(&self, path: &Path) -> Option<&str> {
        self.names.get(self.number(path)?).map(String::as_str)
    }

    /// Whether a file is still what its package brought; `None` where no package says what that was.
    pub fn is_unmodified(&mut self, view: &mut dyn View, path: &Path) -> Option<bool> {
        let number = self.number(path)?;
        let hash = self.hash(path.as_os_str().as_bytes());
        let sum = match self.sums.get(&hash) {
            Some(sum) => *sum,
            None => dpkg::sum(self, view, number, hash)?,
        };
        match view.read(path, CHECKED) {
            Ok(content) if content.whole => Some(sum.is_of(&content.bytes)),
            Ok(_) | Err(Fault::Denied | Fault::Broken) => None,
            Err(Fault::Missing | Fault::Unfit) => Some(false),
        }
    }

    /// The package that owns a file and has not been changed since.
    pub fn unmodified_owner(&mut self, view: &mut dyn View, path: &Path) -> Option<String> {
        (self.is_unmodified(view, path) == Some(true))
            .then(|| Packages::owner(self, path).map(str::to_owned))?
    }

    fn number(&self, path: &Path) -> Option<usize> {
        let hash = self.hash(path.as_os_str().as_bytes());
        let at = self.files.binary_search_by_key(&hash, |(hash, _)| *hash).ok()?;
        self.files.get(at).map(|(_, number)| *number as usize)
    }

    fn package(&mut self, name: &str) -> u32 {
        self.names.push(name.to_owned());
        u32::try_from(self.names.len() - 1).unwrap_or(u32::MAX)
    }

    fn add(&mut self, path: &[u8], package: u32) {
        if self.files.len() < FILES {
            self.files.push((self.hash(path), package));
        }
    }

    /// A path's hash, keyed: nobody can choose a name that passes for another.
    fn hash(&self, path: &[u8]) -> u64 {
        let path = path.strip_suffix(b"/").unwrap_or(path);
        let merged = [&b"/bin/"[..], b"/sbin/", b"/lib/", b"/lib32/", b"/lib64/", b"/libx32/"];
        let mut hasher = self.keys.build_hasher();
        if merged.iter().any(|begins| path.starts_with(begins)) {
            hasher.write(b"/usr");
        }
        hasher.write(path);
        hasher.finish()
    }
}

impl Owners for Packages {
    fn is_known(&self) -> bool {
        self.known
    }

    fn owner(&mut self, path: &Path) -> Option<String> {
        Packages::owner(self, path).map(str::to_owned)
    }
}

impl Sum {
    fn is_of(self, bytes: &[u8]) -> bool {
        use sha1::Digest;
        match self {
            Sum::Md5(sum) => md5::Md5::digest(bytes).as_slice() == sum,
            Sum::Sha1(sum) => sha1::Sha1::digest(bytes).as_slice() == sum,
        }
    }
}

#[cfg(test)]
mod tests;
