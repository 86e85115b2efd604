//! Orders to mine that a process was given: in its arguments, its environment, or a file that it reads.

use super::{Around, of};
use crate::orders::told;
use model::{Orders, OrdersFrom};
use parse::app::carve::{Carver, Recognised, orders_in};
use parse::app::http::Coding;
use std::path::{Path, PathBuf};

/// The largest configuration that is read; XMRig's own has 3 kB.
const CONFIG: usize = 64 * 1024;
/// Orders kept of one process.
const MOST: usize = 4;

/// Options of miners that name a configuration file (xmrig `src/core/config/usage.h`, cpuminer and cgminer `--config`).
const CONFIG_OPTIONS: [&str; 2] = ["-c", "--config"];

/// Programs that look for text or show it: what stands in their arguments is quoted.
const QUOTING: [&str; 24] = [
    "ack", "ag", "awk", "cat", "echo", "ed", "egrep", "emacs", "fgrep", "find", "gawk", "grep", "head",
    "less", "mawk", "more", "nano", "perl", "pgrep", "printf", "rg", "sed", "tail", "vim",
];

/// What decides where orders are looked for.
pub(super) struct Subject<'a> {
    pub(super) pid: u32,
    pub(super) words: &'a [String],
    pub(super) environment: &'a [(String, String)],
    /// The file it runs.
    pub(super) executable: Option<&'a Path>,
    /// A package owns that file.
    pub(super) owned: bool,
    /// It has another root than this program.
    pub(super) other_root: bool,
}

/// All orders, those of the arguments first.
pub(super) fn orders(subject: &Subject<'_>, around: &mut Around<'_>) -> Vec<Orders> {
    let mut found = Vec::new();
    let program = subject.executable.and_then(Path::file_name).and_then(|name| name.to_str());
    let quotes = subject.owned && program.is_some_and(|name| QUOTING.contains(&name));
    if !quotes {
        found.extend(in_words(subject.words, OrdersFrom::Command));
        found.extend(in_environment(subject.environment));
    }
    if found.is_empty() && !subject.owned {
        for path in configurations(subject, around) {
            found.extend(in_file(&path, subject, around));
        }
    }
    found.truncate(MOST);
    found
}

/// Orders whose options and values are arguments of their own: one argument with blanks in it quotes a command line.
fn in_words(words: &[String], from: OrdersFrom) -> Option<Orders> {
    let unquoted: Vec<&str> = words
        .iter()
        .map(|word| if word.contains(char::is_whitespace) { "_" } else { word.as_str() })
        .collect();
    let found = match unquoted.as_slice() {
        // A program that wrote over its arguments leaves one word; then the blanks are all there is to go by.
        ["_"] if words.len() == 1 => orders_in(&words[0]),
        _ => orders_in(&unquoted.join(" ")),
    };
    found.map(|orders| told(orders, from))
}

/// A miner's options in one variable, or pool and wallet in two (container images of miners take them so).
fn in_environment(variables: &[(String, String)]) -> Option<Orders> {
    let whole = || variables.iter().find_map(|(_, value)| orders_in(value));
    let in_two = || {
        let value = |ends: &[&str]| {
            let named = |(name, _): &&(String, String)| {
                let name = name.to_ascii_uppercase();
                ends.iter().any(|end| name == *end || name.ends_with(&format!("_{end}")))
            };
            variables.iter().find(named).map(|(_, value)| value.as_str())
        };
        let pool = value(&["POOL", "POOL_URL", "POOL_ADDRESS", "POOL_HOST"])?;
        let wallet = value(&["WALLET", "WALLET_ADDRESS", "POOL_USER", "POOL_LOGIN"])?;
        orders_in(&format!("x -o {pool} -u {wallet}"))
    };
    whole().or_else(in_two).map(|orders| told(orders, OrdersFrom::Environment))
}

/// Files that a miner would read its orders from: named by an option, beside its program, or in its home.
fn configurations(subject: &Subject<'_>, around: &mut Around<'_>) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    let folder = around.view.target(&of(subject.pid, "cwd")).unwrap_or_else(|_| PathBuf::from("/"));
    let mut words = subject.words.iter().skip(1).peekable();
    while let Some(word) = words.next() {
        let (option, value) = word.split_once('=').map_or((word.as_str(), None), |(o, v)| (o, Some(v)));
        if CONFIG_OPTIONS.contains(&option)
            && let Some(path) = value.or_else(|| words.peek().map(|next| next.as_str()))
        {
            paths.push(folder.join(path));
        }
    }
    if let Some(beside) = subject.executable.and_then(Path::parent) {
        paths.push(beside.join("config.json"));
    }
    paths.dedup();
    paths
}

/// Orders in a file, as the process sees it.
fn in_file(path: &Path, subject: &Subject<'_>, around: &mut Around<'_>) -> Vec<Orders> {
    let seen = if subject.other_root { inside(subject.pid, path) } else { path.to_path_buf() };
    let Ok(content) = around.view.read(&seen, CONFIG) else { return Vec::new() };
    let name = path.to_string_lossy();
    let Some(mut carver) = Carver::new(None, &name, Coding::Identity) else { return Vec::new() };
    carver.push(&content.bytes);
    let recognised = carver.finish().map(|carved| carved.recognised).unwrap_or_default();
    let orders = recognised.into_iter().filter_map(|one| match one {
        Recognised::Config(orders) => Some(orders),
        _ => None,
    });
    orders.map(|orders| told(orders, OrdersFrom::File(name.clone().into_owned()))).collect()
}

/// A path of a process in a container, by its own root.
pub(super) fn inside(pid: u32, path: &Path) -> PathBuf {
    of(pid, "root").join(path.strip_prefix("/").unwrap_or(path))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split('|').map(str::to_owned).collect()
    }

    #[test]
    fn arguments_that_order_and_arguments_that_quote() {
        let found = |line: &str| in_words(&words(line), OrdersFrom::Command).map(|orders| orders.pool);
        assert_eq!(found("x|-o|stratum+tcp://p.example:3333|-u|W").as_deref(), Some("p.example:3333"));
        assert_eq!(found("x -o stratum+tcp://p.example:3333 -u W").as_deref(), Some("p.example:3333"));
        assert_eq!(found("sh|-c|x -o stratum+tcp://p.example:3333 -u W"), None);
        assert_eq!(found("logger|seen: x -o stratum+tcp://p.example:3333 -u W|twice"), None);
    }

    #[test]
    fn an_environment_that_orders() {
        let of = |pairs: &[(&str, &str)]| {
            let pairs: Vec<(String, String)> =
                pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            in_environment(&pairs).map(|orders| orders.pool)
        };
        let wallet = "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2";
        assert_eq!(of(&[("POOL", "p.example:3333"), ("WALLET", wallet)]).as_deref(), Some("p.example:3333"));
        assert_eq!(of(&[("DB_POOL", "10"), ("WALLET", wallet)]), None);
        assert_eq!(
            of(&[("ARGS", "-o stratum+tcp://p.example:3333 -u W")]).as_deref(),
            Some("p.example:3333")
        );
    }
}
