//! Secrets of a connection wherever they are repeated: a pool's greeting that quotes the password, an account with its
//! password in one field.

use parse::mining::said::{Act, Ask, Said};

/// Shortest secret that is looked for in other text. What is shorter (`x`, `123`) protects nothing and stands everywhere.
const SHORTEST: usize = 4;

/// Shortest word that may be a wallet instead: a Bitcoin address has 26 characters and more.
const WALLET: usize = 26;

/// What stands for a secret.
pub(super) const MASK: &str = "***";

/// The secret in a login of the form `account:secret`. A wallet before the colon is followed by a worker, a wallet behind
/// it is preceded by its coin (`XMR:4…`), and both are shown: they are what is looked for. So is a mail address or a
/// worker behind the secret, unless the account is none of these: then all behind the colon is hidden.
pub(super) fn in_login(login: &str) -> Option<&str> {
    let (account, secret) = login.split_once(':')?;
    let is_wallet = |text: &str| {
        text.split(['.', '+', '/', '@', '~', ',', ':']).any(|word| {
            word.len() >= WALLET && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        })
    };
    let plain = secret.len() >= SHORTEST && !account.is_empty();
    (plain && !is_wallet(account) && !is_wallet(secret)).then_some(secret)
}

/// A login as it may be shown.
pub(super) fn shown_login(login: &str) -> String {
    match in_login(login) {
        Some(secret) => format!("{}{MASK}", login.strip_suffix(secret).unwrap_or_default()),
        None => login.to_owned(),
    }
}

/// The secrets that a message brings.
pub(super) fn brought<'a>(said: &'a Said<'_>) -> Vec<&'a str> {
    let (login, password) = match &said.act {
        Act::Ask(Ask::Authorize { user, password }) => (user, password),
        Act::Ask(Ask::EthLogin { login, second, .. }) => (login, second),
        Act::Ask(Ask::Login(login) | Ask::WebLogin(login)) => (&login.login, &login.password),
        Act::Ask(Ask::Submit { user: Some(user), .. }) => (user, &None),
        _ => return Vec::new(),
    };
    in_login(login).into_iter().chain(password.as_deref()).collect()
}

/// The message with each of these secrets masked, as it stands and with `"` and `\\` escaped; `None` if none is in it.
pub(super) fn masked(message: &[u8], known: &[&str]) -> Option<Vec<u8>> {
    let mut shown: Option<Vec<u8>> = None;
    for secret in known.iter().filter(|secret| secret.len() >= SHORTEST) {
        let escaped = secret.replace('\\', r"\\").replace('"', "\\\"");
        for form in [escaped.as_str(), secret] {
            let text = shown.as_deref().unwrap_or(message);
            let Some(mut at) = memchr::memmem::find(text, form.as_bytes()) else { continue };
            let mut masked = Vec::with_capacity(text.len());
            let mut rest = text;
            loop {
                masked.extend_from_slice(&rest[..at]);
                masked.extend_from_slice(MASK.as_bytes());
                rest = &rest[at + form.len()..];
                match memchr::memmem::find(rest, form.as_bytes()) {
                    Some(next) => at = next,
                    None => break,
                }
            }
            masked.extend_from_slice(rest);
            shown = Some(masked);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_in_logins() {
        let wallet = "4".repeat(95);
        for (login, secret) in [
            ("user:Hunter2SECRET", Some("Hunter2SECRET")),
            ("user:pass.rig1", Some("pass.rig1")),
            (&format!("XMR:{wallet}.rig1"), None),
            (&format!("{wallet}:worker1"), None),
            ("kaspa:qqexample", Some("qqexample")),
            ("alice.rig7", None),
            ("user:x", None),
            (":nobody", None),
        ] {
            assert_eq!(in_login(login), secret, "{login}");
        }
        assert_eq!(shown_login("user:Hunter2"), "user:***");
    }

    #[test]
    fn every_repetition_is_masked() {
        let text = masked(br#"{"a":"x hunter2, hunter2","b":"q\"uote"}"#, &["hunter2", "q\"uote", "x"]);
        assert_eq!(text.as_deref(), Some(&br#"{"a":"x ***, ***","b":"***"}"#[..]));
        assert_eq!(masked(b"x", &["x"]), None);
    }
}
