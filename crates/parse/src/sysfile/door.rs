//! Settings of services that say who may come in.
//!
//! Sources stand above each grammar. Only what is written is said: a default counts where the service's own manual
//! gives it.

use std::net::IpAddr;

/// Longest setting kept.
const SETTING: usize = 256;
/// Lines looked at of one file.
const LINES: usize = 65_536;

/// What a service asks of those who come from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asks {
    /// Nothing.
    Nothing,
    /// A password.
    Password,
    /// A key or certificate.
    Key,
    /// Nobody from outside is let in.
    Closed,
}

/// What a configuration says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    /// What is asked.
    pub asks: Asks,
    /// Where it listens, if that is written there; `None` for an address is all of them.
    pub at: Option<(Option<IpAddr>, u16)>,
    /// The line that decides, from 1; 0 where it is the absence of one.
    pub line: u64,
    /// The setting that decides, as written.
    pub setting: String,
}

/// redis.conf: `bind`, `protected-mode` (on unless said otherwise), `requirepass`, `user` and `aclfile`, `port`.
/// Source: redis `redis.conf`, section NETWORK.
#[must_use]
pub fn redis(text: &str) -> Option<Door> {
    let words = |name: &str| {
        lines(text).find_map(|(number, line)| {
            let (word, rest) = line.split_once(char::is_whitespace)?;
            word.eq_ignore_ascii_case(name).then_some((number, line, rest.trim().trim_matches('"')))
        })
    };
    let port = words("port").and_then(|(.., port)| port.parse().ok()).unwrap_or(6379);
    let bind = words("bind");
    let addresses: Vec<&str> = bind.map_or(Vec::new(), |(.., rest)| {
        rest.split_ascii_whitespace().map(|one| one.trim_start_matches('-')).collect()
    });
    let local = |text: &&str| text.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    let first = addresses.iter().find(|address| !local(address)).and_then(|text| text.parse::<IpAddr>().ok());
    let at = Some((first.filter(|address| !address.is_unspecified()), port));
    let of = |asks, found: (u64, &str)| Some(Door { asks, at, line: found.0, setting: short(found.1) });
    if !addresses.is_empty() && addresses.iter().all(local) {
        return bind.and_then(|(number, line, _)| of(Asks::Closed, (number, line)));
    }
    if let Some((number, ..)) = words("requirepass").filter(|(.., password)| !password.is_empty()) {
        return of(Asks::Password, (number, "requirepass …"));
    }
    if let Some((number, line, _)) = words("aclfile") {
        return of(Asks::Password, (number, line));
    }
    match words("protected-mode") {
        Some((number, line, mode)) if mode.eq_ignore_ascii_case("no") => of(Asks::Nothing, (number, line)),
        Some((number, line, _)) => of(Asks::Closed, (number, line)),
        None => of(Asks::Closed, (0, "protected-mode yes")),
    }
}

/// A command line of dockerd: `-H tcp://0.0.0.0:2375`, `--tlsverify`.
/// Source: docs.docker.com, "Protect the Docker daemon socket"; dockerd(8).
#[must_use]
pub fn docker_command(number: u64, command: &str) -> Option<Door> {
    let words: Vec<&str> = command.split_ascii_whitespace().take(256).collect();
    words.iter().find(|word| word.trim_start_matches(['-', '+', '@']).ends_with("dockerd"))?;
    let verified = words.iter().any(|word| *word == "--tlsverify" || *word == "--tlsverify=true");
    let host = words.iter().enumerate().find_map(|(at, word)| {
        let value = match *word {
            "-H" | "--host" => words.get(at + 1).copied(),
            word => word
                .strip_prefix("--host=")
                .or_else(|| word.strip_prefix("-H="))
                .or_else(|| word.strip_prefix("-H")),
        };
        value.and_then(|value| docker_host(value.trim_matches(['"', '\''])))
    })?;
    Some(docker(host, verified, number, command.trim()))
}

/// `/etc/docker/daemon.json`: `hosts` and `tlsverify`. Read by its words: the file is the administrator's, and one that
/// is no JSON keeps dockerd from starting.
#[must_use]
pub fn docker_json(text: &str) -> Option<Door> {
    let compact: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    let verified = compact.contains("\"tlsverify\":true");
    let (_, hosts) = compact.split_once("\"hosts\":[")?;
    let hosts = hosts.split(']').next()?;
    let (host, value) = hosts.split(',').take(64).find_map(|value| {
        let value = value.trim_matches('"');
        Some((docker_host(value)?, value))
    })?;
    let line = text.lines().position(|line| line.contains(value)).map_or(0, |at| at as u64 + 1);
    Some(docker(host, verified, line, value))
}

