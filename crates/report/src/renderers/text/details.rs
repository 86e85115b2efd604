//! One machine in short: who it is, and its findings one line each.

use super::fact::fact;
use super::sheet::Sheet;
use crate::layout::pad;
use crate::{Style, escape, headline, width};
use model::{Case, CaseFinding, HostVerdict, Message, Value};

/// The facts that people ask for first; `--why` shows all of them.
const FIRST: [&str; 8] = ["coin", "worker", "hashrate", "agent", "via", "upstream", "node_agent", "wallet"];
/// At most so many findings of one machine are listed; `--why` and JSON have all of them.
const LISTED: usize = 24;

pub(super) fn write(case: &Case, host: &HostVerdict, sheet: &mut Sheet<'_>) {
    if host.findings.is_empty() {
        return;
    }
    who(case, host, sheet);
    let findings: Vec<&CaseFinding> =
        host.findings.iter().filter_map(|index| case.findings.get(*index)).collect();
    let indent = findings.iter().map(|finding| width(&finding.id)).max().unwrap_or(0) + 4;
    let rest = " ".repeat(indent);
    for finding in findings.iter().take(LISTED) {
        let first = format!("  {}", pad(&sheet.paint(Style::Literal, &finding.id), indent - 2));
        let line = format!("{}{}", sheet.say(&finding.finding.message), when(finding, sheet));
        sheet.paragraph(&line, &first, &rest);
        let facts = first_facts(finding, sheet);
        if !facts.is_empty() {
            let quiet = sheet.paint(Style::Quiet, &facts);
            sheet.paragraph(&quiet, &rest, &rest);
        }
    }
    let more = findings.len().saturating_sub(LISTED) as u64;
    if more > 0 {
        let text = sheet.say(&Message::new("report-more-findings").with("count", more));
        sheet.paragraph(&text, "  ", "    ");
    }
}

/// The machine's title line: label, roles, points, coverage, and what else it is called.
pub(super) fn who(case: &Case, host: &HostVerdict, sheet: &mut Sheet<'_>) {
    let mut parts: Vec<String> =
        host.roles.iter().map(|role| sheet.words.term(headline::role(*role))).collect();
    parts.push(sheet.say(&Message::new("report-points").with("points", host.points.to_string())));
    parts.push(sheet.words.term(headline::coverage(case, host.coverage)));
    let others = host.addresses.iter().skip(1).map(ToString::to_string);
    let names = host.names.iter().skip(1).map(|name| escape::text(name, escape::SENTENCE_CHARS));
    let known: Vec<String> = others.chain(names).collect();
    if !known.is_empty() {
        parts.push(sheet.say(&Message::new("report-also").with("names", known.join(" "))));
    }
    if !host.macs.is_empty() {
        let macs: Vec<String> = host.macs.iter().map(ToString::to_string).collect();
        parts.push(format!("MAC {}", macs.join(" ")));
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

/// ` · 09:12–17:40`; nothing where the evidence states no time.
pub(super) fn when(finding: &CaseFinding, sheet: &Sheet<'_>) -> String {
    if !finding.finding.first.is_known() {
        return String::new();
    }
    format!(" · {}", sheet.words.clock().span(finding.finding.first, finding.finding.last))
}

/// `coin XMR · worker rig1 · shares accepted 214`.
pub(super) fn facts(finding: &CaseFinding, sheet: &Sheet<'_>) -> String {
    let facts = &finding.finding.facts;
    let wallet = facts.text_of("wallet");
    let shown = facts.iter().filter_map(|(name, value)| match (name, value, wallet) {
        ("login", Value::Text(login), Some(wallet)) => login_beside(login, wallet, sheet),
        _ => fact(name, value, facts, sheet),
    });
    shown.collect::<Vec<_>>().join(" · ")
}

/// A login without the wallet in it, which is a fact of its own: it is long and said once.
fn login_beside(login: &str, wallet: &str, sheet: &Sheet<'_>) -> Option<String> {
    if login.eq_ignore_ascii_case(wallet) {
        return None;
    }
    // Lower case in ASCII keeps every byte in its place.
    let at = login.to_ascii_lowercase().find(&wallet.to_ascii_lowercase());
    let shown = at.map_or_else(
        || login.to_owned(),
        |at| {
            let mark = sheet.words.term("report-login-wallet");
            format!("{}{mark}{}", &login[..at], &login[at + wallet.len()..])
        },
    );
    fact("login", &Value::Text(shown), &model::Facts::default(), sheet)
}

/// Those that people ask for first, in that order.
fn first_facts(finding: &CaseFinding, sheet: &Sheet<'_>) -> String {
    let facts = &finding.finding.facts;
    let known =
        FIRST.iter().filter_map(|name| facts.value(name).and_then(|value| fact(name, value, facts, sheet)));
    known.collect::<Vec<_>>().join(" · ")
}
