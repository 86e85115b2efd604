//! `minehound explain`: every unit and every word of a verdict, or the page of one.

use crate::Outcome;
use crate::catalogue::{Entry, catalogue};
use crate::failure::Failure;
use crate::glossary::{WORDS, Word};
use crate::nearest::nearest;
use crate::options::values;
use crate::output::Output;
use crate::terminal::Terminal;
use crate::values::text;
use clap::ArgMatches;
use model::{Grows, Message, UnitKind, Weight};
use report::{Lang, Style, page, width, wrap};

/// Pages wider than this are hard to read.
const WIDEST: usize = 100;

/// Does it.
pub(crate) fn run(matches: &ArgMatches, terminal: &Terminal) -> Result<Outcome, Failure> {
    let parts: Vec<&str> =
        values(matches, "id").map(|raw| text("ID", raw)).collect::<Result<_, Message>>()?;
    // `explain partly visible` is one word of the report.
    let id = (!parts.is_empty()).then(|| parts.join(" "));
    let units = catalogue();
    let answer = match id {
        None => list(&units, terminal),
        Some(id) => match (units.iter().find(|unit| unit.meta.id == id), Word::of(&id)) {
            (Some(unit), _) => unit_page(unit, terminal),
            (None, Some(word)) => word_page(word, terminal),
            (None, None) => return Err(unknown(&id, &units).into()),
        },
    };
    Output::Stdout.write(answer.as_bytes())?;
    Ok(Outcome::Quiet)
}

fn columns(terminal: &Terminal) -> usize {
    terminal.columns.min(WIDEST)
}

fn list(units: &[Entry], terminal: &Terminal) -> String {
    let mut text = String::new();
    let left = units.iter().map(|unit| width(unit.meta.id)).max().unwrap_or(0);
    for (kind, title) in [
        (UnitKind::Reader, "cli-explain-readers"),
        (UnitKind::Detector, "cli-explain-detectors"),
        (UnitKind::Renderer, "cli-explain-renderers"),
    ] {
        let members: Vec<&Entry> = units.iter().filter(|unit| unit.meta.kind == kind).collect();
        if members.is_empty() {
            continue;
        }
        heading(&terminal.words.term(title), terminal, &mut text);
        for unit in members {
            entry(unit.meta.id, &terminal.words.term(unit.meta.summary), left, terminal, &mut text);
        }
    }
    heading(&terminal.words.term("cli-explain-words"), terminal, &mut text);
    let words: Vec<String> = WORDS.iter().map(|word| word.title(terminal.words.lang())).collect();
    for line in wrap(&words.join(", "), "  ", "  ", columns(terminal)) {
        text += &terminal.paint(Style::Literal, &line);
        text.push('\n');
    }
    text.push('\n');
    text + &terminal.words.term("cli-explain-more") + "\n"
}

fn heading(title: &str, terminal: &Terminal, text: &mut String) {
    if !text.is_empty() {
        text.push('\n');
    }
    *text += &terminal.paint(Style::Title, title);
    text.push('\n');
}

fn entry(id: &str, summary: &str, left: usize, terminal: &Terminal, text: &mut String) {
    let first =
        format!("  {}{}  ", terminal.paint(Style::Literal, id), " ".repeat(left.saturating_sub(width(id))));
    for line in wrap(summary, &first, &" ".repeat(left + 4), columns(terminal)) {
        *text += &line;
        text.push('\n');
    }
}

/// The unit's page, then what only the registry knows: weights with kind and source, parameters with reason.
fn unit_page(unit: &Entry, terminal: &Terminal) -> String {
    let doc = match terminal.words.lang() {
        Lang::En => unit.meta.doc,
        Lang::Zh => unit.meta.doc_zh,
    };
    let mut text = page(doc, columns(terminal), terminal.colour);
    if !unit.weights.is_empty() {
        heading(&terminal.words.term("cli-explain-weights"), terminal, &mut text);
        for weight in unit.weights {
            weight_lines(weight, terminal, &mut text);
        }
    }
    if !unit.meta.parameters.is_empty() {
        let title = Message::new("cli-explain-parameters").with("id", unit.meta.id);
        heading(&terminal.words.say(&title), terminal, &mut text);
        for parameter in unit.meta.parameters {
            let set = format!("{} = {}", parameter.name, parameter.default);
            let meaning = format!("{} ({})", parameter.reason, parameter.unit);
            entry(&set, &meaning, width(&set), terminal, &mut text);
        }
    }
    let since = Message::new("cli-explain-since")
        .with("kind", Message::new(kind(unit.meta.kind)))
        .with("version", unit.meta.since);
    text.push('\n');
    text + &terminal.paint(Style::Quiet, &terminal.words.say(&since)) + "\n"
}

fn weight_lines(weight: &Weight, terminal: &Terminal, text: &mut String) {
    let points = format!("{:>7}", signed(weight));
    let term = |id| terminal.words.term(id);
    let mut said = format!(
        "{} · {} · {}",
        weight.id,
        term(report::group(weight.group)),
        term(report::kind(weight.kind))
    );
    if weight.conclusive {
        said += &terminal.words.term("report-why-conclusive");
    }
    said += &format!(": {}", weight.source);
    if let Some(grows) = &weight.grows {
        said += &terminal.words.say(&growth(grows));
    }
    entry(&points, &said, width(&points), terminal, text);
}

fn growth(grows: &Grows) -> Message {
    let distinct =
        grows.distinct.map(|count| Message::new("cli-explain-grows-distinct").with("count", count));
    let times = grows.count.map(|count| Message::new("cli-explain-grows-times").with("count", count));
    let when = match (distinct, times) {
        (Some(one), Some(other)) => {
            Message::new("cli-explain-grows-either").with("one", one).with("other", other)
        }
        (one, other) => one.or(other).unwrap_or_else(|| Message::new("report-part-none")),
    };
    Message::new("cli-explain-grows")
        .with("to", grows.to.id)
        .with("points", signed(grows.to))
        .with("when", when)
        .with("minutes", grows.over_secs / 60)
}

fn signed(weight: &Weight) -> String {
    if weight.tenths.0 > 0 { format!("+{}", weight.tenths) } else { weight.tenths.to_string() }
}

/// What kind of unit it is, in words.
const fn kind(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Reader => "cli-kind-reader",
        UnitKind::Detector => "cli-kind-detector",
        UnitKind::Renderer => "cli-kind-renderer",
    }
}

fn word_page(word: &Word, terminal: &Terminal) -> String {
    let mut text = String::new();
    heading(&word.title(terminal.words.lang()), terminal, &mut text);
    for line in wrap(&terminal.words.term(word.meaning), "", "", columns(terminal)) {
        text += &line;
        text.push('\n');
    }
    text
}

fn unknown(id: &str, units: &[Entry]) -> Message {
    let known = units.iter().map(|unit| unit.meta.id).chain(WORDS.iter().flat_map(Word::spellings));
    let hint = match nearest(id, known) {
        Some(word) => Message::new("cli-did-you-mean").with("word", word),
        None => Message::new("cli-explain-see-list"),
    };
    Message::new("cli-explain-unknown").with("id", id).with("hint", hint)
}
