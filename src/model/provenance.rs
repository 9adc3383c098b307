//! Where a text comes from, beside its address, author and date.

use serde::{Deserialize, Serialize};

/// What is known of a page beyond what its article says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Provenance {
    /// The text's language with its script, a BCP 47 tag (RFC 5646): `zh-Hans`, `zh-Hant`, `en`; `None` where nobody looked.
    pub tag: Option<String>,
    /// The day on which the page was fetched, `YYYY-MM-DD`, where a record of that is beside it.
    pub retrieved: Option<String>,
    /// What the page, or the answer it came with, says of text and data mining; `None` where neither says anything.
    pub tdm: Option<TdmReservation>,
    /// SHA-256 of the page's text, 64 hexadecimal digits; `None` for text that came without its page.
    pub page_sha256: Option<String>,
}

/// A statement on text and data mining, as a publisher makes it for machines (Directive (EU) 2019/790, article 4(3)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TdmReservation {
    /// Whether the right to mine is reserved.
    pub reserved: bool,
    /// The statement's own words, e.g. `tdm-reservation: 1`.
    pub statement: String,
}
