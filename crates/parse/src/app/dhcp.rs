//! DHCP for IPv4 (RFC 2131, options RFC 2132): which machine got which address and what it is called.

use std::net::Ipv4Addr;

use super::Mac;
use super::cursor::{Cursor, text};
use super::dns::name;

/// Longest host name or vendor class kept, in characters.
pub const MAX_TEXT: usize = 255;

/// Longest client identifier kept, in bytes.
const MAX_CLIENT_ID: usize = 255;

/// How many bytes of one option are joined from several pieces (RFC 3396).
const MAX_OPTION: usize = 1024;

/// What a message does (option 53).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MessageType {
    /// 1: a client looks for a server.
    Discover,
    /// 2: a server offers an address.
    Offer,
    /// 3: a client asks for an address or wants to keep it.
    Request,
    /// 4: the offered address is taken.
    Decline,
    /// 5: the server agrees: **this proves the lease**.
    Ack,
    /// 6: the server refuses.
    Nak,
    /// 7: the client gives its address back.
    Release,
    /// 8: a client with an address asks for the rest.
    Inform,
}

/// One message, as far as it was readable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dhcp {
    /// BOOTREQUEST: from the client.
    pub is_request: bool,
    /// Option 53; absent in plain BOOTP.
    pub message_type: Option<MessageType>,
    /// Ties answers to requests.
    pub transaction: u32,
    /// `chaddr`, where it is an Ethernet address and not zero.
    pub client_mac: Option<Mac>,
    /// `ciaddr`: the address the client already has.
    pub client_address: Option<Ipv4Addr>,
    /// `yiaddr`: the address the client gets.
    pub your_address: Option<Ipv4Addr>,
    /// `giaddr`: the relay between client and server.
    pub relay: Option<Ipv4Addr>,
    /// Option 12, at most [`MAX_TEXT`] characters.
    pub host_name: Option<String>,
    /// Option 50: the address the client would like; proves nothing.
    pub requested: Option<Ipv4Addr>,
    /// Option 51: seconds that the address is lent for.
    pub lease_secs: Option<u32>,
    /// Option 54.
    pub server: Option<Ipv4Addr>,
    /// Option 55: what the client wants to know; the order tells operating systems apart.
    pub parameters: Vec<u8>,
    /// Option 60: `MSFT 5.0`, `dhcpcd-…`, `udhcp …`; at most [`MAX_TEXT`] characters.
    pub vendor_class: Option<String>,
    /// Option 61, at most 255 bytes: a type byte (1: Ethernet, 255: RFC 4361) and an identifier.
    pub client_id: Vec<u8>,
    /// Option 81 (RFC 4702): the full name, lower-case when it came in DNS form.
    pub full_name: Option<String>,
    /// The options end in the middle of one, or one has an impossible length.
    pub is_damaged: bool,
}

impl Dhcp {
    /// The address that the server has just confirmed, and to whom.
    ///
    /// Only an acknowledgement proves it. To an INFORM the server answers without `yiaddr`, and the
    /// client named its own address in `ciaddr`.
    pub fn confirmed(&self) -> Option<Ipv4Addr> {
        let acknowledges = !self.is_request && self.message_type == Some(MessageType::Ack);
        self.your_address.or(self.client_address).filter(|_| acknowledges)
    }

    /// The MAC inside the client identifier, where it is of type 1.
    pub fn client_id_mac(&self) -> Option<Mac> {
        match self.client_id.split_first()? {
            (1, mac) => mac.try_into().ok(),
            _ => None,
        }
    }
}

/// Options in the order in which their bytes are joined (RFC 3396).
#[derive(Default)]
struct Options {
    values: Vec<(u8, Vec<u8>)>,
    is_damaged: bool,
}

impl Options {
    /// The codes this file reads; all others are skipped.
    const WANTED: [u8; 10] = [12, 50, 51, 52, 53, 54, 55, 60, 61, 81];

    fn read(&mut self, area: &[u8]) {
        let mut cursor = Cursor::new(area);
        while let Some(code) = cursor.u8() {
            match code {
                0 => continue,
                255 => return,
                _ => {}
            }
            let Some(value) = cursor.u8().and_then(|length| cursor.take(usize::from(length))) else {
                self.is_damaged = true;
                return;
            };
            if !Self::WANTED.contains(&code) {
                continue;
            }
            match self.values.iter_mut().find(|(known, _)| *known == code) {
                Some((_, joined)) if joined.len() + value.len() <= MAX_OPTION => {
                    joined.extend_from_slice(value)
                }
                Some(_) => {}
                None => self.values.push((code, value.to_vec())),
            }
        }
        // No end option: the packet was cut.
        self.is_damaged = true;
    }

