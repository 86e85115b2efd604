//! Cuts a login into wallet, worker, difficulty wish and mail address.
//!
//! Miners announce `wallet.worker`, `wallet+difficulty`, `wallet/worker`, `wallet.worker/mail@example.com`,
//! `coin:wallet.worker#referral`, `solo:wallet`; some carriers escape the marks (`%2E`). Sources: the login
//! parsers of MoneroOcean/nodejs-pool, sammy007/open-ethereum-pool, onemorebsmith/kaspa-stratum-bridge and
//! the pools' own help pages.

use std::ops::Range;

use super::{Wallet, cash, ethereum, recognise};

/// Bytes of a login that are looked at; the longest seen is a wallet of 110 with worker and mail address.
const LOOKED_AT: usize = 512;

/// What a login says besides the wallet. Each part is a piece of the login as written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LoginParts<'a> {
    /// The name of the machine.
    pub worker: Option<&'a str>,
    /// The difficulty asked for, digits with at most one point.
    pub difficulty: Option<&'a str>,
    /// A mail address for notices.
    pub mail: Option<&'a str>,
}

/// The wallet of a login and where it stands: the longest piece that is a valid address.
///
/// Pieces end at every character that no address holds. A known prefix (`kaspa:`) belongs to the piece; a
/// ticker before a colon (`LTC:`) narrows the coins where the form is shared; `0x` may be missing.
#[must_use]
pub fn find_in_login(login: &str) -> Option<(Wallet, Range<usize>)> {
    let mut best: Option<(Wallet, Range<usize>)> = None;
    let mut before: Option<Range<usize>> = None;
    for piece in pieces(login) {
        let found = candidate(login, before.as_ref(), &piece);
        if let Some((wallet, range)) = found
            && best.as_ref().is_none_or(|(_, held)| range.len() > held.len())
        {
            best = Some((wallet, range));
        }
        before = Some(piece);
    }
    best
}

/// The worker of a login, given where its wallet stands: see [`split_login`].
#[must_use]
pub fn worker_of<'a>(login: &'a str, wallet: Option<&Range<usize>>) -> Option<&'a str> {
    split_login(login, wallet).worker
}

/// Splits what follows the wallet, or, without a wallet, what follows the account name.
///
/// A number after `+`, `@` or `$` is a difficulty wish, and so is one of four digits and more after the `.` of
/// a wallet: workers are called `1` or `001`, difficulties start at a thousand. A payment id (16 or 64 hex
/// digits) after a wallet is neither. A mail address is no worker, and a login that is one has none.
#[must_use]
pub fn split_login<'a>(login: &'a str, wallet: Option<&Range<usize>>) -> LoginParts<'a> {
    let mut parts = LoginParts::default();
    let mut rest = match wallet {
        Some(range) => login.get(range.end..).unwrap_or_default(),
        None => after_account(login, &mut parts),
    };
    if rest.len() > LOOKED_AT {
        return parts;
    }
    while let Some((mark, tail)) = mark(rest) {
        let digits = number_length(tail);
        let is_wish = match mark {
            '+' | '@' | '$' => digits > 0,
            '.' => wallet.is_some() && digits >= 4 && ends_at(tail, digits),
            _ => false,
        };
        let id = tail.len() - tail.trim_start_matches(|digit: char| digit.is_ascii_hexdigit()).len();
        let is_payment_id = mark == '.' && wallet.is_some() && matches!(id, 16 | 64) && ends_at(tail, id);
        let length = match mark {
            _ if is_wish => digits,
            _ if is_payment_id => id,
            // MoneroOcean's `~rx/0`: the slash belongs to the algorithm.
            '~' => tail.find(['.', '+', '#']).unwrap_or(tail.len()),
            _ => tail.find(ENDS_PIECE).unwrap_or(tail.len()),
        };
        let (piece, next) = tail.split_at_checked(length).unwrap_or((tail, ""));
        match mark {
            _ if is_payment_id || !piece.contains(char::is_alphanumeric) => {}
            _ if is_wish => parts.difficulty = parts.difficulty.or(Some(piece)),
            '.' | '/' | ',' if is_mail(piece) => parts.mail = parts.mail.or(Some(piece)),
            '.' | '/' | ',' => parts.worker = parts.worker.or(Some(piece)),
            _ => {}
        }
        rest = next;
    }
    parts
}

/// What ends a worker's name; a point does not.
const ENDS_PIECE: [char; 7] = ['/', '+', '#', '$', '~', '%', ';'];

