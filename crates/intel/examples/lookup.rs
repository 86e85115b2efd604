//! Measures the matchers at a million generated entries: `cargo run --release -p intel --example lookup [COUNT]`.
//!
//! Prints the time of a look-up (half of the questions are answered, half are not) and the memory of each map.

use std::{
    hint::black_box,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    time::{Duration, Instant},
};

use intel::{Intel, Network, PrefixBuilder, SuffixMap, UserList};

/// Questions asked per map.
const QUESTIONS: u32 = 2_000_000;

/// Steps of a linear congruential generator (Knuth's MMIX constants): the same questions in every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 32).unwrap_or(0)
    }
}

fn name(number: u32) -> String {
    format!("host{:x}.pool-{}.example", number, number % 1000)
}

fn show(what: &str, taken: Duration, hits: u32, bytes: usize) {
    let nanos = taken.as_nanos() / u128::from(QUESTIONS);
    let millions = bytes >> 20;
    println!("{what:<28} {nanos:>5} ns a look-up, {hits} of {QUESTIONS} found, {millions} MiB");
}

fn main() {
    let count = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(1_000_000_u32);

    let start = Instant::now();
    let intel = Intel::builtin();
    println!("built-in data loaded in {:?}", start.elapsed());

    let start = Instant::now();
    let mut names = SuffixMap::default();
    let mut numbers = Numbers(1);
    for value in 0..count {
        names.insert(&name(numbers.next()), value);
    }
    println!("{} names read in {:?}", names.len(), start.elapsed());
    let (mut listed, mut other) = (Numbers(1), Numbers(2));
    let asked: Vec<String> = (0..100_000)
        .map(|at| format!("eu.{}", name(if at % 2 == 0 { listed.next() } else { other.next() })))
        .collect();
    let start = Instant::now();
    let mut hits = 0;
    for question in asked.iter().cycle().take(usize::try_from(QUESTIONS).unwrap_or(0)) {
        hits += u32::from(names.longest(black_box(question)).is_some());
    }
    show("names, 4 labels", start.elapsed(), hits, names.bytes());

    let start = Instant::now();
    let mut builder = PrefixBuilder::default();
    let mut numbers = Numbers(3);
    for value in 0..count {
        let address = IpAddr::from(Ipv4Addr::from(numbers.next()));
        let network = Network::new(address, if value % 10 == 0 { 28 } else { 32 });
        builder.insert(network.unwrap_or(Network::single(address)), None, 0);
    }
    let addresses = builder.finish();
    println!("{} IPv4 ranges sorted in {:?}", addresses.len(), start.elapsed());
    let (mut listed, mut other) = (Numbers(3), Numbers(4));
    let asked: Vec<IpAddr> = (0..QUESTIONS)
        .map(|at| {
            IpAddr::from(Ipv4Addr::from(if at % 2 == 0 && at < count { listed.next() } else { other.next() }))
        })
        .collect();
    let start = Instant::now();
    let hits =
        asked.iter().map(|&address| u32::from(addresses.find(black_box(address), 3333).is_some())).sum();
    show("IPv4 addresses, networks", start.elapsed(), hits, addresses.bytes());

    let mut builder = PrefixBuilder::default();
    let mut numbers = Numbers(5);
    let v6 = |high: u32, low: u32| {
        Ipv6Addr::from(0x2001_0db8_u128 << 96 | u128::from(high) << 64 | u128::from(low))
    };
    for _ in 0..count {
        builder.insert(Network::single(v6(numbers.next(), numbers.next()).into()), Some(3333), 0);
    }
    let addresses = builder.finish();
    let mut numbers = Numbers(5);
    let start = Instant::now();
    let hits = (0..QUESTIONS)
        .map(|_| u32::from(addresses.find(v6(numbers.next(), numbers.next()).into(), 3333).is_some()))
        .sum();
    show("IPv6 addresses with port", start.elapsed(), hits, addresses.bytes());

    let mut text = String::new();
    let mut numbers = Numbers(6);
    for _ in 0..count / 2 {
        text += &format!("{} XMR\n{}\n", name(numbers.next()), Ipv4Addr::from(numbers.next() | 0x0100_0000));
    }
    let start = Instant::now();
    let (list, errors) = UserList::parse(&text);
    let taken = start.elapsed();
    println!(
        "user list: {} entries, {} errors, {taken:?}, {} MiB",
        list.len(),
        errors.len(),
        list.bytes() >> 20
    );

    let start = Instant::now();
    let mut hits = 0;
    for at in 0..QUESTIONS {
        let question = if at % 2 == 0 { "xmr-eu1.nanopool.org" } else { "www.example.com" };
        hits += u32::from(intel.pool_by_name(black_box(question)).is_some());
    }
    show("built-in, pool_by_name", start.elapsed(), hits, 0);
}
