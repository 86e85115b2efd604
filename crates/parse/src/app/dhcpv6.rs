//! DHCP for IPv6 (RFC 8415): addresses, the client's DUID with the MAC in it, and its name.

use std::net::Ipv6Addr;

use super::Mac;
use super::cursor::{Cursor, text};
use super::dhcp::partial_name;

/// How many relays a message may have passed (RFC 8415 section 7.6: HOP_COUNT_LIMIT is 8).
const MAX_RELAYS: usize = 8;

/// How many options of one level are looked at.
const MAX_OPTIONS: usize = 128;

/// How many addresses of one message are kept.
const MAX_ADDRESSES: usize = 32;

/// Longest DUID (RFC 8415 section 11.1), type included.
const MAX_DUID: usize = 130;

/// What a message does (RFC 8415 section 7.3); others are not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MessageType {
    /// 1: looks for servers.
    Solicit,
    /// 2: a server offers.
    Advertise,
    /// 3: asks for addresses.
    Request,
    /// 4: still right on this link?
    Confirm,
    /// 5: wants to keep its addresses.
    Renew,
    /// 6: the same, of any server.
    Rebind,
    /// 7: the server answers: **addresses in it are lent**.
    Reply,
    /// 8: gives addresses back.
    Release,
    /// 9: the address is taken.
    Decline,
    /// 11: asks for the rest.
    InformationRequest,
}

/// One message, taken out of the relays around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dhcpv6 {
    /// What it does.
    pub message_type: MessageType,
    /// Ties answers to requests (24 bits).
    pub transaction: u32,
    /// Option 1, at most 130 bytes; says who the client is, for years.
    pub client_duid: Vec<u8>,
    /// Options 3 and 4: addresses with a valid lifetime that is not zero; at most 32.
    pub addresses: Vec<Ipv6Addr>,
    /// Option 39 (RFC 4704), lower-case.
    pub full_name: Option<String>,
    /// Option 16: the vendor's class, at most 255 characters.
    pub vendor_class: Option<String>,
    /// The client's link-local address as the relay nearest to it saw it.
    pub peer: Option<Ipv6Addr>,
    /// How many relays are around it.
    pub relays: u8,
    /// Options end in the middle of one.
    pub is_damaged: bool,
}

impl Dhcpv6 {
    /// The Ethernet address in a DUID of type 1 (LLT) or 3 (LL) (RFC 8415 section 11).
    ///
    /// Trap: it is that of *one* of the machine's interfaces, when the DUID was made.
    pub fn client_mac(&self) -> Option<Mac> {
        let mut cursor = Cursor::new(&self.client_duid);
        let kind = cursor.u16()?;
        let hardware = cursor.u16()?;
        if kind == 1 {
            let _time = cursor.u32()?;
        }
        let mac: Mac = cursor.rest().try_into().ok()?;
        (matches!(kind, 1 | 3) && hardware == 1 && mac != [0; 6]).then_some(mac)
    }

    /// The addresses that a server has just lent.
    pub fn confirmed(&self) -> &[Ipv6Addr] {
        match self.message_type {
            MessageType::Reply => &self.addresses,
            _ => &[],
        }
    }
}

/// Reads the payload of a datagram of port 546 or 547; `None` when it is no message of a client or server.
pub fn parse(bytes: &[u8]) -> Option<Dhcpv6> {
    let mut message = bytes;
    let mut peer = None;
    for relays in 0..=MAX_RELAYS {
        let mut cursor = Cursor::new(message);
        let kind = cursor.u8()?;
        // 12 and 13: relayed; hop count, link address, peer address, and the message in option 9.
        if !matches!(kind, 12 | 13) {
            let mut read = client_server(kind, cursor)?;
            read.peer = peer;
            read.relays = u8::try_from(relays).unwrap_or(u8::MAX);
            return Some(read);
        }
        let (_hops, _link) = (cursor.u8()?, cursor.take(16)?);
        peer = Some(Ipv6Addr::from(cursor.array::<16>()?));
        message = options(cursor.rest()).find_map(|(code, value)| (code == 9).then_some(value))?;
    }
    None
}

fn client_server(kind: u8, mut cursor: Cursor<'_>) -> Option<Dhcpv6> {
    let message_type = match kind {
        1 => MessageType::Solicit,
        2 => MessageType::Advertise,
        3 => MessageType::Request,
        4 => MessageType::Confirm,
        5 => MessageType::Renew,
        6 => MessageType::Rebind,
        7 => MessageType::Reply,
        8 => MessageType::Release,
        9 => MessageType::Decline,
        11 => MessageType::InformationRequest,
        _ => return None,
    };
    let mut found = Dhcpv6 {
        message_type,
        transaction: u32::try_from(cursor.u24()?).unwrap_or_default(),
        client_duid: Vec::new(),
        addresses: Vec::new(),
        full_name: None,
        vendor_class: None,
        peer: None,
        relays: 0,
        is_damaged: false,
    };
    let mut walk = options(cursor.rest());
    for (code, value) in walk.by_ref() {
        match code {
            1 => found.client_duid = value.iter().copied().take(MAX_DUID).collect(),
            // IA_NA has identifier and two times before its options, IA_TA only the identifier.
            3 => lent(value.get(12..).unwrap_or_default(), &mut found.addresses),
            4 => lent(value.get(4..).unwrap_or_default(), &mut found.addresses),
            // Enterprise number, then length and text (RFC 8415 section 21.16).
            16 => found.vendor_class = value.get(6..).map(|class| text(class, 255)),
            39 => found.full_name = value.get(1..).and_then(partial_name),
            _ => {}
        }
    }
    found.is_damaged = !walk.cursor.is_empty();
    Some(found)
}

