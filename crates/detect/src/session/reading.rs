//! What a snapshot of a session means in the light of what is known: wallet, worker, coin, pool, program.

use super::{algorithm, coin};
use crate::{Context, Known, Pool};
use intel::wallet::{self, Wallet};
use model::{Dialect, MiningSession};
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
    /// What is computed, where the evidence decides it.
    pub(crate) algorithm: Option<String>,
}

/// Reads a snapshot.
pub(crate) fn read(session: &MiningSession, context: &Context<'_>) -> Reading {
    let (wallet, worker) = wallet_and_worker(session);
    let miner = session.agent.as_ref().filter(|agent| context.intel.is_miner(agent)).cloned();
    let (client, server) = (session.client.address, session.server.address);
    // Through a proxy the name asked of it counts, not the proxy's own.
    let target = session.carriage.target.as_ref();
    let asked = target.map(|target| target.host.as_str()).filter(|host| host.parse::<IpAddr>().is_err());
    let is_listed = |name: &str| context.intel.pool_by_name(name).is_some();
    let meant = match target {
        Some(_) => asked,
        None => context.names.meant(session.flow, (client, server), session.first, is_listed),
    };
    let listed = meant.filter(|name| is_listed(name));
    let pool_name = meant.map(str::to_owned);
    let offers = offers(session, listed, context.intel);
    let algorithm = algorithm::decide(session, wallet.as_ref(), miner.as_deref(), &offers);
    let coin = coin::decide(session, wallet.as_ref(), algorithm.as_deref(), &offers);
    Reading { wallet, worker, miner, pool_name, coin, algorithm }
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
/// the password, the worker's name, the URL. Sources: MoneroOcean/nodejs-pool lib/pool/protocol.js (login, password),
/// sammy007/open-ethereum-pool proxy/proxy.go (URL), ZIP 301 (`mining.authorize`).
fn wallet_and_worker(session: &MiningSession) -> (Option<Wallet>, Option<String>) {
    let login = session.login.as_deref();
    let in_login = login.and_then(wallet::find_in_login);
    let span = in_login.as_ref().map(|(_, span)| span.clone());
    let worker = session.worker.clone();
    let worker =
        worker.or_else(|| login.and_then(|login| wallet::worker_of(login, span.as_ref())).map(str::to_owned));
    let worker = worker.or_else(|| {
        worker_in_password(session.dialect?, session.password.as_ref()?.reveal(), in_login.is_some())
    });
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

/// Passwords that are only there because the field must not be empty (`x` is what every miner's example says).
const FILLERS: &[&str] =
    &["", "x", "X", "z", "123", "1234", "12345", "123456", "password", "pass", "none", "null"];

/// The worker's name where the password is one: at CryptoNote pools whose login is a wallet there is no account to
/// protect, and the field names the rig (`name` or `name:mail`; MoneroOcean/nodejs-pool:
/// lib/pool/protocol.js). Settings (`d=5000`, `c=XMR`), fillers and numbers are no names.
fn worker_in_password(dialect: Dialect, password: &str, wallet_in_login: bool) -> Option<String> {
    if dialect != Dialect::StratumCryptonote || !wallet_in_login {
        return None;
    }
    let name = password.split(':').next().unwrap_or_default();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let is_name = name.len() <= 32
        && name.chars().all(is_plain)
        && name.chars().any(|c| c.is_ascii_alphabetic())
        && !FILLERS.contains(&name);
    is_name.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rig_is_named_in_the_password_only_where_there_is_no_account() {
        let worker = |password| worker_in_password(Dialect::StratumCryptonote, password, true);
        assert_eq!(worker("rig7").as_deref(), Some("rig7"));
        assert_eq!(worker("office-pc:me@example.org").as_deref(), Some("office-pc"));
        for filler in ["x", "", "123456", "d=5000", "c=XMR,d=1", "pass word", "5000"] {
            assert_eq!(worker(filler), None, "{filler}");
        }
        assert_eq!(worker_in_password(Dialect::StratumCryptonote, "rig7", false), None, "an account");
        assert_eq!(worker_in_password(Dialect::StratumBitcoin, "rig7", true), None);
    }
}
