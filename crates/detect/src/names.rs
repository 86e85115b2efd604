//! The names by which clients know the servers they talk to.

use model::{Fact, FlowId, HttpRequest, LookUpResult, MiningSession, Observation, Target, Time};
use std::collections::HashMap;
use std::net::IpAddr;

/// Entries per generation; two generations are kept, so that at most twice as many are held and the older half is
/// forgotten at once, in an order that no hash decides. A busy resolver's hour fits.
const GENERATION: usize = 32_768;
/// Names kept for one client and address, where the name changed: the newest matter.
const NAMES_EACH: usize = 8;
/// Names looked up within this time of each other may both be meant: resolvers and programs keep an answer for about
/// as long (300 seconds is the commonest lifetime of addresses behind shared names).
const BOTH_APPLY_NANOS: i64 = 300 * 1_000_000_000;

/// Which names a client asked for before it talked to an address.
///
/// A name counts only for the client that asked for it, and only for connections that begin later: many sites share
/// one address, and what another client wanted there, or this one wants an hour later, says nothing.
#[derive(Debug, Default)]
pub struct Names {
    /// The name and when it was looked up; of look-ups of one name in a row the first. The newest last.
    looked_up: Aging<Ends, LookedUp>,
    /// What was known when a connection showed its first mining message, so that nothing later renames it.
    known: Aging<FlowId, Option<(Ends, LookedUp)>>,
    /// The name asked for on a connection, and whether TLS said it.
    asked_on: Aging<FlowId, (String, bool)>,
    targets: Aging<FlowId, Option<Target>>,
    /// Whom a proxy of HTTP was first asked for in a request's target.
    forwarded: Aging<FlowId, Option<Target>>,
    /// Connections over which HTTP was spoken: `Some(false)` where mining was spoken as well.
    web: Aging<FlowId, Option<bool>>,
}

/// Client and server.
type Ends = (IpAddr, IpAddr);
/// Names with the times at which they were looked up.
type LookedUp = Vec<(String, Time)>;

impl Names {
    /// Takes note of look-ups, TLS server names and HTTP hosts.
    pub fn see(&mut self, seen: &Observation) {
        match &seen.fact {
            Fact::LookUp(look_up) => {
                let LookUpResult::Addresses(addresses) = &look_up.result else { return };
                for address in addresses {
                    let key = (look_up.by.to_canonical(), address.to_canonical());
                    let names = self.looked_up.entry(key);
                    if names.last().is_some_and(|(name, _)| *name == look_up.name) {
                        continue;
                    }
                    names.push((look_up.name.clone(), seen.time));
                    if names.len() > NAMES_EACH {
                        names.remove(0);
                    }
                }
            }
            Fact::TlsHello(hello) => {
                if let Some(sni) = &hello.sni {
                    *self.asked_on.entry(hello.flow) = (sni.to_lowercase(), true);
                }
            }
            Fact::HttpRequest(request) => {
                // A Host header with an address is no name; the first one is that of the connection.
                if let Some(host) = request.host.as_ref().filter(|host| host.parse::<IpAddr>().is_err()) {
                    let asked = self.asked_on.entry(request.flow);
                    if asked.0.is_empty() {
                        *asked = (host.to_lowercase(), false);
                    }
                }
                if let Some(target) = forwarded(request) {
                    let forwarded = self.forwarded.entry(request.flow);
                    forwarded.get_or_insert(target);
                }
                if request.method != "CONNECT" {
                    self.web.entry(request.flow).get_or_insert(true);
                }
            }
            Fact::Session(session) => {
                self.remember(session);
                *self.web.entry(session.flow) = Some(false);
            }
            Fact::Tunnel(tunnel) => *self.targets.entry(tunnel.flow) = Some(tunnel.target.clone()),
            _ => {}
        }
    }

    fn remember(&mut self, session: &MiningSession) {
        let ends = ends(session.client.address, session.server.address);
        let known = self.known.entry(session.flow);
        if known.as_ref().is_none_or(|(known, _)| *known != ends) {
            let names = self.looked_up.peek(&ends).into_iter().flatten();
            *known = Some((ends, names.filter(|(_, time)| *time <= session.first).cloned().collect()));
        }
    }

