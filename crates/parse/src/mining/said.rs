//! The one vocabulary for all dialects: what a single JSON object says.
//!
//! Who says it follows from what is said: [`Ask`] comes from a miner, [`Tell`] from a pool, an [`Answer`] from
//! whoever was asked. A method name is a hint; [`Said::anchor`] is set where nothing but mining says such a thing.

use super::difficulty::Decimal;
use std::borrow::Cow;

/// Text from a message, unescaped; borrowed where it stands unescaped.
pub type Text<'a> = Cow<'a, str>;

/// What one JSON object says.
#[derive(Debug, Clone, PartialEq)]
pub struct Said<'a> {
    /// The id's bytes without quotes (`1` and `"1"` are one id); `None` if absent or null.
    pub id: Option<&'a [u8]>,
    /// What it says.
    pub act: Act<'a>,
    /// Whether nothing but mining says this.
    pub anchor: bool,
    /// A root member `worker`.
    pub worker: Option<Text<'a>>,
}

/// The three kinds of message, and what is none of them.
#[derive(Debug, Clone, PartialEq)]
pub enum Act<'a> {
    /// A miner asks or hands in.
    Ask(Ask<'a>),
    /// A pool tells, or asks the miner.
    Tell(Tell<'a>),
    /// An answer to something.
    Answer(Answer<'a>),
    /// A method with a mining prefix that is not known here; its name.
    Unknown(Text<'a>),
    /// Nothing of mining.
    Nothing,
}

/// What a miner says.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask<'a> {
    /// `mining.configure` (BIP 310).
    Configure,
    /// `mining.subscribe`.
    Subscribe {
        /// What the miner calls itself.
        agent: Option<Text<'a>>,
        /// A dialect announced by name, `EthereumStratum/1.0.0`.
        announced: Option<Text<'a>>,
        /// Iron Fish: the wallet and worker.
        login: Option<Text<'a>>,
    },
    /// `mining.authorize`.
    Authorize {
        /// User, wallet, worker.
        user: Text<'a>,
        /// Password.
        password: Option<Text<'a>>,
    },
    /// `mining.submit`.
    Submit {
        /// User as in authorize, often with another worker.
        user: Option<Text<'a>>,
        /// The job it solves.
        job: Option<Text<'a>>,
        /// What the solution's form tells.
        form: SubmitForm,
    },
    /// `mining.extranonce.subscribe`.
    ExtranonceSubscribe,
    /// `mining.suggest_difficulty` and `mining.suggest_target`.
    Suggest,
    /// `mining.get_transactions`.
    Transactions,
    /// `mining.multi_version`.
    MultiVersion,
    /// `mining.pong` and `pong`.
    Pong,
    /// `mining.hello` of EthereumStratum 2.
    Hello {
        /// What the miner calls itself.
        agent: Option<Text<'a>>,
        /// Whether it announced EthereumStratum 2.
        ethereum: bool,
    },
    /// `mining.noop`.
    Noop,
    /// `mining.hashrate` of EthereumStratum 2, or `eth_submitHashrate`.
    Hashrate(Option<u64>),
    /// `login` of the CryptoNote dialect.
    Login(Login<'a>),
    /// `submit` of the CryptoNote dialect.
    Solution {
        /// Session id given at login.
        session: Option<Text<'a>>,
        /// The job it solves.
        job: Text<'a>,
        /// Size of the graph of a Cuckoo cycle, as its binary logarithm.
        edge_bits: Option<u64>,
    },
    /// `keepalived`.
    Keepalive,
    /// `getjob`.
    JobWanted,
    /// `block_template`: the miner brings its own template.
    OwnTemplate,
    /// `eth_submitLogin`, and `eth_subscribe` of `newWork`.
    EthLogin {
        /// Wallet and worker.
        login: Text<'a>,
        /// Second parameter: mail address or password.
        second: Option<Text<'a>>,
        /// What the miner calls itself.
        agent: Option<Text<'a>>,
    },
    /// `eth_getWork`.
    EthWork,
    /// `eth_submitWork`; the header it solves names the job.
    EthSolution {
        /// Header hash, 64 digits.
        header: Option<Text<'a>>,
    },
    /// `getwork` without parameters.
    Getwork,
    /// `getwork` with 256 hexadecimal digits: a solution.
    GetworkSolution,
    /// `getblocktemplate` and `get_block_template`.
    Template {
        /// The address the reward shall go to (Monero).
        wallet: Option<Text<'a>>,
    },
    /// `submitblock` and `submit_block`.
    Block,
    /// A daemon's own miner is started for a wallet.
    StartMining {
        /// Where the reward shall go.
        wallet: Text<'a>,
    },
    /// A page's miner introduces itself (Coinhive `auth`, webminerpool `handshake`): site key or wallet.
    WebLogin(Login<'a>),
    /// A page's miner hands in a solution.
    WebSolution {
        /// The job it solves.
        job: Text<'a>,
    },
    /// A client's method of a family without entries of its own (`ckb_submitLogin` …).
    Other,
}

/// A kind of [`Ask`], for pairing and counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is explained at the variant of Ask with its name")]
pub enum AskKind {
    Configure,
    Subscribe,
    Authorize,
    Submit,
    ExtranonceSubscribe,
    Suggest,
    Transactions,
    MultiVersion,
    Pong,
    Hello,
    Noop,
    Hashrate,
    Login,
    Solution,
    Keepalive,
    JobWanted,
    OwnTemplate,
    EthLogin,
    EthWork,
    EthSolution,
    Getwork,
    GetworkSolution,
    Template,
    Block,
    StartMining,
    WebLogin,
    WebSolution,
    Other,
    /// The pool asks the miner for its version or algorithm; answered by the miner.
    ServerAsks,
}

impl Ask<'_> {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> AskKind {
        match self {
            Ask::Configure => AskKind::Configure,
            Ask::Subscribe { .. } => AskKind::Subscribe,
            Ask::Authorize { .. } => AskKind::Authorize,
            Ask::Submit { .. } => AskKind::Submit,
            Ask::ExtranonceSubscribe => AskKind::ExtranonceSubscribe,
            Ask::Suggest => AskKind::Suggest,
            Ask::Transactions => AskKind::Transactions,
            Ask::MultiVersion => AskKind::MultiVersion,
            Ask::Pong => AskKind::Pong,
            Ask::Hello { .. } => AskKind::Hello,
            Ask::Noop => AskKind::Noop,
            Ask::Hashrate(_) => AskKind::Hashrate,
            Ask::Login(_) => AskKind::Login,
            Ask::Solution { .. } => AskKind::Solution,
            Ask::Keepalive => AskKind::Keepalive,
            Ask::JobWanted => AskKind::JobWanted,
            Ask::OwnTemplate => AskKind::OwnTemplate,
            Ask::EthLogin { .. } => AskKind::EthLogin,
            Ask::EthWork => AskKind::EthWork,
            Ask::EthSolution { .. } => AskKind::EthSolution,
            Ask::Getwork => AskKind::Getwork,
            Ask::GetworkSolution => AskKind::GetworkSolution,
            Ask::Template { .. } => AskKind::Template,
            Ask::Block => AskKind::Block,
            Ask::StartMining { .. } => AskKind::StartMining,
            Ask::WebLogin(_) => AskKind::WebLogin,
            Ask::WebSolution { .. } => AskKind::WebSolution,
            Ask::Other => AskKind::Other,
        }
    }
}

impl AskKind {
    /// Whether it hands in a solution.
    #[must_use]
    pub const fn is_solution(self) -> bool {
        matches!(
            self,
            AskKind::Submit
                | AskKind::Solution
                | AskKind::EthSolution
                | AskKind::GetworkSolution
                | AskKind::WebSolution
                | AskKind::Block
        )
    }

    /// Whether it introduces a miner.
    #[must_use]
    pub const fn is_login(self) -> bool {
        matches!(self, AskKind::Authorize | AskKind::Login | AskKind::EthLogin | AskKind::WebLogin)
    }
}

/// A CryptoNote login.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Login<'a> {
    /// Wallet or account.
    pub login: Text<'a>,
    /// Password.
    pub password: Option<Text<'a>>,
    /// What the miner calls itself.
    pub agent: Option<Text<'a>>,
    /// Rig name.
    pub rig: Option<Text<'a>>,
    /// The only algorithm named, if exactly one is: a longer list is an ability, not a wish.
    pub algorithm: Option<Text<'a>>,
}

/// What the form of a `mining.submit` tells about its dialect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubmitForm {
    /// Extranonce, time, nonce of a Bitcoin-like header; whether rolled version bits follow (BIP 320).
    Bitcoin {
        /// A sixth parameter with version bits.
        version_bits: bool,
    },
    /// An Equihash solution of these parameters.
    Equihash {
        /// Equihash n.
        n: u16,
        /// Equihash k.
        k: u8,
    },
    /// Nonce, seed and computor: Qubic.
    Qatum,
    /// Nonce, header and mix hash: ethash or ProgPow over `mining.*`.
    Mix,
    /// Nothing that decides.
    Other,
}

