//! `minehound`: what the user typed becomes settings, the engine does the work, the report says it.

mod arguments;
mod catalogue;
mod commands;
mod config;
mod failure;
mod glossary;
mod help;
mod investigate;
mod nearest;
mod options;
mod output;
mod progress;
mod sandbox;
mod terminal;
mod usage_error;
mod values;

use failure::Failure;
use std::process::ExitCode;
use terminal::Terminal;

fn main() -> ExitCode {
    // An actor of an exercise is this same program, and its arguments are a part of what it shows.
    #[cfg(target_os = "linux")]
    if let Some(role) = drill::host::cast() {
        return role.play();
    }
    let arguments: Vec<std::ffi::OsString> = std::env::args_os().collect();
    let terminal = Terminal::of(&arguments);
    let code = match run(arguments, &terminal) {
        Ok(outcome) => outcome as u8,
        Err(failure) => {
            terminal.complain(&failure);
            Outcome::Impossible as u8
        }
    };
    ExitCode::from(code)
}

/// How the program ends: a promise to scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Done; nobody at or above the level to fail on.
    Quiet = 0,
    /// Done; somebody is.
    Found = 1,
    /// Could not do it.
    Impossible = 2,
}

fn run(arguments: Vec<std::ffi::OsString>, terminal: &Terminal) -> Result<Outcome, Failure> {
    let arguments = arguments::spelt_out(arguments);
    let command = arguments::command(&terminal.words, terminal.columns);
    let matches = match command.try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => return usage_error::answer(&error, terminal),
    };
    if let Some((_, matches)) = matches.subcommand() {
        options::check_common(matches)?;
    }
    match matches.subcommand() {
        Some((arguments::SCAN, matches)) => commands::scan::run(matches, terminal),
        #[cfg(target_os = "linux")]
        Some((arguments::COLLECT, matches)) => commands::collect::run(matches, terminal),
        #[cfg(not(target_os = "linux"))]
        Some((arguments::COLLECT, _)) => Err(model::Message::new("cli-collect-linux").into()),
        Some((arguments::EXPLAIN, matches)) => commands::explain::run(matches, terminal),
        Some((arguments::DRILL, matches)) => commands::drill::run(matches, terminal),
        _ => commands::welcome::run(terminal),
    }
}
