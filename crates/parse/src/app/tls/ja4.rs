//! JA4, the fingerprint of a TLS client (FoxIO-LLC/ja4, `technical_details/JA4.md`, BSD 3-Clause).
//!
//! It names a TLS stack, not a program: a miner's is that of the library it was built with. Only JA4 itself is free;
//! the other kinds of JA4+ have another licence and are not here.

use sha2::{Digest, Sha256};

use super::client_hello::ClientHello;
use super::extension::{ALPN, SERVER_NAME};
use super::is_grease;

/// What carries the hello; the first character of the fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Transport {
    /// `t`
    Tcp,
    /// `q`
    Quic,
}

/// The fingerprint of a whole hello, `t13d1516h2_8daaf6152771_e5627efa2ab1`; a part of a hello has none.
pub fn ja4(hello: &ClientHello, transport: Transport) -> Option<String> {
    let (ciphers, extensions) = lists(hello)?;
    Some(format!("{}_{}_{}", prefix(hello, transport), hash(&ciphers), hash(&extensions)))
}

/// The same with the lists themselves in place of their hashes (JA4_r), to check by hand.
pub fn ja4_raw(hello: &ClientHello, transport: Transport) -> Option<String> {
    let (ciphers, extensions) = lists(hello)?;
    Some(format!("{}_{ciphers}_{extensions}", prefix(hello, transport)))
}

fn without_grease(values: &[u16]) -> impl Iterator<Item = u16> {
    values.iter().copied().filter(|&value| !is_grease(value))
}

fn prefix(hello: &ClientHello, transport: Transport) -> String {
    let transport = match transport {
        Transport::Tcp => 't',
        Transport::Quic => 'q',
    };
    let version = match hello.highest_version().map_or(0, |version| version.0) {
        0x0304 => "13",
        0x0303 => "12",
        0x0302 => "11",
        0x0301 => "10",
        0x0300 => "s3",
        0x0002 => "s2",
        0xfeff => "d1",
        0xfefd => "d2",
        0xfefc => "d3",
        _ => "00",
    };
    // The extension counts even when the name in it is not valid.
    let server_name = if hello.extensions.contains(&SERVER_NAME) { 'd' } else { 'i' };
    let ciphers = without_grease(&hello.ciphers).count().min(99);
    let extensions = without_grease(&hello.extensions).count().min(99);
    format!("{transport}{version}{server_name}{ciphers:02}{extensions:02}{}", protocol(hello))
}

/// First and last character of the first ALPN value, or of its hexadecimal form when either is no letter or digit.
fn protocol(hello: &ClientHello) -> String {
    let name = hello.protocols.first().map(|name| &name[..]).unwrap_or_default();
    let (Some(&first), Some(&last)) = (name.first(), name.last()) else { return "00".into() };
    if first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric() {
        return [char::from(first), char::from(last)].iter().collect();
    }
    format!("{:x}{:x}", first >> 4, last & 0xf)
}

/// The sorted ciphers, and the sorted extensions without name and ALPN followed by the signature algorithms.
fn lists(hello: &ClientHello) -> Option<(String, String)> {
    if !hello.is_whole {
        return None;
    }
    let mut ciphers: Vec<u16> = without_grease(&hello.ciphers).collect();
    ciphers.sort_unstable();
    let mut extensions: Vec<u16> =
        without_grease(&hello.extensions).filter(|kind| !matches!(*kind, SERVER_NAME | ALPN)).collect();
    extensions.sort_unstable();
    let algorithms: Vec<u16> = without_grease(&hello.signature_algorithms).collect();
    let mut second = comma_separated(&extensions);
    if !algorithms.is_empty() {
        second = format!("{second}_{}", comma_separated(&algorithms));
    }
    Some((comma_separated(&ciphers), if extensions.is_empty() { String::new() } else { second }))
}

fn comma_separated(values: &[u16]) -> String {
    values.iter().map(|value| format!("{value:04x}")).collect::<Vec<_>>().join(",")
}

