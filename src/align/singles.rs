//! Every sentence against every other.

use super::coverage::Coverage;
use super::grid::Grid;
use super::shapes::Candidate;
use super::terms::Terms;

/// The coverage of every 1–1 bead, with what each sentence finds best and second best.
pub(super) struct Singles {
    rows: Vec<Vec<f32>>,
    zh_best: Vec<Best>,
    en_best: Vec<Best>,
    /// Mean over the sentences of what each finds best: how close this translation is.
    typical: f32,
}

/// The highest and second highest coverage of one sentence.
#[derive(Clone, Copy, Default)]
struct Best {
    first: f32,
    second: f32,
}

impl Best {
    fn take(&mut self, dice: f32) {
        if dice > self.first {
            self.second = self.first;
            self.first = dice;
        } else if dice > self.second {
            self.second = dice;
        }
    }

    /// The best that is not `own`.
    fn besides(self, own: f32) -> f32 {
        if own >= self.first { self.second } else { self.first }
    }
}

impl Singles {
    /// Measures every cell.
    pub fn new(terms: &Terms, grids: &(Grid, Grid)) -> Self {
        let (n, m) = (terms.zh.len(), terms.en.len());
        let mut singles = Self {
            rows: Vec::with_capacity(n),
            zh_best: vec![Best::default(); n],
            en_best: vec![Best::default(); m],
            typical: 0.0,
        };
        for (i, zh_best) in singles.zh_best.iter_mut().enumerate() {
            let dice = |j| Coverage::dice_of(terms, grids, &Candidate::new(i..i + 1, j..j + 1));
            let row: Vec<f32> = (0..m).map(dice).collect();
            for (&dice, en_best) in row.iter().zip(&mut singles.en_best) {
                zh_best.take(dice);
                en_best.take(dice);
            }
            singles.rows.push(row);
        }
        let firsts = || singles.zh_best.iter().chain(&singles.en_best).map(|best| best.first);
        singles.typical = (firsts().sum::<f32>() / firsts().count().max(1) as f32).max(0.05);
        singles
    }

    /// The coverage of a 1–1 bead.
    pub fn dice(&self, i: usize, j: usize) -> f32 {
        self.rows.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0.0)
    }

    /// Mean over the sentences of what each finds best, at least 0.05.
    pub fn typical(&self) -> f32 {
        self.typical
    }

    fn zh(&self, i: usize) -> Best {
        self.zh_best.get(i).copied().unwrap_or_default()
    }

    fn en(&self, j: usize) -> Best {
        self.en_best.get(j).copied().unwrap_or_default()
    }

    /// What the bead's sentences find best elsewhere, the mean of both sides.
    pub fn rivals(&self, bead: &Candidate) -> f32 {
        let mut sum = 0.0;
        for i in bead.zh.clone() {
            let own = bead.en.clone().map(|j| self.dice(i, j)).fold(0.0, f32::max);
            sum += self.zh(i).besides(own);
        }
        for j in bead.en.clone() {
            let own = bead.zh.clone().map(|i| self.dice(i, j)).fold(0.0, f32::max);
            sum += self.en(j).besides(own);
        }
        sum / (bead.zh.len() + bead.en.len()).max(1) as f32
    }

    /// The best coverage that the sentence of a null bead finds anywhere; 0 for other beads.
    pub fn elsewhere(&self, bead: &Candidate) -> f32 {
        match (bead.zh.is_empty(), bead.en.is_empty()) {
            (false, true) => self.zh(bead.zh.start).first,
            (true, false) => self.en(bead.en.start).first,
            _ => 0.0,
        }
    }
}
