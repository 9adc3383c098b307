//! A bead's score: its features, weighed.

use super::Weights;
use super::coverage::{Coverage, Scratch, measure};
use super::shapes::{Candidate, Rung};
use super::signals::{self, SIGNALS, View};
use super::terms::{Sentence, Terms};
use crate::model::Lang;
use std::cell::RefCell;

/// On documents of more cells than this, only a band around the diagonal is looked at.
const WHOLE: usize = 250_000;
/// Half the band's width, in sentences.
const HALF_BAND: usize = 250;

/// Scores candidates between two documents, repeats left out.
pub struct Scorer<'t> {
    terms: &'t Terms,
    kept: &'t [usize],
    weights: &'t Weights,
    scratch: RefCell<Scratch>,
    single: Singles,
    recent: RefCell<Recent>,
}

impl<'t> Scorer<'t> {
    /// A scorer over the Chinese sentences `kept` (indices into `terms`) and all English ones.
    pub fn new(terms: &'t Terms, kept: &'t [usize], weights: &'t Weights) -> Self {
        let mut scratch = Scratch::new(terms);
        let single = Singles::new(terms, kept, &mut scratch);
        Self { terms, kept, weights, scratch: RefCell::new(scratch), single, recent: RefCell::default() }
    }

    /// Chinese and English positions: `(Chinese, English)`.
    pub fn size(&self) -> (usize, usize) {
        (self.kept.len(), self.terms.en.len())
    }

    /// The sentence that stands at a Chinese position.
    pub fn zh_index(&self, position: usize) -> usize {
        self.kept.get(position).copied().unwrap_or(position)
    }

    /// The English positions to look at for a Chinese position: all, or a band.
    pub fn band(&self, position: usize) -> std::ops::Range<usize> {
        self.single.range(position)
    }

    /// Whether the documents are so long that only a band is looked at.
    pub fn is_banded(&self) -> bool {
        let (n, m) = self.size();
        n * m > WHOLE
    }

    /// The weights in use.
    pub fn weights(&self) -> &Weights {
        self.weights
    }

    /// Coverage of a 1–1 bead, 0–1; 0 outside the band.
    pub fn dice(&self, zh: usize, en: usize) -> f32 {
        self.single.dice(zh, en)
    }

    /// The score of a candidate.
    pub fn score(&self, candidate: &Candidate, buffer: &mut Vec<f32>) -> f32 {
        self.features(&Rung::from(candidate), buffer);
        buffer.iter().zip(&self.weights.features).map(|(f, w)| f * w).sum()
    }

    /// The score of any rung, scattered ones too.
    pub fn score_rung(&self, rung: &Rung) -> f32 {
        let mut buffer = Vec::new();
        self.features(rung, &mut buffer);
        buffer.iter().zip(&self.weights.features).map(|(f, w)| f * w).sum()
    }

    /// What each signal contributes to a rung's score.
    pub fn parts(&self, rung: &Rung) -> Vec<(&'static str, f32)> {
        let mut buffer = Vec::new();
        self.features(rung, &mut buffer);
        let mut weighed = buffer.iter().zip(&self.weights.features).map(|(f, w)| f * w);
        SIGNALS.iter().map(|s| (s.name, weighed.by_ref().take(s.features.len()).sum())).collect()
    }

    /// How much better the rung is than leaving its sentences alone, or, for a null bead, than the best single match,
    /// squeezed into 0–1 by the logistic function.
    pub fn confidence(&self, rung: &Rung) -> f32 {
        let own = self.score_rung(rung);
        let other = match (rung.zh.as_slice(), rung.en.as_slice()) {
            ([i], []) => self.best_single(self.band(*i).map(|j| (*i, j)), |(_, j)| (0, j)),
            ([], [j]) => self.best_single(self.single.column(*j).map(|i| (i, *j)), |(i, _)| (1, i)),
            _ => self.alone(&rung.zh, &rung.en),
        };
        1.0 / (1.0 + (other - own).exp())
    }

