//! NetBIOS name service (RFC 1001, RFC 1002 section 4.2), UDP port 137: who is called what on a Windows network.

use std::net::Ipv4Addr;

use super::Mac;
use super::cursor::{Cursor, text};
use super::dns::name;

/// How many names, claims or table entries of one packet are kept.
const MAX_ENTRIES: usize = 64;

/// How many questions or records of one packet are looked at.
const MAX_RECORDS: u16 = 32;

/// A NetBIOS name: fifteen characters and a suffix that says what kind of thing bears it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NetbiosName {
    /// The name without padding, at most 15 characters; `*` asks for anybody.
    pub name: String,
    /// 0x00 workstation (or, as a group, domain), 0x03 messenger, 0x20 file server, 0x1b–0x1e browser and domain.
    pub suffix: u8,
    /// The NetBIOS scope, nearly always empty.
    pub scope: String,
}

impl NetbiosName {
    /// Whether a unique name of this kind is a machine's own: workstation or file server.
    pub fn is_machine(&self) -> bool {
        matches!(self.suffix, 0x00 | 0x20)
    }

    /// Reads the encoded name at `at` of a packet and gives the offset after it.
    ///
    /// First-level encoding (RFC 1001 section 14.1): 16 bytes as 32 letters `A`–`P`, one per nibble.
    pub fn read(packet: &[u8], at: usize) -> Option<(NetbiosName, usize)> {
        let mut encoded = None;
        let mut scope = String::new();
        let after = name::walk(packet, at, |label| {
            if encoded.is_none() {
                encoded = Some(label);
                return;
            }
            if !scope.is_empty() {
                scope.push('.');
            }
            name::push_label(&mut scope, label);
        })?;
        let encoded: &[u8; 32] = encoded?.try_into().ok()?;
        let mut bytes = [0u8; 16];
        for (byte, pair) in bytes.iter_mut().zip(encoded.as_chunks::<2>().0) {
            let [high, low] = pair.map(|letter| letter.wrapping_sub(b'A'));
            if high > 15 || low > 15 {
                return None;
            }
            *byte = high << 4 | low;
        }
        Some((NetbiosName::from_padded(&bytes, scope), after))
    }

    fn from_padded(bytes: &[u8; 16], scope: String) -> NetbiosName {
        let [name @ .., suffix] = bytes;
        let end = name.iter().rposition(|&byte| byte != b' ' && byte != 0).map_or(0, |last| last + 1);
        NetbiosName { name: text(name.get(..end).unwrap_or_default(), 15), suffix: *suffix, scope }
    }
}

/// What a packet is for (RFC 1002 section 4.2.1.1; 9 and 15 as Windows uses them).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Who has this name?
    Query,
    /// I take this name.
    Registration,
    /// I give this name up.
    Release,
    /// Wait for the answer.
    Wait,
    /// I still have this name.
    Refresh,
}

/// A name that belongs to an address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Claim {
    /// The name.
    pub name: NetbiosName,
    /// Shared by several machines (a domain or workgroup), so it names none of them.
    pub is_group: bool,
    /// The address that bears it.
    pub address: Ipv4Addr,
    /// Seconds until it must be renewed; 0 means without end.
    pub ttl_secs: u32,
}

/// One entry of a node's own name table (RFC 1002 section 4.2.18).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OwnName {
    /// The name.
    pub name: NetbiosName,
    /// Shared by several machines.
    pub is_group: bool,
}

/// One packet of the name service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packet {
    /// Ties an answer to its question.
    pub id: u16,
    /// An answer.
    pub is_response: bool,
    /// What it is for.
    pub operation: Operation,
    /// 0 for success.
    pub rcode: u8,
    /// Names that are *sought*: they say nothing about the sender.
    pub sought: Vec<NetbiosName>,
    /// Names taken, kept or answered for, with the address that bears them.
    pub claims: Vec<Claim>,
    /// The sender's own name table (answer to a status query).
    pub own_names: Vec<OwnName>,
    /// The sender's MAC (in the same answer), where it is not zero.
    pub mac: Option<Mac>,
    /// Questions and records that the header announces and that could not be read.
    pub missing: u16,
}

/// Record types (RFC 1002 section 4.2.1.3).
const NB: u16 = 0x20;
const NBSTAT: u16 = 0x21;

