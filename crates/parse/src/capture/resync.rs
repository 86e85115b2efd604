//! Finding the next record after damage: one scan for both formats.

use super::{Damage, Place, Reason, Step};

/// Whether a record begins at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Here {
    /// It does, as far as the bytes after it can show.
    Yes,
    /// It does not.
    No,
    /// This many bytes from that place on are needed to say.
    Unsure(usize),
}

/// Moves `place` byte by byte to the next place where `here` says yes, and reports what lies
/// between as damage. Each byte is asked about once per buffer, so the cost is linear in the
/// input and the memory is what `here` may ask to see.
pub(super) fn search(
    place: &mut Place,
    buffer: &[u8],
    end_of_input: bool,
    here: impl Fn(&[u8]) -> Here,
) -> Step {
    loop {
        let rest = place.rest(buffer);
        let answer = if rest.is_empty() && !end_of_input { Here::Unsure(1) } else { here(rest) };
        match answer {
            Here::Unsure(bytes) if !end_of_input => return Step::NeedMore(bytes.max(rest.len() + 1)),
            Here::Yes => return found(place, false),
            Here::No | Here::Unsure(_) if rest.is_empty() => return found(place, true),
            Here::No | Here::Unsure(_) => place.at += 1,
        }
    }
}

/// Closes the damage at the present place.
fn found(place: &mut Place, at_end: bool) -> Step {
    let now = place.offset();
    let lost = place.lost.take();
    let from = lost.map_or(now, |lost| lost.from);
    let reason = match lost.map(|lost| lost.reason) {
        // The record was not the last one after all: its length was wrong, not the input short.
        Some(Reason::CutShort) if !at_end => Reason::AbsurdLength,
        Some(reason) => reason,
        None => Reason::AbsurdLength,
    };
    Step::Damage(Damage { at: from, bytes: now.saturating_sub(from), reason })
}
