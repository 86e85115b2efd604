//! One direction of an HTTP/1 connection: heads and bodies, whole messages out.

use super::fetch::{Asked, Fetch};
use super::header_work;
use parse::app::http::{self, BodyReader, Coding, Framing, Head, Method, Piece, Request, Response};
use parse::mining::objects::Framer;
use parse::mining::squeeze::Squeezer;

/// Longest head that is kept whole; those of miners and nodes have some hundred bytes.
const HEAD_LIMIT: usize = 16 * 1024;

/// What is kept of a head that is longer.
const HEAD_KEPT: usize = 4 * 1024;

/// Most bytes that are kept of a body that is packed; it is unpacked whole.
const PACKED_LIMIT: usize = 64 * 1024;

/// Most bytes that are unpacked of such a body.
const UNPACKED_LIMIT: usize = 1024 * 1024;

/// Where a direction stands.
#[derive(Debug)]
pub(super) enum Half {
    /// In a head, with what of it has come.
    Head(Vec<u8>),
    /// In a body.
    Body(Box<Body>),
    /// Behind a request that may switch to another protocol, with what of that has come: the answer decides.
    Waiting(Vec<u8>),
    /// Not HTTP but JSON objects: a plain Stratum port answers whatever it is asked.
    Plain(Box<Framer>),
    /// Something is missing: until a segment begins with a head.
    Lost,
    /// Another protocol, or nothing that is wanted.
    Done,
}

/// A body on its way.
#[derive(Debug)]
pub(super) struct Body {
    reader: BodyReader,
    coding: Coding,
    /// `None`: not wanted.
    wanted: Option<Kept>,
    /// What it may be as a file.
    fetch: Option<Box<Fetch>>,
    /// Every byte of it, as it came; for what is no JSON, or JSON deeper than what is squeezed.
    whole: Option<Whole>,
}

/// What a body is kept whole for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A browser may name its extensions in it.
    Extensions,
    /// It may be a solved header.
    SolvedHeader,
    /// It may be work.
    Work,
    /// What became of a solved header: the state of the answer.
    Verdict(u16),
}

impl Purpose {
    /// Bytes beyond which it is something else.
    const fn most(self) -> usize {
        match self {
            Purpose::Extensions => parse::app::extension_check::MOST,
            Purpose::SolvedHeader | Purpose::Work | Purpose::Verdict(_) => 512,
        }
    }
}

/// A body that is kept whole, as long as it is short.
#[derive(Debug)]
struct Whole {
    purpose: Purpose,
    bytes: Vec<u8>,
    too_long: bool,
}

#[derive(Debug)]
enum Kept {
    Plain(Squeezer),
    Packed(Vec<u8>),
}

/// What a direction says.
pub(super) enum Event {
    /// The head of a request.
    Request(Box<Request>),
    /// The head of a response.
    Response(Box<Response>),
    /// No head: the rest of the bytes is not HTTP.
    NotHttp,
}

impl Half {
    /// Takes bytes of a head. Gives an event and the number of `bytes` used once the head is complete.
    pub(super) fn head(&mut self, bytes: &[u8], asks: bool) -> Option<(Event, usize)> {
        let Half::Head(held) = self else { return None };
        let before = held.len();
        if before > 0 {
            held.extend_from_slice(bytes);
        }
        let text: &[u8] = if before > 0 { held } else { bytes };
        let read = if asks {
            event(http::request(text), |request| Event::Request(Box::new(request)))
        } else {
            event(http::response(text), |response| Event::Response(Box::new(response)))
        };
        match read {
            Some((event, end)) => {
                held.clear();
                held.shrink_to(0);
                Some((event, end.saturating_sub(before)))
            }
            None => {
                if before == 0 {
                    held.extend_from_slice(bytes);
                }
                if held.len() >= HEAD_LIMIT {
                    shorten(held);
                }
                None
            }
        }
    }

    /// Bytes held back for a message that is not complete.
    pub(super) fn held(&self) -> usize {
        match self {
            Half::Head(head) | Half::Waiting(head) => head.len(),
            Half::Body(body) => {
                let whole = body.whole.as_ref().map_or(0, |whole| whole.bytes.len());
                whole
                    + match &body.wanted {
                        Some(Kept::Plain(squeezer)) => squeezer.kept().len(),
                        Some(Kept::Packed(packed)) => packed.len(),
                        None => 0,
                    }
            }
            Half::Plain(framer) => framer.held(),
            Half::Lost | Half::Done => 0,
        }
    }

    /// A body follows.
    pub(super) fn begin_body(&mut self, framing: Framing, coding: Coding, wanted: bool) {
        let kept = || {
            if coding == Coding::Identity {
                Kept::Plain(Squeezer::default())
            } else {
                Kept::Packed(Vec::new())
            }
        };
        *self = Half::Body(Box::new(Body {
            reader: BodyReader::new(framing),
            coding,
            wanted: wanted.then(kept),
            fetch: None,
            whole: None,
        }));
    }

