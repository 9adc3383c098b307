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
    /// The keys of a line, in their order.
    pub const KEYS: [&'static str; 35] = [
        "id",
        "pair",
        "zh_url",
        "en_url",
        "zh_file",
        "en_file",
        "zh",
        "en",
        "zh_index",
        "en_index",
        "zh_span",
        "en_span",
        "zh_paragraph",
        "en_paragraph",
        "zh_kind",
        "en_kind",
        "zh_published",
        "en_published",
        "zh_retrieved",
        "en_retrieved",
        "orig_lang",
        "zh_lang",
        "en_lang",
        "translator",
        "author",
        "licence",
        "zh_tdm",
        "en_tdm",
        "zh_page_sha256",
        "en_page_sha256",
        "relation",
        "confidence",
        "signals",
        "findings",
        "revision",
    ];

    /// The bead of a line.
    ///
    /// # Errors
    /// If it is none.
    pub fn parse(line: &str) -> Result<Self> {
        let wrong = |cause: String| {
            Error::input("is no line of an aligned.jsonl")
                .caused_by(cause)
                .remedy("`duizhao schema` prints what a line looks like")
        };
        let record: Self = serde_json::from_str(line).map_err(|e| wrong(json_cause(&e)))?;
        let confidences = record.findings.iter().map(|finding| f64::from(finding.confidence));
        if let Some(confidence) = confidences.chain([record.confidence]).find(|c| !(0.0..=1.0).contains(c)) {
            return Err(wrong(format!("a confidence of {confidence} is not between 0 and 1")));
        }
        match record.signals.iter().find(|(_, value)| !(**value as f32).is_finite()) {
            Some((signal, value)) => Err(wrong(format!("signal {signal} is {value}"))),
            None => Ok(record),
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::testing::record;
    use serde_json::{Value, json};

    #[test]
    fn the_keys_are_those_that_are_written() {
        let record = Record { revision: Some(Revision::default()), ..record("a", 0, "一", "One.") };
        let value = serde_json::to_value(&record).unwrap();
        let mut keys = Record::KEYS.to_vec();
        keys.sort_unstable();
        let mut written: Vec<_> = value.as_object().unwrap().keys().map(String::as_str).collect();
        written.sort_unstable();
        assert_eq!(keys, written);
    }

    #[test]
    fn numbers_that_cannot_be_are_no_bead() {
        let good = serde_json::to_value(record("a", 0, "一", "One.")).unwrap();
        for (key, value, cause) in [
            ("confidence", json!(1e308), "a confidence of 1"),
            ("confidence", json!(-0.1), "a confidence of -0.1 is not between 0 and 1"),
            ("signals", json!({"length": 1e300}), "signal length is 1"),
        ] {
            let mut bead = good.clone();
            bead[key] = value;
            let error = Record::parse(&Value::to_string(&bead)).unwrap_err();
            assert!(error.to_string().contains(cause), "{error}");
        }
        assert!(Record::parse(&good.to_string()).is_ok());
    }
}
