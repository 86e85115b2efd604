//! What was read, what of it could not be, and what could not be used at all.

use super::sheet::Sheet;
use crate::words::grouped;
use crate::{Style, escape, evidence_place};
use model::{Case, EvidenceSummary, GapSummary, Message};

/// How many pieces of evidence are listed one by one; more are summed up in a line (JSON lists all).
const LISTED: usize = 20;

pub(super) fn write(case: &Case, sheet: &mut Sheet<'_>) {
    if !case.evidence.is_empty() {
        let title = sheet.words.term("report-title-evidence");
        sheet.title(&title);
    }
    let troubled = |item: &&EvidenceSummary| !item.gaps.is_empty();
    let (first, others): (Vec<_>, Vec<_>) = {
        let mut items: Vec<&EvidenceSummary> = case.evidence.iter().collect();
        if items.len() > LISTED {
            // Those with gaps first: they are the ones to look at.
            items.sort_by_key(|item| !troubled(item));
        }
        let rest = items.split_off(items.len().min(LISTED));
        (items, rest)
    };
    for item in first {
        piece(item, others.is_empty(), sheet);
    }
    if !others.is_empty() {
        let more = sheet.say(&Message::new("report-more-evidence").with("count", others.len() as u64));
        sheet.paragraph(&more, "  ", "  ");
    }
    errors(case, sheet);
}

/// `hashed`: with its SHA-256; where there are many pieces, JSON has them all.
fn piece(item: &EvidenceSummary, hashed: bool, sheet: &mut Sheet<'_>) {
    let clock = sheet.words.clock();
    let source = escape::text(&item.source, escape::SENTENCE_CHARS);
    let mut parts = vec![source, item.reader.to_owned()];
    parts.push(sheet.say(&Message::new("report-records").with("count", item.records)));
    parts.push(bytes(item.bytes));
    if let (Some(first), Some(last)) = (item.first, item.last) {
        parts.push(clock.span(first, last));
    }
    let first = format!("  {}  ", item.id);
    let rest = " ".repeat(first.len());
    sheet.paragraph(&parts.join(" · "), &first, &rest);
    if let Some(sha256) = item.sha256.as_ref().filter(|_| hashed) {
        let hash = sheet.paint(Style::Quiet, &format!("sha256 {sha256}"));
        sheet.line(&format!("{rest}{hash}"));
    }
    for gap in &item.gaps {
        let said = sheet.say(&gap_message(gap));
        sheet.paragraph(&said, &format!("{rest}! "), &format!("{rest}  "));
    }
}

fn gap_message(gap: &GapSummary) -> Message {
    let message = Message::new("report-gap").with("reason", gap.reason.clone()).with("count", gap.count);
    message.with("at", evidence_place(gap.at))
}

fn errors(case: &Case, sheet: &mut Sheet<'_>) {
    if case.errors.is_empty() {
        return;
    }
    let title = sheet.words.term("report-title-errors");
    sheet.title(&title);
    for error in &case.errors {
        let source = escape::text(&error.source, escape::SENTENCE_CHARS);
        let line = format!("{source}: {}", sheet.say(&error.reason));
        sheet.paragraph(&line, "  ", "    ");
    }
}

/// `1.9 MB`, with decimal units as capture tools and disks count.
fn bytes(count: u64) -> String {
    const UNITS: [(u64, &str); 4] =
        [(1_000_000_000_000, "TB"), (1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    for (size, unit) in UNITS {
        if count >= size {
            let tenths = count / (size / 10);
            return format!("{}.{} {unit}", grouped(tenths / 10), tenths % 10);
        }
    }
    format!("{count} B")
}
