//! The truth about what runs and what was planted, as a table.

use std::path::{Path, PathBuf};

/// What is true of one process, or of one entry that starts something by itself.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct HostTruth {
    /// Which actor it belongs to.
    pub actor: &'static str,
    /// Its number; none for an entry.
    pub pid: Option<u32>,
    /// What it is, in words.
    pub traits: Vec<&'static str>,
    /// Its name as the kernel has it.
    pub name: String,
    /// The file it runs; where it lay, if it is gone.
    pub exe: Option<PathBuf>,
    /// What else belongs to it: a configuration, a library, a mount; for an entry where it stands, inside the root.
    pub path: Option<PathBuf>,
    /// For an entry, what it is.
    pub plant: Option<Plant>,
}

/// What is true of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plant {
    /// By which mechanism it starts something.
    pub mechanism: &'static str,
    /// The line, from 1.
    pub line: Option<usize>,
    /// What it runs, as written.
    pub runs: String,
}

/// Header of the table of [`HostTruth::row`].
pub const HOST_TRUTH_HEADER: &str = "actor\tpid\ttraits\tname\texe\tpath\tmechanism\tline\truns\n";

impl HostTruth {
    /// A row of the table. Words of a kind are told apart by blanks; a tab, line break or backslash in a value is
    /// written as two characters.
    pub fn row(&self) -> String {
        let path = |path: &Option<PathBuf>| path.as_deref().map(shown).unwrap_or_default();
        let plant = self.plant.as_ref();
        let cells = [
            self.actor.to_owned(),
            self.pid.map(|pid| pid.to_string()).unwrap_or_default(),
            self.traits.join(" "),
            escaped(&self.name),
            path(&self.exe),
            path(&self.path),
            plant.map(|plant| plant.mechanism.to_owned()).unwrap_or_default(),
            plant.and_then(|plant| plant.line).map(|line| line.to_string()).unwrap_or_default(),
            plant.map(|plant| escaped(&plant.runs)).unwrap_or_default(),
        ];
        cells.join("\t") + "\n"
    }
}

fn shown(path: &Path) -> String {
    escaped(&path.to_string_lossy())
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_as_many_cells_as_the_header_whatever_is_in_them() {
        let truth = HostTruth {
            actor: "busy",
            pid: Some(7),
            traits: vec!["busy", "nice"],
            name: "a\tb".to_owned(),
            exe: Some("/x\n/y".into()),
            ..HostTruth::default()
        };
        assert_eq!(truth.row(), "busy\t7\tbusy nice\ta\\tb\t/x\\n/y\t\t\t\t\n");
        assert_eq!(truth.row().matches('\t').count(), HOST_TRUTH_HEADER.matches('\t').count());
    }
}
