//! Hashrate from accepted shares, with its uncertainty.
//!
//! Shares are a Poisson process. For `k` accepted shares of `E` expected hashes each in `T` seconds the rate is
//! `k·E/T`, and the exact 95 % interval is that of Garwood (1936): the means for which `k` or more, respectively `k`
//! or fewer, events have probability 0.025. With different difficulties k becomes the effective number of
//! events (ΣE)²/ΣE² (Kish 1965, design effect of unequal weights).

/// A rate and its 95 % interval, hashes (Equihash: solutions) per second, three significant digits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Hashrate {
    /// `None` without any accepted share: then only the upper bound is known.
    pub(crate) rate: Option<f64>,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

/// The rate of `sum` expected hashes over `seconds`; `squares` is the sum of their squares, and `each` the expected
/// hashes of one share, for when none was accepted.
pub(crate) fn hashrate(sum: f64, squares: f64, each: Option<f64>, seconds: f64) -> Option<Hashrate> {
    if seconds < 1.0 || !sum.is_finite() || !squares.is_finite() {
        return None;
    }
    if sum <= 0.0 {
        let high = three_digits(upper(0.0) * each? / seconds);
        return Some(Hashrate { rate: None, low: 0.0, high });
    }
    if squares <= 0.0 {
        return None;
    }
    let (events, mean) = (sum * sum / squares, squares / sum);
    Some(Hashrate {
        rate: Some(three_digits(sum / seconds)),
        low: three_digits(lower(events) * mean / seconds),
        high: three_digits(upper(events) * mean / seconds),
    })
}

/// Rounds to three significant digits: what is shown must not depend on the last bit of a logarithm.
fn three_digits(value: f64) -> f64 {
    format!("{value:.2e}").parse().unwrap_or(value)
}

/// The mean for which `events` or more have probability 0.025.
fn lower(events: f64) -> f64 {
    if events < 0.5 { 0.0 } else { quantile(events, 0.025) }
}

/// The mean for which `events` or fewer have probability 0.025.
fn upper(events: f64) -> f64 {
    quantile(events + 1.0, 0.975)
}

/// Above this many events the cube-root normal approximation of Wilson and Hilferty (1931) agrees with the exact
/// value to four digits, and the exact series would be long.
const SERIES_UP_TO: f64 = 1000.0;

/// The value at which the gamma distribution of this shape reaches a probability.
fn quantile(shape: f64, probability: f64) -> f64 {
    if shape > SERIES_UP_TO {
        let z = if probability < 0.5 { -1.959_964 } else { 1.959_964 };
        let root = 1.0 - 1.0 / (9.0 * shape) + z / (3.0 * shape.sqrt());
        return shape * root * root * root;
    }
    let (mut low, mut high) = (0.0, shape * 4.0 + 20.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if regularised_gamma(shape, middle) < probability { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

/// P(a, x) by its series x^a·e^−x/Γ(a+1)·Σ xⁿ/((a+1)…(a+n)) (Abramowitz and Stegun 6.5.29).
fn regularised_gamma(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let (mut term, mut sum) = (1.0, 1.0);
    for n in 1..10_000 {
        term *= x / (a + f64::from(n));
        sum += term;
        if term < sum * 1e-12 {
            break;
        }
    }
    (a * x.ln() - x - ln_gamma(a + 1.0) + sum.ln()).exp().min(1.0)
}

/// ln Γ(x) by Stirling's series after shifting x above 10 (Abramowitz and Stegun 6.1.41).
fn ln_gamma(x: f64) -> f64 {
    let (mut x, mut shift) = (x, 0.0);
    while x < 10.0 {
        shift += x.ln();
        x += 1.0;
    }
    let inverse = 1.0 / (x * x);
    let series = (1.0 / 12.0 - inverse * (1.0 / 360.0 - inverse / 1260.0)) / x;
    (x - 0.5) * x.ln() - x + 0.918_938_533_204_672_7 + series - shift
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    /// Exact Poisson limits as tabulated (Garwood 1936).
    #[test]
    fn the_interval_is_garwoods() {
        for (events, low, high) in [
            (0.0, 0.0, 3.69),
            (1.0, 0.025, 5.57),
            (3.0, 0.619, 8.77),
            (10.0, 4.80, 18.4),
            (30.0, 20.2, 42.8),
            (100.0, 81.4, 121.6),
            (300.0, 267.0, 336.0),
        ] {
            let near = |found: f64, expected: f64| (found - expected).abs() <= expected * 0.005 + 0.0005;
            assert!(near(lower(events), low), "{events}: {}", lower(events));
            assert!(near(upper(events), high), "{events}: {}", upper(events));
        }
    }

    #[test]
    fn approximation_and_series_meet() {
        let series = quantile(999.99, 0.025);
        let approximation = quantile(1000.01, 0.025);
        assert!((series - approximation).abs() < 0.1, "{series} {approximation}");
    }

    /// Worked by hand: 6 shares of 16,000 solutions in 219 s give 6·16,000/219 = 438 Sol/s, and Garwood's limits 2.20 and
    /// 13.06 for six events 161 to 954 …
    #[test]
    fn worked_examples() {
        let six = hashrate(96_000.0, 6.0 * 16_000.0 * 16_000.0, None, 219.0).unwrap();
        assert_eq!((six.rate, six.low, six.high), (Some(438.0), 161.0, 954.0));
        // … and none of 90,001 hashes in 156 s bound it at 2.1 kH/s.
        let none = hashrate(0.0, 0.0, Some(90_001.0), 156.0).unwrap();
        assert_eq!((none.rate, none.high), (None, 2130.0));
    }

    #[test]
    fn nonsense_gives_nothing() {
        assert_eq!(hashrate(1.0, 1.0, None, 0.5), None);
        assert_eq!(hashrate(f64::INFINITY, 1.0, None, 10.0), None);
        assert_eq!(hashrate(1.0, 0.0, None, 10.0), None);
        assert_eq!(hashrate(0.0, 0.0, None, 10.0), None);
    }
}
