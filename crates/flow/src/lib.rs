//! Packets to flows, streams and sessions, in bounded memory.
//!
//! A [`Dispatcher`] decodes frames, puts IP fragments together and deals packets into the [`Batch`] segments of
//! [`SHARDS`] shards. Each [`Shard`] owns the flows whose key hashes to it, whatever the number of threads, so that
//! the same frames give the same observations in the same order with any number of threads.

mod announced;
mod batch;
mod carriers;
mod clock;
mod contacts;
mod content;
mod datagram;
mod dispatch;
mod dns;
mod entry;
mod found;
mod fragments;
mod index;
mod key;
mod limits;
mod local;
mod noise;
mod peers;
mod reassembly;
pub mod sessions;
mod shard;
mod stream;
mod table;
mod tls;

pub use batch::{Batch, Segment};
pub use carriers::fuzz as fuzz_carriers;
pub use contacts::ContactBook;
pub use dispatch::{Dispatcher, Frame};
pub use found::{Found, Rank};
pub use fragments::{Fragments, Joined, SetKey};
pub use key::{FlowKey, SHARDS};
pub use limits::Limits;
pub use reassembly::fuzz as fuzz_reassembly;
pub use shard::{Remains, Shard};
