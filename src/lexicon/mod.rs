//! What translates what: a bilingual lexicon and the Chinese tokeniser that knows its words.
//!
//! Its sources: two glossaries (`corpora/glossary/`: security terms, and the commonest words of news and novels), general
//! vocabulary with weights (`corpora/lexicon/general.lexicon`, see [`Table`]), all compiled in, and with the feature
//! `cedict` CC-CEDICT. English words are known by the numbers of their stems, so that `encrypts` and `encryption` meet
//! where the stemmer (Porter2) makes them meet.

mod cedict;
mod english;
mod glossary;
mod strings;
mod table;

pub use english::{content_stems, is_function_word, stem};
pub use glossary::{Entry, parse_glossary};
pub use strings::Strings;
pub use table::{Table, Word};

use crate::text::{han, hex};
use jieba_rs::Jieba;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::LazyLock;

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
    table: Table,
    /// Senses from glossaries, of several words too.
    phrases: HashMap<String, Vec<Sense>>,
    /// Stems that only glossaries know, numbered behind those of the table.
    more_stems: HashMap<String, u32>,
    jieba: Jieba,
    hash: String,
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
        let jieba = tokeniser(&table);
        let mut lexicon =
            Self { table, phrases: HashMap::new(), more_stems: HashMap::new(), jieba, hash: String::new() };
        for entry in entries {
            hasher.update(format!("{}\t{}\n", entry.zh, entry.en));
            lexicon.add(&entry.zh, &entry.en, 1.0);
        }
        lexicon.hash = hex::digits(hasher.finalize().get(..6).unwrap_or_default());
        lexicon
    }

    /// Adds a rendering, unless it has no content word or more than four.
    fn add(&mut self, zh: &str, en: &str, weight: f32) {
        if zh.chars().all(han::is_han) && !self.jieba.has_word(zh) {
            self.jieba.add_word(zh, None, None);
        }
        let stems: Vec<u32> = english::content_stems(en).map(|s| self.number(s)).collect();
        if (1..=LONGEST_SENSE).contains(&stems.len()) {
            self.phrases.entry(zh.to_owned()).or_default().push(Sense { stems, weight });
        }
    }

    fn number(&mut self, stem: String) -> u32 {
        let next = (self.table.stems().len() + self.more_stems.len()) as u32;
        self.table.stems().find(&stem).unwrap_or_else(|| *self.more_stems.entry(stem).or_insert(next))
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
        let own = || self.more_stems.iter().find(|(_, n)| **n == number).map_or("", |(stem, _)| stem);
        if (number as usize) < self.table.stems().len() { self.table.stems().get(number) } else { own() }
    }

    /// The renderings of a Chinese word; empty for one that it does not know.
    pub fn senses(&self, word: &str) -> Vec<Sense> {
        let mut senses = self.phrases.get(word).cloned().unwrap_or_default();
        if let Some(number) = self.table.words().find(word) {
            senses.extend(
                self.table.renderings(number).map(|(stem, weight)| Sense { stems: vec![stem], weight }),
            );
        }
        cedict::senses(word, |gloss| {
            let stems: Vec<u32> =
                english::content_stems(gloss).filter_map(|s| self.stem_number(&s)).collect();
            if (1..=LONGEST_SENSE).contains(&stems.len()) {
                senses.push(Sense { stems, weight: cedict::WEIGHT });
            }
        });
        senses
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
    fn cuts_unknown_words_into_known_parts() {
        assert_eq!(Lexicon::builtin().parts("大学服务器"), ["大学", "服务器"]);
        assert!(Lexicon::builtin().parts("大").is_empty());
    }
}
