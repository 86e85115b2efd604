//! The ServerHello of TLS (RFC 8446 section 4.1.3): what client and server agreed on.

use super::Version;
use super::extension::{self, ALPN, SUPPORTED_VERSIONS};
use super::record::{self, NoHello, SERVER_HELLO};
use crate::app::cursor::{Cursor, text};

/// The random value by which a ServerHello asks for another ClientHello: SHA-256 of "HelloRetryRequest" (RFC 8446).
const RETRY: [u8; 32] = [
    0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91, 0xc2,
    0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
];

/// What a server says first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerHello {
    /// The version agreed on: of extension 43, else of the field.
    pub version: Version,
    /// The cipher suite agreed on.
    pub cipher: u16,
    /// The protocol agreed on by ALPN, at most 255 characters; in TLS 1.3 it is encrypted and not seen here.
    pub protocol: Option<String>,
    /// Types of the extensions in the order of the wire.
    pub extensions: Vec<u16>,
    /// Length of the session identifier.
    pub session_id_length: u8,
    /// A HelloRetryRequest: the client will say hello again in other words.
    pub is_retry: bool,
    /// Extensions that were not well-formed.
    pub damaged: u32,
}

/// The ServerHello that a server's stream begins with, once all of it is there.
pub fn server_hello(stream: &[u8]) -> Result<ServerHello, NoHello> {
    let joined = record::first_handshake(stream, SERVER_HELLO)?;
    if !joined.is_whole {
        return Err(NoHello::NeedMore);
    }
    read(&joined.body).ok_or(NoHello::Damaged)
}

fn read(body: &[u8]) -> Option<ServerHello> {
    let mut cursor = Cursor::new(body);
    let version = Version(cursor.u16()?);
    let is_retry = cursor.array()? == RETRY;
    let session_id_length = cursor.u8()?;
    cursor.take(usize::from(session_id_length))?;
    let (cipher, _compression) = (cursor.u16()?, cursor.u8()?);
    let (extensions, is_whole) = extension::list(&mut cursor);
    let mut hello = ServerHello {
        version,
        cipher,
        protocol: None,
        extensions: Vec::new(),
        session_id_length,
        is_retry,
        damaged: u32::from(!is_whole),
    };
    for (kind, data) in extensions {
        hello.extensions.push(kind);
        hello.damaged += u32::from(read_extension(kind, data, &mut hello).is_none());
    }
    Some(hello)
}

fn read_extension(kind: u16, data: &[u8], hello: &mut ServerHello) -> Option<()> {
    match kind {
        SUPPORTED_VERSIONS => hello.version = Version(u16::from_be_bytes(data.try_into().ok()?)),
        ALPN => hello.protocol = Some(text(extension::protocols(data)?.first()?, 255)),
        _ => {}
    }
    Some(())
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    if let Ok(hello) = server_hello(data) {
        assert!(hello.extensions.len() * 4 <= data.len());
    }
    if let Some(hello) = read(data) {
        assert!(hello.protocol.is_none_or(|name| name.chars().count() <= 255));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::super::client_hello::tests::extension;
    use super::*;

    fn stream(random: &[u8; 32], extensions: &[Vec<u8>]) -> Vec<u8> {
        let extensions = extensions.concat();
        let length = u16::try_from(extensions.len()).unwrap().to_be_bytes();
        let body = [&[3, 3][..], random, &[0, 0x13, 0x01, 0], &length, &extensions].concat();
        let message = [&[2, 0, 0, u8::try_from(body.len()).unwrap()][..], &body].concat();
        [&[22, 3, 3, 0, u8::try_from(message.len()).unwrap()][..], &message].concat()
    }

    #[test]
    fn the_version_agreed_on_is_in_the_extension() {
        let hello =
            server_hello(&stream(&[7; 32], &[extension(43, &[3, 4]), extension(51, &[0, 29])])).unwrap();
        assert_eq!((hello.version, hello.cipher, hello.is_retry), (Version::TLS_1_3, 0x1301, false));
        assert_eq!((&hello.extensions[..], hello.damaged), (&[43, 51][..], 0));
        assert!(server_hello(&stream(&RETRY, &[])).unwrap().is_retry);
    }

    #[test]
    fn tls_1_2_shows_the_protocol() {
        let hello = server_hello(&stream(&[7; 32], &[extension(16, b"\x00\x03\x02h2")])).unwrap();
        assert_eq!((hello.version, hello.protocol.as_deref()), (Version::TLS_1_2, Some("h2")));
    }

    #[test]
    fn the_random_value_of_a_retry_is_the_hash_that_rfc_8446_names() {
        use sha2::{Digest, Sha256};
        assert_eq!(Sha256::digest(b"HelloRetryRequest")[..], RETRY);
    }

    #[test]
    fn a_cut_hello_waits() {
        let whole = stream(&[7; 32], &[extension(43, &[3, 4])]);
        for end in 0..whole.len() {
            assert_eq!(server_hello(&whole[..end]), Err(NoHello::NeedMore), "{end}");
        }
        assert_eq!(server_hello(b"\x15\x03\x03\x00\x02\x02\x28"), Err(NoHello::NotTls), "an alert");
    }
}
