//! A mining session as far as it has been seen: one login on one connection, in whatever dialect.
//!
//! `flow` emits a snapshot each time something new in kind is known, and at the end. A later snapshot with the same
//! ([`MiningSession::flow`], [`MiningSession::number`]) replaces an earlier one. What is not yet decided is `None`.

use crate::{Carriage, Endpoint, FlowId, Message, Origin, Time};
use std::fmt;

/// The protocol of a session; the words are those of `facts.protocol` in the JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dialect {
    /// Every `mining.*` family without a value of its own.
    StratumBitcoin,
    /// login/job/submit.
    StratumCryptonote,
    /// `eth_submitLogin` over TCP.
    StratumEthproxy,
    /// EthereumStratum/NiceHash 1 and 2.
    StratumEthereum,
    /// Equihash, ZIP 301.
    StratumZcash,
    /// `getwork` or `eth_getWork` polled over HTTP.
    Getwork,
    /// `getblocktemplate`, Bitcoin's or Monero's daemon mining.
    Getblocktemplate,
    /// Xelis' lines of `word~{json}`.
    Xatum,
    /// Qubic's lines of JSON with numbered messages.
    Qatum,
    /// Stratum V2: binary frames, in clear or by the shape of its encrypted handshake.
    StratumV2,
    /// p2pool's peer-to-peer traffic; a miner at a p2pool node speaks CryptoNote.
    P2pool,
    /// A miner in a web page: the Coinhive family and webminerpool.
    WebMiner,
}

impl Dialect {
    /// The word of `facts.protocol`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Dialect::StratumBitcoin => "stratum-bitcoin",
            Dialect::StratumCryptonote => "stratum-cryptonote",
            Dialect::StratumEthproxy => "stratum-ethproxy",
            Dialect::StratumEthereum => "stratum-ethereum",
            Dialect::StratumZcash => "stratum-zcash",
            Dialect::Getwork => "getwork",
            Dialect::Getblocktemplate => "getblocktemplate",
            Dialect::Xatum => "xatum",
            Dialect::Qatum => "qatum",
            Dialect::StratumV2 => "stratum-v2",
            Dialect::P2pool => "p2pool",
            Dialect::WebMiner => "web-miner",
        }
    }

    /// Whether the client asks for work again and again instead of being sent jobs.
    #[must_use]
    pub const fn is_polled(self) -> bool {
        matches!(self, Dialect::Getwork | Dialect::Getblocktemplate)
    }
}

/// What carries the session's messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Carrier {
    /// JSON objects on a TCP stream.
    Tcp,
    /// JSON-RPC in HTTP/1 bodies.
    Http,
}

/// Which end of a flow. `A` sent the first packet that was seen, whatever its role turns out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The sender of the flow's first packet.
    A,
    /// The other end.
    B,
}

impl Side {
    /// The other side.
    #[must_use]
    pub const fn other(self) -> Side {
        match self {
            Side::A => Side::B,
            Side::B => Side::A,
        }
    }

    /// 0 for A, 1 for B.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// How client and server were told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KnownBy {
    /// By what they said: the strongest.
    Content,
    /// By who opened the connection.
    Opening,
    /// Neither was seen: the first sender is taken for the client.
    Guess,
}

/// A password or key. `Debug` and `Display` mask it; [`Secret::reveal`] is for `--show-secrets` only.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Secret {
        Secret(text.into())
    }

    /// The secret itself, for matching (a wallet may stand in a password) and for `--show-secrets`.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// What has been proved by the grammar so far. Counters never fall as more packets arrive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proof {
    /// Well-formed mining messages of the client.
    pub client_messages: u64,
    /// Different kinds among them (login, submit, keepalive, …).
    pub client_kinds: u32,
    /// Well-formed mining messages of the server.
    pub server_messages: u64,
    /// Different kinds among them (job, difficulty, answers of prescribed shape, …).
    pub server_kinds: u32,
    /// Client requests whose paired answer has the prescribed shape.
    pub answered: u64,
    /// Jobs with different ids, counted up to 64.
    pub distinct_jobs: u32,
    /// Whether a job of a decided dialect was handed out.
    pub job: bool,
    /// Whether a well-formed submit named a job: the pool must have handed one out, though that may not have been seen.
    pub submit: bool,
    /// The server's word on the login or authorisation; `None` while unknown.
    pub login_accepted: Option<bool>,
    /// Messages carrying a mining-only anchor (design: a method or shape nothing else has).
    pub anchored: u64,
    /// The server refused in a mining dialect (error to login, submit or subscribe).
    pub refused: bool,
}

/// Counts of shares. `None`: that direction was not seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shares {
    /// Submits sent by the client.
    pub sent: Option<u64>,
    /// Submits the server accepted.
    pub accepted: Option<u64>,
    /// Submits the server rejected.
    pub rejected: Option<u64>,
}

/// Work asked for and returned over HTTP.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Work {
    /// Requests for work.
    pub polled: u64,
    /// Requests answered with work of the prescribed shape.
    pub answered: u64,
    /// Solutions returned (`submitblock`, `eth_submitWork`, `getwork` with data, `submit_block`).
    pub returned: u64,
}

/// A difficulty in the dialect's own unit, as text exactly as a person would write it (`0.05`, `90001`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difficulty {
    /// In the dialect's unit.
    pub stated: String,
    /// Expected hashes (Equihash: solutions) per share; `None` when the algorithm is not known.
    pub hashes: Option<u128>,
}

/// How the algorithm was learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AlgorithmFrom {
    /// The job names it.
    Job,
    /// The shape of job or solution determines it.
    Shape,
    /// The server answered `get_algo` or the like.
    Server,
    /// The client asked for it first.
    Login,
}

