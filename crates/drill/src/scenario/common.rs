//! What several scenarios share: the usual accounts, and one session with a changed conversation.

use std::time::Duration;

use crate::miner::bitcoin::{self, Program};
use crate::miner::{Account, Plan, Talk, cryptonote};
use crate::rng::Rng;
use crate::scene::Scene;
use crate::stage::{MORNING, Stage, inside, pool};
use crate::tcp::Conversation;
use crate::wallet::Kind;

pub(super) fn cgminer(seed: u64) -> Account {
    Account::new(Kind::BitcoinBech32, seed, "shelf3", "cgminer/4.11.1")
}

/// One session, with the conversation changed before it is played.
pub(super) fn changed(
    seed: u64,
    id: &str,
    note: &str,
    port: u16,
    talk: impl FnOnce(&mut Rng, &Plan) -> Talk,
    change: impl FnOnce(&mut Stage, &mut Conversation),
) -> Stage {
    let mut stage = Stage::new(seed, id);
    note.clone_into(&mut stage.scene.truth.note);
    let talk = talk(&mut stage.rng, &Plan::short(MORNING));
    let mut conversation = stage.conversation(inside(23), pool(9), port);
    change(&mut stage, &mut conversation);
    stage.mine(&conversation, MORNING, talk);
    stage
}

pub(super) fn monero(seed: u64) -> impl FnOnce(&mut Rng, &Plan) -> Talk {
    move |rng, plan| cryptonote::session(rng, plan, &xmr(seed), &cryptonote::Habits::xmrig())
}

/// xmrig's full name for itself.
pub(super) const XMRIG: &str = "XMRig/6.21.0 (Linux x86_64) libuv/1.44.2 gcc/11.2.0";

/// One miner at one pool: look-up of the pool's name if it has one, then the dialogue.
pub(super) fn one(
    seed: u64,
    id: &str,
    note: &str,
    at: (&str, u16),
    talk: impl FnOnce(&mut Rng, &Plan, u64) -> Talk,
) -> Scene {
    let mut stage = Stage::new(seed, id);
    let (miner, server) = (inside(23), pool(9));
    let start = stage.start_with_name(miner, at.0, server);
    let conversation = stage.conversation(miner, server, at.1);
    let mut talk = talk(&mut stage.rng, &Plan::short(start), seed);
    talk.facts.pool_name = (!at.0.is_empty()).then(|| format!("{}:{}", at.0, at.1));
    stage.mine(&conversation, start, talk);
    stage.finish(note)
}

pub(super) fn xmr(seed: u64) -> Account {
    Account::new(Kind::Monero, seed, "rig1", XMRIG)
}

/// The two sessions of [`super::plain::bitcoin_version_rolling`]: the first ends with `client.reconnect`.
pub(super) fn version_rolling_talks(stage: &mut Stage, seed: u64) -> (Talk, Talk) {
    let account = Account::new(Kind::Bitcoin, seed, "shelf3", "bfgminer/5.5.0");
    let plan = Plan { length: Duration::from_secs(180), ..Plan::short(MORNING) };
    let mut talk = Talk::default();
    let rng = &mut stage.rng;
    let mut session = bitcoin::Session::new(rng, Program::Bfgminer, &account, true);
    session.open(rng, &plan, &account, None, &mut talk);
    session.small_talk(rng, &account, &mut talk);
    talk.mine(rng, &plan, &mut session);
    talk.server(
        Duration::from_millis(500),
        "{\"id\":null,\"method\":\"client.reconnect\",\"params\":[\"btc2.pool.example\",\"3334\",\"0\"]}\n",
    );
    let mut again = Talk::default();
    let plan = Plan { start: MORNING + Duration::from_secs(190), ..plan };
    session.open(rng, &plan, &account, Some("f0e1d2c3"), &mut again);
    again.mine(rng, &plan, &mut session);
    (talk, again)
}
