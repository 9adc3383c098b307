//! How long the sides are beside each other: Chinese characters a word of English, never characters to characters.

use super::{Pair, Rule, Test};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A news sentence has 1.7 characters a word; beads of several sentences vary less than those of one.
pub const RULE: Rule =
    Rule::of::<Settings>("length-ratio", "drops beads of which one side is far too long for the other");

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Settings {
    /// Beads of fewer English words, and of fewer than twice as many Chinese characters, are let through.
    from_words: usize,
    /// The least and the most characters a word.
    usual: [f64; 2],
    /// The same for shapes that differ: `"1:2"` is one Chinese sentence with two English ones.
    shapes: BTreeMap<String, [f64; 2]>,
}

impl Default for Settings {
    fn default() -> Self {
        let shapes = BTreeMap::from([("1:1".to_owned(), [0.6, 5.0])]);
        Self { from_words: 5, usual: [0.7, 4.0], shapes }
    }
}

impl Test for Settings {
    fn breach(&self, pair: &Pair<'_>) -> Option<String> {
        if pair.en_words < self.from_words && pair.zh_chars < 2 * self.from_words {
            return None;
        }
        let [least, most] = *self.shapes.get(&pair.shape()).unwrap_or(&self.usual);
        let ratio = pair.zh_chars as f64 / pair.en_words.max(1) as f64;
        (!(least..=most).contains(&ratio))
            .then(|| format!("{ratio:.2} characters a word, not {least} to {most}"))
    }

    fn check(&self) -> Result<(), String> {
        let mut ranges = self.shapes.values().chain([&self.usual]);
        match ranges.find(|[least, most]| !(*least >= 0.0 && least <= most)) {
            Some(wrong) => Err(format!("{wrong:?} lets nothing through: the least comes first")),
            None => Ok(()),
        }
    }
}
