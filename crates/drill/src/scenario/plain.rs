//! Miners that behave: one per dialect, plain text, nothing damaged.

use std::time::Duration;

use crate::miner::bitcoin::{self, Program};
use crate::miner::equihash::{self, Variant};
use crate::miner::other::{self, Family};
use crate::miner::polled::{self, Packing};
use crate::miner::{Account, Plan, Talk, cryptonote, ethereum, ethproxy};
use crate::rng::Rng;
use crate::scene::Scene;
use crate::stage::{MORNING, Stage, inside, pool};
use crate::tcp::{Close, Side};
use crate::wallet::{Kind, address};

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

pub(super) fn cryptonote_xmrig(seed: u64) -> Scene {
    one(
        seed,
        "cryptonote-xmrig",
        "xmrig order of keys, RandomX",
        ("xmr.pool.example", 3333),
        |rng, plan, seed| cryptonote::session(rng, plan, &xmr(seed), &cryptonote::Habits::xmrig()),
    )
}

pub(super) fn cryptonote_nodejs(seed: u64) -> Scene {
    one(
        seed,
        "cryptonote-nodejs",
        "session id in each job, subaddress, fixed difficulty",
        ("", 5555),
        |rng, plan, seed| {
            let mut account = Account::new(Kind::MoneroSub, seed, "", "xmr-stak-rx/1.0.5");
            account.suffix = "+120000".to_owned();
            account.rig = Some("shed-2".to_owned());
            let habits = cryptonote::Habits {
                session_in_job: true,
                algorithms: false,
                extensions: "\"keepalive\"",
                difficulty: 120_000,
                ..cryptonote::Habits::xmrig()
            };
            cryptonote::session(rng, plan, &account, &habits)
        },
    )
}

pub(super) fn cryptonote_integrated(seed: u64) -> Scene {
    one(
        seed,
        "cryptonote-integrated",
        "integrated address, many shares refused",
        ("", 14_444),
        |rng, plan, seed| {
            let account = Account::new(Kind::MoneroIntegrated, seed, "", XMRIG);
            cryptonote::session(
                rng,
                &Plan { rejected: 0.6, ..plan.clone() },
                &account,
                &cryptonote::Habits::xmrig(),
            )
        },
    )
}

pub(super) fn cryptonote_odd_json(seed: u64) -> Scene {
    one(
        seed,
        "cryptonote-odd-json",
        "keys reversed, escapes, several lines, byte order mark",
        ("", 3333),
        |rng, plan, seed| {
            let habits = cryptonote::Habits { dress: cryptonote::odd, ..cryptonote::Habits::xmrig() };
            cryptonote::session(rng, plan, &xmr(seed), &habits)
        },
    )
}

pub(super) fn bitcoin_cgminer(seed: u64) -> Scene {
    one(seed, "bitcoin-cgminer", "cgminer order of keys", ("", 3333), |rng, plan, seed| {
        let account = Account::new(Kind::BitcoinBech32, seed, "shelf3", "cgminer/4.11.1");
        let mut talk = bitcoin::session(rng, plan, Program::Cgminer, &account, false);
        talk.facts.coin = Some("BTC");
        talk
    })
}

pub(super) fn bitcoin_cpuminer(seed: u64) -> Scene {
    one(seed, "bitcoin-cpuminer", "constant ids, testnet address", ("", 3433), |rng, plan, seed| {
        let account = Account::new(Kind::BitcoinTest, seed, "", "cpuminer/2.5.1");
        bitcoin::session(rng, plan, Program::Cpuminer, &account, false)
    })
}

pub(super) fn bitcoin_user_name(seed: u64) -> Scene {
    one(
        seed,
        "bitcoin-user-name",
        "the pool knows the miner by a user name, no wallet",
        ("btc.pool.example", 3333),
        |rng, plan, _| {
            let mut account = Account::user("", "cgminer/4.9.0");
            account.suffix = "drilluser.s9x12".to_owned();
            let mut talk = bitcoin::session(rng, plan, Program::Cgminer, &account, false);
            talk.facts.worker = Some("s9x12".to_owned());
            talk
        },
    )
}

