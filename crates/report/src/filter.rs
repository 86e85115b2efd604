//! The Wireshark display filter that shows the packets of a finding.
//!
//! Source: Wireshark display filter reference, fields `ip.addr`, `ipv6.addr`, `tcp.port`, `dns.qry.name`.

use crate::escape;
use model::{Endpoint, Subject};
use std::net::IpAddr;

/// The filter for a subject, where there is one. `host` is the machine the finding is about.
#[must_use]
pub fn display_filter(subject: &Subject, host: Option<IpAddr>) -> Option<String> {
    match subject {
        Subject::Connection { client, server } => {
            Some(format!("{} && {}", end(*client, "tcp"), end(*server, "tcp")))
        }
        Subject::Name(name) => {
            let asked = format!("dns.qry.name == \"{}\"", quoted(name));
            Some(host.map_or(asked.clone(), |address| format!("{} && {asked}", at(address))))
        }
        Subject::Host => host.map(at),
    }
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

    fn connection(client: &str, server: &str) -> Option<String> {
        let endpoint = |text: &str| {
            let socket: std::net::SocketAddr = text.parse().unwrap();
            Endpoint::new(socket.ip(), socket.port())
        };
        display_filter(&Subject::Connection { client: endpoint(client), server: endpoint(server) }, None)
    }

    /// The form is that of Wireshark's own "Conversation Filter".
    #[test]
    fn a_connection_is_both_addresses_and_both_ports() {
        assert_eq!(
            connection("192.0.2.7:51234", "198.51.100.9:3333").unwrap(),
            "ip.addr == 192.0.2.7 && tcp.port == 51234 && ip.addr == 198.51.100.9 && tcp.port == 3333"
        );
        assert_eq!(
            connection("[2001:db8::7]:51234", "[2001:db8::9]:3333").unwrap(),
            "ipv6.addr == 2001:db8::7 && tcp.port == 51234 && ipv6.addr == 2001:db8::9 && tcp.port == 3333"
        );
    }

    #[test]
    fn a_name_cannot_leave_its_quotes() {
        let subject = Subject::Name("a\" || tcp || \"b\x1b".to_owned());
        assert_eq!(display_filter(&subject, None).unwrap(), r#"dns.qry.name == "a\" || tcp || \"b\\x1b""#);
    }
}
