//! What the agent of a mining rig reports.

use super::*;
use model::ToldBy;

/// The report is told, its password is not: neither by the fact nor in lines kept for `--show`.
#[test]
fn a_report_is_told_without_its_password() {
    let settings = Settings { record_dialogue: true, show_secrets: false };
    let mut dialogue = HttpDialogue::new(ends(Some(Side::A)), &settings);
    let post = |target: &str, body: &str| {
        format!(
            "POST {target} HTTP/1.1\r\nHost: hive.example\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    let answer = |body: &str| format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    let mut tell = Vec::new();
    let stats = r#"{"method":"stats","params":{"v":1,"rig_id":"812","passwd":"Hunter2SECRET","miner":"t-rex","miner_stats":{"hs":[1],"algo":"kawpow"},"total_khs":62000}}"#;
    // No line of a dialogue would hide this one: a farm's key has no name of a password.
    let hello = r#"{"method":"hello","jsonrpc":"2.0","id":0,"params":{"farm_hash":"Farm2SECRET","uid":"a","gpu_count_amd":"6"}}"#;
    // The same connection carries work, as that of a proxy may.
    let work = r#"{"method":"getwork","params":[],"id":0}"#;
    for (packet, (side, text)) in (1..).zip([
        (Side::A, post("/worker/api?id_rig=812&method=stats", stats)),
        (Side::B, answer(r#"{"result":{"command":"OK"}}"#)),
        (Side::A, post("/worker/api?method=hello", hello)),
        (Side::B, answer(r#"{"result":{"rig_id":"812"}}"#)),
        (Side::A, post("/", work)),
        (Side::B, answer(r#"{"result":null,"id":0}"#)),
    ]) {
        dialogue.bytes(side, stamp(packet), text.as_bytes(), &mut tell);
    }
    dialogue.close(stamp(9), &mut tell);
    let told = tell.iter().find_map(|fact| if let Fact::Interface(told) = fact { Some(told) } else { None });
    let told = told.unwrap();
    assert_eq!((told.by, told.works, told.client), (ToldBy::Report, true, ends(None).a));
    assert_eq!((told.program.as_deref(), told.algorithm.as_deref()), (Some("t-rex"), Some("kawpow")));
    assert!(tell.iter().any(|fact| matches!(fact, Fact::Session(_))), "the work is told too");
    assert!(!format!("{tell:?}").contains("2SECRET"));
}
