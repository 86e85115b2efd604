//! The reader of a bundle: bytes as they come, bounded, and nothing is written anywhere.

use super::answers::{FORM, Line, Question};
use super::pack::hex;
use super::recorded::{Recorded, Track};
use super::{ABOUT, ANSWERS, CONTENT, SUMS};
use crate::{Gaps, Settings};
use parse::archive::tar::{BLOCK, Header, Member, header};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

/// The longest member that is kept: the largest file that a look at a machine reads is 64 MiB.
const LONGEST: u64 = 80 << 20;
/// Bytes of members kept at all: 3,000 processes come to 300 MB.
const MOST_BYTES: u64 = 1 << 30;
/// Members: 65,536 processes with ten files each.
const MOST_MEMBERS: usize = 700_000;
/// Answers, and names in them: 65,536 processes with 90 questions each.
const MOST_ANSWERS: usize = 6 << 20;

/// Whether bytes begin as a bundle does, decompressed.
#[must_use]
pub fn is_bundle(head: &[u8]) -> bool {
    let block = head.get(..BLOCK).and_then(|block| <&[u8; BLOCK]>::try_from(block).ok());
    matches!(block.map(header), Some(Header::Member(Member { name, regular: true, .. })) if name == ABOUT)
}

/// What is expected next.
#[derive(Debug)]
enum State {
    /// A header.
    Between,
    /// The bytes of a member.
    Inside { member: Member, keep: bool, left: u64, hash: Sha256 },
    /// What fills the last block of a member.
    Padding(u64),
    /// Nothing any more.
    Ended,
}

/// Takes a bundle apart.
#[derive(Debug)]
pub struct Unpacker {
    state: State,
    /// An unfinished header, or the member at hand.
    held: Vec<u8>,
    kept: u64,
    members: usize,
    /// What each member's SHA-256 is.
    hashes: HashMap<String, [u8; 32]>,
    contents: HashMap<u32, Vec<u8>>,
    parts: Vec<(String, Vec<u8>)>,
    sums: Option<Vec<u8>>,
    whole: bool,
    gaps: Gaps,
}

impl Default for Unpacker {
    fn default() -> Unpacker {
        Unpacker {
            state: State::Between,
            held: Vec::new(),
            kept: 0,
            members: 0,
            hashes: HashMap::new(),
            contents: HashMap::new(),
            parts: Vec::new(),
            sums: None,
            whole: false,
            gaps: Gaps::default(),
        }
    }
}

