//! `no mining seen`, and in the same breath what could not be seen.

use super::sheet::Sheet;
use crate::gap::GapKind;
use model::{Case, Message};

/// What may be claimed of machines that the lines above do not name.
pub(super) enum Claim {
    /// No machine mines.
    Nobody,
    /// So many others do not.
    Others(u64),
    /// Nothing: only one machine was asked for.
    Nothing,
}

pub(super) fn write(case: &Case, claim: &Claim, sheet: &mut Sheet<'_>) {
    let blind = blind_spots(case, sheet);
    let unseen = &case.unseen;
    let claim = match claim {
        // What was named could not be used: the reasons are errors, and nothing is said of anybody.
        _ if nothing_read(case) => {
            let line = sheet.words.term("report-nothing-read");
            return sheet.paragraph(&line, "", "  ");
        }
        Claim::Nothing if blind.is_empty() => return,
        Claim::Nothing => Message::new("report-only-asked"),
        Claim::Nobody if unseen.hosts == 0 => Message::new("report-no-host"),
        Claim::Nobody if is_one_machine(case) && unseen.processes == 0 => {
            Message::new("report-no-mining-files")
        }
        Claim::Nobody if is_one_machine(case) => {
            Message::new("report-no-mining-inside").with("processes", unseen.processes)
        }
        Claim::Others(0) if is_one_machine(case) && blind.is_empty() => return,
        Claim::Nobody => {
            Message::new("report-no-mining").with("hosts", unseen.hosts).with("flows", unseen.flows)
        }
        Claim::Others(0) => Message::new("report-no-others"),
        Claim::Others(others) => Message::new("report-others-clear").with("hosts", *others),
    };
    let claim = sheet.say(&claim);
    let text = if blind.is_empty() {
        let all = if is_one_machine(case) { "report-all-looked-at" } else { "report-all-read" };
        let all = sheet.words.term(all);
        if unseen.hosts == 0 { claim } else { claim + &all }
    } else {
        let parts = blind.join(&sheet.words.term("report-semicolon"));
        claim + &sheet.words.term("report-not-visible") + &parts
    };
    sheet.paragraph(&text, "", "  ");
}

/// Whether the evidence is one machine, looked at from inside, and nothing else.
fn is_one_machine(case: &Case) -> bool {
    case.unseen.examined == 1 && case.unseen.hosts == 1 && case.unseen.flows == 0
}

/// Whether there is no evidence at all, only what could not be used.
pub(super) fn nothing_read(case: &Case) -> bool {
    !case.errors.is_empty() && case.evidence.iter().all(|item| item.records == 0) && case.hosts.is_empty()
}

fn blind_spots(case: &Case, sheet: &Sheet<'_>) -> Vec<String> {
    let unseen = &case.unseen;
    let mut parts = Vec::new();
    let mut add = |count: u64, message: Message| {
        if count > 0 {
            parts.push(sheet.say(&message.with("count", count)));
        }
    };
    add(unseen.encrypted_flows, Message::new("report-unseen-encrypted"));
    add(unseen.opaque_flows, Message::new("report-unseen-opaque"));
    add(unseen.hosts_partly, Message::new("report-unseen-partly").with("hosts", unseen.hosts));
    add(unseen.incomplete_flows, Message::new("report-unseen-incomplete"));
    let cut = case.evidence.iter().flat_map(|item| &item.gaps).filter(|gap| gap.cuts_short());
    add(cut.map(|gap| gap.count).fold(0, u64::saturating_add), Message::new("report-unseen-bomb"));
    for kind in GapKind::ALL {
        add(kind.count(case), Message::new(kind.summary()));
    }
    add(case.errors.len() as u64, Message::new("report-unseen-errors"));
    parts
}
