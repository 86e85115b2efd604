//! Miners in web pages: the Coinhive family and webminerpool. Their messages have neither method nor id.
//!
//! Sources: x25/coinhive-stratum-mining-proxy (with its copy of the original client), deepwn/deepMiner `server.js`,
//! notgiven688/webminerpool `server/Server/Program.cs` and its SDK.

use super::cryptonote;
use super::hex;
use super::json::Value;
use super::said::{Act, Answer, Ask, Family, Login, Tell, Text};

/// Reads a message of either family: `type` and `params`, or `identifier`.
pub(super) fn read<'a>(root: Value<'a>) -> Option<(Act<'a>, bool)> {
    let (mut kind, mut params, mut identifier) = (None, None, None);
    for (key, value) in root.members().take(32) {
        match key.raw() {
            b"type" => kind = value.words(),
            b"params" => params = Some(value),
            b"identifier" => identifier = value.words(),
            _ => {}
        }
    }
    match (kind, params, identifier) {
        (Some(kind), Some(params), None) => coinhive(&kind, params),
        (_, None, Some(identifier)) => webminerpool(&identifier, root),
        _ => None,
    }
}

fn coinhive<'a>(kind: &str, params: Value<'a>) -> Option<(Act<'a>, bool)> {
    match kind {
        "auth" => {
            let key = params.member("site_key").or_else(|| params.member("userID"))?.words()?;
            let named = params.member("site_key").is_some();
            let user = params.member("user").and_then(Value::words);
            let login = Login { login: key, rig: user, ..Login::default() };
            Some((Act::Ask(Ask::WebLogin(login)), named))
        }
        "authed" => {
            params.member("hashes").filter(|hashes| hashes.is_number())?;
            done(Answer::LoggedIn { session: None, job: None }, params.member("token").is_some())
        }
        "job" => job(params),
        "submit" => solution(params),
        "hash_accepted" => done(Answer::Ok, params.member("hashes").is_some()),
        // Errors of everything else look so too; only where mining was said before do they count.
        "error" => {
            let text = params.member("error").and_then(Value::words);
            let certain = text.as_deref() == Some("invalid_site_key");
            done(Answer::Refused { code: None, text }, certain)
        }
        "banned" => done(Answer::Refused { code: None, text: Some(Text::Borrowed("banned")) }, false),
        _ => None,
    }
}

fn webminerpool<'a>(identifier: &str, root: Value<'a>) -> Option<(Act<'a>, bool)> {
    match identifier {
        "handshake" => {
            let login = root.member("login").or_else(|| root.member("loginid"))?.words()?;
            let pool = root.member("pool").or_else(|| root.member("loginid")).is_some();
            let login = Login {
                login,
                password: root.member("password").and_then(Value::words),
                rig: root.member("userid").and_then(Value::words),
                ..Login::default()
            };
            Some((Act::Ask(Ask::WebLogin(login)), pool && root.member("version").is_some()))
        }
        "job" => job(root),
        "solved" => solution(root),
        "hashsolved" => done(Answer::Ok, true),
        "error" => {
            let text = root.member("param").and_then(Value::words);
            done(Answer::Refused { code: None, text }, false)
        }
        _ => None,
    }
}

fn job<'a>(object: Value<'a>) -> Option<(Act<'a>, bool)> {
    let mut job = cryptonote::job(object)?;
    if job.family != Family::Cryptonote {
        return None;
    }
    job.family = Family::Web;
    // The variant's name stands apart from the algorithm's: `cn` and 1 are `cn/1`.
    if let (Some(name), Some(variant)) = (&job.algorithm, object.member("variant").and_then(Value::u64))
        && !name.contains('/')
    {
        job.algorithm = Some(Text::Owned(format!("{name}/{variant}")));
    }
    Some((Act::Tell(Tell::Job(Box::new(job))), true))
}

fn solution<'a>(object: Value<'a>) -> Option<(Act<'a>, bool)> {
    let fits = hex::exactly(object.member("nonce"), 8) && hex::is_hash(object.member("result"));
    let job = object.member("job_id").and_then(Value::label).filter(|_| fits)?;
    Some((Act::Ask(Ask::WebSolution { job }), true))
}

