//! `minehound scan`: investigates evidence and says who mines.

use crate::Outcome;
use crate::failure::Failure;
use crate::investigate::investigate;
use crate::options::ScanOptions;
use crate::output::Output;
use crate::progress::Progress;
use crate::sandbox;
use crate::terminal::Terminal;
use clap::ArgMatches;
use engine::Extracted;
use jiff::Timestamp;
use model::{Case, Level, Message, Time};
use report::{Run, View};

/// Does it.
pub(crate) fn run(matches: &ArgMatches, terminal: &Terminal) -> Result<Outcome, Failure> {
    let options = ScanOptions::of(matches, terminal)?;
    options.output.spare(&options.evidence)?;
    if let Some(extract) = &options.extract {
        extract.spare(&options.evidence)?;
    }
    let answer = options.output.open()?;
    let extract = options.extract.as_ref().map(Output::open).transpose()?;

    let started = now();
    let sandbox = sandbox::enter(&options, terminal);
    let mut progress = Progress::new(&terminal.words, options.progress, options.quiet);
    let done = investigate(&options, terminal, extract, &mut |step| progress.show(step));
    progress.done();
    let (case, extracted) = done?;
    complain(&case, terminal);
    if let Some(host) = options.keep.host.as_deref().filter(|_| case.hosts.is_empty()) {
        return Err(Message::new("cli-no-such-host").with("host", host).into());
    }

    let view = View {
        lang: terminal.words.lang(),
        clock: terminal.clock.clone(),
        columns: if options.output.is_stdout() { terminal.columns } else { terminal.file_columns },
        colour: terminal.colour && options.output.is_stdout(),
        why: options.why,
        narrowed: options.keep.host.is_some(),
        version: env!("CARGO_PKG_VERSION"),
        run: Run { started, finished: now(), sandbox },
    };
    let text = match &options.show {
        Some(finding) => report::dialogue(&case, finding, &view)?,
        None => (options.renderer.render)(&case, &view),
    };
    let outcome = outcome(&case, options.fail_on);
    match answer.write(text.as_bytes()) {
        // The reader of our output has seen enough.
        Ok(()) | Err(Failure::Unheard) => {}
        Err(failure) => return Err(failure),
    }
    if let (Some(extracted), false) = (extracted?, options.quiet) {
        remark(extracted, terminal);
    }
    Ok(outcome)
}

/// What there is to know of an extract besides that it was written.
fn remark(extracted: Extracted, terminal: &Terminal) {
    let message = match extracted {
        Extracted { packets: 0, .. } => "cli-extract-empty",
        Extracted { is_complete: false, .. } => "cli-extract-incomplete",
        Extracted { .. } => return,
    };
    terminal.warn(&terminal.words.say(&Message::new(message)));
}

/// What was named and could not be used is said on stderr too: the answer may go to a file.
fn complain(case: &Case, terminal: &Terminal) {
    for error in &case.errors {
        let line = Message::new("cli-unused")
            .with("source", error.source.as_str())
            .with("reason", error.reason.clone());
        terminal.warn(&terminal.words.say(&line));
    }
    for item in &case.evidence {
        for gap in item.gaps.iter().filter(|gap| gap.cuts_short()) {
            let line = Message::new("cli-unused")
                .with("source", item.source.as_str())
                .with("reason", gap.reason.clone());
            terminal.warn(&terminal.words.say(&line));
        }
    }
}

fn outcome(case: &Case, fail_on: Option<Level>) -> Outcome {
    let found = fail_on.is_some_and(|level| case.hosts.iter().any(|host| host.level >= level));
    match (found, case.errors.is_empty()) {
        (true, _) => Outcome::Found,
        (false, true) => Outcome::Quiet,
        (false, false) => Outcome::Impossible,
    }
}

fn now() -> Time {
    Time::from_secs(Timestamp::now().as_second())
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::SourceError;

    /// The table of the contract: 1 when a host is found all the same, 2 when evidence failed, else 0.
    #[test]
    fn a_host_found_outweighs_evidence_that_failed() {
        let mut case = Case::default();
        assert_eq!(outcome(&case, Some(Level::Probable)), Outcome::Quiet);
        case.errors.push(SourceError { source: "x".to_owned(), reason: Message::new("cli-io-not-found") });
        assert_eq!(outcome(&case, Some(Level::Probable)), Outcome::Impossible);
    }
}
