//! Which packets belong together: a symmetric key, the shard it belongs to, and the hash of its table.

use foldhash::quality::RandomState;
use parse::net::{Address, Packet};
use std::hash::{BuildHasher, Hash, Hasher};

/// How many shards there are: a constant, so that results do not depend on the number of threads. A power of two well
/// above the cores of any machine we run on.
pub const SHARDS: usize = 64;

/// Both ends of a flow in a fixed order, and its IP protocol. Without VLAN ids: port mirrors tag the two directions
/// of one connection differently, and two customers with the same addresses *and* ports at one time are rarer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FlowKey {
    /// The lower end.
    pub low: (Address, u16),
    /// The higher end.
    pub high: (Address, u16),
    /// IP protocol number.
    pub protocol: u8,
}

impl FlowKey {
    /// The key of a packet, and whether its sender is the lower end.
    #[inline]
    #[must_use]
    pub fn of(packet: &Packet) -> (FlowKey, bool) {
        let source = (packet.source, packet.header.source_port);
        let destination = (packet.destination, packet.header.destination_port);
        let forward = source <= destination;
        let (low, high) = if forward { (source, destination) } else { (destination, source) };
        (FlowKey { low, high, protocol: packet.protocol }, forward)
    }

    #[inline]
    fn words(&self) -> [u64; 5] {
        let half = |bytes: &[u8; 16], at: usize| {
            let mut word = [0; 8];
            word.copy_from_slice(&bytes[at..at + 8]);
            u64::from_le_bytes(word)
        };
        let (low, high) = (&self.low.0.0, &self.high.0.0);
        let rest = u64::from(self.low.1) | u64::from(self.high.1) << 16 | u64::from(self.protocol) << 32;
        [half(low, 0), half(low, 8), half(high, 0), half(high, 8), rest]
    }

    /// The shard that owns the flow: an unkeyed mix, because the choice must be the same in every run. The words are
    /// multiplied side by side (the odd constants are those of SplitMix64 and of MurmurHash3's finalisers), then
    /// mixed once as SplitMix64 ends (Steele et al., OOPSLA 2014).
    #[inline]
    #[must_use]
    pub fn shard(&self) -> usize {
        let [a, b, c, d, e] = self.words();
        let mut mixed = (a ^ b.rotate_left(32)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
            ^ (c ^ d.rotate_left(32)).wrapping_mul(0xff51_afd7_ed55_8ccd).rotate_left(23)
            ^ e.wrapping_mul(0xc4ce_b9fe_1a85_ec53).rotate_left(41);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed >> 58) as usize % SHARDS
    }
}

impl Hash for FlowKey {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        for word in self.words() {
            state.write_u64(word);
        }
    }
}

/// The keyed hash of flow tables: one random key per process, so that nobody can prepare colliding flows.
#[derive(Debug, Clone, Default)]
pub(crate) struct TableHash(RandomState);

impl TableHash {
    #[inline]
    pub(crate) fn of(&self, key: &FlowKey) -> u64 {
        self.0.hash_one(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(last: u8, port: u16) -> FlowKey {
        FlowKey {
            low: (Address::v4([10, 0, 0, last]), port),
            high: (Address::v4([198, 51, 100, 9]), 3333),
            protocol: 6,
        }
    }

    /// Sequential ports and addresses of one network are what real traffic and floods look like: no shard may get
    /// more than twice its share.
    #[test]
    fn shards_are_even_for_sequential_keys() {
        let mut count = [0u32; SHARDS];
        for last in 0..50 {
            for port in 1024..3024 {
                count[key(last, port).shard()] += 1;
            }
        }
        let share = 100_000 / SHARDS as u32;
        assert!(count.iter().all(|&n| n > share / 2 && n < share * 2), "{count:?}");
    }

    /// The same for the table's keyed hash, by its low bits (the bucket) and high bits (the tag), whatever the key:
    /// 40 keys are tried. foldhash's `fast` variant fails this for some keys; `quality` mixes once more.
    #[test]
    fn table_hash_is_even_for_sequential_keys() {
        for _ in 0..40 {
            let hash = TableHash::default();
            let mut low = [0u32; 256];
            let mut high = [0u32; 128];
            for last in 0..16 {
                for port in 1024..2048 {
                    let h = hash.of(&key(last, port));
                    low[h as usize & 255] += 1;
                    high[(h >> 57) as usize] += 1;
                }
            }
            assert!(low.iter().all(|&n| n > 64 / 4 && n < 64 * 3), "{low:?}");
            assert!(high.iter().all(|&n| n > 128 / 3 && n < 128 * 2), "{high:?}");
        }
    }
}
