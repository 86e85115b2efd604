//! A DNS message (RFC 1035 section 4.1): what was asked and what was answered.

use super::name;
use super::record::{self, Data, Record, Section};
use crate::app::cursor::Cursor;

/// How many questions are kept; mDNS asks several in one message, plain DNS asks one.
pub const MAX_QUESTIONS: usize = 32;

/// How many records are kept of one message; the rest is counted in [`Message::not_kept`].
pub const MAX_RECORDS: usize = 256;

/// Length of the header (RFC 1035 section 4.1.1).
const HEADER: usize = 12;

/// A record or query type (IANA, "Domain Name System Parameters").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Kind(pub u16);

impl Kind {
    /// IPv4 address.
    pub const A: Kind = Kind(1);
    /// The real name of an alias.
    pub const CNAME: Kind = Kind(5);
    /// A name for an address, or in DNS-SD an instance of a service.
    pub const PTR: Kind = Kind(12);
    /// Free text.
    pub const TXT: Kind = Kind(16);
    /// IPv6 address.
    pub const AAAA: Kind = Kind(28);
    /// Host and port of a service.
    pub const SRV: Kind = Kind(33);
    /// EDNS (RFC 6891): not a record but room for options; its class is a buffer size.
    pub const OPT: Kind = Kind(41);
    /// Service binding (RFC 9460).
    pub const SVCB: Kind = Kind(64);
    /// Service binding for HTTP (RFC 9460).
    pub const HTTPS: Kind = Kind(65);
    /// Everything.
    pub const ANY: Kind = Kind(255);
}

/// Why bytes are not taken for DNS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotDns {
    /// Fewer bytes than a header.
    Short,
    /// Flags or counts that no DNS message has, or that the length cannot hold.
    Header,
    /// The first question or record is not well-formed.
    Content,
}

/// One entry of the question section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The name asked for, in the form of [`name::read`].
    pub name: String,
    /// The type asked for.
    pub kind: Kind,
    /// mDNS: the answer may come to the asker alone (RFC 6762 section 5.4).
    pub unicast_response: bool,
}

/// One message, as far as it was readable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Ties an answer to its question; 0 in mDNS.
    pub id: u16,
    /// An answer, or in mDNS an announcement.
    pub is_response: bool,
    /// 0 for a standard query (RFC 1035), 4 notify, 5 update.
    pub opcode: u8,
    /// TC: the sender cut the message, the rest comes over TCP.
    pub truncated: bool,
    /// 0 no error, 2 server failure, 3 no such name, 5 refused.
    pub rcode: u8,
    /// What was asked; at most [`MAX_QUESTIONS`].
    pub questions: Vec<Question>,
    /// What was said, in order; at most [`MAX_RECORDS`]. EDNS pseudo-records are left out.
    pub records: Vec<Record>,
    /// Questions and records that the header announces and that could not be read.
    pub missing: u32,
    /// Records whose frame was whole but whose data was not well-formed; they are in `records`.
    pub damaged: u32,
    /// Questions and records that were readable but beyond the bounds.
    pub not_kept: u32,
}

impl Message {
    /// The records of the answer section.
    pub fn answers(&self) -> impl Iterator<Item = &Record> {
        self.records.iter().filter(|record| record.section == Section::Answer)
    }
}

struct Header {
    id: u16,
    flags: u16,
    counts: [u16; 4],
}

impl Header {
    fn is_response(&self) -> bool {
        self.flags & 0x8000 != 0
    }

    fn opcode(&self) -> u8 {
        u8::try_from(self.flags >> 11 & 0xf).unwrap_or_default()
    }

    /// What the header can tell without the rest of the message.
    fn is_plausible(&self) -> bool {
        // Opcodes 0 query, 1 inverse (obsolete), 2 status, 4 notify, 5 update, 6 stateful (RFC 8490).
        let known_opcode = matches!(self.opcode(), 0 | 1 | 2 | 4 | 5 | 6);
        let reserved_bit = self.flags & 0x40 != 0;
        let query_with_error = !self.is_response() && self.flags & 0xf != 0;
        known_opcode && !reserved_bit && !query_with_error && usize::from(self.counts[0]) <= MAX_QUESTIONS
    }
}