/// What a pool says without being asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Tell<'a> {
    /// Work.
    Job(Box<Job<'a>>),
    /// `mining.set_difficulty`: valid for the next job.
    Difficulty(Decimal),
    /// `mining.set_target`, big-endian, up to 64 digits.
    Target(Text<'a>),
    /// `mining.set_extranonce`.
    Extranonce,
    /// `mining.set_version_mask`.
    VersionMask,
    /// `client.reconnect`, `mining.reconnect`: another host and port, if named.
    Reconnect {
        /// Host, as written.
        host: Option<Text<'a>>,
        /// Port.
        port: Option<u16>,
    },
    /// `client.get_version`: the miner answers with its name.
    VersionWanted,
    /// `client.get_algo`: the miner answers with its algorithm.
    AlgorithmWanted,
    /// `client.show_message`.
    Message(Text<'a>),
    /// `mining.set` of EthereumStratum 2.
    Set {
        /// Target, without leading zeros.
        target: Option<Text<'a>>,
        /// Algorithm by name.
        algorithm: Option<Text<'a>>,
    },
    /// `mining.ping`.
    Ping,
    /// An answer in the form of a notification (Iron Fish: `mining.subscribed`, `mining.submitted`).
    Done {
        /// The id of the request, if it is named.
        id: Option<&'a [u8]>,
        /// What it says.
        answer: Answer<'a>,
    },
    /// Anything else only a pool says.
    Other,
}

impl Tell<'_> {
    /// A small number for its kind, for counting kinds.
    #[must_use]
    pub const fn kind(&self) -> u32 {
        match self {
            Tell::Job(_) => 0,
            Tell::Difficulty(_) => 1,
            Tell::Target(_) => 2,
            Tell::Extranonce => 3,
            Tell::VersionMask => 4,
            Tell::Reconnect { .. } => 5,
            Tell::VersionWanted => 6,
            Tell::AlgorithmWanted => 7,
            Tell::Message(_) => 8,
            Tell::Set { .. } => 9,
            Tell::Ping => 10,
            Tell::Done { .. } => 12,
            Tell::Other => 11,
        }
    }
}

/// Which dialect's job it is, by its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// Header parts: Bitcoin Stratum v1.
    Bitcoin,
    /// `blob`, `job_id`, `target`.
    Cryptonote,
    /// `pre_pow`: Grin and its like.
    Cuckoo,
    /// `input` and `difficulty` at the root: Beam.
    Beam,
    /// Difficulty and blob in base 64: Xatum.
    Xatum,
    /// A seed: Qubic.
    Qatum,
    /// Header, height and clean: Ergo as its first pools spoke.
    ErgoFirst,
    /// Three or four `0x` hashes.
    EthProxy,
    /// Seed, header, clean: EthereumStratum 1.
    EthereumOne,
    /// Block, header, "0" or "1": EthereumStratum 2.
    EthereumTwo,
    /// Equihash header parts.
    Zcash,
    /// Header, seed, target, height, bits: KawPow and other ProgPow.
    ProgPow,
    /// The header's hash as numbers or digits, and a time: Kaspa and its forks.
    Kaspa,
    /// Header, seed, target over `mining.notify`: ethminer's STRATUM mode.
    EthashNotify,
    /// A `mining.notify` of another list.
    Other,
    /// `blob`, `job_id`, `target` for a web page.
    Web,
    /// `data` and `target` of getwork.
    Getwork,
    /// A block template.
    Template,
}

