//! Why: the points of a machine as a waterfall from the prior to the verdict, each with where it can be checked.

use super::details;
use super::sheet::Sheet;
use crate::{Style, display_filter, evidence_place, headline};
use model::{Case, CaseFinding, Group, HostVerdict, Message, Origin, Tenths};

/// At most so many cited places are written out for one finding; JSON has all 16.
const PLACES: usize = 6;

pub(super) fn write(case: &Case, host: &HostVerdict, sheet: &mut Sheet<'_>) {
    details::who(case, host, sheet);
    let (counted, others): (Vec<_>, Vec<_>) = host
        .findings
        .iter()
        .filter_map(|index| case.findings.get(*index))
        .partition(|finding| finding.counted != Tenths(0));
    let scale = Scale::of(case.prior, &counted, sheet.columns());
    let mut sum = case.prior;
    step(Tenths(0), sum, &scale, &sheet.words.term("report-why-prior"), sheet);
    for group in groups(&counted) {
        let members: Vec<_> = counted.iter().filter(|finding| group_of(finding) == group).collect();
        for finding in &members {
            let after = Tenths(sum.0.saturating_add(finding.counted.0));
            let text = named(finding, sheet);
            step(sum, after, &scale, &text, sheet);
            sum = after;
            reasons(finding, host, sheet);
        }
        if members.len() > 1 {
            let total = members.iter().fold(0i32, |sum, finding| sum.saturating_add(finding.counted.0));
            let message = Message::new("report-why-group")
                .with("group", Message::new(headline::group(group)))
                .with("sum", signed(Tenths(total)))
                .with("cap", signed(group.cap().max(Tenths(total))));
            let text = sheet.say(&message);
            sheet.paragraph(&sheet.paint(Style::Quiet, &text), DETAIL, DETAIL);
        }
    }
    verdict(host, sheet);
    uncounted(&others, host, sheet);
    closing(host, sheet);
}

fn named(finding: &CaseFinding, sheet: &Sheet<'_>) -> String {
    format!("{}  {}", sheet.paint(Style::Literal, &finding.id), sheet.say(&finding.finding.message))
}

/// Where the lines below a step begin.
const DETAIL: &str = "          ";

/// The bar's window of points, and how many columns it has.
struct Scale {
    low: i32,
    high: i32,
    columns: usize,
}

impl Scale {
    fn of(prior: Tenths, counted: &[&CaseFinding], page: usize) -> Scale {
        let (mut low, mut high, mut sum) = (prior.0.min(0), prior.0.max(0), prior.0);
        for finding in counted {
            sum = sum.saturating_add(finding.counted.0);
            low = low.min(sum);
            high = high.max(sum);
        }
        Scale { low, high: high.max(low.saturating_add(1)), columns: if page >= 110 { 30 } else { 18 } }
    }

    fn column(&self, points: i32) -> usize {
        let span = i64::from(self.high) - i64::from(self.low);
        let into = (i64::from(points) - i64::from(self.low)).clamp(0, span);
        usize::try_from(into * self.columns as i64 / span.max(1)).unwrap_or(0)
    }

    /// The part of the bar between two sums, at least one column wide.
    fn bar(&self, from: Tenths, to: Tenths) -> String {
        let (left, right) = (self.column(from.0.min(to.0)), self.column(from.0.max(to.0)));
        let left = left.min(self.columns - 1);
        let right = right.max(left + 1);
        let fill = if to < from { '▒' } else { '█' };
        let zero = self.column(0);
        (0..=self.columns)
            .map(|column| match column {
                _ if (left..right).contains(&column) => fill,
                _ if column == zero => '┊',
                _ => ' ',
            })
            .collect()
    }
}

fn step(from: Tenths, to: Tenths, scale: &Scale, text: &str, sheet: &mut Sheet<'_>) {
    let points = Tenths(to.0.saturating_sub(from.0));
    let style = if points.0 < 0 { Style::Good } else { Style::Warning };
    let bar = sheet.paint(style, &scale.bar(from, to));
    let first = format!("{:>8}  {bar}  ", signed(points));
    let rest = " ".repeat(crate::width(&first));
    sheet.paragraph(text, &first, &rest);
}

