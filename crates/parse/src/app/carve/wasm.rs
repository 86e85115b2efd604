//! A WebAssembly module walked as it passes: whether its code holds the mask of a CryptoNight scratchpad, and how much
//! of it works on bits. Layout: WebAssembly Core Specification 2.0, sections 5.4 (instructions) and 5.5 (modules).
//!
//! Measured on the modules of MineSweeper's data set (Konoth et al. 2018) and of benign pages: the mask 0x1FFFF0 stands
//! in 33 of 34 miner modules and in none of 31 distinct benign ones; at least 6 % bit operators and three functions of at
//! least 60 operators with a fifth of them on bits: 33 of 34 and none of 31, but chosen after seeing them.

/// `i32.const` of a 2 MiB scratchpad's mask, 16-byte aligned.
const SCRATCHPAD_MASK: i64 = 0x1F_FFF0;
/// A function counts as hash-like from so many operators …
const OPERATORS: u64 = 60;
/// … of which one in so many works on bits.
const ONE_IN: u64 = 5;

/// Marks of a module.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks {
    /// The mask of a 2 MiB scratchpad is loaded as a constant.
    pub scratchpad: bool,
    /// Functions of at least sixty operators of which a fifth work on bits.
    pub hash_like: u32,
    /// Operators on bits of a thousand.
    pub bit_share: u32,
}

/// Where the walk stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum At {
    /// In the eight bytes of magic and version.
    #[default]
    Preamble,
    Section,
    SectionSize,
    Functions,
    BodySize,
    Locals,
    LocalCount,
    LocalType,
    Operator,
    /// `0xFC` was read: the number of the operator follows.
    Prefixed,
    /// So many numbers, then so many raw bytes of operands.
    Operands,
    /// The count of a `br_table`, or of the types of a `select`.
    Table,
    Types,
    /// The value of `i32.const`.
    Constant,
}

/// The walk.
#[derive(Debug, Default)]
pub(super) struct Walker {
    at: At,
    /// Bytes left of preamble or section.
    left: u64,
    section: u8,
    /// Bytes left of the function's body.
    body: u64,
    functions: u64,
    locals: u64,
    numbers: u64,
    raw: u64,
    value: i64,
    shift: u32,
    read: u64,
    operators: u64,
    bit_operators: u64,
    all: u64,
    all_bits: u64,
    marks: Marks,
    broken: bool,
}

impl Walker {
    pub(super) fn push(&mut self, mut bytes: &[u8]) {
        while let (Some((&byte, rest)), false) = (bytes.split_first(), self.broken) {
            // What is not code is passed over at once.
            let skips = match self.at {
                At::Preamble | At::Section => 0,
                _ if self.section != CODE => self.left,
                _ if self.at == At::Types => self.body.min(self.raw),
                _ => 0,
            };
            if self.at == At::Section || self.at == At::SectionSize || skips == 0 {
                bytes = rest;
                self.byte(byte);
                continue;
            }
            let skipped = usize::try_from(skips).unwrap_or(usize::MAX).min(bytes.len());
            bytes = bytes.get(skipped..).unwrap_or_default();
            self.left = self.left.saturating_sub(skipped as u64);
            if self.at == At::Types {
                self.body = self.body.saturating_sub(skipped as u64);
                self.raw = self.raw.saturating_sub(skipped as u64);
                self.after_operands();
            }
            if self.left == 0 {
                self.at = At::Section;
            }
        }
    }

    pub(super) fn finish(mut self) -> Option<Marks> {
        self.end_function();
        let share = self.all_bits.saturating_mul(1000).checked_div(self.all).unwrap_or(0);
        self.marks.bit_share = u32::try_from(share).unwrap_or(u32::MAX);
        (self.marks.scratchpad || (self.marks.hash_like >= 3 && self.marks.bit_share >= 60))
            .then_some(self.marks)
    }

    fn byte(&mut self, byte: u8) {
        match self.at {
            At::Preamble => {
                self.read += 1;
                if self.read == 8 {
                    self.at = At::Section;
                }
            }
            At::Section => {
                self.section = byte;
                self.at = At::SectionSize;
                self.begin_number();
            }
            At::SectionSize => {
                if let Some(size) = self.number(byte) {
                    self.left = size;
                    self.at = match size {
                        0 => At::Section,
                        _ => At::Functions,
                    };
                }
            }
            _ => self.code(byte),
        }
    }