    /// Whom the proxy at the other end of a connection was asked for.
    #[must_use]
    pub fn target(&self, flow: FlowId) -> Option<&Target> {
        self.targets.peek(&flow).and_then(Option::as_ref).or_else(|| self.forwarded(flow))
    }

    /// Whom the proxy of HTTP at the other end was asked for, request by request.
    #[must_use]
    pub fn forwarded(&self, flow: FlowId) -> Option<&Target> {
        self.forwarded.peek(&flow)?.as_ref()
    }

    /// Whether requests of HTTP were seen on a connection, and no mining.
    #[must_use]
    pub fn is_web(&self, flow: FlowId) -> bool {
        self.web.peek(&flow) == Some(&Some(true))
    }

    /// The name asked for on the connection itself (TLS server name, HTTP host).
    #[must_use]
    pub fn asked_on(&self, flow: FlowId) -> Option<&str> {
        self.asked_on.peek(&flow).map(|(name, _)| name.as_str()).filter(|name| !name.is_empty())
    }

    /// Every name by which the server of a connection may be meant: asked on it, then looked up by its client before
    /// `begins`, the newest first.
    pub fn of(
        &self,
        flow: FlowId,
        client: IpAddr,
        server: IpAddr,
        begins: Time,
    ) -> impl Iterator<Item = &str> {
        let looked_up = self.looked_up(flow, client, server, begins).map(|(name, _)| name.as_str());
        self.asked_on(flow).into_iter().chain(looked_up)
    }

    /// The one name by which the server of a connection is meant: a TLS server name; else a name that is `listed`;
    /// else the name asked for in HTTP, or the newest that was looked up before, unless another was looked up at about
    /// the same time.
    pub fn meant(
        &self,
        flow: FlowId,
        ends: (IpAddr, IpAddr),
        begins: Time,
        listed: impl Fn(&str) -> bool,
    ) -> Option<&str> {
        if let Some((name, true)) = self.asked_on.peek(&flow) {
            return Some(name);
        }
        if let Some(name) = self.of(flow, ends.0, ends.1, begins).find(|name| listed(name)) {
            return Some(name);
        }
        if let Some(asked) = self.asked_on(flow) {
            return Some(asked);
        }
        let mut names = self.looked_up(flow, ends.0, ends.1, begins);
        let (newest, time) = names.next()?;
        let alone = names.all(|(name, other)| name == newest || time.since(*other) > BOTH_APPLY_NANOS);
        alone.then_some(newest.as_str())
    }

    /// Look-ups before a time, the newest first.
    fn looked_up(
        &self,
        flow: FlowId,
        client: IpAddr,
        server: IpAddr,
        begins: Time,
    ) -> impl Iterator<Item = &(String, Time)> {
        let ends = ends(client, server);
        let known = self.known.peek(&flow).and_then(Option::as_ref).filter(|(known, _)| *known == ends);
        let names = known.map(|(_, names)| names).or_else(|| self.looked_up.peek(&ends));
        names.into_iter().flatten().rev().filter(move |(_, time)| *time <= begins)
    }
}

/// The authority of a request's target in absolute form, which only proxies are sent (RFC 9112, section 3.2.2).
fn forwarded(request: &HttpRequest) -> Option<Target> {
    let (scheme, rest) = request.target.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") {
        return None;
    }
    let authority = rest.split(['/', '?', '#']).next()?;
    let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port.parse().ok()?),
        _ => (authority, 80),
    };
    let host = host.trim_start_matches('[').trim_end_matches(']').to_lowercase();
    (!host.is_empty()).then_some(Target { host, port })
}

fn ends(client: IpAddr, server: IpAddr) -> Ends {
    (client.to_canonical(), server.to_canonical())
}

/// A table of bounded size that forgets what was not touched for a generation.
#[derive(Debug)]
struct Aging<K, V> {
    young: HashMap<K, V>,
    old: HashMap<K, V>,
}

impl<K, V> Default for Aging<K, V> {
    fn default() -> Aging<K, V> {
        Aging { young: HashMap::new(), old: HashMap::new() }
    }
}

impl<K: std::hash::Hash + Eq + Copy, V: Default> Aging<K, V> {
    fn entry(&mut self, key: K) -> &mut V {
        if self.young.len() >= GENERATION && !self.young.contains_key(&key) {
            self.old = std::mem::take(&mut self.young);
        }
        let old = &mut self.old;
        self.young.entry(key).or_insert_with(|| old.remove(&key).unwrap_or_default())
    }

