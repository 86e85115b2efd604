//! Electrum wallets, named so that their hashes and headers are not taken for anything else.
//!
//! Source: spesmilo/electrum-protocol `docs/protocol-methods.rst`.

use super::Ends;
use memchr::memmem;
use model::{Fact, NodeTraffic, Side};

/// How far into an object its method is looked for: before long lists of parameters.
const LOOK_AT: usize = 256;

/// Whether a wallet asks an Electrum server: methods that no other protocol has.
pub(super) fn asks(object: &[u8]) -> bool {
    let start = object.get(..LOOK_AT).unwrap_or(object);
    // Answers hold neither word.
    memmem::find(start, b"\"method\"").is_some()
        && [&b"\"blockchain.scripthash."[..], b"\"blockchain.headers.", b"\"blockchain.transaction."]
            .iter()
            .any(|method| memmem::find(start, method).is_some())
}

/// The fact, with the side that asked as the client.
pub(super) fn traffic(ends: &Ends, client: Side) -> Fact {
    let client = ends.opener.unwrap_or(client);
    Fact::Node(Box::new(NodeTraffic {
        flow: ends.flow,
        client: ends.of(client),
        server: ends.of(client.other()),
        chain: "Electrum".to_owned(),
        protocol: "electrum",
        client_agent: None,
        server_agent: None,
    }))
}