/// What follows the account of a login without a wallet. In an account that is a mail address the points are
/// its own, so that only `/` can start a worker.
fn after_account<'a>(login: &'a str, parts: &mut LoginParts<'a>) -> &'a str {
    let (account, rest) =
        login.split_at_checked(login.find('/').unwrap_or(login.len())).unwrap_or((login, ""));
    if account.contains('@') {
        parts.mail = is_mail(account).then_some(account);
        return rest;
    }
    login.find(['.', '/', '+']).and_then(|at| login.get(at..)).unwrap_or_default()
}

/// The mark at the start of `rest`, with escapes undone, and what follows it.
fn mark(rest: &str) -> Option<(char, &str)> {
    let first = rest.chars().next()?;
    let tail = rest.get(first.len_utf8()..)?;
    if first != '%' {
        return Some((first, tail));
    }
    let code = tail.get(..2).and_then(|code| u8::from_str_radix(code, 16).ok());
    match code {
        Some(code) => Some((char::from(code), tail.get(2..)?)),
        None => Some((first, tail)),
    }
}

/// Characters of the number at the start: digits, with a fraction only after `0`, because the point after a
/// larger number starts a worker.
fn number_length(text: &str) -> usize {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(text);
    match text.strip_prefix("0.") {
        Some(fraction) if digits(fraction) > 0 => 2 + digits(fraction),
        _ => whole,
    }
}

/// Whether a piece may end at `at`: the end, or no letter or digit.
fn ends_at(text: &str, at: usize) -> bool {
    text.get(at..).is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric()))
}

/// A mail address as people write it into a login: one `@`, and a domain that ends in letters.
fn is_mail(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let Some((host, top)) = domain.rsplit_once('.') else { return false };
    !local.is_empty()
        && !host.is_empty()
        && !domain.contains('@')
        && top.len() >= 2
        && top.bytes().all(|letter| letter.is_ascii_alphabetic())
}

/// The runs of letters and digits of a login; `%` with two hex digits separates like the mark it stands for.
fn pieces(login: &str) -> Vec<Range<usize>> {
    let bytes = login.as_bytes();
    let mut found = Vec::new();
    let (mut at, mut start) = (0, 0);
    while at < bytes.len().min(LOOKED_AT) {
        let byte = bytes.get(at).copied().unwrap_or_default();
        if byte.is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        if at > start {
            found.push(start..at);
        }
        let escape = byte == b'%'
            && bytes.get(at + 1..at + 3).is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit));
        at += if escape { 3 } else { 1 };
        start = at;
    }
    if at > start && at <= bytes.len() {
        found.push(start..at);
    }
    found
}

