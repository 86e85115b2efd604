//! A file on its way, read as it passes: its SHA-256, and whether a miner stands in it. Nothing of it is kept but a
//! small window, so that any number of downloads may be under way.
//!
//! What a file is decides what is looked for: a document that *quotes* a miner's command line (a wiki page, rules of
//! an IDS, a read-me) is none of the kinds here.

mod archive;
mod config;
pub(crate) mod orders;
mod page;
mod program;
mod relax;
mod unpack;
mod wasm;
pub mod whole;

use sha2::{Digest, Sha256};

use super::http::Coding;
use super::miner_state::{self, MinerState};
use page::Pages;
use program::Programs;
use unpack::Unpacker;
use wasm::Walker;

pub use wasm::Marks;

/// The orders to mine in one line of a script or one command: pool and login in a miner's option syntax. A comment
/// orders nothing.
#[must_use]
pub fn orders_in(line: &str) -> Option<Orders> {
    orders::read(line)
}

/// Most bytes of one file that are read.
pub const MOST: u64 = 64 << 20;

/// Bytes that decide the kind.
const HEAD: usize = 16;

/// Most things recognised in one file.
const FINDS: usize = 8;

/// What was recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recognised {
    /// A miner's configuration: pool and login.
    Config(Orders),
    /// A line of a script that starts a miner.
    Script(Orders),
    /// A program that holds this many different options of miners, and a pool if one stands in it.
    Program {
        /// Different options and words.
        options: u32,
        /// A pool's address.
        pool: Option<String>,
    },
    /// An archive, with the name of the first file in it.
    Archive(Option<String>),
    /// A page or script that starts a miner: what starts it, and the key.
    WebMiner {
        /// The call, or the words of its library.
        starts: String,
        /// Site key or wallet; empty for the library itself.
        key: String,
    },
    /// A WebAssembly module with marks of a miner.
    Wasm(Marks),
    /// No file: a miner tells how it is.
    State(MinerState),
}

/// Where a miner is told to mine, and for whom.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Orders {
    /// `host:port`, as written, without the scheme.
    pub pool: String,
    /// Login, as written.
    pub login: Option<String>,
}

/// A file that has passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carved {
    /// Its bytes, unpacked.
    pub size: u64,
    /// Their SHA-256, in lower-case digits.
    pub sha256: String,
    /// It was unpacked and read to its end.
    pub complete: bool,
    /// What was recognised.
    pub recognised: Vec<Recognised>,
}

/// What a file is, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Page,
    PageScript,
    Script,
    Json,
    Program,
    Archive,
    Wasm,
}

#[derive(Debug)]
enum Reader {
    Page(Pages),
    Lines(orders::Lines),
    Json(Vec<u8>),
    Program(Box<Programs>),
    Archive(Vec<u8>),
    Wasm(Walker),
}

/// A file under way.
#[derive(Debug)]
pub struct Carver {
    unpacker: Unpacker,
    inner: Inner,
}

#[derive(Debug)]
struct Inner {
    content_type: String,
    name: String,
    head: Vec<u8>,
    reader: Option<Reader>,
    unwanted: bool,
    size: u64,
    digest: Sha256,
}

impl Carver {
    /// A file named so by its URL, of this type; `None` if its type or name says that nothing is looked for in it.
    #[must_use]
    pub fn new(content_type: Option<&str>, target: &str, coding: Coding) -> Option<Carver> {
        let content_type = content_type.unwrap_or_default().to_ascii_lowercase();
        let dull = ["image/", "video/", "audio/", "font/", "text/css", "text/event-stream"];
        if dull.iter().any(|kind| content_type.starts_with(kind)) {
            return None;
        }
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
        let inner = Inner {
            content_type,
            name,
            head: Vec::new(),
            reader: None,
            unwanted: false,
            size: 0,
            digest: Sha256::new(),
        };
        Some(Carver { unpacker: Unpacker::new(coding)?, inner })
    }

    /// Takes the next bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.wants() {
            let Carver { unpacker, inner } = self;
            unpacker.push(bytes, &mut |plain| inner.push(plain));
        }
    }

    /// Whether more bytes can tell more.
    #[must_use]
    pub fn wants(&self) -> bool {
        !self.inner.unwanted && self.inner.size < MOST && !self.unpacker.is_broken()
    }

    /// Whether this is a program, an archive or a module: worth following however long it is.
    #[must_use]
    pub fn is_worth_following(&self) -> bool {
        let worth =
            matches!(self.inner.reader, Some(Reader::Program(_) | Reader::Archive(_) | Reader::Wasm(_)));
        worth && self.wants()
    }

    /// The file is over. Gives it if it is of a kind that matters.
    #[must_use]
    pub fn finish(self) -> Option<Carved> {
        let Carver { unpacker, mut inner } = self;
        inner.decide(true);
        let complete = !unpacker.is_broken() && inner.size < MOST;
        let reader = inner.reader.take()?;
        let mut recognised = reader.finish();
        recognised.truncate(FINDS);
        if recognised.is_empty() {
            return None;
        }
        let sha256 = inner.digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Some(Carved { size: inner.size, sha256, complete, recognised })
    }
}

