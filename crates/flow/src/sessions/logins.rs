//! Which login on a connection a message belongs to.

use super::account::Account;
use super::conversation::{ACCOUNTS, Conversation, LOGIN_LIMIT, Place, WORDS_LIMIT, cut};
use super::jobs::Price;
use super::pending::number_of;
use model::{AlgorithmFrom, Dialect, Secret, SessionMark};
use parse::mining::said::{Login, Said};

impl Conversation {
    /// The account of a login, new if this one was not made before on this connection. With `apart` (CryptoNote, where
    /// each login gets a session of its own) the same login again is another miner, unless the first was refused.
    pub(super) fn account_for(
        &mut self,
        login: &str,
        password: Option<&str>,
        apart: bool,
        place: Place,
    ) -> usize {
        if login.is_empty() {
            return self.accounts.len() - 1;
        }
        let login = cut(login, LOGIN_LIMIT);
        let known = self
            .accounts
            .iter()
            .position(|account| account.login.as_ref() == Some(&login) && (!apart || account.refused));
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

    /// A login over `mining.*` decides the dialect once the subscription was answered as Bitcoin's is, with the length
    /// of a second extranonce, and nobody announced another dialect: Equihash, Ethereum and Kaspa answer otherwise.
    pub(super) fn decide_by_login(&mut self) {
        if self.header_like && self.accounts.iter().any(|account| account.login.is_some()) {
            self.decide(Dialect::StratumBitcoin);
        }
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

    pub(super) fn cryptonote_login(&mut self, login: &Login<'_>, said: &Said<'_>, place: Place) -> usize {
        let number = self.account_for(&login.login, login.password.as_deref(), true, place);
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

    pub(super) fn web_login(&mut self, login: &Login<'_>, said: &Said<'_>, place: Place) -> usize {
        let number = self.account_for(&login.login, login.password.as_deref(), true, place);
        if said.anchor {
            self.decide(Dialect::WebMiner);
        }
        self.note_worker(number, login.rig.as_deref());
        number
    }

    pub(super) fn account_of_session(&self, session: Option<&str>) -> usize {
        session
            .and_then(|id| {
                self.accounts.iter().rposition(|account| account.session_id.as_deref() == Some(id))
            })
            .unwrap_or(self.accounts.len() - 1)
    }

    /// The account a submit belongs to. Without a login seen, the submit's own user is the login.
    pub(super) fn account_of_submit(&mut self, user: Option<&str>) -> usize {
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

    pub(super) fn price_of(&self, number: usize, job: Option<&str>) -> Price {
        let newest = match self.accounts[number].price {
            Price::Unknown => self.price,
            known => known,
        };
        job.and_then(|job| self.jobs.price(number_of(job.as_bytes()))).unwrap_or(newest)
    }
}
