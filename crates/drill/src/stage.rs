//! The stage on which a scenario is played: hosts, clock, packets and truth as they come together.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use crate::miner::Talk;
use crate::rng::Rng;
use crate::scene::{HostTruth, Interface, Level, Role, Scene, Time, Truth};
use crate::tcp::{Conversation, Turn};
use crate::wire::{Node, Wire};

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
        Self { rng: Rng::named(seed, name), wire: Wire::default(), scene: Scene::default(), port: 0 }
    }

    /// The next client port.
    pub(crate) fn port(&mut self) -> u16 {
        if self.port < 49_152 {
            self.port = 49_152 + self.rng.below(9_000) as u16;
        }
        self.port = self.port.wrapping_add(1 + self.rng.below(5) as u16);
        self.port
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
        if facts.pool.is_none() {
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

    /// Sets what all miners of the scene must reach and must not exceed.
    pub(crate) fn levels(&mut self, least: Level, most: Level) {
        for host in &mut self.scene.truth.hosts {
            (host.least, host.most) = (least, most);
        }
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
