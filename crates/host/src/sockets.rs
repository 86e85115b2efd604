//! The sockets of a running machine and who holds them.

use crate::processes::of;
use crate::{Fault, Gaps, View};
use model::Endpoint;
use parse::procfs::{Socket, sockets};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// The largest table of sockets that is read: 150 bytes a line, 400,000 lines.
const TABLE: usize = 64 << 20;
/// Open files looked at of one process.
const OPEN: usize = 65_536;

/// TCP states (`include/net/tcp_states.h`).
const ESTABLISHED: u8 = 1;
const LISTEN: u8 = 10;
/// An unconnected UDP socket has the state of a closed one.
const UNCONNECTED: u8 = 7;

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
        let mut namespaces = BTreeSet::new();
        for pid in pids {
            // Kernel threads have no files, and no name for their namespace that can be read without rights.
            if let Ok(namespace) = view.target(&of(*pid, "ns/net"))
                && namespaces.insert(namespace)
            {
                read.tables(view, *pid, gaps);
            }
            read.holder(view, *pid, gaps);
        }
        if namespaces.is_empty() && !pids.is_empty() {
            read.tables(view, *pids.iter().next().unwrap_or(&1), gaps);
        }
        read
    }

    fn tables(&mut self, view: &mut dyn View, pid: u32, gaps: &mut Gaps) {
        for (table, udp) in [("tcp", false), ("tcp6", false), ("udp", true), ("udp6", true)] {
            let path = of(pid, &format!("net/{table}"));
            match view.read(&path, TABLE) {
                Ok(content) => {
                    if !content.whole {
                        gaps.cut(&path);
                    }
                    self.by_inode.extend(sockets(&content.bytes, udp).map(|one| (one.inode, one)));
                }
                Err(fault) => gaps.fault(&path, fault),
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
        let listening = self.by_inode.values().filter(|socket| {
            socket.state == if socket.udp { UNCONNECTED } else { LISTEN } && socket.local.port() != 0
        });
        let each =
            listening.map(|socket| (endpoint(socket.local), socket.udp, holders.get(&socket.inode).copied()));
        let sorted: BTreeSet<_> = each.collect();
        sorted.into_iter().collect()
    }
}

fn endpoint(address: std::net::SocketAddr) -> Endpoint {
    Endpoint::new(address.ip().to_canonical(), address.port())
}
