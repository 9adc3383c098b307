//! A post and the original that it was translated from.

use super::{Document, Sides};
use serde::{Deserialize, Serialize};

/// Why two articles are taken for a pair.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Evidence {
    /// The post cites the original's URL.
    Citation {
        /// The URL as the post gives it.
        url: String,
    },
    /// The post cites a URL that led to the original by redirects.
    Redirected {
        /// The URL as the post gives it.
        url: String,
        /// The URLs in between, and the last.
        hops: Vec<String>,
    },
    /// The contents agree.
    Content {
        /// Similarity, 0–1.
        score: f32,
        /// How much better than the next best original, 0–1.
        margin: f32,
    },
    /// The user gave the two as a pair.
    Given,
}

impl Evidence {
    /// Its name: `citation`, `redirected`, `content` or `given`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Citation { .. } => "citation",
            Self::Redirected { .. } => "redirected",
            Self::Content { .. } => "content",
            Self::Given => "given",
        }
    }
}

/// A post and its original, with what speaks for the pair.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArticlePair {
    /// Both documents' ids joined: unique within a run.
    pub id: String,
    /// The documents.
    pub documents: Sides<Document>,
    /// Why they are a pair.
    pub evidence: Evidence,
    /// The original's own URL, else the URL that the post cites, else the file's stem.
    pub en_url: String,
    /// Under which licence the texts may be used, where somebody said.
    #[serde(default)]
    pub licence: Option<String>,
}
