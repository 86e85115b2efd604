//! A page or script that starts a miner in the browser: the call with a site key, or the miner's own library.
//!
//! Sources: the documentation of Coinhive's JavaScript API and of its clones (CryptoLoot, CoinIMP, deepMiner,
//! webminerpool) as collected in hoshsadiq/adblock-nocoin-list and in deepwn/deepMiner, notgiven688/webminerpool.

use memchr::memmem;

use super::Recognised;

/// Objects whose `Anonymous`, `User` or `Token` starts a miner with a key.
const OBJECTS: [&str; 13] = [
    "coinhive",
    "client",
    "crlt",
    "cryptoloot",
    "deepminer",
    "coinimp",
    "minero",
    "coinblind",
    "coinrail",
    "vidm",
    "projectpoi",
    "webminepool",
    "wmp",
];
/// Calls and elements that take a key.
const STARTS: [&[u8]; 5] = [b".Anonymous(", b".User(", b".Token(", b"startMining(", b"coinhive-miner"];
/// Words of the miners' libraries of which nothing else holds three.
const LIBRARY: [&[u8]; 9] = [
    b"CRYPTONIGHT_WORKER_BLOB",
    b"_totalHashesFromDeadThreads",
    b"_siteKey",
    b"hash_accepted",
    b"FORCE_EXCLUSIVE_TAB",
    b"IF_EXCLUSIVE_TAB",
    b"CryptonightWASMWrapper",
    b"getAcceptedHashes",
    b"hashsolved",
];
const LIBRARY_ENOUGH: u32 = 3;
/// Bytes before and behind a call that belong to it.
const BEFORE: usize = 128;
const BEHIND: usize = 384;
/// Most finds of one page.
const MOST: usize = 4;

/// A page as it passes.
#[derive(Debug)]
pub(super) struct Pages {
    window: Vec<u8>,
    /// Bytes at the front of the window that were searched before.
    done: usize,
    /// A page: calls count in its scripts only.
    is_page: bool,
    in_script: bool,
    words: u32,
    found: Vec<Recognised>,
}

impl Pages {
    pub(super) fn new(is_page: bool) -> Pages {
        Pages { window: Vec::new(), done: 0, is_page, in_script: !is_page, words: 0, found: Vec::new() }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.window.extend_from_slice(bytes);
        if self.window.len() >= 8 * (BEFORE + BEHIND) {
            self.search(false);
        }
    }

    pub(super) fn finish(mut self) -> Vec<Recognised> {
        self.search(true);
        let is_library = !self.is_page && self.words.count_ones() >= LIBRARY_ENOUGH;
        if is_library && self.found.is_empty() {
            self.found.push(Recognised::WebMiner { starts: "library".to_owned(), key: String::new() });
        }
        self.found
    }

    fn search(&mut self, last: bool) {
        let window = std::mem::take(&mut self.window);
        let end = if last { window.len() } else { window.len().saturating_sub(BEHIND) };
        for (number, word) in LIBRARY.iter().enumerate() {
            if self.words & (1 << number) == 0 && memmem::find(&window, word).is_some() {
                self.words |= 1 << number;
            }
        }
        // Where scripts begin and end, and what starts a miner, in order.
        let mut marks: Vec<(usize, usize)> = Vec::new();
        for (kind, word) in STARTS.iter().enumerate() {
            marks.extend(memmem::find_iter(&window, word).map(|at| (at, kind)));
        }
        if self.is_page {
            marks.extend(memmem::find_iter(&window, b"<script").map(|at| (at, SCRIPT)));
            marks.extend(memmem::find_iter(&window, b"</script").map(|at| (at, SCRIPT_ENDS)));
        }
        marks.sort_unstable();
        let news = self.done..end;
        for (at, kind) in marks.into_iter().filter(|(at, _)| news.contains(at)) {
            match kind {
                SCRIPT => self.in_script = true,
                SCRIPT_ENDS => self.in_script = false,
                kind => self.start(&window, at, kind),
            }
        }
        let from = if last { window.len() } else { end.saturating_sub(BEFORE) };
        self.done = end.saturating_sub(from).max(self.done.saturating_sub(from));
        self.window = window;
        self.window.drain(..from);
    }

    fn start(&mut self, window: &[u8], at: usize, kind: usize) {
        let word = STARTS.get(kind).copied().unwrap_or_default();
        let before = window.get(at.saturating_sub(BEFORE)..at).unwrap_or_default();
        let behind = window.get(at + word.len()..).unwrap_or_default();
        let behind = behind.get(..BEHIND - 32).unwrap_or(behind);
        let found = match word {
            b"coinhive-miner" => element(before, behind).map(|key| ("coinhive-miner".to_owned(), key)),
            b"startMining(" if self.in_script => {
                // Pool, then wallet.
                let mut strings = strings(behind);
                strings
                    .next()
                    .and_then(|_| strings.next())
                    .filter(|key| key.len() >= 32)
                    .map(|key| ("startMining".to_owned(), key))
            }
            _ if self.in_script => call(before, word, behind),
            _ => None,
        };
        let Some((starts, key)) = found else { return };
        let found = Recognised::WebMiner { starts, key };
        if self.found.len() < MOST && !self.found.contains(&found) {
            self.found.push(found);
        }
    }
}

const SCRIPT: usize = 100;
const SCRIPT_ENDS: usize = 101;

