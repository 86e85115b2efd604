//! What a snapshot of a session means in the light of what is known: wallet, worker, coin, pool, program.

use super::coin;
use crate::{Context, Known, Pool};
use intel::wallet::{self, Wallet};
use model::MiningSession;
use std::net::IpAddr;

/// A snapshot's meaning. Absent is what is not decided.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) wallet: Option<Wallet>,
    pub(crate) worker: Option<String>,
    /// The client's own name, where it names a mining program.
    pub(crate) miner: Option<String>,
    /// The name by which the client knows the server.
    pub(crate) pool_name: Option<String>,
    pub(crate) coin: Option<(String, &'static str)>,
}

/// Reads a snapshot.
pub(crate) fn read(session: &MiningSession, context: &Context<'_>) -> Reading {
    let (wallet, worker) = wallet_and_worker(session);
    let miner = session.agent.as_ref().filter(|agent| context.intel.is_miner(agent)).cloned();
    let (client, server) = (session.client.address, session.server.address);
    // Through a proxy the name asked of it counts, not the proxy's own.
    let target = session.carriage.target.as_ref();
    let asked = target.map(|target| target.host.as_str()).filter(|host| host.parse::<IpAddr>().is_err());
    let own = || context.names.of(session.flow, client, server).filter(|_| target.is_none());
    let names = || asked.into_iter().chain(own());
    let listed = names().find(|name| context.intel.pool_by_name(name).is_some());
    let pool_name = listed.or_else(|| names().next()).map(str::to_owned);
    let coin = coin::decide(session, wallet.as_ref(), &offers(session, listed, context.intel));
    Reading { wallet, worker, miner, pool_name, coin }
}

/// The coins offered where the session goes: by the name asked for, else by the address. Empty where unknown.
fn offers(session: &MiningSession, listed: Option<&str>, intel: &dyn Known) -> Vec<String> {
    let port = session.pool_port();
    let by_name = listed.and_then(|name| intel.pool_by_name(name)).filter(|pool| pool.mines_at(port, intel));
    let address = match &session.carriage.target {
        Some(target) => target.host.parse().ok(),
        None => Some(session.server.address),
    };
    let by_address = || intel.pool_by_address(address?, port);
    let offered = |pool: Pool| Some(pool.coins).filter(|coins| !coins.is_empty());
    by_name.and_then(offered).or_else(|| by_address().and_then(offered)).unwrap_or_default()
}

/// The wallet is whatever is valid by its own rules, looked for where miners put it, in order of trust: the login,
/// the password, the worker's name, the URL. Source: network notes, section 2.2.
fn wallet_and_worker(session: &MiningSession) -> (Option<Wallet>, Option<String>) {
    let login = session.login.as_deref();
    let in_login = login.and_then(wallet::find_in_login);
    let span = in_login.as_ref().map(|(_, span)| span.clone());
    let worker = session.worker.clone();
    let worker =
        worker.or_else(|| login.and_then(|login| wallet::worker_of(login, span.as_ref())).map(str::to_owned));
    let places = session
        .password
        .iter()
        .map(model::Secret::reveal)
        .chain(session.worker.as_deref())
        .chain(session.hints.iter().map(String::as_str));
    let elsewhere = || places.filter_map(wallet::find_in_login).next();
    let wallet = in_login.or_else(elsewhere).map(|(wallet, _)| wallet);
    (wallet, worker.filter(|worker| !worker.is_empty()))
}
