//! A session as it stands: what is decided is said, what is not is left out.

use super::conversation::Conversation;
use super::jobs::Price;
use super::secrets;
use model::{Carrier, Dialect, Difficulty, MiningSession, Proof, Shares, Work};
use parse::mining::algorithm;
use parse::mining::difficulty::Unit;
use parse::mining::said::Family;

/// Solutions per unit of difficulty as Equihash pools show it (ZIP 301: difficulty 1 is 2^243).
const EQUIHASH_UNIT: u128 = 8192;

impl Conversation {
    /// The session of one account; one in which nothing is proved, if the stream turned out to quote one.
    pub(super) fn snapshot(&self, number: usize) -> MiningSession {
        let whole = self.whole(number);
        if self.is_mining() {
            return whole;
        }
        MiningSession {
            dialect: None,
            proof: Proof::default(),
            shares: Shares::default(),
            work: Work::default(),
            hashes_accepted: None,
            hashes_accepted_squared: None,
            ..whole
        }
    }

    fn whole(&self, number: usize) -> MiningSession {
        let account = &self.accounts[number];
        let (client_side, _) = self.roles.client(self.ends.opener);
        let (client, server, ends_by) = self.roles.ends(&self.ends);
        let (ours, theirs) = (client_side.index(), client_side.other().index());
        let unit = self.unit();
        let counted = self.counts_shares();
        // Requests forgotten before they were answered leave no number that would be right.
        let forgot = self.queues.iter().any(|queue| queue.forgot);
        let both = self.seen.heard[ours] && self.seen.heard[theirs] && !forgot;
        let difficulty = self.difficulty(account.price, unit);
        let spent = if counted
            && both
            && (account.accepted > 0 || difficulty.as_ref().is_some_and(|d| d.hashes.is_some()))
        {
            account.spent.total(unit)
        } else {
            None
        };
        MiningSession {
            flow: self.ends.flow,
            number: u16::try_from(number).unwrap_or(u16::MAX),
            client,
            server,
            ends_by,
            carrier: self.carrier,
            carriage: model::Carriage::default(),
            dialect: self.dialect,
            proof: Proof {
                client_messages: self.messages[ours],
                client_kinds: self.kinds[ours].count_ones(),
                server_messages: self.messages[theirs],
                server_kinds: self.kinds[theirs].count_ones(),
                answered: self.answered,
                distinct_jobs: account.distinct_jobs(),
                job: account.job,
                submit: account.names_job,
                login_accepted: account.accepted_login,
                anchored: self.anchored,
                refused: account.refused,
            },
            shares: Shares {
                sent: (counted && self.seen.heard[ours]).then_some(account.sent),
                accepted: (counted && both).then_some(account.accepted),
                rejected: (counted && both).then_some(account.rejected),
            },
            work: self.work.clone(),
            first: self.first.unwrap_or(self.seen.last_packet),
            last: self.last,
            first_job: account.first_job,
            last_packet: self.seen.last_packet,
            login: account
                .login
                .as_deref()
                .map(|login| if self.show_secrets { login.to_owned() } else { secrets::shown_login(login) }),
            password: account.password.clone(),
            worker: account.worker.clone(),
            agent: account.agent.clone().or_else(|| self.agent.clone()),
            hints: self.hints.clone(),
            algorithm: self.algorithm.clone(),
            difficulty,
            hashes_accepted: spent.map(|(hashes, _)| hashes),
            hashes_accepted_squared: spent.map(|(_, squares)| squares),
            claimed_hashrate: account.claimed_hashrate,
            job: account.facts.clone(),
            redirect: self.redirect.clone(),
            refusal: account.refusal.clone(),
            incomplete: self.seen.incomplete,
            troubles: self.troubles.clone(),
            marks: account.marks.with(&self.marks),
            dialogue: self.recorder.as_ref().map(|recorder| recorder.lines(client_side)).unwrap_or_default(),
        }
    }

    /// Whether solutions are counted: over HTTP only in a decided dialect, since only there an answer is known for one.
    /// A block handed to a node is a share of a pool of one.
    fn counts_shares(&self) -> bool {
        match self.carrier {
            Carrier::Tcp => true,
            Carrier::Http => self.dialect.is_some_and(Dialect::is_polled),
        }
    }

    /// What one unit of a stated difficulty costs, if the dialect or the algorithm tells.
    fn unit(&self) -> Option<Unit> {
        match self.family {
            Some(Family::EthereumOne) => Some(Unit::Bitcoin),
            // 2^256 / (2^224 - 1): kaspa-stratum-bridge `hasher.go`.
            Some(Family::Kaspa) => Some(Unit::PowerOfTwo(32)),
            Some(Family::Bitcoin) => self.algorithm.as_ref().and_then(|(name, _)| algorithm::unit(name)),
            _ => None,
        }
    }

    fn difficulty(&self, price: Price, unit: Option<Unit>) -> Option<Difficulty> {
        match price {
            Price::Unknown => None,
            Price::Difficulty(stated) => {
                Some(Difficulty { stated: stated.to_string(), hashes: unit.map(|unit| unit.hashes(stated)) })
            }
            Price::Hashes(hashes) => {
                let stated = if self.dialect == Some(Dialect::StratumZcash) {
                    in_units(hashes)
                } else {
                    hashes.to_string()
                };
                Some(Difficulty { stated, hashes: Some(hashes) })
            }
        }
    }
}

/// Equihash difficulty to three decimals.
fn in_units(solutions: u128) -> String {
    let thousandths = solutions.saturating_mul(1000) / EQUIHASH_UNIT;
    let text = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
