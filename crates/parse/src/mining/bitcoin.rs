//! Bitcoin Stratum v1 and what shares its `mining.*` and `client.*` methods.
//!
//! Sources: bitcoin/bips bip-0310 (configure, version rolling), bip-0320 (version bits); ckolivas/cgminer `util.c`;
//! bitaxeorg/ESP-Miner `components/stratum/stratum_api.c`; zone117x/node-stratum-pool `lib/stratum.js`.

use super::difficulty::Decimal;
use super::json::Value;
use super::read::Root;
use super::said::{Act, Answer, Ask, Family, Job, SubmitForm, Tell, Text};
use super::{alephium, conflux, ergo, ethereum, ethereum_stratum, hex, kadena, kaspa, nervos, zcash};

/// Most parameters of one message that are looked at; the longest known list has 10.
const PARAMETERS: usize = 12;

/// The parameters of an array by position.
pub(super) struct Parameters<'a> {
    list: [Option<Value<'a>>; PARAMETERS],
    /// How many there are, counted up to [`PARAMETERS`].
    pub(super) count: usize,
}

impl<'a> Parameters<'a> {
    pub(super) fn of(value: Option<Value<'a>>) -> Parameters<'a> {
        let mut parameters = Parameters { list: [None; PARAMETERS], count: 0 };
        for (place, item) in parameters.list.iter_mut().zip(value.into_iter().flat_map(Value::items)) {
            *place = Some(item);
            parameters.count += 1;
        }
        parameters
    }

    pub(super) fn at(&self, index: usize) -> Option<Value<'a>> {
        self.list.get(index).copied().flatten()
    }

    pub(super) fn words(&self, index: usize) -> Option<Text<'a>> {
        self.at(index)?.words()
    }

    pub(super) fn is_bool(&self, index: usize) -> bool {
        self.at(index).is_some_and(|value| value.bool().is_some())
    }
}

/// What stands in a message's parameters, as far as a method can be told by it.
#[derive(Clone, Copy)]
struct Kinds {
    list: bool,
    object: bool,
    text: bool,
    /// No parameters, but an id: a request all the same.
    bare: bool,
}

impl Kinds {
    fn of(root: &Root<'_>, params: Option<Value<'_>>) -> Kinds {
        Kinds {
            list: params.is_some_and(Value::is_array),
            object: params.is_some_and(Value::is_object),
            text: params.is_some_and(Value::is_string),
            bare: params.is_none() && root.id.is_some(),
        }
    }
}

