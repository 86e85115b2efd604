//! Eviction by CLOCK (Corbató 1968): a hand goes round the places and takes the first that was not used since the hand
//! last passed. It costs no pointers per place and no cache miss per use, and depends on nothing but the order of uses.

/// The hand.
#[derive(Debug, Default)]
pub(crate) struct Clock(usize);

impl Clock {
    /// The place among `len` that goes next. `unmark` takes the mark of use away from a place and says whether it bore
    /// one.
    pub(crate) fn next(&mut self, len: usize, mut unmark: impl FnMut(usize) -> bool) -> usize {
        // Two rounds suffice: the first takes every mark away.
        for _ in 0..2 * len {
            let at = self.0;
            self.0 = (at + 1) % len;
            if !unmark(at) {
                return at;
            }
        }
        self.0
    }
}
