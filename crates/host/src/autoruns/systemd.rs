//! Units of systemd: services with every command in them, and the timers, paths and sockets that start them.
//!
//! Sources: systemd.unit(5) (folders and their order, drop-ins, `.wants`), systemd.service(5), systemd.timer(5),
//! systemd.path(5), systemd.socket(5), systemd.exec(5) (`Environment`, `WorkingDirectory`, `User`).

use super::look::{Draft, Look, Spot, What};
use super::places;
use parse::autoruns::unit::{self, Setting};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use sys::Kind;

/// Where units of the system lie; those before override those behind.
const SYSTEM: [&str; 11] = [
    "/etc/systemd/system.control",
    "/run/systemd/transient",
    "/etc/systemd/system",
    "/etc/systemd/system.attached",
    "/run/systemd/system",
    "/run/systemd/generator.early",
    "/run/systemd/generator",
    "/run/systemd/generator.late",
    "/usr/local/lib/systemd/system",
    "/usr/lib/systemd/system",
    "/lib/systemd/system",
];
/// Where units of all users lie.
const USER: [&str; 6] = [
    "/etc/systemd/user",
    "/run/systemd/user",
    "/usr/local/lib/systemd/user",
    "/usr/local/share/systemd/user",
    "/usr/lib/systemd/user",
    "/usr/share/systemd/user",
];
/// Where units of one user lie, in the home.
const OWN: [&str; 3] = [".config/systemd/user", ".config/systemd/user.control", ".local/share/systemd/user"];

/// Most units kept at a time, and settings of one.
const UNITS: usize = 16 * 1024;
const SETTINGS: usize = 1024;

const RUNS: [&str; 8] = [
    "ExecStart",
    "ExecStartPre",
    "ExecStartPost",
    "ExecCondition",
    "ExecReload",
    "ExecStop",
    "ExecStopPre",
    "ExecStopPost",
];
const KEPT: [&str; 10] = [
    "Environment",
    "WorkingDirectory",
    "User",
    "Unit",
    "Service",
    "RootDirectory",
    "RootImage",
    "BusName",
    "Type",
    "Accept",
];

/// A unit file or drop-in, with the settings that matter.
struct Unit {
    name: String,
    path: PathBuf,
    settings: Vec<Setting>,
    /// What it runs is not there unless some condition holds.
    conditional: bool,
}

/// The units of the system, or of a user.
#[derive(Default)]
struct Units {
    all: Vec<Unit>,
    /// Names that some `.wants` or `.requires` names.
    wanted: BTreeSet<String>,
    folders: BTreeSet<PathBuf>,
}

pub(super) fn read(look: &mut Look<'_>) {
    let mut units = Units::default();
    SYSTEM.iter().for_each(|folder| units.collect(look, Path::new(folder)));
    units.tell(look, "boot", None, None);
    let mut units = Units::default();
    USER.iter().for_each(|folder| units.collect(look, Path::new(folder)));
    units.tell(look, "login", None, None);
    for home in look.homes.clone() {
        let mut units = Units::default();
        OWN.iter().for_each(|folder| units.collect(look, &home.path.join(folder)));
        units.tell(look, "login", home.user.as_deref(), Some(&home.path));
    }
}

