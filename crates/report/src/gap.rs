//! What kind of bad news a gap is: damage, what was never recorded, what this program leaves unread, contradictions.

use model::{Case, GapSummary};

/// The kinds, in the order they are summed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GapKind {
    /// The evidence is damaged or cut there.
    Damage,
    /// Whoever recorded it did not keep it: lost or cut packets.
    Missing,
    /// It is there, and this program does not read it: a kind it does not know, or one of its limits.
    Unread,
    /// It is there twice, and differs.
    Contradiction,
}

impl GapKind {
    /// All kinds.
    pub(crate) const ALL: [GapKind; 4] =
        [GapKind::Damage, GapKind::Missing, GapKind::Unread, GapKind::Contradiction];

    /// The kind of a gap, by what it says; a reason that is new here is something left unread.
    pub(crate) fn of(gap: &GapSummary) -> GapKind {
        match gap.reason.id {
            "pcap-cut-in-header"
            | "gap-bundle-cut"
            | "gap-bundle-damaged"
            | "gap-bundle-differs"
            | "gap-bundle-foreign"
            | "pcap-cut-short"
            | "pcap-absurd-length"
            | "pcap-frame-too-long"
            | "pcap-bad-block"
            | "pcap-unknown-interface"
            | "gap-read-failed"
            | "gap-stream-cut"
            | "gap-stream-damaged"
            | "gap-packet-short"
            | "gap-network-header"
            | "gap-transport-header" => GapKind::Damage,
            "pcap-snap-length" | "pcap-dropped" | "gap-fragments-missing" | "gap-bundle-unasked" => {
                GapKind::Missing
            }
            "gap-conflicting-retransmission" | "gap-fragments-overlap" => GapKind::Contradiction,
            _ => GapKind::Unread,
        }
    }

    /// The word used in JSON.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            GapKind::Damage => "damage",
            GapKind::Missing => "missing",
            GapKind::Unread => "unread",
            GapKind::Contradiction => "contradiction",
        }
    }

    /// The message that sums up gaps of this kind.
    pub(crate) const fn summary(self) -> &'static str {
        match self {
            GapKind::Damage => "report-unseen-damage",
            GapKind::Missing => "report-unseen-missing",
            GapKind::Unread => "report-unseen-unread",
            GapKind::Contradiction => "report-unseen-contradiction",
        }
    }

    /// How many of this kind there are in all evidence.
    pub(crate) fn count(self, case: &Case) -> u64 {
        let gaps = case.evidence.iter().flat_map(|item| &item.gaps).filter(|gap| GapKind::of(gap) == self);
        // What was cut short is said by itself.
        let gaps = gaps.filter(|gap| !gap.cuts_short());
        gaps.map(|gap| gap.count).fold(0, u64::saturating_add)
    }
}
