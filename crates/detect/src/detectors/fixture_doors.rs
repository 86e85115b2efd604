//! Words of fixtures for facts from inside a machine: listeners, settings, logins, histories.
//!
//! ```text
//! listen 0.0.0.0:6379 70 redis-server           a socket, with process and name if they are known
//! door redis nothing 0.0.0.0:6379 /etc/redis/redis.conf:2 protected-mode no    service, what it asks, where (- for nowhere), place, setting
//! from 203.0.113.7 40 4 | root password 38 600 1           source, failures, names | user, how, failures before, second, logins | …
//! typed /root/.bash_history:3 root fetches-and-runs http://203.0.113.9/a curl … | sh   place, user, deeds, address, command
//! ordered /root/.bash_history:4 root pool.example:3333 alice ./x -o …                  place, user, pool, login, command
//! ```

use model::{
    Asks, AtLeast, Deed, Door, Endpoint, Entered, Fact, HostLogins, Listener, Orders, OrdersFrom, ProvedBy,
    ShellCommand, Time,
};
use std::net::SocketAddr;

/// The fact that a line tells; `None` for a word that is not one of these.
pub(super) fn fact(word: &str, rest: &str) -> Option<Fact> {
    let words: Vec<&str> = rest.split_whitespace().collect();
    Some(match word {
        "listen" => Fact::Listener(Box::new(Listener {
            address: end(words[0])?,
            udp: false,
            process: words.get(2).and_then(|name| Some((words[1].parse().ok()?, (*name).to_owned()))),
            started: None,
        })),
        "door" => Fact::Door(Box::new(Door {
            service: intel::door_of(words[0])?.service,
            asks: [Asks::Nothing, Asks::Password, Asks::Key, Asks::Closed]
                .into_iter()
                .find(|asks| asks.word() == words[1])?,
            root_by_password: rest.contains("PermitRootLogin yes"),
            address: end(words[2]),
            path: Some(place(words[3]).0),
            line: place(words[3]).1,
            process: None,
            setting: words[4..].join(" "),
        })),
        "from" => Fact::HostLogins(Box::new(logins(rest)?)),
        "typed" | "ordered" => {
            let (path, line) = place(words[0]);
            let typed = word == "typed";
            let deeds = |list: &str| list.split(',').filter_map(deed).collect();
            Fact::ShellCommand(Box::new(ShellCommand {
                orders: (!typed).then(|| Orders {
                    pool: words[2].to_owned(),
                    login: Some(words[3].to_owned()),
                    from: OrdersFrom::File(path.clone()),
                }),
                path,
                line,
                user: Some(words[1].to_owned()),
                time: None,
                command: words[4..].join(" "),
                deeds: if typed { deeds(words[2]) } else { Vec::new() },
                url: Some(words[3].to_owned()).filter(|url| typed && url != "-"),
            }))
        }
        _ => return None,
    })
}

fn logins(rest: &str) -> Option<HostLogins> {
    let mut parts = rest.split('|').map(|part| part.split_whitespace().collect::<Vec<_>>());
    let head = parts.next()?;
    let entered = parts.map(|part| {
        let by = [ProvedBy::Password, ProvedBy::Key, ProvedBy::Other];
        Some(Entered {
            user: part[0].to_owned(),
            by: by.into_iter().find(|by| by.word() == part[1])?,
            time: Time::from_secs(part[3].parse().ok()?),
            failed_before: AtLeast { count: part[2].parse().ok()?, or_more: false },
            last: Time::from_secs(part[3].parse().ok()?),
            count: part[4].parse().ok()?,
            key: None,
            path: "/var/log/auth.log".to_owned(),
            line: Some(7),
        })
    });
    Some(HostLogins {
        source: head[0].to_owned(),
        failed: head[1].parse().ok()?,
        names: AtLeast { count: head[2].parse().ok()?, or_more: false },
        failing: Some((Time::from_secs(1), Time::from_secs(2))),
        path: "/var/log/auth.log".to_owned(),
        entered: entered.collect::<Option<_>>()?,
    })
}

/// `/path:3`
fn place(text: &str) -> (String, Option<u64>) {
    match text.rsplit_once(':') {
        Some((path, line)) => (path.to_owned(), line.parse().ok()),
        None => (text.to_owned(), None),
    }
}

fn end(text: &str) -> Option<Endpoint> {
    let end: SocketAddr = text.parse().ok()?;
    Some(Endpoint::new(end.ip(), end.port()))
}

fn deed(word: &str) -> Option<Deed> {
    let all = [
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
    all.into_iter().find(|deed| deed.word() == word)
}