/// `CoinHive.Anonymous('key'`.
fn call(before: &[u8], word: &[u8], behind: &[u8]) -> Option<(String, String)> {
    let length =
        before.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
    let object = std::str::from_utf8(before.get(before.len() - length..)?).ok()?;
    let known = OBJECTS.iter().any(|known| object.eq_ignore_ascii_case(known));
    let key = strings(behind)
        .next()
        .filter(|_| behind.trim_ascii_start().first().is_some_and(|first| b"'\"`".contains(first)))?;
    let word = std::str::from_utf8(word).ok()?.trim_end_matches('(');
    // A key, as the services gave them (32 letters, 44 to 64 digits) or a wallet; not a user's name.
    (known
        && key.len() >= 30
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=-_.".contains(&byte)))
    .then(|| (format!("{object}{word}"), key))
}

/// The key of `<div class="coinhive-miner" data-key="key">`.
fn element(before: &[u8], behind: &[u8]) -> Option<String> {
    let open = memchr::memrchr(b'<', before)?;
    let inside = !before.get(open..)?.contains(&b'>');
    let rest = behind.get(..memchr::memchr(b'>', behind)?)?;
    let at = memmem::find(rest, b"data-key=")?;
    let key = strings(rest.get(at..)?).next()?;
    (inside && key.len() >= 16).then_some(key)
}

/// The quoted words of a text, each at most 128 letters; letters written as `\\x41` are undone.
fn strings(text: &[u8]) -> impl Iterator<Item = String> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.iter().position(|byte| b"'\"`".contains(byte))?;
        let quote = rest[start];
        let inside = rest.get(start + 1..)?;
        let length = memchr::memchr(quote, inside)?;
        rest = inside.get(length + 1..)?;
        let word = plain(&inside[..length]);
        (word.len() <= 128).then(|| String::from_utf8_lossy(&word).into_owned())
    })
}

/// The same text without hexadecimal escapes.
fn plain(text: &[u8]) -> Vec<u8> {
    let (mut plain, mut rest) = (Vec::with_capacity(text.len()), text);
    while let Some((&first, after)) = rest.split_first() {
        let escaped = match (first, after) {
            (b'\\', [b'x', high, low, ..]) => {
                let digits = [*high, *low];
                std::str::from_utf8(&digits).ok().and_then(|digits| u8::from_str_radix(digits, 16).ok())
            }
            _ => None,
        };
        plain.push(escaped.unwrap_or(first));
        rest = after.get(if escaped.is_some() { 3 } else { 0 }..).unwrap_or_default();
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str, is_page: bool) -> Vec<String> {
        let mut all = Vec::new();
        for size in [1, 5, 500, text.len()] {
            let mut pages = Pages::new(is_page);
            text.as_bytes().chunks(size).for_each(|piece| pages.push(piece));
            all.push(pages.finish());
        }
        assert!(all.windows(2).all(|pair| pair[0] == pair[1]), "{all:?}");
        let say = |found: &Recognised| match found {
            Recognised::WebMiner { starts, key } => format!("{starts} {key}"),
            other => format!("{other:?}"),
        };
        all[0].iter().map(say).collect()
    }

    const KEY: &str = "DKoBUNLeHVbGPnGsMWnBvHwmRAPTgXaB";

    #[test]
    fn embeds_with_a_key() {
        let filler = "<p>lorem ipsum</p>\n".repeat(500);
        let call =
            format!("<script>var m=new CoinHive.Anonymous('{KEY}',{{throttle:0.3}});m.start()</script>");
        let expected = [format!("CoinHive.Anonymous {KEY}")];
        assert_eq!(run(&format!("<html>{call}"), true), expected);
        assert_eq!(run(&format!("<html>{filler}{call}{filler}"), true), expected);
        assert_eq!(
            run(&format!("x=new CRLT.Anonymous( \"{KEY}\" )"), false),
            [format!("CRLT.Anonymous {KEY}")]
        );
        let hidden: String = KEY.bytes().map(|byte| format!("\\x{byte:02x}")).collect();
        assert_eq!(run(&format!("x=new CoinHive.User('{hidden}')"), false), [format!("CoinHive.User {KEY}")]);
        let wallet = "4".repeat(95);
        let start = format!("<script>startMining(\"pool.example\",\"{wallet}\",\"\",-1);</script>");
        assert_eq!(run(&start, true), [format!("startMining {wallet}")]);
        let element = format!(
            "<div class=\"coinhive-miner\" style=\"width:1px\" data-key=\"{KEY}\" data-autostart=\"true\">"
        );
        assert_eq!(run(&element, true), [format!("coinhive-miner {KEY}")]);
    }

    #[test]
    fn pages_that_write_about_it() {
        for text in [
            // Escaped, or outside a script.
            format!("<pre>&lt;script&gt;new CoinHive.Anonymous('{KEY}')&lt;/script&gt;</pre>"),
            format!("<script>var a=1</script><code>new CoinHive.Anonymous('{KEY}')</code>"),
            "<script>new CoinHive.Anonymous('YOUR_SITE_KEY')</script>".to_owned(),
            format!("<script>new Session.User('{KEY}')</script>"),
            "<script>app.User(name)</script>".to_owned(),
            format!("&lt;div class=\"coinhive-miner\" data-key=\"{KEY}\"&gt;"),
        ] {
            assert!(run(&text, true).is_empty(), "{text}");
        }
    }

    #[test]
    fn the_library_itself() {
        let text =
            "self.CoinHive=1;var a=this._siteKey;b.CRYPTONIGHT_WORKER_BLOB=x;if(m.type==='hash_accepted'){}";
        assert_eq!(run(text, false), ["library "]);
        assert!(run("var _siteKey=1; getAcceptedHashes()", false).is_empty());
    }
}
