//! What the program says of itself: the page of commands, and the picture in the README.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::Language;
use crate::tree::{Tree, root};

/// The capture that the README's first command scans.
pub(super) const EXAMPLE: &str = "examples/office-day.pcapng";
/// What makes it.
const MAKES_EXAMPLE: &[&str] = &["drill", "traffic", "office-day"];
/// What the README shows, as its reader would type it.
const PICTURE: &[&str] = &["scan", EXAMPLE];
const BEGIN: &str = "<!-- generated: picture -->\n";
const END: &str = "<!-- end of generated -->";

/// The program, built from this tree.
pub(super) struct Program(PathBuf);

impl Program {
    /// Builds it, quickly rather than well.
    pub(super) fn build() -> Result<Self> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let built = Command::new(cargo)
            .args(["build", "--quiet", "--locked", "--package", "cli"])
            .current_dir(root())
            .status()
            .context("cargo build did not start")?;
        ensure!(built.success(), "the program does not build, so its pages cannot be made");
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
        Ok(Program(target.join("debug/minehound")))
    }

    /// The bytes of the example.
    pub(super) fn example(&self) -> Result<Vec<u8>> {
        self.prints(MAKES_EXAMPLE, Language::English, &[0])
    }

    /// `docs/cli.md` and the READMEs, in both languages.
    pub(super) fn pages(&self, tree: &Tree) -> Result<BTreeMap<String, String>> {
        let mut pages = BTreeMap::new();
        for language in Language::ALL {
            pages.insert(format!("docs/cli{}", language.ending()), self.commands(language)?);
            let readme = format!("README{}", language.ending());
            let page = tree.text(&readme).with_context(|| format!("{readme} is missing"))?;
            let shown = self.says(PICTURE, language, &[0, 1])?;
            let picture =
                format!("```console\n$ minehound {}\n{}\n```\n", PICTURE.join(" "), shown.trim_end());
            let page = replaced(page, &picture)
                .with_context(|| format!("{readme} has no `{}` … `{END}`", BEGIN.trim()))?;
            pages.insert(readme, page);
        }
        Ok(pages)
    }

    /// What it prints, the same on every machine: no colour, no bar, UTC, 120 columns.
    fn prints(&self, arguments: &[&str], language: Language, codes: &[i32]) -> Result<Vec<u8>> {
        let locale = match language {
            Language::English => "C.UTF-8",
            Language::Chinese => "zh_CN.UTF-8",
        };
        let shown = arguments.join(" ");
        let asked = Command::new(&self.0)
            .args(arguments)
            .env_clear()
            .envs([("TZ", "UTC"), ("COLUMNS", "120"), ("NO_COLOR", "1"), ("LC_ALL", locale)])
            .current_dir(root())
            .output()
            .with_context(|| format!("{} did not start", self.0.display()))?;
        let complaint = String::from_utf8_lossy(&asked.stderr);
        let as_expected = asked.status.code().is_some_and(|code| codes.contains(&code));
        ensure!(as_expected, "minehound {shown}: {} {complaint}", asked.status);
        ensure!(!asked.stdout.is_empty(), "minehound {shown} printed nothing");
        Ok(asked.stdout)
    }

    fn says(&self, arguments: &[&str], language: Language, codes: &[i32]) -> Result<String> {
        let text = String::from_utf8(self.prints(arguments, language, codes)?)
            .context("the program printed no UTF-8")?;
        Ok(text.lines().map(str::trim_end).fold(String::new(), |text, line| text + line + "\n"))
    }

    fn commands(&self, language: Language) -> Result<String> {
        let title = match language {
            Language::English => "Commands",
            Language::Chinese => "命令",
        };
        let help = self.says(&["--help"], language, &[0])?;
        let heading = heading(&help, "scan").context("`minehound --help` does not list `scan`")?;
        let mut page = format!("{}# {title}\n\n```text\n{help}```\n", language.notice());
        for command in listed(&help, heading) {
            let help = self.says(&[command, "--help"], language, &[0])?;
            let _ = write!(page, "\n## minehound {command}\n\n```text\n{help}```\n");
            for part in listed(&help, heading) {
                let help = self.says(&[command, part, "--help"], language, &[0])?;
                let _ = write!(page, "\n### minehound {command} {part}\n\n```text\n{help}```\n");
            }
        }
        Ok(page)
    }
}

/// The line above the block of `help` that lists a command.
fn heading<'h>(help: &'h str, command: &str) -> Option<&'h str> {
    let mut above = None;
    for line in help.lines() {
        if !line.starts_with(' ') {
            above = Some(line);
        } else if entry(line) == Some(command) {
            return above;
        }
    }
    None
}

/// The commands listed under a heading.
fn listed<'h>(help: &'h str, heading: &str) -> Vec<&'h str> {
    let block = help.lines().skip_while(|line| *line != heading).skip(1);
    block.take_while(|line| line.starts_with(' ')).filter_map(entry).filter(|name| *name != "help").collect()
}

/// The command that a line of a list begins with; further lines of its text are indented deeper.
fn entry(line: &str) -> Option<&str> {
    let line = line.strip_prefix("  ")?;
    let name = line.split_whitespace().next()?;
    let is_name = name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-');
    (line.starts_with(name) && !name.starts_with('-') && is_name).then_some(name)
}

fn replaced(page: &str, picture: &str) -> Option<String> {
    let (before, after) = page.split_once(BEGIN)?;
    let (_, after) = after.split_once(END)?;
    Some(format!("{before}{BEGIN}{picture}{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_is_replaced_and_nothing_else() {
        let page = format!("# a\n{BEGIN}old\n{END}\nrest\n");
        assert_eq!(replaced(&page, "new\n"), Some(format!("# a\n{BEGIN}new\n{END}\nrest\n")));
        assert_eq!(replaced("# a\n", "new\n"), None);
    }

    #[test]
    fn commands_are_read_from_help() {
        let help = "Finds miners\n\nUsage: minehound [COMMAND]\n\nCommands:\n  scan     investigates\n           all of it\n  \
                    explain  a page\n  help     this\n\nOptions:\n  -h, --help  this\n";
        assert_eq!(heading(help, "scan"), Some("Commands:"));
        assert_eq!(listed(help, "Commands:"), ["scan", "explain"]);
        assert_eq!(listed(help, "Options:"), [""; 0]);
    }
}
