//! The readers, one line each.

use crate::ReaderUnit;

model::registry! {
    /// Every kind of evidence that can be read.
    pub static READERS: [ReaderUnit] = [
        bundle,
        live,
        miner_config,
        miner_output,
        pasted,
        pcap,
        tree,
    ];
}