    fn value(&self, code: u8) -> Option<&[u8]> {
        self.values.iter().find(|(known, _)| *known == code).map(|(_, value)| &value[..])
    }

    fn number(&mut self, code: u8) -> Option<u32> {
        let value = self.value(code)?;
        match <[u8; 4]>::try_from(value) {
            Ok(bytes) => Some(u32::from_be_bytes(bytes)),
            Err(_) => {
                self.is_damaged = true;
                None
            }
        }
    }

    fn address(&mut self, code: u8) -> Option<Ipv4Addr> {
        self.number(code).and_then(known)
    }

    fn text(&self, code: u8) -> Option<String> {
        // Some clients count a closing NUL.
        let value = self.value(code)?;
        let end = value.iter().position(|&byte| byte == 0).unwrap_or(value.len());
        Some(text(value.get(..end)?, MAX_TEXT)).filter(|text| !text.is_empty())
    }
}

/// Reads the payload of a datagram of port 67 or 68; `None` when it is not DHCP or BOOTP.
pub fn parse(bytes: &[u8]) -> Option<Dhcp> {
    let mut cursor = Cursor::new(bytes);
    let is_request = match cursor.u8()? {
        1 => true,
        2 => false,
        _ => return None,
    };
    let (hardware, hardware_length, _hops) = (cursor.u8()?, cursor.u8()?, cursor.u8()?);
    let transaction = cursor.u32()?;
    let (_secs, _flags) = (cursor.u16()?, cursor.u16()?);
    let [client_address, your_address, _next_server, relay] =
        [cursor.u32()?, cursor.u32()?, cursor.u32()?, cursor.u32()?].map(known);
    let hardware_address = cursor.array::<16>()?;
    let (server_name, file) = (cursor.take(64)?, cursor.take(128)?);
    // The magic cookie (RFC 2131 section 3).
    if cursor.array()? != [99, 130, 83, 99] {
        return None;
    }
    let mut options = Options::default();
    options.read(cursor.rest());
    // Option 52: the fields for file and server name hold options too (RFC 2132 section 9.3).
    let overload = options.value(52).and_then(|value| value.first()).copied().unwrap_or_default();
    if overload & 1 != 0 {
        options.read(file);
    }
    if overload & 2 != 0 {
        options.read(server_name);
    }
    let client_mac = hardware_address
        .first_chunk()
        .copied()
        .filter(|mac: &Mac| hardware == 1 && hardware_length == 6 && *mac != [0; 6]);
    Some(Dhcp {
        is_request,
        message_type: options.value(53).and_then(message_type),
        transaction,
        client_mac,
        client_address,
        your_address,
        relay,
        host_name: options.text(12),
        requested: options.address(50),
        lease_secs: options.number(51),
        server: options.address(54),
        parameters: options.value(55).unwrap_or_default().iter().copied().take(255).collect(),
        vendor_class: options.text(60),
        client_id: options.value(61).unwrap_or_default().iter().copied().take(MAX_CLIENT_ID).collect(),
        full_name: options.value(81).and_then(full_name),
        is_damaged: options.is_damaged,
    })
}

fn known(address: u32) -> Option<Ipv4Addr> {
    (address != 0).then(|| address.into())
}

fn message_type(value: &[u8]) -> Option<MessageType> {
    Some(match value {
        [1] => MessageType::Discover,
        [2] => MessageType::Offer,
        [3] => MessageType::Request,
        [4] => MessageType::Decline,
        [5] => MessageType::Ack,
        [6] => MessageType::Nak,
        [7] => MessageType::Release,
        [8] => MessageType::Inform,
        _ => return None,
    })
}

/// Option 81 (RFC 4702 section 2): flags, two obsolete bytes, the name in DNS form (bit E) or as text.
fn full_name(value: &[u8]) -> Option<String> {
    let (flags, name) = (value.first()?, value.get(3..)?);
    match flags & 4 != 0 {
        true => partial_name(name),
        false => Some(text(name, MAX_TEXT)).filter(|name| !name.is_empty()),
    }
}

