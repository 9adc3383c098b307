//! A line of `pages.jsonl`: what became of an address that was asked for.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The file that says what the pages beside it are.
pub const PAGES_INDEX: &str = "pages.jsonl";

/// The headers by which a server reserves text and data mining; pages say the same in `meta` elements of these names.
pub const RESERVATION_HEADERS: [&str; 3] = ["tdm-reservation", "tdm-policy", "x-robots-tag"];

/// A redirect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hop {
    /// The status that redirected, e.g. 301.
    pub status: u16,
    /// The address that it led to.
    pub url: String,
}

/// What a fetched file is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FetchedKind {
    /// An article's page.
    #[default]
    Page,
    /// A feed, a listing or a sitemap: what leads to pages.
    List,
}

/// What became of an address that was asked for; of several lines for one address the last holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fetched {
    /// The address as it was asked for.
    pub asked: String,
    /// The address that answered, after redirects.
    pub final_url: String,
    /// The redirects, in order; the last leads to `final_url`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hops: Vec<Hop>,
    /// The last status; `None` if there was no answer.
    pub status: Option<u16>,
    /// The headers that matter later: `content-type`, `etag`, `last-modified`, `content-language`, and [`RESERVATION_HEADERS`].
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// When it was fetched, or was last found unchanged: RFC 3339, UTC.
    pub fetched: String,
    /// What it is.
    #[serde(default)]
    pub kind: FetchedKind,
    /// SHA-256 of the file, 64 hexadecimal digits; `None` if nothing was stored.
    pub sha256: Option<String>,
    /// The file's length in bytes.
    pub bytes: Option<u64>,
    /// The file, beside `pages.jsonl`; `None` if nothing was stored.
    pub file: Option<String>,
    /// Why nothing was stored: a short, stable, kebab-case name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The same in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

impl Fetched {
    /// The character set that the server named, as it spelled it.
    pub fn charset(&self) -> Option<&str> {
        charset(self.headers.get("content-type")?)
    }
}

/// The `charset` of a `Content-Type`.
pub fn charset(content_type: &str) -> Option<&str> {
    let named = content_type.split(';').skip(1).find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']))
    });
    named.filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_content_type_names_its_character_set() {
        assert_eq!(charset("text/html; Charset=\"gbk\""), Some("gbk"));
        assert_eq!(charset("text/html;q=1; charset=utf-8"), Some("utf-8"));
        assert_eq!(charset("text/html; charset="), None);
        assert_eq!(charset("text/html"), None);
    }
}
