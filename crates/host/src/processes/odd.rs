//! What is odd about a process: exact tests first, then places and names.

use super::details::{Known, Program, as_seen};
use super::names::{is_bracketed, is_kernel_name, is_system_name};
use super::{Around, of};
use model::Trait;
use parse::procfs::mappings;
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

/// Folders where anybody may write on a usual system (Filesystem Hierarchy Standard 3.0, 3.18, 5.15; shm_overview(7)).
const WRITABLE: [&str; 6] = ["/tmp", "/var/tmp", "/dev/shm", "/run/lock", "/var/lock", "/dev/mqueue"];
/// Where system programs are kept.
const SYSTEM_FOLDERS: [&str; 8] = [
    "/usr/sbin",
    "/usr/bin",
    "/sbin",
    "/bin",
    "/usr/lib/systemd",
    "/lib/systemd",
    "/usr/libexec",
    "/usr/local/sbin",
];
/// Bytes of a name that the kernel keeps (`TASK_COMM_LEN` less the zero).
const COMM: usize = 15;
/// Foreign libraries told of one process.
const LIBRARIES: usize = 3;

pub(super) fn traits(known: &Known<'_>, around: &mut Around<'_>) -> Vec<Trait> {
    let mut found = BTreeSet::new();
    if poses_as_kernel(known) {
        found.insert(Trait::FalseKernelThread);
    }
    if let Some(program) = known.program {
        about_program(known, program, around, &mut found);
    } else if known.closed && around.sees_all {
        found.insert(Trait::Closed);
    }
    for variable in ["LD_PRELOAD", "LD_AUDIT"] {
        if let Some((_, library)) = known.environment.iter().find(|(name, _)| name == variable)
            && !library.trim().is_empty()
        {
            found.insert(Trait::Preload { variable, library: library.clone() });
        }
    }
    found.extend(foreign_libraries(known, around));
    found.into_iter().collect()
}

/// Called as kernel threads are, by its name or its first argument; kernel threads were left out before.
fn poses_as_kernel(known: &Known<'_>) -> bool {
    let first = known.words.first().map(String::as_str).unwrap_or_default();
    let first = first.split(' ').next().unwrap_or(first);
    let base = first.rsplit('/').next().unwrap_or(first);
    // `ps` puts the name of a program without arguments in brackets: only the name itself tells then.
    is_kernel_name(&known.seen.stat.name)
        || is_bracketed(first)
        || is_kernel_name(first)
        || is_kernel_name(base)
}

fn about_program(known: &Known<'_>, program: &Program, around: &mut Around<'_>, found: &mut BTreeSet<Trait>) {
    if program.in_memory {
        found.insert(Trait::InMemory);
        return;
    }
    let now = around.view.meta_of_target(&as_seen(known, &program.path)).ok();
    let running = around.view.meta_of_target(&of(known.pid, "exe")).ok();
    match (now, running) {
        (Some(_), _) if program.deleted => {
            found.insert(Trait::Replaced);
        }
        (Some(now), Some(running)) if now.identity != running.identity && !known.contained => {
            found.insert(Trait::Replaced);
        }
        _ if program.deleted => {
            found.insert(Trait::Deleted);
        }
        _ => {}
    }
    if is_writable(&program.path, around) && known.package.is_none() {
        found.insert(Trait::WritableFolder);
    }
    if known.package.is_none() && is_hidden(&program.path) {
        found.insert(Trait::HiddenFolder);
    }
    if let Some(usual) = elsewhere(known, program, around) {
        found.insert(Trait::SystemNameElsewhere { usual });
    }
    if known.package.is_none() && names_disagree(known, program) {
        found.insert(Trait::NamesDisagree);
    }
}

/// In one of the usual places, or in a folder that anybody may write to.
fn is_writable(path: &Path, around: &mut Around<'_>) -> bool {
    if WRITABLE.iter().any(|folder| path.starts_with(folder)) {
        return true;
    }
    let meta = path.parent().and_then(|folder| around.view.meta_of_target(folder).ok());
    meta.is_some_and(|meta| meta.mode & 0o002 != 0)
}

