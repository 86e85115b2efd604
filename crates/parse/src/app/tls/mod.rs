//! TLS as far as it is readable without keys: which stack speaks, to whom, and how large its records are.
//!
//! [`record`] walks the record layer and joins the first handshake message, [`mod@client_hello`] and
//! [`mod@server_hello`] read it, [`mod@ja4`] makes the client's fingerprint.

pub mod client_hello;
pub mod extension;
pub mod ja4;
pub mod record;
pub mod server_hello;

pub use client_hello::{ClientHello, client_hello, client_hello_so_far};
pub use ja4::{Transport, ja4};
pub use record::{NoHello, sniff, sniff_server};
pub use server_hello::{ServerHello, server_hello};

/// A protocol version as on the wire: 0x0303 is TLS 1.2, 0x0304 is TLS 1.3 (RFC 8446 section 4.1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(pub u16);

impl Version {
    /// TLS 1.2 (RFC 5246).
    pub const TLS_1_2: Version = Version(0x0303);
    /// TLS 1.3 (RFC 8446).
    pub const TLS_1_3: Version = Version(0x0304);
}

/// Whether a cipher suite, extension, group, version or signature algorithm is GREASE: a value that means nothing
/// and is sent so that servers stay tolerant (RFC 8701: 0x0a0a, 0x1a1a … 0xfafa).
pub fn is_grease(value: u16) -> bool {
    let [high, low] = value.to_be_bytes();
    high == low && low & 0x0f == 0x0a
}
