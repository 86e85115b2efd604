//! A miner's own log or screen, line by line: which program, which pool, jobs, shares, what failed.
//!
//! A line counts only in the whole form in which its program writes it; a word like *accepted* alone says nothing.
//! Whether a text *is* such a log, and does not quote one, its other lines decide: see [`Seen::is_log`].

mod cards;
mod cpu;
mod xmrig;

use super::stamp;
use crate::app::carve::orders::pool_of;

/// What one line says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Said {
    /// The program and its version: `XMRig/6.21.0`.
    pub program: Option<String>,
    /// It is a proxy.
    pub is_proxy: bool,
    /// A pool, `host:port`, or its name alone.
    pub pool: Option<String>,
    /// The address of that pool.
    pub address: Option<String>,
    /// The login.
    pub login: Option<String>,
    /// The algorithm.
    pub algorithm: Option<String>,
    /// A job came.
    pub job: bool,
    /// Shares were answered.
    pub shares: Option<Shares>,
    /// It could not connect, or was refused.
    pub failed: bool,
    /// A login was refused.
    pub refused: bool,
    /// Hashes a second.
    pub hashrate: Option<f64>,
}

/// What a line says of shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shares {
    /// One was accepted.
    Accepted,
    /// One was rejected.
    Rejected,
    /// So many since the program began.
    SoFar {
        /// Accepted.
        accepted: u64,
        /// Rejected.
        rejected: u64,
    },
}

impl Said {
    /// Whether the line could be nothing but a miner's about its work.
    const fn is_work(&self) -> bool {
        self.job || self.shares.is_some() || self.hashrate.is_some() || self.failed
    }
}

/// What a line of a miner's log says; `None` for any other line.
#[must_use]
pub fn read(line: &str) -> Option<Said> {
    let words = Words::of(line);
    let grammars = [xmrig::read, cpu::read, cards::read];
    grammars.into_iter().find_map(|grammar| grammar(&words))
}

/// What was seen of the beginning of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    /// Lines about a miner's work.
    work: u32,
    /// Other lines of a miner.
    about: u32,
    /// Lines that stand in logs: with a time, or indented, or of a table.
    logged: u32,
    /// All others.
    other: u32,
}

impl Seen {
    /// Takes note of a line.
    pub fn see(&mut self, line: &str) {
        if line.trim().is_empty() {
            return;
        }
        let logged =
            || stamp::split(line).0.is_there || line.starts_with([' ', '|', '*', '-', '=', '+', ']']);
        let count = match read(line) {
            Some(said) if said.is_work() => &mut self.work,
            Some(_) => &mut self.about,
            None if logged() => &mut self.logged,
            None => &mut self.other,
        };
        *count = count.saturating_add(1);
    }

    /// Whether this is a miner's log: two lines about its work, or one and two more of its own; and hardly anything
    /// that is no log, for a page or a ticket quotes one among other words.
    #[must_use]
    pub const fn is_log(self) -> bool {
        let own = self.work + self.about;
        let enough = self.work >= 2 || (self.work >= 1 && self.about >= 2);
        enough && self.other <= (own + self.logged) / 2
    }
}

/// The words of a line behind its time.
struct Words<'a> {
    /// All of it.
    text: &'a str,
    words: Vec<&'a str>,
    is_stamped: bool,
}

impl<'a> Words<'a> {
    fn of(line: &'a str) -> Words<'a> {
        let (stamp, text) = stamp::split(line);
        let words = text.split_whitespace().take(64).collect();
        Words { text: text.trim(), words, is_stamped: stamp.is_there }
    }

    fn word(&self, index: usize) -> &'a str {
        self.words.get(index).copied().unwrap_or_default()
    }

    /// Where these words stand one behind the other, among the first few of the line: programs put their name, a
    /// part's name or a card's number before.
    fn find(&self, wanted: &[&str]) -> Option<usize> {
        (0..self.words.len().min(6)).find(|from| {
            wanted.iter().enumerate().all(|(offset, one)| self.word(from + offset).eq_ignore_ascii_case(one))
        })
    }
}

