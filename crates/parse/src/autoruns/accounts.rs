//! Lines about users: accounts, keys that log in, who may become whom.
//!
//! Grammar: passwd(5); sshd(8), AUTHORIZED_KEYS FILE FORMAT: options before the type of the key, values in quotes with
//! `\"` inside; sshd_config(5); sudoers(5), of which only user specifications are read: `who host = (as) TAG: commands`.

/// A line of `/etc/passwd`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its line, from 1.
    pub line: u64,
    /// Its name.
    pub name: String,
    /// Whether anybody may log in without a password.
    pub open: bool,
    /// Its number.
    pub number: u32,
    /// Its home.
    pub home: String,
    /// Its shell.
    pub shell: String,
}

/// The accounts of a file.
pub fn accounts(text: &str) -> impl Iterator<Item = Account> {
    text.split('\n').zip(1..).filter_map(|(line, number)| {
        let fields: Vec<&str> = line.trim_end_matches('\r').split(':').collect();
        let [name, password, user, _, _, home, shell] = fields.as_slice() else { return None };
        if name.is_empty() || name.starts_with(['#', '+', '-']) {
            return None;
        }
        Some(Account {
            line: number,
            name: (*name).to_owned(),
            open: password.is_empty(),
            number: user.parse().ok()?,
            home: (*home).to_owned(),
            shell: (*shell).to_owned(),
        })
    })
}

/// A key that may log in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Its line, from 1.
    pub line: u64,
    /// What is run instead of a shell.
    pub command: Option<String>,
    /// `NAME=value` pairs that it sets.
    pub environment: Vec<String>,
    /// Its type (`ssh-ed25519`).
    pub kind: String,
    /// Its base64.
    pub key: String,
    /// What stands behind it.
    pub comment: String,
}

/// The keys of an `authorized_keys` file.
pub fn keys(text: &str) -> impl Iterator<Item = Key> {
    text.split('\n').zip(1..).filter_map(|(line, number)| key(line.trim(), number))
}

fn key(line: &str, number: u64) -> Option<Key> {
    if line.is_empty() || line.starts_with('#') {
        return None;
    }
    let is_kind =
        |word: &str| ["ssh-", "ecdsa-", "sk-ssh-", "sk-ecdsa-"].iter().any(|begins| word.starts_with(begins));
    let (mut command, mut environment, mut rest) = (None, Vec::new(), line);
    if !is_kind(line) {
        let end = outside_quotes(line, |byte| byte == b' ' || byte == b'\t')?;
        let (options, after) = line.split_at(end);
        rest = after.trim_start();
        let mut left = options;
        while !left.is_empty() {
            let end = outside_quotes(left, |byte| byte == b',').unwrap_or(left.len());
            let (option, after) = left.split_at(end);
            if let Some((name, value)) = option.split_once('=') {
                let value = value.trim_matches('"').replace("\\\"", "\"");
                match name.to_ascii_lowercase().as_str() {
                    "command" => command = Some(value),
                    "environment" => environment.push(value),
                    _ => {}
                }
            }
            left = after.strip_prefix(',').unwrap_or_default();
        }
    }
    let mut words = rest.split_whitespace();
    let kind = words.next().filter(|word| is_kind(word))?.to_owned();
    let key = words.next()?.to_owned();
    let comment = words.collect::<Vec<_>>().join(" ");
    Some(Key { line: number, command, environment, kind, key, comment })
}

/// The first byte of this kind that stands in no quotes.
fn outside_quotes(text: &str, wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let (mut quoted, mut escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if !quoted && wanted(byte) => return Some(at),
            _ => {}
        }
    }
    None
}

/// Keywords with their values: sshd_config and whatever has one keyword a line. Keywords in small letters.
pub fn keywords(text: &str) -> impl Iterator<Item = (u64, String, String)> {
    text.split('\n').zip(1..).filter_map(|(line, number)| {
        let line = line.trim();
        let end = line.find([' ', '\t', '='])?;
        if line.starts_with('#') {
            return None;
        }
        let value = line[end..].trim_start_matches([' ', '\t', '=']).trim_matches('"');
        Some((number, line[..end].to_ascii_lowercase(), value.to_owned()))
    })
}

/// Who may run what as whom without a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Its line, from 1, where it begins.
    pub line: u64,
    /// User, or `%group`.
    pub who: String,
    /// It may run everything.
    pub everything: bool,
    /// The line.
    pub text: String,
}

/// The lines of a sudoers file that need no password.
#[must_use]
pub fn grants(text: &str) -> Vec<Grant> {
    let joined = super::joined_lines(text);
    let one = |(number, line): &(u64, String)| {
        let line = line.split(" #").next().unwrap_or_default().trim();
        let begins =
            ["#", "@", "Defaults", "User_Alias", "Runas_Alias", "Host_Alias", "Cmnd_Alias", "Cmd_Alias"];
        if begins.iter().any(|word| line.starts_with(word)) {
            return None;
        }
        let (who, rest) = line.split_once([' ', '\t'])?;
        let (_, rights) = rest.split_once('=')?;
        let (_, commands) = rights.split_once("NOPASSWD:")?;
        let everything = commands.split([',', ':']).any(|command| command.trim() == "ALL");
        Some(Grant { line: *number, who: who.to_owned(), everything, text: line.to_owned() })
    };
    joined.iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    #[test]
    fn accounts_of_a_file() {
        let text = "root:x:0:0:root:/root:/bin/bash\n# c\nsys::0:0::/:/bin/sh\nbroken:x\n+::::::\n";
        let found: Vec<_> = accounts(text).map(|one| (one.line, one.name, one.number, one.open)).collect();
        assert_eq!(found, [(1, "root".into(), 0, false), (3, "sys".into(), 0, true)]);
    }

    #[test]
    fn keys_with_options() {
        let text = "# c\nssh-ed25519 AAAA me@host\nfrom=\"10.0.0.1\",command=\"echo \\\"a, b\\\" c\",environment=\"A=b\" ssh-rsa AAAB two words\nnonsense\n";
        let found: Vec<Key> = keys(text).collect();
        assert_eq!(found.len(), 2);
        assert_eq!(
            (found[0].line, found[0].kind.as_str(), found[0].comment.as_str()),
            (2, "ssh-ed25519", "me@host")
        );
        assert_eq!(found[1].command.as_deref(), Some("echo \"a, b\" c"));
        assert_eq!((found[1].key.as_str(), found[1].comment.as_str()), ("AAAB", "two words"));
        assert_eq!(found[1].environment, ["A=b"]);
    }

    #[test]
    fn keywords_and_grants() {
        let found: Vec<_> = keywords("#x y\nForceCommand /a b\nPort=22\n").collect();
        assert_eq!(found, [(2, "forcecommand".into(), "/a b".into()), (3, "port".into(), "22".into())]);
        let text = "Defaults env_reset\nroot ALL=(ALL:ALL) ALL\nwww ALL=(ALL) NOPASSWD: ALL\n%ops ALL = \\\n NOPASSWD: /bin/a, /bin/b\n#includedir /etc/sudoers.d\n";
        let found: Vec<_> = grants(text).into_iter().map(|one| (one.line, one.who, one.everything)).collect();
        assert_eq!(found, [(3, "www".into(), true), (4, "%ops".into(), false)]);
    }
}
