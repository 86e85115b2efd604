//! The catalogue of one kind of unit: a table of all, then the page of each.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Language;
use crate::kind::Kind;
use crate::tree::Tree;

/// `docs/detectors.md`, `docs/detectors.zh.md` and so on.
pub(super) fn pages(tree: &Tree) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    for kind in Kind::ALL {
        for language in Language::ALL {
            pages.insert(format!("docs/{}{}", kind.plural(), language.ending()), page(tree, kind, language));
        }
    }
    pages
}

fn page(tree: &Tree, kind: Kind, language: Language) -> String {
    let words = words(tree, language);
    let mut table = String::new();
    let mut bodies = String::new();
    for module in kind.modules(tree) {
        let id = module.replace('_', "-");
        let folder = kind.folder();
        let unit = tree.text(&format!("{folder}{module}.rs")).unwrap_or_default();
        let summary = field(unit, "summary").and_then(|key| words.get(key)).map_or("", String::as_str);
        let since = field(unit, "since").unwrap_or_default();
        let _ = writeln!(table, "| [`{id}`](#{id}) | {summary} | {since} |");
        let text = tree.text(&format!("{folder}{module}{}", language.ending())).unwrap_or_default();
        let _ = write!(bodies, "\n---\n\n<a id=\"{id}\"></a>\n\n{}", deeper(text));
    }
    let (title, intro, head) = match language {
        Language::English => (kind.title(), kind.intro(), "| id | what it does | since |"),
        Language::Chinese => (kind.title_zh(), kind.intro_zh(), "| 标识 | 作用 | 自版本 |"),
    };
    format!("{}# {title}\n\n{intro}\n\n{head}\n|---|---|---|\n{table}{bodies}", language.notice())
}

/// Headings one level down: a page becomes a chapter.
fn deeper(text: &str) -> String {
    let mut out = String::new();
    let mut fenced = false;
    for line in text.lines() {
        fenced ^= line.starts_with("```");
        if line.starts_with('#') && !fenced {
            out.push('#');
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// The value of `name: "…"` in a unit's `Meta`.
fn field<'t>(unit: &'t str, name: &str) -> Option<&'t str> {
    let (_, after) = unit.split_once(&format!("{name}: \""))?;
    after.split_once('"').map(|(value, _)| value)
}

/// Every one-line message of a language. Summaries are one line and take no arguments.
fn words(tree: &Tree, language: Language) -> BTreeMap<&str, String> {
    let folder = format!("crates/report/messages/{}/", language.word());
    let mut words = BTreeMap::new();
    for (_, text) in tree.texts().filter(|(path, _)| path.starts_with(&folder) && path.ends_with(".ftl")) {
        for line in text.lines().filter(|line| !line.starts_with([' ', '#', '-'])) {
            if let Some((key, value)) = line.split_once('=') {
                words.insert(key.trim(), value.trim().replace('|', "\\|"));
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_catalogue_follows_registry_words_and_page() {
        let tree = Tree::of(&[
            (
                "crates/detect/src/detectors/mod.rs",
                "registry! {\n pub static DETECTORS: [Detector] = [\n pool_name,\n];\n}\n",
            ),
            (
                "crates/detect/src/detectors/pool_name.rs",
                "Meta { summary: \"pool-name-summary\", since: \"0.1.0\" }",
            ),
            (
                "crates/detect/src/detectors/pool_name.md",
                "# pool-name\n\n## Sources\n```\n# not a heading\n```\n",
            ),
            (
                "crates/report/messages/en/detectors.ftl",
                "pool-name-summary = the name of a pool was looked up\n",
            ),
        ]);
        let page = &pages(&tree)["docs/detectors.md"];
        assert!(
            page.contains("| [`pool-name`](#pool-name) | the name of a pool was looked up | 0.1.0 |"),
            "{page}"
        );
        assert!(page.contains("\n## pool-name\n\n### Sources\n```\n# not a heading\n"), "{page}");
        assert!(pages(&tree)["docs/detectors.zh.md"].contains("pool-name"));
    }
}
