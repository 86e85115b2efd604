//! The sockets of a running machine and who holds them.

use crate::processes::of;
use crate::{Fault, Gaps, View};
use model::Endpoint;
use parse::sysfile::proc_net::{ESTABLISHED, Socket, sockets};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// The largest table of sockets that is read: 150 bytes a line, 400,000 lines.
const TABLE: usize = 64 << 20;
/// Open files looked at of one process.
const OPEN: usize = 65_536;

/// Network namespaces looked at. A machine full of containers has hundreds.
const NAMESPACES: usize = 4096;

/// Sockets by inode, and inodes by holder.
#[derive(Debug, Default)]
pub(crate) struct Sockets {
    by_inode: HashMap<u64, Socket>,
    held: BTreeMap<u32, Vec<u64>>,
}

impl Sockets {
    /// Reads the tables of every network namespace that has a process, and the open files of every process.
    pub(crate) fn read(view: &mut dyn View, pids: &BTreeSet<u32>, gaps: &mut Gaps) -> Sockets {
        let mut read = Sockets::default();
        read.tables(view, Path::new("/proc/net"), gaps);
        let own = view.target(Path::new("/proc/self/ns/net")).ok();
        let mut namespaces = BTreeSet::new();
        for pid in pids {
            read.holder(view, *pid, gaps);
            // Where the name of the namespace may not be seen, more rights are needed to look into it, too.
            let Ok(namespace) = view.target(&of(*pid, "ns/net")) else { continue };
            if Some(&namespace) == own.as_ref() || !namespaces.insert(namespace) {
                continue;
            }
            if namespaces.len() > NAMESPACES {
                gaps.cut(Path::new("/proc"));
                break;
            }
            read.tables(view, &of(*pid, "net"), gaps);
        }
        read
    }

    fn tables(&mut self, view: &mut dyn View, folder: &Path, gaps: &mut Gaps) {
        for (table, udp) in [("tcp", false), ("tcp6", false), ("udp", true), ("udp6", true)] {
            let path = folder.join(table);
            match view.read(&path, TABLE) {
                Ok(content) => {
                    let table = sockets(&content.bytes, udp);
                    if !content.whole || table.cut {
                        gaps.cut(&path);
                    }
                    self.add(table.sockets);
                }
                Err(fault) => gaps.fault(&path, fault),
            }
        }
    }

    fn add(&mut self, sockets: Vec<Socket>) {
        for socket in sockets {
            if socket.inode != 0 {
                self.by_inode.insert(socket.inode, socket);
            }
        }
    }

    fn holder(&mut self, view: &mut dyn View, pid: u32, gaps: &mut Gaps) {
        let folder = of(pid, "fd");
        let listing = match view.list(&folder) {
            Ok(listing) => listing,
            Err(Fault::Denied) => return gaps.fault(Path::new("/proc/PID/fd"), Fault::Denied),
            Err(_) => return,
        };
        for entry in listing.entries.into_iter().take(OPEN) {
            let Ok(target) = view.target(&folder.join(&entry.name)) else { continue };
            let inode = target
                .to_str()
                .and_then(|target| target.strip_prefix("socket:[")?.strip_suffix(']')?.parse::<u64>().ok());
            if let Some(inode) = inode {
                self.held.entry(pid).or_default().push(inode);
            }
        }
    }

    fn of(&self, pid: u32) -> impl Iterator<Item = &Socket> {
        self.held.get(&pid).into_iter().flatten().filter_map(|inode| self.by_inode.get(inode))
    }

    /// The established connections of a process, its end first.
    pub(crate) fn connections(&self, pid: u32) -> Vec<(Endpoint, Endpoint)> {
        let established = self.of(pid).filter(|socket| socket.state == ESTABLISHED);
        let ends = established.map(|socket| (endpoint(socket.local), endpoint(socket.remote)));
        let unique: BTreeSet<_> = ends.collect();
        unique.into_iter().collect()
    }

    /// Everything that listens: address, whether UDP, and the first process that holds it.
    pub(crate) fn listeners(&self) -> Vec<(Endpoint, bool, Option<u32>)> {
        let mut holders: HashMap<u64, u32> = HashMap::new();
        for (pid, inodes) in &self.held {
            for inode in inodes {
                holders.entry(*inode).or_insert(*pid);
            }
        }
        let listening = self.by_inode.values().filter(|socket| socket.waits());
        let each =
            listening.map(|socket| (endpoint(socket.local), socket.udp, holders.get(&socket.inode).copied()));
        let sorted: BTreeSet<_> = each.collect();
        sorted.into_iter().collect()
    }
}

fn endpoint(address: std::net::SocketAddr) -> Endpoint {
    Endpoint::new(address.ip().to_canonical(), address.port())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Memory;
    use model::Time;

    const HEAD: &str =
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

    fn line(local: &str, remote: &str, state: &str, inode: u64) -> String {
        format!(
            "   0: {local} {remote} {state} 00000000:00000000 00:00000000 00000000     0        0 {inode} 1 0\n"
        )
    }

    fn read(memory: &mut Memory, pids: &[u32]) -> Sockets {
        Sockets::read(memory, &pids.iter().copied().collect(), &mut Gaps::default())
    }

    #[test]
    fn sockets_of_two_namespaces_with_those_who_hold_them() {
        let mut memory = Memory::new(Time::from_secs(1_000));
        let own = format!(
            "{HEAD}{}{}",
            line("00000000:18EB", "00000000:0000", "0A", 11),
            line("0100007F:0277", "096433C6:0D05", "01", 12)
        );
        let other = format!("{HEAD}{}", line("050200C0:0947", "00000000:0000", "0A", 21));
        memory
            .running([1, 70, 71])
            .file("/proc/net/tcp", own.clone())
            .link("/proc/self/ns/net", "net:[1]")
            .link("/proc/1/ns/net", "net:[1]")
            .file("/proc/1/net/tcp", own)
            .link("/proc/70/fd/6", "socket:[11]")
            .link("/proc/70/fd/7", "socket:[12]")
            .link("/proc/71/ns/net", "net:[2]")
            .file("/proc/71/net/tcp", other)
            .link("/proc/71/fd/3", "socket:[21]");
        let sockets = read(&mut memory, &[1, 70, 71]);
        let found: Vec<(String, Option<u32>)> =
            sockets.listeners().into_iter().map(|(address, _, pid)| (address.to_string(), pid)).collect();
        let expected = [("0.0.0.0:6379".to_owned(), Some(70)), ("192.0.2.5:2375".to_owned(), Some(71))];
        assert_eq!(found, expected);
        let ends = sockets.connections(70);
        assert_eq!(ends.len(), 1);
        assert_eq!(ends[0].1.to_string(), "198.51.100.9:3333");
        assert!(sockets.connections(71).is_empty());
    }

    #[test]
    fn who_may_not_look_into_processes_sees_sockets_all_the_same() {
        let mut memory = Memory::new(Time::from_secs(1_000));
        memory
            .running([1])
            .file("/proc/net/tcp", format!("{HEAD}{}", line("00000000:0947", "00000000:0000", "0A", 11)));
        let found = read(&mut memory, &[1]).listeners();
        assert_eq!((found.len(), found[0].2), (1, None));
    }
}
