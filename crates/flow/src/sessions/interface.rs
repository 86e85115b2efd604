//! What a miner tells of itself: over its management interface, told once of each connection, or by its agent.

use super::Ends;
use model::{Fact, MinerInterface, Side, ToldBy};
use parse::app::miner_state::MinerState;
use parse::app::rig_report::{PRODUCT, RigReport};

/// The fact, with the side that answered as the miner.
pub(super) fn fact(ends: &Ends, from: Side, state: MinerState) -> Fact {
    let MinerState { product, pool, login, works } = state;
    Fact::Interface(Box::new(MinerInterface {
        flow: ends.flow,
        by: ToldBy::Answer,
        client: ends.of(from.other()),
        server: ends.of(from),
        product,
        program: None,
        algorithm: None,
        pool,
        login,
        works,
    }))
}

/// The same of an agent, with the side that asks as the miner.
pub(super) fn reported(ends: &Ends, from: Side, report: RigReport) -> Fact {
    let RigReport { program, algorithm } = report;
    Fact::Interface(Box::new(MinerInterface {
        flow: ends.flow,
        by: ToldBy::Report,
        client: ends.of(from),
        server: ends.of(from.other()),
        product: PRODUCT.to_owned(),
        works: program.is_some(),
        program,
        algorithm,
        pool: None,
        login: None,
    }))
}
