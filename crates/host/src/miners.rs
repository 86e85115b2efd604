//! Miners on a disk: where they are usually put, and beside what runs. Configurations, start scripts and programs, each
//! recognised by its content.
//!
//! The places: families of `xmrig` droppers and botnets unpack where anybody may write or in a home (Aqua Security 2020,
//! Trend Micro 2020, Unit 42 2021); xmrig reads `~/.xmrig.json` and `~/.config/xmrig.json` (`src/base/kernel/Base.cpp`).

use crate::orders::told;
use crate::owner::Owners;
use crate::{Gaps, View};
use model::{At, EvidenceId, Fact, MinerFile, Observation, OrdersFrom, Origin, Process, Time};
use parse::app::carve::whole::{LARGEST, whole};
use parse::app::carve::{Carver, Recognised};
use parse::app::http::Coding;
use parse::procfs::mounts;
use std::collections::{BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use sys::Kind;

/// Folders looked into, and files whose beginning is read.
const FOLDERS: usize = 512;
const FILES: usize = 4096;
/// Bytes of programs read, of one and of all: xmrig's own have 3 to 9 MB.
const PROGRAM: usize = 16 << 20;
const PROGRAMS: usize = 128 << 20;
/// How deep below a place: `/tmp/.x/lib/y`.
const DEPTH: usize = 3;
/// Bytes that tell a program from a text.
const BEGINNING: usize = 512;
/// Open files of processes looked at to say who uses a file.
const DESCRIPTORS: usize = 16_384;

/// Where anybody may write, and where people keep what they install by hand.
const PLACES: [&str; 9] = [
    "/tmp",
    "/var/tmp",
    "/dev/shm",
    "/run/shm",
    "/root",
    "/home",
    "/opt",
    "/usr/local/bin",
    "/usr/local/sbin",
];

/// Folders of the system: where nobody knows what packages own, their thousand programs are not read.
const SYSTEM: [&str; 7] = ["/usr/", "/bin", "/sbin", "/lib", "/etc", "/proc", "/sys"];

/// File systems on other machines: a look there may hang, and is not about this machine.
const REMOTE: [&str; 10] =
    ["nfs", "nfs4", "cifs", "smb3", "smbfs", "ceph", "9p", "afs", "glusterfs", "fuse.sshfs"];

/// Looks for miners and hands them over. Returns how many files were looked at.
pub(crate) fn look(
    view: &mut dyn View,
    evidence: EvidenceId,
    owners: &mut dyn Owners,
    processes: &[Process],
    gaps: &mut Gaps,
    found: &mut dyn FnMut(Observation),
) -> u64 {
    let mut search =
        Search { view, owners, gaps, files: Vec::new(), looked: 0, programs: 0, seen: BTreeSet::new() };
    search.begin(processes);
    let (mut files, looked) = (std::mem::take(&mut search.files), search.looked);
    used(view, processes, &mut files);
    let time = view.now();
    for file in files {
        let origin = Origin { evidence, at: At::Whole };
        found(Observation { time, origin, fact: Fact::MinerFile(Box::new(file)) });
    }
    looked as u64
}

struct Search<'a> {
    view: &'a mut dyn View,
    owners: &'a mut dyn Owners,
    gaps: &'a mut Gaps,
    files: Vec<MinerFile>,
    looked: usize,
    programs: usize,
    /// Files looked at, by device and inode.
    seen: BTreeSet<(u64, u64)>,
}

