//! The configuration file: TOML, read once into types; a key that nobody knows is an error, not a silence.
//!
//! ```toml
//! inside = ["198.51.100.0/24"]
//! intel = "our-pools.txt"
//! fail-on = "suspicious"
//! threads = 4
//! no-hash = true
//!
//! [detector.pool-name]
//! look_ups = 20
//! ```

use crate::catalogue::catalogue;
use crate::failure::{Failure, file};
use crate::nearest::nearest;
use crate::values;
use model::{Level, Message, UnitKind};
use std::fs;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// What a configuration file may say; `None` where it says nothing.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Config {
    pub(crate) inside: Vec<String>,
    pub(crate) intel: Option<PathBuf>,
    pub(crate) fail_on: Option<Option<Level>>,
    pub(crate) threads: Option<u64>,
    /// MiB.
    pub(crate) memory: Option<u64>,
    pub(crate) no_hash: Option<bool>,
    /// Detector, parameter, value.
    pub(crate) parameters: Vec<(String, String, u64)>,
}

const KEYS: [&str; 7] = ["detector", "fail-on", "inside", "intel", "memory", "no-hash", "threads"];
/// A configuration is written by hand.
const LONGEST: u64 = 1 << 20;

/// Reads the file.
pub(crate) fn load(path: &Path) -> Result<Config, Failure> {
    let size = fs::metadata(path).map_err(|error| file("cli-cannot-read", path, &error))?.len();
    let said = |message: Message| {
        let shown =
            report::escape::bytes(path.as_os_str().as_encoded_bytes(), report::escape::SENTENCE_CHARS);
        Failure::Said(Message::new("cli-config").with("path", shown).with("what", message))
    };
    if size > LONGEST {
        return Err(said(Message::new("cli-config-too-long")));
    }
    let text = fs::read_to_string(path).map_err(|error| file("cli-cannot-read", path, &error))?;
    let mut config = parse(&text).map_err(said)?;
    // A list named in a configuration lies beside it.
    let beside = path.parent().unwrap_or(Path::new(""));
    config.intel = config.intel.map(|intel| beside.join(intel));
    Ok(config)
}

fn parse(text: &str) -> Result<Config, Message> {
    let table: Table = text.parse().map_err(|error: toml::de::Error| {
        let line =
            error.span().map_or(1, |span| text.get(..span.start).unwrap_or(text).matches('\n').count() + 1);
        Message::new("cli-config-not-toml").with("line", line as u64).with("reason", error.message())
    })?;
    let mut config = Config::default();
    for (key, value) in &table {
        match key.as_str() {
            "detector" => config.parameters = parameters(value)?,
            "fail-on" => config.fail_on = Some(values::fail_on("fail-on", string("fail-on", value)?)?),
            "inside" => config.inside = strings("inside", value)?,
            "intel" => config.intel = Some(PathBuf::from(string("intel", value)?)),
            "memory" => config.memory = Some(whole("memory", value)?),
            "no-hash" => {
                config.no_hash = Some(value.as_bool().ok_or_else(|| wrong("no-hash", "cli-want-flag"))?)
            }
            "threads" => config.threads = Some(whole("threads", value)?),
            _ => return Err(unknown(key, KEYS)),
        }
    }
    Ok(config)
}

fn parameters(value: &Value) -> Result<Vec<(String, String, u64)>, Message> {
    let mut set = Vec::new();
    for (detector, below) in value.as_table().ok_or_else(|| wrong("detector", "cli-want-table"))? {
        let units = catalogue();
        let mut detectors = units.iter().filter(|unit| unit.meta.kind == UnitKind::Detector);
        let Some(unit) = detectors.clone().find(|unit| unit.meta.id == detector) else {
            return Err(unknown(
                &format!("detector.{detector}"),
                detectors.by_ref().map(|unit| unit.meta.id),
            ));
        };
        for (name, value) in below.as_table().ok_or_else(|| wrong("detector", "cli-want-table"))? {
            if !unit.meta.parameters.iter().any(|known| known.name == name) {
                return Err(unknown(
                    &format!("{detector}.{name}"),
                    unit.meta.parameters.iter().map(|known| known.name),
                ));
            }
            set.push((detector.clone(), name.clone(), whole("detector", value)?));
        }
    }
    Ok(set)
}

fn unknown<'a>(key: &str, known: impl IntoIterator<Item = &'a str>) -> Message {
    let message = Message::new("cli-config-unknown").with("key", key);
    let last = key.rsplit('.').next().unwrap_or(key);
    let hint = match nearest(last, known) {
        Some(word) => Message::new("cli-did-you-mean").with("word", word),
        None => Message::new("cli-config-keys").with("keys", KEYS.join(", ")),
    };
    message.with("hint", hint)
}

fn wrong(key: &'static str, want: &'static str) -> Message {
    Message::new("cli-config-value").with("key", key).with("want", Message::new(want))
}

fn string<'a>(key: &'static str, value: &'a Value) -> Result<&'a str, Message> {
    value.as_str().ok_or_else(|| wrong(key, "cli-want-text"))
}

fn strings(key: &'static str, value: &Value) -> Result<Vec<String>, Message> {
    let list = value.as_array().ok_or_else(|| wrong(key, "cli-want-texts"))?;
    list.iter()
        .map(|item| item.as_str().map(str::to_owned).ok_or_else(|| wrong(key, "cli-want-texts")))
        .collect()
}

fn whole(key: &'static str, value: &Value) -> Result<u64, Message> {
    value
        .as_integer()
        .and_then(|number| u64::try_from(number).ok())
        .ok_or_else(|| wrong(key, "cli-want-whole"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;
    use report::{Lang, Words};

    fn refused(text: &str) -> String {
        Words::new(Lang::En).say(&parse(text).unwrap_err())
    }

    #[test]
    fn what_is_written_is_read() {
        let config =
            parse("threads = 4\ninside = [\"198.51.100.0/24\"]\nfail-on = \"never\"\nno-hash = true\n")
                .unwrap();
        assert_eq!(config.threads, Some(4));
        assert_eq!(config.inside, ["198.51.100.0/24"]);
        assert_eq!(config.fail_on, Some(None));
        assert_eq!(config.no_hash, Some(true));
    }

    /// A mistyped key must not be ignored: the user would think it holds.
    #[test]
    fn mistakes_are_named_with_what_would_be_right() {
        assert_eq!(refused("treads = 4"), "unknown key treads; did you mean threads?");
        assert!(refused("weather = 4").starts_with("unknown key weather; known are detector, fail-on"));
        assert_eq!(refused("threads = \"x\""), "threads: a whole number is wanted");
        assert!(refused("[detector.nobody]\nx = 1").starts_with("unknown key detector.nobody"));
        assert!(refused("a = 1\nb =").starts_with("line 2: "), "{}", refused("a = 1\nb ="));
    }
}
