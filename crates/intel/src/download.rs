//! Whether a URL is that of a miner's program: release archives, file names of families, download paths.

use std::sync::OnceLock;

use crate::data::{File, rows};

/// A listed download.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Download<'a> {
    /// The program or family.
    pub family: &'a str,
    /// Where the entry is from.
    pub source: &'a str,
    /// When.
    pub date: &'a str,
}

/// Endings of what is fetched to be run.
const ENDINGS: [&str; 10] = [".zip", ".gz", ".tgz", ".xz", ".7z", ".rar", ".exe", ".msi", ".deb", ".bz2"];

/// The listed program that the target of a request fetches: a path or a whole URL, with or without query.
///
/// A release is its name with a version behind it and an ending of archives or programs; pages about a release end
/// otherwise. Paths count only for files below them.
#[must_use]
pub fn download(target: &str) -> Option<Download<'static>> {
    let path = target.split(['?', '#']).next()?.to_ascii_lowercase();
    let path =
        path.split_once("://").map_or(path.as_str(), |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
    let name = path.rsplit('/').next().filter(|name| !name.is_empty())?;
    listed().iter().find_map(|&[pattern, kind, family, source, date]| {
        let fits = match kind {
            "release" => name.strip_prefix(pattern).is_some_and(is_release),
            "name" => name == pattern,
            _ => path.contains(pattern),
        };
        fits.then_some(Download { family, source, date })
    })
}

/// The rows, split once: requests are many.
fn listed() -> &'static [[&'static str; 5]] {
    static LISTED: OnceLock<Vec<[&'static str; 5]>> = OnceLock::new();
    LISTED.get_or_init(|| rows(File::Downloads).filter_map(|row| row.try_into().ok()).collect())
}

/// A version and an ending.
fn is_release(rest: &str) -> bool {
    let digits = rest.strip_prefix('v').unwrap_or(rest);
    digits.starts_with(|first: char| first.is_ascii_digit())
        && ENDINGS.iter().any(|ending| rest.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::download;

    #[test]
    fn downloads_and_pages_about_them() {
        for (target, family) in [
            ("/xmrig/xmrig/releases/download/v6.21.0/xmrig-6.21.0-linux-static-x64.tar.gz", Some("XMRig")),
            ("http://192.0.2.1/XMRig-6.21.3-msvc-win64.zip?x=1", Some("XMRig")),
            ("/files/lolMiner_v1.88_Lin64.tar.gz", Some("lolMiner")),
            ("/tmp/kdevtmpfsi", Some("Kinsing")),
            ("https://a.example/MoneroOcean/xmrig_setup/raw/master/x", Some("MoneroOcean set-up")),
            ("/wiki/xmrig-6.21.0", None),
            ("/xmrig-guide.zip", None),
            ("/xmrig/", None),
            ("/search?q=xmrig", None),
            ("/", None),
        ] {
            assert_eq!(download(target).map(|found| found.family), family, "{target}");
        }
    }
}
