//! A domain name on the wire (RFC 1035 sections 3.1 and 4.1.4), compressed or not.

/// Longest name, in bytes of the wire including length bytes (RFC 1035 section 2.3.4).
pub const MAX_WIRE: usize = 255;

/// Longest name as text: every byte may become `\DDD`.
pub const MAX_TEXT: usize = 4 * MAX_WIRE;

/// How many compression pointers one name may follow. A name has at most 127 labels, and an honest
/// writer points once; 32 is far above what any server sends.
const MAX_HOPS: usize = 32;

/// Calls `label` with each label of the name at `at` and returns the offset after the name.
///
/// A pointer must lead to before the run of labels that holds it ("a *prior* occurrence", RFC 1035
/// section 4.1.4), so that no name can loop. `None`: cut short, a reserved label type, a pointer that
/// does not go back, or more than [`MAX_WIRE`] bytes.
pub fn walk<'a>(message: &'a [u8], at: usize, mut label: impl FnMut(&'a [u8])) -> Option<usize> {
    let mut position = at;
    let mut run_start = at;
    let mut after = None;
    let mut hops = 0;
    let mut wire = 1;
    loop {
        let length = *message.get(position)?;
        match length {
            0 => return Some(after.unwrap_or(position + 1)),
            1..=0x3f => {
                let start = position + 1;
                let end = start + usize::from(length);
                wire += 1 + usize::from(length);
                if wire > MAX_WIRE {
                    return None;
                }
                label(message.get(start..end)?);
                position = end;
            }
            0xc0.. => {
                let low = *message.get(position + 1)?;
                let target = usize::from(length & 0x3f) << 8 | usize::from(low);
                after.get_or_insert(position + 2);
                hops += 1;
                if target >= run_start || hops > MAX_HOPS {
                    return None;
                }
                (position, run_start) = (target, target);
            }
            // 0x40 and 0x80 are reserved (RFC 6891 section 5 withdrew the extended label types).
            _ => return None,
        }
    }
}

/// The name at `at` as text, and the offset after it.
///
/// Lower-cased (ASCII), labels joined by dots, no trailing dot, the root is `.`. A dot or backslash
/// inside a label is escaped by a backslash, any other byte outside `!`–`~` as `\DDD` (RFC 4343
/// section 2.1). At most [`MAX_TEXT`] characters. `None` as for [`walk`].
pub fn read(message: &[u8], at: usize) -> Option<(String, usize)> {
    let mut text = String::new();
    let after = walk(message, at, |label| {
        if !text.is_empty() {
            text.push('.');
        }
        push_label(&mut text, label);
    })?;
    if text.is_empty() {
        text.push('.');
    }
    Some((text, after))
}

/// Appends one label to `text` in the form that [`read`] describes.
pub fn push_label(text: &mut String, label: &[u8]) {
    for &byte in label {
        match byte {
            b'.' | b'\\' => {
                text.push('\\');
                text.push(char::from(byte));
            }
            b'!'..=b'~' => text.push(char::from(byte.to_ascii_lowercase())),
            _ => {
                text.push('\\');
                for digit in [byte / 100, byte / 10 % 10, byte % 10] {
                    text.push(char::from(b'0' + digit));
                }
            }
        }
    }
}

