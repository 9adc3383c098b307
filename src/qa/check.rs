//! What a check is.

use super::{Draft, View};

/// A check: its name, what it files findings under, what it says of itself, and how it looks.
pub struct Check {
    /// Unique, kebab-case.
    pub name: &'static str,
    /// The MQM category of its findings (themqm.org), unless a draft gives another.
    pub category: &'static str,
    /// What `duizhao qa --explain` prints.
    pub doc: Doc,
    /// Whether it compares the translation with the original (fidelity), or looks at the form of the Chinese alone.
    pub fidelity: bool,
    /// Looks at a pair of articles.
    pub run: fn(&View<'_>) -> Vec<Draft>,
}

/// What a check says of itself.
pub struct Doc {
    /// What it finds, in one sentence.
    pub what: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// What it misses, and what it takes for a fault that is none.
    pub known_problems: &'static str,
    /// A Chinese and an English sentence, and what is said of them. Fiction.
    pub example: &'static str,
}
