//! A bead by itself, as one line of `aligned.jsonl`.

use super::{Finding, Lang, ParagraphKind, Relation, Revision, Span, TdmReservation};
use crate::error::{Error, Result, json_cause};
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
    /// When the post was fetched, `YYYY-MM-DD`, where that was written down.
    #[serde(default)]
    pub zh_retrieved: Option<String>,
    /// When the original was fetched, `YYYY-MM-DD`, where that was written down.
    #[serde(default)]
    pub en_retrieved: Option<String>,
    /// The language in which the text was first written: `en`.
    #[serde(default = "original")]
    pub orig_lang: String,
    /// The BCP 47 tag of the Chinese text: `zh-Hans` or `zh-Hant`.
    #[serde(default = "simplified")]
    pub zh_lang: String,
    /// The BCP 47 tag of the English text: `en`.
    #[serde(default = "original")]
    pub en_lang: String,
    /// Who the post says wrote it: its translator, as far as anybody is named.
    #[serde(default)]
    pub translator: Option<String>,
    /// Who the original says wrote it.
    #[serde(default)]
    pub author: Option<String>,
    /// Under which licence the texts may be used: an SPDX identifier or a sentence, `unknown` until somebody says.
    #[serde(default = "unknown")]
    pub licence: String,
    /// What the post's page says of text and data mining; nothing where it says nothing.
    #[serde(default)]
    pub zh_tdm: Option<TdmReservation>,
    /// What the original's page says of it.
    #[serde(default)]
    pub en_tdm: Option<TdmReservation>,
    /// SHA-256 of the post's page, decoded to UTF-8.
    #[serde(default)]
    pub zh_page_sha256: Option<String>,
    /// SHA-256 of the original's page, decoded to UTF-8.
    #[serde(default)]
    pub en_page_sha256: Option<String>,
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

impl Record {
    /// The bead of a line.
    ///
    /// # Errors
    /// If it is none.
    pub fn parse(line: &str) -> Result<Self> {
        serde_json::from_str(line).map_err(|e| {
            Error::input("is no line of an aligned.jsonl")
                .caused_by(json_cause(&e))
                .remedy("`duizhao schema` prints what a line looks like")
        })
    }
}

/// What a licence is called that nobody has named.
pub const UNKNOWN: &str = "unknown";

fn unknown() -> String {
    UNKNOWN.to_owned()
}

fn original() -> String {
    Lang::En.tag().to_owned()
}

fn simplified() -> String {
    Lang::Zh.tag().to_owned()
}