/// The bytes of the first label of a name written by [`read`], with escapes undone.
///
/// mDNS puts free text there (`office\032printer._ipp._tcp.local`).
pub fn first_label(name: &str) -> Vec<u8> {
    let mut label = Vec::new();
    let mut bytes = name.bytes().take(MAX_TEXT);
    while let Some(byte) = bytes.next() {
        match byte {
            b'.' => break,
            b'\\' => match bytes.next() {
                Some(hundreds @ b'0'..=b'2') => {
                    let (tens, ones) = (bytes.next().unwrap_or(b'0'), bytes.next().unwrap_or(b'0'));
                    let value = [hundreds, tens, ones]
                        .iter()
                        .fold(0u16, |sum, digit| sum * 10 + u16::from(digit.wrapping_sub(b'0') % 10));
                    label.push(u8::try_from(value).unwrap_or(b'?'));
                }
                Some(other) => label.push(other),
                None => break,
            },
            _ => label.push(byte),
        }
    }
    label
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let at = data.first().map_or(0, |&byte| usize::from(byte));
    if let Some((text, after)) = read(data, at) {
        assert!(after <= data.len(), "a name ends inside its message");
        assert!(!text.is_empty() && text.len() <= MAX_TEXT);
        assert!(text.bytes().all(|byte| byte.is_ascii_graphic() && !byte.is_ascii_uppercase()));
        assert!(first_label(&text).len() <= 63);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    /// RFC 1035 section 4.1.4: F.ISI.ARPA at 20, FOO.F.ISI.ARPA at 40, ARPA at 64, root at 92.
    fn rfc_1035() -> Vec<u8> {
        let mut message = vec![0; 20];
        message.extend_from_slice(b"\x01F\x03ISI\x04ARPA\x00");
        message.resize(40, 0);
        message.extend_from_slice(b"\x03FOO\xc0\x14");
        message.resize(64, 0);
        message.extend_from_slice(b"\xc0\x1a");
        message.resize(93, 0);
        message
    }

    #[test]
    fn the_example_of_rfc_1035() {
        let message = rfc_1035();
        assert_eq!(read(&message, 20), Some(("f.isi.arpa".into(), 32)));
        assert_eq!(read(&message, 40), Some(("foo.f.isi.arpa".into(), 46)));
        assert_eq!(read(&message, 64), Some(("arpa".into(), 66)));
        assert_eq!(read(&message, 92), Some((".".into(), 93)));
    }

    #[test]
    fn pointers_must_go_back() {
        assert_eq!(read(b"\xc0\x00", 0), None, "to itself");
        assert_eq!(read(b"\x01a\xc0\x00", 0), None, "to the start of its own run");
        assert_eq!(read(b"\xc0\x02\x01a\x00", 0), None, "forward");
        assert_eq!(read(b"\x01b\x00\x01a\xc0\x00", 3), Some(("a.b".into(), 7)));
        assert_eq!(read(b"\x01b\xc0\x04\x01a\xc0\x00", 4), None, "b points forward to a");
    }

    #[test]
    fn a_chain_of_pointers_is_bounded() {
        let mut message = vec![0u8; 2];
        for target in (0..100u8).map(|index| index * 2) {
            message.extend_from_slice(&[0xc0, target]);
        }
        assert_eq!(read(&message, 2).unwrap().0, ".");
        assert_eq!(read(&message, 64).unwrap().0, ".", "32 hops");
        assert_eq!(read(&message, 66), None, "33 hops");
    }

    #[test]
    fn length_is_bounded_and_bytes_are_escaped() {
        let label = [&[63u8][..], &[b'x'; 63]].concat();
        let longest = [&label[..], &label, &label, &[61], &[b'y'; 61], &[0]].concat();
        assert_eq!(longest.len(), MAX_WIRE);
        assert_eq!(read(&longest, 0).unwrap().1, MAX_WIRE);
        let longer = [&label[..], &label, &label, &[62], &[b'y'; 62], &[0]].concat();
        assert_eq!(read(&longer, 0), None);
        assert_eq!(read(b"\x40a\x00", 0), None, "reserved label type");

        let odd = b"\x07A. \\\x00\xc3\xa4\x05local\x00";
        let text = "a\\.\\032\\\\\\000\\195\\164.local";
        assert_eq!(read(odd, 0), Some((text.into(), odd.len())));
        assert_eq!(first_label(text), b"a. \\\x00\xc3\xa4");
    }

    #[test]
    fn a_cut_name_is_no_name() {
        for end in 0..5 {
            assert_eq!(read(&b"\x03abc\x00"[..end], 0), None);
        }
    }
}
