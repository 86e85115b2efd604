//! Processes that were given orders to mine, in their arguments, in a file that these name, or in their environment,
//! and do nothing.
//!
//! Options and configuration: xmrig `src/base/kernel/config/BaseConfig.cpp`, `src/config.json`.

use super::role::{ASLEEP, Call, ITSELF};
use super::stage::{Scene, Stage};
use super::truth::HostTruth;
use crate::wallet::{Kind, address};
use model::Message;

/// A name that can never be a pool's (RFC 2606).
const POOL: &str = "pool.example:3333";
/// Another exercise's wallets have other seeds.
const SEED: u64 = 0xd511;

fn wallet() -> String {
    address(Kind::Monero, SEED)
}

pub(super) fn start_arguments(stage: &mut Stage) -> Result<Scene, Message> {
    let (pool, wallet) = (format!("stratum+tcp://{POOL}"), wallet());
    let arguments = [
        "-o",
        &pool,
        "-u",
        &wallet,
        "-p",
        "x",
        "-a",
        "rx/0",
        "--donate-level",
        "1",
        "--keepalive",
        "--threads=1",
    ];
    let playing = stage.play(&Call::of(ASLEEP).called(ITSELF, &arguments))?;
    Ok(playing.truth(vec!["orders-arguments"]).into())
}

pub(super) fn start_config(stage: &mut Stage) -> Result<Scene, Message> {
    let path = stage.folder("orders-config")?.join("config.json");
    stage.write(&path, 0o644, config().as_bytes())?;
    let playing = stage.play(&Call::of(ASLEEP).called(ITSELF, &["-c".as_ref(), path.as_os_str()]))?;
    let truth = playing.truth(vec!["orders-file"]);
    Ok(HostTruth { path: Some(path), ..truth }.into())
}

pub(super) fn start_environment(stage: &mut Stage) -> Result<Scene, Message> {
    let call = Call::of(ASLEEP).called::<&str>(ITSELF, &[]);
    let call = call.with("POOL_URL", format!("stratum+tcp://{POOL}")).with("POOL_USER", wallet());
    let playing = stage.play(&call.with("POOL_PASS", "x").with("ALGO", "rx/0"))?;
    Ok(playing.truth(vec!["orders-environment"]).into())
}

fn config() -> String {
    let user = wallet();
    format!(
        r#"{{
    "autosave": true,
    "background": false,
    "randomx": {{ "init": -1, "mode": "auto", "1gb-pages": false, "rdmsr": false, "wrmsr": false, "numa": true }},
    "cpu": {{ "enabled": true, "huge-pages": false, "max-threads-hint": 50 }},
    "opencl": false,
    "cuda": false,
    "donate-level": 1,
    "pools": [
        {{ "algo": "rx/0", "coin": "monero", "url": "{POOL}", "user": "{user}", "pass": "x", "keepalive": true, "tls": false }}
    ],
    "watch": false
}}
"#
    )
}
