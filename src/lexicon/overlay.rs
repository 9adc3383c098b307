//! An overlay: renderings that are laid over a lexicon, in a file that people can read and edit.
//!
//! ```text
//! # duizhao-overlay 1: made by duizhao 0.1.0 over lexicon 0123456789ab from 812 beads
//! # from aligned.jsonl sha256:…
//! zh ⇥ en_stem ⇥ weight
//! 勒索软件 ⇥ ransomwar ⇥ 0.8731
//! ```
//!
//! ⇥ is a tab. Lines that begin with `#` are for people; the first other line is the header. English words are given by their
//! stems, as [`stem`](super::stem) makes them; a weight says how well a word is rendered, over 0 up to 1.

use crate::error::{Error, Result};
use crate::text::hex;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The columns.
const HEADER: &str = "zh\ten_stem\tweight";

/// Weighted renderings of Chinese words, in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Overlay {
    /// Where it comes from: lines of text, without `# `.
    pub provenance: Vec<String>,
    renderings: BTreeMap<(String, String), f32>,
}

impl Overlay {
    /// Adds a rendering: a Chinese word, an English stem, a weight over 0 up to 1, which is rounded as the file rounds
    /// it. The greater weight holds where there is one already.
    ///
    /// # Errors
    /// If a word is empty or holds blanks, the stem is not in lower case, or the weight is out of range.
    pub fn add(&mut self, zh: &str, en: &str, weight: f32) -> Result<()> {
        if ![zh, en].iter().all(|word| is_word(word)) || en.chars().any(char::is_uppercase) {
            return Err(Error::input(format!(
                "`{zh}` and `{en}` are not a Chinese word and an English stem"
            ))
            .remedy(
                "give one word each, without blanks, the English one in lower case and cut to its stem",
            ));
        }
        let rounded = (weight * 1e4).round() / 1e4;
        if !(rounded > 0.0 && rounded <= 1.0) {
            return Err(Error::input(format!("{weight} is no weight")).remedy("give a number over 0 up to 1"));
        }
        let kept = self.renderings.entry((zh.to_owned(), en.to_owned())).or_default();
        *kept = kept.max(rounded);
        Ok(())
    }

    /// Reads a file of it.
    ///
    /// # Errors
    /// At the first line that is none of its, with its number.
    pub fn parse(text: &str) -> Result<Self> {
        let mut overlay = Self::default();
        let mut headed = false;
        for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let here = |e: Error| e.on_line(number as u64 + 1);
            if let Some(said) = line.strip_prefix('#') {
                overlay.provenance.push(said.trim().to_owned());
            } else if !headed && line == HEADER {
                headed = true;
            } else if !headed {
                return Err(here(Error::input("is no overlay: its header is not `zh`, `en_stem`, `weight`"))
                    .remedy("give a file that `duizhao lexicon train` wrote"));
            } else if !line.trim().is_empty() {
                overlay.line(line).map_err(here)?;
            }
        }
        if headed {
            Ok(overlay)
        } else {
            Err(Error::input("is no overlay: it has no header")
                .remedy("give a file that `duizhao lexicon train` wrote"))
        }
    }

    fn line(&mut self, line: &str) -> Result<()> {
        let columns: Vec<&str> = line.split('\t').collect();
        let &[zh, en, weight] = columns.as_slice() else {
            return Err(Error::input(format!("has {} columns, not 3", columns.len()))
                .remedy("give a Chinese word, an English stem and a weight, separated by tabs"));
        };
        let weight = weight.parse().map_err(|_| {
            Error::input(format!("`{weight}` is no weight")).remedy("give a number over 0 up to 1")
        })?;
        if self.renderings.contains_key(&(zh.to_owned(), en.to_owned())) {
            return Err(Error::input(format!("`{zh}` with `{en}` stands twice"))
                .remedy("take one of both lines away"));
        }
        self.add(zh, en, weight)
    }

    /// A file of it.
    pub fn to_text(&self) -> String {
        let comments = self.provenance.iter().map(|said| format!("# {said}\n"));
        let renderings = self.iter().map(|(zh, en, weight)| format!("{zh}\t{en}\t{weight:.4}\n"));
        comments.chain([format!("{HEADER}\n")]).chain(renderings).collect()
    }

    /// Chinese word, English stem, weight, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, f32)> {
        self.renderings.iter().map(|((zh, en), weight)| (zh.as_str(), en.as_str(), *weight))
    }

    /// How many renderings it has.
    pub fn len(&self) -> usize {
        self.renderings.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.renderings.is_empty()
    }

    /// Identifies its renderings, whatever is said of where they come from: 12 hexadecimal digits.
    pub fn hash(&self) -> String {
        let mut hasher = Sha256::new();
        for (zh, en, weight) in self.iter() {
            hasher.update(format!("{zh}\t{en}\t{weight:.4}\n"));
        }
        hex::digits(hasher.finalize().get(..6).unwrap_or_default())
    }
}