/// A name in DNS form that may lack its final root label: then it is not fully qualified.
pub(super) fn partial_name(bytes: &[u8]) -> Option<String> {
    // No pointers in options: there is no message to point into.
    let mut with_root = bytes.get(..bytes.len().min(name::MAX_WIRE))?.to_vec();
    with_root.push(0);
    let (name, _) = name::read(&with_root, 0)?;
    (name != ".").then_some(name)
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    if let Some(dhcp) = parse(data) {
        assert!(dhcp.parameters.len() <= 255 && dhcp.client_id.len() <= MAX_CLIENT_ID);
        assert!(dhcp.host_name.is_none_or(|name| name.chars().count() <= MAX_TEXT));
    }
    // The fuzzer need not find the cookie to reach the options.
    let mut options = Options::default();
    options.read(data);
    assert!(options.values.len() <= Options::WANTED.len());
    assert!(options.values.iter().all(|(_, value)| value.len() <= MAX_OPTION));
    let _ = full_name(data);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    const MAC: Mac = [2, 0, 0, 0, 0, 9];

    fn packet(operation: u8, your_address: [u8; 4], options: &[u8]) -> Vec<u8> {
        let mut packet = vec![operation, 1, 6, 0, 0xde, 0xad, 0xbe, 0xef, 0, 0, 0, 0];
        packet.extend([0; 4]);
        packet.extend(your_address);
        packet.extend([0; 8]);
        packet.extend(MAC);
        packet.extend([0; 10 + 64 + 128]);
        packet.extend([99, 130, 83, 99]);
        packet.extend(options);
        packet
    }

    #[test]
    fn a_request_names_the_client_and_proves_no_address() {
        let options = b"\x35\x01\x03\x0c\x06pc-12\x00\x32\x04\xc0\x00\x02\x0c\x3c\x08MSFT 5.0\
            \x37\x04\x01\x03\x06\x0f\x3d\x07\x01\x02\x00\x00\x00\x00\x09\
            \x51\x17\x04\x00\x00\x05PC-12\x04corp\x07example\x00\x00\xff";
        let dhcp = parse(&packet(1, [0; 4], options)).unwrap();
        assert_eq!((dhcp.is_request, dhcp.message_type), (true, Some(MessageType::Request)));
        assert_eq!((dhcp.host_name.as_deref(), dhcp.client_mac), (Some("pc-12"), Some(MAC)));
        assert_eq!(dhcp.requested, Some([192, 0, 2, 12].into()));
        assert_eq!(
            (dhcp.vendor_class.as_deref(), &dhcp.parameters[..]),
            (Some("MSFT 5.0"), &[1, 3, 6, 15][..])
        );
        assert_eq!(dhcp.client_id_mac(), Some(MAC));
        assert_eq!(dhcp.full_name.as_deref(), Some("pc-12.corp.example"));
        assert_eq!((dhcp.confirmed(), dhcp.is_damaged), (None, false));
    }

    #[test]
    fn an_acknowledgement_proves_the_address() {
        let options = b"\x35\x01\x05\x36\x04\xc0\x00\x02\x01\x33\x04\x00\x00\x0e\x10\xff";
        let dhcp = parse(&packet(2, [192, 0, 2, 12], options)).unwrap();
        assert_eq!(dhcp.confirmed(), Some([192, 0, 2, 12].into()));
        assert_eq!((dhcp.lease_secs, dhcp.server), (Some(3600), Some([192, 0, 2, 1].into())));
        let offer = parse(&packet(2, [192, 0, 2, 12], b"\x35\x01\x02\xff")).unwrap();
        assert_eq!(offer.confirmed(), None, "an offer is not a lease");
    }

    #[test]
    fn overloaded_fields_and_split_options_are_read() {
        let mut packet = packet(1, [0; 4], b"\x34\x01\x03\x0c\x03pc-\xff");
        packet[108..114].copy_from_slice(b"\x0c\x0212\xff\x00");
        packet[44..49].copy_from_slice(b"\x3c\x02ud\xff");
        let dhcp = parse(&packet).unwrap();
        assert_eq!((dhcp.host_name.as_deref(), dhcp.vendor_class.as_deref()), (Some("pc-12"), Some("ud")));
    }

    #[test]
    fn a_cut_packet_keeps_the_options_before_the_cut() {
        let dhcp = parse(&packet(1, [0; 4], b"\x35\x01\x01\x0c\x09pc")).unwrap();
        assert_eq!(
            (dhcp.message_type, dhcp.host_name, dhcp.is_damaged),
            (Some(MessageType::Discover), None, true)
        );
        assert_eq!(parse(&packet(1, [0; 4], b"")[..239]), None);
        let wrong_length = parse(&packet(1, [0; 4], b"\x32\x02\xc0\x00\xff")).unwrap();
        assert_eq!((wrong_length.requested, wrong_length.is_damaged), (None, true));
    }
}
