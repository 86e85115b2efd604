//! A shared library that holds nothing: no code, no data, no symbol. It can be loaded anywhere, and needs no compiler.
//!
//! Source: System V gABI, chapters 4 and 5 (ELF header, program header, dynamic section, hash table).

/// Machine numbers of the ELF header.
#[cfg(target_arch = "x86_64")]
const MACHINE: u16 = 62;
#[cfg(target_arch = "aarch64")]
const MACHINE: u16 = 183;
/// A library for no machine is not loaded anywhere.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
const MACHINE: u16 = 0;

const HEADER: u64 = 64;
const SEGMENT: u64 = 56;
const SEGMENTS: u64 = 3;
/// Where the dynamic section begins, and what follows it: hash table, symbol table, names.
const DYNAMIC: u64 = HEADER + SEGMENTS * SEGMENT;
const ENTRIES: [(u64, u64); 6] = [
    (4, HASH),    // DT_HASH
    (5, NAMES),   // DT_STRTAB
    (6, SYMBOLS), // DT_SYMTAB
    (10, 1),      // DT_STRSZ
    (11, SYMBOL), // DT_SYMENT
    (0, 0),       // DT_NULL
];
const HASH: u64 = DYNAMIC + 16 * 6;
/// One bucket, one entry of the chain: the symbol that every table begins with.
const HASH_WORDS: [u32; 4] = [1, 1, 0, 0];
const SYMBOLS: u64 = HASH + 16;
const SYMBOL: u64 = 24;
const NAMES: u64 = SYMBOLS + SYMBOL;
const END: u64 = NAMES + 1;

/// The library's bytes, for a 64-bit little-endian machine.
pub(super) fn empty() -> Vec<u8> {
    let mut bytes = Vec::new();
    // EI_CLASS 64 bits, EI_DATA little endian, EI_VERSION; ET_DYN; EV_CURRENT.
    bytes.extend(*b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0");
    bytes.extend([3_u16, MACHINE].iter().flat_map(|half| half.to_le_bytes()));
    bytes.extend(1_u32.to_le_bytes());
    // No entry point, program headers right behind, no section headers.
    bytes.extend([0, HEADER, 0].iter().flat_map(|word: &u64| word.to_le_bytes()));
    bytes.extend(0_u32.to_le_bytes());
    let sizes = [64, 56, 3, 64, 0, 0];
    bytes.extend(sizes.iter().flat_map(|half: &u16| half.to_le_bytes()));
    // PT_LOAD of all of it, PT_DYNAMIC, PT_GNU_STACK: the last says that the stack need not be executable. The dynamic
    // section is writable, because loaders write into it.
    segment(&mut bytes, (1, 6), 0, END, 0x1000);
    segment(&mut bytes, (2, 6), DYNAMIC, HASH - DYNAMIC, 8);
    segment(&mut bytes, (0x6474_e551, 6), 0, 0, 16);
    bytes.extend(ENTRIES.iter().flat_map(|(tag, value)| [*tag, *value]).flat_map(u64::to_le_bytes));
    bytes.extend(HASH_WORDS.iter().flat_map(|word| word.to_le_bytes()));
    bytes.resize(bytes.len() + 24 + 1, 0);
    bytes
}

/// A program header: kind and rights, where it lies in the file and in memory alike, its size, its alignment.
fn segment(bytes: &mut Vec<u8>, (kind, rights): (u32, u32), at: u64, size: u64, alignment: u64) {
    bytes.extend([kind, rights].iter().flat_map(|word| word.to_le_bytes()));
    bytes.extend([at, at, at, size, size, alignment].iter().flat_map(|word| word.to_le_bytes()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_lie_where_the_headers_say() {
        let bytes = empty();
        assert_eq!(bytes.len() as u64, END);
        let word = |at: u64| {
            let at = at as usize;
            bytes[at..at + 4].iter().rev().fold(0_u32, |word, byte| (word << 8) | u32::from(*byte))
        };
        assert_eq!([word(HASH), word(HASH + 4)], [1, 1]);
        assert_eq!(word(DYNAMIC), 4);
        assert_eq!(word(HEADER + SEGMENT), 2, "the second segment is the dynamic one");
    }
}
