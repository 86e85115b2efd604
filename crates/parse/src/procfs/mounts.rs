//! `/proc/PID/mountinfo`: what is mounted where.

/// A mount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mount {
    /// The root of the mount within its file system.
    pub root: String,
    /// Where it is mounted.
    pub point: String,
    /// File system type.
    pub kind: String,
    /// What is mounted.
    pub source: String,
}

/// Every line that can be read.
pub fn mounts(bytes: &[u8]) -> impl Iterator<Item = Mount> {
    bytes.split(|byte| *byte == b'\n').filter_map(|line| {
        let line = String::from_utf8_lossy(line);
        let (front, back) = line.split_once(" - ")?;
        let mut front = front.split(' ').skip(3);
        let mut back = back.split(' ');
        Some(Mount {
            root: unescaped(front.next()?),
            point: unescaped(front.next()?),
            kind: back.next()?.to_owned(),
            source: unescaped(back.next()?),
        })
    })
}

/// Blank, tab, line end and backslash are written as three octal digits.
fn unescaped(word: &str) -> String {
    let mut plain = String::new();
    let mut rest = word;
    while let Some(at) = rest.find('\\') {
        plain.push_str(&rest[..at]);
        let digits = rest.get(at + 1..at + 4).and_then(|digits| u8::from_str_radix(digits, 8).ok());
        plain.push(digits.map_or('\\', char::from));
        rest = &rest[at + if digits.is_some() { 4 } else { 1 }..];
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mounts_with_blanks_and_optional_fields() {
        let text = b"36 35 98:0 /mnt1 /mnt\\0402 rw,noatime master:1 shared:2 - ext3 /dev/root rw\n\
                     40 20 0:5 / /proc/4711 rw - tmpfs tmpfs rw\nrubbish\n";
        let read: Vec<_> = mounts(text).collect();
        assert_eq!(read.len(), 2);
        assert_eq!((read[0].point.as_str(), read[0].kind.as_str()), ("/mnt 2", "ext3"));
        assert_eq!((read[1].point.as_str(), read[1].root.as_str()), ("/proc/4711", "/"));
        assert_eq!(unescaped("a\\134b\\9"), "a\\b\\9");
    }
}
