//! The data files inside the binary: deflated by `build.rs`, unpacked once, read line by line.

use std::{io::Read, sync::OnceLock};

use flate2::read::DeflateDecoder;

/// The packed files.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/known.deflate"));
/// More than the files will ever be together; a guard against a broken build, not against an attacker.
const MOST: u64 = 64 << 20;

/// One of the data files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum File {
    Pools,
    NotPools,
    PoolAddresses,
    WebMiners,
    Agents,
    Ports,
    Downloads,
    Programs,
    Doors,
}

/// The rows of a file: no comment lines, columns divided by tabs.
pub(crate) fn rows(file: File) -> impl Iterator<Item = Vec<&'static str>> {
    let text = unpacked().split('\x1e').nth(file as usize).unwrap_or_default();
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split('\t').collect())
}

/// The values of a column that holds several, divided by commas; `-` stands for none.
pub(crate) fn several(column: &'static str) -> impl Iterator<Item = &'static str> {
    column.split(',').filter(|value| *value != "-" && !value.is_empty())
}

fn unpacked() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
        let mut text = String::new();
        let read = DeflateDecoder::new(PACKED).take(MOST).read_to_string(&mut text);
        debug_assert!(read.is_ok(), "build.rs packed what does not unpack");
        text
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use std::{collections::HashSet, net::IpAddr};

    use super::*;
    use crate::prefix::Network;

    const FILES: [(File, usize); 9] = [
        (File::Pools, 6),
        (File::NotPools, 4),
        (File::PoolAddresses, 5),
        (File::WebMiners, 3),
        (File::Agents, 5),
        (File::Ports, 5),
        (File::Downloads, 5),
        (File::Programs, 5),
        (File::Doors, 10),
    ];

    fn is_date(text: &str) -> bool {
        let parts: Vec<&str> = text.split('-').collect();
        let number = |at: usize| parts.get(at).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
        text.len() == 10
            && parts.len() == 3
            && (2009..2100).contains(&number(0))
            && (1..=12).contains(&number(1))
            && (1..=31).contains(&number(2))
    }

    fn is_ticker(text: &str) -> bool {
        (2..=6).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    }

    fn is_name(name: &str) -> bool {
        name.contains('.')
            && name.len() <= 253
            && name.split('.').all(|label| {
                !label.is_empty()
                    && label.bytes().all(|byte| {
                        byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_')
                    })
            })
    }

    fn names(file: File) -> HashSet<&'static str> {
        rows(file).map(|row| row[0]).collect()
    }

    /// The first file is checked against the text on disk: unpacking gives back what was packed.
    #[test]
    fn unpacks_to_the_files() {
        assert!(unpacked().starts_with(include_str!("../data/pools.tsv")));
        assert_eq!(unpacked().matches('\x1e').count(), FILES.len());
    }

    #[test]
    fn every_row_has_its_columns_a_source_and_a_date() {
        for (file, columns) in FILES {
            let mut count = 0;
            for row in rows(file) {
                assert_eq!(row.len(), columns, "{file:?} {row:?}");
                assert!(row.iter().all(|column| !column.is_empty() && column.trim() == *column), "{row:?}");
                assert!(is_date(row[columns - 1]), "{file:?} {row:?}");
                assert!(row[columns - 2].contains([' ', '/']), "a source: {row:?}");
                count += 1;
            }
            assert!(count > 40, "{file:?} holds {count}");
        }
    }

    #[test]
    fn files_are_sorted_without_doubles() {
        for file in [
            File::Pools,
            File::NotPools,
            File::WebMiners,
            File::Agents,
            File::Downloads,
            File::Programs,
            File::Doors,
        ] {
            let keys: Vec<&str> = rows(file).map(|row| row[0]).collect();
            assert!(keys.is_sorted_by(|left, right| left < right), "{file:?}");
        }
        let addresses: Vec<(IpAddr, u16)> =
            rows(File::PoolAddresses).map(|row| (row[0].parse().unwrap(), row[1].parse().unwrap())).collect();
        assert!(addresses.is_sorted_by(|left, right| left < right));
        let ports: Vec<u16> = rows(File::Ports).map(|row| row[0].parse().unwrap()).collect();
        assert!(ports.is_sorted_by(|left, right| left < right));
    }

    #[test]
    fn names_coins_kinds_and_ports_are_well_formed() {
        for row in rows(File::Pools) {
            assert!(is_name(row[0]), "{row:?}");
            assert!(["stratum", "domain", "site"].contains(&row[1]), "{row:?}");
            assert!(several(row[2]).all(is_ticker), "{row:?}");
            assert!(several(row[3]).all(|port| port.parse::<u16>().is_ok()), "{row:?}");
        }
        for row in rows(File::NotPools) {
            assert!(is_name(row[0]) || Network::parse(row[0]).is_some(), "{row:?}");
        }
        assert!(rows(File::WebMiners).all(|row| is_name(row[0])));
        for row in rows(File::Agents) {
            assert_eq!(row[0], row[0].to_lowercase(), "patterns match in lower case");
            assert!(["miner", "proxy", "node"].contains(&row[2]), "{row:?}");
        }
        assert!(rows(File::Ports).all(|row| several(row[1]).all(is_ticker)));
        for row in rows(File::Doors) {
            assert!(
                several(row[2]).chain(several(row[3])).all(|port| port.parse::<u16>().is_ok()),
                "{row:?}"
            );
            // The kernel keeps 15 bytes of a name.
            assert!(several(row[4]).chain(several(row[5])).all(|name| name.len() <= 15), "{row:?}");
            let dangers = ["commands", "containers", "data", "database", "files", "guessing", "holes"];
            assert!(dangers.contains(&row[6]), "{row:?}");
            assert!(["key", "nothing", "password", "varies"].contains(&row[7]), "{row:?}");
        }
        for row in rows(File::Downloads) {
            assert_eq!(row[0], row[0].to_lowercase(), "patterns match in lower case");
            let path = row[0].starts_with('/') && row[0].ends_with('/');
            assert_eq!(row[1] == "path", path, "{row:?}");
            assert!(["release", "name", "path", "host", "site", "extension"].contains(&row[1]), "{row:?}");
            assert!(!["host", "site"].contains(&row[1]) || is_name(row[0]), "{row:?}");
        }
    }

    /// A pool is never called "not a pool" nor the other way round, and a page's miner is no pool.
    #[test]
    fn no_entry_is_two_things() {
        let (pools, not_pools, web) = (names(File::Pools), names(File::NotPools), names(File::WebMiners));
        assert_eq!(pools.intersection(&not_pools).count(), 0);
        assert_eq!(pools.intersection(&web).count(), 0);
        assert_eq!(not_pools.intersection(&web).count(), 0);
    }

    /// Private, reserved and documentation addresses belong to everybody, shared ones to nobody; the ports of
    /// web, mail and remote administration are left out because an old address serves somebody else by now.
    #[test]
    fn pool_addresses_are_public_and_their_own() {
        let shared: Vec<Network> = rows(File::NotPools).filter_map(|row| Network::parse(row[0])).collect();
        for row in rows(File::PoolAddresses) {
            let address: IpAddr = row[0].parse().unwrap();
            let IpAddr::V4(v4) = address else { panic!("{row:?}: add the rules for IPv6 first") };
            let [first, second, ..] = v4.octets();
            let reserved = v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_documentation()
                || v4.is_multicast()
                || v4.is_broadcast()
                || first == 0
                || first >= 240
                || (first == 100 && (64..128).contains(&second))
                || (first == 198 && (18..20).contains(&second));
            assert!(!reserved, "{row:?}");
            for network in &shared {
                assert_ne!(Network::new(address, network.bits()), Some(*network), "{row:?}");
            }
            assert!(!["22", "25", "53", "80", "443", "8080", "8443", "8333"].contains(&row[1]), "{row:?}");
        }
    }

    /// The names must not be found in the binary by a search for them.
    #[test]
    fn no_plain_name_in_the_packed_data() {
        let hidden = |name: &str| {
            let clear = memchr::memmem::find(unpacked().as_bytes(), name.as_bytes());
            assert!(clear.is_some(), "the search finds {name} where it is in the clear");
            memchr::memmem::find(PACKED, name.as_bytes()).is_none()
        };
        for file in [File::Pools, File::WebMiners, File::Agents] {
            for row in rows(file).filter(|row| row[0].len() >= 6) {
                assert!(hidden(row[0]), "{}", row[0]);
            }
        }
        for word in ["nicehash", "nanopool", "stratum", "xmrig", "XMRig", "minexmr", "coinhive", "supportxmr"]
        {
            assert!(hidden(word), "{word}");
        }
    }
}
