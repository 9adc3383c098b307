//! A bead's score: its features, weighed.

use super::coverage::Coverage;
use super::dot::dot;
use super::grid::Grid;
use super::lattice::Lattice;
use super::shapes::Candidate;
use super::signals::{self, SIGNALS, View};
use super::singles::Singles;
use super::terms::{Sentence, Terms};
use super::touch::Touch;
use super::vectors::Vectors;
use super::weights::{Set, Weights, looseness};
use crate::model::Lang;
use std::ops::Range;

/// Scores candidates between two documents, repeats left out.
pub struct Scorer<'t> {
    terms: &'t Terms,
    vectors: Option<&'t Vectors>,
    weights: Set,
    grids: (Grid, Grid),
    single: Singles,
    /// `None` if the translation is so free that any sentences may go together.
    touch: Option<Touch>,
}

impl<'t> Scorer<'t> {
    /// A scorer; without vectors the encoder's signal says nothing.
    pub fn new(terms: &'t Terms, vectors: Option<&'t Vectors>, weights: &Weights) -> Self {
        let grids = (Grid::zh(terms), Grid::en(terms));
        let single = Singles::new(terms, &grids);
        let looseness = looseness(single.typical());
        let closeness = 1.0 - looseness;
        let touches = |i: usize, j: usize| {
            single.dice(i, j) > TOUCH * closeness
                || vectors.is_some_and(|v| v.single(i, j) > TOUCH_COSINE * closeness)
        };
        let touch = (closeness > 0.0).then(|| Touch::new(terms, touches));
        Self { terms, vectors, weights: weights.at(looseness), grids, single, touch }
    }

    /// Sentences: `(Chinese, English)`.
    pub fn size(&self) -> (usize, usize) {
        (self.terms.zh.len(), self.terms.en.len())
    }

    /// The weights for these documents.
    pub fn weights(&self) -> &Set {
        &self.weights
    }

    /// Coverage of a 1–1 bead, 0–1; 0 outside the band.
    pub fn dice(&self, zh: usize, en: usize) -> f32 {
        self.single.dice(zh, en)
    }

    /// How free the translation is, 0–1.
    pub fn looseness(&self) -> f32 {
        looseness(self.single.typical())
    }

    /// Whether a bead may be one. None begins with a fragment of a sentence. Merging must pay its way: every sentence of a
    /// merged bead must find something on the other side, or have nothing that could be found, and all together must find a
    /// good share of what single sentences find here; the freer the translation, the less. Of an expanded list
    /// one item in four need not: it may be the one that was translated wrongly.
    pub fn is_admissible(&self, bead: &Candidate) -> bool {
        let (zh, en) = (&bead.zh, &bead.en);
        let begins = |position: usize, lang: Lang| !self.sentence(position, lang).is_some_and(|s| s.fragment);
        let null = zh.is_empty() || en.is_empty();
        if !null && (!begins(zh.start, Lang::Zh) || !begins(en.start, Lang::En)) {
            return false;
        }
        let merged = zh.len() + en.len() > 2;
        let Some(touch) = self.touch.as_ref().filter(|_| merged) else { return true };
        let closeness = 1.0 - self.looseness();
        (touch.holds_together(zh, en) || self.is_list(bead) && touch.mostly_holds_together(zh, en))
            && (Coverage::dice_of(self.terms, &self.grids, bead) > MERGED * closeness * self.single.typical()
                || self.vectors.is_some_and(|v| v.cosine(zh, en) > TOUCH_COSINE * closeness))
    }