    /// The best 1–1 bead over `cells`, less the null bead of the other sentence.
    fn best_single(
        &self,
        cells: impl Iterator<Item = (usize, usize)>,
        other: impl Fn((usize, usize)) -> (u8, usize),
    ) -> f32 {
        let mut best = f32::NEG_INFINITY;
        for cell in cells.filter(|&(i, j)| self.dice(i, j) > 0.05) {
            let rung = Rung { zh: vec![cell.0], en: vec![cell.1], moved: false };
            let alone = match other(cell) {
                (0, j) => self.alone(&[], &[j]),
                (_, i) => self.alone(&[i], &[]),
            };
            best = best.max(self.score_rung(&rung) - alone);
        }
        best.max(-20.0)
    }

    /// The score of leaving sentences alone.
    pub fn alone(&self, zh: &[usize], en: &[usize]) -> f32 {
        let zh = zh.iter().map(|&i| Rung { zh: vec![i], en: Vec::new(), moved: false });
        let en = en.iter().map(|&j| Rung { zh: Vec::new(), en: vec![j], moved: false });
        zh.chain(en).map(|rung| self.score_rung(&rung)).sum()
    }

    /// Measures the features of a rung.
    pub fn features(&self, rung: &Rung, buffer: &mut Vec<f32>) {
        let coverage = self.coverage(&rung.zh, &rung.en);
        let (n, m) = self.size();
        let null = rung.zh.is_empty() || rung.en.is_empty();
        let side = |positions: &[usize], of: usize| {
            let ends = positions.first().zip(positions.last());
            ends.map_or(0.0, |(a, b)| (a + b + 1) as f32 / (2 * of.max(1)) as f32)
        };
        let view = View {
            shape: (rung.zh.len(), rung.en.len()),
            coverage: &coverage,
            gain: if null { 0.0 } else { self.gain(rung, &coverage) },
            contrast: if null { 0.0 } else { self.single.contrast(rung, &coverage) },
            elsewhere: self.single.elsewhere(rung),
            length: self.length(rung),
            length_ratio: self.terms.length_ratio,
            place: (side(&rung.zh, n), side(&rung.en, m)),
            first: rung.zh.first() == Some(&0) && rung.en.first() == Some(&0),
            ended: (self.last_ends(&rung.zh, Lang::Zh), self.last_ends(&rung.en, Lang::En)),
            unended: if null { 0 } else { self.unended(rung) },
            list_items: self.list_items(rung),
            alone: if null { self.only_sentence(rung) } else { None },
        };
        signals::measure(&view, buffer);
    }

    fn sentence(&self, position: usize, lang: Lang) -> Option<&Sentence> {
        match lang {
            Lang::Zh => self.terms.zh.get(self.zh_index(position)),
            Lang::En => self.terms.en.get(position),
        }
    }

    fn last_ends(&self, positions: &[usize], lang: Lang) -> bool {
        positions.last().and_then(|&p| self.sentence(p, lang)).is_some_and(|s| s.ended)
    }

    fn unended(&self, rung: &Rung) -> usize {
        let inside = |positions: &[usize], lang: Lang| {
            let but_last = positions.split_last().map_or(&[] as &[usize], |(_, rest)| rest);
            but_last.iter().filter_map(|&p| self.sentence(p, lang)).filter(|s| !s.ended && !s.item).count()
        };
        inside(&rung.zh, Lang::Zh) + inside(&rung.en, Lang::En)
    }

    fn list_items(&self, rung: &Rung) -> usize {
        let is_item = |p: usize, lang: Lang| self.sentence(p, lang).is_some_and(|s| s.item);
        let (one, lang, many, other) = match (rung.zh.as_slice(), rung.en.as_slice()) {
            ([_, many @ ..], [one]) if !many.is_empty() => (*one, Lang::En, many, Lang::Zh),
            ([one], [_, many @ ..]) if !many.is_empty() => (*one, Lang::Zh, many, Lang::En),
            _ => return 0,
        };
        let all = !is_item(one, lang) && many.iter().all(|&p| is_item(p, other));
        if all { many.len() } else { 0 }
    }

