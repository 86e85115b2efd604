//! Classic capture files (draft-ietf-opsawg-pcap).

use std::io::{self, Write};

use super::{ByteOrder, Precision, kept};
use crate::scene::Scene;

pub(crate) fn write(
    scene: &Scene,
    out: &mut dyn Write,
    order: ByteOrder,
    precision: Precision,
) -> io::Result<()> {
    let first =
        scene.interfaces.first().map_or((1, 0), |interface| (interface.link_type, interface.snap_length));
    if scene.interfaces.iter().any(|interface| (interface.link_type, interface.snap_length) != first) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "pcap holds one link type; write pcapng"));
    }
    let (magic, unit) = match precision {
        Precision::Micro => (0xA1B2_C3D4, 1000),
        Precision::Nano => (0xA1B2_3C4D, 1),
    };
    let snap_length = if first.1 == 0 { 262_144 } else { first.1 };
    out.write_all(&order.four(magic))?;
    out.write_all(&order.two(2))?;
    out.write_all(&order.two(4))?;
    for number in [0, 0, snap_length, u32::from(first.0)] {
        out.write_all(&order.four(number))?;
    }
    for packet in &scene.packets {
        let length = kept(packet.bytes.len(), first.1);
        let fraction = packet.time.0 % 1_000_000_000 / unit;
        for number in
            [packet.time.seconds() as u32, fraction as u32, length as u32, packet.bytes.len() as u32]
        {
            out.write_all(&order.four(number))?;
        }
        out.write_all(&packet.bytes[..length])?;
    }
    Ok(())
}
