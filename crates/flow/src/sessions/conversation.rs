//! What two ends said to each other, whatever carried it: the state behind every mining session.

use super::account::{Account, Marks};
use super::jobs::{Jobs, Price};
use super::pending::{Pending, Queue, id_number, number_of};
use super::record::Recorder;
use super::roles::{Roles, Strength};
use super::{Ends, Settings, Stamp};
use model::{AlgorithmFrom, Carrier, Dialect, Fact, Message, Secret, SessionMark, Side, Time, Work};
use parse::mining::said::{Act, Answer, Ask, AskKind, Family, Job, Login, Said, Stated, SubmitForm, Tell};
use parse::mining::{algorithm, chain, difficulty};

/// Most logins kept apart on one connection; later ones share the last.
const ACCOUNTS: usize = 16;

/// Longest login kept, in bytes.
const LOGIN_LIMIT: usize = 1024;

/// Longest agent and refusal kept, in bytes.
const WORDS_LIMIT: usize = 256;

/// Bit of the kinds of a client for methods that are not known here.
const UNKNOWN_KIND: u32 = 31;

/// Polls after which a snapshot is due: the first, and the tenth (the count that makes an unnamed poller).
const POLLS_TOLD: [u64; 2] = [1, 10];

/// State of one connection.
#[derive(Debug)]
pub(super) struct Conversation {
    pub(super) ends: Ends,
    pub(super) carrier: Carrier,
    pub(super) roles: Roles,
    /// Whether payload of each side was seen.
    pub(super) heard: [bool; 2],
    pub(super) messages: [u64; 2],
    pub(super) kinds: [u32; 2],
    pub(super) answered: u64,
    pub(super) anchored: u64,
    unknown_methods: Vec<u64>,
    pub(super) dialect: Option<Dialect>,
    pub(super) family: Option<Family>,
    pub(super) agent: Option<String>,
    pub(super) algorithm: Option<(String, AlgorithmFrom)>,
    price: Price,
    jobs: Jobs,
    job_seen: bool,
    pub(super) accounts: Vec<Account>,
    queues: [Queue; 2],
    pub(super) work: Work,
    pub(super) hints: Vec<String>,
    pub(super) redirect: Option<String>,
    pub(super) marks: Marks,
    pub(super) first: Option<Time>,
    pub(super) last: Time,
    pub(super) last_packet: Time,
    pub(super) incomplete: bool,
    pub(super) troubles: Vec<(Message, u64)>,
    pub(super) recorder: Option<Box<Recorder>>,
    news: bool,
}

/// Where a message was seen, and with which HTTP exchange (0 on a plain stream).
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) side: Side,
    pub(super) stamp: Stamp,
    pub(super) exchange: u64,
}

impl Conversation {
    pub(super) fn new(ends: Ends, carrier: Carrier, settings: &Settings) -> Conversation {
        Conversation {
            ends,
            carrier,
            roles: Roles::new(),
            heard: [false; 2],
            messages: [0; 2],
            kinds: [0; 2],
            answered: 0,
            anchored: 0,
            unknown_methods: Vec::new(),
            dialect: None,
            family: None,
            agent: None,
            algorithm: None,
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
            last_packet: Time::MIN,
            incomplete: false,
            troubles: Vec::new(),
            recorder: settings.record_dialogue.then(|| Box::new(Recorder::new(settings.show_secrets))),
            news: false,
        }
    }

    /// Whether anything proves that this is mining.
    pub(super) fn is_mining(&self) -> bool {
        self.anchored > 0
    }

    /// Takes one message.
    pub(super) fn take(&mut self, said: &Said<'_>, raw: &[u8], place: Place) {
        let line = self.recorder.as_mut().map(|recorder| recorder.keep(place.side, place.stamp, raw));
        if said.anchor {
            self.anchor();
        }
        match &said.act {
            Act::Ask(ask) => self.ask(ask, said, place, line),
            Act::Tell(tell) => self.tell(tell, said, place, line),
            Act::Answer(answer) => self.answer(answer, said, place, line),
            Act::Unknown(name) => self.unknown(name, said, place, line),
            Act::Nothing => {}
        }
    }

