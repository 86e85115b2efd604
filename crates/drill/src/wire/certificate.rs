//! A self-signed X.509 certificate of the right shape (RFC 5280, X.690); key and signature are random bytes.

use crate::rng::Rng;

/// Tag, length, value in DER.
fn der(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let mut bytes = vec![tag];
    match body.len() {
        length @ 0..=127 => bytes.push(length as u8),
        length @ 128..=255 => bytes.extend_from_slice(&[0x81, length as u8]),
        length => {
            bytes.push(0x82);
            bytes.extend_from_slice(&(length as u16).to_be_bytes());
        }
    }
    bytes.extend(body);
    bytes
}

const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const INTEGER: u8 = 2;
const BITS: u8 = 3;
const OBJECT: u8 = 6;
const UTF8: u8 = 12;
const UTC_TIME: u8 = 23;

/// A number that is positive and needs no filling byte.
fn number(rng: &mut Rng, size: usize) -> Vec<u8> {
    let mut bytes = rng.bytes(size);
    if let Some(first) = bytes.first_mut() {
        *first = *first & 0x3F | 0x40;
    }
    der(INTEGER, &[&bytes])
}

/// A certificate that names itself as its issuer, valid from 2026 to 2036.
pub(crate) fn self_signed(rng: &mut Rng, name: &str) -> Vec<u8> {
    let ecdsa_sha256 = der(SEQUENCE, &[&der(OBJECT, &[&[0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 2]])]);
    let common_name = der(SEQUENCE, &[&der(OBJECT, &[&[0x55, 4, 3]]), &der(UTF8, &[name.as_bytes()])]);
    let subject = der(SEQUENCE, &[&der(SET, &[&common_name])]);
    let validity = der(SEQUENCE, &[&der(UTC_TIME, &[b"260101000000Z"]), &der(UTC_TIME, &[b"360101000000Z"])]);
    let curve = [
        der(OBJECT, &[&[0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 1]]), // id-ecPublicKey
        der(OBJECT, &[&[0x2A, 0x86, 0x48, 0xCE, 0x3D, 3, 1, 7]]), // prime256v1
    ]
    .concat();
    let key = der(SEQUENCE, &[&der(SEQUENCE, &[&curve]), &der(BITS, &[&[0, 4], &rng.bytes(64)])]);
    let version = der(0xA0, &[&der(INTEGER, &[&[2]])]);
    let serial = number(rng, 16);
    let body = der(SEQUENCE, &[&version, &serial, &ecdsa_sha256, &subject, &validity, &subject, &key]);
    let signature = der(SEQUENCE, &[&number(rng, 32), &number(rng, 32)]);
    der(SEQUENCE, &[&body, &ecdsa_sha256, &der(BITS, &[&[0], &signature])])
}