fn docker((address, port): (Option<IpAddr>, u16), verified: bool, line: u64, setting: &str) -> Door {
    let asks = match address {
        Some(address) if address.is_loopback() => Asks::Closed,
        _ if verified => Asks::Key,
        _ => Asks::Nothing,
    };
    Door { asks, at: Some((address, port)), line, setting: short(setting) }
}

/// `tcp://0.0.0.0:2375`; without an address it is 127.0.0.1 (`opts/hosts.go`, `DefaultHTTPHost`), without a port 2375.
fn docker_host(value: &str) -> Option<(Option<IpAddr>, u16)> {
    let rest = value.strip_prefix("tcp://")?.split('/').next()?;
    let (address, port) = match rest.rsplit_once(':') {
        Some((address, port)) if !port.contains(']') => (address, port.parse().ok()?),
        _ => (rest, 2375),
    };
    let address = address.trim_matches(['[', ']']);
    let address = match address {
        "" | "localhost" => Some(IpAddr::from([127, 0, 0, 1])),
        text => Some(text.parse::<IpAddr>().ok()?).filter(|address| !address.is_unspecified()),
    };
    Some((address, port))
}

/// The configuration of a kubelet: `authentication.anonymous.enabled`, `authorization.mode`.
/// Source: kubernetes.io, "Kubelet Configuration (v1beta1)": in the file anonymous is off unless said otherwise and the
/// mode is `Webhook`; with `AlwaysAllow` whoever comes may do everything.
#[must_use]
pub fn kubelet(text: &str) -> Option<Door> {
    let values = yaml(text);
    let value = |path: &str| values.iter().find(|one| one.path == path);
    value("kind").filter(|kind| kind.value == "KubeletConfiguration")?;
    let port = value("port").and_then(|port| port.value.parse().ok()).unwrap_or(10250);
    let anonymous = value("authentication.anonymous.enabled").filter(|one| one.value == "true");
    let always = value("authorization.mode").filter(|one| one.value == "AlwaysAllow");
    let (asks, line, setting) = match (anonymous, always) {
        (Some(one), Some(_)) => (
            Asks::Nothing,
            one.line,
            "authentication.anonymous.enabled: true, authorization.mode: AlwaysAllow",
        ),
        (Some(one), None) => (Asks::Key, one.line, "authorization.mode: Webhook"),
        (None, _) => (Asks::Key, 0, "authentication.anonymous.enabled: false"),
    };
    Some(Door { asks, at: Some((None, port)), line, setting: setting.to_owned() })
}

/// Arguments of a kubelet, one a line, where no file of settings is named among them.
/// Source: kubernetes.io, "kubelet": `--anonymous-auth` true and `--authorization-mode` AlwaysAllow unless said otherwise.
#[must_use]
pub fn kubelet_arguments(text: &str) -> Option<Door> {
    let flag = |name: &str| argument(text, "kubelet", name);
    if flag("config").is_some() || !text.lines().next()?.ends_with("kubelet") {
        return None;
    }
    let anonymous = flag("anonymous-auth").is_none_or(|value| value != "false");
    let always = flag("authorization-mode").is_none_or(|value| value == "AlwaysAllow");
    let (asks, setting) = match (anonymous, always) {
        (true, true) => (Asks::Nothing, "--anonymous-auth=true --authorization-mode=AlwaysAllow"),
        (true, false) => (Asks::Key, "--authorization-mode=Webhook"),
        (false, _) => (Asks::Key, "--anonymous-auth=false"),
    };
    Some(Door { asks, at: None, line: 0, setting: setting.to_owned() })
}

/// Arguments of etcd, one a line: `--client-cert-auth`, `--listen-client-urls`. Nothing is said of one behind TLS that
/// asks for no certificate: it may know users.
/// Source: etcd.io, "Configuration options" and "Transport security model".
#[must_use]
pub fn etcd_arguments(text: &str) -> Option<Door> {
    let flag = |name: &str| argument(text, "etcd", name);
    let is_local = |url: &str| ["127.0.0.1", "localhost", "[::1]"].iter().any(|host| url.contains(host));
    let urls = flag("listen-client-urls").unwrap_or_default();
    let open = urls.split(',').find(|url| url.starts_with("http://") && !is_local(url));
    if let Some(url) = open {
        return Some(Door { asks: Asks::Nothing, at: None, line: 0, setting: short(url) });
    }
    let asked = flag("client-cert-auth").is_some_and(|value| value != "false");
    asked.then(|| Door { asks: Asks::Key, at: None, line: 0, setting: "--client-cert-auth".to_owned() })
}

