//! Beam: everything stands at the root, nothing in `params`.
//!
//! Source: BeamMW/beam wiki, "Beam mining protocol API (Stratum)"; BeamMW/beam `pow/external_pow.cpp`.

use super::hex;
use super::json::Value;
use super::said::{Act, Answer, Ask, Family, Job, Login, Tell, Text};

/// Digits of a solution of BeamHash: 104 bytes, in all three versions.
const SOLUTION: usize = 208;

/// Reads a message of Beam. `login` and `result` are everyday words and prove nothing.
pub(super) fn message<'a>(method: Value<'a>, object: Value<'a>) -> Option<(Act<'a>, bool)> {
    match method.quoted()? {
        b"login" => {
            let login = object.member("api_key")?.words()?;
            Some((Act::Ask(Ask::Login(Login { login, ..Login::default() })), false))
        }
        b"job" => {
            object.member("difficulty").filter(|value| value.is_number())?;
            let mut job = Job::new(Family::Beam, object.member("id")?.label()?);
            job.height = object.member("height").and_then(Value::u64);
            hex::is_hash(object.member("input")).then_some((Act::Tell(Tell::Job(Box::new(job))), true))
        }
        b"solution" => {
            let job = object.member("id")?.label()?;
            let fits =
                hex::exactly(object.member("nonce"), 16) && hex::exactly(object.member("output"), SOLUTION);
            fits.then_some((Act::Ask(Ask::Solution { session: None, job, edge_bits: None }), true))
        }
        b"result" => {
            let code = object.member("code")?.i64()?;
            let id = object.member("id")?;
            let id = id.quoted().unwrap_or(id.raw());
            let answer = match code {
                0 if id == b"login" => Answer::LoggedIn { session: None, job: None },
                1 => Answer::Ok,
                _ => refused(code, object.member("description").and_then(Value::words)),
            };
            Some((Act::Tell(Tell::Done { id: Some(id), answer }), false))
        }
        _ => None,
    }
}

fn refused(code: i64, text: Option<Text<'_>>) -> Answer<'_> {
    Answer::Refused { code: Some(code), text }
}
