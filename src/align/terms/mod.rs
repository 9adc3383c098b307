//! What the sentences of two documents are made of, ready for comparison.
//!
//! Words are interned: a *type* is a number. Weights are inverse document frequencies over the sentences of the same
//! side, so that what stands in every sentence of an article counts little. A type's *row* says in which sentences of
//! the other side it finds a partner, and how good a one.

mod lookup;
mod names;
mod rows;
mod sentence;

use super::{Line, fragments};
use crate::lexicon::Lexicon;
use crate::model::Sides;
use crate::text::numbers::{self, Quantity};
use foldhash::HashMap;
use lookup::Lookup;
use rows::{agreeing, postings};
use sentence::{English, chinese};

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
    /// Whether it is the first of its paragraph; `None` if the text came without paragraphs.
    pub opens: Option<bool>,
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

impl Terms {
    /// Analyses both sides.
    pub fn new(lines: &Sides<Vec<Line<'_>>>, lexicon: &Lexicon) -> Self {
        let mut english = English::default();
        let en: Vec<Sentence> = lines.en.iter().map(|line| english.sentence(line)).collect();
        let English { words, mut latin, word_of, .. } = english;
        let mut lookup = Lookup::new(lexicon, &words);
        let zh: Vec<Sentence> = lines.zh.iter().map(|line| chinese(line, &mut latin, &mut lookup)).collect();
        let senses = lookup.senses;
        let mut terms = Self { zh, en, ..Self::default() };
        fragments::mark(&mut terms.zh, &lines.zh);
        fragments::mark(&mut terms.en, &lines.en);
        mark_openings(&mut terms.zh, &lines.zh);
        mark_openings(&mut terms.en, &lines.en);
        terms.weigh(senses.len(), words.types.len(), latin.types.len());
        terms.pair_words(&senses, words.types.len());
        terms.pair_latin(&latin, &words, &word_of);
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

/// Marks the first sentences of paragraphs, if all sentences say which is theirs.
fn mark_openings(sentences: &mut [Sentence], lines: &[Line<'_>]) {
    if lines.iter().any(|line| line.paragraph.is_none()) {
        return;
    }
    let mut before = None;
    for (sentence, line) in sentences.iter_mut().zip(lines) {
        sentence.opens = Some(before != line.paragraph);
        before = line.paragraph;
    }
}
