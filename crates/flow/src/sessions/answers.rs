//! What is said in answer, and what it decides about the request.

use super::Stamp;
use super::conversation::{Conversation, Place, WORDS_LIMIT, cut};
use super::pending::Pending;
use super::roles::Strength;
use model::{AlgorithmFrom, Dialect, SessionMark};
use parse::mining::said::{Answer, AskKind, Family, Said};

impl Conversation {
    pub(super) fn answer(&mut self, answer: &Answer<'_>, said: &Said<'_>, place: Place, line: Option<u32>) {
        let asked = self.queues[place.side.other().index()].take(said.id, answer, place.exchange);
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
        let alive = asked.kind == AskKind::Keepalive && matches!(answer, Answer::Alive);
        if alive && self.ends.opener.is_none() && !self.is_mining() {
            // Joined between jobs: a session kept alive and the dialect's own word for it are a pair nobody else has.
            self.anchor();
            self.decide(Dialect::StratumCryptonote);
        }
        self.named_reply |= asked.kind == AskKind::Subscribe && said.id == Some(b"mining.subscribe");
        if asked.kind == AskKind::Other && refuses_a_share(answer) && !self.is_mining() {
            // Words that only begin like mining's say nothing (process mining has such methods); a share refused for
            // its difficulty, its age or its repetition does.
            self.anchor();
            self.roles.client_is(place.side.other(), Strength::Said);
            self.count(place, answer.kind());
        }
        if asked.kind == AskKind::Other && !matches!(answer, Answer::Refused { .. }) && self.is_mining() {
            // A request of a family that is not known here, with its answer: mining, in whatever dialect.
            self.roles.client_is(place.side.other(), Strength::Said);
            self.count(place, answer.kind());
            self.answered_rightly(answer, asked, place);
        }
        let suits = answer.suits(asked.kind);
        if suits {
            self.roles.client_is(place.side.other(), Strength::Said);
            self.count(place, answer.kind());
            self.answered_rightly(answer, asked, place);
        } else if said.anchor {
            self.count(place, answer.kind());
        }
        self.given(answer, Some(asked), place);
    }

    /// An answer of the prescribed shape.
    pub(super) fn answered_rightly(&mut self, answer: &Answer<'_>, asked: Pending, place: Place) {
        self.answered = self.answered.saturating_add(1);
        self.news |= self.answered == 1;
        self.news |= self.marks.set(SessionMark::Answer, place.stamp);
        self.verdict(answer, asked, place);
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
        if let Answer::Subscribed { named: true, sized: true, announced: None } = answer {
            self.header_like = !asked.flag;
            self.decide_by_login();
        }
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
            // A node answers a block with nothing, or says in a word why not (BIP 22).
            let complaint = asked.kind == AskKind::Block && matches!(answer, Answer::Text(_));
            let accepted = !(refused || complaint);
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
            // A list of three hashes that nobody asked for, with a target that does not look like one, is none.
            Answer::Job(job) if self.is_mining() || asked.is_some_and(|asked| answer.suits(asked.kind)) => {
                let own = asked.filter(|_| job.family == Family::Cryptonote);
                self.job(job, own.map(|asked| asked.session.min(self.accounts.len() - 1)), place);
            }
            _ => {}
        }
    }
}

/// Whether an answer refuses a share: 21 job not found, 22 duplicate, 23 low difficulty (zcash/zips: ZIP 301, "Error
/// codes"; used alike by Bitcoin pools).
fn refuses_a_share(answer: &Answer<'_>) -> bool {
    matches!(answer, Answer::Refused { code: Some(21..=23), .. })
}
