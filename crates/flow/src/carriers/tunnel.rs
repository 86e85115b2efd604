//! HTTP CONNECT (RFC 9110 section 9.3.6): behind the answer's head the bytes are those of the tunnel.

/// The word for it.
pub(super) const WORD: &str = "http-connect";
