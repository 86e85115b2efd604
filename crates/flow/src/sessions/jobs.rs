//! Jobs handed out, what a share of each costs, and what all accepted shares cost together.

use parse::mining::difficulty::{Decimal, Unit};
use std::collections::VecDeque;

/// Most jobs that are remembered; shares for older ones are priced like the newest. Pools drop jobs much earlier.
const LIMIT: usize = 64;

/// What a share costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Price {
    /// Not known.
    #[default]
    Unknown,
    /// Expected hashes.
    Hashes(u128),
    /// A difficulty whose unit depends on the algorithm.
    Difficulty(Decimal),
}

/// The newest jobs with their prices: a share is paid by the difficulty in force when its job was sent.
#[derive(Debug, Default)]
pub(super) struct Jobs {
    known: VecDeque<(u64, Price)>,
}

impl Jobs {
    pub(super) fn add(&mut self, id: u64, price: Price) {
        if let Some(again) = self.known.iter_mut().find(|(known, _)| *known == id) {
            again.1 = price;
            return;
        }
        if self.known.len() >= LIMIT {
            self.known.pop_front();
        }
        self.known.push_back((id, price));
    }

    pub(super) fn price(&self, id: u64) -> Option<Price> {
        self.known.iter().rev().find(|(known, _)| *known == id).map(|(_, price)| *price)
    }
}

/// What accepted shares cost: sums that stay exact, in hashes where known and else in difficulty.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Spent {
    hashes: u128,
    hashes_squared: f64,
    difficulty: Option<Decimal>,
    difficulty_squared: f64,
    unknown: bool,
}

impl Spent {
    pub(super) fn add(&mut self, price: Price) {
        match price {
            Price::Unknown => self.unknown = true,
            Price::Hashes(hashes) => {
                self.hashes = self.hashes.saturating_add(hashes);
                self.hashes_squared += hashes as f64 * hashes as f64;
            }
            Price::Difficulty(difficulty) => {
                self.difficulty = Some(self.difficulty.map_or(difficulty, |sum| sum.plus(difficulty)));
                self.difficulty_squared += difficulty.to_f64() * difficulty.to_f64();
            }
        }
    }

    /// Sum and sum of squares in hashes; `None` while a share's cost is not known.
    pub(super) fn total(&self, unit: Option<Unit>) -> Option<(u128, f64)> {
        if self.unknown {
            return None;
        }
        let Some(difficulty) = self.difficulty else { return Some((self.hashes, self.hashes_squared)) };
        let unit = unit?;
        let per_unit = unit.per_unit();
        Some((
            self.hashes.saturating_add(unit.hashes(difficulty)),
            self.hashes_squared + self.difficulty_squared * per_unit * per_unit,
        ))
    }
}
