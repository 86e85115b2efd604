//! DNS messages (RFC 1035), over UDP, TCP and multicast (RFC 6762).

use std::net::IpAddr;

/// What a record says.
#[derive(Clone, Debug)]
pub(crate) enum Data {
    Address(IpAddr),
    Alias(String),
    Pointer(String),
}

/// One record: owner, seconds to live, content.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub(crate) owner: String,
    pub(crate) lives: u32,
    pub(crate) data: Data,
}

/// Record types.
pub(crate) const A: u16 = 1;
pub(crate) const AAAA: u16 = 28;

fn name(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() + 2);
    for label in text.split('.').filter(|label| !label.is_empty()) {
        bytes.push(label.len().min(63) as u8);
        bytes.extend(label.bytes().take(63));
    }
    bytes.push(0);
    bytes
}

fn header(id: u16, flags: u16, questions: u16, answers: u16) -> Vec<u8> {
    [id, flags, questions, answers, 0, 0].iter().flat_map(|number| number.to_be_bytes()).collect()
}

fn record(message: &mut Vec<u8>, record: &Record, asked: &str, class: u16) {
    if record.owner == asked {
        message.extend_from_slice(&[0xC0, 12]); // the name of the question
    } else {
        message.extend(name(&record.owner));
    }
    let (kind, data) = match &record.data {
        Data::Address(IpAddr::V4(address)) => (A, address.octets().to_vec()),
        Data::Address(IpAddr::V6(address)) => (AAAA, address.octets().to_vec()),
        Data::Alias(target) => (5, name(target)),
        Data::Pointer(target) => (12, name(target)),
    };
    message.extend_from_slice(&kind.to_be_bytes());
    message.extend_from_slice(&class.to_be_bytes());
    message.extend_from_slice(&record.lives.to_be_bytes());
    message.extend_from_slice(&(data.len() as u16).to_be_bytes());
    message.extend(data);
}

fn question(asked: &str, kind: u16) -> Vec<u8> {
    let mut bytes = name(asked);
    bytes.extend_from_slice(&kind.to_be_bytes());
    bytes.extend_from_slice(&[0, 1]);
    bytes
}

/// A recursive question.
pub(crate) fn query(id: u16, asked: &str, kind: u16) -> Vec<u8> {
    let mut message = header(id, 0x0100, 1, 0);
    message.extend(question(asked, kind));
    message
}

/// The answer to it; no record at all means that the name does not exist.
pub(crate) fn answer(id: u16, asked: &str, kind: u16, records: &[Record]) -> Vec<u8> {
    let flags = if records.is_empty() { 0x8183 } else { 0x8180 };
    let mut message = header(id, flags, 1, records.len() as u16);
    message.extend(question(asked, kind));
    for one in records {
        record(&mut message, one, asked, 1);
    }
    message
}

/// A multicast announcement of what a host is called; its records replace older ones (cache flush).
pub(crate) fn announcement(records: &[Record]) -> Vec<u8> {
    let mut message = header(0, 0x8400, 0, records.len() as u16);
    for one in records {
        record(&mut message, one, "", 0x8001);
    }
    message
}

/// A message as it goes over TCP: length first.
pub(crate) fn over_tcp(message: &[u8]) -> Vec<u8> {
    [&(message.len() as u16).to_be_bytes(), message].concat()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    #[test]
    fn another_decoder_reads_what_was_meant() {
        let records = [
            Record { owner: "a.pool.example".into(), lives: 60, data: Data::Alias("b.pool.example".into()) },
            Record {
                owner: "b.pool.example".into(),
                lives: 61,
                data: Data::Address("198.51.100.9".parse().unwrap()),
            },
            Record {
                owner: "b.pool.example".into(),
                lives: 62,
                data: Data::Address("2001:db8::9".parse().unwrap()),
            },
        ];
        let bytes = answer(7, "a.pool.example", A, &records);
        let packet = simple_dns::Packet::parse(&bytes).unwrap();
        assert_eq!(packet.id(), 7);
        assert_eq!(packet.questions[0].qname.to_string(), "a.pool.example");
        let owners: Vec<String> = packet.answers.iter().map(|answer| answer.name.to_string()).collect();
        assert_eq!(owners, ["a.pool.example", "b.pool.example", "b.pool.example"]);
        assert_eq!(packet.answers.iter().map(|answer| answer.ttl).collect::<Vec<_>>(), [60, 61, 62]);
        use simple_dns::rdata::RData;
        assert!(
            matches!(&packet.answers[0].rdata, RData::CNAME(name) if name.to_string() == "b.pool.example")
        );
        assert!(matches!(&packet.answers[1].rdata, RData::A(a) if a.address == 0xC633_6409));
        assert!(matches!(&packet.answers[2].rdata, RData::AAAA(a) if a.address == 0x2001_0DB8 << 96 | 9));
    }
}
