//! What programs that let people in say in a log.
//!
//! Sources: openssh/openssh-portable `auth.c` (`auth_log`, `auth_maxtries_exceeded`) and `auth2.c`; sudo
//! `lib/eventlog` (`new_logline`); shadow `src/su.c`, `src/useradd.c`; linux-pam `modules/pam_unix/pam_unix_auth.c` and
//! `support.c` (`_log_failures`), `pam_unix_sess.c`.

/// Most letters kept of a name, a command or an address.
const MOST: usize = 256;

/// How somebody proved to be who he says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// By a password, or by what the keyboard answers.
    Password,
    /// By a key or certificate.
    Key,
    /// By the host's word, a ticket, or in a way not said.
    Other,
}

/// What a message says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// A login failed.
    Failed {
        /// As whom; free text from the other end.
        user: String,
        /// How.
        method: Method,
        /// Whence.
        source: String,
        /// There is no such user.
        unknown: bool,
    },
    /// A login succeeded.
    Accepted {
        /// As whom.
        user: String,
        /// How.
        method: Method,
        /// Whence.
        source: String,
        /// Fingerprint of the key.
        key: Option<String>,
    },
    /// A service other than SSH had a login fail (PAM).
    Refused {
        /// The service.
        service: String,
        /// As whom, where it is said.
        user: String,
        /// Whence, where it is said.
        source: String,
    },
    /// Somebody ran a command as somebody else.
    Sudo {
        /// Who.
        user: String,
        /// As whom.
        target: String,
        /// What.
        command: String,
        /// He was allowed to.
        allowed: bool,
    },
    /// Somebody became somebody else.
    Su {
        /// Who.
        user: String,
        /// Whom.
        target: String,
        /// He was let.
        allowed: bool,
    },
    /// A user was made.
    UserAdded {
        /// The name.
        user: String,
        /// The number.
        uid: Option<u32>,
    },
    /// A password was changed.
    PasswordChanged {
        /// Whose.
        user: String,
    },
}

/// What `program` said; `None` for what does not matter here.
#[must_use]
pub fn said(program: &str, message: &str) -> Option<Said> {
    match program {
        "sshd" | "sshd-session" | "sshd-auth" => ssh(message),
        "sudo" => sudo(message).or_else(|| pam(message)),
        "su" => su(message),
        "useradd" | "adduser" => added(message),
        "passwd" | "chpasswd" => changed(message),
        _ => pam(message),
    }
}

fn ssh(message: &str) -> Option<Said> {
    if let Some(rest) = message.strip_prefix("Accepted ") {
        // The user exists: his name holds no " from ".
        let (method, rest) = rest.split_once(" for ")?;
        let (user, rest) = rest.split_once(" from ")?;
        let (source, rest) = source(rest)?;
        let key = rest.split_ascii_whitespace().find(|word| word.starts_with("SHA256:"));
        let key = key.map(short);
        return Some(Said::Accepted { user: short(user), method: method_of(method), source, key });
    }
    let rest = message.strip_prefix("Failed ")?;
    let (method, rest) = rest.split_once(" for ")?;
    // What the other end calls itself may hold anything: the last " from " that an address follows is the program's.
    let (at, source) =
        rest.rmatch_indices(" from ").find_map(|(at, _)| Some((at, source(rest.get(at + 6..)?)?.0)))?;
    let user = rest.get(..at)?;
    let (user, unknown) = user.strip_prefix("invalid user ").map_or((user, false), |user| (user, true));
    // "none" is how a client asks which methods there are.
    (method != "none").then(|| Said::Failed { user: short(user), method: method_of(method), source, unknown })
}

fn method_of(word: &str) -> Method {
    match word {
        "password" | "keyboard-interactive/pam" | "keyboard-interactive" => Method::Password,
        "publickey" => Method::Key,
        word if word.starts_with("keyboard-interactive") => Method::Password,
        _ => Method::Other,
    }
}

