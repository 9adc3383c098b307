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

/// A bead of the search's result; unlike a [`Candidate`] it may hold scattered sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// Chinese positions, ascending.
    pub zh: Vec<usize>,
    /// English positions, ascending.
    pub en: Vec<usize>,
    /// Whether it lies off the common order.
    pub moved: bool,
}

impl From<&Candidate> for Rung {
    fn from(candidate: &Candidate) -> Self {
        Self { zh: candidate.zh.clone().collect(), en: candidate.en.clone().collect(), moved: false }
    }
}

/// All shapes that the search tries, up to `max_side` sentences against one, and 2–2: `(Chinese, English)`.
pub fn shapes(max_side: usize) -> Vec<(usize, usize)> {
    let max_side = max_side.clamp(1, 8);
    let mut shapes = vec![(0, 1), (1, 0), (1, 1)];
    shapes.extend((2..=max_side).flat_map(|k| [(k, 1), (1, k)]));
    if max_side >= 2 {
        shapes.push((2, 2));
    }
    shapes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_to_one_and_back_and_two_to_two() {
        assert_eq!(shapes(8).len(), 3 + 14 + 1);
        assert_eq!(shapes(1), [(0, 1), (1, 0), (1, 1)]);
    }
}
