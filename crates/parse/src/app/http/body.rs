//! Where an HTTP/1 body ends (RFC 9112 sections 6 and 7): fed with pieces of any size, gives out the body's bytes.

use super::head::{Method, Request, Response};

/// Longest line of a chunk header with its extensions, or of a trailer.
const MAX_LINE: usize = 4096;

/// All trailer bytes together.
const MAX_TRAILERS: usize = 16 * 1024;

/// What decides the end of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// There is no body.
    Empty,
    /// So many bytes.
    Length(u64),
    /// Chunks, each with its length before it.
    Chunked,
    /// The end of the stream. Also where the head contradicts itself: nothing after it can be trusted.
    UntilClose,
}

impl Framing {
    /// The framing of a request's body (RFC 9112 section 6.3).
    pub fn of_request(request: &Request) -> Framing {
        let fields = &request.fields;
        match fields.content_length {
            _ if fields.is_chunked => Framing::Chunked,
            _ if fields.has_transfer_encoding || fields.has_bad_length => Framing::UntilClose,
            Some(length) => Framing::Length(length),
            None => Framing::Empty,
        }
    }

    /// The framing of a response's body, which depends on the request that it answers.
    ///
    /// [`Response::switches_protocol`] tells whether anything but HTTP follows.
    pub fn of_response(response: &Response, method: &Method) -> Framing {
        let fields = &response.fields;
        let has_none = matches!(response.status, 100..200 | 204 | 304) || *method == Method::Head;
        match fields.content_length {
            _ if has_none || response.switches_protocol(method) => Framing::Empty,
            _ if fields.is_chunked => Framing::Chunked,
            Some(length) if !fields.has_transfer_encoding => Framing::Length(length),
            _ => Framing::UntilClose,
        }
    }
}

/// What the next bytes of a stream are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// These bytes belong to the body.
    Data(&'a [u8]),
    /// All bytes are used up and the body goes on.
    NeedMore,
    /// The body has ended; the bytes left over begin the next message.
    End,
    /// The framing is broken: where this body ends, and what follows, cannot be told.
    Broken,
}

/// Walks one body. Holds no bytes, only where it stands.
#[derive(Debug, Clone)]
pub struct BodyReader {
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Inside a body of known length.
    Fixed { left: u64 },
    /// In the digits of a chunk's length.
    ChunkSize { size: u64, digits: u8 },
    /// After the digits, in blanks and extensions, up to the end of the line.
    ChunkExtension { size: u64, length: usize },
    /// Inside a chunk.
    ChunkData { left: u64 },
    /// At the line end after a chunk.
    ChunkEnd { seen_cr: bool },
    /// In the trailers: `line` bytes of this line, `total` of all.
    Trailers { line: usize, total: usize },
    /// Everything belongs to the body.
    UntilClose,
    /// After the body.
    Ended,
    /// After a framing error.
    Broken,
}

impl BodyReader {
    /// A reader at the first byte after the head.
    pub fn new(framing: Framing) -> BodyReader {
        let state = match framing {
            Framing::Empty | Framing::Length(0) => State::Ended,
            Framing::Length(left) => State::Fixed { left },
            Framing::Chunked => State::ChunkSize { size: 0, digits: 0 },
            Framing::UntilClose => State::UntilClose,
        };
        BodyReader { state }
    }

    /// Takes the next piece off the front of `bytes`; call it until it gives no more [`Piece::Data`].
    pub fn next<'a>(&mut self, bytes: &mut &'a [u8]) -> Piece<'a> {
        loop {
            match self.state {
                State::Ended => return Piece::End,
                State::Broken => return Piece::Broken,
                _ if bytes.is_empty() => return Piece::NeedMore,
                State::UntilClose => return Piece::Data(std::mem::take(bytes)),
                State::Fixed { left } => {
                    let (data, left) = split(bytes, left);
                    self.state = if left == 0 { State::Ended } else { State::Fixed { left } };
                    return Piece::Data(data);
                }
                State::ChunkData { left } => {
                    let (data, left) = split(bytes, left);
                    self.state = match left {
                        0 => State::ChunkEnd { seen_cr: false },
                        _ => State::ChunkData { left },
                    };
                    return Piece::Data(data);
                }
                _ => {
                    let Some((&byte, rest)) = bytes.split_first() else { return Piece::NeedMore };
                    self.state = self.state.after(byte);
                    // A byte that breaks the framing stays where it is: it may begin something else.
                    if self.state != State::Broken {
                        *bytes = rest;
                    }
                }
            }
        }
    }

    /// Whether the body would be complete if the stream ended here.
    pub fn is_complete_at_close(&self) -> bool {
        matches!(self.state, State::Ended | State::UntilClose)
    }
}

