//! The commands and options, with their help in the user's language. Values are read in `values`, not here.

use crate::help;
use clap::{Arg, ArgAction, Command, builder::ValueParser};
use report::Words;
use std::ffi::OsString;

pub(crate) const SCAN: &str = "scan";
pub(crate) const COLLECT: &str = "collect";
pub(crate) const EXPLAIN: &str = "explain";
pub(crate) const DRILL: &str = "drill";
pub(crate) const TRAFFIC: &str = "traffic";
pub(crate) const HOST: &str = "host";

/// The whole command line.
pub(crate) fn command(words: &Words, columns: usize) -> Command {
    let traffic = subcommand(TRAFFIC, "cli-drill-traffic", words)
        .arg(positional("scenario", "cli-value-scenario", "cli-option-scenario", words))
        .args([
            flag("list", None, "cli-option-list", words),
            option("output", Some('o'), "cli-value-file", "cli-option-drill-output", words),
            option("seed", None, "cli-value-number", "cli-option-seed", words),
            option("truth", None, "cli-value-file", "cli-option-truth", words),
        ])
        .args(common(words));
    let drill = subcommand(DRILL, "cli-drill", words)
        .subcommands([traffic, drill_host(words)])
        .args(common(words))
        .subcommand_required(true);
    let explain = subcommand(EXPLAIN, "cli-explain", words)
        .arg(positional("id", "cli-value-id", "cli-option-id", words).num_args(0..).action(ArgAction::Append))
        .args(common(words));
    let root = Command::new("minehound")
        .version(env!("CARGO_PKG_VERSION"))
        .about(words.term("cli-about"))
        .subcommands([scan(words), collect(words), explain, drill])
        .args(common(words))
        .arg(flag("version", Some('V'), "cli-option-version", words).action(ArgAction::Version));
    dressed(root, words, columns, "minehound")
}

fn drill_host(words: &Words) -> Command {
    subcommand(HOST, "cli-drill-host", words)
        .args([
            flag("list", None, "cli-option-list-actors", words),
            option("actor", None, "cli-value-actor", "cli-option-actor", words).action(ArgAction::Append),
            option("seconds", None, "cli-value-number", "cli-option-seconds", words),
            option("truth", None, "cli-value-file", "cli-option-truth", words),
            option("root", None, "cli-value-folder", "cli-option-root", words),
            flag("pinned", None, "cli-option-pinned", words),
            flag("light", None, "cli-option-light", words),
            option("touch", None, "cli-value-when", "cli-option-touch", words),
            flag("in-place", None, "cli-option-in-place", words),
        ])
        .args(common(words))
}

/// `help scan` and `version`, as other programs have them, in our own spelling: `scan --help`, `--version`.
pub(crate) fn spelt_out(mut arguments: Vec<OsString>) -> Vec<OsString> {
    match arguments.get(1).and_then(|word| word.to_str()) {
        Some("help") => {
            arguments.remove(1);
            arguments.push("--help".into());
        }
        Some("version") => arguments[1] = "--version".into(),
        _ => {}
    }
    arguments
}

fn scan(words: &Words) -> Command {
    let evidence = positional("evidence", "cli-value-evidence", "cli-option-evidence", words)
        .num_args(0..)
        .action(ArgAction::Append);
    let option = |name, value, help| option(name, None, value, help, words);
    let flag = |name, help| flag(name, None, help, words);
    subcommand(SCAN, "cli-scan", words)
        .arg(evidence)
        .args(under(
            "cli-heading-answer",
            words,
            [
                option("format", "cli-value-format", "cli-option-format"),
                option("output", "cli-value-file", "cli-option-output").short('o'),
                flag("why", "cli-option-why"),
                option("show", "cli-value-finding", "cli-option-show"),
                option("extract", "cli-value-file", "cli-option-extract"),
                flag("show-secrets", "cli-option-show-secrets"),
                option("host", "cli-value-host", "cli-option-host"),
                flag("all-hosts", "cli-option-all-hosts"),
                option("fail-on", "cli-value-level", "cli-option-fail-on"),
            ],
        ))
        .args(under(
            "cli-heading-evidence",
            words,
            [
                option("since", "cli-value-time", "cli-option-since"),
                option("until", "cli-value-time", "cli-option-until"),
                option("inside", "cli-value-cidr", "cli-option-inside").action(ArgAction::Append),
                option("intel", "cli-value-file", "cli-option-intel"),
                flag("no-hash", "cli-option-no-hash"),
                flag("this-machine", "cli-option-this-machine"),
                option("observe", "cli-value-number", "cli-option-observe"),
                flag("deep", "cli-option-deep"),
            ],
        ))
        .args(under(
            "cli-heading-run",
            words,
            [
                option("memory", "cli-value-number", "cli-option-memory"),
                option("threads", "cli-value-number", "cli-option-threads"),
                flag("no-sandbox", "cli-option-no-sandbox"),
                option("config", "cli-value-file", "cli-option-config"),
                option("progress", "cli-value-when", "cli-option-progress"),
                flag("quiet", "cli-option-quiet").short('q'),
            ],
        ))
        .args(common(words))
}

fn collect(words: &Words) -> Command {
    subcommand(COLLECT, "cli-collect", words)
        .args([
            option("output", Some('o'), "cli-value-file", "cli-option-collect-output", words),
            flag("force", None, "cli-option-force", words),
            option("observe", None, "cli-value-number", "cli-option-observe", words),
            flag("deep", None, "cli-option-deep", words),
            flag("no-sandbox", None, "cli-option-collect-no-sandbox", words),
            option("progress", None, "cli-value-when", "cli-option-progress", words),
            flag("quiet", Some('q'), "cli-option-quiet", words),
        ])
        .args(common(words))
}

/// What every command understands.
fn common(words: &Words) -> [Arg; 3] {
    [
        option("lang", None, "cli-value-language", "cli-option-lang", words),
        option("color", None, "cli-value-when", "cli-option-color", words),
        flag("help", Some('h'), "cli-option-help", words).action(ArgAction::Help),
    ]
}

fn subcommand(name: &'static str, about: &'static str, words: &Words) -> Command {
    Command::new(name).about(words.term(about))
}

fn option(
    name: &'static str,
    short: Option<char>,
    value: &'static str,
    help: &'static str,
    words: &Words,
) -> Arg {
    let plain = Arg::new(name).long(name).value_name(words.term(value)).help(words.term(help));
    plain.short(short).value_parser(ValueParser::os_string()).allow_hyphen_values(false)
}

fn flag(name: &'static str, short: Option<char>, help: &'static str, words: &Words) -> Arg {
    Arg::new(name).long(name).short(short).help(words.term(help)).action(ArgAction::SetTrue)
}

fn positional(name: &'static str, value: &'static str, help: &'static str, words: &Words) -> Arg {
    Arg::new(name).value_name(words.term(value)).help(words.term(help)).value_parser(ValueParser::os_string())
}

fn under<const N: usize>(heading: &'static str, words: &Words, args: [Arg; N]) -> [Arg; N] {
    let heading = words.term(heading);
    args.map(|arg| arg.help_heading(heading.clone()))
}

/// Our own help instead of clap's, here and in every command below.
fn dressed(command: Command, words: &Words, columns: usize, path: &str) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|below| below.get_name().to_owned()).collect();
    let mut command =
        command.disable_help_flag(true).disable_version_flag(true).disable_help_subcommand(true);
    for name in names {
        let path = format!("{path} {name}");
        command = command.mut_subcommand(&name, |below| dressed(below, words, columns, &path));
    }
    let text = help::render(&command, words, columns, path);
    command.override_help(text)
}
