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
    /// What reviewers did to beads, by the beads' numbers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub revisions: BTreeMap<u32, Revision>,
}
