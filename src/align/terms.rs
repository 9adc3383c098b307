//! What the sentences of two documents are made of, ready for comparison.
//!
//! Words are interned: a *type* is a number. Weights are inverse document frequencies over the sentences of the same
//! side, so that what stands in every sentence of an article counts little. A type's *row* says in which sentences of
//! the other side it finds a partner, and how good a one.

use super::marks::{is_credit, is_ended, is_item};
use super::{Line, fragments};
use crate::lexicon::{Lexicon, is_function_word, stem};
use crate::model::Sides;
use crate::text::numbers::{self, Quantity};
use crate::text::{han, latin};
use std::collections::{BTreeMap, HashMap, HashSet};

/// One sentence.
#[derive(Debug, Clone, Default)]
pub struct Sentence {
    /// Word types, one entry an occurrence: Chinese words that the lexicon renders, or English content stems.
    pub words: Vec<u32>,
    /// Latin words and identifiers, types shared by both sides, one entry an occurrence.
    pub latin: Vec<u32>,
    /// Numbers, dates and amounts by value; the words that spell them stand in neither `words` nor `latin`.
    pub quantities: Vec<Quantity>,
    /// Length in characters that are letters or digits.
    pub length: f32,
    /// Sum of the weights of `words`, of the Chinese side's `latin`, and of the quantities that are no set phrases.
    pub mass: f32,
    /// Sum of the weights of the Chinese side's `latin`.
    pub latin_mass: f32,
    /// How many quantities are no set phrases.
    pub strong: f32,
    /// Whether it is a picture's credit, such as `Source: X`.
    pub credit: bool,
    /// Whether it ends as sentences do; headings, captions and list items often do not.
    pub ended: bool,
    /// Whether it begins with a list marker: `1.`, `（2）`, `·`, `*`.
    pub item: bool,
    /// Whether it goes on with what broke off before it: at the dot of a file name or of a defanged address.
    pub fragment: bool,
}

/// Where a type finds a partner: sentences of the other side, ascending, with how good a partner, 0–1.
pub type Row = Vec<(u32, f32)>;

/// The types of one kind, by number.
#[derive(Debug, Default)]
pub struct Types {
    /// Inverse document frequencies.
    pub weight: Vec<f32>,
    /// Partners.
    pub row: Vec<Row>,
}

/// The sentences of both sides with the tables that compare them.
#[derive(Debug, Default)]
pub struct Terms {
    /// Chinese sentences.
    pub zh: Vec<Sentence>,
    /// English sentences.
    pub en: Vec<Sentence>,
    /// Word types of either side.
    pub words: Sides<Types>,
    /// Latin types; their rows lead to English sentences.
    pub latin: Types,
    /// For each quantity of each sentence, the sentences of the other side with one that agrees.
    pub numbers: Sides<Vec<Vec<Row>>>,
    /// The weight of a quantity: that of a word which stands in two sentences.
    pub quantity_weight: f32,
    /// Mean mass of a sentence, Chinese and English.
    pub mean_mass: Sides<f32>,
    /// English letters for one Chinese character, over the whole documents.
    pub length_ratio: f32,
}

/// Gives consecutive numbers to strings.
#[derive(Default)]
struct Interner {
    types: HashMap<String, u32>,
}

impl Interner {
    fn intern(&mut self, key: &str) -> u32 {
        if let Some(&known) = self.types.get(key) {
            return known;
        }
        let next = self.types.len() as u32;
        self.types.insert(key.to_owned(), next);
        next
    }
}

/// A rendering in the words of this English text.
struct Present {
    /// English word types.
    words: Vec<u32>,
    /// How well it renders, 0–1.
    weight: f32,
    /// How many words it has, present or not.
    length: usize,
}

impl Terms {
    /// Analyses both sides.
    pub fn new(lines: &Sides<Vec<Line<'_>>>, lexicon: &Lexicon) -> Self {
        let (mut words, mut latin) = (Interner::default(), Interner::default());
        let en: Vec<Sentence> = lines.en.iter().map(|line| english(line, &mut words, &mut latin)).collect();
        let mut lookup = Lookup::new(lexicon, &words);
        let zh: Vec<Sentence> = lines.zh.iter().map(|line| chinese(line, &mut latin, &mut lookup)).collect();
        let senses = lookup.senses;
        let mut terms = Self { zh, en, ..Self::default() };
        fragments::mark(&mut terms.zh, &lines.zh);
        fragments::mark(&mut terms.en, &lines.en);
        terms.weigh(senses.len(), words.types.len(), latin.types.len());
        terms.pair_words(&senses, words.types.len());
        terms.pair_latin(&latin, &words);
        terms.numbers = Sides::new(
            agreeing(&terms.zh, &terms.en, numbers::agree),
            agreeing(&terms.en, &terms.zh, |e, z| numbers::agree(z, e)),
        );
        terms
    }

