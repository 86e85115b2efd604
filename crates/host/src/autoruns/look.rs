//! One look at all places: reading and listing within bounds, and handing over what was found.

use super::places::{Grammar, Place, Where};
use super::resolve::Scan;
use super::shell;
use crate::orders::told;
use crate::{Fault, Gaps, Packages, View};
use model::{Autorun, Mechanism, Orders, OrdersFrom, Time};
use parse::app::carve;
use parse::autoruns::cron::{self, Line};
use parse::autoruns::reading::{self, Named, Reading, Runs};
use parse::autoruns::{accounts, joined_lines};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use sys::Kind;

/// Most bytes of one file that are read: a table of cron with ten thousand lines has half of it.
pub(super) const BYTES: usize = 1 << 20;
/// Most bytes of all files together, scripts included.
const ALL_BYTES: usize = 128 << 20;
/// Most members of one folder that are looked at.
const MEMBERS: usize = 16 * 1024;
/// Most entries of one file, and of a machine.
const OF_FILE: u32 = 4096;
const OF_MACHINE: u32 = 1 << 16;
/// Most homes, and files and orders of an entry.
const HOMES: usize = 4096;
const FILES: usize = 8;
const ORDERS: usize = 8;
/// Longest text shown of what is run.
const SHOWN: usize = 4096;

/// A file of a place.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub(super) mechanism: &'static str,
    pub(super) path: PathBuf,
    /// Whose it is, where the place says so.
    pub(super) user: Option<String>,
    pub(super) home: Option<PathBuf>,
}

/// The home of a user.
#[derive(Debug, Clone)]
pub(super) struct Home {
    pub(super) path: PathBuf,
    pub(super) user: Option<String>,
}

