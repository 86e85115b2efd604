//! The one door to what is known: pools by name, address and port, mining programs, miners in web pages.

use std::{
    fmt,
    net::IpAddr,
    sync::{Arc, OnceLock},
};

use crate::{
    agent::{Agent, Agents},
    data::{File, rows, several},
    entries::{NotAPool, PoolAddress, PoolName, PoolPort, WebMiner},
    prefix::{Network, PrefixBuilder, PrefixMap},
    site::{Listed, PoolHost, host},
    suffix::SuffixMap,
    user::UserList,
};

/// Source given for an entry of the user's own list.
pub const USER_SOURCE: &str = "user list";

/// What is known, with the user's own list beside it. Cheap to clone, shared between threads.
#[derive(Clone)]
pub struct Intel {
    known: Arc<Known>,
    user: Arc<UserList>,
}

/// A row: the part that all files share, and what only some have.
struct Row {
    key: &'static str,
    listed: Listed,
    coins: Vec<&'static str>,
    ports: Vec<u16>,
    what: &'static str,
    source: &'static str,
    date: &'static str,
}

/// The built-in tables. Values of the maps are indices into `rows`.
#[derive(Default)]
struct Known {
    rows: Vec<Row>,
    pools: SuffixMap,
    not_pools: SuffixMap,
    web_miners: SuffixMap,
    pool_addresses: PrefixMap,
    not_pool_addresses: PrefixMap,
    ports: Vec<(u16, u32)>,
    agents: Agents,
}

impl fmt::Debug for Intel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Intel").field("rows", &self.known.rows.len()).field("user", &self.user).finish()
    }
}

impl Intel {
    /// What is built in. Unpacked and indexed at the first call, shared afterwards.
    #[must_use]
    pub fn builtin() -> Self {
        static KNOWN: OnceLock<Arc<Known>> = OnceLock::new();
        let known = Arc::clone(KNOWN.get_or_init(|| Arc::new(Known::load())));
        Self { known, user: Arc::default() }
    }

    /// The same with the user's list beside it; what the user lists is asked first.
    #[must_use]
    pub fn with_user(self, list: UserList) -> Self {
        Self { known: self.known, user: Arc::new(list) }
    }

    /// The pool that a name belongs to, by the longest listed name that it equals or is below.
    ///
    /// None where a name that is no pool is listed more closely.
    #[must_use]
    pub fn pool_by_name(&self, name: &str) -> Option<PoolName<'_>> {
        if let Some((start, value)) = self.user.names.longest(name) {
            return Some(PoolName {
                matched: matched(name, start),
                host: PoolHost::Stratum,
                coins: self.user_coins(value),
                ports: &[],
                source: USER_SOURCE,
                date: None,
            });
        }
        let (start, value) = self.known.pools.longest(name)?;
        if self.known.not_pools.longest(name).is_some_and(|(closer, _)| closer < start) {
            return None;
        }
        let row = self.known.row(value)?;
        Some(PoolName {
            matched: matched(name, start),
            host: host(row.listed, name.get(..start.saturating_sub(1)).unwrap_or_default()),
            coins: row.coins.clone(),
            ports: &row.ports,
            source: row.source,
            date: Some(row.date),
        })
    }

    /// The pool at an address and port. The built-in list knows addresses only with their port.
    #[must_use]
    pub fn pool_by_address(&self, address: IpAddr, port: u16) -> Option<PoolAddress<'_>> {
        if let Some(value) = self.user.addresses.find(address, port) {
            return Some(PoolAddress { coins: self.user_coins(value), source: USER_SOURCE, date: None });
        }
        let row = self.known.row(self.known.pool_addresses.find(address, port)?)?;
        Some(PoolAddress { coins: row.coins.clone(), source: row.source, date: Some(row.date) })
    }

    /// Whether pools use a port. Everybody else may too.
    #[must_use]
    pub fn port(&self, port: u16) -> Option<PoolPort<'_>> {
        let at = self.known.ports.binary_search_by_key(&port, |listed| listed.0).ok()?;
        let row = self.known.row(self.known.ports.get(at)?.1)?;
        Some(PoolPort { coins: row.coins.clone(), pool: row.what, source: row.source, date: row.date })
    }

    /// The program that an agent string announces by the way it begins.
    #[must_use]
    pub fn agent(&self, agent: &str) -> Option<Agent> {
        self.known.agents.find(agent)
    }

    /// The program that an agent string names in the program's own form (`XMRig/6.21.0`, `nanominer`): where agents of
    /// every kind pass by, a first word alone (`T-Rex Game/1.0`) is not enough.
    #[must_use]
    pub fn agent_itself(&self, agent: &str) -> Option<Agent> {
        self.known.agents.find_itself(agent)
    }

    /// The miner of web pages that a name belongs to.
    #[must_use]
    pub fn web_miner(&self, name: &str) -> Option<WebMiner<'_>> {
        let (start, value) = self.known.web_miners.longest(name)?;
        let row = self.known.row(value)?;
        Some(WebMiner { matched: matched(name, start), source: row.source, date: row.date })
    }

    /// What a name is that is listed as no pool: an exchange, a wallet, an explorer, a time service.
    #[must_use]
    pub fn not_a_pool(&self, name: &str) -> Option<NotAPool<'_>> {
        let (start, value) = self.known.not_pools.longest(name)?;
        if self.known.pools.longest(name).is_some_and(|(closer, _)| closer < start) {
            return None;
        }
        self.known.row(value).map(Row::not_a_pool)
    }

    /// What an address is that many unrelated services share: a resolver, a content network.
    #[must_use]
    pub fn not_a_pool_address(&self, address: IpAddr) -> Option<NotAPool<'_>> {
        self.known.row(self.known.not_pool_addresses.find(address, 0)?).map(Row::not_a_pool)
    }

    fn user_coins(&self, value: u32) -> Vec<&str> {
        let coins = usize::try_from(value).ok().and_then(|at| self.user.coins.get(at));
        coins.map(|coins| coins.iter().map(String::as_str).collect()).unwrap_or_default()
    }
}