    fn only_sentence(&self, rung: &Rung) -> Option<&Sentence> {
        match (rung.zh.first(), rung.en.first()) {
            (Some(&i), _) => self.sentence(i, Lang::Zh),
            (_, Some(&j)) => self.sentence(j, Lang::En),
            _ => None,
        }
    }

    fn length(&self, rung: &Rung) -> (f32, f32) {
        let sum = |positions: &[usize], lang: Lang| {
            positions.iter().filter_map(|&p| self.sentence(p, lang)).map(|s| s.length).sum()
        };
        (sum(&rung.zh, Lang::Zh), sum(&rung.en, Lang::En))
    }

    fn coverage(&self, zh: &[usize], en: &[usize]) -> Coverage {
        let mut scratch = self.scratch.borrow_mut();
        measure(self.terms, &mut scratch, zh.iter().map(|&i| self.zh_index(i)), en.iter().copied())
    }

    /// By how much a merged bead's coverage exceeds that of the better bead without its first or its last sentence; for
    /// 2–2 and larger squares, that of the mean of its two corners.
    fn gain(&self, rung: &Rung, coverage: &Coverage) -> f32 {
        let (zh, en) = (rung.zh.as_slice(), rung.en.as_slice());
        let best = match (zh, en) {
            ([_], [_]) => return 0.0,
            ([_, but_first @ ..], [_]) => {
                let but_last = zh.get(..zh.len() - 1).unwrap_or_default();
                self.recent_dice(but_first, en).max(self.recent_dice(but_last, en))
            }
            ([_], [_, but_first @ ..]) => {
                let but_last = en.get(..en.len() - 1).unwrap_or_default();
                self.recent_dice(zh, but_first).max(self.recent_dice(zh, but_last))
            }
            _ => {
                let corner =
                    |i: Option<&usize>, j: Option<&usize>| i.zip(j).map_or(0.0, |(i, j)| self.dice(*i, *j));
                (corner(zh.first(), en.first()) + corner(zh.last(), en.last())) / 2.0
            }
        };
        let dice = coverage.dice();
        self.recent.borrow_mut().keep(zh, en, dice);
        dice - best
    }

    /// The coverage of a bead that the search has just measured, or measures now.
    fn recent_dice(&self, zh: &[usize], en: &[usize]) -> f32 {
        if let ([i], [j]) = (zh, en) {
            return self.dice(*i, *j);
        }
        let known = self.recent.borrow().get(zh, en);
        known.unwrap_or_else(|| self.coverage(zh, en).dice())
    }
}

/// The coverage of merged beads, by where they end, over the last two Chinese positions: the search climbs row by row
/// and shape by shape, so that the smaller beads inside a bead have always just been measured.
#[derive(Default)]
struct Recent {
    rows: [Row; 2],
}

/// The beads that end at one Chinese position, from an English position on.
#[derive(Default)]
struct Row {
    zh: usize,
    first_en: usize,
    cells: Vec<[f32; SHAPES]>,
}

/// 1–1 to 8–1, then 1–2 to 1–8.
const SHAPES: usize = 15;

impl Recent {
    /// Where a bead of consecutive sentences ends, and the number of its shape; `None` for what is not kept.
    fn place(zh: &[usize], en: &[usize]) -> Option<(usize, usize, usize)> {
        let (i, j) = (*zh.last()?, *en.last()?);
        let together = zh.first()? + zh.len() == i + 1 && en.first()? + en.len() == j + 1;
        let shape = match (zh.len(), en.len()) {
            (a @ 1..=8, 1) => a - 1,
            (1, b @ 2..=8) => 8 + b - 2,
            _ => return None,
        };
        together.then_some((i, j, shape))
    }

