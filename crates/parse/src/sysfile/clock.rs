//! Dates of logs as seconds since the epoch.

/// Seconds of a day.
pub(super) const DAY: i64 = 86_400;

/// Days since 1970-01-01 of a date; `None` for one that is none.
/// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
pub(super) fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year - era * 400;
    let day_of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

/// The year of an instant, by the mean length of a year: exact but for a day around new year, which is enough to
/// choose between two years.
pub(super) fn year(secs: i64) -> i64 {
    1970 + secs.div_euclid(DAY) * 400 / 146_097
}

/// `hh:mm:ss` as seconds of a day.
pub(super) fn of_day(text: &str) -> Option<i64> {
    let mut parts = text.split(':').map(number);
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
    (hour < 24 && minute < 60 && second <= 60 && parts.next().is_none())
        .then_some(hour * 3600 + minute * 60 + second)
}

/// At most four digits.
pub(super) fn number(text: &str) -> Option<i64> {
    let is_short = (1..=4).contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_digit());
    is_short.then(|| text.parse().ok()).flatten()
}

/// `2026-11-24T20:56:19.123456+01:00` as seconds (RFC 3339, as rsyslog and journalctl write it).
pub(super) fn rfc_3339(text: &str) -> Option<i64> {
    let (date, time) = text.split_once('T')?;
    let mut parts = date.split('-').map(number);
    let days = days(parts.next()??, parts.next()??, parts.next()??)?;
    let of_day = of_day(time.get(..8)?)?;
    let rest = time.get(8..)?.trim_start_matches(|letter: char| letter == '.' || letter.is_ascii_digit());
    let offset = match rest.split_at_checked(1)? {
        ("Z", "") => 0,
        (sign @ ("+" | "-"), zone) => {
            let (hours, minutes) = zone.split_once(':').or_else(|| zone.split_at_checked(2))?;
            let secs = number(hours)?.min(24) * 3600 + number(minutes)?.min(59) * 60;
            if sign == "-" { -secs } else { secs }
        }
        _ => return None,
    };
    Some(days * DAY + of_day - offset)
}

/// `Nov 24 20:56:19` of the year that puts it last before `until`, a day's grace for clocks and zones.
pub(super) fn rfc_3164(month: &str, day: &str, time: &str, until: i64) -> Option<i64> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = MONTHS.iter().position(|name| *name == month)? as i64 + 1;
    let (day, of_day) = (number(day)?, of_day(time)?);
    let at = |year| Some(days(year, month, day)? * DAY + of_day);
    let this = year(until).clamp(2, 9998) + 1;
    // 29 February counts in leap years only, but a log holds it only in such a year.
    [this, this - 1, this - 2].into_iter().filter_map(at).find(|secs| *secs <= until.saturating_add(DAY))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected values are from `date -u -d TEXT +%s`.
    #[test]
    fn dates_are_instants() {
        assert_eq!(rfc_3339("2026-11-24T20:56:19Z"), Some(1_795_553_779));
        assert_eq!(rfc_3339("2026-11-24T20:56:19.123456+01:00"), Some(1_795_550_179));
        assert_eq!(rfc_3339("2024-02-29T00:00:00-0530"), Some(1_709_184_600));
        assert_eq!(rfc_3339("2026-11-24 20:56:19"), None);
        assert_eq!(rfc_3339("2026-13-24T20:56:19Z"), None);
        assert_eq!(rfc_3339("2026-11-24T20:5é:19Z"), None);
    }

    #[test]
    fn a_date_without_a_year_lies_before_the_end_of_its_file() {
        let until = 1_767_229_200; // 2026-01-01T01:00:00Z
        assert_eq!(rfc_3164("Dec", "31", "23:59:59", until), Some(1_767_225_599));
        assert_eq!(rfc_3164("Jan", "1", "00:30:00", until), Some(1_767_227_400));
        assert_eq!(rfc_3164("Mar", "1", "00:00:00", until), Some(1_740_787_200));
        assert_eq!(rfc_3164("Foo", "1", "00:00:00", until), None);
    }

    #[test]
    fn years_of_instants() {
        assert_eq!((year(0), year(1_709_164_800), year(1_795_553_779)), (1970, 2024, 2026));
    }
}
