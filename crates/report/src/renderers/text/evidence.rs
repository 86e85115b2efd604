//! What was read, what of it could not be, and what could not be used at all.

use super::sheet::Sheet;
use super::unseen;
use crate::words::grouped;
use crate::{Style, escape, evidence_place};
use model::{At, Case, EvidenceSummary, GapSummary, Message};

/// With more pieces of evidence than this only those with gaps are listed, at most so many; `--why` lists all.
const LISTED: usize = 20;

pub(super) fn write(case: &Case, sheet: &mut Sheet<'_>) {
    if !case.evidence.is_empty() {
        let title = sheet.words.term("report-title-evidence");
        sheet.title(&title);
    }
    let mut items: Vec<&EvidenceSummary> = case.evidence.iter().collect();
    items.sort_by_key(|item| item.id);
    let all = items.len();
    if all > LISTED && !sheet.view.why {
        // Those with gaps are the ones to look at.
        items.retain(|item| !item.gaps.is_empty());
        items.truncate(LISTED);
    }
    let more = (all - items.len()) as u64;
    for item in items {
        piece(item, more == 0, sheet);
    }
    if more > 0 {
        let text = sheet.say(&Message::new("report-more-evidence").with("count", more));
        sheet.paragraph(&text, "  ", "  ");
    }
    errors(case, sheet);
}

/// `hashed`: with its SHA-256; where there are many pieces, `--why` and JSON have them all.
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
    let id = if gap.at == At::Whole { "report-gap-whole" } else { "report-gap" };
    let message = Message::new(id).with("reason", gap.reason.clone()).with("count", gap.count);
    if gap.at == At::Whole { message } else { message.with("at", evidence_place(gap.at)) }
}

fn errors(case: &Case, sheet: &mut Sheet<'_>) {
    // Where nothing could be read at all, the reasons stand on stderr and there is nothing beside them.
    if case.errors.is_empty() || unseen::nothing_read(case) {
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