/// The first twelve hexadecimal digits of SHA-256; of nothing, zeros.
fn hash(list: &str) -> String {
    match list.is_empty() {
        true => "0".repeat(12),
        false => Sha256::digest(list).iter().take(6).map(|byte| format!("{byte:02x}")).collect(),
    }
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let hello = ClientHello::from_body(data, true);
    let made = ja4(&hello, Transport::Tcp).unwrap_or_default();
    assert!(made.len() == 36 && made.is_ascii(), "{made}");
    assert_eq!(ja4(&ClientHello::from_body(data, false), Transport::Quic), None);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::super::client_hello::{client_hello, tests as write};
    use super::*;

    /// Ciphers, extensions and signature algorithms of the specification's example, in the client's order.
    const CIPHERS: [u16; 15] = [
        0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014, 0x009c,
        0x009d, 0x002f, 0x0035,
    ];
    const EXTENSIONS: [u16; 16] = [
        0x001b, 0x0000, 0x0033, 0x0010, 0x4469, 0x0017, 0x002d, 0x000d, 0x0005, 0x0023, 0x0012, 0x002b,
        0xff01, 0x000b, 0x000a, 0x0015,
    ];
    const ALGORITHMS: [u16; 8] = [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601];

    fn hello(extensions: &[u16], algorithms: &[u16]) -> ClientHello {
        let written: Vec<_> = extensions
            .iter()
            .map(|&kind| {
                let data = match kind {
                    0x0000 => b"\x00\x0f\x00\x00\x0cpool.example".to_vec(),
                    0x0010 => b"\x00\x0c\x02h2\x08http/1.1".to_vec(),
                    0x000d => write::values(algorithms),
                    0x000a => write::values(&[0x2a2a, 29]),
                    0x000b => vec![1, 0],
                    0x002b => vec![4, 0xca, 0xca, 3, 4],
                    _ => vec![],
                };
                write::extension(kind, &data)
            })
            .collect();
        let ciphers: Vec<u16> = [0x8a8a].into_iter().chain(CIPHERS).collect();
        client_hello(&write::stream(0x0303, &ciphers, &written)).unwrap()
    }

    #[test]
    fn the_example_of_the_specification() {
        let grease: Vec<u16> = [0x3a3a].into_iter().chain(EXTENSIONS).chain([0xbaba]).collect();
        let hello = hello(&grease, &ALGORITHMS);
        assert_eq!(ja4(&hello, Transport::Tcp).unwrap(), "t13d1516h2_8daaf6152771_e5627efa2ab1");
        assert_eq!(
            ja4_raw(&hello, Transport::Tcp).unwrap(),
            "t13d1516h2_002f,0035,009c,009d,1301,1302,1303,c013,c014,c02b,c02c,c02f,c030,cca8,cca9_0005,000a,000b,\
             000d,0012,0015,0017,001b,0023,002b,002d,0033,4469,ff01_0403,0804,0401,0503,0805,0501,0806,0601"
        );
        assert!(ja4(&hello, Transport::Quic).unwrap().starts_with("q13d"));
    }

    /// FoxIO-LLC/ja4, `python/test/testdata/sigalg-grease.pcapng.json`: GREASE among the signature algorithms.
    #[test]
    fn grease_among_signature_algorithms_is_ignored() {
        let extensions = [
            0xfe0d, 0x0010, 0x0017, 0x0033, 0x44cd, 0xff01, 0x000a, 0x000d, 0x0023, 0x002b, 0x000b, 0xca34,
            0x002d, 0x0000, 0x0005, 0x001b, 0x0012,
        ];
        let algorithms: Vec<u16> = [0x5a5a, 0x0904, 0x0905, 0x0906].into_iter().chain(ALGORITHMS).collect();
        let made = ja4(&hello(&extensions, &algorithms), Transport::Tcp).unwrap();
        assert_eq!(made, "t13d1517h2_8daaf6152771_cb7bf5808d99");
    }

    #[test]
    fn without_signature_algorithms_and_without_anything() {
        let all_but: Vec<u16> = EXTENSIONS.iter().copied().filter(|&kind| kind != 0x000d).collect();
        let without = ja4_raw(&hello(&all_but, &[]), Transport::Tcp).unwrap();
        assert!(without.ends_with("4469,ff01"), "no underscore at the end: {without}");
        // The specification hashes its list (which still holds 000d) without algorithms to this.
        assert_eq!(
            hash("0005,000a,000b,000d,0012,0015,0017,001b,0023,002b,002d,0033,4469,ff01"),
            "6d807ffa2a79"
        );
        let nothing = ClientHello { is_whole: true, ..ClientHello::default() };
        assert_eq!(ja4(&nothing, Transport::Tcp).unwrap(), "t00i000000_000000000000_000000000000");
    }

    /// The table of the specification, section "ALPN Extension Value".
    #[test]
    fn first_and_last_of_the_protocol() {
        for (name, expected) in [
            (&b"h2"[..], "h2"),
            (b"http/1.1", "h1"),
            (b"x", "xx"),
            (b"", "00"),
            (b"\xab", "ab"),
            (b"\xab\xcd", "ad"),
            (b"\x30\xab", "3b"),
            (b"\x30\x31\xab\xcd", "3d"),
            (b"\x30\xab\xcd\x31", "01"),
        ] {
            let hello = ClientHello { protocols: vec![name.to_vec()], ..ClientHello::default() };
            assert_eq!(protocol(&hello), expected, "{name:02x?}");
        }
    }

    #[test]
    fn a_part_of_a_hello_has_no_fingerprint() {
        let part = ClientHello { is_whole: false, ..hello(&EXTENSIONS, &ALGORITHMS) };
        assert_eq!(ja4(&part, Transport::Tcp), None);
    }
}