impl Search<'_> {
    fn begin(&mut self, processes: &[Process]) {
        let remote = self.remote();
        // This program holds the words of miners because it looks for them.
        if let Ok(own) = self.view.meta_of_target(Path::new("/proc/self/exe")) {
            self.seen.insert(own.identity);
        }
        // What runs comes before what lies beside it.
        for process in processes.iter().filter(|process| process.container.is_none()) {
            let program = process.executable.as_ref().filter(|program| program.package.is_none());
            if let Some(program) = program.map(|program| PathBuf::from(&program.path))
                && (self.owners.is_known() || !is_system(&program))
            {
                self.file(&program);
            }
        }
        let mut folders: VecDeque<(PathBuf, usize)> = VecDeque::new();
        // Beside what runs first, so that no crowded home can use up the bounds before.
        for process in processes {
            for folder in self.folders_of(process) {
                folders.push_back((folder, DEPTH));
            }
        }
        folders.extend(PLACES.iter().map(|place| (PathBuf::from(place), 0)));
        let mut entered = BTreeSet::new();
        while let Some((folder, depth)) = folders.pop_front() {
            if remote.iter().any(|mount| folder.starts_with(mount)) || !entered.insert(folder.clone()) {
                continue;
            }
            if entered.len() > FOLDERS || self.looked >= FILES {
                self.gaps.cut(&folder);
                return;
            }
            let listing = match self.view.list(&folder) {
                Ok(listing) => listing,
                Err(fault) => {
                    self.gaps.fault(&folder, fault);
                    continue;
                }
            };
            for entry in listing.entries {
                let path = folder.join(&entry.name);
                match entry.kind {
                    Some(Kind::Folder) if depth < DEPTH => folders.push_back((path, depth + 1)),
                    Some(Kind::File) | None => self.file(&path),
                    _ => {}
                }
            }
        }
    }

    /// The folders of a process's program and of its work, if no package owns the program.
    fn folders_of(&mut self, process: &Process) -> Vec<PathBuf> {
        let program = process.executable.as_ref().filter(|program| program.package.is_none());
        let Some(program) = program.map(|program| PathBuf::from(&program.path)) else { return Vec::new() };
        // A process in a container has paths of its own: they are not those of this root.
        if process.container.is_some() {
            return Vec::new();
        }
        let work = self.view.target(&Path::new("/proc").join(process.pid.to_string()).join("cwd")).ok();
        let known = self.owners.is_known();
        let wanted = |folder: &PathBuf| {
            folder.parent().is_some() && folder.is_absolute() && (known || !is_system(folder))
        };
        [program.parent().map(Path::to_path_buf), work].into_iter().flatten().filter(wanted).collect()
    }

    fn file(&mut self, path: &Path) {
        let Ok(meta) = self.view.meta(path) else { return };
        if meta.kind != Kind::File
            || meta.size == 0
            || self.looked >= FILES
            || !self.seen.insert(meta.identity)
        {
            return;
        }
        self.looked += 1;
        let beginning = match self.view.read(path, BEGINNING) {
            Ok(content) => content.bytes,
            Err(fault) => {
                self.gaps.fault(path, fault);
                return;
            }
        };
        let size = usize::try_from(meta.size).unwrap_or(usize::MAX);
        let is_program = beginning.starts_with(b"\x7fELF") || beginning.starts_with(b"MZ");
        let is_text = !beginning.contains(&0) && size <= LARGEST;
        if !(is_program || is_text) || self.owners.owner(path).is_some() {
            return;
        }
        let file = if is_program { self.program(path, size) } else { self.text(path) };
        self.files
            .extend(file.map(|file| MinerFile { modified: Some(Time::from_nanos(meta.modified)), ..file }));
    }

    fn text(&mut self, path: &Path) -> Option<MinerFile> {
        let content = self.view.read(path, LARGEST).ok()?;
        let found = whole(&content.bytes)?;
        let name = path.to_string_lossy().into_owned();
        let from = OrdersFrom::File(name.clone());
        let orders = found.orders.into_iter().map(|orders| told(orders, from.clone())).collect();
        Some(MinerFile {
            sha256: content.whole.then_some(found.sha256),
            orders,
            algorithm: found.algorithm,
            coin: found.coin,
            path: name,
            ..MinerFile::default()
        })
    }

    fn program(&mut self, path: &Path, size: usize) -> Option<MinerFile> {
        if self.programs.saturating_add(size.min(PROGRAM)) > PROGRAMS {
            self.gaps.cut(path);
            return None;
        }
        let content = self.view.read(path, PROGRAM).ok()?;
        self.programs += content.bytes.len();
        let name = path.to_string_lossy().into_owned();
        let mut carver = Carver::new(None, &name, Coding::Identity)?;
        carver.push(&content.bytes);
        let carved = carver.finish()?;
        let options = carved.recognised.iter().find_map(|one| match one {
            Recognised::Program { options, .. } => Some(*options),
            _ => None,
        })?;
        let sha256 = (content.whole && carved.complete).then_some(carved.sha256);
        Some(MinerFile { path: name, sha256, options, ..MinerFile::default() })
    }

    /// Where other machines' file systems are mounted.
    fn remote(&mut self) -> Vec<PathBuf> {
        let Ok(content) = self.view.read(Path::new("/proc/self/mountinfo"), 1 << 20) else {
            return Vec::new();
        };
        let remote = mounts(&content.bytes).filter(|mount| REMOTE.contains(&mount.kind.as_str()));
        remote.map(|mount| PathBuf::from(mount.point)).collect()
    }
}

fn is_system(path: &Path) -> bool {
    let path = path.to_string_lossy();
    SYSTEM.iter().any(|system| path.starts_with(system)) && !path.starts_with("/usr/local/")
}

