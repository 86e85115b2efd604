//! What shells, log-ins and the loader read before anything runs.

use super::look::{Come, Draft, Look, Spot, What, orders};
use parse::autoruns::reading;
use parse::autoruns::{joined_lines, unit};
use std::path::Path;

/// Most lines of one opening that are looked at.
const LINES: usize = 10_000;

/// Lines of a shell's opening: those that run a file, change what is loaded, or are odd.
pub(super) fn lines(look: &mut Look<'_>, spot: &Spot, when: &str) {
    let Some(text) = look.text(&spot.path) else { return };
    let from = spot.path.to_string_lossy().into_owned();
    let whole = reading::shell_text(&text);
    let (mut fetches, mut decodes, mut kills) = (false, false, false);
    let lines = joined_lines(&text);
    if lines.len() > LINES {
        look.gaps.cut(&spot.path);
    }
    for (number, line) in lines.into_iter().take(LINES) {
        let line = line.trim();
        if line.starts_with('#') {
            continue;
        }
        let one = reading::shell_text(line);
        (fetches, decodes, kills) = (fetches | one.fetches, decodes | one.decodes, kills | one.kills);
        let loads = one.sets.iter().any(|(name, _)| is_loader(name));
        let comes = one.runs.iter().any(|named| {
            named.path.contains('/') || look.locate(named, None, spot.home.as_deref()).is_some()
        });
        let tells = comes || loads || one.fetches || one.decodes || one.kills;
        if !tells && orders(line, &from).is_none() {
            continue;
        }
        // Openings test what is there in many ways, over several lines.
        let draft = Draft {
            line: Some(number),
            when: Some(when),
            may_miss: true,
            ..Draft::new(line, What::Shell(line))
        };
        look.entry(spot, &draft);
    }
    // What only several lines together do.
    let mut odd = Vec::new();
    odd.extend((whole.fetches && !fetches).then_some("fetches-and-runs"));
    odd.extend((whole.decodes && !decodes).then_some("decodes-and-runs"));
    odd.extend((whole.kills && !kills).then_some("kills-rivals"));
    if !odd.is_empty() {
        let draft = Draft { when: Some(when), odd: &odd, ..Draft::new(&from, What::Nothing) };
        look.entry(spot, &draft);
    }
}

/// Variables that change what is loaded into programs.
fn is_loader(name: &str) -> bool {
    matches!(name, "LD_PRELOAD" | "LD_AUDIT")
}

/// `NAME=value` lines: environment(5), environment.d(5), pam_env.conf(5) (`NAME DEFAULT=value`).
pub(super) fn environment(look: &mut Look<'_>, spot: &Spot) {
    let Some(text) = look.text(&spot.path) else { return };
    for (number, line) in joined_lines(&text) {
        let plain = line.trim().trim_start_matches("export ").trim_start();
        let by_equals = plain.split_once('=');
        let by_word = plain.split_once([' ', '\t']);
        let pair = by_equals.filter(|(name, _)| is_loader(name.trim())).or_else(|| {
            let (name, rest) = by_word.filter(|(name, _)| is_loader(name))?;
            Some((name, rest.split_once('=')?.1))
        });
        if let Some((_, value)) = pair {
            preloads(look, spot, number, plain, value.trim().trim_matches(['"', '\'']));
        }
    }
}

/// `DefaultEnvironment=` of the manager itself: systemd-system.conf(5).
pub(super) fn manager(look: &mut Look<'_>, spot: &Spot) {
    let Some(text) = look.text(&spot.path) else { return };
    for setting in unit::settings(&text) {
        if matches!(setting.key.as_str(), "DefaultEnvironment" | "ManagerEnvironment") {
            for (_, value) in unit::environment(&setting.value).filter(|(name, _)| is_loader(name)) {
                preloads(look, spot, setting.line, &setting.value, &value);
            }
        }
    }
}

fn preloads(look: &mut Look<'_>, spot: &Spot, line: u64, runs: &str, libraries: &str) {
    for library in libraries.split([':', ' ', '\t']).filter(|one| !one.is_empty()) {
        let draft = Draft {
            line: Some(line),
            when: Some("every program"),
            ..Draft::new(runs, What::Library(library))
        };
        look.entry(spot, &draft);
    }
}

/// Libraries put before all others: ld.so(8), `/etc/ld.so.preload`, parted by blanks or colons.
pub(super) fn preload(look: &mut Look<'_>, spot: &Spot) {
    let Some(text) = look.text(&spot.path) else { return };
    for (line, number) in text.split('\n').zip(1..) {
        let line = line.split('#').next().unwrap_or_default();
        preloads(look, spot, number, line, line);
    }
}

/// Folders in which libraries are looked for: ldconfig(8).
pub(super) fn libraries(look: &mut Look<'_>, spot: &Spot) {
    let Some(text) = look.text(&spot.path) else { return };
    for (line, number) in text.split('\n').zip(1..) {
        let line = line.split('#').next().unwrap_or_default().trim();
        if !line.starts_with('/') {
            continue;
        }
        let mut come = Come::default();
        look.place_of(&Path::new(line).join("library"), &mut come);
        let odd: Vec<&'static str> = come.odd.into_iter().collect();
        let draft = Draft {
            line: Some(number),
            when: Some("every program"),
            odd: &odd,
            ..Draft::new(line, What::Nothing)
        };
        look.entry(spot, &draft);
    }
}