/// Weight, places and filter of a finding.
fn reasons(finding: &CaseFinding, host: &HostVerdict, sheet: &mut Sheet<'_>) {
    if let Some(weight) = finding.finding.weight {
        let message = Message::new("report-why-weight")
            .with("group", Message::new(headline::group(weight.group)))
            .with("points", signed(finding.points))
            .with("kind", Message::new(headline::kind(weight.kind)))
            .with("source", weight.source);
        let conclusive =
            if finding.conclusive { sheet.words.term("report-why-conclusive") } else { String::new() };
        let text = sheet.say(&message) + &conclusive + &details::when(finding, sheet);
        sheet.paragraph(&text, DETAIL, DETAIL);
    }
    let facts = details::facts(finding, sheet);
    if !facts.is_empty() {
        sheet.paragraph(&facts, DETAIL, DETAIL);
    }
    places(finding, sheet);
    let said = finding.finding.key.host.address().filter(|address| !address.is_unspecified());
    if let Some(filter) = display_filter(&finding.finding, said.or(host.addresses.first().copied())) {
        // In one piece, so that it can be copied; the terminal breaks it if it must.
        let filter = sheet.paint(Style::Literal, &filter);
        sheet.line(&format!("{DETAIL}Wireshark: {filter}"));
    }
}

fn places(finding: &CaseFinding, sheet: &mut Sheet<'_>) {
    let mut places: Vec<(Origin, Vec<String>)> = Vec::new();
    for cited in &finding.finding.cited {
        let shows = sheet.say(&cited.excerpt);
        match places.iter_mut().find(|(origin, _)| *origin == cited.origin) {
            Some((_, all)) => all.push(shows),
            None => places.push((cited.origin, vec![shows])),
        }
    }
    let separator = sheet.words.term("report-semicolon");
    for (origin, shows) in places.iter().take(PLACES) {
        let text = sheet.say(&place(*origin)) + &shows.join(&separator);
        let rest = format!("{DETAIL}  ");
        sheet.paragraph(&text, DETAIL, &rest);
    }
    let more = places.len().saturating_sub(PLACES) as u64;
    if more > 0 {
        let text = sheet.say(&Message::new("report-why-more-places").with("count", more));
        sheet.paragraph(&text, DETAIL, DETAIL);
    }
}

fn place(origin: Origin) -> Message {
    let at = evidence_place(origin.at);
    Message::new("report-why-place").with("evidence", origin.evidence.to_string()).with("at", at)
}

fn verdict(host: &HostVerdict, sheet: &mut Sheet<'_>) {
    let word = sheet.words.term(headline::verdict(host));
    let line = format!("{:>8}  {}", signed(host.points), sheet.paint(Style::of(host.level), &word));
    sheet.line(&format!("  {}", "─".repeat(6)));
    sheet.line(&line);
}

/// What was seen and not counted, with the reason: the innocent explanations.
fn uncounted(others: &[&CaseFinding], host: &HostVerdict, sheet: &mut Sheet<'_>) {
    if others.is_empty() {
        return;
    }
    let title = sheet.words.term("report-why-not-counted");
    sheet.paragraph(&title, "  ", "  ");
    for finding in others {
        let text = named(finding, sheet);
        sheet.paragraph(&text, "    ", "        ");
        if let Some(explained) = &finding.explained {
            let because = sheet.say(&Message::new("report-why-explained").with("reason", explained.clone()));
            sheet.paragraph(&because, DETAIL, DETAIL);
        }
        reasons(finding, host, sheet);
    }
}

fn closing(host: &HostVerdict, sheet: &mut Sheet<'_>) {
    if !host.not_found.is_empty() {
        let listed: Vec<String> = host.not_found.iter().map(|message| sheet.say(message)).collect();
        let listed = listed.join(&sheet.words.term("report-semicolon"));
        sheet.paragraph(&(sheet.words.term("report-why-not-found") + &listed), "  ", "    ");
    }
    if let Some(next) = &host.next_fact {
        let text = sheet.words.term("report-why-next") + &sheet.say(&next.message);
        sheet.paragraph(&text, "  ", "    ");
    }
}

/// What the bars and the words behind them mean: once, above the first machine.
pub(super) fn legend(sheet: &mut Sheet<'_>) {
    sheet.gap();
    let text = sheet.words.term("report-why-legend");
    let quiet = sheet.paint(Style::Quiet, &text);
    sheet.paragraph(&quiet, "", "");
}

fn group_of(finding: &CaseFinding) -> Group {
    finding.finding.weight.map_or(Group::Context, |weight| weight.group)
}

/// The groups that occur, in the order of the case.
fn groups(findings: &[&CaseFinding]) -> Vec<Group> {
    let mut seen = Vec::new();
    for finding in findings {
        if !seen.contains(&group_of(finding)) {
            seen.push(group_of(finding));
        }
    }
    seen
}

/// Points with their sign, as sums are read.
fn signed(points: Tenths) -> String {
    if points.0 > 0 { format!("+{points}") } else { points.to_string() }
}
