//! Where an HTTP connection stops being HTTP: a proxy has opened a tunnel, or a WebSocket begins.

use model::{Side, Target};
use parse::app::http::{Method, Request, Response};

/// What follows on a connection that was HTTP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Switched {
    /// CONNECT was granted (RFC 9110 section 9.3.6). The target is `None` if the request was not seen.
    Tunnel(Option<Target>),
    /// A WebSocket (RFC 6455 section 4).
    WebSocket {
        /// The page whose script asked for it (`Origin`).
        page: Option<String>,
        /// `Sec-WebSocket-Extensions` of the answer.
        extensions: Option<String>,
    },
}

/// A switch: who is the client, what follows, and the bytes of it that came already, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Switch {
    /// The side that asked.
    pub client: Side,
    /// What follows.
    pub to: Switched,
    /// Bytes behind the heads.
    pub rest: Vec<(Side, Vec<u8>)>,
}

/// A request after which something else than HTTP may follow.
#[derive(Debug, Clone)]
pub(super) enum Wish {
    /// CONNECT, with its target.
    Tunnel(Option<Target>),
    /// `Upgrade: websocket`, with the page.
    WebSocket(Option<String>),
}

/// What a request wishes, if not just an answer.
pub(super) fn wish(request: &Request) -> Option<Wish> {
    if request.method == Method::Connect {
        return Some(Wish::Tunnel(target(&request.target)));
    }
    let wants = |upgrade: &String| upgrade.split(',').any(|one| one.trim().eq_ignore_ascii_case("websocket"));
    request.fields.upgrade.as_ref().filter(|upgrade| wants(upgrade))?;
    Some(Wish::WebSocket(request.fields.origin.clone()))
}

/// What a response switches to.
pub(super) fn switched(response: &Response, wish: Option<&Wish>) -> Option<Switched> {
    let extensions = || response.fields.websocket_extensions.clone();
    match wish {
        Some(Wish::Tunnel(target)) if (200..300).contains(&response.status) => {
            Some(Switched::Tunnel(target.clone()))
        }
        Some(Wish::WebSocket(page)) if response.status == 101 => {
            Some(Switched::WebSocket { page: page.clone(), extensions: extensions() })
        }
        Some(_) => None,
        // The request was not seen: the answer alone must tell.
        None if response.status == 101 => {
            let named =
                response.fields.upgrade.as_ref().is_some_and(|to| to.eq_ignore_ascii_case("websocket"));
            named.then(|| Switched::WebSocket { page: None, extensions: extensions() })
        }
        None => {
            let says = response.reason.to_ascii_lowercase().contains("connection established");
            let bare = response.fields.content_length.is_none() && !response.fields.has_transfer_encoding;
            (response.status == 200 && says && bare).then_some(Switched::Tunnel(None))
        }
    }
}

/// Host and port of a CONNECT's target, the port as written or that of TLS.
fn target(authority: &str) -> Option<Target> {
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => rest.split_once(']').map(|(host, port)| (host, port.strip_prefix(':')))?,
        None => match authority.rsplit_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        },
    };
    let port = port.map_or(Some(443), |port| port.parse().ok())?;
    let plain = (1..=255).contains(&host.len()) && host.bytes().all(|byte| byte.is_ascii_graphic());
    plain.then(|| Target { host: host.to_ascii_lowercase(), port })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_of_connect() {
        for (text, expected) in [
            ("Pool.example:3333", Some(("pool.example", 3333))),
            ("[2001:db8::1]:443", Some(("2001:db8::1", 443))),
            ("pool.example", Some(("pool.example", 443))),
            ("pool.example:port", None),
            (":3333", None),
        ] {
            let found = target(text);
            assert_eq!(found.as_ref().map(|found| (found.host.as_str(), found.port)), expected, "{text}");
        }
    }
}
