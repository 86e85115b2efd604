//! One login on a connection: who it is, its shares, its jobs, its marks.

use super::Stamp;
use super::jobs::{Price, Spent};
use model::{JobFacts, Origin, Secret, SessionMark, Time};

/// Most distinct jobs that are counted.
const JOBS_COUNTED: usize = 64;

/// Number of marks: the variants of [`SessionMark`].
const MARKS: usize = 8;

/// First places of each mark.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Marks([Option<(Origin, Time)>; MARKS]);

impl Marks {
    const ALL: [SessionMark; MARKS] = [
        SessionMark::Request,
        SessionMark::Answer,
        SessionMark::Login,
        SessionMark::Job,
        SessionMark::Submit,
        SessionMark::Accepted,
        SessionMark::Refused,
        SessionMark::Redirect,
    ];

    /// Sets a mark if it is not yet set; says whether it was new.
    pub(super) fn set(&mut self, mark: SessionMark, stamp: Stamp) -> bool {
        let place = &mut self.0[mark as usize];
        let new = place.is_none();
        if new {
            *place = Some((stamp.origin, stamp.time));
        }
        new
    }

    /// All marks in order, these first and `others` where these have none.
    pub(super) fn with(&self, others: &Marks) -> Vec<(SessionMark, Origin, Time)> {
        Marks::ALL
            .into_iter()
            .zip(self.0.iter().zip(&others.0))
            .filter_map(|(mark, (own, other))| own.or(*other).map(|(origin, time)| (mark, origin, time)))
            .collect()
    }
}

/// One login.
#[derive(Debug, Default)]
pub(super) struct Account {
    pub(super) login: Option<String>,
    /// The login was only seen in submits, not when it was made.
    pub(super) login_from_submit: bool,
    pub(super) password: Option<Secret>,
    pub(super) worker: Option<String>,
    pub(super) agent: Option<String>,
    /// Session id the server gave.
    pub(super) session_id: Option<String>,
    pub(super) accepted_login: Option<bool>,
    pub(super) refused: bool,
    pub(super) refusal: Option<String>,
    pub(super) sent: u64,
    /// A submit named the job it solves.
    pub(super) names_job: bool,
    pub(super) accepted: u64,
    pub(super) rejected: u64,
    pub(super) spent: Spent,
    pub(super) first_job: Option<Time>,
    pub(super) job: bool,
    jobs_seen: Vec<u64>,
    newest_job: Option<u64>,
    pub(super) price: Price,
    pub(super) facts: JobFacts,
    pub(super) claimed_hashrate: Option<u64>,
    pub(super) marks: Marks,
    /// Something new in kind is known since the last snapshot.
    pub(super) news: bool,
}

impl Account {
    /// An account that joins a connection on which all share the same jobs.
    pub(super) fn beside(other: &Account, price: Price) -> Account {
        Account { price, facts: other.facts.clone(), ..Account::default() }
    }

    /// Counts a job; says whether it is another one than the newest.
    pub(super) fn count_job(&mut self, id: u64) -> bool {
        self.name_job(id);
        self.newest_job.replace(id) != Some(id)
    }

    /// Counts a job that a share names.
    pub(super) fn name_job(&mut self, id: u64) {
        if self.jobs_seen.len() < JOBS_COUNTED && !self.jobs_seen.contains(&id) {
            self.jobs_seen.push(id);
            self.news |= self.jobs_seen.len() <= 3;
        }
    }

    /// Different jobs, counted up to 64.
    pub(super) fn distinct_jobs(&self) -> u32 {
        u32::try_from(self.jobs_seen.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn mark(&mut self, mark: SessionMark, stamp: Stamp) {
        self.news |= self.marks.set(mark, stamp);
    }
}
