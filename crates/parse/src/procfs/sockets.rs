//! `/proc/PID/net/{tcp,tcp6,udp,udp6}`: the sockets of a network namespace.
//!
//! Source: Linux `Documentation/networking/proc_net_tcp.rst`; addresses are printed word by word in the byte order of
//! the machine (`net/ipv4/tcp_ipv4.c`, `net/ipv6/tcp_ipv6.c`).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// A socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Socket {
    /// Its own end.
    pub local: SocketAddr,
    /// The other end; unspecified where there is none.
    pub remote: SocketAddr,
    /// TCP state (`include/net/tcp_states.h`): 1 established, 10 listening; an unconnected UDP socket has 7.
    pub state: u8,
    /// The user it belongs to.
    pub user: u32,
    /// Its inode, 0 where nobody holds it any more.
    pub inode: u64,
    /// UDP, not TCP.
    pub udp: bool,
}

/// Every line that can be read.
pub fn sockets(bytes: &[u8], udp: bool) -> impl Iterator<Item = Socket> {
    bytes.split(|byte| *byte == b'\n').filter_map(move |line| socket(std::str::from_utf8(line).ok()?, udp))
}

fn socket(line: &str, udp: bool) -> Option<Socket> {
    // `sl: local remote state queues timer retransmits user timeout inode …`
    let mut words = line.split_ascii_whitespace();
    let number = words.next()?.strip_suffix(':')?;
    number.parse::<u64>().ok()?;
    let (local, remote) = (end(words.next()?)?, end(words.next()?)?);
    let state = u8::from_str_radix(words.next()?, 16).ok()?;
    let user = words.nth(3)?.parse().ok()?;
    let inode = words.nth(1)?.parse().ok()?;
    Some(Socket { local, remote, state, user, inode, udp })
}

fn end(word: &str) -> Option<SocketAddr> {
    let (address, port) = word.split_once(':')?;
    let port = u16::from_str_radix(port, 16).ok()?;
    let group =
        |at: usize| Some(u32::from_str_radix(address.get(at * 8..at * 8 + 8)?, 16).ok()?.swap_bytes());
    let address = match address.len() {
        8 => IpAddr::V4(Ipv4Addr::from(group(0)?)),
        32 => {
            let words = [group(0)?, group(1)?, group(2)?, group(3)?];
            let bits = words.iter().fold(0_u128, |bits, word| (bits << 32) | u128::from(*word));
            IpAddr::V6(Ipv6Addr::from(bits))
        }
        _ => return None,
    };
    Some(SocketAddr::new(address, port))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    #[test]
    fn tables_of_both_families() {
        let text = b"  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n\
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 31337 1 0 100 0 0 10 0\n\
   1: 0700000A:C822 096433C6:0D05 01 00000000:00000000 00:00000000 00000000     0        0 4242 1 0\nrubbish\n";
        let read: Vec<_> = sockets(text, false).collect();
        assert_eq!(read.len(), 2);
        assert_eq!((read[0].local.to_string().as_str(), read[0].state), ("127.0.0.1:8080", 10));
        assert_eq!((read[0].user, read[0].inode), (1000, 31337));
        assert_eq!(read[1].remote.to_string(), "198.51.100.9:3333");
        let six = b" 0: B80D0120000000000000000001000000:0016 00000000000000000000000000000000:0000 0A 0:0 0:0 0 0 0 9 1\n";
        let read: Vec<_> = sockets(six, false).collect();
        assert_eq!(read[0].local.to_string(), "[2001:db8::1]:22");
    }
}
