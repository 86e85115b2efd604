//! `/proc/PID/maps`: the mappings of a process, one to a line.

/// A mapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mapping<'a> {
    /// First byte.
    pub start: u64,
    /// Bytes.
    pub size: u64,
    /// It may be written to.
    pub write: bool,
    /// It may be executed.
    pub execute: bool,
    /// Inode of the file, 0 without one.
    pub inode: u64,
    /// File or label (`[heap]`, `/anon_hugepage (deleted)`); empty for plain anonymous memory. Bytes as the kernel
    /// writes them: a line end in a name is `\012`.
    pub path: &'a [u8],
}

impl Mapping<'_> {
    /// Memory of its own, backed by no file: plain, labelled by `prctl` (`[anon:…]`), or in huge pages.
    #[must_use]
    pub fn is_anonymous(&self) -> bool {
        self.path.is_empty()
            || self.path.starts_with(b"[anon")
            || self.path == b"[heap]"
            || self.path.starts_with(b"/anon_hugepage")
    }
}

/// Every mapping that can be read, in the order of addresses.
pub fn mappings(bytes: &[u8]) -> impl Iterator<Item = Mapping<'_>> {
    bytes.split(|byte| *byte == b'\n').filter_map(mapping)
}

fn mapping(line: &[u8]) -> Option<Mapping<'_>> {
    // `start-end perms offset device inode   path`
    let mut rest = line;
    let mut word = || {
        let from = rest.iter().position(|byte| *byte != b' ')?;
        let after = rest.get(from..)?;
        let end = after.iter().position(|byte| *byte == b' ').unwrap_or(after.len());
        let (word, left) = after.split_at_checked(end)?;
        rest = left;
        std::str::from_utf8(word).ok()
    };
    let (start, end) = word()?.split_once('-')?;
    let (start, end) = (u64::from_str_radix(start, 16).ok()?, u64::from_str_radix(end, 16).ok()?);
    let permissions = word()?.as_bytes();
    let (_offset, _device, inode) = (word()?, word()?, word()?.parse().ok()?);
    let from = rest.iter().position(|byte| *byte != b' ').unwrap_or(rest.len());
    Some(Mapping {
        start,
        size: end.checked_sub(start)?,
        write: permissions.get(1) == Some(&b'w'),
        execute: permissions.get(2) == Some(&b'x'),
        inode,
        path: rest.get(from..)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anonymous_file_and_huge_mappings() {
        let text = b"55d0-55f0 r-xp 00000000 fe:01 1234                       /usr/bin/a b\n\
                     7f0000000000-7f0082200000 rw-p 00000000 00:00 0 \n\
                     7f1000000000-7f1000800000 rwxp 00000000 00:10 99         /anon_hugepage (deleted)\nrubbish\n";
        let read: Vec<_> = mappings(text).collect();
        assert_eq!(read.len(), 3);
        assert_eq!(
            (read[0].path, read[0].execute, read[0].is_anonymous()),
            (&b"/usr/bin/a b"[..], true, false)
        );
        assert_eq!((read[1].size, read[1].write, read[1].is_anonymous()), (0x8220_0000, true, true));
        assert_eq!((read[2].execute, read[2].is_anonymous(), read[2].inode), (true, true, 99));
    }
}
