//! The help page of a command: wrapped for wide characters too, headed in the user's language.

use clap::{Arg, Command};
use report::{Words, width, wrap};

/// No left column is wider than this; a longer entry gets a line of its own.
const WIDEST_LEFT: usize = 30;
/// Help wider than this is hard to read.
const WIDEST: usize = 100;

/// The page. `path` is the command as typed.
pub(crate) fn render(command: &Command, words: &Words, columns: usize, path: &str) -> String {
    let columns = columns.clamp(40, WIDEST);
    let mut text = String::new();
    paragraph(&command.get_about().map(ToString::to_string).unwrap_or_default(), columns, &mut text);
    text.push_str(&format!("\n{} {}\n", words.term("cli-usage"), usage(command, words, path)));

    let commands: Vec<Entry> = command.get_subcommands().map(Entry::of_command).collect();
    section(&words.term("cli-heading-commands"), &commands, columns, &mut text);
    let positionals: Vec<Entry> = command.get_positionals().map(Entry::of_positional).collect();
    section(&words.term("cli-heading-arguments"), &positionals, columns, &mut text);

    let options: Vec<&Arg> = command.get_arguments().filter(|arg| !arg.is_positional()).collect();
    let mut headings: Vec<&str> = Vec::new();
    for heading in options.iter().filter_map(|arg| arg.get_help_heading()) {
        if !headings.contains(&heading) {
            headings.push(heading);
        }
    }
    let under = |heading: Option<&str>| -> Vec<Entry> {
        options
            .iter()
            .filter(|arg| arg.get_help_heading() == heading)
            .map(|arg| Entry::of_option(arg))
            .collect()
    };
    for heading in headings {
        section(heading, &under(Some(heading)), columns, &mut text);
    }
    section(&words.term("cli-heading-options"), &under(None), columns, &mut text);
    text
}

/// `minehound scan [OPTIONS] [EVIDENCE]...`.
pub(crate) fn usage(command: &Command, words: &Words, path: &str) -> String {
    let mut line = path.to_owned();
    if command.has_subcommands() {
        let name = words.term("cli-value-command");
        line +=
            &if command.is_subcommand_required_set() { format!(" <{name}>") } else { format!(" [{name}]") };
    }
    line += &format!(" [{}]", words.term("cli-value-options"));
    for positional in command.get_positionals() {
        line.push(' ');
        line += &shown(positional);
    }
    line
}

struct Entry {
    left: String,
    right: String,
}

impl Entry {
    fn of_command(command: &Command) -> Entry {
        let right = command.get_about().map(ToString::to_string).unwrap_or_default();
        Entry { left: command.get_name().to_owned(), right }
    }

    fn of_positional(arg: &Arg) -> Entry {
        Entry { left: shown(arg), right: help_of(arg) }
    }

    fn of_option(arg: &Arg) -> Entry {
        let short = arg.get_short().map_or_else(|| "    ".to_owned(), |letter| format!("-{letter}, "));
        let mut left = format!("{short}--{}", arg.get_long().unwrap_or_default());
        if let (true, Some(name)) = (arg.get_action().takes_values(), value_name(arg)) {
            left += &format!(" <{name}>");
        }
        Entry { left, right: help_of(arg) }
    }
}

fn help_of(arg: &Arg) -> String {
    arg.get_help().map(ToString::to_string).unwrap_or_default()
}

fn value_name(arg: &Arg) -> Option<String> {
    arg.get_value_names().and_then(|names| names.first()).map(ToString::to_string)
}

fn shown(positional: &Arg) -> String {
    let many = if matches!(positional.get_action(), clap::ArgAction::Append) { "..." } else { "" };
    format!("[{}]{many}", value_name(positional).unwrap_or_default())
}

fn section(heading: &str, entries: &[Entry], columns: usize, text: &mut String) {
    if entries.is_empty() {
        return;
    }
    text.push_str(&format!("\n{heading}\n"));
    let left =
        entries.iter().map(|entry| width(&entry.left)).filter(|left| *left <= WIDEST_LEFT).max().unwrap_or(0);
    let rest = " ".repeat(left + 4);
    for entry in entries {
        let taken = width(&entry.left);
        let first = if taken > left {
            text.push_str(&format!("  {}\n", entry.left));
            rest.clone()
        } else {
            format!("  {}{}  ", entry.left, " ".repeat(left - taken))
        };
        for line in wrap(&entry.right, &first, &rest, columns) {
            text.push_str(&line);
            text.push('\n');
        }
    }
}

fn paragraph(about: &str, columns: usize, text: &mut String) {
    for line in wrap(about, "", "", columns) {
        text.push_str(&line);
        text.push('\n');
    }
}
