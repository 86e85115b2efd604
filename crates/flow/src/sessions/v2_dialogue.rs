//! A TCP connection that carries Stratum V2 in clear: one session, told like those of the other dialects.

use super::{Ends, Settings, Stamp};
use model::{
    Carrier, Dialect, Difficulty, Fact, JobFacts, KnownBy, MiningSession, Origin, Proof, SessionMark, Shares,
    Side, Time, Work,
};
use parse::mining::v2::{self, HEADER, MESSAGE_LIMIT, Message};

/// Longest text kept of any field.
const TEXT_LIMIT: usize = 255;

/// One direction: bytes of a frame that is not complete, or of one that is stepped over.
#[derive(Debug, Default)]
struct Half {
    held: Vec<u8>,
    skip: usize,
    lost: bool,
}

/// One connection.
#[derive(Debug)]
pub struct V2Dialogue {
    halves: [Half; 2],
    client: Side,
    session: Box<MiningSession>,
    /// Kinds of message of client and server, one bit each.
    kinds: [u32; 2],
    news: bool,
}

impl V2Dialogue {
    /// A connection whose side `client` began with SetupConnection.
    #[must_use]
    pub fn new(ends: Ends, client: Side, _: &Settings) -> V2Dialogue {
        let session = Box::new(begun(&ends, client));
        V2Dialogue { halves: [Half::default(), Half::default()], client, session, kinds: [0; 2], news: false }
    }

    /// The next payload bytes of one side, in order; what is new is put into `tell`.
    pub fn bytes(&mut self, side: Side, stamp: Stamp, bytes: &[u8], tell: &mut Vec<Fact>) {
        if self.session.first == Time::MIN {
            self.session.first = stamp.time;
        }
        self.session.last_packet = self.session.last_packet.max(stamp.time);
        let mut rest = bytes;
        loop {
            let half = &mut self.halves[side.index()];
            let skipped = half.skip.min(rest.len());
            half.skip -= skipped;
            rest = &rest[skipped..];
            if rest.is_empty() || half.lost {
                break;
            }
            // A header at least, then what its length asks for.
            let want = match v2::header(&half.held) {
                Some(header) => HEADER + header.length,
                None if half.held.len() < HEADER => HEADER,
                None => {
                    half.lost = true;
                    break;
                }
            };
            if want > HEADER + MESSAGE_LIMIT {
                half.skip = want - half.held.len();
                half.held = Vec::new();
                continue;
            }
            let (taken, after) = rest.split_at(rest.len().min(want - half.held.len()));
            half.held.extend_from_slice(taken);
            rest = after;
            if half.held.len() == want && v2::header(&half.held).is_some_and(|it| HEADER + it.length == want)
            {
                let frame = std::mem::take(&mut half.held);
                self.frame(side, stamp, &frame);
            }
        }
        self.tell(tell);
    }

    /// Bytes of one side are missing here: where the next frame begins is not known any more.
    pub fn hole(&mut self, side: Side, stamp: Stamp, _: u64) {
        self.session.last_packet = self.session.last_packet.max(stamp.time);
        self.session.incomplete = true;
        self.halves[side.index()] = Half { lost: true, ..Half::default() };
    }

    /// The connection is over.
    pub fn close(&mut self, stamp: Stamp, tell: &mut Vec<Fact>) {
        self.session.last_packet = self.session.last_packet.max(stamp.time);
        self.news = true;
        self.tell(tell);
    }

    /// Whether more bytes are wanted.
    #[must_use]
    pub fn wants(&self) -> bool {
        !(self.halves[0].lost && self.halves[1].lost)
    }

    fn tell(&mut self, tell: &mut Vec<Fact>) {
        if std::mem::take(&mut self.news) && self.session.proof.anchored > 0 {
            tell.push(Fact::Session(self.session.clone()));
        }
    }

    fn frame(&mut self, side: Side, stamp: Stamp, frame: &[u8]) {
        let Some(kind) = v2::header(frame).map(|header| header.kind) else { return };
        let Some(message) = v2::message(kind, frame.get(HEADER..).unwrap_or_default()) else { return };
        let session = &mut *self.session;
        session.last = session.last.max(stamp.time);
        let ours = side == self.client;
        let proof = &mut session.proof;
        let count = if ours { &mut proof.client_messages } else { &mut proof.server_messages };
        *count = count.saturating_add(1);
        self.news |= *count <= 3;
        proof.anchored = proof.anchored.saturating_add(1);
        // The message types of interest end below 32, but for those of new blocks and targets.
        let kinds = &mut self.kinds[usize::from(!ours)];
        *kinds |= 1 << (kind & 31);
        *(if ours { &mut proof.client_kinds } else { &mut proof.server_kinds }) = kinds.count_ones();
        if ours { self.said(&message, stamp) } else { self.told(&message, stamp) }
    }

