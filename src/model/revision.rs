//! What a reviewer made of a bead.

use super::Lang;
use serde::{Deserialize, Serialize};

/// What a reviewer did to a bead and says of it, so that nobody takes a revised sentence for what the page says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// What the reviewer says of it.
    #[serde(default)]
    pub comment: Option<String>,
    /// The sides that are no longer what the page says.
    #[serde(default)]
    pub edited: Vec<Lang>,
    /// How many beads it was put together from; 0 if it is one that the aligner made.
    #[serde(default)]
    pub merged: u32,
}

impl Revision {
    /// Whether nothing was done or said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
