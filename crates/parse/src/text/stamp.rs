//! The time at the beginning of a line of a log, and what other programs put before it.
//!
//! Sources: xmrig/xmrig `src/base/io/log/Log.cpp` (`[%d-%02d-%02d %02d:%02d:%02d.%03d]`); pooler/cpuminer `util.c`
//! (`applog`); ethereum-mining/ethminer `libdevcore/Log.cpp`; nanopool/nanominer, nicehash/Specifications,
//! NebuTech/NBMiner and develsoftware/GMinerRelease: logs in their issues. Prefixes: docker compose (`service.1 | `),
//! RFC 3164 as journalctl prints it (`Jan 28 09:59:31 host program[12]: `).

/// What stands before the words of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stamp {
    /// There is a time, or a time of day.
    pub is_there: bool,
    /// Nanoseconds since 1970 as if the clock showed UTC: logs of miners name no zone.
    pub nanos: Option<i64>,
}

/// Splits a line into its time and its words.
#[must_use]
pub fn split(line: &str) -> (Stamp, &str) {
    let line = without_prefix(line);
    let mut trimmed = line.trim_start();
    // ethminer puts a letter for the level before the time.
    if let Some((level, rest)) = trimmed.split_once(' ')
        && level.len() == 1
        && level.starts_with(|letter: char| letter.is_ascii_alphabetic())
    {
        trimmed = rest;
    }
    let (inside, bracket) = match trimmed.strip_prefix('[') {
        Some(inside) => (inside, true),
        None => (trimmed, false),
    };
    let mut digits = Digits(inside);
    let Some(nanos) = digits.time() else { return (Stamp::default(), line) };
    let mut rest = digits.0;
    if bracket {
        // Fractions, a zone or a thread's name may follow before the bracket closes.
        let Some((between, behind)) = rest.split_once(']') else { return (Stamp::default(), line) };
        if between.len() > 12 {
            return (Stamp::default(), line);
        }
        rest = behind;
    } else {
        let end = rest.find(|letter: char| !(letter.is_ascii_digit() || ".,:Z".contains(letter)));
        rest = rest.get(end.unwrap_or(rest.len())..).unwrap_or_default();
        if !rest.is_empty() && !rest.starts_with(' ') {
            return (Stamp::default(), line);
        }
    }
    (Stamp { is_there: true, nanos }, rest)
}

/// The line without what a container's or a journal's reader put before it.
fn without_prefix(line: &str) -> &str {
    if let Some((left, right)) = line.split_once('|') {
        let left = left.trim();
        if !left.is_empty() && left.len() <= 80 && !left.contains(' ') {
            return right.strip_prefix(' ').unwrap_or(right);
        }
    }
    let mut words = line.split_whitespace();
    let month = words.next().is_some_and(|word| MONTHS.contains(&word));
    if month
        && words.next().is_some_and(|day| day.parse::<u8>().is_ok())
        && words.next().is_some_and(|time| time.len() == 8 && time.contains(':'))
        && let Some((front, rest)) = line.split_once("]: ")
        && front.len() <= 160
    {
        return rest;
    }
    line
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// What is still to be read.
struct Digits<'a>(&'a str);

impl Digits<'_> {
    /// `Some(None)`: a time of day without a date.
    fn time(&mut self) -> Option<Option<i64>> {
        let start = self.0;
        let date = self.date();
        if date.is_none() {
            self.0 = start;
        }
        let hour = self.number(2)?;
        self.one_of(":")?;
        let minute = self.number(2)?;
        self.one_of(":")?;
        let second = self.number(2)?;
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let mut fraction = 0;
        if self.0.starts_with(['.', ',']) {
            let digits = self.0.get(1..).unwrap_or_default();
            let length = digits.bytes().take_while(u8::is_ascii_digit).count();
            let nine: String = digits.get(..length)?.chars().chain(std::iter::repeat('0')).take(9).collect();
            fraction = nine.parse::<i64>().ok()?;
            self.0 = digits.get(length..)?;
        }
        let Some((year, month, day)) = date else { return Some(None) };
        let seconds = days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
        Some(seconds.checked_mul(1_000_000_000)?.checked_add(fraction))
    }

    fn date(&mut self) -> Option<(i64, i64, i64)> {
        let year = self.number(4)?;
        let separated = self.one_of("-./").is_some();
        let month = match self.number(2) {
            Some(month) => month,
            None => {
                let name = self.0.get(..3)?;
                self.0 = self.0.get(3..)?;
                i64::try_from(MONTHS.iter().position(|month| *month == name)?).ok()? + 1
            }
        };
        if separated {
            self.one_of("-./")?;
        }
        let day = self.number(2)?;
        self.one_of(" T:")?;
        let real = (1970..2262).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        real.then_some((year, month, day))
    }

    fn number(&mut self, digits: usize) -> Option<i64> {
        let text = self.0.get(..digits).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))?;
        self.0 = self.0.get(digits..)?;
        text.parse().ok()
    }

    fn one_of(&mut self, letters: &str) -> Option<()> {
        let first = self.0.chars().next().filter(|first| letters.contains(*first))?;
        self.0 = self.0.get(first.len_utf8()..)?;
        Some(())
    }
}

/// Days since 1970-01-01 of a date of the Gregorian calendar (Hinnant, "chrono-Compatible Low-Level Date Algorithms").
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seconds by `date -u -d … +%s`.
    #[test]
    fn times_as_miners_write_them() {
        let second = 1_000_000_000;
        for (line, nanos, rest) in [
            ("[2019-01-28 09:59:31] use", Some(1_548_669_571 * second), " use"),
            (" [2018-05-19 08:18:32] Started", Some(1_526_717_912 * second), " Started"),
            ("[2019-10-21 16:26:36.665]  rx", Some(1_571_675_196 * second + 665_000_000), "  rx"),
            ("2024-Mar-30 20:22:09: New job", Some(1_711_830_129 * second), " New job"),
            ("2021.05.19:12:23:02.525: eths", Some(1_621_426_982 * second + 525_000_000), " eths"),
            ("20210210 21:49:59 ethash", Some(1_612_993_799 * second), " ethash"),
            ("[09:39:21] INFO", None, " INFO"),
            ("10:49:17 GPU0: x", None, " GPU0: x"),
            (" i 10:00:44 stratum  x", None, " stratum  x"),
            ("job.1@fsm-1    | [2019-01-28 09:59:31] x", Some(1_548_669_571 * second), " x"),
            ("Jan 28 09:59:31 h x[9]: [2019-01-28 09:59:31] y", Some(1_548_669_571 * second), " y"),
        ] {
            assert_eq!(split(line), (Stamp { is_there: true, nanos }, rest), "{line}");
        }
        for line in ["no time", "[net] x", "12:34 x", "2024-13-01 10:00:00 x", "|  CPU # | AFFINITY |", ""] {
            assert_eq!(split(line), (Stamp::default(), line), "{line}");
        }
    }
}
