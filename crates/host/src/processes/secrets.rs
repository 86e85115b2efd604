//! Arguments as they may be shown: passwords masked.

/// What stands for a secret.
const MASK: &str = "***";

/// Ends of names whose value is a secret, in most programs.
const SECRET: [&str; 7] = ["password", "passwd", "passphrase", "token", "secret", "api-key", "apikey"];
/// Whole names of the same.
const SECRET_NAME: [&str; 3] = ["pass", "access-key", "auth"];

/// Masks values of secret options, and passwords in addresses (`scheme://user:password@host`).
pub(super) fn masked(words: Vec<String>, mines: bool) -> Vec<String> {
    let mut after_secret = false;
    let mask = |word: String| {
        if std::mem::take(&mut after_secret) && !word.starts_with('-') {
            return MASK.to_owned();
        }
        let option = word.starts_with('-');
        let (name, value) =
            word.split_once('=').map_or((word.as_str(), None), |(name, value)| (name, Some(value)));
        let lower = name.trim_start_matches('-').to_ascii_lowercase();
        // The short form is a port or a path elsewhere; with a pool beside it, it is the password.
        let secret = SECRET.iter().any(|secret| lower.ends_with(secret))
            || SECRET_NAME.contains(&lower.as_str())
            || (mines && name == "-p");
        match value {
            Some(_) if secret => format!("{name}={MASK}"),
            None if option && secret => {
                after_secret = true;
                word
            }
            _ => without_password(word),
        }
    };
    words.into_iter().map(mask).collect()
}

fn without_password(word: String) -> String {
    let Some((scheme, rest)) = word.split_once("://") else { return word };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let Some((user, password)) = authority.rsplit_once('@').and_then(|(login, _)| login.split_once(':'))
    else {
        return word;
    };
    if password.is_empty() {
        return word;
    }
    format!("{scheme}://{user}:{MASK}{}", &rest[user.len() + 1 + password.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_masked_and_the_rest_stays() {
        for (words, mines, expected) in [
            ("x -o p:1 -u w -p geheim --tls", true, "x -o p:1 -u w -p *** --tls"),
            ("sshd -p 22", false, "sshd -p 22"),
            ("x --password=a --token b PGPASSWORD=c", false, "x --password=*** --token *** PGPASSWORD=***"),
            ("x --pass -v", false, "x --pass -v"),
            ("x redis://u:pw@h:1/0 http://h/a@b:c", false, "x redis://u:***@h:1/0 http://h/a@b:c"),
            ("x --bypass 3", false, "x --bypass 3"),
        ] {
            let words = words.split(' ').map(str::to_owned).collect();
            assert_eq!(masked(words, mines).join(" "), expected);
        }
    }
}