/// Version rolling, small talk, and a reconnect to a second server.
pub(super) fn bitcoin_version_rolling(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "bitcoin-version-rolling");
    let (talk, again) = version_rolling_talks(&mut stage, seed);
    let mut conversation = stage.conversation(inside(23), pool(9), 3333);
    conversation.close = Close::Finish(Side::Client);
    stage.mine(&conversation, MORNING, talk);
    let later = MORNING + Duration::from_secs(190);
    let later = stage.start_with_name_at(later, inside(23), "btc2.pool.example", pool(10));
    let mut conversation = stage.conversation(inside(23), pool(10), 3334);
    conversation.close = Close::Finish(Side::Client);
    stage.mine(&conversation, later, again);
    stage.finish("configure, set_extranonce, get_version, get_transactions, reconnect to a second server")
}

/// The two sessions of [`bitcoin_version_rolling`]: the first ends with `client.reconnect`.
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

/// A rig at an Ethereum-family pool.
fn etc(seed: u64, agent: &str) -> Account {
    Account::new(Kind::Ethereum, seed, "rig7", agent)
}

pub(super) fn eth_proxy(seed: u64) -> Scene {
    one(
        seed,
        "eth-proxy",
        "work pushed with id 0, short target, worker at the root, constant ids",
        ("etc.pool.example", 4444),
        |rng, plan, seed| {
            let mut account = Account::new(Kind::EthereumLower, seed, "", "");
            account.rig = Some("rig7".to_owned());
            ethproxy::session(rng, plan, &account, true)
        },
    )
}

pub(super) fn ethereum_stratum_1(seed: u64) -> Scene {
    one(
        seed,
        "ethereum-stratum-1",
        "NiceHash's EthereumStratum, 3-byte extra nonce",
        ("etc.pool.example", 3353),
        |rng, plan, seed| ethereum::first(rng, plan, &etc(seed, "lolMiner/1.88")),
    )
}

pub(super) fn ethereum_stratum_2(seed: u64) -> Scene {
    one(
        seed,
        "ethereum-stratum-2",
        "hello, set, hexadecimal booleans, success without result",
        ("etc.pool.example", 3354),
        |rng, plan, seed| {
            ethereum::second(rng, plan, &etc(seed, "ethminer-0.19.0"), "etc.pool.example", 3354)
        },
    )
}

pub(super) fn zcash(seed: u64) -> Scene {
    one(
        seed,
        "zcash",
        "shares of 2.8 kB in two segments, all ids 4, targets that change",
        ("zec.pool.example", 6666),
        |rng, plan, seed| {
            let account = Account::new(Kind::Zcash, seed, "asic1", "GMiner/3.44");
            equihash::session(rng, plan, Variant::Zcash, &account, "zec.pool.example", 6666)
        },
    )
}

pub(super) fn zhash(seed: u64) -> Scene {
    one(seed, "zhash", "Equihash 144,5 with a personalisation", ("", 4040), |rng, plan, _| {
        let mut account = Account::user("", "lolMiner/1.88");
        account.suffix = "drilluser.gpu2".to_owned();
        let mut talk = equihash::session(rng, plan, Variant::Zhash, &account, "198.51.100.9", 4040);
        talk.facts.worker = Some("gpu2".to_owned());
        talk
    })
}

pub(super) fn kawpow(seed: u64) -> Scene {
    one(
        seed,
        "kawpow",
        "Ravencoin: height and bits in the job",
        ("rvn.pool.example", 12_222),
        |rng, plan, seed| {
            let account = Account::new(Kind::Ravencoin, seed, "gpu1", "kawpowminer/1.2.4");
            let mut talk = other::session(rng, plan, Family::KawPow, &account);
            talk.facts.algorithm = Some("kawpow");
            talk
        },
    )
}

pub(super) fn kaspa(seed: u64) -> Scene {
    one(
        seed,
        "kaspa",
        "numbers above 2^53, set_extranonce without prefix, EthereumStratum in name only",
        ("kas.pool.example", 5555),
        |rng, plan, seed| {
            let account = Account::new(Kind::Kaspa, seed, "ks3", "BzMiner/v21.0.3");
            let mut talk = other::session(rng, plan, Family::Kaspa, &account);
            talk.facts.coin = Some("KAS");
            talk
        },
    )
}

pub(super) fn ergo(seed: u64) -> Scene {
    one(
        seed,
        "ergo",
        "a bound of 63 decimal digits in the job",
        ("erg.pool.example", 3056),
        |rng, plan, _| {
            let mut account = Account::user("", "lolMiner/1.88");
            account.suffix = "drilluser.gpu1".to_owned();
            let mut talk = other::session(rng, plan, Family::Ergo, &account);
            talk.facts.worker = Some("gpu1".to_owned());
            talk
        },
    )
}