impl State {
    /// The state after one byte of chunk framing. Bare LF ends a line, as many servers accept.
    fn after(self, byte: u8) -> State {
        match (self, byte) {
            (State::ChunkSize { size, digits }, _) if byte.is_ascii_hexdigit() => {
                // Sixteen digits hold any 64-bit length; more is no length.
                let value = char::from(byte).to_digit(16).map_or(0, u64::from);
                match digits < 16 {
                    true => State::ChunkSize { size: size << 4 | value, digits: digits + 1 },
                    false => State::Broken,
                }
            }
            (State::ChunkSize { digits: 0, .. }, _) => State::Broken,
            (State::ChunkSize { size, .. } | State::ChunkExtension { size, .. }, b'\n') => match size {
                0 => State::Trailers { line: 0, total: 0 },
                left => State::ChunkData { left },
            },
            (State::ChunkSize { size, .. }, b'\r' | b';' | b' ' | b'\t') => {
                State::ChunkExtension { size, length: 1 }
            }
            (State::ChunkExtension { size, length }, _) if length < MAX_LINE => {
                State::ChunkExtension { size, length: length + 1 }
            }
            (State::ChunkEnd { seen_cr: false }, b'\r') => State::ChunkEnd { seen_cr: true },
            (State::ChunkEnd { .. }, b'\n') => State::ChunkSize { size: 0, digits: 0 },
            (State::Trailers { line: 0, .. }, b'\n') => State::Ended,
            (State::Trailers { total, .. }, b'\n') => State::Trailers { line: 0, total: total + 1 },
            (State::Trailers { line: 0, total }, b'\r') => {
                State::Trailers { line: 0, total: total + 1 }.bounded()
            }
            (State::Trailers { line, total }, _) => {
                State::Trailers { line: line + 1, total: total + 1 }.bounded()
            }
            _ => State::Broken,
        }
    }

    fn bounded(self) -> State {
        match self {
            State::Trailers { line, total } if line > MAX_LINE || total > MAX_TRAILERS => State::Broken,
            other => other,
        }
    }
}

/// Takes at most `left` bytes off the front of `bytes`.
fn split<'a>(bytes: &mut &'a [u8], left: u64) -> (&'a [u8], u64) {
    let count = usize::try_from(left).unwrap_or(usize::MAX).min(bytes.len());
    let (data, rest) = bytes.split_at_checked(count).unwrap_or((bytes, &[]));
    *bytes = rest;
    (data, left.saturating_sub(data.len() as u64))
}

/// The body and what follows it, of a stream fed in pieces that end at `cuts`.
fn walk(framing: Framing, stream: &[u8], cuts: &[usize]) -> (Vec<u8>, Option<usize>, State) {
    let mut reader = BodyReader::new(framing);
    let mut body = Vec::new();
    let mut from = 0;
    for &to in cuts.iter().chain([&stream.len()]) {
        let mut bytes = stream.get(from..to).unwrap_or_default();
        loop {
            match reader.next(&mut bytes) {
                Piece::Data(data) => body.extend_from_slice(data),
                Piece::NeedMore => break,
                Piece::End => return (body, Some(to - bytes.len()), reader.state),
                Piece::Broken => return (body, None, reader.state),
            }
        }
        from = from.max(to);
    }
    (body, None, reader.state)
}

