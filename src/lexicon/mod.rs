//! What translates what: a bilingual lexicon and the Chinese tokeniser that knows its words.
//!
//! Its sources: two glossaries (`corpora/glossary/`: security terms, and the commonest words of news and novels), general
//! vocabulary with weights (`corpora/lexicon/general.lexicon`, see [`Table`]), all compiled in, and with the feature
//! `cedict` CC-CEDICT. English words are known by the numbers of their stems, so that `encrypts` and `encryption` meet
//! where the stemmer (Porter2) makes them meet.

mod cedict;
mod corpus;
mod english;
mod glossary;
pub mod ibm;
mod overlay;
mod reverse;
mod strings;
mod table;
pub mod terms;

pub use corpus::{Corpus, Words, words};
pub use english::{content_stems, is_function_word, stem};
pub use glossary::{Entry, parse_glossary};
pub use overlay::Overlay;
use reverse::Reverse;
pub use strings::Strings;
pub use table::{Table, Word};

use crate::text::{han, hex};
use jieba_rs::Jieba;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, LazyLock, OnceLock};

/// One English rendering of a Chinese word.
#[derive(Debug, Clone, PartialEq)]
pub struct Sense {
    /// The stems of its content words by number, in order; never empty.
    pub stems: Vec<u32>,
    /// How well it renders the word, 0–1.
    pub weight: f32,
}

/// The lexicon.
pub struct Lexicon {
    table: Arc<Table>,
    /// Senses from glossaries and overlays, of several words too.
    phrases: HashMap<String, Vec<Sense>>,
    /// Stems that only those know, numbered behind those of the table.
    more_stems: HashMap<String, u32>,
    more_texts: Vec<String>,
    jieba: Arc<Jieba>,
    hash: String,
    /// The table read backwards, once somebody asks.
    reverse: Arc<OnceLock<Reverse>>,
    /// The same of `phrases`: stems → words with weights.
    phrases_of: OnceLock<HashMap<u32, Vec<(String, f32)>>>,
}

/// Names the tokeniser's edition, whose model decides what an unknown word is; `Cargo.toml` pins it.
const JIEBA: &str = "jieba-rs-0.11.0";

/// The most content words of a sense; longer glosses explain rather than render.
const LONGEST_SENSE: usize = 4;

const GENERAL: &[u8] = include_bytes!("../../corpora/lexicon/general.lexicon");
const GLOSSARIES: [&str; 2] =
    [include_str!("../../corpora/glossary/security.tsv"), include_str!("../../corpora/glossary/general.tsv")];

static BUILTIN: LazyLock<Lexicon> = LazyLock::new(|| {
    let entries: Vec<Entry> =
        GLOSSARIES.iter().flat_map(|text| parse_glossary(text).unwrap_or_default()).collect();
    Lexicon::new(Table::read(GENERAL).unwrap_or_default(), &entries)
});

impl Lexicon {
    /// The lexicon that is compiled in; loaded at the first call.
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// A lexicon of general vocabulary and of glossary entries, each of which has full weight.
    pub fn new(table: Table, entries: &[Entry]) -> Self {
        let mut hasher = Sha256::new();
        for part in [JIEBA, cedict::VERSION] {
            hasher.update(part);
        }
        table.digest(&mut hasher);
        let jieba = Arc::new(tokeniser(&table));
        let mut lexicon = Self {
            table: Arc::new(table),
            phrases: HashMap::new(),
            more_stems: HashMap::new(),
            more_texts: Vec::new(),
            jieba,
            hash: String::new(),
            reverse: Arc::default(),
            phrases_of: OnceLock::new(),
        };
        for entry in entries {
            hasher.update(format!("{}\t{}\n", entry.zh, entry.en));
            lexicon.add(&entry.zh, &entry.en, 1.0);
        }
        lexicon.hash = hex::digits(hasher.finalize().get(..6).unwrap_or_default());
        lexicon
    }

    /// Adds a rendering, unless it has no content word or more than four.
    fn add(&mut self, zh: &str, en: &str, weight: f32) {
        self.learn_word(zh);
        let stems: Vec<u32> = english::content_stems(en).map(|s| self.number(s)).collect();
        if (1..=LONGEST_SENSE).contains(&stems.len()) {
            self.phrases.entry(zh.to_owned()).or_default().push(Sense { stems, weight });
        }
    }

