//! Miners whose streams arrive cut, merged, damaged, one-sided, or from the middle on.

use std::time::Duration;

use super::common::{cgminer, changed, monero, version_rolling_talks, xmr};
use crate::miner::bitcoin::{self, Program};
use crate::miner::equihash::{self, Variant};
use crate::miner::{Account, Plan, Talk, cryptonote};
use crate::scene::Scene;
use crate::stage::{MORNING, Stage, inside, pool};
use crate::tcp::{Opening, Overlap, Segmentation, Side};
use crate::wallet::Kind;

pub(super) fn bitcoin_byte_by_byte(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "bitcoin-byte-by-byte");
    let (mut talk, _) = version_rolling_talks(&mut stage, seed);
    talk.turns.pop(); // the reconnect, which nobody follows here
    let mut conversation = stage.conversation(inside(23), pool(9), 3333);
    conversation.segmentation = Segmentation::Bytewise;
    conversation.damage.moved = 3;
    conversation.damage.overlap = Some((0.02, Overlap::Equal));
    conversation.damage.repeated = 0.01;
    conversation.damage.probe = Some(Duration::from_secs(7));
    stage.mine(&conversation, MORNING, talk);
    stage.finish("one byte per segment, retransmissions, reordering by 3, probes of one byte")
}

pub(super) fn bitcoin_merged(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "bitcoin-merged");
    let plan = Plan::short(MORNING);
    let account = cgminer(seed);
    let mut session = bitcoin::Session::new(&mut stage.rng, Program::Cgminer, &account, false);
    let mut opened = Talk::default();
    session.open(&mut stage.rng, &plan, &account, None, &mut opened);
    // all requests first, then all answers, and no line feed between the last two of each
    let mut talk = Talk { facts: opened.facts.clone(), ..Talk::default() };
    let (mut asked, answered): (Vec<_>, Vec<_>) =
        opened.turns.into_iter().partition(|turn| turn.from == Side::Client);
    if let Some(first) = asked.first_mut() {
        first.bytes.pop();
    }
    talk.turns = asked;
    talk.client(Duration::ZERO, "{\"id\":90,\"method\":\"mining.extranonce.subscribe\",\"params\":[]}\n");
    talk.turns.extend(answered);
    talk.server(Duration::ZERO, "{\"id\":90,\"result\":true,\"error\":null}\n");
    talk.mine(&mut stage.rng, &plan, &mut session);
    talk.facts.coin = Some("BTC");
    let mut conversation = stage.conversation(inside(23), pool(9), 3333);
    conversation.segmentation = Segmentation::Merged(60_000);
    conversation.wire.mtu = 65_535; // as a capture sees it before the network card cuts
    stage.mine(&conversation, MORNING, talk);
    stage.finish("requests and answers merged into one segment each, two messages without line feed between")
}

/// The session without its first `skip` turns, beginning inside a message.
fn joined(seed: u64, id: &str, note: &str, keep: Side) -> Scene {
    let mut stage = Stage::new(seed, id);
    let plan = Plan {
        length: Duration::from_secs(1200),
        job_every: Duration::from_secs(150),
        share_every: Duration::from_secs(70),
        ..Plan::short(MORNING)
    };
    let mut talk = cryptonote::session(&mut stage.rng, &plan, &xmr(seed), &cryptonote::Habits::xmrig());
    talk.turns.drain(..2);
    let facts = &mut talk.facts;
    (facts.login, facts.wallet, facts.worker, facts.agent, facts.coin) = (None, None, None, None, None);
    facts.jobs -= 1;
    let mut conversation = stage.conversation(inside(23), pool(9), 3333);
    conversation.opening = Opening::Middle(41);
    conversation.damage.only = Some(keep);
    only_one_side(&mut talk, keep);
    // Shares and nothing else: messages of one kind, and each names the job it solves.
    talk.turns.retain(|turn| !turn.bytes.windows(10).any(|word| word == b"keepalived"));
    stage.mine(&conversation, MORNING, talk);
    stage.finish(note)
}

/// What stays true when one side alone is in the packets.
fn only_one_side(talk: &mut Talk, keep: Side) {
    let facts = &mut talk.facts;
    if keep == Side::Client {
        facts.shares_unanswered = facts.shares_accepted + facts.shares_rejected;
        (facts.shares_accepted, facts.shares_rejected, facts.jobs) = (0, 0, 0);
        facts.algorithm = None;
    } else {
        (facts.login, facts.wallet, facts.worker, facts.agent, facts.coin) = (None, None, None, None, None);
    }
}

pub(super) fn joined_jobs(seed: u64) -> Scene {
    joined(seed, "joined-jobs", "no SYN, begins inside a string, only the server's packets", Side::Server)
}

pub(super) fn joined_submits(seed: u64) -> Scene {
    joined(seed, "joined-submits", "no SYN, begins inside a string, only the client's packets", Side::Client)
}

pub(super) fn one_way_client(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "one-way-client");
    let mut talk = monero(seed)(&mut stage.rng, &Plan::short(MORNING));
    only_one_side(&mut talk, Side::Client);
    let mut conversation = stage.conversation(inside(23), pool(9), 3333);
    conversation.damage.only = Some(Side::Client);
    stage.mine(&conversation, MORNING, talk);
    stage.finish("only the client's packets of an xmrig session")
}

pub(super) fn one_way_server(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "one-way-server");
    let account = Account::new(Kind::Zcash, seed, "asic1", "GMiner/3.44");
    let plan = Plan::short(MORNING);
    let mut talk =
        equihash::session(&mut stage.rng, &plan, Variant::Zcash, &account, "zec.pool.example", 6666);
    only_one_side(&mut talk, Side::Server);
    let mut conversation = stage.conversation(inside(23), pool(9), 6666);
    conversation.damage.only = Some(Side::Server);
    stage.mine(&conversation, MORNING, talk);
    stage.finish("only the server's packets of a Zcash session")
}

pub(super) fn lossy(seed: u64) -> Scene {
    let mut stage = changed(
        seed,
        "lossy",
        "5 % of the packets lost, moved by up to 3 places",
        3333,
        monero(seed),
        |_, c| {
            c.damage.lost = 0.05;
            c.damage.moved = 3;
        },
    );
    for facts in stage.scene.truth.hosts.iter_mut().flat_map(|host| &mut host.sessions) {
        // the login may be lost, and with it all that it says
        (facts.coin, facts.wallet, facts.agent) = (None, None, None);
    }
    stage.finish_noted()
}

pub(super) fn overlap_differing(seed: u64) -> Scene {
    let note = "half of each third segment sent again with other bytes: the first ones are true";
    changed(seed, "overlap-differing", note, 3333, monero(seed), |_, c| {
        c.damage.overlap = Some((0.33, Overlap::Differing));
    })
    .finish_noted()
}
