//! Entries that start by themselves, that no package brought, and that are odd.

use crate::autostart::{IN_ALL, PER_MACHINE, place, subject, technique};
use crate::kept::{Kept, Worth};
use crate::sightings::Sightings;
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{
    Autorun, EvidenceId, Fact, FactKind, Facts, Finding, FindingKey, FindingKind, Group, HostKey, Message,
    Meta, Observation, Tenths, Time, UnitKind, Weight, WeightKind,
};

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "odd-autostart",
        kind: UnitKind::Detector,
        summary: "odd-autostart-summary",
        doc: include_str!("odd_autostart.md"),
        doc_zh: include_str!("odd_autostart.zh.md"),
        since: "0.1.0",
        messages: &[
            "odd-autostart-fetches",
            "odd-autostart-decodes",
            "odd-autostart-rivals",
            "odd-autostart-preloads",
            "odd-autostart-writable",
            "odd-autostart-library",
            "odd-autostart-hidden",
            "odd-autostart-root",
            "odd-autostart-foreign",
            "odd-autostart-missing",
            "odd-autostart-at",
        ],
        parameters: &[],
    },
    reads: &[FactKind::Autorun],
    weights: &[
        &ODD[0].weight,
        &ODD[1].weight,
        &ODD[2].weight,
        &ODD[3].weight,
        &ODD[4].weight,
        &ODD[5].weight,
        &ODD[6].weight,
        &ODD[7].weight,
        &ODD[8].weight,
        &ODD[9].weight,
    ],
    make,
};

/// An oddity of [`Autorun::ODDITIES`], its sentence and its weight.
struct Odd {
    word: &'static str,
    message: &'static str,
    weight: Weight,
}

const fn odd(
    word: &'static str,
    message: &'static str,
    id: &'static str,
    tenths: i32,
    source: &'static str,
) -> Odd {
    let weight = Weight {
        id,
        group: Group::Stealth,
        tenths: Tenths(tenths),
        kind: WeightKind::Assumed,
        conclusive: false,
        grows: None,
        source,
    };
    Odd { word, message, weight }
}

/// The heaviest first: an entry has the weight and the sentence of its first.
static ODD: [Odd; 10] = [
    odd(
        "fetches-and-runs",
        "odd-autostart-fetches",
        "odd-autostart-fetches-and-runs",
        60,
        "assumed; Kinsing, WatchDog, Rocke: cron that pipes a download into a shell every minute (Aqua 2020, Unit 42 2021, Fortinet 2019)",
    ),
    odd(
        "decodes-and-runs",
        "odd-autostart-decodes",
        "odd-autostart-decodes-and-runs",
        60,
        "assumed; Skidmap: cron with base64 (Trend Micro 2019)",
    ),
    odd(
        "kills-rivals",
        "odd-autostart-rivals",
        "odd-autostart-kills-rivals",
        60,
        "assumed; nearly all mining families end their rivals by name",
    ),
    odd(
        "preloads",
        "odd-autostart-preloads",
        "odd-autostart-preloads-library",
        60,
        "assumed; Kinsing, Hildegard, perfctl: a library in ld.so.preload that hides files; profilers and allocators do the same",
    ),
    odd(
        "writable-folder",
        "odd-autostart-writable",
        "odd-autostart-writable-folder",
        50,
        "assumed; programs in /tmp, /dev/shm, /var/tmp, where families put theirs; tools for building do the same",
    ),
    odd(
        "foreign-library",
        "odd-autostart-library",
        "odd-autostart-foreign-library",
        40,
        "assumed; Skidmap replaces pam_unix.so (Trend Micro 2019); modules built by hand do the same",
    ),
    odd(
        "hidden-file",
        "odd-autostart-hidden",
        "odd-autostart-hidden-file",
        30,
        "assumed; Sysrv in ~/.cache, Outlaw in .configrc; many tools of developers lie in hidden folders",
    ),
    odd(
        "second-root",
        "odd-autostart-root",
        "odd-autostart-second-root",
        30,
        "assumed; accounts with the number 0 or services with all rights; some systems ship one (toor)",
    ),
    odd(
        "foreign-file",
        "odd-autostart-foreign",
        "odd-autostart-foreign-file",
        10,
        "assumed; what administrators set up themselves looks the same",
    ),
    odd(
        "missing-file",
        "odd-autostart-missing",
        "odd-autostart-missing-file",
        10,
        "assumed; what is left when a program was removed, or unlinked itself after its start (Sysrv)",
    ),
];

struct Entry {
    entry: Box<Autorun>,
    sightings: Sightings,
}

impl Worth for Entry {
    type Rank = (Tenths, Time);
    fn worth(&self) -> Self::Rank {
        (heaviest(&self.entry).map_or(Tenths(0), |odd| odd.weight.tenths), self.sightings.last)
    }
}

struct OddAutostart {
    kept: Kept<Entry, EvidenceId>,
}

fn make(_: &DetectorSettings) -> Box<dyn Detector> {
    Box::new(OddAutostart { kept: Kept::new(PER_MACHINE, IN_ALL) })
}

impl Detector for OddAutostart {
    fn see(&mut self, seen: &Observation, _: &Context<'_>) {
        let Fact::Autorun(entry) = &seen.fact else { return };
        if entry.package.is_some() || heaviest(entry).is_none() {
            return;
        }
        // What runs the same in many places is one fact.
        let detail = format!("{}\t{}", entry.runs, place(entry));
        let kept = self.kept.entry(seen.origin.evidence, detail, || Entry {
            entry: entry.clone(),
            sightings: Sightings::cited_at(
                seen,
                seen.time,
                Message::new("odd-autostart-at").with("place", place(entry)),
            ),
        });
        kept.sightings.add(seen.time, seen.time);
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        for ((evidence, detail), kept) in self.kept.iter() {
            let host = HostKey::Machine(*evidence);
            let key = FindingKey { detector: UNIT.meta.id, host, detail: detail.clone() };
            said.findings.extend(finding(key, kept));
        }
        said.forgotten += self.kept.forgotten;
    }
}

fn heaviest(entry: &Autorun) -> Option<&'static Odd> {
    ODD.iter().find(|odd| entry.odd.contains(&odd.word))
}

fn finding(key: FindingKey, kept: &Entry) -> Option<Finding> {
    let Entry { entry, sightings } = kept;
    let odd = heaviest(entry)?;
    let mut facts = Facts::default();
    facts.text("oddity", Some(entry.odd.join(", ")));
    facts.text("program", entry.files.first().map(String::as_str));
    facts.text("user", entry.user.as_deref());
    facts.text("when", entry.when.as_deref());
    Some(Finding {
        key,
        kind: FindingKind::Persistence,
        role: None,
        weight: Some(&odd.weight),
        act: None,
        message: Message::new(odd.message).with("mechanism", entry.mechanism.0).with("place", place(entry)),
        subject: subject(entry),
        facts,
        first: sightings.first,
        last: sightings.last,
        count: sightings.count,
        cited: sightings.cited.clone(),
        technique: technique(entry),
        dialogue: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_oddity_has_a_weight_and_the_heaviest_stand_first() {
        assert!(Autorun::ODDITIES.iter().all(|word| ODD.iter().any(|odd| odd.word == *word)));
        assert!(ODD.windows(2).all(|pair| pair[0].weight.tenths >= pair[1].weight.tenths));
    }
}
