//! IEEE 802.11 data frames with quality of service, and the radiotap header of a monitoring interface.
//!
//! Sources: IEEE 802.11-2020 section 9.3.2; radiotap.org, fields TSFT and Flags; RFC 1042 for LLC/SNAP.

use super::Mac;
use super::gzip::crc32;

/// The access point.
const BSSID: Mac = [0x02, 0x00, 0x5E, 0x30, 0x00, 0x01];

/// A frame from a station to the access point, or from it to the station: the station has the higher address here.
pub(super) fn frame(from: Mac, to: Mac, ethertype: u16, packet: &[u8]) -> Vec<u8> {
    let mut frame = header(from, to);
    logical_link(&mut frame, ethertype, packet);
    frame
}

/// The same as a monitoring interface hears it: the header padded to 4 bytes, the check sequence at the end.
pub(super) fn heard(from: Mac, to: Mac, ethertype: u16, packet: &[u8]) -> Vec<u8> {
    // version, length 17, present: TSFT and flags; TSFT at 8; flags: padded header, check sequence included
    let mut heard = vec![0, 0, 17, 0, 0x03, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0x30];
    let mut frame = header(from, to);
    frame.extend_from_slice(&[0, 0]);
    logical_link(&mut frame, ethertype, packet);
    let check = crc32(&frame).to_le_bytes();
    heard.extend_from_slice(&frame);
    heard.extend_from_slice(&check);
    heard
}

fn header(from: Mac, to: Mac) -> Vec<u8> {
    let is_station = from > to;
    let addresses = if is_station { [BSSID, from, to] } else { [to, BSSID, from] };
    // data with quality of service; to or from the distribution system; duration
    let mut frame = vec![0x88, if is_station { 0x01 } else { 0x02 }, 0x2C, 0];
    frame.extend_from_slice(&addresses.concat());
    frame.extend_from_slice(&[0x10, 0, 0, 0]); // sequence number 1, no fragment; priority 0
    frame
}

fn logical_link(frame: &mut Vec<u8>, ethertype: u16, packet: &[u8]) {
    frame.extend_from_slice(&[0xAA, 0xAA, 0x03, 0, 0, 0]);
    frame.extend_from_slice(&ethertype.to_be_bytes());
    frame.extend_from_slice(packet);
}
