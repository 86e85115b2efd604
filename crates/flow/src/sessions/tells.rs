//! What a pool says without being asked: jobs, difficulty, where to go.

use super::conversation::{Conversation, Place, WORDS_LIMIT, cut};
use super::jobs::Price;
use super::pending::number_of;
use super::roles::Strength;
use model::{AlgorithmFrom, Dialect, JobFacts, JobShape, SessionMark};
use parse::mining::said::{Answer, AskKind, Family, Job, Said, Stated, Tell};
use parse::mining::{algorithm, chain, difficulty};

impl Conversation {
    pub(super) fn tell(&mut self, tell: &Tell<'_>, said: &Said<'_>, place: Place, line: Option<u32>) {
        self.roles.client_is(place.side.other(), Strength::Said);
        self.count(place, tell.kind());
        match tell {
            Tell::Job(job) => {
                // webminerpool answers a handshake with the first job.
                let greeted = Answer::LoggedIn { session: None, job: None };
                let queue = &mut self.queues[place.side.other().index()];
                let asked =
                    if job.family == Family::Web { queue.take(None, &greeted, place.exchange) } else { None };
                if let Some(asked) = asked {
                    self.answered_rightly(&greeted, asked, place);
                }
                self.job(job, None, place);
            }
            Tell::Difficulty(difficulty) => self.price = Price::Difficulty(*difficulty),
            Tell::Target(digits) => {
                let hashes = difficulty::of_target(digits.as_bytes());
                self.price = hashes.map_or(Price::Unknown, Price::Hashes);
            }
            Tell::Set { target, algorithm } => {
                if let Some(hashes) =
                    target.as_ref().and_then(|digits| difficulty::of_target(digits.as_bytes()))
                {
                    self.price = Price::Hashes(hashes);
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
            Tell::Done { id, answer } => {
                let queue = &mut self.queues[place.side.other().index()];
                if let Some(asked) = queue.take(*id, answer, place.exchange) {
                    self.answered_rightly(answer, asked, place);
                }
            }
            Tell::Reconnect { host: None, .. }
            | Tell::Extranonce
            | Tell::VersionMask
            | Tell::Message(_)
            | Tell::Ping
            | Tell::Other => {}
        }
    }

    pub(super) fn job(&mut self, job: &Job<'_>, account: Option<usize>, place: Place) {
        self.family = Some(job.family);
        self.decide(match job.family {
            Family::Bitcoin
            | Family::ProgPow
            | Family::Kaspa
            | Family::ErgoFirst
            | Family::EthashNotify
            | Family::Other => Dialect::StratumBitcoin,
            Family::Cryptonote | Family::Cuckoo | Family::Beam => Dialect::StratumCryptonote,
            Family::Xatum => Dialect::Xatum,
            Family::Qatum => Dialect::Qatum,
            Family::EthProxy => self.eth_dialect(),
            Family::EthereumOne | Family::EthereumTwo => Dialect::StratumEthereum,
            Family::Zcash => Dialect::StratumZcash,
            Family::Getwork => Dialect::Getwork,
            Family::Template => Dialect::Getblocktemplate,
            Family::Web => Dialect::WebMiner,
        });
        if let Some(name) = &job.algorithm {
            self.set_algorithm(name, AlgorithmFrom::Job);
        }
        let first_ergo = job.family == Family::ErgoFirst && self.named_reply;
        if let Some(name) = job.computes.or(first_ergo.then_some("autolykos2"))
            && self.algorithm.as_ref().is_none_or(|(_, from)| *from > AlgorithmFrom::Shape)
        {
            self.set_algorithm_exactly(name.to_owned(), AlgorithmFrom::Shape);
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
            (
                None,
                None,
                Family::Cryptonote | Family::Cuckoo | Family::Beam | Family::Xatum | Family::Web,
            ) => Some(last),
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
}

/// Facts of the newest job.
fn job_facts(job: &Job<'_>, facts: &mut JobFacts) {
    facts.shape = match job.family {
        Family::ProgPow => Some(JobShape::ProgPow),
        Family::Kaspa => Some(JobShape::Kaspa),
        _ => None,
    };
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
    if let Some(seed) = &job.seed
        && facts.seed_hash.as_deref() != Some(seed)
    {
        facts.seed_hash = Some(cut(seed, 64));
    }
    facts.for_proxy |= job.for_proxy;
}
