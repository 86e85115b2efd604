//! Everyday words of mining in the mouths of others, one host for each; and nodes, which are no miners either.

use std::time::Duration;

use super::look_alike::bystander;
use crate::benign::{Script, office, words};
use crate::rng::Rng;
use crate::scene::{Level, Role, Scene};
use crate::stage::{MORNING, Stage, inside, server};

pub(super) fn everyday(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "everyday-words");
    for (at, family) in words::FAMILIES.iter().enumerate() {
        let script = words::play(&mut stage.rng, family, 25);
        let host = inside(100 + at as u8);
        let start = MORNING + Duration::from_secs(2 * at as u64);
        office::connect(&mut stage, start, host, server(60), family.port, &script);
        bystander(&mut stage, host, Some(family.name), Role::Bystander, Level::Noted);
    }
    stage.finish("login, submit, job, auth, worker and pool in twenty protocols that are none of mining")
}

/// p2pool's handshake from both sides: challenge, solution, listening port.
fn p2pool(rng: &mut Rng) -> Script {
    let mut script = Script::default();
    let challenge = |rng: &mut Rng| [vec![0], rng.bytes(16)].concat();
    let solution = |rng: &mut Rng| [vec![1], rng.bytes(40)].concat();
    let port = [2, 0x01, 0x94, 0, 0];
    let bytes = challenge(rng);
    script.client(2, bytes);
    let bytes = [challenge(rng), solution(rng)].concat();
    script.server(10, bytes);
    let bytes = [solution(rng), port.to_vec()].concat();
    script.client(10, bytes);
    script.server(5, port);
    for _ in 0..10 {
        let bytes = [vec![8, 200, 0, 0, 0], rng.bytes(200)].concat();
        script.server(9_000, bytes);
    }
    script
}

/// A p2pool node, and an Ethereum node that looks for peers: context, no mining by itself.
pub(super) fn nodes(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "nodes");
    let script = p2pool(&mut stage.rng);
    office::connect(&mut stage, MORNING, inside(31), server(70), 37_889, &script);
    bystander(&mut stage, inside(31), Some("p2pool"), Role::Node, Level::Noted);
    for round in 0..5 {
        let mut body = stage.rng.bytes(64);
        body.extend_from_slice(&[0, 1, 0xc3, 1, 2, 3]);
        let datagram = [crate::wallet::keccak(&body).to_vec(), body].concat();
        let time = MORNING + Duration::from_secs(round * 10);
        stage.udp(time, (inside(32), 30_303), (server(71), 30_303), &datagram);
    }
    bystander(&mut stage, inside(32), Some("ethereum"), Role::Node, Level::Noted);
    stage.finish("a p2pool node's handshake, and Ethereum's node discovery")
}
