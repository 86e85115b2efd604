//! What evidence shows: the closed list of kinds of fact. A new kind is a design change on purpose.

use crate::{
    Autorun, Contacts, Door, Endpoint, ExtensionCheck, FlowId, HostLogins, Listener, Mac, Machine, MinerFile,
    MinerInterface, MinerLog, MiningSession, Origin, Process, ShellCommand, Time, Transfer, Transport,
    Tunnel,
};
use std::net::IpAddr;

/// A fact with its time and place.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// When it became known (for a summary at the end of a flow: the time of its last packet).
    pub time: Time,
    /// Where it can be checked.
    pub origin: Origin,
    /// What was seen.
    pub fact: Fact,
}

/// What was seen.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// A flow ended, was evicted, or the evidence ended.
    Flow(Box<FlowSummary>),
    /// A name was looked up in DNS.
    LookUp(Box<LookUp>),
    /// A TLS handshake.
    TlsHello(Box<TlsHello>),
    /// An HTTP/1 request.
    HttpRequest(Box<HttpRequest>),
    /// A mining session, newest state.
    Session(Box<MiningSession>),
    /// Traffic of a full node of some chain.
    Node(Box<NodeTraffic>),
    /// Something that says which machine an address is.
    Identity(Box<IdentityFact>),
    /// A proxy was asked for a target.
    Tunnel(Box<Tunnel>),
    /// A file was carried, with what was recognised in it.
    Transfer(Box<Transfer>),
    /// Counts over many connections.
    Contacts(Contacts),
    /// A miner told how it is.
    Interface(Box<MinerInterface>),
    /// A machine was looked at from inside.
    Machine(Box<Machine>),
    /// A process of such a machine.
    Process(Box<Process>),
    /// An entry of such a machine that starts something by itself.
    Autorun(Box<Autorun>),
    /// A file of such a machine in which a miner was recognised.
    MinerFile(Box<MinerFile>),
    /// A socket of such a machine that waits for connections.
    Listener(Box<Listener>),
    /// A browser named its extensions.
    ExtensionCheck(Box<ExtensionCheck>),
    /// A configuration of such a machine says who may come in.
    Door(Box<Door>),
    /// What its records say of one source of logins.
    HostLogins(Box<HostLogins>),
    /// A command that it remembers.
    ShellCommand(Box<ShellCommand>),
    /// What a miner on such a machine wrote of itself about one pool.
    MinerLog(Box<MinerLog>),
}

/// The kind of a [`Fact`], for what a detector reads and what evidence can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactKind {
    /// [`Fact::Flow`].
    Flow,
    /// [`Fact::LookUp`].
    LookUp,
    /// [`Fact::TlsHello`].
    TlsHello,
    /// [`Fact::HttpRequest`].
    HttpRequest,
    /// [`Fact::Session`].
    Session,
    /// [`Fact::Node`].
    Node,
    /// [`Fact::Identity`].
    Identity,
    /// [`Fact::Tunnel`].
    Tunnel,
    /// [`Fact::Transfer`].
    Transfer,
    /// [`Fact::Contacts`].
    Contacts,
    /// [`Fact::Interface`].
    Interface,
    /// [`Fact::Machine`].
    Machine,
    /// [`Fact::Process`].
    Process,
    /// [`Fact::Autorun`].
    Autorun,
    /// [`Fact::MinerFile`].
    MinerFile,
    /// [`Fact::Listener`].
    Listener,
    /// [`Fact::ExtensionCheck`].
    ExtensionCheck,
    /// [`Fact::Door`].
    Door,
    /// [`Fact::HostLogins`].
    HostLogins,
    /// [`Fact::ShellCommand`].
    ShellCommand,
    /// [`Fact::MinerLog`].
    MinerLog,
}

impl Fact {
    /// The kind of this fact.
    #[must_use]
    pub const fn kind(&self) -> FactKind {
        match self {
            Fact::Flow(_) => FactKind::Flow,
            Fact::LookUp(_) => FactKind::LookUp,
            Fact::TlsHello(_) => FactKind::TlsHello,
            Fact::HttpRequest(_) => FactKind::HttpRequest,
            Fact::Session(_) => FactKind::Session,
            Fact::Node(_) => FactKind::Node,
            Fact::Identity(_) => FactKind::Identity,
            Fact::Tunnel(_) => FactKind::Tunnel,
            Fact::Transfer(_) => FactKind::Transfer,
            Fact::Contacts(_) => FactKind::Contacts,
            Fact::Interface(_) => FactKind::Interface,
            Fact::Machine(_) => FactKind::Machine,
            Fact::Process(_) => FactKind::Process,
            Fact::Autorun(_) => FactKind::Autorun,
            Fact::MinerFile(_) => FactKind::MinerFile,
            Fact::Listener(_) => FactKind::Listener,
            Fact::ExtensionCheck(_) => FactKind::ExtensionCheck,
            Fact::Door(_) => FactKind::Door,
            Fact::HostLogins(_) => FactKind::HostLogins,
            Fact::ShellCommand(_) => FactKind::ShellCommand,
            Fact::MinerLog(_) => FactKind::MinerLog,
        }
    }
}