/// `203.0.113.7 port 4000 ssh2…`: the address, and what follows it. A name stands there with `UseDNS yes`.
fn source(text: &str) -> Option<(String, &str)> {
    let (address, rest) = text.split_once(" port ")?;
    let fits = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | ':' | '-' | '_' | '%');
    let port = rest.split(' ').next().unwrap_or_default();
    let is_source = !address.is_empty() && address.chars().all(fits) && port.parse::<u16>().is_ok();
    is_source.then(|| (short(address), rest))
}

/// `alice : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id`
fn sudo(message: &str) -> Option<Said> {
    let (user, rest) = message.trim_start().split_once(" : ")?;
    let (before, command) = rest.split_once("COMMAND=")?;
    let target = before.split(" ; ").find_map(|part| part.trim().strip_prefix("USER="))?;
    let allowed = before.trim_start().starts_with("TTY=") || before.trim_start().starts_with("PWD=");
    Some(Said::Sudo { user: short(user), target: short(target), command: short(command), allowed })
}

/// `(to root) alice on pts/0`, `FAILED SU (to root) alice on pts/0`; older: `Successful su for root by alice`.
fn su(message: &str) -> Option<Said> {
    let (rest, allowed) = message.strip_prefix("FAILED SU ").map_or((message, true), |rest| (rest, false));
    if let Some(rest) = rest.strip_prefix("(to ") {
        let (target, rest) = rest.split_once(") ")?;
        let user = rest.split(" on ").next()?;
        return Some(Said::Su { user: short(user), target: short(target), allowed });
    }
    let (rest, allowed) = match rest.strip_prefix("Successful su for ") {
        Some(rest) => (rest, true),
        None => (rest.strip_prefix("FAILED su for ")?, false),
    };
    let (target, user) = rest.split_once(" by ")?;
    Some(Said::Su { user: short(user), target: short(target), allowed })
}

/// `new user: name=eve, UID=1001, GID=1001, home=/home/eve, shell=/bin/sh, from=/dev/pts/0`
fn added(message: &str) -> Option<Said> {
    let rest = message.strip_prefix("new user: ")?;
    let value = |name: &str| rest.split(", ").find_map(|part| part.strip_prefix(name));
    let uid = value("UID=").and_then(|uid| uid.parse().ok());
    Some(Said::UserAdded { user: short(value("name=")?), uid })
}

/// `pam_unix(passwd:chauthtok): password changed for alice`
fn changed(message: &str) -> Option<Said> {
    let (_, user) = message.strip_prefix("pam_unix(")?.split_once("): password changed for ")?;
    Some(Said::PasswordChanged { user: short(user) })
}

/// `pam_unix(vsftpd:auth): authentication failure; logname= uid=0 euid=0 tty=ftp ruser=bob rhost=203.0.113.7  user=bob`
fn pam(message: &str) -> Option<Said> {
    let rest = message.strip_prefix("pam_unix(")?;
    let (service, rest) = rest.split_once(":auth): authentication failure; ")?;
    // `ruser` may hold anything: what stands last is the program's.
    let value = |name: &str| {
        let (_, rest) = rest.rsplit_once(name)?;
        rest.split(' ').next().filter(|value| !value.is_empty()).map(short)
    };
    let source = value(" rhost=")?;
    // sshd says itself what failed.
    let user = value(" user=").or_else(|| value(" ruser=")).unwrap_or_default();
    (service != "sshd").then(|| Said::Refused { service: short(service), user, source })
}

