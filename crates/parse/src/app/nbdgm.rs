//! NetBIOS datagram service (RFC 1002 section 4.4), UDP port 138: browser announcements name their sender.

use std::net::Ipv4Addr;

use super::cursor::Cursor;
use super::nbns::NetbiosName;

/// Length of the header before the names.
const HEADER: usize = 14;

/// One datagram, as far as it says who sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Datagram {
    /// The address that the sender believes to have.
    pub source_address: Ipv4Addr,
    /// The sender's name; a machine's own name when [`NetbiosName::is_machine`].
    pub source: NetbiosName,
    /// Whom it is for: another machine, or a group such as the workgroup (suffix 0x1d, 0x1e).
    pub destination: Option<NetbiosName>,
}

/// Reads the payload of a datagram of port 138; `None` when it carries no names.
pub fn parse(bytes: &[u8]) -> Option<Datagram> {
    let mut cursor = Cursor::new(bytes);
    let kind = cursor.u8()?;
    // 0x10 to one, 0x11 to a group, 0x12 to all; 0x13 to 0x16 are errors and queries.
    if !(0x10..=0x12).contains(&kind) {
        return None;
    }
    let (_flags, _id) = (cursor.u8()?, cursor.u16()?);
    let source_address = Ipv4Addr::from(cursor.u32()?);
    let (source, after) = NetbiosName::read(bytes, HEADER)?;
    let destination = NetbiosName::read(bytes, after).map(|(name, _)| name);
    Some(Datagram { source_address, source, destination })
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    if let Some(datagram) = parse(data) {
        assert!(datagram.source.name.chars().count() <= 15);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    /// A browser announcement by hand: PC-12<20> to WORKGROUP<1d>, letters as RFC 1001 section 14.1 has them.
    const ANNOUNCEMENT: &[u8] = b"\x11\x0a\x00\x01\xc0\x00\x02\x0c\x00\x8a\x00\xbb\x00\x00\
        \x20FAEDCNDBDCCACACACACACACACACACACA\x00\
        \x20FHEPFCELEHFCEPFFFACACACACACACABN\x00\xffSMB";

    #[test]
    fn an_announcement_names_its_sender() {
        let datagram = parse(ANNOUNCEMENT).unwrap();
        assert_eq!(datagram.source_address, Ipv4Addr::new(192, 0, 2, 12));
        assert_eq!((datagram.source.name.as_str(), datagram.source.suffix), ("PC-12", 0x20));
        let destination = datagram.destination.unwrap();
        assert_eq!((destination.name.as_str(), destination.suffix), ("WORKGROUP", 0x1d));
    }

    #[test]
    fn other_kinds_and_cut_packets_name_nobody() {
        assert_eq!(parse(&[&[0x13], &ANNOUNCEMENT[1..]].concat()), None);
        assert_eq!(parse(&ANNOUNCEMENT[..47]), None);
        assert_eq!(parse(&ANNOUNCEMENT[..60]).unwrap().destination, None);
    }
}
