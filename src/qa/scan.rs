//! Stretches of words that speak for something together: scan statistics.
//!
//! Every word has a score, the logarithm of how much likelier it is to be seen so in a stretch of the wanted kind than
//! elsewhere. A stretch is worth the sum of its words, and the best stretches are found by Kadane's algorithm (J. Bentley,
//! Programming Pearls, column 8).

use std::ops::Range;

/// A stretch of words, and what speaks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    /// Words by their numbers.
    pub words: Range<usize>,
    /// The sum of their scores.
    pub score: f32,
}

/// The stretches that are worth at least `least`, in order; none touches another.
pub fn stretches(scores: &[f32], least: f32) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut begin = 0;
    while let Some(stretch) = first(scores, begin, least) {
        begin = stretch.words.end;
        found.push(stretch);
    }
    found
}

/// The stretches of a text whose sentences begin at these words: none goes from one into the next.
pub fn within_sentences(scores: &[f32], begins: &[usize], least: f32) -> Vec<Stretch> {
    let mut found = Vec::new();
    for (number, &begin) in begins.iter().enumerate() {
        let end = begins.get(number + 1).copied().unwrap_or(scores.len());
        let sentence = scores.get(begin..end).unwrap_or_default();
        let moved =
            |s: Stretch| Stretch { words: s.words.start + begin..s.words.end + begin, score: s.score };
        found.extend(stretches(sentence, least).into_iter().map(moved));
    }
    found
}

/// The first stretch from `begin` on that reaches `least`, taken as far as it grows.
fn first(scores: &[f32], begin: usize, least: f32) -> Option<Stretch> {
    let (mut sum, mut start) = (0.0f32, begin);
    let mut best: Option<Stretch> = None;
    for (at, &score) in scores.iter().enumerate().skip(begin) {
        if sum <= 0.0 {
            if best.is_some() {
                break;
            }
            (sum, start) = (0.0, at);
        }
        sum += score;
        if sum >= least && best.as_ref().is_none_or(|b| sum > b.score) {
            best = Some(Stretch { words: start..at + 1, score: sum });
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_stretches_are_found_in_order() {
        let found = stretches(&[-1.0, 2.0, -0.5, 2.0, -9.0, 1.0, -9.0, 3.0, 1.0, -0.1], 3.0);
        let words: Vec<_> = found.iter().map(|s| s.words.clone()).collect();
        assert_eq!(words, [1..4, 7..9]);
        assert!(stretches(&[1.0, -2.0, 1.0], 1.5).is_empty());
        assert!(stretches(&[], 1.0).is_empty());
    }

    #[test]
    fn a_stretch_ends_with_its_sentence() {
        let scores = [-1.0, 2.0, 2.0, 3.0];
        let found = within_sentences(&scores, &[0, 2], 2.0);
        let words: Vec<_> = found.iter().map(|s| s.words.clone()).collect();
        assert_eq!(words, [1..2, 2..4]);
        assert!(within_sentences(&scores, &[], 2.0).is_empty());
    }
}
