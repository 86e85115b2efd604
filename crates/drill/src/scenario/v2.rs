//! Stratum V2, in clear and inside Noise, and what begins with 64 bytes and is none.

use std::time::Duration;

use super::common::one;
use super::look_alike::bystander;
use crate::benign::{Script, office, pause};
use crate::miner::v2;
use crate::scene::{Level, Role, Scene};
use crate::stage::{MORNING, Stage, inside, server};
use crate::wallet::{Kind, address};

pub(super) fn clear(seed: u64) -> Scene {
    one(seed, "stratum-v2", "frames in clear", ("v2.pool.example", 34_254), |rng, plan, seed| {
        let wallet = address(Kind::BitcoinBech32, seed);
        let mut talk = v2::session(rng, plan, &format!("{wallet}.bitaxe"), false);
        (talk.facts.wallet, talk.facts.worker) = (Some(wallet), Some("bitaxe".to_owned()));
        talk
    })
}

/// Nothing can be read: lengths alone never convict.
pub(super) fn noise(seed: u64) -> Scene {
    let mut scene = one(
        seed,
        "stratum-v2-noise",
        "random bytes of the right lengths",
        ("", 34_254),
        |rng, plan, seed| {
            let wallet = address(Kind::BitcoinBech32, seed);
            v2::session(rng, plan, &wallet, true)
        },
    );
    for host in &mut scene.truth.hosts {
        (host.least, host.most) = (Level::Clear, Level::Noted);
        for facts in &mut host.sessions {
            (facts.shares_accepted, facts.shares_rejected, facts.jobs) = (0, 0, 0);
        }
    }
    scene
}

/// Telegram's obfuscated transport, Bitcoin's encrypted one (BIP 324) and Lightning (BOLT 8): random beginnings.
pub(super) fn random_beginnings(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "random-beginnings");
    let scripts: [&[(bool, usize)]; 3] = [
        &[(true, 64), (true, 340), (false, 234), (true, 98), (false, 44)],
        &[(true, 64), (false, 64), (true, 234), (false, 234), (true, 44)],
        &[(true, 50), (false, 50), (true, 66), (false, 44), (true, 234)],
    ];
    for (at, turns) in scripts.into_iter().enumerate() {
        let mut script = Script::default();
        for &(client, size) in turns {
            let (wait, bytes) = (pause(&mut stage.rng, 20), stage.rng.bytes(size));
            if client { script.client(wait, bytes) } else { script.server(wait, bytes) }
        }
        for _ in 0..40 {
            let (wait, bytes) = (pause(&mut stage.rng, 9_000), stage.rng.bytes(62));
            script.client(wait, bytes);
            let bytes = stage.rng.bytes(86);
            script.server(20, bytes);
        }
        let start = MORNING + Duration::from_secs(at as u64 * 5);
        office::connect(&mut stage, start, inside(31), server(31), [443, 8333, 9735][at], &script);
    }
    bystander(&mut stage, inside(31), None, Role::Bystander, Level::Noted);
    stage.finish("Telegram, BIP 324 and Lightning begin with random bytes")
}