pub(super) fn iron_fish(seed: u64) -> Scene {
    one(seed, "iron-fish", "body instead of params", ("iron.pool.example", 9034), |rng, plan, seed| {
        let key = crate::rng::hex(&Rng::named(seed, "iron fish key").bytes(32));
        let mut account = Account::user(&key, "bzminer");
        account.suffix = ".gpu1".to_owned();
        let mut talk = other::session(rng, plan, Family::IronFish, &account);
        talk.facts.wallet = None; // 64 hex digits carry no checksum
        talk
    })
}

pub(super) fn conflux(seed: u64) -> Scene {
    one(seed, "conflux", "xn at the root, height as text", ("cfx.pool.example", 6800), |rng, plan, _| {
        let mut account = Account::user("", "T-Rex/0.26.8");
        account.suffix = "drilluser.gpu1".to_owned();
        let mut talk = other::session(rng, plan, Family::Conflux, &account);
        talk.facts.worker = Some("gpu1".to_owned());
        talk
    })
}

pub(super) fn getwork_http(seed: u64) -> Scene {
    one(
        seed,
        "getwork",
        "getwork over HTTP, login in Basic authorisation",
        ("pool.example", 8332),
        |rng, plan, seed| {
            let account = Account::new(Kind::Litecoin, seed, "old", "cgminer 3.7.2");
            polled::getwork(rng, plan, &account, "pool.example:8332", None)
        },
    )
}

pub(super) fn eth_getwork_http(seed: u64) -> Scene {
    one(
        seed,
        "eth-getwork-http",
        "wallet in the query, chunked, text/html, foreign ids",
        ("eth.pool.example", 80),
        |rng, plan, seed| {
            let wallet = address(Kind::EthereumLower, seed);
            let mut account = Account::user(&wallet, "");
            account.rig = Some("rig7".to_owned());
            let path = format!("/?miner=30@{wallet}@rig7");
            let mut talk = polled::ethereum(rng, plan, &account, "eth.pool.example", &path, Packing::Chunked);
            talk.facts.login = None;
            talk
        },
    )
}

pub(super) fn eth_getwork_gzip(seed: u64) -> Scene {
    one(
        seed,
        "eth-getwork-gzip",
        "wallet in the path, bodies in gzip",
        ("eth.pool.example", 8888),
        |rng, plan, seed| {
            let wallet = address(Kind::Ethereum, seed);
            let mut account = Account::user(&wallet, "");
            account.rig = Some("rig7".to_owned());
            let path = format!("/{wallet}/rig7");
            let mut talk =
                polled::ethereum(rng, plan, &account, "eth.pool.example:8888", &path, Packing::Gzip);
            talk.facts.login = None;
            talk
        },
    )
}

pub(super) fn getwork_x_stratum(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "getwork-x-stratum");
    let account = Account::new(Kind::Litecoin, seed, "old", "cgminer/3.7.2");
    let start = stage.start_with_name(inside(23), "pool.example", pool(9));
    let plan = Plan::short(start);
    let polling = Account { agent: Some("cgminer 3.7.2".to_owned()), ..account.clone() };
    let talk = polled::getwork(
        &mut stage.rng,
        &plan,
        &polling,
        "pool.example:9332",
        Some("stratum+tcp://pool.example:3333"),
    );
    let mut conversation = stage.conversation(inside(23), pool(9), 9332);
    conversation.close = Close::Finish(Side::Client);
    stage.mine(&conversation, start, talk);
    let talk = bitcoin::session(&mut stage.rng, &plan, Program::Cgminer, &account, false);
    let conversation = stage.conversation(inside(23), pool(9), 3333);
    stage.mine(&conversation, start + Duration::from_secs(2), talk);
    stage.finish("getwork answered with X-Stratum, then Stratum v1")
}

pub(super) fn getblocktemplate_solo(seed: u64) -> Scene {
    one(
        seed,
        "getblocktemplate-solo",
        "solo at a node, batch arrays, submitblock",
        ("node.example", 8332),
        |rng, plan, _| {
            let mut account = Account::user("", "bfgminer/5.5.0");
            account.suffix = "rpcuser".to_owned();
            polled::template(rng, plan, &account, "node.example:8332")
        },
    )
}

pub(super) fn monero_daemon(seed: u64) -> Scene {
    one(
        seed,
        "monero-daemon",
        "xmrig asks the height each second, X-Hash-Difficulty",
        ("", 18_081),
        |rng, plan, seed| {
            let account = Account::new(Kind::Monero, seed, "", XMRIG);
            polled::monero_daemon(rng, plan, &account, "198.51.100.9:18081")
        },
    )
}
