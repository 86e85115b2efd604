//! The extract of every capture that the drill can make gives the same hosts, levels, roles and facts.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

mod common;
use common::{Folder, pcapng, scan, settings};
use model::Case;
use std::path::PathBuf;

/// What must be equal: who, how sure, what they do, and every finding with its facts and counts.
fn told(case: &Case) -> Vec<String> {
    let hosts = case.hosts.iter().map(|host| {
        format!(
            "{:?} {:?} {:?} {:?} {:?} {:?}",
            host.addresses, host.names, host.macs, host.roles, host.level, host.points
        )
    });
    let findings = case.findings.iter().map(|one| {
        let finding = &one.finding;
        let weight = finding.weight.map(|weight| weight.id);
        format!(
            "{:?} {weight:?} {} {:?} {:?} {:?} {} {} {} {:?} {:?}",
            finding.key,
            one.counted,
            finding.subject,
            finding.act,
            one.explained,
            finding.first,
            finding.last,
            finding.count,
            finding.message,
            finding.facts
        )
    });
    hosts.chain(findings).collect()
}

fn extract(files: &[PathBuf], folder: &Folder, name: &str) -> (Case, PathBuf, engine::Extracted) {
    let (case, extract) = engine::scan_to_extract(files, &settings(), &mut |_| {}).unwrap();
    let mut bytes = Vec::new();
    let extracted = extract.write(&case, &settings(), &mut bytes, &mut |_| {}).unwrap();
    (case, folder.file(name, &bytes), extracted)
}

#[test]
fn the_extract_of_every_scenario_draws_the_same_verdict() {
    let folder = Folder::new("extract");
    for scenario in drill::SCENARIOS {
        let file = folder.file("all.pcapng", &pcapng(&drill::traffic(scenario.id, 5).unwrap()));
        let (case, extracted, written) = extract(&[file], &folder, "extract.pcapng");
        assert!(written.is_complete);
        let again = scan(std::slice::from_ref(&extracted), &settings());
        assert_eq!(told(&again), told(&case), "{}", scenario.id);
        assert_eq!(again.evidence[0].records, written.packets, "{}", scenario.id);
        // The extract of the extract is the extract: nothing in it is superfluous to itself.
        let (_, twice, _) = extract(std::slice::from_ref(&extracted), &folder, "twice.pcapng");
        assert!(std::fs::read(twice).unwrap() == std::fs::read(extracted).unwrap(), "{}", scenario.id);
    }
}

/// An office of 30 machines, two of which mine: most packets have nothing to do with it.
#[test]
fn what_a_case_does_not_rest_on_is_left_out() {
    let folder = Folder::new("extract-office");
    let bytes = pcapng(&drill::traffic("office-day", 1).unwrap());
    let (case, _, written) = extract(&[folder.file("office.pcapng", &bytes)], &folder, "extract.pcapng");
    let all: u64 = case.evidence.iter().map(|piece| piece.records).sum();
    assert!(written.packets > 0 && written.packets < all / 2, "{} of {all}", written.packets);
    let (_, nothing, written) = {
        let office = folder.file("plain.pcapng", &pcapng(&drill::traffic("office", 1).unwrap()));
        extract(&[office], &folder, "nothing.pcapng")
    };
    assert_eq!(written.packets, 0);
    assert!(scan(&[nothing], &settings()).errors.is_empty());
}

/// A conversation whose halves lie in two files is whole in the extract, in order.
#[test]
fn several_files_make_one_extract() {
    let folder = Folder::new("extract-split");
    let scene = drill::traffic("cryptonote-xmrig", 5).unwrap();
    let whole = folder.file("whole.pcapng", &pcapng(&scene));
    let mut halves = [scene.clone(), scene];
    for (index, half) in halves.iter_mut().enumerate() {
        let mut number = 0;
        half.packets.retain(|_| {
            number += 1;
            number % 2 == index
        });
    }
    let files: Vec<PathBuf> = halves
        .iter()
        .enumerate()
        .map(|(index, half)| folder.file(&format!("{index}.pcapng"), &pcapng(half)))
        .collect();
    let (case, extracted, _) = extract(&files, &folder, "extract.pcapng");
    let again = scan(&[extracted], &settings());
    assert_eq!(told(&again), told(&case));
    assert_eq!(told(&again), told(&scan(&[whole], &settings())));
}

/// Asked for one machine, the extract holds nothing of the other miner.
#[test]
fn one_machine_can_be_extracted_alone() {
    let folder = Folder::new("extract-one");
    let file = folder.file("office.pcapng", &pcapng(&drill::traffic("office-day", 1).unwrap()));
    let (mut case, extract) = engine::scan_to_extract(&[file], &settings(), &mut |_| {}).unwrap();
    let mining = |case: &Case| -> Vec<Vec<std::net::IpAddr>> {
        case.hosts
            .iter()
            .filter(|host| host.roles.contains(&model::Role::Miner))
            .map(|host| host.addresses.clone())
            .collect()
    };
    assert_eq!(mining(&case).len(), 2);
    case.hosts.truncate(1);
    case.findings.retain(|finding| finding.host == 0);
    let mut bytes = Vec::new();
    extract.write(&case, &settings(), &mut bytes, &mut |_| {}).unwrap();
    let again = scan(&[folder.file("one.pcapng", &bytes)], &settings());
    assert_eq!(mining(&again), mining(&case));
    assert_eq!(told(&again)[0], told(&case)[0]);
}