/// What a job asks of a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stated {
    /// Expected hashes, stated by the job itself.
    Hashes(u128),
    /// Nothing: what was set before counts.
    Before,
}

/// Work handed out.
#[derive(Debug, Clone, PartialEq)]
pub struct Job<'a> {
    /// Dialect by shape.
    pub family: Family,
    /// Job id (of eth-proxy: the header hash).
    pub id: Text<'a>,
    /// Session the job is for, where several share a connection.
    pub session: Option<Text<'a>>,
    /// What it asks of a share.
    pub stated: Stated,
    /// Algorithm by name.
    pub algorithm: Option<Text<'a>>,
    /// Algorithm by shape: nothing else known hands out work like this.
    pub computes: Option<&'static str>,
    /// Block height, if the job states it.
    pub height: Option<u64>,
    /// Compact network target of a Bitcoin-like header.
    pub nbits: Option<u32>,
    /// Hexadecimal halves of the coinbase transaction.
    pub coinbase: Option<(&'a [u8], &'a [u8])>,
    /// Equihash parameters by name (`144_5`).
    pub equihash: Option<(u16, u8)>,
    /// Equihash personalisation.
    pub personalisation: Option<Text<'a>>,
    /// Hexadecimal CryptoNote blob.
    pub blob: Option<&'a [u8]>,
    /// Seed hash, 64 digits.
    pub seed: Option<Text<'a>>,
    /// Reserved offsets instead of a blob: for a mining proxy.
    pub for_proxy: bool,
}

