//! A scene: packets in the order of time, and the truth about the hosts in them.

use std::io::{self, Write};
use std::net::IpAddr;
use std::time::Duration;

use crate::capture::{self, ByteOrder, Precision};

/// A moment: nanoseconds since 1970-01-01 00:00:00 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub u64);

impl Time {
    /// Whole seconds since 1970.
    pub fn seconds(self) -> u64 {
        self.0 / 1_000_000_000
    }
}

impl std::ops::Add<Duration> for Time {
    type Output = Self;
    fn add(self, wait: Duration) -> Self {
        Self(self.0.saturating_add(u64::try_from(wait.as_nanos()).unwrap_or(u64::MAX)))
    }
}

/// One captured frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    /// When it passed.
    pub time: Time,
    /// Index into [`Scene::interfaces`].
    pub interface: u32,
    /// The whole frame; a snap length cuts it when written.
    pub bytes: Vec<u8>,
}

/// Where packets were captured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interface {
    /// Name as the system shows it.
    pub name: &'static str,
    /// Number of the link type (`www.tcpdump.org/linktypes`).
    pub link_type: u16,
    /// Bytes kept of each frame; 0 keeps all.
    pub snap_length: u32,
}

/// Levels of a verdict, in rising order (`clear` … `confirmed`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing.
    Clear,
    /// Worth a line, no suspicion.
    Noted,
    /// Something speaks for mining.
    Suspicious,
    /// It mines, as far as can be seen.
    Probable,
    /// It mines.
    Confirmed,
}

impl Level {
    /// The word of the report.
    pub fn word(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Noted => "noted",
            Self::Suspicious => "suspicious",
            Self::Probable => "probable",
            Self::Confirmed => "confirmed",
        }
    }
}

/// What a host of the scene does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It mines, or tries to.
    Miner,
    /// It passes the work of other machines on.
    Proxy,
    /// It hands out work.
    Pool,
    /// A full node.
    Node,
    /// Anything that must stay clear.
    Bystander,
}

/// What was written into one mining session. Absent: not in the packets. Counts are of what was said: a capture
/// that lost packets shows at most so many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The dialect in the words of the report.
    pub protocol: Option<&'static str>,
    /// Algorithm, where the session names it or its shape decides it.
    pub algorithm: Option<&'static str>,
    /// The wallet whose owner's miner works here for its author.
    pub donation_of: Option<String>,
    /// Ticker, only where the packets decide it.
    pub coin: Option<&'static str>,
    /// Address and port.
    pub pool: Option<String>,
    /// What carries the session.
    pub via: Option<String>,
    /// The page that mines.
    pub page: Option<String>,
    /// In whose name a balancer connected.
    pub client_address: Option<String>,
    /// Name by which the pool was looked up, and port.
    pub pool_name: Option<String>,
    /// Login as sent.
    pub login: Option<String>,
    /// Wallet in the login.
    pub wallet: Option<String>,
    /// Worker name.
    pub worker: Option<String>,
    /// Mining program.
    pub agent: Option<String>,
    /// Jobs sent by the server.
    pub jobs: u64,
    /// Shares answered well.
    pub shares_accepted: u64,
    /// Shares refused.
    pub shares_rejected: u64,
    /// Shares whose answer is not in the packets.
    pub shares_unanswered: u64,
}

/// One host and what is true of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostTruth {
    /// All its addresses.
    pub addresses: Vec<IpAddr>,
    /// Its name, where packets tell it.
    pub name: Option<String>,
    /// What it does.
    pub role: Role,
    /// The lowest level that is right.
    pub least: Level,
    /// The highest level that is right.
    pub most: Level,
    /// Its mining sessions.
    pub sessions: Vec<Facts>,
}

/// What one address does to others, or what is done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttackTruth {
    /// Which.
    pub address: IpAddr,
    /// What it is, by the name of what ought to find it.
    pub kind: &'static str,
    /// One attempt got in.
    pub got_in: bool,
}

/// The truth about a scene: every host that matters, mining or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Truth {
    /// The hosts.
    pub hosts: Vec<HostTruth>,
    /// What was done to others or by others besides mining; everything else in the scene attacks nobody.
    pub attacks: Vec<AttackTruth>,
    /// What is special about it.
    pub note: String,
}

/// Packets and truth.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scene {
    /// Where the packets were captured; at least one.
    pub interfaces: Vec<Interface>,
    /// Names for a name-resolution block of a pcapng file.
    pub names: Vec<(IpAddr, String)>,
    /// In the order of capture, which is that of time.
    pub packets: Vec<Packet>,
    /// What is in them.
    pub truth: Truth,
}

/// Header of the table of [`Scene::truth_rows`].
pub const TRUTH_HEADER: &str = "path\ttruth\tleast\tmost\thost\tprotocol\tcoin\tpool\twallet\tagent\tnote\n";

impl Scene {
    /// Writes a classic capture file.
    ///
    /// # Errors
    /// Those of `out`; [`io::ErrorKind::InvalidInput`] when the interfaces differ in link type.
    pub fn write_pcap(&self, out: &mut dyn Write, order: ByteOrder, precision: Precision) -> io::Result<()> {
        capture::pcap::write(self, out, order, precision)
    }

    /// Writes a pcapng file with one interface block each, a name-resolution block where names are known,
    /// and time stamps in nanoseconds.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_pcapng(&self, out: &mut dyn Write, order: ByteOrder) -> io::Result<()> {
        capture::pcapng::write(self, out, order)
    }

    /// The truth as rows of a labels table, without the header: one row for each mining session, or one
    /// `benign` row. `path` is the name under which the capture was written.
    pub fn truth_rows(&self, path: &str) -> String {
        let mining: Vec<&HostTruth> = self
            .truth
            .hosts
            .iter()
            .filter(|host| host.role == Role::Miner || !host.sessions.is_empty())
            .collect();
        let Some(first) = mining.first() else {
            let most = self.truth.hosts.iter().map(|host| host.most).max().unwrap_or(Level::Noted);
            return format!("{path}\tbenign\t{}\t\t\t\t\t\t\t\t{}\n", most.word(), self.truth.note);
        };
        let convicted: Vec<&&HostTruth> = mining.iter().filter(|host| host.role == Role::Miner).collect();
        let addresses: Vec<String> =
            convicted.iter().filter_map(|host| host.addresses.first()).map(ToString::to_string).collect();
        let least = convicted.iter().map(|host| host.least).min().unwrap_or(first.least);
        let most = convicted.iter().map(|host| host.most).max().unwrap_or(first.most);
        let mut rows = String::new();
        for facts in convicted.iter().flat_map(|host| &host.sessions) {
            let cells = [
                path,
                "mining",
                least.word(),
                most.word(),
                &addresses.join(","),
                facts.protocol.unwrap_or(""),
                facts.coin.unwrap_or(""),
                facts.pool.as_deref().unwrap_or(""),
                facts.wallet.as_deref().unwrap_or(""),
                facts.agent.as_deref().unwrap_or(""),
                &self.truth.note,
            ];
            rows.push_str(&cells.join("\t"));
            rows.push('\n');
        }
        rows
    }
}
