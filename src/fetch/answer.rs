//! What a server answered.

use crate::model::{Fetched, Hop, RESERVATION_HEADERS};
use std::collections::BTreeMap;
use url::Url;

/// Headers that are written down.
const KEPT: [&str; 5] = ["content-type", "etag", "last-modified", "content-language", "content-encoding"];

/// One request and its answer, as they went over the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// The address that was asked.
    pub url: Url,
    /// The status code.
    pub status: u16,
    /// The headers as received, names in lower case.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body as received, but for chunks: still packed if it came packed.
    pub body: Vec<u8>,
}

impl Exchange {
    /// The first header called `name`, if it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(n, _)| n == name);
        found.and_then(|(_, value)| std::str::from_utf8(value).ok()).map(str::trim)
    }
}

/// The page that an address led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The address as it was asked for.
    pub asked: String,
    /// The address that answered.
    pub final_url: String,
    /// The redirects in between.
    pub hops: Vec<Hop>,
    /// The status code.
    pub status: u16,
    /// The headers that matter later.
    pub headers: BTreeMap<String, String>,
    /// The body, unpacked, in the character set in which it came.
    pub body: Vec<u8>,
}

impl Answer {
    /// The answer that `exchange` gave after `hops`.
    pub(super) fn new(asked: &str, hops: Vec<Hop>, exchange: &Exchange, body: Vec<u8>) -> Self {
        let kept = KEPT
            .iter()
            .chain(&RESERVATION_HEADERS)
            .filter_map(|&name| Some((name.to_owned(), exchange.header(name)?.to_owned())));
        let final_url = exchange.url.to_string();
        Self {
            asked: asked.to_owned(),
            final_url,
            hops,
            status: exchange.status,
            headers: kept.collect(),
            body,
        }
    }

    /// The answer that was stored earlier.
    pub(super) fn stored(record: &Fetched, body: Vec<u8>) -> Self {
        Self {
            asked: record.asked.clone(),
            final_url: record.final_url.clone(),
            hops: record.hops.clone(),
            status: record.status.unwrap_or_default(),
            headers: record.headers.clone(),
            body,
        }
    }

    /// The media type without parameters, in lower case.
    pub fn media_type(&self) -> String {
        let whole = self.headers.get("content-type").map(String::as_str).unwrap_or_default();
        whole.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }
}
