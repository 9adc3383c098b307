//! What the sentences of two documents are made of, ready for comparison.
//!
//! Words are interned: a *type* is a number. Weights are inverse document frequencies over the sentences of the same
//! side, so that what stands in every sentence of an article counts little.

use super::Line;
use crate::lexicon::{Lexicon, Sense, is_function_word, stem};
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
    /// Whether it is a picture's credit, such as `Source: X`.
    pub credit: bool,
    /// Whether it ends as sentences do; headings, captions and list items often do not.
    pub ended: bool,
    /// Whether it begins with a list marker: `1.`, `（2）`, `·`, `*`.
    pub item: bool,
}

/// The sentences of both sides with the tables that compare them.
#[derive(Debug, Default)]
pub struct Terms {
    /// Chinese sentences.
    pub zh: Vec<Sentence>,
    /// English sentences.
    pub en: Vec<Sentence>,
    /// For each Chinese word type, the senses that could be found in this English text: English word types.
    pub senses: Vec<Vec<Vec<u32>>>,
    /// Weights of Chinese word types.
    pub zh_weight: Vec<f32>,
    /// Weights of English word types.
    pub en_weight: Vec<f32>,
    /// Weights of Latin types.
    pub latin_weight: Vec<f32>,
    /// For each Latin type, the English word type it also is.
    pub latin_word: Vec<Option<u32>>,
    /// For each Latin type, similar types (mangled names): type and similarity below 1.
    pub latin_like: Vec<Vec<(u32, f32)>>,
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

impl Terms {
    /// Analyses both sides.
    pub fn new(lines: &Sides<Vec<Line<'_>>>, lexicon: &Lexicon) -> Self {
        let mut terms = Self::default();
        let (mut zh_words, mut en_words, mut latin) =
            (Interner::default(), Interner::default(), Interner::default());
        terms.en = lines.en.iter().map(|line| english(line, &mut en_words, &mut latin)).collect();
        terms.latin_word = vec![None; latin.types.len()];
        for (word, &id) in &latin.types {
            if let Some(slot) = terms.latin_word.get_mut(id as usize) {
                *slot = en_words.types.get(&stem(word)).copied();
            }
        }
        let mut lookup = Lookup { lexicon, en_words: &en_words, senses: &mut terms.senses };
        terms.zh =
            lines.zh.iter().map(|line| chinese(line, &mut zh_words, &mut latin, &mut lookup)).collect();
        terms.latin_word.resize(latin.types.len(), None);
        terms.latin_like = alike(&latin, &terms.en);
        terms.weigh(zh_words.types.len(), en_words.types.len(), latin.types.len());
        terms
    }