    /// Makes the tokeniser know a word; another lexicon's keeps as it is.
    fn learn_word(&mut self, zh: &str) {
        if zh.chars().all(han::is_han) && !self.jieba.has_word(zh) {
            Arc::make_mut(&mut self.jieba).add_word(zh, None, None);
        }
    }

    /// The lexicon with an overlay's renderings beside its own; where both have one, the greater weight counts. It
    /// shares what is large with this one.
    #[must_use]
    pub fn overlaid(&self, overlay: &Overlay) -> Self {
        let mut lexicon = Self {
            table: Arc::clone(&self.table),
            phrases: self.phrases.clone(),
            more_stems: self.more_stems.clone(),
            more_texts: self.more_texts.clone(),
            jieba: Arc::clone(&self.jieba),
            hash: String::new(),
            reverse: Arc::clone(&self.reverse),
            phrases_of: OnceLock::new(),
        };
        for (zh, en, weight) in overlay.iter() {
            lexicon.learn_word(zh);
            let stems = vec![lexicon.number(en.to_owned())];
            lexicon.phrases.entry(zh.to_owned()).or_default().push(Sense { stems, weight });
        }
        let hash = Sha256::digest(format!("{}+{}", self.hash, overlay.hash()));
        lexicon.hash = hex::digits(hash.get(..6).unwrap_or_default());
        lexicon
    }

    fn number(&mut self, stem: String) -> u32 {
        if let Some(known) = self.stem_number(&stem) {
            return known;
        }
        let next = (self.table.stems().len() + self.more_texts.len()) as u32;
        self.more_texts.push(stem.clone());
        self.more_stems.insert(stem, next);
        next
    }

    /// Its general vocabulary, with its provenance.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// Identifies the lexicon's content: 12 hexadecimal digits.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Cuts Chinese text into words; whatever is not Chinese comes along as it is.
    pub fn words<'t>(&self, text: &'t str) -> Vec<&'t str> {
        self.jieba.cut(text, true).into_iter().map(|token| token.word).collect()
    }

    /// The number of an English stem; none for one that renders no word.
    pub fn stem_number(&self, stem: &str) -> Option<u32> {
        self.table.stems().find(stem).or_else(|| self.more_stems.get(stem).copied())
    }

    /// The English stem of a number; empty if there is none.
    pub fn stem_text(&self, number: u32) -> &str {
        let more = (number as usize).checked_sub(self.table.stems().len());
        let Some(more) = more else { return self.table.stems().get(number) };
        self.more_texts.get(more).map_or("", String::as_str)
    }

    /// The renderings of a Chinese word; empty for one that it does not know.
    pub fn senses(&self, word: &str) -> Vec<Sense> {
        let mut senses = Vec::new();
        self.for_each_sense(word, |stems, weight| senses.push(Sense { stems: stems.to_vec(), weight }));
        senses
    }

    /// Shows every rendering of a Chinese word: the numbers of its stems, and its weight. Whether there was one.
    pub fn for_each_sense(&self, word: &str, mut show: impl FnMut(&[u32], f32)) -> bool {
        let mut known = false;
        let mut show = |stems: &[u32], weight: f32| {
            known = true;
            show(stems, weight);
        };
        for sense in self.phrases.get(word).into_iter().flatten() {
            show(&sense.stems, sense.weight);
        }
        if let Some(number) = self.table.words().find(word) {
            self.table.renderings(number).for_each(|(stem, weight)| show(&[stem], weight));
        }
        cedict::senses(word, |gloss| {
            let stems: Vec<u32> =
                english::content_stems(gloss).filter_map(|s| self.stem_number(&s)).collect();
            if (1..=LONGEST_SENSE).contains(&stems.len()) {
                show(&stems, cedict::WEIGHT);
            }
        });
        known
    }

    /// Shows every Chinese word that an English stem renders, alone or as one word of a phrase, with how well, 0–1; a phrase's
    /// weight is shared out among its words. Weak renderings are left out.
    pub fn for_each_word_of(&self, stem: u32, mut show: impl FnMut(&str, f32)) {
        let reverse = self.reverse.get_or_init(|| Reverse::new(&self.table));
        for &(word, weight) in reverse.words(stem) {
            show(self.table.words().get(word), weight);
        }
        let phrases = self.phrases_of.get_or_init(|| {
            let mut of: HashMap<u32, Vec<(String, f32)>> = HashMap::new();
            for (zh, senses) in &self.phrases {
                for sense in senses {
                    for &stem in &sense.stems {
                        of.entry(stem)
                            .or_default()
                            .push((zh.clone(), sense.weight / sense.stems.len() as f32));
                    }
                }
            }
            // The order of a hash map is nobody's business.
            of.values_mut().for_each(|words| words.sort_by(|a, b| a.0.cmp(&b.0)));
            of
        });
        for (word, weight) in phrases.get(&stem).into_iter().flatten() {
            show(word, *weight);
        }
    }

    /// Cuts a word that has no renderings of its own into the longest parts that have; single characters, which
    /// mean too much, count only as what is left between them and are not returned.
    pub fn parts<'t>(&self, word: &'t str) -> Vec<&'t str> {
        let bounds: Vec<usize> = word.char_indices().map(|(i, _)| i).chain([word.len()]).collect();
        let mut parts = Vec::new();
        let mut at = 0;
        while at + 2 < bounds.len() {
            let found =
                (at + 2..bounds.len()).rev().filter(|&end| end - at < bounds.len() - 1).find_map(|end| {
                    let part = word.get(*bounds.get(at)?..*bounds.get(end)?)?;
                    self.knows(part).then_some((part, end))
                });
            match found {
                Some((part, end)) => {
                    parts.push(part);
                    at = end;
                }
                None => at += 1,
            }
        }
        parts
    }

    fn knows(&self, word: &str) -> bool {
        self.phrases.contains_key(word) || self.table.words().find(word).is_some() || cedict::knows(word)
    }
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lexicon({})", self.hash)
    }
}

