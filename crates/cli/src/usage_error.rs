//! clap's answers in our words: help and version on stdout, mistakes in one line on stderr.

use crate::Outcome;
use crate::failure::Failure;
use crate::output::Output;
use crate::terminal::Terminal;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use model::Message;
use std::path::Path;

/// Help and version are answers; anything else is a mistake of the user.
pub(crate) fn answer(error: &clap::Error, terminal: &Terminal) -> Result<Outcome, Failure> {
    let _ = terminal;
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            Output::Stdout.write(error.render().to_string().as_bytes())?;
            Ok(Outcome::Quiet)
        }
        _ => Err(mistake(error).into()),
    }
}

fn mistake(error: &clap::Error) -> Message {
    let text = |kind| context(error, kind).unwrap_or_default();
    let message = match error.kind() {
        ErrorKind::UnknownArgument => {
            Message::new("cli-unknown-option").with("option", text(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidSubcommand => {
            Message::new("cli-unknown-command").with("command", text(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Message::new("cli-missing-command")
        }
        ErrorKind::ArgumentConflict => {
            Message::new("cli-given-twice").with("option", text(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidValue
        | ErrorKind::NoEquals
        | ErrorKind::TooFewValues
        | ErrorKind::WrongNumberOfValues => {
            Message::new("cli-missing-value").with("option", text(ContextKind::InvalidArg))
        }
        ErrorKind::TooManyValues => {
            let value = Message::new("cli-too-many-values").with("option", text(ContextKind::InvalidArg));
            value.with("value", text(ContextKind::InvalidValue))
        }
        _ => Message::new("cli-bad-arguments"),
    };
    let suggested = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand]
        .into_iter()
        .find_map(|kind| context(error, kind));
    let path = text(ContextKind::InvalidSubcommand);
    let hint = match suggested {
        _ if is_evidence(&path) => Message::new("cli-did-you-mean-scan").with("path", path),
        Some(word) => Message::new("cli-did-you-mean").with("word", word),
        None => Message::new("cli-see-help"),
    };
    Message::new("cli-mistake").with("what", message).with("hint", hint)
}

/// Whether a mistaken command is a path: `minehound x.pcap`.
fn is_evidence(word: &str) -> bool {
    !word.is_empty() && (word.contains(['.', '/']) || Path::new(word).exists())
}

fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => texts.first().cloned(),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        ContextValue::StyledStrs(texts) => texts.first().map(ToString::to_string),
        _ => None,
    }
}
