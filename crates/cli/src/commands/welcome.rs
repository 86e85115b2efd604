//! `minehound` alone: the line to type for what the user has. Only what works is named.

use crate::Outcome;
use crate::failure::Failure;
use crate::output::Output;
use crate::terminal::Terminal;
use report::{Style, wrap};

/// Ten minutes of whole packets: what a scan can say most about.
const TCPDUMP: &str = "sudo tcpdump -n -i any -s 0 -w evidence.pcap -G 600 -W 1";
/// Situations, each with the lines to copy.
const LINES: [(&str, &[&str]); 7] = [
    ("cli-welcome-machine", &["sudo minehound scan"]),
    ("cli-welcome-elsewhere", &["sudo minehound collect -o server.bundle", "minehound scan server.bundle"]),
    ("cli-welcome-capture", &["minehound scan evidence.pcap"]),
    ("cli-welcome-folder", &["minehound scan captures/"]),
    ("cli-welcome-nothing", &[TCPDUMP, "minehound scan evidence.pcap"]),
    (
        "cli-welcome-remote",
        &["ssh gateway sudo tcpdump -n -i any -s 0 -U -w - not port 22 | minehound scan -"],
    ),
    ("cli-welcome-curious", &["minehound drill traffic --list", "minehound explain"]),
];

/// Does it.
pub(crate) fn run(terminal: &Terminal) -> Result<Outcome, Failure> {
    let columns = terminal.columns.min(100);
    let mut page = String::new();
    let mut paragraph = |text: &str, indent: &str| {
        for line in wrap(text, indent, indent, columns) {
            page += &line;
            page.push('\n');
        }
    };
    paragraph(&terminal.paint(Style::Title, &terminal.words.term("cli-about")), "");
    for (situation, commands) in LINES {
        paragraph("", "");
        paragraph(&terminal.words.term(situation), "");
        for command in commands {
            // One piece, to be copied.
            paragraph(&terminal.paint(Style::Literal, &command.replace(' ', "\u{a0}")), "  ");
        }
    }
    paragraph("", "");
    paragraph(&terminal.words.term("cli-welcome-help"), "");
    Output::Stdout.write(page.replace('\u{a0}', " ").as_bytes())?;
    Ok(Outcome::Quiet)
}
