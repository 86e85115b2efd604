//! Resource records of DNS (RFC 1035 section 4.1.3): the kinds that tie names to names and addresses.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::message::Kind;
use super::name;
use crate::app::cursor::{Cursor, text};

/// How many strings of one TXT record are kept.
const MAX_TXT_STRINGS: usize = 32;

/// How many addresses of one `ipv4hint` or `ipv6hint` are kept.
const MAX_HINTS: usize = 16;

/// How many parameters of one SVCB or HTTPS record are looked at.
const MAX_PARAMETERS: usize = 64;

/// Where in the message a record stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// What was asked for, or in mDNS what is announced.
    Answer,
    /// Who is responsible (RFC 1035) or what is claimed (mDNS probes, updates).
    Authority,
    /// What may help: glue, addresses of an SRV target.
    Additional,
}

/// One resource record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Where it stood.
    pub section: Section,
    /// The owner name, in the form of [`name::read`].
    pub name: String,
    /// The type, also of records that are not decoded.
    pub kind: Kind,
    /// The class, without the cache-flush bit: 1 is the Internet.
    pub class: u16,
    /// mDNS: "this is everything I have of that name" (RFC 6762 section 10.2).
    pub cache_flush: bool,
    /// Seconds the record may be believed.
    pub ttl_secs: u32,
    /// What it says.
    pub data: Data,
}

/// What a record says. Names are in the form of [`name::read`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Data {
    /// RFC 1035 section 3.4.1.
    A(Ipv4Addr),
    /// RFC 3596.
    Aaaa(Ipv6Addr),
    /// RFC 1035 section 3.3.1; DNAME (RFC 6672) says the same of a whole subtree and is not decoded.
    Cname(String),
    /// RFC 1035 section 3.3.12.
    Ptr(String),
    /// RFC 2782.
    Srv {
        /// The host that offers the service.
        target: String,
        /// The port it offers it on.
        port: u16,
    },
    /// RFC 1035 section 3.3.14: up to 32 strings of up to 255 characters.
    Txt(Vec<String>),
    /// SVCB and HTTPS (RFC 9460).
    Service(Service),
    /// A type that is not decoded here.
    Other,
    /// A type that should be decoded, but whose data is not well-formed.
    Damaged,
}

/// What an SVCB or HTTPS record says (RFC 9460 section 2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// 0: an alias for the whole name.
    pub priority: u16,
    /// Another name for the owner; `.` means the owner itself (priority > 0) or no service (0).
    pub target: String,
    /// `port`, where given.
    pub port: Option<u16>,
    /// `ipv4hint`, at most 16.
    pub ipv4_hints: Vec<Ipv4Addr>,
    /// `ipv6hint`, at most 16.
    pub ipv6_hints: Vec<Ipv6Addr>,
}

/// Reads the record at `at` of `message` and gives the offset after it; `None` when its frame is cut.
pub(super) fn read(message: &[u8], at: usize, section: Section) -> Option<(Record, usize)> {
    let (name, after_name) = name::read(message, at)?;
    let mut cursor = Cursor::new(message.get(after_name..)?);
    let kind = Kind(cursor.u16()?);
    let class = cursor.u16()?;
    let ttl_secs = cursor.u32()?;
    let length = usize::from(cursor.u16()?);
    let start = after_name + cursor.at();
    let end = start + length;
    // Names inside the data may point back into the message, but the data must not run past its length.
    let upto = message.get(..end)?;
    let data = decode(kind, upto, start).unwrap_or(Data::Damaged);
    let record = Record {
        section,
        name,
        kind,
        class: class & 0x7fff,
        cache_flush: class & 0x8000 != 0,
        ttl_secs,
        data,
    };
    Some((record, end))
}

fn decode(kind: Kind, upto: &[u8], start: usize) -> Option<Data> {
    let data = upto.get(start..)?;
    let whole_name = |at: usize| {
        let (name, after) = name::read(upto, at)?;
        (after == upto.len()).then_some(name)
    };
    Some(match kind {
        Kind::A => Data::A(<[u8; 4]>::try_from(data).ok()?.into()),
        Kind::AAAA => Data::Aaaa(<[u8; 16]>::try_from(data).ok()?.into()),
        Kind::CNAME => Data::Cname(whole_name(start)?),
        Kind::PTR => Data::Ptr(whole_name(start)?),
        Kind::SRV => {
            let mut cursor = Cursor::new(data);
            let (_priority, _weight, port) = (cursor.u16()?, cursor.u16()?, cursor.u16()?);
            Data::Srv { target: whole_name(start + 6)?, port }
        }
        Kind::TXT => Data::Txt(strings(data)?),
        Kind::SVCB | Kind::HTTPS => Data::Service(service(upto, start)?),
        _ => Data::Other,
    })
}

