//! The shapes of beads, and a rung of the ladder that the search climbs.

use std::ops::Range;

/// Consecutive sentences of both sides: a candidate bead. Positions are those of the search (repeats left out).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Candidate {
    /// Chinese positions.
    pub zh: Range<usize>,
    /// English positions.
    pub en: Range<usize>,
}

impl Candidate {
    /// A candidate of these positions.
    pub fn new(zh: Range<usize>, en: Range<usize>) -> Self {
        Self { zh, en }
    }

    /// How many sentences on either side: `(Chinese, English)`.
    pub fn shape(&self) -> (usize, usize) {
        (self.zh.len(), self.en.len())
    }
}

/// A bead of the search's result.
#[derive(Debug, Clone, PartialEq)]
pub struct Rung {
    /// Its sentences.
    pub bead: Candidate,
    /// Whether it lies off the common order.
    pub moved: bool,
    /// How sure we are, 0–1.
    pub confidence: f32,
}

/// The most sentences on both sides of a bead that has several on both.
const SQUARE: usize = 4;

/// All shapes that the search tries, up to `max_side` sentences against one and 4–4: `(Chinese, English)`.
pub fn shapes(max_side: usize) -> Vec<(usize, usize)> {
    let max_side = max_side.clamp(1, super::grid::LONGEST);
    let mut shapes = vec![(0, 1), (1, 0), (1, 1)];
    shapes.extend((2..=max_side).flat_map(|k| [(k, 1), (1, k)]));
    let square = 2..=max_side.min(SQUARE);
    shapes.extend(square.clone().flat_map(|a| square.clone().map(move |b| (a, b))));
    shapes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_to_one_and_back_and_four_to_four() {
        assert_eq!(shapes(8).len(), 3 + 14 + 9);
        assert_eq!(shapes(1), [(0, 1), (1, 0), (1, 1)]);
    }
}
