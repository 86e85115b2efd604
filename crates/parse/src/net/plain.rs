//! The usual frame, read in one go: Ethernet without tags, IPv4 without options, TCP or UDP, captured whole.
//!
//! It says nothing that [`super::decode`] would not say; it only says it sooner. Nine packets in ten of ordinary
//! captures are such frames, and decoding is done once for every packet.

use super::packet::{Address, Header, Packet, TCP, TcpFlags, UDP};
use super::tunnel;
use crate::capture::LinkType;

/// Ethernet's header (IEEE 802.3), IPv4's without options (RFC 791), and the ports.
const HEADERS: usize = 14 + 20 + 8;

/// The packet of a usual frame; nothing for every other frame, which [`super::decode`] must read.
#[inline(always)]
#[must_use]
pub fn plain(link: LinkType, frame: &[u8]) -> Option<Packet> {
    let head = frame.first_chunk::<HEADERS>()?;
    let fragment = u16::from_be_bytes([head[20], head[21]]) & 0x3fff;
    if link != LinkType::ETHERNET || [head[12], head[13], head[14]] != [0x08, 0x00, 0x45] || fragment != 0 {
        return None;
    }
    let stated = usize::from(u16::from_be_bytes([head[16], head[17]])).checked_sub(20)?;
    let payload = frame.get(34..34 + stated)?;
    let ports = (u16::from_be_bytes([head[34], head[35]]), u16::from_be_bytes([head[36], head[37]]));
    let (source_port, destination_port) = ports;
    let header = match head[23] {
        TCP => {
            let tcp = payload.first_chunk::<20>()?;
            let size = usize::from(tcp[12] >> 4) * 4;
            if size < 20 || size > stated {
                return None;
            }
            Header {
                source_port,
                destination_port,
                sequence: u32::from_be_bytes([tcp[4], tcp[5], tcp[6], tcp[7]]),
                acknowledgement: u32::from_be_bytes([tcp[8], tcp[9], tcp[10], tcp[11]]),
                flags: TcpFlags(tcp[13]),
                size,
            }
        }
        UDP if stated >= 8 => Header { source_port, destination_port, size: 8, ..Header::default() },
        _ => return None,
    };
    let mac = [head[6], head[7], head[8], head[9], head[10], head[11]];
    let packet = Packet {
        source: Address::v4([head[26], head[27], head[28], head[29]]),
        destination: Address::v4([head[30], head[31], head[32], head[33]]),
        protocol: head[23],
        header,
        at: 34 + header.size,
        len: stated - header.size,
        stated: stated - header.size,
        // A group address or all zeroes sends nothing.
        mac: (mac[0] & 1 == 0 && mac != [0; 6]).then_some(mac),
        vlan: 0,
        not_opened: None,
    };
    (!tunnel::may_carry(&packet)).then_some(packet)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]

    use super::*;
    use crate::net::{Decoded, decode};
    use proptest::prelude::*;

    fn frame(protocol: u8, stated: u16, payload: &[u8]) -> Vec<u8> {
        let mut frame = vec![2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0, 0x45, 0];
        frame.extend((stated + 20).to_be_bytes());
        frame.extend([0, 0, 0, 0, 64, protocol, 0, 0, 10, 0, 0, 1, 198, 51, 100, 9]);
        frame.extend(payload);
        frame
    }

    proptest! {
        /// Frames of nearly the usual form, with any byte of the headers wrong: what is read here is what the general
        /// decoder reads.
        #[test]
        fn agrees_with_the_general_decoder(
            udp: bool,
            stated in 0u16..80,
            mut payload in proptest::collection::vec(any::<u8>(), 0..80),
            wrong in proptest::option::of((0usize..60, any::<u8>())),
        ) {
            if let Some(offset) = payload.get_mut(12) {
                *offset |= 0x50;
            }
            let mut frame = frame(if udp { UDP } else { TCP }, stated, &payload);
            if let Some((at, byte)) = wrong && let Some(place) = frame.get_mut(at) {
                *place = byte;
            }
            if let Some(packet) = plain(LinkType::ETHERNET, &frame) {
                prop_assert_eq!(decode(LinkType::ETHERNET, &frame), Decoded::Packet(packet));
            }
        }
    }

    /// The usual frame is read here, or there would be no use in it; a fragment, an option, a tunnel's port and a cut
    /// frame are not.
    #[test]
    fn reads_the_usual_frame_only() {
        let mut tcp = vec![0u8; 21];
        tcp[12] = 0x50;
        let usual = frame(TCP, 21, &tcp);
        assert_eq!(plain(LinkType::ETHERNET, &usual).unwrap().len, 1);
        assert!(plain(LinkType::RAW, &usual).is_none());
        assert!(plain(LinkType::ETHERNET, &usual[..54]).is_none(), "cut");
        for (at, byte) in [(14, 0x46), (20, 0x20), (12, 0x86)] {
            let mut other = usual.clone();
            other[at] = byte;
            assert!(plain(LinkType::ETHERNET, &other).is_none(), "byte {at}");
        }
        let mut vxlan = vec![0u8; 20];
        vxlan[2..4].copy_from_slice(&4789u16.to_be_bytes());
        assert!(plain(LinkType::ETHERNET, &frame(UDP, 20, &vxlan)).is_none());
    }
}
