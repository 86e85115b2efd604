//! Hooks of git: scripts in repositories of the homes, and folders of hooks that the configuration names.
//!
//! Source: githooks(5); git-config(1), `core.hooksPath`, `core.fsmonitor`, `core.sshCommand`.

use super::look::{Draft, Look, Spot, What};
use super::places;
use parse::autoruns::unit;
use std::path::{Path, PathBuf};
use sys::Kind;

/// Folders looked into for repositories, over all homes.
const FOLDERS: usize = 4096;

pub(super) fn read(look: &mut Look<'_>) {
    configuration(look, Path::new("/etc/gitconfig"), None, Path::new("/"));
    let mut left = FOLDERS;
    for home in look.homes.clone() {
        let user = home.user.clone();
        for name in [".gitconfig", ".config/git/config"] {
            configuration(look, &home.path.join(name), user.as_deref(), &home.path);
        }
        if !(home.path.starts_with("/home") || home.path == Path::new("/root")) {
            continue;
        }
        // The home itself, what is in it, and what is in that.
        let mut folders = vec![(home.path.clone(), 0)];
        while let Some((folder, depth)) = folders.pop() {
            if left == 0 {
                look.gaps.cut(&folder);
                return;
            }
            left -= 1;
            repository(look, &folder, user.as_deref());
            if depth < 2 {
                let inside = look.members(&folder).into_iter();
                let plain = inside.filter(|(path, kind)| {
                    *kind == Some(Kind::Folder)
                        && !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
                });
                folders.extend(plain.map(|(path, _)| (path, depth + 1)));
            }
        }
    }
}

fn repository(look: &mut Look<'_>, folder: &Path, user: Option<&str>) {
    let git = folder.join(".git");
    if look.view.meta(&git).is_err() {
        return;
    }
    configuration(look, &git.join("config"), user, folder);
    hooks(look, &git.join("hooks"), user);
}

fn hooks(look: &mut Look<'_>, folder: &Path, user: Option<&str>) {
    for path in look.files(folder) {
        if path.extension().is_some_and(|extension| extension == "sample") || !look.is_new(&path) {
            continue;
        }
        let runs = path.to_string_lossy().into_owned();
        let spot =
            Spot { mechanism: places::GIT, path: path.clone(), user: user.map(str::to_owned), home: None };
        look.entry(&spot, &Draft { when: Some("git"), ..Draft::new(&runs, What::File(&path)) });
    }
}

fn configuration(look: &mut Look<'_>, path: &Path, user: Option<&str>, base: &Path) {
    if look.view.meta(path).is_err() {
        return;
    }
    let Some(text) = look.text(path) else { return };
    let home = user.and_then(|user| look.home_of(user));
    let spot = Spot {
        mechanism: places::GIT,
        path: path.to_path_buf(),
        user: user.map(str::to_owned),
        home: home.clone(),
    };
    for setting in unit::settings(&text) {
        if !setting.section.eq_ignore_ascii_case("core") {
            continue;
        }
        let value = setting.value.trim_matches('"');
        match setting.key.to_ascii_lowercase().as_str() {
            "hookspath" => {
                let folder = match (value.strip_prefix("~/"), &home) {
                    (Some(rest), Some(home)) => home.join(rest),
                    _ => base.join(PathBuf::from(value)),
                };
                hooks(look, &folder, user);
            }
            "fsmonitor" | "sshcommand" if !matches!(value, "true" | "false") => {
                let draft = Draft {
                    line: Some(setting.line),
                    when: Some("git"),
                    may_miss: true,
                    ..Draft::new(value, What::Shell(value))
                };
                look.entry(&spot, &draft);
            }
            _ => {}
        }
    }
}