impl Unpacker {
    /// Takes the next bytes of the tar.
    pub fn push(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            bytes = match &mut self.state {
                State::Ended => return,
                State::Padding(left) => {
                    let (_, rest) = bytes.split_at(within(*left, bytes));
                    *left -= (bytes.len() - rest.len()) as u64;
                    if *left == 0 {
                        self.state = State::Between;
                    }
                    rest
                }
                State::Between => {
                    let (more, rest) = bytes.split_at(within((BLOCK - self.held.len()) as u64, bytes));
                    self.held.extend_from_slice(more);
                    if let Ok(block) = <[u8; BLOCK]>::try_from(self.held.as_slice()) {
                        self.held.clear();
                        self.begin(&block);
                    }
                    rest
                }
                State::Inside { keep, left, hash, .. } => {
                    let (more, rest) = bytes.split_at(within(*left, bytes));
                    *left -= more.len() as u64;
                    hash.update(more);
                    if *keep {
                        self.held.extend_from_slice(more);
                    }
                    if *left == 0 {
                        self.end_member();
                    }
                    rest
                }
            };
        }
    }

    fn begin(&mut self, block: &[u8; BLOCK]) {
        let member = match header(block) {
            Header::Member(member) => member,
            Header::End => {
                self.whole = true;
                return self.state = State::Ended;
            }
            Header::Damaged => {
                self.gaps.bundle("gap-bundle-damaged", &format!("member {}", self.members + 1));
                return self.state = State::Ended;
            }
        };
        self.members += 1;
        if self.members > MOST_MEMBERS {
            self.gaps.bundle("gap-bundle-large", &member.name);
            return self.state = State::Ended;
        }
        let known = member.regular && (is_known(&member.name) && !self.hashes.contains_key(&member.name));
        let fits = member.size <= LONGEST && self.kept.saturating_add(member.size) <= MOST_BYTES;
        match (known, fits) {
            (false, _) => self.gaps.bundle("gap-bundle-foreign", &member.name),
            (true, false) => self.gaps.bundle("gap-bundle-large", &member.name),
            (true, true) => self.kept += member.size,
        }
        let (keep, left) = (known && fits, member.size);
        self.state = State::Inside { member, keep, left, hash: Sha256::new() };
        if left == 0 {
            self.end_member();
        }
    }

    fn end_member(&mut self) {
        let State::Inside { member, keep, hash, .. } = std::mem::replace(&mut self.state, State::Between)
        else {
            return;
        };
        let bytes = std::mem::take(&mut self.held);
        let beyond = member.size % BLOCK as u64;
        if beyond > 0 {
            self.state = State::Padding(BLOCK as u64 - beyond);
        }
        if !keep {
            return;
        }
        self.hashes.insert(member.name.clone(), hash.finalize().into());
        if let Some(number) = member.name.strip_prefix(CONTENT).and_then(|number| number.parse().ok()) {
            self.contents.insert(number, bytes);
        } else if member.name.starts_with(ANSWERS) {
            self.parts.push((member.name, bytes));
        } else if member.name == SUMS {
            self.sums = Some(bytes);
        }
    }

    /// The machine that the bundle tells of, as far as it could be read.
    #[must_use]
    pub fn finish(mut self) -> Recorded {
        if self.sums.is_none() || !self.whole {
            self.gaps.bundle("gap-bundle-cut", SUMS);
        }
        if let Some(sums) = self.sums.take() {
            self.check(&sums);
        }
        let mut recorded = Recorded::default();
        let mut left = MOST_ANSWERS;
        for (name, part) in std::mem::take(&mut self.parts) {
            self.answers(&name, &part, &mut left, &mut recorded);
        }
        for track in recorded.tracks.values_mut() {
            track.given.sort_by_key(|(epoch, nth, _)| (*epoch, *nth));
        }
        recorded.contents = self.contents;
        recorded.gaps = self.gaps;
        recorded
    }

    /// Drops what is not as it was when it was collected.
    fn check(&mut self, sums: &[u8]) {
        let lines: HashSet<&[u8]> = sums.split(|byte| *byte == b'\n').collect();
        let mut wrong: Vec<String> = self
            .hashes
            .iter()
            .filter(|(name, _)| *name != SUMS)
            .filter(|(name, hash)| !lines.contains(format!("{}  {name}", hex(*hash)).as_bytes()))
            .map(|(name, _)| name.clone())
            .collect();
        wrong.sort_unstable();
        for name in wrong {
            self.gaps.bundle("gap-bundle-differs", &name);
            if let Some(number) = name.strip_prefix(CONTENT).and_then(|number| number.parse().ok()) {
                self.contents.remove(&number);
            }
            self.parts.retain(|(part, _)| *part != name);
        }
    }

    fn answers(&mut self, name: &str, part: &[u8], left: &mut usize, recorded: &mut Recorded) {
        for line in part.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            // Before it is taken apart: the last field may hold many names.
            let many = line.rsplit(|byte| *byte == b'\t').next().unwrap_or_default();
            let cost = 1 + many.iter().filter(|byte| matches!(byte, b'/' | b',')).count();
            if cost > *left {
                return self.gaps.bundle("gap-bundle-large", name);
            }
            *left -= cost;
            match Line::of(line) {
                None => self.gaps.bundle("gap-bundle-foreign", name),
                Some(Line::Bundle { form, .. }) if form != FORM => {
                    return self.gaps.bundle("gap-bundle-foreign", name);
                }
                Some(Line::Bundle { observed_ms, deep, runs, .. }) => {
                    recorded.settings = Settings { observe_ms: observed_ms, deep };
                    recorded.runs = runs;
                }
                Some(Line::Answer { epoch, nth, question, path, answer }) => {
                    let key: (Question, PathBuf) = (question, path);
                    let track: &mut Track = recorded.tracks.entry(key).or_default();
                    track.given.push((epoch, nth, answer));
                }
                Some(Line::Asked(ranges)) => recorded.lives.asked.extend(ranges),
                Some(Line::Alive { number, mut changes }) => {
                    changes.sort_by_key(|(nth, _)| *nth);
                    recorded.lives.changes.insert(number, changes);
                }
            }
        }
    }
}

fn is_known(name: &str) -> bool {
    let numbered = |rest: Option<&str>| {
        rest.is_some_and(|number| number.len() < 10 && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    name == ABOUT
        || name == SUMS
        || numbered(name.strip_prefix(CONTENT))
        || numbered(name.strip_prefix(ANSWERS).and_then(|rest| rest.strip_suffix(".tsv")))
}

/// How much of `bytes` belongs to what has `left` bytes to go.
fn within(left: u64, bytes: &[u8]) -> usize {
    usize::try_from(left).unwrap_or(usize::MAX).min(bytes.len())
}

/// What must hold for any bytes: it does not matter in which pieces they come, a line that is understood is
/// understood again as it is written, and a look at what was unpacked ends.
pub fn fuzz(data: &[u8]) {
    let Some((&piece, data)) = data.split_first() else { return };
    let whole = retold(std::iter::once(data));
    assert_eq!(whole, retold(data.chunks(usize::from(piece) + 1)), "pieces do not change what is told");
    let mut machine = Recorded::default();
    let mut unpacker = Unpacker::default();
    unpacker.answers("answers/0.tsv", data, &mut 4096, &mut machine);
    for line in data.split(|byte| *byte == b'\n').filter_map(Line::of) {
        let text = line.text();
        assert_eq!(Line::of(text.trim_end_matches('\n').as_bytes()), Some(line));
    }
    // A running machine is asked for four million numbers: too slow here.
    machine.runs = false;
    let settings = machine.settings();
    crate::examine(&mut machine, model::EvidenceId(0), &settings, &mut |_| ());
}

fn retold<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> (usize, usize, Vec<model::GapSummary>) {
    let mut unpacker = Unpacker::default();
    pieces.for_each(|piece| unpacker.push(piece));
    let machine = unpacker.finish();
    (machine.tracks.len(), machine.contents.len(), machine.into_gaps())
}
