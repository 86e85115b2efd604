//! What the user sits at: language, zone, width, colour; and where answers and complaints go.

use crate::failure::Failure;
use anstream::ColorChoice;
use jiff::tz::TimeZone;
use report::{Clock, Lang, Style, UNWRAPPED, Words};
use std::env;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};

/// Columns where a terminal does not say.
const USUAL_COLUMNS: usize = 80;

/// The user's end.
pub(crate) struct Terminal {
    pub(crate) words: Words,
    pub(crate) clock: Clock,
    /// Columns of stdout; where it is no terminal, [`UNWRAPPED`] unless `COLUMNS` says otherwise.
    pub(crate) columns: usize,
    /// Columns of text that goes to a file.
    pub(crate) file_columns: usize,
    pub(crate) colour: bool,
    pub(crate) stderr_colour: bool,
}

/// An option that has to be known before the arguments are parsed, because errors are shown by it.
fn early<'a>(arguments: &'a [OsString], name: &str) -> Option<&'a str> {
    let mut words =
        arguments.iter().map(|word| word.to_str().unwrap_or_default()).take_while(|word| *word != "--");
    while let Some(word) = words.next() {
        match word.strip_prefix(name) {
            Some("") => return words.next(),
            Some(value) if value.starts_with('=') => return value.strip_prefix('='),
            _ => {}
        }
    }
    None
}

impl Terminal {
    /// The terminal as the arguments and the environment describe it.
    pub(crate) fn of(arguments: &[OsString]) -> Terminal {
        let choice = match early(arguments, "--color") {
            Some("always") => ColorChoice::Always,
            Some("never") => ColorChoice::Never,
            _ => ColorChoice::Auto,
        };
        let stdout = io::stdout();
        let stated = env::var("COLUMNS").ok();
        Terminal {
            words: Words::new(language(early(arguments, "--lang"), |name| env::var(name).ok())),
            clock: Clock::local(zone()),
            columns: columns(stated.as_deref(), stdout.is_terminal()),
            file_columns: columns(stated.as_deref(), false),
            colour: wants_colour(choice, anstream::AutoStream::choice(&stdout)),
            stderr_colour: wants_colour(choice, anstream::AutoStream::choice(&io::stderr())),
        }
    }

    /// Text in a style, if colours are wanted on stdout.
    pub(crate) fn paint(&self, style: Style, text: &str) -> String {
        style.paint(text, self.colour)
    }

    /// Says on stderr, in one line, why it could not be done. A closed stderr is nobody to tell.
    pub(crate) fn complain(&self, failure: &Failure) {
        if let Failure::Said(message) = failure {
            self.warn(&self.words.say(message));
        }
    }

    /// One line on stderr.
    pub(crate) fn warn(&self, text: &str) {
        let name = Style::Alarm.paint("minehound:", self.stderr_colour);
        let _ = writeln!(io::stderr(), "{name} {text}");
    }
}

/// Asked for, else the first of the POSIX variables that is set; English where the program does not speak it.
fn language(asked: Option<&str>, variable: impl Fn(&str) -> Option<String>) -> Lang {
    let locale = || {
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| variable(name).filter(|value| !value.is_empty()))
    };
    asked.and_then(Lang::of).or_else(|| locale().and_then(|locale| Lang::of(&locale))).unwrap_or_default()
}

/// `TZ`, else the system's zone, else UTC.
fn zone() -> TimeZone {
    TimeZone::try_system().unwrap_or(TimeZone::UTC)
}

fn columns(variable: Option<&str>, is_terminal: bool) -> usize {
    let stated = variable.and_then(|text| text.trim().parse().ok()).filter(|columns| *columns > 0);
    let measured = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    stated.unwrap_or_else(|| if is_terminal { measured().unwrap_or(USUAL_COLUMNS) } else { UNWRAPPED })
}

fn wants_colour(asked: ColorChoice, automatic: ColorChoice) -> bool {
    match asked {
        ColorChoice::Auto => automatic != ColorChoice::Never,
        ColorChoice::Never => false,
        ColorChoice::Always | ColorChoice::AlwaysAnsi => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// POSIX XBD 8.2: `LC_ALL` before `LC_MESSAGES` before `LANG`; an empty variable counts as unset.
    #[test]
    fn the_language_is_asked_for_or_that_of_the_locale() {
        let locale = |name: &str| match name {
            "LC_ALL" => Some(String::new()),
            "LANG" => Some("zh_CN.UTF-8".to_owned()),
            _ => None,
        };
        assert_eq!(language(None, locale), Lang::Zh);
        assert_eq!(language(Some("en"), locale), Lang::En);
        assert_eq!(language(None, |_| Some("de_DE.UTF-8".to_owned())), Lang::En);
    }

    #[test]
    fn early_options_are_found_in_both_forms_and_not_after_the_end_of_options() {
        let words = |text: &str| text.split(' ').map(OsString::from).collect::<Vec<_>>();
        assert_eq!(early(&words("minehound scan --lang zh x"), "--lang"), Some("zh"));
        assert_eq!(early(&words("minehound --lang=zh"), "--lang"), Some("zh"));
        assert_eq!(early(&words("minehound scan -- --lang zh"), "--lang"), None);
    }

    #[test]
    fn a_stated_width_wins_and_a_pipe_is_not_wrapped() {
        assert_eq!(columns(Some("100"), true), 100);
        assert_eq!(columns(Some("0"), false), UNWRAPPED);
        assert_eq!(columns(None, false), UNWRAPPED);
    }
}
