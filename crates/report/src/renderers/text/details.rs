//! One machine in short: who it is, and its findings one line each.

use super::sheet::Sheet;
use crate::layout::pad;
use crate::words::grouped;
use crate::{Style, escape, headline, width};
use model::{Case, CaseFinding, HostVerdict, Message, Value};

/// The facts that people ask for first; `--why` shows all of them.
const FIRST: [&str; 8] = ["coin", "worker", "hashrate", "agent", "via", "upstream", "node_agent", "wallet"];

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
        let facts = first_facts(finding, sheet);
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

/// ` · 09:12–17:40`.
pub(super) fn when(finding: &CaseFinding, sheet: &Sheet<'_>) -> String {
    format!(" · {}", sheet.words.clock().span(finding.finding.first, finding.finding.last))
}

/// `coin XMR · worker rig1 · shares accepted 214`.
pub(super) fn facts(finding: &CaseFinding, sheet: &Sheet<'_>) -> String {
    let parts: Vec<String> =
        finding.finding.facts.iter().map(|(name, value)| fact(name, value, sheet)).collect();
    parts.join(" · ")
}

/// Those that people ask for first, in that order.
fn first_facts(finding: &CaseFinding, sheet: &Sheet<'_>) -> String {
    let facts = &finding.finding.facts;
    let known = FIRST.iter().filter_map(|name| facts.value(name).map(|value| fact(name, value, sheet)));
    known.collect::<Vec<_>>().join(" · ")
}

/// A fact keeps the name it has in JSON, with spaces: the field's words in every language.
fn fact(name: &str, value: &Value, sheet: &Sheet<'_>) -> String {
    let label = name.replace('_', " ");
    match (name, value) {
        ("hashrate" | "hashrate_low" | "hashrate_high", Value::Number(rate)) => {
            format!("{label} {}", hashrate(*rate))
        }
        _ => format!("{label} {}", show(value, sheet)),
    }
}

/// `1.91 kH/s`: three digits and a decimal prefix.
fn hashrate(rate: f64) -> String {
    const PREFIXES: [(f64, &str); 6] =
        [(1e18, "E"), (1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")];
    let large = PREFIXES.iter().find(|(size, _)| rate >= *size);
    let (scaled, prefix) = large.map_or((rate, ""), |(size, prefix)| (rate / size, *prefix));
    let decimals = match scaled {
        _ if scaled >= 100.0 => 0,
        _ if scaled >= 10.0 => 1,
        _ => 2,
    };
    format!("{scaled:.decimals$} {prefix}H/s")
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