    fn keep(&mut self, zh: &[usize], en: &[usize], dice: f32) {
        let Some((i, j, shape)) = Self::place(zh, en) else { return };
        let [even, odd] = &mut self.rows;
        let row = if i.is_multiple_of(2) { even } else { odd };
        if row.zh != i || j < row.first_en {
            *row = Row { zh: i, first_en: j, cells: std::mem::take(&mut row.cells) };
            row.cells.clear();
        }
        let column = j - row.first_en;
        if row.cells.len() <= column {
            row.cells.resize(column + 1, [f32::NAN; SHAPES]);
        }
        if let Some(slot) = row.cells.get_mut(column).and_then(|cells| cells.get_mut(shape)) {
            *slot = dice;
        }
    }

    fn get(&self, zh: &[usize], en: &[usize]) -> Option<f32> {
        let (i, j, shape) = Self::place(zh, en)?;
        let row = self.rows.get(i % 2).filter(|row| row.zh == i)?;
        row.cells.get(j.checked_sub(row.first_en)?)?.get(shape).copied().filter(|dice| !dice.is_nan())
    }
}

/// The coverage of every 1–1 bead inside the band, with what each sentence finds best and second best.
struct Singles {
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
    fn new(terms: &Terms, kept: &[usize], scratch: &mut Scratch) -> Self {
        let (n, m) = (kept.len(), terms.en.len());
        let mut singles = Self {
            rows: Vec::with_capacity(n),
            zh_best: vec![Best::default(); n],
            en_best: vec![Best::default(); m],
        };
        for (i, &zh) in kept.iter().enumerate() {
            let range = if n * m <= WHOLE {
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

    fn range(&self, i: usize) -> std::ops::Range<usize> {
        self.rows.get(i).map_or(0..0, |(start, row)| *start..start + row.len())
    }

    /// The Chinese positions whose bands hold an English one.
    fn column(&self, j: usize) -> std::ops::Range<usize> {
        // Bands move forward only.
        let start = self.rows.partition_point(|(start, row)| start + row.len() <= j);
        let end = self.rows.partition_point(|(start, _)| *start <= j);
        start..end.max(start)
    }

    fn dice(&self, i: usize, j: usize) -> f32 {
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
    fn contrast(&self, rung: &Rung, coverage: &Coverage) -> f32 {
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

    fn elsewhere(&self, rung: &Rung) -> f32 {
        match (rung.zh.first(), rung.en.first()) {
            (Some(&i), None) => self.zh(i).first,
            (None, Some(&j)) => self.en(j).first,
            _ => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::shapes::shapes;
    use crate::align::{Line, Prepared};
    use crate::lexicon::Lexicon;
    use crate::model::Sides;

    #[test]
    fn what_is_remembered_is_what_would_be_measured() {
        let zh =
            ["攻击者窃取了密码。", "服务器在四月被关闭。", "攻击者", "公司已修复漏洞。", "用户应更新软件。"];
        let en = [
            "Attackers stole passwords.",
            "Servers were shut down in April.",
            "The company",
            "fixed the flaw.",
            "Users should update.",
        ];
        let lines = Sides::new(zh.map(Line::body).to_vec(), en.map(Line::body).to_vec());
        let prepared = Prepared::new(&lines, Lexicon::builtin(), &crate::align::Config::default());
        let (kept, weights) = (prepared.kept(), Weights::builtin());
        let scorer = Scorer::new(prepared.terms(), &kept, &weights);
        let mut seen = Vec::new();
        for i in 0..=zh.len() {
            for j in 0..=en.len() {
                for (a, b) in shapes(8).into_iter().filter(|&(a, b)| a <= i && b <= j) {
                    let rung = Rung::from(&Candidate::new(i - a..i, j - b..j));
                    let fresh = Scorer::new(prepared.terms(), &kept, &weights).score_rung(&rung);
                    assert_eq!(scorer.score_rung(&rung), fresh, "{rung:?} in order");
                    seen.push((rung, fresh));
                }
            }
        }
        for (rung, fresh) in seen.iter().rev() {
            assert_eq!(scorer.score_rung(rung), *fresh, "{rung:?} backwards");
        }
    }
}
