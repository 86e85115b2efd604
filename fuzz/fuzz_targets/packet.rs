//! Packet headers under any link type, in any carrier.
//!
//! covers: crates/parse/src/net/carrier/ah.rs
//! covers: crates/parse/src/net/carrier/erspan.rs
//! covers: crates/parse/src/net/carrier/ether_ip.rs
//! covers: crates/parse/src/net/carrier/geneve.rs
//! covers: crates/parse/src/net/carrier/gre.rs
//! covers: crates/parse/src/net/carrier/gtp.rs
//! covers: crates/parse/src/net/carrier/ip_in_ip.rs
//! covers: crates/parse/src/net/carrier/l2tp.rs
//! covers: crates/parse/src/net/carrier/mod.rs
//! covers: crates/parse/src/net/carrier/mpls.rs
//! covers: crates/parse/src/net/carrier/ppp.rs
//! covers: crates/parse/src/net/carrier/pppoe.rs
//! covers: crates/parse/src/net/carrier/radiotap.rs
//! covers: crates/parse/src/net/carrier/sealed.rs
//! covers: crates/parse/src/net/carrier/teredo.rs
//! covers: crates/parse/src/net/carrier/vxlan.rs
//! covers: crates/parse/src/net/carrier/wifi.rs
//! covers: crates/parse/src/net/ipv4.rs
//! covers: crates/parse/src/net/ipv6.rs
//! covers: crates/parse/src/net/layer.rs
//! covers: crates/parse/src/net/link.rs
//! covers: crates/parse/src/net/mod.rs
//! covers: crates/parse/src/net/packet.rs
//! covers: crates/parse/src/net/plain.rs
//! covers: crates/parse/src/net/transport.rs
//! covers: crates/parse/src/net/tunnel.rs
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| parse::net::fuzz(data));
