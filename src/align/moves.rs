//! Content that the post moved elsewhere.
//!
//! First, runs of sentences that were left alone on both sides are matched with each other. Then every bead in order is
//! held against its crossing alternatives: if one side matches sentences that were left alone elsewhere so much better,
//! it moves there, and what it matched before is left alone.

use super::confidence;
use super::lattice::{Lattice, whole};
use super::score::Scorer;
use super::search::Search;
use super::shapes::{Candidate, Rung, shapes};
use std::ops::Range;

/// Finds moved beads wherever one is better by `gain` than what the search made of its sentences.
pub fn find(scorer: &Scorer<'_>, rungs: &mut Vec<Rung>, gain: f32, max_side: usize) {
    let mut finder = Finder { scorer, gain, max_side, buffer: Vec::new() };
    finder.match_lone(rungs);
    finder.cross(rungs);
}

struct Finder<'s> {
    scorer: &'s Scorer<'s>,
    gain: f32,
    max_side: usize,
    buffer: Vec<f32>,
}

impl Finder<'_> {
    /// Joins sentences that were left alone on both sides.
    fn match_lone(&mut self, rungs: &mut Vec<Rung>) {
        let (zh_runs, en_runs) = lone_runs(rungs);
        let mut found: Vec<(f32, Candidate)> = Vec::new();
        for zh in &zh_runs {
            for en in &en_runs {
                let mut cells = zh.clone().flat_map(|i| en.clone().map(move |j| (i, j)));
                if cells.any(|(i, j)| self.scorer.dice(i, j) > LEAST_COVERAGE) {
                    found.extend(self.best_in(zh, en).into_iter().filter(|(better, _)| *better > self.gain));
                }
            }
        }
        found.sort_by(|a, b| {
            b.0.total_cmp(&a.0).then((a.1.zh.start, a.1.en.start).cmp(&(b.1.zh.start, b.1.en.start)))
        });
        let (n, m) = self.scorer.size();
        let (mut zh_taken, mut en_taken) = (vec![false; n], vec![false; m]);
        let mut taken = Vec::new();
        for (better, bead) in found {
            let free =
                |side: &Range<usize>, taken: &[bool]| side.clone().all(|k| taken.get(k) == Some(&false));
            if free(&bead.zh, &zh_taken) && free(&bead.en, &en_taken) {
                zh_taken.get_mut(bead.zh.clone()).into_iter().flatten().for_each(|t| *t = true);
                en_taken.get_mut(bead.en.clone()).into_iter().flatten().for_each(|t| *t = true);
                taken.push(self.moved(bead, better));
            }
        }
        rungs.retain(|rung| match rung.bead.shape() {
            (_, 0) => zh_taken.get(rung.bead.zh.start) == Some(&false),
            (0, _) => en_taken.get(rung.bead.en.start) == Some(&false),
            _ => true,
        });
        rungs.extend(taken);
    }

    /// The beads of the best path through a rectangle, with how much better each is than leaving its sentences alone.
    fn best_in(&mut self, zh: &Range<usize>, en: &Range<usize>) -> Vec<(f32, Candidate)> {
        let place = |c: &Candidate| {
            let (zh, en) =
                ((c.zh.start + zh.start)..(c.zh.end + zh.start), c.en.start + en.start..c.en.end + en.start);
            Candidate::new(zh, en)
        };
        let shapes = shapes(self.max_side);
        let lattice =
            Lattice::new(whole((zh.len(), en.len())), &shapes, |c| self.scorer.is_admissible(&place(c)));
        let scores: Vec<f32> = lattice.candidates().map(|c| self.score(&place(&c))).collect();
        let (path, _) = Search::new(&lattice, &scores, &[]).path();
        let beads = path.into_iter().map(|link| place(&link.bead));
        let beads: Vec<Candidate> = beads.filter(|b| !b.zh.is_empty() && !b.en.is_empty()).collect();
        beads.into_iter().map(|bead| (self.score(&bead) - self.alone(&bead), bead)).collect()
    }

    /// Gives each bead in order the chance to change one of its sides for sentences that were left alone, best first.
    fn cross(&mut self, rungs: &mut Vec<Rung>) {
        while let Some((better, at, bead)) = self.best_crossing(rungs) {
            let moved = self.moved(bead.clone(), better - (UNDOING - 1.0) * self.gain);
            let Some(old) = rungs.get_mut(at).map(|rung| std::mem::replace(rung, moved)) else { return };
            let now_alone = if old.bead.zh == bead.zh {
                sentences(&(0..0), &old.bead.en)
            } else {
                sentences(&old.bead.zh, &(0..0))
            };
            rungs.retain(|rung| {
                let lone = rung.bead.zh.is_empty() || rung.bead.en.is_empty();
                !(lone && holds(&bead, &rung.bead))
            });
            let lone =
                now_alone.into_iter().map(|bead| Rung { bead, moved: false, confidence: old.confidence });
            rungs.extend(lone);
        }
    }

    /// The crossing alternative that gains most: by how much, the rung that it replaces, and its bead.
    fn best_crossing(&mut self, rungs: &[Rung]) -> Option<(f32, usize, Candidate)> {
        let (zh_runs, en_runs) = lone_runs(rungs);
        let mut best: Option<(f32, usize, Candidate)> = None;
        for (at, rung) in rungs.iter().enumerate() {
            let (zh, en) = (&rung.bead.zh, &rung.bead.en);
            if rung.moved || zh.is_empty() || en.is_empty() || zh.len() + en.len() > 3 {
                continue;
            }
            let near = |run: &Range<usize>, zh_side: bool| {
                run.clone()
                    .filter(|&k| {
                        if zh_side {
                            self.scorer.dice(k, en.start) > LEAST_COVERAGE
                        } else {
                            self.scorer.dice(zh.start, k) > LEAST_COVERAGE
                        }
                    })
                    .map(|k| k..k + 1)
                    .collect::<Vec<_>>()
            };
            let to_en = en_runs
                .iter()
                .flat_map(|run| near(run, false))
                .map(|other| Candidate::new(zh.clone(), other));
            let to_zh =
                zh_runs.iter().flat_map(|run| near(run, true)).map(|other| Candidate::new(other, en.clone()));
            let alternatives: Vec<Candidate> = to_en.chain(to_zh).collect();
            for bead in alternatives {
                let better =
                    self.score(&bead) - self.alone(&bead) - (self.score(&rung.bead) - self.alone(&rung.bead));
                if better > UNDOING * self.gain
                    && best.as_ref().is_none_or(|(most, ..)| better > *most)
                    && self.scorer.is_admissible(&bead)
                {
                    best = Some((better, at, bead));
                }
            }
        }
        best
    }

    fn moved(&self, bead: Candidate, better: f32) -> Rung {
        Rung { bead, moved: true, confidence: confidence::of_move(better - self.gain) }
    }

    fn score(&mut self, bead: &Candidate) -> f32 {
        self.scorer.score(bead, &mut self.buffer)
    }

    fn alone(&mut self, bead: &Candidate) -> f32 {
        self.scorer.alone(bead, &mut self.buffer)
    }
}

