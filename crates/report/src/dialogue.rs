//! The recorded dialogue of a finding: client left, server right, each answer beside its request.

use crate::evidence_place;
use crate::layout::pad;
use crate::{Style, UNWRAPPED, View, Words, escape, width};
use model::{Case, CaseFinding, DialogueLine, Message, Subject, Time};
use unicode_width::UnicodeWidthChar;

/// Below this many columns, and where lines are not wrapped, requests and answers stand below one another.
const SIDE_BY_SIDE: usize = 100;
/// Between the two columns.
const GUTTER: &str = " │ ";
/// The longest line that is recorded is 2 KiB.
const LINE_CHARS: usize = 4096;

/// The dialogue of the finding with this id.
///
/// # Errors
/// What to say when there is no such finding or it has no dialogue.
pub fn dialogue(case: &Case, id: &str, view: &View) -> Result<String, Message> {
    let Some(finding) = case.findings.iter().find(|finding| finding.id == id) else {
        let known: Vec<&str> = case.findings.iter().take(30).map(|finding| finding.id.as_str()).collect();
        if known.is_empty() {
            return Err(Message::new("report-dialogue-no-findings").with("finding", id));
        }
        let unknown = Message::new("report-dialogue-unknown").with("finding", id);
        return Err(unknown.with("known", known.join(" ")));
    };
    if finding.finding.dialogue.is_empty() {
        return Err(Message::new("report-dialogue-none").with("finding", id));
    }
    let words = view.words(case);
    Ok(Sheet { view, words: &words, lines: &finding.finding.dialogue }.write(finding))
}

struct Sheet<'a> {
    view: &'a View,
    words: &'a Words,
    lines: &'a [DialogueLine],
}

/// What stands in one row: a request, an answer, or both.
struct Row {
    client: Option<usize>,
    server: Option<usize>,
}

impl Sheet<'_> {
    fn write(&self, finding: &CaseFinding) -> String {
        let mut text = String::new();
        let begin = self.lines.first().map_or(Time::MIN, |line| line.time);
        let title = format!(
            "{}  {} · {}",
            finding.id,
            self.words.say(&finding.finding.message),
            self.words.clock().second(begin)
        );
        for line in crate::wrap(&title, "", "    ", self.view.columns) {
            text += &self.view.paint(Style::Title, &line);
            text.push('\n');
        }
        let sessions = finding.finding.facts.count_of("sessions").unwrap_or(1);
        if sessions > 1 {
            let remark = Message::new("report-dialogue-one-of").with("sessions", sessions);
            for line in crate::wrap(&self.words.say(&remark), "", "", self.view.columns) {
                text += &line;
                text.push('\n');
            }
        }
        text.push('\n');
        if (SIDE_BY_SIDE..UNWRAPPED).contains(&self.view.columns) {
            self.beside(finding, begin, &mut text)
        } else {
            self.below(begin, &mut text)
        }
        text
    }

    fn beside(&self, finding: &CaseFinding, begin: Time, text: &mut String) {
        let column = (self.view.columns - GUTTER.chars().count()) / 2;
        if let Subject::Connection { client, server } = finding.finding.subject {
            let left = self.words.say(&Message::new("report-dialogue-client").with("end", client));
            let right = self.words.say(&Message::new("report-dialogue-server").with("end", server));
            self.row(&[left], &[right], column, text);
        }
        for row in rows(self.lines) {
            let left = row.client.map_or_else(Vec::new, |index| self.cell(index, begin, column));
            let right = row.server.map_or_else(Vec::new, |index| self.cell(index, begin, column));
            self.row(&left, &right, column, text);
        }
    }

    fn row(&self, left: &[String], right: &[String], column: usize, text: &mut String) {
        for index in 0..left.len().max(right.len()) {
            let cell = |side: &[String]| side.get(index).cloned().unwrap_or_default();
            let line = format!("{}{GUTTER}{}", pad(&cell(left), column), cell(right));
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }

    fn below(&self, begin: Time, text: &mut String) {
        for (index, line) in self.lines.iter().enumerate() {
            let arrow = if line.from_client { '>' } else { '<' };
            for (row, piece) in
                self.cell(index, begin, self.view.columns.saturating_sub(2).max(20)).iter().enumerate()
            {
                text.push_str(&if row == 0 { format!("{arrow} {piece}\n") } else { format!("  {piece}\n") });
            }
        }
    }

    /// `3  +0.041  e1 packet 19 · answers 1`, and the line itself.
    fn cell(&self, index: usize, begin: Time, columns: usize) -> Vec<String> {
        let Some(line) = self.lines.get(index) else { return Vec::new() };
        let place = self.words.say(&evidence_place(line.origin.at));
        let mut head =
            format!("{}  {}  {} {place}", index + 1, offset(line.time.since(begin)), line.origin.evidence);
        if let Some(request) = line.answers {
            let number = (u64::from(request) + 1).to_string();
            head += " · ";
            head += &self.words.say(&Message::new("report-dialogue-answers").with("line", number));
        }
        let mut pieces = vec![self.view.paint(Style::Quiet, &head)];
        pieces.extend(hard_wrap(&escape::text(&line.text, LINE_CHARS), columns));
        pieces
    }
}

/// Requests with their answers beside them; what is not paired stands alone. In the order of the first of a row.
fn rows(lines: &[DialogueLine]) -> Vec<Row> {
    let mut answer_of = vec![None; lines.len()];
    let mut placed = vec![false; lines.len()];
    for (index, line) in lines.iter().enumerate() {
        let request = line.answers.and_then(|request| usize::try_from(request).ok());
        let Some(request) = request.filter(|request| *request < index) else { continue };
        let opposite = lines[request].from_client != line.from_client;
        if opposite && answer_of[request].is_none() && !placed[request] {
            answer_of[request] = Some(index);
            placed[index] = true;
        }
    }
    let mut rows = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if placed[index] {
            continue;
        }
        let other = answer_of[index];
        rows.push(if line.from_client {
            Row { client: Some(index), server: other }
        } else {
            Row { client: other, server: Some(index) }
        });
    }
    rows
}

/// `+0.041 s`.
fn offset(nanos: i64) -> String {
    let sign = if nanos < 0 { '-' } else { '+' };
    let millis = nanos.unsigned_abs() / 1_000_000;
    format!("{sign}{}.{:03} s", millis / 1000, millis % 1000)
}

/// Pieces of at most `columns`: JSON on the wire has no spaces to break at.
fn hard_wrap(text: &str, columns: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut used = 0;
    for character in text.chars() {
        let wide = character.width().unwrap_or(0);
        if used + wide > columns {
            pieces.push(String::new());
            used = 0;
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(character);
        }
        used += wide;
    }
    debug_assert!(pieces.iter().all(|piece| width(piece) <= columns));
    pieces
}

#[cfg(test)]
#[path = "dialogue_tests.rs"]
mod tests;