/// Whether it can stand in a column and be found again.
fn is_word(word: &str) -> bool {
    !word.is_empty() && !word.starts_with('#') && !word.chars().any(|c| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn overlay() -> impl Strategy<Value = Overlay> {
        let rendering = ("[一-十]{1,3}", "[a-z0-9]{1,4}", 1u16..=10_000);
        let said = prop::collection::vec("[a-z:]{0,8}", 0..3);
        (said, prop::collection::vec(rendering, 0..20)).prop_map(|(provenance, renderings)| {
            let mut overlay = Overlay { provenance, ..Overlay::default() };
            for (zh, en, weight) in renderings {
                overlay.add(&zh, &en, f32::from(weight) / 1e4).unwrap();
            }
            overlay
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(overlay in overlay()) {
            let again = Overlay::parse(&overlay.to_text()).unwrap();
            prop_assert_eq!(again.hash(), overlay.hash());
            prop_assert_eq!(again, overlay);
        }

        #[test]
        fn any_text_is_read_or_refused(text in "(zh\ten_stem\tweight\n)?(\\PC|\t|\n)*") {
            let _ = Overlay::parse(&text);
        }
    }

    #[test]
    fn a_line_that_is_none_is_named() {
        for (line, said) in [
            ("漏洞\tflaw", "has 2 columns"),
            ("漏洞\tflaw\t0.5\tx", "has 4 columns"),
            ("漏洞\tflaw\tmuch", "`much` is no weight"),
            ("漏洞\tflaw\tNaN", "NaN is no weight"),
            ("漏洞\tflaw\t1.5", "1.5 is no weight"),
            ("漏洞\tflaw\t0", "0 is no weight"),
            ("漏洞\tFlaw\t0.5", "are not a Chinese word and an English stem"),
            ("漏洞\ta flaw\t0.5", "are not a Chinese word and an English stem"),
            ("\tflaw\t0.5", "are not a Chinese word and an English stem"),
            ("天气\tweather\t0.5", "stands twice"),
        ] {
            let text = format!("# made by hand\n{HEADER}\n天气\tweather\t0.9\n\n{line}\n");
            let error = Overlay::parse(&text).unwrap_err().at("overlay.tsv");
            assert!(
                error.to_string().starts_with("overlay.tsv:5: ") && error.to_string().contains(said),
                "{error}"
            );
            assert!(error.remedy_text().is_some(), "{error}");
        }
        for text in ["", "# only words\n", "zh,en_stem,weight\n", "漏洞\tflaw\t0.5\n"] {
            assert!(Overlay::parse(text).unwrap_err().to_string().contains("is no overlay"), "{text}");
        }
    }

    #[test]
    fn the_greater_weight_holds() {
        let mut overlay = Overlay::default();
        for weight in [0.4, 0.6, 0.5] {
            overlay.add("漏洞", "flaw", weight).unwrap();
        }
        assert_eq!(overlay.to_text(), "zh\ten_stem\tweight\n漏洞\tflaw\t0.6000\n");
    }
}
