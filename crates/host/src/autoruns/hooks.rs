//! Hooks of the system: kernel modules, desktop entries, D-Bus services, plugins of package managers.

use super::look::{Draft, Look, Spot, What};
use parse::autoruns::unit;
use std::path::{Path, PathBuf};

/// Most modules of one file whose own files are looked for.
const MODULES: usize = 64;

/// Modules that are loaded at boot: modules-load.d(5).
pub(super) fn modules(look: &mut Look<'_>, spot: &Spot) {
    let Some(text) = look.text(&spot.path) else { return };
    let mut sought = 0;
    for (line, number) in text.split('\n').zip(1..) {
        let line = line.trim();
        let Some(name) = line.split_whitespace().next().filter(|name| !name.starts_with(['#', ';'])) else {
            continue;
        };
        sought += 1;
        let file = if sought <= MODULES { module_file(look, name) } else { None };
        let what = file.as_deref().map_or(What::Nothing, What::File);
        let draft = Draft { line: Some(number), when: Some("boot"), ..Draft::new(line, what) };
        look.entry(spot, &draft);
    }
}

/// The file of a module, by `modules.dep` of any kernel there.
fn module_file(look: &mut Look<'_>, name: &str) -> Option<PathBuf> {
    let name = name.replace('-', "_");
    for (folder, _) in look.members(Path::new("/lib/modules")).into_iter().take(16) {
        let Ok(content) = look.view.read(&folder.join("modules.dep"), 4 << 20) else { continue };
        let text = String::from_utf8_lossy(&content.bytes);
        let file = text.lines().filter_map(|line| line.split(':').next()).find(|path| {
            let base = path.rsplit('/').next().unwrap_or_default();
            base.split('.').next().is_some_and(|stem| stem.replace('-', "_") == name)
        });
        if let Some(file) = file {
            return Some(folder.join(file));
        }
    }
    None
}

/// Desktop entries that start with a session: Desktop Application Autostart Specification 0.5.
pub(super) fn desktop(look: &mut Look<'_>, spot: &Spot) {
    let Some(text) = look.text(&spot.path) else { return };
    let settings: Vec<_> =
        unit::settings(&text).into_iter().filter(|one| one.section == "Desktop Entry").collect();
    let is = |key: &str, value: &str| {
        settings.iter().any(|one| one.key == key && one.value.eq_ignore_ascii_case(value))
    };
    if is("Hidden", "true") || is("X-GNOME-Autostart-enabled", "false") {
        return;
    }
    let tries = settings.iter().any(|one| one.key == "TryExec");
    executes(look, spot, &settings, "login", tries);
}

/// Services that the message bus starts when somebody asks for them.
pub(super) fn dbus(look: &mut Look<'_>, spot: &Spot) {
    let Some(text) = look.text(&spot.path) else { return };
    let settings = unit::settings(&text);
    // Where systemd starts the service, `Exec` is never run.
    let by_unit = settings.iter().any(|one| one.key == "SystemdService");
    executes(look, spot, &settings, "D-Bus", by_unit);
}

fn executes(look: &mut Look<'_>, spot: &Spot, settings: &[unit::Setting], when: &str, may_miss: bool) {
    let user = settings.iter().find(|one| one.key == "User").map(|one| one.value.clone());
    for setting in settings.iter().filter(|one| one.key == "Exec") {
        for exec in unit::commands(&setting.value) {
            let is_code = |word: &String| word.len() == 2 && word.starts_with('%');
            let words: Vec<String> = exec.words.into_iter().filter(|word| !is_code(word)).collect();
            let draft = Draft {
                line: Some(setting.line),
                user: user.as_deref(),
                when: Some(when),
                may_miss,
                ..Draft::new(&setting.value, What::Words(&words))
            };
            look.entry(spot, &draft);
        }
    }
}

/// Plugins of yum and dnf that are switched on.
pub(super) fn plugin(look: &mut Look<'_>, spot: &Spot) {
    let Some(text) = look.text(&spot.path) else { return };
    let on = unit::settings(&text)
        .into_iter()
        .find(|one| one.key == "enabled" && matches!(one.value.trim(), "1" | "true" | "yes" | "True"));
    let (Some(on), Some(stem)) = (on, spot.path.file_stem()) else { return };
    let mut name = stem.to_os_string();
    name.push(".py");
    let mut folders = vec![PathBuf::from("/usr/lib/yum-plugins"), PathBuf::from("/usr/share/yum-plugins")];
    for library in ["/usr/lib", "/usr/lib64"] {
        let pythons = look.members(Path::new(library)).into_iter().map(|(path, _)| path);
        let pythons = pythons.filter(|path| path.to_string_lossy().contains("/python"));
        folders.extend(pythons.map(|path| path.join("site-packages/dnf-plugins")));
    }
    let file = folders.into_iter().map(|folder| folder.join(&name)).find(|path| look.view.meta(path).is_ok());
    let runs = stem.to_string_lossy().into_owned();
    let what = file.as_deref().map_or(What::Nothing, What::File);
    let draft = Draft { line: Some(on.line), when: Some("package change"), ..Draft::new(&runs, what) };
    look.entry(spot, &draft);
}
