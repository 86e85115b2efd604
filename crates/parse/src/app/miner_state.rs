//! What a mining program or device answers when it is asked how it is: its management interface, not Stratum.
//!
//! Sources: ckolivas/cgminer `API-README` (TCP 4028; `STATUS` beside `SUMMARY`, `POOLS` or `DEVS`); xmrig/xmrig
//! `src/base/api/Api.cpp`, `src/core/Miner.cpp` and `src/net/NetworkState.cpp` (`/2/summary`); bitaxeorg/ESP-Miner
//! `main/http_server/http_server.c` (`/api/system/info`).

use crate::mining::json::Value;

/// Longest answer that is read: cgminer's own buffer has 64 kB.
pub const MOST: usize = 64 * 1024;

/// Longest text that is kept of one field, in bytes.
const TEXT: usize = 256;

/// A miner's state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MinerState {
    /// What it calls itself (`cgminer 4.11.1`, `XMRig/6.21.0`), or its chip.
    pub product: String,
    /// Where it mines, `host:port` or a URL, as written.
    pub pool: Option<String>,
    /// The login it uses there, as written.
    pub login: Option<String>,
    /// It counts shares or names a pool, as only miners do; else only the form of the answer is theirs.
    pub works: bool,
}

/// Reads an answer; `None` if it is something else.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<MinerState> {
    let root = Value::of(bytes).filter(|root| root.is_object() && bytes.len() <= MOST)?;
    cgminer(root).or_else(|| xmrig(root)).or_else(|| bitaxe(root))
}

/// Whether bytes may be an answer of cgminer's interface: it begins with its state.
#[must_use]
pub fn may_be_cgminer(bytes: &[u8]) -> bool {
    let start = bytes.get(..64).unwrap_or(bytes);
    memchr::memmem::find(start, b"\"STATUS\"").is_some()
}

/// `{"STATUS":[{"STATUS":"S","Description":…}],"SUMMARY":[…],"id":1}`; several commands at once give an object of those.
fn cgminer(root: Value<'_>) -> Option<MinerState> {
    cgminer_one(root).or_else(|| {
        let each = root.members().take(8).filter_map(|(_, value)| value.items().next().and_then(cgminer_one));
        each.reduce(|all, next| MinerState {
            pool: all.pool.or(next.pool),
            login: all.login.or(next.login),
            works: all.works || next.works,
            ..all
        })
    })
}

fn cgminer_one(root: Value<'_>) -> Option<MinerState> {
    let status = root.member("STATUS")?.items().next()?;
    status.member("STATUS")?.words().filter(|word| word.len() == 1)?;
    let product = text(status, "Description")?;
    let first = |name: &str| root.member(name).and_then(|list| list.items().next());
    let (summary, pool) = (first("SUMMARY").or_else(|| first("DEVS")), first("POOLS"));
    // Counters of work that no other service has.
    let counts =
        summary.is_some_and(|one| one.member("Accepted").is_some() && one.member("Rejected").is_some());
    let url = pool.and_then(|pool| text(pool, "URL"));
    let works = counts || url.is_some();
    Some(MinerState { product, pool: url, login: pool.and_then(|pool| text(pool, "User")), works })
}

/// `{"kind":"miner","hashrate":{"total":[…]},"connection":{"pool":…},"ua":…}`.
fn xmrig(root: Value<'_>) -> Option<MinerState> {
    let rates = root.member("hashrate")?.member("total")?;
    let shares = root.member("results")?.member("shares_good")?;
    if !rates.is_array() || !shares.is_number() {
        return None;
    }
    let pool = root.member("connection").and_then(|connection| text(connection, "pool"));
    let product = text(root, "ua").or_else(|| text(root, "version"))?;
    Some(MinerState { product, pool, login: None, works: true })
}

/// `{"ASICModel":…,"hashRate":…,"stratumURL":…,"stratumPort":…,"stratumUser":…}`.
fn bitaxe(root: Value<'_>) -> Option<MinerState> {
    let product = text(root, "ASICModel")?;
    root.member("hashRate").filter(|rate| rate.is_number())?;
    let host = text(root, "stratumURL")?;
    let port = root.member("stratumPort").and_then(Value::u64);
    let pool = port.map_or_else(|| host.clone(), |port| format!("{host}:{port}"));
    Some(MinerState { product, pool: Some(pool), login: text(root, "stratumUser"), works: true })
}

fn text(object: Value<'_>, name: &str) -> Option<String> {
    let words = object.member(name)?.words()?;
    let end = (0..=words.len().min(TEXT)).rev().find(|end| words.is_char_boundary(*end))?;
    Some(words[..end].to_owned()).filter(|words| !words.is_empty())
}

/// Fuzz entry: any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let _ = may_be_cgminer(data);
    if let Some(state) = read(data) {
        assert!(!state.product.is_empty() && state.product.len() <= TEXT, "a name of bounded length");
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn three_families_and_what_is_none() {
        let said = |text: &str| {
            read(text.as_bytes()).filter(|state| state.works).map(|state| {
                format!(
                    "{} {} {}",
                    state.product,
                    state.pool.unwrap_or_default(),
                    state.login.unwrap_or_default()
                )
            })
        };
        for (text, expected) in [
            (
                r#"{"STATUS":[{"STATUS":"S","Description":"cgminer 4.11.1"}],"SUMMARY":[{"Accepted":9,"Rejected":0}],"id":1}"#,
                Some("cgminer 4.11.1  "),
            ),
            (
                r#"{"summary":[{"STATUS":[{"STATUS":"S","Description":"b 1"}],"SUMMARY":[{"Accepted":9,"Rejected":0}]}],"pools":[{"STATUS":[{"STATUS":"S","Description":"b 1"}],"POOLS":[{"URL":"stratum+tcp://p:1","User":"w.1"}]}]}"#,
                Some("b 1 stratum+tcp://p:1 w.1"),
            ),
            (
                r#"{"ua":"XMRig/6","hashrate":{"total":[1,null]},"results":{"shares_good":1},"connection":{"pool":"p:1"}}"#,
                Some("XMRig/6 p:1 "),
            ),
            (
                r#"{"ASICModel":"BM1370","hashRate":1.5,"stratumURL":"p","stratumPort":1,"stratumUser":"w"}"#,
                Some("BM1370 p:1 w"),
            ),
            (r#"{"STATUS":[{"STATUS":"S","Description":"x 1"}],"VERSION":[{"API":"3"}]}"#, None),
            (r#"{"STATUS":"ok","SUMMARY":[{"Accepted":9,"Rejected":0}]}"#, None),
            (r#"{"ua":"x","hashrate":5,"results":{"shares_good":1}}"#, None),
            (r#"{"hashRate":1.5,"stratumURL":"p"}"#, None),
        ] {
            assert_eq!(said(text).as_deref(), expected, "{text}");
        }
    }
}
