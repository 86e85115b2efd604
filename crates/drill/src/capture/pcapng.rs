//! pcapng files (draft-ietf-opsawg-pcapng): section header, interfaces, names, enhanced packets.

use std::io::{self, Write};
use std::net::IpAddr;

use super::{ByteOrder, kept};
use crate::scene::Scene;

/// An option: code, length, value, padding to 4 bytes.
fn option(order: ByteOrder, code: u16, value: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(value.len() + 8);
    bytes.extend_from_slice(&order.two(code));
    bytes.extend_from_slice(&order.two(value.len() as u16));
    bytes.extend_from_slice(value);
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes
}

fn block(out: &mut dyn Write, order: ByteOrder, kind: u32, body: &[u8]) -> io::Result<()> {
    let padding = body.len().next_multiple_of(4) - body.len();
    let total = order.four((body.len() + padding + 12) as u32);
    out.write_all(&order.four(kind))?;
    out.write_all(&total)?;
    out.write_all(body)?;
    out.write_all(&[0; 3][..padding])?;
    out.write_all(&total)
}

pub(crate) fn write(scene: &Scene, out: &mut dyn Write, order: ByteOrder) -> io::Result<()> {
    let mut section = Vec::new();
    section.extend_from_slice(&order.four(0x1A2B_3C4D));
    section.extend_from_slice(&order.two(1));
    section.extend_from_slice(&order.two(0));
    section.extend_from_slice(&[0xFF; 8]); // length not stated
    section.extend_from_slice(&option(order, 4, b"minehound drill")); // shb_userappl
    section.extend_from_slice(&[0; 4]);
    block(out, order, 0x0A0D_0D0A, &section)?;
    for interface in &scene.interfaces {
        let mut body = Vec::new();
        body.extend_from_slice(&order.two(interface.link_type));
        body.extend_from_slice(&order.two(0));
        body.extend_from_slice(&order.four(interface.snap_length));
        body.extend_from_slice(&option(order, 2, interface.name.as_bytes())); // if_name
        body.extend_from_slice(&option(order, 9, &[9])); // if_tsresol: 10^-9 s
        body.extend_from_slice(&[0; 4]);
        block(out, order, 1, &body)?;
    }
    if !scene.names.is_empty() {
        block(out, order, 4, &names(scene, order))?;
    }
    for packet in &scene.packets {
        let snap =
            scene.interfaces.get(packet.interface as usize).map_or(0, |interface| interface.snap_length);
        let length = kept(packet.bytes.len(), snap);
        let mut body = Vec::with_capacity(length + 20);
        for number in [
            packet.interface,
            (packet.time.0 >> 32) as u32,
            packet.time.0 as u32,
            length as u32,
            packet.bytes.len() as u32,
        ] {
            body.extend_from_slice(&order.four(number));
        }
        body.extend_from_slice(&packet.bytes[..length]);
        block(out, order, 6, &body)?;
    }
    Ok(())
}

/// Body of a name-resolution block: records of address and NUL-ended name.
fn names(scene: &Scene, order: ByteOrder) -> Vec<u8> {
    let mut body = Vec::new();
    for (address, name) in &scene.names {
        let (kind, mut value) = match address {
            IpAddr::V4(address) => (1, address.octets().to_vec()),
            IpAddr::V6(address) => (2, address.octets().to_vec()),
        };
        value.extend_from_slice(name.as_bytes());
        value.push(0);
        body.extend_from_slice(&option(order, kind, &value));
    }
    body.extend_from_slice(&[0; 8]); // end of records, end of options
    body
}