impl Row {
    fn not_a_pool(&self) -> NotAPool<'_> {
        NotAPool { matched: self.key, what: self.what, source: self.source, date: self.date }
    }
}

impl Known {
    fn load() -> Self {
        let mut known = Self { agents: Agents::builtin(), ..Self::default() };
        let mut addresses = PrefixBuilder::default();
        let mut shared = PrefixBuilder::default();
        for row in rows(File::Pools) {
            let &[name, kind, coins, ports, source, date] = row.as_slice() else { continue };
            let listed = match kind {
                "stratum" => Listed::Stratum,
                "domain" => Listed::Domain,
                _ => Listed::Site,
            };
            let ports = several(ports).filter_map(|port| port.parse().ok()).collect();
            let value = known.push(Row { listed, ports, ..Row::new(name, coins, "", source, date) });
            known.pools.insert(name, value);
        }
        for row in rows(File::NotPools) {
            let &[key, what, source, date] = row.as_slice() else { continue };
            let value = known.push(Row::new(key, "-", what, source, date));
            match Network::parse(key) {
                Some(network) => shared.insert(network, None, value),
                None => {
                    known.not_pools.insert(key, value);
                }
            }
        }
        for row in rows(File::PoolAddresses) {
            let &[key, port, coins, source, date] = row.as_slice() else { continue };
            let (Some(network), Ok(port)) = (Network::parse(key), port.parse()) else { continue };
            let value = known.push(Row::new(key, coins, "", source, date));
            addresses.insert(network, Some(port), value);
        }
        for row in rows(File::WebMiners) {
            let &[name, source, date] = row.as_slice() else { continue };
            let value = known.push(Row::new(name, "-", "", source, date));
            known.web_miners.insert(name, value);
        }
        for row in rows(File::Ports) {
            let &[key, coins, pool, source, date] = row.as_slice() else { continue };
            let Ok(port) = key.parse() else { continue };
            let value = known.push(Row::new(key, coins, pool, source, date));
            known.ports.push((port, value));
        }
        known.ports.sort_unstable();
        known.pool_addresses = addresses.finish();
        known.not_pool_addresses = shared.finish();
        known
    }

    fn push(&mut self, row: Row) -> u32 {
        self.rows.push(row);
        u32::try_from(self.rows.len() - 1).unwrap_or(u32::MAX)
    }

    fn row(&self, value: u32) -> Option<&Row> {
        self.rows.get(usize::try_from(value).ok()?)
    }
}