/// How a flow began, as far as it was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Opened {
    /// A TCP SYN from the client was seen.
    Syn,
    /// A TCP SYN-ACK from the server was seen, its SYN was not.
    SynAck,
    /// Joined in the middle, or not TCP: the first sender is taken for the client.
    Unseen,
}

/// Why a flow is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Closed {
    /// Both or one side said FIN.
    Fin,
    /// Reset.
    Reset,
    /// Nothing for longer than the idle time.
    Idle,
    /// The table was full.
    Evicted,
    /// The same ports were used for a new connection.
    Replaced,
    /// The evidence ended.
    End,
}

/// Counters of a flow. Index 0 of a pair is the client's direction, 1 the server's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowSummary {
    /// Its identity.
    pub flow: FlowId,
    /// TCP, UDP ….
    pub transport: Transport,
    /// Who opened it, or the miner's end when content says so.
    pub client: Endpoint,
    /// The other end.
    pub server: Endpoint,
    /// How it began.
    pub opened: Opened,
    /// How it ended.
    pub closed: Closed,
    /// First packet.
    pub first: Time,
    /// Last packet.
    pub last: Time,
    /// Packets each way.
    pub packets: [u64; 2],
    /// Payload bytes each way, as the headers state them (snap length does not matter).
    pub payload: [u64; 2],
    /// The link-layer address each side's packets came from.
    pub macs: [Option<Mac>; 2],
    /// TLS was recognised: the content cannot be read.
    pub encrypted: bool,
    /// It carried payload that no parser here knows.
    pub opaque: bool,
    /// A SYN was answered by a reset.
    pub refused: bool,
    /// Payload bytes that the capture does not hold (lost or cut packets), both ways.
    pub missing: u64,
    /// VLAN or other segment number, 0 if none.
    pub segment: u32,
}

/// What became of a DNS question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookUpResult {
    /// Addresses, in the answer's order, at most 32.
    Addresses(Vec<IpAddr>),
    /// The name does not exist.
    NoSuchName,
    /// Answered with an error or a refusal; the DNS response code.
    Failed(u8),
    /// Answered without an address.
    Nothing,
    /// No answer was seen.
    Unanswered,
}

/// A name looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookUp {
    /// Who asked.
    pub by: IpAddr,
    /// Whom.
    pub resolver: IpAddr,
    /// The name asked for, lower case, without a final dot.
    pub name: String,
    /// Every further name on the CNAME chain to the addresses.
    pub aliases: Vec<String>,
    /// What came back.
    pub result: LookUpResult,
    /// Seconds the answer may be kept; 0 without answer.
    pub ttl_secs: u32,
}

/// A TLS handshake, one or both halves of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsHello {
    /// The connection.
    pub flow: FlowId,
    /// Who sent the ClientHello.
    pub client: Endpoint,
    /// The other end.
    pub server: Endpoint,
    /// The server name asked for.
    pub sni: Option<String>,
    /// Application protocols offered.
    pub alpn: Vec<String>,
    /// JA4 fingerprint of the ClientHello.
    pub ja4: Option<String>,
    /// Version the server chose (0x0303 is TLS 1.2), if its hello was seen.
    pub version: Option<u16>,
    /// Cipher suite the server chose.
    pub cipher: Option<u16>,
}

/// An HTTP/1 request's head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// The connection.
    pub flow: FlowId,
    /// Who asked.
    pub client: Endpoint,
    /// Whom.
    pub server: Endpoint,
    /// Method, at most 32 bytes.
    pub method: String,
    /// Target, at most 2 KiB.
    pub target: String,
    /// `Host` header without port, lower case.
    pub host: Option<String>,
    /// `User-Agent` header.
    pub user_agent: Option<String>,
}

/// Peer-to-peer traffic of a full node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeTraffic {
    /// The connection.
    pub flow: FlowId,
    /// Who opened it, or listens to a node's announcements.
    pub client: Endpoint,
    /// The other end.
    pub server: Endpoint,
    /// Ticker or name of the chain (`BTC`, `XMR`, `BTC testnet`).
    pub chain: String,
    /// The peer protocol (`bitcoin-p2p`, `levin`, `zmq`).
    pub protocol: &'static str,
    /// What the client calls itself.
    pub client_agent: Option<String>,
    /// What the server calls itself.
    pub server_agent: Option<String>,
}

/// Which protocol told who an address is. In falling order of trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdentitySource {
    /// A DHCP lease that the server acknowledged.
    DhcpAck,
    /// ARP.
    Arp,
    /// IPv6 neighbour discovery.
    Ndp,
    /// A DHCP request.
    DhcpRequest,
    /// A NetBIOS name registration or answer.
    Nbns,
    /// An mDNS answer.
    Mdns,
    /// An LLMNR answer.
    Llmnr,
    /// A name-resolution block of the capture file.
    CaptureFile,
    /// The name it was looked up by (servers only).
    Dns,
}

/// Something that says which machine an address is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityFact {
    /// Which protocol said so.
    pub source: IdentitySource,
    /// The address.
    pub address: Option<IpAddr>,
    /// The link-layer address.
    pub mac: Option<Mac>,
    /// The name, as announced, without a `.local` suffix.
    pub name: Option<String>,
}
