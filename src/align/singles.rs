//! Every sentence against every other.

use super::coverage::{Coverage, Scratch, measure};
use super::shapes::Rung;
use super::terms::Terms;

/// On documents of more cells than this, only a band around the diagonal is looked at.
const WHOLE: usize = 250_000;
/// Half the band's width, in sentences.
const HALF_BAND: usize = 250;

/// The coverage of every 1–1 bead inside the band, with what each sentence finds best and second best.
pub(super) struct Singles {
    rows: Vec<(usize, Vec<f32>)>,
    zh_best: Vec<Best>,
    en_best: Vec<Best>,
}

/// The highest and second highest coverage of one sentence, and where the highest is.
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
    /// Measures every cell of the band.
    pub fn new(terms: &Terms, kept: &[usize], scratch: &mut Scratch) -> Self {
        let (n, m) = (kept.len(), terms.en.len());
        let mut singles = Self {
            rows: Vec::with_capacity(n),
            zh_best: vec![Best::default(); n],
            en_best: vec![Best::default(); m],
        };
        for (i, &zh) in kept.iter().enumerate() {
            let range = if !is_banded(n, m) {
                0..m
            } else {
                let middle = i * m / n.max(1);
                middle.saturating_sub(HALF_BAND)..(middle + HALF_BAND).min(m)
            };
            let start = range.start;
            let row: Vec<f32> = range
                .map(|j| measure(terms, scratch, std::iter::once(zh), std::iter::once(j)).dice())
                .collect();
            for (k, &dice) in row.iter().enumerate() {
                if let (Some(z), Some(e)) = (singles.zh_best.get_mut(i), singles.en_best.get_mut(start + k)) {
                    z.take(dice);
                    e.take(dice);
                }
            }
            singles.rows.push((start, row));
        }
        singles
    }

    /// The English positions inside the band of a Chinese one.
    pub fn range(&self, i: usize) -> std::ops::Range<usize> {
        self.rows.get(i).map_or(0..0, |(start, row)| *start..start + row.len())
    }

    /// The Chinese positions whose bands hold an English one.
    pub fn column(&self, j: usize) -> std::ops::Range<usize> {
        // Bands move forward only.
        let start = self.rows.partition_point(|(start, row)| start + row.len() <= j);
        let end = self.rows.partition_point(|(start, _)| *start <= j);
        start..end.max(start)
    }

    /// The coverage of a 1–1 bead; 0 outside the band.
    pub fn dice(&self, i: usize, j: usize) -> f32 {
        let row = self.rows.get(i);
        row.and_then(|(start, row)| row.get(j.checked_sub(*start)?)).copied().unwrap_or(0.0)
    }

    fn zh(&self, i: usize) -> Best {
        self.zh_best.get(i).copied().unwrap_or_default()
    }

    fn en(&self, j: usize) -> Best {
        self.en_best.get(j).copied().unwrap_or_default()
    }

    /// Coverage less what the same sentences find best elsewhere, the mean of both sides; for merged beads the mean
    /// over their sentences (a margin as in Artetxe and Schwenk 2019, with differences for ratios).
    pub fn contrast(&self, rung: &Rung, coverage: &Coverage) -> f32 {
        let dice = coverage.dice();
        let (mut sum, mut count) = (0.0, 0u32);
        for &i in &rung.zh {
            let own = rung.en.iter().map(|&j| self.dice(i, j)).fold(0.0, f32::max);
            sum += self.zh(i).besides(own);
            count += 1;
        }
        for &j in &rung.en {
            let own = rung.zh.iter().map(|&i| self.dice(i, j)).fold(0.0, f32::max);
            sum += self.en(j).besides(own);
            count += 1;
        }
        dice - sum / count.max(1) as f32
    }

    /// The best coverage that the sentence of a null bead finds anywhere; 0 for other beads.
    pub fn elsewhere(&self, rung: &Rung) -> f32 {
        match (rung.zh.first(), rung.en.first()) {
            (Some(&i), None) => self.zh(i).first,
            (None, Some(&j)) => self.en(j).first,
            _ => 0.0,
        }
    }
}

/// Whether documents of these lengths are so long that only a band is looked at.
pub(super) fn is_banded(zh: usize, en: usize) -> bool {
    zh * en > WHOLE
}
