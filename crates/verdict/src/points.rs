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
/// Findings with the same detector and fact (seen at two addresses of the host, or told apart only for the reader)
/// count once.
#[must_use]
pub fn tally(prior: Tenths, findings: &[Option<&Finding>]) -> Tally {
    let (weights, growth) = grown(findings);
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
        // One fact that stands for many is none of them.
        let fact = match growth[index] {
            Growth::Absorbed => continue,
            Growth::Stands => weight.id,
            Growth::None => finding.key.fact(),
        };
        if !once.insert((weight.group, finding.key.detector, fact)) {
            continue;
        }
        let sum = groups.entry(weight.group).or_insert(0);
        let share =
            if *sum == 0 { weight.tenths.0 } else { weight.tenths.0.saturating_mul(REST_TENTHS) / 10 };
        // The heaviest comes first; it may lift the cap to its own weight.
        let cap = if *sum == 0 { weight.group.most() } else { weight.group.cap() };
        let counted = share.clamp(0, (cap.0 - *sum).max(0));
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

/// What growing made of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Growth {
    /// Nothing.
    None,
    /// It stands for the heavier fact.
    Stands,
    /// Another stands for it.
    Absorbed,
}

/// Each finding's weight after [`Weight::grows`]. Of the findings that recur, the one that comes first by time and
/// key stands for the heavier fact; the others keep their weight, and are told as absorbed, unless something heavier
/// is the heaviest of the group: there each adds its fifth, so that no further finding lowers the sum.
fn grown(findings: &[Option<&Finding>]) -> (Vec<Option<&'static Weight>>, Vec<Growth>) {
    let mut weights: Vec<Option<&'static Weight>> =
        findings.iter().map(|finding| finding.and_then(|finding| finding.weight)).collect();
    let mut growth = vec![Growth::None; findings.len()];
    let mut recurring: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
    for (index, weight) in weights.iter().enumerate() {
        if let Some(weight) = weight
            && weight.grows.is_some()
        {
            recurring.entry(weight.id).or_default().push(index);
        }
    }
    for indexes in recurring.into_values() {
        let Some((grows, tenths, group)) = indexes
            .first()
            .and_then(|&at| weights[at])
            .and_then(|w| Some((w.grows.as_ref()?, w.tenths, w.group)))
        else {
            continue;
        };
        let mut seen: BTreeMap<(&str, &str), (u64, model::Time, model::Time)> = BTreeMap::new();
        for finding in indexes.iter().filter_map(|&index| findings[index]) {
            let one = seen.entry((finding.key.detector, finding.key.fact())).or_insert((
                0,
                finding.first,
                finding.last,
            ));
            *one =
                (one.0.saturating_add(finding.count), one.1.earlier(finding.first), one.2.max(finding.last));
        }
        let enough = grows.distinct.is_some_and(|distinct| seen.len() as u64 >= u64::from(distinct));
        let often = |(count, first, last): &(u64, model::Time, model::Time)| {
            grows.count.is_some_and(|least| *count >= least) && last.secs_since(*first) >= grows.over_secs
        };
        // A fact that a heavier finding shows as well cannot stand for the others: it counts once, as the heavier.
        let shadowed = |at: usize| {
            let fact = findings[at].map(|one| (one.key.detector, one.key.fact()));
            let heavier = |other: &&&Finding| {
                other.weight.is_some_and(|weight| weight.group == group && weight.tenths > tenths)
            };
            findings
                .iter()
                .flatten()
                .filter(heavier)
                .any(|other| Some((other.key.detector, other.key.fact())) == fact)
        };
        if grows.to.tenths >= tenths
            && (enough || seen.values().any(often))
            && let Some(&first) =
                indexes.iter().min_by_key(|&&at| (shadowed(at), findings[at].map(|f| (f.first, &f.key))))
        {
            weights[first] = Some(grows.to);
            let heavier = |one: &Weight| one.group == group && one.tenths > grows.to.tenths;
            if !weights.iter().flatten().any(|one| heavier(one)) {
                indexes.iter().for_each(|&at| growth[at] = Growth::Absorbed);
                growth[first] = Growth::Stands;
            }
        }
    }
    (weights, growth)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;
    use crate::testing::{
        ADDRESS, ANSWERED, LASTING, LOOKED_UP, PORT, REACHED, SINGLE, TWO_WAY, WEIGHTS, finding,
    };
    use model::Time;
    use proptest::prelude::*;

    fn check(weights: &[&'static Weight], points: i32, level: Level) {
        let findings: Vec<Finding> = weights
            .iter()
            .enumerate()
            .map(|(at, weight)| finding(ADDRESS, &format!("{at}"), Some(*weight), at as i64))
            .collect();
        let tally = tally(PRIOR, &findings.iter().map(Some).collect::<Vec<_>>());
        let names: Vec<&str> = weights.iter().map(|weight| weight.id).collect();
        assert_eq!((tally.points, tally.level), (Tenths(points), level), "{names:?}");
        let sum: i32 = tally.added.iter().map(|added| added.counted.0).sum();
        assert_eq!(PRIOR.0 + sum, points, "the counted points and the prior sum to the host's: {names:?}");
    }

    /// The worked examples of the scheme (docs/verdict.md), as far as this version has their groups.
    #[test]
    fn worked_examples() {
        check(&[], -300, Level::Clear);
        // A session with a pool account and no wallet: -30+50 = +20.
        check(&[&TWO_WAY], 200, Level::Confirmed);
        // One direction only, many messages: +10.
        check(&[&ANSWERED], 100, Level::Probable);
        // One look-up of a pool: -10.
        check(&[&LOOKED_UP], -100, Level::Noted);
        // TLS to a known pool for two hours, its name asked before: -30+42 = +12, conclusive.
        check(&[&LASTING], 120, Level::Probable);
        // Only its address known, for two hours (+36): +6.
        check(&[&REACHED], 60, Level::Suspicious);
        // The usual port of a pool alone: -29.
        check(&[&PORT], -290, Level::Clear);
        // A single message: -10; with a look-up of a pool beside it: -30+20+20 = +10 in two groups.
        check(&[&SINGLE], -100, Level::Noted);
        check(&[&SINGLE, &LOOKED_UP], 100, Level::Probable);
        // A conclusive fact of +40 and a second group of at least +5.
        check(&[&ANSWERED, &LOOKED_UP], 300, Level::Confirmed);
        // A port does not make a second group: -30+40+1 = +11.
        check(&[&ANSWERED, &PORT], 110, Level::Probable);
        // Inside a group the largest and a fifth of the rest: -30+40+0.2*20 = +14.
        check(&[&SINGLE, &ANSWERED], 140, Level::Probable);
        // At most the cap: 50+0.2*50 = 60, a third session adds nothing.
        check(&[&TWO_WAY, &TWO_WAY, &TWO_WAY], 300, Level::Confirmed);
        // Two pools looked up: 20+4; three or more are one fact of +30 instead of single ones: 0.
        check(&[&LOOKED_UP, &LOOKED_UP], -60, Level::Noted);
        check(&[&LOOKED_UP, &LOOKED_UP, &LOOKED_UP], 0, Level::Suspicious);
        check(&[&LOOKED_UP, &LOOKED_UP, &LOOKED_UP, &LOOKED_UP], 0, Level::Suspicious);
    }

    /// Twenty look-ups of one pool over an hour weigh +30; nineteen, or twenty within a minute, do not.
    #[test]
    fn look_ups_grow_by_count_and_time() {
        for (count, seconds, points) in [(20, 3600, 0), (19, 3600, -100), (20, 3599, -100)] {
            let mut one = finding(ADDRESS, "pool", Some(&LOOKED_UP), 0);
            (one.count, one.last) = (count, Time::from_secs(seconds));
            assert_eq!(tally(PRIOR, &[Some(&one)]).points, Tenths(points), "{count} in {seconds} s");
        }
    }

    /// The same fact at the IPv4 and the IPv6 address of one machine is one fact.
    #[test]
    fn one_fact_at_two_addresses_counts_once() {
        let one = finding(ADDRESS, "pool", Some(&LOOKED_UP), 0);
        let other = finding("fd00::7", "pool", Some(&LOOKED_UP), 1);
        assert_eq!(tally(PRIOR, &[Some(&one), Some(&other)]).points, Tenths(-100));
    }

    #[test]
    fn what_is_explained_away_adds_nothing() {
        let one = finding(ADDRESS, "pool", Some(&LOOKED_UP), 0);
        let tally = tally(PRIOR, &[None, Some(&one), None]);
        assert_eq!(tally.points, Tenths(-100));
        assert_eq!(tally.added.iter().map(|added| added.counted.0).collect::<Vec<_>>(), [0, 200, 0]);
    }

    #[test]
    fn three_groups_confirm_and_two_do_not() {
        let none = BTreeSet::new();
        let two = [(Group::Wire, 260), (Group::Dest, 300)];
        assert_eq!(level(Tenths(260), &two, &none), Level::Probable);
        let three = [(Group::Wire, 200), (Group::Dest, 200), (Group::Context, 80)];
        assert_eq!(level(Tenths(200), &three, &none), Level::Confirmed);
        assert_eq!(level(Tenths(200), &three[..2], &none), Level::Probable);
        let thin = [(Group::Wire, 400), (Group::Dest, 49)];
        assert_eq!(level(Tenths(149), &thin, &none), Level::Suspicious);
        assert_eq!(level(Tenths(-300), &[], &BTreeSet::from([Group::Wire])), Level::Probable);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]
        /// More findings never lower points or level.
        #[test]
        fn adding_a_finding_never_lowers(
            picks in prop::collection::vec((0..WEIGHTS.len(), 0_u8..6, 0_i64..9000, 1_u64..30), 1..12),
        ) {
            let findings: Vec<Finding> = picks
                .iter()
                .map(|(weight, detail, time, count)| {
                    let mut one = finding(ADDRESS, &detail.to_string(), Some(WEIGHTS[*weight]), *time);
                    (one.count, one.last) = (*count, Time::from_secs(*time * 2));
                    one
                })
                .collect();
            let mut before = tally(PRIOR, &[]);
            for upto in 1..=findings.len() {
                let now = tally(PRIOR, &findings[..upto].iter().map(Some).collect::<Vec<_>>());
                prop_assert!(now.points >= before.points && now.level >= before.level, "{upto}");
                before = now;
            }
        }
    }
}
