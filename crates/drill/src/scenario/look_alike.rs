//! What only looks like mining: every host must stay at `noted` or below.

use std::time::Duration;

use crate::benign::{Script, chat, crypto, office};
use crate::rng::Rng;
use crate::scene::{HostTruth, Level, Role, Scene};
use crate::stage::{MORNING, Stage, inside, server};
use crate::wire::Node;

/// Notes a host that must not exceed this level.
pub(super) fn bystander(stage: &mut Stage, host: Node, name: Option<&str>, role: Role, most: Level) {
    stage.scene.truth.hosts.push(HostTruth {
        addresses: vec![host.address],
        name: name.map(str::to_owned),
        role,
        least: Level::Clear,
        most,
        sessions: Vec::new(),
    });
}

pub(super) fn one(
    seed: u64,
    id: &str,
    note: &str,
    port: u16,
    script: impl FnOnce(&mut Rng) -> Script,
) -> Scene {
    let mut stage = Stage::new(seed, id);
    let script = script(&mut stage.rng);
    office::connect(&mut stage, MORNING, inside(31), server(31), port, &script);
    bystander(&mut stage, inside(31), None, Role::Bystander, Level::Noted);
    stage.finish(note)
}

pub(super) fn office(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "office");
    for (at, system) in
        [office::System::Windows, office::System::Linux, office::System::Mac].into_iter().enumerate()
    {
        let host = inside(30 + at as u8);
        let start = MORNING + Duration::from_secs(at as u64 * 5);
        let ready = office::arrive(&mut stage, start, host, &format!("pc-{at:02}"), system);
        office::ntp(&mut stage, ready, host, server(123));
        let script = office::pages(&mut stage.rng, "www.example.com", 4, 3_000);
        office::visit(
            &mut stage,
            ready + Duration::from_secs(2),
            host,
            "www.example.com",
            server(10),
            443,
            &script,
        );
        let script = office::plain_pages(&mut stage.rng, "intranet.example", 3);
        office::visit(
            &mut stage,
            ready + Duration::from_secs(9),
            host,
            "intranet.example",
            server(11),
            80,
            &script,
        );
        let script = chat::secure_shell(&mut stage.rng, 40);
        office::connect(&mut stage, ready + Duration::from_secs(20), host, server(22), 22, &script);
        bystander(&mut stage, host, Some(&format!("pc-{at:02}")), Role::Bystander, Level::Clear);
    }
    stage.finish("three ordinary machines: DHCP, ARP, NBNS, mDNS, NTP, TLS, HTTP, SSH")
}

pub(super) fn electrum(seed: u64) -> Scene {
    one(seed, "electrum-wallet", "500 script subscriptions, header pushes", 50_001, |rng| {
        crypto::electrum(rng, 500, 6, 60_000)
    })
}

pub(super) fn ovsdb(seed: u64) -> Scene {
    one(seed, "ovsdb", "updates with id null, echo", 6640, |rng| chat::ovsdb(rng, 25))
}

pub(super) fn dapp(seed: u64) -> Scene {
    one(seed, "ethereum-dapp", "eth_ methods over HTTP, none of a miner's", 80, |rng| crypto::dapp(rng, 60))
}

pub(super) fn node_monitor(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "node-monitor");
    let (monitor, node) = (inside(31), inside(40));
    let script = crypto::node_monitor(&mut stage.rng, 60, 10_000);
    office::connect(&mut stage, MORNING, monitor, node, 8332, &script);
    let script = crypto::bitcoin_peer(&mut stage.rng, 12);
    office::connect(&mut stage, MORNING + Duration::from_secs(1), node, server(83), 8333, &script);
    bystander(&mut stage, monitor, None, Role::Bystander, Level::Noted);
    bystander(&mut stage, node, None, Role::Node, Level::Noted);
    stage.finish("getmininginfo each 10 s at a full node with a peer")
}

