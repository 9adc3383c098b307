//! The writers' only input.

use super::{Alignment, ArticlePair, Finding};
use serde::{Deserialize, Serialize};

/// An aligned pair with its findings: all that a writer needs, so that writers compute nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bitext {
    /// The post and its original.
    pub pair: ArticlePair,
    /// Their beads.
    pub alignment: Alignment,
    /// What looks wrong.
    pub findings: Vec<Finding>,
}