impl Inner {
    fn push(&mut self, bytes: &[u8]) {
        if self.unwanted || bytes.is_empty() {
            return;
        }
        let room = usize::try_from(MOST.saturating_sub(self.size)).unwrap_or(usize::MAX);
        let bytes = bytes.get(..room).unwrap_or(bytes);
        self.size = self.size.saturating_add(bytes.len() as u64);
        self.digest.update(bytes);
        if let Some(reader) = &mut self.reader {
            reader.push(bytes);
            return;
        }
        self.head.extend_from_slice(bytes);
        if self.head.len() >= HEAD {
            self.decide(false);
        }
    }

    fn decide(&mut self, last: bool) {
        if self.reader.is_some() || self.unwanted || (self.head.len() < HEAD && !last) {
            return;
        }
        let head = std::mem::take(&mut self.head);
        match kind(&head, &self.content_type, &self.name) {
            Some(kind) => {
                let mut reader = Reader::new(kind);
                reader.push(&head);
                self.reader = Some(reader);
            }
            None => self.unwanted = true,
        }
    }
}

impl Reader {
    fn new(kind: Kind) -> Reader {
        match kind {
            Kind::Page => Reader::Page(Pages::new(true)),
            Kind::PageScript => Reader::Page(Pages::new(false)),
            Kind::Script => Reader::Lines(orders::Lines::default()),
            Kind::Json => Reader::Json(Vec::new()),
            Kind::Program => Reader::Program(Box::default()),
            Kind::Archive => Reader::Archive(Vec::new()),
            Kind::Wasm => Reader::Wasm(Walker::default()),
        }
    }

    fn push(&mut self, bytes: &[u8]) {
        let keep = |kept: &mut Vec<u8>, most: usize| {
            let room = most.saturating_sub(kept.len());
            kept.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
        };
        match self {
            Reader::Page(pages) => pages.push(bytes),
            Reader::Lines(lines) => lines.push(bytes),
            Reader::Json(kept) => keep(kept, config::MOST + 1),
            Reader::Program(programs) => programs.push(bytes),
            Reader::Archive(kept) => keep(kept, archive::MOST),
            Reader::Wasm(walker) => walker.push(bytes),
        }
    }

    fn finish(self) -> Vec<Recognised> {
        match self {
            Reader::Page(pages) => pages.finish(),
            Reader::Lines(lines) => lines.finish().into_iter().map(Recognised::Script).collect(),
            Reader::Json(kept) => match miner_state::read(&kept) {
                Some(state) => vec![Recognised::State(state)],
                None => config::read(&kept).into_iter().map(Recognised::Config).collect(),
            },
            Reader::Program(programs) => programs.finish().into_iter().collect(),
            Reader::Archive(kept) => vec![Recognised::Archive(archive::first_member(&kept))],
            Reader::Wasm(walker) => walker.finish().map(Recognised::Wasm).into_iter().collect(),
        }
    }
}

