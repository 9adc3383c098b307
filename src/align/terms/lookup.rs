//! What renders a Chinese word in one English text.

use super::Interner;
use crate::lexicon::Lexicon;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// A rendering in the words of this English text.
pub(super) struct Present {
    /// English word types.
    pub words: Vec<u32>,
    /// How well it renders, 0–1.
    pub weight: f32,
    /// How many words it has, present or not.
    pub length: usize,
}

impl Present {
    /// The sentences that hold at least half of its words, with how much of it they hold, weighed.
    pub fn sentences(&self, en_at: &[Vec<u32>]) -> Vec<(f32, u32)> {
        let at = |word: &u32| en_at.get(*word as usize).map_or(&[] as &[u32], Vec::as_slice);
        if let [word] = self.words.as_slice()
            && self.length == 1
        {
            return at(word).iter().map(|&j| (self.weight, j)).collect();
        }
        let mut held: BTreeMap<u32, u32> = BTreeMap::new();
        for word in &self.words {
            at(word).iter().for_each(|&j| *held.entry(j).or_default() += 1);
        }
        let share = |n: u32| n as f32 / self.length as f32;
        held.into_iter().filter(|&(_, n)| share(n) >= 0.5).map(|(j, n)| (self.weight * share(n), j)).collect()
    }
}

/// Chinese words as they are met, with what renders them.
pub(super) struct Lookup<'l> {
    pub lexicon: &'l Lexicon,
    /// English word types by the lexicon's stem numbers.
    en_words: FxHashMap<u32, u32>,
    words: Interner,
    /// By Chinese word type.
    pub senses: Vec<Vec<Present>>,
}

impl<'l> Lookup<'l> {
    /// A lookup for a text of these English words.
    pub fn new(lexicon: &'l Lexicon, words: &Interner) -> Self {
        let numbered = words.types.iter().filter_map(|(stem, &id)| Some((lexicon.stem_number(stem)?, id)));
        Self { lexicon, en_words: numbered.collect(), words: Interner::default(), senses: Vec::new() }
    }

    /// The types of a word, or of its known parts; none for a word without renderings.
    pub fn types(&mut self, word: &str) -> Vec<u32> {
        if let Some(known) = self.type_of(word) {
            return vec![known];
        }
        self.lexicon.parts(word).into_iter().filter_map(|part| self.type_of(part)).collect()
    }

    /// The type of a word; `None` for one without renderings.
    fn type_of(&mut self, word: &str) -> Option<u32> {
        if let Some(&known) = self.words.types.get(word) {
            return Some(known);
        }
        let mut senses = Vec::new();
        let known = self.lexicon.for_each_sense(word, |stems, weight| {
            let words: Vec<u32> = stems.iter().filter_map(|s| self.en_words.get(s).copied()).collect();
            if !words.is_empty() && words.len() * 2 >= stems.len() {
                senses.push(Present { words, weight, length: stems.len() });
            }
        });
        known.then(|| {
            self.senses.push(senses);
            self.words.intern(word)
        })
    }
}
