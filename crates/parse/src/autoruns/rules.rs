//! Lines of configuration in which a command stands: udev, modprobe, PAM, inittab, inetd, apt, logrotate, upstart.
//!
//! Grammar: udev(7) (`RUN{program}+="…"`, `PROGRAM=`, `IMPORT{program}=`); modprobe.d(5) (`install`, `remove`);
//! pam.conf(5); inittab(5); inetd.conf(5), xinetd.conf(5); apt.conf(5) and apt-pkg's hooks; logrotate(8) (scripts end at
//! `endscript`); upstart's init(5) (`exec`, `script` … `end script`).

use super::joined_lines;

/// A command and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its line, from 1.
    pub line: u64,
    /// As whom, where it is said.
    pub user: Option<String>,
    /// When, where it is said.
    pub when: Option<String>,
    /// What is run, as a shell would read it.
    pub runs: String,
}

fn rule(line: u64, when: Option<&str>, runs: &str) -> Rule {
    Rule { line, user: None, when: when.map(str::to_owned), runs: runs.to_owned() }
}

/// Commands of udev rules.
#[must_use]
pub fn udev(text: &str) -> Vec<Rule> {
    let mut found = Vec::new();
    for (number, line) in joined_lines(text).iter().filter(|(_, line)| !line.starts_with('#')) {
        for key in ["RUN", "PROGRAM", "IMPORT{program}"] {
            for (at, _) in line.match_indices(key) {
                let is_start = at == 0 || line[..at].ends_with([' ', ',', '\t']);
                let rest = line[at + key.len()..].trim_start();
                let rest = rest.strip_prefix("{program}").unwrap_or(rest).trim_start();
                let operator = rest.len() - rest.trim_start_matches(['+', ':', '=']).len();
                let value = rest[operator..].trim_start().strip_prefix('"');
                if let (true, 1..=2, Some(value)) = (is_start, operator, value) {
                    let runs = value.split('"').next().unwrap_or_default();
                    found.push(rule(*number, Some("device"), runs));
                }
            }
        }
    }
    found
}

/// Commands that run instead of loading or unloading a module.
#[must_use]
pub fn modprobe(text: &str) -> Vec<Rule> {
    let one = |(number, line): &(u64, String)| {
        let mut parts = line.trim().splitn(3, [' ', '\t']);
        let word = parts.next().filter(|word| matches!(*word, "install" | "remove"))?;
        let (_, runs) = (parts.next()?, parts.next()?.trim());
        // To keep a module out is not to run something.
        let refuses = matches!(runs, "/bin/true" | "/bin/false" | "/usr/bin/true" | "/usr/bin/false" | ":");
        let when = if word == "install" { "module load" } else { "module removal" };
        (!refuses).then(|| rule(*number, Some(when), runs))
    };
    joined_lines(text).iter().filter_map(one).collect()
}

/// One module of a PAM stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pam {
    /// Its line, from 1.
    pub line: u64,
    /// `auth`, `session` ….
    pub kind: String,
    /// The module, as written.
    pub module: String,
    /// What follows it.
    pub arguments: String,
}

/// The modules of a file of `/etc/pam.d`.
#[must_use]
pub fn pam(text: &str) -> Vec<Pam> {
    let one = |(number, line): &(u64, String)| {
        let line = line.trim();
        let (kind, rest) = line.split_once([' ', '\t'])?;
        let kind = kind.trim_start_matches('-');
        matches!(kind, "auth" | "account" | "password" | "session").then_some(())?;
        let rest = rest.trim_start();
        let rest = match rest.strip_prefix('[') {
            Some(control) => control.split_once(']')?.1,
            None => rest.split_once([' ', '\t'])?.1,
        };
        let rest = rest.trim_start();
        let (module, arguments) = rest.split_once([' ', '\t']).unwrap_or((rest, ""));
        let module = module.to_owned();
        Some(Pam { line: *number, kind: kind.to_owned(), module, arguments: arguments.trim().to_owned() })
    };
    joined_lines(text).iter().filter_map(one).filter(|one| one.module.contains(".so")).collect()
}

/// What init of System V starts and starts again.
#[must_use]
pub fn inittab(text: &str) -> Vec<Rule> {
    let one = |(line, number): (&str, u64)| {
        let mut fields = line.trim().splitn(4, ':');
        let first = fields.next().filter(|id| !id.starts_with('#'))?;
        let (_, action, runs) = (fields.next()?, fields.next()?, fields.next()?.trim());
        let known = !matches!(action, "off" | "initdefault") && first.len() <= 32;
        (known && !runs.is_empty()).then(|| rule(number, Some(action), runs.trim_start_matches(['@', '-'])))
    };
    text.split('\n').zip(1..).filter_map(one).collect()
}