    /// Emits what is new, if this is mining.
    pub(super) fn tell_news(&mut self, tell: &mut Vec<Fact>) {
        if !self.is_mining() || self.first.is_none() {
            return;
        }
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

    /// The exchanges up to this one are over.
    pub(super) fn forget_exchanges(&mut self, exchange: u64) {
        for queue in &mut self.queues {
            queue.forget_until(exchange);
        }
    }

    fn anchor(&mut self) {
        self.anchored = self.anchored.saturating_add(1);
        self.news |= self.anchored == 1;
    }

    fn decide(&mut self, dialect: Dialect) {
        if self.dialect.is_none() {
            self.dialect = Some(dialect);
            self.news = true;
        }
    }

    /// Counts a well-formed message; says whether its kind is new for that side.
    fn count(&mut self, place: Place, kind: u32) {
        let side = place.side.index();
        self.messages[side] = self.messages[side].saturating_add(1);
        let bit = 1_u32.checked_shl(kind).unwrap_or(0);
        // The third message, and each of a new kind, can change what is proved.
        self.news |= self.messages[side] <= 3 || self.kinds[side] & bit == 0;
        self.kinds[side] |= bit;
        self.first.get_or_insert(place.stamp.time);
        self.last = self.last.max(place.stamp.time);
    }

    fn price_changes(&mut self, price: Price) {
        self.price = price;
    }

    fn set_algorithm(&mut self, name: &str, from: AlgorithmFrom) {
        let Some(name) = algorithm::usual(name) else { return };
        let better =
            self.algorithm.as_ref().is_none_or(|(known, known_from)| from <= *known_from && *known != name);
        if better {
            self.algorithm = Some((name, from));
            self.news = true;
        }
    }

    fn unknown(&mut self, name: &str, said: &Said<'_>, place: Place, line: Option<u32>) {
        let number = number_of(name.as_bytes());
        if !self.unknown_methods.contains(&number) && self.unknown_methods.len() < 4 {
            self.unknown_methods.push(number);
            // Two different methods of the family, neither known: mining in a dialect of its own.
            if self.unknown_methods.len() == 2 {
                self.anchor();
            }
        }
        self.count(place, UNKNOWN_KIND);
        self.wait(AskKind::Other, 0, Price::Unknown, false, said, place, line);
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "one call site per kind of request; a struct would only rename them"
    )]
    fn wait(
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
        self.queues[place.side.index()].push(pending);
    }

    fn ask(&mut self, ask: &Ask<'_>, said: &Said<'_>, place: Place, line: Option<u32>) {
        let kind = ask.kind();
        let mines = kind.is_login() || kind.is_solution();
        self.roles.client_is(place.side, if mines { Strength::Mines } else { Strength::Said });
        self.count(place, kind as u32 % 31);
        self.news |= self.marks.set(SessionMark::Request, place.stamp);
        let mut number = self.accounts.len() - 1;
        let (mut price, mut flag) = (Price::Unknown, false);
        match ask {
            Ask::Subscribe { agent, .. } | Ask::Hello { agent, .. } => {
                if let Some(agent) = agent {
                    self.set_agent(agent);
                }
            }
            Ask::Authorize { user, password } => {
                number = self.account_for(user, password.as_deref(), place);
                self.note_worker(number, said.worker.as_deref());
            }
            Ask::EthLogin { login, second } => {
                number = self.account_for(login, second.as_deref(), place);
                self.note_worker(number, said.worker.as_deref());
                self.decide(self.eth_dialect());
            }
            Ask::Login(login) => number = self.cryptonote_login(login, said, place),
            Ask::Submit { user, job, form } => {
                number = self.account_of_submit(user.as_deref());
                price = self.price_of(number, job.as_deref());
                flag = *form == SubmitForm::Bitcoin { version_bits: true };
                self.note_worker(number, said.worker.as_deref());
                self.submit_form(*form);
            }
            Ask::Solution { session, job } => {
                number = self.account_of_session(session.as_deref());
                price = self.price_of(number, Some(job.as_ref()));
                self.decide(Dialect::StratumCryptonote);
            }
            Ask::EthSolution { header } => {
                price = self.price_of(number, header.as_deref());
                self.decide(self.eth_dialect());
            }
            Ask::OwnTemplate => self.decide(Dialect::StratumCryptonote),
            Ask::Hashrate(rate) => {
                let account = &mut self.accounts[number];
                account.claimed_hashrate = rate.or(account.claimed_hashrate);
                self.note_worker(number, said.worker.as_deref());
            }
            Ask::EthWork if self.carrier == Carrier::Http => {
                self.decide(Dialect::Getwork);
                self.polled();
            }
            Ask::Getwork | Ask::GetworkSolution if self.carrier == Carrier::Http => {
                self.decide(Dialect::Getwork);
                if kind == AskKind::Getwork {
                    self.polled();
                } else {
                    price = self.price;
                }
            }
            Ask::Template { wallet } => {
                self.decide(Dialect::Getblocktemplate);
                self.polled();
                if let Some(wallet) = wallet {
                    self.hint(wallet);
                }
            }
            Ask::Block => self.decide(Dialect::Getblocktemplate),
            Ask::StartMining { wallet } => {
                self.decide(Dialect::Getblocktemplate);
                self.hint(wallet);
            }
            _ => {}
        }
        if kind.is_solution() {
            self.submitted(number, place.stamp);
        }
        self.wait(kind, number, price, flag, said, place, line);
    }