/// Says which processes run a file, were given its orders, or hold it open.
fn used(view: &mut dyn View, processes: &[Process], files: &mut [MinerFile]) {
    if files.is_empty() {
        return;
    }
    let mut left = DESCRIPTORS;
    for process in processes.iter().filter(|process| process.container.is_none()) {
        let mut paths: BTreeSet<String> =
            process.executable.iter().map(|program| program.path.clone()).collect();
        paths.extend(process.orders.iter().filter_map(|orders| match &orders.from {
            OrdersFrom::File(path) => Some(path.clone()),
            _ => None,
        }));
        let folder = Path::new("/proc").join(process.pid.to_string()).join("fd");
        let packaged = process.executable.as_ref().is_none_or(|program| program.package.is_some());
        let entries = if packaged {
            Vec::new()
        } else {
            view.list(&folder).map(|list| list.entries).unwrap_or_default()
        };
        for entry in entries {
            let Some(fewer) = left.checked_sub(1) else { break };
            left = fewer;
            paths.extend(
                view.target(&folder.join(&entry.name)).ok().map(|path| path.to_string_lossy().into_owned()),
            );
        }
        for file in files.iter_mut().filter(|file| paths.contains(&file.path)) {
            file.used_by.push(process.pid);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;
    use crate::Memory;
    use model::Executable;

    const CONFIG: &str = r#"{"autosave":true,"pools":[{"url":"pool.example:3333","user":"W","pass":"x"}]}"#;

    struct Package(&'static str);

    impl Owners for Package {
        fn is_known(&self) -> bool {
            true
        }

        fn owner(&mut self, path: &Path) -> Option<String> {
            path.starts_with(self.0).then(|| "package".to_owned())
        }
    }

    fn found(view: &mut Memory, owners: &mut dyn Owners, processes: &[Process]) -> Vec<MinerFile> {
        let (mut files, mut gaps) = (Vec::new(), Gaps::default());
        look(view, EvidenceId(0), owners, processes, &mut gaps, &mut |seen| match seen.fact {
            Fact::MinerFile(file) => files.push(*file),
            other => panic!("{other:?}"),
        });
        files
    }

    fn program() -> Vec<u8> {
        let mut bytes = b"\x7fELF\x02\x01\x01\0".to_vec();
        for word in ["donate-level", "rig-id", "nicehash", "cryptonight", "huge-pages", "retry-pause"] {
            bytes.extend_from_slice(word.as_bytes());
            bytes.push(0);
        }
        bytes
    }

    #[test]
    fn where_miners_are_put() {
        let mut view = Memory::new(Time::from_secs(1));
        view.file("/home/a/.config/xmrig.json", CONFIG)
            .file("/tmp/.x/run", program())
            .file("/opt/x/start.sh", "#!/bin/sh\n./x -o stratum+tcp://pool.example:3333 -u W\n")
            .file("/opt/notes.txt", "buy milk\n")
            .file("/srv/config.json", CONFIG)
            .file("/tmp/a/b/c/d/e/config.json", CONFIG)
            .other("/tmp/pipe");
        let files = found(&mut view, &mut Package("/nothing"), &[]);
        let paths: Vec<(&str, usize, u32)> =
            files.iter().map(|file| (file.path.as_str(), file.orders.len(), file.options)).collect();
        // Every place before what lies deeper; what lies too deep, or in no such place, is not looked at.
        let expected =
            [("/tmp/.x/run", 0, 6), ("/opt/x/start.sh", 1, 0), ("/home/a/.config/xmrig.json", 1, 0)];
        assert_eq!(paths, expected);
        assert!(files.iter().all(|file| file.sha256.is_some()));
    }

    #[test]
    fn what_a_package_owns_is_passed_over() {
        let mut view = Memory::new(Time::from_secs(1));
        view.file("/opt/scanner/scan", program()).file("/opt/x", program());
        let files = found(&mut view, &mut Package("/opt/scanner"), &[]);
        assert_eq!(files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(), ["/opt/x"]);
    }

    #[test]
    fn beside_what_runs_and_who_uses_it() {
        let mut view = Memory::new(Time::from_secs(1));
        view.file("/srv/app/config.json", CONFIG)
            .file("/srv/app/x", program())
            .link("/proc/42/cwd", "/srv/app")
            .link("/proc/42/fd/3", "/srv/app/config.json");
        let process = Process {
            pid: 42,
            executable: Some(Executable { path: "/srv/app/x".to_owned(), ..Executable::default() }),
            ..Process::default()
        };
        let files = found(&mut view, &mut Package("/nothing"), &[process]);
        assert_eq!(files.len(), 2);
        assert!(files.iter().all(|file| file.used_by == [42]), "{files:?}");
    }
}
