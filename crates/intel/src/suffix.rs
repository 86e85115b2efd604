//! Domain names by suffix: one arena, one hash table of offsets, one look-up per label boundary.
//!
//! A look-up costs one hash and one probe per label of the name, whatever the size of the list. An entry takes
//! five bytes beside its name in the arena and five to ten in the table; `examples/lookup.rs` measures both.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

/// The longest name (RFC 1035, section 2.3.4: 255 bytes on the wire, 253 as text).
pub const LONGEST_NAME: usize = 253;

/// Bytes in front of a name in the arena: its length and its value.
const HEAD: usize = 5;

/// A map from domain names to numbers, looked up by the longest suffix that ends at a label boundary.
#[derive(Default)]
pub struct SuffixMap {
    /// Entry after entry: length, value (little-endian), name in lower case.
    arena: Vec<u8>,
    /// Offsets into the arena.
    table: HashTable<u32>,
    state: RandomState,
}

impl SuffixMap {
    /// Adds a name with its value; a name already there keeps its first value.
    ///
    /// Answers whether the name was added: not when it is empty or too long, or when the arena holds 4 GiB.
    pub fn insert(&mut self, name: &str, value: u32) -> bool {
        let mut buffer = [0; LONGEST_NAME];
        let Some(name) = lower(name, &mut buffer) else { return false };
        let Ok(offset) = u32::try_from(self.arena.len()) else { return false };
        let Ok(length) = u8::try_from(name.len()) else { return false };
        let hash = self.state.hash_one(name);
        let Self { arena, table, state } = self;
        if table.find(hash, |&at| entry(arena, at).is_some_and(|(_, held)| held == name)).is_some() {
            return false;
        }
        arena.push(length);
        arena.extend_from_slice(&value.to_le_bytes());
        arena.extend_from_slice(name);
        table.insert_unique(hash, offset, |&at| entry(arena, at).map_or(0, |(_, held)| state.hash_one(held)));
        true
    }

    /// The longest entry that `name` equals or is below: where in `name` it begins, and its value.
    ///
    /// Letters match in either case, and a final point is no label.
    #[must_use]
    pub fn longest(&self, name: &str) -> Option<(usize, u32)> {
        if self.table.is_empty() {
            return None;
        }
        let mut buffer = [0; LONGEST_NAME];
        let name = lower(name, &mut buffer)?;
        let mut start = 0;
        loop {
            let suffix = name.get(start..)?;
            let hash = self.state.hash_one(suffix);
            let same = |&at: &u32| entry(&self.arena, at).is_some_and(|(_, held)| held == suffix);
            if let Some(&at) = self.table.find(hash, same) {
                return entry(&self.arena, at).map(|(value, _)| (start, value));
            }
            start += memchr::memchr(b'.', suffix)? + 1;
        }
    }

    /// How many names are held.
    #[must_use]
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// Whether no name is held.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// Bytes held on the heap: the arena and the table.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.arena.capacity() + self.table.allocation_size()
    }
}

/// Value and name of the entry at an offset.
fn entry(arena: &[u8], at: u32) -> Option<(u32, &[u8])> {
    let rest = arena.get(usize::try_from(at).ok()?..)?;
    let (head, rest) = rest.split_at_checked(HEAD)?;
    let (&length, value) = head.split_first()?;
    let name = rest.get(..usize::from(length))?;
    Some((u32::from_le_bytes(value.try_into().ok()?), name))
}

/// The name in lower case without its final point; none when empty or too long.
fn lower<'a>(name: &str, buffer: &'a mut [u8; LONGEST_NAME]) -> Option<&'a [u8]> {
    let name = name.strip_suffix('.').unwrap_or(name);
    let lower = buffer.get_mut(..name.len()).filter(|lower| !lower.is_empty())?;
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    Some(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(names: &[&str]) -> SuffixMap {
        let mut map = SuffixMap::default();
        for (value, name) in (1..).zip(names) {
            assert!(map.insert(name, value));
        }
        map
    }

    #[test]
    fn matches_at_label_boundaries_only() {
        let map = map(&["example.org", "pool.example.org", "Example.NET."]);
        for (name, expected) in [
            ("example.org", Some((0, 1))),
            ("EXAMPLE.org.", Some((0, 1))),
            ("a.b.example.org", Some((4, 1))),
            ("pool.example.org", Some((0, 2))),
            ("eu.pool.example.org", Some((3, 2))),
            ("badexample.org", None),
            ("example.org.evil.test", None),
            ("org", None),
            ("", None),
            (".", None),
            ("..", None),
            (".example.org", Some((1, 1))),
            ("x.example.net", Some((2, 3))),
        ] {
            assert_eq!(map.longest(name), expected, "{name}");
        }
    }

    #[test]
    fn lengths_are_bounded() {
        let mut map = SuffixMap::default();
        let longest = format!("{}.test", "a".repeat(LONGEST_NAME - 5));
        assert!(map.insert(&longest, 7));
        assert!(!map.insert(&format!("a{longest}"), 8), "254 bytes");
        assert!(!map.insert("", 9));
        assert_eq!(map.longest(&longest), Some((0, 7)));
        assert_eq!(map.longest(&"a.".repeat(400)), None);
    }

    #[test]
    fn the_first_value_stays() {
        let mut map = map(&["example.org"]);
        assert!(!map.insert("EXAMPLE.org", 5));
        assert_eq!((map.longest("example.org"), map.len()), (Some((0, 1)), 1));
    }

    #[test]
    fn twenty_thousand_names() {
        let mut map = SuffixMap::default();
        for value in 0..20_000_u32 {
            assert!(map.insert(&format!("h{value}.pool{}.example", value % 977), value));
        }
        for value in 0..20_000_u32 {
            let name = format!("x.h{value}.pool{}.example", value % 977);
            assert_eq!(map.longest(&name), Some((2, value)));
            assert_eq!(map.longest(&format!("y{value}.example")), None);
        }
    }
}
