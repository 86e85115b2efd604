//! From the weights of a host's findings to points and a level.
//!
//! Source of every number: the scheme "One verdict" (`docs/verdict.md`). Points are tenths, so that no rounding
//! depends on a machine.

use model::{Finding, Group, Level, Tenths, Weight};
use std::collections::{BTreeMap, BTreeSet};

/// What every host starts with unless the site says otherwise: 0.1 % of machines mine.
pub const PRIOR: Tenths = Tenths(-300);

/// The share of every fact after the heaviest of its group, in tenths: full addition is over-confident because
/// such facts say the same thing in different ways.
const REST_TENTHS: i32 = 2;

/// Each level's lowest points.
const CONFIRMED: i32 = 200;
const PROBABLE: i32 = 100;
const SUSPICIOUS: i32 = 0;
const NOTED: i32 = -100;

/// What a group must add to stand beside a conclusive fact or as one of two.
const SECOND_GROUP: i32 = 50;
/// What a group must add to stand as one of three.
const THIRD_GROUP: i32 = 80;

/// What one finding adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Added {
    /// Its weight by itself, after growing.
    pub points: Tenths,
    /// What it adds in its group.
    pub counted: Tenths,
    /// Whether it is conclusive.
    pub conclusive: bool,
}

/// All of a host's findings together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Prior and groups.
    pub points: Tenths,
    /// The level.
    pub level: Level,
    /// For each finding, in the order given.
    pub added: Vec<Added>,
}

/// Weighs the findings of one host; `None` stands for a finding that is context or explained away.
///
/// Findings with the same weight, detector and key detail (one fact seen at two addresses of the host) count once.
#[must_use]
pub fn tally(prior: Tenths, findings: &[Option<&Finding>]) -> Tally {
    let weights = grown(findings);
    let mut added: Vec<Added> = weights
        .iter()
        .map(|weight| Added {
            points: weight.map_or(Tenths(0), |weight| weight.tenths),
            counted: Tenths(0),
            conclusive: weight.is_some_and(|weight| weight.conclusive),
        })
        .collect();
    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.sort_by_key(|&index| {
        let finding = findings[index];
        (-added[index].points.0, finding.map(|finding| (finding.first, &finding.key)))
    });
    let mut groups: BTreeMap<Group, i32> = BTreeMap::new();
    let mut once = BTreeSet::new();
    for index in order {
        let (Some(weight), Some(finding)) = (weights[index], findings[index]) else { continue };
        if !once.insert((weight.id, finding.key.detector, finding.key.detail.as_str())) {
            continue;
        }
        let sum = groups.entry(weight.group).or_insert(0);
        let share =
            if *sum == 0 { weight.tenths.0 } else { weight.tenths.0.saturating_mul(REST_TENTHS) / 10 };
        let counted = share.clamp(0, (weight.group.cap().0 - *sum).max(0));
        *sum += counted;
        added[index].counted = Tenths(counted);
    }
    let conclusive: BTreeSet<Group> =
        weights.iter().flatten().filter(|weight| weight.conclusive).map(|w| w.group).collect();
    let sums: Vec<(Group, i32)> = groups.into_iter().collect();
    let points = Tenths(sums.iter().fold(prior.0, |all, (_, sum)| all.saturating_add(*sum)));
    Tally { points, level: level(points, &sums, &conclusive), added }
}

/// The level for points, the sum of each group in tenths, and the groups that hold a conclusive fact.
#[must_use]
pub fn level(points: Tenths, groups: &[(Group, i32)], conclusive: &BTreeSet<Group>) -> Level {
    let at_least = |least: i32| groups.iter().filter(|(_, sum)| *sum >= least).count();
    if !conclusive.is_empty() {
        let beside = |(group, sum): &(Group, i32)| {
            *sum >= SECOND_GROUP && conclusive.iter().any(|holder| holder != group)
        };
        let second = groups.iter().any(beside);
        return if points.0 >= CONFIRMED || second { Level::Confirmed } else { Level::Probable };
    }
    match points.0 {
        CONFIRMED.. if at_least(THIRD_GROUP) >= 3 => Level::Confirmed,
        PROBABLE.. if at_least(SECOND_GROUP) >= 2 => Level::Probable,
        SUSPICIOUS.. => Level::Suspicious,
        NOTED.. => Level::Noted,
        _ => Level::Clear,
    }
}

/// Each finding's weight after [`Weight::grows`]. Of the findings that recur, the one that comes first by time and
/// key stands for the heavier fact; the others keep their weight.
fn grown(findings: &[Option<&Finding>]) -> Vec<Option<&'static Weight>> {
    let mut weights: Vec<Option<&'static Weight>> =
        findings.iter().map(|finding| finding.and_then(|finding| finding.weight)).collect();
    let mut recurring: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
    for (index, weight) in weights.iter().enumerate() {
        if let Some(weight) = weight
            && weight.grows.is_some()
        {
            recurring.entry(weight.id).or_default().push(index);
        }
    }
    for indexes in recurring.into_values() {
        let Some((grows, tenths)) =
            indexes.first().and_then(|&at| weights[at]).and_then(|w| Some((w.grows.as_ref()?, w.tenths)))
        else {
            continue;
        };
        let mut seen: BTreeMap<(&str, &str), (u64, model::Time, model::Time)> = BTreeMap::new();
        for finding in indexes.iter().filter_map(|&index| findings[index]) {
            let one = seen.entry((finding.key.detector, &finding.key.detail)).or_insert((
                0,
                finding.first,
                finding.last,
            ));
            *one = (one.0.saturating_add(finding.count), one.1.min(finding.first), one.2.max(finding.last));
        }
        let enough = grows.distinct.is_some_and(|distinct| seen.len() as u64 >= u64::from(distinct));
        let often = |(count, first, last): &(u64, model::Time, model::Time)| {
            grows.count.is_some_and(|least| *count >= least) && last.secs_since(*first) >= grows.over_secs
        };
        if grows.to.tenths >= tenths
            && (enough || seen.values().any(often))
            && let Some(&first) = indexes.iter().min_by_key(|&&at| findings[at].map(|f| (f.first, &f.key)))
        {
            weights[first] = Some(grows.to);
        }
    }
    weights
}
