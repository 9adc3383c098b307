//! Scoring document pairs.

use super::files;
use super::report::{Measure, PairScores};
use crate::error::Result;
use crate::model::Sides;
use crate::text::name;
use std::collections::HashSet;
use std::path::Path;

/// Scores the document pairs in the file `hypothesis` against those in `expected` (see [`parse_pairs`]).
///
/// # Errors
/// If either cannot be read or is not UTF-8.
pub fn score_pairs(expected: &Path, hypothesis: &Path) -> Result<PairScores> {
    let (expected, hypothesis) = (files::read_text(expected)?, files::read_text(hypothesis)?);
    let (expected, hypothesis) = (parse_pairs(&expected), parse_pairs(&hypothesis));
    let shared = expected.intersection(&hypothesis).count() as u64;
    let pairs = Measure::new((shared, hypothesis.len() as u64), (shared, expected.len() as u64));
    Ok(PairScores { pairs })
}

/// Reads pairs of documents, one a line: the Chinese file, a tab, the English file. Folders before the names and
/// further columns are ignored, as are lines without a tab and those that begin with `#`; a pair given twice
/// counts once.
pub fn parse_pairs(text: &str) -> HashSet<Sides<&str>> {
    let lines = files::lines(text).map(|(_, line)| line).filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let (zh, rest) = line.split_once('\t')?;
            let en = rest.split('\t').next().unwrap_or_default();
            Some(Sides::new(name::base(zh), name::base(en)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_base_names_of_the_first_two_columns_count() {
        let pairs = parse_pairs("#zh\ten\nx/a.md\ty/b.md\t0.9\na.md\tb.md\nno tab\r\n./c/\t..\n\t\n");
        let expected = [("a.md", "b.md"), ("c", ".."), ("", "")].map(|(zh, en)| Sides::new(zh, en));
        assert_eq!(pairs, HashSet::from(expected));
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            let _ = parse_pairs(&text);
        }
    }
}