    fn weigh(&mut self, zh_types: usize, en_types: usize, latin_types: usize) {
        self.zh_weight = idf(self.zh.iter().map(|s| &s.words), zh_types);
        self.en_weight = idf(self.en.iter().map(|s| &s.words), en_types);
        self.latin_weight = idf(self.zh.iter().chain(&self.en).map(|s| &s.latin), latin_types);
        self.quantity_weight = (1.0 + (self.zh.len() + self.en.len()) as f32 / 4.0).ln();
        let each = self.quantity_weight;
        let sum = |types: &[u32], weights: &[f32]| types.iter().map(|&t| at(weights, t)).sum::<f32>();
        let numbers = |s: &Sentence| each * s.quantities.iter().filter(|q| !q.weak).count() as f32;
        for s in &mut self.zh {
            s.mass = sum(&s.words, &self.zh_weight) + sum(&s.latin, &self.latin_weight) + numbers(s);
        }
        for s in &mut self.en {
            s.mass = sum(&s.words, &self.en_weight) + numbers(s);
        }
        let mean = |side: &[Sentence]| {
            let sum: f32 = side.iter().map(|s| s.mass).sum();
            (sum / side.len().max(1) as f32).max(1e-3)
        };
        self.mean_mass = Sides::new(mean(&self.zh), mean(&self.en));
        let length = |side: &[Sentence]| side.iter().map(|s| s.length).sum::<f32>().max(1.0);
        self.length_ratio = (length(&self.en) / length(&self.zh)).clamp(1.0, 8.0);
    }
}

/// The weight of a type; 0 for one that does not exist.
pub fn at(weights: &[f32], index: u32) -> f32 {
    weights.get(index as usize).copied().unwrap_or(0.0)
}

/// Inverse document frequency, `ln(1 + N / df)`, of each type over the sentences.
fn idf<'a>(sentences: impl Iterator<Item = &'a Vec<u32>>, types: usize) -> Vec<f32> {
    let mut frequency = vec![0u32; types];
    let mut count = 0u32;
    for words in sentences {
        count += 1;
        let mut distinct = words.clone();
        distinct.sort_unstable();
        distinct.dedup();
        for word in distinct {
            if let Some(slot) = frequency.get_mut(word as usize) {
                *slot += 1;
            }
        }
    }
    frequency.into_iter().map(|df| (1.0 + count as f32 / df.max(1) as f32).ln()).collect()
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

/// Whether the last character, closing quotes and brackets aside, ends a sentence.
fn is_ended(text: &str) -> bool {
    let closing = |c: char| c.is_whitespace() || "\"'”’」』）)]】》*_".contains(c);
    text.trim_end_matches(closing).ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？', '：', '；'])
}

/// Whether a line begins with a bullet or an ordinal.
fn is_item(text: &str) -> bool {
    let text = text.trim_start();
    let rest = text.trim_start_matches(['(', '（', '[']).trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = rest.len() < text.len() && rest.starts_with(['.', '、', ')', '）', ']', '．']);
    numbered
        || text.starts_with(['·', '•', '*', '-', '–', '▪', '◦', '●', '○', '■', '➤'])
        || text.starts_with(|c| ('①'..='⑳').contains(&c))
}

/// Whether a line credits a picture: `Source: X`, `Image: X`, `来源：X`, with few words.
fn is_credit(text: &str) -> bool {
    let head = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let lower = head.to_lowercase();
    let named = ["source", "image", "photo", "credit", "来源", "图源", "图片来源"].iter().any(|w| {
        lower
            .strip_prefix(w)
            .is_some_and(|rest| rest.trim_start_matches("s").trim_start().starts_with([':', '：']))
    });
    named && text.chars().count() <= 80
}

struct Lookup<'l> {
    lexicon: &'l Lexicon,
    en_words: &'l Interner,
    senses: &'l mut Vec<Vec<Vec<u32>>>,
}

impl Lookup<'_> {
    /// The senses of a word, all their stems being in the English text at least half.
    fn senses_of(&self, word: &str) -> Option<Vec<Vec<u32>>> {
        let senses = self.lexicon.senses(word);
        (!senses.is_empty()).then(|| senses.iter().filter_map(|s| self.present(s)).collect())
    }

    /// A sense's stems that stand in the English text, padded with a type that stands nowhere for the others;
    /// `None` if fewer than half stand there.
    fn present(&self, sense: &Sense) -> Option<Vec<u32>> {
        let types: Vec<u32> =
            sense.stems.iter().map(|s| self.en_words.types.get(s).copied().unwrap_or(u32::MAX)).collect();
        let found = types.iter().filter(|&&t| t != u32::MAX).count();
        (found * 2 >= types.len() && found > 0).then_some(types)
    }
}

fn chinese(line: &Line<'_>, words: &mut Interner, latin: &mut Interner, lookup: &mut Lookup<'_>) -> Sentence {
    let mut sentence = measure(line, numbers::chinese(line.text));
    let mut start = 0;
    for word in lookup.lexicon.words(line.text) {
        if word.chars().any(han::is_han) && !sentence.counts(start, word.len()) {
            sentence.words.extend(known_parts(word, words, lookup));
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

/// The types of a word, or of its known parts; none for a word without renderings.
fn known_parts(word: &str, words: &mut Interner, lookup: &mut Lookup<'_>) -> Vec<u32> {
    if let Some(&id) = words.types.get(word) {
        return vec![id];
    }
    let found: Vec<(&str, Vec<Vec<u32>>)> = match lookup.senses_of(word) {
        Some(senses) => vec![(word, senses)],
        None => {
            let parts = lookup.lexicon.parts(word);
            parts.into_iter().filter_map(|part| Some((part, lookup.senses_of(part)?))).collect()
        }
    };
    found.into_iter().map(|(word, senses)| register(word, senses, words, lookup.senses)).collect()
}

fn register(word: &str, senses: Vec<Vec<u32>>, words: &mut Interner, table: &mut Vec<Vec<Vec<u32>>>) -> u32 {
    let id = words.intern(word);
    if id as usize >= table.len() {
        table.resize(id as usize + 1, Vec::new());
        if let Some(slot) = table.get_mut(id as usize) {
            *slot = senses;
        }
    }
    id
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
