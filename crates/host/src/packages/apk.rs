//! The database of apk.
//!
//! Format: apk-tools `src/database.c` (`apk_db_read`): fields of one letter; `P:` begins a package's name, `F:` is a
//! folder without its first slash, `R:` a file in it, `Z:Q1…` the SHA-1 of what stood last, in base64. A blank line ends
//! a package.

use super::{Packages, Sum};
use crate::{Fault, Gaps, View};
use std::path::Path;

/// The place of apk 2, and that of apk 3.
const INSTALLED: [&str; 2] = ["/lib/apk/db/installed", "/usr/lib/apk/db/installed"];
const MOST: usize = 64 << 20;

/// Reads what is owned by whom. Says whether there is such a database.
pub(super) fn read(view: &mut dyn View, gaps: &mut Gaps, packages: &mut Packages) -> bool {
    for place in INSTALLED.map(Path::new) {
        let content = match view.read(place, MOST) {
            Ok(content) => content,
            Err(Fault::Missing) => continue,
            Err(fault) => {
                gaps.fault(place, fault);
                continue;
            }
        };
        if !content.whole {
            gaps.cut(place);
        }
        read_all(&content.bytes, packages);
        return true;
    }
    false
}

fn read_all(bytes: &[u8], packages: &mut Packages) {
    let (mut number, mut folder, mut file) = (None, Vec::new(), Vec::new());
    for line in bytes.split(|byte| *byte == b'\n') {
        let Some((field, value)) = line.split_at_checked(2) else {
            file.clear();
            continue;
        };
        match (field, number) {
            (b"P:", _) => number = Some(packages.package(&String::from_utf8_lossy(value))),
            (b"F:", _) => {
                folder = [b"/", value].concat();
                file.clear();
            }
            (b"R:", Some(number)) => {
                file = [&folder[..], b"/", value].concat();
                packages.add(&file, number);
            }
            (b"Z:", _) if !file.is_empty() => {
                if let Some(sum) = value.strip_prefix(b"Q1").and_then(sha1_of) {
                    let hash = packages.hash(&file);
                    packages.sums.insert(hash, Sum::Sha1(sum));
                }
            }
            _ => {}
        }
    }
}

/// 20 bytes in base64 (RFC 4648, 4).
fn sha1_of(text: &[u8]) -> Option<[u8; 20]> {
    let mut bytes = Vec::new();
    let (mut bits, mut held) = (0u32, 0);
    for letter in text.iter().take(28).filter(|letter| **letter != b'=') {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    bytes.try_into().ok()
}