    fn peek(&self, key: &K) -> Option<&V> {
        self.young.get(key).or_else(|| self.old.get(key))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;
    use model::{At, Endpoint, EvidenceId, LookUp, Origin, TlsHello};

    const CLIENT: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 7));
    const SERVER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(198, 51, 100, 9));
    const FLOW: FlowId = FlowId(Origin { evidence: EvidenceId(0), at: At::Packet(1) });

    fn names(look_ups: &[(i64, &str)]) -> Names {
        let mut names = Names::default();
        for (second, name) in look_ups {
            see(
                &mut names,
                *second,
                Fact::LookUp(Box::new(LookUp {
                    by: CLIENT,
                    resolver: [10, 0, 0, 53].into(),
                    name: (*name).to_owned(),
                    aliases: Vec::new(),
                    result: LookUpResult::Addresses(vec![SERVER]),
                    ttl_secs: 300,
                })),
            );
        }
        names
    }

    fn see(names: &mut Names, second: i64, fact: Fact) {
        names.see(&Observation { time: Time::from_secs(second), origin: FLOW.0, fact });
    }

    fn meant(names: &Names, begins: i64) -> Option<&str> {
        names.meant(FLOW, (CLIENT, SERVER), Time::from_secs(begins), |name| name == "pool.example")
    }

    /// What is looked up after a connection began is not why it was made.
    #[test]
    fn a_later_look_up_renames_nothing() {
        let seen = names(&[(10, "one.example"), (1000, "other.example"), (2000, "pool.example")]);
        assert_eq!(meant(&seen, 9), None);
        assert_eq!(meant(&seen, 10), Some("one.example"));
        assert_eq!(meant(&seen, 999), Some("one.example"));
        assert_eq!(meant(&seen, 1000), Some("other.example"), "the newest before it");
        assert_eq!(meant(&seen, 2000), Some("pool.example"));
    }

    /// Two names of one address within the life of an answer: which is meant cannot be told, unless a list knows one.
    #[test]
    fn of_two_names_that_may_both_apply_none_is_said() {
        assert_eq!(meant(&names(&[(10, "cdn.example"), (20, "ads.example")]), 30), None);
        assert_eq!(meant(&names(&[(10, "cdn.example"), (400, "ads.example")]), 500), Some("ads.example"));
        assert_eq!(meant(&names(&[(10, "pool.example"), (20, "ads.example")]), 30), Some("pool.example"));
    }

    #[test]
    fn a_proxy_of_http_is_told_its_target() {
        let target = |target: &str| {
            let end = Endpoint::new(CLIENT, 50_000);
            forwarded(&HttpRequest {
                flow: FLOW,
                client: end,
                server: end,
                method: "POST".to_owned(),
                target: target.to_owned(),
                host: None,
                user_agent: None,
            })
            .map(|target| target.to_string())
        };
        assert_eq!(target("http://Pool.example/x?y").as_deref(), Some("pool.example:80"));
        assert_eq!(target("HTTP://me:secret@pool.example:9332/").as_deref(), Some("pool.example:9332"));
        assert_eq!(target("http://[2001:db8::1]:8332").as_deref(), Some("[2001:db8::1]:8332"));
        assert_eq!(target("http://[2001:db8::1]/").as_deref(), Some("[2001:db8::1]:80"));
        for other in ["/", "/?u=http://pool.example/", "https://pool.example/", "http:///", "http://x:99999/"]
        {
            assert_eq!(target(other), None, "{other}");
        }
    }

    #[test]
    fn the_server_name_of_tls_wins() {
        let mut seen = names(&[(10, "pool.example")]);
        let hello = TlsHello {
            flow: FLOW,
            client: Endpoint::new(CLIENT, 50_000),
            server: Endpoint::new(SERVER, 443),
            sni: Some("Other.example".to_owned()),
            alpn: Vec::new(),
            ja4: None,
            version: None,
            cipher: None,
        };
        see(&mut seen, 11, Fact::TlsHello(Box::new(hello)));
        assert_eq!(meant(&seen, 12), Some("other.example"));
    }
}
