//! What starts by itself: the grammars of the files in which it stands, and what a command comes to.
//!
//! | file | says |
//! |---|---|
//! | [`cron`] | tables of cron and anacron |
//! | [`unit`] | sections and keys: systemd units, desktop entries, D-Bus services, git configuration |
//! | [`accounts`] | users, keys that log in, who may become whom |
//! | [`rules`] | lines with a command in them: udev, modprobe, PAM, inittab, inetd, apt, logrotate, upstart |
//! | [`container`] | containers that restart, pods |
//! | [`shell`] | shell text, cut into commands |
//! | [`reading`] | the programs and scripts that a command comes to, and what is odd in it |
//!
//! Text is what it is: nothing is expanded but variables that the text itself sets, nothing is looked up.

pub mod accounts;
pub mod container;
pub mod cron;
pub mod reading;
pub mod rules;
pub mod shell;
pub mod unit;
mod vocabulary;

/// Lines with those that a backslash joins to them, each with the number of its first. Blank ones are left out.
#[must_use]
pub fn joined_lines(text: &str) -> Vec<(u64, String)> {
    let mut found = Vec::new();
    let mut open: Option<(u64, String)> = None;
    for (line, number) in text.split('\n').zip(1..) {
        let line = line.trim_end_matches('\r');
        let (line, goes_on) = line.strip_suffix('\\').map_or((line, false), |line| (line, true));
        let mut now = open.take().unwrap_or((number, String::new()));
        now.1.push_str(if now.1.is_empty() { line.trim_start() } else { line });
        if goes_on && now.1.len() < 64 * 1024 {
            open = Some(now);
        } else if !now.1.trim().is_empty() {
            found.push(now);
        }
    }
    found.extend(open.filter(|(_, line)| !line.trim().is_empty()));
    found
}

/// Exercises every grammar here with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let lines = data.iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
    for columns in [cron::Columns::WithUser, cron::Columns::WithoutUser, cron::Columns::Anacron] {
        assert!(
            cron::lines(&text, columns).all(|(line, _)| (1..=lines).contains(&line)),
            "a line of the file"
        );
    }
    let settings = unit::settings(&text);
    assert!(settings.iter().all(|setting| (1..=lines).contains(&setting.line)), "a line of the file");
    for setting in &settings {
        unit::commands(&setting.value).iter().for_each(|exec| drop(reading::words(&exec.words)));
        unit::environment(&setting.value).for_each(drop);
    }
    let rules = [
        rules::udev(&text),
        rules::modprobe(&text),
        rules::inittab(&text),
        rules::inetd(&text),
        rules::xinetd(&text),
        rules::apt(&text),
        rules::logrotate(&text),
        rules::upstart(&text),
    ];
    assert!(rules.iter().flatten().all(|rule| (1..=lines).contains(&rule.line)), "a line of the file");
    let _ = rules::pam(&text);
    accounts::accounts(&text).for_each(drop);
    accounts::keys(&text).for_each(drop);
    accounts::keywords(&text).for_each(drop);
    let _ = accounts::grants(&text);
    let _ = container::docker(data);
    let _ = container::restarts(data);
    let _ = container::pod(&text);
    let reading = reading::shell_text(&text);
    assert!(reading.runs.len() <= 64 && reading.sets.len() <= 64, "what is kept is bounded");
    let _ = reading::program_text(&text);
    let commands = shell::commands(&text);
    let known = |at: usize| at < commands.len();
    assert!(
        commands.iter().all(|one| one.within.is_none_or(known)
            && one.reads.is_none_or(|(first, last)| known(first) && known(last))),
        "commands refer to each other"
    );
}
