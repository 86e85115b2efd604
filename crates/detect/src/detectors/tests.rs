//! The whole registry: every detector documented in both languages, every weight allowed and used, every fixture right.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use super::DETECTORS;
use super::fixture::{Fixture, shown};
use crate::DetectorUnit;
use model::{Finding, FindingKind, UnitKind, Weight};
use std::collections::BTreeSet;
use std::path::PathBuf;

const HEADINGS: [&str; 5] = [
    "## What it looks for",
    "## Why it matters",
    "## What else looks like this",
    "## How to check by hand",
    "## Sources",
];
const HEADINGS_ZH: [&str; 5] =
    ["## 检测内容", "## 为何重要", "## 相似的正常现象", "## 人工核查方法", "## 来源"];

fn folder(unit: &DetectorUnit) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(unit.meta.id)
}

/// Name and text of every fixture of a detector that begins so.
fn fixtures(unit: &DetectorUnit, begins: &str) -> Vec<(String, Fixture)> {
    let entries = std::fs::read_dir(folder(unit)).unwrap_or_else(|_| panic!("{}: no fixtures", unit.meta.id));
    let mut names: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    let of_kind = names.iter().filter(|path| name(path).starts_with(begins));
    of_kind.map(|path| (name(path), Fixture::read(&std::fs::read_to_string(path).unwrap()))).collect()
}

fn telling(findings: &[Finding], unit: &DetectorUnit) -> Vec<Finding> {
    // Context is what a detector of context says; from others it is a remark beside the point.
    let context = unit.weights.is_empty();
    findings.iter().filter(|one| context || one.kind != FindingKind::Context).cloned().collect()
}

#[test]
fn ids_are_sorted_and_are_their_files() {
    let ids: Vec<&str> = DETECTORS.iter().map(|unit| unit.meta.id).collect();
    assert!(ids.is_sorted(), "{ids:?}");
    for unit in DETECTORS {
        let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("src/detectors")
            .join(unit.meta.id.replace('-', "_"));
        for extension in ["rs", "md", "zh.md"] {
            let path = file.with_extension(extension);
            assert!(path.is_file(), "{}", path.display());
        }
        assert_eq!(unit.meta.kind, UnitKind::Detector);
        assert!(!unit.reads.is_empty(), "{}", unit.meta.id);
    }
}

#[test]
fn pages_have_every_heading() {
    for unit in DETECTORS {
        for (page, headings) in [(unit.meta.doc, HEADINGS), (unit.meta.doc_zh, HEADINGS_ZH)] {
            assert!(page.starts_with(&format!("# {}\n", unit.meta.id)), "{}", unit.meta.id);
            let places: Vec<Option<usize>> = headings.iter().map(|heading| page.find(heading)).collect();
            assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{}: {places:?}", unit.meta.id);
        }
    }
}

#[test]
fn messages_and_parameters_are_named_after_their_unit() {
    for unit in DETECTORS {
        let prefix = format!("{}-", unit.meta.id);
        assert!(unit.meta.summary.starts_with(&prefix));
        for id in unit.meta.messages {
            assert!(id.starts_with(&prefix) || id.starts_with("session-"), "{id}");
        }
        for parameter in unit.meta.parameters {
            assert!(!parameter.unit.is_empty() && !parameter.reason.is_empty(), "{}", parameter.name);
        }
    }
}

#[test]
fn no_weight_is_above_what_its_kind_allows() {
    let mut all: Vec<&Weight> = DETECTORS.iter().flat_map(|unit| unit.weights).copied().collect();
    for weight in &all {
        assert!(weight.tenths <= weight.kind.most(), "{}", weight.id);
        assert!(weight.tenths <= weight.group.most(), "{}", weight.id);
        assert!(!weight.source.is_empty(), "{}", weight.id);
    }
    all.sort_by_key(|weight| weight.id);
    assert!(all.windows(2).all(|pair| pair[0].id != pair[1].id), "weight ids are unique");
}

#[test]
fn every_fixture_is_right() {
    for unit in DETECTORS {
        let (hits, misses) = (fixtures(unit, "hit-"), fixtures(unit, "miss-"));
        assert!(!hits.is_empty() && !misses.is_empty(), "{}: a hit and a near miss", unit.meta.id);
        for (name, fixture) in &hits {
            let name = format!("{}/{name}", unit.meta.id);
            assert!(!fixture.why.is_empty(), "{name}: why?");
            let findings = telling(&fixture.run(unit), unit);
            assert!(!fixture.expected.is_empty(), "{name}: expects nothing");
            let found: Vec<String> = findings
                .iter()
                .enumerate()
                .map(|(at, finding)| shown(finding, fixture.expected.get(at).map_or("", String::as_str)))
                .collect();
            assert_eq!(found, fixture.expected, "{name}: {}", fixture.why);
        }
        for (name, fixture) in &misses {
            let name = format!("{}/{name}", unit.meta.id);
            assert!(!fixture.why.is_empty(), "{name}: why?");
            assert!(fixture.kinds().iter().any(|kind| unit.reads.contains(kind)), "{name}: not near");
            let findings = telling(&fixture.run(unit), unit);
            assert!(findings.is_empty(), "{name}: {} but {findings:#?}", fixture.why);
        }
    }
}

#[test]
fn every_weight_and_message_is_used() {
    for unit in DETECTORS {
        let mut weights = BTreeSet::new();
        let mut messages = BTreeSet::new();
        for (_, fixture) in fixtures(unit, "hit-") {
            for finding in fixture.run(unit) {
                weights.extend(finding.weight.map(|weight| weight.id));
                messages.insert(finding.message.id);
                messages.extend(finding.cited.iter().map(|cited| cited.excerpt.id));
            }
        }
        let grown = unit.weights.iter().filter_map(|weight| Some(weight.grows.as_ref()?.to.id));
        weights.extend(grown);
        let known: BTreeSet<&str> = unit.weights.iter().map(|weight| weight.id).collect();
        assert_eq!(weights, known, "{}", unit.meta.id);
        let known: BTreeSet<&str> = unit.meta.messages.iter().copied().collect();
        let unnamed: Vec<_> = messages.difference(&known).collect();
        assert!(unnamed.is_empty(), "{}: {unnamed:?} are not in its Meta", unit.meta.id);
        let own = |id: &&&str| id.starts_with(unit.meta.id);
        let unused: Vec<_> = known.difference(&messages).filter(own).collect();
        assert!(unused.is_empty(), "{}: no fixture says {unused:?}", unit.meta.id);
    }
}

/// Whatever is seen first, what was found does not get weaker.
#[test]
fn a_longer_transcript_never_weighs_less() {
    for unit in DETECTORS {
        for (name, fixture) in fixtures(unit, "hit-") {
            let mut before = 0;
            for upto in 0..=fixture.observations.len() {
                let part = Fixture {
                    observations: fixture.observations[..upto].to_vec(),
                    listed: fixture.listed.clone(),
                    ..Fixture::default()
                };
                let heaviest =
                    part.run(unit).iter().filter_map(|one| one.weight).map(|one| one.tenths.0).max();
                assert!(heaviest.unwrap_or(0) >= before, "{}/{name} after {upto}", unit.meta.id);
                before = heaviest.unwrap_or(0);
            }
        }
    }
}
