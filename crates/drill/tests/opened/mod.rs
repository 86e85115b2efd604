//! IP packets of a frame, through whatever the drill wraps them in: as plain as can be, for frames that are right.

/// What a layer is.
#[derive(Clone, Copy, PartialEq)]
enum What {
    Ethernet,
    Type(u16),
    Ppp,
}

fn two(bytes: &[u8], at: usize) -> u16 {
    u16::from_be_bytes([bytes[at], bytes[at + 1]])
}

/// The IP packets in a frame, outermost first; none in ARP. Inside fragments nothing is looked for.
pub(crate) fn packets(link_type: u16, frame: &[u8]) -> Vec<&[u8]> {
    let mut found = Vec::new();
    let mut next = match link_type {
        1 => Some((What::Ethernet, frame)),
        113 => Some((What::Type(two(frame, 14)), &frame[16..])),
        276 => Some((What::Type(two(frame, 0)), &frame[20..])),
        101 => Some((What::Type(0x0800), frame)),
        0 | 108 => Some((What::Type(0x0800), &frame[4..])),
        9 | 50 => Some((What::Ppp, frame)),
        51 => Some((What::Type(0x8864), frame)),
        105 => Some((What::Type(two(frame, 32)), &frame[34..])),
        // 17 bytes of radiotap, 26 of header, 2 of padding, 8 of LLC and SNAP; 4 of check sequence
        127 => Some((What::Type(two(frame, 51)), &frame[53..frame.len() - 4])),
        other => panic!("link type {other}"),
    };
    while let Some((what, bytes)) = next {
        next = match what {
            What::Ethernet => {
                let mut at = 12;
                while matches!(two(bytes, at), 0x8100 | 0x88A8) {
                    at += 4;
                }
                Some((What::Type(two(bytes, at)), &bytes[at + 2..]))
            }
            What::Ppp => {
                let bytes = bytes.strip_prefix(&[0xFF, 0x03]).unwrap_or(bytes);
                let bytes = bytes.strip_prefix(&[0]).unwrap_or(bytes);
                Some((What::Type(if bytes[0] == 0x21 { 0x0800 } else { 0x86DD }), &bytes[1..]))
            }
            What::Type(0x8864) => Some((What::Ppp, &bytes[6..6 + usize::from(two(bytes, 4))])),
            // one label and a control word, or two labels
            What::Type(0x8847) if bytes[2] & 1 == 1 => Some((What::Ethernet, &bytes[8..])),
            What::Type(0x8847) => Some((What::Type(0x0800), &bytes[8..])),
            What::Type(0x0800 | 0x86DD) => {
                found.push(bytes);
                inside(bytes)
            }
            What::Type(_) => None,
        };
    }
    found
}

/// What an IP packet carries, if that is a tunnel.
fn inside(packet: &[u8]) -> Option<(What, &[u8])> {
    let (protocol, body) = if packet[0] >> 4 == 4 {
        if two(packet, 6) & 0x3FFF != 0 {
            return None;
        }
        (packet[9], &packet[20..usize::from(two(packet, 2))])
    } else {
        (packet[6], &packet[40..])
    };
    match protocol {
        4 => Some((What::Type(0x0800), body)),
        41 => Some((What::Type(0x86DD), body)),
        47 => Some(gre(body)),
        51 => Some((What::Type(if body[0] == 4 { 0x0800 } else { 0x86DD }), &body[24..])),
        97 => Some((What::Ethernet, &body[2..])),
        17 => datagram(two(body, 2), &body[8..]),
        _ => None,
    }
}

fn gre(body: &[u8]) -> (What, &[u8]) {
    let flags = body[0];
    let words = (flags >> 7 & 1) + (flags >> 5 & 1) + (flags >> 4 & 1);
    let rest = &body[4 + 4 * usize::from(words)..];
    match two(body, 2) {
        0x6558 => (What::Ethernet, rest),
        0x88BE => (What::Ethernet, &rest[8..]),
        0x22EB => (What::Ethernet, &rest[20..]),
        0x880B if body[1] & 0x80 != 0 => (What::Ppp, &rest[4..]),
        0x880B => (What::Ppp, rest),
        other => (What::Type(other), rest),
    }
}

fn datagram(port: u16, body: &[u8]) -> Option<(What, &[u8])> {
    match port {
        1701 => Some((What::Ppp, &body[8..])),
        2152 => {
            let rest = if body[0] & 4 != 0 { &body[16..] } else { &body[12..] };
            Some((What::Type(if rest[0] >> 4 == 4 { 0x0800 } else { 0x86DD }), rest))
        }
        3544 if body[0] == 0 => Some((What::Type(0x86DD), &body[8..])),
        3544 => Some((What::Type(0x86DD), body)),
        // the game's datagrams have 48 bytes and no frame inside
        4789 | 8472 if body[0] == 8 && body.len() > 48 && two(body, 20) == 0x0800 => {
            Some((What::Ethernet, &body[8..]))
        }
        6081 if body[0] == 2 => Some((What::Ethernet, &body[16..])),
        6081 => Some((What::Type(two(body, 2)), &body[8..])),
        _ => None,
    }
}
