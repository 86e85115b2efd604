//! A node that announces its blocks, and the program that listens: a node's context, or work for a miner.

use crate::sessions::{Ends, Stamp, v2_begun};
use model::{Dialect, Fact, NodeTraffic, Observation, SessionMark, Side};
use parse::app::zmtp::{self, Socket, Topic};

/// Bytes of each side that are looked at: a greeting (64), READY (about 40), and a subscription to each topic (about 25).
const MOST: usize = 2048;

/// One connection until both sides introduced themselves and one asked for what miners need.
#[derive(Debug, Default)]
pub(crate) struct Announced {
    heads: [Vec<u8>; 2],
    lost: [bool; 2],
    /// What was told already.
    said: Vec<Topic>,
}

impl Announced {
    /// Takes bytes of a side; returns whether more are wanted.
    pub(crate) fn bytes(
        &mut self,
        side: Side,
        stamp: Stamp,
        bytes: &[u8],
        ends: &Ends,
        tell: &mut Vec<Observation>,
    ) -> bool {
        let head = &mut self.heads[side.index()];
        if !self.lost[side.index()] {
            let room = MOST.saturating_sub(head.len());
            head.extend_from_slice(&bytes[..bytes.len().min(room)]);
            self.lost[side.index()] |= head.len() >= MOST;
        }
        let [a, b] = [Side::A, Side::B].map(|side| zmtp::introduction(&self.heads[side.index()]));
        let (subscriber, asked) = match (a, b) {
            (Some(a), Some(b)) if (a.socket, b.socket) == (Socket::Subscriber, Socket::Publisher) => {
                (Side::A, a)
            }
            (Some(a), Some(b)) if (a.socket, b.socket) == (Socket::Publisher, Socket::Subscriber) => {
                (Side::B, b)
            }
            // Two of a kind do not talk with each other.
            (Some(_), Some(_)) => return false,
            (a, b) => {
                let shut = |at: usize, known: bool| self.lost[at] && !known;
                return !(shut(0, a.is_some()) || shut(1, b.is_some()));
            }
        };
        for topic in asked.topics {
            if !self.said.contains(&topic) {
                self.said.push(topic);
                tell.push(Observation {
                    time: stamp.time,
                    origin: stamp.origin,
                    fact: told(topic, subscriber, stamp, ends),
                });
            }
        }
        // Who has heard a block of the publisher's has asked for it before.
        !(self.said.contains(&Topic::MinerData) || self.lost.contains(&true))
    }

    /// Bytes of a side are missing: what comes after does not continue what came before.
    pub(crate) fn hole(&mut self, side: Side) {
        self.lost[side.index()] = true;
    }

    /// Bytes of memory behind it.
    pub(crate) fn held(&self) -> usize {
        size_of::<Announced>() + self.heads.iter().map(Vec::capacity).sum::<usize>()
    }
}

