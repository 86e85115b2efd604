//! What two ends said to each other, whatever carried it: the state behind every mining session.

use super::account::{Account, Marks};
use super::jobs::{Jobs, Price};
use super::pending::{Pending, Queue, id_number};
use super::record::Recorder;
use super::roles::Roles;
use super::secrets;
use super::talk::Seen;
use super::{Ends, Settings, Stamp};
use model::{AlgorithmFrom, Carrier, Dialect, Fact, Message, Secret, SessionMark, Side, Time, Work};
use parse::mining::algorithm;
use parse::mining::said::{Act, Answer, AskKind, Family, Said, Tell};

/// Most logins kept apart on one connection; later ones share the last.
pub(super) const ACCOUNTS: usize = 16;

/// Longest login kept, in bytes.
pub(super) const LOGIN_LIMIT: usize = 1024;

/// Longest agent and refusal kept, in bytes.
pub(super) const WORDS_LIMIT: usize = 256;

/// Bit of the kinds of a client for methods that are not known here.
const UNKNOWN_KIND: u32 = 31;

/// State of one connection.
#[derive(Debug)]
pub(super) struct Conversation {
    pub(super) ends: Ends,
    pub(super) carrier: Carrier,
    pub(super) roles: Roles,
    pub(super) seen: Seen,
    pub(super) messages: [u64; 2],
    pub(super) kinds: [u32; 2],
    pub(super) answered: u64,
    pub(super) anchored: u64,
    /// Which sides spoke as a miner alone does, and as a pool alone does.
    spoke: [Spoke; 2],
    /// A session was told.
    told: bool,
    pub(super) dialect: Option<Dialect>,
    /// The subscription was answered as for a header of Bitcoin's kind.
    pub(super) header_like: bool,
    /// The subscription was answered under its method's name instead of an id, as Ergo's first pools do.
    pub(super) named_reply: bool,
    pub(super) family: Option<Family>,
    pub(super) agent: Option<String>,
    pub(super) algorithm: Option<(String, AlgorithmFrom)>,
    /// The newest name of an algorithm, as it was spelled, and who said it.
    algorithm_said: (String, Option<AlgorithmFrom>),
    pub(super) price: Price,
    pub(super) jobs: Jobs,
    pub(super) job_seen: bool,
    pub(super) accounts: Vec<Account>,
    pub(super) queues: [Queue; 2],
    pub(super) work: Work,
    pub(super) hints: Vec<String>,
    pub(super) redirect: Option<String>,
    pub(super) marks: Marks,
    pub(super) first: Option<Time>,
    pub(super) last: Time,
    pub(super) troubles: Vec<(Message, u64)>,
    pub(super) recorder: Option<Box<Recorder>>,
    pub(super) show_secrets: bool,
    pub(super) news: bool,
}

/// As whom a side spoke.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Spoke {
    /// It subscribed, logged in, asked for work or handed some in.
    as_miner: bool,
    /// It handed out work, or answered a subscription or login as pools do.
    as_pool: bool,
}

/// Where a message was seen, and with which HTTP exchange (0 on a plain stream).
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) side: Side,
    pub(super) stamp: Stamp,
    pub(super) exchange: u64,
}

impl Conversation {
    pub(super) fn new(ends: Ends, carrier: Carrier, settings: &Settings, seen: Seen) -> Conversation {
        Conversation {
            ends,
            carrier,
            roles: Roles::new(),
            seen,
            messages: [0; 2],
            kinds: [0; 2],
            answered: 0,
            anchored: 0,
            spoke: [Spoke::default(); 2],
            told: false,
            dialect: None,
            header_like: false,
            named_reply: false,
            family: None,
            agent: None,
            algorithm: None,
            algorithm_said: (String::new(), None),
            price: Price::Unknown,
            jobs: Jobs::default(),
            job_seen: false,
            accounts: vec![Account::default()],
            queues: [Queue::default(), Queue::default()],
            work: Work::default(),
            hints: Vec::new(),
            redirect: None,
            marks: Marks::default(),
            first: None,
            last: Time::MIN,
            troubles: Vec::new(),
            show_secrets: settings.show_secrets,
            recorder: settings.record_dialogue.then(|| Box::new(Recorder::new(settings.show_secrets))),
            news: false,
        }
    }

