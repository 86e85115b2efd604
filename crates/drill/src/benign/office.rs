//! What every office machine does: it gets an address, tells its name, asks the time, reads web pages.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use super::{Script, pause};
use crate::rng::Rng;
use crate::scene::Time;
use crate::stage::{RESOLVER, Stage};
use crate::tcp::{Close, Side};
use crate::wire::dhcp::{self, Lease};
use crate::wire::{Node, dns, http, link, nbns, tls};

/// What kind of machine, as far as its broadcasts differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum System {
    Windows,
    Linux,
    Mac,
}

const BROADCAST: Node = Node { address: IpAddr::V4(Ipv4Addr::BROADCAST), mac: [0xFF; 6] };
const MULTICAST_DNS: Node =
    Node { address: IpAddr::V4(Ipv4Addr::new(224, 0, 0, 251)), mac: [0x01, 0x00, 0x5E, 0x00, 0x00, 0xFB] };

fn v4(node: Node) -> Ipv4Addr {
    match node.address {
        IpAddr::V4(address) => address,
        IpAddr::V6(_) => Ipv4Addr::UNSPECIFIED,
    }
}

/// The machine is switched on: DHCP, ARP, and its name by NBNS or mDNS. Returns when it is ready.
pub(crate) fn arrive(stage: &mut Stage, time: Time, host: Node, name: &str, system: System) -> Time {
    let vendor = match system {
        System::Windows => "MSFT 5.0",
        System::Linux => "dhcpcd-10.0.6:Linux-6.8.0:x86_64",
        System::Mac => "",
    };
    let lease = Lease {
        transaction: stage.rng.bits() as u32,
        mac: host.mac,
        address: v4(host),
        server: v4(RESOLVER),
        name,
        vendor,
    };
    let nobody = Node { address: IpAddr::V4(Ipv4Addr::UNSPECIFIED), mac: host.mac };
    let mut now = time;
    for (kind, from, to) in [
        (dhcp::Kind::Discover, (nobody, 68), (BROADCAST, 67)),
        (dhcp::Kind::Offer, (RESOLVER, 67), (host, 68)),
        (dhcp::Kind::Request, (nobody, 68), (BROADCAST, 67)),
        (dhcp::Kind::Ack, (RESOLVER, 67), (host, 68)),
    ] {
        stage.udp(now, from, to, &dhcp::message(kind, &lease));
        now = now + stage.rng.delay(Duration::from_millis(6), 0.5);
    }
    arp(stage, now, host, host);
    arp(stage, now + Duration::from_millis(2), host, RESOLVER);
    now = now + Duration::from_millis(20);
    if system == System::Windows {
        let message = nbns::registration(stage.rng.bits() as u16, name, v4(host));
        let subnet = Node { address: IpAddr::V4(Ipv4Addr::new(192, 168, 10, 255)), mac: [0xFF; 6] };
        stage.udp(now, (host, 137), (subnet, 137), &message);
    } else {
        let owner = format!("{name}.local");
        let reverse = {
            let [a, b, c, d] = v4(host).octets();
            format!("{d}.{c}.{b}.{a}.in-addr.arpa")
        };
        let records = [
            dns::Record { owner: owner.clone(), lives: 120, data: dns::Data::Address(host.address) },
            dns::Record { owner: reverse, lives: 120, data: dns::Data::Pointer(owner) },
        ];
        stage.udp(now, (host, 5353), (MULTICAST_DNS, 5353), &dns::announcement(&records));
    }
    now + Duration::from_millis(300)
}

/// Who has this address? And the answer, unless the machine asks for its own.
pub(crate) fn arp(stage: &mut Stage, time: Time, asks: Node, about: Node) {
    let link = stage.wire.link.clone();
    let mut keep = |time, from: Node, to: Node, message: &[u8]| {
        let bytes = link.frame(from.mac, to.mac, 0x0806, message);
        stage.scene.packets.push(crate::scene::Packet { time, interface: stage.wire.interface, bytes });
    };
    keep(time, asks, BROADCAST, &link::arp(false, (asks.mac, v4(asks)), ([0; 6], v4(about))));
    if asks.address != about.address {
        let answer = link::arp(true, (about.mac, v4(about)), (asks.mac, v4(asks)));
        keep(time + Duration::from_micros(350), about, asks, &answer);
    }
}

