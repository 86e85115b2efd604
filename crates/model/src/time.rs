//! An instant as evidence gives it: a value that arrives with an observation, never asked of a clock.

use std::fmt;

/// Nanoseconds since the Unix epoch, UTC. Covers the years 1677 to 2262.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Time(i64);

const NANOS_PER_SEC: i64 = 1_000_000_000;

impl Time {
    /// The earliest instant that can be said.
    pub const MIN: Time = Time(i64::MIN);
    /// The latest instant that can be said.
    pub const MAX: Time = Time(i64::MAX);

    /// No time is known: the evidence states none.
    pub const UNKNOWN: Time = Time::MIN;

    /// Whether a time is known.
    #[must_use]
    pub const fn is_known(self) -> bool {
        self.0 != Time::UNKNOWN.0
    }

    /// The earlier of two; the known one where one is unknown.
    #[must_use]
    pub fn earlier(self, other: Time) -> Time {
        match (self.is_known(), other.is_known()) {
            (false, _) => other,
            (_, false) => self,
            _ => self.min(other),
        }
    }

    /// From nanoseconds since the epoch.
    #[must_use]
    pub const fn from_nanos(nanos: i64) -> Time {
        Time(nanos)
    }

    /// From whole seconds since the epoch; saturates.
    #[must_use]
    pub const fn from_secs(secs: i64) -> Time {
        Time(secs.saturating_mul(NANOS_PER_SEC))
    }

    /// Nanoseconds since the epoch.
    #[must_use]
    pub const fn nanos(self) -> i64 {
        self.0
    }

    /// Whole seconds since the epoch, rounded down.
    #[must_use]
    pub const fn secs(self) -> i64 {
        self.0.div_euclid(NANOS_PER_SEC)
    }

    /// Nanoseconds from `earlier` to `self`; negative if `self` is earlier; saturates.
    #[must_use]
    pub const fn since(self, earlier: Time) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Whole seconds from `earlier` to `self`, never below 0.
    #[must_use]
    pub const fn secs_since(self, earlier: Time) -> u64 {
        let nanos = self.since(earlier);
        if nanos <= 0 { 0 } else { (nanos / NANOS_PER_SEC) as u64 }
    }

    /// This instant and `nanos` more; saturates.
    #[must_use]
    pub const fn plus_nanos(self, nanos: i64) -> Time {
        Time(self.0.saturating_add(nanos))
    }
}

/// RFC 3339 in UTC with the fewest of 0, 3, 6 or 9 fractional digits that lose nothing.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil_from_days(self.secs().div_euclid(86_400));
        let second_of_day = self.secs().rem_euclid(86_400);
        let (hour, minute, second) = (second_of_day / 3600, second_of_day / 60 % 60, second_of_day % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
        let nanos = self.0.rem_euclid(NANOS_PER_SEC);
        if nanos == 0 {
        } else if nanos % 1_000_000 == 0 {
            write!(f, ".{:03}", nanos / 1_000_000)?;
        } else if nanos % 1_000 == 0 {
            write!(f, ".{:06}", nanos / 1_000)?;
        } else {
            write!(f, ".{nanos:09}")?;
        }
        f.write_str("Z")
    }
}

/// Proleptic Gregorian date of a day count since 1970-01-01.
/// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_index = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_index + 2) / 5 + 1;
    let month = if month_index < 10 { month_index + 3 } else { month_index - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected values are from `date -u -d @SECONDS`.
    #[test]
    fn instants_print_as_rfc_3339() {
        assert_eq!(Time::from_secs(0).to_string(), "1970-01-01T00:00:00Z");
        assert_eq!(Time::from_secs(951_782_400).to_string(), "2000-02-29T00:00:00Z");
        assert_eq!(Time::from_secs(-1).to_string(), "1969-12-31T23:59:59Z");
        assert_eq!(Time::from_nanos(1_764_000_000_123_456_000).to_string(), "2025-11-24T16:00:00.123456Z");
        assert_eq!(Time::from_nanos(1_764_000_000_120_000_000).to_string(), "2025-11-24T16:00:00.120Z");
        assert_eq!(Time::from_nanos(1).to_string(), "1970-01-01T00:00:00.000000001Z");
    }

    #[test]
    fn differences_saturate() {
        assert_eq!(Time::MAX.since(Time::MIN), i64::MAX);
        assert_eq!(Time::from_secs(1).secs_since(Time::from_secs(5)), 0);
    }
}
