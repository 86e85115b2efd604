//! What the user typed, read once into types. Each reader says what is wrong and what would be right.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use model::{Level, Message, Time};
use std::ffi::OsStr;

/// The text of an argument.
pub(crate) fn text<'a>(option: &'static str, raw: &'a OsStr) -> Result<&'a str, Message> {
    raw.to_str().ok_or_else(|| {
        let shown = report::escape::bytes(raw.as_encoded_bytes(), report::escape::SENTENCE_CHARS);
        bad(option, &shown, "cli-want-utf8")
    })
}

/// `name` may be one of a few words.
pub(crate) fn one_of<T: Copy>(
    option: &'static str,
    word: &str,
    known: &[(&'static str, T)],
) -> Result<T, Message> {
    known.iter().find(|(name, _)| *name == word).map(|(_, value)| *value).ok_or_else(|| {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        let want = Message::new("cli-want-one-of").with("words", names.join(", "));
        Message::new("cli-bad-value").with("option", option).with("value", word).with("want", want)
    })
}

/// From which level on the program ends with 1; `None` for never.
pub(crate) fn fail_on(option: &'static str, word: &str) -> Result<Option<Level>, Message> {
    let levels = [Level::Noted, Level::Suspicious, Level::Probable, Level::Confirmed];
    let mut known: Vec<(&'static str, Option<Level>)> =
        levels.into_iter().map(|level| (level.word(), Some(level))).collect();
    known.push(("never", None));
    one_of(option, word, &known)
}

/// A whole number within bounds.
pub(crate) fn number(option: &'static str, word: &str, least: u64, most: u64) -> Result<u64, Message> {
    word.parse().ok().filter(|number| (least..=most).contains(number)).ok_or_else(|| {
        let want = Message::new("cli-want-number").with("least", least).with("most", most);
        Message::new("cli-bad-value").with("option", option).with("value", word).with("want", want)
    })
}

/// `2026-11-24T09:12:00Z`, or a local `2026-11-24T09:12` or `2026-11-24`.
pub(crate) fn time(option: &'static str, word: &str, zone: &TimeZone) -> Result<Time, Message> {
    let local = |civil: DateTime| zone.to_timestamp(civil).ok();
    let stamp = word
        .parse::<Timestamp>()
        .ok()
        .or_else(|| word.parse::<DateTime>().ok().and_then(local))
        .or_else(|| word.parse::<Date>().ok().and_then(|day| local(day.at(0, 0, 0, 0))));
    let nanos = stamp.and_then(|stamp| i64::try_from(stamp.as_nanosecond()).ok());
    nanos.map(Time::from_nanos).ok_or_else(|| bad(option, word, "cli-want-time"))
}

/// What is wrong with a value: `want` is the id of what would be right.
pub(crate) fn bad(option: &'static str, value: &str, want: &'static str) -> Message {
    let message = Message::new("cli-bad-value").with("option", option).with("value", value);
    message.with("want", Message::new(want))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::Offset;

    /// Expected values from `date -u -d … +%s`.
    #[test]
    fn times_are_read_in_utc_and_in_the_local_zone() {
        let zone = TimeZone::fixed(Offset::constant(8));
        let secs = |word| time("--since", word, &zone).map(Time::secs).ok();
        assert_eq!(secs("2026-11-24T09:12:00Z"), Some(1_795_511_520));
        assert_eq!(secs("2026-11-24T17:12"), Some(1_795_511_520));
        assert_eq!(secs("2026-11-24T17:12:00+08:00"), Some(1_795_511_520));
        assert_eq!(secs("2026-11-24"), Some(1_795_449_600));
        assert_eq!(secs("yesterday"), None);
        assert_eq!(secs("9999-01-01"), None, "beyond what a time can hold");
    }

    #[test]
    fn numbers_keep_their_bounds() {
        assert_eq!(number("--threads", "4", 1, 256).ok(), Some(4));
        assert!(number("--threads", "0", 1, 256).is_err());
        assert!(number("--threads", "-1", 1, 256).is_err());
    }

    #[test]
    fn levels_and_never() {
        assert_eq!(fail_on("--fail-on", "suspicious").ok(), Some(Some(Level::Suspicious)));
        assert_eq!(fail_on("--fail-on", "never").ok(), Some(None));
        assert!(fail_on("--fail-on", "maybe").is_err());
    }
}
