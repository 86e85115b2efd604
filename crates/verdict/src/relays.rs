//! Proxies inside: what a machine does at a pool on behalf of clients that asked it to is theirs.

use model::{Finding, Message, Subject};
use std::collections::BTreeMap;
use std::net::IpAddr;

/// Who asked which proxy for which pool, as its clients' own findings tell.
#[derive(Debug, Default)]
pub(crate) struct Relays(BTreeMap<IpAddr, Vec<Asked>>);

#[derive(Debug)]
struct Asked {
    client: IpAddr,
    /// `host:port`, as asked.
    target: String,
    /// As whom, where it was read.
    login: Option<String>,
}

/// Clients and targets remembered per proxy.
const ASKED: usize = 256;

impl Relays {
    /// From all findings about clients of proxies. Behind a chain of carriers only the first is known by its address,
    /// and what it was asked for is not the pool.
    pub(crate) fn of<'a>(findings: impl Iterator<Item = &'a Finding>) -> Relays {
        let mut relays = Relays::default();
        for finding in findings {
            let (Some(via), Some(target)) = (finding.facts.text_of("via"), finding.facts.text_of("pool"))
            else {
                continue;
            };
            let Subject::Connection { client, server } = &finding.subject else { continue };
            let (client, proxy) = (client.address.to_canonical(), server.address.to_canonical());
            let asked = relays.0.entry(proxy).or_default();
            if !via.contains(", ") && client != proxy && asked.len() < ASKED {
                let login = finding.facts.text_of("login").map(str::to_owned);
                asked.push(Asked { client, target: target.to_owned(), login });
            }
        }
        relays
    }

    /// Why what a machine with these addresses does is not its own: somebody asked it to.
    pub(crate) fn explain(&self, finding: &Finding, addresses: &[IpAddr]) -> Option<Message> {
        let Subject::Connection { client, server } = &finding.subject else { return None };
        if self.0.is_empty() || !addresses.contains(&client.address.to_canonical()) {
            return None;
        }
        let (address, name) = (server.to_string(), finding.facts.text_of("pool_name"));
        let named = name.map(|name| format!("{name}:{}", server.port));
        let asked = addresses.iter().filter_map(|address| self.0.get(address)).flatten();
        let of_client = asked
            .filter(|asked| !addresses.contains(&asked.client) && is_login_of(finding, asked))
            .find(|asked| asked.target == address || Some(&asked.target) == named.as_ref())?;
        Some(Message::new("verdict-explained-relay").with("client", of_client.client))
    }
}

/// Whether a session may be the one a client asked for: a login of its own is the proxy's.
fn is_login_of(finding: &Finding, asked: &Asked) -> bool {
    match (finding.facts.text_of("login"), &asked.login) {
        (Some(own), Some(asked)) => own == asked,
        (Some(_), None) | (None, _) => true,
    }
}
