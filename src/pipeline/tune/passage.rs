//! What is learned from: passages of gold articles, every candidate's features measured once.

use super::allowed::allowed;
use super::{lines, lines_in_paragraphs};
use crate::align::dot::dot;
use crate::align::lattice::{Lattice, whole};
use crate::align::marginals::Marginals;
use crate::align::score::Scorer;
use crate::align::search::Search;
use crate::align::shapes::{Candidate, shapes};
use crate::align::{self, Line, Prepared, Set, Weights, signals};
use crate::error::Result;
use crate::eval::Gold;
use crate::model::Sides;

/// About how many Chinese sentences a passage has; longer articles are cut between two gold beads.
const LENGTH: usize = 50;
/// So many gold beads count in full; those of longer articles count less, so that a novel does not outweigh all news.
const FULL_BEADS: f32 = 40.0;

/// A passage.
pub(super) struct Passage {
    lattice: Lattice,
    /// One row a candidate.
    features: Vec<f32>,
    /// Whether a path of the gold may hold the candidate.
    gold: Vec<bool>,
    /// What a wrong bead costs while learning: the sentences of its longer side.
    costs: Vec<f32>,
    /// How much it counts.
    share: f32,
    /// How free the article's translation is, 0–1.
    looseness: f32,
}

/// Cuts an article into passages. One whose gold tells paragraphs is taken twice, with them and without them, since the
/// weights serve pages as well as segmented texts; each counts half.
///
/// # Errors
/// Those of the encoder, if the engine has one.
pub(super) fn passages(gold: &Gold, align: &align::Config) -> Result<Vec<Passage>> {
    let Some(in_paragraphs) = lines_in_paragraphs(gold) else { return cut(gold, &lines(gold), 1.0, align) };
    let mut passages = cut(gold, &lines(gold), 0.5, align)?;
    passages.extend(cut(gold, &in_paragraphs, 0.5, align)?);
    Ok(passages)
}

fn cut(
    gold: &Gold,
    lines: &Sides<Vec<Line<'_>>>,
    counts: f32,
    align: &align::Config,
) -> Result<Vec<Passage>> {
    let prepared = Prepared::new(lines, align.lexicon(), align)?;
    let (zero, shapes) = (Weights::zero(), shapes(align.max_side));
    let scorer = prepared.scorer(&zero);
    let allowed = allowed(gold, prepared.kept(), &shapes);
    let only_gold = Lattice::new(whole(scorer.size()), &shapes, |c| allowed.contains(c));
    let zeros = vec![0.0; only_gold.len()];
    let (path, _) = Search::new(&only_gold, &zeros, &[]).path();
    let mut cuts = vec![(0, 0)];
    for link in &path {
        let begun = cuts.last().map_or(0, |c| c.0);
        if link.bead.zh.start >= begun + LENGTH && link.bead.zh.start + LENGTH / 2 < scorer.size().0 {
            cuts.push((link.bead.zh.start, link.bead.en.start));
        }
    }
    cuts.push(scorer.size());
    let share = counts * (FULL_BEADS / path.len().max(1) as f32).min(1.0);
    let bounds = cuts.iter().zip(cuts.iter().skip(1));
    Ok(bounds
        .map(|(from, to)| Passage::new(&scorer, *from, *to, &shapes, &|c| allowed.contains(c), share))
        .collect())
}

impl Passage {
    fn new(
        scorer: &Scorer<'_>,
        from: (usize, usize),
        to: (usize, usize),
        shapes: &[(usize, usize)],
        allowed: &dyn Fn(&Candidate) -> bool,
        share: f32,
    ) -> Self {
        let place = |c: &Candidate| {
            Candidate::new(c.zh.start + from.0..c.zh.end + from.0, c.en.start + from.1..c.en.end + from.1)
        };
        // Gold beads are let in even if they are not admissible, so that there is a path to learn from.
        let admissible = |c: &Candidate| scorer.is_admissible(&place(c)) || allowed(&place(c));
        let lattice = Lattice::new(whole((to.0 - from.0, to.1 - from.1)), shapes, admissible);
        let (mut features, mut buffer) = (Vec::new(), Vec::new());
        let (mut gold, mut costs) = (Vec::new(), Vec::new());
        for candidate in lattice.candidates() {
            let (bead, shape) = (place(&candidate), candidate.shape());
            scorer.features(&bead, &mut buffer);
            features.extend_from_slice(&buffer);
            gold.push(allowed(&bead));
            costs.push(if allowed(&bead) { 0.0 } else { shape.0.max(shape.1) as f32 });
        }
        Self { lattice, features, gold, costs, share, looseness: scorer.looseness() }
    }

    fn features(&self, edge: usize) -> &[f32] {
        let count = signals::feature_count();
        self.features.get(edge * count..(edge + 1) * count).unwrap_or(&[])
    }

    /// The gradient of the logarithm of the gold's share among all paths, wrong beads made dearer by `cost` times their
    /// costs (softmax-margin, Gimpel and Smith 2010).
    pub(super) fn gradient(&self, weights: &Weights, cost: f32) -> Weights {
        let weights = weights.at(self.looseness);
        let own: Vec<f32> =
            (0..self.lattice.len()).map(|e| dot(self.features(e), &weights.features)).collect();
        let wary: Vec<f32> = own.iter().zip(&self.costs).map(|(s, c)| s + cost * c).collect();
        let right: Vec<f32> =
            own.iter().zip(&self.gold).map(|(s, g)| if *g { *s } else { f32::NEG_INFINITY }).collect();
        let guess = Marginals::new(&self.lattice, &wary, &weights.steps);
        let truth = Marginals::new(&self.lattice, &right, &weights.steps);
        let mut gradient = Set::zero();
        for (edge, (t, g)) in truth.candidates().iter().zip(guess.candidates()).enumerate() {
            let difference = (t - g) * self.share;
            if difference.abs() > 1e-6 {
                super::add_slice(&mut gradient.features, self.features(edge), difference);
            }
        }
        super::add_slice(&mut gradient.steps, &truth.steps(&weights.steps), self.share);
        super::add_slice(&mut gradient.steps, &guess.steps(&weights.steps), -self.share);
        let mut loose = Set::zero();
        loose.add(&gradient, self.looseness);
        Weights { close: gradient, loose }
    }
}