/// The value of an argument of a program, `--name=value` or `--name` and the next; empty where it has none.
fn argument<'a>(text: &'a str, program: &str, name: &str) -> Option<&'a str> {
    let mut words = text.lines().take(LINES);
    words.next().filter(|first| first.rsplit('/').next() == Some(program))?;
    while let Some(word) = words.next() {
        let Some(rest) = word.trim_start_matches('-').strip_prefix(name).filter(|_| word.starts_with('-'))
        else {
            continue;
        };
        match rest.strip_prefix('=') {
            Some(value) => return Some(value),
            None if rest.is_empty() => {
                return Some(words.next().filter(|next| !next.starts_with('-')).unwrap_or_default());
            }
            None => {}
        }
    }
    None
}

/// mongod.conf: `net.bindIp` (loopback unless said otherwise since 3.6), `net.bindIpAll`, `security.authorization`.
/// Source: MongoDB manual, "Self-Managed Configuration File Options".
#[must_use]
pub fn mongod(text: &str) -> Option<Door> {
    let values = yaml(text);
    let value = |path: &str| values.iter().find(|one| one.path == path);
    let port = value("net.port").and_then(|port| port.value.parse().ok()).unwrap_or(27017);
    let all = value("net.bindIpAll").filter(|one| one.value == "true");
    let bind = value("net.bindIp");
    let local = |text: &str| {
        text.trim() == "localhost" || text.trim().parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    };
    let at = Some((None, port));
    let closed = bind.is_none_or(|one| one.value.split(',').all(local)) && all.is_none();
    if closed {
        let (line, setting) =
            bind.map_or((0, "net.bindIp: localhost".to_owned()), |one| (one.line, one.shown()));
        return Some(Door { asks: Asks::Closed, at, line, setting });
    }
    let asked = value("security.authorization").filter(|one| one.value == "enabled");
    let keyed = value("security.keyFile").or_else(|| value("security.clusterAuthMode"));
    match asked.or(keyed) {
        Some(one) => Some(Door { asks: Asks::Password, at, line: one.line, setting: one.shown() }),
        None => {
            bind.or(all).map(|one| Door { asks: Asks::Nothing, at, line: one.line, setting: one.shown() })
        }
    }
}

/// pg_hba.conf: the weakest way in for an address that is not the machine's own.
/// Source: PostgreSQL manual, "The pg_hba.conf File".
#[must_use]
pub fn pg_hba(text: &str) -> Option<Door> {
    let mut weakest: Option<Door> = None;
    for (number, line) in lines(text) {
        let words: Vec<&str> = line.split_ascii_whitespace().take(16).collect();
        let [kind, _, _, address, ..] = words[..] else { continue };
        if !kind.starts_with("host") {
            continue;
        }
        // A mask may stand in a column of its own.
        let after = words.get(4).copied().unwrap_or_default();
        let method =
            if after.parse::<IpAddr>().is_ok() { words.get(5).copied().unwrap_or_default() } else { after };
        let own = ["samehost", "localhost"].contains(&address)
            || address
                .split('/')
                .next()
                .is_some_and(|one| one.parse::<IpAddr>().is_ok_and(|one| one.is_loopback()));
        if own {
            continue;
        }
        let asks = match method {
            "trust" => Asks::Nothing,
            "cert" | "gss" | "sspi" => Asks::Key,
            "reject" => continue,
            _ => Asks::Password,
        };
        if weakest.as_ref().is_none_or(|weakest| asks < weakest.asks) {
            // Options behind the method may hold a password (`ldapbindpasswd`).
            let until = if method == after { 5 } else { 6 };
            let setting = short(&words[..until.min(words.len())].join(" "));
            weakest = Some(Door { asks, at: None, line: number, setting });
        }
    }
    let closed = || Door { asks: Asks::Closed, at: None, line: 0, setting: "host …".to_owned() };
    (!text.trim().is_empty()).then(|| weakest.unwrap_or_else(closed))
}

