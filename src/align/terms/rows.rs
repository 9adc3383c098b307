//! Rows: in which sentences of the other side a type finds a partner.

use super::lookup::Present;
use super::names::alike;
use super::{Interner, Row, Sentence, Terms};
use crate::lexicon::stem;
use crate::text::numbers::Quantity;

impl Terms {
    /// Rows through the lexicon. A sense of several words finds a sentence that holds at least half of them.
    pub(super) fn pair_words(&mut self, senses: &[Vec<Present>], en_types: usize) {
        let zh_at = postings(self.zh.iter().map(|s| &s.words), senses.len());
        let en_at = postings(self.en.iter().map(|s| &s.words), en_types);
        let (mut zh, mut en) = (Gatherer::new(self.en.len()), Gatherer::new(self.zh.len()));
        let mut back: Vec<Vec<(u32, f32)>> = vec![Vec::new(); en_types];
        for (word, senses) in senses.iter().enumerate() {
            for sense in senses {
                for (best, j) in sense.sentences(&en_at) {
                    zh.offer(j, best);
                }
                let best = zh.best_of(sense, &en_at);
                for &en_word in &sense.words {
                    if let Some(back) = back.get_mut(en_word as usize) {
                        back.push((word as u32, best));
                    }
                }
            }
            self.words.zh.row.push(zh.take());
        }
        for renders in back {
            for (word, weight) in renders {
                zh_at.get(word as usize).into_iter().flatten().for_each(|&i| en.offer(i, weight));
            }
            self.words.en.row.push(en.take());
        }
    }

    /// Rows of Latin words, mangled ones in part; an English word is found by the Latin words that look like it, too.
    pub(super) fn pair_latin(&mut self, latin: &Interner, words: &Interner, of_english: &[Option<u32>]) {
        let like = alike(latin, &self.en);
        let zh_at = postings(self.zh.iter().map(|s| &s.latin), latin.types.len());
        let en_at = postings(self.en.iter().map(|s| &s.latin), latin.types.len());
        let mut word_of = of_english.to_vec();
        word_of.resize(latin.types.len(), None);
        for (text, &id) in latin.types.iter().filter(|(_, id)| **id as usize >= of_english.len()) {
            if let Some(slot) = word_of.get_mut(id as usize) {
                *slot = words.types.get(&stem(text)).copied();
            }
        }
        let (mut zh, mut en) = (Gatherer::new(self.en.len()), Gatherer::new(self.zh.len()));
        for (id, like) in like.iter().enumerate() {
            let here = zh_at.get(id).map_or(&[] as &[u32], Vec::as_slice);
            let own = [(id as u32, 1.0)];
            for &(other, credit) in own.iter().chain(like).filter(|_| !here.is_empty()) {
                en_at.get(other as usize).into_iter().flatten().for_each(|&j| zh.offer(j, credit));
                let word = word_of.get(other as usize).copied().flatten();
                if let Some(row) = word.and_then(|w| self.words.en.row.get_mut(w as usize)) {
                    row.iter().for_each(|&(i, credit)| en.offer(i, credit));
                    here.iter().for_each(|&i| en.offer(i, credit));
                    *row = en.take();
                }
            }
            self.latin.row.push(zh.take());
        }
    }
}

/// Gathers a row: the best offer for each sentence.
struct Gatherer {
    best: Vec<f32>,
    touched: Vec<u32>,
}

impl Gatherer {
    fn new(sentences: usize) -> Self {
        Self { best: vec![0.0; sentences], touched: Vec::new() }
    }

    fn offer(&mut self, sentence: u32, credit: f32) {
        if let Some(best) = self.best.get_mut(sentence as usize) {
            if *best == 0.0 {
                self.touched.push(sentence);
            }
            *best = best.max(credit);
        }
    }

    /// The best that any sentence holds of a sense, weighed.
    fn best_of(&self, sense: &Present, en_at: &[Vec<u32>]) -> f32 {
        if sense.length == 1 {
            return sense.weight;
        }
        sense.sentences(en_at).into_iter().map(|(credit, _)| credit).fold(0.0, f32::max)
    }

    fn take(&mut self) -> Row {
        self.touched.sort_unstable();
        let row = self.touched.iter().map(|&s| (s, self.best.get(s as usize).copied().unwrap_or_default()));
        let row = row.collect();
        for &sentence in &self.touched {
            if let Some(best) = self.best.get_mut(sentence as usize) {
                *best = 0.0;
            }
        }
        self.touched.clear();
        row
    }
}

/// In which sentences each type stands, ascending, each once.
pub(super) fn postings<'s>(sentences: impl Iterator<Item = &'s Vec<u32>>, types: usize) -> Vec<Vec<u32>> {
    let mut at: Vec<Vec<u32>> = vec![Vec::new(); types];
    for (sentence, words) in sentences.enumerate() {
        for &word in words {
            if let Some(at) = at.get_mut(word as usize)
                && at.last() != Some(&(sentence as u32))
            {
                at.push(sentence as u32);
            }
        }
    }
    at
}

/// For each quantity of each sentence of the one side, the sentences of the other with a partner; two set phrases are no
/// partners.
pub(super) fn agreeing(
    side: &[Sentence],
    other: &[Sentence],
    agree: impl Fn(&Quantity, &Quantity) -> bool,
) -> Vec<Vec<Row>> {
    let holders: Vec<(u32, &Quantity)> =
        other.iter().enumerate().flat_map(|(j, s)| s.quantities.iter().map(move |q| (j as u32, q))).collect();
    let row = |quantity: &Quantity| {
        let partners = holders.iter().filter(|(_, q)| !(quantity.weak && q.weak) && agree(quantity, q));
        let mut row: Row = partners.map(|&(j, _)| (j, 1.0)).collect();
        row.dedup();
        row
    };
    side.iter().map(|s| s.quantities.iter().map(row).collect()).collect()
}