/// Option 5 inside option 3 or 4: address, preferred and valid lifetime.
fn lent(value: &[u8], addresses: &mut Vec<Ipv6Addr>) {
    for (_, value) in options(value).filter(|(code, _)| *code == 5) {
        let mut cursor = Cursor::new(value);
        let Some(address) = cursor.array::<16>() else { continue };
        let valid = cursor.u32().and_then(|_preferred| cursor.u32());
        if addresses.len() < MAX_ADDRESSES && valid.is_some_and(|secs| secs > 0) {
            addresses.push(address.into());
        }
    }
}

fn options(area: &[u8]) -> Options<'_> {
    Options { cursor: Cursor::new(area), left: MAX_OPTIONS }
}

/// Code and value of each option; stops where one is cut.
struct Options<'a> {
    cursor: Cursor<'a>,
    left: usize,
}

impl<'a> Iterator for Options<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let mut ahead = self.cursor.clone();
        let (code, length) = (ahead.u16()?, usize::from(ahead.u16()?));
        let value = ahead.take(length)?;
        self.cursor = ahead;
        Some((code, value))
    }
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    if let Some(found) = parse(data) {
        assert!(found.addresses.len() <= MAX_ADDRESSES && found.client_duid.len() <= MAX_DUID);
        assert!(usize::from(found.relays) <= MAX_RELAYS);
        assert!(found.confirmed().len() <= found.addresses.len());
        let _ = found.client_mac();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    fn option(code: u8, value: &[u8]) -> Vec<u8> {
        [&[0, code, 0, u8::try_from(value.len()).unwrap()], value].concat()
    }

    fn address(text: &str) -> Ipv6Addr {
        text.parse().unwrap()
    }

    fn reply() -> Vec<u8> {
        let lifetimes = [0, 0, 0x0e, 0x10, 0, 0, 0x1c, 0x20];
        let lent = option(5, &[&address("2001:db8::12").octets()[..], &lifetimes].concat());
        let expired = option(5, &[&address("2001:db8::13").octets()[..], &[0; 8]].concat());
        let identity = option(3, &[&[0; 12][..], &lent, &expired].concat());
        let duid = option(1, &[0, 1, 0, 1, 0x2a, 0, 0, 0, 2, 0, 0, 0, 0, 9]);
        let name = option(39, b"\x00\x05PC-12\x07example\x00");
        [&[7, 0xab, 0xcd, 0xef][..], &duid, &identity, &name].concat()
    }

    #[test]
    fn a_reply_lends_addresses_to_a_mac_and_a_name() {
        let found = parse(&reply()).unwrap();
        assert_eq!((found.message_type, found.transaction), (MessageType::Reply, 0xabcdef));
        assert_eq!(
            found.confirmed(),
            [address("2001:db8::12")],
            "a valid lifetime of 0 takes an address back"
        );
        assert_eq!(found.client_mac(), Some([2, 0, 0, 0, 0, 9]));
        assert_eq!(found.full_name.as_deref(), Some("pc-12.example"));
        assert!(!found.is_damaged);
    }

    #[test]
    fn relays_are_taken_off_up_to_eight() {
        let peer = address("fe80::9").octets();
        let mut message = reply();
        for _ in 0..8 {
            message = [&[13, 0][..], &[0; 16], &peer, &[0, 9, 0, 0], &message].concat();
            let length = u16::try_from(message.len() - 38).unwrap();
            message[36..38].copy_from_slice(&length.to_be_bytes());
        }
        let found = parse(&message).unwrap();
        assert_eq!((found.relays, found.peer), (8, Some(address("fe80::9"))));
        let length = u16::try_from(message.len()).unwrap().to_be_bytes();
        let ninth = [&[13, 0][..], &[0; 16], &peer, &[0, 9], &length, &message].concat();
        assert_eq!(parse(&ninth), None);
    }

    #[test]
    fn every_cut_is_survived_and_noticed() {
        let message = reply();
        for end in 4..message.len() {
            let whole_options = [4, 22, message.len() - 20];
            let found = parse(&message[..end]).unwrap();
            assert_eq!(found.is_damaged, !whole_options.contains(&end), "{end}");
        }
        assert_eq!(parse(&message[..3]), None);
        assert_eq!(parse(&[10, 0, 0, 0]), None, "a reconfigure says nothing about the client");
    }

    #[test]
    fn an_identifier_of_another_kind_has_no_mac() {
        for duid in
            [&b"\x00\x02\x00\x00\x00\x09abcdef"[..], b"\x00\x03\x00\x01\x02\x00", b"\x00\x03\x00\x06abcdef"]
        {
            let message = [&[1, 0, 0, 1][..], &option(1, duid)].concat();
            assert_eq!(parse(&message).unwrap().client_mac(), None);
        }
    }
}
