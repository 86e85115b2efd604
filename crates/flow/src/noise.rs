//! Stratum V2 inside Noise: nothing can be read, but its handshake has a shape.
//!
//! The client sends exactly 64 bytes and waits, the server exactly 234, the client its SetupConnection, the server 44.
//! Source: stratum-mining/sv2-spec 04, "Protocol Security" (ElligatorSwift keys 64; 64 + 80 + 90; header 22 and
//! payload + 16); lengths of the messages from 03 and 05.

use crate::sessions::{Ends, Stamp, v2_begun};
use model::{Fact, MiningSession, Observation, SessionMark, Side};

/// First key of the client, and the server's with certificate.
const KEYS: [u32; 2] = [64, 234];
/// SetupConnection: 22 + 16 + 14 + 2 and up to five texts of 255.
const SETUP: std::ops::RangeInclusive<u32> = 54..=1300;
/// SetupConnection.Success.
const TAKEN: u32 = 44;
/// SubmitSharesStandard, and extended ones with an extranonce of 8.
const SUBMITS: [usize; 2] = [62, 71];
/// SetNewPrevHash with NewMiningJob behind it or alone, with and without a minimal time.
const BLOCKS: [usize; 3] = [86, 86 + 83, 86 + 87];

/// How many bytes each side sent before the other spoke, at the beginning of a connection.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Runs {
    sizes: [u32; 4],
    count: usize,
    last: Option<Side>,
}

/// Whether the runs so far are those of the handshake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// They are not.
    No,
    /// They may be.
    Maybe,
    /// All four are, and the first side is the client.
    Yes,
}

impl Runs {
    /// Takes bytes of a side.
    pub(crate) fn add(&mut self, side: Side, bytes: usize) -> Shape {
        if self.last != Some(side) {
            self.count += 1;
            self.last = Some(side);
        }
        let Some(size) = self.count.checked_sub(1).and_then(|at| self.sizes.get_mut(at)) else {
            return Shape::No;
        };
        *size = size.saturating_add(u32::try_from(bytes).unwrap_or(u32::MAX));
        let [key, answer, setup, taken] = self.sizes;
        let over = |at: usize| self.count > at;
        let fits = |size: u32, want: u32, over: bool| if over { size == want } else { size <= want };
        let possible = fits(key, KEYS[0], over(1))
            && fits(answer, KEYS[1], over(2))
            && (if over(3) { SETUP.contains(&setup) } else { setup <= *SETUP.end() })
            && taken <= TAKEN;
        match (possible, self.count == 4 && taken == TAKEN) {
            (false, _) => Shape::No,
            (true, true) => Shape::Yes,
            (true, false) => Shape::Maybe,
        }
    }

    /// Something is missing: lengths mean nothing any more.
    pub(crate) fn spoil(&mut self) {
        self.count = self.sizes.len() + 1;
    }
}

/// A connection whose handshake had the shape.
#[derive(Debug)]
pub(crate) struct NoiseSession {
    client: Side,
    session: Box<MiningSession>,
}

impl NoiseSession {
    /// The handshake is complete; the server's last message came at `stamp`.
    pub(crate) fn new(ends: &Ends, client: Side, first: Stamp, stamp: Stamp) -> NoiseSession {
        let mut session = Box::new(v2_begun(ends, client));
        (session.first, session.last, session.last_packet) = (first.time, stamp.time, stamp.time);
        session.marks.push((SessionMark::Request, first.origin, first.time));
        session.marks.push((SessionMark::Answer, stamp.origin, stamp.time));
        NoiseSession { client, session }
    }

    /// Counts what has the lengths of submits and of new blocks. Nothing of it is proof.
    pub(crate) fn bytes(&mut self, side: Side, stamp: Stamp, bytes: &[u8]) {
        let session = &mut *self.session;
        session.last_packet = session.last_packet.max(stamp.time);
        let (lengths, count) = if side == self.client {
            (&SUBMITS[..], &mut session.proof.client_messages)
        } else {
            (&BLOCKS[..], &mut session.proof.server_messages)
        };
        if lengths.contains(&bytes.len()) {
            *count = count.saturating_add(1);
            session.last = session.last.max(stamp.time);
        }
    }

    /// The connection is over.
    pub(crate) fn close(&mut self, stamp: Stamp, tell: &mut Vec<Observation>) {
        self.session.last_packet = self.session.last_packet.max(stamp.time);
        let fact = Fact::Session(self.session.clone());
        tell.push(Observation { time: stamp.time, origin: stamp.origin, fact });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(runs: &[(Side, usize)]) -> Shape {
        let mut all = Runs::default();
        runs.iter().map(|(side, bytes)| all.add(*side, *bytes)).last().unwrap_or(Shape::No)
    }

    /// Lengths as the specification derives them; the segments they come in do not matter.
    #[test]
    fn the_handshake_has_one_shape() {
        let (a, b) = (Side::A, Side::B);
        assert_eq!(shape(&[(a, 64), (b, 234), (a, 98), (b, 44)]), Shape::Yes);
        assert_eq!(shape(&[(b, 60), (b, 4), (a, 200), (a, 34), (b, 98), (a, 22), (a, 22)]), Shape::Yes);
        assert_eq!(shape(&[(a, 64), (b, 234), (a, 98)]), Shape::Maybe);
        assert_eq!(shape(&[(a, 64), (a, 300)]), Shape::No, "Telegram goes on at once");
        assert_eq!(shape(&[(a, 64), (b, 64)]), Shape::Maybe);
        assert_eq!(shape(&[(a, 64), (b, 64), (a, 64)]), Shape::No, "Bitcoin's encrypted transport");
        assert_eq!(shape(&[(a, 64), (b, 234), (a, 98), (b, 45)]), Shape::No);
        assert_eq!(shape(&[(a, 50), (b, 50)]), Shape::No, "Lightning");
    }
}
