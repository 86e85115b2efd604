//! The lines of a bundle: questions with their answers. Writer and reader of the grammar stand side by side.
//!
//! A line holds fields with tabs between. Bytes of names and paths that are no printable ASCII are `%` and two
//! hexadecimal digits, and so are `%` and, in a list of names, the `/` between them that no name can hold.
//!
//! ```text
//! bundle  1  OBSERVED_MS  DEEP  RUNS             the first line: form, settings, whether the machine runs
//! EPOCH  NTH  QUESTION  PATH  ANSWER             the NTH time that this was asked since the EPOCH-th wait
//! asked  FROM-TO,FROM-TO,…                       numbers of which it was asked whether they live
//! alive  NUMBER  NTH:1,NTH:0,…                   what changed in the answers about one number; at first it is 0
//! ```
//!
//! An answer is left out where it is the same as the time before. It is `!` and a fault, or:
//! `read`: `whole` or `cut`, then the number of a content. `list`: `whole` or `cut`, then kind and name of each member.
//! `meta`, `target-meta`: the fields of [`Meta`]. `target`: a path. `library`: names, or nothing. `now`: nanoseconds.
//! `rounding`, of a thread: a way to round, or nothing.

use crate::{Fault, Listing, Rounds};
use model::Time;
use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};
use sys::{Entry, Kind, Meta};

/// The form of the answers that this program writes, and the only one that it reads.
pub const FORM: u32 = 1;

/// What can be asked of a [`crate::View`] about a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Question {
    List,
    Read,
    Meta,
    MetaOfTarget,
    Target,
    Library,
    Now,
    /// The path is that of a thread, `/proc/TID`.
    Rounding,
}

impl Question {
    const ALL: [(Question, &'static str); 8] = [
        (Question::List, "list"),
        (Question::Read, "read"),
        (Question::Meta, "meta"),
        (Question::MetaOfTarget, "target-meta"),
        (Question::Target, "target"),
        (Question::Library, "library"),
        (Question::Now, "now"),
        (Question::Rounding, "rounding"),
    ];

    pub(super) fn word(self) -> &'static str {
        Question::ALL.iter().find(|(known, _)| *known == self).map_or("", |(_, word)| word)
    }

    fn of(word: &[u8]) -> Option<Question> {
        Question::ALL.iter().find(|(_, known)| known.as_bytes() == word).map(|(question, _)| *question)
    }
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    Fault(Fault),
    /// All of a content, or its beginning.
    Read {
        whole: bool,
        content: u32,
    },
    List(Listing),
    Meta(Meta),
    Target(PathBuf),
    Library(Option<Vec<OsString>>),
    Now(Time),
    Rounding(Option<Rounds>),
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    Bundle { form: u32, observed_ms: u64, deep: bool, runs: bool },
    Answer { epoch: u32, nth: u32, question: Question, path: PathBuf, answer: Answer },
    Asked(Vec<(u32, u32)>),
    Alive { number: u32, changes: Vec<(u32, bool)> },
}

const FAULTS: [(Fault, &str); 4] = [
    (Fault::Missing, "!missing"),
    (Fault::Denied, "!denied"),
    (Fault::Unfit, "!unfit"),
    (Fault::Broken, "!broken"),
];

const KINDS: [(Option<Kind>, u8); 5] = [
    (Some(Kind::File), b'f'),
    (Some(Kind::Folder), b'd'),
    (Some(Kind::Link), b'l'),
    (Some(Kind::Other), b'o'),
    (None, b'?'),
];

impl Answer {
    /// The last fields of its line.
    pub(super) fn text(&self) -> String {
        match self {
            Answer::Fault(fault) => {
                FAULTS.iter().find(|(known, _)| known == fault).map_or("", |(_, word)| word).to_owned()
            }
            Answer::Read { whole, content } => format!("{}\t{content}", extent(*whole)),
            Answer::List(listing) => {
                let members = listing.entries.iter().map(|entry| {
                    let kind =
                        KINDS.iter().find(|(kind, _)| *kind == entry.kind).map_or(b'?', |(_, sign)| *sign);
                    format!("{}{}", char::from(kind), named(entry.name.as_bytes()))
                });
                format!("{}\t{}", extent(!listing.cut), members.collect::<Vec<_>>().join("/"))
            }
            Answer::Meta(meta) => meta_text(meta),
            Answer::Target(target) => escaped(target.as_os_str().as_bytes()),
            Answer::Library(None) => String::new(),
            Answer::Library(Some(names)) => {
                let names = names.iter().map(|name| format!("/{}", named(name.as_bytes())));
                format!("={}", names.collect::<String>())
            }
            Answer::Now(time) => time.nanos().to_string(),
            Answer::Rounding(mode) => mode.map(|mode| mode.to_string()).unwrap_or_default(),
        }
    }