impl Row {
    fn new(
        key: &'static str,
        coins: &'static str,
        what: &'static str,
        source: &'static str,
        date: &'static str,
    ) -> Self {
        Self {
            key,
            listed: Listed::Site,
            coins: several(coins).collect(),
            ports: Vec::new(),
            what,
            source,
            date,
        }
    }
}

/// The part of a name from `start`, in lower case without final point.
fn matched(name: &str, start: usize) -> String {
    let name = name.strip_suffix('.').unwrap_or(name);
    name.get(start..).unwrap_or_default().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use proptest::prelude::*;

    use super::*;
    use crate::AgentKind;

    #[test]
    fn a_pools_hosts_are_told_from_its_site() {
        let intel = Intel::builtin();
        for (name, matched, host) in [
            ("pool.supportxmr.com", "pool.supportxmr.com", PoolHost::Stratum),
            ("supportxmr.com", "supportxmr.com", PoolHost::Site),
            ("WWW.SupportXMR.com.", "supportxmr.com", PoolHost::Site),
            ("api.nanopool.org", "nanopool.org", PoolHost::Site),
            ("xmr-eu1.nanopool.org", "xmr-eu1.nanopool.org", PoolHost::Stratum),
            ("sol-eu9.nanopool.org", "nanopool.org", PoolHost::Member),
            ("bs.pool.binance.com", "pool.binance.com", PoolHost::Member),
            ("pool.binance.com", "pool.binance.com", PoolHost::Site),
            ("mine.zpool.ca", "mine.zpool.ca", PoolHost::Stratum),
            ("scrypt.eu.mine.zpool.ca", "mine.zpool.ca", PoolHost::Stratum),
            ("donate.v2.xmrig.com", "donate.v2.xmrig.com", PoolHost::Stratum),
        ] {
            let found = intel.pool_by_name(name).unwrap_or_else(|| panic!("{name}"));
            assert_eq!((found.matched.as_str(), found.host), (matched, host), "{name}");
            assert!(found.date.is_some() && !found.source.is_empty());
        }
        let found = intel.pool_by_name("xmr-eu1.nanopool.org").unwrap();
        assert_eq!((found.coins.as_slice(), found.ports), (&["XMR"][..], &[14444][..]));
    }

    #[test]
    fn what_only_looks_like_a_pool() {
        let intel = Intel::builtin();
        for (name, what) in [
            ("2.debian.pool.ntp.org", Some("time")),
            ("api.binance.com", Some("exchange")),
            ("etherscan.io", Some("explorer")),
            ("xmrig.com", Some("software")),
            ("zpool.cache", None),
            ("swimmingpool.example", None),
            ("notnanopool.org", None),
            ("nanopool.org.example", None),
            ("", None),
        ] {
            assert_eq!(intel.pool_by_name(name), None, "{name}");
            assert_eq!(intel.not_a_pool(name).map(|found| found.what), what, "{name}");
        }
        assert_eq!(intel.not_a_pool("pool.binance.com"), None, "the pool is listed more closely");
        assert_eq!(intel.not_a_pool_address("8.8.8.8".parse().unwrap()).unwrap().what, "resolver");
        assert_eq!(intel.not_a_pool_address("104.16.1.1".parse().unwrap()).unwrap().what, "cdn");
        assert_eq!(intel.not_a_pool_address("192.0.2.1".parse().unwrap()), None);
    }

    /// The first and the last row of the list of addresses, each with its own port and with another.
    #[test]
    fn addresses_count_with_their_port_only() {
        let intel = Intel::builtin();
        let listed: Vec<(IpAddr, u16)> =
            rows(File::PoolAddresses).map(|row| (row[0].parse().unwrap(), row[1].parse().unwrap())).collect();
        for &(address, port) in [listed.first(), listed.last()].into_iter().flatten() {
            assert!(intel.pool_by_address(address, port).is_some());
            assert_eq!(intel.pool_by_address(address, 443), None);
        }
        assert!(listed.iter().all(|&(address, port)| intel.pool_by_address(address, port).is_some()));
    }

    #[test]
    fn agents_in_their_own_form() {
        let intel = Intel::builtin();
        for text in [
            "XMRig/6.21.0 (Linux x86_64) libuv/1.44.2",
            "T-Rex/0.26.8",
            "miniZ/1.8",
            "cgminer 3.7.2",
            "nanominer",
            "xmr/1.0",
            "cpuminer-opt-3.8.8",
        ] {
            assert!(intel.agent_itself(text).is_some(), "{text}");
        }
        for text in [
            "T-Rex Game/1.0",
            "miniZ Compressor",
            "Rigel Weather/3",
            "Claymore Homes CMS",
            "Antminer-Fan-Blog/1",
            "Bosminer3",
            "GMinerals/2",
        ] {
            assert!(intel.agent_itself(text).is_none(), "{text}");
        }
    }

    #[test]
    fn agents() {
        let intel = Intel::builtin();
        for (text, expected) in [
            ("XMRig/6.21.0 (Linux x86_64) libuv/1.44.2 gcc/9.3.0", Some(("XMRig", AgentKind::Miner))),
            ("xmrig-proxy/6.21.0", Some(("xmrig-proxy", AgentKind::Proxy))),
            ("cgminer/3.7.2", Some(("cgminer", AgentKind::Miner))),
            ("cgminer 3.7.2", Some(("cgminer", AgentKind::Miner))),
            ("bfgminer/5.2.0", Some(("BFGMiner", AgentKind::Miner))),
            ("equihashminer", Some(("equihashminer", AgentKind::Miner))),
            ("xmr/1.0", Some(("xmr", AgentKind::Miner))),
            (" NiceHash/1.0.0", Some(("NiceHash", AgentKind::Proxy))),
            ("cpuminer-opt-3.8.8", Some(("cpuminer-opt", AgentKind::Miner))),
            ("cpuminer/2.3.3", Some(("cpuminer", AgentKind::Miner))),
            ("bitaxe/BM1368/v2.1.5", Some(("Bitaxe", AgentKind::Miner))),
            ("SRBMiner-MULTI/2.4.4", Some(("SRBMiner-MULTI", AgentKind::Miner))),
            ("Sia-Agent", Some(("Sia", AgentKind::Node))),
            ("/Satoshi:27.0.0/", Some(("Bitcoin Core", AgentKind::Node))),
            ("Mozilla/5.0 (X11; Linux x86_64) cgminer/4.11", None),
            ("cgminers/1", None),
            ("curl/8.5.0", None),
            ("Go-http-client/1.1", None),
            ("", None),
            ("é", None),
        ] {
            let found = intel.agent(text).map(|agent| (agent.program, agent.kind));
            assert_eq!(found, expected, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        /// Any text may be asked; what matched is its end, in lower case.
        #[test]
        fn any_question_is_survived(text in "\\PC{0,60}|[a-z.]{0,20}(nanopool\\.org|NTP\\.org|coinhive\\.com)\\.{0,2}") {
            let intel = Intel::builtin();
            let end = text.strip_suffix('.').unwrap_or(&text).to_ascii_lowercase();
            if let Some(found) = intel.pool_by_name(&text) {
                prop_assert!(end.ends_with(&found.matched) && !found.matched.is_empty());
            }
            let _ = (intel.agent(&text), intel.web_miner(&text), intel.not_a_pool(&text));
        }
    }

    #[test]
    fn ports_and_web_miners() {
        let intel = Intel::builtin();
        assert!(intel.port(3333).is_some());
        assert!([22, 25, 80, 443, 8080].iter().all(|&port| intel.port(port).is_none()));
        assert_eq!(intel.web_miner("ws014.coinhive.com").unwrap().matched, "coinhive.com");
        assert_eq!(intel.web_miner("example.com"), None);
    }

    #[test]
    fn the_users_list_is_asked_first() {
        let (list, errors) = UserList::parse("binance.com BTC\n192.0.2.7:3333\n");
        assert!(errors.is_empty());
        let intel = Intel::builtin().with_user(list);
        let found = intel.pool_by_name("api.binance.com").unwrap();
        assert_eq!((found.coins, found.source, found.date), (vec!["BTC"], USER_SOURCE, None));
        assert!(intel.pool_by_address("192.0.2.7".parse().unwrap(), 3333).is_some());
        assert_eq!(
            Intel::builtin().pool_by_name("api.binance.com"),
            None,
            "one list does not leak into another"
        );
    }
}
