//! The stage on which a scenario is played: hosts, clock, packets and truth as they come together.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use crate::miner::Talk;
use crate::rng::Rng;
use crate::scene::{HostTruth, Interface, Level, Role, Scene, Time, Truth};
use crate::tcp::{Conversation, Side, Turn};
use crate::wire::{Node, Wire, dns, tls};

/// Monday 2026-11-23 08:00:00 UTC: when every exercise begins.
pub(crate) const MORNING: Time = Time(1_795_420_800_000_000_000);

/// MAC of the router, under which everything outside is seen (locally administered).
pub(crate) const ROUTER_MAC: [u8; 6] = [0x02, 0x00, 0x5E, 0x00, 0x00, 0x01];

/// A machine in the local network 192.168.10.0/24.
pub(crate) fn inside(number: u8) -> Node {
    local(Ipv4Addr::new(192, 168, 10, number), number)
}

/// A machine in the local network with this address.
pub(crate) fn local(address: impl Into<IpAddr>, number: u8) -> Node {
    Node { address: address.into(), mac: [0x02, 0x00, 0x5E, 0x10, 0x00, number] }
}

/// A machine outside, seen through the router.
pub(crate) fn outside(address: impl Into<IpAddr>) -> Node {
    Node { address: address.into(), mac: ROUTER_MAC }
}

/// A pool of the exercise: 198.51.100.0/24 (RFC 5737, TEST-NET-2).
pub(crate) fn pool(number: u8) -> Node {
    outside(Ipv4Addr::new(198, 51, 100, number))
}

/// An ordinary server: 203.0.113.0/24 (RFC 5737, TEST-NET-3).
pub(crate) fn server(number: u8) -> Node {
    outside(Ipv4Addr::new(203, 0, 113, number))
}

/// The resolver of the local network.
pub(crate) const RESOLVER: Node =
    Node { address: IpAddr::V4(Ipv4Addr::new(192, 168, 10, 1)), mac: ROUTER_MAC };

/// Turns with the time since the start, to weave several dialogues into one.
pub(crate) fn timed(turns: &[Turn]) -> Vec<(Duration, Turn)> {
    let mut now = Duration::ZERO;
    let place = |turn: &Turn| {
        now += turn.wait;
        (now, turn.clone())
    };
    turns.iter().map(place).collect()
}

/// Back to waits between turns.
pub(crate) fn untimed(turns: Vec<(Duration, Turn)>) -> Vec<Turn> {
    let mut now = Duration::ZERO;
    let wait = |(at, turn): (Duration, Turn)| Turn { wait: at - std::mem::replace(&mut now, at), ..turn };
    turns.into_iter().map(wait).collect()
}

/// Everything of a scene while it is being made.
pub(crate) struct Stage {
    pub(crate) rng: Rng,
    pub(crate) wire: Wire,
    pub(crate) scene: Scene,
    port: u16,
}

impl Stage {
    /// An empty stage for this seed; `name` makes its random numbers its own.
    pub(crate) fn new(seed: u64, name: &str) -> Self {
        let wire = Wire { padded: Some(ROUTER_MAC), ..Wire::default() };
        Self { rng: Rng::named(seed, name), wire, scene: Scene::default(), port: 0 }
    }

    /// The next client port.
    pub(crate) fn port(&mut self) -> u16 {
        if self.port < 49_152 {
            self.port = 49_152 + self.rng.below(9_000) as u16;
        }
        self.port = self.port.wrapping_add(1 + self.rng.below(5) as u16);
        self.port
    }

    /// A UDP datagram.
    pub(crate) fn udp(&mut self, time: Time, from: (Node, u16), to: (Node, u16), body: &[u8]) {
        let ident = self.rng.below(1 << 16) as u32;
        self.scene.packets.extend(self.wire.udp(time, from, to, ident, body));
    }

    /// `client` looks `name` up and gets this address; returns the time of the answer.
    pub(crate) fn look_up(&mut self, time: Time, client: Node, name: &str, address: IpAddr) -> Time {
        let (id, port) = (self.rng.bits() as u16, self.port());
        let kind = if address.is_ipv4() { dns::A } else { dns::AAAA };
        let records = [dns::Record { owner: name.to_owned(), lives: 300, data: dns::Data::Address(address) }];
        let later = time + self.rng.delay(Duration::from_millis(14), 0.6);
        self.udp(time, (client, port), (RESOLVER, 53), &dns::query(id, name, kind));
        self.udp(later, (RESOLVER, 53), (client, port), &dns::answer(id, name, kind, &records));
        later
    }

