//! The promises of the JSON document.
#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use super::*;
use crate::sample::{case, view};
use expect_test::expect;
use serde_json::Value as Json;

fn document(lang: Lang) -> String {
    render(&case(), &view(lang, 80))
}

/// The keys that scripts were promised: schema `minehound.report/1`, as the contract lists them.
#[test]
fn every_promised_key_is_there() {
    let json: Json = serde_json::from_str(&document(Lang::En)).unwrap();
    let promised = [
        ("", "schema tool run evidence errors hosts findings"),
        ("/tool", "name version"),
        ("/run", "started finished sandbox"),
        ("/evidence/0", "id source reader sha256 bytes records first_seen last_seen gaps"),
        ("/evidence/0/gaps/0", "at at_kind at_number kind reason count"),
        ("/errors/0", "source reason"),
        (
            "/hosts/0",
            "id addresses names macs roles verdict points coverage first_seen last_seen summary findings not_found \
             next_fact advice",
        ),
        (
            "/findings/0",
            "id detector kind group host points counted conclusive technique first_seen last_seen summary subject \
             facts evidence",
        ),
        ("/findings/0/subject", "kind client server"),
        ("/findings/0/evidence/0", "id at at_kind at_number excerpt"),
    ];
    for (place, keys) in promised {
        let object = json.pointer(place).unwrap().as_object().unwrap();
        for key in keys.split_whitespace() {
            assert!(object.contains_key(key), "{place}/{key} is missing");
        }
    }
}

/// Prior and counted points sum to the host's points (-30 + 50 + 20 = 40), as numbers with one decimal.
#[test]
fn points_are_numbers_that_sum() {
    let text = document(Lang::En);
    assert!(text.contains("\"points\": 40.0"), "{text}");
    let json: Json = serde_json::from_str(&text).unwrap();
    let of_host = json["findings"].as_array().unwrap().iter().filter(|finding| finding["host"] == "h1");
    let sum: f64 = of_host.map(|finding| finding["counted"].as_f64().unwrap()).sum();
    assert_eq!(json["prior"].as_f64().unwrap() + sum, json["hosts"][0]["points"].as_f64().unwrap());
}

/// A script reads the same document whatever the user's language.
#[test]
fn the_document_is_english_in_every_language() {
    assert_eq!(document(Lang::Zh), document(Lang::En));
}

#[test]
fn evidence_is_escaped_visibly() {
    let json: Json = serde_json::from_str(&document(Lang::En)).unwrap();
    assert_eq!(json["findings"][0]["facts"]["login"], r"4ev\u{202e}il\x1b[2J.rig1");
    assert_eq!(json["errors"][0]["source"], r"x\x1b.bin");
}

/// A reader of the contract's example finds the same shape here.
#[test]
fn a_host_and_a_finding_in_full() {
    let json: Json = serde_json::from_str(&document(Lang::En)).unwrap();
    expect![[r#"
        {
          "addresses": [
            "10.1.4.23"
          ],
          "advice": [
            "isolate it or block 198.51.100.9"
          ],
          "coverage": "complete",
          "examined": false,
          "findings": [
            "f1",
            "f2"
          ],
          "first_seen": "2026-11-24T09:11:00Z",
          "id": "h1",
          "last_seen": "2026-11-24T09:42:00Z",
          "macs": [
            "02:00:5e:10:00:01"
          ],
          "names": [
            "pc-12"
          ],
          "next_fact": "a look at the machine itself: what it sends is encrypted or hardly in the evidence",
          "not_found": [
            "full nodes of a chain: the innocent explanation of much"
          ],
          "points": 40.0,
          "remarks": [],
          "roles": [
            "miner"
          ],
          "summary": "10.1.4.23 (pc-12) mines XMR at pool.example:3333 since 2026-11-24 09:12 UTC, 214 shares accepted",
          "verdict": "confirmed"
        }"#]].assert_eq(&serde_json::to_string_pretty(&json["hosts"][0]).unwrap());
    expect![[r#"
        {
          "conclusive": true,
          "count": 1,
          "counted": 50.0,
          "detector": "stratum-session",
          "display_filter": "ip.addr == 10.1.4.23 && tcp.port == 51234 && ip.addr == 198.51.100.9 && tcp.port == 3333",
          "evidence": [
            {
              "at": "packet 17",
              "at_kind": "packet",
              "at_number": 17,
              "excerpt": "the first request",
              "id": "e1",
              "time": "2026-11-24T09:12:00Z"
            },
            {
              "at": "packet 17",
              "at_kind": "packet",
              "at_number": 17,
              "excerpt": "the login",
              "id": "e1",
              "time": "2026-11-24T09:12:00Z"
            },
            {
              "at": "packet 19",
              "at_kind": "packet",
              "at_number": 19,
              "excerpt": "the first job",
              "id": "e1",
              "time": "2026-11-24T09:12:00Z"
            }
          ],
          "explained": null,
          "facts": {
            "coin": "XMR",
            "hashrate": 1500.5,
            "hashrate_unit": "H/s",
            "login": "4ev\\u{202e}il\\x1b[2J.rig1",
            "protocol": "stratum-cryptonote",
            "shares_accepted": 214,
            "worker": "rig1"
          },
          "first_seen": "2026-11-24T09:12:00Z",
          "group": "wire",
          "host": "h1",
          "id": "f1",
          "kind": "mining",
          "last_seen": "2026-11-24T09:42:00Z",
          "points": 50.0,
          "role": "miner",
          "subject": {
            "client": "10.1.4.23:51234",
            "kind": "connection",
            "server": "198.51.100.9:3333"
          },
          "summary": "mines at pool.example:3333 (stratum-cryptonote), 1 session, 214 shares accepted",
          "technique": "T1496.001",
          "weight": {
            "id": "two-way-session",
            "kind": "definition",
            "source": "XMRig stratum, login/job/submit"
          }
        }"#]].assert_eq(&serde_json::to_string_pretty(&json["findings"][0]).unwrap());
}