/// sshd_config, its first part (before any `Match`): the first value of a word counts. Files included come before.
/// Source: sshd_config(5): `PasswordAuthentication` yes and `PermitRootLogin` prohibit-password unless said otherwise.
#[must_use]
pub fn sshd(files: &[&str]) -> Option<SshDoor> {
    let value = |name: &str| {
        files.iter().enumerate().find_map(|(file, text)| {
            let until_match =
                lines(text).take_while(|(_, line)| !line.to_ascii_lowercase().starts_with("match "));
            until_match.into_iter().find_map(|(number, line)| {
                let (word, rest) = line.split_once([' ', '\t', '='])?;
                word.eq_ignore_ascii_case(name).then(|| {
                    (file, number, line, rest.trim_matches([' ', '\t', '=', '"']).to_ascii_lowercase())
                })
            })
        })
    };
    if files.iter().all(|text| text.trim().is_empty()) {
        return None;
    }
    let password = value("PasswordAuthentication");
    let root = value("PermitRootLogin");
    let says = |found: &Option<(usize, u64, &str, String)>, word: &str| {
        found.as_ref().is_some_and(|(.., value)| value == word)
    };
    let by_password = !says(&password, "no");
    let root_by_password = by_password && says(&root, "yes");
    let shown = if root_by_password { root } else { password };
    let port = value("Port").and_then(|(.., port)| port.parse().ok()).unwrap_or(22);
    let (file, line, setting) = shown
        .map_or((0, 0, "PasswordAuthentication yes".to_owned()), |(file, number, line, _)| {
            (file, number, short(line))
        });
    let asks = if by_password { Asks::Password } else { Asks::Key };
    Some(SshDoor { file, root_by_password, door: Door { asks, at: Some((None, port)), line, setting } })
}

/// What the configuration of sshd says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SshDoor {
    /// Which of the files decides.
    pub file: usize,
    /// The user with all rights may come with a password.
    pub root_by_password: bool,
    /// The rest.
    pub door: Door,
}

/// The configuration of a Jupyter server, or its arguments: an empty token and no password.
/// Source: jupyter-server.readthedocs.io, "Security in the Jupyter Server".
#[must_use]
pub fn jupyter(text: &str) -> Option<Door> {
    let setting = |name: &str| {
        lines(text).find_map(|(number, line)| {
            let (word, rest) = line.split_once('=')?;
            let owner = word.trim().trim_start_matches("--").trim_start_matches("c.");
            let owner = owner.strip_suffix(name)?.strip_suffix('.')?;
            let is_server =
                ["ServerApp", "NotebookApp", "IdentityProvider", "PasswordIdentityProvider"].contains(&owner);
            let value = rest.trim().trim_start_matches(['u', 'b']).trim_matches(['\'', '"']);
            is_server.then(|| (number, line, value.to_owned()))
        })
    };
    let (number, line, token) = setting("token")?;
    let hashed = setting("password").or_else(|| setting("hashed_password"));
    let asks = if token.is_empty() && hashed.is_none_or(|(.., value)| value.is_empty()) {
        Asks::Nothing
    } else {
        Asks::Password
    };
    let port = setting("port").and_then(|(.., port)| port.parse().ok()).unwrap_or(8888);
    let setting = if token.is_empty() { short(line) } else { "token = …".to_owned() };
    Some(Door { asks, at: Some((None, port)), line: number, setting })
}

/// Lines that say something, with their numbers from 1: no remarks, no blanks.
fn lines(text: &str) -> impl Iterator<Item = (u64, &str)> {
    let numbered = (1u64..).zip(text.lines().take(LINES)).map(|(number, line)| (number, line.trim()));
    numbered.filter(|(_, line)| !line.is_empty() && !line.starts_with(['#', ';']))
}

/// A value of a YAML file.
struct Value {
    path: String,
    value: String,
    line: u64,
}

impl Value {
    fn shown(&self) -> String {
        short(&format!("{}: {}", self.path, self.value))
    }
}

