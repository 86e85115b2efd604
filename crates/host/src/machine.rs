//! What the machine as a whole is, and how it is set up.

use crate::processes::Sampled;
use crate::{Gaps, View, capabilities};
use model::{Mac, Machine, Reach, Time};
use parse::procfs::{interface_addresses, local_addresses, memory_total, routes};
use std::net::IpAddr;
use std::path::Path;

/// Files read here are short.
const SHORT: usize = 64 * 1024;
/// `/proc/net/fib_trie` of a router is long.
const ROUTES: usize = 8 << 20;
/// Addresses kept.
const ADDRESSES: usize = 64;
/// `TAINT_CPU_OUT_OF_SPEC`: a program wrote a model-specific register (`arch/x86/kernel/msr.c`).
const OUT_OF_SPEC: u64 = 1 << 2;

/// Beginnings of the names of interfaces whose addresses many machines share: bridges of containers and of virtual
/// machines (moby `libnetwork/drivers/bridge`, CNI's bridge plugin, libvirt).
const SHARED: [&str; 7] = ["docker", "br-", "cni", "virbr", "lxcbr", "lxdbr", "podman"];

/// What the machine says of itself.
pub(crate) fn machine(
    view: &mut dyn View,
    sampled: Option<&Sampled>,
    processes: usize,
    gaps: &mut Gaps,
) -> Machine {
    let mut machine = Machine {
        name: text(view, "/etc/hostname").or_else(|| text(view, "/proc/sys/kernel/hostname")),
        system: system(view),
        reach: Reach::Files,
        ..Machine::default()
    };
    let Some(sampled) = sampled else { return machine };
    machine.name = text(view, "/proc/sys/kernel/hostname").or(machine.name);
    machine.kernel = text(view, "/proc/sys/kernel/osrelease");
    machine.processors = sampled.system.processors;
    machine.memory =
        view.read(Path::new("/proc/meminfo"), SHORT).ok().and_then(|c| memory_total(&c.bytes)).unwrap_or(0);
    machine.booted = (sampled.system.booted > 0).then(|| Time::from_secs(sampled.system.booted));
    machine.processes = u32::try_from(processes).unwrap_or(u32::MAX);
    machine.addresses = addresses(view, gaps);
    machine.macs = macs(view);
    let per_second = |ticks: u64| {
        let shares = u128::from(ticks) * 10_000 / u128::from(sampled.watched_ms.max(1));
        u32::try_from(shares).unwrap_or(u32::MAX)
    };
    machine.accounted = sampled.accounted.map(|(kernel, seen)| (per_second(kernel), per_second(seen)));
    let pages = "/sys/kernel/mm/hugepages/hugepages-2048kB";
    machine.huge_pages = number(view, &format!("{pages}/nr_hugepages")).unwrap_or(0);
    machine.huge_pages_free = number(view, &format!("{pages}/free_hugepages")).unwrap_or(0);
    machine.msr_writes_allowed =
        text(view, "/sys/module/msr/parameters/allow_writes").as_deref() == Some("on");
    machine.msr_written =
        number(view, "/proc/sys/kernel/tainted").is_some_and(|taint| taint & OUT_OF_SPEC != 0);
    machine.reach = Reach::Whole;
    let own = capabilities::own(view);
    for (capability, name, what) in [
        (capabilities::PTRACE, "CAP_SYS_PTRACE", "host-reach-processes"),
        (capabilities::READ_SEARCH, "CAP_DAC_READ_SEARCH", "host-reach-files"),
    ] {
        if own & capability == 0 {
            machine.reach = Reach::Partly;
            machine.out_of_reach.push((what, name));
        }
    }
    machine
}

fn text(view: &mut dyn View, path: &str) -> Option<String> {
    let content = view.read(Path::new(path), SHORT).ok()?;
    let text = String::from_utf8_lossy(&content.bytes).trim().to_owned();
    (!text.is_empty()).then_some(text)
}

fn number(view: &mut dyn View, path: &str) -> Option<u64> {
    text(view, path)?.parse().ok()
}

/// `PRETTY_NAME` of os-release(5).
fn system(view: &mut dyn View) -> Option<String> {
    let text = text(view, "/etc/os-release").or_else(|| text(view, "/usr/lib/os-release"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="))?;
    Some(line.trim_matches(['"', '\'']).to_owned())
}

/// The machine's addresses on the network.
fn addresses(view: &mut dyn View, gaps: &mut Gaps) -> Vec<IpAddr> {
    let mut read = |path: &str| match view.read(Path::new(path), ROUTES) {
        Ok(content) => content.bytes,
        Err(fault) => {
            gaps.fault(Path::new(path), fault);
            Vec::new()
        }
    };
    let four = local_addresses(&read("/proc/net/fib_trie"));
    let table = routes(&read("/proc/net/route"));
    let six = interface_addresses(&read("/proc/net/if_inet6"));
    let is_shared = |interface: &str| SHARED.iter().any(|shared| interface.starts_with(shared));
    let own_four = four.into_iter().filter(|address| match address {
        IpAddr::V4(four) => !table.iter().any(|route| route.holds(*four) && is_shared(&route.interface)),
        IpAddr::V6(_) => true,
    });
    let own_six = six.into_iter().filter(|(_, interface)| !is_shared(interface)).map(|(address, _)| address);
    let mut all: Vec<IpAddr> = own_four.chain(own_six).filter(|address| !address.is_loopback()).collect();
    all.sort_unstable();
    all.dedup();
    all.truncate(ADDRESSES);
    all
}

/// Link-layer addresses of interfaces that have hardware or pretend to; bridges left out.
fn macs(view: &mut dyn View) -> Vec<Mac> {
    let folder = Path::new("/sys/class/net");
    let Ok(listing) = view.list(folder) else { return Vec::new() };
    let mut macs = Vec::new();
    for entry in listing.entries.into_iter().take(ADDRESSES) {
        let name = entry.name.to_string_lossy().into_owned();
        if SHARED.iter().any(|shared| name.starts_with(shared)) || name.starts_with("veth") {
            continue;
        }
        let path = folder.join(&entry.name).join("address");
        let Some(text) = path.to_str().and_then(|path| text(view, path)) else { continue };
        let bytes: Vec<u8> = text.split(':').filter_map(|pair| u8::from_str_radix(pair, 16).ok()).collect();
        if let Ok(bytes) = <[u8; 6]>::try_from(bytes)
            && bytes != [0; 6]
        {
            macs.push(Mac(bytes));
        }
    }
    macs.sort_unstable();
    macs.dedup();
    macs
}