/// What an entry runs.
#[derive(Debug, Clone, Copy)]
pub(super) enum What<'a> {
    /// Text for a shell.
    Shell(&'a str),
    /// A program and its arguments; no shell sees them.
    Words(&'a [String]),
    /// Program text of another interpreter.
    Program(&'a str),
    /// A file.
    File(&'a Path),
    /// A library, put before all others.
    Library(&'a str),
    /// A program and its arguments in another root.
    Elsewhere(&'a [String]),
    /// Nothing.
    Nothing,
}

/// An entry before its files are looked for.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) line: Option<u64>,
    /// As written.
    pub(super) runs: &'a str,
    pub(super) what: What<'a>,
    pub(super) user: Option<&'a str>,
    pub(super) when: Option<&'a str>,
    /// The folder it is run in.
    pub(super) folder: Option<&'a Path>,
    /// Variables set for it.
    pub(super) sets: &'a [(String, String)],
    /// That a file of it is missing says nothing.
    pub(super) may_miss: bool,
    /// What is odd about it already.
    pub(super) odd: &'a [&'static str],
}

impl<'a> Draft<'a> {
    pub(super) const fn new(runs: &'a str, what: What<'a>) -> Draft<'a> {
        Draft {
            line: None,
            runs,
            what,
            user: None,
            when: None,
            folder: None,
            sets: &[],
            may_miss: false,
            odd: &[],
        }
    }
}

pub(super) struct Look<'a> {
    pub(super) view: &'a mut dyn View,
    pub(super) packages: &'a mut Packages,
    pub(super) gaps: &'a mut Gaps,
    found: &'a mut dyn FnMut(Autorun),
    pub(super) homes: Vec<Home>,
    pub(super) accounts: Vec<accounts::Account>,
    /// Files read as a place already, by their own names.
    read: BTreeSet<PathBuf>,
    /// Scripts, by their names in their folders.
    named: BTreeSet<PathBuf>,
    /// What package a file belongs to, unmodified.
    owners: BTreeMap<PathBuf, Option<String>>,
    pub(super) scans: BTreeMap<PathBuf, Scan>,
    counted: (PathBuf, u32),
    all: u32,
    /// Bytes that may still be read.
    left: usize,
}

impl<'a> Look<'a> {
    pub(super) fn new(
        view: &'a mut dyn View,
        packages: &'a mut Packages,
        gaps: &'a mut Gaps,
        found: &'a mut dyn FnMut(Autorun),
    ) -> Look<'a> {
        let mut look = Look {
            view,
            packages,
            gaps,
            found,
            homes: Vec::new(),
            accounts: Vec::new(),
            read: BTreeSet::new(),
            named: BTreeSet::new(),
            owners: BTreeMap::new(),
            scans: BTreeMap::new(),
            counted: (PathBuf::new(), 0),
            all: 0,
            left: ALL_BYTES,
        };
        look.find_homes();
        look
    }

    /// Homes of the accounts, root's, and every folder under `/home`.
    fn find_homes(&mut self) {
        let text = self.text(Path::new("/etc/passwd")).unwrap_or_default();
        self.accounts = accounts::accounts(&text).take(HOMES * 4).collect();
        let mut known = BTreeSet::new();
        let mut add = |homes: &mut Vec<Home>, path: PathBuf, user: Option<String>| {
            if homes.len() < HOMES && path.is_absolute() && known.insert(path.clone()) {
                homes.push(Home { path, user });
            }
        };
        for account in &self.accounts {
            let no_home =
                ["/nonexistent", "/dev", "/proc", "/bin", "/sbin", "/usr/bin", "/usr/sbin", "/dev/null"];
            if !account.home.is_empty() && !no_home.contains(&account.home.as_str()) {
                add(&mut self.homes, PathBuf::from(&account.home), Some(account.name.clone()));
            }
        }
        add(&mut self.homes, PathBuf::from("/root"), Some("root".to_owned()));
        for (path, kind) in self.members(Path::new("/home")) {
            if kind != Some(Kind::File) {
                let user = path.file_name().map(|name| name.to_string_lossy().into_owned());
                add(&mut self.homes, path, user);
            }
        }
    }

    /// The home of a user.
    pub(super) fn home_of(&self, user: &str) -> Option<PathBuf> {
        self.homes.iter().find(|home| home.user.as_deref() == Some(user)).map(|home| home.path.clone())
    }

    /// The members of a folder; none where there is no such folder.
    pub(super) fn members(&mut self, folder: &Path) -> Vec<(PathBuf, Option<Kind>)> {
        match self.view.list(folder) {
            Ok(mut listing) => {
                if listing.cut || listing.entries.len() > MEMBERS {
                    self.gaps.cut(folder);
                    listing.entries.truncate(MEMBERS);
                }
                listing.entries.into_iter().map(|one| (folder.join(one.name), one.kind)).collect()
            }
            Err(fault) => {
                self.gaps.fault(folder, fault);
                Vec::new()
            }
        }
    }

    /// The files of a folder; a pipe or device among them is a gap.
    pub(super) fn files(&mut self, folder: &Path) -> Vec<PathBuf> {
        let members = self.members(folder);
        let mut files = Vec::new();
        for (path, kind) in members {
            match kind {
                Some(Kind::File | Kind::Link) | None => files.push(path),
                Some(Kind::Other) => self.gaps.fault(&path, Fault::Unfit),
                Some(Kind::Folder) => {}
            }
        }
        files
    }

    /// The bytes of a file, as far as they are read.
    pub(super) fn bytes(&mut self, path: &Path) -> Option<Vec<u8>> {
        self.beginning(path, BYTES)
    }

    /// The first bytes of a file, as long as there is room for any.
    pub(super) fn beginning(&mut self, path: &Path, most: usize) -> Option<Vec<u8>> {
        let most = most.min(self.left);
        match self.view.read(path, most) {
            Ok(content) => {
                if !content.whole {
                    self.gaps.cut(path);
                }
                self.left -= content.bytes.len().min(most);
                Some(content.bytes)
            }
            Err(fault) => {
                self.gaps.fault(path, fault);
                None
            }
        }
    }

    /// A text file.
    pub(super) fn text(&mut self, path: &Path) -> Option<String> {
        self.bytes(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Whether a file is seen for the first time, whatever it is called.
    pub(super) fn is_new(&mut self, path: &Path) -> bool {
        let real = self.real(path).unwrap_or_else(|| path.to_path_buf());
        self.read.insert(real)
    }

    /// Whether a name is seen for the first time: `/lib` may be `/usr/lib`.
    fn is_new_name(&mut self, path: &Path) -> bool {
        let folder = path.parent().and_then(|folder| self.real(folder));
        let name = folder.unwrap_or_default().join(path.file_name().unwrap_or_default());
        self.named.insert(name)
    }

    /// Reads a place.
    pub(super) fn place(&mut self, place: &Place) {
        let spots: Vec<Spot> = match place.at {
            Where::File(path) => vec![spot(place, Path::new(path), None)],
            Where::In(folder) => self.spots(place, Path::new(folder), "", None),
            Where::Ending(folder, ending) => self.spots(place, Path::new(folder), ending, None),
            Where::Home(name) => {
                self.homes.iter().map(|home| spot(place, &home.path.join(name), Some(home))).collect()
            }
            Where::HomeIn(name) => {
                let homes = self.homes.clone();
                let each =
                    homes.iter().flat_map(|home| self.spots(place, &home.path.join(name), "", Some(home)));
                each.collect()
            }
            Where::Users(folder) => {
                let mut spots = self.spots(place, Path::new(folder), "", None);
                for spot in &mut spots {
                    spot.user = spot.path.file_name().map(|name| name.to_string_lossy().into_owned());
                    spot.home = spot.user.as_deref().and_then(|user| self.home_of(user));
                }
                spots
            }
        };
        for spot in &spots {
            // A script may stand in several folders, each of which is a reason of its own.
            let is_script = matches!(place.grammar, Grammar::Script(_));
            let there = self.view.meta(&spot.path).is_ok();
            if there && (if is_script { self.is_new_name(&spot.path) } else { self.is_new(&spot.path) }) {
                self.read(spot, place.grammar);
            }
        }
    }

    fn spots(&mut self, place: &Place, folder: &Path, ending: &str, home: Option<&Home>) -> Vec<Spot> {
        let files = self.files(folder).into_iter();
        let fits = |path: &PathBuf| path.to_string_lossy().ends_with(ending);
        files.filter(fits).map(|path| spot(place, &path, home)).collect()
    }

    fn read(&mut self, spot: &Spot, grammar: Grammar) {
        match grammar {
            Grammar::Table(columns) => self.table(spot, columns),
            Grammar::Script(when) => self.script(spot, when),
            Grammar::Lines(when) => shell::lines(self, spot, when),
            Grammar::Rules(read) => {
                let Some(text) = self.text(&spot.path) else { return };
                for rule in read(&text) {
                    let draft = Draft {
                        line: Some(rule.line),
                        user: rule.user.as_deref(),
                        when: rule.when.as_deref(),
                        // udev looks for programs without a folder in its own.
                        may_miss: true,
                        ..Draft::new(&rule.runs, What::Shell(&rule.runs))
                    };
                    self.entry(spot, &draft);
                }
            }
            Grammar::Own(read) => read(self, spot),
        }
    }

    fn table(&mut self, spot: &Spot, columns: cron::Columns) {
        let Some(text) = self.text(&spot.path) else { return };
        let mut sets = Vec::new();
        for (line, what) in cron::lines(&text, columns) {
            match what {
                Line::Sets { name, value } => {
                    if sets.len() < 64 {
                        sets.push((name, value));
                    }
                }
                Line::Job { when, user, runs, command } => {
                    let user = user.or_else(|| spot.user.clone());
                    let draft = Draft {
                        line: Some(line),
                        user: user.as_deref(),
                        when: Some(&when),
                        sets: &sets,
                        ..Draft::new(&runs, What::Shell(&command))
                    };
                    self.entry(spot, &draft);
                }
            }
        }
    }

    /// A file that is itself run.
    fn script(&mut self, spot: &Spot, when: &str) {
        match self.view.meta_of_target(&spot.path).map(|meta| meta.kind) {
            Ok(Kind::File) => {}
            Ok(Kind::Folder) => return,
            Ok(_) => return self.gaps.fault(&spot.path, Fault::Unfit),
            // A link that leads nowhere starts nothing; one in a circle is a gap.
            Err(fault) => return self.gaps.fault(&spot.path, fault),
        }
        let runs = spot.path.to_string_lossy();
        let draft = Draft { when: Some(when), ..Draft::new(&runs, What::File(&spot.path)) };
        self.entry(spot, &draft);
    }

    /// Looks for the files of an entry and hands it over.
    pub(super) fn entry(&mut self, spot: &Spot, draft: &Draft<'_>) {
        if self.counted.0 != spot.path {
            self.counted = (spot.path.clone(), 0);
        }
        self.counted.1 += 1;
        if self.counted.1 > OF_FILE || self.all >= OF_MACHINE {
            if self.counted.1 == OF_FILE + 1 || self.all == OF_MACHINE {
                self.gaps.cut(&spot.path);
            }
            return;
        }
        self.all += 1;
        let mut come = Come::default();
        self.comes_to(spot, draft, &mut come);
        let mut runs = draft.runs.trim().to_owned();
        while runs.len() > SHOWN {
            runs.pop();
        }
        let modified = self.view.meta(&spot.path).ok().map(|meta| Time::from_nanos(meta.modified));
        let package = self.package_of(&spot.path);
        let mut odd: Vec<&'static str> = draft.odd.to_vec();
        odd.extend(come.odd);
        let odd = Autorun::ODDITIES.into_iter().filter(|one| odd.contains(one)).collect();
        (self.found)(Autorun {
            mechanism: Mechanism(spot.mechanism),
            path: spot.path.to_string_lossy().into_owned(),
            line: draft.line,
            runs,
            files: come.files,
            user: draft.user.or(spot.user.as_deref()).map(str::to_owned),
            when: draft.when.map(str::to_owned),
            modified,
            package,
            orders: come.orders,
            starts: Vec::new(),
            odd,
        });
    }

    fn comes_to(&mut self, spot: &Spot, draft: &Draft<'_>, come: &mut Come) {
        let from = spot.path.to_string_lossy();
        let reading = match draft.what {
            What::Shell(text) => {
                joined_lines(text).iter().for_each(|(_, line)| come.order(line, &from));
                reading::shell_text(text)
            }
            What::Words(words) => {
                come.order(&words.join(" "), &from);
                reading::words(words)
            }
            What::Program(text) => {
                come.order(text, &from);
                reading::program_text(text)
            }
            What::File(path) => {
                self.file(path, Runs::Program, true, come);
                Reading::default()
            }
            What::Library(library) => {
                self.preloaded(library, come);
                Reading::default()
            }
            What::Elsewhere(words) => {
                come.order(&words.join(" "), &from);
                come.read(&reading::words(words));
                return;
            }
            What::Nothing => Reading::default(),
        };
        come.read(&reading);
        let user_home = draft.user.and_then(|user| self.home_of(user)).or_else(|| spot.home.clone());
        // cron and logins begin in the home.
        let folder = draft.folder.map(Path::to_path_buf).or_else(|| user_home.clone());
        for named in &reading.runs {
            let tested = draft.may_miss || reading.tests.contains(&named.path);
            self.named(named, folder.as_deref(), user_home.as_deref(), tested, come);
        }
        for (name, value) in draft.sets.iter().chain(&reading.sets) {
            if matches!(name.as_str(), "LD_PRELOAD" | "LD_AUDIT") {
                value
                    .split([':', ' '])
                    .filter(|one| !one.is_empty())
                    .for_each(|one| self.preloaded(one, come));
            }
        }
    }

    /// A file that an entry names.
    fn named(
        &mut self,
        named: &Named,
        folder: Option<&Path>,
        home: Option<&Path>,
        tested: bool,
        come: &mut Come,
    ) {
        match self.locate(named, folder, home) {
            Some((path, true)) => self.file(&path, named.how, true, come),
            Some((path, false)) => {
                if !tested && !self.is_volatile(&path) {
                    come.odd.insert("missing-file");
                }
                self.place_of(&path, come);
                come.add(&path);
            }
            None => {}
        }
    }

    /// A file that is there: where it lies, and what stands in it if it is a script.
    fn file(&mut self, path: &Path, how: Runs, follow: bool, come: &mut Come) {
        let real = self.real(path).unwrap_or_else(|| path.to_path_buf());
        self.place_of(path, come);
        self.place_of(&real, come);
        come.add(&real);
        if !follow {
            return;
        }
        let scan = self.scan(&real, how);
        come.orders.extend(scan.orders.iter().cloned());
        come.orders.dedup();
        come.orders.truncate(ORDERS);
        come.read(&scan.reading);
        let beside = real.parent().map(Path::to_path_buf);
        for named in &scan.reading.runs {
            if let Some((path, true)) = self.locate(named, beside.as_deref(), None) {
                self.file(&path, named.how, false, come);
            } else if let Some((path, false)) = self.locate(named, None, None) {
                self.place_of(&path, come);
                if named.path.starts_with('/') {
                    come.add(&path);
                }
            }
        }
    }

    /// A library that is put before all others; one that a package brought is none of ours.
    fn preloaded(&mut self, library: &str, come: &mut Come) {
        let path = PathBuf::from(library);
        let real = self.real(&path);
        if real.as_deref().is_some_and(|real| self.package_of(real).is_some()) {
            return;
        }
        come.odd.insert("preloads");
        if library.contains('/') && !library.contains('$') {
            self.place_of(&path, come);
            come.add(real.as_deref().unwrap_or(&path));
            if real.is_none() && !self.is_volatile(&path) {
                come.odd.insert("missing-file");
            }
        }
    }

    /// The package that owns a file, if the file is still as it came.
    pub(super) fn package_of(&mut self, path: &Path) -> Option<String> {
        let real = self.real(path)?;
        if let Some(known) = self.owners.get(&real) {
            return known.clone();
        }
        let owner = self.packages.unmodified_owner(self.view, &real);
        if self.owners.len() < OF_MACHINE as usize {
            self.owners.insert(real, owner.clone());
        }
        owner
    }
}

fn spot(place: &Place, path: &Path, home: Option<&Home>) -> Spot {
    Spot {
        mechanism: place.mechanism,
        path: path.to_path_buf(),
        user: home.and_then(|home| home.user.clone()),
        home: home.map(|home| home.path.clone()),
    }
}

/// What an entry comes to.
#[derive(Debug, Default)]
pub(super) struct Come {
    pub(super) files: Vec<String>,
    pub(super) orders: Vec<Orders>,
    pub(super) odd: BTreeSet<&'static str>,
}

impl Come {
    fn add(&mut self, path: &Path) {
        let path = path.to_string_lossy().into_owned();
        if self.files.len() < FILES && !self.files.contains(&path) {
            self.files.push(path);
        }
    }

    fn order(&mut self, line: &str, from: &str) {
        if self.orders.len() < ORDERS {
            self.orders.extend(orders(line, from));
        }
    }

    fn read(&mut self, reading: &Reading) {
        let odd = [
            (reading.fetches, "fetches-and-runs"),
            (reading.decodes, "decodes-and-runs"),
            (reading.kills, "kills-rivals"),
        ];
        self.odd.extend(odd.into_iter().filter(|(is, _)| *is).map(|(_, odd)| odd));
    }
}

/// The orders to mine in a line of this file.
pub(super) fn orders(line: &str, from: &str) -> Option<Orders> {
    Some(told(carve::orders_in(line)?, OrdersFrom::File(from.to_owned())))
}
