//! From a name in a command to the file it means, and into a script.

use super::look::{Come, Look, orders};
use model::Orders;
use parse::autoruns::joined_lines;
use parse::autoruns::reading::{self, Named, Reading, Runs};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use sys::Kind;

/// Bytes of a script that are read.
const SCRIPT: usize = 256 * 1024;
/// Bytes that tell a program from text.
const HEAD: usize = 512;
/// Scripts whose reading is remembered.
const SCANS: usize = 1024;
/// Links followed from one name, as the kernel does (path_resolution(7)).
const LINKS: usize = 40;
/// Folders in which a program without one is looked for.
const SEARCHED: [&str; 7] =
    ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin", "/snap/bin"];
/// The same in a home.
const SEARCHED_AT_HOME: [&str; 2] = [".local/bin", "bin"];

/// Folders where anybody may write, on any machine.
const WRITABLE: [&str; 7] =
    ["/tmp/", "/var/tmp/", "/dev/shm/", "/run/lock/", "/var/lock/", "/run/user/", "/dev/mqueue/"];
/// Folders that are filled as a machine runs.
const VOLATILE: [&str; 4] = ["/run/", "/proc/", "/sys/", "/dev/"];
/// Hidden names that ordinary programs use.
const USUAL_HIDDEN: [&str; 46] = [
    ".config",
    ".local",
    ".cargo",
    ".rustup",
    ".nvm",
    ".npm",
    ".npm-global",
    ".yarn",
    ".bun",
    ".deno",
    ".pyenv",
    ".rbenv",
    ".rvm",
    ".sdkman",
    ".asdf",
    ".volta",
    ".fzf",
    ".fzf.bash",
    ".fzf.zsh",
    ".oh-my-zsh",
    ".zsh",
    ".vim",
    ".vscode",
    ".vscode-server",
    ".git",
    ".githooks",
    ".husky",
    ".docker",
    ".krew",
    ".go",
    ".gem",
    ".dotnet",
    ".pulumi",
    ".ghcup",
    ".bashrc",
    ".bash_aliases",
    ".bash_completion",
    ".bash_completion.d",
    ".bashrc.d",
    ".profile",
    ".zshrc",
    ".zshenv",
    ".ssh",
    ".xsession",
    ".nix-profile",
    ".virtualenvs",
];

/// What stands in a script.
#[derive(Debug, Clone, Default)]
pub(super) struct Scan {
    pub(super) orders: Vec<Orders>,
    pub(super) reading: Reading,
}