    fn eth_dialect(&self) -> Dialect {
        match self.carrier {
            Carrier::Tcp => Dialect::StratumEthproxy,
            Carrier::Http => Dialect::Getwork,
        }
    }

    fn polled(&mut self) {
        self.work.polled = self.work.polled.saturating_add(1);
        self.news |= POLLS_TOLD.contains(&self.work.polled);
    }

    fn submitted(&mut self, number: usize, stamp: Stamp) {
        if self.carrier == Carrier::Http || self.dialect.is_some_and(Dialect::is_polled) {
            self.work.returned = self.work.returned.saturating_add(1);
            self.news |= self.work.returned == 1;
        }
        let account = &mut self.accounts[number];
        account.sent = account.sent.saturating_add(1);
        account.mark(SessionMark::Submit, stamp);
    }

    fn submit_form(&mut self, form: SubmitForm) {
        match form {
            SubmitForm::Bitcoin { .. } | SubmitForm::Mix => self.decide(Dialect::StratumBitcoin),
            SubmitForm::Equihash { n, k } => {
                self.decide(Dialect::StratumZcash);
                self.set_algorithm_exactly(algorithm::equihash(n, k), AlgorithmFrom::Shape);
                for account in &mut self.accounts {
                    account.facts.equihash = Some((n, k));
                }
            }
            SubmitForm::Other => {}
        }
    }

    fn set_algorithm_exactly(&mut self, name: String, from: AlgorithmFrom) {
        if self.algorithm.as_ref().is_none_or(|(known, _)| *known != name) {
            self.algorithm = Some((name, from));
            self.news = true;
        }
    }

    fn note_worker(&mut self, number: usize, worker: Option<&str>) {
        let account = &mut self.accounts[number];
        if let (None, Some(worker)) = (&account.worker, worker) {
            account.worker = Some(cut(worker, WORDS_LIMIT));
            account.news = true;
        }
    }

    /// The account of a login, new if this one was not made before on this connection.
    fn account_for(&mut self, login: &str, password: Option<&str>, place: Place) -> usize {
        let login = cut(login, LOGIN_LIMIT);
        let known = self.accounts.iter().position(|account| account.login.as_ref() == Some(&login));
        let number = known.unwrap_or_else(|| self.free_account());
        let job_seen = self.job_seen;
        let account = &mut self.accounts[number];
        if account.login.is_none() {
            // Jobs that came before the login count from the login on.
            if account.job || (job_seen && number > 0 && self.dialect != Some(Dialect::StratumCryptonote)) {
                account.first_job = Some(place.stamp.time);
                account.job = true;
            }
            account.login = Some(login);
        }
        account.login_from_submit = false;
        if let (None, Some(password)) = (&account.password, password) {
            account.password = Some(Secret::new(cut(password, LOGIN_LIMIT)));
        }
        account.news = true;
        account.mark(SessionMark::Login, place.stamp);
        number
    }

