//! TLS as it looks from outside: hellos in clear, then records of random bytes (RFC 8446).

use crate::rng::Rng;

/// Which program's hello it resembles, as far as an observer cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Program {
    /// A browser: HTTP/2 offered, padded to 517 bytes.
    Browser,
    /// A program built on OpenSSL, as xmrig is.
    OpenSsl,
}

fn record(kind: u8, version: u16, body: &[u8]) -> Vec<u8> {
    let mut bytes = vec![kind];
    bytes.extend_from_slice(&version.to_be_bytes());
    bytes.extend_from_slice(&(body.len() as u16).to_be_bytes());
    bytes.extend_from_slice(body);
    bytes
}

fn extension(kind: u16, body: &[u8]) -> Vec<u8> {
    let mut bytes = kind.to_be_bytes().to_vec();
    bytes.extend_from_slice(&(body.len() as u16).to_be_bytes());
    bytes.extend_from_slice(body);
    bytes
}

/// A list of 16-bit numbers with its length in 16 bits in front.
fn list(numbers: &[u16]) -> Vec<u8> {
    let mut bytes = (2 * numbers.len() as u16).to_be_bytes().to_vec();
    bytes.extend(numbers.iter().flat_map(|number| number.to_be_bytes()));
    bytes
}

fn handshake(kind: u8, body: &[u8]) -> Vec<u8> {
    [&[kind], &(body.len() as u32).to_be_bytes()[1..], body].concat()
}

/// A ClientHello; without a name there is no SNI.
pub(crate) fn client_hello(rng: &mut Rng, program: Program, name: Option<&str>) -> Vec<u8> {
    let mut extensions = Vec::new();
    if let Some(name) = name {
        let length = name.len() as u16;
        let mut body = (length + 3).to_be_bytes().to_vec();
        body.push(0);
        body.extend_from_slice(&length.to_be_bytes());
        body.extend_from_slice(name.as_bytes());
        extensions.extend(extension(0, &body));
    }
    extensions.extend(extension(11, &[1, 0]));
    extensions.extend(extension(10, &list(&[0x001D, 0x0017, 0x0018])));
    extensions.extend(extension(35, &[]));
    let ciphers: &[u16] = match program {
        Program::Browser => {
            extensions.extend(extension(16, b"\x00\x0c\x02h2\x08http/1.1"));
            &[0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0xC013, 0xC014]
        }
        Program::OpenSsl => {
            extensions.extend(extension(22, &[]));
            &[
                0x1302, 0x1303, 0x1301, 0xC02C, 0xC030, 0x009F, 0xCCA9, 0xCCA8, 0xCCAA, 0xC02B, 0xC02F,
                0x009E, 0x00FF,
            ]
        }
    };
    extensions.extend(extension(23, &[]));
    extensions
        .extend(extension(13, &list(&[0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601])));
    extensions.extend(extension(43, &[4, 3, 4, 3, 3]));
    extensions.extend(extension(45, &[1, 1]));
    let mut share = vec![0, 36, 0, 0x1D, 0, 32];
    share.extend(rng.bytes(32));
    extensions.extend(extension(51, &share));
    let mut body = vec![3, 3];
    body.extend(rng.bytes(32));
    body.push(32);
    body.extend(rng.bytes(32));
    body.extend(list(ciphers));
    body.extend_from_slice(&[1, 0]);
    if program == Program::Browser {
        // RFC 7685: pad the handshake message to 512 bytes
        let padding = 512usize.saturating_sub(4 + body.len() + 2 + extensions.len() + 4);
        extensions.extend(extension(21, &vec![0; padding]));
    }
    body.extend_from_slice(&(extensions.len() as u16).to_be_bytes());
    body.extend(extensions);
    record(22, 0x0301, &handshake(1, &body))
}

/// The answer: ServerHello of TLS 1.3, and the encrypted rest of its flight (`certificate` bytes).
pub(crate) fn server_hello(rng: &mut Rng, certificate: usize) -> Vec<u8> {
    let mut extensions = extension(43, &[3, 4]);
    let mut share = vec![0, 0x1D, 0, 32];
    share.extend(rng.bytes(32));
    extensions.extend(extension(51, &share));
    let mut body = vec![3, 3];
    body.extend(rng.bytes(32));
    body.push(32);
    body.extend(rng.bytes(32));
    body.extend_from_slice(&[0x13, 0x02, 0]);
    body.extend_from_slice(&(extensions.len() as u16).to_be_bytes());
    body.extend(extensions);
    let mut flight = record(22, 0x0303, &handshake(2, &body));
    flight.extend(record(20, 0x0303, &[1]));
    flight.extend(application(rng, certificate));
    flight
}

/// The same in TLS 1.2 (RFC 5246): hello, self-signed certificate, key exchange, done.
pub(crate) fn server_hello_with_certificate(rng: &mut Rng, name: &str) -> Vec<u8> {
    let mut body = vec![3, 3];
    body.extend(rng.bytes(32));
    body.push(32);
    body.extend(rng.bytes(32));
    body.extend_from_slice(&[0xC0, 0x2B, 0]); // ECDHE-ECDSA-AES128-GCM-SHA256
    let extensions = [extension(0xFF01, &[0]), extension(23, &[])].concat();
    body.extend_from_slice(&(extensions.len() as u16).to_be_bytes());
    body.extend(extensions);
    let three = |length: usize| (length as u32).to_be_bytes()[1..].to_vec();
    let certificate = super::certificate::self_signed(rng, name);
    let mut list = three(certificate.len() + 3);
    list.extend(three(certificate.len()));
    list.extend(certificate);
    let mut exchange = vec![3, 0, 0x17, 65, 4];
    exchange.extend(rng.bytes(64));
    exchange.extend_from_slice(&[4, 3, 0, 72, 0x30, 70, 2, 33, 0]);
    exchange.push(0x80 | rng.below(128) as u8);
    exchange.extend(rng.bytes(31));
    exchange.extend_from_slice(&[2, 33, 0]);
    exchange.push(0x80 | rng.below(128) as u8);
    exchange.extend(rng.bytes(31));
    let messages = [handshake(2, &body), handshake(11, &list), handshake(12, &exchange), handshake(14, &[])];
    messages.iter().flat_map(|message| record(22, 0x0303, message)).collect()
}

/// The client's answer to it.
pub(crate) fn client_key(rng: &mut Rng) -> Vec<u8> {
    let mut key = vec![65, 4];
    key.extend(rng.bytes(64));
    [record(22, 0x0303, &handshake(16, &key)), server_finished(rng)].concat()
}

/// Change of cipher and the encrypted end of the handshake, either side's.
pub(crate) fn server_finished(rng: &mut Rng) -> Vec<u8> {
    let finished = rng.bytes(40);
    [record(20, 0x0303, &[1]), record(22, 0x0303, &finished)].concat()
}

/// The client's end of the handshake.
pub(crate) fn client_finished(rng: &mut Rng) -> Vec<u8> {
    [record(20, 0x0303, &[1]), application(rng, 53)].concat()
}

/// Records of application data that hold `length` bytes of ciphertext.
pub(crate) fn application(rng: &mut Rng, length: usize) -> Vec<u8> {
    let bytes = rng.bytes(length);
    bytes.chunks(16_384).flat_map(|chunk| record(23, 0x0303, chunk)).collect()
}

/// How a plain text message of this length looks in TLS 1.3: type byte and tag come on top.
pub(crate) fn sealed(rng: &mut Rng, plain: usize) -> Vec<u8> {
    application(rng, plain + 17)
}
