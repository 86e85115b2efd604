//! The folder below which everything is written, and where it must not lie.

use model::Message;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// Folders from which the system itself reads what starts by itself, or which are no files at all.
const SYSTEM: &[&str] =
    &["bin", "boot", "dev", "etc", "lib", "lib32", "lib64", "libx32", "proc", "run", "sbin", "sys", "usr"];

/// The folder, with all links followed, if it may be used: it need not be there yet.
pub(super) fn checked(named: &Path) -> Result<PathBuf, Message> {
    let refused = |id| Message::new(id).with("path", named.to_string_lossy().into_owned());
    let real = match std::fs::canonicalize(named) {
        Ok(real) => real,
        Err(_) => {
            let (Some(name), Some(parent)) = (named.file_name(), named.parent()) else {
                return Err(refused("drill-root-unfit"));
            };
            let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
            let parent = std::fs::canonicalize(parent).map_err(|_| refused("drill-root-unfit"))?;
            parent.join(name)
        }
    };
    let identity = |path: &Path| std::fs::metadata(path).ok().map(|found| (found.dev(), found.ino()));
    let is_system = SYSTEM.iter().any(|folder| real.starts_with(Path::new("/").join(folder)));
    // The same folder under another name is the same folder.
    if is_system || real == Path::new("/") || identity(&real) == identity(Path::new("/")) {
        return Err(refused("drill-root-live"));
    }
    if std::fs::metadata(&real).is_ok_and(|found| !found.is_dir()) {
        return Err(refused("drill-root-unfit"));
    }
    Ok(real)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_is_no_place_for_an_exercise() {
        for live in
            ["/", "//", "/etc", "/usr/local", "/proc/self/root", "/tmp/..", "/tmp/../etc/x", "/dev/shm"]
        {
            let refusal = checked(Path::new(live)).err().map(|message| message.id);
            assert_eq!(refusal, Some("drill-root-live"), "{live}");
        }
        assert_eq!(
            checked(Path::new("/no such folder/x")).err().map(|refusal| refusal.id),
            Some("drill-root-unfit")
        );
        let fine = std::env::temp_dir().join("minehound-not-there");
        assert!(checked(&fine).is_ok());
    }
}
