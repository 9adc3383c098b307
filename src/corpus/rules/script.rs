//! In which letters the sides are written.

use super::{Pair, Rule, Test, percent, share};
use crate::text::han;
use serde::{Deserialize, Serialize};

/// A Chinese sentence full of product names still has a fifth of Han characters; an English one has none.
pub const RULE: Rule = Rule::of::<Settings>(
    "script",
    "drops beads with too few Han or Latin letters on the side where they belong",
);

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Settings {
    /// The least share of Han among the letters and digits of the Chinese side, 0–1.
    zh_min_han: f64,
    /// The most share of Han in the English side.
    en_max_han: f64,
    /// The least share of Latin letters among the letters of the English side.
    en_min_latin: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { zh_min_han: 0.2, en_max_han: 0.05, en_min_latin: 0.8 }
    }
}

impl Test for Settings {
    fn breach(&self, pair: &Pair<'_>) -> Option<String> {
        let (zh, en) = (f64::from(han::share(&pair.zh)), f64::from(han::share(&pair.en)));
        if zh < self.zh_min_han {
            return Some(format!("the Chinese side is {} Han", percent(zh)));
        }
        if en > self.en_max_han {
            return Some(format!("the English side is {} Han", percent(en)));
        }
        let latin = latin_share(&pair.en);
        (latin < self.en_min_latin).then(|| format!("the English side is {} Latin", percent(latin)))
    }

    fn check(&self) -> Result<(), String> {
        share("zh_min_han", self.zh_min_han)?;
        share("en_max_han", self.en_max_han)?;
        share("en_min_latin", self.en_min_latin)
    }
}

/// The share of Latin letters among the letters; 0 for a text without any, which is no English.
fn latin_share(text: &str) -> f64 {
    let is_latin = |c: char| c.is_ascii() || matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}');
    let (mut latin, mut all) = (0u32, 0u32);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        all += 1;
        latin += u32::from(is_latin(c));
    }
    f64::from(latin) / f64::from(all.max(1))
}
