//! The PROXY protocol: a load balancer says before the first byte for whom it connects.
//!
//! Source: HAProxy, `doc/proxy-protocol.txt`, versions 1 (a line of text) and 2 (binary).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::cursor::Cursor;
use super::{Maybe, Step};

/// Longest line of version 1, with its end (section 2.1).
const LINE_LIMIT: usize = 107;

/// The twelve bytes by which version 2 is known (section 2.2).
const SIGNATURE: &[u8; 12] = b"\r\n\r\n\0\r\nQUIT\n";

/// Most bytes of addresses and extensions of version 2 that are waited for; load balancers send below 600.
const BODY_LIMIT: usize = 2048;

/// For whom a connection was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Header {
    /// The client's address and port; `None` for a health check or a protocol without addresses.
    pub source: Option<(IpAddr, u16)>,
    /// Whom the client connected to.
    pub destination: Option<(IpAddr, u16)>,
}

/// Whether a stream that starts with these bytes begins with such a header.
pub fn sniff(stream: &[u8]) -> Maybe {
    match header(stream) {
        Step::Done(..) => Maybe::Yes,
        Step::NeedMore => Maybe::NeedMore,
        Step::Broken => Maybe::No,
    }
}

/// Reads a header of either version.
pub fn header(bytes: &[u8]) -> Step<Header> {
    let begins = |whole: &[u8]| {
        let length = bytes.len().min(whole.len());
        bytes.get(..length) == whole.get(..length)
    };
    if begins(SIGNATURE) {
        if bytes.len() < SIGNATURE.len() { Step::NeedMore } else { binary(bytes) }
    } else if begins(b"PROXY ") {
        line(bytes)
    } else {
        Step::Broken
    }
}

fn line(bytes: &[u8]) -> Step<Header> {
    let window = bytes.get(..LINE_LIMIT).unwrap_or(bytes);
    let Some(end) = memchr::memchr(b'\n', window) else {
        return if bytes.len() < LINE_LIMIT { Step::NeedMore } else { Step::Broken };
    };
    let text = window.get(..end).and_then(|line| std::str::from_utf8(line).ok());
    let Some(text) = text else { return Step::Broken };
    let mut words = text.trim_end_matches('\r').split(' ').skip(1);
    let header = match words.next() {
        Some("UNKNOWN") => Some(Header::default()),
        Some("TCP4" | "TCP6") => addresses(&mut words),
        _ => None,
    };
    header.map_or(Step::Broken, |header| Step::Done(header, end + 1))
}

fn addresses<'a>(words: &mut impl Iterator<Item = &'a str>) -> Option<Header> {
    let source: IpAddr = words.next()?.parse().ok()?;
    let destination: IpAddr = words.next()?.parse().ok()?;
    let (from, to) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    Some(Header { source: Some((source, from)), destination: Some((destination, to)) })
}

fn binary(bytes: &[u8]) -> Step<Header> {
    let mut cursor = Cursor::new(bytes);
    cursor.take(SIGNATURE.len());
    let (Some(command), Some(family), Some(length)) = (cursor.u8(), cursor.u8(), cursor.u16()) else {
        return Step::NeedMore;
    };
    let length = usize::from(length);
    // Version 2, command LOCAL or PROXY.
    if !matches!(command, 0x20 | 0x21) || length > BODY_LIMIT {
        return Step::Broken;
    }
    let Some(body) = cursor.take(length) else { return Step::NeedMore };
    let mut body = Cursor::new(body);
    let header = match (command, family >> 4) {
        (0x21, 1) => ends(&mut body, |body| body.array().map(|bytes| Ipv4Addr::from(bytes).into())),
        (0x21, 2) => ends(&mut body, |body| body.array::<16>().map(|bytes| Ipv6Addr::from(bytes).into())),
        _ => Some(Header::default()),
    };
    header.map_or(Step::Broken, |header| Step::Done(header, cursor.at()))
}

fn ends(body: &mut Cursor<'_>, address: fn(&mut Cursor<'_>) -> Option<IpAddr>) -> Option<Header> {
    let (source, destination) = (address(body)?, address(body)?);
    let (from, to) = (body.u16()?, body.u16()?);
    Some(Header { source: Some((source, from)), destination: Some((destination, to)) })
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    if let Step::Done(header, used) = header(data) {
        assert!((1..=data.len()).contains(&used), "a header takes some of the bytes");
        assert_eq!(header.source.is_some(), header.destination.is_some(), "both or none");
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    fn from(source: &str, destination: &str) -> Header {
        let end = |text: &str| {
            let end: std::net::SocketAddr = text.parse().unwrap();
            Some((end.ip(), end.port()))
        };
        Header { source: end(source), destination: end(destination) }
    }

    #[test]
    fn lines_of_version_one() {
        let line = b"PROXY TCP4 192.168.0.1 192.168.0.11 56324 443\r\n{\"id\":1}";
        assert_eq!(header(line), Step::Done(from("192.168.0.1:56324", "192.168.0.11:443"), 47));
        for end in 1..47 {
            assert_eq!(header(&line[..end]), Step::NeedMore, "{end}");
        }
        let six = b"PROXY TCP6 2001:db8::1 2001:db8::2 1 2\r\n";
        assert_eq!(header(six), Step::Done(from("[2001:db8::1]:1", "[2001:db8::2]:2"), six.len()));
        assert_eq!(header(b"PROXY UNKNOWN\r\n"), Step::Done(Header::default(), 15));
        assert_eq!(header(b"PROXY of the king\r\n"), Step::Broken);
        assert_eq!(header(&[b"PROXY TCP4 ".as_slice(), &[b'1'; 100]].concat()), Step::Broken);
    }

    /// Section 2.2 of the specification, laid out by hand: IPv4 over a stream, then one extension.
    #[test]
    fn version_two() {
        let mut bytes = SIGNATURE.to_vec();
        bytes.extend_from_slice(&[0x21, 0x11, 0, 16, 192, 0, 2, 7, 198, 51, 100, 9, 0xc8, 0x22, 0x0d, 0x05]);
        bytes.extend_from_slice(&[4, 0, 1, 0]);
        assert_eq!(header(&bytes), Step::Done(from("192.0.2.7:51234", "198.51.100.9:3333"), 32));
        for end in 1..bytes.len() {
            assert_eq!(header(&bytes[..end]), Step::NeedMore, "{end}");
        }
        bytes[12] = 0x20; // LOCAL: the balancer's own check
        assert_eq!(header(&bytes), Step::Done(Header::default(), 32));
        bytes[12] = 0x11;
        assert_eq!(header(&bytes), Step::Broken);
        // Too short for its family.
        let mut short = SIGNATURE.to_vec();
        short.extend_from_slice(&[0x21, 0x11, 0, 4, 1, 2, 3, 4]);
        assert_eq!(header(&short), Step::Broken);
    }
}