/// A question to a time server and its answer (RFC 5905, mode 3 and 4).
pub(crate) fn ntp(stage: &mut Stage, time: Time, host: Node, server: Node) {
    // seconds since 1900
    let stamp = |time: Time| ((time.seconds() + 2_208_988_800) << 32 | stage_fraction(time)).to_be_bytes();
    let mut ask = vec![0x23, 0, 6, 0xEC];
    ask.resize(40, 0);
    ask.extend_from_slice(&stamp(time));
    let mut answer = vec![0x24, 2, 6, 0xEC, 0, 0, 0x02, 0x10, 0, 0, 0x03, 0x20, 203, 0, 113, 1];
    for at in [time, time, time, time + Duration::from_millis(8)] {
        answer.extend_from_slice(&stamp(at));
    }
    let port = stage.port();
    stage.udp(time, (host, port), (server, 123), &ask);
    stage.udp(time + Duration::from_millis(17), (server, 123), (host, port), &answer);
}

/// The part of a second in units of 2^-32 s.
fn stage_fraction(time: Time) -> u64 {
    ((time.0 % 1_000_000_000) << 32) / 1_000_000_000
}

/// Pages read over TLS: hello, then requests and answers of random bytes.
pub(crate) fn pages(rng: &mut Rng, name: &str, requests: u64, median: u64) -> Script {
    let mut script = Script::default();
    script.client(1, tls::client_hello(rng, tls::Program::Browser, Some(name)));
    let certificate = rng.between(900, 1_700) as usize;
    script.server(4, tls::server_hello(rng, certificate));
    script.client(1, tls::client_finished(rng));
    for _ in 0..requests {
        let ask = rng.between(90, 420) as usize;
        script.client(pause(rng, 2_500), tls::sealed(rng, ask));
        let size = rng.log_normal(median as f64, 0.9).min(20_000.0) as usize;
        script.server(12, tls::sealed(rng, size));
    }
    script
}

/// Pages read in clear.
pub(crate) fn plain_pages(rng: &mut Rng, name: &str, requests: u64) -> Script {
    const WORDS: [&str; 8] =
        ["report", "office", "meeting", "agenda", "minutes", "supply", "printer", "holiday"];
    let mut script = Script::default();
    let headers =
        [("User-Agent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0)"), ("Accept", "text/html")];
    for page in 0..requests {
        let path = format!("/{}/{page}", rng.pick(&WORDS));
        script.client(
            if page == 0 { 2 } else { pause(rng, 4_000) },
            http::request("GET", &path, name, &headers, ""),
        );
        let count = rng.between(20, 300);
        let text: Vec<&str> = (0..count).map(|_| *rng.pick(&WORDS)).collect();
        let body = format!("<!doctype html><title>{path}</title><p>{}</p>\n", text.join(" "));
        script.server(
            9,
            http::response("200 OK", &[("Server", "nginx"), ("Content-Type", "text/html")], body.as_bytes()),
        );
    }
    script
}

/// Looks the name up, connects, plays, and closes.
pub(crate) fn visit(
    stage: &mut Stage,
    time: Time,
    host: Node,
    name: &str,
    server: Node,
    port: u16,
    script: &Script,
) {
    let start = stage.look_up(time, host, name, server.address) + Duration::from_micros(900);
    connect(stage, start, host, server, port, script);
}

/// Connects, plays, and closes.
pub(crate) fn connect(stage: &mut Stage, time: Time, host: Node, server: Node, port: u16, script: &Script) {
    let mut conversation = stage.conversation(host, server, port);
    conversation.close = Close::Finish(Side::Client);
    if server.mac != crate::stage::ROUTER_MAC {
        conversation.round_trip = Duration::from_micros(400);
    }
    stage.play(&conversation, time, &script.turns);
}
