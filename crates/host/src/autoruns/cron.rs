//! What stands beside the tables of cron: jobs of at, tables of incron.

use super::look::{Draft, Look, Spot, What};

/// Tables of incron: what is watched, for what, and the command (incrontab(5)).
pub(super) fn incron(look: &mut Look<'_>, spot: &Spot) {
    let Some(text) = look.text(&spot.path) else { return };
    for (line, number) in text.split('\n').zip(1..) {
        let line = line.trim();
        let mut parts = line.splitn(3, [' ', '\t']);
        if let (Some(watched), Some(_), Some(runs)) = (parts.next(), parts.next(), parts.next())
            && !line.starts_with('#')
        {
            let when = format!("change of {watched}");
            let draft =
                Draft { line: Some(number), when: Some(&when), ..Draft::new(runs, What::Shell(runs)) };
            look.entry(spot, &draft);
        }
    }
}

/// A job of at: a script whose head restores environment and folder (at's `at.c`, `writefile`).
pub(super) fn at_job(look: &mut Look<'_>, spot: &Spot) {
    let Some(text) = look.text(&spot.path) else { return };
    if !text.starts_with("#!") {
        return;
    }
    let user = text.lines().find_map(|line| {
        let number: u32 = line.strip_prefix("# atrun uid=")?.split(' ').next()?.parse().ok()?;
        let account = look.accounts.iter().find(|account| account.number == number);
        Some(account.map_or_else(|| number.to_string(), |account| account.name.clone()))
    });
    let head = |line: &str| {
        let line = line.trim();
        line.is_empty()
            || line.starts_with('#')
            || line.starts_with("umask ")
            || line.ends_with("; export SHELL")
            || line.split_once('=').is_some_and(|(name, rest)| rest.ends_with(&format!("; export {name}")))
            || (line.starts_with("cd ") && line.ends_with('{'))
            || line.starts_with("echo 'Execution directory")
            || line == "exit 1"
            || line == "}"
            || line.starts_with("${SHELL:-/bin/sh} <<")
            || line.starts_with("marcinDELIMITER")
    };
    let own: Vec<(u64, &str)> =
        text.lines().zip(1..).filter(|(line, _)| !head(line)).map(|(line, at)| (at, line)).collect();
    let Some((line, _)) = own.first() else { return };
    let runs = own.iter().map(|(_, line)| *line).collect::<Vec<_>>().join("\n");
    let draft = Draft {
        line: Some(*line),
        user: user.as_deref(),
        when: Some("once"),
        ..Draft::new(&runs, What::Shell(&runs))
    };
    look.entry(spot, &draft);
}
