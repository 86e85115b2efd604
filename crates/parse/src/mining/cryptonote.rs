//! The CryptoNote dialect: login, job, submit, keepalived.
//!
//! Sources: xmrig/xmrig `src/base/net/stratum/{Client,Job,SelfSelectClient}.cpp`; xmrig/xmrig-proxy
//! `src/proxy/Miner.cpp`; MoneroOcean/nodejs-pool `lib/pool/protocol.js` and `lib/coins/core/factories.js`;
//! mimblewimble/grin `doc/stratum.md` (jobs with `pre_pow`); btccom/btcpool-ABANDONED its Stratum notes for Bytom and
//! 0xmountaintop/B3-Mimic its Stratum notes for Bytom (Bytom: a header's fields instead of a blob).

use super::algorithm::is_minings_own;
use super::bitcoin::Parameters;
use super::difficulty::of_cryptonote_target;
use super::hex;
use super::json::Value;
use super::read::Root;
use super::said::{Act, Answer, Ask, Family, Job, Login, Stated, Tell, Text};

/// Reads the methods of this dialect. `login`, `submit` and `job` are everyday words: only their fields prove mining.
pub(super) fn method<'a>(name: &str, root: &Root<'a>) -> Option<(Act<'a>, bool)> {
    let params = root.params.filter(|params| params.is_object());
    match name {
        // Bytom's first pools took a list: login, password, agent.
        "login" if root.params.is_some_and(Value::is_array) => {
            let list = Parameters::of(root.params);
            let (user, agent) = (list.words(0)?, list.words(2)?);
            let login =
                Login { login: user, password: list.words(1), agent: Some(agent), ..Login::default() };
            (list.count == 3).then_some((Act::Ask(Ask::Login(login)), false))
        }
        "login" => {
            let (login, certain) = login(params?)?;
            Some((Act::Ask(Ask::Login(login)), certain))
        }
        "submit" => {
            let (session, job, edge_bits) = solution(params?)?;
            Some((Act::Ask(Ask::Solution { session, job, edge_bits }), true))
        }
        // The name of a well-known program too: it names a session, and counts only behind a login or job.
        "keepalived" => params?.member("id")?.label().map(|_| (Act::Ask(Ask::Keepalive), false)),
        // Grin and its like; a print shop's word too, so that its job is the proof.
        "getjobtemplate" => Some((Act::Ask(Ask::JobWanted), false)),
        "keepalive" => Some((Act::Ask(Ask::Keepalive), false)),
        "getjob" => Some((Act::Ask(Ask::JobWanted), false)),
        "block_template" => {
            let params = params?;
            let fits = params.member("job_id").is_some() && hex::is_bytes(params.member("blob"), 86);
            fits.then_some((Act::Ask(Ask::OwnTemplate), true))
        }
        "job" => {
            let job = job(params?)?;
            Some((Act::Tell(Tell::Job(Box::new(job))), true))
        }
        _ => None,
    }
}

/// Session and job of a submit: nonce of 8 and result of 64 digits, or (Cuckoo) a graph of 32 to 42 edges.
fn solution<'a>(params: Value<'a>) -> Option<(Option<Text<'a>>, Text<'a>, Option<u64>)> {
    let (mut session, mut job, mut edge_bits) = (None, None, None);
    let (mut nonce, mut hash, mut graph) = (false, false, false);
    for (key, value) in params.members().take(32) {
        match key.raw() {
            b"id" => session = value.label(),
            // Bytom's nonces have eight bytes.
            b"nonce" => nonce = hex::exactly(Some(value), 8) || hex::exactly(Some(value), 16),
            b"result" => hash = hex::is_hash(Some(value)),
            b"edge_bits" => edge_bits = value.u64(),
            b"pow" => graph = (32..=42).contains(&value.items().take(43).count()),
            _ if key.is("job_id") => job = value.label(),
            _ => {}
        }
    }
    (graph || (nonce && hash)).then_some((session, job?, edge_bits.filter(|_| graph)))
}

/// A login, and whether nothing but a miner sends it: an address of CryptoNote's length and alphabet, a list with names
/// of mining algorithms, or a rig beside an agent. Miners always send a password; a wallet's login to its light server
/// (address and view key) has none.
fn login<'a>(params: Value<'a>) -> Option<(Login<'a>, bool)> {
    let mut login = Login::default();
    let (mut named, mut passed, mut own) = (false, false, false);
    for (key, value) in params.members().take(32) {
        match key.raw() {
            b"algo" => {
                own |=
                    value.items().take(64).any(|name| name.text().is_some_and(|name| is_minings_own(&name)));
                let mut names = value.items();
                login.algorithm = names.next().and_then(Value::words).filter(|_| names.next().is_none());
            }
            _ if key.is("login") => {
                login.login = value.words()?;
                named = true;
            }
            _ if key.is("pass") => {
                login.password = value.label();
                passed = true;
            }
            _ if key.is("agent") => login.agent = value.words(),
            _ if key.is("rigid") => login.rig = value.words(),
            _ => {}
        }
    }
    let rig = login.rig.is_some() && login.agent.is_some();
    let own = own || rig || holds_address(&login.login);
    (named && passed).then_some((login, own))
}