/// What a file is, by its first bytes, else by type and name.
fn kind(head: &[u8], content_type: &str, name: &str) -> Option<Kind> {
    const ARCHIVES: [&[u8]; 6] =
        [b"PK\x03\x04", b"\x1f\x8b\x08", b"\xfd7zXZ\0", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"BZh"];
    const SCRIPTS: [&str; 9] = [".sh", ".bash", ".ps1", ".bat", ".cmd", ".py", ".pl", ".vbs", ".command"];
    if head.starts_with(b"\x7fELF") || head.starts_with(b"MZ") {
        return Some(Kind::Program);
    }
    // Mach-O, of either byte order and width (loader.h).
    if [&b"\xcf\xfa\xed\xfe"[..], b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe\0\0\0\x02"]
        .iter()
        .any(|magic| head.starts_with(magic))
    {
        return Some(Kind::Program);
    }
    if head.starts_with(b"\0asm") {
        return Some(Kind::Wasm);
    }
    if ARCHIVES.iter().any(|magic| head.starts_with(magic)) {
        return Some(Kind::Archive);
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if text.starts_with(b"#!") {
        return Some(Kind::Script);
    }
    if content_type.contains("javascript") || content_type.contains("ecmascript") || name.ends_with(".js") {
        return Some(Kind::PageScript);
    }
    if content_type.starts_with("text/html") || text.starts_with(b"<") {
        return Some(Kind::Page);
    }
    let is_json =
        content_type.contains("json") || name.ends_with(".json") || !content_type.starts_with("text/");
    if text.starts_with(b"{") && (is_json || content_type.starts_with("text/plain")) {
        return Some(Kind::Json);
    }
    SCRIPTS.iter().any(|ending| name.ends_with(ending)).then_some(Kind::Script)
}

/// Exercises this file and those beside it with any bytes: the first one chooses coding, name and size of pieces.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let Some((&first, data)) = data.split_first() else { return };
    let coding = [Coding::Identity, Coding::Gzip, Coding::Deflate][usize::from(first % 3)];
    let name = ["/a", "/a.js", "/a.sh", "/config.json", "/index.html"][usize::from(first / 3 % 5)];
    let carve = |size: usize| {
        let mut carver = Carver::new(None, name, coding)?;
        for piece in data.chunks(size.max(1)) {
            carver.push(piece);
        }
        carver.finish()
    };
    if let (Some(small), Some(whole)) = (carve(usize::from(first >> 4)), carve(usize::MAX)) {
        assert!(
            small.recognised.len() <= FINDS && whole.recognised.len() <= FINDS,
            "what is recognised is bounded"
        );
        let same = (small.size, &small.sha256) == (whole.size, &whole.sha256);
        assert!(same || !whole.complete || !small.complete, "pieces of any size are the same file");
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    fn carve(content_type: &str, target: &str, body: &[u8]) -> Option<Carved> {
        let mut found = Vec::new();
        for size in [1, 7, 64, body.len().max(1)] {
            let mut carver = Carver::new(Some(content_type), target, Coding::Identity)?;
            body.chunks(size).for_each(|piece| carver.push(piece));
            found.push(carver.finish());
        }
        assert!(found.windows(2).all(|pair| pair[0] == pair[1]), "{found:?}");
        found.pop().unwrap()
    }

    fn recognised(content_type: &str, target: &str, body: &str) -> Vec<Recognised> {
        carve(content_type, target, body.as_bytes()).map(|carved| carved.recognised).unwrap_or_default()
    }

    const CONFIG: &str = r#"{"autosave":true,"cpu":true,"donate-level":1,"pools":[{"url":"stratum+ssl://pool.example:3333","user":"WALLET","pass":"x"}]}"#;
    const SCRIPT: &str = "#!/bin/sh\n# start it\nnohup ./x -o stratum+tcp://pool.example:3333 -u WALLET -p x >/dev/null 2>&1 &\n";

    fn orders(pool: &str, login: &str) -> Orders {
        Orders { pool: pool.into(), login: Some(login.into()) }
    }

    #[test]
    fn files_that_order_mining() {
        let expected = orders("pool.example:3333", "WALLET");
        assert_eq!(
            recognised("application/json", "/config.json", CONFIG),
            [Recognised::Config(expected.clone())]
        );
        assert_eq!(recognised("text/plain", "/c", CONFIG), [Recognised::Config(expected.clone())]);
        assert_eq!(recognised("text/plain", "/x", SCRIPT), [Recognised::Script(expected.clone())]);
        let batch = "@echo off\r\nxmrig.exe --url=stratum+ssl://pool.example:3333 --user WALLET\r\npause\r\n";
        assert_eq!(
            recognised("application/octet-stream", "/start.cmd?1", batch),
            [Recognised::Script(expected)]
        );
    }

    /// Computed by Python's hashlib.
    #[test]
    fn the_digest_is_that_of_the_unpacked_file() {
        let carved = carve("text/plain", "/x", SCRIPT.as_bytes()).unwrap();
        assert_eq!(carved.sha256, "de0b23b48288f1aa6941c434d329ab996e2837e30b9d6942157a7f87132d58a8");
        assert_eq!((carved.size, carved.complete), (SCRIPT.len() as u64, true));
    }

    #[test]
    fn what_quotes_is_not_looked_at() {
        let line = "./xmrig -o stratum+tcp://pool.example:3333 -u WALLET -p x\n";
        assert!(recognised("text/plain", "/README.md", line).is_empty());
        assert!(recognised("text/markdown", "/docs/start", line).is_empty());
        assert!(
            recognised("text/html; charset=utf-8", "/wiki", &format!("<html><pre>{line}</pre>")).is_empty()
        );
        let rule =
            "alert tcp any any -> any any (msg:\"miner\"; content:\"stratum+tcp://pool.example:3333\";)\n";
        assert!(recognised("text/plain", "/emerging.rules", rule).is_empty());
        assert!(
            recognised(
                "application/json",
                "/a.json",
                r#"{"text":"-o stratum+tcp://pool.example:3333 -u W"}"#
            )
            .is_empty()
        );
        // A comment in a script.
        assert!(recognised("text/plain", "/x", &format!("#!/bin/sh\n# {line}echo done\n")).is_empty());
        assert!(Carver::new(Some("image/png"), "/x.png", Coding::Identity).is_none());
    }
}
