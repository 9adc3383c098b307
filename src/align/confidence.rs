//! How sure we are of a bead: the share of the paths that hold it, if a path is as likely as the exponential of its score.
//!
//! These probabilities are not calibrated yet: scores are learned so that gold beads win by a margin, which makes them
//! bolder or shyer than they should be. [`SHARPNESS`] is where that is to be set right.

use super::lattice::Lattice;
use super::marginals::Marginals;
use super::search::Link;

/// What scores are multiplied by before they become probabilities (temperature scaling, Guo et al. 2017); 1 changes nothing.
const SHARPNESS: f32 = 1.0;

/// The confidence of each bead of a path. A sentence that is left alone is so wherever its bead stands.
pub(super) fn of_path(lattice: &Lattice, scores: &[f32], steps: &[f32], path: &[Link]) -> Vec<f32> {
    let scores: Vec<f32> = scores.iter().map(|score| score * SHARPNESS).collect();
    let steps: Vec<f32> = steps.iter().map(|step| step * SHARPNESS).collect();
    let shares = Marginals::new(lattice, &scores, &steps).candidates();
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
    1.0 / (1.0 + (-better * SHARPNESS).exp())
}