    /// A byte of the code section.
    fn code(&mut self, byte: u8) {
        self.left = self.left.saturating_sub(1);
        if !matches!(self.at, At::Functions | At::BodySize) {
            self.body = self.body.saturating_sub(1);
        }
        match self.at {
            At::Functions => {
                if let Some(count) = self.number(byte) {
                    self.functions = count;
                    self.at = At::BodySize;
                }
            }
            At::BodySize => {
                if let Some(size) = self.number(byte) {
                    self.body = size;
                    self.at = At::Locals;
                }
            }
            At::Locals => {
                if let Some(count) = self.number(byte) {
                    self.locals = count;
                    self.at = if count == 0 { At::Operator } else { At::LocalCount };
                }
            }
            At::LocalCount => {
                if self.number(byte).is_some() {
                    self.at = At::LocalType;
                }
            }
            At::LocalType => {
                self.locals = self.locals.saturating_sub(1);
                self.at = if self.locals == 0 { At::Operator } else { At::LocalCount };
            }
            At::Operator => self.operator(byte),
            At::Prefixed => {
                if let Some(operator) = self.number(byte) {
                    // memory.init and copy, table.init and copy take two numbers, saturating conversions none.
                    let numbers = match operator {
                        0..=7 => 0,
                        8 | 10 | 12 | 14 => 2,
                        _ => 1,
                    };
                    self.operands(numbers, 0);
                }
            }
            At::Operands => {
                if self.numbers == 0 {
                    self.raw = self.raw.saturating_sub(1);
                } else if self.number(byte).is_some() {
                    self.numbers -= 1;
                }
                self.after_operands();
            }
            At::Table => {
                if let Some(count) = self.number(byte) {
                    self.operands(count.saturating_add(1), 0);
                }
            }
            At::Types => {
                self.raw = self.raw.saturating_sub(1);
                self.after_operands();
            }
            At::Constant => {
                if let Some(value) = self.signed(byte) {
                    self.marks.scratchpad |= value == SCRATCHPAD_MASK;
                    self.at = At::Operator;
                }
            }
            At::Preamble | At::Section | At::SectionSize => {}
        }
        self.may_end();
    }

    /// A function or the section may be over.
    fn may_end(&mut self) {
        let in_body =
            !matches!(self.at, At::Functions | At::BodySize | At::Preamble | At::Section | At::SectionSize);
        if in_body && self.body == 0 {
            self.end_function();
            self.at = At::BodySize;
            self.begin_number();
        }
        if self.left == 0 {
            self.at = At::Section;
        }
    }

    fn operator(&mut self, operator: u8) {
        self.operators += 1;
        // i32 and i64: xor, shl, shr_u, rotl, rotr.
        self.bit_operators +=
            u64::from(matches!(operator, 0x73 | 0x74 | 0x76..=0x78 | 0x85 | 0x86 | 0x88..=0x8a));
        match operator {
            // block, loop, if, br, br_if, call, locals and globals, tables, memory.size and grow, references.
            0x02..=0x04 | 0x0c | 0x0d | 0x10 | 0x20..=0x26 | 0x3f | 0x40 | 0xd0 | 0xd2 => self.operands(1, 0),
            0x0e => {
                self.at = At::Table;
                self.begin_number();
            }
            0x11 => self.operands(2, 0),
            0x1c => self.operands(2, 0),
            0x28..=0x3e => self.operands(2, 0),
            0x41 => {
                self.at = At::Constant;
                self.begin_number();
            }
            0x42 => self.operands(1, 0),
            0x43 => self.operands(0, 4),
            0x44 => self.operands(0, 8),
            0xfc => {
                self.at = At::Prefixed;
                self.begin_number();
            }
            // SIMD and threads: the rest of the function is passed over, as it was when this was measured.
            0xfd | 0xfe => {
                self.raw = self.body;
                self.at = At::Types;
            }
            _ => {}
        }
    }

    fn operands(&mut self, numbers: u64, raw: u64) {
        (self.numbers, self.raw) = (numbers, raw);
        self.at = if numbers + raw == 0 { At::Operator } else { At::Operands };
        self.begin_number();
    }

    fn after_operands(&mut self) {
        if self.numbers == 0 && self.raw == 0 {
            self.at = At::Operator;
        }
        self.may_end();
    }

    fn end_function(&mut self) {
        if self.operators >= OPERATORS && self.bit_operators.saturating_mul(ONE_IN) >= self.operators {
            self.marks.hash_like = self.marks.hash_like.saturating_add(1);
        }
        self.all = self.all.saturating_add(self.operators);
        self.all_bits = self.all_bits.saturating_add(self.bit_operators);
        (self.operators, self.bit_operators) = (0, 0);
    }

