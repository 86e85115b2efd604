//! The few colours of a report, by meaning. Whether they are used at all is decided by whoever knows the terminal.

use anstyle::{AnsiColor, Color, Style as Ansi};
use model::Level;

/// What a piece of text means, as far as colour is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// A machine that mines.
    Alarm,
    /// A machine worth a look.
    Warning,
    /// A machine that is fine.
    Good,
    /// A title.
    Title,
    /// Something to type or to look up.
    Literal,
    /// Of secondary interest.
    Quiet,
}

impl Style {
    /// The style of a verdict.
    #[must_use]
    pub const fn of(level: Level) -> Style {
        match level {
            Level::Confirmed | Level::Probable => Style::Alarm,
            Level::Suspicious => Style::Warning,
            Level::Noted => Style::Title,
            Level::Clear => Style::Good,
        }
    }

    const fn ansi(self) -> Ansi {
        let plain = Ansi::new();
        match self {
            Style::Alarm => plain.bold().fg_color(Some(Color::Ansi(AnsiColor::Red))),
            Style::Warning => plain.bold().fg_color(Some(Color::Ansi(AnsiColor::Yellow))),
            Style::Good => plain.fg_color(Some(Color::Ansi(AnsiColor::Green))),
            Style::Title => plain.bold(),
            Style::Literal => plain.fg_color(Some(Color::Ansi(AnsiColor::Cyan))),
            Style::Quiet => plain.dimmed(),
        }
    }

    /// The text in this style, or as it is.
    #[must_use]
    pub fn paint(self, text: &str, colour: bool) -> String {
        if !colour || text.is_empty() {
            return text.to_owned();
        }
        let ansi = self.ansi();
        format!("{ansi}{text}{ansi:#}")
    }
}