/// What inetd starts for a connection.
#[must_use]
pub fn inetd(text: &str) -> Vec<Rule> {
    let one = |(line, number): (&str, u64)| {
        let line = line.trim();
        let words: Vec<&str> = line.split_whitespace().collect();
        let [service, _, _, _, user, program, arguments @ ..] = words.as_slice() else { return None };
        if line.starts_with('#') || *program == "internal" {
            return None;
        }
        // The first argument is what the program is called.
        let arguments = arguments.get(1..).unwrap_or_default().join(" ");
        let runs = format!("{program} {arguments}");
        let user = user.split(['.', ':']).next().map(str::to_owned);
        let when = Some(format!("connection to {service}"));
        Some(Rule { line: number, user, when, runs: runs.trim_end().to_owned() })
    };
    text.split('\n').zip(1..).filter_map(one).collect()
}

/// What xinetd starts for a connection, unless it is disabled.
#[must_use]
pub fn xinetd(text: &str) -> Vec<Rule> {
    let mut found = Vec::new();
    let (mut service, mut open) = (String::new(), None);
    let (mut user, mut arguments, mut disabled) = (None, String::new(), false);
    for (line, number) in text.split('\n').zip(1..) {
        let line = line.trim();
        if let Some(name) = line.strip_prefix("service") {
            name.trim().trim_end_matches('{').trim().clone_into(&mut service);
            (open, user, disabled) = (None, None, false);
            arguments.clear();
        } else if line.starts_with('}') {
            if let (Some((line, server)), false) = (open.take(), disabled) {
                let runs = format!("{server} {arguments}").trim_end().to_owned();
                let when = Some(format!("connection to {service}"));
                found.push(Rule { line, user: user.take(), when, runs });
            }
        } else if let Some((key, value)) = line.split_once('=') {
            let value = value.trim();
            match key.trim().trim_end_matches('+').trim() {
                "server" => open = Some((number, value.to_owned())),
                "server_args" => value.clone_into(&mut arguments),
                "user" => user = Some(value.to_owned()),
                "disable" => disabled = value == "yes",
                _ => {}
            }
        }
    }
    found
}

/// Hooks of apt: what `Pre-Invoke`, `Post-Invoke` and their like name.
#[must_use]
pub fn apt(text: &str) -> Vec<Rule> {
    const HOOKS: [&str; 6] = [
        "Pre-Invoke",
        "Post-Invoke",
        "Pre-Install-Pkgs",
        "Post-Invoke-Success",
        "Post-Invoke-Stats",
        "AptCli::Hooks",
    ];
    let mut found = Vec::new();
    let mut inside = false;
    for (line, number) in text.split('\n').zip(1..) {
        let line = line.trim();
        if line.starts_with("//") || line.starts_with('#') {
            continue;
        }
        let names = HOOKS.iter().filter_map(|hook| Some(line.find(hook)? + hook.len())).max();
        if names.is_some() || inside {
            let mut rest = names.map_or(line, |at| line[at..].trim_start_matches(|letter| letter != '"'));
            while let Some((runs, after)) = string(rest) {
                found.push(rule(number, Some("package change"), &runs));
                rest = after;
            }
            let opens = names.is_some() && line.contains('{') || inside;
            inside = opens && !line.contains('}');
        }
    }
    found
}

/// The next text in quotes, and what follows it.
fn string(text: &str) -> Option<(String, &str)> {
    let start = text.find('"')? + 1;
    let (mut value, mut escaped) = (String::new(), false);
    for (at, letter) in text[start..].char_indices() {
        match letter {
            _ if escaped => {
                value.push(letter);
                escaped = false;
            }
            '\\' => escaped = true,
            '"' => return Some((value, &text[start + at + 1..])),
            _ => value.push(letter),
        }
    }
    None
}

/// Scripts of logrotate.
#[must_use]
pub fn logrotate(text: &str) -> Vec<Rule> {
    const WORDS: [&str; 5] = ["postrotate", "prerotate", "firstaction", "lastaction", "preremove"];
    blocks(text, |line| WORDS.contains(&line), |line| line == "endscript", "log rotation")
}

/// What upstart runs.
#[must_use]
pub fn upstart(text: &str) -> Vec<Rule> {
    let opens = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        matches!(words.as_slice(), ["script"] | [_, "script"]) && !line.starts_with("end")
    };
    let mut found = blocks(text, opens, |line| line == "end script", "boot");
    for (line, number) in text.split('\n').zip(1..) {
        let line = line.trim();
        let line = ["pre-start ", "post-start ", "pre-stop ", "post-stop "]
            .iter()
            .find_map(|word| line.strip_prefix(word))
            .unwrap_or(line);
        found.extend(line.strip_prefix("exec ").map(|runs| rule(number, Some("boot"), runs)));
    }
    found.sort_by_key(|one| one.line);
    found
}

