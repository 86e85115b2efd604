//! What a miner says, and what follows from it.

use super::Stamp;
use super::conversation::{Conversation, Place, WORDS_LIMIT, cut};
use super::jobs::Price;
use super::pending::number_of;
use super::roles::Strength;
use model::{AlgorithmFrom, Carrier, Dialect, SessionMark};
use parse::mining::algorithm;
use parse::mining::said::{Ask, AskKind, Said, SubmitForm};

/// Polls after which a snapshot is due: the first, and the tenth (the count that makes an unnamed poller).
const POLLS_TOLD: [u64; 2] = [1, 10];

impl Conversation {
    pub(super) fn ask(&mut self, ask: &Ask<'_>, said: &Said<'_>, place: Place, line: Option<u32>) {
        let kind = ask.kind();
        let mines = kind.is_login() || kind.is_solution();
        self.roles.client_is(place.side, if mines { Strength::Mines } else { Strength::Said });
        self.count(place, kind as u32 % 31);
        self.news |= self.marks.set(SessionMark::Request, place.stamp);
        let mut number = self.accounts.len() - 1;
        let (mut price, mut flag) = (Price::Unknown, false);
        match ask {
            Ask::Subscribe { agent, announced, login } => {
                flag = announced.is_some();
                if let Some(agent) = agent {
                    self.set_agent(agent);
                }
                if let Some(login) = login {
                    number = self.account_for(login, None, false, place);
                }
            }
            Ask::Hello { agent: Some(agent), .. } => self.set_agent(agent),
            Ask::Authorize { user, password } => {
                number = self.account_for(user, password.as_deref(), false, place);
                self.note_worker(number, said.worker.as_deref());
                self.decide_by_login();
            }
            Ask::EthLogin { login, second, agent } => {
                if let Some(agent) = agent {
                    self.set_agent(agent);
                }
                number = self.account_for(login, second.as_deref(), false, place);
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
            Ask::Solution { session, job, edge_bits } => {
                number = self.account_of_session(session.as_deref());
                price = self.price_of(number, Some(job.as_ref()));
                self.decide(Dialect::StratumCryptonote);
                // Graphs of 2^31 edges and more are Cuckatoo's alone (mimblewimble/grin `doc/pow/pow.md`).
                if let Some(bits @ (31 | 32)) = edge_bits {
                    self.set_algorithm_exactly(format!("cuckatoo{bits}"), AlgorithmFrom::Shape);
                }
            }
            Ask::WebLogin(login) => number = self.web_login(login, said, place),
            Ask::WebSolution { job } => {
                price = self.price_of(number, Some(job.as_ref()));
                self.decide(Dialect::WebMiner);
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
            let names_job = match ask {
                Ask::Submit { job, .. } => job.is_some(),
                Ask::EthSolution { header } => header.is_some(),
                Ask::Solution { .. } | Ask::WebSolution { .. } | Ask::GetworkSolution => true,
                _ => false,
            };
            let account = &mut self.accounts[number];
            account.news |= names_job && !account.names_job;
            account.names_job |= names_job;
            // Shares of different jobs: so many were handed out, whether or not this capture shows them.
            if let Ask::Submit { job: Some(job), .. } | Ask::Solution { job, .. } | Ask::WebSolution { job } =
                ask
            {
                account.name_job(number_of(job.as_bytes()));
            }
        }
        self.wait(kind, number, price, flag, said, place, line);
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
            SubmitForm::Qatum => self.decide(Dialect::Qatum),
            SubmitForm::Other => {}
        }
    }

    pub(super) fn note_worker(&mut self, number: usize, worker: Option<&str>) {
        let account = &mut self.accounts[number];
        if let (None, Some(worker)) = (&account.worker, worker) {
            account.worker = Some(cut(worker, WORDS_LIMIT));
            account.news = true;
        }
    }
}
