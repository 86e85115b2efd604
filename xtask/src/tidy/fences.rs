//! Words that a crate may not say: no file, network, process, environment, clock or terminal where nothing but
//! values may come in and go out. The compiler cannot hold this fence without `no_std`; this list does.

use super::Violation;
use crate::source::Source;
use crate::tree::Tree;

/// Paths of `std`, refused with everything below them.
const WORLD: &[&str] = &[
    "std::fs",
    "std::net::Tcp",
    "std::net::Udp",
    "std::net::ToSocketAddrs",
    "std::net::*",
    "std::os",
    "std::process",
    "std::env",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    "std::*",
    "std::self",
    "tokio",
    "libc",
];
/// What no crate may use: Minehound contacts nobody.
const NETWORK: &[&str] = &["std::net::Tcp", "std::net::Udp", "std::net::ToSocketAddrs", "std::os::unix::net"];
/// Names, wherever they come from.
const CLOCK: &[&str] = &["SystemTime", "Instant"];
/// Macros that write to the terminal.
const PRINT: &[&str] = &["println!", "eprintln!", "print!", "eprint!", "dbg!"];

/// What a crate must do without.
struct Fence {
    folder: &'static str,
    paths: &'static [&'static str],
    names: &'static [&'static [&'static str]],
    why: &'static str,
}

/// The first fence whose folder holds the file counts.
const FENCES: &[Fence] = &[
    Fence {
        folder: "crates/model/src/",
        paths: WORLD,
        names: &[CLOCK, PRINT],
        why: "the vocabulary is plain data",
    },
    Fence {
        folder: "crates/intel/src/",
        paths: WORLD,
        names: &[CLOCK, PRINT],
        why: "what is known comes in as bytes",
    },
    Fence {
        folder: "crates/parse/src/",
        paths: WORLD,
        names: &[CLOCK, PRINT],
        why: "a parser sees bytes and nothing else",
    },
    Fence {
        folder: "crates/flow/src/",
        paths: WORLD,
        names: &[CLOCK, PRINT],
        why: "flows see packets and nothing else",
    },
    Fence {
        folder: "crates/evidence/src/",
        paths: WORLD,
        names: &[CLOCK, PRINT],
        why: "a reader opens evidence through `source` only",
    },
    Fence {
        folder: "crates/detect/src/",
        paths: WORLD,
        names: &[CLOCK, PRINT],
        why: "a detector sees observations and nothing else",
    },
    Fence {
        folder: "crates/verdict/src/",
        paths: WORLD,
        names: &[CLOCK, PRINT],
        why: "a verdict follows from findings alone",
    },
    Fence {
        folder: "crates/report/src/",
        paths: WORLD,
        names: &[CLOCK, PRINT],
        why: "a report shows a case and cannot act",
    },
    Fence {
        folder: "crates/engine/src/",
        paths: NETWORK,
        names: &[CLOCK, PRINT],
        why: "nothing below `cli` asks the clock or prints",
    },
    Fence {
        folder: "crates/drill/src/",
        paths: NETWORK,
        names: &[CLOCK, PRINT],
        why: "a drill follows from its seed",
    },
    Fence { folder: "crates/", paths: NETWORK, names: &[], why: "Minehound contacts nobody" },
];

/// The one place of `evidence` that may touch files: the type through which readers read, and the walk over folders.
const DOORS: &[&str] = &["crates/evidence/src/source", "crates/evidence/src/discover"];

