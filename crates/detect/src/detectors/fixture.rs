//! Fixtures of detectors: `fixtures/<id>/hit-*.txt` and `miss-*.txt`, run through the real dialogues of `flow`.
//!
//! ```text
//! why: one line that says why this is right
//! pool pool.example XMR 3333            what is listed: a mining host, coins (- for none), ports (- for none)
//! site www.pool.example                 what is listed: a pool's web site
//! address 198.51.100.9:3333 XMR         what is listed: a pool's address
//! port 3333                             what is listed: a usual port
//! agent xmrig                           what is listed: how a mining program's name begins
//! web-miner coinhive.example            what is listed: a host that serves miners to web pages
//! tcp 10.0.0.7:50000 198.51.100.9:3333  a connection; the lines that follow are said on it
//! http 10.0.0.7:50001 198.51.100.9:80   the same over HTTP/1
//! at 60                                 the second of the next line; each line takes one second more
//! > {"id":1}                            the client says
//! < {"id":1}                            the server says
//! > POST / | User-Agent: x || {"id":1}  over HTTP: method and target, headers, body
//! < 200 || {"id":1}                     over HTTP: status, headers, body; `\n` and `\xff` stand for bytes after `|| \`
//! look-up 10.0.0.7 pool.example 198.51.100.9     what came back: address, nxdomain or nothing
//! tls 10.0.0.7:50002 198.51.100.9:443 pool.example
//! tunnel 10.0.0.7:50003 192.0.2.1:1080 pool.example:3333   a proxy was asked for a target
//! through pool.example:3333              the other end of the connection is a proxy that was asked for a target
//! flow 10.0.0.7:50003 198.51.100.9:3333 60 7260 500 500   first and last second, payload each way
//! sweep 10.0.0.7 10.1 445 40 silent 500   one port of so many addresses (10.1.0.1 …): silent, refused or answered; ms apart
//! crowd 203.0 10.0.0.9:80 40 silent 500   so many addresses (203.0.0.1 …) at one port
//! knock 10.0.0.7 10.0.0.9 40 refused 500  so many ports of one address
//! logins 10.0.0.7 10.0.0.9:22 40 3 1500 2  so many connections: seconds apart, payload each way, seconds each lasts
//! node 10.0.0.7:50004 203.0.113.9:8333 BTC /Satoshi:27.0.0/
//! noise 10.0.0.7:50005 198.51.100.9:34254 2 3    the shape of Stratum V2's handshake, records like shares, like blocks
//! program xmrig XMRig                   what is listed: the name of a miner's program; `malware` for a family's
//! machine 4                             a machine with so many processors, looked at from inside
//! process 42 name key=value …           one of its processes; `_` in a value stands for a blank
//! (further facts from inside a machine: `fixture_doors.rs`)
//! autorun cron /etc/cron.d/x 3 starts=42 runs=/opt/x   an entry that starts something by itself
//! autorun cron /etc/cron.d/x 3 starts=42 runs=/opt/x   an entry that starts something by itself; line - for none;
//!   file= user= when= package= odd= orders=pool|login orders-in=
//! file /tmp/c.json options=5 sha256=ab orders=pool:port|login   a file in which a miner was recognised
//! log pool:port jobs=3 accepted=2 …     what a miner's log says of one pool; - for no pool
//! = 10.0.0.7 weight-id act role fact=value       an expected finding; - for none; facts as far as given
//! ```

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failing test may panic")]

#[path = "fixture_inside.rs"]
mod inside;

use crate::{DetectorSettings, DetectorUnit, Known, Panel, Pool};
use model::{
    At, Closed, Endpoint, EvidenceId, Fact, FactKind, Finding, FlowId, FlowSummary, LookUp, LookUpResult,
    NodeTraffic, Observation, Opened, Origin, Side, Target, Time, TlsHello, Transport, Tunnel, Value,
};
use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// A fixture as read.
#[derive(Default)]
pub(crate) struct Fixture {
    pub(crate) why: String,
    pub(crate) observations: Vec<Observation>,
    pub(crate) expected: Vec<String>,
    pub(crate) listed: Listed,
}

/// What the fixture lists.
#[derive(Default, Clone)]
pub(crate) struct Listed {
    names: Vec<(String, Pool)>,
    addresses: Vec<(Endpoint, Pool)>,
    ports: Vec<u16>,
    agents: Vec<String>,
    web_miners: Vec<String>,
    programs: Vec<(String, String, bool)>,
}

