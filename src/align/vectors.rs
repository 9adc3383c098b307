//! What a sentence encoder makes of runs of sentences.

use super::dot::dot;
use super::grid::LONGEST;
use super::shapes::Candidate;
use crate::encoder::{Encoder, Pooled};
use crate::error::Result;
use crate::model::Sides;
use std::ops::Range;

/// Unit vectors of every run of up to eight sentences, and how close each sentence comes to its nearest ones.
pub struct Vectors {
    sides: Sides<Runs>,
    singles: Vec<f32>,
    near: Sides<Vec<Near>>,
}

/// The vectors of one side's runs, by their first sentence and their length.
struct Runs {
    dimension: usize,
    sentences: usize,
    vectors: Vec<f32>,
}

/// Cosines with sentences of the other side.
#[derive(Clone, Copy, Default)]
struct Near {
    best: f32,
    /// Mean over the nearest [`NEIGHBOURS`].
    mean: f32,
}

/// How many neighbours a margin is taken from (Artetxe and Schwenk 2019).
const NEIGHBOURS: usize = 4;

/// What the vectors say of a bead; of a null bead only `best`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Meaning {
    /// Cosine of both sides, –1 to 1.
    pub cosine: f32,
    /// The cosine less the mean over what its sentences' nearest neighbours have.
    pub margin: f32,
    /// By how much a merged bead's cosine exceeds that of the best bead without its first or last sentence of a side.
    pub gain: f32,
    /// The best cosine that a null bead's sentence has with any of the other side.
    pub best: f32,
}

impl Vectors {
    /// Encodes every sentence once; runs are made of their sums.
    ///
    /// # Errors
    /// Those of the encoder.
    pub fn new(texts: &Sides<Vec<&str>>, encoder: &dyn Encoder) -> Result<Self> {
        let sides = Sides::new(Runs::new(&texts.zh, encoder)?, Runs::new(&texts.en, encoder)?);
        let (n, m) = (texts.zh.len(), texts.en.len());
        let cell = |k: usize| dot(sides.zh.get(&(k / m..k / m + 1)), sides.en.get(&(k % m..k % m + 1)));
        let singles: Vec<f32> = (0..n * m).map(cell).collect();
        let at = |i: usize, j: usize| singles.get(i * m + j).copied().unwrap_or_default();
        let zh = (0..n).map(|i| Near::of((0..m).map(|j| at(i, j)))).collect();
        let en = (0..m).map(|j| Near::of((0..n).map(|i| at(i, j)))).collect();
        Ok(Self { sides, near: Sides::new(zh, en), singles })
    }

    /// The cosine of two sentences.
    pub fn single(&self, i: usize, j: usize) -> f32 {
        let m = self.sides.en.sentences;
        if j < m { self.singles.get(i * m + j).copied().unwrap_or_default() } else { 0.0 }
    }

    /// The cosine of two runs.
    pub fn cosine(&self, zh: &Range<usize>, en: &Range<usize>) -> f32 {
        dot(self.sides.zh.get(zh), self.sides.en.get(en))
    }

    /// What the vectors say of a bead.
    pub fn measure(&self, bead: &Candidate) -> Meaning {
        let (zh, en) = (&bead.zh, &bead.en);
        let near = |side: &[Near], range: &Range<usize>| {
            let near = side.get(range.clone()).unwrap_or_default();
            near.iter().map(|n| n.mean).sum::<f32>() / near.len().max(1) as f32
        };
        let best = |side: &[Near], at: usize| side.get(at).map_or(0.0, |n| n.best);
        match bead.shape() {
            (_, 0) => Meaning { best: best(&self.near.zh, zh.start), ..Meaning::default() },
            (0, _) => Meaning { best: best(&self.near.en, en.start), ..Meaning::default() },
            (a, b) => {
                let cosine = self.cosine(zh, en);
                let margin = cosine - (near(&self.near.zh, zh) + near(&self.near.en, en)) / 2.0;
                let gain = if a + b > 2 { cosine - self.best_inside(zh, en) } else { 0.0 };
                Meaning { cosine, margin, gain, best: 0.0 }
            }
        }
    }

    /// The best cosine without the first or the last sentence of a side.
    fn best_inside(&self, zh: &Range<usize>, en: &Range<usize>) -> f32 {
        let mut best = f32::NEG_INFINITY;
        if zh.len() > 1 {
            best = best
                .max(self.cosine(&(zh.start + 1..zh.end), en))
                .max(self.cosine(&(zh.start..zh.end - 1), en));
        }
        if en.len() > 1 {
            best = best
                .max(self.cosine(zh, &(en.start + 1..en.end)))
                .max(self.cosine(zh, &(en.start..en.end - 1)));
        }
        best
    }
}

impl Near {
    fn of(cosines: impl Iterator<Item = f32>) -> Self {
        let mut all: Vec<f32> = cosines.collect();
        all.sort_by(|a, b| b.total_cmp(a));
        all.truncate(NEIGHBOURS);
        let mean = all.iter().sum::<f32>() / all.len().max(1) as f32;
        Self { best: all.first().copied().unwrap_or_default(), mean }
    }
}

impl Runs {
    fn new(texts: &[&str], encoder: &dyn Encoder) -> Result<Self> {
        let (pooled, seam) = (encoder.pool(texts)?, encoder.seam()?);
        let mut sums: Vec<Pooled> = Vec::with_capacity(pooled.len() * LONGEST);
        for start in 0..pooled.len() {
            let mut run: Option<Pooled> = None;
            // Runs that would reach over the end stand for the shorter ones; nobody asks for them.
            for length in 0..LONGEST {
                match (&mut run, pooled.get(start + length)) {
                    (Some(run), Some(next)) => run.add(next, &seam),
                    (None, first) => run = first.cloned(),
                    _ => {}
                }
                sums.extend(run.clone());
            }
        }
        Ok(Self { dimension: encoder.dimension(), sentences: texts.len(), vectors: encoder.finish(&sums)? })
    }

    fn get(&self, run: &Range<usize>) -> &[f32] {
        let number = run.start * LONGEST + run.len().saturating_sub(1);
        self.vectors.get(number * self.dimension..(number + 1) * self.dimension).unwrap_or_default()
    }
}