    /// An account without a login, new if there is none; the last one if there are too many.
    fn free_account(&mut self) -> usize {
        let last = self.accounts.len() - 1;
        if self.accounts[last].login.is_none() || self.accounts.len() >= ACCOUNTS {
            return last;
        }
        let own_jobs = self.dialect == Some(Dialect::StratumCryptonote);
        let new =
            if own_jobs { Account::default() } else { Account::beside(&self.accounts[last], self.price) };
        self.accounts.push(new);
        last + 1
    }

    fn cryptonote_login(&mut self, login: &Login<'_>, said: &Said<'_>, place: Place) -> usize {
        let number = self.account_for(&login.login, login.password.as_deref(), place);
        if said.anchor {
            self.decide(Dialect::StratumCryptonote);
        }
        self.note_worker(number, login.rig.as_deref());
        if let Some(agent) = &login.agent {
            self.accounts[number].agent.get_or_insert_with(|| cut(agent, WORDS_LIMIT));
        }
        if let Some(name) = &login.algorithm {
            self.set_algorithm(name, AlgorithmFrom::Login);
        }
        number
    }

    fn account_of_session(&self, session: Option<&str>) -> usize {
        session
            .and_then(|id| {
                self.accounts.iter().rposition(|account| account.session_id.as_deref() == Some(id))
            })
            .unwrap_or(self.accounts.len() - 1)
    }

    /// The account a submit belongs to. Without a login seen, the submit's own user is the login.
    fn account_of_submit(&mut self, user: Option<&str>) -> usize {
        let last = self.accounts.len() - 1;
        let Some(user) = user else { return last };
        if let Some(found) = self.accounts.iter().rposition(|account| account.login.as_deref() == Some(user))
        {
            return found;
        }
        if self.accounts.iter().any(|account| account.login.is_some() && !account.login_from_submit) {
            // A sub-worker: the login that this user's name extends or shares the first part with, else the newest.
            let head = |text: &str| text.split(['.', '/', '+', ':']).next().unwrap_or("").to_owned();
            let wanted = head(user);
            return self
                .accounts
                .iter()
                .rposition(|account| account.login.as_deref().is_some_and(|login| head(login) == wanted))
                .unwrap_or(last);
        }
        let number = self.free_account();
        let account = &mut self.accounts[number];
        if account.login.is_none() {
            account.login = Some(cut(user, LOGIN_LIMIT));
            account.login_from_submit = true;
            account.job |= self.job_seen;
            account.news = true;
        }
        number
    }

    fn price_of(&self, number: usize, job: Option<&str>) -> Price {
        let newest = match self.accounts[number].price {
            Price::Unknown => self.price,
            known => known,
        };
        job.and_then(|job| self.jobs.price(number_of(job.as_bytes()))).unwrap_or(newest)
    }

    fn tell(&mut self, tell: &Tell<'_>, said: &Said<'_>, place: Place, line: Option<u32>) {
        self.roles.client_is(place.side.other(), Strength::Said);
        self.count(place, tell.kind());
        match tell {
            Tell::Job(job) => self.job(job, None, place),
            Tell::Difficulty(difficulty) => self.price_changes(Price::Difficulty(*difficulty)),
            Tell::Target(digits) => {
                let hashes = difficulty::of_target(digits.as_bytes());
                self.price_changes(hashes.map_or(Price::Unknown, Price::Hashes));
            }
            Tell::Set { target, algorithm } => {
                if let Some(hashes) =
                    target.as_ref().and_then(|digits| difficulty::of_target(digits.as_bytes()))
                {
                    self.price_changes(Price::Hashes(hashes));
                }
                if let Some(name) = algorithm {
                    self.set_algorithm(name, AlgorithmFrom::Job);
                }
            }
            Tell::Reconnect { host: Some(host), port } => {
                let port = port.map_or(String::new(), |port| format!(":{port}"));
                self.redirect_to(&format!("{host}{port}"), place.stamp);
            }
            Tell::VersionWanted | Tell::AlgorithmWanted => {
                let algorithm = *tell == Tell::AlgorithmWanted;
                self.wait(AskKind::ServerAsks, 0, Price::Unknown, algorithm, said, place, line);
            }
            Tell::Reconnect { host: None, .. }
            | Tell::Extranonce
            | Tell::VersionMask
            | Tell::Message(_)
            | Tell::Ping
            | Tell::Other => {}
        }
    }

