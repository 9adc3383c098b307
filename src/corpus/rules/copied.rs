//! What was not translated at all.

use super::{Pair, Rule, Test, share};
use crate::text::key;
use serde::{Deserialize, Serialize};

/// A command or an address may well be the same on both sides, but teaches no translating.
pub const RULE: Rule = Rule::of::<Settings>("copied", "drops beads whose sides are the same, or nearly");

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Settings {
    /// Beads go whose sides are at least so alike, 0–1 (Levenshtein over letters and digits).
    max_similarity: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { max_similarity: 0.8 }
    }
}

/// Longer sides are compared only for being the same.
const LONGEST: usize = 600;

impl Test for Settings {
    fn breach(&self, pair: &Pair<'_>) -> Option<String> {
        let (zh, en) = (key::alphanumeric(&pair.zh), key::alphanumeric(&pair.en));
        if zh == en {
            return Some("both sides are the same".to_owned());
        }
        let (shorter, longer) = (zh.len().min(en.len()), zh.len().max(en.len()));
        // Bytes are cheap to count, and tell when there is nothing to compare; Han has three a character.
        if longer > LONGEST || (shorter as f64) * 3.0 < longer as f64 * self.max_similarity {
            return None;
        }
        let similarity = strsim::normalized_levenshtein(&zh, &en);
        (similarity >= self.max_similarity).then(|| format!("the sides are {similarity:.2} alike"))
    }

    fn check(&self) -> Result<(), String> {
        share("max_similarity", self.max_similarity)
    }
}
