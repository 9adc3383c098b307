//! What publishers reserve, and under which licences the texts may be used.

use super::{Pair, Rule, Test};
use serde::{Deserialize, Serialize};

/// A reservation that stands in a page binds whoever mines it (Directive (EU) 2019/790, article 4(3)).
pub const RULE: Rule = Rule::of::<Settings>(
    "rights",
    "drops beads of pages that reserve text and data mining, or of licences that are not listed",
);

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Settings {
    /// Whether beads stay although a page of theirs reserves mining: for those who have its publisher's leave.
    allow_reserved: bool,
    /// The licences that are let through; none listed lets all through.
    licences: Vec<String>,
}

impl Test for Settings {
    fn breach(&self, pair: &Pair<'_>) -> Option<String> {
        let record = pair.record;
        let mut statements = [&record.zh_tdm, &record.en_tdm].into_iter().flatten();
        if let Some(tdm) = statements.find(|tdm| tdm.reserved && !self.allow_reserved) {
            return Some(format!("a page says `{}`", tdm.statement));
        }
        let is_listed = self.licences.is_empty() || self.licences.contains(&record.licence);
        (!is_listed).then(|| format!("the licence is `{}`", record.licence))
    }
}
