//! Every gate that needs no test run. A gate nobody runs rots like anything else, so CI runs exactly this.

mod direction;
mod fences;
mod fixtures;
mod formatting;
mod fuzzed;
mod length;
mod links;
mod pages;
mod places;
mod readme;
mod reasons;
mod unsafety;

use std::fmt;

use anyhow::{Result, bail};

pub(crate) use self::fuzzed::targets as fuzz_targets;
use crate::tree::Tree;

/// One broken rule: where, what, and why it is one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Violation {
    file: String,
    line: Option<usize>,
    what: String,
}

impl Violation {
    /// About a whole file or folder.
    pub(crate) fn of(file: impl Into<String>, what: impl Into<String>) -> Self {
        Violation { file: file.into(), line: None, what: what.into() }
    }

    /// About one line.
    pub(crate) fn at(file: impl Into<String>, line: usize, what: impl Into<String>) -> Self {
        Violation { file: file.into(), line: Some(line), what: what.into() }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.what),
            None => write!(f, "{}: {}", self.file, self.what),
        }
    }
}

/// A check that looks at nothing but the text of the tree.
type TextCheck = fn(&Tree) -> Vec<Violation>;

const TEXT_CHECKS: &[(&str, TextCheck)] = &[
    ("fences", fences::check),
    ("fixtures", fixtures::check),
    ("fuzzed", fuzzed::check),
    ("length", length::check),
    ("links", links::check),
    ("places", places::check),
    ("readme", readme::check),
    ("reasons", reasons::check),
    ("unsafety", unsafety::check),
];

/// Runs all checks, or those named.
///
/// # Errors
/// When a check cannot run or anything is wrong.
pub(crate) fn run(named: &[String]) -> Result<()> {
    let tree = Tree::load()?;
    let wanted = |name: &str| named.is_empty() || named.iter().any(|given| given == name);
    let (mut ran, mut violations) = (Vec::new(), Vec::new());
    for (name, check) in TEXT_CHECKS.iter().filter(|(name, _)| wanted(name)) {
        ran.push(*name);
        violations.extend(check(&tree));
    }
    if wanted("direction") {
        ran.push("direction");
        violations.extend(direction::check(&direction::metadata()?)?);
    }
    if wanted("formatting") {
        ran.push("formatting");
        violations.extend(formatting::check(&tree)?);
    }
    if wanted("pages") {
        ran.push("pages");
        violations.extend(pages::check(&tree)?);
    }
    for name in named {
        if !ran.contains(&name.as_str()) {
            bail!("tidy has no check named `{name}`");
        }
    }
    violations.sort();
    violations.dedup();
    for violation in &violations {
        println!("{violation}");
    }
    match violations.len() {
        0 => println!("tidy: {} checks, nothing to mend ({})", ran.len(), ran.join(", ")),
        count => bail!("tidy: {count} to mend"),
    }
    Ok(())
}
