//! What only looks like mining must give nothing, and soon be only watched.

use super::*;

fn nothing(name: &str, transcript: &str) {
    let (all, _) = all_of(transcript, WHOLE);
    assert!(all.is_empty(), "{name}: {all:#?}");
    let (all, watching) = all_of(&transcript.repeat(20), WHOLE);
    // Everyday words that mining uses too bring the framing back each time, and nothing else.
    let reads = ["login", "keepalived", "mining.", "[\"0x"].iter().any(|word| transcript.contains(word));
    assert!(
        all.is_empty() && (watching || reads),
        "{name}: still read after {} lines",
        20 * lines(transcript).len()
    );
}

#[test]
fn protocols_of_lines() {
    let h64 = "ab".repeat(32);
    nothing(
        "Electrum: subscriptions, hex hashes and headers",
        &format!(
            "> {{\"jsonrpc\":\"2.0\",\"method\":\"blockchain.scripthash.subscribe\",\"params\":[\"{h64}\"],\"id\":1}}\n< {{\"id\":1,\"result\":\"{h64}\"}}\n< {{\"method\":\"blockchain.headers.subscribe\",\"params\":[{{\"hex\":\"{}\",\"height\":800000}}]}}\n",
            "00".repeat(80)
        ),
    );
    nothing(
        "OVSDB: notifications with id null, echo",
        "> {\"id\":3,\"method\":\"monitor\",\"params\":[\"Open_vSwitch\",null,{}]}\n< {\"id\":null,\"method\":\"update\",\"params\":[null,{\"Port\":{}}]}\n< {\"id\":\"echo\",\"method\":\"echo\",\"params\":[]}\n> {\"id\":\"echo\",\"result\":[],\"error\":null}\n",
    );
    nothing(
        "ubus: login by call",
        "> {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"call\",\"params\":[\"00000000000000000000000000000000\",\"session\",\"login\",{\"username\":\"root\",\"password\":\"x\"}]}\n< {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":[0,{\"ubus_rpc_session\":\"c1ed6c7b025d0caca723a816fa61b668\"}]}\n",
    );
    nothing(
        "QMP",
        "< {\"QMP\":{\"version\":{},\"capabilities\":[]}}\n> {\"execute\":\"qmp_capabilities\",\"id\":1}\n< {\"return\":{},\"id\":1}\n< {\"event\":\"JOB_STATUS_CHANGE\",\"data\":{\"status\":\"created\",\"id\":\"job0\"}}\n",
    );
    nothing(
        "Kodi",
        "> {\"jsonrpc\":\"2.0\",\"method\":\"Player.GetActivePlayers\",\"id\":1}\n< {\"id\":1,\"jsonrpc\":\"2.0\",\"result\":[{\"playerid\":1,\"type\":\"video\"}]}\n< {\"jsonrpc\":\"2.0\",\"method\":\"Player.OnPlay\",\"params\":{\"data\":{}}}\n",
    );
    nothing(
        "a language server between its headers",
        "> Content-Length: 52\n> \n> {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"capabilities\":{}}}\n< {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"capabilities\":{}}}\n",
    );
    nothing(
        "a price ticker",
        "> {\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@trade\"],\"id\":1}\n< {\"result\":null,\"id\":1}\n< {\"e\":\"trade\",\"s\":\"BTCUSDT\",\"p\":\"1.0\"}\n",
    );
    nothing(
        "a dapp: hashes in lists, heads pushed",
        &format!(
            "> {{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_getFilterChanges\",\"params\":[\"0x1\"]}}\n< {{\"id\":1,\"result\":[\"0x{h64}\",\"0x{h64}\",\"0x{h64}\"]}}\n> {{\"id\":2,\"method\":\"eth_subscribe\",\"params\":[\"newHeads\"]}}\n< {{\"method\":\"eth_subscription\",\"params\":{{\"result\":{{\"number\":\"0x1\"}}}}}}\n> {{\"id\":3,\"method\":\"eth_blockNumber\",\"params\":[]}}\n"
        ),
    );
    nothing(
        "Chia, Ogmios and Tendermint words",
        "> {\"id\":\"0\",\"method\":\"subscribe\",\"params\":{\"query\":\"tm.event='NewBlock'\"}}\n< {\"id\":\"0\",\"result\":{}}\n< {\"type\":\"ADDED\",\"object\":{\"kind\":\"Job\"}}\n",
    );
}

/// The everyday words of the CryptoNote dialect, without what a miner's message holds.
#[test]
fn a_game_server() {
    nothing(
        "game",
        "> {\"id\":1,\"method\":\"login\",\"params\":{\"login\":\"bob\",\"pass\":\"x\",\"agent\":\"game/1.2\"}}\n< {\"id\":1,\"result\":{\"id\":\"s1\",\"status\":\"OK\",\"job\":{\"title\":\"smith\"}}}\n> {\"id\":2,\"method\":\"submit\",\"params\":{\"id\":\"s1\",\"job_id\":\"7\",\"result\":\"win\",\"nonce\":3}}\n< {\"id\":2,\"result\":{\"status\":\"OK\"}}\n< {\"method\":\"job\",\"params\":{\"job_id\":\"8\",\"target\":\"dragon\",\"blob\":\"xyz\"}}\n",
    );
}

/// The same with a session of its own kept alive, in the dialect's words: seen from its beginning there is no login of a
/// miner and no job. Joined in the middle of a real one, the pair is all there is for minutes.
#[test]
fn kept_alive() {
    let alive = "> {\"id\":3,\"method\":\"keepalived\",\"params\":{\"id\":\"123\"}}\n< {\"id\":3,\"result\":{\"status\":\"KEEPALIVED\"}}\n";
    nothing("game", alive);
    let joined = through(alive, Way { opener: None, ..WHOLE });
    assert_eq!((joined.len(), protocol(&joined[0]), joined[0].proof.answered), (1, "stratum-cryptonote", 1));
}

/// A log shipper quotes a dialogue inside a string, and nested inside an object: the root is what counts.
#[test]
fn quotations() {
    let h64 = "ab".repeat(32);
    let quoted = format!(
        "> {{\"@timestamp\":\"x\",\"message\":\"{{\\\"id\\\":1,\\\"method\\\":\\\"mining.subscribe\\\",\\\"params\\\":[]}}\"}}\n> {{\"event\":{{\"method\":\"mining.notify\",\"params\":[\"j\",\"{h64}\"]}},\"host\":\"x\"}}\n> {{\"log\":[{{\"id\":1,\"method\":\"mining.authorize\",\"params\":[\"a\",\"b\"]}}]}}\n"
    );
    nothing("log shipper", &quoted);
    // Joined in the middle of such lines, byte by byte, it is the same.
    for skip in 1..quoted.len() {
        let Some(text) = quoted.get(skip..) else { continue };
        let (all, _) = all_of(&format!("> {text}"), Way { opener: None, ..WHOLE });
        assert!(all.is_empty(), "joined at {skip}: {all:#?}");
    }
}

/// Lines of a whole session, requests and answers, as a log or a mail quotes them: all from one side.
fn quoted(prefix: &str) -> String {
    let session = super::cryptonote::xmrig();
    lines(&session).iter().map(|(_, line)| format!("> {prefix}{line}")).collect()
}

/// A transfer of a log, a paste behind a command, syslog's header before each line: one side says what two must say.
#[test]
fn one_side_that_says_both_quotes() {
    let last =
        |transcript: &str, way: Way| all_of(transcript, way).0.last().map(|s| (s.proof.clone(), s.dialect));
    // A file of JSON lines from its first byte: what was told of its first line is taken back.
    for cut in [0, 1, 1400] {
        let told = last(&quoted(""), Way { cut, ..WHOLE });
        assert_eq!(told.unwrap_or_default(), (model::Proof::default(), None), "in pieces of {cut}");
    }
    for (name, text) in [
        ("Redis", format!("> *3\n> $3\n> SET\n{}< +OK\n", quoted(""))),
        (
            "NATS",
            format!("< INFO {{\"server_id\":\"x\"}}\n> CONNECT {{}}\n> PUB log 99\n{}< +OK\n", quoted("")),
        ),
        ("a paste", format!("> hello, here is the log:\n{}", quoted(""))),
        ("PostgreSQL", format!("> COPY log FROM stdin;\n{}> \\.\n< COPY 3\n", quoted(""))),
        ("syslog", quoted("<14>Jan 1 pool stratum: ")),
        ("only requests", format!("> SET log\n> {}\n", lines(&super::cryptonote::xmrig())[0].1)),
    ] {
        for cut in [0, 1, 1400] {
            let (all, _) = all_of(&text, Way { cut, ..WHOLE });
            assert!(all.is_empty(), "{name} in pieces of {cut}: {all:#?}");
        }
    }
    // Joined in the middle, only a line that begins with an object is one.
    let told = last(&quoted("<14>Jan 1 pool stratum: "), Way { opener: None, ..WHOLE });
    assert_eq!(told.unwrap_or_default(), (model::Proof::default(), None));
}

/// What separates them from a session: the other side takes part, whatever is said before.
#[test]
fn a_foreign_beginning_hides_no_session() {
    let session = super::cryptonote::xmrig();
    for before in ["> hello world\n", "> }}}}\n", "< welcome to the pool\n", "> \"\n"] {
        let s = through(&format!("{before}{session}"), WHOLE);
        assert_eq!(s.len(), 1, "{before}");
        assert_eq!(shares(&s[0]), shares(&through(&session, WHOLE)[0]), "{before}");
    }
    // A miner that quotes its pool to look like a log is still one.
    let job = lines(&session).iter().find(|(side, _)| *side == Side::B).unwrap().1.clone();
    let s = through(&format!("{session}> {job}"), WHOLE);
    assert_eq!(protocol(&s[0]), "stratum-cryptonote");
}

#[test]
fn first_bytes() {
    use Sniff::{NeedMore, No, Yes};
    for (bytes, expected) in [
        (&b"{\"id\":1}"[..], Yes),
        (b"\xef\xbb\xbf \0{", Yes),
        (b"PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n{", Yes),
        (b"PROXY TCP4 ", NeedMore),
        (b" \r\n", NeedMore),
        (b"SSH-2.0-OpenSSH\r\n", No),
        (b"\x16\x03\x01\x02\x00", No),
        (b"HELO mining.example\r\n", No),
        (b"ning.notify\",\"params\":[1]}\n{\"id\":1", Yes),
        (b"00ff\",\"target\":\"b88d0600\",\"job_id\":\"1\"}}\n", Yes),
        (b"220 mail.example ESMTP\r\n", No),
    ] {
        assert_eq!(Dialogue::sniff(bytes), expected, "{}", String::from_utf8_lossy(bytes));
    }
}
