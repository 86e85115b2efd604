//! Streams as they really arrive: cut anywhere, merged, joined late, with holes, one-sided.

use super::*;
use proptest::prelude::*;

fn told(session: &MiningSession) -> MiningSession {
    MiningSession { dialogue: Vec::new(), ..session.clone() }
}

/// How the bytes are cut carries no meaning: same final session, same marks.
#[test]
fn any_segmentation_says_the_same() {
    let text = cryptonote::xmrig();
    let whole = through(&text, WHOLE);
    for cut in [1, 2, 3, 7, 64, 100, 536] {
        assert_eq!(through(&text, Way { cut, ..WHOLE }), whole, "in pieces of {cut}");
    }
    // No line feeds at all: objects end where brackets balance.
    let merged: Vec<(Side, String)> =
        lines(&text).into_iter().map(|(side, line)| (side, line.trim_end().to_owned())).collect();
    let mut dialogue = Dialogue::new(ends(Some(Side::A)), &Settings::default());
    let mut tell = Vec::new();
    for (packet, (side, line)) in (1..).zip(&merged) {
        dialogue.bytes(*side, stamp(packet), line.as_bytes(), &mut tell);
    }
    dialogue.close(stamp(merged.len() as u64 + 1), &mut tell);
    let Some(Fact::Session(last)) = tell.pop() else { panic!("a session") };
    assert_eq!(*last, told(&whole[0]));
}

/// At every prefix: what is said stays true, and counters never fall.
#[test]
fn no_prefix_says_anything_wrong() {
    let text = cryptonote::xmrig();
    let (all, _) = all_of(&text, WHOLE);
    let last = all.last().unwrap();
    for pair in all.windows(2) {
        let (a, b) = (&pair[0].proof, &pair[1].proof);
        assert!(a.client_messages <= b.client_messages && a.server_messages <= b.server_messages);
        assert!(a.answered <= b.answered && a.distinct_jobs <= b.distinct_jobs && a.anchored <= b.anchored);
        assert!(a.client_kinds <= b.client_kinds && a.server_kinds <= b.server_kinds);
        assert!(pair[0].shares.accepted <= pair[1].shares.accepted && a.job <= b.job);
    }
    for early in &all {
        assert!(early.dialect.is_none_or(|dialect| Some(dialect) == last.dialect));
        assert!(early.login.is_none() || early.login == last.login);
        assert!(early.agent.is_none() || early.agent == last.agent);
        assert!(early.algorithm.is_none() || early.algorithm == last.algorithm);
        assert_eq!((early.client, early.server), (last.client, last.server));
    }
    // Told with the very packet that completes request and answer.
    let answered = all.iter().find(|session| session.proof.answered == 1).unwrap();
    assert_eq!(answered.last, Time::from_secs(2));
    assert!(answered.proof.job && answered.proof.login_accepted == Some(true));
}

/// A hole swallows the messages it touches and no other; a share whose answer is lost was sent.
#[test]
fn a_hole_in_the_middle() {
    let text = cryptonote::xmrig();
    let all = lines(&text);
    let mut dialogue = Dialogue::new(ends(Some(Side::A)), &Settings::default());
    let mut tell = Vec::new();
    for (number, (side, line)) in all.iter().enumerate() {
        let stamp = stamp(number as u64 + 1);
        if number == 3 {
            // The first half of the first OK is lost.
            dialogue.hole(*side, stamp, 20);
            dialogue.bytes(*side, stamp, &line.as_bytes()[20..], &mut tell);
        } else {
            dialogue.bytes(*side, stamp, line.as_bytes(), &mut tell);
        }
    }
    dialogue.close(stamp(99), &mut tell);
    let Some(Fact::Session(last)) = tell.pop() else { panic!("a session") };
    assert_eq!(shares(&last), "4/2/1");
    assert!(last.incomplete);
    assert_eq!(last.troubles[0].1, 20);
}

