//! How the sides of a bead belong together.

use super::{Pair, Rule, Test};
use crate::model::Relation;
use serde::{Deserialize, Serialize};

/// Omitted and added sentences have one side only; a repeat says the same English again.
pub const RULE: Rule = Rule::of::<Settings>("relation", "drops beads that are no translation");

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Settings {
    /// The relations that stay.
    keep: Vec<Relation>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { keep: vec![Relation::Translation, Relation::Moved] }
    }
}

impl Test for Settings {
    fn breach(&self, pair: &Pair<'_>) -> Option<String> {
        let relation = pair.record.relation;
        (!self.keep.contains(&relation)).then(|| format!("is {}", relation.name()))
    }
}
