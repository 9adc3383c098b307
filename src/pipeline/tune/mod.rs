//! Learning the aligner's weights from gold, through the search itself.
//!
//! A path's score is turned into a probability (a semi-Markov conditional random field), and the weights are those that
//! make the gold's paths likeliest, wrong beads being made dearer by what they cost (softmax-margin, Gimpel and Smith
//! 2010), with a Gaussian prior over the weights. Gold beads that the search cannot make (scattered or out of order) are
//! null beads to it.

mod allowed;
mod passage;

use crate::align::{self, Line, Weights};
use crate::error::Result;
use crate::eval::Gold;
use crate::export::vecalign_line;
use crate::model::Sides;
use passage::{Passage, passages};
use rayon::prelude::*;

/// How to learn.
#[derive(Debug, Clone)]
pub struct Config {
    /// Steps of the optimiser (Adam on all of the gold).
    pub steps: usize,
    /// Strength of the Gaussian prior that keeps weights small.
    pub prior: f32,
    /// How much dearer wrong beads are made.
    pub cost: f32,
    /// Into how many parts cross-validation divides the articles; 0 leaves out one article at a time.
    pub folds: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { steps: 150, prior: 0.5, cost: 0.2, folds: 0 }
    }
}

/// Learns weights from all of the gold.
///
/// # Errors
/// Those of the encoder, if the engine has one.
pub fn learn(gold: &[Gold], align: &align::Config, config: &Config) -> Result<Weights> {
    let passages = gold.par_iter().map(|g| passages(g, align)).collect::<Result<Vec<_>>>()?;
    Ok(train(&passages.iter().flatten().collect::<Vec<_>>(), config))
}

/// Cross-validation: for each article, the weights learned from all others, or from those of the other folds (every
/// n-th article is in the same one).
///
/// # Errors
/// As [`learn`].
pub fn cross_validate(gold: &[Gold], align: &align::Config, config: &Config) -> Result<Vec<Weights>> {
    let passages = gold.par_iter().map(|g| passages(g, align)).collect::<Result<Vec<_>>>()?;
    let folds = if config.folds == 0 { gold.len() } else { config.folds.min(gold.len()) };
    let learn = |fold: usize| {
        let others = passages.iter().enumerate().filter(|(k, _)| k % folds != fold).flat_map(|(_, p)| p);
        train(&others.collect::<Vec<_>>(), config)
    };
    let weights: Vec<Weights> = (0..folds).into_par_iter().map(learn).collect();
    Ok((0..gold.len()).filter_map(|k| weights.get(k % folds).cloned()).collect())
}

/// The sentences of a gold article and nothing else, as segmented texts are.
pub fn lines(gold: &Gold) -> Sides<Vec<Line<'_>>> {
    Sides::new(&gold.zh, &gold.en).map(|sentences| sentences.iter().map(|text| Line::body(text)).collect())
}

/// The same with their paragraphs, as those of pages have them; `None` if the gold does not say.
fn lines_in_paragraphs(gold: &Gold) -> Option<Sides<Vec<Line<'_>>>> {
    let complete = gold.zh_paragraph.len() == gold.zh.len() && gold.en_paragraph.len() == gold.en.len();
    let Sides { zh, en } = lines(gold);
    complete.then(|| Sides::new(numbered(zh, &gold.zh_paragraph), numbered(en, &gold.en_paragraph)))
}

fn numbered<'t>(lines: Vec<Line<'t>>, paragraphs: &[u32]) -> Vec<Line<'t>> {
    let zip = lines.into_iter().zip(paragraphs);
    zip.map(|(line, &paragraph)| Line { paragraph: Some(paragraph), ..line }).collect()
}

/// Aligns a gold article's own sentences; gives its beads as vecalign writes them.
///
/// # Errors
/// As [`align::align`].
pub fn beads(gold: &Gold, align: &align::Config) -> Result<String> {
    let alignment = align::align(&lines(gold), align.lexicon(), align)?;
    Ok(alignment.beads().iter().map(vecalign_line).collect())
}

fn add_slice(to: &mut [f32], other: &[f32], factor: f32) {
    to.iter_mut().zip(other).for_each(|(a, b)| *a += factor * b);
}

/// Adam (Kingma and Ba 2015) over all passages at once, with steps that shrink to nothing: the same weights every time.
fn train(passages: &[&Passage], config: &Config) -> Weights {
    let mut weights = Weights::zero();
    let (mut mean, mut square) = (Weights::zero(), Weights::zero());
    for step in 0..config.steps {
        let gradients: Vec<Weights> =
            passages.par_iter().map(|p| p.gradient(&weights, config.cost)).collect();
        let mut sum = Weights::zero();
        for gradient in &gradients {
            sum.close.add(&gradient.close, 1.0);
            sum.loose.add(&gradient.loose, 1.0);
        }
        let left = 1.0 - step as f32 / config.steps as f32;
        let rate = RATE * left / (1.0 - DECAY.0.powi(step as i32 + 1))
            * (1.0 - DECAY.1.powi(step as i32 + 1)).sqrt();
        let tables = [
            (&mut weights.close, &sum.close, &mut mean.close, &mut square.close),
            (&mut weights.loose, &sum.loose, &mut mean.loose, &mut square.loose),
        ];
        for (weights, sum, mean, square) in tables {
            let weights = weights.features.iter_mut().chain(&mut weights.steps);
            let sum = sum.features.iter().chain(&sum.steps);
            let mean = mean.features.iter_mut().chain(&mut mean.steps);
            let square = square.features.iter_mut().chain(&mut square.steps);
            for (((w, g), m), s) in weights.zip(sum).zip(mean).zip(square) {
                let g = g - config.prior * *w;
                *m = DECAY.0 * *m + (1.0 - DECAY.0) * g;
                *s = DECAY.1 * *s + (1.0 - DECAY.1) * g * g;
                *w += rate * *m / (s.sqrt() + 1e-8);
            }
        }
    }
    weights
}

/// Adam's step.
const RATE: f32 = 0.1;
/// Adam's decay of the mean and of the mean square.
const DECAY: (f32, f32) = (0.9, 0.99);