    /// Whether anything proves that this is mining. Requests come from one side, jobs and answers from the other: a side
    /// that says both is a quotation (a log, a mail, a paste), unless the other side takes part.
    pub(super) fn is_mining(&self) -> bool {
        let [a, b] = self.spoke;
        let exchanged = (a.as_miner && b.as_pool) || (b.as_miner && a.as_pool);
        let quoted = (a.as_miner && a.as_pool) || (b.as_miner && b.as_pool);
        self.anchored > 0 && (exchanged || !(quoted || self.seen.doubtful))
    }

    /// Notes as whom a side speaks.
    fn note_speaker(&mut self, said: &Said<'_>, side: Side) {
        let spoke = &mut self.spoke[side.index()];
        match &said.act {
            Act::Ask(ask) => {
                let kind = ask.kind();
                let asks = matches!(
                    kind,
                    AskKind::Subscribe | AskKind::EthWork | AskKind::Getwork | AskKind::Template
                );
                spoke.as_miner |= kind.is_login() || kind.is_solution() || asks;
            }
            Act::Tell(Tell::Job(_) | Tell::Difficulty(_) | Tell::Target(_) | Tell::Set { .. })
            | Act::Answer(Answer::Job(_) | Answer::LoggedIn { .. } | Answer::Subscribed { .. }) => {
                spoke.as_pool |= said.anchor;
            }
            _ => {}
        }
    }

    /// Takes one message.
    pub(super) fn take(&mut self, said: &Said<'_>, raw: &[u8], place: Place) {
        let line = self.record(said, raw, place);
        if said.anchor {
            self.anchor();
        }
        self.note_speaker(said, place.side);
        match &said.act {
            Act::Ask(ask) => self.ask(ask, said, place, line),
            Act::Tell(tell) => self.tell(tell, said, place, line),
            Act::Answer(answer) => self.answer(answer, said, place, line),
            Act::Unknown(_) => self.unknown(said, place, line),
            Act::Nothing => {}
        }
    }

    /// Keeps the line, if lines are kept.
    fn record(&mut self, said: &Said<'_>, raw: &[u8], place: Place) -> Option<u32> {
        let recorder = self.recorder.as_mut()?;
        let mut known = secrets::brought(said);
        for account in &self.accounts {
            known.extend(account.login.as_deref().and_then(secrets::in_login));
            known.extend(account.password.as_ref().map(Secret::reveal));
        }
        Some(recorder.keep(place.side, place.stamp, raw, &known))
    }

    /// Emits what is new, if this is mining.
    pub(super) fn tell_news(&mut self, tell: &mut Vec<Fact>) {
        let mining = self.is_mining();
        if !(mining || self.told) || self.first.is_none() {
            return;
        }
        // What turned out to be a quotation is told once more, with nothing proved.
        self.news |= self.told != mining;
        if !(mining || self.news) {
            return;
        }
        self.told = mining;
        let all = std::mem::take(&mut self.news);
        for number in 0..self.accounts.len() {
            if std::mem::take(&mut self.accounts[number].news) || all {
                tell.push(Fact::Session(Box::new(self.snapshot(number))));
            }
        }
    }

    /// Emits every session as it stands.
    pub(super) fn tell_all(&mut self, tell: &mut Vec<Fact>) {
        self.news = true;
        self.tell_news(tell);
    }

    pub(super) fn set_agent(&mut self, agent: &str) {
        if self.agent.is_none() && !agent.trim().is_empty() {
            self.agent = Some(cut(agent, WORDS_LIMIT));
            self.news = true;
        }
    }

    /// Notes where else a wallet may stand.
    pub(super) fn hint(&mut self, word: &str) {
        if self.hints.len() < 8 && !word.is_empty() && !self.hints.iter().any(|known| known == word) {
            self.hints.push(cut(word, LOGIN_LIMIT));
            self.news = true;
        }
    }

    pub(super) fn redirect_to(&mut self, address: &str, stamp: Stamp) {
        let address = cut(address, WORDS_LIMIT);
        if self.redirect.as_ref() != Some(&address) {
            self.redirect = Some(address);
            self.news = true;
        }
        self.news |= self.marks.set(SessionMark::Redirect, stamp);
    }

