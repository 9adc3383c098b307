//! A bead without its texts: what it takes to cut them out of the pages again, and to prove that they are the same.

use super::{Record, Sides};
use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use std::collections::BTreeMap;

/// A line of a stand-off file.
///
/// Invariant: on each side there are as many indices, spans and hashes as sentences, as many paragraphs and kinds or none,
/// and the page has a hash; every hash is 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq)]
pub struct Standoff {
    /// The bead; without sentences and findings.
    record: Record,
    /// SHA-256 of each sentence.
    sentences: Sides<Vec<String>>,
    /// SHA-256 of the line of `aligned.jsonl` that the bead makes, without findings and line break.
    line: String,
}

/// How it is written. What the bead has beside its texts stands between the hashes under its own names.
#[derive(Serialize, Deserialize)]
struct Written {
    standoff: u32,
    zh_sha256: Vec<String>,
    en_sha256: Vec<String>,
    line_sha256: String,
    #[serde(flatten)]
    rest: BTreeMap<String, Value>,
}

/// What a bead has and a stand-off line has not.
const LEFT_OUT: [&str; 3] = ["zh", "en", "findings"];

impl Standoff {
    /// The version of the format, which each line names.
    pub const VERSION: u32 = 1;

    /// A line of this bead, whose sentences and findings are left out, with the hashes of its sentences and of its line.
    ///
    /// # Errors
    /// Says what is missing, or does not fit.
    pub fn new(record: Record, sentences: Sides<Vec<String>>, line: String) -> Result<Self, String> {
        let record = Record { zh: Vec::new(), en: Vec::new(), findings: Vec::new(), ..record };
        let standoff = Self { record, sentences, line };
        standoff.check()?;
        Ok(standoff)
    }

    /// The bead, without sentences and findings.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// SHA-256 of each sentence.
    pub fn sentences(&self) -> &Sides<Vec<String>> {
        &self.sentences
    }

    /// SHA-256 of the bead's line without findings.
    pub fn line(&self) -> &str {
        &self.line
    }

    /// SHA-256 of both pages.
    pub fn pages(&self) -> Sides<&str> {
        let Record { zh_page_sha256, en_page_sha256, .. } = &self.record;
        Sides::new(zh_page_sha256, en_page_sha256).map(|page| page.as_deref().unwrap_or_default())
    }

    /// The bead with its sentences.
    #[must_use]
    pub fn with(&self, sentences: Sides<Vec<String>>) -> Record {
        Record { zh: sentences.zh, en: sentences.en, ..self.record.clone() }
    }

    fn check(&self) -> Result<(), String> {
        let r = &self.record;
        let sides = [
            ("Chinese", &self.sentences.zh, &r.zh_index, &r.zh_span, &r.zh_paragraph, &r.zh_kind),
            ("English", &self.sentences.en, &r.en_index, &r.en_span, &r.en_paragraph, &r.en_kind),
        ];
        for (side, hashes, indices, spans, paragraphs, kinds) in sides {
            let expected = hashes.len();
            let fits = [indices.len(), spans.len()].iter().all(|&n| n == expected)
                && [paragraphs.len(), kinds.len()].iter().all(|&n| n == expected || n == 0);
            if !fits {
                return Err(format!(
                    "the {side} side of {} has not as many indices, spans and hashes as sentences",
                    r.id
                ));
            }
        }
        if r.zh_page_sha256.is_none() || r.en_page_sha256.is_none() {
            return Err(format!("{} does not say which pages it is of", r.id));
        }
        let all = self.sentences.zh.iter().chain(&self.sentences.en).map(String::as_str);
        let pages = self.pages();
        let mut all = all.chain([self.line.as_str(), pages.zh, pages.en]);
        all.find(|hash| !is_sha256(hash)).map_or(Ok(()), |hash| Err(format!("`{hash}` is no SHA-256")))
    }
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

impl Serialize for Standoff {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Value::Object(fields) = serde_json::to_value(&self.record).map_err(S::Error::custom)? else {
            return Err(S::Error::custom("a bead is an object"));
        };
        let rest = fields.into_iter().filter(|(key, _)| !LEFT_OUT.contains(&key.as_str()));
        let Sides { zh, en } = self.sentences.clone();
        let line_sha256 = self.line.clone();
        Written { standoff: Self::VERSION, zh_sha256: zh, en_sha256: en, line_sha256, rest: rest.collect() }
            .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Standoff {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Written { standoff, zh_sha256, en_sha256, line_sha256, rest } =
            Written::deserialize(deserializer)?;
        if standoff != Self::VERSION {
            return Err(D::Error::custom(format!("version {standoff} of the format is not known")));
        }
        if let Some(key) = LEFT_OUT.iter().find(|key| rest.contains_key(**key)) {
            return Err(D::Error::custom(format!("holds `{key}`, which a stand-off line does not")));
        }
        let empty = LEFT_OUT.map(|key| (key.to_owned(), Value::Array(Vec::new())));
        let fields = Value::Object(rest.into_iter().chain(empty).collect());
        let record = serde_json::from_value(fields).map_err(D::Error::custom)?;
        Self::new(record, Sides::new(zh_sha256, en_sha256), line_sha256).map_err(D::Error::custom)
    }
}