impl<'a> Job<'a> {
    pub(super) fn new(family: Family, id: Text<'a>) -> Job<'a> {
        Job {
            family,
            id,
            session: None,
            stated: Stated::Before,
            algorithm: None,
            computes: None,
            height: None,
            nbits: None,
            coinbase: None,
            equihash: None,
            personalisation: None,
            blob: None,
            seed: None,
            for_proxy: false,
        }
    }
}

/// What is said in answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer<'a> {
    /// `true`.
    True,
    /// `false`, with or without words.
    False,
    /// `null` or nothing, and no error.
    Null,
    /// An error.
    Refused {
        /// Its number.
        code: Option<i64>,
        /// Its words.
        text: Option<Text<'a>>,
    },
    /// `{"status":"OK"}`.
    Ok,
    /// `{"status":"KEEPALIVED"}`.
    Alive,
    /// The answer to a CryptoNote login.
    LoggedIn {
        /// Session id.
        session: Option<Text<'a>>,
        /// The first job.
        job: Option<Box<Job<'a>>>,
    },
    /// The answer to a subscription.
    Subscribed {
        /// Whether it names `mining.notify` or `mining.set_difficulty`.
        named: bool,
        /// Whether it gives the length of a second extranonce, as only headers of Bitcoin's kind have it.
        sized: bool,
        /// A dialect announced by name.
        announced: Option<Text<'a>>,
    },
    /// The answer to `mining.configure`.
    Configured,
    /// Work: `eth_getWork`, pushes of eth-proxy, `getjob`, getwork.
    Job(Box<Job<'a>>),
    /// The answer to `mining.hello`.
    Hello,
    /// A string.
    Text(Text<'a>),
    /// An array of something else.
    List,
    /// Anything else.
    Other,
}

impl Answer<'_> {
    /// A small number for its kind, for counting kinds (above those of [`Tell::kind`]).
    #[must_use]
    pub const fn kind(&self) -> u32 {
        match self {
            Answer::True | Answer::False | Answer::Null => 16,
            Answer::Refused { .. } => 17,
            Answer::Ok | Answer::Alive => 18,
            Answer::LoggedIn { .. } => 19,
            Answer::Subscribed { .. } => 20,
            Answer::Configured => 21,
            Answer::Job(_) => 0,
            Answer::Hello => 22,
            Answer::Text(_) => 23,
            Answer::List => 24,
            Answer::Other => 25,
        }
    }

    /// Whether only a server says this, whatever was asked.
    #[must_use]
    pub const fn is_servers(&self) -> bool {
        matches!(
            self,
            Answer::Ok
                | Answer::Alive
                | Answer::LoggedIn { .. }
                | Answer::Subscribed { .. }
                | Answer::Configured
                | Answer::Job(_)
                | Answer::Hello
        )
    }

    /// Whether this is a refusal in a mining dialect. JSON-RPC's own reserved codes (−32768 to −32000: no such method,
    /// parse error) come from any JSON-RPC server and refuse nothing, but for the four that are Grin's own
    /// (mimblewimble/grin `doc/stratum.md`: -32500 to -32503).
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        match self {
            Answer::Refused { code: Some(-32_503..=-32_500), .. } => true,
            Answer::Refused { code, .. } => !code.is_some_and(|code| (-32_768..=-32_000).contains(&code)),
            Answer::False => true,
            _ => false,
        }
    }