    fn said(&mut self, message: &Message<'_>, stamp: Stamp) {
        let session = &mut *self.session;
        match message {
            Message::Setup { endpoint, device } => {
                let known = device.iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>();
                session.agent = Some(known.join(" ")).filter(|agent| !agent.is_empty());
                session.hints.push(format!("{}:{}", endpoint.0, endpoint.1));
                session.hints.truncate(1);
                mark(session, SessionMark::Request, stamp);
            }
            Message::Open { user, hashrate } => {
                session.login =
                    Some(user.chars().take(TEXT_LIMIT).collect()).filter(|it: &String| !it.is_empty());
                // More than 10^24 hashes per second nobody has; a float may also be no number.
                let plausible = hashrate.is_finite() && (0.0..1e19).contains(hashrate);
                session.claimed_hashrate = plausible.then_some(*hashrate as u64);
                mark(session, SessionMark::Login, stamp);

                self.news = true;
            }
            Message::Submit => {
                session.shares.sent = Some(session.shares.sent.unwrap_or(0).saturating_add(1));
                mark(session, SessionMark::Submit, stamp);
            }
            _ => {}
        }
    }

    fn told(&mut self, message: &Message<'_>, stamp: Stamp) {
        let session = &mut *self.session;
        let shares = &mut session.shares;
        // The server's side is seen: so many are known, if only none.
        shares.accepted.get_or_insert(0);
        shares.rejected.get_or_insert(0);
        match message {
            Message::SetupTaken => {
                session.proof.answered += 1;
                mark(session, SessionMark::Answer, stamp);
            }
            Message::Opened(hashes) => {
                session.proof.answered += 1;
                session.proof.login_accepted = Some(true);
                session.difficulty = hashes.map(difficulty).or(session.difficulty.take());
                self.news = true;
            }
            Message::Target(hashes) => {
                session.difficulty = hashes.map(difficulty).or(session.difficulty.take())
            }
            Message::Refused(words) => {
                session.proof.answered += 1;
                session.proof.refused = true;
                session.refusal.get_or_insert_with(|| (*words).to_owned());
                mark(session, SessionMark::Refused, stamp);
                self.news = true;
            }
            Message::Job(_) => {
                self.news |= session.proof.distinct_jobs < 3;
                session.proof.distinct_jobs = session.proof.distinct_jobs.saturating_add(1).min(64);
                session.proof.job = true;
                session.first_job.get_or_insert(stamp.time);
                mark(session, SessionMark::Job, stamp);
            }
            Message::Accepted(count) => {
                let accepted = shares.accepted.unwrap_or(0).saturating_add((*count).into());
                shares.accepted = Some(accepted);
                // Every share asks for the target in force; of some, sent before it changed, that is near enough.
                if let Some(hashes) = session.difficulty.as_ref().and_then(|difficulty| difficulty.hashes) {
                    let sum = session.hashes_accepted.unwrap_or(0);
                    session.hashes_accepted =
                        Some(sum.saturating_add(hashes.saturating_mul((*count).into())));
                    let squares = session.hashes_accepted_squared.unwrap_or(0.0);
                    session.hashes_accepted_squared =
                        Some(squares + hashes as f64 * hashes as f64 * f64::from(*count));
                }
                self.news = true;
                mark(session, SessionMark::Accepted, stamp);
            }
            Message::Rejected => shares.rejected = shares.rejected.map(|count| count.saturating_add(1)),
            Message::Reconnect(host, port) => {
                session.redirect = Some(format!("{host}:{port}"));
                mark(session, SessionMark::Redirect, stamp);
                self.news = true;
            }
            _ => {}
        }
    }
}

fn difficulty(hashes: u128) -> Difficulty {
    Difficulty { stated: hashes.to_string(), hashes: Some(hashes) }
}

fn mark(session: &mut MiningSession, mark: SessionMark, stamp: Stamp) {
    let place: (SessionMark, Origin, Time) = (mark, stamp.origin, stamp.time);
    if let Err(at) = session.marks.binary_search_by_key(&(mark as usize), |(known, ..)| *known as usize) {
        session.marks.insert(at, place);
    }
}

/// A session of Stratum V2 of which nothing is known yet.
#[must_use]
pub fn begun(ends: &Ends, client: Side) -> MiningSession {
    MiningSession {
        flow: ends.flow,
        number: 0,
        client: ends.of(client),
        server: ends.of(client.other()),
        ends_by: KnownBy::Content,
        carrier: Carrier::Tcp,
        carriage: model::Carriage::default(),
        dialect: Some(Dialect::StratumV2),
        proof: Proof::default(),
        shares: Shares::default(),
        work: Work::default(),
        first: Time::MIN,
        last: Time::MIN,
        first_job: None,
        last_packet: Time::MIN,
        login: None,
        password: None,
        worker: None,
        agent: None,
        hints: Vec::new(),
        algorithm: None,
        difficulty: None,
        hashes_accepted: None,
        hashes_accepted_squared: None,
        claimed_hashrate: None,
        job: JobFacts::default(),
        redirect: None,
        refusal: None,
        incomplete: ends.opener.is_none(),
        troubles: Vec::new(),
        marks: Vec::new(),
        dialogue: Vec::new(),
    }
}
