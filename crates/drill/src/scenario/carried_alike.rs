//! What goes through proxies and WebSockets without being mining: every host must stay at `noted` or below.

use super::look_alike::one;
use crate::benign::{Script, office, websocket};
use crate::rng::Rng;
use crate::scene::Scene;
use crate::wire::proxy;
use crate::wire::websocket::{Style, frames, handshake};

/// Messages over WebSocket, packed as browsers and servers agree on by default.
fn over_websocket(seed: u64, id: &str, note: &str, say: impl FnOnce(&mut Rng) -> Script) -> Scene {
    one(seed, id, note, 80, |rng| {
        let script = say(rng);
        let style = Style { packed: true, ..Style::default() };
        let mut turns =
            handshake("www.example.com", "/socket", "http://www.example.com", style.packed).to_vec();
        turns.extend(frames(rng, &script.turns, style));
        Script { turns }
    })
}

pub(super) fn ticker(seed: u64) -> Scene {
    over_websocket(seed, "websocket-ticker", "prices over WebSocket", |rng| websocket::ticker(rng, 120))
}

pub(super) fn dapp(seed: u64) -> Scene {
    over_websocket(seed, "websocket-dapp", "eth_subscribe newHeads", |rng| websocket::dapp(rng, 40))
}

pub(super) fn socket_io(seed: u64) -> Scene {
    over_websocket(seed, "socket-io", "events named job and submit", |rng| websocket::socket_io(rng, 40))
}

pub(super) fn home_assistant(seed: u64) -> Scene {
    over_websocket(seed, "home-assistant", "auth and events", |rng| websocket::home_assistant(rng, 60))
}

pub(super) fn jupyter(seed: u64) -> Scene {
    over_websocket(seed, "jupyter", "a kernel's messages", |rng| websocket::jupyter(rng, 30))
}

pub(super) fn signalr(seed: u64) -> Scene {
    over_websocket(seed, "signalr", "calls named job, pings", |rng| websocket::signalr(rng, 30))
}

pub(super) fn socks_browsing(seed: u64) -> Scene {
    one(seed, "socks-browsing", "pages read through SOCKS 5", 1080, |rng| {
        let mut script = proxy::socks5("www.example.com", 443);
        script.turns.extend(office::pages(rng, "www.example.com", 8, 4_000).turns);
        script
    })
}

pub(super) fn connect_browsing(seed: u64) -> Scene {
    one(seed, "connect-browsing", "pages read through CONNECT", 3128, |rng| {
        let mut script = proxy::connect_after_407("www.example.com", 443);
        script.turns.extend(office::pages(rng, "www.example.com", 8, 4_000).turns);
        script
    })
}
