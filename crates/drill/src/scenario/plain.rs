//! Miners that behave: one per dialect, plain text, nothing damaged.

use std::time::Duration;

use super::common::{XMRIG, one, version_rolling_talks, xmr};
use crate::miner::bitcoin::{self, Program};
use crate::miner::equihash::{self, Variant};
use crate::miner::other::{self, Family};
use crate::miner::{Account, Plan, cryptonote, ethereum, ethproxy, odd_json};
use crate::rng::Rng;
use crate::scene::Scene;
use crate::stage::{MORNING, Stage, inside, pool};
use crate::tcp::{Close, Side};
use crate::wallet::Kind;

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
            let habits = cryptonote::Habits { dress: odd_json::odd, ..cryptonote::Habits::xmrig() };
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

/// A scrypt miner paid in Dogecoin: difficulties are small numbers with a fraction.
pub(super) fn scrypt_dogecoin(seed: u64) -> Scene {
    one(
        seed,
        "scrypt-dogecoin",
        "constant ids, Dogecoin address",
        ("doge.pool.example", 3433),
        |rng, plan, seed| {
            let account = Account::new(Kind::Dogecoin, seed, "l7", "cpuminer-opt-24.5");
            bitcoin::session(rng, plan, Program::Cpuminer, &account, false)
        },
    )
}

pub(super) fn dash_asic(seed: u64) -> Scene {
    one(seed, "dash-asic", "Dash address", ("dash.pool.example", 3433), |rng, plan, seed| {
        let account = Account::new(Kind::Dash, seed, "d9", "sgminer/5.6.1");
        bitcoin::session(rng, plan, Program::Cgminer, &account, false)
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

pub(super) fn ethminer_stratum(seed: u64) -> Scene {
    one(
        seed,
        "ethminer-stratum",
        "header, seed and target in the job, 0x in the share",
        ("etc.pool.example", 8008),
        |rng, plan, seed| {
            let mut account = Account::new(Kind::EthereumLower, seed, "", "");
            account.rig = Some("rig7".to_owned());
            ethereum::plain(rng, plan, &account)
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
            (talk.facts.coin, talk.facts.algorithm) = (Some("KAS"), Some("kheavyhash"));
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
            talk.facts.algorithm = Some("autolykos2");
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
        talk.facts.algorithm = Some("octopus");
        talk.facts.worker = Some("gpu1".to_owned());
        talk
    })
}
