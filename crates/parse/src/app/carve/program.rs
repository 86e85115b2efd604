//! A program that holds a miner's option grammar: names of options and messages that stand in its data.
//!
//! Sources: xmrig/xmrig `src/core/config/usage.h` and `src/base/kernel/interfaces/IConfig.h`; pooler/cpuminer
//! `cpu-miner.c`; fireice-uk/xmr-stak `xmrstak/config.tpl`.

use memchr::memmem;

use super::Recognised;
use super::orders::pool_of;

/// Words of which no program but a miner holds several.
const WORDS: [&[u8]; 14] = [
    b"stratum+tcp://",
    b"stratum+ssl://",
    b"donate-level",
    b"rig-id",
    b"cpu-max-threads-hint",
    b"randomx-1gb-pages",
    b"nicehash",
    b"cryptonight",
    b"mining.authorize",
    b"mining.subscribe",
    b"keepalived",
    b"retry-pause",
    b"huge-pages",
    b"\"job_id\"",
];

/// Different words that make a miner: a proxy, an antivirus or a firewall holds one or two in the clear.
const ENOUGH: u32 = 5;

/// Bytes in which a word or an address may go on from one piece to the next.
const WINDOW: usize = 320;

/// A program as it passes.
#[derive(Debug, Default)]
pub(super) struct Programs {
    window: Vec<u8>,
    words: u32,
    pool: Option<String>,
}

impl Programs {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.window.extend_from_slice(bytes);
        // Small pieces wait until there is something to search.
        if self.window.len() >= 16 * WINDOW {
            self.search(false);
        }
    }

    pub(super) fn finish(mut self) -> Option<Recognised> {
        self.search(true);
        let options = self.words.count_ones();
        (options >= ENOUGH).then_some(Recognised::Program { options, pool: self.pool })
    }

    fn search(&mut self, last: bool) {
        let text = &self.window;
        for (number, word) in WORDS.iter().enumerate() {
            if self.words & (1 << number) == 0 && memmem::find(text, word).is_some() {
                self.words |= 1 << number;
            }
        }
        // An address that may go on behind the end is left for the next search.
        let end = if last { text.len() } else { text.len().saturating_sub(WINDOW) };
        if self.pool.is_none() {
            self.pool =
                memmem::find_iter(text, b"stratum+").take_while(|at| *at < end).take(16).find_map(|at| {
                    let rest = text.get(at..at + WINDOW - 64).or_else(|| text.get(at..)).unwrap_or_default();
                    let stop = rest.iter().position(|byte| !byte.is_ascii_graphic()).unwrap_or(rest.len());
                    pool_of(std::str::from_utf8(rest.get(..stop)?).ok()?.trim_matches(['"', '\'']))
                });
        }
        let from = if last { text.len() } else { end };
        self.window.drain(..from);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &[u8], size: usize) -> Option<Recognised> {
        let mut programs = Programs::default();
        text.chunks(size).for_each(|piece| programs.push(piece));
        programs.finish()
    }

    #[test]
    fn five_words_anywhere_are_a_miner() {
        let mut text = vec![0x90; 40_000];
        for (at, word) in
            [(6_000, "donate-level"), (11_111, "rig-id"), (20_000, "nicehash"), (30_000, "cryptonight")]
        {
            text[at..at + word.len()].copy_from_slice(word.as_bytes());
        }
        for size in [1, 4096, 5119, 5120, 40_000] {
            assert_eq!(run(&text, size), None, "four words may stand in an antivirus");
        }
        let url = b"stratum+tcp://pool.example:3333\0";
        for at in [5_100, 5_120, 4_800, 39_000] {
            let mut text = text.clone();
            text[at..at + url.len()].copy_from_slice(url);
            let expected = Recognised::Program { options: 5, pool: Some("pool.example:3333".into()) };
            for size in [1, 4096, 5119, 40_000] {
                assert_eq!(run(&text, size).as_ref(), Some(&expected), "{at} in pieces of {size}");
            }
        }
    }
}
