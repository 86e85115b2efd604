//! Sockets as `ss`, `netstat` (Linux and BSD) and `lsof` list them.
//!
//! Sources: iproute2 `misc/ss.c` (heads, `users:(("x",pid=1,fd=3))`), net-tools `netstat.c`, FreeBSD
//! `usr.bin/netstat/inet.c` (the port behind a dot), lsof's manual (`n:p->n:p (STATE)`).

use super::table::program;
use super::{Row, is_real};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// A socket.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Socket {
    /// The process that owns it.
    pub pid: Option<u32>,
    /// That process's program.
    pub name: Option<String>,
    /// The file that it runs, where `lsof` names it.
    pub executable: Option<String>,
    /// Its own end.
    pub local: Option<SocketAddr>,
    /// The other end.
    pub peer: Option<SocketAddr>,
    /// A connection stands.
    pub established: bool,
    /// It waits for connections.
    pub listens: bool,
    /// UDP.
    pub udp: bool,
}

/// How a table of sockets is laid out.
#[derive(Debug, Clone, Copy)]
pub(super) enum Columns {
    /// `Proto Recv-Q Send-Q Local Foreign State PID/Program`
    Netstat,
    /// `Netid State Recv-Q Send-Q Local Peer users:(…)`
    Ss,
    /// The same without the first.
    SsOfOneKind,
}

impl Columns {
    pub(super) fn of(words: &[&str]) -> Option<Columns> {
        match words {
            ["Proto", "Recv-Q", "Send-Q", "Local", "Address", ..] => Some(Columns::Netstat),
            ["Netid", "State", "Recv-Q", "Send-Q", ..] => Some(Columns::Ss),
            ["State", "Recv-Q", "Send-Q", ..] => Some(Columns::SsOfOneKind),
            _ => None,
        }
    }

    pub(super) fn row(self, line: &str) -> Row {
        let words: Vec<&str> = line.split_whitespace().take(64).collect();
        match self {
            Columns::Netstat => netstat(&words),
            Columns::Ss => ss(&words),
            Columns::SsOfOneKind => {
                let mut with: Vec<&str> = vec!["tcp"];
                with.extend(&words);
                ss(&with)
            }
        }
    }
}

/// Titles of tables of sockets.
pub(super) fn is_title(line: &str) -> bool {
    line.starts_with("Active Internet connections") || line.starts_with("Active UNIX domain sockets")
}

fn netstat(words: &[&str]) -> Row {
    let [protocol, received, sent, local, foreign, rest @ ..] = words else { return Row::Unread };
    if received.parse::<u64>().is_err() || sent.parse::<u64>().is_err() {
        return Row::Unread;
    }
    if !protocol.starts_with("tcp") && !protocol.starts_with("udp") {
        return Row::Familiar;
    }
    let owner = rest.iter().position(|word| {
        word.split_once('/')
            .is_some_and(|(pid, _)| !pid.is_empty() && pid.bytes().all(|byte| byte.is_ascii_digit()))
    });
    let (pid, name) = match owner.and_then(|at| rest.get(at)).and_then(|word| word.split_once('/')) {
        Some((pid, name)) => (pid.parse().ok(), program(name)),
        None => (None, None),
    };
    Row::Socket(Socket {
        pid,
        name,
        executable: None,
        local: end(local),
        peer: end(foreign),
        established: rest.contains(&"ESTABLISHED"),
        listens: rest.contains(&"LISTEN"),
        udp: protocol.starts_with("udp"),
    })
}

fn ss(words: &[&str]) -> Row {
    let [kind, state, received, sent, local, peer, rest @ ..] = words else {
        // Sockets of other kinds may leave columns empty.
        return if words.len() >= 5 { Row::Familiar } else { Row::Unread };
    };
    if !["tcp", "udp"].contains(kind) {
        return Row::Familiar;
    }
    if received.parse::<u64>().is_err() || sent.parse::<u64>().is_err() {
        return Row::Unread;
    }
    let owner = rest.iter().find_map(|word| word.strip_prefix("users:((\""));
    let name = owner.and_then(|owner| owner.split('"').next()).and_then(program);
    let pid = owner
        .and_then(|owner| owner.split_once("pid="))
        .and_then(|(_, rest)| rest.split([',', ')']).next()?.parse().ok());
    Row::Socket(Socket {
        pid,
        name,
        executable: None,
        local: end(local),
        peer: end(peer),
        established: *state == "ESTAB",
        listens: *state == "LISTEN",
        udp: *kind == "udp",
    })
}