/// Reads a message whose method (lower case) begins with `mining.` or `client.`, or is a bare form of one. The word by
/// itself is nothing (a log line may hold `"method":"mining.submit"`, and process mining has methods of that prefix):
/// its parameters are of the type the dialects prescribe.
pub(super) fn method<'a>(name: &str, root: &Root<'a>) -> Option<(Act<'a>, bool)> {
    let params = root.params.filter(|params| !params.is_null());
    let list = Parameters::of(params);
    let kinds = Kinds::of(root, params);
    let any = kinds.list || kinds.object;
    let (act, fits) = match name {
        "mining.configure" => (Act::Ask(Ask::Configure), list.at(0).is_some_and(Value::is_array)),
        "mining.subscribe" => (Act::Ask(subscribe(&list, params)), any || kinds.text || kinds.bare),
        "mining.authorize" => {
            let user = list.words(0).unwrap_or_default();
            let fits = list.at(0).is_some_and(Value::is_string) || kinds.object;
            (Act::Ask(Ask::Authorize { user, password: list.words(1) }), fits)
        }
        // The shortest known list is that of EthereumStratum 2: job, nonce, worker.
        "mining.submit" => {
            let members = params.map_or(0, |params| params.members().take(2).count());
            (Act::Ask(submit(&list)), list.count >= 3 || members >= 2)
        }
        "mining.extranonce.subscribe" => (Act::Ask(Ask::ExtranonceSubscribe), any || kinds.bare),
        "mining.suggest_difficulty" | "mining.suggest_target" => (Act::Ask(Ask::Suggest), list.count > 0),
        "mining.get_transactions" => (Act::Ask(Ask::Transactions), kinds.list),
        "mining.multi_version" => (Act::Ask(Ask::MultiVersion), list.at(0).is_some_and(Value::is_number)),
        "mining.pong" => (Act::Ask(Ask::Pong), kinds.list || kinds.bare),
        "mining.hello" => (Act::Ask(ethereum_stratum::hello(params)), any),
        "mining.noop" => (Act::Ask(Ask::Noop), kinds.list || kinds.bare),
        "mining.hashrate" => (Act::Ask(Ask::Hashrate(ethereum_stratum::hashrate(&list))), list.count > 0),
        "mining.bye" => return Some((Act::Unknown("mining.bye".into()), false)),
        "mining.notify" => match notify(&list, root) {
            Some(job) => (Act::Tell(Tell::Job(Box::new(job))), true),
            None => (Act::Tell(Tell::Other), kinds.list),
        },
        "mining.set_difficulty" => {
            let stated = list.at(0).or(params).and_then(difficulty);
            (Act::Tell(stated.map_or(Tell::Other, Tell::Difficulty)), stated.is_some() || kinds.list)
        }
        "mining.set_target" => target(&list, params, kinds.list),
        "mining.set_extranonce" => (Act::Tell(Tell::Extranonce), list.count > 0),
        // The Kaspa bridge leaves the prefix out; by itself it is no proof of mining.
        "set_extranonce" if list.count > 0 => return Some((Act::Tell(Tell::Extranonce), false)),
        "mining.set_version_mask" => (Act::Tell(Tell::VersionMask), kinds.list || kinds.text),
        "mining.set" => (Act::Tell(ethereum_stratum::set(params)), kinds.object),
        "mining.ping" => (Act::Tell(Tell::Ping), kinds.list || kinds.bare),
        "mining.reconnect" => (Act::Tell(ethereum_stratum::reconnect(params)), any || kinds.bare),
        "mining.submitted" | "mining.subscribed" => (Act::Tell(done(name, params)), kinds.object),
        "mining.set_cleanjobs" => (Act::Tell(Tell::Other), kinds.list),
        // `client.` is a common prefix elsewhere: these count only beside a proof.
        "client.reconnect" => return Some((Act::Tell(reconnect(&list)), false)),
        "client.get_version" => return Some((Act::Tell(Tell::VersionWanted), false)),
        "client.get_algo" => return Some((Act::Tell(Tell::AlgorithmWanted), false)),
        "client.show_message" => return Some((Act::Tell(Tell::Message(list.words(0)?)), false)),
        "pong" => return Some((Act::Ask(Ask::Pong), false)),
        "subscribe" | "authorize" | "submit" | "notify" | "set_difficulty" if kinds.list => {
            return unprefixed(name, &list, root);
        }
        _ => return by_beginning(name, root),
    };
    fits.then_some((act, true))
}

/// Some pools of Nexa and its like leave the prefix out. These are everyday words, so that the header's parts in a job
/// are the proof; a share counts only with the fields of such a header.
fn unprefixed<'a>(name: &str, list: &Parameters<'a>, root: &Root<'a>) -> Option<(Act<'a>, bool)> {
    let act = match name {
        "notify" => {
            let job = header(list)?;
            return Some((Act::Tell(Tell::Job(Box::new(job))), true));
        }
        "submit" if !matches!(submit(list), Ask::Submit { form: SubmitForm::Bitcoin { .. }, .. }) => {
            return None;
        }
        "submit" => Act::Ask(submit(list)),
        "subscribe" => Act::Ask(subscribe(list, root.params)),
        "authorize" => Act::Ask(Ask::Authorize { user: list.words(0)?, password: list.words(1) }),
        "set_difficulty" => Act::Tell(Tell::Difficulty(list.at(0).and_then(difficulty)?)),
        _ => return None,
    };
    Some((act, false))
}

/// cgminer compares only the beginning of a server's method, and ckpool takes `mining.suggest_difficulty(32)`.
/// `mining.notifyProgress` of process mining begins so too: behind a longer word the parameters must be a list, as
/// cgminer reads them. Another word of the prefix proves nothing.
fn by_beginning<'a>(name: &str, root: &Root<'a>) -> Option<(Act<'a>, bool)> {
    const SERVERS: [&str; 3] = ["mining.notify", "mining.set_difficulty", "mining.set_extranonce"];
    if let Some(known) = SERVERS.iter().find(|known| name.starts_with(*known))
        && Parameters::of(root.params).count > 0
    {
        return method(known, root);
    }
    if name.starts_with("mining.suggest_difficulty(") {
        return Some((Act::Ask(Ask::Suggest), true));
    }
    name.strip_prefix("mining.")
        .filter(|rest| {
            !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._".contains(&byte))
        })
        .map(|_| (Act::Unknown(name.to_owned().into()), false))
}

