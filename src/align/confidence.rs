//! How sure we are of a bead: the share of the paths that hold it, if a path is as likely as the exponential of its score.
//!
//! The weights are learned as those of exactly this distribution (see `pipeline::tune`), so that the shares are
//! calibrated without a temperature: BENCHMARKS.md holds the reliability table.

use super::marginals::Marginals;
use super::search::{Link, Search};

/// Paths through a candidate that are so much worse than the best one hardly count: less than one in three million.
const HOPELESS: f32 = 15.0;

/// The confidence of each bead of the best path. A sentence that is left alone is so wherever its bead stands.
pub(super) fn of_path(search: &Search<'_>, path: &[Link], total: f32) -> Vec<f32> {
    let (lattice, scores, steps) = search.searched();
    let through = search.through();
    let hopeful = |(score, through): (&f32, &f32)| {
        if total - through < HOPELESS { *score } else { f32::NEG_INFINITY }
    };
    let scores: Vec<f32> = scores.iter().zip(&through).map(hopeful).collect();
    let shares = Marginals::new(lattice, &scores, steps).candidates();
    let (n, m) = lattice.end();
    let (mut zh, mut en) = (vec![0.0f32; n], vec![0.0f32; m]);
    for (bead, share) in
        lattice.candidates().zip(&shares).filter(|(b, _)| !b.zh.is_empty() && !b.en.is_empty())
    {
        zh.get_mut(bead.zh).into_iter().flatten().for_each(|taken| *taken += share);
        en.get_mut(bead.en).into_iter().flatten().for_each(|taken| *taken += share);
    }
    let alone = |taken: &[f32], at: usize| 1.0 - taken.get(at).copied().unwrap_or_default();
    let confidence = |link: &Link| match link.bead.shape() {
        (_, 0) => alone(&zh, link.bead.zh.start),
        (0, _) => alone(&en, link.bead.en.start),
        _ => shares.get(link.edge).copied().unwrap_or_default(),
    };
    path.iter().map(|link| confidence(link).clamp(0.0, 1.0)).collect()
}

/// The confidence of a bead out of order that is so much better than leaving its sentences alone.
pub(super) fn of_move(better: f32) -> f32 {
    1.0 / (1.0 + (-better).exp())
}