fn strings(data: &[u8]) -> Option<Vec<String>> {
    let mut cursor = Cursor::new(data);
    let mut strings = Vec::new();
    while !cursor.is_empty() {
        let length = usize::from(cursor.u8()?);
        let string = cursor.take(length)?;
        if strings.len() < MAX_TXT_STRINGS {
            strings.push(text(string, 255));
        }
    }
    Some(strings)
}

fn service(upto: &[u8], start: usize) -> Option<Service> {
    let priority = Cursor::new(upto.get(start..)?).u16()?;
    let (target, after) = name::read(upto, start + 2)?;
    let mut service =
        Service { priority, target, port: None, ipv4_hints: Vec::new(), ipv6_hints: Vec::new() };
    let mut cursor = Cursor::new(upto.get(after..)?);
    for _ in 0..MAX_PARAMETERS {
        if cursor.is_empty() {
            break;
        }
        let key = cursor.u16()?;
        let length = usize::from(cursor.u16()?);
        let value = cursor.take(length)?;
        // Keys: RFC 9460 section 14.3.2.
        match key {
            3 => service.port = Some(u16::from_be_bytes(value.try_into().ok()?)),
            4 => service.ipv4_hints = hints::<4, _>(value)?,
            6 => service.ipv6_hints = hints::<16, _>(value)?,
            _ => {}
        }
    }
    Some(service)
}

fn hints<const N: usize, T: From<[u8; N]>>(value: &[u8]) -> Option<Vec<T>> {
    let (addresses, rest) = value.as_chunks::<N>();
    rest.is_empty().then(|| addresses.iter().take(MAX_HINTS).map(|&address| address.into()).collect())
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let at = data.first().map_or(0, |&byte| usize::from(byte));
    if let Some((record, after)) = read(data, at, Section::Answer) {
        assert!(after <= data.len() && after > at, "a record has a length and ends inside its message");
        if let Data::Txt(strings) = &record.data {
            assert!(strings.len() <= MAX_TXT_STRINGS);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Data {
        let mut message = b"\x01a\x00".to_vec();
        message.extend_from_slice(&kind.to_be_bytes());
        message.extend_from_slice(&[0, 1, 0, 0, 0, 60]);
        message.extend_from_slice(&u16::try_from(data.len()).unwrap().to_be_bytes());
        message.extend_from_slice(data);
        let (record, after) = read(&message, 0, Section::Answer).unwrap();
        assert_eq!((record.name.as_str(), record.ttl_secs, after), ("a", 60, message.len()));
        record.data
    }

    #[test]
    fn the_vectors_of_rfc_9460_appendix_d() {
        let alias = record(65, b"\x00\x00\x03foo\x07example\x03com\x00");
        let Data::Service(alias) = alias else { panic!("{alias:?}") };
        assert_eq!((alias.priority, alias.target.as_str()), (0, "foo.example.com"));

        let port = record(64, b"\x00\x10\x03foo\x07example\x03com\x00\x00\x03\x00\x02\x00\x35");
        let Data::Service(port) = port else { panic!("{port:?}") };
        assert_eq!((port.priority, port.port), (16, Some(53)));

        let hints = b"\x00\x01\x03foo\x07example\x03com\x00\x00\x06\x00\x20\
            \x20\x01\x0d\xb8\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\
            \x20\x01\x0d\xb8\x00\x00\x00\x00\x00\x00\x00\x00\x00\x53\x00\x01";
        let Data::Service(hints) = record(64, hints) else { panic!() };
        let expected: Vec<Ipv6Addr> = vec!["2001:db8::1".parse().unwrap(), "2001:db8::53:1".parse().unwrap()];
        assert_eq!(hints.ipv6_hints, expected);
    }

    #[test]
    fn data_of_the_wrong_length_is_damaged_but_the_record_stays() {
        assert_eq!(record(1, &[192, 0, 2, 1]), Data::A([192, 0, 2, 1].into()));
        assert_eq!(record(1, &[192, 0, 2]), Data::Damaged);
        assert_eq!(record(28, &[0; 15]), Data::Damaged);
        assert_eq!(record(5, b"\x01b\x00\x00"), Data::Damaged, "a byte after the name");
        assert_eq!(record(5, b"\x01b\xc0\x00"), Data::Cname("b.a".into()));
        assert_eq!(record(16, b"\x02ab\x01"), Data::Damaged, "the second string is cut");
        assert_eq!(record(16, b"\x02ab\x01c"), Data::Txt(vec!["ab".into(), "c".into()]));
        assert_eq!(record(65, b"\x00\x01\x00\x00\x04\x00\x03\xc0\x00\x02"), Data::Damaged);
        assert_eq!(record(99, b"anything"), Data::Other);
        assert_eq!(
            record(33, b"\x00\x00\x00\x00\x0d\x05\x02pc\x05local\x00"),
            Data::Srv { target: "pc.local".into(), port: 3333 }
        );
    }
}
