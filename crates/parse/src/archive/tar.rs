//! The header of a member of a tar file: what it is called and how long it is.
//!
//! Source: POSIX.1-2017, pax, "ustar Interchange Format"; GNU tar writes the same fields. Long names in headers of
//! their own (pax, GNU) are not read: their members are told as something else.

/// Bytes of a header, and what every member is padded to.
pub const BLOCK: usize = 512;

/// A member as its header tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its name, with the prefix where there is one; lossily read.
    pub name: String,
    /// Bytes that follow, before they are padded.
    pub size: u64,
    /// It is a regular file and no link, folder, device or extension.
    pub regular: bool,
}

/// What a block at the place of a header is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Header {
    /// A member begins.
    Member(Member),
    /// Nothing but zeros: the end.
    End,
    /// No header: its checksum is wrong, or a number is none.
    Damaged,
}

/// Reads a header.
#[must_use]
pub fn header(block: &[u8; BLOCK]) -> Header {
    if block.iter().all(|byte| *byte == 0) {
        return Header::End;
    }
    // The checksum counts its own eight bytes as blanks.
    let sum = |range: std::ops::Range<usize>| block[range].iter().map(|byte| u64::from(*byte)).sum::<u64>();
    let expected = sum(0..148) + 8 * u64::from(b' ') + sum(156..BLOCK);
    let (Some(checksum), Some(size)) = (octal(&block[148..156]), octal(&block[124..136])) else {
        return Header::Damaged;
    };
    if checksum != expected {
        return Header::Damaged;
    }
    let is_ustar = &block[257..262] == b"ustar";
    let (name, prefix) = (text(&block[..100]), text(&block[345..500]));
    let name = if is_ustar && !prefix.is_empty() { format!("{prefix}/{name}") } else { name };
    Header::Member(Member { name, size, regular: matches!(block[156], b'0' | 0) })
}

/// Octal digits between blanks, ended by a blank or a zero byte.
fn octal(field: &[u8]) -> Option<u64> {
    let digits = field.iter().skip_while(|byte| **byte == b' ');
    let mut number = 0_u64;
    let mut any = false;
    for byte in digits {
        match byte {
            b'0'..=b'7' => number = number.checked_mul(8)?.checked_add(u64::from(byte - b'0'))?,
            b' ' | 0 => break,
            _ => return None,
        }
        any = true;
    }
    any.then_some(number)
}

fn text(field: &[u8]) -> String {
    let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
    String::from_utf8_lossy(&field[..end]).into_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    /// `printf hello > a && tar --format=ustar --owner=0 --group=0 --mode=600 --mtime=@0 -cf - a | head -c 512`.
    fn by_gnu_tar() -> [u8; BLOCK] {
        let mut block = [0; BLOCK];
        let mut put = |at: usize, text: &[u8]| block[at..at + text.len()].copy_from_slice(text);
        put(0, b"a");
        put(100, b"0000600\x000000000\x000000000\x0000000000005\x0000000000000\x00");
        put(148, b"011143\x00 0");
        put(257, b"ustar\x0000root");
        put(297, b"root");
        put(329, b"0000000\x000000000\x00");
        block
    }

    #[test]
    fn a_header_of_gnu_tar_is_read() {
        let member = Member { name: "a".to_owned(), size: 5, regular: true };
        assert_eq!(header(&by_gnu_tar()), Header::Member(member));
    }

    #[test]
    fn a_changed_byte_is_damage_and_zeros_are_the_end() {
        let mut block = by_gnu_tar();
        block[0] = b'b';
        assert_eq!(header(&block), Header::Damaged);
        assert_eq!(header(&[0; BLOCK]), Header::End);
        assert_eq!(header(&[b'7'; BLOCK]), Header::Damaged);
    }
}