impl Units {
    fn collect(&mut self, look: &mut Look<'_>, folder: &Path) {
        // Where /lib is a link, the same folder comes twice.
        let Some(real) = look.real(folder) else { return };
        if !self.folders.insert(real) {
            return;
        }
        for (path, kind) in look.members(folder) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let is_folder = match kind {
                Some(Kind::Folder) => true,
                None => look.view.meta(&path).is_ok_and(|meta| meta.kind == Kind::Folder),
                Some(Kind::Other) => {
                    look.gaps.fault(&path, crate::Fault::Unfit);
                    continue;
                }
                _ => false,
            };
            if !is_folder {
                self.unit(look, &name, path);
            } else if let Some(of) = name.strip_suffix(".d") {
                for drop_in in look.files(&path) {
                    if drop_in.extension().is_some_and(|extension| extension == "conf") {
                        self.unit(look, of, drop_in);
                    }
                }
            } else if [".wants", ".requires", ".upholds"].iter().any(|ending| name.ends_with(ending)) {
                for link in look.files(&path) {
                    self.wants(look, &link);
                }
            }
        }
    }

    /// A unit that starts with another; one that the link alone names is read as well.
    fn wants(&mut self, look: &mut Look<'_>, link: &Path) {
        let name = link.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some((template, rest)) = name.split_once('@') {
            let kind = rest.rsplit('.').next().unwrap_or_default();
            self.wanted.insert(format!("{template}@.{kind}"));
        }
        if let Ok(target) = look.view.target(link)
            && let Some(name) = target.file_name()
        {
            self.wanted.insert(name.to_string_lossy().into_owned());
        }
        self.wanted.insert(name.clone());
        self.unit(look, &name, link.to_path_buf());
    }

    fn unit(&mut self, look: &mut Look<'_>, name: &str, path: PathBuf) {
        let kind = name.rsplit('.').next().unwrap_or_default();
        let starts = matches!(kind, "service" | "timer" | "path" | "socket" | "mount" | "swap");
        if !starts || self.all.len() >= UNITS {
            if starts {
                look.gaps.cut(&path);
            }
            return;
        }
        // A link to another unit is its second name; one to /dev/null masks it.
        if look.view.target(&path).is_ok() {
            let Some(real) = look.real(&path) else { return };
            let known = SYSTEM.iter().chain(&USER).any(|folder| real.parent() == Some(Path::new(folder)));
            let own = real.parent().is_some_and(|parent| {
                self.folders.contains(parent) || OWN.iter().any(|folder| parent.ends_with(folder))
            });
            if known || own || real == Path::new("/dev/null") {
                return;
            }
        }
        if !look.is_new(&path) {
            return;
        }
        let Some(text) = look.text(&path) else { return };
        let settings = unit::settings(&text);
        let conditional =
            settings.iter().any(|one| one.key.starts_with("Condition") || one.key.starts_with("Assert"));
        let kept = settings.into_iter().filter(|one| {
            RUNS.contains(&one.key.as_str())
                || KEPT.contains(&one.key.as_str())
                || matches!(one.section.as_str(), "Timer" | "Path" | "Socket")
        });
        let settings = kept.take(SETTINGS).collect();
        self.all.push(Unit { name: name.to_owned(), path, settings, conditional });
    }

    /// Hands over what was collected.
    fn tell(&self, look: &mut Look<'_>, boot: &str, user: Option<&str>, home: Option<&Path>) {
        let mut by_name: BTreeMap<&str, Vec<&Unit>> = BTreeMap::new();
        self.all.iter().for_each(|unit| by_name.entry(&unit.name).or_default().push(unit));
        let mut schedules: BTreeMap<String, String> = BTreeMap::new();
        for unit in &self.all {
            if let Some((_, service, when)) = started(unit) {
                schedules.entry(service).or_insert(when);
            }
        }
        for unit in &self.all {
            let spot = |mechanism| Spot {
                mechanism,
                path: unit.path.clone(),
                user: user.map(str::to_owned),
                home: home.map(Path::to_path_buf),
            };
            if let Some((mechanism, service, when)) = started(unit) {
                let services = by_name.get(service.as_str()).map(Vec::as_slice).unwrap_or_default();
                let line = unit
                    .settings
                    .iter()
                    .find(|one| matches!(one.section.as_str(), "Timer" | "Path" | "Socket"));
                let execs: Vec<Exec<'_>> = services
                    .iter()
                    .flat_map(|service| commands(service))
                    .filter(|exec| exec.starts)
                    .collect();
                let words: Vec<String> = execs.first().map_or(Vec::new(), |exec| exec.words.clone());
                let draft = Draft {
                    line: line.map(|one| one.line),
                    when: Some(&when),
                    may_miss: true,
                    ..Draft::new(&service, What::Words(&words))
                };
                look.entry(&spot(mechanism), &draft);
            }
            let wanted = self.wanted.contains(&unit.name).then_some(boot);
            let by_bus = || unit.settings.iter().any(|one| one.key == "BusName").then_some("D-Bus");
            let when = schedules.get(&unit.name).map(String::as_str).or(wanted).or_else(by_bus);
            self.service(look, unit, &spot(places::SERVICE), when);
        }
    }

    fn service(&self, look: &mut Look<'_>, unit: &Unit, spot: &Spot, when: Option<&str>) {
        let value =
            |key: &str| unit.settings.iter().rev().find(|one| one.key == key).map(|one| one.value.as_str());
        let folder = value("WorkingDirectory").map(|folder| folder.trim_start_matches('-'));
        let folder = folder.filter(|folder| folder.starts_with('/')).unwrap_or("/");
        let elsewhere = value("RootDirectory").or_else(|| value("RootImage")).is_some();
        let sets: Vec<(String, String)> = unit
            .settings
            .iter()
            .filter(|one| one.key == "Environment")
            .flat_map(|one| unit::environment(&one.value).collect::<Vec<_>>())
            .collect();
        let mut any = false;
        for exec in commands(unit) {
            any = true;
            let draft = Draft {
                line: Some(exec.line),
                user: value("User"),
                when,
                folder: Some(Path::new(folder)),
                sets: &sets,
                may_miss: exec.may_fail || unit.conditional || elsewhere,
                ..Draft::new(exec.runs, What::Words(&exec.words))
            };
            look.entry(spot, &draft);
        }
        // A drop-in may add nothing but a library.
        let loads = unit.settings.iter().filter(|one| one.key == "Environment").find(|one| {
            unit::environment(&one.value).any(|(name, _)| matches!(name.as_str(), "LD_PRELOAD" | "LD_AUDIT"))
        });
        if let (Some(loads), false) = (loads, any) {
            let draft = Draft {
                line: Some(loads.line),
                when,
                sets: &sets,
                ..Draft::new(&loads.value, What::Nothing)
            };
            look.entry(spot, &draft);
        }
    }
}

