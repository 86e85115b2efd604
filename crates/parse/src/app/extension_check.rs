//! Which extensions a browser has: it names them when it asks for their updates, as far as that is sent in the clear.
//!
//! Sources: Chromium's updater, `protocol_3_1.md` and `protocol_4.md` (JSON: `request.app[].appid`, later `apps`);
//! google/omaha `doc/ServerProtocolV3.md` (XML: `<app appid="…">`); Chromium's and Edge's stores
//! (`…/crx?…&x=id%3D…%26…`); Firefox, preference `extensions.update.url` (`VersionCheck.php?…&id=…`).

use crate::mining::json::Value;

/// Longest body that is read: a browser with thirty extensions sends about 20 kB.
pub const MOST: usize = 64 * 1024;

/// Most extensions told of one check.
pub const MOST_IDS: usize = 64;

/// Longest id: Chrome's have 32 letters, Firefox's are names or numbers in braces.
const LONGEST_ID: usize = 80;

/// The extensions that the target of a request asks about; empty if it is something else.
#[must_use]
pub fn of_target(target: &str) -> Vec<String> {
    let Some((path, query)) = target.split_once('?') else { return Vec::new() };
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let values: Vec<String> = match path.rsplit('/').next() {
        // The value of each `x` is a query of its own.
        Some("crx") => pairs
            .filter(|(name, _)| *name == "x")
            .filter_map(|(_, value)| {
                let inner = unescaped(value)?;
                inner.split('&').find_map(|pair| pair.strip_prefix("id=").map(str::to_owned))
            })
            .take(MOST_IDS)
            .collect(),
        Some("VersionCheck.php") => pairs
            .filter(|(name, _)| *name == "id")
            .filter_map(|(_, value)| unescaped(value))
            .take(1)
            .collect(),
        _ => return Vec::new(),
    };
    values.into_iter().filter(|id| is_id(id)).collect()
}

/// Whether the body of a POST to this target may be a check: the paths of the browsers' services have the word.
#[must_use]
pub fn may_ask(target: &str) -> bool {
    let path = target.split('?').next().unwrap_or_default();
    path.to_ascii_lowercase().contains("update") || path.ends_with("/extensions")
}

/// The extensions and programs that the body of a request asks about; empty if it is something else.
#[must_use]
pub fn of_body(body: &[u8]) -> Vec<String> {
    if body.len() > MOST {
        return Vec::new();
    }
    let text = body.trim_ascii_start();
    let ids = match text.first() {
        Some(b'{') => of_json(text),
        Some(b'<') => of_xml(text),
        _ => None,
    };
    ids.unwrap_or_default()
}

fn of_json(text: &[u8]) -> Option<Vec<String>> {
    let request = Value::of(text)?.member("request")?;
    request.member("protocol")?.words()?;
    let apps = request.member("app").or_else(|| request.member("apps"))?;
    let ids = apps.items().filter_map(|app| Some(app.member("appid")?.words()?.into_owned()));
    Some(ids.filter(|id| is_id(id)).take(MOST_IDS).collect())
}

/// `<request protocol="3.0" …><app appid="…" …>`: only the attribute is looked for.
fn of_xml(text: &[u8]) -> Option<Vec<String>> {
    let text = std::str::from_utf8(text).ok()?;
    let (_, rest) = text.split_once("<request")?;
    let (head, apps) = rest.split_once('>')?;
    head.contains("protocol=").then_some(())?;
    let ids = apps.split("<app ").skip(1).filter_map(|app| {
        let tag = app.split('>').next()?;
        let (_, value) = tag.split_once("appid=")?;
        let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        value.get(1..)?.split(quote).next()
    });
    Some(ids.filter(|id| is_id(id)).map(str::to_owned).take(MOST_IDS).collect())
}

fn is_id(id: &str) -> bool {
    (1..=LONGEST_ID).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"{}-_.@".contains(&byte))
}

