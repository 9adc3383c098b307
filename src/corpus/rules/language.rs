//! In which languages the sides are written.

use super::{Pair, Rule, Test, percent, share};
use crate::text::letters;
use serde::{Deserialize, Serialize};
use whatlang::Lang;

/// Short texts cannot be told; of those in Han characters, kana and hangul tell Japanese and Korean.
pub const RULE: Rule = Rule::of::<Settings>("language", "drops beads with a side in a third language");

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Settings {
    /// English sides of fewer letters and digits are let through.
    from_letters: usize,
    /// The most share of kana and hangul among the letters of the Chinese side, 0–1.
    zh_max_other: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { from_letters: 40, zh_max_other: 0.1 }
    }
}

impl Test for Settings {
    fn breach(&self, pair: &Pair<'_>) -> Option<String> {
        let others = pair.zh.chars().filter(|&c| is_kana_or_hangul(c)).count();
        let share = others as f64 / letters::count(&pair.zh).max(1) as f64;
        if share > self.zh_max_other {
            return Some(format!("the Chinese side is {} kana or hangul", percent(share)));
        }
        if letters::count(&pair.en) < self.from_letters {
            return None;
        }
        let told = whatlang::detect(&pair.en)?;
        (told.is_reliable() && told.lang() != Lang::Eng)
            .then(|| format!("the English side is {}", told.lang().eng_name()))
    }

    fn check(&self) -> Result<(), String> {
        share("zh_max_other", self.zh_max_other)
    }
}

fn is_kana_or_hangul(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30FA}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9D}')
        || matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{AC00}'..='\u{D7AF}')
}
