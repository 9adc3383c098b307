//! A saved page, as read.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where a page came from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The file, relative to the input that was given (never an absolute path of this machine); `-` for standard input.
    pub file: String,
    /// The record within an archive: its 1-based line.
    pub record: Option<u64>,
    /// The URL that the record or front matter names.
    pub url: Option<String>,
    /// The URL after redirects, where the page was fetched.
    pub final_url: Option<String>,
    /// The redirects in between.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hops: Vec<String>,
}

/// What a page is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Media {
    /// HTML.
    Html,
    /// Markdown.
    Markdown,
    /// Text without markup.
    PlainText,
}

/// A page decoded to Unicode, its front matter taken off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Unique within a run: the file, with `#record` for a page out of an archive.
    pub id: String,
    /// Where it came from.
    pub origin: Origin,
    /// What it is written in.
    pub media: Media,
    /// The page. For Markdown the front matter is still inside, so that byte offsets are those of the file.
    pub text: String,
    /// Byte offset in `text` at which the page proper starts, behind the front matter.
    pub body_start: usize,
    /// Front matter (Markdown) or record fields, keys in lower case.
    pub front_matter: BTreeMap<String, String>,
}

impl Page {
    /// The page without its front matter.
    pub fn body(&self) -> &str {
        self.text.get(self.body_start..).unwrap_or("")
    }
}