/// Exercises this file with any bytes: the same body comes out however the stream is cut.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let Some((&first, stream)) = data.split_first() else { return };
    let middle = usize::from(first) % (stream.len() + 1);
    let every_byte: Vec<usize> = (0..stream.len().min(2048)).collect();
    for framing in [Framing::Empty, Framing::Length(u64::from(first)), Framing::Chunked, Framing::UntilClose]
    {
        let whole = walk(framing, stream, &[]);
        assert!(whole.0.len() <= stream.len() && whole.1.is_none_or(|end| end <= stream.len()));
        assert_eq!(whole, walk(framing, stream, &[middle]));
        assert_eq!(whole, walk(framing, stream, &every_byte));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use proptest::prelude::*;

    use super::super::head::{Head, request, response};
    use super::*;

    fn chunked(stream: &[u8]) -> (Vec<u8>, Option<usize>) {
        let (body, end, _) = walk(Framing::Chunked, stream, &[]);
        (body, end)
    }

    #[test]
    fn chunks_with_extensions_and_trailers() {
        let stream = b"4;name=\"a;b\"\r\nWiki\r\n5 \r\npedia\r\nE\r\n in\r\n\r\nchunks.\r\n0\r\nX-Check: 1\r\n\r\nHTTP/1.1";
        let (body, end) = chunked(stream);
        assert_eq!(body, b"Wikipedia in\r\n\r\nchunks.");
        assert_eq!(&stream[end.unwrap()..], b"HTTP/1.1", "the next response of the connection");
        assert_eq!(chunked(b"2\n{}\n0\n\n"), (b"{}".to_vec(), Some(8)), "bare line feeds");
    }

    #[test]
    fn broken_chunks_are_noticed() {
        for broken in
            [&b"\r\n"[..], b"x\r\n", b"-1\r\n", b"2\r\n{}x", b"11111111111111111\r\n", b"2\r\n{}\r\r\n"]
        {
            let (_, end, state) = walk(Framing::Chunked, broken, &[]);
            assert_eq!((end, state), (None, State::Broken), "{broken:?}");
        }
        let endless = [b"1;".to_vec(), vec![b'a'; MAX_LINE + 1]].concat();
        assert_eq!(walk(Framing::Chunked, &endless, &[]).2, State::Broken);
        let endless = [b"0\r\n".to_vec(), b"A: b\r\n".repeat(MAX_TRAILERS / 6 + 1)].concat();
        assert_eq!(walk(Framing::Chunked, &endless, &[]).2, State::Broken);
        let huge = b"ffffffffffffffff\r\nabc";
        assert_eq!(walk(Framing::Chunked, huge, &[]).0, b"abc", "a length without end is no panic");
    }

    #[test]
    fn pipelined_requests_are_cut_apart() {
        let one = b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}";
        let stream = [&one[..], b"GET /x HTTP/1.1\r\n\r\n", one].concat();
        let mut rest = &stream[..];
        let mut targets = Vec::new();
        while let Head::Complete(head, length) = request(rest) {
            rest = &rest[length..];
            let mut reader = BodyReader::new(Framing::of_request(&head));
            let mut body = Vec::new();
            while let Piece::Data(data) = reader.next(&mut rest) {
                body.extend_from_slice(data);
            }
            targets.push((head.target, body));
        }
        let expected =
            [("/", &b"{}"[..]), ("/x", b""), ("/", b"{}")].map(|(t, b)| (t.to_owned(), b.to_vec()));
        assert_eq!(targets, expected);
        assert!(rest.is_empty());
    }

    #[test]
    fn the_framing_of_a_response() {
        let framing = |head: &str, method: Method| match response(head.as_bytes()) {
            Head::Complete(response, _) => Framing::of_response(&response, &method),
            other => panic!("{other:?}"),
        };
        let length = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";
        let both = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n";
        assert_eq!(framing(length, Method::Post), Framing::Length(5));
        assert_eq!(framing(length, Method::Head), Framing::Empty);
        assert_eq!(framing(length, Method::Connect), Framing::Empty);
        assert_eq!(framing(both, Method::Get), Framing::Chunked, "chunked overrides");
        for status in ["100 Continue", "204 No Content", "304 Not Modified", "101 Switching Protocols"] {
            let head = format!("HTTP/1.1 {status}\r\nContent-Length: 5\r\n\r\n");
            assert_eq!(framing(&head, Method::Get), Framing::Empty, "{status}");
        }
        assert_eq!(framing("HTTP/1.0 200 OK\r\n\r\n", Method::Get), Framing::UntilClose);
        let contradiction = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n";
        assert_eq!(framing(contradiction, Method::Get), Framing::UntilClose);
        assert!(BodyReader::new(Framing::UntilClose).is_complete_at_close());
        assert!(!BodyReader::new(Framing::Length(5)).is_complete_at_close());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// What is written in chunks of any size comes out whole, however it is cut, and ends where it should.
        #[test]
        fn chunks_round_trip(
            chunks in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 1..40), 0..6),
            mut cuts in proptest::collection::vec(0usize..300, 0..5),
            after in proptest::collection::vec(any::<u8>(), 0..5),
        ) {
            let mut stream = Vec::new();
            for chunk in &chunks {
                stream.extend(format!("{:X};x=y\r\n", chunk.len()).bytes());
                stream.extend(chunk);
                stream.extend(b"\r\n");
            }
            stream.extend(b"0\r\nT: x\r\n\r\n");
            let end = stream.len();
            stream.extend(after);
            cuts.retain(|&cut| cut <= stream.len());
            cuts.sort_unstable();
            prop_assert_eq!(walk(Framing::Chunked, &stream, &cuts), (chunks.concat(), Some(end), State::Ended));
        }

        #[test]
        fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            fuzz(&bytes);
        }
    }
}
