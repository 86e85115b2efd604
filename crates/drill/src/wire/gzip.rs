//! gzip without compression: stored blocks (RFC 1951, RFC 1952). Any reader must take them.

/// The bytes as a gzip member.
pub(crate) fn stored(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3];
    let blocks = bytes.chunks(0xFFFF).count().max(1);
    for at in 0..blocks {
        let block = &bytes[at * 0xFFFF..bytes.len().min((at + 1) * 0xFFFF)];
        out.push(u8::from(at + 1 == blocks));
        out.extend_from_slice(&(block.len() as u16).to_le_bytes());
        out.extend_from_slice(&(!(block.len() as u16)).to_le_bytes());
        out.extend_from_slice(block);
    }
    out.extend_from_slice(&crc32(bytes).to_le_bytes());
    out.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
    out
}

/// The CRC of IEEE 802.3 section 3.2.9.
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, &byte| {
        (0..8).fold(
            crc ^ u32::from(byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 },
        )
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn crc_of_the_usual_check_text() {
        // "123456789" gives cbf43926: the check value of CRC-32/ISO-HDLC in the catalogue of CRC algorithms.
        assert_eq!(super::crc32(b"123456789"), 0xCBF4_3926);
    }
}
