//! What a machine does in the business of mining, from all that was found about it.

use model::{Finding, Role, Subject};
use std::collections::BTreeSet;
use std::net::IpAddr;

/// Roles of one machine. `own` tells its addresses.
///
/// A machine that hands out work and takes work from elsewhere passes it on: it is a proxy (its upstream is a
/// pool) or a pool (its upstream is a node that it polls), and no miner on the strength of that upstream. One
/// that takes work from itself mines.
pub(crate) fn roles(findings: &[&Finding], scanner: bool, own: impl Fn(IpAddr) -> bool) -> Vec<Role> {
    let serves = findings.iter().any(|finding| finding.role == Some(Role::Pool));
    let mut roles = BTreeSet::new();
    for finding in findings {
        let Some(role) = finding.role else { continue };
        if role != Role::Miner || !serves {
            roles.insert(role);
        } else if to_itself(finding, &own) {
            roles.insert(Role::Miner);
        } else if !is_polled(finding) {
            roles.insert(Role::Proxy);
        }
    }
    if roles.contains(&Role::Proxy) {
        roles.remove(&Role::Pool);
    }
    if scanner && !roles.contains(&Role::Miner) {
        roles.insert(Role::Scanner);
    }
    roles.into_iter().collect()
}

fn to_itself(finding: &Finding, own: &impl Fn(IpAddr) -> bool) -> bool {
    matches!(&finding.subject, Subject::Connection { client, server } if own(client.address) && own(server.address))
}

/// Work asked for again and again over HTTP: how a pool gets work from its own node.
fn is_polled(finding: &Finding) -> bool {
    matches!(finding.facts.text_of("protocol"), Some("getwork" | "getblocktemplate"))
}