    /// Looks the pool's name up first, if it has one; returns when the connection begins.
    pub(crate) fn start_with_name(&mut self, client: Node, name: &str, server: Node) -> Time {
        self.start_with_name_at(MORNING, client, name, server)
    }

    /// The same at another time.
    pub(crate) fn start_with_name_at(&mut self, time: Time, client: Node, name: &str, server: Node) -> Time {
        if name.is_empty() {
            return time;
        }
        self.look_up(time, client, name, server.address) + Duration::from_micros(800)
    }

    /// The same dialogue inside TLS: hellos, then one record for each turn. TLS 1.3, or 1.2 with a certificate
    /// of this name that can be read.
    pub(crate) fn over_tls(
        &mut self,
        turns: &[Turn],
        name: Option<&str>,
        certificate: Option<&str>,
    ) -> Vec<Turn> {
        let rng = &mut self.rng;
        let turn = |wait: u64, from, bytes| Turn { wait: Duration::from_millis(wait), from, bytes };
        let mut sealed = vec![turn(1, Side::Client, tls::client_hello(rng, tls::Program::OpenSsl, name))];
        if let Some(certificate) = certificate {
            sealed.push(turn(3, Side::Server, tls::server_hello_with_certificate(rng, certificate)));
            sealed.push(turn(1, Side::Client, tls::client_key(rng)));
            sealed.push(turn(1, Side::Server, tls::server_finished(rng)));
        } else {
            sealed.push(turn(3, Side::Server, tls::server_hello(rng, 1100)));
            sealed.push(turn(1, Side::Client, tls::client_finished(rng)));
        }
        for one in turns {
            sealed.push(Turn { bytes: tls::sealed(rng, one.bytes.len()), ..one.clone() });
        }
        sealed
    }

    /// A clean conversation between a new port of `client` and `server`.
    pub(crate) fn conversation(&mut self, client: Node, server: Node, port: u16) -> Conversation {
        let mut conversation = Conversation::new((client, self.port()), (server, port));
        conversation.wire = self.wire.clone();
        conversation.round_trip = self.rng.delay(Duration::from_millis(28), 0.4);
        conversation
    }

    /// Plays turns and keeps their packets.
    pub(crate) fn play(&mut self, conversation: &Conversation, start: Time, turns: &[Turn]) {
        let packets = conversation.play(&mut self.rng, start, turns);
        self.scene.packets.extend(packets);
    }

    /// Plays a mining dialogue and notes that its client mines.
    pub(crate) fn mine(&mut self, conversation: &Conversation, start: Time, talk: Talk) {
        self.play(conversation, start, &talk.turns);
        self.note_miner(conversation, talk);
    }

    /// Notes that the client of this conversation mines.
    pub(crate) fn note_miner(&mut self, conversation: &Conversation, talk: Talk) {
        let mut facts = talk.facts;
        if facts.protocol.is_some() && facts.pool.is_none() {
            let (server, port) = conversation.server;
            facts.pool = Some(std::net::SocketAddr::new(server.address, port).to_string());
        }
        let address = conversation.client.0.address;
        let hosts = &mut self.scene.truth.hosts;
        if let Some(host) = hosts.iter_mut().find(|host| host.addresses.contains(&address)) {
            host.sessions.push(facts);
            return;
        }
        hosts.push(HostTruth {
            addresses: vec![address],
            name: None,
            role: Role::Miner,
            least: Level::Probable,
            most: Level::Confirmed,
            sessions: vec![facts],
        });
    }

    /// Notes the name of a host of the truth.
    pub(crate) fn name_host(&mut self, host: Node, name: &str) {
        for known in self.scene.truth.hosts.iter_mut().filter(|known| known.addresses.contains(&host.address))
        {
            known.name = Some(name.to_owned());
        }
    }

    /// Sets what all miners of the scene must reach and must not exceed.
    pub(crate) fn levels(&mut self, least: Level, most: Level) {
        for host in &mut self.scene.truth.hosts {
            (host.least, host.most) = (least, most);
        }
    }

    /// The finished scene; its note was set before.
    pub(crate) fn finish_noted(self) -> Scene {
        let note = self.scene.truth.note.clone();
        self.finish(&note)
    }

    /// The finished scene.
    pub(crate) fn finish(mut self, note: &str) -> Scene {
        if self.scene.interfaces.is_empty() {
            let link_type = self.wire.link.number();
            self.scene.interfaces = vec![Interface { name: "eth0", link_type, snap_length: 0 }];
        }
        self.scene.packets.sort_by_key(|packet| packet.time);
        self.scene.truth = Truth { note: note.to_owned(), ..self.scene.truth };
        self.scene
    }
}