/// Looks for fenced words in code that ships.
pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (path, text) in tree.rust() {
        let Some(fence) = FENCES.iter().find(|fence| path.starts_with(fence.folder)) else { continue };
        let paths = if is_door(path) { NETWORK } else { fence.paths };
        let source = Source::new(path, text);
        let mut refuse = |at: usize, word: &str| {
            let what = format!("`{word}` is fenced off here: {}", fence.why);
            violations.push(Violation::at(path, source.line(at), what));
        };
        for word in fence.names.iter().copied().flatten() {
            source.shipped_words(word).for_each(|at| refuse(at, word));
        }
        for (at, used) in source.uses().into_iter().filter(|(at, _)| !source.is_test(*at)) {
            if let Some(word) = paths.iter().find(|word| names(&used, word)) {
                refuse(at, word);
            }
        }
        for word in paths.iter().filter(|word| !word.ends_with("::*") && !word.ends_with("::self")) {
            for (at, _) in source.code.match_indices(word).filter(|(at, _)| !source.is_test(*at)) {
                if names(&path_at(&source.code, at), word) {
                    refuse(at, word);
                }
            }
        }
    }
    violations.sort();
    violations.dedup();
    violations
}

fn is_door(path: &str) -> bool {
    DOORS.iter().any(|door| path == format!("{door}.rs") || path.starts_with(&format!("{door}/")))
}

/// The path that begins at a place, or nothing when the place is inside a longer name.
fn path_at(code: &str, at: usize) -> String {
    let inside =
        code[..at].chars().next_back().is_some_and(|before| before.is_alphanumeric() || before == '_');
    let absolute = code[..at].ends_with("::");
    if inside || (absolute && code[..at - 2].chars().next_back().is_some_and(char::is_alphanumeric)) {
        return String::new();
    }
    code[at..]
        .chars()
        .take_while(|character| character.is_alphanumeric() || matches!(character, '_' | ':'))
        .collect()
}

/// Whether a path is the fenced one or lies below it. `std::net::Tcp` stands for every name that begins so.
fn names(path: &str, fenced: &str) -> bool {
    match path.trim_start_matches("::").strip_prefix(fenced) {
        Some("") => true,
        Some(rest) => rest.starts_with("::") || fenced.ends_with("Tcp") || fenced.ends_with("Udp"),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(path: &str, text: &str) -> Vec<usize> {
        check(&Tree::of(&[(path, text)])).iter().filter_map(|violation| violation.line).collect()
    }

    #[test]
    fn every_way_to_the_world_is_found() {
        let text = "use std::fs;\nuse std::{net::{IpAddr, TcpStream}, io};\nfn a() { std::env::var(\"A\"); }\n\
                    use std::time::Instant;\nfn b() { println!(\"b\"); }\nuse std::net::ToSocketAddrs;\n\
                    fn c() { ::std::process::exit(1); }\nuse std::net::*;\nuse std as s;\n";
        assert_eq!(lines("crates/detect/src/a.rs", text), [1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(lines("crates/detect/src/a.rs", "use std::{self as s};\n"), [1]);
    }

    #[test]
    fn addresses_comments_and_tests_are_no_trespass() {
        let text = "use std::net::{IpAddr, Ipv4Addr};\n// std::fs, Instant\nfn mystd() { my_std::fs::x(); }\n\
                    #[cfg(test)]\nmod tests {\n use std::fs;\n}\n";
        assert_eq!(lines("crates/parse/src/a.rs", text), [0; 0]);
        assert_eq!(lines("crates/cli/src/main.rs", "use std::fs;\nprintln!();\n"), [0; 0]);
    }

    #[test]
    fn nobody_opens_a_socket() {
        assert_eq!(lines("crates/cli/src/main.rs", "use std::net::{IpAddr, UdpSocket};\n"), [1]);
        assert_eq!(
            lines("crates/evidence/src/source.rs", "fn a() { std::net::TcpStream::connect(b); }\n"),
            [1]
        );
    }

    #[test]
    fn evidence_has_one_door_and_the_engine_no_clock() {
        assert_eq!(lines("crates/evidence/src/source.rs", "use std::fs::File;\n"), [0; 0]);
        assert_eq!(lines("crates/evidence/src/discover/walk.rs", "use std::fs::File;\n"), [0; 0]);
        assert_eq!(lines("crates/evidence/src/readers/pcap.rs", "use std::fs::File;\n"), [1]);
        assert_eq!(
            lines("crates/engine/src/lib.rs", "use std::fs::File;\nuse std::time::SystemTime;\n"),
            [2]
        );
    }
}
