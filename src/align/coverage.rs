//! How much of a candidate bead's words one side finds on the other.
//!
//! Every English word can be found once only (one Chinese word, one English word), so that a second sentence adds
//! coverage only for what the first left uncovered: this is what tells a 2–1 bead from a 1–1 bead with a neighbour.

use super::terms::{Terms, at};
use crate::text::numbers;

/// Masses (sums of word weights), found and in all. Divided by the mean mass of a sentence of that side.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Coverage {
    /// Chinese words found in the English through the lexicon.
    pub zh_words: f32,
    /// Latin words of the Chinese side found in the English, mangled ones in part.
    pub zh_latin: f32,
    /// Latin words of the Chinese side that stand nowhere in the English.
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
    /// English words that were found.
    pub en_found: f32,
    /// Everything on the English side.
    pub en_total: f32,
}

impl Coverage {
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

/// Working memory: how often each English type is still to be found.
#[derive(Debug, Default)]
pub struct Scratch {
    words: Vec<u32>,
    latin: Vec<u32>,
    present: Vec<bool>,
}

impl Scratch {
    /// Working memory for these documents.
    pub fn new(terms: &Terms) -> Self {
        let latin = terms.latin_weight.len();
        Self { words: vec![0; terms.en_weight.len()], latin: vec![0; latin], present: vec![false; latin] }
    }

    fn fill(&mut self, terms: &Terms, en: impl Iterator<Item = usize>, clear: bool) {
        for sentence in en.filter_map(|j| terms.en.get(j)) {
            for &word in &sentence.words {
                if let Some(n) = self.words.get_mut(word as usize) {
                    *n = if clear { 0 } else { *n + 1 };
                }
            }
            for &word in &sentence.latin {
                if let (Some(n), Some(p)) =
                    (self.latin.get_mut(word as usize), self.present.get_mut(word as usize))
                {
                    *n = if clear { 0 } else { *n + 1 };
                    *p = !clear;
                }
            }
        }
    }

    fn has_word(&self, word: u32) -> bool {
        self.words.get(word as usize).is_some_and(|&n| n > 0)
    }

    fn take_word(&mut self, word: u32) -> bool {
        take(&mut self.words, word)
    }

    fn has_latin(&self, word: u32) -> bool {
        self.present.get(word as usize).copied().unwrap_or(false)
    }
}

fn take(counts: &mut [u32], index: u32) -> bool {
    match counts.get_mut(index as usize) {
        Some(n) if *n > 0 => {
            *n -= 1;
            true
        }
        _ => false,
    }
}

/// Measures a bead of the sentences `zh` and `en` (indices into `terms`).
pub fn measure(
    terms: &Terms,
    scratch: &mut Scratch,
    zh: impl Iterator<Item = usize> + Clone,
    en: impl Iterator<Item = usize> + Clone,
) -> Coverage {
    let mut cover = Coverage::default();
    scratch.fill(terms, en.clone(), false);
    cover.en_total = en.clone().filter_map(|j| terms.en.get(j)).map(|s| s.mass).sum();
    cover.zh_total = zh.clone().filter_map(|i| terms.zh.get(i)).map(|s| s.mass).sum();
    for sentence in zh.clone().filter_map(|i| terms.zh.get(i)) {
        for &word in &sentence.latin {
            find_latin(terms, scratch, word, &mut cover);
        }
    }
    let numbers = zh.clone();
    for sentence in zh.filter_map(|i| terms.zh.get(i)) {
        for &word in &sentence.words {
            find_word(terms, scratch, word, &mut cover);
        }
    }
    scratch.fill(terms, en.clone(), true);
    find_numbers(terms, numbers, en, &mut cover);
    cover.divided(terms.mean_mass.zh, terms.mean_mass.en)
}

impl Coverage {
    fn divided(self, zh: f32, en: f32) -> Self {
        Self {
            zh_words: self.zh_words / zh,
            zh_latin: self.zh_latin / zh,
            zh_strangers: self.zh_strangers / zh,
            zh_numbers: self.zh_numbers / zh,
            zh_total: self.zh_total / zh,
            en_found: self.en_found / en,
            en_total: self.en_total / en,
            ..self
        }
    }
}

fn find_latin(terms: &Terms, scratch: &mut Scratch, word: u32, cover: &mut Coverage) {
    let weight = at(&terms.latin_weight, word);
    let like = terms.latin_like.get(word as usize);
    let (found, credit) = if scratch.has_latin(word) {
        (word, 1.0)
    } else {
        match like.and_then(|l| l.iter().find(|(other, _)| scratch.has_latin(*other))) {
            Some(&(other, similarity)) => (other, similarity),
            None => {
                cover.zh_strangers += weight;
                return;
            }
        }
    };
    cover.zh_latin += weight * credit;
    take(&mut scratch.latin, found);
    if let Some(Some(stem)) = terms.latin_word.get(found as usize).copied()
        && scratch.take_word(stem)
    {
        cover.en_found += at(&terms.en_weight, stem);
    }
}

fn find_word(terms: &Terms, scratch: &mut Scratch, word: u32, cover: &mut Coverage) {
    let Some(senses) = terms.senses.get(word as usize) else { return };
    let mut best: Option<(&[u32], f32)> = None;
    for sense in senses {
        let found = sense.iter().filter(|&&stem| scratch.has_word(stem)).count();
        let share = found as f32 / sense.len().max(1) as f32;
        if share >= 0.5 && best.is_none_or(|(_, s)| share > s) {
            best = Some((sense, share));
        }
    }
    let Some((sense, share)) = best else { return };
    cover.zh_words += at(&terms.zh_weight, word) * share;
    for &stem in sense {
        if scratch.take_word(stem) {
            cover.en_found += at(&terms.en_weight, stem);
        }
    }
}

/// Strong quantities of either side look for a partner, weak ones only serve as such; each serves once.
fn find_numbers(
    terms: &Terms,
    zh: impl Iterator<Item = usize>,
    en: impl Iterator<Item = usize> + Clone,
    cover: &mut Coverage,
) {
    let mut taken: u64 = 0;
    let all = || en.clone().filter_map(|j| terms.en.get(j)).flat_map(|s| &s.quantities).take(64).enumerate();
    for quantity in zh.filter_map(|i| terms.zh.get(i)).flat_map(|s| &s.quantities) {
        let free = |k: usize| taken & (1 << k) == 0;
        let partner = all()
            .find(|(k, other)| free(*k) && !(quantity.weak && other.weak) && numbers::agree(quantity, other));
        match partner {
            Some((k, other)) => {
                taken |= 1 << k;
                cover.agreeing += 1.0;
                cover.zh_numbers += if quantity.weak { 0.0 } else { terms.quantity_weight };
                cover.en_found += if other.weak { 0.0 } else { terms.quantity_weight };
            }
            None if !quantity.weak => cover.zh_only += 1.0,
            None => {}
        }
    }
    cover.en_only = all().filter(|(k, other)| !other.weak && taken & (1 << k) == 0).count() as f32;
}