    fn job(&mut self, job: &Job<'_>, account: Option<usize>, place: Place) {
        self.family = Some(job.family);
        self.decide(match job.family {
            Family::Bitcoin | Family::ProgPow | Family::EthashNotify | Family::Other => {
                Dialect::StratumBitcoin
            }
            Family::Cryptonote | Family::Cuckoo => Dialect::StratumCryptonote,
            Family::EthProxy => self.eth_dialect(),
            Family::EthereumOne | Family::EthereumTwo => Dialect::StratumEthereum,
            Family::Zcash => Dialect::StratumZcash,
            Family::Getwork => Dialect::Getwork,
            Family::Template => Dialect::Getblocktemplate,
        });
        if let Some(name) = &job.algorithm {
            self.set_algorithm(name, AlgorithmFrom::Job);
        }
        if let Some((n, k)) = job.equihash {
            self.set_algorithm_exactly(algorithm::equihash(n, k), AlgorithmFrom::Job);
        }
        let price = match job.stated {
            Stated::Hashes(hashes) => Price::Hashes(hashes),
            Stated::Before => self.price,
        };
        if job.family == Family::Getwork {
            self.price = price;
        }
        let id = number_of(job.id.as_bytes());
        self.jobs.add(id, price);
        self.job_seen = true;
        let last = self.accounts.len() - 1;
        let only = match (account, &job.session, job.family) {
            (Some(number), _, _) => Some(number),
            (None, Some(session), _) => Some(self.account_of_session(Some(session))),
            (None, None, Family::Cryptonote | Family::Cuckoo) => Some(last),
            (None, None, _) => None,
        };
        for (number, account) in self.accounts.iter_mut().enumerate() {
            if only.is_some_and(|only| only != number) {
                continue;
            }
            account.price = price;
            account.first_job.get_or_insert(place.stamp.time);
            if !account.job {
                account.job = true;
                account.news = true;
            }
            if account.count_job(id) {
                job_facts(job, &mut account.facts);
            }
            account.mark(SessionMark::Job, place.stamp);
        }
    }

    fn answer(&mut self, answer: &Answer<'_>, said: &Said<'_>, place: Place, line: Option<u32>) {
        let asked = self.queues[place.side.other().index()].take(id_number(said.id), answer, place.exchange);
        let Some(asked) = asked else {
            // A push without a question, or one whose question was not seen.
            if said.anchor {
                self.roles.client_is(place.side.other(), Strength::Said);
                self.count(place, answer.kind());
            }
            self.given(answer, None, place);
            return;
        };
        if let (Some(recorder), Some(line), Some(request)) = (&mut self.recorder, line, asked.line) {
            recorder.link(line, request);
        }
        if asked.kind == AskKind::ServerAsks {
            self.named(answer, asked, place);
            return;
        }
        if asked.kind == AskKind::Other && self.unknown_methods.len() == 1 && !self.is_mining() {
            // An unknown method of the family with an answer that is no complaint about the method.
            if matches!(answer, Answer::Refused { .. }) {
                return;
            }
            self.anchor();
        }
        let suits = answer.suits(asked.kind);
        if suits {
            self.roles.client_is(place.side.other(), Strength::Said);
            self.count(place, answer.kind());
            self.answered = self.answered.saturating_add(1);
            self.news |= self.answered == 1;
            self.news |= self.marks.set(SessionMark::Answer, place.stamp);
            self.verdict(answer, asked, place);
        } else if said.anchor {
            self.count(place, answer.kind());
        }
        self.given(answer, Some(asked), place);
    }

    /// The miner answers the pool's question.
    fn named(&mut self, answer: &Answer<'_>, asked: Pending, place: Place) {
        let Answer::Text(text) = answer else { return };
        self.roles.client_is(place.side, Strength::Said);
        self.count(place, answer.kind());
        if asked.flag {
            self.set_algorithm(text, AlgorithmFrom::Server);
        } else {
            self.set_agent(text);
        }
    }

