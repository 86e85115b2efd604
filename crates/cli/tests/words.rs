//! Every message has words in both languages with the same arguments, and every word is used.
#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use report::{Lang, Words, message_files};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A message of an `.ftl` file: the names of its arguments.
type Messages = BTreeMap<String, BTreeSet<String>>;

fn messages(lang: Lang) -> Messages {
    let mut found = Messages::new();
    for (topic, text) in message_files(lang) {
        let mut id = String::new();
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            if line.starts_with(|first: char| first.is_ascii_lowercase()) {
                id = line.split_once(" =").unwrap_or_else(|| panic!("{topic}.ftl: {line}")).0.to_owned();
                assert!(
                    found.insert(id.clone(), BTreeSet::new()).is_none(),
                    "{topic}.ftl: {id} stands twice"
                );
            }
            let args = line.split('$').skip(1).map(|rest| {
                let end =
                    rest.find(|end: char| !end.is_ascii_alphanumeric() && end != '_').unwrap_or(rest.len());
                rest[..end].to_owned()
            });
            found.get_mut(&id).unwrap_or_else(|| panic!("{topic}.ftl: {line}")).extend(args);
        }
    }
    found
}

/// The sources of the workspace without tests and without the words themselves.
fn sources() -> Vec<(String, String)> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut folders: Vec<_> =
        std::fs::read_dir(crates).unwrap().map(|entry| entry.unwrap().path().join("src")).collect();
    let mut texts = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") && !is_test(&path) {
                let text = std::fs::read_to_string(&path).unwrap();
                let tested = text.find("#[cfg(test)]\nmod tests").unwrap_or(text.len());
                texts.push((path.display().to_string(), text[..tested].to_owned()));
            }
        }
    }
    texts
}

/// Files that only tests see, by the names they have in this workspace.
fn is_test(path: &Path) -> bool {
    let stem = path.file_stem().unwrap().to_string_lossy();
    matches!(&*stem, "sample" | "testing" | "tests") || stem.ends_with("_tests")
}

/// What units and crates say that they use.
fn announced() -> BTreeSet<&'static str> {
    let readers = evidence::READERS.iter().map(|unit| &unit.meta);
    let detectors = detect::DETECTORS.iter().map(|unit| &unit.meta);
    let renderers = report::RENDERERS.iter().map(|unit| &unit.meta);
    let metas = readers.chain(detectors).chain(renderers);
    let mut ids: BTreeSet<&str> =
        metas.flat_map(|meta| meta.messages.iter().copied().chain([meta.summary])).collect();
    ids.extend(evidence::MESSAGES.iter().chain(verdict::MESSAGES).chain(engine::MESSAGES));
    ids.extend(host::MESSAGES);
    #[cfg(target_os = "linux")]
    ids.extend(drill::host::ACTORS.iter().flat_map(|actor| [actor.what, actor.seen, actor.ends]));
    ids
}

#[test]
fn both_languages_say_the_same_messages_with_the_same_arguments() {
    let (english, chinese) = (messages(Lang::En), messages(Lang::Zh));
    let ids = |messages: &Messages| messages.keys().cloned().collect::<BTreeSet<_>>();
    let difference: Vec<_> = ids(&english).symmetric_difference(&ids(&chinese)).cloned().collect();
    assert!(difference.is_empty(), "in one language only: {difference:?}");
    for (id, args) in &english {
        assert_eq!(args, &chinese[id], "the arguments of {id} differ");
    }
}

/// A file that Fluent reads only in part would lose messages in silence.
#[test]
fn every_message_is_understood() {
    for lang in [Lang::En, Lang::Zh] {
        let words = Words::new(lang);
        for id in messages(lang).keys() {
            assert!(words.knows(id), "{id} cannot be read in {lang:?}");
        }
    }
}

#[test]
fn what_units_announce_has_words() {
    let english = messages(Lang::En);
    let missing: Vec<_> = announced().into_iter().filter(|id| !english.contains_key(*id)).collect();
    assert!(missing.is_empty(), "no words for {missing:?}");
}

/// A literal that is made a message, `Message::new("…")` or `term("…")`, has words.
#[test]
fn what_the_code_says_has_words() {
    let english = messages(Lang::En);
    let mut missing = Vec::new();
    for (path, text) in sources() {
        for start in ["Message::new(", ".term("] {
            for rest in text.split(start).skip(1) {
                let Some(literal) = rest.trim_start().strip_prefix('"') else { continue };
                let id = literal.split('"').next().unwrap_or_default();
                if !english.contains_key(id) && id != "no-such-message" {
                    missing.push(format!("{id} in {path}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "no words for {missing:#?}");
}

#[test]
fn no_words_are_left_over() {
    let sources = sources();
    let announced = announced();
    let used = |id: &str| {
        let literal = format!("\"{id}\"");
        announced.contains(id) || sources.iter().any(|(_, text)| text.contains(&literal))
    };
    let unused: Vec<_> = messages(Lang::En).into_keys().filter(|id| !used(id)).collect();
    assert!(unused.is_empty(), "nobody says {unused:?}");
}

/// Words that wait for an argument which the code never gives would be shown with a hole.
#[test]
fn arguments_that_words_need_are_given() {
    let english = messages(Lang::En);
    let mut missing = Vec::new();
    for (path, text) in sources() {
        for rest in text.split("Message::new(").skip(1) {
            let Some((id, chain)) =
                rest.trim_start().strip_prefix('"').and_then(|rest| rest.split_once("\")"))
            else {
                continue;
            };
            let given = chained(chain);
            let Some(wanted) = english.get(id).filter(|_| !given.is_empty()) else { continue };
            missing.extend(
                wanted
                    .iter()
                    .filter(|name| !given.contains(*name))
                    .map(|name| format!("{id} ${name}: {path}")),
            );
        }
    }
    // Completed over two statements.
    let known = ["report-", "cli-"];
    missing.retain(|line| !known.iter().any(|start| line.starts_with(start)));
    assert!(missing.is_empty(), "{missing:#?}");
}

/// The names in `.with("a", …).with("b", …)` that follow directly.
fn chained(mut chain: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    loop {
        chain = chain.trim_start();
        let Some(call) = chain.strip_prefix(".with(").or_else(|| chain.strip_prefix(".with_arg(")) else {
            break;
        };
        let Some(name) = call.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()) else {
            break;
        };
        names.insert(name.to_owned());
        let mut depth = 1;
        let end = call.char_indices().find(|(_, character)| {
            depth += i32::from(*character == '(') - i32::from(*character == ')');
            depth == 0
        });
        let Some((end, _)) = end else { break };
        chain = &call[end + 1..];
    }
    names
}
