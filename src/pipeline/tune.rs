//! Learning the aligner's weights from gold, through the search itself.
//!
//! One-best MIRA (Crammer et al. 2006; McDonald et al. 2005): decode with the costs of wrong beads added, compare with
//! the best path that the gold allows, and move the weights just as far as needed to tell them apart; the mean of all
//! weights on the way is kept. Gold beads that the search cannot make (scattered or out of order) are null beads to it.

use crate::align::score::Scorer;
use crate::align::search::{STEPS, best_path_by, kind, step};
use crate::align::shapes::{Candidate, Rung, shapes};
use crate::align::{self, Line, Prepared, Weights, signals};
use crate::error::Result;
use crate::eval::Gold;
use crate::export::vecalign_line;
use crate::lexicon::Lexicon;
use crate::model::{ParagraphKind, Sides};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashSet};

/// How to learn.
#[derive(Debug, Clone)]
pub struct Config {
    /// Passes over the articles.
    pub epochs: usize,
    /// The longest step (MIRA's C).
    pub aggressiveness: f32,
    /// The order in which the articles are visited.
    pub seed: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self { epochs: 25, aggressiveness: 0.01, seed: 1 }
    }
}

/// An article pair with every candidate's features measured once.
struct Example {
    scorer_size: (usize, usize),
    features: Vec<f32>,
    shapes: Vec<(usize, usize)>,
    gold: HashSet<Candidate>,
    prepared: Prepared,
    kept: Vec<usize>,
}

/// Learns weights from all of the gold.
pub fn learn(gold: &[Gold], align: &align::Config, config: &Config) -> Weights {
    let examples: Vec<Example> = gold.par_iter().map(|g| Example::new(g, align)).collect();
    let all: Vec<&Example> = examples.iter().collect();
    train(&all, align, config)
}

/// Leave-one-article-out cross-validation: for each article, the weights learned from all others.
pub fn cross_validate(gold: &[Gold], align: &align::Config, config: &Config) -> Vec<Weights> {
    let examples: Vec<Example> = gold.par_iter().map(|g| Example::new(g, align)).collect();
    (0..examples.len())
        .into_par_iter()
        .map(|out| {
            let others: Vec<&Example> =
                examples.iter().enumerate().filter(|(k, _)| *k != out).map(|(_, e)| e).collect();
            train(&others, align, config)
        })
        .collect()
}

/// The sentences of a gold article, as the aligner takes them.
pub fn lines(gold: &Gold) -> Sides<Vec<Line<'_>>> {
    fn side(sentences: &[String]) -> Vec<Line<'_>> {
        sentences.iter().map(|text| Line { text, kind: ParagraphKind::Body }).collect()
    }
    Sides { zh: side(&gold.zh), en: side(&gold.en) }
}

/// Aligns a gold article's own sentences; gives its beads as vecalign writes them.
///
/// # Errors
/// As [`align::align`].
pub fn beads(gold: &Gold, align: &align::Config) -> Result<String> {
    let alignment = align::align(&lines(gold), Lexicon::builtin(), align)?;
    Ok(alignment.beads().iter().map(vecalign_line).collect())
}

impl Example {
    fn new(gold: &Gold, align: &align::Config) -> Self {
        let prepared = Prepared::new(&lines(gold), Lexicon::builtin(), align);
        let kept = prepared.kept();
        let zero = Weights::zero();
        let shapes = shapes(align.max_side);
        let scorer = Scorer::new(prepared.terms(), &kept, &zero);
        let (n, m) = scorer.size();
        let mut features = Vec::new();
        let mut buffer = Vec::new();
        for i in 0..=n {
            for j in 0..=m {
                for &(a, b) in &shapes {
                    if a <= i && b <= j {
                        scorer.features(&Rung::from(&Candidate::new(i - a..i, j - b..j)), &mut buffer);
                        features.extend_from_slice(&buffer);
                    } else {
                        features.extend(std::iter::repeat_n(0.0, signals::feature_count()));
                    }
                }
            }
        }
        let gold = allowed(gold, &kept, &shapes);
        Self { scorer_size: (n, m), features, shapes, gold, prepared, kept }
    }

    fn features(&self, candidate: &Candidate) -> &[f32] {
        let (_, m) = self.scorer_size;
        let shape = candidate.shape();
        let Some(index) = self.shapes.iter().position(|s| *s == shape) else { return &[] };
        let cell = candidate.zh.end * (m + 1) + candidate.en.end;
        let at = (cell * self.shapes.len() + index) * signals::feature_count();
        self.features.get(at..at + signals::feature_count()).unwrap_or(&[])
    }

    /// Sums the features of a path, bead by bead and step by step.
    fn sum(&self, path: &[Candidate]) -> (Vec<f32>, Vec<f32>) {
        let mut sum = (vec![0.0; signals::feature_count()], vec![0.0; STEPS.len()]);
        let mut last = 0;
        for bead in path {
            for (total, value) in sum.0.iter_mut().zip(self.features(bead)) {
                *total += value;
            }
            let this = kind(bead.shape());
            if let Some(count) = sum.1.get_mut(step(last, this)) {
                *count += 1.0;
            }
            last = this;
        }
        sum
    }
}