/// Joined inside a string of the first job: the rest is read from the next object on. A share names that first job.
#[test]
fn joined_in_the_middle() {
    let text = cryptonote::xmrig();
    let from = text.find("\"seed_hash\"").unwrap() + 20;
    let s = &through(&format!("< {}", &text[from..]), Way { opener: None, ..WHOLE })[0];
    assert_eq!((protocol(s), shares(s).as_str(), s.proof.distinct_jobs), ("stratum-cryptonote", "4/3/1", 3));
    assert_eq!(s.ends_by, model::KnownBy::Content);
    assert!(s.incomplete);
}

/// Shares alone, without a login or a job: each names the job it solves, so that many jobs were handed out.
#[test]
fn shares_alone_tell_of_their_jobs() {
    let text: String = cryptonote::xmrig()
        .lines()
        .filter(|line| line.trim_start().starts_with("> ") && line.contains("\"submit\""))
        .flat_map(|line| [line.trim_start(), "\n"])
        .collect();
    let s = &through(&text, Way { opener: None, ..WHOLE })[0];
    assert_eq!((protocol(s), s.proof.distinct_jobs, s.proof.job), ("stratum-cryptonote", 2, false));
}

/// The pool opened (or the capture began at its SYN-ACK): content decides who is the miner.
#[test]
fn content_beats_the_opener() {
    let turned: String = cryptonote::xmrig()
        .lines()
        .map(|line| match line.trim_start().split_at_checked(2) {
            Some(("> ", rest)) => format!("< {rest}\n"),
            Some(("< ", rest)) => format!("> {rest}\n"),
            _ => String::new(),
        })
        .collect();
    let s = &through(&turned, WHOLE)[0];
    assert_eq!((s.client.port, s.server.port, shares(s).as_str()), (3333, 51234, "4/3/1"));
}

