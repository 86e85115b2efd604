//! The head of an HTTP/1 message (RFC 9112 sections 2 to 5), complete or not yet.

use httparse::{ParserConfig, Status};

use super::fields::Fields;
use super::rough;
use crate::app::cursor::text;

/// Longest head that is read; servers allow 8 to 64 KiB.
pub const MAX_HEAD: usize = 64 * 1024;

/// How many fields a head may have; servers allow 100.
const MAX_FIELDS: usize = 128;

/// Longest target or reason kept, in characters.
const MAX_TEXT: usize = 2048;

/// A head, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Head<T> {
    /// The head and how many bytes it takes: the body begins there.
    Complete(T, usize),
    /// It goes on after the end of these bytes.
    NeedMore,
    /// These bytes are no head, or a head beyond all bounds.
    NotHttp,
}

/// What a client wants to be done (RFC 9110 section 9, RFC 5789).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Method {
    /// Give me.
    Get,
    /// Give me the head only: the response has no body, whatever it says.
    Head,
    /// Work on this: all JSON-RPC of mining.
    Post,
    /// Store this.
    Put,
    /// Remove.
    Delete,
    /// Open a tunnel.
    Connect,
    /// What may I do?
    Options,
    /// Send it back.
    Trace,
    /// Change this.
    Patch,
    /// Another one, at most 32 characters.
    Other(String),
}

impl Method {
    fn of(name: &str) -> Method {
        match name {
            "GET" => Method::Get,
            "HEAD" => Method::Head,
            "POST" => Method::Post,
            "PUT" => Method::Put,
            "DELETE" => Method::Delete,
            "CONNECT" => Method::Connect,
            "OPTIONS" => Method::Options,
            "TRACE" => Method::Trace,
            "PATCH" => Method::Patch,
            other => Method::Other(text(other.as_bytes(), 32)),
        }
    }
}

/// The head of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What is to be done.
    pub method: Method,
    /// To what: a path, a whole URL at a proxy, `host:port` for CONNECT; at most 2048 characters.
    pub target: String,
    /// 0 or 1, for HTTP/1.0 and HTTP/1.1.
    pub minor_version: u8,
    /// The header fields.
    pub fields: Fields,
}

impl Request {
    /// Whether the client means to go on using the connection.
    pub fn keeps_alive(&self) -> bool {
        keeps_alive(self.minor_version, &self.fields)
    }
}

/// The head of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status, 100 to 999.
    pub status: u16,
    /// The text after it, often empty; at most 2048 characters.
    pub reason: String,
    /// 0 or 1, for HTTP/1.0 and HTTP/1.1.
    pub minor_version: u8,
    /// The header fields.
    pub fields: Fields,
}

impl Response {
    /// A response before the real one (`100 Continue`): the request still waits for its answer.
    pub fn is_interim(&self) -> bool {
        (100..200).contains(&self.status) && self.status != 101
    }

    /// Whether another protocol follows from the byte after this head: `101`, or a CONNECT that succeeded.
    pub fn switches_protocol(&self, method: &Method) -> bool {
        self.status == 101 || (*method == Method::Connect && (200..300).contains(&self.status))
    }

    /// Whether the server means to go on using the connection.
    pub fn keeps_alive(&self) -> bool {
        keeps_alive(self.minor_version, &self.fields)
    }
}

/// RFC 9112 section 9.3.
fn keeps_alive(minor_version: u8, fields: &Fields) -> bool {
    !fields.closes && (minor_version >= 1 || fields.keeps_alive)
}

/// Where real miners and servers are sloppy: bare LF is always taken; these besides.
fn tolerant() -> ParserConfig {
    let mut config = ParserConfig::default();
    config
        .allow_spaces_after_header_name_in_responses(true)
        .allow_obsolete_multiline_headers_in_responses(true)
        .allow_multiple_spaces_in_request_line_delimiters(true)
        .allow_multiple_spaces_in_response_status_delimiters(true)
        .ignore_invalid_headers_in_requests(true)
        .ignore_invalid_headers_in_responses(true);
    config
}