    fn weigh(&mut self, zh_types: usize, en_types: usize, latin_types: usize) {
        let zh_weight = idf(self.zh.iter().map(|s| &s.words), zh_types);
        let en_weight = idf(self.en.iter().map(|s| &s.words), en_types);
        let latin_weight = idf(self.zh.iter().chain(&self.en).map(|s| &s.latin), latin_types);
        self.quantity_weight = (1.0 + (self.zh.len() + self.en.len()) as f32 / 4.0).ln();
        let each = self.quantity_weight;
        let sum = |types: &[u32], weights: &[f32]| types.iter().map(|&t| at(weights, t)).sum::<f32>();
        for s in self.zh.iter_mut().chain(&mut self.en) {
            s.strong = s.quantities.iter().filter(|q| !q.weak).count() as f32;
        }
        for s in &mut self.zh {
            s.latin_mass = sum(&s.latin, &latin_weight);
            s.mass = sum(&s.words, &zh_weight) + s.latin_mass + each * s.strong;
        }
        for s in &mut self.en {
            s.mass = sum(&s.words, &en_weight) + each * s.strong;
        }
        let mean = |side: &[Sentence]| {
            let sum: f32 = side.iter().map(|s| s.mass).sum();
            (sum / side.len().max(1) as f32).max(1e-3)
        };
        self.mean_mass = Sides::new(mean(&self.zh), mean(&self.en));
        let length = |side: &[Sentence]| side.iter().map(|s| s.length).sum::<f32>().max(1.0);
        self.length_ratio = (length(&self.en) / length(&self.zh)).clamp(1.0, 8.0);
        self.words.zh.weight = zh_weight;
        self.words.en.weight = en_weight;
        self.latin.weight = latin_weight;
    }

