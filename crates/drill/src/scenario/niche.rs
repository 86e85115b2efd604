//! Smaller coins, plain text.

use super::common::one;
use crate::miner::Account;
use crate::miner::niche::{self, Coin};
use crate::scene::Scene;

fn played(seed: u64, id: &str, note: &str, at: (&str, u16), coin: Coin, agent: &str) -> Scene {
    one(seed, id, note, at, |rng, plan, _| {
        let mut account = Account::user("", agent);
        account.suffix = "drilluser.gpu1".to_owned();
        let mut talk = niche::session(rng, plan, coin, &account);
        talk.facts.worker = Some("gpu1".to_owned());
        talk
    })
}

pub(super) fn kadena(seed: u64) -> Scene {
    played(seed, "kadena", "a header of 286 bytes", ("kda.pool.example", 3700), Coin::Kadena, "cgminer/4.10")
}

pub(super) fn alephium(seed: u64) -> Scene {
    let at = ("alph.pool.example", 20_032);
    played(seed, "alephium", "one object for each pair of groups", at, Coin::Alephium, "BzMiner/v21.0.3")
}

pub(super) fn nervos(seed: u64) -> Scene {
    played(seed, "nervos", "two hashes around the height", ("", 4300), Coin::Nervos, "NBMiner/42.3")
}

pub(super) fn ergo_first(seed: u64) -> Scene {
    let note = "the subscription answered under its method's name";
    played(seed, "ergo-first", note, ("erg.pool.example", 3057), Coin::ErgoFirst, "lolMiner/1.88")
}

pub(super) fn grin(seed: u64) -> Scene {
    played(seed, "grin", "every answer repeats the method", ("", 3416), Coin::Grin, "grin-miner")
}

pub(super) fn beam(seed: u64) -> Scene {
    let mut scene = played(seed, "beam", "everything at the root", ("", 5252), Coin::Beam, "lolMiner/1.88");
    // Its login names no program.
    for facts in scene.truth.hosts.iter_mut().flat_map(|host| &mut host.sessions) {
        facts.agent = None;
    }
    scene
}

/// In clear, as test set-ups are; no share is refused, since the specification shows no answer for that.
pub(super) fn xatum(seed: u64) -> Scene {
    one(seed, "xatum", "lines of word~{json}", ("", 5000), |rng, plan, _| {
        let mut account = Account::user("", "xelminer/1.2");
        account.suffix = "drilluser".to_owned();
        let plan = crate::miner::Plan { rejected: 0.0, ..plan.clone() };
        let mut talk = niche::session(rng, &plan, Coin::Xelis, &account);
        talk.facts.worker = Some("gpu1".to_owned());
        // No list of mining programs knows it.
        talk.facts.agent = None;
        talk
    })
}

/// Methods that no source names: mining all the same, by the family's name and shares refused as its pools refuse.
pub(super) fn unknown(seed: u64) -> Scene {
    one(seed, "unknown-family", "methods of mining that no source names", ("", 7777), |rng, plan, _| {
        let mut talk = niche::session(rng, plan, Coin::Unknown, &Account::user("", ""));
        (talk.facts.login, talk.facts.worker) = (None, None);
        (talk.facts.shares_accepted, talk.facts.shares_rejected) = (0, 0);
        talk
    })
}
