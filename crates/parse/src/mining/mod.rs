//! Mining dialects: from bytes to what is said, by a tolerant grammar.
//!
//! [`objects::Framer`] cuts a stream into JSON objects, [`each`] says what one of them says in the one vocabulary of
//! [`said`], one dialect per file. Pairing requests with answers, and deciding who is who, is `flow`'s work.

mod alephium;
pub mod algorithm;
mod beam;
mod bitcoin;
pub mod chain;
mod conflux;
mod cryptonote;
pub mod difficulty;
mod ergo;
mod ethereum;
mod ethereum_stratum;
pub mod hex;
pub mod http;
pub mod json;
mod kadena;
mod kaspa;
mod nervos;
pub mod objects;
mod qatum;
mod read;
mod rpc;
pub mod said;
pub mod sia;
pub mod squeeze;
#[cfg(test)]
mod tests;
pub mod v2;
mod web;
pub mod xatum;
mod zcash;

pub use read::{each, read};

/// Fuzz entry: frames and reads arbitrary bytes, and all helpers on them.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let (cut, data) = data.split_first().map_or((1, data), |(cut, rest)| (usize::from(*cut).max(1), rest));
    for mut framer in [objects::Framer::new(), objects::Framer::joined()] {
        let mut found = |object: &[u8]| {
            each(object, |said, _| {
                if let said::Act::Tell(said::Tell::Job(job)) = said.act {
                    let _ = job
                        .coinbase
                        .map(|(first, second)| (chain::height(first), chain::coinbase_text(first, second)));
                    let _ = job.blob.map(|blob| (chain::blob_major(blob), chain::nonce_split(blob)));
                }
            });
        };
        for piece in data.chunks(cut) {
            framer.feed(piece, &mut found);
            assert!(framer.held() <= objects::OBJECT_LIMIT, "the partial object is bounded");
        }
        framer.finish(&mut found);
    }
    let _ = (
        difficulty::of_target(data),
        difficulty::of_target_little(data),
        difficulty::of_cryptonote_target(data),
    );
    let mut squeezer = squeeze::Squeezer::default();
    data.chunks(cut).for_each(|piece| squeezer.push(piece));
    assert!(squeezer.kept().len() <= squeeze::KEPT_LIMIT, "the kept body is bounded");
    let _ = (v2::sniff(data), data.split_first().map(|(kind, rest)| v2::message(*kind, rest)));
    let _ = (xatum::sniff(data), xatum::line(data));
    let _ = http::wallet_hints(&String::from_utf8_lossy(data));
}
