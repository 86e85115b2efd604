//! Which coin is mined, only where the evidence determines it: a wrong fact is worse than none.
//!
//! What decides: an address with its coin's checksum and tag, the parameters of an Equihash solution, a difficulty that
//! one network alone has, and what the pool offers. Sources stand beside each.

use super::algorithm::{coins_of, is_progpow};
use intel::wallet::{Network, Wallet};
use model::{AlgorithmFrom, Dialect, JobShape, MiningSession};

/// Decides the coin and says how. `offers`: the coins of the listed pool, empty where unknown.
pub(crate) fn decide(
    session: &MiningSession,
    wallet: Option<&Wallet>,
    algorithm: Option<&str>,
    offers: &[String],
) -> Option<(String, &'static str)> {
    let dialect = session.dialect?;
    let wallet = wallet.filter(|wallet| wallet.network == Network::Main);
    if wallet.is_none() && session.login.as_deref().and_then(intel::wallet::find_in_login).is_some() {
        // A test network's address: whatever is mined has no price, and no ticker here names it.
        return None;
    }
    if dialect == Dialect::StratumZcash {
        return equihash(session, wallet, offers);
    }
    // Programs of this dialect list what they can do when they log in, and pools pay in a coin of the miner's choice:
    // which algorithm it is, and so which coin, the job decides. Who sends shares was given one.
    let named = session.algorithm.as_ref().is_some_and(|(_, from)| *from != AlgorithmFrom::Login);
    let sent = session.shares.sent.unwrap_or(0);
    let undecided = dialect == Dialect::StratumCryptonote && !session.proof.job && sent == 0 && !named;
    if let Some(coin) = wallet.and_then(Wallet::coin)
        && !undecided
        && fits(coin, dialect, algorithm, session) == Some(true)
    {
        return Some((coin.to_owned(), "wallet"));
    }
    // Forks of Bitcoin kept its version bytes: of those that share an address one alone may mine like this.
    let mut fitting = wallet
        .into_iter()
        .flat_map(|wallet| wallet.coins)
        .filter(|coin| algorithm.is_some_and(|name| is_progpow(name) && coins_of(name).contains(coin)));
    if let (Some(coin), None) = (fitting.next(), fitting.next()) {
        return Some(((*coin).to_owned(), "wallet"));
    }
    if dialect == Dialect::StratumBitcoin && session.job.nbits.is_some_and(is_bitcoin_alone) {
        return Some(("BTC".to_owned(), "network-difficulty"));
    }
    let [offered] = offers else { return None };
    // A payout address of another coin: the pool pays in what it does not mine, so its list decides nothing.
    let agrees =
        wallet.is_none_or(|wallet| wallet.coins.is_empty() || wallet.coins.contains(&offered.as_str()));
    (agrees && fits(offered, dialect, algorithm, session) != Some(false)).then(|| (offered.clone(), "pool"))
}

/// Equihash: what the solution's parameters, the wallet and the pool's list leave, if it is exactly one coin and at
/// least wallet or list speaks. Parameters: ZIP 301, and the chain parameters (`nEquihashN`, `nEquihashK`) of each
/// coin's node.
fn equihash(
    session: &MiningSession,
    wallet: Option<&Wallet>,
    offers: &[String],
) -> Option<(String, &'static str)> {
    let coins: &[&str] = match session.job.equihash {
        None => &["ZEC", "ZCL", "HUSH", "ZEN", "KMD", "ARRR", "BTG", "BTCZ", "FLUX", "AION"],
        Some((200, 9)) => &["ZEC", "ZCL", "HUSH", "ZEN", "KMD", "ARRR"],
        Some((144, 5)) => &["BTG", "BTCZ"],
        Some((125, 4)) => &["FLUX"],
        Some((210, 9)) => &["AION"],
        Some(_) => return None,
    };
    let of_wallet = wallet.map(|wallet| wallet.coins).filter(|coins| !coins.is_empty());
    let mut left = coins
        .iter()
        .filter(|coin| of_wallet.is_none_or(|coins| coins.contains(coin)))
        .filter(|coin| offers.is_empty() || offers.iter().any(|offered| offered == *coin));
    let (only, None) = (left.next()?, left.next()) else { return None };
    let unique = of_wallet.is_some_and(|coins| coins.len() == 1);
    let from = match (unique, offers.is_empty()) {
        (true, _) => "wallet",
        (false, false) => "pool",
        (false, true) if of_wallet.is_some() => "wallet",
        (false, true) => return None,
    };
    Some(((*only).to_owned(), from))
}

