//! JSON that is valid and looks unusual, as odd programs and evaders write it (RFC 8259).

use crate::rng::Rng;

/// The same JSON as odd programs write it: keys reversed, blanks and tabs, escapes in method and wallet, no
/// `jsonrpc`, a byte order mark, an unknown key, every third message over several lines.
pub(crate) fn odd(rng: &mut Rng, text: &str) -> Vec<u8> {
    let value = Value::read(text).reversed();
    let mut out = String::new();
    if rng.chance(0.3) {
        out.push('\u{FEFF}');
    }
    match rng.below(3) {
        0 => value.write(&mut out, "\n", 1),
        1 => value.write(&mut out, " ", 0),
        _ => value.write(&mut out, "\t", 0),
    }
    out.push_str(if rng.chance(0.5) { "\r\n" } else { "\n" });
    out.into_bytes()
}

/// JSON of our own lines, kept in order; texts and numbers as they were written.
enum Value {
    Leaf(String),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

impl Value {
    /// Reads what this file wrote: no blanks, no escapes, few levels.
    fn read(text: &str) -> Self {
        let Some(inner) = text.get(1..text.len().saturating_sub(1)).filter(|_| text.starts_with(['{', '[']))
        else {
            return Self::Leaf(text.to_owned());
        };
        let (mut depth, mut quoted, mut start, mut parts) = (0i32, false, 0, Vec::new());
        for (at, letter) in inner.char_indices() {
            match letter {
                '"' => quoted = !quoted,
                '{' | '[' if !quoted => depth += 1,
                '}' | ']' if !quoted => depth -= 1,
                ',' if !quoted && depth == 0 => {
                    parts.push(&inner[start..at]);
                    start = at + 1;
                }
                _ => {}
            }
        }
        parts.push(&inner[start..]);
        parts.retain(|part| !part.is_empty());
        if text.starts_with('[') {
            return Self::List(parts.into_iter().map(Self::read).collect());
        }
        let pair = |part: &str| part.split_once(':').map(|(key, value)| (key.to_owned(), Self::read(value)));
        Self::Object(parts.into_iter().filter_map(pair).collect())
    }

    /// Keys in reverse, `jsonrpc` left out, an unknown key put in.
    fn reversed(self) -> Self {
        match self {
            Self::Object(pairs) => {
                let known = pairs.into_iter().rev().filter(|(key, _)| key != "\"jsonrpc\"");
                let mut pairs: Vec<_> = known.map(|(key, value)| (key, value.reversed())).collect();
                pairs.push(("\"x-note\"".to_owned(), Self::Leaf("\"{ not [ a ] job }\"".to_owned())));
                Self::Object(pairs)
            }
            other => other,
        }
    }

    fn write(&self, out: &mut String, blank: &str, depth: usize) {
        let indent = if blank == "\n" { format!("\n{}", "  ".repeat(depth)) } else { blank.to_owned() };
        match self {
            Self::Leaf(text) => out.push_str(&escaped(text)),
            Self::List(values) => {
                out.push('[');
                for (at, value) in values.iter().enumerate() {
                    out.push_str(if at > 0 { " ," } else { "" });
                    value.write(out, blank, depth + 1);
                }
                out.push(']');
            }
            Self::Object(pairs) => {
                out.push('{');
                for (at, (key, value)) in pairs.iter().enumerate() {
                    out.push_str(if at > 0 { "," } else { "" });
                    out.push_str(&indent);
                    out.push_str(&escaped(key));
                    out.push_str(" :");
                    out.push_str(blank);
                    value.write(out, blank, depth + 1);
                }
                out.push_str(&indent);
                out.push('}');
            }
        }
    }
}

/// Method names and wallets with some letters as `\u` escapes; everything else as it is.
fn escaped(text: &str) -> String {
    let wallet = text.len() > 95 && text.starts_with("\"4");
    if !wallet && !matches!(text, "\"login\"" | "\"submit\"" | "\"job\"" | "\"keepalived\"" | "\"blob\"") {
        return text.to_owned();
    }
    let escape = |letter: char| {
        if matches!(letter, 'o' | 'e' | 'u') {
            format!("\\u{:04x}", letter as u32)
        } else {
            letter.to_string()
        }
    };
    text.chars().map(escape).collect()
}