impl Known for Listed {
    fn pool_by_name(&self, name: &str) -> Option<Pool> {
        let below = |listed: &str| {
            name.strip_suffix(listed).is_some_and(|front| front.is_empty() || front.ends_with('.'))
        };
        let found =
            self.names.iter().filter(|(listed, _)| below(listed)).max_by_key(|(listed, _)| listed.len());
        found.map(|(_, pool)| pool.clone())
    }

    fn pool_by_address(&self, address: IpAddr, port: u16) -> Option<Pool> {
        let end = Endpoint::new(address, port);
        self.addresses.iter().find(|(listed, _)| *listed == end).map(|(_, pool)| pool.clone())
    }

    fn is_usual_port(&self, port: u16) -> bool {
        self.ports.contains(&port)
    }

    fn miner_program(&self, name: &str) -> Option<(String, bool)> {
        let found = self.programs.iter().find(|(listed, ..)| listed == name);
        found.map(|(_, family, malware)| (family.clone(), *malware))
    }

    fn is_web_miner(&self, name: &str) -> bool {
        self.web_miners.iter().any(|listed| listed == name)
    }

    fn is_miner(&self, agent: &str) -> bool {
        let agent = agent.to_ascii_lowercase();
        self.agents.iter().any(|begins| agent.starts_with(begins.as_str()))
    }

    fn is_miner_itself(&self, agent: &str) -> bool {
        let agent = agent.to_ascii_lowercase();
        self.agents.iter().any(|begins| agent == *begins || agent.starts_with(&format!("{begins}/")))
    }
}

impl Fixture {
    /// Reads a fixture.
    pub(crate) fn read(text: &str) -> Fixture {
        let mut reading = Reading::default();
        for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
            reading.line(line);
        }
        reading.hang_up();
        let mut fixture = reading.fixture;
        let (mut book, mut told) = (flow::ContactBook::within(1 << 20), Vec::new());
        for seen in &fixture.observations {
            if let Fact::Flow(flow) = &seen.fact {
                book.see(flow, &mut told);
            }
        }
        book.finish(&mut told);
        fixture.observations.extend(told);
        fixture.observations.sort_by_key(|seen| seen.time);
        fixture
    }

    /// All findings of a unit.
    pub(crate) fn run(&self, unit: &'static DetectorUnit) -> Vec<Finding> {
        let mut panel = Panel::of(&[unit], Arc::new(self.listed.clone()), &DetectorSettings::default());
        self.observations.iter().for_each(|seen| panel.see(seen));
        let findings = panel.findings(Time::MAX);
        assert_eq!(panel.failures(), []);
        findings
    }

    /// The kinds of fact it holds.
    pub(crate) fn kinds(&self) -> Vec<FactKind> {
        self.observations.iter().map(|seen| seen.fact.kind()).collect()
    }
}

/// A finding in the words of an expected line, with the facts that the line asks for.
pub(crate) fn shown(finding: &Finding, expected: &str) -> String {
    let act = finding.act.map_or("-", |act| match act {
        model::Act::Mines => "mines",
        model::Act::Tried => "tried",
        model::Act::WasRefused => "refused",
    });
    let role = finding.role.map_or("-", model::Role::word);
    let weight = finding.weight.map_or("-", |weight| weight.id);
    let host = finding.key.host.to_string().replace(' ', "-");
    let mut line = format!("{host} {weight} {act} {role}");
    for asked in expected.split_whitespace().skip(4) {
        let name = asked.split('=').next().unwrap_or_default();
        let value = match finding.facts.value(name) {
            Some(Value::Text(text)) => text.clone(),
            Some(Value::Count(count)) => count.to_string(),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Flag(flag)) => flag.to_string(),
            None => "-".to_owned(),
        };
        line.push_str(&format!(" {name}={}", value.replace(' ', "_")));
    }
    line
}

#[derive(Default)]
struct Reading {
    fixture: Fixture,
    line: Option<Line>,
    flows: BTreeMap<String, FlowId>,
    second: i64,
    packet: u64,
    /// Whom the proxy at the other end of the open connection was asked for.
    through: Option<Target>,
}

