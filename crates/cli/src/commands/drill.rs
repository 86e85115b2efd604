//! `minehound drill`: harmless exercises whose truth is known. A capture is written here; `drill_host` acts.

use crate::Outcome;
use crate::arguments::{HOST, TRAFFIC};
use crate::failure::Failure;
use crate::nearest::nearest;
use crate::options::value;
use crate::output::Output;
use crate::terminal::Terminal;
use crate::values::{number, text};
use clap::ArgMatches;
use drill::{ByteOrder, Precision, SCENARIOS, Scene, TRUTH_HEADER};
use model::Message;
use report::{Style, width, wrap};
use std::ffi::OsStr;
use std::io::{self, IsTerminal};
use std::path::Path;

/// Does it.
pub(crate) fn run(matches: &ArgMatches, terminal: &Terminal) -> Result<Outcome, Failure> {
    match matches.subcommand() {
        Some((TRAFFIC, matches)) => traffic(matches, terminal),
        #[cfg(target_os = "linux")]
        Some((HOST, matches)) => super::drill_host::run(matches, terminal),
        #[cfg(not(target_os = "linux"))]
        Some((HOST, _)) => Err(Message::new("cli-drill-host-linux").into()),
        _ => Err(Message::new("cli-missing-command").into()),
    }
}

fn traffic(matches: &ArgMatches, terminal: &Terminal) -> Result<Outcome, Failure> {
    let scenario = value(matches, "scenario").map(|raw| text("SCENARIO", raw)).transpose()?;
    let Some(scenario) = scenario.filter(|_| !matches.get_flag("list")) else {
        Output::Stdout.write(list(terminal).as_bytes())?;
        return Ok(Outcome::Quiet);
    };
    let seed = value(matches, "seed").map(|raw| text("--seed", raw)).transpose()?;
    let seed = seed.map_or(Ok(1), |word| number("--seed", word, 0, u64::MAX))?;
    let Some(scene) = drill::traffic(scenario, seed) else { return Err(unknown(scenario).into()) };
    let target = value(matches, "output");
    if target.is_none() && io::stdout().is_terminal() {
        return Err(Message::new("cli-drill-terminal").into());
    }
    Output::of("--output", target)?.write(&capture(&scene, target)?)?;
    if let Some(path) = value(matches, "truth") {
        let name =
            target.map(|name| report::escape::bytes(name.as_encoded_bytes(), report::escape::VALUE_CHARS));
        let rows = scene.truth_rows(name.as_deref().unwrap_or("-"));
        Output::File(path.into()).write(format!("{TRUTH_HEADER}{rows}").as_bytes())?;
    }
    Ok(Outcome::Quiet)
}

/// pcapng, or classic pcap where the file is named so.
fn capture(scene: &Scene, target: Option<&OsStr>) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let classic = target.is_some_and(|name| Path::new(name).extension().is_some_and(|end| end == "pcap"));
    let written = if classic {
        scene.write_pcap(&mut bytes, ByteOrder::Little, Precision::Nano)
    } else {
        scene.write_pcapng(&mut bytes, ByteOrder::Little)
    };
    let target = target.unwrap_or(OsStr::new("-"));
    written.map_err(|error| crate::failure::file("cli-cannot-write", Path::new(target), &error))?;
    Ok(bytes)
}

fn list(terminal: &Terminal) -> String {
    let mut page = terminal.words.term("cli-drill-list") + "\n\n";
    let left = SCENARIOS.iter().map(|scenario| width(scenario.id)).max().unwrap_or(0);
    for scenario in SCENARIOS {
        let id = terminal.paint(Style::Literal, scenario.id);
        let first = format!("  {id}{}  ", " ".repeat(left - width(scenario.id)));
        for line in wrap(scenario.summary, &first, &" ".repeat(left + 4), terminal.columns.min(100)) {
            page += &line;
            page.push('\n');
        }
    }
    page
}

fn unknown(scenario: &str) -> Message {
    let hint = match nearest(scenario, SCENARIOS.iter().map(|known| known.id)) {
        Some(word) => Message::new("cli-did-you-mean").with("word", word),
        None => Message::new("cli-drill-see-list"),
    };
    Message::new("cli-drill-unknown").with("scenario", scenario).with("hint", hint)
}
