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
