//! The lines of a dialogue, kept for `--show`: the first and the last 64, secrets masked.

use super::Stamp;
use super::secrets;
use model::{DialogueLine, Side};
use parse::mining::json::Value;
use std::borrow::Cow;
use std::collections::VecDeque;

/// Lines kept from the beginning, and as many from the end.
const LINES: usize = 64;

/// Longest line kept, in bytes.
const LINE_LIMIT: usize = 2048;

#[derive(Debug)]
struct Line {
    number: u32,
    stamp: Stamp,
    side: Side,
    text: String,
    answers: Option<u32>,
}

/// Keeps lines.
#[derive(Debug, Default)]
pub(super) struct Recorder {
    first: Vec<Line>,
    last: VecDeque<Line>,
    count: u32,
    show_secrets: bool,
}

impl Recorder {
    pub(super) fn new(show_secrets: bool) -> Recorder {
        Recorder { show_secrets, ..Recorder::default() }
    }

    /// Keeps a message and gives its number. Whoever repeats one of `known` secrets (a pool that greets with the
    /// password), it is masked.
    pub(super) fn keep(&mut self, side: Side, stamp: Stamp, message: &[u8], known: &[&str]) -> u32 {
        let shown = if self.show_secrets {
            Cow::Borrowed(message)
        } else {
            let shown = masked(message);
            secrets::masked(&shown, known).map_or(shown, Cow::Owned)
        };
        let text = String::from_utf8_lossy(shown.get(..LINE_LIMIT).unwrap_or(&shown)).into_owned();
        let number = self.count;
        self.count = self.count.saturating_add(1);
        let line = Line { number, stamp, side, text, answers: None };
        if self.first.len() < LINES {
            self.first.push(line);
        } else {
            if self.last.len() >= LINES {
                self.last.pop_front();
            }
            self.last.push_back(line);
        }
        number
    }

    /// Notes that line `number` answers line `request`.
    pub(super) fn link(&mut self, number: u32, request: u32) {
        let line = self.first.iter_mut().chain(&mut self.last).find(|line| line.number == number);
        if let Some(line) = line {
            line.answers = Some(request);
        }
    }

    /// The kept lines; a link to a line that was not kept is left out.
    pub(super) fn lines(&self, client: Side) -> Vec<DialogueLine> {
        let kept: Vec<&Line> = self.first.iter().chain(&self.last).collect();
        let place = |number: u32| {
            kept.binary_search_by_key(&number, |line| line.number).ok().and_then(|at| u32::try_from(at).ok())
        };
        kept.iter()
            .map(|line| DialogueLine {
                time: line.stamp.time,
                origin: line.stamp.origin,
                from_client: line.side == client,
                text: line.text.clone(),
                answers: line.answers.and_then(place),
            })
            .collect()
    }
}

/// The message with passwords replaced by `"***"`: members named so, anywhere in the root or its parameters, and the
/// second parameter of the methods that log in.
fn masked(message: &[u8]) -> Cow<'_, [u8]> {
    let Some(root) = Value::of(message) else { return Cow::Borrowed(message) };
    let mut secrets: Vec<&[u8]> = Vec::new();
    let logs_in = root.members().filter(|(key, _)| key.is("method")).any(|(_, method)| {
        method.text().is_some_and(|name| {
            let name = name.to_ascii_lowercase();
            name.ends_with("authorize") || name.ends_with("submitlogin")
        })
    });
    for (key, value) in root.members() {
        if is_secret(&key.text()) {
            secrets.push(value.raw());
        }
        if key.is("params") || key.is("body") {
            secrets.extend(
                value.members().filter(|(key, _)| is_secret(&key.text())).map(|(_, value)| value.raw()),
            );
            if logs_in {
                secrets.extend(value.items().skip(1).take(3).map(Value::raw));
            }
        }
    }
    if secrets.is_empty() {
        return Cow::Borrowed(message);
    }
    let base = message.as_ptr() as usize;
    let mut shown = Vec::with_capacity(message.len());
    let mut from = 0;
    for secret in secrets {
        let at = (secret.as_ptr() as usize).saturating_sub(base);
        shown.extend_from_slice(message.get(from..at).unwrap_or_default());
        shown.extend_from_slice(b"\"***\"");
        from = at.saturating_add(secret.len());
    }
    shown.extend_from_slice(message.get(from..).unwrap_or_default());
    Cow::Owned(shown)
}

fn is_secret(name: &str) -> bool {
    ["pass", "password", "passwd", "api_key", "secret"].iter().any(|secret| name.eq_ignore_ascii_case(secret))
}
