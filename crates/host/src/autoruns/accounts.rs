//! Who may do what: accounts with all rights, rights without a password, modules that take part in log-ins.

use super::look::{Draft, Look, Spot, What};
use parse::autoruns::{accounts, rules};
use std::path::{Path, PathBuf};
use sys::Kind;

/// Numbers of accounts that are services, not people (login.defs(5), `SYS_UID_MAX`).
const SERVICES: std::ops::RangeInclusive<u32> = 1..=999;

/// Accounts with the number 0.
pub(super) fn roots(look: &mut Look<'_>, spot: &Spot) {
    let roots: Vec<_> = look.accounts.iter().filter(|account| account.number == 0).cloned().collect();
    for account in roots {
        let runs = format!("{}:{}:{}", account.name, account.number, account.shell);
        let odd: &[&'static str] = if account.name == "root" { &[] } else { &["second-root"] };
        let draft = Draft {
            line: Some(account.line),
            user: Some(&account.name),
            when: Some("login"),
            odd,
            ..Draft::new(&runs, What::Nothing)
        };
        look.entry(spot, &draft);
    }
}

/// Rights without a password. All of them for a service is a second root.
pub(super) fn sudoers(look: &mut Look<'_>, spot: &Spot) {
    let Some(text) = look.text(&spot.path) else { return };
    for grant in accounts::grants(&text) {
        let service = look
            .accounts
            .iter()
            .any(|account| account.name == grant.who && SERVICES.contains(&account.number));
        let odd: &[&'static str] = if grant.everything && service { &["second-root"] } else { &[] };
        let draft = Draft {
            line: Some(grant.line),
            user: Some(&grant.who),
            odd,
            ..Draft::new(&grant.text, What::Nothing)
        };
        look.entry(spot, &draft);
    }
}

/// Modules of PAM: those that run something, and those that no package brought.
pub(super) fn pam(look: &mut Look<'_>, spot: &Spot) {
    let Some(text) = look.text(&spot.path) else { return };
    let folders = module_folders(look);
    for module in rules::pam(&text) {
        let name = module.module.rsplit('/').next().unwrap_or_default();
        let path = PathBuf::from(&module.module);
        let file = if path.is_absolute() {
            Some(path)
        } else {
            folders.iter().map(|folder| folder.join(&module.module)).find(|path| look.view.meta(path).is_ok())
        };
        let runs = format!("{} {}", module.module, module.arguments);
        let when = if module.kind == "session" { "login" } else { "password check" };
        let base = Draft {
            line: Some(module.line),
            when: Some(when),
            may_miss: true,
            ..Draft::new(&runs, What::Nothing)
        };
        if matches!(name, "pam_exec.so" | "pam_script.so" | "pam_python.so") {
            let words: Vec<&str> = module.arguments.split_whitespace().collect();
            let from = words.iter().position(|word| word.starts_with('/')).unwrap_or(words.len());
            let command = words[from..].join(" ");
            look.entry(spot, &Draft { what: What::Shell(&command), ..base });
        }
        let Some(file) = file else { continue };
        let usual = file.parent().is_some_and(|parent| folders.iter().any(|folder| folder == parent));
        let foreign =
            look.packages.is_known() && look.view.meta(&file).is_ok() && look.package_of(&file).is_none();
        if foreign || !usual {
            look.entry(spot, &Draft { what: What::File(&file), odd: &["foreign-library"], ..base });
        }
    }
}

/// Where modules of PAM lie.
fn module_folders(look: &mut Look<'_>) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        ["/lib/security", "/usr/lib/security", "/lib64/security", "/usr/lib64/security"]
            .map(PathBuf::from)
            .into();
    for library in ["/usr/lib", "/lib"] {
        for (path, kind) in look.members(Path::new(library)) {
            if kind != Some(Kind::File) && path.to_string_lossy().contains("-linux-") {
                folders.push(path.join("security"));
            }
        }
    }
    folders
}
