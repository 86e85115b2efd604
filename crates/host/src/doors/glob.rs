//! Names with `*` in them, looked up folder by folder.

use super::Look;
use std::path::{Path, PathBuf};
use sys::Kind;

/// Most files that one pattern may name.
const MOST: usize = 256;

/// The files that a pattern names, in order. In each part `*` may stand once, for any letters.
pub(super) fn glob(look: &mut Look<'_>, pattern: &str) -> Vec<PathBuf> {
    let mut paths = vec![PathBuf::from("/")];
    for part in pattern.split('/').filter(|part| !part.is_empty()) {
        let Some((begins, ends)) = part.split_once('*') else {
            paths.iter_mut().for_each(|path| path.push(part));
            continue;
        };
        let mut next = Vec::new();
        for folder in paths {
            match look.view.list(&folder) {
                Ok(listing) => {
                    if listing.cut {
                        look.gaps.cut(&folder);
                    }
                    next.extend(listing.entries.into_iter().filter_map(|entry| {
                        let name = entry.name.to_string_lossy();
                        let fits = name.len() >= begins.len() + ends.len();
                        let names = name.starts_with(begins) && name.ends_with(ends);
                        // A star stands for no hidden file, as in a shell.
                        let hidden = begins.is_empty() && name.starts_with('.');
                        (fits && names && !hidden).then(|| folder.join(&entry.name))
                    }));
                }
                Err(fault) => look.gaps.fault(&folder, fault),
            }
            if next.len() > MOST {
                look.gaps.cut(&folder);
                next.truncate(MOST);
                break;
            }
        }
        paths = next;
    }
    paths.retain(|path| is_file(look, path));
    paths
}

/// Whether a regular file lies there, or a link to one.
fn is_file(look: &mut Look<'_>, path: &Path) -> bool {
    match look.view.meta_of_target(path) {
        Ok(meta) => meta.kind == Kind::File,
        Err(fault) => {
            look.gaps.fault(path, fault);
            false
        }
    }
}