/// Text between two lines, as one command each.
fn blocks(text: &str, opens: impl Fn(&str) -> bool, closes: impl Fn(&str) -> bool, when: &str) -> Vec<Rule> {
    let mut found: Vec<Rule> = Vec::new();
    let mut open: Option<Rule> = None;
    for (line, number) in text.split('\n').zip(1..) {
        let line = line.trim();
        match &mut open {
            Some(_) if closes(line) => found.extend(open.take()),
            Some(block) => {
                block.runs.push_str(line);
                block.runs.push('\n');
            }
            None if opens(line) => open = Some(rule(number, Some(when), "")),
            None => {}
        }
    }
    found.extend(open);
    found.iter_mut().for_each(|one| one.runs.truncate(one.runs.trim_end().len()));
    found.retain(|one| !one.runs.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(rules: Vec<Rule>) -> Vec<String> {
        let one = |rule: Rule| {
            let user = rule.user.map_or(String::new(), |user| format!(" as {user}"));
            format!("{} {}{user}: {}", rule.line, rule.when.unwrap_or_default(), rule.runs)
        };
        rules.into_iter().map(one).collect()
    }

    #[test]
    fn commands_in_rules() {
        let text = "# RUN+=\"/no\"\nACTION==\"add\", \\\n  RUN+=\"/bin/a b\", RUN{program}=\"/c\"\nKERNEL==\"x\", PROGRAM=\"/d\", TAG+=\"RUN\", RUN{builtin}+=\"kmod load\"\n";
        assert_eq!(shown(udev(text)), ["2 device: /bin/a b", "2 device: /c", "4 device: /d"]);
        let text = "blacklist x\ninstall usb /opt/a; modprobe -i usb\ninstall cramfs /bin/true\n";
        assert_eq!(shown(modprobe(text)), ["2 module load: /opt/a; modprobe -i usb"]);
        let text = "id:2:initdefault:\nx:2345:respawn:/dev/shm/a -b c:d\n# n:2:off:/x\n::sysinit:@/etc/rc\n";
        assert_eq!(shown(inittab(text)), ["2 respawn: /dev/shm/a -b c:d", "4 sysinit: /etc/rc"]);
    }

    #[test]
    fn stacks_and_super_servers() {
        let text = "#%PAM\nauth [success=1 default=ignore] pam_unix.so nullok\nsession optional pam_exec.so quiet /opt/a\n@include common\n-session\toptional\tpam_systemd.so\n";
        let found: Vec<_> = pam(text).into_iter().map(|one| (one.line, one.module, one.arguments)).collect();
        let expected =
            [(2, "pam_unix.so", "nullok"), (3, "pam_exec.so", "quiet /opt/a"), (5, "pam_systemd.so", "")];
        assert_eq!(found, expected.map(|(line, module, text)| (line, module.to_owned(), text.to_owned())));
        let text = "#a\nssh stream tcp nowait root.wheel /usr/sbin/tcpd sshd -i\ntime stream tcp nowait root internal\n";
        assert_eq!(shown(inetd(text)), ["2 connection to ssh as root: /usr/sbin/tcpd -i"]);
        let text = "service a\n{\n user = root\n server = /opt/a\n server_args = -b\n disable = no\n}\nservice b\n{\nserver=/b\ndisable = yes\n}\n";
        assert_eq!(shown(xinetd(text)), ["4 connection to a as root: /opt/a -b"]);
    }

    #[test]
    fn hooks_and_blocks() {
        let text = "// Pre-Invoke {\"no\"};\nDPkg::Post-Invoke {\"/a; b \\\"c\\\"\"; };\nAPT::Update::Pre-Invoke {\n \"/d\";\n};\nAPT::X \"y\";\nDPkg::Post-Invoke:: \"/e\";\n";
        assert_eq!(
            shown(apt(text)),
            ["2 package change: /a; b \"c\"", "4 package change: /d", "7 package change: /e"]
        );
        let text = "/var/log/a {\n daily\n postrotate\n  /opt/a\n  b\n endscript\n}\n";
        assert_eq!(shown(logrotate(text)), ["3 log rotation: /opt/a\nb"]);
        let text = "start on x\npre-start script\n a\nend script\nexec /opt/b -c\n";
        assert_eq!(shown(upstart(text)), ["2 boot: a", "5 boot: /opt/b -c"]);
    }
}
