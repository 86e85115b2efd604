//! SOCKS: a client asks a proxy to connect it elsewhere. Version 5 is RFC 1928 with the user name and password of
//! RFC 1929; version 4 and its extension 4a (names instead of addresses) are the memos of Y.-D. Lee that OpenSSH's
//! `channels.c` and curl's `lib/socks.c` follow.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::cursor::{Cursor, text};
use super::{Maybe, Step};

/// Longest user name of version 4 that is waited for; the memo sets no bound.
const USER_LIMIT: usize = 255;

/// Longest host name (one byte of length in version 5).
const HOST_LIMIT: usize = 255;

/// What a client wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Command {
    /// A connection to the target.
    Connect,
    /// A port that the target will connect to.
    Bind,
    /// UDP datagrams passed on.
    Associate,
}

/// A request to be connected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What is wanted.
    pub command: Command,
    /// Name or address asked for, lower case.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// User name of version 4.
    pub user: Option<String>,
}

/// What a client says first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// Version 4: the request itself.
    Four(Request),
    /// Version 5: the ways in which it can prove who it is.
    Five {
        /// Numbers of methods: 0 none, 1 GSS-API, 2 user name and password.
        methods: Vec<u8>,
    },
}

/// Whether a stream that starts with these bytes is that of a SOCKS client.
pub fn sniff(stream: &[u8]) -> Maybe {
    match opening(stream) {
        // What is pipelined behind a greeting is a request, or user name and password.
        Step::Done(Opening::Five { .. }, used) => match stream.get(used) {
            None | Some(5 | 1) => Maybe::Yes,
            Some(_) => Maybe::No,
        },
        Step::Done(Opening::Four(_), _) => Maybe::Yes,
        Step::NeedMore => Maybe::NeedMore,
        Step::Broken => Maybe::No,
    }
}

/// Reads what a client says first.
pub fn opening(bytes: &[u8]) -> Step<Opening> {
    match bytes.first() {
        None => Step::NeedMore,
        Some(5) => greeting(bytes),
        Some(4) => request_four(bytes).map(Opening::Four),
        Some(_) => Step::Broken,
    }
}

/// RFC 1928 section 3: version, count, methods; those without a meaning (0x0a to 0x7f, 0xff) are not offered.
fn greeting(bytes: &[u8]) -> Step<Opening> {
    let Some(&count) = bytes.get(1) else { return Step::NeedMore };
    let methods = bytes.get(2..).unwrap_or_default();
    let methods = methods.get(..usize::from(count)).unwrap_or(methods);
    let known = |method: &u8| matches!(method, 0..=9 | 0x80..=0xfe);
    if !(1..=16).contains(&count) || !methods.iter().all(known) {
        return Step::Broken;
    }
    if methods.len() < usize::from(count) {
        return Step::NeedMore;
    }
    Step::Done(Opening::Five { methods: methods.to_vec() }, 2 + methods.len())
}

/// Version 4: `04`, command, port, address, user name, NUL; 4a: address 0.0.0.x and a name behind the NUL.
fn request_four(bytes: &[u8]) -> Step<Request> {
    let command = match bytes.get(1) {
        None => return Step::NeedMore,
        Some(1) => Command::Connect,
        Some(2) => Command::Bind,
        Some(_) => return Step::Broken,
    };
    let mut cursor = Cursor::new(bytes);
    cursor.take(2);
    let (Some(port), Some(address)) = (cursor.u16(), cursor.array::<4>()) else { return Step::NeedMore };
    if port == 0 {
        return Step::Broken;
    }
    let (user, used) = match word(cursor.rest(), USER_LIMIT) {
        Step::Done(user, used) => (user, used),
        Step::NeedMore => return Step::NeedMore,
        Step::Broken => return Step::Broken,
    };
    let end = cursor.at().saturating_add(used);
    let user = Some(user).filter(|user| !user.is_empty());
    let [a, b, c, d] = address;
    if (a, b, c) == (0, 0, 0) && d != 0 {
        let rest = bytes.get(end..).unwrap_or_default();
        return match word(rest, HOST_LIMIT) {
            Step::Done(host, _) if host.is_empty() => Step::Broken,
            Step::Done(host, used) => {
                let host = host.to_ascii_lowercase();
                Step::Done(Request { command, host, port, user }, end.saturating_add(used))
            }
            Step::NeedMore => Step::NeedMore,
            Step::Broken => Step::Broken,
        };
    }
    Step::Done(Request { command, host: Ipv4Addr::from(address).to_string(), port, user }, end)
}