/// A row of `lsof`: any open file names its process, a connection its ends, the program's text its file.
pub(super) fn open_file(line: &str) -> Row {
    let words: Vec<&str> = line.split_whitespace().take(64).collect();
    let [name, pid, rest @ ..] = words.as_slice() else { return Row::Unread };
    let (Some(name), Ok(pid)) = (program(name), pid.parse()) else { return Row::Unread };
    let mut socket = Socket { pid: Some(pid), name: Some(name), ..Socket::default() };
    // Number of the thread, user, descriptor, kind: the third may be missing.
    if rest.iter().take(4).any(|word| *word == "txt") {
        socket.executable = rest.iter().find(|word| word.starts_with('/')).map(|path| (*path).to_owned());
    }
    let Some(at) = rest.iter().position(|word| ["TCP", "UDP"].contains(word)) else {
        return Row::Socket(socket);
    };
    socket.udp = rest.get(at) == Some(&"UDP");
    let ends = rest.get(at + 1).copied().unwrap_or_default();
    let (local, peer) = ends.split_once("->").unwrap_or((ends, ""));
    (socket.local, socket.peer) = (end(local), end(peer));
    socket.established = rest.get(at + 2) == Some(&"(ESTABLISHED)");
    socket.listens = rest.get(at + 2) == Some(&"(LISTEN)");
    Row::Socket(socket)
}

/// One end: `192.0.2.1:22`, `[2001:db8::1]:22`, `:::22`, `*:ssh`, `127.0.0.53%lo:domain`, BSD's `192.0.2.1.22`. What
/// people mark in a text with asterisks stays readable.
fn end(word: &str) -> Option<SocketAddr> {
    let word = word.replace("**", "").replace('`', "");
    let numbers = word.split('.').filter(|part| part.bytes().all(|byte| byte.is_ascii_digit())).count();
    let (address, port) = if numbers == 5 && !word.contains(':') {
        word.rsplit_once('.')?
    } else {
        word.rsplit_once(':').or_else(|| word.rsplit_once('.'))?
    };
    let address = address.trim_matches(['[', ']']).split('%').next().unwrap_or_default();
    let address: IpAddr = match address {
        "*" | "" => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        text => text.parse().ok()?,
    };
    Some(SocketAddr::new(address, self::port(port)?))
}

/// A port by its number or, as `/etc/services` calls it, by its name; 0 for any.
fn port(word: &str) -> Option<u16> {
    if let Ok(number) = word.parse() {
        return Some(number);
    }
    let known =
        [("*", 0), ("ssh", 22), ("smtp", 25), ("domain", 53), ("http", 80), ("https", 443), ("mysql", 3306)];
    known.iter().find(|(name, _)| *name == word).map(|(_, number)| *number)
}

impl Socket {
    /// Whether it is a connection to another machine that stands.
    #[must_use]
    pub fn is_connection(&self) -> bool {
        self.established && is_real(self.peer) && self.peer.is_some_and(|peer| !peer.ip().is_loopback())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends() {
        for (word, expected) in [
            ("192.0.2.1:22", Some("192.0.2.1:22")),
            ("[2001:db8::1]:22", Some("[2001:db8::1]:22")),
            (":::22", Some("[::]:22")),
            ("*:ssh", Some("0.0.0.0:22")),
            ("127.0.0.53%lo:domain", Some("127.0.0.53:53")),
            ("192.0.2.1.4444", Some("192.0.2.1:4444")),
            ("*.22", Some("0.0.0.0:22")),
            ("**192.0.2.1**:4000", Some("192.0.2.1:4000")),
            ("my_local_ip:4", None),
            ("192.0.2.1:unknown-service", None),
        ] {
            assert_eq!(end(word).map(|end| end.to_string()).as_deref(), expected, "{word}");
        }
    }

    #[test]
    fn rows_of_each_program() {
        let netstat =
            Columns::Netstat.row("tcp 0 0 10.0.0.7:49234 198.51.100.9:4444 ESTABLISHED 7091/./teamredminer");
        let Row::Socket(one) = netstat else { panic!("{netstat:?}") };
        assert!(one.is_connection() && one.pid == Some(7091) && one.name.as_deref() == Some("teamredminer"));
        let ss = Columns::Ss.row(
            "tcp ESTAB 0 0 10.0.0.7:4 198.51.100.9:443 users:((\"x\",pid=1552,fd=9),(\"y\",pid=2,fd=1))",
        );
        let Row::Socket(one) = ss else { panic!("{ss:?}") };
        assert!(one.is_connection() && one.pid == Some(1552) && one.name.as_deref() == Some("x"));
        let lsof = open_file("x 42 root 5u IPv4 1 0t0 TCP 10.0.0.7:4->198.51.100.9:443 (ESTABLISHED)");
        let Row::Socket(one) = lsof else { panic!("{lsof:?}") };
        assert!(one.is_connection() && one.pid == Some(42));
        let text = open_file("systemd 1 root txt REG 253,0 1624520 50360451 /usr/lib/systemd/systemd");
        assert!(
            matches!(text, Row::Socket(one) if one.executable.as_deref() == Some("/usr/lib/systemd/systemd"))
        );
        assert_eq!(Columns::Netstat.row("tcp zero 0 a b"), Row::Unread);
    }
}
