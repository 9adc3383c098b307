//! What a stage gives, and what it left out.

use serde::{Deserialize, Serialize};

/// A stage of the pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Bytes to page.
    Ingest,
    /// Page to article.
    Extract,
    /// Articles to pairs.
    Pair,
    /// Article to sentences.
    Segment,
    /// Sentences to beads.
    Align,
}

/// Something that was left out or done otherwise than a user might think: never in silence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The page's id, or the file.
    pub input: String,
    /// Where it happened.
    pub stage: Stage,
    /// A short, stable, kebab-case name of the reason, e.g. `original-not-given`.
    pub reason: String,
    /// What happened, in a sentence.
    pub message: String,
    /// What the user can do about it.
    pub remedy: String,
}

impl Notice {
    /// Whether an input could not be read or parsed at all; decides the program's exit code.
    pub fn is_failure(&self) -> bool {
        reason::FAILURES.contains(&self.reason.as_str())
    }
}

/// Reasons of notices that something hangs on beyond the stage that gives them.
pub mod reason {
    /// An input cannot be opened or read on.
    pub const UNREADABLE: &str = "unreadable";
    /// Some bytes of a page were no characters and were replaced.
    pub const UNDECODABLE_BYTES: &str = "undecodable-bytes";
    /// A page breaks off in mid-text.
    pub const TRUNCATED: &str = "truncated";
    /// A page breaks off in the middle of the address that it cites.
    pub const CITATION_CUT_OFF: &str = "citation-cut-off";

    /// An input could not be read or parsed at all.
    pub const FAILURES: [&str; 8] = [
        UNREADABLE,
        "too-large",
        "binary",
        "bad-record",
        "no-page-in-record",
        "not-found",
        "too-deeply-nested",
        "too-many-blocks",
    ];
    /// What else is said while files are found and read: they are passed over on purpose, or read all the same.
    pub const HARMLESS: [&str; 10] = [
        UNDECODABLE_BYTES,
        "excluded",
        "not-a-page",
        "given-twice",
        "hidden",
        "index-of-pages",
        "not-a-file",
        "own-output",
        "readme",
        "symlink",
    ];
}

/// A stage's output with its notices.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Outcome<T> {
    /// What the stage made.
    pub output: T,
    /// What it left out, and why.
    pub notices: Vec<Notice>,
}

impl<T> Outcome<T> {
    /// An output with nothing left out.
    pub fn clean(output: T) -> Self {
        Self { output, notices: Vec::new() }
    }
}
