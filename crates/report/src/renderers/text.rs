//! For people: the answer first, what to do second, details below; points and origins when asked why.

mod details;
mod evidence;
mod fact;
mod sheet;
mod unseen;
mod why;

use super::Renderer;
use crate::view::span;
use crate::{Sandbox, Style, View, headline};
use model::{Case, HostVerdict, Level, Message, Meta, UnitKind};
use sheet::Sheet;
use unseen::Claim;

pub(crate) static UNIT: Renderer = Renderer {
    meta: Meta {
        id: "text",
        kind: UnitKind::Renderer,
        summary: "report-text-summary",
        doc: include_str!("text.md"),
        doc_zh: include_str!("text.zh.md"),
        since: "0.1.0",
        messages: &[],
        parameters: &[],
    },
    render,
};

fn render(case: &Case, view: &View) -> String {
    let mut sheet = Sheet::new(case, view);
    answer(case, &mut sheet);
    if view.why && !case.hosts.is_empty() {
        why::legend(&mut sheet);
    }
    for host in &case.hosts {
        if view.why {
            why::write(case, host, &mut sheet);
        } else {
            details::write(case, host, &mut sheet);
        }
    }
    evidence::write(case, &mut sheet);
    if view.why {
        sandbox(view.run.sandbox, &mut sheet);
    }
    footer(case, &mut sheet);
    sheet.finish()
}

/// The first lines: one pair per machine, worst first, and what could not be seen.
fn answer(case: &Case, sheet: &mut Sheet<'_>) {
    let (told, quiet): (Vec<_>, Vec<_>) = case.hosts.iter().partition(|host| is_told(case, host));
    let mining = told.iter().any(|host| host.level >= Level::Suspicious || host.headline.act.is_some());
    if !mining && !sheet.view.narrowed {
        unseen::write(case, &Claim::Nobody, sheet);
        sheet.gap();
    }
    for host in &told {
        pair(case, host, sheet);
    }
    for host in &quiet {
        let line = fitting(case, host, sheet);
        sheet.line(&line);
    }
    if sheet.view.narrowed {
        sheet.gap();
        unseen::write(case, &Claim::Nothing, sheet);
    } else if mining {
        sheet.gap();
        let others = case.unseen.hosts.saturating_sub(told.len() as u64);
        unseen::write(case, &Claim::Others(others), sheet);
    }
}

/// Whether there is something to say of a machine.
fn is_told(case: &Case, host: &HostVerdict) -> bool {
    host.level > Level::Clear || !host.roles.is_empty() || headline::is_attack(case, host)
}

/// The first line as full as it fits; the shortest where none does.
fn fitting(case: &Case, host: &HostVerdict, sheet: &Sheet<'_>) -> String {
    let full = sheet.say_dated(&headline::first_line(case, host));
    if crate::width(&full) <= sheet.columns() {
        return full;
    }
    let [alone, uncounted, undated] = headline::shorter_lines(case, host);
    let shorter = [sheet.say_dated(&alone), sheet.say_dated(&uncounted), sheet.say(&uncounted)];
    let fits = shorter.into_iter().find(|line| crate::width(line) <= sheet.columns());
    fits.unwrap_or_else(|| sheet.say(&undated))
}

fn pair(case: &Case, host: &HostVerdict, sheet: &mut Sheet<'_>) {
    let verdict = sheet.words.term(headline::verdict(host));
    let line = fitting(case, host, sheet);
    // The verdict stands at one end of the line in every language.
    let line = match line.strip_suffix(&verdict) {
        Some(head) => format!("{head}{}", sheet.paint(Style::of(host.level), &verdict)),
        None => line,
    };
    // Who mines and how sure that is stand beside each other, however narrow the page; the tale of an attack does not.
    if host.level == Level::Clear && headline::is_attack(case, host) {
        sheet.paragraph(&line, "", "  ");
    } else {
        sheet.line(&line);
    }
    let advice = headline::second_line(host, &sheet.words);
    // Of a machine that is clear nothing needs to be done.
    if !advice.is_empty() && host.level > Level::Clear {
        sheet.paragraph(&advice, "  → ", "    ");
    }
}

/// What this run could not have done, whatever the evidence made of it.
fn sandbox(sandbox: Sandbox, sheet: &mut Sheet<'_>) {
    let message = match (sandbox.landlock, sandbox.seccomp) {
        (Some(abi), true) => Message::new("report-sandbox").with("abi", u64::from(abi)),
        (Some(abi), false) => Message::new("report-sandbox-landlock").with("abi", u64::from(abi)),
        (None, true) => Message::new("report-sandbox-seccomp"),
        (None, false) => Message::new("report-sandbox-none"),
    };
    sheet.gap();
    let text = sheet.say(&message);
    let quiet = sheet.paint(Style::Quiet, &text);
    sheet.paragraph(&quiet, "", "");
}

/// The zone, once, and where to read on.
fn footer(case: &Case, sheet: &mut Sheet<'_>) {
    sheet.gap();
    let mut parts = Vec::new();
    if let Some((first, _)) = span(case) {
        let clock = sheet.words.clock();
        let zone = clock.zone_name(first);
        parts.push(match clock.day() {
            Some(day) => sheet.say(&Message::new("report-zone-day").with("zone", zone).with("day", day)),
            None => sheet.say(&Message::new("report-zone").with("zone", zone)),
        });
    }
    if let (Some(finding), false) = (case.findings.first(), sheet.view.why) {
        parts.push(sheet.say(&Message::new("report-read-on").with("finding", finding.id.as_str())));
    }
    let text = parts.join(&sheet.words.term("report-after-sentence"));
    if !text.is_empty() {
        let quiet = sheet.paint(Style::Quiet, &text);
        sheet.paragraph(&quiet, "", "");
    }
}

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
