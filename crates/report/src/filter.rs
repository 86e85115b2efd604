//! The Wireshark display filter that shows the packets of a finding.
//!
//! Source: Wireshark display filter reference, fields `ip.addr`, `ipv6.addr`, `tcp.port`, `dns.qry.name`.

use crate::escape;
use model::{Endpoint, Finding, Subject};
use std::net::IpAddr;

/// The filter for the packets of a finding, where there is one. `host` is the machine the finding is about. Each
/// connection has its own port of the client: a finding about several is shown by the others' ends.
#[must_use]
pub fn display_filter(finding: &Finding, host: Option<IpAddr>) -> Option<String> {
    match &finding.subject {
        Subject::Connection { client, server } if is_several(finding) => {
            Some(format!("{} && {}", at(client.address), end(*server, "tcp")))
        }
        Subject::Connection { client, server } => {
            Some(format!("{} && {}", end(*client, "tcp"), end(*server, "tcp")))
        }
        Subject::Name(name) => {
            let asked = format!("dns.qry.name == \"{}\"", quoted(name));
            Some(host.map_or(asked.clone(), |address| format!("{} && {asked}", at(address))))
        }
        Subject::Host => host.map(at),
        _ => None,
    }
}

/// Whether a finding covers more than one connection.
fn is_several(finding: &Finding) -> bool {
    let facts = ["sessions", "connections"].iter().filter_map(|name| finding.facts.count_of(name)).max();
    facts.unwrap_or(finding.count) > 1
}

fn end(end: Endpoint, transport: &str) -> String {
    if end.port == 0 {
        at(end.address)
    } else {
        format!("{} && {transport}.port == {}", at(end.address), end.port)
    }
}

fn at(address: IpAddr) -> String {
    let field = if address.is_ipv4() { "ip.addr" } else { "ipv6.addr" };
    format!("{field} == {address}")
}

/// Inside a quoted string of a filter, quotes and backslashes need a backslash.
fn quoted(name: &str) -> String {
    escape::text(name, escape::SENTENCE_CHARS).replace('\\', "\\\\").replace('"', "\\\"")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    fn connection(client: &str, server: &str, count: u64) -> Option<String> {
        let endpoint = |text: &str| {
            let socket: std::net::SocketAddr = text.parse().unwrap();
            Endpoint::new(socket.ip(), socket.port())
        };
        let subject = Subject::Connection { client: endpoint(client), server: endpoint(server) };
        display_filter(&Finding { subject, count, ..crate::sample::session() }, None)
    }

    /// The form is that of Wireshark's own "Conversation Filter".
    #[test]
    fn a_connection_is_both_addresses_and_both_ports() {
        assert_eq!(
            connection("192.0.2.7:51234", "198.51.100.9:3333", 1).unwrap(),
            "ip.addr == 192.0.2.7 && tcp.port == 51234 && ip.addr == 198.51.100.9 && tcp.port == 3333"
        );
        assert_eq!(
            connection("[2001:db8::7]:51234", "[2001:db8::9]:3333", 1).unwrap(),
            "ipv6.addr == 2001:db8::7 && tcp.port == 51234 && ipv6.addr == 2001:db8::9 && tcp.port == 3333"
        );
    }

    #[test]
    fn several_connections_have_no_port_of_the_client_in_common() {
        assert_eq!(
            connection("192.0.2.7:51234", "198.51.100.9:3333", 2).unwrap(),
            "ip.addr == 192.0.2.7 && ip.addr == 198.51.100.9 && tcp.port == 3333"
        );
    }

    #[test]
    fn a_name_cannot_leave_its_quotes() {
        let subject = Subject::Name("a\" || tcp || \"b\x1b".to_owned());
        let finding = Finding { subject, ..crate::sample::session() };
        assert_eq!(display_filter(&finding, None).unwrap(), r#"dns.qry.name == "a\" || tcp || \"b\\x1b""#);
    }
}