/// An open connection.
enum Line {
    Tcp(flow::sessions::Dialogue),
    Http(flow::sessions::HttpDialogue),
}

impl Reading {
    fn line(&mut self, line: &str) {
        let (word, rest) = line.split_once([' ', ':']).unwrap_or((line, ""));
        let rest = rest.trim();
        let words: Vec<&str> = rest.split_whitespace().collect();
        match word {
            "why" => self.fixture.why = rest.to_owned(),
            "=" => self.fixture.expected.push(rest.to_owned()),
            "at" => self.second = number(rest),
            "pool" => {
                let pool = listed(&words, false);
                self.fixture.listed.names.push((words[0].to_owned(), pool));
            }
            "site" => self.fixture.listed.names.push((words[0].to_owned(), listed(&words, true))),
            "address" => self.fixture.listed.addresses.push((end(words[0]), listed(&words, false))),
            "port" => self.fixture.listed.ports.push(rest.parse().unwrap()),
            "web-miner" => self.fixture.listed.web_miners.push(rest.to_owned()),
            "tunnel" => {
                let flow = self.flow_of(words[0]);
                let (host, port) = words[2].rsplit_once(':').unwrap();
                self.tell(Fact::Tunnel(Box::new(Tunnel {
                    flow,
                    client: end(words[0]),
                    server: end(words[1]),
                    carrier: "socks5",
                    target: Target { host: host.to_owned(), port: port.parse().unwrap() },
                    granted: Some(true),
                })));
            }
            "through" => {
                let (host, port) = rest.rsplit_once(':').unwrap();
                self.through = Some(Target { host: host.to_owned(), port: port.parse().unwrap() });
            }
            "program" | "malware" => {
                let listed = (words[0].to_owned(), words[1].to_owned(), word == "malware");
                self.fixture.listed.programs.push(listed);
            }
            "machine" | "process" | "autorun" | "file" | "log" => self.tell(inside::fact(word, &words)),
            "agent" => self.fixture.listed.agents.push(rest.to_owned()),
            "tcp" | "http" => self.dial(word, words[0], end(words[1])),
            ">" => self.say(Side::A, rest),
            "<" => self.say(Side::B, rest),
            "look-up" => {
                let result = match words[2] {
                    "nxdomain" => LookUpResult::NoSuchName,
                    "nothing" => LookUpResult::Nothing,
                    address => LookUpResult::Addresses(vec![address.parse().unwrap()]),
                };
                self.tell(Fact::LookUp(Box::new(LookUp {
                    by: words[0].parse().unwrap(),
                    resolver: IpAddr::from([10, 0, 0, 53]),
                    name: words[1].to_owned(),
                    aliases: words[3..].iter().map(|name| (*name).to_owned()).collect(),
                    result,
                    ttl_secs: 60,
                })));
            }
            "tls" => {
                let flow = self.flow_of(words[0]);
                self.tell(Fact::TlsHello(Box::new(TlsHello {
                    flow,
                    client: end(words[0]),
                    server: end(words[1]),
                    sni: words.get(2).map(|name| (*name).to_owned()),
                    alpn: Vec::new(),
                    ja4: None,
                    version: None,
                    cipher: None,
                })));
            }
            "flow" => {
                let flow = self.flow_of(words[0]);
                let (first, last) = (Time::from_secs(number(words[2])), Time::from_secs(number(words[3])));
                self.second = number(words[3]);
                self.tell(Fact::Flow(Box::new(FlowSummary {
                    flow,
                    transport: Transport::Tcp,
                    client: end(words[0]),
                    server: end(words[1]),
                    opened: Opened::Syn,
                    closed: Closed::Fin,
                    first,
                    last,
                    packets: [9, 9],
                    payload: [words[4].parse().unwrap(), words[5].parse().unwrap()],
                    macs: [None, None],
                    encrypted: false,
                    opaque: false,
                    refused: false,
                    missing: 0,
                    segment: 0,
                })));
            }
            "sweep" => {
                let (source, net, port) = (words[0], words[1], words[2]);
                self.contacts(&words[3..], |n| {
                    let (from, to) = (format!("{source}:{}", 20_000 + n), format!("{}:{port}", nth(net, n)));
                    (end(&from), end(&to))
                });
            }
            "crowd" => {
                let (net, server) = (words[0], words[1]);
                self.contacts(&words[2..], |n| (end(&format!("{}:20000", nth(net, n))), end(server)));
            }
            "knock" => {
                let (source, target) = (words[0], words[1]);
                self.contacts(&words[2..], |n| {
                    (end(&format!("{source}:40000")), end(&format!("{target}:{}", n + 1)))
                });
            }
            "logins" => {
                let (source, server) = (words[0], end(words[1]));
                let [count, apart, bytes, lasts] = [2, 3, 4, 5].map(|at| number(words[at]));
                for n in 0..count {
                    let begins = Time::from_secs(self.second);
                    let mut flow =
                        self.contact(end(&format!("{source}:{}", 20_000 + n)), server, begins, "answered");
                    flow.last = begins.plus_nanos(lasts * 1_000_000_000);
                    flow.payload = [bytes as u64; 2];
                    let second = self.second;
                    self.tell(Fact::Flow(Box::new(flow)));
                    self.second = second + apart;
                }
            }
            "node" => {
                let flow = self.flow_of(words[0]);
                self.tell(Fact::Node(Box::new(NodeTraffic {
                    flow,
                    client: end(words[0]),
                    server: end(words[1]),
                    chain: words[2].to_owned(),
                    protocol: if words.get(4) == Some(&"zmq") { "zmq" } else { "bitcoin-p2p" },
                    client_agent: words
                        .get(3)
                        .filter(|agent| **agent != "-")
                        .map(|agent| (*agent).to_owned()),
                    server_agent: None,
                })));
            }
            "noise" => {
                let (a, b, flow) = (end(words[0]), end(words[1]), self.flow_of(words[0]));
                let ends = flow::sessions::Ends { a, b, opener: Some(Side::A), flow };
                let mut session = flow::sessions::v2_begun(&ends, Side::A);
                let stamp = self.stamp();
                (session.first, session.last) = (stamp.time, stamp.time);
                session.marks.push((model::SessionMark::Request, stamp.origin, stamp.time));
                session.proof.client_messages = words[2].parse().unwrap();
                session.proof.server_messages = words[3].parse().unwrap();
                self.tell(Fact::Session(Box::new(session)));
            }
            other => {
                let fact = super::fixture_doors::fact(other, rest);
                self.tell(fact.unwrap_or_else(|| panic!("no such line in a fixture: {line}")));
            }
        }
    }