/// A tokeniser that knows the table's words; nearly all that it does not know is rare, and made of words that it does.
fn tokeniser(table: &Table) -> Jieba {
    let words = table.words().iter().enumerate().filter(|(_, word)| word.chars().all(han::is_han));
    let mut lines = String::with_capacity(table.words().as_text().len() * 2);
    for (number, word) in words {
        let frequency = table.frequency(number as u32);
        if frequency > 0 {
            lines.push_str(word);
            lines.push_str(&format!(" {frequency} x\n"));
        }
    }
    Jieba::with_dict(&mut lines.as_bytes()).unwrap_or_else(|_| Jieba::empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn knows(word: &str, en: &str) -> bool {
        let lexicon = Lexicon::builtin();
        let wanted: Vec<Option<u32>> = english::content_stems(en).map(|s| lexicon.stem_number(&s)).collect();
        lexicon.senses(word).iter().any(|s| s.stems.iter().copied().map(Some).eq(wanted.iter().copied()))
    }

    #[test]
    fn knows_the_trade_and_the_language() {
        let lexicon = Lexicon::builtin();
        assert_eq!(lexicon.words("攻击者部署勒索软件"), ["攻击者", "部署", "勒索软件"]);
        assert!(
            knows("勒索软件", "ransomware") && knows("天气", "weather") && knows("零日漏洞", "zero-day flaw")
        );
        assert!(lexicon.senses("不是一个词").is_empty());
    }

    #[test]
    fn an_overlay_lies_over_it_and_leaves_it_as_it_is() {
        let base = Lexicon::builtin();
        let mut overlay = Overlay::default();
        overlay.add("阿卡云", "zorblat", 0.8).unwrap();
        overlay.add("天气", "mood", 0.3).unwrap();
        let lexicon = base.overlaid(&overlay);
        let zorblat = lexicon.stem_number("zorblat").unwrap();
        assert_eq!(lexicon.senses("阿卡云"), [Sense { stems: vec![zorblat], weight: 0.8 }]);
        assert_eq!(lexicon.stem_text(zorblat), "zorblat");
        assert_eq!(lexicon.words("部署阿卡云"), ["部署", "阿卡云"]);
        assert_eq!(lexicon.senses("天气").len(), base.senses("天气").len() + 1);
        assert!(base.senses("阿卡云").is_empty() && base.stem_number("zorblat").is_none());
        assert_ne!(lexicon.hash(), base.hash());
        assert!(Arc::ptr_eq(&lexicon.table, &base.table));
    }

    #[test]
    fn cuts_unknown_words_into_known_parts() {
        assert_eq!(Lexicon::builtin().parts("大学服务器"), ["大学", "服务器"]);
        assert!(Lexicon::builtin().parts("大").is_empty());
    }
}
