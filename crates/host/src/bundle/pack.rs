//! The writer of a bundle: a tar inside gzip, written as it comes, each content once.

use super::answers::Line;
use super::{ANSWERS, CONTENT, SUMS};
use flate2::Compression;
use flate2::write::GzEncoder;
use parse::archive::tar::BLOCK;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::{self, Write};

/// Bytes of answers after which they are written.
const PART: usize = 1 << 20;

/// How much is done between two tellings.
const TELL: u64 = 1024;

/// Told of questions answered and of bytes written.
pub(super) type Tell<'a> = &'a mut dyn FnMut(u64, u64);

/// What became of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Packed {
    pub(super) questions: u64,
    pub(super) contents: u64,
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

/// Counts and hashes what goes out.
struct Out<'a> {
    to: &'a mut dyn Write,
    bytes: u64,
    sha256: Sha256,
}

impl Write for Out<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.bytes += written as u64;
        self.sha256.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// A bundle being written. Trouble is kept until the end: a look at a machine is not broken off in the middle.
pub(super) struct Pack<'a> {
    out: GzEncoder<Out<'a>>,
    /// Seconds since 1970, for all members.
    time: u64,
    sums: String,
    contents: HashMap<[u8; 32], u32>,
    part: String,
    parts: u32,
    questions: u64,
    trouble: Option<io::Error>,
    tell: Tell<'a>,
}

impl<'a> Pack<'a> {
    pub(super) fn new(to: &'a mut dyn Write, time: u64, tell: Tell<'a>) -> Pack<'a> {
        let out = Out { to, bytes: 0, sha256: Sha256::new() };
        Pack {
            out: GzEncoder::new(out, Compression::default()),
            time,
            sums: String::new(),
            contents: HashMap::new(),
            part: String::new(),
            parts: 0,
            questions: 0,
            trouble: None,
            tell,
        }
    }

    /// A question was answered as before.
    pub(super) fn tick(&mut self) {
        self.questions += 1;
        if self.questions.is_multiple_of(TELL) {
            (self.tell)(self.questions, self.out.get_ref().bytes);
        }
    }

    /// Writes a line of answers, sooner or later.
    pub(super) fn line(&mut self, line: &Line) {
        self.tick();
        self.part += &line.text();
        if self.part.len() >= PART {
            self.end_part();
        }
    }

    /// The number of a content, which is written if it is new.
    pub(super) fn content(&mut self, bytes: &[u8]) -> u32 {
        let hash: [u8; 32] = Sha256::digest(bytes).into();
        if let Some(number) = self.contents.get(&hash) {
            return *number;
        }
        let number = u32::try_from(self.contents.len()).unwrap_or(u32::MAX);
        self.contents.insert(hash, number);
        self.member(&format!("{CONTENT}{number}"), bytes);
        number
    }

    /// Writes a member.
    pub(super) fn member(&mut self, name: &str, bytes: &[u8]) {
        if name != SUMS {
            self.sums += &format!("{}  {name}\n", hex(&Sha256::digest(bytes)));
        }
        if self.trouble.is_none() {
            self.trouble = self.write(name, bytes).err();
        }
    }

    fn write(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(&header(name, bytes.len() as u64, self.time))?;
        self.out.write_all(bytes)?;
        self.out.write_all(&[0; BLOCK][..bytes.len().next_multiple_of(BLOCK) - bytes.len()])
    }

    fn end_part(&mut self) {
        let part = std::mem::take(&mut self.part);
        self.member(&format!("{ANSWERS}{}.tsv", self.parts), part.as_bytes());
        self.parts += 1;
    }

    /// Writes what is left, and says what it came to.
    pub(super) fn finish(mut self) -> io::Result<Packed> {
        self.end_part();
        let sums = std::mem::take(&mut self.sums);
        self.member(SUMS, sums.as_bytes());
        if let Some(trouble) = self.trouble {
            return Err(trouble);
        }
        self.out.write_all(&[0; 2 * BLOCK])?;
        let mut out = self.out.finish()?;
        out.flush()?;
        Ok(Packed {
            questions: self.questions,
            contents: self.contents.len() as u64,
            bytes: out.bytes,
            sha256: hex(&out.sha256.finalize()),
        })
    }
}

/// A ustar header (the source stands in `parse::archive::tar`): readable by its owner only.
fn header(name: &str, size: u64, time: u64) -> [u8; BLOCK] {
    let mut block = [0; BLOCK];
    let mut put = |at: usize, text: &str| block[at..at + text.len()].copy_from_slice(text.as_bytes());
    // Our names are shorter than 100 bytes, our sizes and times than eleven octal digits.
    put(0, name);
    put(100, "0000600");
    put(108, "0000000");
    put(116, "0000000");
    put(124, &format!("{size:011o}"));
    put(136, &format!("{time:011o}"));
    put(148, "        0");
    put(257, "ustar");
    put(263, "00");
    let sum: u64 = block.iter().map(|byte| u64::from(*byte)).sum();
    block[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    block
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
