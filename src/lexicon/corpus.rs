//! Aligned text as training sees it: the words of each bead, by number.

use super::ibm::{self, Config};
use super::{Lexicon, Overlay, english};
use crate::error::Result;
use crate::model::Sides;
use crate::text::numbers::{self, Quantity};
use crate::text::{han, latin};
use std::collections::HashMap;

/// The words of one bead.
pub type Words = Sides<Vec<String>>;

/// The words of a bead, given its sentences: Chinese words as the lexicon cuts them, English content stems; those that
/// spell a number are left out, and so are Latin words that stand on both sides, which explain each other.
///
/// Other Latin words of the Chinese side come along to explain what they stand for (`RCE`, `remote code execution`).
pub fn words<S: AsRef<str>>(lexicon: &Lexicon, bead: Sides<&[S]>) -> Words {
    let (mut zh, mut foreign, mut en) = (Vec::new(), Vec::new(), Vec::new());
    for text in bead.zh.iter().map(AsRef::as_ref) {
        let quantities = numbers::chinese(text);
        let mut start = 0;
        for word in lexicon.words(text) {
            if word.chars().any(han::is_han) && !counts(&quantities, start, word.len()) {
                zh.push(word.to_owned());
            }
            start += word.len();
        }
        foreign.extend(written(text, &quantities));
    }
    for text in bead.en.iter().map(AsRef::as_ref) {
        en.extend(written(text, &numbers::english(text)).map(|word| english::stem(&word)));
    }
    for word in foreign {
        match en.iter().position(|other| *other == english::stem(&word)) {
            Some(at) => _ = en.remove(at),
            None => zh.push(word),
        }
    }
    Sides::new(zh, en)
}

/// The Latin content words of a text in lower case, but for those that spell a number.
fn written<'t>(text: &'t str, quantities: &[Quantity]) -> impl Iterator<Item = String> + use<'t> {
    let free = latin::words_at(text).filter(|(start, word)| !counts(quantities, *start, word.len()));
    let words = free.map(|(_, word)| word.to_lowercase()).filter(|word| !english::is_function_word(word));
    words.collect::<Vec<_>>().into_iter()
}

/// Whether the bytes are part of a quantity.
fn counts(quantities: &[Quantity], start: usize, length: usize) -> bool {
    quantities.iter().any(|q| !q.weak && q.span.start() < start + length && start < q.span.end())
}

/// Beads of words; a word is held once, a bead as the numbers of its words.
#[derive(Debug, Default)]
pub struct Corpus {
    vocabulary: Sides<Vocabulary>,
    beads: Vec<Sides<Vec<u32>>>,
}

#[derive(Debug, Default)]
struct Vocabulary {
    numbers: HashMap<String, u32>,
}

impl Vocabulary {
    fn number(&mut self, word: String) -> u32 {
        let next = self.numbers.len() as u32;
        *self.numbers.entry(word).or_insert(next)
    }

    /// The words by number.
    fn words(&self) -> Vec<&str> {
        let mut words: Vec<(u32, &str)> = self.numbers.iter().map(|(word, &n)| (n, word.as_str())).collect();
        words.sort_unstable();
        words.into_iter().map(|(_, word)| word).collect()
    }
}

impl Corpus {
    /// Adds a bead, unless a side of it has no words.
    pub fn add(&mut self, words: Words) {
        if !words.zh.is_empty() && !words.en.is_empty() {
            let Sides { zh, en } = words;
            let zh = zh.into_iter().map(|word| self.vocabulary.zh.number(word)).collect();
            let en = en.into_iter().map(|word| self.vocabulary.en.number(word)).collect();
            self.beads.push(Sides::new(zh, en));
        }
    }

    /// How many beads it has.
    pub fn len(&self) -> usize {
        self.beads.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.beads.is_empty()
    }

    /// What the beads teach beyond the lexicon: renderings that it does not have, or only with less weight.
    ///
    /// # Errors
    /// None in practice: the words are the lexicon's own.
    pub fn train(&self, lexicon: &Lexicon, config: &Config) -> Result<Overlay> {
        let (zh, en) = (self.vocabulary.zh.words(), self.vocabulary.en.words());
        let known: Vec<Known> = zh.iter().map(|word| self.known(lexicon, word)).collect();
        let prior = |zh: u32, en: u32| {
            known.get(zh as usize).and_then(|k| k.prior.get(&en)).copied().unwrap_or_default()
        };
        let mut overlay = Overlay::default();
        for learned in ibm::train(&self.beads, prior, config) {
            let (Some(word), Some(stem), Some(known)) =
                (zh.get(learned.zh as usize), en.get(learned.en as usize), known.get(learned.zh as usize))
            else {
                continue;
            };
            // The aligner asks for Chinese words only.
            if word.chars().any(han::is_han) && learned.weight > known.alone(learned.en) {
                overlay.add(word, stem, learned.weight)?;
            }
        }
        Ok(overlay)
    }

    fn known(&self, lexicon: &Lexicon, word: &str) -> Known {
        let mut known = Known::default();
        for sense in lexicon.senses(word) {
            let alone = sense.stems.len() == 1;
            for stem in sense.stems {
                let Some(&en) = self.vocabulary.en.numbers.get(lexicon.stem_text(stem)) else { continue };
                for map in [Some(&mut known.prior), alone.then_some(&mut known.alone)].into_iter().flatten() {
                    let weight = map.entry(en).or_default();
                    *weight = weight.max(sense.weight);
                }
            }
        }
        known
    }
}

/// What a lexicon knows of a Chinese word: weights of English words.
#[derive(Debug, Default)]
struct Known {
    /// As part of a rendering.
    prior: HashMap<u32, f32>,
    /// As a rendering of their own.
    alone: HashMap<u32, f32>,
}

impl Known {
    fn alone(&self, en: u32) -> f32 {
        self.alone.get(&en).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(zh: &str, en: &str) -> Words {
        words(Lexicon::builtin(), Sides::new(&[zh], &[en]))
    }

    #[test]
    fn numbers_names_and_function_words_stay_out() {
        let words = of("Acme的500万台服务器被RCE漏洞攻破", "The RCE flaw broke 5 million servers of Acme");
        assert!(words.zh.contains(&"服务器".to_owned()), "{words:?}");
        assert_eq!(words.en, ["flaw", "broke", "server"]);
        assert!(words.zh.iter().all(|word| word.chars().all(han::is_han)), "{words:?}");
        assert!(of("使用RCE", "remote code execution").zh.contains(&"rce".to_owned()));
    }

    #[test]
    fn what_is_not_known_yet_is_learned() {
        let lexicon = Lexicon::builtin();
        let mut corpus = Corpus::default();
        for (zh, en) in [
            ("攻击者部署阿卡云", "attackers deployed zorblat"),
            ("阿卡云服务器", "zorblat servers"),
            ("阿卡云漏洞", "zorblat flaw"),
        ] {
            corpus.add(of(zh, en));
        }
        let overlay = corpus.train(lexicon, &Config::default()).unwrap();
        assert!(overlay.iter().any(|(zh, en, _)| "阿卡云".contains(zh) && en == "zorblat"), "{overlay:?}");
        assert!(!overlay.iter().any(|(_, en, _)| en == "server"), "{overlay:?}");
    }
}
