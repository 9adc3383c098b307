//! Content that the post moved elsewhere: runs of sentences that match each other out of order.

use super::confidence;
use super::lattice::Lattice;
use super::score::Scorer;
use super::search::Search;
use super::shapes::{Candidate, Rung, shapes};
use std::ops::Range;

/// Joins sentences that were left alone on both sides wherever the match is better by `gain` than leaving them alone.
pub fn find(scorer: &Scorer<'_>, rungs: &mut Vec<Rung>, gain: f32, max_side: usize) {
    let mut buffer = Vec::new();
    let lone = |zh: bool| {
        let mut lone: Vec<usize> = rungs
            .iter()
            .filter(|r| if zh { r.bead.en.is_empty() } else { r.bead.zh.is_empty() })
            .map(|r| if zh { r.bead.zh.start } else { r.bead.en.start })
            .collect();
        lone.sort_unstable();
        runs(&lone)
    };
    let (zh_runs, en_runs) = (lone(true), lone(false));
    let mut found: Vec<(f32, Candidate)> = Vec::new();
    for zh in &zh_runs {
        for en in &en_runs {
            let near = zh.clone().any(|i| en.clone().any(|j| scorer.dice(i, j) > LEAST_COVERAGE));
            if near {
                found.extend(
                    best_in(scorer, zh, en, max_side, &mut buffer)
                        .into_iter()
                        .filter(|(better, _)| *better > gain),
                );
            }
        }
    }
    found.sort_by(|a, b| {
        b.0.total_cmp(&a.0).then((a.1.zh.start, a.1.en.start).cmp(&(b.1.zh.start, b.1.en.start)))
    });
    let (n, m) = scorer.size();
    let (mut zh_taken, mut en_taken) = (vec![false; n], vec![false; m]);
    let mut taken = Vec::new();
    for (better, bead) in found {
        let free = |side: &Range<usize>, taken: &[bool]| side.clone().all(|k| taken.get(k) == Some(&false));
        if free(&bead.zh, &zh_taken) && free(&bead.en, &en_taken) {
            zh_taken.get_mut(bead.zh.clone()).into_iter().flatten().for_each(|t| *t = true);
            en_taken.get_mut(bead.en.clone()).into_iter().flatten().for_each(|t| *t = true);
            taken.push(Rung { bead, moved: true, confidence: confidence::of_move(better - gain) });
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
fn best_in(
    scorer: &Scorer<'_>,
    zh: &Range<usize>,
    en: &Range<usize>,
    max_side: usize,
    buffer: &mut Vec<f32>,
) -> Vec<(f32, Candidate)> {
    let place = |c: &Candidate| {
        Candidate::new(c.zh.start + zh.start..c.zh.end + zh.start, c.en.start + en.start..c.en.end + en.start)
    };
    let lattice = Lattice::new(super::lattice::whole((zh.len(), en.len())), &shapes(max_side), |c| {
        scorer.is_admissible(&place(c))
    });
    let scores: Vec<f32> = lattice.candidates().map(|c| scorer.score(&place(&c), buffer)).collect();
    let search = Search::new(&lattice, &scores, &[]);
    let beads = search
        .path()
        .0
        .into_iter()
        .map(|link| place(&link.bead))
        .filter(|b| !b.zh.is_empty() && !b.en.is_empty());
    let beads: Vec<Candidate> = beads.collect();
    beads.into_iter().map(|bead| (scorer.score(&bead, buffer) - scorer.alone(&bead, buffer), bead)).collect()
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

/// What covers less is not looked at.
const LEAST_COVERAGE: f32 = 0.1;
