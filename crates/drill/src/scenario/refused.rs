//! Miners that were turned away: intent without a share.

use std::time::Duration;

use super::common::xmr;
use crate::miner::{Account, Talk, bitcoin, cryptonote};
use crate::rng::Rng;
use crate::scene::{Facts, Level, Scene};
use crate::stage::{MORNING, Stage, inside, pool};
use crate::tcp::{Close, Side};
use crate::wire::http;

fn turned_away(
    seed: u64,
    id: &str,
    note: &str,
    (least, most): (Level, Level),
    close: Close,
    talk: impl FnOnce(&mut Rng) -> Talk,
) -> Scene {
    let mut stage = Stage::new(seed, id);
    let talk = talk(&mut stage.rng);
    let mut conversation = stage.conversation(inside(23), pool(9), 3333);
    conversation.close = close;
    stage.mine(&conversation, MORNING, talk);
    stage.levels(least, most);
    stage.finish(note)
}

/// A request with its paired answer.
const PAIRED: (Level, Level) = (Level::Probable, Level::Confirmed);
const BY_SERVER: Close = Close::Finish(Side::Server);

fn user() -> Account {
    let mut account = Account::user("", "cgminer/4.11.1");
    account.suffix = "nobody.rig1".to_owned();
    account
}

pub(super) fn wrong_user(seed: u64) -> Scene {
    turned_away(seed, "refused-user", "unknown user, code 24", PAIRED, BY_SERVER, |rng| {
        bitcoin::refused(rng, &user(), 24, "Unauthorized worker")
    })
}

pub(super) fn coin_type(seed: u64) -> Scene {
    turned_away(seed, "refused-coin-type", "the pool's own text, code 201", PAIRED, BY_SERVER, |rng| {
        bitcoin::refused(rng, &user(), 201, "Cannot Found Minning Coin Type")
    })
}

pub(super) fn banned(seed: u64) -> Scene {
    turned_away(seed, "refused-banned", "address banned at login", PAIRED, BY_SERVER, |rng| {
        cryptonote::refused(rng, &xmr(seed), "IP Address currently banned")
    })
}

pub(super) fn reset_after_login(seed: u64) -> Scene {
    turned_away(
        seed,
        "reset-after-login",
        "RST instead of an answer to the login",
        PAIRED,
        Close::Reset(Side::Server),
        |rng| {
            let mut talk = cryptonote::refused(rng, &xmr(seed), "");
            talk.turns.pop();
            talk
        },
    )
}

pub(super) fn tls_to_plain_port(seed: u64) -> Scene {
    let open = (Level::Clear, Level::Probable);
    turned_away(
        seed,
        "tls-to-plain-port",
        "ClientHello answered by parse errors of Stratum",
        open,
        BY_SERVER,
        |rng| {
            let hello = crate::wire::tls::client_hello(rng, crate::wire::tls::Program::OpenSsl, None);
            let mut talk = Talk { facts: Facts::default(), ..Talk::default() };
            let errors = hello.iter().filter(|&&byte| byte == b'\n').count().max(1);
            talk.exchange(
                rng,
                hello,
                "{\"id\":null,\"result\":null,\"error\":[-32700,\"Parse error\",null]}\n".repeat(errors),
            );
            talk
        },
    )
}

pub(super) fn post_to_stratum(seed: u64) -> Scene {
    turned_away(
        seed,
        "post-to-stratum",
        "getwork over HTTP at a Stratum port: one error per line",
        PAIRED,
        BY_SERVER,
        |rng| {
            let account = Account { agent: Some("cgminer 4.11.1".to_owned()), ..user() };
            let mut talk = Talk { facts: account.facts("getwork"), ..Talk::default() };
            talk.facts.agent.clone_from(&account.agent);
            let authorisation = format!("Basic {}", http::base64(b"nobody.rig1:x"));
            let headers = [
                ("Authorization", authorisation.as_str()),
                ("User-Agent", "cgminer 4.11.1"),
                ("Content-Type", "application/json"),
                ("X-Mining-Extensions", "longpoll midstate rollntime submitold"),
            ];
            let body = "{\"method\":\"getwork\",\"params\":[],\"id\":0}\n";
            let ask = http::request("POST", "/", "198.51.100.9:3333", &headers, body);
            let lines = ask.lines().count();
            talk.client(Duration::from_millis(2), ask);
            let errors =
                "{\"id\":null,\"result\":null,\"error\":[20,\"Other/Unknown\",null]}\n".repeat(lines);
            talk.server(super::super::miner::answer_time(rng), errors);
            talk
        },
    )
}
