//! Generated pages say what the code says now.

use anyhow::Result;

use super::Violation;
use crate::docs;
use crate::tree::Tree;

/// Makes every page again and compares.
///
/// # Errors
/// When the program that the pages describe cannot be built or run.
pub(super) fn check(tree: &Tree) -> Result<Vec<Violation>> {
    Ok(stale(tree, docs::pages(tree)?))
}

fn stale(tree: &Tree, pages: impl IntoIterator<Item = (String, Vec<u8>)>) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (path, page) in pages {
        if let Some(line) = difference(tree.bytes(&path).unwrap_or_default(), &page) {
            violations.push(Violation::at(path, line, "stale; `cargo xtask docs` writes it"));
        }
    }
    violations
}

/// The first line in which two texts differ.
fn difference(one: &[u8], other: &[u8]) -> Option<usize> {
    if one == other {
        return None;
    }
    let lines = |text: &[u8]| text.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect::<Vec<_>>();
    let same = lines(one).iter().zip(&lines(other)).take_while(|(one, other)| one == other).count();
    Some(same + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stale_or_missing_page_is_found() {
        let tree = Tree::of(&[("docs/a.md", "one\ntwo\n"), ("docs/b.md", "one\n")]);
        let pages = [("docs/a.md", "one\n2\n"), ("docs/b.md", "one\n"), ("docs/c.md", "new\n")];
        let found = stale(&tree, pages.map(|(path, page)| (path.to_owned(), page.as_bytes().to_vec())));
        assert_eq!(found.iter().filter_map(|violation| violation.line).collect::<Vec<_>>(), [2, 1]);
    }
}
