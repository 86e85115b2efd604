//! The ClientHello of TLS (RFC 8446 section 4.1.2): to whom the client wants to speak, and how.

use super::extension::{
    self, ALPN, ENCRYPTED_CLIENT_HELLO, POINT_FORMATS, SERVER_NAME, SIGNATURE_ALGORITHMS,
};
use super::extension::{SUPPORTED_GROUPS, SUPPORTED_VERSIONS};
use super::record::{self, CLIENT_HELLO, NoHello};
use super::{Version, is_grease};
use crate::app::cursor::{Cursor, text};

/// What a client says first. Lists are in the order of the wire and hold GREASE values too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClientHello {
    /// The version field of the hello; TLS 1.3 clients say 1.2 here.
    pub legacy_version: Option<Version>,
    /// Extension 43; empty for clients before TLS 1.3.
    pub supported_versions: Vec<Version>,
    /// The server name asked for: lower-case, valid as a host name, at most 253 characters.
    pub server_name: Option<String>,
    /// The protocols offered by ALPN, at most 32 of up to 255 bytes of any kind.
    pub protocols: Vec<Vec<u8>>,
    /// Cipher suites.
    pub ciphers: Vec<u16>,
    /// Types of the extensions.
    pub extensions: Vec<u16>,
    /// Extension 13.
    pub signature_algorithms: Vec<u16>,
    /// Extension 10.
    pub groups: Vec<u16>,
    /// Extension 11.
    pub point_formats: Vec<u8>,
    /// Length of the session identifier: 0, or 32 where a session is resumed or a middlebox pleased.
    pub session_id_length: u8,
    /// The hello is all there. Where it is not, what is missing says nothing.
    pub is_whole: bool,
    /// Fields and extensions that were not well-formed.
    pub damaged: u32,
}

impl ClientHello {
    /// The highest version offered: of extension 43 without GREASE, else of the field.
    pub fn highest_version(&self) -> Option<Version> {
        let offered = self.supported_versions.iter().copied().filter(|version| !is_grease(version.0));
        offered.max().or(self.legacy_version)
    }

    /// Whether the real hello is inside an encrypted one, so that the server name is that of a front.
    pub fn is_encrypted(&self) -> bool {
        self.extensions.contains(&ENCRYPTED_CLIENT_HELLO)
    }

    /// The protocols of ALPN as text (`h2`, `http/1.1`).
    pub fn protocol_names(&self) -> Vec<String> {
        self.protocols.iter().map(|name| text(name, 255)).collect()
    }

    /// Reads the body of a ClientHello, without type and length: as QUIC carries it, or cut.
    pub fn from_body(body: &[u8], is_whole: bool) -> ClientHello {
        let mut hello = ClientHello { is_whole, ..ClientHello::default() };
        if read(&mut Cursor::new(body), &mut hello).is_none() {
            // The end came inside a field: damage, unless more was to come.
            hello.damaged += u32::from(is_whole);
        }
        hello
    }
}

/// The ClientHello that a client's stream begins with, once all of it is there.
pub fn client_hello(stream: &[u8]) -> Result<ClientHello, NoHello> {
    let hello = client_hello_so_far(stream)?;
    if hello.is_whole { Ok(hello) } else { Err(NoHello::NeedMore) }
}

/// The same, with what is there when the stream ends inside it ([`ClientHello::is_whole`]).
pub fn client_hello_so_far(stream: &[u8]) -> Result<ClientHello, NoHello> {
    let joined = record::first_handshake(stream, CLIENT_HELLO)?;
    let hello = ClientHello::from_body(&joined.body, joined.is_whole);
    // Without a version and ciphers it is no hello that anybody could answer.
    match joined.is_whole && (hello.legacy_version.is_none() || hello.ciphers.is_empty()) {
        true => Err(NoHello::Damaged),
        false => Ok(hello),
    }
}

fn read(cursor: &mut Cursor<'_>, hello: &mut ClientHello) -> Option<()> {
    hello.legacy_version = Some(Version(cursor.u16()?));
    let _random = cursor.take(32)?;
    hello.session_id_length = cursor.u8()?;
    cursor.take(usize::from(hello.session_id_length))?;
    let ciphers = usize::from(cursor.u16()?);
    match extension::pairs(cursor.take(ciphers)?) {
        Some(ciphers) => hello.ciphers = ciphers,
        None => hello.damaged += 1,
    }
    let compression_methods = usize::from(cursor.u8()?);
    cursor.take(compression_methods)?;
    let (extensions, is_whole) = extension::list(cursor);
    for (kind, data) in extensions {
        hello.extensions.push(kind);
        hello.damaged += u32::from(read_extension(kind, data, hello).is_none());
    }
    is_whole.then_some(())
}

