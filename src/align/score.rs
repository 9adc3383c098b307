//! A bead's score: its features, weighed.

use super::Weights;
use super::coverage::{Coverage, Scratch, measure};
use super::recent::Recent;
use super::shapes::{Candidate, Rung};
use super::signals::{self, SIGNALS, View};
use super::singles::{Singles, is_banded};
use super::terms::{Sentence, Terms};
use crate::model::Lang;
use std::cell::RefCell;

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
        is_banded(n, m)
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