    fn begin_number(&mut self) {
        (self.value, self.shift) = (0, 0);
    }

    /// Adds a byte of a LEB128 number; gives it when it is complete. Longer than ten bytes is none.
    fn signed(&mut self, byte: u8) -> Option<i64> {
        if self.shift >= 70 {
            self.broken = true;
            return None;
        }
        self.value |= i64::from(byte & 0x7f).checked_shl(self.shift).unwrap_or(0);
        self.shift += 7;
        if byte & 0x80 != 0 {
            return None;
        }
        let mut value = self.value;
        if byte & 0x40 != 0 && self.shift < 64 {
            value |= -1_i64 << self.shift;
        }
        self.begin_number();
        Some(value)
    }

    fn number(&mut self, byte: u8) -> Option<u64> {
        if self.shift >= 70 {
            self.broken = true;
            return None;
        }
        self.value |= i64::from(byte & 0x7f).checked_shl(self.shift).unwrap_or(0);
        self.shift += 7;
        if byte & 0x80 != 0 {
            return None;
        }
        let value = u64::try_from(self.value).unwrap_or(u64::MAX);
        self.begin_number();
        Some(value)
    }
}

/// The code section's id.
const CODE: u8 = 10;

#[cfg(test)]
mod tests {
    use super::*;

    /// A module by hand: a type section of any bytes, then the code section with these bodies (without locals).
    fn module(bodies: &[Vec<u8>]) -> Vec<u8> {
        let leb = |mut number: usize| {
            let mut bytes = Vec::new();
            loop {
                let more = number >= 128;
                bytes.push((number & 127) as u8 | if more { 128 } else { 0 });
                number >>= 7;
                if !more {
                    return bytes;
                }
            }
        };
        let mut code = leb(bodies.len());
        for body in bodies {
            code.extend(leb(body.len() + 1));
            code.push(0);
            code.extend(body);
        }
        // The type section holds the mask's bytes: no code.
        let mut bytes = b"\0asm\x01\0\0\0\x01\x06\x41\xf0\xff\xff\x00\x41\x0a".to_vec();
        bytes.extend(leb(code.len()));
        bytes.extend(code);
        bytes
    }

    fn walk(bytes: &[u8]) -> Option<Marks> {
        let mut found = Vec::new();
        for size in [1, 3, bytes.len()] {
            let mut walker = Walker::default();
            bytes.chunks(size).for_each(|piece| walker.push(piece));
            found.push(walker.finish());
        }
        assert!(found.windows(2).all(|pair| pair[0] == pair[1]), "{found:?}");
        found[0]
    }

    #[test]
    fn the_mask_counts_where_it_is_a_constant() {
        // local.get 0, i32.const 0x1FFFF0, i32.and, end.
        let masked = vec![0x20, 0, 0x41, 0xf0, 0xff, 0xff, 0x00, 0x71, 0x0b];
        assert_eq!(walk(&module(&[masked])).map(|marks| marks.scratchpad), Some(true));
        // The same bytes as operands of i64.const and f64.const.
        let others = vec![0x44, 0x41, 0xf0, 0xff, 0xff, 0x00, 0, 0, 0, 0x1a, 0x0b];
        assert_eq!(walk(&module(&[others])), None);
    }

    #[test]
    fn functions_that_work_on_bits() {
        // local.get 0, local.get 1, i32.xor, i32.const 7, i32.rotl, drop: two of six operators work on bits.
        let round = [0x20, 0, 0x20, 1, 0x73, 0x41, 7, 0x77, 0x1a];
        let hash: Vec<u8> = round.iter().copied().cycle().take(round.len() * 20).chain([0x0b]).collect();
        let marks = walk(&module(&[hash.clone(), hash.clone(), hash.clone()]));
        // 120 operators and an end each, 40 on bits: 120 of 363.
        assert_eq!(marks, Some(Marks { scratchpad: false, hash_like: 3, bit_share: 330 }));
        assert_eq!(walk(&module(&[hash.clone(), hash])), None, "a hash library has one or two");
        // br_table, memarg, prefixed and SIMD operators are passed over with their operands.
        let odd = vec![
            0x0e, 2, 0, 0x41, 0, 0x28, 2, 0x73, 0xfc, 10, 0, 0, 0xfd, 0x41, 0xf0, 0xff, 0xff, 0x00, 0x0b,
        ];
        assert_eq!(walk(&module(&[odd])), None);
    }
}
