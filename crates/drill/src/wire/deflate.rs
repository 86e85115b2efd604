//! Deflate with fixed codes (RFC 1951 section 3.2.6) and references into what was sent before, for permessage-deflate.

/// Farthest back a reference may lie.
const WINDOW: usize = 32_768;
/// Longest copy.
const LONGEST: usize = 258;
/// First length and distance of each code, with its extra bits (RFC 1951 section 3.2.5).
const LENGTHS: [(usize, u32); 29] = [
    (3, 0),
    (4, 0),
    (5, 0),
    (6, 0),
    (7, 0),
    (8, 0),
    (9, 0),
    (10, 0),
    (11, 1),
    (13, 1),
    (15, 1),
    (17, 1),
    (19, 2),
    (23, 2),
    (27, 2),
    (31, 2),
    (35, 3),
    (43, 3),
    (51, 3),
    (59, 3),
    (67, 4),
    (83, 4),
    (99, 4),
    (115, 4),
    (131, 5),
    (163, 5),
    (195, 5),
    (227, 5),
    (258, 0),
];

/// One direction: remembers what it sent if its window goes on.
#[derive(Debug, Default)]
pub(crate) struct Deflate {
    sent: Vec<u8>,
    bits: u64,
    count: u32,
    out: Vec<u8>,
}

impl Deflate {
    /// A message as permessage-deflate sends it: without the last four bytes 00 00 ff ff (RFC 7692 section 7.2.1).
    pub(crate) fn message(&mut self, text: &[u8], keeps_window: bool) -> Vec<u8> {
        if !keeps_window {
            self.sent.clear();
        }
        (self.out, self.bits, self.count) = (Vec::new(), 0, 0);
        self.put(0b010, 3); // not the last block, fixed codes
        let mut at = 0;
        while at < text.len() {
            match self.earlier(&text[at..]) {
                Some((length, distance)) => {
                    self.copy(length, distance);
                    self.sent.extend_from_slice(&text[at..at + length]);
                    at += length;
                }
                None => {
                    self.symbol(u32::from(text[at]));
                    self.sent.push(text[at]);
                    at += 1;
                }
            }
        }
        self.symbol(256);
        self.put(0, 3); // an empty stored block ends at a byte; its length is what is left out
        if self.count > 0 {
            self.put(0, 8 - self.count);
        }
        std::mem::take(&mut self.out)
    }

    /// The longest beginning of `text` that was sent before.
    fn earlier(&self, text: &[u8]) -> Option<(usize, usize)> {
        let from = self.sent.len().saturating_sub(WINDOW);
        let mut best = None;
        for start in from..self.sent.len() {
            let same = self.sent[start..].iter().zip(text).take(LONGEST).take_while(|(a, b)| a == b).count();
            if same >= best.map_or(4, |(length, _)| length + 1) {
                best = Some((same, self.sent.len() - start));
            }
        }
        best
    }

    fn copy(&mut self, length: usize, distance: usize) {
        let code = LENGTHS.iter().rposition(|&(first, _)| first <= length).unwrap_or(0);
        self.symbol(257 + code as u32);
        self.put((length - LENGTHS[code].0) as u32, LENGTHS[code].1);
        // Distances: two codes for each power of two (RFC 1951 section 3.2.5).
        let (mut code, mut first, mut extra) = (0, 1, 0);
        for number in 1..30 {
            let next = first + (1 << extra);
            if distance < next {
                break;
            }
            (code, first, extra) = (number, next, if number < 4 { 0 } else { number / 2 - 1 });
        }
        self.huffman(code, 5);
        self.put((distance - first) as u32, extra);
    }

    /// A literal or length by the fixed code.
    fn symbol(&mut self, symbol: u32) {
        match symbol {
            0..=143 => self.huffman(0x30 + symbol, 8),
            144..=255 => self.huffman(0x190 + symbol - 144, 9),
            256..=279 => self.huffman(symbol - 256, 7),
            _ => self.huffman(0xC0 + symbol - 280, 8),
        }
    }

    /// Codes go most significant bit first, everything else least.
    fn huffman(&mut self, code: u32, length: u32) {
        self.put(code.reverse_bits() >> (32 - length), length);
    }

    fn put(&mut self, bits: u32, count: u32) {
        self.bits |= u64::from(bits) << self.count;
        self.count += count;
        while self.count >= 8 {
            self.out.push(self.bits as u8);
            self.bits >>= 8;
            self.count -= 8;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Deflate;

    /// RFC 7692 section 7.2.3: "Hello". Again with the window of the first message it is one copy of five bytes from
    /// five back, written out by hand: block 010, length 0000011, distance 00100 0, end 0000000, stored 000.
    #[test]
    fn the_example_of_the_rfc() {
        let mut deflate = Deflate::default();
        assert_eq!(deflate.message(b"Hello", true), b"\xf2\x48\xcd\xc9\xc9\x07\x00");
        assert_eq!(deflate.message(b"Hello", true), b"\x02\x13\x00\x00");
        assert_eq!(deflate.message(b"Hello", false), b"\xf2\x48\xcd\xc9\xc9\x07\x00");
    }
}