fn read_extension(kind: u16, data: &[u8], hello: &mut ClientHello) -> Option<()> {
    match kind {
        SERVER_NAME => hello.server_name = Some(extension::server_name(data)?),
        SUPPORTED_GROUPS => hello.groups = extension::u16_list(data)?,
        POINT_FORMATS => hello.point_formats = extension::u8_list(data)?.to_vec(),
        SIGNATURE_ALGORITHMS => hello.signature_algorithms = extension::u16_list(data)?,
        ALPN => hello.protocols = extension::protocols(data)?,
        SUPPORTED_VERSIONS => hello.supported_versions = extension::client_versions(data)?,
        _ => {}
    }
    Some(())
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    for hello in [ClientHello::from_body(data, true), ClientHello::from_body(data, false)] {
        assert!(hello.ciphers.len() * 2 <= data.len() && hello.extensions.len() * 4 <= data.len());
        assert_eq!(hello.protocol_names().len(), hello.protocols.len());
        let _ = (hello.highest_version(), hello.is_encrypted());
    }
    match (client_hello(data), client_hello_so_far(data)) {
        (Ok(hello), so_far) => assert_eq!(Ok(hello), so_far),
        (Err(NoHello::NeedMore), so_far) => {
            assert!(so_far.is_ok_and(|hello| !hello.is_whole) || data.len() < 6)
        }
        (Err(error), so_far) => assert_eq!(Err(error), so_far),
    }
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    /// An extension: type, length, data.
    pub(in crate::app::tls) fn extension(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_be_bytes()[..], &length.to_be_bytes(), data].concat()
    }

    /// 16-bit values after their length in bytes, itself in 16 bits.
    pub(in crate::app::tls) fn values(values: &[u16]) -> Vec<u8> {
        let length = u16::try_from(values.len() * 2).unwrap();
        [length].iter().chain(values).flat_map(|value| value.to_be_bytes()).collect()
    }

    /// A ClientHello in one record.
    pub(in crate::app::tls) fn stream(version: u16, ciphers: &[u16], extensions: &[Vec<u8>]) -> Vec<u8> {
        let extensions = extensions.concat();
        let length = u16::try_from(extensions.len()).unwrap().to_be_bytes();
        let body =
            [&version.to_be_bytes()[..], &[7; 32], &[0], &values(ciphers), &[1, 0], &length, &extensions]
                .concat();
        let message = [&[1, 0][..], &u16::try_from(body.len()).unwrap().to_be_bytes(), &body].concat();
        [&[22, 3, 1][..], &u16::try_from(message.len()).unwrap().to_be_bytes(), &message].concat()
    }

    fn example() -> Vec<u8> {
        let extensions = [
            extension(0x1a1a, &[]),
            extension(SERVER_NAME, b"\x00\x0f\x00\x00\x0cPool.EXAMPLE"),
            extension(ALPN, b"\x00\x0c\x02h2\x08http/1.1"),
            extension(SUPPORTED_VERSIONS, &[6, 0x2a, 0x2a, 3, 4, 3, 3]),
            extension(SIGNATURE_ALGORITHMS, &values(&[0x0403, 0x0804])),
            extension(SUPPORTED_GROUPS, &values(&[0x3a3a, 29])),
            extension(POINT_FORMATS, &[1, 0]),
        ];
        stream(0x0303, &[0x4a4a, 0x1301, 0x009c], &extensions)
    }

    #[test]
    fn everything_a_client_says_is_read() {
        let hello = client_hello(&example()).unwrap();
        assert_eq!(hello.legacy_version, Some(Version::TLS_1_2));
        assert_eq!(hello.highest_version(), Some(Version::TLS_1_3), "GREASE is no version");
        assert_eq!(hello.server_name.as_deref(), Some("pool.example"));
        assert_eq!(hello.protocol_names(), ["h2", "http/1.1"]);
        assert_eq!(hello.ciphers, [0x4a4a, 0x1301, 0x009c]);
        assert_eq!(hello.extensions, [0x1a1a, 0, 16, 43, 13, 10, 11]);
        assert_eq!(
            (&hello.signature_algorithms[..], &hello.groups[..]),
            (&[0x0403, 0x0804][..], &[0x3a3a, 29][..])
        );
        assert_eq!((&hello.point_formats[..], hello.damaged), (&[0][..], 0));
    }

    #[test]
    fn a_cut_hello_keeps_what_came_before_the_cut() {
        let whole = example();
        let name_end = whole.windows(7).position(|window| window == b"EXAMPLE").unwrap() + 7;
        for end in 6..whole.len() {
            assert_eq!(client_hello(&whole[..end]), Err(NoHello::NeedMore));
            let hello = client_hello_so_far(&whole[..end]).unwrap();
            assert!(!hello.is_whole && hello.damaged == 0);
            assert_eq!(hello.server_name.is_some(), end >= name_end, "{end}");
        }
        assert_eq!(
            client_hello(&[&whole[..], b"\x14\x03\x03"].concat()),
            client_hello(&whole),
            "what follows is not read"
        );
    }

    #[test]
    fn old_and_damaged_hellos() {
        let old = [&[22, 3, 0, 0, 45, 1, 0, 0, 41, 3, 1][..], &[7; 32], &[0, 0, 2, 0, 5, 1, 0]].concat();
        let hello = client_hello(&old).unwrap();
        assert_eq!(
            (hello.highest_version(), &hello.ciphers[..], hello.damaged),
            (Some(Version(0x0301)), &[5][..], 0)
        );

        let wrong = stream(0x0303, &[0x1301], &[extension(ALPN, &[0, 9, 2]), extension(0xff01, &[0])]);
        let hello = client_hello(&wrong).unwrap();
        assert_eq!((hello.damaged, &hello.extensions[..]), (1, &[ALPN, 0xff01][..]));

        assert_eq!(
            client_hello(b"\x16\x03\x01\x00\x06\x01\x00\x00\x02\x03\x03"),
            Err(NoHello::Damaged),
            "no ciphers"
        );
    }
}
