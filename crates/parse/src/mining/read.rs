//! From the bytes of one JSON object to what it says: splits the root, then asks each dialect.

use super::json::Value;
use super::said::{Act, Answer, Said};
use super::{beam, bitcoin, cryptonote, ethereum, ethereum_stratum, hex, qatum, rpc, web};
use std::borrow::Cow;

/// Longest method name that is looked at; the longest known has 27 letters.
const METHOD_LIMIT: usize = 64;

/// Most objects of one batch that are read.
const BATCH_LIMIT: usize = 256;

/// The members of a message's root object.
#[derive(Debug, Default)]
pub(super) struct Root<'a> {
    pub(super) id: Option<Value<'a>>,
    pub(super) method: Option<Value<'a>>,
    pub(super) params: Option<Value<'a>>,
    pub(super) result: Option<Value<'a>>,
    pub(super) error: Option<Value<'a>>,
    pub(super) worker: Option<Value<'a>>,
    pub(super) algorithm: Option<Value<'a>>,
}

impl<'a> Root<'a> {
    /// Splits an object; of two equal keys the first counts, or the last. The flag is whether any came twice.
    fn of(object: Value<'a>, last: bool) -> (Root<'a>, bool) {
        let mut root = Root::default();
        let mut doubled = false;
        for (key, value) in object.members().take(64) {
            let place = match key.raw() {
                b"id" => &mut root.id,
                b"method" => &mut root.method,
                // Iron Fish says `body`.
                b"params" | b"body" => &mut root.params,
                b"result" => &mut root.result,
                b"error" => &mut root.error,
                b"worker" => &mut root.worker,
                b"algo" => &mut root.algorithm,
                raw if raw.contains(&b'\\') => match key.text().as_ref() {
                    "id" => &mut root.id,
                    "method" => &mut root.method,
                    "params" => &mut root.params,
                    "result" => &mut root.result,
                    "error" => &mut root.error,
                    _ => continue,
                },
                _ => continue,
            };
            doubled |= place.is_some();
            if last || place.is_none() {
                *place = Some(value);
            }
        }
        (root, doubled)
    }
}

/// Reads every object of a root value: the object itself, or the elements of a batch (JSON-RPC 2.0 section 6). Escapes
/// that hide plain characters are undone first, in names, methods and values alike.
pub fn each(bytes: &[u8], mut one: impl FnMut(Said<'_>, &[u8])) {
    let bytes = plain(bytes);
    let Some(value) = Value::of(&bytes) else { return };
    if value.is_object() {
        one(read(value), value.raw());
    } else {
        for element in value.items().filter(|element| element.is_object()).take(BATCH_LIMIT) {
            one(read(element), element.raw());
        }
    }
}

/// The same JSON without needless escapes: `\u0065` is `e`, `\/` is `/`. Those that must stay, stay.
fn plain(bytes: &[u8]) -> Cow<'_, [u8]> {
    let Some(first) = memchr::memchr(b'\\', bytes) else { return Cow::Borrowed(bytes) };
    let mut plain = Vec::with_capacity(bytes.len());
    let (mut from, mut at) = (0, Some(first));
    while let Some(escape) = at {
        plain.extend_from_slice(&bytes[from..escape]);
        let (hidden, used) = match bytes.get(escape + 1) {
            Some(b'/') => (Some(b'/'), 2),
            Some(b'u') => (hidden(bytes.get(escape + 2..escape + 6).unwrap_or_default()), 6),
            _ => (None, 2),
        };
        let end = escape.saturating_add(used).min(bytes.len());
        match hidden {
            Some(byte) => plain.push(byte),
            None => plain.extend_from_slice(&bytes[escape..end]),
        }
        from = end;
        at = memchr::memchr(b'\\', &bytes[from..]).map(|next| next + from);
    }
    plain.extend_from_slice(&bytes[from..]);
    Cow::Owned(plain)
}

/// The printable ASCII character of four hexadecimal digits, unless it must stay escaped.
fn hidden(digits: &[u8]) -> Option<u8> {
    let byte = match digits {
        [b'0', b'0', _, _] => hex::byte(digits, 1)?,
        _ => return None,
    };
    (matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\').then_some(byte)
}

/// Reads one object.
#[must_use]
pub fn read<'a>(object: Value<'a>) -> Said<'a> {
    let (root, doubled) = Root::of(object, false);
    let said = understood(object, &root);
    if doubled && said.act == Act::Nothing {
        let (root, _) = Root::of(object, true);
        return understood(object, &root);
    }
    said
}

fn understood<'a>(object: Value<'a>, root: &Root<'a>) -> Said<'a> {
    let (act, anchor) = act(object, root).unwrap_or((Act::Nothing, false));
    let id = root.id.filter(|id| !id.is_null()).map(|id| id.quoted().unwrap_or(id.raw()));
    Said { id, act, anchor, worker: root.worker.and_then(Value::words) }
}

