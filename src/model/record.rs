//! A bead by itself, as one line of `aligned.jsonl`.

use super::{Finding, ParagraphKind, Relation, Revision, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A line of `aligned.jsonl`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Pair and number of the bead.
    pub id: String,
    /// Both files' names.
    pub pair: String,
    /// The post's URL, where the page tells.
    pub zh_url: Option<String>,
    /// The original's own URL, else the URL that the post cites, else the file's stem.
    pub en_url: String,
    /// The Chinese page.
    pub zh_file: String,
    /// The English page.
    pub en_file: String,
    /// The Chinese sentences.
    pub zh: Vec<String>,
    /// The English sentences.
    pub en: Vec<String>,
    /// Their 0-based numbers in the Chinese article.
    pub zh_index: Vec<u32>,
    /// Their 0-based numbers in the English article.
    pub en_index: Vec<u32>,
    /// `[start, end)` of each in UTF-8 bytes of the Chinese article's text.
    pub zh_span: Vec<Span>,
    /// `[start, end)` of each in UTF-8 bytes of the English article's text.
    pub en_span: Vec<Span>,
    /// Which paragraph of its article each Chinese sentence stands in, 0-based.
    #[serde(default)]
    pub zh_paragraph: Vec<u32>,
    /// Which paragraph of its article each English sentence stands in, 0-based.
    #[serde(default)]
    pub en_paragraph: Vec<u32>,
    /// What each of those is.
    #[serde(default)]
    pub zh_kind: Vec<ParagraphKind>,
    /// What each of those is.
    #[serde(default)]
    pub en_kind: Vec<ParagraphKind>,
    /// When the post was published, `YYYY-MM-DD`, where the page tells.
    #[serde(default)]
    pub zh_published: Option<String>,
    /// When the original was published, `YYYY-MM-DD`, where the page tells.
    #[serde(default)]
    pub en_published: Option<String>,
    /// How the sides belong together.
    pub relation: Relation,
    /// How sure the aligner is, 0–1.
    pub confidence: f64,
    /// What each signal contributed to the bead's score.
    pub signals: BTreeMap<String, f64>,
    /// What looks wrong.
    #[serde(default)]
    pub findings: Vec<Finding>,
    /// What a reviewer did to it and says of it, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<Revision>,
}
