//! Miners that behave: one per dialect, plain text, nothing damaged.

use crate::miner::{Plan, cryptonote};
use crate::scene::Scene;
use crate::stage::{MORNING, Stage, inside, pool};
use crate::wallet::{Kind, address};

pub(super) fn cryptonote_xmrig(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "cryptonote-xmrig");
    let conversation = stage.conversation(inside(23), pool(9), 3333);
    let account = cryptonote::Account {
        wallet: address(Kind::Monero, seed),
        suffix: ".rig1".to_owned(),
        password: "x".to_owned(),
        rig: None,
        agent: Some("XMRig/6.21.0 (Linux x86_64) libuv/1.44.2 gcc/11.2.0".to_owned()),
    };
    let talk =
        cryptonote::session(&mut stage.rng, &Plan::short(MORNING), &account, &cryptonote::Habits::xmrig());
    stage.mine(&conversation, MORNING, talk);
    stage.finish("xmrig order of keys, RandomX")
}
