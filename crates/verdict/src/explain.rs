//! Innocent explanations: facts that are shown with the reason and not counted.
//!
//! Only facts about *whom* a machine talks to can be explained. What it says in a mining dialect cannot, and
//! neither can a conclusive fact. Explanations are the one thing that may lower a level as evidence grows.

use model::{Finding, Group, Message, Role, Subject, Time};

/// A list check asks for at least this many different listed names …
const LIST_CHECK_NAMES: usize = 20;
/// … within this time, and connects to none of them (the scheme's definition).
const LIST_CHECK_NANOS: i64 = 600 * 1_000_000_000;

/// Why findings of one host are not counted.
pub(crate) struct Explained {
    /// For each finding, in the order given.
    pub(crate) reasons: Vec<Option<Message>>,
    /// The host checks a list.
    pub(crate) scanner: bool,
}

/// Explains findings of one host. `resolver`: other machines ask this one for names.
pub(crate) fn explain(findings: &[&Finding], resolver: bool) -> Explained {
    let scanner = checks_a_list(findings);
    let chains: Vec<&str> = findings
        .iter()
        .filter(|finding| finding.role == Some(Role::Node))
        .filter_map(|finding| finding.facts.text_of("chain"))
        .collect();
    let reasons = findings
        .iter()
        .map(|finding| {
            let weight = finding.weight?;
            if weight.group != Group::Dest || weight.conclusive {
                return None;
            }
            let coin = finding.facts.text_of("coin_offered");
            if is_asked_name(finding) && scanner {
                Some(Message::new("verdict-explained-list-check"))
            } else if is_asked_name(finding) && resolver {
                Some(Message::new("verdict-explained-resolver"))
            } else {
                let chain = chains.iter().find(|chain| coin.is_none_or(|coin| coin == **chain))?;
                Some(Message::new("verdict-explained-node").with("chain", *chain))
            }
        })
        .collect();
    Explained { reasons, scanner }
}

/// A listed name that was looked up, and nothing more.
fn is_asked_name(finding: &Finding) -> bool {
    matches!(finding.subject, Subject::Name(_))
        && finding.weight.is_some_and(|weight| weight.group == Group::Dest && !weight.conclusive)
}

fn checks_a_list(findings: &[&Finding]) -> bool {
    let names: Vec<&&Finding> = findings.iter().filter(|finding| is_asked_name(finding)).collect();
    if names.iter().any(|finding| finding.facts.value("connected").is_some()) {
        return false;
    }
    let mut times: Vec<Time> = names.iter().map(|finding| finding.first).collect();
    times.sort_unstable();
    times.windows(LIST_CHECK_NAMES).any(|window| match window {
        [first, .., last] => last.since(*first) <= LIST_CHECK_NANOS,
        _ => false,
    })
}