    /// The scores of all candidates. A sentence that is left alone scores the same wherever it stands.
    pub fn scores(&self, lattice: &Lattice) -> Vec<f32> {
        let mut buffer = Vec::new();
        let (n, m) = self.size();
        let mut all = |beads: &mut dyn Iterator<Item = Candidate>| -> Vec<f32> {
            beads.map(|bead| self.score(&bead, &mut buffer)).collect()
        };
        let zh_alone = all(&mut (0..n).map(|i| Candidate::new(i..i + 1, 0..0)));
        let en_alone = all(&mut (0..m).map(|j| Candidate::new(0..0, j..j + 1)));
        let at = |scores: &[f32], k: usize| scores.get(k).copied().unwrap_or_default();
        let score = |bead: Candidate| match bead.shape() {
            (1, 0) => at(&zh_alone, bead.zh.start),
            (0, 1) => at(&en_alone, bead.en.start),
            _ => self.score(&bead, &mut buffer),
        };
        lattice.candidates().map(score).collect()
    }

    /// The score of a candidate.
    pub fn score(&self, bead: &Candidate, buffer: &mut Vec<f32>) -> f32 {
        self.features(bead, buffer);
        dot(buffer, &self.weights.features)
    }

    /// What each signal contributes to a candidate's score.
    pub fn parts(&self, bead: &Candidate) -> Vec<(&'static str, f32)> {
        let mut buffer = Vec::new();
        self.features(bead, &mut buffer);
        let mut weighed = buffer.iter().zip(&self.weights.features).map(|(f, w)| f * w);
        SIGNALS.iter().map(|s| (s.name, weighed.by_ref().take(s.features.len()).sum())).collect()
    }

    /// The score of leaving all the bead's sentences alone.
    pub fn alone(&self, bead: &Candidate, buffer: &mut Vec<f32>) -> f32 {
        let zh = bead.zh.clone().map(|i| Candidate::new(i..i + 1, 0..0));
        let en = bead.en.clone().map(|j| Candidate::new(0..0, j..j + 1));
        zh.chain(en).map(|null| self.score(&null, buffer)).sum()
    }

    /// Measures the features of a candidate.
    pub fn features(&self, bead: &Candidate, buffer: &mut Vec<f32>) {
        let coverage = Coverage::of(self.terms, &self.grids, bead);
        let (n, m) = self.size();
        let null = bead.zh.is_empty() || bead.en.is_empty();
        let merged = bead.zh.len() + bead.en.len() > 2;
        let middle = |side: &Range<usize>, of: usize| (side.start + side.end) as f32 / (2 * of.max(1)) as f32;
        let dice = coverage.dice();
        let view = View {
            shape: bead.shape(),
            coverage: &coverage,
            typical: self.single.typical(),
            imbalance: (n.max(1) as f32 / m.max(1) as f32).ln().clamp(-1.0, 1.0),
            gain: if merged { self.gain(bead, dice) } else { 0.0 },
            contrast: if null { 0.0 } else { dice - self.single.rivals(bead) },
            elsewhere: self.single.elsewhere(bead),
            length: self.length(bead),
            length_ratio: self.terms.length_ratio,
            place: (middle(&bead.zh, n), middle(&bead.en, m)),
            first: bead.zh.start == 0 && bead.en.start == 0,
            ended: (self.last_ends(&bead.zh, Lang::Zh), self.last_ends(&bead.en, Lang::En)),
            unended: if null { 0 } else { self.unended(bead) },
            fragments: self.fragments(bead),
            list_items: self.list_items(bead),
            opens: self.opens(bead.zh.start, Lang::Zh).zip(self.opens(bead.en.start, Lang::En)),
            openings: self.openings(bead),
            meaning: self.vectors.map(|v| v.measure(bead)).unwrap_or_default(),
            alone: if null { self.only_sentence(bead) } else { None },
        };
        signals::measure(&view, buffer);
    }

    fn sentence(&self, position: usize, lang: Lang) -> Option<&Sentence> {
        match lang {
            Lang::Zh => self.terms.zh.get(position),
            Lang::En => self.terms.en.get(position),
        }
    }

    fn last_ends(&self, side: &Range<usize>, lang: Lang) -> bool {
        side.clone().last().and_then(|p| self.sentence(p, lang)).is_some_and(|s| s.ended)
    }