/// The plain values of a YAML file, by the names that lead to them. Lists, flow style and anchors are left out.
fn yaml(text: &str) -> Vec<Value> {
    const DEPTH: usize = 16;
    let (mut open, mut values): (Vec<(usize, String)>, Vec<Value>) = (Vec::new(), Vec::new());
    for (line, raw) in (1u64..).zip(text.lines().take(4096)) {
        let plain = raw.split(" #").next().unwrap_or_default();
        let trimmed = plain.trim();
        if trimmed.is_empty() || trimmed.starts_with(['#', '-']) {
            continue;
        }
        let indent = plain.len() - plain.trim_start().len();
        let Some((name, value)) = trimmed.split_once(':') else { continue };
        while open.last().is_some_and(|(depth, _)| *depth >= indent) {
            open.pop();
        }
        let name = name.trim_matches(['"', '\'', ' ']).to_owned();
        let value = value.trim().trim_matches(['"', '\'']);
        if value.is_empty() {
            if open.len() < DEPTH {
                open.push((indent, name));
            }
            continue;
        }
        let mut path: Vec<&str> = open.iter().map(|(_, name)| name.as_str()).collect();
        path.push(&name);
        values.push(Value { path: short(&path.join(".")), value: short(value), line });
    }
    values
}

fn short(text: &str) -> String {
    text.chars().take(SETTING).collect()
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let count = text.lines().count() as u64;
    let doors = [
        redis(&text),
        docker_command(1, &text).map(|door| Door { line: 0, ..door }),
        docker_json(&text),
        etcd_arguments(&text),
        kubelet(&text),
        kubelet_arguments(&text),
        mongod(&text),
        pg_hba(&text),
        sshd(&[&text, &text]).map(|ssh| ssh.door),
        jupyter(&text),
    ];
    for door in doors.into_iter().flatten() {
        assert!(door.line <= count && door.setting.chars().count() <= SETTING, "a line of the file is named");
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    #[test]
    fn redis_asks() {
        let asks = |text: &str| redis(text).unwrap().asks;
        assert_eq!(asks("bind 127.0.0.1 -::1\nprotected-mode yes\n"), Asks::Closed);
        assert_eq!(asks("# bind 127.0.0.1\nprotected-mode no\nport 6379\n"), Asks::Nothing);
        assert_eq!(asks("bind 0.0.0.0\nprotected-mode no\nrequirepass secret\n"), Asks::Password);
        assert_eq!(asks("bind 0.0.0.0\n"), Asks::Closed, "protected mode is on unless said otherwise");
        let door = redis("bind 192.0.2.5\nport 7000\nprotected-mode no\n").unwrap();
        assert_eq!((door.at, door.line), (Some((Some([192, 0, 2, 5].into()), 7000)), 3));
        let door = redis("requirepass \"secret\"\n").unwrap();
        assert_eq!(door.setting, "requirepass …", "a password is not repeated");
    }

    #[test]
    fn docker_asks() {
        let command = "ExecStart=/usr/bin/dockerd -H fd:// -H tcp://0.0.0.0:2375";
        let door = docker_command(9, command.strip_prefix("ExecStart=").unwrap()).unwrap();
        assert_eq!((door.asks, door.at, door.line), (Asks::Nothing, Some((None, 2375)), 9));
        let asks = |command| docker_command(1, command).map(|door| door.asks);
        assert_eq!(asks("dockerd --tlsverify --host=tcp://192.0.2.5:2376"), Some(Asks::Key));
        assert_eq!(asks("/usr/bin/dockerd -H tcp://127.0.0.1:2375"), Some(Asks::Closed));
        assert_eq!(asks("/usr/bin/dockerd -H fd://"), None);
        assert_eq!(asks("docker -H tcp://192.0.2.9:2375 ps"), None, "the client");
        let door = docker_json("{\n \"hosts\": [\"unix:///x\",\n  \"tcp://0.0.0.0:2375\"]\n}").unwrap();
        assert_eq!((door.asks, door.line), (Asks::Nothing, 3));
        assert_eq!(docker_json("{\"log-level\":\"info\"}"), None);
    }

    #[test]
    fn kubelet_and_mongod_ask() {
        let text = "kind: KubeletConfiguration\nauthentication:\n  anonymous:\n    enabled: true\nauthorization:\n  mode: AlwaysAllow\n";
        let door = kubelet(text).unwrap();
        assert_eq!((door.asks, door.line), (Asks::Nothing, 4));
        assert_eq!(kubelet(&text.replace("true", "false")).unwrap().asks, Asks::Key);
        assert_eq!(kubelet("a: b\n"), None);
        let text = "net:\n  port: 27017\n  bindIp: 0.0.0.0   # all\nsecurity:\n  authorization: enabled\n";
        assert_eq!(mongod(text).unwrap().asks, Asks::Password);
        let door = mongod(&text.replace("enabled", "disabled")).unwrap();
        assert_eq!((door.asks, door.line, door.setting.as_str()), (Asks::Nothing, 3, "net.bindIp: 0.0.0.0"));
        assert_eq!(mongod("net:\n  bindIp: 127.0.0.1,::1\n").unwrap().asks, Asks::Closed);
    }

    #[test]
    fn kubelet_and_etcd_ask_by_their_arguments() {
        let asks = |text: &str| kubelet_arguments(text).map(|door| door.asks);
        assert_eq!(asks("/usr/bin/kubelet\n--v=2"), Some(Asks::Nothing));
        assert_eq!(asks("/usr/bin/kubelet\n--anonymous-auth=false"), Some(Asks::Key));
        assert_eq!(asks("kubelet\n--authorization-mode\nWebhook"), Some(Asks::Key));
        assert_eq!(asks("kubelet\n--config=/var/lib/kubelet/config.yaml"), None, "the file says");
        assert_eq!(asks("/usr/bin/vi\nkubelet"), None);
        let asks = |text: &str| etcd_arguments(text).map(|door| door.asks);
        let urls = "--listen-client-urls=https://127.0.0.1:2379,https://10.0.0.5:2379";
        assert_eq!(asks(&format!("etcd\n--client-cert-auth=true\n{urls}")), Some(Asks::Key));
        assert_eq!(asks(&format!("etcd\n{urls}")), None);
        assert_eq!(asks("etcd\n--listen-client-urls\nhttp://0.0.0.0:2379"), Some(Asks::Nothing));
        assert_eq!(asks("etcd\n--listen-client-urls=http://127.0.0.1:2379"), None);
    }

    #[test]
    fn postgres_asks() {
        let own = "local all all peer\nhost all all 127.0.0.1/32 trust\nhost all all ::1/128 trust\n";
        assert_eq!(pg_hba(own).unwrap().asks, Asks::Closed);
        let door =
            pg_hba(&format!("{own}host all all 10.0.0.0 255.0.0.0 md5\nhost all all 0.0.0.0/0 trust\n"))
                .unwrap();
        assert_eq!((door.asks, door.line), (Asks::Nothing, 5));
        assert_eq!(pg_hba("host all all 10.0.0.0 255.0.0.0 trust\n").unwrap().asks, Asks::Nothing);
        let ldap = "host all all 0.0.0.0/0 ldap ldapserver=x ldapbindpasswd=secret\n";
        assert_eq!(
            pg_hba(ldap).unwrap().setting,
            "host all all 0.0.0.0/0 ldap",
            "a password is not repeated"
        );
        assert_eq!(pg_hba("hostssl all all 0.0.0.0/0 scram-sha-256\n").unwrap().asks, Asks::Password);
    }

    #[test]
    fn sshd_asks() {
        let ssh = sshd(&["PasswordAuthentication no\n", "PasswordAuthentication yes\nPermitRootLogin yes\n"])
            .unwrap();
        assert_eq!((ssh.door.asks, ssh.root_by_password, ssh.file), (Asks::Key, false, 0));
        let ssh = sshd(&["Port 2222\n#PermitRootLogin no\nPermitRootLogin yes\n"]).unwrap();
        assert_eq!((ssh.door.asks, ssh.root_by_password, ssh.door.line), (Asks::Password, true, 3));
        assert_eq!(ssh.door.at, Some((None, 2222)));
        let ssh = sshd(&["PermitRootLogin no\nMatch User bob\n  PasswordAuthentication no\n"]).unwrap();
        assert_eq!((ssh.door.asks, ssh.root_by_password), (Asks::Password, false));
        assert_eq!(sshd(&[""]), None);
    }

    #[test]
    fn jupyter_asks() {
        assert_eq!(jupyter("c.ServerApp.token = ''\n").unwrap().asks, Asks::Nothing);
        assert_eq!(
            jupyter("c.NotebookApp.token = ''\nc.NotebookApp.password = 'argon2:x'\n").unwrap().asks,
            Asks::Password
        );
        assert_eq!(jupyter("c.ServerApp.token = 'abc'\n").unwrap().setting, "token = …");
        assert_eq!(jupyter("--ip=0.0.0.0\n--NotebookApp.token=\n").unwrap().asks, Asks::Nothing);
        assert_eq!(jupyter("# c.ServerApp.token = ''\n"), None);
    }
}
