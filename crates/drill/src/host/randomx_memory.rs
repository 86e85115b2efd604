//! Memory laid out as that of RandomX: its dataset and cache in one mapping, and small executable ones beside it.
//!
//! Nothing is computed in it. Sizes: RandomX `doc/configuration.md` (`RANDOMX_DATASET_BASE_SIZE`,
//! `RANDOMX_DATASET_EXTRA_SIZE`, `RANDOMX_ARGON_MEMORY`); the kernel shows dataset and cache as one mapping.

use super::burn::{self, Spread};
use super::busy;
use super::role::{Call, Role, ready, rest};
use super::stage::{Scene, Stage, Touch};
use model::Message;
use std::fs::read_to_string;

pub(super) const ROLE: &str = "randomx-memory";
/// Dataset and cache, as one mapping.
const FAST: usize = 2_449_481_728;
/// The cache alone.
const LIGHT: usize = 256 << 20;
/// What a thread compiles its programs into.
const CODE: usize = 2 << 20;
/// It is touched of itself only where so many times as much is free.
const PLENTY: u64 = 4;

const TOUCHED: &str = "touched";
const IN_LIGHT_MODE: &str = "light";

pub(super) fn start(stage: &mut Stage) -> Result<Scene, Message> {
    let options = stage.options();
    let (light, pinned) = (options.light, options.pinned);
    let bytes = if light { LIGHT } else { FAST };
    let touched = match options.touch {
        Touch::Always => true,
        Touch::Never => false,
        Touch::Auto => available().is_some_and(|free| free / PLENTY >= bytes as u64),
    };
    let mut call = Call::of(ROLE).word(Spread::word(pinned));
    if light {
        call = call.word(IN_LIGHT_MODE);
    }
    if touched {
        call = call.word(TOUCHED);
    }
    let playing = stage.play(&call)?;
    let mut traits = busy::traits(pinned);
    traits.push(if light { "randomx-cache" } else { "randomx-dataset" });
    traits.push("executable-memory");
    traits.push(if touched { "resident" } else { "not-resident" });
    let note = if touched { "drill-note-touched" } else { "drill-note-untouched" };
    let note = Message::new(note).with("size", (bytes >> 20) as u64);
    Ok(Scene { truths: vec![playing.truth(traits)], notes: vec![note] })
}

pub(super) fn play(role: &Role) -> Result<(), String> {
    let mapped = |error: std::io::Error| format!("memory: {error}");
    let mut large = sys::stage::map(if role.is(IN_LIGHT_MODE) { LIGHT } else { FAST }).map_err(mapped)?;
    if role.is(TOUCHED) {
        large.touch();
    }
    let mut small = Vec::new();
    for _ in sys::stage::processors().map_err(mapped)? {
        let mut code = sys::stage::map_code(CODE).map_err(mapped)?;
        code.touch();
        small.push(code);
    }
    burn::on_each_processor(Spread::of(role), burn::without_end)?;
    ready();
    rest()
}

/// Bytes that can be had without pushing anything out: what the machine has, or what its control group leaves.
fn available() -> Option<u64> {
    // proc_meminfo(5).
    let machine = read_to_string("/proc/meminfo").ok()?;
    let machine = machine.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let machine = machine.trim().strip_suffix(" kB")?.parse::<u64>().ok()?.saturating_mul(1024);
    let number = |path: &str| read_to_string(path).ok()?.trim().parse::<u64>().ok();
    // Linux Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/memory.rst.
    let groups =
        [("memory.max", "memory.current"), ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes")];
    let left = groups.iter().filter_map(|(most, used)| {
        let folder = "/sys/fs/cgroup/";
        Some(number(&format!("{folder}{most}"))?.saturating_sub(number(&format!("{folder}{used}"))?))
    });
    Some(left.fold(machine, u64::min))
}