    /// Rows through the lexicon. A sense of several words finds a sentence that holds at least half of them.
    fn pair_words(&mut self, senses: &[Vec<Present>], en_types: usize) {
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
    fn pair_latin(&mut self, latin: &Interner, words: &Interner) {
        let like = alike(latin, &self.en);
        let zh_at = postings(self.zh.iter().map(|s| &s.latin), latin.types.len());
        let en_at = postings(self.en.iter().map(|s| &s.latin), latin.types.len());
        let mut word_of: Vec<Option<u32>> = vec![None; latin.types.len()];
        for (text, &id) in &latin.types {
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

impl Present {
    /// The sentences that hold at least half of its words, with how much of it they hold, weighed.
    fn sentences(&self, en_at: &[Vec<u32>]) -> Vec<(f32, u32)> {
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
fn postings<'s>(sentences: impl Iterator<Item = &'s Vec<u32>>, types: usize) -> Vec<Vec<u32>> {
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
fn agreeing(
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

/// The weight of a type; 0 for one that does not exist.
pub fn at(weights: &[f32], index: u32) -> f32 {
    weights.get(index as usize).copied().unwrap_or(0.0)
}

/// Inverse document frequency, `ln(1 + N / df)`, of each type over the sentences.
fn idf<'a>(sentences: impl Iterator<Item = &'a Vec<u32>> + Clone, types: usize) -> Vec<f32> {
    let count = sentences.clone().count() as f32;
    postings(sentences, types).iter().map(|at| (1.0 + count / at.len().max(1) as f32).ln()).collect()
}

fn english(line: &Line<'_>, words: &mut Interner, latin: &mut Interner) -> Sentence {
    let mut sentence = measure(line, numbers::english(line.text));
    for (start, word) in latin::words_at(line.text) {
        let lower = word.to_lowercase();
        if !is_function_word(&lower) && !sentence.counts(start, word.len()) {
            sentence.words.push(words.intern(&stem(&lower)));
            sentence.latin.push(latin.intern(&lower));
        }
    }
    sentence
}

impl Sentence {
    /// Whether the bytes are part of a quantity.
    fn counts(&self, start: usize, length: usize) -> bool {
        // Quantities ascend and do not overlap.
        let first = self.quantities.partition_point(|q| q.span.end() <= start);
        let behind = self.quantities.get(first..).unwrap_or_default();
        behind.iter().take_while(|q| q.span.start() < start + length).any(|q| !q.weak)
    }
}

fn measure(line: &Line<'_>, quantities: Vec<Quantity>) -> Sentence {
    Sentence {
        quantities,
        length: line.text.chars().filter(|c| c.is_alphanumeric()).count() as f32,
        credit: is_credit(line.text),
        ended: is_ended(line.text),
        item: is_item(line.text),
        ..Sentence::default()
    }
}

/// Chinese words as they are met, with what renders them in this English text.
struct Lookup<'l> {
    lexicon: &'l Lexicon,
    /// English word types by the lexicon's stem numbers.
    en_words: HashMap<u32, u32>,
    words: Interner,
    senses: Vec<Vec<Present>>,
}

impl<'l> Lookup<'l> {
    fn new(lexicon: &'l Lexicon, words: &Interner) -> Self {
        let numbered = words.types.iter().filter_map(|(stem, &id)| Some((lexicon.stem_number(stem)?, id)));
        Self { lexicon, en_words: numbered.collect(), words: Interner::default(), senses: Vec::new() }
    }

    /// The senses of a word of which this English text holds at least half; `None` for a word without renderings.
    fn senses_of(&self, word: &str) -> Option<Vec<Present>> {
        let senses = self.lexicon.senses(word);
        let present = |stems: &[u32], weight: f32| {
            let words: Vec<u32> = stems.iter().filter_map(|s| self.en_words.get(s).copied()).collect();
            (!words.is_empty() && words.len() * 2 >= stems.len()).then_some(Present {
                words,
                weight,
                length: stems.len(),
            })
        };
        (!senses.is_empty()).then(|| senses.iter().filter_map(|s| present(&s.stems, s.weight)).collect())
    }

    /// The types of a word, or of its known parts; none for a word without renderings.
    fn types(&mut self, word: &str) -> Vec<u32> {
        if let Some(&id) = self.words.types.get(word) {
            return vec![id];
        }
        if let Some(senses) = self.senses_of(word) {
            return vec![self.register(word, senses)];
        }
        let parts = self.lexicon.parts(word);
        parts
            .into_iter()
            .filter_map(|part| {
                let senses = self.senses_of(part)?;
                Some(self.register(part, senses))
            })
            .collect()
    }

    fn register(&mut self, word: &str, senses: Vec<Present>) -> u32 {
        let id = self.words.intern(word);
        if id as usize == self.senses.len() {
            self.senses.push(senses);
        }
        id
    }
}

fn chinese(line: &Line<'_>, latin: &mut Interner, lookup: &mut Lookup<'_>) -> Sentence {
    let mut sentence = measure(line, numbers::chinese(line.text));
    let mut start = 0;
    for word in lookup.lexicon.words(line.text) {
        if word.chars().any(han::is_han) && !sentence.counts(start, word.len()) {
            sentence.words.extend(lookup.types(word));
        }
        start += word.len();
    }
    for (start, word) in latin::words_at(line.text) {
        if !sentence.counts(start, word.len()) {
            sentence.latin.push(latin.intern(&word.to_lowercase()));
        }
    }
    sentence
}

/// The most comparisons made in search of mangled names; books would take minutes.
const COMPARISONS: usize = 20_000_000;
/// What is less alike than this is another name.
const ALIKE: f32 = 0.6;

/// Latin types of the Chinese side that stand nowhere in the English but resemble a word that does, best first; none at
/// all if the documents have too many words to compare them all.
fn alike(latin: &Interner, en: &[Sentence]) -> Vec<Vec<(u32, f32)>> {
    let mut like = vec![Vec::new(); latin.types.len()];
    let in_english: HashSet<u32> = en.iter().flat_map(|s| &s.latin).copied().collect();
    let sorted: BTreeMap<&str, u32> = latin.types.iter().map(|(w, &id)| (w.as_str(), id)).collect();
    let pairs = sorted.into_iter().filter(|(w, _)| w.len() >= 5).map(|(w, id)| (latin::pairs(w), id));
    let (known, strangers): (Vec<_>, Vec<_>) = pairs.partition(|(_, id)| in_english.contains(id));
    if known.len() * strangers.len() > COMPARISONS {
        return like;
    }
    for (stranger, id) in strangers {
        let Some(found) = like.get_mut(id as usize) else { continue };
        for (word, other) in &known {
            let similarity = latin::similarity(&stranger, word);
            if similarity >= ALIKE {
                found.push((*other, similarity));
            }
        }
        // Stable: equally similar words stay in alphabetical order.
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
    }
    like
}
