//! Whether the memory of a process has the shape that RandomX prescribes.
//!
//! Source: tevador/RandomX `src/configuration.h` and `doc/specs.md`: dataset 2,147,483,648 + 33,554,368 bytes, shared
//! by all threads; cache 268,435,456 bytes (light mode: the cache alone); a scratchpad of 2,097,152 bytes for each
//! thread. XMRig maps dataset and cache apart or as one (`src/crypto/rx/RxDataset.cpp`), and neighbours of the same
//! rights are one mapping for the kernel.

use model::Memory;
use parse::procfs::{Mapping, mappings};

const DATASET: u64 = 2_147_483_648 + 33_554_368;
const CACHE: u64 = 268_435_456;
const SCRATCHPAD: u64 = 2_097_152;
/// Scratchpads that may lie beside the dataset in one mapping: one for each of 256 threads.
const PADS: u64 = 256;

/// Adds what the mappings say.
pub(super) fn shape(maps: &[u8], threads: u32, memory: &mut Memory) {
    let most_pads = u64::from(threads).clamp(1, PADS);
    for mapping in mappings(maps).filter(Mapping::is_anonymous) {
        if mapping.execute {
            memory.executable = memory.executable.saturating_add(mapping.size / 1024);
        }
        if !mapping.write && !mapping.execute {
            continue;
        }
        // A page of 2 MiB at each end for alignment.
        let most = DATASET + CACHE + (PADS + 2) * SCRATCHPAD;
        if (DATASET..=most).contains(&mapping.size) {
            memory.dataset = memory.dataset.max(mapping.size / 1024);
        } else if (CACHE..=CACHE + (most_pads + 2) * SCRATCHPAD).contains(&mapping.size) {
            memory.cache = memory.cache.max(mapping.size / 1024);
        } else if mapping.size.is_multiple_of(SCRATCHPAD) && mapping.size / SCRATCHPAD <= most_pads {
            let pads = u32::try_from(mapping.size / SCRATCHPAD).unwrap_or(0);
            memory.scratchpads = memory.scratchpads.saturating_add(pads);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(lines: &[(u64, &str)]) -> Memory {
        let mut at = 0x7f00_0000_0000_u64;
        let mut text = String::new();
        for (size, rest) in lines {
            text.push_str(&format!("{at:x}-{:x} {rest}\n", at + size));
            at += size + 4096;
        }
        let mut memory = Memory::default();
        shape(text.as_bytes(), 2, &mut memory);
        memory
    }

    #[test]
    fn shapes_of_randomx_and_others() {
        let plain = "rw-p 00000000 00:00 0 ";
        let full = of(&[(DATASET, plain), (CACHE, plain), (SCRATCHPAD, plain), (SCRATCHPAD, plain)]);
        assert_eq!((full.dataset, full.cache, full.scratchpads), (DATASET / 1024, CACHE / 1024, 2));
        let merged = of(&[(2_449_481_728, "rw-p 00000000 00:10 7 /anon_hugepage (deleted)")]);
        assert_eq!(merged.dataset, 2_449_481_728 / 1024);
        let other = of(&[
            (2 << 30, plain),
            (3 << 30, plain),
            (DATASET, "r--p 00000000 fe:01 8 /var/lib/data"),
            (DATASET, "r--p 00000000 00:00 0 "),
            (1 << 28 << 1, plain),
            (SCRATCHPAD * 8, plain),
        ]);
        assert_eq!((other.dataset, other.cache, other.scratchpads, other.executable), (0, 0, 0, 0));
        assert_eq!(of(&[(SCRATCHPAD, "rwxp 00000000 00:00 0 ")]).executable, 2048);
    }
}