fn subscribe<'a>(list: &Parameters<'a>, params: Option<Value<'a>>) -> Ask<'a> {
    // Iron Fish sends an object.
    let object = params.filter(|params| params.is_object());
    let agent = list.words(0).or_else(|| object?.member("agent")?.words());
    let announced = (0..list.count).filter_map(|index| list.at(index)).find_map(announced);
    // Miners of Aleo and Alephium put the dialect first, and it is no agent.
    let agent = agent.filter(|agent| announced.as_ref() != Some(agent));
    let login = object.and_then(|object| object.member("publicAddress")?.words());
    Ask::Subscribe { agent, announced, login }
}

/// Iron Fish answers by notification: `{clientId, xn}` and `{id, result, message}`.
/// Source: iron-fish/ironfish `ironfish/src/mining/stratum/messages.ts`.
fn done<'a>(name: &str, params: Option<Value<'a>>) -> Tell<'a> {
    let member = |name: &str| params.and_then(|params| params.member(name));
    let answer = match member("result").and_then(Value::bool) {
        _ if name == "mining.subscribed" => Answer::Subscribed { named: true, sized: false, announced: None },
        Some(true) => Answer::True,
        Some(false) => Answer::Refused { code: None, text: member("message").and_then(Value::words) },
        None => return Tell::Other,
    };
    Tell::Done { id: member("id").map(|id| id.quoted().unwrap_or(id.raw())), answer }
}

/// A dialect announced by name: an upper-case word ending in `Stratum/` and a version number.
pub(super) fn announced(value: Value<'_>) -> Option<Text<'_>> {
    let raw = value.quoted()?;
    let (word, version) = raw.split_at(memchr::memmem::find(raw, b"Stratum/")?);
    let named = !word.is_empty()
        && word.len() <= 32
        && word[0].is_ascii_uppercase()
        && word.iter().all(u8::is_ascii_alphanumeric)
        && version.get(8).is_some_and(u8::is_ascii_digit);
    if named { value.text() } else { None }
}

fn submit<'a>(list: &Parameters<'a>) -> Ask<'a> {
    let form = if let Some((n, k)) = zcash::solution(list) {
        SubmitForm::Equihash { n, k }
    } else if hex::is_bytes(list.at(2), 0) && hex::exactly(list.at(3), 8) && hex::exactly(list.at(4), 8) {
        SubmitForm::Bitcoin { version_bits: hex::exactly(list.at(5), 8) }
    } else if ethereum::is_mix(list) {
        SubmitForm::Mix
    } else {
        SubmitForm::Other
    };
    Ask::Submit { user: list.words(0), job: list.at(1).and_then(Value::label), form }
}

fn difficulty(value: Value<'_>) -> Option<Decimal> {
    let raw = value.quoted().unwrap_or(value.raw());
    Decimal::read(std::str::from_utf8(raw).ok()?)
}

fn target<'a>(list: &Parameters<'a>, params: Option<Value<'a>>, listed: bool) -> (Act<'a>, bool) {
    // Alephium sends a bare string, Iron Fish an object.
    let value = list.at(0).or(params).map(|value| value.member("target").unwrap_or(value));
    match hex::bare(value) {
        Some(digits) if !digits.is_empty() && digits.len() <= 64 => {
            (Act::Tell(Tell::Target(String::from_utf8_lossy(digits))), true)
        }
        _ => (Act::Tell(Tell::Other), listed),
    }
}

fn reconnect<'a>(list: &Parameters<'a>) -> Tell<'a> {
    let port = list.at(1).and_then(Value::u64).and_then(|port| u16::try_from(port).ok());
    Tell::Reconnect { host: list.words(0), port }
}

/// A job, by the shape of its parameters. An unknown list is still a job, of the family `Other`.
fn notify<'a>(list: &Parameters<'a>, root: &Root<'a>) -> Option<Job<'a>> {
    let mut job = zcash::notify(list)
        .or_else(|| header(list))
        .or_else(|| ethereum_stratum::notify(list))
        .or_else(|| ethereum::notify(list))
        .or_else(|| kaspa::notify(list))
        .or_else(|| ergo::notify(list))
        .or_else(|| conflux::notify(list))
        .or_else(|| kadena::notify(list))
        .or_else(|| nervos::notify(list))
        .or_else(|| alephium::notify(list))
        .or_else(|| other(list, root.params))?;
    job.algorithm = root.algorithm.and_then(Value::words);
    Some(job)
}

