//! IPv6 neighbour discovery (RFC 4861): which link-layer address belongs to which IPv6 address.
//!
//! The caller must drop packets whose hop limit is not 255: they were forwarded and prove nothing
//! about this link (RFC 4861 section 7.1).

use std::net::Ipv6Addr;

use super::Mac;
use super::cursor::Cursor;

/// How many options of one message are looked at.
const MAX_OPTIONS: usize = 32;

/// The kinds of message (ICMPv6 types 133 to 136).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 133: a host asks for routers.
    RouterSolicitation,
    /// 134: a router announces itself.
    RouterAdvertisement,
    /// 135: who has the target?
    NeighbourSolicitation,
    /// 136: I have the target.
    NeighbourAdvertisement,
}

/// One message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Discovery {
    /// Its kind.
    pub kind: Kind,
    /// The address meant (solicitation, advertisement of a neighbour).
    pub target: Option<Ipv6Addr>,
    /// Option 1: the sender's own MAC.
    pub source_mac: Option<Mac>,
    /// Option 2: the target's MAC.
    pub target_mac: Option<Mac>,
}

impl Discovery {
    /// The address and the MAC that this message ties together, `source` being the IPv6 source address.
    ///
    /// A neighbour advertisement is about its target, everything else about its sender.
    pub fn binding(&self, source: Ipv6Addr) -> Option<(Ipv6Addr, Mac)> {
        let (address, mac) = match self.kind {
            Kind::NeighbourAdvertisement => (self.target?, self.target_mac?),
            _ => (source, self.source_mac?),
        };
        let [first, ..] = mac;
        let impossible =
            address.is_unspecified() || address.is_multicast() || first & 1 == 1 || mac == [0; 6];
        (!impossible).then_some((address, mac))
    }
}

/// Reads an ICMPv6 message from its type byte on; options after a damaged one are ignored.
pub fn parse(bytes: &[u8]) -> Option<Discovery> {
    let mut cursor = Cursor::new(bytes);
    let (kind, code) = (cursor.u8()?, cursor.u8()?);
    // Checksum, then reserved bits, flags, or for routers hop limit, flags and lifetime.
    cursor.take(6)?;
    if code != 0 {
        return None;
    }
    let kind = match kind {
        133 => Kind::RouterSolicitation,
        134 => Kind::RouterAdvertisement,
        135 => Kind::NeighbourSolicitation,
        136 => Kind::NeighbourAdvertisement,
        _ => return None,
    };
    let mut found = Discovery { kind, target: None, source_mac: None, target_mac: None };
    match kind {
        Kind::RouterSolicitation => {}
        Kind::RouterAdvertisement => {
            let _timers = cursor.take(8)?;
        }
        Kind::NeighbourSolicitation | Kind::NeighbourAdvertisement => {
            found.target = Some(cursor.array::<16>()?.into());
        }
    }
    for _ in 0..MAX_OPTIONS {
        let Some((option, body)) = option(&mut cursor) else { break };
        let mac = body.first_chunk().copied();
        match option {
            1 => found.source_mac = mac,
            2 => found.target_mac = mac,
            _ => {}
        }
    }
    Some(found)
}

/// Type, then length in units of eight bytes, counting these two (RFC 4861 section 4.6); zero is invalid.
fn option<'a>(cursor: &mut Cursor<'a>) -> Option<(u8, &'a [u8])> {
    let kind = cursor.u8()?;
    let length = usize::from(cursor.u8()?) * 8;
    Some((kind, cursor.take(length.checked_sub(2)?)?))
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    if let Some(found) = parse(data) {
        let source = Ipv6Addr::LOCALHOST;
        assert!(
            found
                .binding(source)
                .is_none_or(|(address, _)| address == source || Some(address) == found.target)
        );
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    const MAC: Mac = [2, 0, 0, 0, 0, 9];

    fn address(text: &str) -> Ipv6Addr {
        text.parse().unwrap()
    }

    fn neighbour(kind: u8, option: u8) -> Vec<u8> {
        let target = address("fe80::9").octets();
        [&[kind, 0, 0xab, 0xcd, 0x60, 0, 0, 0][..], &target, &[14, 1, 0, 0, 0, 0, 0, 0], &[option, 1], &MAC]
            .concat()
    }

    #[test]
    fn an_advertisement_is_about_the_target_and_a_solicitation_about_the_sender() {
        let sender = address("fe80::1");
        let advertisement = parse(&neighbour(136, 2)).unwrap();
        assert_eq!(advertisement.binding(sender), Some((address("fe80::9"), MAC)));
        let solicitation = parse(&neighbour(135, 1)).unwrap();
        assert_eq!(solicitation.binding(sender), Some((sender, MAC)));
        assert_eq!(solicitation.binding(Ipv6Addr::UNSPECIFIED), None, "duplicate address detection");
        assert_eq!(parse(&neighbour(136, 1)).unwrap().binding(sender), None, "no target option");
    }

    #[test]
    fn routers_name_themselves() {
        let solicitation = [&[133, 0, 0, 0, 0, 0, 0, 0, 1, 1][..], &MAC].concat();
        assert_eq!(parse(&solicitation).unwrap().source_mac, Some(MAC));
        let advertisement = [&[134, 0, 0, 0, 64, 0, 7, 8][..], &[0; 8], &[1, 1], &MAC].concat();
        assert_eq!(
            parse(&advertisement).unwrap().binding(address("fe80::1")),
            Some((address("fe80::1"), MAC))
        );
    }

    #[test]
    fn an_option_of_length_zero_ends_the_walk() {
        let message = [&[133, 0, 0, 0, 0, 0, 0, 0, 5, 0, 1, 1][..], &MAC].concat();
        assert_eq!(parse(&message).unwrap().source_mac, None);
        assert_eq!(parse(&[128, 0, 0, 0, 0, 0, 0, 0]), None, "an echo is not discovery");
    }
}
