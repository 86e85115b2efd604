//! A miner's management interface, told once of each connection.

use super::Ends;
use model::{Fact, MinerInterface, Side};
use parse::app::miner_state::MinerState;

/// The fact, with the side that answered as the miner.
pub(super) fn fact(ends: &Ends, from: Side, state: MinerState) -> Fact {
    let MinerState { product, pool, login, works } = state;
    let (client, server) = (ends.of(from.other()), ends.of(from));
    Fact::Interface(Box::new(MinerInterface { flow: ends.flow, client, server, product, pool, login, works }))
}
