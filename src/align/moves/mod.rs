//! Content that the post moved elsewhere.
//!
//! 1. `lone`: runs of sentences that were left alone on both sides are matched with each other.
//! 2. `tangles`: beads of several sentences on both sides, in which the search hides what it cannot reorder, are taken
//!    apart if their sentences match better one by one, in whatever order.
//! 3. `crossings`: every other bead is held against its crossing alternatives. If one side matches sentences that were
//!    left alone elsewhere so much better, it moves there, and what it matched before is left alone.

mod crossings;
mod lone;
mod tangles;

use super::confidence;
use super::score::Scorer;
use super::shapes::{Candidate, Rung};
use std::ops::Range;

/// What covers less is not looked at.
const LEAST_COVERAGE: f32 = 0.1;

/// Finds moved beads wherever one is better by `gain` than what the search made of its sentences.
pub fn find(scorer: &Scorer<'_>, rungs: &mut Vec<Rung>, gain: f32, max_side: usize) {
    let mut finder = Finder { scorer, gain, max_side, buffer: Vec::new() };
    finder.match_lone(rungs);
    finder.untangle(rungs);
    finder.cross(rungs);
}

struct Finder<'s> {
    scorer: &'s Scorer<'s>,
    gain: f32,
    max_side: usize,
    buffer: Vec<f32>,
}

/// A bead, and how much better it is than leaving its sentences alone.
type Worth = (f32, Candidate);

impl Finder<'_> {
    /// How much better a bead is than leaving its sentences alone.
    fn worth(&mut self, bead: &Candidate) -> f32 {
        self.scorer.score(bead, &mut self.buffer) - self.scorer.alone(bead, &mut self.buffer)
    }

    /// Whether two sentences have enough in common to be looked at.
    fn near(&self, i: usize, j: usize) -> bool {
        self.scorer.dice(i, j) > LEAST_COVERAGE
    }

    fn moved(&self, bead: Candidate, better: f32) -> Rung {
        Rung { bead, moved: true, confidence: confidence::of_move(better - self.gain) }
    }
}

/// The best first; equally good ones by place.
fn best_first(beads: &mut [Worth]) {
    let place = |bead: &Candidate| (bead.zh.start, bead.en.start);
    beads.sort_by(|a, b| b.0.total_cmp(&a.0).then(place(&a.1).cmp(&place(&b.1))));
}

fn single(i: usize, j: usize) -> Candidate {
    Candidate::new(i..i + 1, j..j + 1)
}

fn is_null(bead: &Candidate) -> bool {
    bead.zh.is_empty() || bead.en.is_empty()
}

/// Each sentence of these sides as a null bead.
fn alone(zh: &Range<usize>, en: &Range<usize>) -> impl Iterator<Item = Candidate> {
    let zh = zh.clone().map(|i| Candidate::new(i..i + 1, 0..0));
    zh.chain(en.clone().map(|j| Candidate::new(0..0, j..j + 1)))
}

/// Whether a bead holds the sentence of a null bead.
fn holds(bead: &Candidate, null: &Candidate) -> bool {
    match null.shape() {
        (_, 0) => bead.zh.contains(&null.zh.start),
        (0, _) => bead.en.contains(&null.en.start),
        _ => false,
    }
}

/// The sentences that were left alone, ascending, Chinese and English ones.
fn left_alone(rungs: &[Rung]) -> (Vec<usize>, Vec<usize>) {
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for rung in rungs {
        match rung.bead.shape() {
            (_, 0) => zh.push(rung.bead.zh.start),
            (0, _) => en.push(rung.bead.en.start),
            _ => {}
        }
    }
    zh.sort_unstable();
    en.sort_unstable();
    (zh, en)
}
