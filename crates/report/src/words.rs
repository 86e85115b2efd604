//! Sentences from message ids: Fluent files by topic, `messages/en/*.ftl` and `messages/zh/*.ftl`.

use crate::{Clock, escape};
use fluent_bundle::types::{FluentNumber, FluentNumberOptions};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use model::{Arg, Message};
use unic_langid::LanguageIdentifier;

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// A language the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese, simplified.
    Zh,
}

impl Lang {
    /// The language that a user's word or a locale stands for: `zh`, `zh_CN.UTF-8`, `en-GB`, `C`.
    #[must_use]
    pub fn of(word: &str) -> Option<Lang> {
        let primary = word.split(['_', '-', '.', '@']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "zh" | "chinese" => Some(Lang::Zh),
            "en" | "c" | "posix" | "english" => Some(Lang::En),
            _ => None,
        }
    }

    /// The word used on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Zh => "zh",
        }
    }

    fn id(self) -> LanguageIdentifier {
        // Both words are valid identifiers; "und" would still choose the right files.
        self.word().parse().unwrap_or_default()
    }
}

/// The files of words of one language: topic and text.
#[must_use]
pub const fn message_files(lang: Lang) -> &'static [(&'static str, &'static str)] {
    match lang {
        Lang::En => EN,
        Lang::Zh => ZH,
    }
}

/// How deep a message may stand inside another.
const DEEPEST: usize = 8;

/// Everything that can be said in one language, with one clock.
pub struct Words {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
    clock: Clock,
}

impl Words {
    /// All words of a language. Broken lines of a file are left out (a test of `cli` reads every file strictly).
    #[must_use]
    pub fn new(lang: Lang) -> Words {
        let mut bundle = FluentBundle::new(vec![lang.id()]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(grouped_number));
        for (_, text) in message_files(lang) {
            let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(rest, _)| rest);
            bundle.add_resource_overriding(resource);
        }
        Words { lang, bundle, clock: Clock::explicit_utc() }
    }

    /// The same words with another clock.
    #[must_use]
    pub fn at(self, clock: Clock) -> Words {
        Words { clock, ..self }
    }

    /// The clock that times are shown by.
    #[must_use]
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The language.
    #[must_use]
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether there are words for an id.
    #[must_use]
    pub fn knows(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    /// The sentence of a message, safe for a terminal. An id without words is shown as `‹id›`.
    #[must_use]
    pub fn say(&self, message: &Message) -> String {
        self.say_at(message, 0)
    }

    /// The words of an id that has no arguments.
    #[must_use]
    pub fn term(&self, id: &'static str) -> String {
        self.say(&Message::new(id))
    }

    fn say_at(&self, message: &Message, depth: usize) -> String {
        let missing = || format!("‹{}›", message.id);
        let Some(pattern) = self.bundle.get_message(message.id).and_then(|found| found.value()) else {
            return missing();
        };
        if depth > DEEPEST {
            return missing();
        }
        let args: FluentArgs<'_> =
            message.args.iter().map(|(name, value)| (*name, self.value(value, depth))).collect();
        let mut errors = Vec::new();
        self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned()
    }

    fn value(&self, arg: &Arg, depth: usize) -> FluentValue<'static> {
        match arg {
            // Words can choose by it (`[none]`); Fluent cannot choose by an empty text.
            Arg::Text(raw) if raw.is_empty() => "none".into(),
            Arg::Text(raw) => escape::text(raw, escape::SENTENCE_CHARS).into(),
            Arg::Count(count) => number(*count),
            Arg::Time(time) => self.clock.minute(*time).into(),
            Arg::Address(address) => address.to_string().into(),
            Arg::Endpoint(endpoint) => endpoint.to_string().into(),
            Arg::Message(inner) => self.say_at(inner, depth + 1).into(),
        }
    }
}

/// A number that plural rules can select by; one too large for that is shown as it is.
fn number(count: u64) -> FluentValue<'static> {
    const EXACT: u64 = 1 << f64::MANTISSA_DIGITS;
    if count <= EXACT {
        FluentValue::Number(FluentNumber::new(count as f64, FluentNumberOptions::default()))
    } else {
        grouped(count).into()
    }
}

/// A whole number in groups of three with commas, as both English and Chinese technical texts write it.
pub(crate) fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn grouped_number<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    match value {
        FluentValue::Number(number) if number.value >= 0.0 && number.value.fract() == 0.0 => {
            Some(grouped(number.value as u64))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_plurals_chosen() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(1_204), "1,204");
        assert_eq!(grouped(u64::MAX), "18,446,744,073,709,551,615");
        let english = Words::new(Lang::En);
        let shares = |count: u64| english.say(&Message::new("report-part-shares").with("count", count));
        assert_eq!(shares(1), ", 1 share accepted");
        assert_eq!(shares(1_204), ", 1,204 shares accepted");
    }

    #[test]
    fn evidence_inside_a_sentence_is_escaped_once_and_without_isolation_marks() {
        let words = Words::new(Lang::En);
        let said =
            words.say(&Message::new("report-part-pool").with("pool", "evil\x1b[2J\u{202e}.example:3333"));
        assert_eq!(said, r" at evil\x1b[2J\u{202e}.example:3333");
    }

    #[test]
    fn an_empty_text_can_be_left_out() {
        let refused = |refusal: &str| {
            let message = Message::new("stratum-session-refused").with("pool", "p").with("protocol", "q");
            Words::new(Lang::En).say(&message.with("refusal", refusal))
        };
        assert_eq!(refused(""), "was refused by p (q)");
        assert_eq!(refused("banned"), "was refused by p (q): banned");
    }

    #[test]
    fn an_id_without_words_is_shown() {
        assert_eq!(Words::new(Lang::Zh).say(&Message::new("no-such-message")), "‹no-such-message›");
    }

    #[test]
    fn locales_choose_the_language() {
        for (locale, lang) in [
            ("zh_CN.UTF-8", Some(Lang::Zh)),
            ("en-GB", Some(Lang::En)),
            ("C", Some(Lang::En)),
            ("de_DE", None),
        ] {
            assert_eq!(Lang::of(locale), lang, "{locale}");
        }
    }
}
