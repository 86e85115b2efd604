//! Services that should not be open to everybody: which one listens there, and what is dangerous about it.

use std::sync::OnceLock;

use crate::data::{File, rows, several};
use model::Asks;

/// A listed service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedDoor {
    /// Its id.
    pub service: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What is dangerous: `commands`, `containers`, `data`, `database`, `files`, `guessing` or `holes`.
    pub danger: &'static str,
    /// What it asks unless told otherwise; `None` where that depends on version or package.
    pub asks: Option<Asks>,
    /// Where the entry is from.
    pub source: &'static str,
    /// When.
    pub date: &'static str,
    ports: Vec<u16>,
    shared: Vec<u16>,
    programs: Vec<&'static str>,
    runtimes: Vec<&'static str>,
}

/// By what a service was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DoorBy {
    /// By its port alone.
    Port,
    /// By the program that listens, at a port that is not listed: it may be another door of the same program (the bus of a
    /// Redis cluster, the gossip of a Docker swarm).
    Elsewhere,
    /// By the program and a listed port.
    Program,
}

/// Programs that listen for another one: what is behind them cannot be seen.
const CARRIERS: [&str; 8] =
    ["docker-proxy", "rootlessport", "slirp4netns", "pasta", "conmon", "systemd", "kube-proxy", "svclb"];

/// The service that listens at a port, by the name of the program as the kernel has it (15 bytes).
#[must_use]
pub fn door(port: u16, program: Option<&str>) -> Option<(&'static ListedDoor, DoorBy)> {
    let Some(program) = program.filter(|name| !CARRIERS.contains(name) && !name.is_empty()) else {
        return listed().iter().find(|one| one.ports.contains(&port)).map(|one| (one, DoorBy::Port));
    };
    // `php-fpm8.2`, `python3.11`, `next-server (v1`.
    let is = |listed: &str| {
        program
            .strip_prefix(listed)
            .is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_alphabetic() || next == '-'))
    };
    let has = |names: &[&'static str]| names.iter().any(|name| is(name));
    let at = |one: &&ListedDoor| one.ports.contains(&port) || one.shared.contains(&port);
    let here = listed().iter().filter(at).find(|one| has(&one.programs) || has(&one.runtimes));
    let elsewhere = || listed().iter().find(|one| has(&one.programs)).map(|one| (one, DoorBy::Elsewhere));
    here.map(|one| (one, DoorBy::Program)).or_else(elsewhere)
}

/// A service by its id.
#[must_use]
pub fn door_of(service: &str) -> Option<&'static ListedDoor> {
    listed().iter().find(|one| one.service == service)
}

fn listed() -> &'static [ListedDoor] {
    static LISTED: OnceLock<Vec<ListedDoor>> = OnceLock::new();
    let ports = |column| several(column).filter_map(|port| port.parse().ok()).collect();
    LISTED.get_or_init(|| {
        let read = |row: Vec<&'static str>| {
            let [service, name, own, shared, programs, runtimes, danger, asks, source, date] =
                row.try_into().ok()?;
            let asks = match asks {
                "nothing" => Some(Asks::Nothing),
                "password" => Some(Asks::Password),
                "key" => Some(Asks::Key),
                _ => None,
            };
            Some(ListedDoor {
                service,
                name,
                danger,
                asks,
                source,
                date,
                ports: ports(own),
                shared: ports(shared),
                programs: several(programs).collect(),
                runtimes: several(runtimes).collect(),
            })
        };
        rows(File::Doors).filter_map(read).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_by_port_and_program() {
        for (port, program, expected) in [
            (6379, None, Some(("redis", DoorBy::Port))),
            (7000, Some("redis-server"), Some(("redis", DoorBy::Elsewhere))),
            (7946, Some("dockerd"), Some(("docker", DoorBy::Elsewhere))),
            (6379, Some("docker-proxy"), Some(("redis", DoorBy::Port))),
            (6379, Some("nginx"), None),
            (8080, None, None),
            (8080, Some("java"), Some(("jenkins-tomcat", DoorBy::Program))),
            (8080, Some("nginx"), None),
            (8080, Some("kube-apiserver"), Some(("kubernetes-insecure", DoorBy::Program))),
            (6443, Some("kube-apiserver"), Some(("kubernetes-api", DoorBy::Program))),
            (2376, Some("dockerd"), Some(("docker-tls", DoorBy::Program))),
            (9000, Some("php-fpm8.2"), Some(("php-fpm", DoorBy::Program))),
            (3000, Some("next-server (v1"), Some(("nextjs", DoorBy::Program))),
            (8265, Some("python3.11"), Some(("ray", DoorBy::Program))),
            (443, Some("java"), None),
            (22, Some("sshd"), Some(("ssh", DoorBy::Program))),
            (22, Some("sshd-honeypot"), None),
        ] {
            let found = door(port, program).map(|(one, by)| (one.service, by));
            assert_eq!(found, expected, "{port} {program:?}");
        }
    }

    #[test]
    fn no_port_is_the_own_of_two_services() {
        let mut ports: Vec<u16> = listed().iter().flat_map(|one| one.ports.iter().copied()).collect();
        ports.sort_unstable();
        assert!(ports.windows(2).all(|pair| pair[0] != pair[1]), "{ports:?}");
        assert_eq!(listed().len(), rows(File::Doors).count());
    }
}
