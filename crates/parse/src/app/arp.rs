//! ARP (RFC 826) for IPv4 over Ethernet: which MAC says it has which address.
//!
//! Trap: a router with proxy ARP answers for others, so one MAC may honestly claim many addresses.

use std::net::Ipv4Addr;

use super::Mac;
use super::cursor::Cursor;

/// Request or reply (RFC 826, `ares_op$request` and `ares_op$reply`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Who has the target address?
    Request,
    /// I have the sender address.
    Reply,
}

/// One ARP packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arp {
    /// Request or reply.
    pub operation: Operation,
    /// The MAC that the sender says is its own.
    pub sender_mac: Mac,
    /// The address that the sender says is its own; 0.0.0.0 in a probe (RFC 5227).
    pub sender: Ipv4Addr,
    /// The MAC meant; zero in a request.
    pub target_mac: Mac,
    /// The address meant.
    pub target: Ipv4Addr,
}

impl Arp {
    /// An announcement: the sender tells everybody its own address (RFC 5227 section 2.3).
    pub fn is_gratuitous(&self) -> bool {
        self.sender == self.target && !self.sender.is_unspecified()
    }

    /// The address and the MAC that the sender ties together; none for a probe or impossible values.
    pub fn binding(&self) -> Option<(Ipv4Addr, Mac)> {
        let [first, ..] = self.sender_mac;
        let impossible_mac = first & 1 == 1 || self.sender_mac == [0; 6];
        let impossible =
            self.sender.is_unspecified() || self.sender.is_multicast() || self.sender.is_broadcast();
        (!impossible_mac && !impossible).then_some((self.sender, self.sender_mac))
    }
}

/// Reads what follows the Ethernet header of a frame of type 0x0806; padding after it is ignored.
pub fn parse(bytes: &[u8]) -> Option<Arp> {
    let mut cursor = Cursor::new(bytes);
    // Ethernet, IPv4, six and four bytes.
    if cursor.array()? != [0, 1, 8, 0, 6, 4] {
        return None;
    }
    let operation = match cursor.u16()? {
        1 => Operation::Request,
        2 => Operation::Reply,
        _ => return None,
    };
    Some(Arp {
        operation,
        sender_mac: cursor.array()?,
        sender: cursor.u32()?.into(),
        target_mac: cursor.array()?,
        target: cursor.u32()?.into(),
    })
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    if let Some(arp) = parse(data) {
        assert!(data.len() >= 28);
        assert!(arp.binding().is_none_or(|(address, _)| address == arp.sender));
        assert!(!(arp.is_gratuitous() && arp.sender.is_unspecified()));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    const MAC: Mac = [2, 0, 0, 0, 0, 9];

    fn packet(operation: u8, sender: [u8; 4], target: [u8; 4]) -> Vec<u8> {
        [&[0, 1, 8, 0, 6, 4, 0, operation][..], &MAC, &sender, &[0; 6], &target, &[0; 18]].concat()
    }

    #[test]
    fn request_and_announcement_bind_the_sender() {
        let request = parse(&packet(1, [192, 0, 2, 9], [192, 0, 2, 1])).unwrap();
        assert_eq!(request.binding(), Some(([192, 0, 2, 9].into(), MAC)));
        assert!(!request.is_gratuitous());
        assert!(parse(&packet(2, [192, 0, 2, 9], [192, 0, 2, 9])).unwrap().is_gratuitous());
    }

    #[test]
    fn a_probe_binds_nothing_and_a_cut_packet_is_none() {
        let probe = parse(&packet(1, [0; 4], [192, 0, 2, 9])).unwrap();
        assert_eq!((probe.binding(), probe.is_gratuitous()), (None, false));
        let request = packet(1, [192, 0, 2, 9], [192, 0, 2, 1]);
        assert!(parse(&request[..28]).is_some());
        assert_eq!(parse(&request[..27]), None);
        assert_eq!(
            parse(&packet(3, [192, 0, 2, 9], [192, 0, 2, 1])),
            None,
            "reverse ARP is another protocol"
        );
    }
}
