//! One machine in short: who it is, and its findings one line each.

use super::sheet::Sheet;
use crate::layout::pad;
use crate::words::grouped;
use crate::{Style, escape, headline, width};
use model::{Case, CaseFinding, HostVerdict, Message, Value};

/// Facts that the first lines or the finding's own sentence already say, or that only programs need.
const SAID: [&str; 5] = ["protocol", "pool", "coin_from", "login", "wallet_check"];

pub(super) fn write(case: &Case, host: &HostVerdict, sheet: &mut Sheet<'_>) {
    if host.findings.is_empty() {
        return;
    }
    who(host, sheet);
    let findings: Vec<&CaseFinding> =
        host.findings.iter().filter_map(|index| case.findings.get(*index)).collect();
    let indent = findings.iter().map(|finding| width(&finding.id)).max().unwrap_or(0) + 4;
    let rest = " ".repeat(indent);
    for finding in findings {
        let first = format!("  {}", pad(&sheet.paint(Style::Literal, &finding.id), indent - 2));
        let line = format!("{}{}", sheet.say(&finding.finding.message), when(finding, sheet));
        sheet.paragraph(&line, &first, &rest);
        let facts = facts(finding, &SAID, sheet);
        if !facts.is_empty() {
            let quiet = sheet.paint(Style::Quiet, &facts);
            sheet.paragraph(&quiet, &rest, &rest);
        }
    }
}

/// The machine's title line: label, roles, points, coverage, and what else it is called.
pub(super) fn who(host: &HostVerdict, sheet: &mut Sheet<'_>) {
    let mut parts: Vec<String> =
        host.roles.iter().map(|role| sheet.words.term(headline::role(*role))).collect();
    parts.push(sheet.say(&Message::new("report-points").with("points", host.points.to_string())));
    parts.push(sheet.words.term(headline::coverage(host.coverage)));
    let others = host.addresses.iter().skip(1).map(ToString::to_string);
    let names = host.names.iter().skip(1).map(|name| escape::text(name, escape::SENTENCE_CHARS));
    let known: Vec<String> = others.chain(names).chain(host.macs.iter().map(ToString::to_string)).collect();
    if !known.is_empty() {
        parts.push(sheet.say(&Message::new("report-also").with("names", known.join(" "))));
    }
    let label = sheet.say(&headline::label(host));
    sheet.gap();
    let line = format!("{} · {}", sheet.paint(Style::Title, &label), parts.join(" · "));
    sheet.paragraph(&line, "", "  ");
    for remark in &host.remarks {
        let remark = sheet.say(remark);
        sheet.paragraph(&remark, "  ! ", "    ");
    }
}

/// ` · 09:12–17:40 · 3×`.
pub(super) fn when(finding: &CaseFinding, sheet: &Sheet<'_>) -> String {
    let clock = sheet.words.clock();
    let (first, last) = (clock.minute(finding.finding.first), clock.minute(finding.finding.last));
    let mut text = if first == last { format!(" · {first}") } else { format!(" · {first}–{last}") };
    if finding.finding.count > 1 {
        text += &format!(" · {}×", grouped(finding.finding.count));
    }
    text
}

/// `coin XMR · worker rig1 · shares accepted 214`.
pub(super) fn facts(finding: &CaseFinding, without: &[&str], sheet: &Sheet<'_>) -> String {
    let shown = finding.finding.facts.iter().filter(|(name, _)| !without.contains(name));
    let parts: Vec<String> =
        shown.map(|(name, value)| format!("{} {}", label(name), show(value, sheet))).collect();
    parts.join(" · ")
}

/// Facts keep the names they have in JSON, with spaces: the field's words in every language.
fn label(name: &str) -> String {
    name.replace('_', " ")
}

fn show(value: &Value, sheet: &Sheet<'_>) -> String {
    match value {
        Value::Text(text) => escape::text(text, escape::VALUE_CHARS),
        Value::Count(count) => grouped(*count),
        Value::Number(number) => number.to_string(),
        Value::Flag(true) => sheet.words.term("report-yes"),
        Value::Flag(false) => sheet.words.term("report-no"),
    }
}