/// Whether the first bytes of a message, at least a header, already exclude DNS.
pub(super) fn header_excludes_dns(bytes: &[u8]) -> bool {
    header(bytes).is_some_and(|header| !header.is_plausible())
}

/// Whether these bytes, a datagram or the start of one, may be called DNS.
///
/// Opcode and the reserved bit must be as assigned, the counts must fit the length, and the first question or record
/// must be well-formed with a known class. Of random datagrams of 1,280 bytes the three record counts alone let pass
/// one in about six million (640³ / 6 of 2⁴⁸, derived); the other tests multiply with it.
/// A message cut by the capture still passes when its first entry is whole.
pub fn looks_like_dns(bytes: &[u8]) -> bool {
    check(bytes).is_ok()
}

fn check(bytes: &[u8]) -> Result<Header, NotDns> {
    let header = header(bytes).ok_or(NotDns::Short)?;
    let [questions, answers, authority, additional] = header.counts.map(usize::from);
    if !header.is_plausible() {
        return Err(NotDns::Header);
    }
    // The shortest question has 5 bytes (root name), the shortest record 11. A datagram cut by a snapshot length
    // may fall short of its counts, but nobody sends a thousand records in a small one.
    let records = answers + authority + additional;
    if questions + answers == 0 || records > bytes.len() / 2 {
        return Err(NotDns::Header);
    }
    let (_, after) = name::read(bytes, HEADER).ok_or(NotDns::Content)?;
    let mut cursor = Cursor::new(bytes.get(after..).unwrap_or_default());
    let (Some(kind), Some(class)) = (cursor.u16(), cursor.u16()) else { return Err(NotDns::Content) };
    // Classes: Internet, Chaos, Hesiod, none, any; the top bit belongs to mDNS.
    if kind == 0 || !matches!(class & 0x7fff, 1 | 3 | 4 | 254 | 255) {
        return Err(NotDns::Content);
    }
    if questions == 0 {
        let length = cursor.u32().and_then(|_ttl| cursor.u16()).ok_or(NotDns::Content)?;
        if usize::from(length) > cursor.rest().len() {
            return Err(NotDns::Content);
        }
    }
    Ok(header)
}

fn header(bytes: &[u8]) -> Option<Header> {
    let mut cursor = Cursor::new(bytes);
    let (id, flags) = (cursor.u16()?, cursor.u16()?);
    Some(Header { id, flags, counts: [cursor.u16()?, cursor.u16()?, cursor.u16()?, cursor.u16()?] })
}

/// Reads one message: the payload of a datagram, or one message of [`super::tcp`].
///
/// Keeps what was readable; what was announced and is not there is counted in [`Message::missing`].
pub fn parse(bytes: &[u8]) -> Result<Message, NotDns> {
    let header = check(bytes)?;
    let mut message = Message {
        id: header.id,
        is_response: header.is_response(),
        opcode: header.opcode(),
        truncated: header.flags & 0x0200 != 0,
        rcode: u8::try_from(header.flags & 0xf).unwrap_or_default(),
        questions: Vec::new(),
        records: Vec::new(),
        missing: 0,
        damaged: 0,
        not_kept: 0,
    };
    let [questions, answers, authority, additional] = header.counts;
    let mut at = HEADER;
    for index in 0..questions {
        let Some((question, after)) = question(bytes, at) else {
            let records = u32::from(answers) + u32::from(authority) + u32::from(additional);
            message.missing = u32::from(questions - index) + records;
            return Ok(message);
        };
        at = after;
        message.questions.push(question);
    }
    let announced =
        [(Section::Answer, answers), (Section::Authority, authority), (Section::Additional, additional)];
    let sections = announced.iter().flat_map(|&(section, count)| (0..count).map(move |_| section));
    let mut left = announced.iter().map(|&(_, count)| u32::from(count)).sum::<u32>();
    for section in sections {
        let Some((record, after)) = record::read(bytes, at, section) else {
            message.missing = left;
            break;
        };
        at = after;
        left -= 1;
        message.damaged += u32::from(record.data == Data::Damaged);
        match message.records.len() {
            _ if record.kind == Kind::OPT => {}
            0..MAX_RECORDS => message.records.push(record),
            _ => message.not_kept += 1,
        }
    }
    Ok(message)
}

