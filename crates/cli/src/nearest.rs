//! Did you mean: the known word closest to a mistyped one.

/// The word with the fewest edits, if they are few for its length.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Longer words are not typing errors; the bound keeps the table small.
    const LONGEST: usize = 64;
    if word.chars().count() > LONGEST {
        return None;
    }
    let closest = known.into_iter().map(|candidate| (edits(word, candidate), candidate)).min()?;
    (closest.0 <= word.chars().count().div_ceil(3)).then_some(closest.1)
}

/// Levenshtein distance.
fn edits(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (index, character) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (column, other) in right.iter().enumerate() {
            let replaced = diagonal + usize::from(character != *other);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_understood_and_nonsense_is_not() {
        assert_eq!(edits("kitten", "sitting"), 3);
        let known = ["stratum-session", "pool-name", "pool-port"];
        assert_eq!(nearest("stratum-sesion", known), Some("stratum-session"));
        assert_eq!(nearest("pool-nam", known), Some("pool-name"));
        assert_eq!(nearest("weather", known), None);
    }
}
