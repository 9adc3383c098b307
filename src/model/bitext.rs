//! The writers' only input.

use super::{Alignment, ArticlePair, Finding, Revision};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An aligned pair with its findings: all that a writer needs, so that writers compute nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bitext {
    /// The post and its original.
    pub pair: ArticlePair,
    /// Their beads.
    pub alignment: Alignment,
    /// What looks wrong.
    pub findings: Vec<Finding>,
    /// What reviewers did to beads, by the beads' places.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub revisions: BTreeMap<u32, Revision>,
    /// The beads' own numbers, where not all of the pair are here, as in a corpus that was filtered; else empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<u32>,
}

impl Bitext {
    /// The number by which the bead at this place is known.
    pub fn number(&self, place: usize) -> u32 {
        self.numbers.get(place).copied().unwrap_or(place as u32)
    }

    /// The name of the bead at this place: its pair's, and its number.
    pub fn id(&self, place: usize) -> String {
        format!("{}#{}", self.pair.id, self.number(place))
    }
}
