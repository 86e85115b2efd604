//! Who a host is: ARP, neighbour discovery, DHCP, DHCPv6, NetBIOS. Each parser takes the same bytes.
//!
//! covers: crates/parse/src/app/arp.rs
//! covers: crates/parse/src/app/dhcp.rs
//! covers: crates/parse/src/app/dhcpv6.rs
//! covers: crates/parse/src/app/nbdgm.rs
//! covers: crates/parse/src/app/nbns.rs
//! covers: crates/parse/src/app/ndp.rs
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    parse::app::arp::fuzz(data);
    parse::app::dhcp::fuzz(data);
    parse::app::dhcpv6::fuzz(data);
    parse::app::nbdgm::fuzz(data);
    parse::app::nbns::fuzz(data);
    parse::app::ndp::fuzz(data);
});