/// Whether a login begins with a word of the length of a CryptoNote address in base 58 (95 for standard, 97 to 110
/// for integrated addresses and other coins). Its checksum is checked where coins are known.
fn holds_address(login: &str) -> bool {
    login
        .split(['.', '+', '/', ':', '@', '~', ','])
        .any(|word| (90..=110).contains(&word.len()) && word.bytes().all(is_base58) && is_mixed(word))
}

/// Whether a word has capitals and letters beyond `f`, as every address has (a 95 letter word of base 58 is without one
/// of them once in 10^20 times): a token of hexadecimal digits is none.
fn is_mixed(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_uppercase()) && word.bytes().any(|byte| matches!(byte, b'g'..=b'z'))
}

fn is_base58(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() && !matches!(byte, b'0' | b'O' | b'I' | b'l')
}

/// A job object: a blob with target, a template for a proxy, a self-select job, or a `pre_pow`.
pub(super) fn job<'a>(object: Value<'a>) -> Option<Job<'a>> {
    let mut job = Job::new(Family::Cryptonote, Text::default());
    let mut fits = [false; 4];
    let [blob, target, template, cuckoo] = &mut fits;
    let (mut reserved, mut difficulty, mut own_nonce) = (false, false, false);
    let mut hashes = 0_u8;
    for (key, value) in object.members().take(48) {
        match std::str::from_utf8(key.raw()).unwrap_or("") {
            // 43 bytes reach the end of the nonce.
            "blob" if hex::is_bytes(Some(value), 86) => {
                *blob = true;
                job.blob = value.quoted();
            }
            "target" => {
                if let Some(hashes) = value.quoted().and_then(of_cryptonote_target) {
                    *target = true;
                    job.stated = Stated::Hashes(hashes);
                }
            }
            "id" => job.session = value.label(),
            "job_id" => job.id = value.label()?,
            "algo" => job.algorithm = value.words(),
            "height" => job.height = value.u64(),
            "seed_hash" if hex::is_hash(Some(value)) => job.seed = value.text(),
            "previous_block_hash" | "transactions_merkle_root" | "transaction_status_hash"
                if hex::is_hash(Some(value)) =>
            {
                hashes += 1;
            }
            "blocktemplate_blob" => *template = hex::is_bytes(Some(value), 86),
            "reserved_offset" => reserved = value.is_number(),
            "pre_pow" => *cuckoo = hex::is_bytes(Some(value), 2),
            "difficulty" => difficulty = value.is_number(),
            "extra_nonce" => own_nonce = value.is_string(),
            _ => {}
        }
    }
    let [blob, target, template, cuckoo] = fits;
    if job.id.is_empty() {
        return None;
    }
    // Bytom hands out the fields of its header one by one.
    if target && (blob || hashes == 3) {
        return Some(job);
    }
    if template && reserved {
        job.for_proxy = true;
        return Some(job);
    }
    if cuckoo && difficulty {
        job.family = Family::Cuckoo;
        return Some(job);
    }
    (own_nonce && target && object.member("pool_wallet").is_some()).then_some(job)
}

/// `[job, version, height, previous block, time, merkle root, status hash, nonce, bits, seed, target]`: Bytom's work as a
/// list, answered or pushed.
pub(super) fn listed<'a>(result: Value<'a>) -> Option<(Answer<'a>, bool)> {
    let list = Parameters::of(Some(result));
    let fits = list.count == 11
        && [3, 5, 6, 9].into_iter().all(|index| hex::is_hash(list.at(index)))
        && hex::exactly(list.at(7), 16)
        && hex::exactly(list.at(8), 16);
    let target = list.at(10).filter(|_| fits)?.quoted().and_then(of_cryptonote_target)?;
    let mut job = Job::new(Family::Cryptonote, list.at(0)?.label()?);
    job.stated = Stated::Hashes(target);
    Some((Answer::Job(Box::new(job)), true))
}

/// Reads an object given as a result.
pub(super) fn result<'a>(result: Value<'a>) -> Option<(Answer<'a>, bool)> {
    if let Some(inner) = result.member("job") {
        let job = job(inner);
        let certain = job.is_some();
        let session = result.member("id").and_then(Value::label);
        return Some((Answer::LoggedIn { session, job: job.map(Box::new) }, certain));
    }
    if let Some(job) = job(result) {
        return Some((Answer::Job(Box::new(job)), true));
    }
    let status = result.member("status")?;
    if status.is("OK") {
        return Some((Answer::Ok, false));
    }
    status.is("KEEPALIVED").then_some((Answer::Alive, false))
}