/// `host:port` without what stands around it.
fn pool(word: &str) -> Option<String> {
    pool_of(word.trim_matches([',', ';', '(', ')', '"', '\'']).trim_end_matches('.'))
}

/// A host's name or address, as pools have: with a dot, and nothing but letters that names have.
fn host(word: &str) -> Option<&str> {
    let word = word.trim_matches([',', ';', '\'', '"']);
    let plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_:".contains(&byte));
    (plain && word.contains('.') && word.len() <= 255).then_some(word)
}

/// `5.60 kh/s` in hashes a second; solutions and graphs count as hashes.
fn rate(number: &str, unit: &str) -> Option<f64> {
    let number: f64 = number.trim_matches([',', '(', ')']).parse().ok()?;
    let unit = unit.trim_matches([',', '.', '(', ')', ';']).to_ascii_lowercase();
    let (prefix, rest) = unit.split_at_checked(1)?;
    let known =
        |text: &str| ["h/s", "hash/s", "hashes/s", "sol/s", "g/s", "i/s", "h", "sols/s"].contains(&text);
    let factor = match prefix {
        _ if known(&unit) => 1.0,
        "k" if known(rest) => 1e3,
        "m" if known(rest) => 1e6,
        "g" if known(rest) => 1e9,
        "t" if known(rest) => 1e12,
        _ => return None,
    };
    Some(number * factor).filter(|rate| rate.is_finite() && *rate >= 0.0)
}

/// `(12/3)`, `12/15`: two counts.
fn pair(word: &str) -> Option<(u64, u64)> {
    let (left, right) = word.trim_matches(['(', ')', ',']).split_once('/')?;
    let right = right.split('+').next().unwrap_or(right);
    Some((left.parse().ok()?, right.parse().ok()?))
}

/// Accepted of all, as cpuminer and T-Rex count.
fn of_all(word: &str) -> Option<Shares> {
    let (accepted, all) = pair(word)?;
    Some(Shares::SoFar { accepted, rejected: all.checked_sub(accepted)? })
}

/// A version: digits and dots, perhaps a letter before and a word behind.
fn version(word: &str) -> Option<&str> {
    let word = word.trim_matches([',', ';', '(', ')', '*']);
    let digits = word.strip_prefix(['v', 'V']).unwrap_or(word);
    let like = digits.starts_with(|letter: char| letter.is_ascii_digit()) && digits.contains('.');
    (like && digits.len() <= 24).then_some(digits)
}

/// Exercises this folder with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let mut seen = Seen::default();
    for piece in data.split(|byte| *byte == b'\n') {
        let line = super::line::plain(piece);
        seen.see(&line);
        if let Some(said) = read(&line) {
            assert!(said.hashrate.is_none_or(|rate| rate >= 0.0), "no rate is negative");
        }
    }
    let _ = seen.is_log();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> bool {
        let mut seen = Seen::default();
        text.lines().for_each(|line| seen.see(line));
        seen.is_log()
    }

    #[test]
    fn a_log_and_what_quotes_one() {
        let log = "[2021-03-10 19:31:48.253]  miner    speed 10s/60s/15m 57.43 56.41 n/a H/s max 59.00 H/s\n\
                   [2021-03-10 19:31:55.052]  net      new job from pool.example:14444 diff 480045 algo rx/0 height 2314107\n";
        assert!(seen(log));
        let ticket = format!(
            "Hello,\nmy miner does not work since yesterday.\nThis is what it says:\n{log}What can I do?\nThank you"
        );
        assert!(!seen(&ticket), "a ticket quotes");
        assert!(!seen(
            "[2021-03-10 19:31:55] job 12 from host.example accepted\n[2021-03-10 19:31:56] speed 3\n"
        ));
        assert!(!seen("[2021-03-10 19:31:55] new job from queue.example:99\n[2021-03-10 19:31:55] ready\n"));
    }

    #[test]
    fn rates() {
        assert_eq!(rate("5.60", "kh/s"), Some(5600.0));
        assert_eq!(rate("12.00,", "MH/s,"), Some(12e6));
        assert_eq!(rate("3", "miles/h"), None);
    }
}