/// An answer without an id: it is to the oldest question it suits.
fn done(answer: Answer<'_>, certain: bool) -> Option<(Act<'_>, bool)> {
    Some((Act::Tell(Tell::Done { id: None, answer }), certain))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use crate::mining::each;
    use crate::mining::said::{Act, Answer, Ask, Family, Tell};

    fn said(text: &str) -> String {
        let mut all = String::new();
        each(text.as_bytes(), |said, _| {
            all = match &said.act {
                Act::Ask(Ask::WebLogin(login)) => format!("login {} {:?}", login.login, login.rig.as_deref()),
                Act::Ask(Ask::WebSolution { job }) => format!("solution {job}"),
                Act::Tell(Tell::Job(job)) if job.family == Family::Web => {
                    format!("job {} {:?}", job.id, job.algorithm.as_deref())
                }
                Act::Tell(Tell::Done { answer: Answer::Ok, .. }) => "ok".into(),
                Act::Tell(Tell::Done { answer: Answer::LoggedIn { .. }, .. }) => "in".into(),
                Act::Tell(Tell::Done { answer: Answer::Refused { text, .. }, .. }) => format!("no {text:?}"),
                Act::Nothing => "nothing".into(),
                other => format!("{other:?}"),
            };
            all.push_str(if said.anchor { " !" } else { "" });
        });
        all
    }

    /// Messages as the clients and servers named above write them.
    #[test]
    fn both_families() {
        let blob = "0".repeat(152);
        let hash = "ab".repeat(32);
        for (text, expected) in [
            (
                r#"{"type":"auth","params":{"site_key":"K","type":"user","user":"joe","goal":0}}"#.to_owned(),
                "login K Some(\"joe\") !",
            ),
            (r#"{"type":"auth","params":{"userID":"K"}}"#.to_owned(), "login K None"),
            (r#"{"type":"authed","params":{"token":"","hashes":0}}"#.to_owned(), "in !"),
            (
                format!(r#"{{"type":"job","params":{{"job_id":"7","blob":"{blob}","target":"ffffff00"}}}}"#),
                "job 7 None !",
            ),
            (
                format!(r#"{{"type":"submit","params":{{"job_id":"7","nonce":"01000000","result":"{hash}"}}}}"#),
                "solution 7 !",
            ),
            (r#"{"type":"hash_accepted","params":{"hashes":256}}"#.to_owned(), "ok !"),
            (r#"{"type":"error","params":{"error":"invalid_site_key"}}"#.to_owned(), "no Some(\"invalid_site_key\") !"),
            (
                r#"{"identifier":"handshake","pool":"xmr","login":"4A","password":"","userid":"","version":8}"#.to_owned(),
                "login 4A None !",
            ),
            (
                format!(r#"{{"identifier":"job","job_id":"9","algo":"cn","variant":1,"height":5,"blob":"{blob}","target":"ffffff00"}}"#),
                "job 9 Some(\"cn/1\") !",
            ),
            (format!(r#"{{"identifier":"solved","job_id":"9","nonce":"01000000","result":"{hash}"}}"#), "solution 9 !"),
            (r#"{"identifier":"hashsolved"}"#.to_owned(), "ok !"),
            // Home Assistant, SignalR, a queue.
            (r#"{"type":"auth","access_token":"T"}"#.to_owned(), "nothing"),
            (r#"{"type":"auth","params":{"token":"T"}}"#.to_owned(), "nothing"),
            (r#"{"type":6}"#.to_owned(), "nothing"),
            (r#"{"type":"job","params":{"job_id":"7","state":"done"}}"#.to_owned(), "nothing"),
            (r#"{"identifier":"{\"channel\":\"ChatChannel\"}","type":"confirm_subscription"}"#.to_owned(), "nothing"),
        ] {
            assert_eq!(said(&text), expected, "{text}");
        }
    }
}