fn question(bytes: &[u8], at: usize) -> Option<(Question, usize)> {
    let (name, after) = name::read(bytes, at)?;
    let mut cursor = Cursor::new(bytes.get(after..)?);
    let (kind, class) = (cursor.u16()?, cursor.u16()?);
    Some((Question { name, kind: Kind(kind), unicast_response: class & 0x8000 != 0 }, after + 4))
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let parsed = parse(data);
    assert_eq!(parsed.is_ok(), looks_like_dns(data));
    let Ok(message) = parsed else { return };
    assert!(message.questions.len() <= MAX_QUESTIONS && message.records.len() <= MAX_RECORDS);
    assert!(message.answers().count() <= message.records.len());
    let announced: u32 = header(data).map_or(0, |header| header.counts.iter().map(|&n| u32::from(n)).sum());
    let kept = u32::try_from(message.questions.len() + message.records.len()).unwrap_or(u32::MAX);
    assert!(kept + message.missing + message.not_kept <= announced, "what was kept was announced");
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use proptest::prelude::*;
    use simple_dns::rdata::{A, AAAA, CNAME, PTR, RData, SRV, TXT};
    use simple_dns::{CLASS, Name, Packet, PacketFlag, QTYPE, ResourceRecord, TYPE};

    use super::*;

    /// pool.example asked for and answered: CNAME with a compressed name, then A.
    const ANSWER: &[u8] = b"\x12\x34\x81\x80\x00\x01\x00\x02\x00\x00\x00\x01\
        \x04POOL\x07example\x00\x00\x01\x00\x01\
        \xc0\x0c\x00\x05\x00\x01\x00\x00\x01\x2c\x00\x05\x02eu\xc0\x0c\
        \xc0\x2a\x00\x01\x00\x01\x00\x00\x00\x3c\x00\x04\xc0\x00\x02\x07\
        \x00\x00\x29\x10\x00\x00\x00\x00\x00\x00\x00";

    #[test]
    fn an_answer_by_hand() {
        let message = parse(ANSWER).unwrap();
        assert_eq!((message.id, message.is_response, message.rcode), (0x1234, true, 0));
        assert_eq!((message.missing, message.damaged, message.not_kept), (0, 0, 0));
        assert_eq!(message.questions[0].name, "pool.example");
        let said: Vec<_> = message
            .records
            .iter()
            .map(|record| (record.name.as_str(), record.ttl_secs, &record.data))
            .collect();
        assert_eq!(
            said,
            [
                ("pool.example", 300, &Data::Cname("eu.pool.example".into())),
                ("eu.pool.example", 60, &Data::A([192, 0, 2, 7].into())),
            ],
            "the EDNS record is no answer"
        );
    }

    #[test]
    fn every_cut_keeps_what_came_before_it() {
        let question_end = 30;
        for end in 0..ANSWER.len() {
            let parsed = parse(&ANSWER[..end]);
            if end < question_end {
                assert!(parsed.is_err(), "{end}");
                continue;
            }
            let message = parsed.unwrap();
            let whole = [47, 63].iter().filter(|&&limit| end >= limit).count();
            assert_eq!((message.records.len(), message.missing), (whole, 3 - u32::try_from(whole).unwrap()));
        }
    }

    #[test]
    fn other_udp_is_not_dns() {
        let ntp = [&[0x23, 0x02, 0x06, 0xe8][..], &[0; 44]].concat();
        let stun = b"\x00\x01\x00\x08\x21\x12\xa4\x42abcdefghijkl\x00\x06\x00\x04user";
        let sip = b"REGISTER sip:pbx.example SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.4\r\n\r\n";
        let dht = b"d1:ad2:id20:abcdefghij0123456789e1:q4:ping1:t2:aa1:y1:qe";
        let quic = [&b"\xc3\x00\x00\x00\x01\x08"[..], &[0x5a; 1200]].concat();
        for bytes in [&ntp[..], stun, sip, dht, &quic, &[0; 64], &[0xff; 64]] {
            assert!(!looks_like_dns(bytes), "{bytes:02x?}");
        }
        assert_eq!(parse(&ANSWER[..11]), Err(NotDns::Short));
    }

    #[test]
    fn records_are_bounded_and_the_rest_is_counted() {
        let mut bytes = b"\x00\x00\x84\x00\x00\x00\x01\x2c\x00\x00\x00\x00".to_vec();
        for _ in 0..300 {
            bytes.extend_from_slice(b"\x01a\x00\x00\x01\x80\x01\x00\x00\x00\x78\x00\x04\x0a\x00\x00\x01");
        }
        let message = parse(&bytes).unwrap();
        assert_eq!((message.records.len(), message.not_kept, message.missing), (256, 44, 0));
        assert!(message.records[0].cache_flush && message.records[0].class == 1);
    }

    fn label() -> impl Strategy<Value = String> {
        "[a-z0-9_-]{1,20}"
    }

    fn host() -> impl Strategy<Value = String> {
        proptest::collection::vec(label(), 1..5).prop_map(|labels| labels.join("."))
    }

    fn data() -> impl Strategy<Value = Data> {
        prop_oneof![
            any::<u32>().prop_map(|address| Data::A(address.into())),
            any::<u128>().prop_map(|address| Data::Aaaa(address.into())),
            host().prop_map(Data::Cname),
            host().prop_map(Data::Ptr),
            (host(), any::<u16>()).prop_map(|(target, port)| Data::Srv { target, port }),
            proptest::collection::vec("[ -~]{0,40}", 1..4).prop_map(Data::Txt),
        ]
    }

    fn theirs(data: &Data) -> RData<'_> {
        match data {
            Data::A(address) => RData::A(A { address: (*address).into() }),
            Data::Aaaa(address) => RData::AAAA(AAAA { address: (*address).into() }),
            Data::Cname(name) => RData::CNAME(CNAME(Name::new(name).unwrap())),
            Data::Ptr(name) => RData::PTR(PTR(Name::new(name).unwrap())),
            Data::Srv { target, port } => {
                let target = Name::new(target).unwrap();
                RData::SRV(SRV { priority: 1, weight: 2, port: *port, target })
            }
            Data::Txt(strings) => RData::TXT(
                strings.iter().fold(TXT::new(), |txt, string| txt.with_string(string.as_str()).unwrap()),
            ),
            _ => unreachable!("not generated"),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        /// What an independent writer writes, compressed or not, is read back whole.
        #[test]
        fn reads_what_simple_dns_writes(
            id in any::<u16>(),
            asked in host(),
            said in proptest::collection::vec((host(), any::<u32>(), data()), 0..8),
            compressed in any::<bool>(),
        ) {
            let mut packet = Packet::new_reply(id);
            packet.set_flags(PacketFlag::AUTHORITATIVE_ANSWER);
            let name = Name::new(&asked).unwrap();
            let question = simple_dns::Question::new(
                name, QTYPE::TYPE(TYPE::A), simple_dns::QCLASS::CLASS(CLASS::IN), false);
            packet.questions.push(question);
            for (owner, ttl, data) in &said {
                let owner = Name::new(owner).unwrap();
                packet.answers.push(ResourceRecord::new(owner, CLASS::IN, *ttl, theirs(data)));
            }
            let bytes =
                if compressed { packet.build_bytes_vec_compressed() } else { packet.build_bytes_vec() }.unwrap();
            let message = parse(&bytes).unwrap();
            prop_assert_eq!((message.id, message.missing, message.damaged), (id, 0, 0));
            prop_assert_eq!(&message.questions[0].name, &asked);
            let read: Vec<_> = message.answers()
                .map(|record| (record.name.clone(), record.ttl_secs, record.data.clone())).collect();
            prop_assert_eq!(read, said);
        }

        /// Any bytes, and any well-formed message with one byte changed, keep the invariants.
        #[test]
        fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..80), at in 0usize..74, to in any::<u8>()) {
            fuzz(&bytes);
            let mut changed = ANSWER.to_vec();
            changed[at] = to;
            fuzz(&changed);
            record::fuzz(&changed);
            name::fuzz(&changed);
        }
    }
}
