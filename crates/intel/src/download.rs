//! Whether a URL is that of a miner's program: release archives, file names of families, download paths; and whether a
//! host serves miners and nothing else, an extension mines.

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

/// A listed host of miners' programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DownloadHost<'a> {
    /// The listed name that the host equals or is below.
    pub listed_as: &'a str,
    /// The program or system.
    pub family: &'a str,
    /// It serves files only; else it is the site of the program, which people read too.
    pub files_only: bool,
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
            "path" => path.contains(pattern),
            _ => false,
        };
        fits.then_some(Download { family, source, date })
    })
}

/// The listed host that a name is or is below, by the longest listed name. Places where everybody keeps programs are
/// not listed: their name says nothing.
#[must_use]
pub fn download_host(name: &str) -> Option<DownloadHost<'static>> {
    let name = name.strip_suffix('.').unwrap_or(name);
    let longest = hosts().iter().filter(|row| is_below(name, row[0])).max_by_key(|row| row[0].len())?;
    let &[listed_as, kind, family, source, date] = longest;
    Some(DownloadHost { listed_as, family, files_only: kind == "host", source, date })
}

/// A listed browser extension that mines, or that runs miners of pages for its user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MiningExtension<'a> {
    /// Its name.
    pub name: &'a str,
    /// Where the entry is from.
    pub source: &'a str,
    /// When.
    pub date: &'a str,
}

/// The listed extension of this id.
#[must_use]
pub fn mining_extension(id: &str) -> Option<MiningExtension<'static>> {
    let listed = listed().iter().filter(|row| row[1] == "extension");
    let &[_, _, name, source, date] = listed.into_iter().find(|row| row[0].eq_ignore_ascii_case(id))?;
    Some(MiningExtension { name, source, date })
}

/// Whether a name is another or below it, in whatever case.
fn is_below(name: &str, listed: &str) -> bool {
    let Some(at) = name.len().checked_sub(listed.len()) else { return false };
    let (front, end) = name.as_bytes().split_at(at);
    end.eq_ignore_ascii_case(listed.as_bytes()) && front.last().is_none_or(|last| *last == b'.')
}

/// The rows that name hosts.
fn hosts() -> &'static [[&'static str; 5]] {
    static HOSTS: OnceLock<Vec<[&'static str; 5]>> = OnceLock::new();
    HOSTS.get_or_init(|| listed().iter().filter(|row| matches!(row[1], "host" | "site")).copied().collect())
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
    use super::{download, download_host, mining_extension};

    #[test]
    fn extensions_by_id() {
        let found = mining_extension("hfnbkigpbejmmlpmlldbdglnciccejml");
        assert_eq!(found.map(|found| found.name), Some("CoinJack"));
        // One that blocks miners; a file's name.
        for other in ["emikbbbebcdfohonlaifafnoanocnebl", "xmrig.exe", ""] {
            assert_eq!(mining_extension(other), None, "{other}");
        }
    }

    #[test]
    fn hosts_and_what_is_only_named_like_one() {
        for (name, expected) in [
            ("dl.nbminer.com", Some(("NBMiner", true))),
            ("www.nbminer.com", Some(("NBMiner", false))),
            ("XMRig.com.", Some(("XMRig", false))),
            ("www.bminercontent.com", Some(("Bminer", true))),
            ("download.hiveos.farm", Some(("Hive OS", true))),
            ("api2.hiveos.farm", Some(("Hive OS", false))),
            ("github.com", None),
            ("notxmrig.com", None),
            ("xmrig.com.example", None),
            ("com", None),
            ("é", None),
            ("", None),
        ] {
            let found = download_host(name).map(|found| (found.family, found.files_only));
            assert_eq!(found, expected, "{name}");
        }
    }

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
            ("/dl.nbminer.com", None),
            ("/", None),
        ] {
            assert_eq!(download(target).map(|found| found.family), family, "{target}");
        }
    }
}