/// A file or folder whose name begins with a dot, those left out in which users keep programs.
fn is_hidden(path: &Path) -> bool {
    // Where installers of users' programs put them: XDG base directories, cargo, rustup, npm, editors' servers.
    const USUAL: [&str; 13] = [
        ".local",
        ".cargo",
        ".rustup",
        ".npm",
        ".nvm",
        ".pyenv",
        ".rbenv",
        ".sdkman",
        ".vscode-server",
        ".cursor-server",
        ".bun",
        ".deno",
        ".venv",
    ];
    path.components().any(|part| match part {
        Component::Normal(name) => {
            let name = name.to_string_lossy();
            name.starts_with('.') && !USUAL.contains(&name.as_ref())
        }
        _ => false,
    })
}

/// A system program's name, while that program lies somewhere else or its folder is not a system's.
fn elsewhere(known: &Known<'_>, program: &Program, around: &mut Around<'_>) -> Option<String> {
    if known.package.is_some() {
        return None;
    }
    let file = program.path.file_name()?.to_str()?;
    let first = known.words.first().map(String::as_str).unwrap_or_default();
    let first = first.split(' ').next().unwrap_or(first).trim_end_matches(':');
    let shown = first.rsplit('/').next().unwrap_or(first);
    let name = [file, known.seen.stat.name.as_str(), shown].into_iter().find(|name| is_system_name(name))?;
    if program
        .path
        .parent()
        .is_some_and(|folder| SYSTEM_FOLDERS.iter().any(|known| folder == Path::new(known)))
        && file == name
    {
        return None;
    }
    // The file that runs may be the system's own under another name: busybox, a link, a name of its own choosing.
    let running = around.view.meta_of_target(&of(known.pid, "exe")).ok()?;
    let usual = SYSTEM_FOLDERS.iter().map(|folder| Path::new(folder).join(name)).find_map(|path| {
        let meta = around.view.meta_of_target(&as_seen(known, &path)).ok()?;
        Some((path, meta))
    });
    match usual {
        Some((_, meta)) if meta.identity == running.identity => None,
        Some((path, _)) => Some(path.to_string_lossy().into_owned()),
        // Not installed here at all: said where it would be.
        None => Some(format!("/usr/sbin/{name}")),
    }
}

/// Neither its name nor its first argument has to do with its file.
fn names_disagree(known: &Known<'_>, program: &Program) -> bool {
    let Some(file) = program.path.file_name().and_then(|name| name.to_str()) else { return false };
    let first = known.words.first().map(String::as_str).unwrap_or_default();
    let shown = Path::new(first.split(' ').next().unwrap_or(first)).file_name();
    let shown = shown.and_then(|name| name.to_str()).unwrap_or_default().trim_start_matches('-');
    let short = file.get(..COMM.min(file.len())).unwrap_or(file);
    shown != file && known.seen.stat.name != short
}

/// Libraries and programs in executable mappings that no package owns, beside a program that one owns.
fn foreign_libraries(known: &Known<'_>, around: &mut Around<'_>) -> Vec<Trait> {
    // What is loaded into this program itself would lie to it: that is told whoever owns the program.
    let own = Some(known.pid) == around.own && around.owners.is_known();
    if known.package.is_none() && !own {
        return Vec::new();
    }
    let program = known.program.map(|program| program.path.clone());
    let paths: BTreeSet<PathBuf> = mappings(known.maps)
        .filter(|mapping| mapping.execute && mapping.path.starts_with(b"/"))
        .filter(|mapping| !mapping.is_anonymous())
        .map(|mapping| PathBuf::from(String::from_utf8_lossy(mapping.path).into_owned()))
        .collect();
    let mut foreign = Vec::new();
    for path in paths {
        let text = path.to_string_lossy().into_owned();
        let gone = text.ends_with(" (deleted)");
        let itself = program.as_ref() == Some(&path);
        if foreign.len() < LIBRARIES && !gone && !itself && around.owners.owner(&path).is_none() {
            foreign.push(Trait::ForeignLibrary(text));
        }
    }
    foreign
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_places() {
        for (path, expected) in [
            ("/root/.configrc/a/kswapd0", true),
            ("/tmp/.x", true),
            ("/home/a/.local/bin/tool", false),
            ("/home/a/.cargo/bin/cargo", false),
            ("/home/a/.cache/x1", true),
            ("/usr/bin/x", false),
        ] {
            assert_eq!(is_hidden(Path::new(path)), expected, "{path}");
        }
    }
}