    fn unended(&self, bead: &Candidate) -> usize {
        let is_list = self.list_items(bead) > 0;
        let inside = |side: &Range<usize>, lang: Lang| {
            let but_last = side.start..side.end.saturating_sub(1);
            let unended = |s: &&Sentence| !(s.ended || is_list && s.item);
            but_last.filter_map(|p| self.sentence(p, lang)).filter(unended).count()
        };
        inside(&bead.zh, Lang::Zh) + inside(&bead.en, Lang::En)
    }

    fn fragments(&self, bead: &Candidate) -> usize {
        let count = |side: &Range<usize>, lang: Lang| {
            side.clone().filter(|&p| self.sentence(p, lang).is_some_and(|s| s.fragment)).count()
        };
        count(&bead.zh, Lang::Zh) + count(&bead.en, Lang::En)
    }

    fn is_list(&self, bead: &Candidate) -> bool {
        self.list_items(bead) > 1
    }

    fn opens(&self, position: usize, lang: Lang) -> Option<bool> {
        self.sentence(position, lang).and_then(|s| s.opens)
    }

    fn openings(&self, bead: &Candidate) -> usize {
        let inside = |side: &Range<usize>, lang: Lang| {
            side.clone().skip(1).filter(|&p| self.opens(p, lang) == Some(true)).count()
        };
        inside(&bead.zh, Lang::Zh) + inside(&bead.en, Lang::En)
    }

    fn list_items(&self, bead: &Candidate) -> usize {
        let is_item = |p: usize, lang: Lang| self.sentence(p, lang).is_some_and(|s| s.item);
        let (one, lang, many, other) = match bead.shape() {
            (many, 1) if many > 1 => (bead.en.start, Lang::En, &bead.zh, Lang::Zh),
            (1, many) if many > 1 => (bead.zh.start, Lang::Zh, &bead.en, Lang::En),
            _ => return 0,
        };
        let all = !is_item(one, lang) && (many.start + 1..many.end).all(|p| is_item(p, other));
        if all { many.len() - 1 } else { 0 }
    }

    fn only_sentence(&self, bead: &Candidate) -> Option<&Sentence> {
        if bead.zh.is_empty() {
            self.sentence(bead.en.start, Lang::En)
        } else {
            self.sentence(bead.zh.start, Lang::Zh)
        }
    }

    fn length(&self, bead: &Candidate) -> (f32, f32) {
        let sum = |side: &Range<usize>, lang: Lang| {
            side.clone().filter_map(|p| self.sentence(p, lang)).map(|s| s.length).sum()
        };
        (sum(&bead.zh, Lang::Zh), sum(&bead.en, Lang::En))
    }

    /// By how much a merged bead's coverage exceeds that of the best bead without its first or its last sentence of a
    /// side, or, with several on both sides, the mean of the two beads into which it can best be split.
    fn gain(&self, bead: &Candidate, dice: f32) -> f32 {
        let (zh, en) = (&bead.zh, &bead.en);
        let of = |zh: Range<usize>, en: Range<usize>| {
            Coverage::dice_of(self.terms, &self.grids, &Candidate::new(zh, en))
        };
        let best = match bead.shape() {
            (a, 1) if a > 1 => of(zh.start + 1..zh.end, en.clone()).max(of(zh.start..zh.end - 1, en.clone())),
            (1, b) if b > 1 => of(zh.clone(), en.start + 1..en.end).max(of(zh.clone(), en.start..en.end - 1)),
            _ => {
                let splits = (zh.start + 1..zh.end).flat_map(|i| (en.start + 1..en.end).map(move |j| (i, j)));
                let mean =
                    |(i, j): (usize, usize)| (of(zh.start..i, en.start..j) + of(i..zh.end, j..en.end)) / 2.0;
                splits.map(mean).fold(0.0, f32::max)
            }
        };
        dice - best
    }
}

/// What covers less than this is not taken for a trace of a translation.
const TOUCH: f32 = 0.05;
/// A merged bead that covers less than this share of what single sentences find is none; real ones cover twice as much.
const MERGED: f32 = 0.3;
/// The same as [`TOUCH`] for the cosine of two sides' vectors.
const TOUCH_COSINE: f32 = 0.35;