/// Each sentence of these sides as a null bead.
fn sentences(zh: &Range<usize>, en: &Range<usize>) -> Vec<Candidate> {
    let zh = zh.clone().map(|i| Candidate::new(i..i + 1, 0..0));
    zh.chain(en.clone().map(|j| Candidate::new(0..0, j..j + 1))).collect()
}

/// Whether a bead holds the sentence of a null bead.
fn holds(bead: &Candidate, null: &Candidate) -> bool {
    match null.shape() {
        (_, 0) => bead.zh.contains(&null.zh.start),
        (0, _) => bead.en.contains(&null.en.start),
        _ => false,
    }
}

/// Runs of consecutive sentences that were left alone, Chinese and English ones.
fn lone_runs(rungs: &[Rung]) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let alone = |bead: &Candidate, zh: bool| match bead.shape() {
        (_, 0) if zh => Some(bead.zh.start),
        (0, _) if !zh => Some(bead.en.start),
        _ => None,
    };
    let runs_of = |zh: bool| {
        let mut lone: Vec<usize> = rungs.iter().filter_map(|rung| alone(&rung.bead, zh)).collect();
        lone.sort_unstable();
        runs(&lone)
    };
    (runs_of(true), runs_of(false))
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

/// A crossing alternative undoes one bead and makes another: it must gain so many times as much as one that undoes none.
const UNDOING: f32 = 2.0;
/// What covers less is not looked at.
const LEAST_COVERAGE: f32 = 0.1;