/// Whether a coin can be what this dialect and algorithm mine; `None` where that is not known.
fn fits(coin: &str, dialect: Dialect, algorithm: Option<&str>, session: &MiningSession) -> Option<bool> {
    let asked = || session.algorithm.as_ref().filter(|_| dialect != Dialect::StratumCryptonote);
    let algorithm = algorithm.or_else(|| asked().map(|(name, _)| name.as_str()));
    match dialect {
        Dialect::StratumCryptonote | Dialect::WebMiner => Some(match (coin, algorithm) {
            // Monero's proofs of work since 2014 in xmrig's spelling (xmrig/xmrig: src/base/crypto/Algorithm.h).
            ("XMR", Some(name)) => {
                ["rx/0", "cn/0", "cn/1", "cn/2", "cn/r", "cn", "cryptonight"].contains(&name)
            }
            (_, Some(name)) => is_cryptonote(coin) && (name.starts_with("rx/") || name.starts_with("cn")),
            (_, None) => is_cryptonote(coin),
        }),
        Dialect::StratumEthproxy | Dialect::StratumEthereum => Some(is_ethash(coin)),
        Dialect::Getwork if algorithm.is_some_and(|name| name.contains("ethash") || name == "etchash") => {
            Some(is_ethash(coin))
        }
        // Kaspa's forks kept its Stratum and each has a prefix of its own, so the address decides.
        Dialect::StratumBitcoin if session.job.shape == Some(JobShape::Kaspa) => {
            Some(coins_of("kheavyhash").contains(&coin) || ["KLS", "PYI", "SPR", "HTN"].contains(&coin))
        }
        Dialect::StratumBitcoin | Dialect::Getwork | Dialect::Getblocktemplate => {
            let proofs: &[&str] = match coin {
                "BTC" | "BCH" | "XEC" | "DGB" => &["sha256d"],
                "LTC" | "DOGE" => &["scrypt"],
                "DASH" => &["x11"],
                "KAS" => &["kheavyhash", "heavyhash"],
                "RVN" | "CLORE" | "NEOX" | "XNA" => &["kawpow"],
                "FIRO" => &["firopow"],
                "EVR" => &["evrprogpow"],
                "MEWC" => &["meowpow", "scrypt"],
                "ERG" => &["autolykos2", "autolykos"],
                // A template of monerod's own fields, asked for with Monero's address.
                "XMR" if dialect == Dialect::Getblocktemplate => {
                    return Some(session.job.blob_major.is_some());
                }
                coin if is_cryptonote(coin) || is_ethash(coin) => return Some(false),
                _ => return None,
            };
            algorithm.map(|name| proofs.contains(&name))
        }
        Dialect::StratumZcash | Dialect::Xatum | Dialect::Qatum | Dialect::StratumV2 | Dialect::P2pool => {
            None
        }
    }
}

/// Coins whose pools speak login/job/submit (xmrig/xmrig src/base/crypto/Coin.cpp; MoneroOcean/nodejs-pool lib/coins).
fn is_cryptonote(coin: &str) -> bool {
    [
        "XMR", "AEON", "BCN", "BLOC", "CCX", "DERO", "ETN", "GRFT", "IRD", "ITNS", "LTHN", "MSR", "RYO",
        "SAL", "SUMO", "TRTL", "TUBE", "WOW", "XEQ", "XHV", "XLA", "XMC", "XMV", "XTL", "ZEPH",
    ]
    .contains(&coin)
}

/// Coins mined by Ethash and its kin over the Ethereum dialects (ethereum-mining/ethminer
/// libpoolprotocols/stratum/EthStratumClient.cpp; NiceHash EthereumStratum/1.0.0).
fn is_ethash(coin: &str) -> bool {
    ["ETH", "ETC", "ETHW", "ETHF", "EXP", "MUSIC", "OCTA", "UBQ", "CLO"].contains(&coin)
}

/// Whether a compact target belongs to a network difficulty above 10^13. Of all chains with Bitcoin's header only
/// Bitcoin's has been there (since 2019-09; Bitcoin Cash stayed below 10^12).
/// Difficulty = 0xffff·2^208 / target (Bitcoin developer reference, "Target nBits"): with exponent e and mantissa m
/// that is 0xffff·2^(8·(29−e)) / m, computed here in whole numbers.
fn is_bitcoin_alone(nbits: u32) -> bool {
    let (exponent, mantissa) = (nbits >> 24, u128::from(nbits & 0x007f_ffff));
    // Below exponent 16 the difficulty would exceed 2^100: no chain is there, the field is no target.
    if mantissa == 0 || !(16..29).contains(&exponent) {
        return false;
    }
    let shift = 8 * (29 - exponent);
    0xffff_u128.checked_shl(shift).unwrap_or(0) / mantissa > 10_000_000_000_000
}
