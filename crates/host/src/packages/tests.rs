//! Databases made by hand; checksums are those of `md5sum` and `sha1sum`.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use super::*;
use crate::Memory;
use model::Time;

/// `printf hello | md5sum`.
const HELLO: &str = "5d41402abc4b2a76b9719d911017c592";

fn debian() -> Memory {
    let mut machine = Memory::new(Time::from_secs(0));
    machine
        .file("/var/lib/dpkg/info/tool:amd64.list", "/.\n/bin\n/bin/tool\n/etc\n/etc/tool.conf\n/usr\n/usr/share\n/usr/share/tool\n/usr/bin/view\n")
        .file("/var/lib/dpkg/info/tool:amd64.md5sums", format!("{HELLO}  bin/tool\n{HELLO}  usr/bin/view\n"))
        .file("/var/lib/dpkg/info/vim.list", "/.\n/usr/bin/view\n")
        .file("/var/lib/dpkg/status", format!("Package: tool\nStatus: install ok installed\nConffiles:\n /etc/tool.conf {HELLO}\n /etc/new newconffile\nDescription: x\n /not/a/conffile {HELLO}\n"))
        .file("/var/lib/dpkg/diversions", "/usr/bin/view\n/usr/bin/view.tool\nvim\n")
        .link("/bin", "usr/bin")
        .file("/usr/bin/tool", "hello")
        .file("/usr/bin/view.tool", "hello")
        .file("/usr/bin/view", "else")
        .file("/etc/tool.conf", "hello");
    machine
}

fn owner(packages: &Packages, path: &str) -> String {
    packages.owner(Path::new(path)).unwrap_or("-").to_owned()
}

#[test]
fn debian_files_have_owners() {
    let (mut machine, mut gaps) = (debian(), Gaps::default());
    let packages = Packages::read(&mut machine, &mut gaps);
    assert!(packages.is_known());
    assert_eq!(gaps.into_summaries(), []);
    for (path, expected) in [
        ("/bin/tool", "tool"),
        ("/usr/bin/tool", "tool"),
        ("/etc/tool.conf", "tool"),
        ("/usr/share/tool", "tool"),
        ("/usr/share", "-"),
        ("/etc", "-"),
        ("/usr/bin/other", "-"),
        // Diverted: the name is vim's now, the file of the other lies elsewhere.
        ("/usr/bin/view", "vim"),
        ("/usr/bin/view.tool", "tool"),
    ] {
        assert_eq!(owner(&packages, path), expected, "{path}");
    }
}

#[test]
fn debian_files_are_compared_with_what_came() {
    let (mut machine, mut gaps) = (debian(), Gaps::default());
    let mut packages = Packages::read(&mut machine, &mut gaps);
    let mut ask = |machine: &mut Memory, path: &str| packages.is_unmodified(machine, Path::new(path));
    assert_eq!(ask(&mut machine, "/usr/bin/tool"), Some(true));
    assert_eq!(ask(&mut machine, "/etc/tool.conf"), Some(true));
    assert_eq!(ask(&mut machine, "/usr/bin/view.tool"), Some(true));
    assert_eq!(ask(&mut machine, "/usr/bin/view"), None, "vim lists no checksum");
    assert_eq!(ask(&mut machine, "/usr/bin/other"), None);
    machine.file("/etc/tool.conf", "hello!").file("/usr/bin/tool", "x");
    assert_eq!(ask(&mut machine, "/etc/tool.conf"), Some(false));
    assert_eq!(ask(&mut machine, "/bin/tool"), Some(false));
}

#[test]
fn alpine_files_have_owners_and_checksums() {
    let mut machine = Memory::new(Time::from_secs(0));
    // `printf hello | sha1sum | xxd -r -p | base64`
    let installed = "C:Q1x\nP:busybox\nV:1\nF:bin\nR:busybox\na:0:0:755\nZ:Q1qvTGHdzF6KLavt4PO0gs2a6pQ00=\nF:etc\nR:x\n\nP:musl\nF:lib\nR:ld-musl.so\n";
    machine.file("/lib/apk/db/installed", installed).file("/bin/busybox", "hello");
    let mut packages = Packages::read(&mut machine, &mut Gaps::default());
    assert_eq!(owner(&packages, "/usr/bin/busybox"), "busybox");
    assert_eq!(owner(&packages, "/lib/ld-musl.so"), "musl");
    assert_eq!(packages.is_unmodified(&mut machine, Path::new("/bin/busybox")), Some(true));
    assert_eq!(packages.is_unmodified(&mut machine, Path::new("/etc/x")), None);
}

#[test]
fn other_databases_are_gaps() {
    let mut machine = Memory::new(Time::from_secs(0));
    machine.file("/var/lib/rpm/rpmdb.sqlite", "SQLite format 3");
    let mut gaps = Gaps::default();
    assert!(!Packages::read(&mut machine, &mut gaps).is_known());
    assert_eq!(gaps.into_summaries()[0].reason.id, "gap-host-packages");
}
