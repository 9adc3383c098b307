//! What translates what: a bilingual lexicon and the Chinese tokeniser that knows its words.
//!
//! Two sources, asked in this order: the security glossary (`corpora/glossary/security.tsv`, compiled in) and, with
//! the feature `cedict`, CC-CEDICT. A [`Sense`] is one English rendering of a Chinese word, kept as the stems of its
//! content words, so that `encrypts` and `encryption` meet where the stemmer (Porter2) makes them meet.

mod cedict;
mod english;
mod glossary;

pub use english::{is_function_word, stem};
pub use glossary::{Entry, parse_glossary};

use crate::text::{han, hex};
use jieba_rs::Jieba;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

/// One English rendering of a Chinese word.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sense {
    /// The stems of its content words, in order; never empty.
    pub stems: Vec<String>,
}

impl Sense {
    /// The sense that an English phrase names; `None` if it has no content word or more than four.
    pub fn of(phrase: &str) -> Option<Self> {
        let stems: Vec<String> =
            english::words(phrase).filter(|w| !is_function_word(w)).map(|w| stem(&w)).collect();
        (1..=4).contains(&stems.len()).then_some(Self { stems })
    }
}

/// The lexicon.
pub struct Lexicon {
    glossary: HashMap<String, Vec<Sense>>,
    jieba: Jieba,
    hash: String,
    /// Renderings of words that were asked for: reading them out of glosses takes far longer than looking them up.
    asked: RwLock<HashMap<String, Arc<[Sense]>>>,
}

/// Names the tokeniser's edition, whose dictionary decides what a word is; `Cargo.toml` pins it.
const JIEBA: &str = "jieba-rs-0.11.0";

/// The most words whose renderings are remembered; the dictionary has about as many.
const REMEMBERED: usize = 1 << 17;

static BUILTIN: LazyLock<Lexicon> = LazyLock::new(|| {
    let entries = parse_glossary(include_str!("../../corpora/glossary/security.tsv")).unwrap_or_default();
    Lexicon::new(&entries)
});

impl Lexicon {
    /// The lexicon that is compiled in; loaded at the first call (a few hundred milliseconds).
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// A lexicon of these glossary entries over the general vocabulary.
    pub fn new(entries: &[Entry]) -> Self {
        let mut glossary: HashMap<String, Vec<Sense>> = HashMap::new();
        let mut hasher = Sha256::new();
        let mut jieba = std::thread::scope(|scope| {
            let loading = scope.spawn(Jieba::new);
            cedict::load();
            loading.join().unwrap_or_else(|_| Jieba::new())
        });
        for entry in entries {
            hasher.update(format!("{}\t{}\n", entry.zh, entry.en));
            if entry.zh.chars().all(han::is_han) && !jieba.has_word(&entry.zh) {
                jieba.add_word(&entry.zh, None, None);
            }
            if let Some(sense) = Sense::of(&entry.en) {
                glossary.entry(entry.zh.clone()).or_default().push(sense);
            }
        }
        hasher.update(cedict::VERSION);
        hasher.update(JIEBA);
        let hash = hex::digits(hasher.finalize().get(..6).unwrap_or_default());
        Self { glossary, jieba, hash, asked: RwLock::default() }
    }

    /// Identifies the lexicon's content: 12 hexadecimal digits.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Cuts Chinese text into words; whatever is not Chinese comes along as it is.
    pub fn words<'t>(&self, text: &'t str) -> Vec<&'t str> {
        self.jieba.cut(text, true).into_iter().map(|token| token.word).collect()
    }

    /// The renderings of a Chinese word, sorted, each once; empty for a word it does not know.
    pub fn senses(&self, word: &str) -> Arc<[Sense]> {
        let asked = self.asked.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = asked.get(word) {
            return known.clone();
        }
        drop(asked);
        let senses = self.read_senses(word);
        let mut asked = self.asked.write().unwrap_or_else(PoisonError::into_inner);
        if asked.len() < REMEMBERED {
            asked.insert(word.to_owned(), senses.clone());
        }
        senses
    }

    fn read_senses(&self, word: &str) -> Arc<[Sense]> {
        let mut senses = self.glossary.get(word).cloned().unwrap_or_default();
        cedict::senses(word, &mut senses);
        senses.sort();
        senses.dedup();
        senses.into()
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
        self.glossary.contains_key(word) || cedict::knows(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_trade_and_the_language() {
        let lexicon = Lexicon::builtin();
        assert_eq!(lexicon.words("攻击者部署勒索软件"), ["攻击者", "部署", "勒索软件"]);
        assert!(lexicon.senses("勒索软件").contains(&Sense::of("ransomware").unwrap()));
        assert!(lexicon.senses("不是一个词").is_empty());
    }

    #[test]
    #[cfg(feature = "cedict")]
    fn cuts_unknown_words_into_known_parts() {
        assert_eq!(Lexicon::builtin().parts("大学服务器"), ["大学", "服务器"]);
        assert!(Lexicon::builtin().parts("大").is_empty());
    }
}