pub(super) fn ubus(seed: u64) -> Scene {
    one(seed, "ubus", "login and calls of a router's web page", 80, |rng| chat::ubus(rng, 40))
}

pub(super) fn language_server(seed: u64) -> Scene {
    one(seed, "language-server", "JSON-RPC 2.0 behind Content-Length", 2087, |rng| {
        chat::language_server(rng, 40)
    })
}

pub(super) fn log_shipper(seed: u64) -> Scene {
    one(seed, "log-shipper", "log lines that quote a Stratum dialogue", 5044, |rng| {
        chat::log_shipper(rng, 20, seed)
    })
}

pub(super) fn build_runner(seed: u64) -> Scene {
    one(seed, "build-runner", "polls for jobs, submits results", 80, |rng| chat::build_runner(rng, 60, 3_000))
}

pub(super) fn light_wallet(seed: u64) -> Scene {
    one(seed, "light-wallet", "login with a valid Monero address over HTTP", 80, |rng| {
        crypto::light_wallet(rng, 30, seed)
    })
}

pub(super) fn monero_wallet(seed: u64) -> Scene {
    one(seed, "monero-wallet", "get_info and fee estimates at a remote node", 18_089, |rng| {
        crypto::monero_wallet(rng, 40, 10_000)
    })
}

pub(super) fn zabbix(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "zabbix");
    for round in 0..20 {
        let script = chat::zabbix(&mut stage.rng, round % 4 == 0);
        let time = MORNING + Duration::from_secs(30 * round);
        office::connect(&mut stage, time, inside(31), inside(41), 10_051, &script);
    }
    bystander(&mut stage, inside(31), None, Role::Bystander, Level::Noted);
    stage.finish("active checks and agent data each 30 s")
}

pub(super) fn game(seed: u64) -> Scene {
    one(seed, "game-server", "JSON lines login, job, submit", 3333, |rng| chat::game(rng, 40))
}

pub(super) fn ticker(seed: u64) -> Scene {
    one(seed, "price-ticker", "prices as JSON lines", 9443, |rng| crypto::ticker(rng, 200))
}

/// A person reads a pool's web site once: its name is asked and seen in the hello, nothing more.
pub(super) fn pool_website(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "pool-website");
    let script = office::pages(&mut stage.rng, "www.pool.example", 12, 6_000);
    office::visit(&mut stage, MORNING, inside(31), "www.pool.example", server(90), 443, &script);
    bystander(&mut stage, inside(31), None, Role::Bystander, Level::Noted);
    stage.finish("a pool's web site read once by a browser")
}

pub(super) fn chat_quote(seed: u64) -> Scene {
    one(seed, "chat-quote", "a Stratum dialogue pasted into IRC", 6667, |rng| chat::irc(rng, seed))
}

pub(super) fn mail_quote(seed: u64) -> Scene {
    one(seed, "mail-quote", "a Stratum dialogue quoted in a mail", 25, |rng| chat::mail(rng, seed))
}

pub(super) fn web_page_quote(seed: u64) -> Scene {
    one(seed, "web-page-quote", "a web page that shows a Stratum dialogue", 80, |rng| {
        let mut script = Script::default();
        let text = chat::quoted(rng, seed).join("\n");
        let headers = [("User-Agent", "Mozilla/5.0 (X11; Linux x86_64)")];
        script.client(2, crate::wire::http::request("GET", "/stratum.html", "blog.example", &headers, ""));
        let body = format!("<html><h1>Stratum</h1><pre>\n{text}\n</pre></html>\n");
        script.server(
            8,
            crate::wire::http::response("200 OK", &[("Content-Type", "text/html")], body.as_bytes()),
        );
        script
    })
}

pub(super) fn secure_shell(seed: u64) -> Scene {
    one(seed, "secure-shell", "keystrokes for half an hour", 22, |rng| chat::secure_shell(rng, 900))
}