    /// Whether this has the shape that is prescribed for an answer to `kind`.
    #[must_use]
    pub fn suits(&self, kind: AskKind) -> bool {
        let yes_no = matches!(self, Answer::True | Answer::False);
        let refused = matches!(self, Answer::Refused { .. }) && self.is_refusal();
        // Grin and its like say so in a word; a share that is a block is `blockfound - ` and its hash.
        let word = matches!(self, Answer::Text(word) if word == "ok" || word.starts_with("blockfound"));
        match kind {
            AskKind::Subscribe => matches!(self, Answer::Subscribed { .. }) || refused,
            AskKind::Configure => matches!(self, Answer::Configured) || refused,
            AskKind::Authorize
            | AskKind::EthLogin
            | AskKind::EthSolution
            | AskKind::Hashrate
            | AskKind::ExtranonceSubscribe
            | AskKind::Suggest
            | AskKind::MultiVersion
            | AskKind::GetworkSolution => yes_no || refused,
            AskKind::Submit => yes_no || refused || matches!(self, Answer::Null),
            AskKind::Solution => yes_no || refused || word || matches!(self, Answer::Ok),
            AskKind::WebSolution => refused || matches!(self, Answer::Ok),
            AskKind::Login => matches!(self, Answer::LoggedIn { .. }) || refused || word,
            AskKind::WebLogin => matches!(self, Answer::LoggedIn { .. }) || refused,
            AskKind::Keepalive => matches!(self, Answer::Alive | Answer::Ok) || refused || word,
            AskKind::JobWanted | AskKind::EthWork => matches!(self, Answer::Job(_)) || refused,
            AskKind::OwnTemplate => matches!(self, Answer::Ok | Answer::Job(_)) || refused,
            AskKind::Transactions => matches!(self, Answer::List) || refused,
            AskKind::Hello => matches!(self, Answer::Hello) || refused,
            AskKind::Getwork | AskKind::Template => matches!(self, Answer::Job(_)),
            AskKind::Block => matches!(self, Answer::Null | Answer::Text(_) | Answer::Ok) || refused,
            AskKind::ServerAsks => matches!(self, Answer::Text(_)),
            AskKind::StartMining => matches!(self, Answer::Ok),
            AskKind::Noop | AskKind::Pong | AskKind::Other => false,
        }
    }
}