/// Which of the families of `mining.*` a job belongs to, where its shape tells no more than the family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JobShape {
    /// KawPow, FiroPow and other ProgPow: header, seed hash, target, height, bits.
    ProgPow,
    /// Kaspa and its forks: the header's hash as four numbers or 64 digits, and a time.
    Kaspa,
}

/// Facts of the newest job that tell which chain is mined.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JobFacts {
    /// The family, where it is one of [`JobShape`].
    pub shape: Option<JobShape>,
    /// Compact network target (`nbits`) of a Bitcoin-like header.
    pub nbits: Option<u32>,
    /// Block height: from the job, or BIP 34 in the coinbase.
    pub height: Option<u64>,
    /// Printable text of the coinbase, 8 to 100 characters, as it stands.
    pub coinbase_text: Option<String>,
    /// Equihash parameters (n, k) from the solution's length.
    pub equihash: Option<(u16, u8)>,
    /// Equihash personalisation, if named.
    pub personalisation: Option<String>,
    /// Major version of a CryptoNote blob.
    pub blob_major: Option<u8>,
    /// Ethash epoch seed or RandomX seed hash (64 hex).
    pub seed_hash: Option<String>,
    /// The last byte of the nonce is fixed by the server: a proxy hands out parts of the nonce space.
    pub nonce_split: bool,
    /// A job only a mining proxy is given (reserved offsets instead of a blob).
    pub for_proxy: bool,
}

/// Why a packet is worth citing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SessionMark {
    /// The first well-formed client message.
    Request,
    /// The first paired answer.
    Answer,
    /// The login.
    Login,
    /// The first job.
    Job,
    /// The first submit.
    Submit,
    /// The first accepted share.
    Accepted,
    /// The first refusal.
    Refused,
    /// The server sends the client elsewhere.
    Redirect,
}

/// One line of a recorded dialogue, for `--show`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DialogueLine {
    /// When the line was complete.
    pub time: Time,
    /// The packet that completed it.
    pub origin: Origin,
    /// Whether the client said it.
    pub from_client: bool,
    /// The line, at most 2 KiB, with secrets already masked unless they were asked for.
    pub text: String,
    /// Which earlier line (index in the dialogue) this one answers.
    pub answers: Option<u32>,
}

/// A snapshot of one login on one connection.
#[derive(Debug, Clone, PartialEq)]
pub struct MiningSession {
    /// The connection.
    pub flow: FlowId,
    /// Which login on it, from 0.
    pub number: u16,
    /// The miner's end.
    pub client: Endpoint,
    /// The pool's, proxy's or node's end.
    pub server: Endpoint,
    /// How the two were told apart.
    pub ends_by: KnownBy,
    /// What carries it.
    pub carrier: Carrier,
    /// What carries the stream itself: proxies, WebSocket.
    pub carriage: Carriage,
    /// `None` until a job, a login or an unambiguous submit decides it.
    pub dialect: Option<Dialect>,
    /// What has been proved.
    pub proof: Proof,
    /// Shares.
    pub shares: Shares,
    /// Work polled over HTTP.
    pub work: Work,
    /// First mining message.
    pub first: Time,
    /// Newest mining message.
    pub last: Time,
    /// First job after the login.
    pub first_job: Option<Time>,
    /// Newest packet of the connection.
    pub last_packet: Time,
    /// The login as sent (wallet, account, worker and all), at most 1 KiB.
    pub login: Option<String>,
    /// The password.
    pub password: Option<Secret>,
    /// Worker name where the dialect has a field of its own for it (`rigid`, root `worker`, second parameter).
    pub worker: Option<String>,
    /// What the client calls itself, at most 256 bytes.
    pub agent: Option<String>,
    /// Other places where a wallet may stand (URL path and query, template request), in order of trust.
    pub hints: Vec<String>,
    /// The algorithm in the field's usual spelling, and how it was learned.
    pub algorithm: Option<(String, AlgorithmFrom)>,
    /// Difficulty in force for the newest job.
    pub difficulty: Option<Difficulty>,
    /// Sum over accepted shares of the expected hashes of each.
    pub hashes_accepted: Option<u128>,
    /// Sum of the squares of the same, for the uncertainty (saturating).
    pub hashes_accepted_squared: Option<f64>,
    /// Hashrate the client claims, hashes per second.
    pub claimed_hashrate: Option<u64>,
    /// Facts of the newest job.
    pub job: JobFacts,
    /// Where the server sent the client (`client.reconnect`, `X-Stratum`).
    pub redirect: Option<String>,
    /// The server's words of the first refusal, at most 256 bytes.
    pub refusal: Option<String>,
    /// Bytes of the connection that were not seen (lost packets, joined mid-stream).
    pub incomplete: bool,
    /// Things on this connection that could not be read, with counts.
    pub troubles: Vec<(Message, u64)>,
    /// Packets worth citing, in the order of [`SessionMark`]; each mark once.
    pub marks: Vec<(SessionMark, Origin, Time)>,
    /// The dialogue, if recording was asked for.
    pub dialogue: Vec<DialogueLine>,
}

impl MiningSession {
    /// The pool that the connection is meant for: the target a proxy was asked for, else the other end.
    #[must_use]
    pub fn pool(&self) -> String {
        self.carriage.target.as_ref().map_or_else(|| self.server.to_string(), ToString::to_string)
    }

    /// The port miners connect to at that pool.
    #[must_use]
    pub fn pool_port(&self) -> u16 {
        self.carriage.target.as_ref().map_or(self.server.port, |target| target.port)
    }
}