/// Reads the payload of a datagram of port 137; `None` when it is not a packet of the name service.
pub fn parse(bytes: &[u8]) -> Option<Packet> {
    let mut cursor = Cursor::new(bytes);
    let (id, flags) = (cursor.u16()?, cursor.u16()?);
    let counts = [cursor.u16()?, cursor.u16()?, cursor.u16()?, cursor.u16()?];
    let operation = match flags >> 11 & 0xf {
        0 => Operation::Query,
        5 | 15 => Operation::Registration,
        6 => Operation::Release,
        7 => Operation::Wait,
        8 | 9 => Operation::Refresh,
        _ => return None,
    };
    let rcode = u8::try_from(flags & 0xf).unwrap_or_default();
    let mut packet = Packet {
        id,
        is_response: flags & 0x8000 != 0,
        operation,
        rcode,
        sought: Vec::new(),
        claims: Vec::new(),
        own_names: Vec::new(),
        mac: None,
        missing: 0,
    };
    let questions = counts[0];
    let records = counts[1].saturating_add(counts[2]).saturating_add(counts[3]);
    if questions > MAX_RECORDS || records > MAX_RECORDS || questions + records == 0 {
        return None;
    }
    let mut at = cursor.at();
    for index in 0..questions {
        let Some((name, after)) = question(bytes, at) else {
            // Without one readable NetBIOS name there is no reason to call it a packet of this service.
            packet.missing = questions - index + records;
            return (index > 0).then_some(packet);
        };
        at = after;
        // In a registration the question only repeats the name that the record below claims.
        if operation == Operation::Query && !packet.is_response {
            packet.sought.push(name);
        }
    }
    for index in 0..records {
        let Some(after) = record(bytes, at, &mut packet) else {
            packet.missing = records - index;
            return (index + questions > 0).then_some(packet);
        };
        at = after;
    }
    Some(packet)
}

fn question(bytes: &[u8], at: usize) -> Option<(NetbiosName, usize)> {
    let (name, after) = NetbiosName::read(bytes, at)?;
    let mut cursor = Cursor::new(bytes.get(after..)?);
    let (kind, class) = (cursor.u16()?, cursor.u16()?);
    (matches!(kind, NB | NBSTAT) && class == 1).then_some((name, after + cursor.at()))
}

fn record(bytes: &[u8], at: usize, packet: &mut Packet) -> Option<usize> {
    let (name, after_name) = NetbiosName::read(bytes, at)?;
    let mut cursor = Cursor::new(bytes.get(after_name..)?);
    let (kind, _class) = (cursor.u16()?, cursor.u16()?);
    let ttl_secs = cursor.u32()?;
    let length = usize::from(cursor.u16()?);
    let data = cursor.take(length)?;
    let gives_up = matches!(packet.operation, Operation::Release | Operation::Wait);
    match kind {
        NB if packet.rcode == 0 && !gives_up => {
            // Pairs of flags and address (RFC 1002 section 4.2.1.3); the top bit of the flags means group.
            for entry in data.as_chunks::<6>().0 {
                let [flags, _, address @ ..] = *entry;
                if packet.claims.len() < MAX_ENTRIES {
                    let is_group = flags & 0x80 != 0;
                    let claim = Claim { name: name.clone(), is_group, address: address.into(), ttl_secs };
                    packet.claims.push(claim);
                }
            }
        }
        NBSTAT if packet.is_response => own_names(data, packet)?,
        _ => {}
    }
    Some(after_name + cursor.at())
}

