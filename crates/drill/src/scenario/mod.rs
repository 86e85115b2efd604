//! The register of scenarios: what `drill traffic` can write, by name.

mod carried;
mod carried_alike;
mod common;
mod crowd;
mod damaged;
mod fetched;
mod look_alike;
mod office_day;
mod plain;
mod polled;
mod refused;
mod tunnels;
mod wrapped;

pub use office_day::office_day;

use crate::scene::Scene;

/// One capture that can be made.
pub struct Scenario {
    /// Name on the command line, kebab-case, never reused.
    pub id: &'static str,
    /// One sentence: what is in it and why it is hard.
    pub summary: &'static str,
    /// Makes it; the same seed gives the same bytes.
    pub build: fn(u64) -> Scene,
}

/// All scenarios: plain, hard, refused, look-alikes, and the office day.
#[rustfmt::skip] // one line each
pub static SCENARIOS: &[Scenario] = &[
    Scenario { id: "cryptonote-xmrig", summary: "xmrig mines Monero: name look-up, login, jobs, shares, keepalives", build: plain::cryptonote_xmrig },
    Scenario { id: "cryptonote-nodejs", summary: "a CryptoNote pool that puts the session id into jobs; subaddress, rig id", build: plain::cryptonote_nodejs },
    Scenario { id: "cryptonote-integrated", summary: "integrated Monero address, most shares refused", build: plain::cryptonote_integrated },
    Scenario { id: "cryptonote-odd-json", summary: "CryptoNote with reversed keys, blanks, escapes, several lines, byte order mark", build: plain::cryptonote_odd_json },
    Scenario { id: "bitcoin-cgminer", summary: "Bitcoin Stratum as cgminer writes it", build: plain::bitcoin_cgminer },
    Scenario { id: "bitcoin-cpuminer", summary: "Bitcoin Stratum as cpuminer writes it, testnet address", build: plain::bitcoin_cpuminer },
    Scenario { id: "scrypt-dogecoin", summary: "scrypt miner with a Dogecoin address", build: plain::scrypt_dogecoin },
    Scenario { id: "dash-asic", summary: "X11 machine with a Dash address", build: plain::dash_asic },
    Scenario { id: "bitcoin-user-name", summary: "Bitcoin Stratum with a user name instead of a wallet", build: plain::bitcoin_user_name },
    Scenario { id: "bitcoin-version-rolling", summary: "configure, extra nonce, questions of the pool, reconnect to a second server", build: plain::bitcoin_version_rolling },
    Scenario { id: "eth-proxy", summary: "eth-proxy over TCP: work as answers with id 0", build: plain::eth_proxy },
    Scenario { id: "ethminer-stratum", summary: "ethminer's Stratum mode", build: plain::ethminer_stratum },
    Scenario { id: "ethereum-stratum-1", summary: "EthereumStratum/1.0.0 (NiceHash)", build: plain::ethereum_stratum_1 },
    Scenario { id: "ethereum-stratum-2", summary: "EthereumStratum/2.0.0", build: plain::ethereum_stratum_2 },
    Scenario { id: "zcash", summary: "Zcash Stratum, Equihash 200,9", build: plain::zcash },
    Scenario { id: "zhash", summary: "Equihash 144,5 with a personalisation", build: plain::zhash },
    Scenario { id: "kawpow", summary: "KawPow (Ravencoin)", build: plain::kawpow },
    Scenario { id: "kaspa", summary: "Kaspa's bridge", build: plain::kaspa },
    Scenario { id: "ergo", summary: "Ergo, Autolykos 2", build: plain::ergo },
    Scenario { id: "iron-fish", summary: "Iron Fish: body instead of params", build: plain::iron_fish },
    Scenario { id: "conflux", summary: "Conflux, Octopus", build: plain::conflux },
    Scenario { id: "getwork", summary: "getwork over HTTP", build: polled::getwork_http },
    Scenario { id: "eth-getwork-http", summary: "eth_getWork over HTTP, wallet in the query, chunked", build: polled::eth_getwork_http },
    Scenario { id: "eth-getwork-gzip", summary: "eth_getWork over HTTP, wallet in the path, gzip", build: polled::eth_getwork_gzip },
    Scenario { id: "getwork-x-stratum", summary: "getwork whose answer sends the miner to Stratum", build: polled::getwork_x_stratum },
    Scenario { id: "getblocktemplate-solo", summary: "solo mining at a Bitcoin node", build: polled::getblocktemplate_solo },
    Scenario { id: "monero-daemon", summary: "solo mining at a Monero daemon", build: polled::monero_daemon },
    Scenario { id: "bitcoin-byte-by-byte", summary: "each byte in its own segment, reordered, repeated, with keep-alive probes", build: damaged::bitcoin_byte_by_byte },
    Scenario { id: "bitcoin-merged", summary: "all requests in one segment, all answers in one, a line feed missing", build: damaged::bitcoin_merged },
    Scenario { id: "joined-jobs", summary: "capture begins inside a session; server's packets only", build: damaged::joined_jobs },
    Scenario { id: "joined-submits", summary: "capture begins inside a session; client's packets only", build: damaged::joined_submits },
    Scenario { id: "one-way-client", summary: "only the client's packets", build: damaged::one_way_client },
    Scenario { id: "one-way-server", summary: "only the server's packets (Zcash)", build: damaged::one_way_server },
    Scenario { id: "lossy", summary: "5 % of packets missing, reordered by up to 3", build: damaged::lossy },
    Scenario { id: "overlap-differing", summary: "retransmissions with other bytes", build: damaged::overlap_differing },
    Scenario { id: "port-443-plain", summary: "plain Stratum on port 443", build: wrapped::port_443_plain },
    Scenario { id: "port-53-tcp", summary: "plain Stratum on TCP port 53", build: wrapped::port_53_tcp },
    Scenario { id: "port-80-plain", summary: "plain Stratum on port 80", build: wrapped::port_80_plain },
    Scenario { id: "port-25-plain", summary: "plain Stratum on port 25", build: wrapped::port_25_plain },
    Scenario { id: "tls-3333-sni", summary: "Stratum over TLS with server name", build: wrapped::tls_3333_sni },
    Scenario { id: "tls-3333", summary: "Stratum over TLS without server name", build: wrapped::tls_3333 },
    Scenario { id: "tls-self-signed", summary: "Stratum over TLS 1.2 with a self-signed certificate", build: wrapped::tls_self_signed },
    Scenario { id: "two-logins", summary: "two logins on one connection", build: crowd::two_logins },
    Scenario { id: "two-pools", summary: "main pool and donation pool", build: crowd::two_pools },
    Scenario { id: "failover", summary: "failover and back, same client port with a new sequence number", build: crowd::failover },
    Scenario { id: "proxy-in-lan", summary: "inner miners at xmrig-proxy, and its session with the pool", build: crowd::proxy_in_lan },
    Scenario { id: "pool-in-lan", summary: "miners at a pool of the same network, and its node", build: crowd::pool_in_lan },
    Scenario { id: "behind-nat", summary: "three miners behind one address", build: crowd::behind_nat },
    Scenario { id: "ipv6-fragments", summary: "IPv6 with extension headers and fragments", build: wrapped::ipv6_fragments },
    Scenario { id: "ipv4-fragments", summary: "every segment in IPv4 fragments", build: wrapped::ipv4_fragments },
    Scenario { id: "vlan", summary: "two VLAN tags", build: wrapped::vlan },
    Scenario { id: "cooked-1", summary: "Linux cooked capture v1", build: wrapped::cooked_1 },
    Scenario { id: "cooked-2", summary: "Linux cooked capture v2", build: wrapped::cooked_2 },
    Scenario { id: "raw-ip", summary: "raw IP", build: wrapped::raw_ip },
    Scenario { id: "bsd-null", summary: "BSD null header", build: wrapped::bsd_null },
    Scenario { id: "bsd-loop", summary: "OpenBSD loop header", build: wrapped::bsd_loop },
    Scenario { id: "qinq", summary: "three VLAN tags", build: tunnels::qinq },
    Scenario { id: "mpls", summary: "MPLS labels one way, a pseudowire the other", build: tunnels::mpls },
    Scenario { id: "pppoe", summary: "a PPPoE session on Ethernet", build: tunnels::pppoe },
    Scenario { id: "ppp", summary: "PPP, one side with compressed fields", build: tunnels::ppp },
    Scenario { id: "ppp-hdlc", summary: "PPP in HDLC-like framing", build: tunnels::ppp_hdlc },
    Scenario { id: "ppp-ether", summary: "PPPoE without Ethernet", build: tunnels::ppp_ether },
    Scenario { id: "wifi-data", summary: "unencrypted 802.11 data frames", build: tunnels::wifi_data },
    Scenario { id: "wifi-radiotap", summary: "802.11 behind radiotap, padded, with check sequence", build: tunnels::wifi_radiotap },
    Scenario { id: "gre", summary: "GRE, with checksum, key and sequence number one way", build: tunnels::gre },
    Scenario { id: "gre-ethernet", summary: "Ethernet in GRE", build: tunnels::gre_ethernet },
    Scenario { id: "gre-erspan", summary: "mirrored through ERSPAN II one way, III the other", build: tunnels::gre_erspan },
    Scenario { id: "pptp", summary: "PPP in PPTP's GRE", build: tunnels::pptp },
    Scenario { id: "ipip", summary: "IPv4 in IPv4", build: tunnels::ipip },
    Scenario { id: "ip-in-ipv6", summary: "IPv4 in IPv6", build: tunnels::ip_in_ipv6 },
    Scenario { id: "six-in-four", summary: "IPv6 in IPv4", build: tunnels::six_in_four },
    Scenario { id: "ether-ip", summary: "Ethernet in IP", build: tunnels::ether_ip },
    Scenario { id: "authenticated", summary: "behind an IP authentication header", build: tunnels::authenticated },
    Scenario { id: "vxlan", summary: "VXLAN on port 4789", build: tunnels::vxlan },
    Scenario { id: "vxlan-8472", summary: "VXLAN on Linux's old port", build: tunnels::vxlan_8472 },
    Scenario { id: "geneve", summary: "GENEVE, with an option one way", build: tunnels::geneve },
    Scenario { id: "gtp-u", summary: "a mobile subscriber in GTP-U", build: tunnels::gtp_u },
    Scenario { id: "teredo", summary: "IPv6 in Teredo", build: tunnels::teredo },
    Scenario { id: "l2tp", summary: "PPP in L2TP", build: tunnels::l2tp },
    Scenario { id: "tunnel-fragments", summary: "fragments in a tunnel, and the tunnel's packets in fragments", build: tunnels::fragments },
    Scenario { id: "nested", summary: "eight tunnels inside one another", build: tunnels::nested },
    Scenario { id: "vxlan-and-plain", summary: "the same session inside VXLAN and plain", build: tunnels::vxlan_and_plain },
    Scenario { id: "nested-too-deep", summary: "more tunnels inside one another than anybody opens", build: tunnels::nested_too_deep },
    Scenario { id: "tunnel-ports", summary: "name look-ups and a game on the ports of tunnels", build: tunnels::ports },
    Scenario { id: "tunnels-not-opened", summary: "ESP, WireGuard and CAPWAP: nothing to see inside", build: tunnels::not_opened },
    Scenario { id: "snapped-96", summary: "frames cut at 96 bytes", build: wrapped::snapped_96 },
    Scenario { id: "two-interfaces", summary: "two interfaces of different link types, names in the file", build: wrapped::two_interfaces },
    Scenario { id: "name-over-tcp", summary: "the pool's name is an alias, looked up over TCP", build: wrapped::name_over_tcp },
    Scenario { id: "socks5-onion", summary: "SOCKS 5 with password to an onion service, two dialects", build: carried::socks5_onion },
    Scenario { id: "socks5-pipelined", summary: "SOCKS 5 with the login behind the greeting", build: carried::socks5_pipelined },
    Scenario { id: "socks4a", summary: "SOCKS 4a, two dialects", build: carried::socks4a },
    Scenario { id: "connect-after-407", summary: "HTTP CONNECT after a 407, two dialects", build: carried::connect_after_407 },
    Scenario { id: "connect-pipelined", summary: "HTTP CONNECT with the login behind it", build: carried::connect_pipelined },
    Scenario { id: "two-logins-in-tunnel", summary: "two logins inside one SOCKS tunnel", build: carried::two_logins_in_tunnel },
    Scenario { id: "tunnel-in-tunnel", summary: "SOCKS inside CONNECT", build: carried::tunnel_in_tunnel },
    Scenario { id: "proxy-header-1", summary: "PROXY header version 1 before the login", build: carried::proxy_header_1 },
    Scenario { id: "proxy-header-2", summary: "PROXY header version 2 before the login", build: carried::proxy_header_2 },
    Scenario { id: "coinhive", summary: "a page mines over WebSocket: masked, fragmented, pings between", build: carried::coinhive },
    Scenario { id: "coinhive-packed", summary: "the same with permessage-deflate", build: carried::coinhive_packed },
    Scenario { id: "coinhive-base64", summary: "the same as base64 text", build: carried::coinhive_base64 },
    Scenario { id: "webminerpool", summary: "webminerpool, packed and fragmented", build: carried::webminerpool },
    Scenario { id: "webminerpool-binary", summary: "webminerpool in binary frames", build: carried::webminerpool_binary },
    Scenario { id: "websocket-joined", summary: "a page's WebSocket joined behind its handshake", build: carried::websocket_joined },
    Scenario { id: "stratum-in-websocket", summary: "CryptoNote inside a WebSocket", build: carried::stratum_in_websocket },
    Scenario { id: "web-page-embed", summary: "a page that starts a miner is fetched", build: fetched::embed },
    Scenario { id: "script-download", summary: "a script that starts a miner is fetched", build: fetched::script },
    Scenario { id: "archive-download", summary: "a miner's release archive is fetched", build: fetched::archive },
    Scenario { id: "config-download", summary: "a miner's configuration is fetched", build: fetched::config },
    Scenario { id: "refused-user", summary: "the pool does not know the user", build: refused::wrong_user },
    Scenario { id: "refused-coin-type", summary: "the pool has no coin for the miner", build: refused::coin_type },
    Scenario { id: "refused-banned", summary: "the address is banned at login", build: refused::banned },
    Scenario { id: "reset-after-login", summary: "RST after the login", build: refused::reset_after_login },
    Scenario { id: "tls-to-plain-port", summary: "TLS hello to a plain Stratum port", build: refused::tls_to_plain_port },
    Scenario { id: "post-to-stratum", summary: "getwork over HTTP to a Stratum port", build: refused::post_to_stratum },
    Scenario { id: "office", summary: "three ordinary office machines", build: look_alike::office },
    Scenario { id: "electrum-wallet", summary: "Electrum wallet", build: look_alike::electrum },
    Scenario { id: "ovsdb", summary: "Open vSwitch database", build: look_alike::ovsdb },
    Scenario { id: "ethereum-dapp", summary: "Ethereum dapp over HTTP", build: look_alike::dapp },
    Scenario { id: "node-monitor", summary: "monitor of a Bitcoin node, and the node's peer", build: look_alike::node_monitor },
    Scenario { id: "ubus", summary: "OpenWrt's web page", build: look_alike::ubus },
    Scenario { id: "language-server", summary: "language server over TCP", build: look_alike::language_server },
    Scenario { id: "log-shipper", summary: "logs that quote Stratum", build: look_alike::log_shipper },
    Scenario { id: "build-runner", summary: "build runner that polls jobs", build: look_alike::build_runner },
    Scenario { id: "light-wallet", summary: "MyMonero's login over HTTP", build: look_alike::light_wallet },
    Scenario { id: "monero-wallet", summary: "Monero wallet at a remote node", build: look_alike::monero_wallet },
    Scenario { id: "zabbix", summary: "Zabbix active agent", build: look_alike::zabbix },
    Scenario { id: "game-server", summary: "game server with login, job and submit", build: look_alike::game },
    Scenario { id: "price-ticker", summary: "price ticker", build: look_alike::ticker },
    Scenario { id: "pool-website", summary: "somebody reads a pool's web site", build: look_alike::pool_website },
    Scenario { id: "chat-quote", summary: "Stratum pasted into IRC", build: look_alike::chat_quote },
    Scenario { id: "mail-quote", summary: "Stratum quoted in a mail", build: look_alike::mail_quote },
    Scenario { id: "web-page-quote", summary: "Stratum shown on a web page", build: look_alike::web_page_quote },
    Scenario { id: "secure-shell", summary: "half an hour of SSH", build: look_alike::secure_shell },
    Scenario { id: "websocket-ticker", summary: "price ticker over WebSocket", build: carried_alike::ticker },
    Scenario { id: "websocket-dapp", summary: "Ethereum dapp that follows new blocks over WebSocket", build: carried_alike::dapp },
    Scenario { id: "socket-io", summary: "socket.io with job and submit events", build: carried_alike::socket_io },
    Scenario { id: "home-assistant", summary: "Home Assistant's WebSocket", build: carried_alike::home_assistant },
    Scenario { id: "jupyter", summary: "a Jupyter notebook", build: carried_alike::jupyter },
    Scenario { id: "signalr", summary: "SignalR with jobs", build: carried_alike::signalr },
    Scenario { id: "socks-browsing", summary: "pages read through SOCKS", build: carried_alike::socks_browsing },
    Scenario { id: "connect-browsing", summary: "pages read through CONNECT", build: carried_alike::connect_browsing },
    Scenario { id: "wiki-page", summary: "a wiki page that quotes a miner's command line", build: fetched::wiki },
    Scenario { id: "ids-rules", summary: "rules of an IDS are fetched", build: fetched::rules },
    Scenario { id: "office-day", summary: "a working day of thirty hosts, two of which mine", build: office_day },
];

/// The capture of this name, or nothing when there is none.
pub fn traffic(id: &str, seed: u64) -> Option<Scene> {
    SCENARIOS.iter().find(|scenario| scenario.id == id).map(|scenario| (scenario.build)(seed))
}
