//! Writes captures: pcapng, one interface for each link type, times in nanoseconds.
//!
//! Source: draft-ietf-opsawg-pcapng, sections 4.1 (section header), 4.2 (interface description), 4.3 (enhanced
//! packet) and 4.4 (name resolution). Little-endian throughout.

use model::Time;
use parse::capture::LinkType;
use std::io::{self, Write};
use std::net::IpAddr;

const SECTION: u32 = 0x0a0d_0d0a;
const INTERFACE: u32 = 1;
const NAMES: u32 = 4;
const PACKET: u32 = 6;
/// `if_tsresol`: a power of ten.
const RESOLUTION: u16 = 9;

/// A capture being written.
pub(super) struct Pcapng<'a> {
    out: &'a mut dyn Write,
    interfaces: Vec<LinkType>,
    /// The block in the making, kept for its allocation.
    body: Vec<u8>,
}

impl<'a> Pcapng<'a> {
    /// Writes the section header.
    pub(super) fn begin(out: &'a mut dyn Write) -> io::Result<Pcapng<'a>> {
        let mut capture = Pcapng { out, interfaces: Vec::new(), body: Vec::new() };
        // Byte-order magic, version 1.0, and a section of unknown length.
        capture.words(&[0x1a2b_3c4d, 1, u32::MAX, u32::MAX]);
        capture.block(SECTION)?;
        Ok(capture)
    }

    /// Writes a packet, and before the first of its link type the interface.
    pub(super) fn packet(
        &mut self,
        link: LinkType,
        time: Time,
        bytes: &[u8],
        original_len: u32,
    ) -> io::Result<()> {
        let known = self.interfaces.iter().position(|one| *one == link);
        let interface = match known {
            Some(interface) => interface,
            None => {
                self.interface(link)?;
                self.interfaces.len() - 1
            }
        };
        // Times before 1970 have no place in the format.
        let nanos = u64::try_from(time.nanos()).unwrap_or(0);
        let (high, low) = ((nanos >> 32) as u32, nanos as u32);
        let len = fitting(bytes.len())?;
        self.words(&[fitting(interface)?, high, low, len, original_len.max(len)]);
        self.body.extend_from_slice(bytes);
        self.block(PACKET)
    }

    /// Writes names of addresses: those that the capturing program had written down.
    pub(super) fn names<'n>(&mut self, names: impl Iterator<Item = (IpAddr, &'n str)>) -> io::Result<()> {
        let mut any = false;
        for (address, name) in names {
            let (kind, address) = match address {
                IpAddr::V4(address) => (1, address.octets().to_vec()),
                IpAddr::V6(address) => (2, address.octets().to_vec()),
            };
            let Ok(len) = u16::try_from(address.len() + name.len() + 1) else { continue };
            self.halves(&[kind, len]);
            self.body.extend_from_slice(&address);
            self.body.extend_from_slice(name.as_bytes());
            self.body.push(0);
            self.pad();
            any = true;
        }
        if !any {
            return Ok(());
        }
        self.halves(&[0, 0]);
        self.block(NAMES)
    }

    /// Everything is written.
    pub(super) fn finish(self) -> io::Result<()> {
        self.out.flush()
    }

    fn interface(&mut self, link: LinkType) -> io::Result<()> {
        self.interfaces.push(link);
        // Link type, reserved, no snap length; then the resolution of times and the end of options.
        self.halves(&[link.0, 0, 0, 0, RESOLUTION, 1]);
        self.body.extend_from_slice(&[9, 0, 0, 0]);
        self.halves(&[0, 0]);
        self.block(INTERFACE)
    }

    fn words(&mut self, words: &[u32]) {
        words.iter().for_each(|word| self.body.extend_from_slice(&word.to_le_bytes()));
    }

    fn halves(&mut self, halves: &[u16]) {
        halves.iter().for_each(|half| self.body.extend_from_slice(&half.to_le_bytes()));
    }

    fn pad(&mut self) {
        self.body.resize(self.body.len().next_multiple_of(4), 0);
    }

    /// Writes the body as a block: its length stands before and behind it.
    fn block(&mut self, kind: u32) -> io::Result<()> {
        self.pad();
        let total = fitting(self.body.len() + 12)?.to_le_bytes();
        for part in [&kind.to_le_bytes()[..], &total, &self.body, &total] {
            self.out.write_all(part)?;
        }
        self.body.clear();
        Ok(())
    }
}

fn fitting(number: usize) -> io::Result<u32> {
    u32::try_from(number).map_err(|_| io::ErrorKind::InvalidData.into())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    /// The blocks by hand from the draft: lengths are multiples of 4 and stand twice; the second packet of a link
    /// type needs no second interface.
    #[test]
    fn blocks_are_as_the_draft_draws_them() {
        let mut out = Vec::new();
        let mut capture = Pcapng::begin(&mut out).unwrap();
        let time = Time::from_nanos(0x1_0000_0002);
        capture.packet(LinkType(101), time, &[0x45, 1, 2], 40).unwrap();
        capture.packet(LinkType(101), time, &[], 0).unwrap();
        let name = [("192.0.2.7".parse().unwrap(), "pc")];
        capture.names(name.into_iter()).unwrap();
        capture.finish().unwrap();
        let words: Vec<u32> =
            out.chunks(4).map(|word| u32::from_le_bytes(word.try_into().unwrap())).collect();
        let section = [SECTION, 28, 0x1a2b_3c4d, 1, u32::MAX, u32::MAX, 28];
        let interface = [INTERFACE, 32, 101, 0, 0x0001_0009, 9, 0, 32];
        let first = [PACKET, 36, 0, 1, 2, 3, 40, 0x0002_0145, 36];
        let second = [PACKET, 32, 0, 1, 2, 0, 0, 32];
        let names = [NAMES, 28, 0x0007_0001, 0x0702_00c0, 0x0000_6370, 0, 28];
        let all: Vec<u32> =
            [&section[..], &interface, &first, &second, &names].into_iter().flatten().copied().collect();
        assert_eq!(words, all);
    }
}
