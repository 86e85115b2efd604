//! Link layers: Ethernet with VLAN tags, Linux cooked v1 and v2, raw IP, BSD null and loopback, PPP, 802.11; ARP.
//!
//! Sources: IEEE 802.3 and 802.1Q; www.tcpdump.org/linktypes and its pages LINKTYPE_LINUX_SLL,
//! LINKTYPE_LINUX_SLL2, LINKTYPE_NULL, LINKTYPE_LOOP; RFC 826 for ARP.

use std::net::Ipv4Addr;

use super::{tunnel, wireless};

/// A hardware address.
pub type Mac = [u8; 6];

/// The link layer of a capturing interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// Ethernet, with these VLAN ids from the outermost in (two of them: 802.1ad outside 802.1Q).
    Ethernet(Vec<u16>),
    /// Linux cooked capture v1 (`tcpdump -i any` of old).
    Cooked1,
    /// Linux cooked capture v2.
    Cooked2,
    /// Bare IP packets.
    Raw,
    /// BSD loopback, address family in the byte order of a little-endian machine.
    Null,
    /// OpenBSD loopback, address family in network order.
    Loop,
    /// PPP: one side compresses its header fields.
    Ppp,
    /// PPP in HDLC-like framing.
    PppHdlc,
    /// PPPoE sessions without Ethernet.
    PppEther,
    /// 802.11 data frames.
    Wireless,
    /// 802.11 behind a radiotap header, with padding and frame check sequence.
    Radiotap,
}

impl Link {
    /// The number of the link type in pcap and pcapng files.
    pub fn number(&self) -> u16 {
        match self {
            Self::Ethernet(_) => 1,
            Self::Cooked1 => 113,
            Self::Cooked2 => 276,
            Self::Raw => 101,
            Self::Null => 0,
            Self::Loop => 108,
            Self::Ppp => 9,
            Self::PppHdlc => 50,
            Self::PppEther => 51,
            Self::Wireless => 105,
            Self::Radiotap => 127,
        }
    }

    /// One frame around a network-layer packet of this EtherType.
    pub(crate) fn frame(&self, from: Mac, to: Mac, ethertype: u16, packet: &[u8]) -> Vec<u8> {
        let mut frame = Vec::with_capacity(packet.len() + 24);
        let family: u32 = if ethertype == 0x86DD { 30 } else { 2 }; // AF_INET6 of macOS, AF_INET
        match self {
            Self::Ethernet(vlans) => {
                frame.extend_from_slice(&to);
                frame.extend_from_slice(&from);
                for (depth, vlan) in vlans.iter().enumerate() {
                    let tag: u16 = if depth + 1 < vlans.len() { 0x88A8 } else { 0x8100 };
                    frame.extend_from_slice(&tag.to_be_bytes());
                    frame.extend_from_slice(&(vlan & 0x0FFF).to_be_bytes());
                }
                frame.extend_from_slice(&ethertype.to_be_bytes());
            }
            Self::Cooked1 => {
                // packet type 0 (to us), ARPHRD_ETHER, address length 6, address, protocol
                frame.extend_from_slice(&[0, 0, 0, 1, 0, 6]);
                frame.extend_from_slice(&from);
                frame.extend_from_slice(&[0, 0]);
                frame.extend_from_slice(&ethertype.to_be_bytes());
            }
            Self::Cooked2 => {
                // protocol, reserved, interface index 2, ARPHRD_ETHER, packet type, address length, address
                frame.extend_from_slice(&ethertype.to_be_bytes());
                frame.extend_from_slice(&[0, 0, 0, 0, 0, 2, 0, 1, 0, 6]);
                frame.extend_from_slice(&from);
                frame.extend_from_slice(&[0, 0]);
            }
            Self::Raw => {}
            Self::Null => frame.extend_from_slice(&family.to_le_bytes()),
            Self::Loop => frame.extend_from_slice(&family.to_be_bytes()),
            Self::Ppp => frame.extend(tunnel::ppp_header(ethertype, from > to, from > to)),
            Self::PppHdlc => frame.extend(tunnel::ppp_header(ethertype, true, false)),
            Self::PppEther => return tunnel::pppoe(ethertype, packet),
            Self::Wireless => return wireless::frame(from, to, ethertype, packet),
            Self::Radiotap => return wireless::heard(from, to, ethertype, packet),
        }
        frame.extend_from_slice(packet);
        frame
    }
}

/// An ARP message: who has `to`, tell `from`; or the answer to it.
pub(crate) fn arp(reply: bool, from: (Mac, Ipv4Addr), to: (Mac, Ipv4Addr)) -> Vec<u8> {
    let mut message = vec![0, 1, 8, 0, 6, 4, 0, if reply { 2 } else { 1 }];
    message.extend_from_slice(&from.0);
    message.extend_from_slice(&from.1.octets());
    message.extend_from_slice(if reply { &to.0 } else { &[0; 6] });
    message.extend_from_slice(&to.1.octets());
    message
}