/// Work over HTTP: a poller of a node, its block, the answers paired by exchange whatever their ids.
#[test]
fn work_over_http() {
    let h64 = "ab".repeat(32);
    let post = |body: &str| {
        format!(
            "POST / HTTP/1.1\r\nHost: Node.example:8332\r\nUser-Agent: cgminer 3.7.2\r\nAuthorization: Basic dXNlcjpwYXNz\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    let reply = |body: &str| {
        format!(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Stratum: stratum+tcp://pool.example:3333\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n",
            body.len()
        )
    };
    let ask = r#"{"id":0,"method":"getblocktemplate","params":[{"capabilities":["coinbasetxn"]}]}"#;
    let template = format!(
        r#"{{"id":73,"error":null,"result":{{"transactions":[{{"data":"{}"}}],"previousblockhash":"{h64}","coinbasevalue":5000000000,"bits":"1d00ffff","height":123,"target":"{}"}}}}"#,
        "00".repeat(300_000),
        format_args!("{:0<64}", "00000000ffff"),
    );
    let block = format!(r#"{{"id":1,"method":"submitblock","params":["{}"]}}"#, "00".repeat(500_000));
    let mut sides = [String::new(), String::new()];
    sides[0] = [post(ask), post(&block)].concat();
    sides[1] = [reply(&template), reply(r#"{"id":9,"result":null,"error":null}"#)].concat();
    for cut in [1460, usize::MAX] {
        let mut dialogue = HttpDialogue::new(ends(Some(Side::A)), &Settings::default());
        let mut tell = Vec::new();
        for side in [Side::A, Side::B] {
            for piece in sides[side.index()].as_bytes().chunks(cut) {
                dialogue.bytes(side, stamp(1), piece, &mut tell);
            }
        }
        dialogue.close(stamp(2), &mut tell);
        let requests: Vec<_> = tell
            .iter()
            .filter_map(|fact| if let Fact::HttpRequest(request) = fact { Some(request) } else { None })
            .collect();
        assert_eq!((requests.len(), requests[0].host.as_deref()), (2, Some("node.example")));
        let Some(Fact::Session(s)) = tell.pop() else { panic!("a session") };
        assert_eq!(
            (protocol(&s), s.login.as_deref(), s.agent.as_deref()),
            ("getblocktemplate", Some("user"), Some("cgminer 3.7.2"))
        );
        assert_eq!((s.work.polled, s.work.answered, s.work.returned), (1, 1, 1));
        assert_eq!((s.job.height, s.job.nbits), (Some(123), Some(0x1d00_ffff)));
        assert_eq!(shares(&s), "1/1/0", "BIP 22: null is the answer to a block that was accepted");
        assert_eq!(s.redirect.as_deref(), Some("pool.example:3333"));
        assert_eq!(s.difficulty.unwrap().hashes, Some(4_295_032_833));
    }
}

/// A probe: a miner posts to a plain Stratum port, which answers with an error per line.
#[test]
fn a_probe_with_garbage_for_an_answer() {
    let body = r#"{"id":0,"method":"getblocktemplate","params":[]}"#;
    let mut dialogue = HttpDialogue::new(ends(Some(Side::A)), &Settings::default());
    let mut tell = Vec::new();
    let head = format!("POST / HTTP/1.1\r\nContent-Length: {}\r\n\r\n", body.len());
    dialogue.bytes(Side::A, stamp(1), head.as_bytes(), &mut tell);
    dialogue.bytes(Side::A, stamp(2), body.as_bytes(), &mut tell);
    let error = "{\"id\":null,\"result\":null,\"error\":[20,\"Parse error\",null]}\n";
    dialogue.bytes(Side::B, stamp(3), error.repeat(11).as_bytes(), &mut tell);
    dialogue.close(stamp(4), &mut tell);
    let Some(Fact::Session(s)) = tell.pop() else { panic!("a session") };
    assert_eq!(
        (protocol(&s), s.work.polled, s.work.answered, s.proof.answered),
        ("getblocktemplate", 1, 0, 0)
    );
}

/// Joined between request and answer, and one side only: what is told by shape is told, pairs are not guessed.
#[test]
fn http_joined_and_one_sided() {
    let work = format!(
        r#"{{"id":1,"result":["0x{}","0x{}","0x{:0<56}"]}}"#,
        "ab".repeat(32),
        "cd".repeat(32),
        "112e0be8"
    );
    let reply = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{work}", work.len());
    let body = r#"{"id":1,"method":"eth_getWork","params":[]}"#;
    let ask = format!(
        "POST /0x00000000000000000000000000000000000000aa/rig1 HTTP/1.1\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let play = |said: &[(Side, &str)]| {
        let mut dialogue = HttpDialogue::new(ends(None), &Settings::default());
        let mut tell = Vec::new();
        for (packet, (side, text)) in (1..).zip(said) {
            dialogue.bytes(*side, stamp(packet), text.as_bytes(), &mut tell);
        }
        dialogue.close(stamp(99), &mut tell);
        match tell.pop() {
            Some(Fact::Session(session)) => *session,
            other => panic!("{other:?}"),
        }
    };
    // The server spoke first here: A is the server by content.
    let s = play(&[(Side::A, &reply), (Side::B, &ask), (Side::A, &reply)]);
    assert_eq!((protocol(&s), s.client.port, s.work.polled, s.work.answered), ("getwork", 3333, 1, 1));
    assert_eq!(s.worker.as_deref(), Some("rig1"));
    let s = play(&[(Side::A, &reply), (Side::A, &reply)]);
    assert_eq!((protocol(&s), s.proof.server_messages, s.work.polled), ("getwork", 2, 0));
    // Two requests in one segment, then both answers: each answers its own.
    let s = play(&[(Side::A, &ask.repeat(2)), (Side::B, &reply.repeat(2))]);
    assert_eq!((s.work.polled, s.work.answered, s.proof.answered), (2, 2, 2));
}

/// Ordinary web traffic, a CI runner that polls for jobs, a wallet's login by HTTP: nothing, and soon left alone.
#[test]
fn http_that_is_no_mining() {
    let mut dialogue = HttpDialogue::new(ends(Some(Side::A)), &Settings::default());
    let mut tell = Vec::new();
    for number in 1..=20 {
        let body = [
            r#"{"token":"x","info":{"executor":"shell"},"job":{"id":1}}"#,
            r#"{"address":"44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A","view_key":"x","create_account":false}"#,
            r#"{"jsonrpc":"1.0","id":"mon","method":"getmininginfo","params":[]}"#,
            r#"{"jsonrpc":"2.0","id":"0","method":"get_info"}"#,
        ][number % 4];
        let request = format!("POST /login HTTP/1.1\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        dialogue.bytes(Side::A, stamp(number as u64), request.as_bytes(), &mut tell);
        let answer = r#"{"result":{"status":"OK","height":1,"job":{}},"id":1}"#;
        let response = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{answer}", answer.len());
        dialogue.bytes(Side::B, stamp(number as u64), response.as_bytes(), &mut tell);
    }
    assert!(!dialogue.wants());
    dialogue.close(stamp(99), &mut tell);
    assert_eq!(tell.len(), 16, "requests told, bounded");
    assert!(tell.iter().all(|fact| matches!(fact, Fact::HttpRequest(_))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// Any cut of any dialect's transcript gives the same end.
    #[test]
    fn cuts_do_not_matter(cut in 1_usize..2000, sides in prop::sample::select(vec![[true, true], [true, false], [false, true]])) {
        let text = cryptonote::xmrig();
        prop_assert_eq!(through(&text, Way { cut, sides, ..WHOLE }), through(&text, Way { sides, ..WHOLE }));
    }

    /// Whatever comes, nothing breaks; both entry points for fuzzing hold on arbitrary bytes.
    #[test]
    fn arbitrary_bytes(data in prop::collection::vec(any::<u8>(), 0..600)) {
        super::super::fuzz(&data);
    }
}

/// Objects, bytes or garbage without end in front of a session hide none of it: they are only watched, and the session's
/// first word brings the framing back. How it is cut does not matter.
#[test]
fn padding_hides_nothing() {
    let session = cryptonote::xmrig();
    let expected = shares(&through(&session, WHOLE)[0]);
    let long = format!("> {{\"a\":\"{}\"}}\n", "z".repeat(2_000_000));
    for (name, padding) in [
        ("objects of the client", "> {\"a\":1}\n".repeat(5000)),
        ("objects of the server", "< {\"a\":1}\n".repeat(100)),
        ("questions", "> {\"id\":1,\"method\":\"ping\"}\n< {\"id\":1,\"result\":\"pong\"}\n".repeat(300)),
        ("brackets", format!("> {}\n", "[".repeat(300_000))),
        ("depth", format!("> {}\n", "{\"a\":".repeat(3_000))),
        ("one long line", long.clone()),
    ] {
        for cut in [0, 1400] {
            let all = through(&format!("{padding}{session}"), Way { cut, ..WHOLE });
            assert_eq!(all.len(), 1, "{name} in pieces of {cut}");
            assert_eq!(shares(&all[0]), expected, "{name} in pieces of {cut}");
        }
    }
    // The line that could not be kept is said.
    let all = through(&format!("{long}{session}"), Way { cut: 1400, ..WHOLE });
    let long = all[0].troubles.iter().find(|(message, _)| message.id == "session-message-too-long");
    assert_eq!(long.map(|(_, count)| *count), Some(1));
}

/// Joined where a pool only says `true`: minutes later its jobs prove it.
#[test]
fn answers_before_the_first_job_hide_nothing() {
    let yes = "< {\"id\":5,\"result\":true,\"error\":null}\n".repeat(20);
    let job = |id: u32| {
        let h64 = "ab".repeat(32);
        format!(
            "< {{\"id\":null,\"method\":\"mining.notify\",\"params\":[\"{id}\",\"{h64}\",\"0100\",\"00\",[],\"20000000\",\"17034219\",\"6b49d200\",true]}}\n"
        )
    };
    let text: String = std::iter::once(yes).chain((0..5).map(job)).collect();
    let all = through(&text, Way { opener: None, sides: [false, true], ..WHOLE });
    assert_eq!((all[0].proof.distinct_jobs, protocol(&all[0])), (5, "stratum-bitcoin"));
}

/// While it is watched a connection holds nothing.
#[test]
fn a_watched_connection_holds_nothing() {
    let mut dialogue = Dialogue::new(ends(Some(Side::A)), &Settings::default());
    let mut tell = Vec::new();
    for packet in 1..200 {
        dialogue.bytes(Side::A, stamp(packet), b"{\"message\":\"a log line that never ends", &mut tell);
    }
    assert!(dialogue.is_watching() && dialogue.wants());
    assert_eq!((dialogue.held(), tell.len()), (0, 0));
}

fn http_session(said: &[(Side, String)]) -> Vec<MiningSession> {
    let mut dialogue = HttpDialogue::new(ends(Some(Side::A)), &Settings::default());
    let mut tell = Vec::new();
    for (packet, (side, text)) in (1..).zip(said) {
        for piece in text.as_bytes().chunks(1400) {
            dialogue.bytes(*side, stamp(packet), piece, &mut tell);
        }
    }
    dialogue.close(stamp(99), &mut tell);
    let sessions = tell.into_iter().filter_map(|fact| match fact {
        Fact::Session(session) => Some(*session),
        _ => None,
    });
    sessions.collect()
}

fn reply(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

/// One page asked for first: what follows on the connection is read as on any other.
#[test]
fn stratum_behind_one_http_exchange() {
    let before = [(Side::A, "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n".to_owned()), (Side::B, reply("hi"))];
    let said: Vec<_> = before.into_iter().chain(lines(&cryptonote::xmrig())).collect();
    let all = http_session(&said);
    let plain = &through(&cryptonote::xmrig(), WHOLE)[0];
    let s = all.last().unwrap();
    assert_eq!((shares(s), protocol(s)), (shares(plain), "stratum-cryptonote"));
}

/// Heads that break the grammar, or that are longer than anybody's, hide no work asked for.
#[test]
fn sloppy_heads() {
    let work = format!(
        r#"{{"result":{{"data":"{}","target":"{}"}},"id":0,"error":null}}"#,
        "ab".repeat(128),
        "ff".repeat(32)
    );
    let body = r#"{"method": "getwork", "params": [], "id": 0}"#;
    let many: String = (0..200).map(|number| format!("X{number}: a\r\n")).collect();
    for (line, fields) in [
        ("POST / HTTP/1.1", ""),
        ("POST /\u{1b}[31m HTTP/1.1", ""),
        ("POST / HTTP/1.2", ""),
        ("POST / HTTP/1.1", "User-Agent: cgminer\u{1b}[31m\r\n"),
        ("POST / HTTP/1.1", "User-Agent:\r\n cgminer 3.7\r\n"),
        ("POST / HTTP/1.1", &many),
        ("POST / HTTP/1.1", &format!("X: {}\r\nY: b\r\n", "a".repeat(70_000))),
    ] {
        for length in [format!("Content-Length: {}\r\n", body.len()), String::new()] {
            let ask = format!("{line}\r\n{length}{fields}\r\n{body}");
            let said =
                [(Side::A, ask.clone()), (Side::B, reply(&work)), (Side::A, ask), (Side::B, reply(&work))];
            let all = http_session(&said);
            let counts = all.last().map(|s| (s.work.polled, s.work.answered));
            assert_eq!(counts, Some((2, 2)), "{line} {length:?} {}", &fields[..fields.len().min(60)]);
        }
    }
}

/// A log posted to a paste service, a login fetched as a file: documents, not calls.
#[test]
fn documents_over_http() {
    let session = lines(&cryptonote::xmrig());
    let log: String = session.iter().map(|(_, line)| line.as_str()).collect();
    let post = |body: &str| format!("POST /paste HTTP/1.1\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    let get = "GET /login.json HTTP/1.1\r\n\r\n".to_owned();
    for said in [
        [(Side::A, post(&log)), (Side::B, reply("ok"))],
        [(Side::A, get.clone()), (Side::B, reply(&log))],
        [(Side::A, get), (Side::B, reply(&session[0].1))],
        // A job stored by a client.
        [(Side::A, post(&session[1].1)), (Side::B, reply("{}"))],
    ] {
        assert!(http_session(&said).is_empty(), "{said:?}");
    }
}
