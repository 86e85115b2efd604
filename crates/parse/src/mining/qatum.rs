//! Qatum, Qubic's Stratum: lines of JSON whose `id` is the kind of the message. Seeds are the work.
//!
//! Source: hackerby888/qatum-protocol `README.md` and its page on how to interact.

use super::difficulty::Decimal;
use super::hex;
use super::json::Value;
use super::said::{Act, Ask, Family, Job, SubmitForm, Tell};

/// Letters of an identity on Qubic, of miners and computors alike.
const IDENTITY: usize = 60;

/// Reads a message that has neither method nor result. Which it is follows from its members; its number must agree.
pub(super) fn read<'a>(root: Value<'a>) -> Option<(Act<'a>, bool)> {
    let (mut kind, mut wallet, mut worker, mut computor) = (None, None, None, None);
    let (mut seed, mut nonce, mut empty, mut hashrate, mut difficulty) = (None, None, false, None, None);
    for (key, value) in root.members().take(12) {
        match key.raw() {
            b"id" => kind = value.u64(),
            b"wallet" => wallet = Some(value).filter(|value| is_identity(*value)),
            b"worker" => worker = value.words(),
            b"computorId" => computor = Some(value).filter(|value| is_identity(*value)),
            b"seed" => seed = Some(value).filter(|value| hex::is_hash(Some(*value))),
            b"nonce" => nonce = Some(value).filter(|value| hex::is_hash(Some(*value))),
            b"isEmpty" => empty = value.bool().is_some(),
            b"hashrate" => hashrate = Some(value),
            b"difficulty" => difficulty = std::str::from_utf8(value.raw()).ok().and_then(Decimal::read),
            _ => {}
        }
    }
    match kind? {
        1 => {
            worker?;
            Some((Act::Ask(Ask::Authorize { user: wallet?.words()?, password: None }), true))
        }
        2 => computor.map(|_| (Act::Tell(Tell::Other), false)),
        3 if empty => Some((Act::Tell(Tell::Job(Box::new(Job::new(Family::Qatum, seed?.label()?)))), true)),
        4 if nonce.is_some() && computor.is_some() => {
            let form = SubmitForm::Qatum;
            Some((Act::Ask(Ask::Submit { user: None, job: seed?.label(), form }), true))
        }
        5 => computor.map(|_| (Act::Ask(Ask::Hashrate(hashrate.and_then(Value::u64))), false)),
        6 => difficulty.map(|difficulty| (Act::Tell(Tell::Difficulty(difficulty)), false)),
        _ => None,
    }
}

fn is_identity(value: Value<'_>) -> bool {
    value.quoted().is_some_and(|raw| raw.len() == IDENTITY && raw.iter().all(u8::is_ascii_uppercase))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    fn said(text: &str) -> Option<(String, bool)> {
        read(Value::of(text.as_bytes()).unwrap()).map(|(act, anchor)| {
            let word = match act {
                Act::Ask(Ask::Authorize { .. }) => "login",
                Act::Ask(Ask::Submit { .. }) => "share",
                Act::Ask(Ask::Hashrate(Some(9))) => "rate",
                Act::Tell(Tell::Job(_)) => "work",
                Act::Tell(Tell::Difficulty(_)) => "difficulty",
                _ => "other",
            };
            (word.to_owned(), anchor)
        })
    }

    /// The messages of the protocol's description, in its order.
    #[test]
    fn every_message() {
        let (id, hash) = ("A".repeat(60), "81".repeat(32));
        for (text, word, anchor) in [
            (format!(r#"{{"id":1,"wallet":"{id}","worker":"w"}}"#), "login", true),
            (format!(r#"{{"id":2,"computorId":"{id}"}}"#), "other", false),
            (format!(r#"{{"id":3,"seed":"{hash}","isEmpty":false}}"#), "work", true),
            (format!(r#"{{"id":4,"nonce":"{hash}","seed":"{hash}","computorId":"{id}"}}"#), "share", true),
            (format!(r#"{{"id":5,"computorId":"{id}","hashrate":9}}"#), "rate", false),
            (r#"{"id":6,"difficulty":123}"#.to_owned(), "difficulty", false),
        ] {
            assert_eq!(said(&text), Some((word.to_owned(), anchor)), "{text}");
        }
    }

    #[test]
    fn near_misses() {
        let id = "A".repeat(60);
        for text in [
            r#"{"id":1,"wallet":"alice","worker":"w"}"#.to_owned(),
            format!(r#"{{"id":1,"wallet":"{id}"}}"#),
            r#"{"id":3,"seed":"a word","isEmpty":false}"#.to_owned(),
            format!(r#"{{"id":3,"seed":"{}"}}"#, "81".repeat(32)),
            r#"{"id":7,"worker":"w"}"#.to_owned(),
        ] {
            assert_eq!(said(&text), None, "{text}");
        }
    }
}
