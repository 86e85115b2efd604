//! What a client and a proxy say before the carried stream: SOCKS (RFC 1928, RFC 1929, the memos on versions 4 and
//! 4a), HTTP CONNECT (RFC 9110 section 9.3.6), and a balancer's PROXY header (HAProxy `doc/proxy-protocol.txt`).

use std::net::Ipv4Addr;

use super::http;
use crate::benign::Script;

/// Address and port.
pub(crate) type End = (Ipv4Addr, u16);

/// SOCKS 5 with user name and password, target by name.
pub(crate) fn socks5(host: &str, port: u16) -> Script {
    let mut script = Script::default();
    script.client(1, b"\x05\x02\x00\x02");
    script.server(2, b"\x05\x02");
    script.client(1, b"\x01\x04user\x06secret");
    script.server(2, b"\x01\x00");
    script.client(1, socks5_request(host, port));
    script.server(40, b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00");
    script
}

/// The request of version 5 by name.
pub(crate) fn socks5_request(host: &str, port: u16) -> Vec<u8> {
    let mut request = vec![5, 1, 0, 3, host.len() as u8];
    request.extend_from_slice(host.as_bytes());
    request.extend_from_slice(&port.to_be_bytes());
    request
}

/// SOCKS 4a: the name behind an address that is none.
pub(crate) fn socks4a(host: &str, port: u16) -> Script {
    let mut request = vec![4, 1];
    request.extend_from_slice(&port.to_be_bytes());
    request.extend_from_slice(&[0, 0, 0, 1]);
    request.extend_from_slice(b"user\0");
    request.extend_from_slice(host.as_bytes());
    request.push(0);
    let mut script = Script::default();
    script.client(1, request);
    script.server(40, b"\x00\x5a\x00\x00\x00\x00\x00\x00");
    script
}

/// CONNECT, refused for want of a password, then granted.
pub(crate) fn connect_after_407(host: &str, port: u16) -> Script {
    let target = format!("{host}:{port}");
    let request = |headers: &[(&str, &str)]| http::request("CONNECT", &target, &target, headers, "");
    let mut script = Script::default();
    script.client(1, request(&[]));
    let refusal = [("Proxy-Authenticate", "Basic realm=\"proxy\""), ("Content-Type", "text/html")];
    script.server(3, http::response("407 Proxy Authentication Required", &refusal, b"<h1>Who are you?</h1>"));
    let credentials = format!("Basic {}", http::base64(b"user:secret"));
    script.client(2, request(&[("Proxy-Authorization", &credentials)]));
    script.server(40, b"HTTP/1.1 200 Connection established\r\n\r\n");
    script
}

/// The header of version 1.
pub(crate) fn header_one(client: End, server: End) -> Vec<u8> {
    format!("PROXY TCP4 {} {} {} {}\r\n", client.0, server.0, client.1, server.1).into_bytes()
}

/// The header of version 2.
pub(crate) fn header_two(client: End, server: End) -> Vec<u8> {
    let mut header = b"\r\n\r\n\0\r\nQUIT\n\x21\x11\x00\x0c".to_vec();
    header.extend_from_slice(&client.0.octets());
    header.extend_from_slice(&server.0.octets());
    header.extend_from_slice(&client.1.to_be_bytes());
    header.extend_from_slice(&server.1.to_be_bytes());
    header
}
