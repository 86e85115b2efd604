//! What the configuration of services says of who may come in.

use super::Look;
use super::glob::glob;
use super::running::Running;
use model::{Asks, At, Door, Endpoint, Fact};
use parse::sysfile::door;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};

/// Longest configuration read.
const MOST: usize = 1 << 20;

/// Where a service keeps its settings, and how they are read. Debian, Red Hat and the makers' own packages.
const FILES: [(&str, &[&str], Grammar); 5] = [
    (
        "redis",
        &[
            "/etc/redis/*.conf",
            "/etc/redis.conf",
            "/etc/redis/*/redis.conf",
            "/usr/local/etc/redis/redis.conf",
            "/etc/valkey/*.conf",
        ],
        door::redis,
    ),
    ("docker", &["/etc/docker/daemon.json"], door::docker_json),
    ("kubelet", &["/var/lib/kubelet/config.yaml", "/etc/kubernetes/kubelet/config.yaml"], door::kubelet),
    ("mongodb", &["/etc/mongod.conf", "/etc/mongodb.conf"], door::mongod),
    (
        "postgresql",
        &[
            "/etc/postgresql/*/*/pg_hba.conf",
            "/var/lib/pgsql/data/pg_hba.conf",
            "/var/lib/pgsql/*/data/pg_hba.conf",
            "/var/lib/postgresql/data/pg_hba.conf",
        ],
        door::pg_hba,
    ),
];
const JUPYTER: [&str; 4] = [
    "/root/.jupyter/jupyter_server_config.py",
    "/root/.jupyter/jupyter_notebook_config.py",
    "/home/*/.jupyter/jupyter_server_config.py",
    "/home/*/.jupyter/jupyter_notebook_config.py",
];
/// Unit files and drop-ins, and the variables that Debian's and Red Hat's old ones take in.
const DOCKER: [&str; 6] = [
    "/etc/systemd/system/docker.service",
    "/etc/systemd/system/docker.service.d/*.conf",
    "/usr/lib/systemd/system/docker.service",
    "/lib/systemd/system/docker.service",
    "/etc/default/docker",
    "/etc/sysconfig/docker",
];
/// Included files come first, as where the main file of Debian and Red Hat includes them.
const SSH: [&str; 2] = ["/etc/ssh/sshd_config.d/*.conf", "/etc/ssh/sshd_config"];

type Grammar = fn(&str) -> Option<door::Door>;

/// Tells what the settings of services and the arguments of running ones say.
pub(super) fn look(look: &mut Look<'_>, running: &[Running]) {
    for (service, patterns, grammar) in FILES {
        each(look, service, patterns, grammar);
    }
    each(look, "jupyter", &JUPYTER, door::jupyter);
    each(look, "docker", &DOCKER, unit);
    ssh(look);
    for Running { pid, arguments } in running {
        let joined = arguments.replace('\n', " ");
        let jupyter = || door::jupyter(arguments).filter(|_| arguments.contains("jupyter"));
        let found = door::docker_command(0, &joined)
            .map(|door| ("docker", door))
            .or_else(|| Some(("kubelet", door::kubelet_arguments(arguments)?)))
            .or_else(|| Some(("etcd", door::etcd_arguments(arguments)?)))
            .or_else(|| Some(("jupyter", jupyter()?)));
        if let Some((service, mut door)) = found {
            door.line = 0;
            tell(look, service, None, Some(*pid), door, false);
        }
    }
}

/// Reads each file with its grammar.
fn each(look: &mut Look<'_>, service: &'static str, patterns: &[&str], grammar: Grammar) {
    let mut seen = Vec::new();
    for pattern in patterns {
        for path in glob(look, pattern) {
            // `/lib` may be a link to `/usr/lib`.
            let identity = look.view.meta_of_target(&path).ok().map(|meta| meta.identity);
            if seen.contains(&identity) {
                continue;
            }
            seen.push(identity);
            if let Some(door) = look.text(&path, MOST).and_then(|text| grammar(&text)) {
                tell(look, service, Some(&path), None, door, false);
            }
        }
    }
}

/// The first line that starts dockerd with a door, or gives it such options.
fn unit(text: &str) -> Option<door::Door> {
    (1u64..).zip(text.lines()).find_map(|(number, line)| {
        let line = line.trim();
        let command = line.strip_prefix("ExecStart=").map(str::to_owned);
        let options = || {
            let (name, value) = line.split_once('=')?;
            let value = value.trim_matches(['"', '\'']);
            ["DOCKER_OPTS", "OPTIONS", "other_args"]
                .contains(&name.trim())
                .then(|| format!("dockerd {value}"))
        };
        let mut door = door::docker_command(number, &command.or_else(options)?)?;
        line.clone_into(&mut door.setting);
        Some(door)
    })
}