    /// A login that stands outside the messages (HTTP Basic).
    pub(super) fn login_outside(&mut self, user: &str, password: &str) {
        let account = &mut self.accounts[0];
        if account.login.is_none() && !user.is_empty() {
            account.login = Some(cut(user, LOGIN_LIMIT));
            account.password = Some(Secret::new(cut(password, LOGIN_LIMIT)));
            account.news = true;
        }
    }

    pub(super) fn trouble(&mut self, id: &'static str, count: u64) {
        if count == 0 {
            return;
        }
        match self.troubles.iter_mut().find(|(message, _)| message.id == id) {
            Some((_, total)) => *total = total.saturating_add(count),
            None => self.troubles.push((Message::new(id), count)),
        }
    }

    /// States a trouble's whole count.
    pub(super) fn trouble_is(&mut self, id: &'static str, count: u64) {
        self.troubles.retain(|(message, _)| message.id != id);
        self.trouble(id, count);
    }

    /// The exchanges up to this one are over.
    pub(super) fn forget_exchanges(&mut self, exchange: u64) {
        for queue in &mut self.queues {
            queue.forget_until(exchange);
        }
    }

    pub(super) fn anchor(&mut self) {
        self.anchored = self.anchored.saturating_add(1);
        self.news |= self.anchored == 1;
    }

    pub(super) fn decide(&mut self, dialect: Dialect) {
        if self.dialect.is_none() {
            self.dialect = Some(dialect);
            self.news = true;
        }
    }

    /// Counts a well-formed message; says whether its kind is new for that side.
    pub(super) fn count(&mut self, place: Place, kind: u32) {
        let side = place.side.index();
        self.messages[side] = self.messages[side].saturating_add(1);
        let bit = 1_u32.checked_shl(kind).unwrap_or(0);
        // The third message, and each of a new kind, can change what is proved.
        self.news |= self.messages[side] <= 3 || self.kinds[side] & bit == 0;
        self.kinds[side] |= bit;
        self.first.get_or_insert(place.stamp.time);
        self.last = self.last.max(place.stamp.time);
    }

    pub(super) fn set_algorithm(&mut self, name: &str, from: AlgorithmFrom) {
        // Every job of a pool repeats the same name.
        if self.algorithm_said.0 == name && self.algorithm_said.1 == Some(from) {
            return;
        }
        name.clone_into(&mut self.algorithm_said.0);
        self.algorithm_said.1 = Some(from);
        let Some(name) = algorithm::usual(name) else { return };
        let better = self
            .algorithm
            .as_ref()
            .is_none_or(|(known, known_from)| from < *known_from || (from == *known_from && *known != name));
        if better {
            self.algorithm = Some((name, from));
            self.news = true;
        }
    }

    /// A word of the family that is not known: it counts only beside a proof.
    fn unknown(&mut self, said: &Said<'_>, place: Place, line: Option<u32>) {
        self.count(place, UNKNOWN_KIND);
        self.wait(AskKind::Other, 0, Price::Unknown, false, said, place, line);
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "one call site per kind of request; a struct would only rename them"
    )]
    pub(super) fn wait(
        &mut self,
        kind: AskKind,
        session: usize,
        price: Price,
        flag: bool,
        said: &Said<'_>,
        place: Place,
        line: Option<u32>,
    ) {
        let pending =
            Pending { id: id_number(said.id), kind, session, price, flag, line, exchange: place.exchange };
        self.queues[place.side.index()].push(pending, said.id);
    }

    pub(super) fn eth_dialect(&self) -> Dialect {
        match self.carrier {
            Carrier::Tcp => Dialect::StratumEthproxy,
            Carrier::Http => Dialect::Getwork,
        }
    }

    pub(super) fn set_algorithm_exactly(&mut self, name: String, from: AlgorithmFrom) {
        if self.algorithm.as_ref().is_none_or(|(known, _)| *known != name) {
            self.algorithm = Some((name, from));
            self.news = true;
        }
    }
}

/// At most `limit` bytes of a text, ending at a character.
pub(super) fn cut(text: &str, limit: usize) -> String {
    let mut end = text.len().min(limit);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}