    fn of(question: Question, fields: &[&[u8]]) -> Option<Answer> {
        if let [word] = fields
            && let Some((fault, _)) = FAULTS.iter().find(|(_, known)| known.as_bytes() == *word)
        {
            return Some(Answer::Fault(*fault));
        }
        Some(match (question, fields) {
            (Question::Read, [extent, content]) => {
                Answer::Read { whole: is_whole(extent)?, content: number(content)? }
            }
            (Question::List, [extent, members]) => {
                let members = members.split(|byte| *byte == b'/').filter(|member| !member.is_empty());
                let entries = members.map(|member| {
                    let (sign, name) = member.split_first()?;
                    let (kind, _) = KINDS.iter().find(|(_, known)| known == sign)?;
                    Some(Entry { name: OsString::from_vec(plain(name)?), kind: *kind })
                });
                Answer::List(Listing { entries: entries.collect::<Option<_>>()?, cut: !is_whole(extent)? })
            }
            (Question::Meta | Question::MetaOfTarget, fields) => Answer::Meta(meta_of(fields)?),
            (Question::Target, [target]) => Answer::Target(path(target)?),
            (Question::Library, [b""]) => Answer::Library(None),
            (Question::Library, [names]) => {
                let names = names.strip_prefix(b"=")?.split(|byte| *byte == b'/').skip(1);
                let names = names.map(|name| plain(name).map(OsString::from_vec));
                Answer::Library(Some(names.collect::<Option<_>>()?))
            }
            (Question::Now, [nanos]) => Answer::Now(Time::from_nanos(number(nanos)?)),
            (Question::Rounding, [b""]) => Answer::Rounding(None),
            (Question::Rounding, [mode]) => Answer::Rounding(Some(number(mode)?)),
            _ => return None,
        })
    }
}

impl Line {
    /// The line, its end included.
    pub(super) fn text(&self) -> String {
        match self {
            Line::Bundle { form, observed_ms, deep, runs } => {
                format!("bundle\t{form}\t{observed_ms}\t{}\t{}\n", u8::from(*deep), u8::from(*runs))
            }
            Line::Answer { epoch, nth, question, path, answer } => {
                let path = escaped(path.as_os_str().as_bytes());
                format!("{epoch}\t{nth}\t{}\t{path}\t{}\n", question.word(), answer.text())
            }
            Line::Asked(ranges) => {
                let ranges = ranges.iter().map(|(from, to)| format!("{from}-{to}"));
                format!("asked\t{}\n", ranges.collect::<Vec<_>>().join(","))
            }
            Line::Alive { number, changes } => {
                let changes = changes.iter().map(|(nth, lives)| format!("{nth}:{}", u8::from(*lives)));
                format!("alive\t{number}\t{}\n", changes.collect::<Vec<_>>().join(","))
            }
        }
    }

    /// Reads a line without its end; nothing where it is none.
    pub(super) fn of(line: &[u8]) -> Option<Line> {
        let fields: Vec<&[u8]> = line.split(|byte| *byte == b'\t').collect();
        Some(match fields.as_slice() {
            [b"bundle", form, observed, deep, runs] => Line::Bundle {
                form: number(form)?,
                observed_ms: number(observed)?,
                deep: flag(deep)?,
                runs: flag(runs)?,
            },
            [b"asked", ranges] => Line::Asked(
                pairs(ranges, b'-')
                    .map(|(from, to)| Some((number(from)?, number(to)?)))
                    .collect::<Option<_>>()?,
            ),
            [b"alive", of, changes] => Line::Alive {
                number: number(of)?,
                changes: pairs(changes, b':')
                    .map(|(nth, lives)| Some((number(nth)?, flag(lives)?)))
                    .collect::<Option<_>>()?,
            },
            [epoch, nth, question, about, answer @ ..] => {
                let question = Question::of(question)?;
                Line::Answer {
                    epoch: number(epoch)?,
                    nth: number(nth)?,
                    question,
                    path: path(about)?,
                    answer: Answer::of(question, answer)?,
                }
            }
            _ => return None,
        })
    }
}

fn meta_text(meta: &Meta) -> String {
    let kind = KINDS.iter().find(|(kind, _)| *kind == Some(meta.kind)).map_or(b'o', |(_, sign)| *sign);
    let born = meta.born.map_or("-".to_owned(), |born| born.to_string());
    let Meta { size, identity: (device, inode), mode, owner, group, modified, changed, locked, .. } = meta;
    let kind = char::from(kind);
    let locked = u8::from(*locked);
    format!(
        "{kind}\t{size}\t{device}\t{inode}\t{mode:o}\t{owner}\t{group}\t{modified}\t{changed}\t{born}\t{locked}"
    )
}

fn meta_of(fields: &[&[u8]]) -> Option<Meta> {
    let [kind, size, device, inode, mode, owner, group, modified, changed, born, locked] = fields else {
        return None;
    };
    let (kind, _) = KINDS.iter().find(|(_, sign)| [*sign] == **kind)?;
    Some(Meta {
        kind: (*kind)?,
        size: number(size)?,
        identity: (number(device)?, number(inode)?),
        mode: u32::from_str_radix(std::str::from_utf8(mode).ok()?, 8).ok()?,
        owner: number(owner)?,
        group: number(group)?,
        modified: number(modified)?,
        changed: number(changed)?,
        born: if *born == b"-" { None } else { Some(number(born)?) },
        locked: flag(locked)?,
    })
}

