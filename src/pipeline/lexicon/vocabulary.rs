//! The words of either language, from frequency lists and glossaries.

use crate::error::{Error, Result};
use crate::lexicon::Entry;
use crate::text::han;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

/// Words with their frequencies, no word twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// By falling frequency; what no list knows comes last.
    pub words: Vec<(String, u64)>,
}

impl Vocabulary {
    /// The `most` commonest words of Han characters in a list of `word frequency` lines, whatever follows in a line (the
    /// form of jieba's `dict.txt`).
    ///
    /// # Errors
    /// A line without a frequency, with its number.
    pub fn chinese(list: &str, most: usize) -> Result<Self> {
        Self::read(list, most, |word| word.chars().all(han::is_han))
    }

    /// The `most` commonest words of at least two letters a–z, likewise.
    ///
    /// # Errors
    /// A line without a frequency, with its number.
    pub fn english(list: &str, most: usize) -> Result<Self> {
        Self::read(list, most, is_english)
    }

    fn read(list: &str, most: usize, wanted: impl Fn(&str) -> bool) -> Result<Self> {
        let mut known: BTreeMap<&str, u64> = BTreeMap::new();
        for (line, text) in list.trim_start_matches('\u{feff}').lines().enumerate() {
            let mut columns = text.split_whitespace();
            let Some(word) = columns.next() else { continue };
            let frequency: u64 = columns.next().and_then(|f| f.parse().ok()).ok_or_else(|| {
                Error::input("a word needs its frequency behind it")
                    .on_line(line as u64 + 1)
                    .remedy("write `word frequency`, one word a line, as jieba's dict.txt does")
            })?;
            if wanted(word) {
                let entry = known.entry(word).or_default();
                *entry = frequency.max(*entry);
            }
        }
        let mut words: Vec<(String, u64)> = known.into_iter().map(|(word, f)| (word.to_owned(), f)).collect();
        words.sort_by_key(|(_, frequency)| Reverse(*frequency));
        words.truncate(most);
        Ok(Self { words })
    }

    fn add(&mut self, words: impl Iterator<Item = String>) {
        let mut known: HashSet<String> = self.words.iter().map(|(word, _)| word.clone()).collect();
        self.words.extend(words.filter(|word| known.insert(word.clone())).map(|word| (word, 0)));
    }

    /// Adds the Chinese terms of a glossary.
    pub fn add_terms(&mut self, entries: &[Entry]) {
        let all_han = |term: &&String| !term.is_empty() && term.chars().all(han::is_han);
        self.add(entries.iter().map(|e| &e.zh).filter(all_han).cloned());
    }

    /// Adds the words of a glossary's English renderings.
    pub fn add_renderings(&mut self, entries: &[Entry]) {
        let parts = entries.iter().flat_map(|e| e.en.split(|c: char| !c.is_ascii_alphabetic()));
        self.add(parts.map(str::to_ascii_lowercase).filter(|word| is_english(word)));
    }

    /// The words alone.
    pub(super) fn texts(&self) -> Vec<&str> {
        self.words.iter().map(|(word, _)| word.as_str()).collect()
    }
}

fn is_english(word: &str) -> bool {
    word.len() >= 2 && word.bytes().all(|b| b.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(zh: &str, en: &str) -> Entry {
        Entry { zh: zh.to_owned(), en: en.to_owned(), category: "x".to_owned() }
    }

    #[test]
    fn the_commonest_words_come_first_and_equals_in_order() {
        let mut zh = Vocabulary::chinese("B超 3 n\n乙 5 n\n甲 9\n\n丙 5 n\n丁 1\n", 3).unwrap();
        zh.add_terms(&[entry("漏洞", "flaw"), entry("甲", "first"), entry("C2服务器", "C2 server")]);
        let words: Vec<(&str, u64)> = zh.words.iter().map(|(w, f)| (w.as_str(), *f)).collect();
        assert_eq!(words, [("甲", 9), ("丙", 5), ("乙", 5), ("漏洞", 0)]);
    }

    #[test]
    fn english_words_come_from_lists_and_renderings() {
        let mut en = Vocabulary::english("\u{feff}the 9\na 8\nit's 7\nserver 2\n", 9).unwrap();
        en.add_renderings(&[entry("x", "C2 Server-side flaw")]);
        assert_eq!(en.texts(), ["the", "server", "side", "flaw"]);
    }

    #[test]
    fn a_line_without_a_frequency_is_named() {
        let error = Vocabulary::english("the 9\nof many\n", 9).unwrap_err();
        assert_eq!(error.at("en.txt").to_string(), "en.txt:2: a word needs its frequency behind it");
    }
}
