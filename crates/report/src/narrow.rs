//! Which machines of a case are shown.

use crate::headline;
use model::{Case, Level};

/// What somebody asked to see.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keep {
    /// Also machines of which there is nothing to say.
    pub all_hosts: bool,
    /// Only the machine with this address, name or id.
    pub host: Option<String>,
}

/// The case with only the machines to show and their findings; ids stay as they are.
#[must_use]
pub fn narrow(mut case: Case, keep: &Keep) -> Case {
    let wanted: Vec<bool> = case
        .hosts
        .iter()
        .map(|host| match &keep.host {
            Some(word) => is_called(host, word),
            None => {
                keep.all_hosts
                    || host.level > Level::Clear
                    || host.examined
                    || !host.roles.is_empty()
                    || headline::is_attack(&case, host)
            }
        })
        .collect();
    let new_host = positions(&wanted);
    let kept: Vec<bool> =
        case.findings.iter().map(|finding| new_host.get(finding.host).copied().flatten().is_some()).collect();
    let new_finding = positions(&kept);

    let mut flags = wanted.into_iter();
    case.hosts.retain(|_| flags.next().unwrap_or(false));
    for host in &mut case.hosts {
        host.findings =
            host.findings.iter().filter_map(|old| new_finding.get(*old).copied().flatten()).collect();
    }
    let mut flags = kept.into_iter();
    case.findings.retain(|_| flags.next().unwrap_or(false));
    for finding in &mut case.findings {
        finding.host = new_host.get(finding.host).copied().flatten().unwrap_or(0);
    }
    case
}

fn is_called(host: &model::HostVerdict, word: &str) -> bool {
    let address = word.parse::<std::net::IpAddr>().ok();
    host.id == word
        || address.is_some_and(|address| host.addresses.contains(&address))
        || host.names.iter().any(|name| name.eq_ignore_ascii_case(word))
}

/// The new place of everything that stays.
fn positions(stays: &[bool]) -> Vec<Option<usize>> {
    let mut next = 0;
    stays
        .iter()
        .map(|stays| {
            stays.then(|| {
                next += 1;
                next - 1
            })
        })
        .collect()
}