fn own_names(data: &[u8], packet: &mut Packet) -> Option<()> {
    let mut cursor = Cursor::new(data);
    let count = cursor.u8()?;
    for _ in 0..count {
        let name = NetbiosName::from_padded(&cursor.array()?, String::new());
        let is_group = cursor.u16()? & 0x8000 != 0;
        if packet.own_names.len() < MAX_ENTRIES {
            packet.own_names.push(OwnName { name, is_group });
        }
    }
    packet.mac = cursor.array::<6>().filter(|mac| *mac != [0; 6]);
    Some(())
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let Some(packet) = parse(data) else { return };
    assert!(packet.claims.len() <= MAX_ENTRIES && packet.own_names.len() <= MAX_ENTRIES);
    assert!(packet.sought.len() <= usize::from(MAX_RECORDS));
    assert!(packet.sought.iter().all(|name| name.name.chars().count() <= 15));
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    /// RFC 1001 section 14.1: "FRED            " (sixteen bytes, the last a blank) in scope NETBIOS.COM.
    const FRED: &[u8] = b"\x20EGFCEFEECACACACACACACACACACACACA\x07NETBIOS\x03COM\x00";

    fn encode(name: &str, suffix: u8) -> Vec<u8> {
        let mut encoded = vec![32];
        let padded = format!("{name:<15}");
        for byte in padded.bytes().chain([suffix]) {
            encoded.extend([b'A' + (byte >> 4), b'A' + (byte & 15)]);
        }
        encoded.push(0);
        encoded
    }

    #[test]
    fn the_example_of_rfc_1001() {
        let (name, after) = NetbiosName::read(FRED, 0).unwrap();
        assert_eq!((name.name.as_str(), name.suffix, name.scope.as_str()), ("FRED", 0x20, "netbios.com"));
        assert_eq!(after, FRED.len());
        assert_eq!(encode("FRED", b' ')[1..33], FRED[1..33], "the test's own writer agrees");
        let mut wrong = FRED.to_vec();
        wrong[5] = b'Q';
        assert_eq!(NetbiosName::read(&wrong, 0), None, "letters end at P");
    }

    fn registration(flags: u16) -> Vec<u8> {
        let mut packet = b"\x80\x01".to_vec();
        packet.extend(flags.to_be_bytes());
        packet.extend(b"\x00\x01\x00\x00\x00\x00\x00\x01");
        packet.extend(encode("PC-12", 0));
        packet.extend(
            b"\x00\x20\x00\x01\xc0\x0c\x00\x20\x00\x01\x00\x04\x93\xe0\x00\x06\x00\x00\xc0\x00\x02\x0c",
        );
        packet
    }

    #[test]
    fn a_registration_names_the_sender() {
        let packet = parse(&registration(0x2910)).unwrap();
        assert_eq!(packet.operation, Operation::Registration);
        assert_eq!(packet.sought, []);
        let [claim] = &packet.claims[..] else { panic!("{packet:?}") };
        assert_eq!(
            (claim.name.name.as_str(), claim.address, claim.ttl_secs),
            ("PC-12", [192, 0, 2, 12].into(), 300_000)
        );
        assert!(claim.name.is_machine() && !claim.is_group);
        assert_eq!(parse(&registration(0x3010)).unwrap().claims, [], "a release gives the name up");
        assert_eq!(parse(&registration(0xad86)).unwrap().claims, [], "refused: somebody else has it");
    }

    #[test]
    fn a_query_names_what_is_sought() {
        let query = [
            b"\x00\x07\x01\x10\x00\x01\x00\x00\x00\x00\x00\x00",
            &encode("FILES", 0x20)[..],
            b"\x00\x20\x00\x01",
        ]
        .concat();
        let packet = parse(&query).unwrap();
        assert_eq!((packet.sought[0].name.as_str(), packet.sought[0].suffix), ("FILES", 0x20));
        assert_eq!(packet.claims, []);
        assert_eq!(parse(&query[..40]), None, "cut inside the name");
    }

    #[test]
    fn a_status_answer_lists_names_and_the_mac() {
        let mut packet = b"\x00\x08\x84\x00\x00\x00\x00\x01\x00\x00\x00\x00".to_vec();
        packet.extend(encode("*\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 0));
        packet.extend(b"\x00\x21\x00\x01\x00\x00\x00\x00\x00\x2b\x02");
        packet.extend(b"PC-12          \x00\x04\x00WORKGROUP      \x00\x84\x00");
        packet.extend(b"\x00\x11\x22\x33\x44\x55");
        let packet = parse(&packet).unwrap();
        let names: Vec<_> =
            packet.own_names.iter().map(|own| (own.name.name.as_str(), own.is_group)).collect();
        assert_eq!(names, [("PC-12", false), ("WORKGROUP", true)]);
        assert_eq!(packet.mac, Some([0, 0x11, 0x22, 0x33, 0x44, 0x55]));
    }

    #[test]
    fn any_change_of_one_byte_is_survived() {
        let packet = registration(0x2910);
        for at in 0..packet.len() {
            for to in [0, 1, 0x20, 0x7f, 0xc0, 0xff] {
                let mut changed = packet.clone();
                changed[at] = to;
                fuzz(&changed);
                fuzz(&changed[..at]);
            }
        }
    }
}