    /// The body at hand is kept whole for this, as long as it is short.
    pub(super) fn keep_whole(&mut self, purpose: Purpose) {
        if let Half::Body(body) = self {
            body.whole = Some(Whole { purpose, bytes: Vec::new(), too_long: false });
        }
    }

    /// The body at hand is read as a file too.
    pub(super) fn fetch(&mut self, fetch: Option<Box<Fetch>>) {
        if let Half::Body(body) = self {
            body.fetch = fetch;
        }
    }

    /// The file at hand, if a body is under way.
    pub(super) fn take_fetch(&mut self) -> Option<Box<Fetch>> {
        match self {
            Half::Body(body) => body.fetch.take(),
            _ => None,
        }
    }

    /// Whether a file is under way that is worth following however long it is.
    pub(super) fn is_fetching(&self) -> bool {
        matches!(self, Half::Body(body) if body.fetch.as_ref().is_some_and(|fetch| fetch.carver.is_worth_following()))
    }
}

/// Keeps the beginning of a head that is too long, and enough of its end to see where it is over: a field without end
/// must not hide the body.
fn shorten(held: &mut Vec<u8>) {
    let end = memchr::memrchr(b'\n', &held[..held.len().min(HEAD_KEPT)]).map_or(0, |at| at + 1);
    let last: Vec<u8> = held.iter().skip(held.len().saturating_sub(3)).copied().collect();
    held.truncate(end);
    held.extend_from_slice(b"X: ");
    held.extend_from_slice(&last);
}

fn event<T>(head: Head<T>, make: impl FnOnce(T) -> Event) -> Option<(Event, usize)> {
    match head {
        Head::Complete(head, end) => Some((make(head), end)),
        Head::NeedMore => None,
        Head::NotHttp => Some((Event::NotHttp, 0)),
    }
}

/// How far a body has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    /// It goes on.
    More,
    /// It is over.
    Whole,
    /// Its framing is broken.
    Broken,
}

impl Body {
    /// Takes its part off the front of `bytes`.
    pub(super) fn take(&mut self, bytes: &mut &[u8]) -> Progress {
        loop {
            match self.reader.next(bytes) {
                Piece::Data(data) => {
                    if let Some(fetch) = &mut self.fetch {
                        fetch.carver.push(data);
                    }
                    if let Some(whole) = &mut self.whole {
                        whole.push(data);
                    }
                    match &mut self.wanted {
                        Some(Kept::Plain(squeezer)) => squeezer.push(data),
                        Some(Kept::Packed(packed)) => {
                            let room = PACKED_LIMIT.saturating_sub(packed.len());
                            packed.extend_from_slice(data.get(..room).unwrap_or(data));
                        }
                        None => {}
                    }
                }
                Piece::NeedMore => return Progress::More,
                Piece::End => return Progress::Whole,
                Piece::Broken => return Progress::Broken,
            }
        }
    }

    /// Whether the end of the stream ends the body too.
    pub(super) fn is_complete_at_close(&self) -> bool {
        self.reader.is_complete_at_close()
    }

    /// The body without its coding, if it was kept whole; nothing of one that was too long.
    pub(super) fn take_whole(&mut self) -> Option<(Purpose, Vec<u8>)> {
        let Whole { purpose, bytes, .. } = self.whole.take()?;
        let packed = self.coding != Coding::Identity && !bytes.is_empty();
        let unpack = |bytes: &[u8]| http::decode(self.coding, bytes, UNPACKED_LIMIT).bytes;
        Some((purpose, if packed { unpack(&bytes) } else { bytes }))
    }

    /// What was kept, and whether it was too long.
    pub(super) fn content(self) -> (Vec<u8>, bool) {
        let squeezer = match self.wanted {
            None => return (Vec::new(), false),
            Some(Kept::Plain(squeezer)) => squeezer,
            Some(Kept::Packed(packed)) => {
                let mut squeezer = Squeezer::default();
                squeezer.push(&http::decode(self.coding, &packed, UNPACKED_LIMIT).bytes);
                squeezer
            }
        };
        (squeezer.kept().to_vec(), squeezer.is_full())
    }
}

impl Whole {
    fn push(&mut self, data: &[u8]) {
        self.too_long |= self.bytes.len().saturating_add(data.len()) > self.purpose.most();
        if self.too_long {
            self.bytes = Vec::new();
        } else {
            self.bytes.extend_from_slice(data);
        }
    }
}

/// What a request in flight needs to be known by when its response comes.
#[derive(Debug, Clone)]
pub(super) struct Exchange {
    pub(super) number: u64,
    pub(super) method: Method,
    /// Its body asked something of mining.
    pub(super) mining: bool,
    /// What it fetches.
    pub(super) asked: Option<Box<Asked>>,
    /// What it asks of a node or pool in bare bytes.
    pub(super) header_work: header_work::Asked,
}