impl Look<'_> {
    /// The name of a file with every link on the way followed, inside the root.
    pub(super) fn real(&mut self, path: &Path) -> Option<PathBuf> {
        let parts = |path: &Path| -> Vec<OsString> {
            path.iter().rev().filter(|part| *part != "/" && *part != ".").map(OsString::from).collect()
        };
        let (mut left, mut at, mut links) = (parts(path), PathBuf::from("/"), 0);
        while let Some(part) = left.pop() {
            if part == ".." {
                at.pop();
                continue;
            }
            let next = at.join(&part);
            match self.view.meta(&next).ok()?.kind {
                Kind::Link => {
                    links += 1;
                    let target = self.view.target(&next).ok().filter(|_| links <= LINKS)?;
                    if target.is_absolute() {
                        at = PathBuf::from("/");
                    }
                    left.extend(parts(&target));
                }
                Kind::File | Kind::Other if !left.is_empty() => return None,
                _ => at = next,
            }
        }
        Some(at)
    }

    /// The file that a command means, and whether it is there; `None` where the name cannot be followed.
    pub(super) fn locate(
        &mut self,
        named: &Named,
        folder: Option<&Path>,
        home: Option<&Path>,
    ) -> Option<(PathBuf, bool)> {
        let path = at_home(&named.path, home)?;
        // What only a shell or unit can fill in.
        if path.contains(['$', '*', '?', '`', '%', '\u{fffd}', '\n', '{', '<', '>', '|', '='])
            || path.len() > 4096
        {
            return None;
        }
        if path.contains('/') || named.how != Runs::Program {
            let path = Path::new(&path);
            let path = if path.is_absolute() { path.to_path_buf() } else { folder?.join(path) };
            let there = self.is_file(&path);
            // A folder is no program: the word was something else.
            return (there || self.view.meta_of_target(&path).is_err()).then_some((path, there));
        }
        let at_home = home.into_iter().flat_map(|home| SEARCHED_AT_HOME.map(|folder| home.join(folder)));
        let folders: Vec<PathBuf> = SEARCHED.iter().map(PathBuf::from).chain(at_home).collect();
        folders
            .into_iter()
            .map(|folder| folder.join(&path))
            .find(|path| self.is_file(path))
            .map(|path| (path, true))
    }

    fn is_file(&mut self, path: &Path) -> bool {
        self.view.meta_of_target(path).is_ok_and(|meta| meta.kind == Kind::File)
    }

    /// Whether a place is empty only because the machine does not run.
    pub(super) fn is_volatile(&self, path: &Path) -> bool {
        !self.view.is_running() && VOLATILE.iter().any(|folder| path.starts_with(folder))
    }

    /// What is odd about where a file lies.
    pub(super) fn place_of(&mut self, path: &Path, come: &mut Come) {
        let shown = path.to_string_lossy();
        let writable = WRITABLE.iter().any(|folder| shown.starts_with(folder));
        let mut by_mode = || {
            let parent = path.parent()?;
            Some(self.view.meta_of_target(parent).ok()?.mode & 0o002 != 0)
        };
        if writable || by_mode() == Some(true) {
            come.odd.insert("writable-folder");
        }
        let hidden = |part: &std::ffi::OsStr| {
            let part = part.to_string_lossy();
            part.starts_with('.') && part != "." && part != ".." && !USUAL_HIDDEN.contains(&&*part)
        };
        if path.iter().any(hidden) {
            come.odd.insert("hidden-file");
        }
    }

    /// What stands in a script; nothing of a program, nor of a file that is as its package brought it.
    pub(super) fn scan(&mut self, real: &Path, how: Runs) -> Scan {
        if let Some(scan) = self.scans.get(real) {
            return scan.clone();
        }
        let scan = self.scan_new(real, how);
        if self.scans.len() >= SCANS {
            self.scans.clear();
        }
        self.scans.insert(real.to_path_buf(), scan.clone());
        scan
    }

    fn scan_new(&mut self, real: &Path, how: Runs) -> Scan {
        // A look at the first bytes spares reading programs.
        let Ok(head) = self.view.read(real, HEAD) else { return Scan::default() };
        if is_program(&head.bytes) || self.package_of(real).is_some() {
            return Scan::default();
        }
        let Some(bytes) = self.beginning(real, SCRIPT) else { return Scan::default() };
        let called = bytes.starts_with(b"#!");
        let text = String::from_utf8_lossy(&bytes);
        let first = text.lines().next().unwrap_or_default();
        let other = ["python", "perl", "ruby", "node", "php", "lua", "tclsh"];
        let is_shell = match (called, how) {
            (true, _) => !other.iter().any(|name| first.contains(name)),
            (false, Runs::OtherScript) => false,
            (false, _) => true,
        };
        let reading = if is_shell { reading::shell_text(&text) } else { reading::program_text(&text) };
        let from = real.to_string_lossy();
        let mut found: Vec<Orders> = Vec::new();
        for (_, line) in joined_lines(&text) {
            if let Some(orders) = orders(&line, &from)
                && found.len() < 8
                && !found.contains(&orders)
            {
                found.push(orders);
            }
        }
        Scan { orders: found, reading }
    }
}

/// Whether these are the first bytes of a program, not of text.
fn is_program(bytes: &[u8]) -> bool {
    bytes.is_empty() || bytes.contains(&0) || bytes.starts_with(b"\x7fELF")
}

/// A path with `~`, `$HOME` or systemd's `%h` in front taken for the home.
fn at_home(path: &str, home: Option<&Path>) -> Option<String> {
    for begins in ["~", "$HOME", "${HOME}", "%h"] {
        if let Some(rest) = path.strip_prefix(begins)
            && (rest.is_empty() || rest.starts_with('/'))
        {
            return Some(format!("{}{rest}", home?.to_string_lossy().trim_end_matches('/')));
        }
    }
    Some(path.to_owned())
}
