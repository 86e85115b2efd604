//! Messages of every dialect as they stand in sources and captures, and near misses.
#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use super::json::Value;
use super::read;
use super::said::{Act, Answer, Ask, AskKind, Family, Said, SubmitForm, Tell};
use proptest::prelude::*;

const H64: &str = "00000000000000000000000000000000000000000000000000000000000000aa";

fn say(text: &str) -> Said<'_> {
    read(Value::of(text.as_bytes()).unwrap())
}

/// The family of a job in a `mining.notify` with these parameters.
fn family(params: &str) -> Option<Family> {
    match say(&format!(r#"{{"method":"mining.notify","params":{params}}}"#)).act {
        Act::Tell(Tell::Job(job)) => Some(job.family),
        _ => None,
    }
}

/// Each list by its definition, and the nearest thing that is another.
#[test]
fn jobs_are_told_by_shape() {
    let bitcoin =
        |bits: &str| format!(r#"["j","{H64}","0100","ff00",[],"20000000","{bits}","5b6a1c2e",true]"#);
    assert_eq!(family(&bitcoin("1d00ffff")), Some(Family::Bitcoin));
    assert_eq!(family(&bitcoin("")), Some(Family::Bitcoin), "Decred leaves nbits empty");
    assert_eq!(family(&bitcoin("1d00fff")), Some(Family::Other), "seven digits are no nbits");
    let zcash = format!(r#"["j","04000000","{H64}","{H64}","{H64}","5b6a1c2e","1d00ffff",true]"#);
    assert_eq!(family(&zcash), Some(Family::Zcash));
    assert_eq!(family(&zcash.replace(",true]", r#",false,"144_5","BgoldPoW"]"#)), Some(Family::Zcash));
    assert_eq!(family(&zcash.replacen(H64, "00aa", 1)), Some(Family::Other));
    assert_eq!(family(&format!(r#"["j","{H64}","{H64}",true]"#)), Some(Family::EthereumOne));
    assert_eq!(
        family(&format!(r#"["j","{H64}","{H64}",123,true]"#)),
        Some(Family::EthereumOne),
        "KawPow fork"
    );
    assert_eq!(family(&format!(r#"["j","{H64}",123,"{H64}",true]"#)), Some(Family::Other), "Nervos");
    assert_eq!(family(&format!(r#"["j",true,"{H64}","{H64}"]"#)), Some(Family::Other), "Aion");
    assert_eq!(family(&format!(r#"["j","{H64}",true]"#)), Some(Family::Other), "Aleo");
    assert_eq!(family(&format!(r#"["j","6526d5","{H64}","0"]"#)), Some(Family::EthereumTwo));
    assert_eq!(family(&format!(r#"["j","123","0x{H64}","0x{H64}"]"#)), Some(Family::Other), "Conflux");
    let kawpow = format!(r#"["j","{H64}","{H64}","{H64}",true,123,"1d00ffff"]"#);
    assert_eq!(family(&kawpow), Some(Family::ProgPow));
    assert_eq!(family(&format!(r#"["j","{H64}","{H64}","{H64}",true]"#)), Some(Family::EthashNotify));
    assert_eq!(family(&format!(r#"["0x{H64}","0x{H64}","0x{H64}"]"#)), Some(Family::EthProxy));
    assert_eq!(family(r#"[{"fromGroup":0,"jobId":"a","headerBlob":"00"}]"#), Some(Family::Other), "Alephium");
    for none in [r#"["j"]"#, "[]", "{}", "7", r#""j""#] {
        assert_eq!(family(none), None, "{none}");
    }
}

/// A CryptoNote job needs blob, id and target of the right lengths; everyday words do not do.
#[test]
fn cryptonote_jobs() {
    let blob = "10".repeat(43);
    let is_job = |params: &str| {
        let text = format!(r#"{{"method":"job","params":{params}}}"#);
        matches!(say(&text).act, Act::Tell(Tell::Job(_)))
    };
    assert!(is_job(&format!(r#"{{"blob":"{blob}","job_id":"1","target":"b88d0600"}}"#)));
    assert!(
        is_job(&format!(r#"{{"job_id":1,"target":"b88d060000000000","blob":"{blob}"}}"#)),
        "number, 64-bit target"
    );
    assert!(is_job(r#"{"job_id":1,"pre_pow":"00ff","difficulty":4,"height":1}"#), "Grin");
    assert!(
        is_job(r#"{"job_id":"1","target":"b88d0600","extra_nonce":"00","pool_wallet":"x"}"#),
        "self-select"
    );
    for near in [
        format!(r#"{{"blob":"{blob}","target":"b88d0600"}}"#),
        format!(r#"{{"blob":"{blob}","job_id":"1"}}"#),
        format!(r#"{{"blob":"{}","job_id":"1","target":"b88d0600"}}"#, "10".repeat(42)),
        format!(r#"{{"blob":"{}","job_id":"1","target":"b88d0600"}}"#, "1g".repeat(43)),
        format!(r#"{{"blob":"{blob}","job_id":"1","target":"b88d06"}}"#),
        r#"{"job_id":"1","target":"dragon","blob":"x"}"#.to_owned(),
    ] {
        assert!(!is_job(&near), "{near}");
    }
}

#[test]
fn submits_are_told_by_form() {
    let form =
        |rest: &str| match say(&format!(r#"{{"method":"mining.submit","params":["u","j",{rest}]}}"#)).act {
            Act::Ask(Ask::Submit { form, .. }) => form,
            other => panic!("{other:?}"),
        };
    assert_eq!(form(r#""00","5b6a1c2e","deadbeef""#), SubmitForm::Bitcoin { version_bits: false });
    assert_eq!(form(r#""00","5b6a1c2e","deadbeef","08000000""#), SubmitForm::Bitcoin { version_bits: true });
    assert_eq!(form(r#""0x0029000000000001""#), SubmitForm::Other, "Kaspa or EthereumStratum");
    assert_eq!(form(&format!(r#""0x0000000000000001","0x{H64}","0x{H64}""#)), SubmitForm::Mix);
    // Length 2^k · (n/(k+1)+1)/8 behind its compactSize (ZIP 301): 1344 bytes for 200,9 and 100 for 144,5.
    let equihash =
        |head: &str, bytes: usize| form(&format!(r#""5b6a1c2e","00","{head}{}""#, "ab".repeat(bytes)));
    assert_eq!(equihash("fd4005", 1344), SubmitForm::Equihash { n: 200, k: 9 });
    assert_eq!(equihash("64", 100), SubmitForm::Equihash { n: 144, k: 5 });
    assert_eq!(equihash("fd4005", 1343), SubmitForm::Other);
    assert_eq!(equihash("fd4105", 1344), SubmitForm::Other);
}

#[test]
fn answers_by_shape() {
    let answer = |text: &str| match say(text).act {
        Act::Answer(answer) => format!("{answer:?}"),
        other => format!("{other:?}"),
    };
    for (text, expected) in [
        (r#"{"id":1,"result":true,"error":null}"#, "True"),
        (r#"{"error":null,"id":1,"result":null}"#, "Null"),
        (r#"{"id":2}"#, "Null"),
        (r#"{"id":1,"result":{"status":"OK"}}"#, "Ok"),
        (r#"{"id":1,"result":{"status":"KEEPALIVED"}}"#, "Alive"),
        (
            r#"{"id":1,"result":null,"error":[21,"Job not found",null]}"#,
            r#"Refused { code: Some(21), text: Some("Job not found") }"#,
        ),
        (
            r#"{"id":1,"error":{"message":"Stale share"}}"#,
            r#"Refused { code: None, text: Some("Stale share") }"#,
        ),
        (
            r#"{"id":1,"result":false,"error":"banned","reject-reason":"x"}"#,
            r#"Refused { code: None, text: Some("banned") }"#,
        ),
        (r#"{"id":1,"result":true,"error":false}"#, "True"),
        (
            r#"{"id":1,"result":[[["mining.notify","a"],["mining.set_difficulty","b"]],"08",4]}"#,
            "Subscribed { named: true, sized: true, announced: None }",
        ),
        (
            r#"{"id":1,"result":[["mining.notify","ae68"],"fa60bf39",4]}"#,
            "Subscribed { named: true, sized: true, announced: None }",
        ),
        (
            r#"{"id":1,"result":[[["mining.notify","a"]],"",4]}"#,
            "Subscribed { named: true, sized: true, announced: None }",
        ),
        (
            r#"{"id":1,"result":[null,"a1b2c3d4"]}"#,
            "Subscribed { named: false, sized: false, announced: None }",
        ),
        (
            r#"{"id":1,"result":[true,"EthereumStratum/1.0.0"]}"#,
            r#"Subscribed { named: false, sized: false, announced: Some("EthereumStratum/1.0.0") }"#,
        ),
        (r#"{"id":1,"result":{"version-rolling":true,"version-rolling.mask":"18000000"}}"#, "Configured"),
        (r#"{"id":1,"result":"cgminer/4"}"#, r#"Text("cgminer/4")"#),
        (r#"{"id":1,"result":["00","01","02"]}"#, "List"),
        (r#"{"id":1,"result":{"x":1}}"#, "Other"),
        (r#"{"id":1}x"#, "Null"),
        (r#"{"id":1,"foo":2}"#, "Nothing"),
    ] {
        assert_eq!(answer(text), expected, "{text}");
    }
    // JSON-RPC 2.0 section 5.1 reserves these codes: any server says them.
    let reserved = Answer::Refused { code: Some(-32601), text: None };
    assert!(!reserved.suits(AskKind::Subscribe) && !reserved.is_refusal());
}

/// Only what nothing else says is an anchor.
#[test]
fn anchors() {
    let wallet = format!("{}aZ", "4kX".repeat(31));
    for (text, anchored) in [
        (r#"{"method":"mining.subscribe","params":[]}"#.to_owned(), true),
        (r#"{"method":"mining.authorize","params":[""]}"#.to_owned(), true),
        (r#"{"method":"mining.notify","params":[]}"#.to_owned(), true),
        (r#"{"method":"mining.set_difficulty","params":["x"]}"#.to_owned(), true),
        (r#"{"method":"MINING.Subscribe","params":[]}"#.to_owned(), true),
        (r#"{"method":"mining.notify\u0065","params":["a","b"]}"#.to_owned(), true),
        (r#"{"method":"login","params":{"login":"bob","pass":"x","agent":"a/1"}}"#.to_owned(), false),
        (r#"{"method":"login","params":{"login":"bob","pass":"x","algo":["cn/r"]}}"#.to_owned(), true),
        (format!(r#"{{"method":"login","params":{{"login":"{wallet}.rig","pass":"x"}}}}"#), true),
        (
            r#"{"method":"login","params":{"login":"bob","pass":"x","agent":"a/1","rigid":"r"}}"#.to_owned(),
            true,
        ),
        // A token of the length of an address, in digits that base 58 has too.
        (format!(r#"{{"method":"login","params":{{"login":"{}","pass":"x"}}}}"#, "1a2b3c".repeat(16)), false),
        // MyMonero's login: an address and a view key, no password.
        (format!(r#"{{"method":"login","params":{{"login":"{wallet}","view_key":"{H64}"}}}}"#), false),
        (r#"{"method":"eth_subscribe","params":["newHeads"]}"#.to_owned(), false),
        // keepalived is also a daemon of VRRP; of a session it speaks, but does not prove it.
        (r#"{"id":1,"method":"keepalived","params":{"vrrp":"VI_1"}}"#.to_owned(), false),
        (r#"{"id":1,"method":"keepalived","params":{"id":"1"}}"#.to_owned(), false),
        (r#"{"id":1,"method":"crm_getWork","params":[]}"#.to_owned(), false),
        (r#"{"method":"eth_getWork","params":[]}"#.to_owned(), true),
        (r#"{"method":"eth_getWorkers","params":[]}"#.to_owned(), false),
        (r#"{"method":"getmininginfo","params":[]}"#.to_owned(), false),
        (r#"{"method":"submit","params":{"job_id":"1","nonce":"x","result":"y"}}"#.to_owned(), false),
        (r#"{"method":"client.reconnect","params":[]}"#.to_owned(), false),
        (r#"{"id":1,"result":[null,"a1b2c3d4"]}"#.to_owned(), false),
        (format!(r#"{{"id":0,"result":["0x{H64}","0x{H64}","0x{H64}"]}}"#), true),
        // Three block hashes of a filter: the third is no target.
        (format!(r#"{{"id":0,"result":["0x{H64}","0x{H64}","0x{}"]}}"#, "ab".repeat(32)), false),
    ] {
        assert_eq!(say(&text).anchor, anchored, "{text}");
    }
}

/// Everyday words that mining uses too, without what mining says with them: nothing is said at all.
#[test]
fn everyday_words() {
    for text in [
        // Statistics about a pool's methods.
        r#"{"method":"mining.subscribe","count":12,"service":"pool-api"}"#,
        r#"{"method":"mining.authorize","count":12}"#,
        r#"{"level":"info","method":"mining.submit","msg":"handled","ms":3}"#,
        r#"{"uid":"C","method":"mining.notify"}"#,
        // A content management system, a game, an RPC test.
        r#"{"id":1,"method":"submitblock","params":["<p>hello</p>",{"page":3}]}"#,
        r#"{"id":1,"method":"submitBlock","params":["minecraft:stone",[1,2,3]]}"#,
        r#"{"id":1,"method":"submit_block","params":["00ff"]}"#,
        r#"{"id":1,"method":"getwork","params":["invoice",12]}"#,
        r#"{"id":1,"method":"keepalived","params":{"vrrp":"VI_1"}}"#,
    ] {
        assert_eq!(say(text).act, Act::Nothing, "{text}");
    }
    // Process mining: other words of the prefix, or longer ones with parameters that no miner can read.
    for text in [
        r#"{"jsonrpc":"2.0","method":"mining.notifyProgress","params":{"pct":5}}"#,
        r#"{"id":1,"method":"mining.subscribeEvents","params":{"log":"p2p"}}"#,
        r#"{"id":1,"method":"mining.list","params":["quarry"]}"#,
    ] {
        let said = say(text);
        assert!(matches!(said.act, Act::Unknown(_)) && !said.anchor, "{text}");
    }
    // A block is its 80 bytes of header and a transaction at least (Bitcoin's developer reference).
    let block = format!(r#"{{"id":1,"method":"submitblock","params":["{}"]}}"#, "00".repeat(81));
    assert_eq!(say(&block).act, Act::Ask(Ask::Block));
}

/// RFC 8259 section 7: any character may be escaped. What must stay escaped does not end a string early.
#[test]
fn escapes_hide_nothing() {
    let blob = "1".repeat(86);
    let text = format!(
        r#"{{"m\u0065thod":"\u006aob","params":{{"bl\u006Fb":"\u0031\u0031{blob}","job\u005fid":"a\/b\u0022c\n","t\u0061rget":"b88d060\u0030"}}}}"#
    );
    let mut ids = Vec::new();
    super::each(text.as_bytes(), |said, _| {
        if let Act::Tell(Tell::Job(job)) = said.act {
            ids.push(job.id.into_owned());
        }
    });
    assert_eq!(ids, ["a/b\"c\n"]);
    super::each(br#"{"a":"\u00","b":"\"#, |_, _| panic!("cut in an escape"));
}

#[test]
fn of_two_equal_keys_either_may_count() {
    let act = say(r#"{"method":"x","id":1,"method":"mining.extranonce.subscribe"}"#).act;
    assert_eq!(act, Act::Ask(Ask::ExtranonceSubscribe));
    let act = say(r#"{"method":"mining.extranonce.subscribe","id":1,"method":"x"}"#).act;
    assert_eq!(act, Act::Ask(Ask::ExtranonceSubscribe));
}

/// Monero's daemon, xmrig's way, and its own miner switched on.
#[test]
fn daemon_mining() {
    let ask = say(
        r#"{"id":1,"method":"getblocktemplate","params":{"wallet_address":"4x","extra_nonce":"0011223344556677"}}"#,
    );
    assert_eq!(ask.act, Act::Ask(Ask::Template { wallet: Some("4x".into()) }));
    let blob = "10".repeat(60);
    let text = format!(
        r#"{{"id":1,"result":{{"blocktemplate_blob":"{blob}","blockhashing_blob":"{blob}","difficulty":300000000000,"height":3000001,"reserved_offset":130,"seed_hash":"{H64}","status":"OK"}}}}"#
    );
    let Act::Answer(Answer::Job(job)) = say(&text).act else { panic!("a job") };
    assert_eq!((job.family, job.height), (Family::Template, Some(3_000_001)));
    let start = say(r#"{"do_background_mining":false,"miner_address":"4x","threads_count":2}"#);
    assert_eq!(start.act, Act::Ask(Ask::StartMining { wallet: "4x".into() }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    /// A message that is cut anywhere says nothing at all: no wrong fact from half a line.
    #[test]
    fn a_cut_message_says_nothing(at in 1_usize..150) {
        let whole = format!(r#"{{"id":1,"method":"mining.notify","params":["j","{H64}","{H64}",true],"x":{{"method":"job"}}}}"#);
        let mut said = 0;
        super::each(&whole.as_bytes()[..at.min(whole.len() - 1)], |_, _| said += 1);
        prop_assert_eq!(said, 0);
    }

    #[test]
    fn arbitrary_bytes_break_nothing(data in prop::collection::vec(any::<u8>(), 0..400)) {
        super::fuzz(&data);
    }

    #[test]
    fn arbitrary_json_breaks_nothing(text in r#"([{}\[\]",:\\0-9a-f]|"method":|"params":|"mining\.notify"|"result":|null|true){0,80}"#) {
        super::fuzz(text.as_bytes());
    }
}

fn computes(params: &str) -> Option<&'static str> {
    let text = format!(r#"{{"id":null,"method":"mining.notify","params":{params}}}"#);
    match read(Value::of(text.as_bytes()).unwrap()).act {
        Act::Tell(Tell::Job(job)) => job.computes,
        other => panic!("{other:?}"),
    }
}

/// Field lists of the sources named in each dialect's file, and lists that miss one of their marks.
#[test]
fn some_shapes_name_the_algorithm() {
    let bound = "9".repeat(63);
    let ergo = format!(r#"["j",170,"{H64}","","",3,"{bound}","",true]"#);
    assert_eq!(computes(&ergo), Some("autolykos2"));
    assert_eq!(computes(&ergo.replace(&bound, &"9".repeat(59))), None, "a difficulty, no bound");
    let conflux = format!(r#"["j","1234","0x{H64}","0x{H64}"]"#);
    assert_eq!(computes(&conflux), Some("octopus"));
    assert_eq!(computes(&conflux.replace("1234", "12x4")), None, "no decimal height");
    let kadena = format!(r#"["j","{}",true]"#, "ab".repeat(286));
    assert_eq!(computes(&kadena), Some("blake2s"));
    assert_eq!(computes(&kadena.replace("abab\",", "ab\",")), None, "285 bytes");
    assert_eq!(computes(&format!(r#"["j","{H64}",5,"{H64}",true]"#)), Some("eaglesong"));
    assert_eq!(computes(&format!(r#"["j","{H64}",5,"{H64}",0]"#)), None, "clean is no flag");
    let alephium = r#"[{"jobId":"7","fromGroup":0,"toGroup":1,"headerBlob":"00ff","targetBlob":"00ff"}]"#;
    assert_eq!(computes(alephium), Some("blake3"));
    assert_eq!(computes(&alephium.replace("toGroup", "group")), None);
    assert_eq!(
        computes(&format!(r#"["j","{H64}",5,true]"#)),
        None,
        "Ergo's first form may be another coin's"
    );
}

/// Beam's messages, as its wiki shows them.
#[test]
fn beam_stands_at_the_root() {
    let job = format!(
        r#"{{"difficulty":101232640,"height":7,"id":"4","input":"{H64}","jsonrpc":"2.0","method":"job"}}"#
    );
    let said = say(&job);
    assert!(
        said.anchor
            && matches!(said.act, Act::Tell(Tell::Job(job)) if job.family == Family::Beam && job.id == "4")
    );
    assert_eq!(say(&job.replace("\"input\"", "\"output\"")).act, Act::Nothing);
    let solution = format!(
        r#"{{"method":"solution","id":"4","nonce":"{}","output":"{}"}}"#,
        "a".repeat(16),
        "b".repeat(208)
    );
    assert!(matches!(say(&solution).act, Act::Ask(Ask::Solution { .. })));
    assert_eq!(say(&solution.replace("bbb\"", "bb\"")).act, Act::Nothing);
    let result = |code: i32| format!(r#"{{"id":"4","method":"result","code":{code},"description":"x"}}"#);
    assert!(matches!(say(&result(1)).act, Act::Tell(Tell::Done { answer: Answer::Ok, .. })));
    assert!(matches!(
        say(&result(-3)).act,
        Act::Tell(Tell::Done { answer: Answer::Refused { code: Some(-3), .. }, .. })
    ));
    assert!(!say(&result(1)).anchor, "everyday words prove nothing");
}
