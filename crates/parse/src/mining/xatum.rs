//! Xatum, Xelis' own protocol: lines of `word~{json}`, usually inside TLS.
//!
//! Source: xelpool/Xatum `specification.md`; xelis-project/xelis-pool `xatum/types.go`.

use super::json::Value;
use super::said::{Act, Answer, Ask, Family, Job, Login, Said, Stated, Tell, Text};
use crate::app::Maybe;

/// The words that a line may begin with, with what follows.
const BEGINNINGS: [&[u8]; 7] =
    [b"shake~{", b"job~{", b"submit~{", b"success~{", b"print~{", b"ping~{", b"pong~{"];

/// Whether a stream that begins so is one of Xatum.
#[must_use]
pub fn sniff(bytes: &[u8]) -> Maybe {
    if BEGINNINGS.iter().any(|beginning| bytes.starts_with(beginning)) {
        Maybe::Yes
    } else if BEGINNINGS.iter().any(|beginning| beginning.starts_with(bytes)) {
        Maybe::NeedMore
    } else {
        Maybe::No
    }
}

/// Reads one line, without its line feed.
#[must_use]
pub fn line(line: &[u8]) -> Option<Said<'_>> {
    let at = memchr::memchr(b'~', line)?;
    let (word, rest) = line.split_at(at);
    let object = Value::of(rest.get(1..)?).filter(|value| value.is_object())?;
    let (act, anchor) = match word {
        b"shake" => (Act::Ask(Ask::Login(shake(object)?)), true),
        b"job" => (Act::Tell(Tell::Job(Box::new(job(object)?))), true),
        b"submit" => {
            let fits = object.member("data").is_some_and(Value::is_string)
                && object.member("hash").and_then(Value::quoted).is_some_and(|hash| hash.len() == 64);
            let solution = Ask::Solution { session: None, job: Text::default(), edge_bits: None };
            (Act::Ask(fits.then_some(solution)?), true)
        }
        b"success" => (Act::Tell(Tell::Done { id: None, answer: Answer::Ok }), false),
        b"print" => (Act::Tell(Tell::Message(object.member("msg")?.words()?)), false),
        b"ping" => (Act::Tell(Tell::Ping), false),
        b"pong" => (Act::Ask(Ask::Pong), false),
        _ => return None,
    };
    Some(Said { id: None, act, anchor, worker: None })
}

/// `{addr, work, agent, algos}`: wallet, worker, program, what it can compute.
fn shake<'a>(object: Value<'a>) -> Option<Login<'a>> {
    let mut algorithms = object.member("algos").into_iter().flat_map(Value::items);
    let algorithm = algorithms.next().and_then(Value::words).filter(|_| algorithms.next().is_none());
    Some(Login {
        login: object.member("addr")?.words()?,
        agent: object.member("agent").and_then(Value::words),
        rig: object.member("work").and_then(Value::words),
        algorithm,
        ..Login::default()
    })
}

/// `{algo, diff, blob}`: the difficulty is the hashes that a share costs.
fn job<'a>(object: Value<'a>) -> Option<Job<'a>> {
    let blob = object.member("blob").filter(|blob| blob.is_string())?.text()?;
    let mut job = Job::new(Family::Xatum, blob);
    job.stated = Stated::Hashes(object.member("diff")?.u64()?.into());
    job.algorithm = object.member("algo").and_then(Value::words);
    Some(job)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    /// The examples of the specification, shortened.
    #[test]
    fn the_lines_of_the_specification() {
        let shake =
            line(br#"shake~{"addr":"xel:example","work":"x","agent":"m/1","algos":["xel/0"]}"#).unwrap();
        let Act::Ask(Ask::Login(login)) = shake.act else { panic!("a login") };
        assert_eq!((login.login.as_ref(), login.algorithm.as_deref()), ("xel:example", Some("xel/0")));
        let job = line(br#"job~{"diff":15021,"blob":"AAAA","algo":"xel/0"}"#).unwrap();
        assert!(matches!(&job.act, Act::Tell(Tell::Job(job)) if job.stated == Stated::Hashes(15_021)));
        let submit = format!(r#"submit~{{"data":"AAAA","hash":"{}"}}"#, "0".repeat(64));
        assert!(line(submit.as_bytes()).unwrap().anchor);
        assert_eq!(line(submit.replace("00\"", "0\"").as_bytes()), None, "63 digits");
        assert_eq!(line(br#"shake~{"work":"x"}"#), None, "nobody");
        assert_eq!(line(br#"job {"diff":15021,"blob":"AAAA"}"#), None);
        assert_eq!(line(br#"milk~{"addr":"x"}"#), None);
    }

    #[test]
    fn beginnings() {
        assert_eq!(sniff(b"shake~{\"addr\""), Maybe::Yes);
        assert_eq!(sniff(b"shak"), Maybe::NeedMore);
        assert_eq!(sniff(b"shake~["), Maybe::No);
    }
}
