//! What the agent of a mining rig tells the service that manages it: Hive OS's `POST …/worker/api`.
//!
//! The request holds the rig's password and the farm's key; neither is read here.
//!
//! Sources: minershive/hiveos-linux `hive/bin/agent` (`stats`: `miner`, `miner_stats`, `total_khs`), `hive/bin/hello`
//! (`hello`: hardware, `rig_id` or `farm_hash`) and `hive/bin/message`; MaynardMiner/SWARM `build/api/hiveos`, which
//! speaks the same.

use crate::mining::json::Value;

/// Longest name that is kept, in bytes.
const NAME: usize = 64;

/// What calls itself so.
pub const PRODUCT: &str = "Hive OS";

/// A rig's report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RigReport {
    /// The mining program that runs, with its speed; `None` where only the rig makes itself known.
    pub program: Option<String>,
    /// Its algorithm, as the program names it.
    pub algorithm: Option<String>,
}

/// Whether reports are sent to this target; a path, or a whole URL at a proxy.
#[must_use]
pub fn is_place(target: &str) -> bool {
    target.split('?').next().unwrap_or_default().ends_with("/worker/api")
}

/// Reads the body of such a request; `None` if it is something else.
#[must_use]
pub fn read(body: &[u8]) -> Option<RigReport> {
    let root = Value::of(body)?;
    let method = root.member("method")?.words()?;
    let params = root.member("params").filter(|params| params.is_object())?;
    let known = params.member("rig_id").or_else(|| params.member("farm_hash"))?;
    known.label().filter(|known| !known.is_empty())?;
    params.member("passwd").or_else(|| params.member("farm_hash"))?;
    match method.as_ref() {
        "stats" => {
            let speed = params.member("total_khs")?;
            let runs =
                speed.label().is_some_and(|speed| speed.bytes().any(|byte| (b'1'..=b'9').contains(&byte)));
            let program = params.member("miner").and_then(name).filter(|_| runs);
            let algorithm =
                params.member("miner_stats").and_then(|stats| stats.member("algo")).and_then(name);
            Some(RigReport { algorithm: algorithm.filter(|_| program.is_some()), program })
        }
        // Counted hardware, as only a rig has it to tell.
        "hello" => {
            let counts = params.member("gpu_count_amd").or_else(|| params.member("gpu_count_nvidia"));
            counts.or_else(|| params.member("gpu"))?;
            Some(RigReport { program: None, algorithm: None })
        }
        "message" => {
            params.member("type")?.words()?;
            Some(RigReport { program: None, algorithm: None })
        }
        _ => None,
    }
}

/// A plain name.
fn name(value: Value<'_>) -> Option<String> {
    let words = value.words()?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./+ ".contains(&byte);
    ((1..=NAME).contains(&words.len()) && words.bytes().all(plain)).then(|| words.into_owned())
}

/// Fuzz entry: any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let _ = is_place(&String::from_utf8_lossy(data));
    if let Some(RigReport { program, algorithm }) = read(data) {
        assert!([program, algorithm].iter().flatten().all(|name| name.len() <= NAME), "names are bounded");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_and_what_is_none() {
        let told = |body: &str| {
            read(body.as_bytes()).map(|report| {
                format!(
                    "{} {}",
                    report.program.as_deref().unwrap_or("-"),
                    report.algorithm.as_deref().unwrap_or("-")
                )
            })
        };
        for (body, expected) in [
            (
                r#"{"method":"stats","params":{"v":1,"rig_id":"812","passwd":"p","miner":"xmrig","miner_stats":{"hs":[1,2],"algo":"rx/0"},"total_khs":5.2}}"#,
                Some("xmrig rx/0"),
            ),
            (
                r#"{"method":"stats","params":{"rig_id":"812","passwd":"p","miner":"t-rex","miner_stats":null,"total_khs":"31000"}}"#,
                Some("t-rex -"),
            ),
            // Nothing is mined: no program, or no speed.
            (
                r#"{"method":"stats","params":{"rig_id":"812","passwd":"p","miner":"","miner_stats":null,"total_khs":0}}"#,
                Some("- -"),
            ),
            (
                r#"{"method":"stats","params":{"rig_id":"812","passwd":"p","miner":"xmrig","miner_stats":{"algo":"rx/0"},"total_khs":0.0}}"#,
                Some("- -"),
            ),
            (
                r#"{"method":"hello","jsonrpc":"2.0","id":0,"params":{"farm_hash":"0a1b","uid":"a","gpu_count_amd":"6"}}"#,
                Some("- -"),
            ),
            (
                r#"{"method":"message","jsonrpc":"2.0","id":0,"params":{"rig_id":"812","passwd":"p","type":"info","data":"Rig booted"}}"#,
                Some("- -"),
            ),
            (r#"{"method":"stats","params":{"rig_id":"812","total_khs":1,"miner":"x"}}"#, None),
            (r#"{"method":"stats","params":{"rig_id":"","passwd":"p","total_khs":1,"miner":"x"}}"#, None),
            (r#"{"method":"hello","params":{"rig_id":"1","passwd":"p"}}"#, None),
            (r#"{"method":"stats","params":{"worker":"1","queue":9}}"#, None),
            (r#"{"method":"stats","params":[1]}"#, None),
            ("{", None),
        ] {
            assert_eq!(told(body).as_deref(), expected, "{body}");
        }
    }

    #[test]
    fn places() {
        for (target, expected) in [
            ("/worker/api?id_rig=812&method=stats", true),
            ("http://api.hive.example/worker/api", true),
            ("/worker/apis", false),
            ("/api?x=/worker/api", false),
        ] {
            assert_eq!(is_place(target), expected, "{target}");
        }
    }
}