    /// `count outcome milliseconds` of connections between ends.
    fn contacts(&mut self, words: &[&str], ends: impl Fn(i64) -> (Endpoint, Endpoint)) {
        let (count, outcome, apart) = (number(words[0]), words[1], number(words[2]));
        let start = Time::from_secs(self.second);
        for n in 0..count {
            let begins = start.plus_nanos(n * apart * 1_000_000);
            let (client, server) = ends(n);
            let flow = self.contact(client, server, begins, outcome);
            self.second = begins.secs();
            self.tell(Fact::Flow(Box::new(flow)));
        }
    }

    fn contact(&mut self, client: Endpoint, server: Endpoint, begins: Time, outcome: &str) -> FlowSummary {
        let (packets, refused) = match outcome {
            "silent" => ([1, 0], false),
            "refused" => ([1, 1], true),
            _ => ([5, 5], false),
        };
        FlowSummary {
            flow: FlowId(self.origin()),
            transport: Transport::Tcp,
            client,
            server,
            opened: Opened::Syn,
            closed: if refused { Closed::Reset } else { Closed::End },
            first: begins,
            last: begins,
            packets,
            payload: if outcome == "answered" { [200, 200] } else { [0, 0] },
            macs: [None, None],
            encrypted: false,
            opaque: false,
            refused,
            missing: 0,
            segment: 0,
        }
    }

    fn dial(&mut self, carrier: &str, client: &str, server: Endpoint) {
        self.hang_up();
        self.through = None;
        self.packet += 1;
        let flow = self.flow_of(client);
        let ends = flow::sessions::Ends { a: end(client), b: server, opener: Some(Side::A), flow };
        let settings = flow::sessions::Settings::default();
        self.line = Some(match carrier {
            "http" => Line::Http(flow::sessions::HttpDialogue::new(ends, &settings)),
            _ => Line::Tcp(flow::sessions::Dialogue::new(ends, &settings)),
        });
    }