/// Reads the head of a request from the front of `bytes`.
pub fn request(bytes: &[u8]) -> Head<Request> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_FIELDS];
    let mut parsed = httparse::Request::new(&mut headers);
    match tolerant().parse_request(&mut parsed, window(bytes)) {
        Ok(Status::Complete(length)) => {
            let (Some(method), Some(target), Some(minor_version)) =
                (parsed.method, parsed.path, parsed.version)
            else {
                return Head::NotHttp;
            };
            let request = Request {
                method: Method::of(method),
                target: text(target.as_bytes(), MAX_TEXT),
                minor_version,
                fields: named(fields(parsed.headers), bytes),
            };
            Head::Complete(request, length)
        }
        Ok(Status::Partial) => partial(bytes),
        Err(_) => match rough::request(bytes) {
            Head::Complete(rough, length) => {
                let request = Request {
                    method: Method::of(&text(rough.first, 32)),
                    target: text(rough.second, MAX_TEXT),
                    minor_version: minor(rough.third),
                    fields: rough.fields,
                };
                Head::Complete(request, length)
            }
            Head::NeedMore => Head::NeedMore,
            Head::NotHttp => Head::NotHttp,
        },
    }
}

/// Reads the head of a response from the front of `bytes`.
pub fn response(bytes: &[u8]) -> Head<Response> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_FIELDS];
    let mut parsed = httparse::Response::new(&mut headers);
    match tolerant().parse_response(&mut parsed, window(bytes)) {
        Ok(Status::Complete(length)) => {
            let (Some(status), Some(minor_version)) = (parsed.code, parsed.version) else {
                return Head::NotHttp;
            };
            let response = Response {
                status,
                reason: text(parsed.reason.unwrap_or_default().as_bytes(), MAX_TEXT),
                minor_version,
                fields: fields(parsed.headers),
            };
            Head::Complete(response, length)
        }
        Ok(Status::Partial) => partial(bytes),
        Err(_) => match rough::response(bytes) {
            Head::Complete(rough, length) => {
                let status = text(rough.second, 3).parse().unwrap_or(0);
                let response = Response {
                    status,
                    reason: text(rough.third, MAX_TEXT),
                    minor_version: minor(rough.first),
                    fields: rough.fields,
                };
                if (100..1000).contains(&status) { Head::Complete(response, length) } else { Head::NotHttp }
            }
            Head::NeedMore => Head::NeedMore,
            Head::NotHttp => Head::NotHttp,
        },
    }
}

/// Fields with the agent's name also where it is folded or holds control characters, which the grammar leaves out.
fn named(mut fields: Fields, bytes: &[u8]) -> Fields {
    if fields.user_agent.as_deref().is_none_or(str::is_empty)
        && let Head::Complete(rough, _) = rough::request(bytes)
    {
        fields.user_agent = rough.fields.user_agent.or(fields.user_agent);
    }
    fields
}

/// A version that does not exist is read as the newest.
fn minor(version: &[u8]) -> u8 {
    u8::from(version != b"HTTP/1.0")
}

fn window(bytes: &[u8]) -> &[u8] {
    bytes.get(..MAX_HEAD).unwrap_or(bytes)
}

fn partial<T>(bytes: &[u8]) -> Head<T> {
    if bytes.len() < MAX_HEAD { Head::NeedMore } else { Head::NotHttp }
}

