//! Sentences that were left alone on both sides, and belong together.

use super::{Finder, Worth, best_first, holds, is_null, left_alone};
use crate::align::lattice::{Lattice, whole};
use crate::align::search::Search;
use crate::align::shapes::{Candidate, Rung, shapes};
use std::ops::Range;

impl Finder<'_> {
    /// Joins runs of sentences that were left alone on both sides, best first.
    pub(super) fn match_lone(&mut self, rungs: &mut Vec<Rung>) {
        let (zh, en) = left_alone(rungs);
        let (zh_runs, en_runs) = (runs(&zh), runs(&en));
        let mut found: Vec<Worth> = Vec::new();
        for zh in &zh_runs {
            for en in &en_runs {
                let mut cells = zh.clone().flat_map(|i| en.clone().map(move |j| (i, j)));
                if cells.any(|(i, j)| self.near(i, j)) {
                    found.extend(self.best_in(zh, en).into_iter().filter(|(better, _)| *better > self.gain));
                }
            }
        }
        best_first(&mut found);
        let mut taken: Vec<Rung> = Vec::new();
        for (better, bead) in found {
            let overlaps = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
            let free =
                |other: &Rung| !overlaps(&other.bead.zh, &bead.zh) && !overlaps(&other.bead.en, &bead.en);
            if taken.iter().all(free) {
                taken.push(self.moved(bead, better));
            }
        }
        rungs.retain(|rung| !(is_null(&rung.bead) && taken.iter().any(|t| holds(&t.bead, &rung.bead))));
        rungs.extend(taken);
    }

    /// The beads of the best path through a rectangle.
    fn best_in(&mut self, zh: &Range<usize>, en: &Range<usize>) -> Vec<Worth> {
        let place = |c: &Candidate| {
            let (i, j) = (zh.start, en.start);
            Candidate::new(c.zh.start + i..c.zh.end + i, c.en.start + j..c.en.end + j)
        };
        let (rows, shapes) = (whole((zh.len(), en.len())), shapes(self.max_side));
        let lattice = Lattice::new(rows, &shapes, |c| self.scorer.is_admissible(&place(c)));
        let buffer = &mut self.buffer;
        let scores: Vec<f32> = lattice.candidates().map(|c| self.scorer.score(&place(&c), buffer)).collect();
        let (path, _) = Search::new(&lattice, &scores, &[]).path();
        let beads = path.into_iter().map(|link| place(&link.bead)).filter(|bead| !is_null(bead));
        beads.map(|bead| (self.worth(&bead), bead)).collect()
    }
}

/// Maximal runs of consecutive numbers.
fn runs(sorted: &[usize]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for &k in sorted {
        match runs.last_mut() {
            Some(run) if run.end == k => run.end = k + 1,
            _ => runs.push(k..k + 1),
        }
    }
    runs
}