/// Printable text up to a NUL.
fn word(bytes: &[u8], limit: usize) -> Step<String> {
    let end = memchr::memchr(0, bytes.get(..=limit).unwrap_or(bytes));
    let so_far = bytes.get(..end.unwrap_or(bytes.len())).unwrap_or_default();
    if so_far.len() > limit || !so_far.iter().all(u8::is_ascii_graphic) {
        return Step::Broken;
    }
    match end {
        Some(end) => Step::Done(text(so_far, limit), end + 1),
        None => Step::NeedMore,
    }
}

/// RFC 1929 section 2: `01`, user name, password. Gives the user name; the password is passed over.
pub fn credentials(bytes: &[u8]) -> Step<String> {
    let mut cursor = Cursor::new(bytes);
    match cursor.u8() {
        None => return Step::NeedMore,
        Some(1) => {}
        Some(_) => return Step::Broken,
    }
    let mut part = || {
        let length = cursor.u8()?;
        cursor.take(usize::from(length))
    };
    let (Some(user), Some(_)) = (part(), part()) else { return Step::NeedMore };
    Step::Done(text(user, 255), cursor.at())
}

/// RFC 1928 section 4: the request of version 5.
pub fn request(bytes: &[u8]) -> Step<Request> {
    let mut cursor = Cursor::new(bytes);
    let command = match bytes {
        [first, ..] if *first != 5 => return Step::Broken,
        [_, 1, ..] => Command::Connect,
        [_, 2, ..] => Command::Bind,
        [_, 3, ..] => Command::Associate,
        [_, _, ..] => return Step::Broken,
        _ => return Step::NeedMore,
    };
    if cursor.take(3).is_none() {
        return Step::NeedMore;
    }
    match address(&mut cursor) {
        Step::Done((host, port), used) => Step::Done(Request { command, host, port, user: None }, used),
        Step::NeedMore => Step::NeedMore,
        Step::Broken => Step::Broken,
    }
}

/// RFC 1928 section 5: type, address, port.
fn address(cursor: &mut Cursor<'_>) -> Step<(String, u16)> {
    let host = match cursor.u8() {
        None => return Step::NeedMore,
        Some(1) => cursor.array::<4>().map(|bytes| IpAddr::from(Ipv4Addr::from(bytes)).to_string()),
        Some(4) => cursor.array::<16>().map(|bytes| IpAddr::from(Ipv6Addr::from(bytes)).to_string()),
        Some(3) => {
            let length = cursor.u8();
            let name = length.and_then(|length| cursor.take(usize::from(length)));
            if length == Some(0) || name.is_some_and(|name| !name.iter().all(u8::is_ascii_graphic)) {
                return Step::Broken;
            }
            name.map(|name| text(name, HOST_LIMIT).to_ascii_lowercase())
        }
        Some(_) => return Step::Broken,
    };
    match (host, cursor.u16()) {
        (Some(host), Some(port)) => Step::Done((host, port), cursor.at()),
        _ => Step::NeedMore,
    }
}

/// RFC 1928 section 3: the method a server chose; 0xff is none.
pub fn method(bytes: &[u8]) -> Step<u8> {
    match bytes {
        [5, method, ..] => Step::Done(*method, 2),
        [] | [5] => Step::NeedMore,
        _ => Step::Broken,
    }
}

/// RFC 1929 section 2: whether user name and password were right. Some servers answer with version 5.
pub fn verdict(bytes: &[u8]) -> Step<bool> {
    match bytes {
        [1 | 5, status, ..] => Step::Done(*status == 0, 2),
        [] | [1 | 5] => Step::NeedMore,
        _ => Step::Broken,
    }
}

/// RFC 1928 section 6: whether a version 5 server connected the client.
pub fn reply(bytes: &[u8]) -> Step<bool> {
    let mut cursor = Cursor::new(bytes);
    let granted = match bytes {
        [5, status, ..] => *status == 0,
        [] | [5] => return Step::NeedMore,
        _ => return Step::Broken,
    };
    if cursor.take(3).is_none() {
        return Step::NeedMore;
    }
    address(&mut cursor).map(|_| granted)
}