/// A value of a query without its escapes (RFC 3986, section 2.1); `None` if it is not text, or long.
fn unescaped(value: &str) -> Option<String> {
    if value.len() > 1024 {
        return None;
    }
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        let (high, low) = (digit()?, digit()?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

/// Fuzz entry: any bytes, as target and as body.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let told = |ids: Vec<String>| {
        assert!(ids.len() <= MOST_IDS && ids.iter().all(|id| is_id(id)), "bounded ids");
    };
    told(of_body(data));
    let target = String::from_utf8_lossy(data);
    let _ = may_ask(&target);
    told(of_target(&target));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_of_three_browsers_and_what_is_none() {
        let (a, b) = ("a".repeat(32), "b".repeat(32));
        for (target, expected) in [
            (
                format!("/service/update2/crx?os=win&prodversion=131.0&x=id%3D{a}%26v%3D1.2%26uc&x=id%3D{b}%26uc"),
                vec![a.as_str(), b.as_str()],
            ),
            (
                format!("http://edge.microsoft.com/extensionwebstorebase/v1/crx?x=id%3d{a}%26v%3d1"),
                vec![a.as_str()],
            ),
            (
                "/update/VersionCheck.php?reqVersion=2&id={972ce4c6-7e08-4474-a285-3208198ce6fd}&version=10.0".to_owned(),
                vec!["{972ce4c6-7e08-4474-a285-3208198ce6fd}"],
            ),
            (
                "/update/VersionCheck.php?reqVersion=2&id=page%40theme.example&version=1".to_owned(),
                vec!["page@theme.example"],
            ),
            (format!("/search?x=id%3D{a}"), vec![]),
            (format!("/service/update2/crx?id={a}"), vec![]),
            ("/service/update2/crx?x=id%3".to_owned(), vec![]),
            ("/service/update2/crx?x=id%3D%20%3Cb".to_owned(), vec![]),
            ("/service/update2/crx".to_owned(), vec![]),
        ] {
            assert_eq!(of_target(&target), expected, "{target}");
        }
    }

    #[test]
    fn bodies_in_json_and_xml() {
        let a = "a".repeat(32);
        for (body, expected) in [
            (
                format!(
                    r#"{{"request":{{"@os":"win","protocol":"3.1","app":[{{"appid":"{a}","version":"1.2","updatecheck":{{}}}},{{"appid":"{{8A69D345-D564-463C-AFF1-A69D9E530F96}}"}}]}}}}"#
                ),
                vec![a.as_str(), "{8A69D345-D564-463C-AFF1-A69D9E530F96}"],
            ),
            (format!(r#"{{"request":{{"protocol":"4.0","apps":[{{"appid":"{a}"}}]}}}}"#), vec![a.as_str()]),
            (
                format!(
                    r#"<?xml version="1.0"?><request protocol="3.0"><os platform="win"/><app appid="{a}" version="1"><updatecheck/></app></request>"#
                ),
                vec![a.as_str()],
            ),
            // An answer, a call that only has the word, and a page that quotes one.
            (format!(r#"{{"response":{{"protocol":"3.1","app":[{{"appid":"{a}"}}]}}}}"#), vec![]),
            (format!(r#"{{"request":{{"app":[{{"appid":"{a}"}}]}}}}"#), vec![]),
            (format!("<html>&lt;request protocol=&quot;3.0&quot;&gt;&lt;app appid={a}&gt;</html>"), vec![]),
            ("{".to_owned(), vec![]),
            (String::new(), vec![]),
        ] {
            assert_eq!(of_body(body.as_bytes()), expected, "{body}");
        }
    }

    #[test]
    fn where_a_check_is_sent_to() {
        for (target, expected) in [
            ("/service/update2/json?cup2key=14:x", true),
            ("http://edge.microsoft.com/componentupdater/api/v1/update", true),
            ("/extensions", true),
            ("/api/items?update=1", false),
        ] {
            assert_eq!(may_ask(target), expected, "{target}");
        }
    }
}
