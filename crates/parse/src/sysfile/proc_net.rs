//! The tables of sockets in `/proc/net/{tcp,tcp6,udp,udp6}`.
//!
//! Source: Linux, `net/ipv4/tcp_ipv4.c` (`get_tcp4_sock`), `net/ipv6/tcp_ipv6.c`, `net/ipv4/udp.c` and
//! `net/ipv6/datagram.c`; proc_pid_net(5). After one line of headings, a line for each socket:
//!
//! ```text
//! sl: local:port remote:port st tx:rx tr:when retrnsmt uid timeout inode …
//! ```
//!
//! Addresses are words of 32 bits as the processor has them, in hexadecimal digits. Little-endian ones are read.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Most sockets that are read from one table. A busy server has tens of thousands.
pub const MOST: usize = 1 << 18;

/// `TCP_ESTABLISHED` (include/net/tcp_states.h).
pub const ESTABLISHED: u8 = 0x01;
/// `TCP_CLOSE`: a UDP socket that has no other end.
pub const CLOSE: u8 = 0x07;
/// `TCP_LISTEN`.
pub const LISTEN: u8 = 0x0a;

/// A socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Socket {
    /// Its own end.
    pub local: SocketAddr,
    /// The other end; unspecified and port 0 where there is none.
    pub remote: SocketAddr,
    /// Its state, as in `include/net/tcp_states.h`.
    pub state: u8,
    /// The user whose it is.
    pub uid: u32,
    /// Its number; 0 where no process holds it any more.
    pub inode: u64,
    /// UDP, not TCP.
    pub udp: bool,
}

impl Socket {
    /// Whether anybody may begin to talk to it.
    #[must_use]
    pub fn waits(&self) -> bool {
        let alone = self.remote.ip().is_unspecified() && self.remote.port() == 0;
        if self.udp { self.state == CLOSE && alone && self.local.port() != 0 } else { self.state == LISTEN }
    }
}

/// What a table holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Its sockets, in its order.
    pub sockets: Vec<Socket>,
    /// Lines that are no sockets, the headings left out.
    pub unreadable: u64,
    /// There were more than are read.
    pub cut: bool,
}

/// The sockets of one table. A last line without an end is unreadable: it may have been cut.
#[must_use]
pub fn sockets(text: &[u8], udp: bool) -> Table {
    let mut table = Table::default();
    for line in text.split_inclusive(|&byte| byte == b'\n') {
        let words = std::str::from_utf8(line).unwrap_or_default();
        if words.trim_start().starts_with("sl ") || line.trim_ascii().is_empty() {
            continue;
        }
        match socket(words, udp).filter(|_| line.ends_with(b"\n")) {
            Some(_) if table.sockets.len() >= MOST => {
                table.cut = true;
                break;
            }
            Some(socket) => table.sockets.push(socket),
            None => table.unreadable = table.unreadable.saturating_add(1),
        }
    }
    table
}

fn socket(line: &str, udp: bool) -> Option<Socket> {
    let mut words = line.split_ascii_whitespace();
    words.next()?.strip_suffix(':')?;
    let (local, remote) = (end(words.next()?)?, end(words.next()?)?);
    let state = words.next().filter(|word| word.len() == 2)?;
    let state = u8::from_str_radix(state, 16).ok()?;
    // Queues, timer and retransmits lie between.
    let uid = words.nth(3)?.parse().ok()?;
    let inode = words.nth(1)?.parse().ok()?;
    Some(Socket { local, remote, state, uid, inode, udp })
}

/// `0100007F:0016` is 127.0.0.1:22.
fn end(text: &str) -> Option<SocketAddr> {
    let (address, port) = text.split_once(':')?;
    if !(address.bytes().chain(port.bytes()).all(|digit| digit.is_ascii_hexdigit()) && port.len() == 4) {
        return None;
    }
    let word = |at: usize| {
        let digits = address.get(at * 8..at * 8 + 8)?;
        Some(u32::from_str_radix(digits, 16).ok()?.to_le_bytes())
    };
    let address = match address.len() {
        8 => IpAddr::V4(Ipv4Addr::from(word(0)?)),
        32 => {
            let mut octets = [0; 16];
            for at in 0..4 {
                octets[at * 4..at * 4 + 4].copy_from_slice(&word(at)?);
            }
            IpAddr::V6(Ipv6Addr::from(octets))
        }
        _ => return None,
    };
    Some(SocketAddr::new(address, u16::from_str_radix(port, 16).ok()?))
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    for udp in [false, true] {
        let table = sockets(data, udp);
        let lines = data.split(|&byte| byte == b'\n').count() as u64;
        assert!(table.sockets.len() as u64 + table.unreadable <= lines, "a line is one socket at most");
        assert!(table.sockets.len() <= MOST && table.sockets.iter().all(|socket| socket.udp == udp));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In the layout of Linux 6.18; the words were written by hand after proc_pid_net(5).
    const TCP: &str = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                                                     \n   \
        0: 0100007F:0277 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 20811 1 0000000000000000 100 0 0 10 0                     \n   \
        1: 050200C0:0016 096433C6:C350 01 00000024:00000000 01:00000014 00000000  1000        0 31007 4 0000000000000000 20 4 29 10 -1                    \n";
    const TCP6: &str = "  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n   \
        0: 00000000000000000000000000000000:18EB 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000   999        0 22010 1 0000000000000000 100 0 0 10 0\n   \
        1: B80D0120000000000000000001000000:0050 0000000000000000FFFF00000100007F:D431 06 00000000:00000000 03:00001720 00000000     0        0 0 3 0000000000000000\n";
    const UDP: &str = "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops            \n  \
        459: 00000000:0044 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 18000 2 0000000000000000 0        \n";

    #[test]
    fn tables_of_a_machine() {
        let table = sockets(TCP.as_bytes(), false);
        let [listening, open] = table.sockets[..] else { panic!("{table:?}") };
        assert_eq!((listening.local.to_string().as_str(), listening.inode), ("127.0.0.1:631", 20811));
        assert!(listening.waits());
        assert_eq!(open.local.to_string(), "192.0.2.5:22");
        assert_eq!(open.remote.to_string(), "198.51.100.9:50000");
        assert_eq!((open.state, open.uid, open.inode, open.waits()), (ESTABLISHED, 1000, 31007, false));
        let table = sockets(TCP6.as_bytes(), false);
        let [listening, ended] = table.sockets[..] else { panic!("{table:?}") };
        assert_eq!((listening.local.to_string().as_str(), listening.uid), ("[::]:6379", 999));
        assert_eq!(ended.local.to_string(), "[2001:db8::1]:80");
        assert_eq!((ended.remote.to_string().as_str(), ended.inode), ("[::ffff:127.0.0.1]:54321", 0));
        let table = sockets(UDP.as_bytes(), true);
        assert_eq!(table.sockets[0].local.to_string(), "0.0.0.0:68");
        assert!(table.sockets[0].waits());
    }

    #[test]
    fn what_is_no_socket_is_counted() {
        let cut = &TCP[..TCP.len() - 1];
        let table = sockets(cut.as_bytes(), false);
        assert_eq!((table.sockets.len(), table.unreadable), (1, 1));
        let table = sockets(
            b"0: 0100007F:0277 nonsense\n0: +100007F:0277 00000000:0000 0A 0 0 0 0 0 1\n\xff\n",
            false,
        );
        assert_eq!((table.sockets.len(), table.unreadable), (0, 3));
    }
}
