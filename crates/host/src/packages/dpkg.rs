//! The database of dpkg.
//!
//! Format: dpkg's `man` pages and sources (`lib/dpkg/db-fsys-files.c`, `db-fsys-divert.c`, `db-fsys-digest.c`):
//! `info/NAME[:ARCH].list` one path a line, `info/….md5sums` lines `MD5  path` without the first slash, `diversions`
//! three lines each (path, where to, whose), conffiles with their MD5 in `status`.

use super::{Packages, SUMS, Sum};
use crate::{Gaps, View};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

const STATUS: &str = "/var/lib/dpkg/status";
const INFO: &str = "/var/lib/dpkg/info";
const DIVERSIONS: &str = "/var/lib/dpkg/diversions";
/// Largest file read: the status of 3,000 packages has 6 MB, the longest list of Debian 12 about 2.
const MOST: usize = 64 << 20;

/// Checksums by package, read when asked for.
#[derive(Debug, Default)]
pub(super) struct Sums {
    /// `NAME:ARCH` of each package.
    stems: Vec<(u32, PathBuf)>,
    read: BTreeMap<usize, HashMap<u64, [u8; 16]>>,
    kept: usize,
    /// Where a diverted file would have lain.
    diverted: HashMap<u64, u64>,
}

/// Reads what is owned by whom. Says whether there is such a database.
pub(super) fn read(view: &mut dyn View, gaps: &mut Gaps, packages: &mut Packages) -> bool {
    let listing = match view.list(Path::new(INFO)) {
        Ok(listing) => listing,
        Err(fault) => {
            gaps.fault(Path::new(INFO), fault);
            return false;
        }
    };
    if listing.cut {
        gaps.cut(Path::new(INFO));
    }
    let diversions = diversions(view, packages);
    for entry in listing.entries {
        let name = Path::new(&entry.name);
        if name.extension().is_none_or(|extension| extension != "list") {
            continue;
        }
        let path = Path::new(INFO).join(name);
        let content = match view.read(&path, MOST) {
            Ok(content) => content,
            Err(fault) => {
                gaps.fault(&path, fault);
                continue;
            }
        };
        if !content.whole {
            gaps.cut(&path);
        }
        let stem = name.file_stem().unwrap_or_default();
        let shown = stem.to_string_lossy();
        let shown = shown.split(':').next().unwrap_or_default();
        let number = packages.package(shown);
        packages.dpkg.stems.push((number, Path::new(INFO).join(stem)));
        let mut lines = content.bytes.split(|byte| *byte == b'\n').filter(|line| line.len() > 2).peekable();
        while let Some(line) = lines.next() {
            // A folder stands before what is in it, and belongs to many.
            let inside = lines.peek().and_then(|next| next.strip_prefix(line));
            if inside.is_some_and(|rest| rest.starts_with(b"/")) {
                continue;
            }
            match diversions.get(line) {
                Some((to, whose)) if whose != shown => packages.add(to, number),
                _ => packages.add(line, number),
            }
        }
    }
    conffiles(view, gaps, packages);
    !packages.dpkg.stems.is_empty()
}

/// Paths that a package has moved out of the way of its own: where to, and whose.
fn diversions(view: &mut dyn View, packages: &mut Packages) -> BTreeMap<Vec<u8>, (Vec<u8>, String)> {
    let Ok(content) = view.read(Path::new(DIVERSIONS), MOST) else { return BTreeMap::new() };
    let lines: Vec<&[u8]> = content.bytes.split(|byte| *byte == b'\n').collect();
    let mut found = BTreeMap::new();
    for three in lines.chunks_exact(3) {
        let (from, to, whose) = (three[0], three[1], String::from_utf8_lossy(three[2]).into_owned());
        let (moved, original) = (packages.hash(to), packages.hash(from));
        packages.dpkg.diverted.insert(moved, original);
        found.insert(from.to_vec(), (to.to_vec(), whose));
    }
    found
}

/// Configuration files and their checksums: lines ` /path MD5` behind `Conffiles:`.
fn conffiles(view: &mut dyn View, gaps: &mut Gaps, packages: &mut Packages) {
    let content = match view.read(Path::new(STATUS), MOST) {
        Ok(content) => content,
        Err(fault) => return gaps.fault(Path::new(STATUS), fault),
    };
    let mut inside = false;
    for line in content.bytes.split(|byte| *byte == b'\n') {
        if !line.starts_with(b" ") {
            inside = line.starts_with(b"Conffiles:");
            continue;
        }
        let mut words = line.split(|byte| *byte == b' ').filter(|word| !word.is_empty());
        if let (true, Some(path), Some(sum)) = (inside, words.next(), words.next().and_then(digits)) {
            let hash = packages.hash(path);
            packages.sums.insert(hash, Sum::Md5(sum));
        }
    }
}

/// The checksum of a path by the list of its package.
pub(super) fn sum(packages: &mut Packages, view: &mut dyn View, number: usize, hash: u64) -> Option<Sum> {
    if !packages.dpkg.read.contains_key(&number) {
        let (_, stem) = packages.dpkg.stems.iter().find(|(one, _)| *one as usize == number)?;
        let mut name = stem.clone().into_os_string();
        name.push(".md5sums");
        let content = view.read(Path::new(&name), MOST).ok()?;
        let mut sums = HashMap::new();
        for line in content.bytes.split(|byte| *byte == b'\n') {
            if let (Some(sum), Some(path)) = (line.get(..32).and_then(digits), line.get(34..)) {
                sums.insert(packages.hash(&[b"/", path].concat()), sum);
            }
        }
        if packages.dpkg.kept + sums.len() > SUMS {
            packages.dpkg.read.clear();
            packages.dpkg.kept = 0;
        }
        packages.dpkg.kept += sums.len();
        packages.dpkg.read.insert(number, sums);
    }
    let sums = packages.dpkg.read.get(&number)?;
    let original = packages.dpkg.diverted.get(&hash);
    sums.get(&hash).or_else(|| sums.get(original?)).map(|sum| Sum::Md5(*sum))
}

fn digits(text: &[u8]) -> Option<[u8; 16]> {
    let mut sum = [0; 16];
    if text.len() != 32 {
        return None;
    }
    for (byte, pair) in sum.iter_mut().zip(text.chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(sum)
}
