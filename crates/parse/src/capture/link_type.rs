//! What the first bytes of a frame are: the link types of the tcpdump.org registry.

/// A link-layer header type, as the capture file announces it for its frames.
///
/// Source: <https://www.tcpdump.org/linktypes.html> and, for 12 and 14, libpcap `pcap/dlt.h`
/// (`DLT_RAW` has these numbers on some systems and old files carry them).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct LinkType(pub u16);

impl LinkType {
    /// BSD loopback: the address family in the byte order of the capturing host.
    pub const NULL: Self = Self(0);
    /// Ethernet II and 802.3.
    pub const ETHERNET: Self = Self(1);
    /// PPP, with or without the HDLC-like `ff 03`.
    pub const PPP: Self = Self(9);
    /// Raw IP (`DLT_RAW` of most systems, written by some tools in place of 101).
    pub const RAW_DLT: Self = Self(12);
    /// Raw IP (`DLT_RAW` of OpenBSD).
    pub const RAW_OPENBSD: Self = Self(14);
    /// PPP in HDLC-like framing (RFC 1662).
    pub const PPP_HDLC: Self = Self(50);
    /// PPPoE session packets (RFC 2516).
    pub const PPP_ETHER: Self = Self(51);
    /// Raw IP: the version nibble says whether 4 or 6.
    pub const RAW: Self = Self(101);
    /// IEEE 802.11 without a radio header.
    pub const IEEE802_11: Self = Self(105);
    /// OpenBSD loopback: the address family in network byte order.
    pub const LOOP: Self = Self(108);
    /// Linux cooked capture, version 1.
    pub const LINUX_SLL: Self = Self(113);
    /// OpenBSD pf log.
    pub const PFLOG: Self = Self(117);
    /// IEEE 802.11 behind a radiotap header.
    pub const IEEE802_11_RADIOTAP: Self = Self(127);
    /// Raw IPv4.
    pub const IPV4: Self = Self(228);
    /// Raw IPv6.
    pub const IPV6: Self = Self(229);
    /// Linux cooked capture, version 2.
    pub const LINUX_SLL2: Self = Self(276);
}