fn ssh(look: &mut Look<'_>) {
    let mut files: Vec<(PathBuf, String)> = Vec::new();
    for pattern in SSH {
        for path in glob(look, pattern) {
            if let Some(text) = look.text(&path, MOST) {
                files.push((path, text));
            }
        }
    }
    let texts: Vec<&str> = files.iter().map(|(_, text)| text.as_str()).collect();
    // A machine without the main file has no server, whatever lies in the folder beside it.
    if !files.iter().any(|(path, _)| path == Path::new(SSH[1])) {
        return;
    }
    if let Some(ssh) = door::sshd(&texts) {
        // Where the absence of a line decides, the main file lacks it.
        let main = files.len() - 1;
        let path = files[if ssh.door.line == 0 { main } else { ssh.file.min(main) }].0.clone();
        tell(look, "ssh", Some(&path), None, ssh.door, ssh.root_by_password);
    }
}

fn tell(
    look: &mut Look<'_>,
    service: &'static str,
    path: Option<&Path>,
    process: Option<u32>,
    door: door::Door,
    root_by_password: bool,
) {
    let asks = match door.asks {
        door::Asks::Nothing => Asks::Nothing,
        door::Asks::Password => Asks::Password,
        door::Asks::Key => Asks::Key,
        door::Asks::Closed => Asks::Closed,
    };
    let address = door
        .at
        .map(|(address, port)| Endpoint::new(address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)), port));
    let at = match (process, door.line) {
        (Some(pid), _) => At::Process(pid),
        (None, 0) => At::Whole,
        (None, line) => At::Line(line),
    };
    let door = Door {
        service,
        asks,
        root_by_password,
        address,
        path: path.map(|path| path.to_string_lossy().into_owned()),
        line: Some(door.line).filter(|line| *line > 0),
        process,
        setting: door.setting,
    };
    look.tell(at, Fact::Door(Box::new(door)));
}

#[cfg(test)]
mod tests {
    use crate::Memory;
    use crate::doors::tests::facts;
    use model::{Asks, Door, Fact, Time};

    fn doors(memory: &mut Memory) -> Vec<Door> {
        let (facts, gaps) = facts(memory);
        assert!(gaps.is_empty(), "{gaps:?}");
        let door = |seen: model::Observation| match seen.fact {
            Fact::Door(door) => Some(*door),
            _ => None,
        };
        facts.into_iter().filter_map(door).collect()
    }

    #[test]
    fn services_say_who_may_come_in() {
        let mut memory = Memory::new(Time::from_secs(1_000));
        memory
            .file("/etc/redis/redis.conf", "bind 0.0.0.0\nprotected-mode no\n")
            .file(
                "/usr/lib/systemd/system/docker.service",
                "[Service]\nExecStart=/usr/bin/dockerd -H tcp://0.0.0.0:2375\n",
            )
            .link("/lib", "usr/lib")
            .file("/etc/postgresql/15/main/pg_hba.conf", "local all all peer\nhost all all 0.0.0.0/0 trust\n")
            .file("/home/ann/.jupyter/jupyter_server_config.py", "c.ServerApp.token = ''\n")
            .file("/etc/ssh/sshd_config", "Include /etc/ssh/sshd_config.d/*.conf\nPermitRootLogin yes\n")
            .file("/etc/ssh/sshd_config.d/10-keys.conf", "PasswordAuthentication no\n");
        let found: Vec<(&str, Asks, String, Option<u64>)> = doors(&mut memory)
            .into_iter()
            .map(|door| (door.service, door.asks, door.path.unwrap_or_default(), door.line))
            .collect();
        let expected = [
            ("redis", Asks::Nothing, "/etc/redis/redis.conf", 2),
            ("postgresql", Asks::Nothing, "/etc/postgresql/15/main/pg_hba.conf", 2),
            ("jupyter", Asks::Nothing, "/home/ann/.jupyter/jupyter_server_config.py", 1),
            ("docker", Asks::Nothing, "/usr/lib/systemd/system/docker.service", 2),
            ("ssh", Asks::Key, "/etc/ssh/sshd_config.d/10-keys.conf", 1),
        ]
        .map(|(service, asks, path, line)| (service, asks, path.to_owned(), Some(line)));
        assert_eq!(found, expected);
    }

    #[test]
    fn arguments_of_a_running_server_count() {
        let mut memory = Memory::new(Time::from_secs(1_000));
        let tcp = "  sl \n   0: 00000000:22B8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 11 1 0\n";
        memory
            .running([70])
            .file("/proc/net/tcp", tcp)
            .file("/proc/70/comm", "jupyter-lab\n")
            .file(
                "/proc/70/cmdline",
                "/usr/bin/python3\0/usr/bin/jupyter-lab\0--ip=0.0.0.0\0--ServerApp.token=\0",
            )
            .link("/proc/70/fd/3", "socket:[11]");
        let found = doors(&mut memory);
        assert_eq!((found.len(), found[0].asks, found[0].process), (1, Asks::Nothing, Some(70)));
    }
}
