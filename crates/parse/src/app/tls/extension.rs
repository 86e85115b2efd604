//! TLS extensions (RFC 8446 section 4.2, RFC 6066, RFC 7301): the list and the few that are read.

use super::Version;
use crate::app::cursor::Cursor;

/// `server_name` (RFC 6066 section 3).
pub const SERVER_NAME: u16 = 0;
/// `supported_groups` (RFC 8422, RFC 8446).
pub const SUPPORTED_GROUPS: u16 = 10;
/// `ec_point_formats` (RFC 8422).
pub const POINT_FORMATS: u16 = 11;
/// `signature_algorithms` (RFC 8446 section 4.2.3).
pub const SIGNATURE_ALGORITHMS: u16 = 13;
/// `application_layer_protocol_negotiation` (RFC 7301).
pub const ALPN: u16 = 16;
/// `supported_versions` (RFC 8446 section 4.2.1).
pub const SUPPORTED_VERSIONS: u16 = 43;
/// `encrypted_client_hello` (IANA): the name in the clear is then that of a front.
pub const ENCRYPTED_CLIENT_HELLO: u16 = 0xfe0d;

/// How many ALPN names of one hello are kept.
const MAX_PROTOCOLS: usize = 32;

/// Longest DNS name (RFC 1035), as text without trailing dot.
const MAX_NAME: usize = 253;

/// The extension list at the reader's place: type and data of each, as far as it is there.
///
/// A hello without the list (allowed before TLS 1.3) has no extensions. `is_whole` says whether the list ended
/// where its length said.
pub(super) fn list<'a>(cursor: &mut Cursor<'a>) -> (Vec<(u16, &'a [u8])>, bool) {
    let mut found = Vec::new();
    if cursor.is_empty() {
        return (found, true);
    }
    let Some(length) = cursor.u16().map(usize::from) else { return (found, false) };
    let rest = cursor.rest();
    let area = rest.get(..length);
    let mut inside = Cursor::new(area.unwrap_or(rest));
    while !inside.is_empty() {
        let (Some(kind), Some(length)) = (inside.u16(), inside.u16()) else { return (found, false) };
        let Some(data) = inside.take(usize::from(length)) else { return (found, false) };
        found.push((kind, data));
    }
    (found, area.is_some())
}

/// A list of 16-bit values after a 16-bit length in bytes.
pub(super) fn u16_list(data: &[u8]) -> Option<Vec<u16>> {
    let mut cursor = Cursor::new(data);
    let length = usize::from(cursor.u16()?);
    pairs(cursor.take(length)?)
}

/// 16-bit values without anything around them.
pub(super) fn pairs(data: &[u8]) -> Option<Vec<u16>> {
    let (pairs, rest) = data.as_chunks::<2>();
    rest.is_empty().then(|| pairs.iter().map(|&pair| u16::from_be_bytes(pair)).collect())
}

/// A list of bytes after an 8-bit length.
pub(super) fn u8_list(data: &[u8]) -> Option<&[u8]> {
    let mut cursor = Cursor::new(data);
    let length = usize::from(cursor.u8()?);
    cursor.take(length)
}

/// The versions a client supports: 8-bit length, then versions.
pub(super) fn client_versions(data: &[u8]) -> Option<Vec<Version>> {
    Some(pairs(u8_list(data)?)?.into_iter().map(Version).collect())
}

/// The protocol names of ALPN, at most 32, each at most 255 bytes of any kind.
pub(super) fn protocols(data: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut cursor = Cursor::new(data);
    let length = usize::from(cursor.u16()?);
    let mut names = Cursor::new(cursor.take(length)?);
    let mut protocols = Vec::new();
    while !names.is_empty() {
        let length = usize::from(names.u8()?);
        let name = names.take(length)?;
        if protocols.len() < MAX_PROTOCOLS {
            protocols.push(name.to_vec());
        }
    }
    Some(protocols)
}

/// The first host name of `server_name`: lower-case, without trailing dot, valid as the name of a host.
pub(super) fn server_name(data: &[u8]) -> Option<String> {
    let mut cursor = Cursor::new(data);
    let length = usize::from(cursor.u16()?);
    let mut names = Cursor::new(cursor.take(length)?);
    while !names.is_empty() {
        let kind = names.u8()?;
        let length = usize::from(names.u16()?);
        let name = names.take(length)?;
        if kind == 0 {
            return host_name(name);
        }
    }
    None
}

/// Letters, digits, hyphens and underscores in labels of 1 to 63, joined by dots. A numeric address is forbidden
/// in this extension (RFC 6066) but sent by some; it passes, being the name that the client means.
fn host_name(name: &[u8]) -> Option<String> {
    let name = name.strip_suffix(b".").unwrap_or(name);
    let is_label = |label: &[u8]| {
        (1..=63).contains(&label.len())
            && label.iter().all(|&b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    };
    if name.len() > MAX_NAME || !name.split(|&byte| byte == b'.').all(is_label) {
        return None;
    }
    Some(std::str::from_utf8(name).ok()?.to_ascii_lowercase())
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let (found, _) = list(&mut Cursor::new(data));
    assert!(found.iter().map(|(_, data)| data.len() + 4).sum::<usize>() <= data.len());
    for data in found.iter().map(|(_, data)| *data).chain([data]) {
        assert!(server_name(data).is_none_or(|name| !name.is_empty() && name.len() <= MAX_NAME));
        assert!(protocols(data).is_none_or(|names| names.len() <= MAX_PROTOCOLS));
        assert!(u16_list(data).is_none_or(|values| values.len() * 2 < data.len()));
        let _ = client_versions(data);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_host_names_are_server_names() {
        let name = |name: &[u8]| {
            let length = u8::try_from(name.len()).unwrap_or(u8::MAX);
            server_name(&[&[0, length + 3, 0, 0, length][..], name].concat())
        };
        assert_eq!(name(b"Pool.Example").as_deref(), Some("pool.example"));
        assert_eq!(name(b"pool.example.").as_deref(), Some("pool.example"));
        assert_eq!(name(b"192.0.2.1").as_deref(), Some("192.0.2.1"));
        for wrong in [&b""[..], b".", b"a..b", b"a b", b"a\x1b[2J", b"\xff\xfe", &[b'a'; 64]] {
            assert_eq!(name(wrong), None, "{wrong:?}");
        }
        assert_eq!(server_name(&[0, 9, 0, 0, 9, b'a']), None, "cut");
    }

    #[test]
    fn a_list_is_read_up_to_the_cut() {
        let bytes = [0, 9, 0, 1, 0, 1, 7, 0, 2, 0, 0];
        assert_eq!(list(&mut Cursor::new(&bytes)), (vec![(1, &[7][..]), (2, &[][..])], true));
        assert_eq!(list(&mut Cursor::new(&bytes[..7])), (vec![(1, &[7][..])], false));
        assert_eq!(list(&mut Cursor::new(&bytes[..5])), (vec![], false));
        assert_eq!(list(&mut Cursor::new(&[])), (vec![], true), "no list at all");
    }
}