    fn say(&mut self, side: Side, text: &str) {
        let stamp = self.stamp();
        let mut told = Vec::new();
        match self.line.as_mut().expect("a line is said on a connection") {
            Line::Tcp(line) => line.bytes(side, stamp, format!("{text}\n").as_bytes(), &mut told),
            Line::Http(line) => line.bytes(side, stamp, &http(side, text), &mut told),
        }
        self.tell_all(told);
    }

    fn hang_up(&mut self) {
        let stamp = self.stamp();
        let mut told = Vec::new();
        match self.line.take() {
            Some(Line::Tcp(mut line)) => line.close(stamp, &mut told),
            Some(Line::Http(mut line)) => line.close(stamp, &mut told),
            None => return,
        }
        self.tell_all(told);
    }

    fn tell_all(&mut self, mut told: Vec<Fact>) {
        if let Some(target) = &self.through {
            for fact in &mut told {
                if let Fact::Session(session) = fact {
                    session.carriage.via = vec![format!("socks5 {}", session.server)];
                    session.carriage.target = Some(target.clone());
                }
            }
        }
        let (time, origin) = (Time::from_secs(self.second), self.origin());
        self.fixture.observations.extend(told.into_iter().map(|fact| Observation { time, origin, fact }));
        self.second += 1;
        self.packet += 1;
    }

    fn tell(&mut self, fact: Fact) {
        self.tell_all(vec![fact]);
    }

    /// The flow of a client's end: what is said of one end twice is about one flow.
    fn flow_of(&mut self, client: &str) -> FlowId {
        let new = FlowId(self.origin());
        *self.flows.entry(client.to_owned()).or_insert(new)
    }

    fn origin(&self) -> Origin {
        Origin { evidence: EvidenceId(0), at: At::Packet(self.packet) }
    }

    fn stamp(&self) -> flow::sessions::Stamp {
        flow::sessions::Stamp { time: Time::from_secs(self.second), origin: self.origin() }
    }
}

/// The `n`th address of a net of two numbers.
fn nth(net: &str, n: i64) -> String {
    format!("{net}.{}.{}", n / 250, n % 250 + 1)
}

/// `name coins ports`, each list with commas, `-` for none.
fn listed(words: &[&str], site: bool) -> Pool {
    let list = |at: usize| {
        words.get(at).filter(|word| **word != "-").map_or(Vec::new(), |word| word.split(',').collect())
    };
    Pool {
        id: words[0].to_owned(),
        coins: list(1).into_iter().map(str::to_owned).collect(),
        ports: list(2).into_iter().map(|port| port.parse().unwrap()).collect(),
        site,
        mining_host: !site,
    }
}

/// `POST /target | Header: value || body` as bytes of HTTP/1. In a body behind `|| \\`, `\\n` and `\\xff` are escapes.
fn http(side: Side, text: &str) -> Vec<u8> {
    let (head, body) = text.split_once("||").map_or((text, ""), |(head, body)| (head, body.trim()));
    let body = body.strip_prefix("\\ ").map_or_else(|| body.as_bytes().to_vec(), unescaped);
    let mut parts = head.split('|').map(str::trim);
    let first = parts.next().unwrap_or_default();
    let mut head = match side {
        Side::A => format!("{first} HTTP/1.1\r\n"),
        Side::B => format!("HTTP/1.1 {first} OK\r\n"),
    };
    for header in parts.filter(|header| !header.is_empty()) {
        head.push_str(&format!("{header}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
    [head.into_bytes(), body].concat()
}

fn unescaped(text: &str) -> Vec<u8> {
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let Some((&first, after)) = rest.split_first() {
        let (byte, used) = match (first, after) {
            (b'\\', [b'n', ..]) => (b'\n', 1),
            (b'\\', [b'x', high, low, ..]) => {
                (u8::from_str_radix(&String::from_utf8_lossy(&[*high, *low]), 16).unwrap(), 3)
            }
            _ => (first, 0),
        };
        bytes.push(byte);
        rest = &after[used..];
    }
    bytes
}

fn end(text: &str) -> Endpoint {
    let end: SocketAddr = text.parse().unwrap();
    Endpoint::new(end.ip(), end.port())
}

fn number(text: &str) -> i64 {
    text.parse().unwrap()
}