/// The gold beads that the search can make, the heaviest monotone chain of them, and null beads for all other sentences.
fn allowed(gold: &Gold, kept: &[usize], shapes: &[(usize, usize)]) -> HashSet<Candidate> {
    let place: BTreeMap<usize, usize> = kept.iter().enumerate().map(|(k, &i)| (i, k)).collect();
    let mut beads: Vec<Candidate> = Vec::new();
    for bead in &gold.beads {
        let zh: Option<Vec<usize>> = bead.zh().iter().map(|&i| place.get(&(i as usize)).copied()).collect();
        let en: Vec<usize> = bead.en().iter().map(|&j| j as usize).collect();
        if let Some(zh) = zh
            && let (Some(zh), Some(en)) = (run(&zh), run(&en))
            && shapes.contains(&(zh.len(), en.len()))
        {
            beads.push(Candidate::new(zh, en));
        }
    }
    let mut chain: HashSet<Candidate> = heaviest_chain(beads).into_iter().collect();
    let (n, m) = (kept.len(), gold.en.len());
    let used =
        |f: &dyn Fn(&Candidate) -> std::ops::Range<usize>| chain.iter().flat_map(f).collect::<HashSet<_>>();
    let (zh, en) = (used(&|c| c.zh.clone()), used(&|c| c.en.clone()));
    // A null bead may stand at any place of the other side: which one is left to the weights.
    let nulls: Vec<Candidate> = (0..n)
        .filter(|i| !zh.contains(i))
        .flat_map(|i| (0..=m).map(move |j| Candidate::new(i..i + 1, j..j)))
        .chain(
            (0..m)
                .filter(|j| !en.contains(j))
                .flat_map(|j| (0..=n).map(move |i| Candidate::new(i..i, j..j + 1))),
        )
        .collect();
    chain.extend(nulls);
    chain
}

fn run(positions: &[usize]) -> Option<std::ops::Range<usize>> {
    let (first, last) = (*positions.first()?, *positions.last()?);
    (last - first + 1 == positions.len()).then_some(first..last + 1)
}

fn heaviest_chain(mut beads: Vec<Candidate>) -> Vec<Candidate> {
    beads.sort_by_key(|c| (c.zh.start, c.en.start));
    let mut best: Vec<(usize, Option<usize>)> = Vec::new();
    for (k, bead) in beads.iter().enumerate() {
        let before = (0..k).filter(|&p| {
            beads.get(p).is_some_and(|b| b.zh.end <= bead.zh.start && b.en.end <= bead.en.start)
        });
        let from = before.max_by_key(|&p| best.get(p).map_or(0, |b| b.0));
        let weight = bead.zh.len() * bead.en.len() + from.and_then(|p| best.get(p)).map_or(0, |b| b.0);
        best.push((weight, from));
    }
    let mut at = (0..best.len()).max_by_key(|&k| best.get(k).map_or(0, |b| b.0));
    let mut chain = Vec::new();
    while let Some(k) = at {
        chain.extend(beads.get(k).cloned());
        at = best.get(k).and_then(|b| b.1);
    }
    chain
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn train(examples: &[&Example], align: &align::Config, config: &Config) -> Weights {
    let mut weights = Weights::zero();
    let mut total = Weights::zero();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = config.seed;
    for _ in 0..config.epochs {
        shuffle(&mut order, &mut random);
        for &k in &order {
            if let Some(example) = examples.get(k) {
                update(example, &mut weights, align, config);
            }
            add(&mut total, &weights, 1.0);
        }
    }
    let visits = (config.epochs * examples.len()).max(1) as f32;
    let mut mean = Weights::zero();
    add(&mut mean, &total, 1.0 / visits);
    mean
}

fn add(to: &mut Weights, other: &Weights, factor: f32) {
    for (a, b) in to.features.iter_mut().zip(&other.features).chain(to.steps.iter_mut().zip(&other.steps)) {
        *a += factor * b;
    }
}

/// Fisher–Yates with a 64-bit linear congruential generator (Knuth's constants): the same order everywhere.
fn shuffle(order: &mut [usize], state: &mut u64) {
    for k in (1..order.len()).rev() {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(k, (*state >> 33) as usize % (k + 1));
    }
}

fn update(example: &Example, weights: &mut Weights, align: &align::Config, config: &Config) {
    let scorer = Scorer::new(example.prepared.terms(), &example.kept, weights);
    let cost = |c: &Candidate| if example.gold.contains(c) { 0.0 } else { c.zh.len().max(c.en.len()) as f32 };
    let guess = best_path_by(&scorer, align.max_side, &weights.steps, |c| {
        dot(example.features(c), &weights.features) + cost(c)
    });
    let truth = best_path_by(&scorer, align.max_side, &weights.steps, |c| {
        if example.gold.contains(c) { dot(example.features(c), &weights.features) } else { f32::NEG_INFINITY }
    });
    let (g, t) = (example.sum(&guess), example.sum(&truth));
    let difference = Weights {
        features: t.0.iter().zip(&g.0).map(|(a, b)| a - b).collect(),
        steps: t.1.iter().zip(&g.1).map(|(a, b)| a - b).collect(),
    };
    let wrong: f32 = guess.iter().map(cost).sum();
    let margin = dot(&difference.features, &weights.features) + dot(&difference.steps, &weights.steps);
    let norm = dot(&difference.features, &difference.features) + dot(&difference.steps, &difference.steps);
    let loss = wrong - margin;
    if loss > 0.0 && norm > 0.0 {
        add(weights, &difference, (loss / norm).min(config.aggressiveness));
    }
}
