//! Whether a stream is HTTP/1, from its first bytes.

use crate::app::Maybe;

/// Methods that open a stream (RFC 9110, RFC 5789).
const METHODS: [&[u8]; 9] =
    [b"GET", b"POST", b"HEAD", b"PUT", b"DELETE", b"OPTIONS", b"CONNECT", b"PATCH", b"TRACE"];

/// What a request's target begins with: a path, `*`, or at a proxy a whole URL.
const TARGETS: [&[u8]; 4] = [b"/", b"*", b"http://", b"https://"];

/// How far `stream` agrees with `expected`: all of it, as far as it goes, or not.
fn begins(stream: &[u8], expected: &[u8]) -> Maybe {
    let length = stream.len().min(expected.len());
    match stream.get(..length).zip(expected.get(..length)) {
        Some((seen, wanted)) if seen.eq_ignore_ascii_case(wanted) => match length == expected.len() {
            true => Maybe::Yes,
            false => Maybe::NeedMore,
        },
        _ => Maybe::No,
    }
}

/// Whether a client's stream that starts with these bytes is HTTP/1.
///
/// Decided by method, blank and the start of the target, so that `GET key` of other protocols is not taken for it.
pub fn sniff_request(stream: &[u8]) -> Maybe {
    // An empty line may come before a request (RFC 9112 section 2.2).
    let stream = skip_empty_lines(stream);
    let mut best = Maybe::No;
    for method in METHODS {
        // Methods are told apart by case (RFC 9110 section 9.1), unlike schemes.
        let length = stream.len().min(method.len());
        if stream.get(..length) != method.get(..length) {
            continue;
        }
        let Some(rest) = stream.get(method.len()..) else { return Maybe::NeedMore };
        best = match rest.split_first() {
            None => Maybe::NeedMore,
            Some((b' ', target)) => target_begins(method, target),
            Some(_) => Maybe::No,
        };
        if best != Maybe::No {
            return best;
        }
    }
    best
}

fn target_begins(method: &[u8], target: &[u8]) -> Maybe {
    if method == b"CONNECT" {
        // A host name, an address, or an IPv6 address in brackets.
        return match target.first() {
            None => Maybe::NeedMore,
            Some(byte) if byte.is_ascii_alphanumeric() || matches!(byte, b'[' | b'_') => Maybe::Yes,
            Some(_) => Maybe::No,
        };
    }
    let answers = TARGETS.map(|expected| begins(target, expected));
    match answers {
        _ if answers.contains(&Maybe::Yes) => Maybe::Yes,
        _ if answers.contains(&Maybe::NeedMore) => Maybe::NeedMore,
        _ => Maybe::No,
    }
}

/// Whether a server's stream that starts with these bytes is HTTP/1.
pub fn sniff_response(stream: &[u8]) -> Maybe {
    begins(stream, b"HTTP/1.")
}

fn skip_empty_lines(stream: &[u8]) -> &[u8] {
    let blank = stream.iter().take(4).take_while(|&&byte| matches!(byte, b'\r' | b'\n')).count();
    stream.get(blank..).unwrap_or_default()
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    for sniff in [sniff_request, sniff_response] {
        let mut decided = None;
        for end in 0..=data.len().min(64) {
            let answer = sniff(data.get(..end).unwrap_or_default());
            assert!(decided.is_none_or(|decided| decided == answer), "a decision stands");
            decided = decided.or(answer.is_decided().then_some(answer));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_known_by_method_and_target() {
        for request in
            ["GET /", "POST /json_rpc", "\r\nHEAD /", "OPTIONS *", "GET http://p", "CONNECT pool.example:443"]
        {
            assert_eq!(sniff_request(request.as_bytes()), Maybe::Yes, "{request}");
        }
        for start in ["", "P", "PO", "POST", "POST ", "GET ht", "CONNECT "] {
            assert_eq!(sniff_request(start.as_bytes()), Maybe::NeedMore, "{start}");
        }
        for other in ["GET key", "get /", "{\"id\":1", "PRI * HTTP/2.0", "POSTER /", "GETX", "HTTP/1.1 200"] {
            assert_eq!(sniff_request(other.as_bytes()), Maybe::No, "{other}");
        }
    }

    #[test]
    fn responses_are_known_by_their_version() {
        assert_eq!(sniff_response(b"HTTP/1.1 200 OK"), Maybe::Yes);
        assert_eq!(sniff_response(b"HTTP"), Maybe::NeedMore);
        assert_eq!(sniff_response(b"HTTP/2 "), Maybe::No);
        assert_eq!(sniff_response(b"HELLO"), Maybe::No);
    }

    #[test]
    fn a_decision_stands() {
        for stream in
            [&b"\r\n\r\n\r\nGET / HTTP"[..], b"CONNECT [::1]:80", b"PATCH xyz", b"HTTP/1.0", b"PUT /"]
        {
            fuzz(stream);
        }
    }
}
