//! Times as a reader's wall clock shows them: the zone is named once, the day only where it changes.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use model::Time;

/// The zone of a report, and the one day that all its times fall on, if they do.
#[derive(Debug, Clone)]
pub struct Clock {
    zone: TimeZone,
    day: Option<Date>,
    says_zone: bool,
}

impl Clock {
    /// Local times of a zone, each with its date until [`Clock::for_span`] says otherwise.
    #[must_use]
    pub const fn local(zone: TimeZone) -> Clock {
        Clock { zone, day: None, says_zone: false }
    }

    /// UTC with date and zone at every time: for text that travels (JSON).
    #[must_use]
    pub const fn explicit_utc() -> Clock {
        Clock { zone: TimeZone::UTC, day: None, says_zone: true }
    }

    /// The same clock for evidence from `first` to `last`: the date is left out where all of it is one local day.
    #[must_use]
    pub fn for_span(&self, first: Time, last: Time) -> Clock {
        let days = [first, last].map(|time| self.local_time(time).map(DateTime::date));
        Clock { day: if days[0] == days[1] { days[0] } else { None }, ..self.clone() }
    }

    /// The zone.
    #[must_use]
    pub const fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The day that times leave out.
    #[must_use]
    pub fn day(&self) -> Option<String> {
        self.day.map(|day| day.to_string())
    }

    /// `09:12`, with the date where it is not the day of the report.
    #[must_use]
    pub fn minute(&self, time: Time) -> String {
        self.show(time, "%H:%M")
    }

    /// `09:12:03`, with the date where it is not the day of the report.
    #[must_use]
    pub fn second(&self, time: Time) -> String {
        self.show(time, "%H:%M:%S")
    }

    /// `09:12–17:40`; one time where both are the same minute.
    #[must_use]
    pub fn span(&self, first: Time, last: Time) -> String {
        let (from, to) = (self.minute(first), self.minute(last));
        if from == to { from } else { format!("{from}–{to}") }
    }

    /// The zone's name and distance from UTC at an instant: `Europe/Berlin (UTC+01:00)`.
    #[must_use]
    pub fn zone_name(&self, at: Time) -> String {
        let offset = timestamp(at).map_or(Offset::UTC, |stamp| self.zone.to_offset(stamp));
        match self.zone.iana_name() {
            Some("UTC" | "Etc/UTC") => "UTC".to_owned(),
            None if self.zone == TimeZone::UTC || offset == Offset::UTC => "UTC".to_owned(),
            Some(name) => format!("{name} ({})", distance(offset)),
            None => distance(offset),
        }
    }

    fn show(&self, time: Time, format: &str) -> String {
        let Some(local) = self.local_time(time) else { return time.to_string() };
        let clock = local.strftime(format);
        let text = if self.day == Some(local.date()) {
            clock.to_string()
        } else {
            format!("{} {clock}", local.date())
        };
        if self.says_zone { text + " UTC" } else { text }
    }

    fn local_time(&self, time: Time) -> Option<DateTime> {
        Some(self.zone.to_datetime(timestamp(time)?))
    }
}

fn timestamp(time: Time) -> Option<Timestamp> {
    Timestamp::from_nanosecond(i128::from(time.nanos())).ok()
}

fn distance(offset: Offset) -> String {
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("UTC{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `date -u -d '2026-11-24 10:12' +%s`.
    const MORNING: Time = Time::from_secs(1_795_515_120);

    #[test]
    fn the_date_is_left_out_on_the_day_of_the_report() {
        let clock = Clock::local(TimeZone::fixed(Offset::constant(8)));
        assert_eq!(clock.minute(MORNING), "2026-11-24 18:12");
        let clock = clock.for_span(MORNING, Time::from_secs(MORNING.secs() + 3600));
        assert_eq!(clock.minute(MORNING), "18:12");
        assert_eq!(clock.second(Time::from_secs(MORNING.secs() + 86_400)), "2026-11-25 18:12:00");
        assert_eq!(clock.zone_name(MORNING), "UTC+08:00");
        assert_eq!(clock.day().as_deref(), Some("2026-11-24"));
    }

    #[test]
    fn text_that_travels_says_its_zone() {
        assert_eq!(Clock::explicit_utc().minute(MORNING), "2026-11-24 10:12 UTC");
        assert_eq!(Clock::explicit_utc().zone_name(MORNING), "UTC");
    }

    /// `model::Time` reaches further than a calendar need: no panic at its ends.
    #[test]
    fn the_ends_of_time_are_shown_somehow() {
        assert!(!Clock::explicit_utc().minute(Time::MIN).is_empty());
        assert!(!Clock::explicit_utc().minute(Time::MAX).is_empty());
    }
}