fn fields(headers: &[httparse::Header<'_>]) -> Fields {
    let mut fields = Fields::default();
    for header in headers {
        fields.note(header.name, header.value);
    }
    fields
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    for rough in [rough::request(data), rough::response(data)] {
        assert!(!matches!(rough, Head::Complete(_, length) if length > data.len()));
    }
    if let Head::Complete(request, length) = request(data) {
        assert!(length <= data.len() && request.target.chars().count() <= MAX_TEXT);
    }
    if let Head::Complete(response, length) = response(data) {
        assert!(length <= data.len());
        assert!(!(response.is_interim() && response.switches_protocol(&Method::Get)));
    }
    if request(data) == Head::NotHttp {
        assert_eq!(request(&[data, b"\r\n\r\n"].concat()), Head::NotHttp, "more bytes make no head of it");
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Near heads with everything that breaks them.
        #[test]
        fn broken_heads_break_nothing(text in r"(POST|xyz|HTTP/1\.[012]| |/|200|\x1b|\r?\n|X: a|: |[a-z]{1,40}|\r){0,14}") {
            fuzz(text.as_bytes());
        }
    }

    const GETWORK: &[u8] = b"POST / HTTP/1.1\r\nAuthorization: Basic d29ya2VyMTp4\r\nHost: 192.0.2.7:8332\r\n\
        Accept-Encoding: deflate, gzip\r\nContent-Type: application/json\r\nUser-Agent: cpuminer-multi/1.3.7\r\n\
        X-Mining-Extensions: longpoll reject-reason\r\nContent-Length: 46\r\n\r\n{";

    #[test]
    fn a_getwork_request() {
        let Head::Complete(request, length) = request(GETWORK) else { panic!() };
        assert_eq!(
            (&request.method, request.target.as_str(), request.minor_version),
            (&Method::Post, "/", 1)
        );
        assert_eq!(&GETWORK[length..], b"{");
        assert_eq!(request.fields.user_agent.as_deref(), Some("cpuminer-multi/1.3.7"));
        assert_eq!(request.fields.credentials.as_ref().unwrap().user, "worker1");
        assert_eq!(request.fields.content_length, Some(46));
        assert!(request.keeps_alive());
    }

    #[test]
    fn every_cut_needs_more() {
        let end = GETWORK.len() - 1;
        for end in 0..end {
            assert_eq!(request(&GETWORK[..end]), Head::NeedMore, "{end}");
        }
        let endless = [b"GET / HTTP/1.1\r\nX: ".to_vec(), vec![b'a'; MAX_HEAD]].concat();
        assert_eq!(request(&endless), Head::NotHttp, "no head is that long");
    }

    #[test]
    fn sloppy_line_ends_and_names_are_taken() {
        let sloppy = b"POST  /json_rpc HTTP/1.0\nhost: node.example\nBad Name: x\nCONTENT-LENGTH: 2\n\n{}";
        let Head::Complete(request, length) = request(sloppy) else { panic!() };
        assert_eq!((request.target.as_str(), &sloppy[length..]), ("/json_rpc", &b"{}"[..]));
        assert_eq!(request.fields.host.as_deref(), Some("node.example"));
        assert!(!request.keeps_alive(), "HTTP/1.0 closes unless told otherwise");

        let Head::Complete(response, _) =
            response(b"HTTP/1.0 200\nX-Stratum : stratum+tcp://pool.example:3333\n\n")
        else {
            panic!()
        };
        assert_eq!((response.status, response.reason.as_str()), (200, ""));
        assert_eq!(response.fields.stratum.as_deref(), Some("stratum+tcp://pool.example:3333"));
    }

    #[test]
    fn what_follows_a_response_depends_on_the_request() {
        let status = |line: &str| match response(format!("HTTP/1.1 {line}\r\n\r\n").as_bytes()) {
            Head::Complete(response, _) => response,
            other => panic!("{other:?}"),
        };
        assert!(status("100 Continue").is_interim());
        assert!(!status("101 Switching Protocols").is_interim());
        assert!(status("101 Switching Protocols").switches_protocol(&Method::Get));
        assert!(status("200 Connection established").switches_protocol(&Method::Connect));
        assert!(!status("407 Proxy Authentication Required").switches_protocol(&Method::Connect));
        assert!(!status("200 OK").switches_protocol(&Method::Post));
    }

    #[test]
    fn stratum_is_not_http() {
        assert_eq!(request(b"{\"id\":1,\"method\":\"mining.subscribe\"}\n"), Head::NotHttp);
        assert_eq!(response(b"{\"id\":1,\"result\":true}\n"), Head::NotHttp);
        assert_eq!(response(GETWORK), Head::NotHttp);
    }
}
