//! Link-local multicast name resolution (RFC 4795), port 5355: DNS messages without a server.

use super::dns::Message;
use super::mdns::{NamedAddress, named_address};

/// How many claims of one response are kept.
const MAX_CLAIMS: usize = 16;

/// The responder's own name and addresses.
///
/// A responder answers only for names it owns (RFC 4795 section 2.3), so the claim is about the
/// sender. A query names what is sought, not who asks: nothing is claimed.
pub fn claims(message: &Message) -> Vec<NamedAddress> {
    if !message.is_response || message.rcode != 0 || message.opcode != 0 {
        return Vec::new();
    }
    message.answers().filter_map(named_address).take(MAX_CLAIMS).collect()
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    if let Ok(message) = super::dns::parse(data) {
        assert!(claims(&message).len() <= MAX_CLAIMS);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;
    use crate::app::dns::parse;

    /// A response by hand: header (RFC 4795 section 2.1.1), the question repeated, the answer.
    const RESPONSE: &[u8] = b"\x3f\x15\x80\x00\x00\x01\x00\x01\x00\x00\x00\x00\
        \x06FILESV\x00\x00\x01\x00\x01\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x1e\x00\x04\xc0\x00\x02\x21";

    #[test]
    fn a_response_names_the_responder_and_a_query_nobody() {
        let claim = NamedAddress { name: "filesv".into(), address: [192, 0, 2, 33].into() };
        assert_eq!(claims(&parse(RESPONSE).unwrap()), [claim]);
        let mut query = RESPONSE.to_vec();
        query[2] = 0;
        assert_eq!(claims(&parse(&query).unwrap()), []);
    }
}