    /// What an answer of the prescribed shape decides about the request.
    fn verdict(&mut self, answer: &Answer<'_>, asked: Pending, place: Place) {
        let number = asked.session.min(self.accounts.len() - 1);
        let refused = answer.is_refusal();
        if asked.kind.is_login() {
            let account = &mut self.accounts[number];
            account.accepted_login = Some(!refused);
            account.news = true;
        }
        let unauthorised = matches!(answer, Answer::Refused { code: Some(24 | 25), .. });
        if refused && (asked.kind.is_login() || asked.kind == AskKind::Subscribe || unauthorised) {
            let account = &mut self.accounts[number];
            account.refused = true;
            account.mark(SessionMark::Refused, place.stamp);
            if let (None, Answer::Refused { text: Some(text), .. }) = (&account.refusal, answer) {
                account.refusal = Some(cut(text, WORDS_LIMIT));
            }
            account.news = true;
        }
        if matches!(asked.kind, AskKind::EthWork | AskKind::Getwork | AskKind::Template) && !refused {
            self.work.answered = self.work.answered.saturating_add(1);
            self.news |= self.work.answered == 1;
        }
        if asked.kind.is_solution() {
            let accepted = !refused && !(asked.kind == AskKind::Block && matches!(answer, Answer::Text(_)));
            self.judged(number, accepted, asked, place.stamp);
        }
    }

    fn judged(&mut self, number: usize, accepted: bool, asked: Pending, stamp: Stamp) {
        let account = &mut self.accounts[number];
        if accepted {
            account.accepted = account.accepted.saturating_add(1);
            account.spent.add(asked.price);
            account.mark(SessionMark::Accepted, stamp);
            if asked.kind == AskKind::Submit && asked.flag {
                // Only SHA-256d miners roll version bits (BIP 320), and the pool took the share.
                self.set_algorithm("sha256d", AlgorithmFrom::Shape);
            }
        } else {
            account.rejected = account.rejected.saturating_add(1);
            account.news |= account.rejected == 1;
        }
    }

    /// What an answer gives by itself.
    fn given(&mut self, answer: &Answer<'_>, asked: Option<Pending>, place: Place) {
        match answer {
            Answer::LoggedIn { session, job } => {
                let number =
                    asked.map_or(self.accounts.len() - 1, |asked| asked.session.min(self.accounts.len() - 1));
                if let Some(session) = session {
                    self.accounts[number].session_id = Some(cut(session, WORDS_LIMIT));
                }
                if let Some(job) = job {
                    self.job(job, Some(number), place);
                }
            }
            Answer::Job(job) => {
                // A list of three hashes that nobody asked for, with a target that does not look like one, is none.
                if asked.is_some_and(|asked| answer.suits(asked.kind)) || self.is_mining() {
                    let cryptonote = job.family == Family::Cryptonote;
                    let account =
                        asked.filter(|_| cryptonote).map(|asked| asked.session.min(self.accounts.len() - 1));
                    self.job(job, account, place);
                }
            }
            _ => {}
        }
    }
}

/// Facts of the newest job.
fn job_facts(job: &Job<'_>, facts: &mut model::JobFacts) {
    facts.nbits = job.nbits.or(facts.nbits);
    let (height, text) = job
        .coinbase
        .map_or((None, None), |(first, second)| (chain::height(first), chain::coinbase_text(first, second)));
    facts.height = job.height.or(height).or(facts.height);
    facts.coinbase_text = text.or(facts.coinbase_text.take());
    facts.equihash = job.equihash.or(facts.equihash);
    if let Some(name) = &job.personalisation {
        facts.personalisation = Some(cut(name, WORDS_LIMIT));
    }
    if let Some(blob) = job.blob {
        facts.blob_major = chain::blob_major(blob);
        facts.nonce_split |= job.family == Family::Cryptonote && chain::nonce_split(blob);
    }
    if let Some(seed) = &job.seed {
        facts.seed_hash = Some(cut(seed, 64));
    }
    facts.for_proxy |= job.for_proxy;
}

/// At most `limit` bytes of a text, ending at a character.
fn cut(text: &str, limit: usize) -> String {
    let mut end = text.len().min(limit);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}
