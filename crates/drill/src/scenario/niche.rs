//! Smaller coins, plain text.

use super::common::one;
use crate::miner::Account;
use crate::miner::Plan;
use crate::miner::niche::{self, Coin};
use crate::rng::Rng;
use crate::scene::Scene;
use crate::stage::{MORNING, Stage, inside, pool};
use crate::wallet::Kind;
use crate::wire::websocket;

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

pub(super) fn qubic(seed: u64) -> Scene {
    one(seed, "qubic", "numbered messages, seeds instead of jobs", ("", 7777), |rng, plan, seed| {
        let letters = Rng::named(seed, "qubic identity").bytes(60);
        let identity: String = letters.iter().map(|byte| char::from(b'A' + byte % 26)).collect();
        let mut talk = niche::session(rng, plan, Coin::Qubic, &Account::user(&identity, ""));
        // No checksum of it is known here: it is a login.
        (talk.facts.wallet, talk.facts.worker) = (None, Some("gpu1".to_owned()));
        talk
    })
}

pub(super) fn bytom(seed: u64) -> Scene {
    played(seed, "bytom", "a header's fields instead of a blob", ("", 9118), Coin::Bytom, "bmminer/2.0.0")
}

pub(super) fn nexa(seed: u64) -> Scene {
    played(seed, "nexa", "methods without their prefix", ("", 7878), Coin::Nexa, "BzMiner/v21.0.3")
}

/// Looks like a dapp until the word `newWork`.
pub(super) fn cyberchain(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "cyberchain");
    let mut account = Account::new(Kind::Ethereum, seed, "rig7", "lolMiner/1.88");
    account.rig = None;
    let mut talk = niche::session(&mut stage.rng, &Plan::short(MORNING), Coin::CyberChain, &account);
    let mut turns = websocket::handshake("ws.pool.example", "/", "", false).to_vec();
    turns.extend(websocket::frames(&mut stage.rng, &talk.turns, websocket::Style::default()));
    talk.turns = turns;
    talk.facts.via = Some("websocket".to_owned());
    let conversation = stage.conversation(inside(23), pool(9), 80);
    stage.mine(&conversation, MORNING, talk);
    stage.finish("eth_subscribe newWork over WebSocket")
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
