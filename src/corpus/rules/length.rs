//! How long the sides are: characters of Chinese, words of English.

use super::{Pair, Rule, Test};
use serde::{Deserialize, Serialize};

/// Sides that are too short teach nothing, sides that are too long do not fit.
pub const RULE: Rule = Rule::of::<Settings>("length", "drops beads with a very short or a very long side");

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Settings {
    /// The least and the most Chinese characters, blanks not counted.
    zh_chars: [usize; 2],
    /// The least and the most English words.
    en_words: [usize; 2],
}

impl Default for Settings {
    fn default() -> Self {
        Self { zh_chars: [2, 400], en_words: [1, 200] }
    }
}

impl Test for Settings {
    fn breach(&self, pair: &Pair<'_>) -> Option<String> {
        let outside = |length: usize, [least, most]: [usize; 2], what: &str| {
            (!(least..=most).contains(&length)).then(|| format!("{length} {what}, not {least} to {most}"))
        };
        outside(pair.zh_chars, self.zh_chars, "Chinese characters")
            .or_else(|| outside(pair.en_words, self.en_words, "English words"))
    }

    fn check(&self) -> Result<(), String> {
        match [self.zh_chars, self.en_words].iter().find(|[least, most]| least > most) {
            Some(wrong) => Err(format!("{wrong:?} lets nothing through: the least comes first")),
            None => Ok(()),
        }
    }
}
