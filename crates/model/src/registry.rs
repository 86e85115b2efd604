//! One line per unit: the table that listings, `explain`, generated pages and tests all read.

/// What a unit does in the road from evidence to report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitKind {
    /// Recognises a kind of evidence and reads it.
    Reader,
    /// Turns observations into findings.
    Detector,
    /// Turns a case into something to look at.
    Renderer,
}

impl UnitKind {
    /// The word used in listings.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            UnitKind::Reader => "reader",
            UnitKind::Detector => "detector",
            UnitKind::Renderer => "renderer",
        }
    }
}

/// What every unit says of itself.
#[derive(Debug)]
pub struct Meta {
    /// Kebab-case, the file's name with `_` for `-`, never reused.
    pub id: &'static str,
    /// What kind of unit it is.
    pub kind: UnitKind,
    /// Message id of the one-line summary.
    pub summary: &'static str,
    /// The page in English (`<id>.md`).
    pub doc: &'static str,
    /// The page in Chinese (`<id>.zh.md`).
    pub doc_zh: &'static str,
    /// The version that brought it.
    pub since: &'static str,
    /// Every message id the unit may use, `summary` aside.
    pub messages: &'static [&'static str],
    /// What may be set under `[detector.<id>]`.
    pub parameters: &'static [Parameter],
}

/// A number that a unit uses and a user may change.
#[derive(Debug)]
pub struct Parameter {
    /// snake_case, with its unit as suffix.
    pub name: &'static str,
    /// Used when nothing is configured.
    pub default: u64,
    /// What it counts: `seconds`, `look-ups` ….
    pub unit: &'static str,
    /// Why the default is what it is.
    pub reason: &'static str,
}

/// Makes the `mod` items and the table of a registry from one line per unit.
///
/// Each module `x` must hold `pub(crate) static UNIT: <type>`. Lines are kept sorted; a whole-registry test checks
/// that, and that ids, file names and fixture folders agree.
#[macro_export]
macro_rules! registry {
    ($(#[$doc:meta])* $visibility:vis static $table:ident: [$unit:ty] = [$($module:ident),* $(,)?];) => {
        $(mod $module;)*
        $(#[$doc])*
        $visibility static $table: &[&$unit] = &[$(&$module::UNIT),*];
    };
}
