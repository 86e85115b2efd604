//! A full node's connection: what both sides call themselves in their version messages.

use crate::sessions::{Ends, Stamp};
use model::{Endpoint, Fact, FlowId, NodeTraffic, Observation, Side};
use parse::app::node::{self, Network, Node, Protocol};

/// Bytes of each side that are looked at: a Bitcoin version message with the longest user agent has about 400
/// (24 header, 86 fixed, 256 agent, BIP 14), a Levin handshake announces its network in under 1 KiB.
const MOST: usize = 2048;

/// A node's connection until both sides introduced themselves.
#[derive(Debug)]
pub(crate) struct Peers {
    stamp: Stamp,
    first: Side,
    heads: [Vec<u8>; 2],
    /// That side's head is not continued.
    lost: [bool; 2],
    said: bool,
}

impl Peers {
    /// For a connection whose side `first` began as a node does.
    pub(crate) fn new(first: Side, stamp: Stamp) -> Peers {
        Peers { stamp, first, heads: [Vec::new(), Vec::new()], lost: [false; 2], said: false }
    }

    /// Takes bytes of a side; returns whether more are wanted.
    pub(crate) fn bytes(
        &mut self,
        side: Side,
        bytes: &[u8],
        ends: &Ends,
        tell: &mut Vec<Observation>,
    ) -> bool {
        let head = &mut self.heads[side.index()];
        let room = MOST.saturating_sub(head.len());
        if !self.lost[side.index()] {
            head.extend_from_slice(&bytes[..bytes.len().min(room)]);
        }
        let introduced = |head: &[u8]| {
            let told = |node: Node| node.agent.is_some() || node.protocol == Protocol::P2pool;
            head.len() >= MOST || node::recognise(head).is_some_and(told)
        };
        let wants = !self.heads.iter().all(|head| introduced(head));
        if !wants {
            self.close(ends, tell);
        }
        wants
    }

    /// Bytes of a side are missing: what comes after does not continue what came before.
    pub(crate) fn hole(&mut self, side: Side) {
        self.lost[side.index()] = true;
    }

    /// Bytes of memory behind it.
    pub(crate) fn held(&self) -> usize {
        size_of::<Peers>() + self.heads.iter().map(Vec::capacity).sum::<usize>()
    }

    /// Says what is known.
    pub(crate) fn close(&mut self, ends: &Ends, tell: &mut Vec<Observation>) {
        if std::mem::replace(&mut self.said, true) {
            return;
        }
        let client = ends.opener.unwrap_or(self.first);
        let [ours, theirs] = [client, client.other()].map(|side| node::recognise(&self.heads[side.index()]));
        let Some(best) = [&ours, &theirs].into_iter().flatten().max_by_key(|node| node.ticker.is_some())
        else {
            return;
        };
        let fact = NodeTraffic {
            flow: ends.flow,
            client: ends.of(client),
            server: ends.of(client.other()),
            chain: chain(best),
            protocol: match best.protocol {
                Protocol::Bitcoin => "bitcoin-p2p",
                Protocol::Levin => "levin",
                Protocol::Discv4 => "discv4",
                Protocol::P2pool => "p2pool",
            },
            client_agent: ours.and_then(|node| node.agent),
            server_agent: theirs.and_then(|node| node.agent),
        };
        let fact = Fact::Node(Box::new(fact));
        tell.push(Observation { time: self.stamp.time, origin: self.stamp.origin, fact });
    }
}

/// What a datagram of Ethereum's node discovery says, if it is one.
pub(crate) fn discovery(datagram: &[u8], ends: [Endpoint; 2], flow: FlowId) -> Option<Fact> {
    let node = node::discv4::recognise(datagram)?;
    let [client, server] = ends;
    let protocol = "discv4";
    Some(Fact::Node(Box::new(NodeTraffic {
        flow,
        client,
        server,
        chain: chain(&node),
        protocol,
        client_agent: None,
        server_agent: None,
    })))
}

/// The chain in a word or two: ticker and, off the main network, which.
fn chain(node: &Node) -> String {
    let ticker = node.ticker.unwrap_or(match node.protocol {
        Protocol::Bitcoin => "Bitcoin-like",
        Protocol::Levin => "CryptoNote",
        Protocol::Discv4 => "Ethereum-like",
        Protocol::P2pool => "p2pool",
    });
    match node.network {
        None | Some(Network::Main) => ticker.to_owned(),
        Some(other) => format!("{ticker} {}", other.word()),
    }
}