/// One command of a unit.
struct Exec<'a> {
    line: u64,
    runs: &'a str,
    words: Vec<String>,
    may_fail: bool,
    /// It is the one for which the unit is there.
    starts: bool,
}

fn commands(unit: &Unit) -> Vec<Exec<'_>> {
    let each = unit.settings.iter().filter(|one| RUNS.contains(&one.key.as_str())).flat_map(|one| {
        unit::commands(&one.value).into_iter().map(|exec| Exec {
            line: one.line,
            runs: &one.value,
            words: exec.words.iter().map(|word| word.replace("%%", "%")).collect(),
            may_fail: exec.may_fail,
            starts: one.key == "ExecStart",
        })
    });
    each.collect()
}

/// What a timer, path or socket starts, and when.
fn started(unit: &Unit) -> Option<(&'static str, String, String)> {
    let (stem, kind) = unit.name.rsplit_once('.')?;
    let section = match kind {
        "timer" => "Timer",
        "path" => "Path",
        "socket" => "Socket",
        _ => return None,
    };
    let own: Vec<&Setting> = unit.settings.iter().filter(|one| one.section == section).collect();
    if own.is_empty() {
        return None;
    }
    let named =
        own.iter().find(|one| matches!(one.key.as_str(), "Unit" | "Service")).map(|one| one.value.clone());
    let per_connection =
        own.iter().any(|one| one.key == "Accept" && matches!(one.value.as_str(), "yes" | "true" | "1"));
    let usual = if per_connection { format!("{stem}@.service") } else { format!("{stem}.service") };
    let times: Vec<String> = own
        .iter()
        .filter(|one| {
            one.key.starts_with("On")
                || matches!(section, "Path")
                    && (one.key.starts_with("Path") || one.key == "DirectoryNotEmpty")
                || one.key.starts_with("Listen")
        })
        .map(|one| format!("{}={}", one.key, one.value))
        .take(4)
        .collect();
    let mechanism = match kind {
        "timer" => places::TIMER,
        "path" => places::PATH,
        _ => places::SOCKET,
    };
    Some((mechanism, named.unwrap_or(usual), times.join(" ")))
}
