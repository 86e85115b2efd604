//! Work asked of a node or pool by JSON-RPC: getwork, getblocktemplate, submitblock, Monero's daemon mining.
//!
//! Sources: bitcoin/bips bip-0022 and bip-0023; JayDDee/cpuminer-opt `util.c`; monero-project/monero
//! `src/rpc/core_rpc_server.h`; xmrig/xmrig `src/base/net/stratum/DaemonClient.cpp`.

use super::bitcoin::Parameters;
use super::difficulty::{of_target, of_target_little};
use super::hex;
use super::json::Value;
use super::read::Root;
use super::said::{Act, Answer, Ask, Family, Job, Stated};

/// Digits of the shortest block: the 80 bytes of Bitcoin's header. Monero's header has some 43 bytes, and its coinbase
/// transaction more than the rest.
const BLOCK_DIGITS: usize = 160;

/// Reads the methods of daemons that hand out work.
pub(super) fn method<'a>(name: &str, root: &Root<'a>) -> Option<(Act<'a>, bool)> {
    let list = Parameters::of(root.params);
    let ask = match name {
        "getwork" if hex::exactly(list.at(0), 256) => Ask::GetworkSolution,
        "getwork" if list.count == 0 => Ask::Getwork,
        "getblocktemplate" | "get_block_template" => {
            let object = root.params.filter(|params| params.is_object());
            Ask::Template { wallet: object.and_then(|params| params.member("wallet_address")?.words()) }
        }
        // p2pool at its node, and at the nodes of chains that it mines beside (SChernykh/p2pool `docs/MERGE_MINING.MD`).
        "get_miner_data"
        | "add_aux_pow"
        | "merge_mining_get_chain_id"
        | "merge_mining_get_aux_block"
        | "merge_mining_submit_solution" => Ask::Other,
        "submitblock" | "submit_block" if hex::is_bytes(list.at(0), BLOCK_DIGITS) => Ask::Block,
        _ => return None,
    };
    Some((Act::Ask(ask), true))
}

/// Reads a request body without a method: `{"miner_address":…,"threads_count":n}` starts a daemon's own miner.
pub(super) fn start_mining<'a>(root: Value<'a>) -> Option<(Act<'a>, bool)> {
    let wallet = root.member("miner_address")?.words()?;
    root.member("threads_count")?;
    Some((Act::Ask(Ask::StartMining { wallet }), true))
}

/// Monero's daemon answers an order with its state at the root: `{"status":"OK","untrusted":false}`.
pub(super) fn obeyed<'a>(root: Value<'a>) -> Option<(Act<'a>, bool)> {
    let fits = root.member("status")?.is("OK") && root.member("untrusted")?.bool().is_some();
    fits.then_some((Act::Answer(Answer::Ok), false))
}

/// Reads an object given as a result.
pub(super) fn result<'a>(result: Value<'a>) -> Option<(Answer<'a>, bool)> {
    let job = getwork(result).or_else(|| template(result)).or_else(|| daemon_template(result))?;
    Some((Answer::Job(Box::new(job)), true))
}

fn getwork<'a>(result: Value<'a>) -> Option<Job<'a>> {
    let data = result.member("data").filter(|data| hex::exactly(Some(*data), 256))?;
    let target = result.member("target").filter(|target| hex::is_hash(Some(*target)))?;
    let mut job = Job::new(Family::Getwork, data.text()?);
    job.stated = of_target_little(target.quoted()?).map_or(Stated::Before, Stated::Hashes);
    Some(job)
}

fn template<'a>(result: Value<'a>) -> Option<Job<'a>> {
    let previous = result.member("previousblockhash").filter(|hash| hex::is_hash(Some(*hash)))?;
    let paid = result.member("coinbasevalue").is_some() || result.member("coinbasetxn").is_some();
    let bits = result.member("bits").filter(|bits| hex::exactly(Some(*bits), 8))?;
    let height = result.member("height")?.u64()?;
    if !paid {
        return None;
    }
    let mut job = Job::new(Family::Template, previous.text()?);
    job.nbits = hex::number(bits.quoted()?).and_then(|bits| u32::try_from(bits).ok());
    job.height = Some(height);
    job.stated =
        hex::bare(result.member("target")).and_then(of_target).map_or(Stated::Before, Stated::Hashes);
    Some(job)
}

fn daemon_template<'a>(result: Value<'a>) -> Option<Job<'a>> {
    let blob = result.member("blocktemplate_blob").filter(|blob| hex::is_bytes(Some(*blob), 86))?;
    let hashing = result.member("blockhashing_blob").filter(|blob| hex::is_bytes(Some(*blob), 86));
    result.member("reserved_offset").filter(|offset| offset.is_number())?;
    let previous = result.member("prev_hash").and_then(Value::words);
    let mut job = Job::new(Family::Template, previous.unwrap_or_default());
    job.blob = hashing.unwrap_or(blob).quoted();
    job.height = result.member("height").and_then(Value::u64);
    job.seed = result.member("seed_hash").filter(|seed| hex::is_hash(Some(*seed))).and_then(Value::words);
    job.stated = result
        .member("difficulty")
        .and_then(Value::u64)
        .map_or(Stated::Before, |hashes| Stated::Hashes(hashes.into()));
    Some(job)
}