const fn extent(whole: bool) -> &'static str {
    if whole { "whole" } else { "cut" }
}

fn is_whole(word: &[u8]) -> Option<bool> {
    match word {
        b"whole" => Some(true),
        b"cut" => Some(false),
        _ => None,
    }
}

fn flag(word: &[u8]) -> Option<bool> {
    match word {
        b"0" => Some(false),
        b"1" => Some(true),
        _ => None,
    }
}

fn number<T: std::str::FromStr>(digits: &[u8]) -> Option<T> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

fn pairs(list: &[u8], between: u8) -> impl Iterator<Item = (&[u8], &[u8])> {
    list.split(|byte| *byte == b',').filter(|pair| !pair.is_empty()).map(move |pair| {
        let at = pair.iter().position(|byte| *byte == between).unwrap_or(pair.len());
        (&pair[..at], pair.get(at + 1..).unwrap_or_default())
    })
}

/// A path as a line holds it, unescaped. Whether it is absolute is of no concern: it is only compared.
fn path(field: &[u8]) -> Option<PathBuf> {
    Some(PathBuf::from(OsString::from_vec(plain(field)?)))
}

/// The path that an answer without one is kept under.
pub(super) fn nowhere() -> &'static Path {
    Path::new("/")
}

/// What an answer about a thread is kept under.
pub(super) fn of_thread(thread: u32) -> PathBuf {
    PathBuf::from(format!("/proc/{thread}"))
}

fn escaped(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for byte in bytes {
        match byte {
            b'%' | 0..b' ' | 0x7f.. => {
                text.push('%');
                for digit in [byte >> 4, byte & 15] {
                    text.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
                }
            }
            _ => text.push(char::from(*byte)),
        }
    }
    text
}

/// A name in a list.
fn named(bytes: &[u8]) -> String {
    escaped(bytes).replace('/', "%2f")
}

fn plain(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.iter();
    while let Some(byte) = rest.next() {
        if *byte != b'%' {
            bytes.push(*byte);
            continue;
        }
        let mut digit = || char::from(*rest.next()?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        bytes.push(digit()? << 4 | digit()?);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back(line: &Line) {
        let text = line.text();
        let (line_text, end) = text.split_at(text.len() - 1);
        assert_eq!(end, "\n");
        assert!(!line_text.contains('\n') && line_text.is_ascii(), "{line_text}");
        assert_eq!(Line::of(line_text.as_bytes()).as_ref(), Some(line), "{line_text}");
    }

    #[test]
    fn every_line_is_read_back_as_it_was() {
        let odd = || OsString::from_vec(b"a\tb\n%\xff /c".to_vec());
        let answer = |question, answer| {
            back(&Line::Answer { epoch: 2, nth: 7, question, path: PathBuf::from(odd()), answer });
        };
        for (fault, _) in FAULTS {
            answer(Question::Read, Answer::Fault(fault));
        }
        answer(Question::Read, Answer::Read { whole: false, content: 9 });
        let entries = KINDS.iter().map(|(kind, _)| Entry { name: odd(), kind: *kind }).collect();
        answer(Question::List, Answer::List(Listing { entries, cut: true }));
        answer(Question::List, Answer::List(Listing::default()));
        for born in [None, Some(-5)] {
            let meta = Meta {
                kind: Kind::Link,
                size: 1,
                identity: (2, 3),
                mode: 0o4755,
                owner: 5,
                group: 6,
                modified: -7,
                changed: 8,
                born,
                locked: true,
            };
            answer(Question::Meta, Answer::Meta(meta));
            answer(Question::MetaOfTarget, Answer::Meta(meta));
        }
        answer(Question::Target, Answer::Target(PathBuf::from(odd())));
        answer(Question::Target, Answer::Target(PathBuf::new()));
        for names in [None, Some(vec![]), Some(vec![odd(), OsString::new(), odd()])] {
            answer(Question::Library, Answer::Library(names));
        }
        answer(Question::Rounding, Answer::Rounding(None));
        answer(Question::Rounding, Answer::Rounding(Some(3)));
        answer(Question::Now, Answer::Now(Time::from_nanos(-1)));
        back(&Line::Bundle { form: FORM, observed_ms: 3000, deep: false, runs: true });
        back(&Line::Asked(vec![(1, 6), (8, 4_194_304)]));
        back(&Line::Asked(Vec::new()));
        back(&Line::Alive { number: 42, changes: vec![(1, true), (3, false)] });
    }

    #[test]
    fn what_is_no_line_is_none() {
        for line in [
            "",
            "x",
            "0\t0\tread\t/x",
            "0\t0\tread\t/x\twhole\t-1",
            "0\t0\tlist\t/x\twhole\txname",
            "0\t0\ttarget\t/x\t%4",
            "0\t0\tmeta\t/x\tf\t1",
            "asked\t1",
            "0\t0\tlook\t/x\t!denied",
        ] {
            assert_eq!(Line::of(line.as_bytes()), None, "{line}");
        }
    }
}
