//! A unit's page (Markdown, the little of it that our pages use) as text for a terminal.

use crate::{Style, wrap};

/// The page with titles and literals in colour and paragraphs wrapped to `columns`.
#[must_use]
pub fn page(markdown: &str, columns: usize, colour: bool) -> String {
    let mut text = String::new();
    let mut paragraph = String::new();
    for line in markdown.lines() {
        if line.starts_with("    ") || line.starts_with("```") {
            flush(&mut paragraph, &mut text, columns, colour);
            if !line.starts_with("```") {
                text += &Style::Literal.paint(line, colour);
                text.push('\n');
            }
        } else if let Some(title) = heading(line) {
            flush(&mut paragraph, &mut text, columns, colour);
            if !text.is_empty() && !text.ends_with("\n\n") {
                text.push('\n');
            }
            text += &Style::Title.paint(title, colour);
            text.push('\n');
        } else if line.trim().is_empty() {
            flush(&mut paragraph, &mut text, columns, colour);
            if !text.is_empty() && !text.ends_with("\n\n") {
                text.push('\n');
            }
        } else {
            if starts_item(line) || line.starts_with('|') {
                flush(&mut paragraph, &mut text, columns, colour);
            }
            join(&mut paragraph, line);
        }
    }
    flush(&mut paragraph, &mut text, columns, colour);
    text
}

fn heading(line: &str) -> Option<&str> {
    let title = line.trim_start_matches('#');
    (title.len() < line.len()).then(|| title.trim())
}

fn starts_item(line: &str) -> bool {
    let line = line.trim_start();
    let numbered =
        line.find(". ").is_some_and(|dot| dot > 0 && line[..dot].bytes().all(|byte| byte.is_ascii_digit()));
    line.starts_with("* ") || line.starts_with("- ") || numbered
}

/// Lines of a paragraph flow together: with a space, except between Chinese characters.
fn join(paragraph: &mut String, line: &str) {
    let line = if paragraph.is_empty() { line.trim_end() } else { line.trim() };
    let is_ascii_edge = |edge: Option<char>| edge.is_some_and(|edge| edge.is_ascii());
    if !paragraph.is_empty()
        && (is_ascii_edge(paragraph.chars().last()) || is_ascii_edge(line.chars().next()))
    {
        paragraph.push(' ');
    }
    paragraph.push_str(line);
}

fn flush(paragraph: &mut String, text: &mut String, columns: usize, colour: bool) {
    if paragraph.is_empty() {
        return;
    }
    let body = paragraph.trim_start();
    let indent = " ".repeat(paragraph.len() - body.len());
    let (first, rest, body) = if starts_item(body) {
        let marker = body.find(' ').map_or(0, |space| space + 1);
        (format!("{indent}{}", &body[..marker]), format!("{indent}{}", " ".repeat(marker)), &body[marker..])
    } else {
        (indent.clone(), indent, body)
    };
    for line in wrap(&literals(body, colour), &first, &rest, columns) {
        text.push_str(&line);
        text.push('\n');
    }
    paragraph.clear();
}

/// `` `x` `` in colour; without colour the backticks stay, and say the same.
fn literals(text: &str, colour: bool) -> String {
    if !colour {
        return text.to_owned();
    }
    let mut painted = String::new();
    for (index, piece) in text.split('`').enumerate() {
        if index % 2 == 1 {
            painted += &Style::Literal.paint(piece, true);
        } else {
            painted += piece;
        }
    }
    painted
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    /// Titles stand free, paragraphs flow, items hang, commands stay as they are.
    #[test]
    fn a_page_is_laid_out() {
        let markdown = "# pool-name\n\nA name of a pool\nwas asked for.\n## How to check\n* in `dns.log`,\n  by hand\n1. then\n\n    tshark -r x\n";
        expect![[r#"
            pool-name

            A name of a pool was
            asked for.

            How to check
            * in `dns.log`, by
              hand
            1. then

                tshark -r x
        "#]]
        .assert_eq(&page(markdown, 20, false));
    }

    #[test]
    fn chinese_lines_join_without_a_space() {
        assert_eq!(page("证据中\n没有", 80, false), "证据中没有\n");
    }
}
