//! What the program says of itself: the page of commands, and the picture in the README.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::Language;
use crate::tree::{Tree, root};

/// What the README shows, as its reader would type it.
const PICTURE: &[&str] = &["scan", "examples/office-day.pcapng"];
const BEGIN: &str = "<!-- generated: picture -->\n";
const END: &str = "<!-- end of generated -->";

/// `docs/cli.md` and the READMEs, in both languages.
pub(super) fn pages(tree: &Tree) -> Result<BTreeMap<String, String>> {
    let program = build()?;
    let mut pages = BTreeMap::new();
    for language in Language::ALL {
        pages.insert(format!("docs/cli{}", language.ending()), commands(&program, language)?);
        let readme = format!("README{}", language.ending());
        let page = tree.text(&readme).with_context(|| format!("{readme} is missing"))?;
        let shown = said(&program, PICTURE, language, &[0, 1])?;
        let picture = format!("```console\n$ minehound {}\n{}\n```\n", PICTURE.join(" "), shown.trim_end());
        let page = replaced(page, &picture)
            .with_context(|| format!("{readme} has no `{}` … `{END}`", BEGIN.trim()))?;
        pages.insert(readme, page);
    }
    Ok(pages)
}

fn build() -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--quiet", "--locked", "--package", "cli"])
        .current_dir(root())
        .status()
        .context("cargo build did not start")?;
    ensure!(built.success(), "the program does not build, so its pages cannot be made");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    Ok(target.join("debug/minehound"))
}

/// What the program prints, the same on every machine: no colour, no bar, UTC, 100 columns.
fn said(program: &Path, arguments: &[&str], language: Language, codes: &[i32]) -> Result<String> {
    let asked = Command::new(program)
        .args(arguments)
        .env_clear()
        .env("TZ", "UTC")
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1")
        .env(
            "LC_ALL",
            match language {
                Language::English => "C.UTF-8",
                Language::Chinese => "zh_CN.UTF-8",
            },
        )
        .current_dir(root())
        .output()
        .with_context(|| format!("{} did not start", program.display()))?;
    let code = asked.status.code();
    let shown = arguments.join(" ");
    ensure!(
        code.is_some_and(|code| codes.contains(&code)),
        "minehound {shown}: {}",
        String::from_utf8_lossy(&asked.stderr)
    );
    let text = String::from_utf8(asked.stdout).context("the program printed no UTF-8")?;
    ensure!(!text.trim().is_empty(), "minehound {shown} printed nothing");
    Ok(text.lines().map(str::trim_end).fold(String::new(), |text, line| text + line + "\n"))
}

fn commands(program: &Path, language: Language) -> Result<String> {
    let help = said(program, &["--help"], language, &[0])?;
    let title = match language {
        Language::English => "Commands",
        Language::Chinese => "命令",
    };
    let mut page = format!("{}# {title}\n\n```text\n{help}```\n", language.notice());
    for command in command_names(&help) {
        let help = said(program, &[&command, "--help"], language, &[0])?;
        let _ = write!(page, "\n## minehound {command}\n\n```text\n{help}```\n");
    }
    Ok(page)
}

/// The commands that `--help` lists: the first word of each indented line of the block that lists `scan`.
fn command_names(help: &str) -> Vec<String> {
    let is_entry =
        |line: &str| line.starts_with("  ") && !line.starts_with("   ") && !line.trim().starts_with('-');
    let blocks = help.split("\n\n").flat_map(|block| block.split_inclusive(":\n"));
    let listed = blocks.into_iter().find(|block| {
        block.lines().any(|line| is_entry(line) && line.split_whitespace().next() == Some("scan"))
    });
    listed
        .into_iter()
        .flat_map(str::lines)
        .filter(|line| is_entry(line))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| {
            *name != "help" && name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-')
        })
        .map(str::to_owned)
        .collect()
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
        assert_eq!(command_names(help), ["scan", "explain"]);
    }
}