fn act<'a>(object: Value<'a>, root: &Root<'a>) -> Option<(Act<'a>, bool)> {
    if let Some(method) = root.method.filter(|method| !method.is_null()) {
        // Some servers repeat the method in the answer (Grin does).
        let said = |value: Option<Value<'_>>| value.is_some_and(|value| !value.is_null());
        let answers = (said(root.result) || said(root.error)) && root.params.is_none();
        if !answers {
            return by_method(method, root).or_else(|| beam::message(method, object));
        }
    }
    if root.result.is_none() && root.error.is_none() {
        // A success of EthereumStratum 2 may be its id alone.
        if root.id.is_some() && object.members().all(|(key, _)| key.is("id") || key.is("jsonrpc")) {
            return Some((Act::Answer(Answer::Null), false));
        }
        return rpc::start_mining(object)
            .or_else(|| web::read(object))
            .or_else(|| qatum::read(object))
            .or_else(|| rpc::obeyed(object));
    }
    // A page's solution carries its hash as `result`; nothing else there has neither id nor method.
    if root.id.is_none()
        && root.error.is_none()
        && let Some(solution) = web::read(object)
    {
        return Some(solution);
    }
    let (answer, anchor) = answer(root);
    Some((Act::Answer(answer), anchor))
}

fn by_method<'a>(method: Value<'a>, root: &Root<'a>) -> Option<(Act<'a>, bool)> {
    let mut lower = [0_u8; METHOD_LIMIT];
    let raw = method.quoted()?;
    let text;
    let raw = if raw.contains(&b'\\') {
        text = method.text()?;
        text.as_bytes()
    } else {
        raw
    };
    let lower = lower.get_mut(..raw.len())?;
    lower.copy_from_slice(raw);
    lower.make_ascii_lowercase();
    let name = std::str::from_utf8(lower).ok()?;
    bitcoin::method(name, root)
        .or_else(|| cryptonote::method(name, root))
        .or_else(|| ethereum::method(name, root))
        .or_else(|| rpc::method(name, root))
}

fn answer<'a>(root: &Root<'a>) -> (Answer<'a>, bool) {
    if let Some(refused) = root.error.and_then(refusal) {
        return (refused, false);
    }
    let Some(result) = root.result else { return (Answer::Null, false) };
    if result.is_null() {
        return (Answer::Null, false);
    }
    if let Some(word) = result.bool() {
        return (if word { Answer::True } else { Answer::False }, false);
    }
    if let Some(text) = result.text() {
        return (Answer::Text(text), false);
    }
    if result.is_array() {
        return ethereum::result(result)
            .or_else(|| cryptonote::listed(result))
            .or_else(|| bitcoin::subscribed(result))
            .unwrap_or((Answer::List, false));
    }
    if result.is_object() {
        return object(result).unwrap_or((Answer::Other, false));
    }
    (Answer::Other, false)
}

/// An object given as a result: its names tell whom to ask.
fn object<'a>(result: Value<'a>) -> Option<(Answer<'a>, bool)> {
    let (mut work, mut session, mut other) = (false, false, false);
    for (key, _) in result.members().take(64) {
        match key.raw() {
            b"data" | b"previousblockhash" | b"blocktemplate_blob" => work = true,
            b"job" | b"job_id" | b"status" => session = true,
            raw if raw.contains(&b'\\') => (work, session, other) = (true, true, true),
            _ => other = true,
        }
    }
    let asked = |wanted: bool, read: fn(Value<'a>) -> Option<(Answer<'a>, bool)>| {
        if wanted { read(result) } else { None }
    };
    asked(work, rpc::result)
        .or_else(|| asked(session, cryptonote::result))
        .or_else(|| asked(other, bitcoin::configured))
        .or_else(|| asked(other, ethereum_stratum::greeted))
}

/// `[code, "text", traceback]`, `{code, message}`, an object without code, a string, `true`.
fn refusal<'a>(error: Value<'a>) -> Option<Answer<'a>> {
    if error.is_null() || error.bool() == Some(false) {
        return None;
    }
    if error.is_array() {
        let mut items = error.items();
        let first = items.next()?;
        let code = first.i64();
        let text = if code.is_some() { items.next() } else { Some(first) };
        return Some(Answer::Refused { code, text: text.and_then(Value::words) });
    }
    if error.is_object() {
        let code = error.member("code").or_else(|| error.member("id")).and_then(Value::i64);
        let text = error.member("message").or_else(|| error.member("error")).and_then(Value::words);
        return Some(Answer::Refused { code, text });
    }
    Some(Answer::Refused { code: error.i64(), text: error.words() })
}