/// Version 4: whether the server connected the client (0x5a; 0x5b to 0x5d refuse), eight bytes.
pub fn reply_four(bytes: &[u8]) -> Step<bool> {
    match bytes {
        [first, ..] if *first != 0 => Step::Broken,
        [_, status, ..] if !(0x5a..=0x5d).contains(status) => Step::Broken,
        [_, status, _, _, _, _, _, _, ..] => Step::Done(*status == 0x5a, 8),
        _ => Step::NeedMore,
    }
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    fn used<T>(step: &Step<T>, data: &[u8]) {
        if let Step::Done(_, used) = step {
            assert!((1..=data.len()).contains(used), "a message takes some of the bytes");
        }
    }
    used(&opening(data), data);
    used(&credentials(data), data);
    used(&request(data), data);
    used(&method(data), data);
    used(&verdict(data), data);
    used(&reply(data), data);
    used(&reply_four(data), data);
    let _ = sniff(data);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    fn wanted(host: &str, port: u16, user: Option<&str>) -> Request {
        Request { command: Command::Connect, host: host.into(), port, user: user.map(Into::into) }
    }

    /// The memo on SOCKS 4: connect Fred to 66.102.7.99:80.
    #[test]
    fn version_four_by_its_memo() {
        let bytes = b"\x04\x01\x00\x50\x42\x66\x07\x63Fred\0";
        assert_eq!(
            opening(bytes),
            Step::Done(Opening::Four(wanted("66.102.7.99", 80, Some("Fred"))), bytes.len())
        );
        for end in 1..bytes.len() {
            assert_eq!(opening(&bytes[..end]), Step::NeedMore, "{end}");
        }
        let named = b"\x04\x01\x0d\x05\x00\x00\x00\x01\0Pool.Example\0{\"id\"";
        let request = wanted("pool.example", 3333, None);
        assert_eq!(opening(named), Step::Done(Opening::Four(request), 22));
        assert_eq!(reply_four(b"\x00\x5a\x0d\x05\xc6\x33\x64\x09{"), Step::Done(true, 8));
        assert_eq!(reply_four(b"\x00\x5b\x0d\x05\xc6\x33\x64\x09"), Step::Done(false, 8));
        assert_eq!(reply_four(b"\x00\x5a\x0d"), Step::NeedMore);
        assert_eq!(reply_four(b"\x05\x00"), Step::Broken);
    }

    /// RFC 1928: greeting, method, request by name, reply with an IPv6 address.
    #[test]
    fn version_five_by_its_rfc() {
        assert_eq!(opening(b"\x05\x02\x00\x02"), Step::Done(Opening::Five { methods: vec![0, 2] }, 4));
        assert_eq!(method(b"\x05\x02"), Step::Done(2, 2));
        assert_eq!(credentials(b"\x01\x02me\x03key\x05"), Step::Done("me".into(), 8));
        assert_eq!(verdict(b"\x01\x00"), Step::Done(true, 2));
        let named = b"\x05\x01\x00\x03\x0cpool.example\x0d\x05";
        assert_eq!(request(named), Step::Done(wanted("pool.example", 3333, None), named.len()));
        for end in 1..named.len() {
            assert_eq!(request(&named[..end]), Step::NeedMore, "{end}");
        }
        let v6 = [&b"\x05\x01\x00\x04"[..], &Ipv6Addr::LOCALHOST.octets(), &[0x0d, 0x05]].concat();
        assert_eq!(request(&v6), Step::Done(wanted("::1", 3333, None), 22));
        assert_eq!(reply(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00{"), Step::Done(true, 10));
        assert_eq!(reply(b"\x05\x05\x00\x01\x00\x00\x00\x00\x00\x00"), Step::Done(false, 10));
    }

    #[test]
    fn other_protocols_are_no_socks() {
        for (stream, expected) in [
            (&b"\x05\x01\x00"[..], Maybe::Yes),
            (b"\x05\x01\x00\x05\x01\x00\x03", Maybe::Yes),
            (b"\x05\x03\x00\x01", Maybe::NeedMore),
            (b"\x05\x00\x0b\x03\x10\x00\x00\x00", Maybe::No), // DCE/RPC bind
            (b"\x05\x01\x00\x16\x03", Maybe::No),
            (b"\x04\x05\x00\x50", Maybe::No),
            (b"{\"id\":1", Maybe::No),
        ] {
            assert_eq!(sniff(stream), expected, "{stream:?}");
        }
    }
}
