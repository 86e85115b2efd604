//! Which algorithm is computed, only where the evidence determines it.
//!
//! What the job, the server or the shape of a solution names comes with the session. Two families of jobs tell no more
//! than the family: there the seed hash, the address and the pool's list decide. Sources: xmrig/xmrig
//! src/base/crypto/Algorithm.h; RavenCommunity/kawpowminer libpoolprotocols/stratum/EthStratumClient.cpp; ZIP 301.

use intel::epoch::{self, ProgPow};
use intel::wallet::{Network, Wallet};
use model::{AlgorithmFrom, Dialect, JobShape, MiningSession};

/// Coins of each algorithm of the families decided here (2miners, zpool and herominers lists of coins; the coins'
/// own repositories).
const COINS: &[(&str, &[&str])] = &[
    ("kawpow", &["RVN", "CLORE", "NEOX", "XNA", "AIPG", "SATOX"]),
    ("meowpow", &["MEWC"]),
    ("firopow", &["FIRO"]),
    ("evrprogpow", &["EVR"]),
    ("kheavyhash", &["KAS"]),
];

/// The ProgPow family.
const PROGPOW: [&str; 4] = ["kawpow", "meowpow", "firopow", "evrprogpow"];

/// Major version of Monero's blocks from which the proof of work is RandomX (monero-project/monero
/// `src/hardforks/hardforks.cpp`: version 12, November 2019).
const RANDOMX: u8 = 12;

/// The coins that this algorithm mines, of the families decided here.
pub(crate) fn coins_of(algorithm: &str) -> &'static [&'static str] {
    COINS.iter().find(|(name, _)| *name == algorithm).map_or(&[], |(_, coins)| coins)
}

/// Whether this is one of the ProgPow family.
pub(crate) fn is_progpow(algorithm: &str) -> bool {
    PROGPOW.contains(&algorithm)
}

/// Decides the algorithm. `offers`: the coins of the listed pool, empty where unknown.
pub(crate) fn decide(
    session: &MiningSession,
    wallet: Option<&Wallet>,
    miner: Option<&str>,
    offers: &[String],
) -> Option<String> {
    // What a client asks for is what it can do, not what it does.
    let said = session.algorithm.as_ref().filter(|(_, from)| *from != AlgorithmFrom::Login);
    if let Some((name, _)) = said {
        return Some(name.clone());
    }
    let wallet = wallet.filter(|wallet| wallet.network == Network::Main);
    let name = match session.job.shape {
        Some(JobShape::ProgPow) => progpow(session, wallet, miner, offers)?,
        Some(JobShape::Kaspa) => (wallet?.coin()? == "KAS").then_some("kheavyhash")?,
        None if session.dialect == Some(Dialect::Getblocktemplate) => {
            let randomx = session.job.blob_major? >= RANDOMX && session.job.seed_hash.is_some();
            (randomx && wallet?.coin()? == "XMR").then_some("rx/0")?
        }
        None => return None,
    };
    Some(name.to_owned())
}

/// The epoch's length names the algorithm. KawPow and MeowPow share theirs, and a seed may belong to no epoch that is
/// known: then address, list or program must speak, and for one alone.
fn progpow(
    session: &MiningSession,
    wallet: Option<&Wallet>,
    miner: Option<&str>,
    offers: &[String],
) -> Option<&'static str> {
    let epoch = session.job.seed_hash.as_deref().zip(session.job.height);
    let candidates: &[&'static str] = match epoch.and_then(|(seed, height)| epoch::progpow(seed, height)) {
        Some(ProgPow::FiroPow) => return Some("firopow"),
        Some(ProgPow::EvrProgPow) => return Some("evrprogpow"),
        Some(ProgPow::KawPow) => &["kawpow", "meowpow"],
        None => &PROGPOW,
    };
    let mut mined = candidates.iter().copied().filter(|name| {
        let coins = coins_of(name);
        let paid = wallet.is_some_and(|wallet| wallet.coins.iter().any(|coin| coins.contains(coin)));
        let asked = session.algorithm.as_ref().is_some_and(|(asked, _)| asked == name);
        let own = miner.is_some_and(|miner| miner.to_ascii_lowercase().starts_with(name));
        paid || asked || own || offers.iter().any(|coin| coins.contains(&coin.as_str()))
    });
    match (mined.next(), mined.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}
