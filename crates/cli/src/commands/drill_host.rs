//! `minehound drill host`: harmless actors on this machine, whose truth is known, and which leave nothing behind.

use crate::Outcome;
use crate::failure::Failure;
use crate::nearest::nearest;
use crate::options::{value, values, when};
use crate::output::Output;
use crate::terminal::Terminal;
use crate::values::{number, text};
use clap::ArgMatches;
use drill::host::{ACTORS, Actor, HOST_TRUTH_HEADER, HostTruth, Options, Stage, Started, Touch};
use model::Message;
use report::{Style, width, wrap};
use std::path::PathBuf;

/// How long actors run unless the user says otherwise: as long as a look at a machine takes.
const USUAL_SECONDS: u64 = 60;
const MOST_SECONDS: u64 = 24 * 60 * 60;
/// Longer lines are hard to read.
const WIDEST: usize = 100;

/// Does it.
pub(super) fn run(matches: &ArgMatches, terminal: &Terminal) -> Result<Outcome, Failure> {
    if matches.get_flag("list") {
        Output::Stdout.write(list(terminal).as_bytes())?;
        return Ok(Outcome::Quiet);
    }
    let named = named(matches)?;
    let secs = value(matches, "seconds").map(|raw| text("--seconds", raw)).transpose()?;
    let secs = secs.map_or(Ok(USUAL_SECONDS), |word| number("--seconds", word, 1, MOST_SECONDS))?;
    let truth = value(matches, "truth").map(|path| Output::of("--truth", Some(path))).transpose()?;
    let truth = truth.as_ref().map(Output::open).transpose()?;
    let mut stage = Stage::open(options(matches)?)?;
    let mut truths = Vec::new();
    let (mut page, mut running) = (String::new(), 0_u64);
    for actor in if named.is_empty() { ACTORS.iter().collect() } else { named.clone() } {
        match stage.start(actor) {
            Ok(started) => {
                page += &entry(&started, terminal);
                truths.extend(started.truths);
                running += 1;
            }
            // Whoever asks for one by name wants to know that it is not there.
            Err(reason) if !named.is_empty() => {
                return Err(Message::new("cli-drill-host-cannot")
                    .with("actor", actor.id)
                    .with("reason", reason)
                    .into());
            }
            Err(reason) => page += &absent(actor, &reason, terminal),
        }
    }
    if let Some(truth) = truth {
        truth.write(table(&truths).as_bytes())?;
    }
    page += &terminal
        .words
        .say(&Message::new("cli-drill-host-runs").with("count", running).with("seconds", secs));
    page.push('\n');
    Output::Stdout.write(page.as_bytes())?;
    stage.wait(secs);
    if let Some(left) = stage.end().into_iter().next() {
        return Err(left.into());
    }
    Output::Stdout.write((terminal.words.term("cli-drill-host-ended") + "\n").as_bytes())?;
    Ok(Outcome::Quiet)
}

fn options(matches: &ArgMatches) -> Result<Options, Message> {
    let touch = value(matches, "touch").map(|raw| text("--touch", raw)).transpose()?;
    let root = value(matches, "root").map(PathBuf::from);
    if root.as_ref().is_some_and(|root| root.as_os_str().is_empty()) {
        return Err(Message::new("drill-root-unfit").with("path", ""));
    }
    Ok(Options {
        root,
        touch: match when("--touch", touch)? {
            crate::options::When::Auto => Touch::Auto,
            crate::options::When::Always => Touch::Always,
            crate::options::When::Never => Touch::Never,
        },
        light: matches.get_flag("light"),
        pinned: matches.get_flag("pinned"),
        in_place: matches.get_flag("in-place"),
    })
}

/// The actors that were asked for, each once.
fn named(matches: &ArgMatches) -> Result<Vec<&'static Actor>, Message> {
    let mut actors: Vec<&'static Actor> = Vec::new();
    for raw in values(matches, "actor") {
        let id = text("--actor", raw)?;
        let actor = Actor::named(id).ok_or_else(|| unknown(id))?;
        if actors.iter().all(|other| other.id != actor.id) {
            actors.push(actor);
        }
    }
    Ok(actors)
}

fn unknown(id: &str) -> Message {
    let hint = match nearest(id, ACTORS.iter().map(|known| known.id)) {
        Some(word) => Message::new("cli-did-you-mean").with("word", word),
        None => Message::new("cli-drill-host-see-list"),
    };
    Message::new("cli-drill-host-unknown").with("actor", id).with("hint", hint)
}

fn list(terminal: &Terminal) -> String {
    let mut page = terminal.words.term("cli-drill-host-list") + "\n\n";
    let left = ACTORS.iter().map(|actor| width(actor.id)).max().unwrap_or(0);
    for actor in ACTORS {
        let id = terminal.paint(Style::Literal, actor.id);
        let first = format!("  {id}{}  ", " ".repeat(left - width(actor.id)));
        lines(&terminal.words.term(actor.what), &first, &" ".repeat(left + 4), terminal, &mut page);
    }
    page
}

/// What runs, how it can be seen, how it ends.
fn entry(started: &Started, terminal: &Terminal) -> String {
    let words = &terminal.words;
    let mut page = terminal.paint(Style::Literal, started.actor.id);
    let pids: Vec<String> =
        started.truths.iter().filter_map(|truth| truth.pid).map(|pid| pid.to_string()).collect();
    if !pids.is_empty() {
        page += " · ";
        page += &words.say(&Message::new("cli-drill-host-pid").with("pids", pids.join(", ")));
    }
    page.push('\n');
    let path = started.truths.iter().find_map(|truth| truth.path.as_ref());
    let path = path.map(|path| path.display().to_string()).unwrap_or_default();
    let seen = Message::new(started.actor.seen)
        .with("pid", pids.first().cloned().unwrap_or_default())
        .with("path", path);
    let ends = Message::new(started.actor.ends);
    let mut said = vec![
        words.term(started.actor.what),
        words.say(&Message::new("cli-drill-host-seen").with("how", seen)),
        words.say(&Message::new("cli-drill-host-ends").with("how", ends)),
    ];
    said.extend(started.notes.iter().map(|note| words.say(note)));
    for sentence in said {
        lines(&sentence, "    ", "      ", terminal, &mut page);
    }
    page
}

fn absent(actor: &Actor, reason: &Message, terminal: &Terminal) -> String {
    let mut page = terminal.paint(Style::Literal, actor.id) + "\n";
    let said = Message::new("cli-drill-host-absent").with("reason", reason.clone());
    lines(&terminal.words.say(&said), "    ", "      ", terminal, &mut page);
    page
}

fn lines(text: &str, first: &str, rest: &str, terminal: &Terminal, page: &mut String) {
    for line in wrap(text, first, rest, terminal.columns.min(WIDEST)) {
        *page += &line;
        page.push('\n');
    }
}

fn table(truths: &[HostTruth]) -> String {
    let rows: String = truths.iter().map(HostTruth::row).collect();
    format!("{HOST_TRUTH_HEADER}{rows}")
}