/// `[job, prevhash, coinb1, coinb2, [branch…], version, nbits, ntime, clean]`.
fn header<'a>(list: &Parameters<'a>) -> Option<Job<'a>> {
    let coinb1 = list.at(2)?.quoted()?;
    let coinb2 = list.at(3)?.quoted()?;
    let fits = hex::is_hash(list.at(1))
        && hex::is_bytes(list.at(2), 2)
        && hex::digits(coinb2).is_some()
        && list.at(4)?.is_array()
        && hex::exactly(list.at(5), 8)
        && (hex::exactly(list.at(6), 8) || list.at(6)?.quoted() == Some(b""))
        && hex::exactly(list.at(7), 8);
    if !fits {
        return None;
    }
    let mut job = Job::new(Family::Bitcoin, list.at(0)?.label().unwrap_or_default());
    job.nbits = list.at(6)?.quoted().and_then(hex::number).and_then(|bits| u32::try_from(bits).ok());
    job.coinbase = Some((coinb1, coinb2));
    Some(job)
}

/// A list of another family: it begins with a job id and something follows, or it is an object that names a job.
fn other<'a>(list: &Parameters<'a>, params: Option<Value<'a>>) -> Option<Job<'a>> {
    let id = match list.at(0) {
        Some(first) if first.is_object() => first.member("jobId")?.label()?,
        Some(first) if list.count >= 2 => first.label()?,
        Some(_) => return None,
        None => params?.member("miningRequestId")?.label()?,
    };
    Some(Job::new(Family::Other, id))
}

/// Reads an array given as a result: the answers to `mining.subscribe`.
pub(super) fn subscribed<'a>(result: Value<'a>) -> Option<(Answer<'a>, bool)> {
    let list = Parameters::of(Some(result));
    let first = list.at(0)?;
    if first.is_array() {
        let named = [first]
            .into_iter()
            .chain(first.items())
            .flat_map(Value::items)
            .any(|word| word.quoted().is_some_and(|raw| raw.starts_with(b"mining.")));
        let announced = [first].into_iter().chain(first.items()).flat_map(Value::items).find_map(announced);
        let extranonce = hex::is_bytes(list.at(1), 0) || list.at(1).is_some_and(|value| value.is_string());
        let sized = list.at(2).is_some_and(Value::is_number);
        return (named && extranonce).then_some((Answer::Subscribed { named, sized, announced }, true));
    }
    // The Kaspa bridge: [true, "EthereumStratum/1.0.0"].
    if first.bool() == Some(true) {
        let announced = announced(list.at(1)?)?;
        return Some((Answer::Subscribed { named: false, sized: false, announced: Some(announced) }, true));
    }
    // Equihash, KawPow, Kadena: [session or null, nonce1], perhaps with a length.
    let session = first.is_null() || first.is_string();
    let sized = list.count == 2 || (list.count == 3 && list.at(2).is_some_and(Value::is_number));
    let nonce =
        list.at(1)?.quoted().is_some_and(|raw| (2..=62).contains(&raw.len()) && hex::digits(raw).is_some());
    (session && sized && nonce)
        .then_some((Answer::Subscribed { named: false, sized: false, announced: None }, false))
}

/// Reads an object given as a result: the answer to `mining.configure` (BIP 310).
pub(super) fn configured<'a>(result: Value<'a>) -> Option<(Answer<'a>, bool)> {
    const EXTENSIONS: [&str; 4] = ["version-rolling", "minimum-difficulty", "subscribe-extranonce", "info"];
    let mut known = 0_u32;
    for (key, value) in result.members().take(16) {
        let name = key.raw();
        let extension = EXTENSIONS.iter().any(|extension| {
            name == extension.as_bytes()
                || (name.starts_with(extension.as_bytes()) && name.get(extension.len()) == Some(&b'.'))
        });
        if extension && (value.bool().is_some() || value.is_string() || value.is_number()) {
            known += 1;
        }
    }
    let rolling = result.member("version-rolling").is_some();
    (known > 0).then_some((Answer::Configured, rolling))
}