/// What a subscription that a publisher took says.
fn told(topic: Topic, subscriber: Side, stamp: Stamp, ends: &Ends) -> Fact {
    let chain = match topic {
        Topic::Bitcoin => "Bitcoin-like",
        Topic::CryptoNote => "CryptoNote",
        Topic::MinerData => {
            // The same words as p2pool's call `get_miner_data`, asked once for all blocks to come.
            let mut session = v2_begun(ends, subscriber);
            session.dialect = Some(Dialect::Getblocktemplate);
            session.work.polled = 1;
            let proof = &mut session.proof;
            (proof.anchored, proof.answered) = (1, 1);
            (proof.client_messages, proof.server_messages) = (1, 1);
            (proof.client_kinds, proof.server_kinds) = (1, 1);
            session.marks.push((SessionMark::Request, stamp.origin, stamp.time));
            (session.first, session.last, session.last_packet) = (stamp.time, stamp.time, stamp.time);
            return Fact::Session(Box::new(session));
        }
    };
    Fact::Node(Box::new(NodeTraffic {
        flow: ends.flow,
        client: ends.of(subscriber),
        server: ends.of(subscriber.other()),
        chain: chain.to_owned(),
        protocol: "zmq",
        client_agent: None,
        server_agent: None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{At, Endpoint, EvidenceId, FlowId, Origin, Time};

    fn side(socket: &str, topics: &[&str]) -> Vec<u8> {
        let mut bytes = b"\xff\0\0\0\0\0\0\0\x01\x7f\x03\x01NULL".to_vec();
        bytes.resize(64, 0);
        let mut ready = b"\x05READY\x0bSocket-Type\0\0\0".to_vec();
        ready.push(socket.len() as u8);
        ready.extend(socket.as_bytes());
        bytes.extend([4, ready.len() as u8]);
        bytes.extend(ready);
        for topic in topics {
            bytes.extend([0, topic.len() as u8 + 1, 1]);
            bytes.extend(topic.as_bytes());
        }
        bytes
    }

    fn at(packet: u64) -> (Ends, Stamp) {
        let end = |host, port| Endpoint::new(std::net::Ipv4Addr::new(192, 0, 2, host).into(), port);
        let origin = Origin { evidence: EvidenceId(0), at: At::Packet(packet) };
        let flow = FlowId(Origin { evidence: EvidenceId(0), at: At::Packet(1) });
        let ends = Ends { a: end(7, 40_000), b: end(99, 18_083), opener: Some(Side::A), flow };
        (ends, Stamp { time: Time::MIN, origin })
    }

    /// What is told, and whether more is wanted: in that order.
    fn play(pieces: &[(Side, &[u8])]) -> (Vec<&'static str>, bool) {
        let (mut announced, mut tell, mut wants) = (Announced::default(), Vec::new(), true);
        for (packet, (side, bytes)) in (1..).zip(pieces) {
            if wants {
                let (ends, stamp) = at(packet);
                wants = announced.bytes(*side, stamp, bytes, &ends, &mut tell);
            }
        }
        let words = tell.iter().map(|seen| match &seen.fact {
            Fact::Session(session) => {
                assert!(session.proof.answered > session.work.answered && session.client.port == 40_000);
                "session"
            }
            Fact::Node(node) => {
                assert_eq!((node.protocol, node.client.port), ("zmq", 40_000));
                if node.chain == "CryptoNote" { "monero" } else { "bitcoin" }
            }
            _ => "other",
        });
        (words.collect(), wants)
    }

    #[test]
    fn who_listens_to_what() {
        let p2pool =
            side("SUB", &["json-full-chain_main", "json-full-miner_data", "json-minimal-txpool_add"]);
        let explorer = side("SUB", &["rawblock", "hashtx"]);
        let (publisher, other) = (side("XPUB", &[]), side("SUB", &["alerts"]));
        let (a, b) = (Side::A, Side::B);
        assert_eq!(play(&[(a, &p2pool), (b, &publisher)]), (vec!["monero", "session"], false));
        // As libzmq sends it: greetings in parts, subscriptions behind the answer.
        let parts = [
            (a, &p2pool[..10]),
            (b, &publisher[..10]),
            (a, &p2pool[10..64]),
            (b, &publisher[10..]),
            (a, &p2pool[64..120]),
            (a, &p2pool[120..]),
        ];
        assert_eq!(play(&parts), (vec!["monero", "session"], false));
        assert_eq!(play(&[(b, &publisher), (a, &explorer)]), (vec!["bitcoin"], true));
        assert_eq!(play(&[(b, &publisher), (a, &other)]), (vec![], true));
        // Nobody publishes: nothing is told.
        assert_eq!(play(&[(a, &p2pool)]), (vec![], true));
        assert_eq!(play(&[(a, &p2pool), (b, &other)]), (vec![], false));
        assert_eq!(play(&[(a, &p2pool), (b, &[0xff; MOST])]), (vec![], false));
    }
}
