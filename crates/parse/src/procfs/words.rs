//! `/proc/PID/cmdline` and `/proc/PID/environ`: words that end with a zero byte.

/// The words, lossily read, at most `most`. A program that writes over its arguments may leave one word with blanks.
#[must_use]
pub fn words(bytes: &[u8], most: usize) -> Vec<String> {
    let end = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    let Some(bytes) = bytes.get(..end).filter(|bytes| !bytes.is_empty()) else { return Vec::new() };
    bytes.split(|byte| *byte == 0).take(most).map(|word| String::from_utf8_lossy(word).into_owned()).collect()
}

/// Names and values of an environment.
pub fn variables(bytes: &[u8]) -> impl Iterator<Item = (String, String)> {
    bytes.split(|byte| *byte == 0).filter_map(|word| {
        let word = String::from_utf8_lossy(word);
        let (name, value) = word.split_once('=')?;
        Some((name.to_owned(), value.to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_variables() {
        assert_eq!(words(b"a\0b c\0\0d\0", 9), ["a", "b c", "", "d"]);
        assert_eq!(words(b"a\0b\0c\0", 2), ["a", "b"]);
        assert_eq!(words(b"\0\0", 9), [] as [String; 0]);
        let read: Vec<_> = variables(b"A=1\0rubbish\0B==2\0").collect();
        assert_eq!(read, [("A".to_owned(), "1".to_owned()), ("B".to_owned(), "=2".to_owned())]);
    }
}
