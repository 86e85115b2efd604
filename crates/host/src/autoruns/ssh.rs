//! Keys that log in, and what the server of SSH runs.

use super::look::{Draft, Home, Look, Spot, What};
use super::places;
use parse::autoruns::accounts::{self, Key};
use std::path::Path;

/// Letters shown of the end of a key: enough to tell keys apart and to search for one.
const END: usize = 16;

/// Every key of an `authorized_keys` file.
pub(super) fn keys(look: &mut Look<'_>, spot: &Spot) {
    let Some(text) = look.text(&spot.path) else { return };
    for key in accounts::keys(&text) {
        let runs = shown(&key);
        let what = key.command.as_deref().map_or(What::Nothing, What::Shell);
        let sets: Vec<(String, String)> = key
            .environment
            .iter()
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let draft = Draft {
            line: Some(key.line),
            when: Some("login"),
            sets: &sets,
            may_miss: true,
            ..Draft::new(&runs, what)
        };
        look.entry(spot, &draft);
    }
}

/// `command="…" ssh-ed25519 …end comment`.
fn shown(key: &Key) -> String {
    let mut shown = key.command.as_ref().map_or(String::new(), |command| format!("command=\"{command}\" "));
    let letters = key.key.chars().count();
    shown.push_str(&key.kind);
    shown.push_str(" …");
    shown.extend(key.key.chars().skip(letters.saturating_sub(END)));
    if !key.comment.is_empty() {
        shown.push(' ');
        shown.push_str(&key.comment);
    }
    shown
}

/// Most patterns of one file that name files of keys.
const PATTERNS: usize = 16;

/// What `sshd_config` runs, and keys that it finds elsewhere: sshd_config(5).
pub(super) fn server(look: &mut Look<'_>, spot: &Spot) {
    let Some(text) = look.text(&spot.path) else { return };
    let mut left = PATTERNS;
    for (line, keyword, value) in accounts::keywords(&text) {
        let runs = match keyword.as_str() {
            "authorizedkeysfile" => {
                for pattern in value.split_whitespace().take(left) {
                    left -= 1;
                    keys_at(look, pattern);
                }
                continue;
            }
            "authorizedkeyscommand" | "authorizedprincipalscommand" | "forcecommand" => value.as_str(),
            "subsystem" => value.split_once([' ', '\t']).map_or("", |(_, runs)| runs.trim()),
            _ => continue,
        };
        if runs.is_empty() || matches!(runs, "none" | "internal-sftp") || runs.starts_with("internal-sftp ") {
            continue;
        }
        let draft = Draft {
            line: Some(line),
            when: Some("login"),
            may_miss: true,
            ..Draft::new(runs, What::Shell(runs))
        };
        look.entry(spot, &draft);
    }
}

/// Files of keys by a pattern with `%h` and `%u`; a relative one begins at the home.
fn keys_at(look: &mut Look<'_>, pattern: &str) {
    if pattern == "none" {
        return;
    }
    let homes: Vec<Home> = look.homes.clone();
    for home in homes {
        let user = home.user.clone().unwrap_or_default();
        let path =
            pattern.replace("%h", &home.path.to_string_lossy()).replace("%u", &user).replace("%%", "%");
        let path = if Path::new(&path).is_absolute() { path.into() } else { home.path.join(path) };
        if look.view.meta(&path).is_ok() && look.is_new(&path) {
            let (user, home) = (home.user.clone(), Some(home.path.clone()));
            keys(look, &Spot { mechanism: places::KEY, path, user, home });
        }
    }
}
