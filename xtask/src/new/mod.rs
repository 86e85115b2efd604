//! `cargo xtask new <kind> <id>`: everything a new unit needs, to be filled in. It builds at once; its tests fail
//! until somebody has said what it finds, what it must not find, and why.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use crate::kind::Kind;
use crate::tree::{Tree, root};

/// A file to write: path from the root, and text.
type Planned = (String, String);

/// Writes a unit's files and registers it.
///
/// # Errors
/// When the kind or id is not right, the unit exists, or a file cannot be written.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let [kind, id] = arguments else { bail!("usage: cargo xtask new reader|detector|renderer ID") };
    let kind = Kind::ALL.into_iter().find(|known| known.word() == kind);
    let kind = kind.context("a unit is a reader, a detector or a renderer")?;
    let tree = Tree::load()?;
    for (path, text) in plan(&tree, kind, id)? {
        let full = root().join(&path);
        let folder = full.parent().unwrap_or_else(|| Path::new("."));
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        std::fs::write(&full, text).with_context(|| format!("cannot write {path}"))?;
        println!("{path}");
    }
    println!("\nFill in what says TODO; until then its tests fail. Then: cargo xtask docs, cargo xtask tidy");
    Ok(())
}

fn plan(tree: &Tree, kind: Kind, id: &str) -> Result<Vec<Planned>> {
    check_id(id)?;
    let module = id.replace('-', "_");
    let folder = kind.folder();
    let registry = format!("{folder}mod.rs");
    ensure!(!kind.modules(tree).contains(&module), "there is a {} `{id}` already", kind.word());
    let text = tree.text(&registry).with_context(|| format!("{registry} is missing"))?;
    let registered =
        registered(text, &module).with_context(|| format!("{registry} holds no registry! table"))?;
    let template = |text: &str| {
        text.replace("{id}", id)
            .replace("{Type}", &type_name(id))
            .replace("{module}", &module)
            .replace("{version}", env!("CARGO_PKG_VERSION"))
    };
    let (unit, page, page_zh, words, words_zh) = match kind {
        Kind::Reader => (
            include_str!("templates/reader.rs.txt"),
            include_str!("templates/reader.md.txt"),
            include_str!("templates/reader.zh.md.txt"),
            include_str!("templates/reader.ftl.txt"),
            include_str!("templates/reader.zh.ftl.txt"),
        ),
        Kind::Detector => (
            include_str!("templates/detector.rs.txt"),
            include_str!("templates/detector.md.txt"),
            include_str!("templates/detector.zh.md.txt"),
            include_str!("templates/detector.ftl.txt"),
            include_str!("templates/detector.zh.ftl.txt"),
        ),
        Kind::Renderer => (
            include_str!("templates/renderer.rs.txt"),
            include_str!("templates/renderer.md.txt"),
            include_str!("templates/renderer.zh.md.txt"),
            include_str!("templates/renderer.ftl.txt"),
            include_str!("templates/renderer.zh.ftl.txt"),
        ),
    };
    let mut planned = vec![
        (format!("{folder}{module}.rs"), template(unit)),
        (format!("{folder}{module}.md"), template(page)),
        (format!("{folder}{module}.zh.md"), template(page_zh)),
        (format!("crates/report/messages/en/{id}.ftl"), template(words)),
        (format!("crates/report/messages/zh/{id}.ftl"), template(words_zh)),
    ];
    if kind == Kind::Detector {
        let fixtures = format!("crates/detect/fixtures/{id}/");
        planned.push((format!("{fixtures}hit-first.txt"), template(include_str!("templates/hit.txt"))));
        planned.push((format!("{fixtures}miss-first.txt"), template(include_str!("templates/miss.txt"))));
    }
    for (path, _) in &planned {
        ensure!(!tree.has(path), "{path} is there already");
    }
    planned.push((registry, registered));
    Ok(planned)
}

fn check_id(id: &str) -> Result<()> {
    let words = id.split('-');
    let good = |word: &str| {
        word.starts_with(|letter: char| letter.is_ascii_lowercase())
            && word.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
    };
    ensure!(words.clone().all(good), "`{id}` is not kebab-case: small words joined by hyphens");
    ensure!(id.len() <= 32, "`{id}` is longer than 32 letters");
    let module = id.replace('-', "_");
    ensure!(
        !["mod", "lib", "tests", "type", "match", "use", "in"].contains(&&*module),
        "`{id}` is a word of Rust"
    );
    Ok(())
}

/// `idle-worker` is `IdleWorker`.
fn type_name(id: &str) -> String {
    id.split('-')
        .map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
        })
        .collect()
}

/// The registry with one more line, sorted, indented like its neighbours.
fn registered(registry: &str, module: &str) -> Option<String> {
    let table = registry.find("registry!")?;
    let begin = table + registry[table..].find("= [")? + "= [".len();
    let end = begin + registry[begin..].find("];")?;
    let inside = &registry[begin..end];
    let mut modules: Vec<&str> =
        inside.split(',').map(str::trim).filter(|module| !module.is_empty()).collect();
    modules.push(module);
    modules.sort_unstable();
    let lines: String = modules.iter().map(|module| format!("        {module},\n")).collect();
    Some(format!("{}\n{lines}    {}", &registry[..begin], &registry[end..]))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    const REGISTRY: &str = "model::registry! {\n    /// All.\n    pub static DETECTORS: [Unit] = [\n        pool_name,\n    ];\n}\n";

    fn planned(id: &str) -> Result<Vec<Planned>> {
        let tree = Tree::of(&[("crates/detect/src/detectors/mod.rs", REGISTRY)]);
        plan(&tree, Kind::Detector, id)
    }

    #[test]
    fn the_line_stands_where_it_belongs() {
        let files = planned("idle-worker").unwrap();
        let (_, registry) = files.last().unwrap();
        assert!(registry.contains("[\n        idle_worker,\n        pool_name,\n    ];\n}\n"), "{registry}");
        assert_eq!(registered("no table", "x"), None);
    }

    #[test]
    fn everything_a_detector_needs_is_written() {
        let files = planned("idle-worker").unwrap();
        let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "crates/detect/src/detectors/idle_worker.rs",
                "crates/detect/src/detectors/idle_worker.md",
                "crates/detect/src/detectors/idle_worker.zh.md",
                "crates/report/messages/en/idle-worker.ftl",
                "crates/report/messages/zh/idle-worker.ftl",
                "crates/detect/fixtures/idle-worker/hit-first.txt",
                "crates/detect/fixtures/idle-worker/miss-first.txt",
                "crates/detect/src/detectors/mod.rs",
            ]
        );
        for (path, text) in &files {
            assert!(!text.contains("{id}") && !text.contains("{Type}"), "{path}");
        }
        assert!(files[0].1.contains("struct IdleWorker"));
    }

    #[test]
    fn ids_are_kebab_case_and_new() {
        for bad in ["Idle", "idle_worker", "-idle", "idle--worker", "1st", "", "type"] {
            assert!(planned(bad).is_err(), "{bad}");
        }
        assert!(planned("pool-name").is_err());
    }
}
