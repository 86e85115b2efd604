//! How much of a mining grammar a session shows: both ends in turn, one of them, a single message.
//!
//! The rows are those of docs/verdict.md, WIRE, which WEB takes over; each detector brings its own weights.

use super::reading::Reading;
use model::{Act, MiningSession, Proof, Weight};

/// Messages of one side that make a session, and how many kinds there must be among them.
const MESSAGES: u64 = 3;
const KINDS: u32 = 2;
/// Different jobs that make a session whatever else was seen.
const JOBS: u32 = 3;

/// A detector's weights for what may be seen of a session.
pub(crate) struct Weights {
    /// Request, paired answer, and a job or an accepted login.
    pub(crate) two_way: &'static Weight,
    /// A request with its paired answer of the prescribed shape.
    pub(crate) answered: &'static Weight,
    /// Three messages of two kinds, three different jobs, or a login whose wallet is valid.
    pub(crate) one_sided: &'static Weight,
    /// One well-formed message.
    pub(crate) single: &'static Weight,
}

/// What a session says about its client.
pub(crate) fn weigh_grammar(
    session: &MiningSession,
    reading: &Reading,
    weights: &Weights,
) -> Option<&'static Weight> {
    let proof = &session.proof;
    let wallet = reading.wallet.as_ref().is_some_and(|wallet| wallet.check == intel::wallet::Check::Checksum);
    // Everyday words (`login`, `submit`) need an anchor that only mining has, or a valid wallet in a decided dialect.
    if proof.anchored == 0 && !(wallet && session.dialect.is_some()) {
        return None;
    }
    let messages = proof.client_messages.saturating_add(proof.server_messages);
    let kinds = proof.client_kinds.saturating_add(proof.server_kinds);
    if proof.answered > 0 && (proof.job || proof.login_accepted == Some(true)) {
        Some(weights.two_way)
    } else if proof.answered > 0 {
        Some(weights.answered)
    } else if (messages >= MESSAGES && kinds >= KINDS) || proof.distinct_jobs >= JOBS || wallet {
        Some(weights.one_sided)
    } else if messages > 0 {
        Some(weights.single)
    } else {
        None
    }
}

/// What a session says about its server: only a job of its own proves it, since servers of other kinds answer
/// `true` or an error to anything.
pub(crate) fn serves(session: &MiningSession, weights: &Weights) -> Option<&'static Weight> {
    let proof = &session.proof;
    // The other end of a tunnel is a proxy, whoever hands out work behind it.
    if session.carriage.target.is_some() || proof.anchored == 0 || proof.server_messages == 0 || !proof.job {
        return None;
    }
    Some(if proof.answered > 0 {
        weights.two_way
    } else if proof.distinct_jobs >= JOBS
        || (proof.server_messages >= MESSAGES && proof.server_kinds >= KINDS)
    {
        weights.one_sided
    } else {
        weights.single
    })
}

/// What the client did: `given` says whether it was handed a job, whether or not the capture shows it.
pub(crate) fn act(session: &MiningSession, given: bool, refused: bool) -> Act {
    if given || session.shares.accepted.is_some_and(|count| count > 0) {
        Act::Mines
    } else if refused {
        Act::WasRefused
    } else {
        Act::Tried
    }
}

/// Whether the server refused the login, or whatever else was asked.
pub(crate) fn was_refused(proof: &Proof) -> bool {
    proof.refused || proof.login_accepted == Some(false)
}