/// The wallet in one piece, with the prefix before its colon where there is one.
fn candidate(
    login: &str,
    before: Option<&Range<usize>>,
    piece: &Range<usize>,
) -> Option<(Wallet, Range<usize>)> {
    let text = login.get(piece.clone())?;
    let prefix =
        before.filter(|before| matches!(login.get(before.end..piece.start), Some(":" | "%3A" | "%3a")));
    let word = prefix.and_then(|prefix| login.get(prefix.clone()));
    if let (Some(prefix), Some(word)) = (prefix, word)
        && (cash::is_prefix(word) || word.eq_ignore_ascii_case("xel") || word.eq_ignore_ascii_case("xet"))
        && let Some(wallet) = recognise(&format!("{word}:{text}"))
    {
        return Some((wallet, prefix.start..piece.end));
    }
    let mut wallet = recognise(text).or_else(|| ethereum::bare(text))?;
    let named = word.and_then(|word| wallet.coins.iter().position(|coin| coin.eq_ignore_ascii_case(word)));
    if let Some(coin) = named.and_then(|at| wallet.coins.get(at..=at)) {
        wallet.coins = coin;
    }
    Some((wallet, piece.clone()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use proptest::prelude::*;

    use super::*;

    const MONERO: &str =
        "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A";
    const KASPA: &str = "kaspa:qqj9fg59mptxkr9j0y53j5mwurcmda5mtza9n6v9pm9uj8h0wgk6uma5pvumr";
    const ETHER: &str = "0xde709f2102306220921060314715629080e2fb77";

    /// `wallet` stands for the address; expected are address, worker, difficulty, mail.
    fn check(login: &str, address: &str, expected: (Option<&str>, Option<&str>, Option<&str>)) {
        let (wallet, range) = find_in_login(login).unwrap_or_else(|| panic!("no wallet in {login}"));
        assert_eq!(wallet.address, address, "{login}");
        let parts = split_login(login, Some(&range));
        assert_eq!((parts.worker, parts.difficulty, parts.mail), expected, "{login}");
    }

    #[test]
    fn the_forms_that_pools_document() {
        for (suffix, expected) in [
            ("", (None, None, None)),
            (".rig1", (Some("rig1"), None, None)),
            (".1", (Some("1"), None, None)),
            (".001", (Some("001"), None, None)),
            (".50000", (None, Some("50000"), None)),
            (".50000.rig1", (Some("rig1"), Some("50000"), None)),
            ("+50000", (None, Some("50000"), None)),
            ("+50000.rig1", (Some("rig1"), Some("50000"), None)),
            (".rig1+50000", (Some("rig1"), Some("50000"), None)),
            ("+0.5", (None, Some("0.5"), None)),
            ("/rig1", (Some("rig1"), None, None)),
            ("/me@example.com", (None, None, Some("me@example.com"))),
            ("/first.last@mail.example.com", (None, None, Some("first.last@mail.example.com"))),
            (".rig1/me@example.com", (Some("rig1"), None, Some("me@example.com"))),
            (".me@example.com", (None, None, Some("me@example.com"))),
            (".rack.7", (Some("rack.7"), None, None)),
            (".0123456789abcdef.rig1", (Some("rig1"), None, None)),
            ("~rx/0", (None, None, None)),
            ("$50000", (None, Some("50000"), None)),
            ("%2Erig1", (Some("rig1"), None, None)),
            (".rig1#abcd-efgh", (Some("rig1"), None, None)),
            (",rig1", (Some("rig1"), None, None)),
            (".", (None, None, None)),
            ("..", (None, None, None)),
            (".rig\u{e9}", (Some("rig\u{e9}"), None, None)),
        ] {
            check(&format!("{MONERO}{suffix}"), MONERO, expected);
        }
    }

    #[test]
    fn prefixes() {
        for prefix in ["solo:", "xmr:", "XMR:", "solo:xmr:", " "] {
            check(&format!("{prefix}{MONERO}.rig1"), MONERO, (Some("rig1"), None, None));
        }
        check(&format!("{KASPA}.rig1"), KASPA, (Some("rig1"), None, None));
        check(&format!("{KASPA},rig1"), KASPA, (Some("rig1"), None, None));
        check(&format!("solo:{KASPA}"), KASPA, (None, None, None));
        check(&KASPA.replace(':', "%3A"), KASPA, (None, None, None));
        check(KASPA.strip_prefix("kaspa:").unwrap(), KASPA, (None, None, None));
        check(&format!("{}.rig1", ETHER.strip_prefix("0x").unwrap()), ETHER, (Some("rig1"), None, None));
        let segwit = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
        check(&format!("{}.rig1", segwit.to_ascii_uppercase()), segwit, (Some("rig1"), None, None));
    }

    #[test]
    fn a_ticker_in_front_narrows_the_coins() {
        let login = format!("ETC:{ETHER}.rig1#abcd-efgh");
        assert_eq!(find_in_login(&login).unwrap().0.coin(), Some("ETC"));
        assert_eq!(find_in_login(&format!("SHIB:{ETHER}")).unwrap().0.coin(), None);
    }

    #[test]
    fn of_two_wallets_the_longest() {
        let login = format!("{ETHER}.{MONERO}");
        assert_eq!(find_in_login(&login).unwrap().1, ETHER.len() + 1..login.len());
    }

    #[test]
    fn accounts_without_wallet() {
        for (login, worker, mail) in [
            ("", None, None),
            ("account", None, None),
            ("account.rig1", Some("rig1"), None),
            ("account.1", Some("1"), None),
            ("account/rig1", Some("rig1"), None),
            ("me@example.com", None, Some("me@example.com")),
            ("first.last@example.com", None, Some("first.last@example.com")),
            ("me@example.com/rig1", Some("rig1"), Some("me@example.com")),
            ("me@example.com.rig1", None, None),
            ("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470", None, None),
        ] {
            assert_eq!(find_in_login(login), None, "{login}");
            let parts = split_login(login, None);
            assert_eq!((parts.worker, parts.mail), (worker, mail), "{login}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        /// Whatever a login holds, ranges fit it and the pieces are parts of it.
        #[test]
        fn any_text_is_survived(login in "\\PC{0,80}|[0-9a-f.+/%@:~$#,]{0,80}") {
            let found = find_in_login(&login);
            let range = found.map(|(_, range)| range);
            if let Some(range) = &range {
                prop_assert!(login.get(range.clone()).is_some());
            }
            let parts = split_login(&login, range.as_ref());
            for part in [parts.worker, parts.difficulty, parts.mail].into_iter().flatten() {
                prop_assert!(!part.is_empty() && login.contains(part));
            }
        }
    }
}
