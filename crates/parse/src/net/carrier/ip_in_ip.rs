//! IP directly in IP: IPv4 (RFC 2003 and, in IPv6, RFC 2473) and IPv6 (6in4: RFC 4213; in IPv6: RFC 2473).

use super::super::layer::Layer;
use super::Inside;

pub(super) fn ipv4(bytes: &[u8]) -> Option<Inside> {
    (bytes.first()? >> 4 == 4).then(|| Inside::of(Layer::Ipv4, 0)).flatten()
}

pub(super) fn ipv6(bytes: &[u8]) -> Option<Inside> {
    (bytes.first()? >> 4 == 6).then(|| Inside::of(Layer::Ipv6, 0)).flatten()
}
