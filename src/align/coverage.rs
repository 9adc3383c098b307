//! How much of a candidate bead's words one side finds on the other.

use super::grid::Grid;
use super::shapes::Candidate;
use super::terms::{Sentence, Terms};

/// Masses (sums of word weights), found and in all. Divided by the mean mass of a sentence of that side.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Coverage {
    /// Chinese words found in the English through the lexicon.
    pub zh_words: f32,
    /// Latin words of the Chinese side found in the English, mangled ones in part.
    pub zh_latin: f32,
    /// Latin words of the Chinese side that the English lacks.
    pub zh_strangers: f32,
    /// Numbers, dates and amounts of the Chinese side whose value stands in the English, as a mass.
    pub zh_numbers: f32,
    /// How many quantities agree.
    pub agreeing: f32,
    /// How many quantities of the Chinese side agree with none of the English.
    pub zh_only: f32,
    /// How many quantities of the English side agree with none of the Chinese.
    pub en_only: f32,
    /// Everything on the Chinese side.
    pub zh_total: f32,
    /// English words and quantities that were found.
    pub en_found: f32,
    /// Everything on the English side.
    pub en_total: f32,
}

impl Coverage {
    /// Measures a bead.
    pub fn of(terms: &Terms, grids: &(Grid, Grid), bead: &Candidate) -> Self {
        let (zh_mean, en_mean, each) = (terms.mean_mass.zh, terms.mean_mass.en, terms.quantity_weight);
        let mut cover = Self::default();
        for i in bead.zh.clone() {
            let (Some(sentence), found) = (terms.zh.get(i), grids.0.found(i, &bead.en)) else { continue };
            cover.zh_words += found.words;
            cover.zh_latin += found.latin;
            cover.zh_strangers += sentence.latin_mass - found.latin;
            cover.zh_numbers += each * found.strong;
            cover.agreeing += found.agreeing;
            cover.zh_only += sentence.strong - found.strong;
            cover.zh_total += sentence.mass;
        }
        for j in bead.en.clone() {
            let (Some(sentence), found) = (terms.en.get(j), grids.1.found(j, &bead.zh)) else { continue };
            cover.en_found += found.words + each * found.strong;
            cover.en_only += sentence.strong - found.strong;
            cover.en_total += sentence.mass;
        }
        Self {
            zh_words: cover.zh_words / zh_mean,
            zh_latin: cover.zh_latin / zh_mean,
            zh_strangers: cover.zh_strangers / zh_mean,
            zh_numbers: cover.zh_numbers / zh_mean,
            zh_total: cover.zh_total / zh_mean,
            en_found: cover.en_found / en_mean,
            en_total: cover.en_total / en_mean,
            ..cover
        }
    }

    /// [`dice`](Self::dice) of a bead, if nothing else is asked for.
    pub fn dice_of(terms: &Terms, grids: &(Grid, Grid), bead: &Candidate) -> f32 {
        let (zh_mean, en_mean, each) = (terms.mean_mass.zh, terms.mean_mass.en, terms.quantity_weight);
        let mass = |s: Option<&Sentence>| s.map_or(0.0, |s| s.mass);
        let (mut zh_found, mut zh_total, mut en_found, mut en_total) = (0.0, 0.0, 0.0, 0.0);
        for i in bead.zh.clone() {
            let found = grids.0.found(i, &bead.en);
            zh_found += found.words + found.latin + each * found.strong;
            zh_total += mass(terms.zh.get(i));
        }
        for j in bead.en.clone() {
            let found = grids.1.found(j, &bead.zh);
            en_found += found.words + each * found.strong;
            en_total += mass(terms.en.get(j));
        }
        let all = zh_total / zh_mean + en_total / en_mean;
        if all <= 0.0 { 0.0 } else { (zh_found / zh_mean + en_found / en_mean) / all }
    }

    /// What was found of the Chinese side.
    pub fn zh_found(&self) -> f32 {
        self.zh_words + self.zh_latin + self.zh_numbers
    }

    /// Dice's coefficient: what was found on both sides over all there is, 0–1; 0 for empty sides.
    pub fn dice(&self) -> f32 {
        let all = self.zh_total + self.en_total;
        if all <= 0.0 { 0.0 } else { (self.zh_found() + self.en_found) / all }
    }

    /// The share of the Chinese side that was found, 0–1.
    pub fn zh_share(&self) -> f32 {
        if self.zh_total <= 0.0 { 0.0 } else { self.zh_found() / self.zh_total }
    }

    /// The share of the English side that was found, 0–1.
    pub fn en_share(&self) -> f32 {
        if self.en_total <= 0.0 { 0.0 } else { self.en_found / self.en_total }
    }
}