fn short(text: &str) -> String {
    text.chars().take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(user: &str, method: Method, source: &str, unknown: bool) -> Option<Said> {
        Some(Said::Failed { user: user.into(), method, source: source.into(), unknown })
    }

    /// The forms of OpenSSH 9.2's `auth_log`: "%s %s%s%s for %s%.100s from %.200s port %d ssh2%s%s".
    #[test]
    fn logins_over_ssh() {
        assert_eq!(
            said("sshd", "Failed password for root from 203.0.113.7 port 40000 ssh2"),
            failed("root", Method::Password, "203.0.113.7", false)
        );
        assert_eq!(
            said("sshd", "Failed password for invalid user admin from 2001:db8::7 port 40000 ssh2"),
            failed("admin", Method::Password, "2001:db8::7", true)
        );
        assert_eq!(said("sshd", "Failed none for invalid user x from 203.0.113.7 port 40000 ssh2"), None);
        let key = "Accepted publickey for alice from 192.0.2.5 port 50000 ssh2: ED25519 SHA256:abcDEF0123";
        let Some(Said::Accepted { user, method, source, key }) = said("sshd-session", key) else { panic!() };
        assert_eq!((user.as_str(), method, source.as_str()), ("alice", Method::Key, "192.0.2.5"));
        assert_eq!(key.as_deref(), Some("SHA256:abcDEF0123"));
        assert_eq!(said("sshd", "Connection closed by 203.0.113.7 port 40000 [preauth]"), None);
        assert_eq!(
            said("sshd", "Invalid user admin from 203.0.113.7 port 40000"),
            None,
            "said again as failed"
        );
    }

    /// A guessed name may be written like the program's own words.
    #[test]
    fn a_name_cannot_speak_for_the_program() {
        let message = "Failed password for invalid user root from 192.0.2.1 port 22 ssh2 from 203.0.113.7 port 40000 ssh2";
        assert_eq!(
            said("sshd", message),
            failed("root from 192.0.2.1 port 22 ssh2", Method::Password, "203.0.113.7", true)
        );
        let message = "Failed password for invalid user x from 203.0.113.7 port 4 ssh2 from nowhere";
        assert_eq!(said("sshd", message), failed("x", Method::Password, "203.0.113.7", true));
    }

    #[test]
    fn becoming_somebody_else() {
        let message = "   alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=/usr/bin/crontab -e";
        assert_eq!(
            said("sudo", message),
            Some(Said::Sudo {
                user: "alice".into(),
                target: "root".into(),
                command: "/usr/bin/crontab -e".into(),
                allowed: true
            })
        );
        let refused = "bob : user NOT in sudoers ; TTY=pts/1 ; PWD=/ ; USER=root ; COMMAND=/bin/sh";
        assert!(matches!(said("sudo", refused), Some(Said::Sudo { allowed: false, .. })));
        for (message, allowed) in [
            ("(to root) alice on pts/0", true),
            ("FAILED SU (to root) alice on pts/0", false),
            ("Successful su for root by alice", true),
        ] {
            let expected = Said::Su { user: "alice".into(), target: "root".into(), allowed };
            assert_eq!(said("su", message), Some(expected), "{message}");
        }
    }

    #[test]
    fn users_made_and_changed() {
        let message = "new user: name=eve, UID=0, GID=0, home=/root, shell=/bin/bash, from=/dev/pts/0";
        assert_eq!(said("useradd", message), Some(Said::UserAdded { user: "eve".into(), uid: Some(0) }));
        let message = "pam_unix(passwd:chauthtok): password changed for eve";
        assert_eq!(said("passwd", message), Some(Said::PasswordChanged { user: "eve".into() }));
    }

    #[test]
    fn other_services_speak_through_pam() {
        let tail =
            "authentication failure; logname= uid=0 euid=0 tty=ftp ruser=bob rhost=203.0.113.7  user=bob";
        let expected =
            Said::Refused { service: "vsftpd".into(), user: "bob".into(), source: "203.0.113.7".into() };
        assert_eq!(said("vsftpd", &format!("pam_unix(vsftpd:auth): {tail}")), Some(expected));
        assert_eq!(said("x", &format!("pam_unix(sshd:auth): {tail}")), None, "sshd says so itself");
    }
}
