//! The tool's own output as a hypothesis: aligned text, located among the gold's sentences.

use super::bead::IndexBead;
use super::files;
use super::gold::Gold;
use super::locate::Locator;
use crate::error::{Error, Result, json_cause};
use crate::model::Sides;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// What a line must hold to be scored; all else in it is ignored.
#[derive(Deserialize)]
struct Row {
    #[serde(default)]
    en_url: Value,
    #[serde(default)]
    pair: Value,
    #[serde(default)]
    zh: Vec<String>,
    #[serde(default)]
    en: Vec<String>,
    #[serde(default)]
    findings: Vec<RowFinding>,
}

/// What of a finding is scored.
#[derive(Deserialize)]
struct RowFinding {
    #[serde(default)]
    check: String,
    #[serde(default)]
    severity: String,
    #[serde(default)]
    id: String,
}

/// A finding as far as it is scored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reported {
    /// The check that made it.
    pub check: String,
    /// Its id; empty if it has none.
    pub id: String,
}

/// A line, located among the gold's sentences.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Located {
    /// The gold's Chinese sentences that it covers, ascending.
    pub zh: Vec<u32>,
    /// The gold's English sentences that it covers, ascending.
    pub en: Vec<u32>,
    /// Whether the line has text on both sides.
    pub linked: bool,
    /// Its findings, but those of severity `info`.
    pub findings: Vec<Reported>,
}

impl Row {
    /// The article's name: the last part of its URL without query and fragment, in lower case.
    fn slug(&self) -> String {
        let url =
            [&self.en_url, &self.pair].into_iter().filter_map(Value::as_str).find(|url| !url.is_empty());
        let path = url.and_then(|url| url.split(['?', '#']).next()).unwrap_or_default();
        path.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_lowercase()
    }
}

/// Reads an `aligned.jsonl` (see [`parse_aligned_jsonl`]) → beads over the gold's sentences, by slug.
///
/// # Errors
/// If the file cannot be read, or as [`parse_aligned_jsonl`] says.
pub fn read_aligned_jsonl(path: &Path, gold: &[Gold]) -> Result<BTreeMap<String, Vec<IndexBead>>> {
    let file = File::open(path)
        .map_err(|e| Error::read(path, e).remedy("give the aligned.jsonl that an alignment run wrote"))?;
    parse_aligned_jsonl(BufReader::new(file), gold).map_err(|e| e.at(path))
}

/// Reads aligned text, a JSON object a line: `en_url` (or `pair`) whose last part names the gold's article, and
/// the sentences of one bead, `zh` and `en`. Each becomes a bead over the gold's sentences (see [`Locator`]);
/// lines with an empty side become none, and articles that the gold does not have are passed over.
///
/// One line is held in memory at a time. An article may come in several parts: their lines add up.
///
/// # Errors
/// If `reader` fails, or a line is neither blank nor such an object.
pub fn parse_aligned_jsonl(reader: impl BufRead, gold: &[Gold]) -> Result<BTreeMap<String, Vec<IndexBead>>> {
    let beads = |lines: Vec<Located>| {
        lines.into_iter().filter(|line| line.linked).map(|line| IndexBead::new(line.zh, line.en)).collect()
    };
    Ok(locate(reader, gold)?.into_iter().map(|(slug, lines)| (slug, beads(lines))).collect())
}

/// Reads an `aligned.jsonl` as [`parse_aligned_jsonl`] does → every line with its findings, by slug.
///
/// # Errors
/// As [`read_aligned_jsonl`].
pub fn read_located(path: &Path, gold: &[Gold]) -> Result<BTreeMap<String, Vec<Located>>> {
    let file = File::open(path)
        .map_err(|e| Error::read(path, e).remedy("give the aligned.jsonl that a run wrote"))?;
    locate(BufReader::new(file), gold).map_err(|e| e.at(path))
}

fn locate(mut reader: impl BufRead, gold: &[Gold]) -> Result<BTreeMap<String, Vec<Located>>> {
    let gold: HashMap<&str, &Gold> = gold.iter().map(|g| (g.slug.as_str(), g)).collect();
    let mut locators: HashMap<String, Sides<Locator>> = HashMap::new();
    let mut located: BTreeMap<String, Vec<Located>> = BTreeMap::new();
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let read = reader.read_until(b'\n', &mut line).map_err(|e| {
            Error::new(crate::error::ErrorKind::Io, "cannot be read").on_line(number).caused_by(e)
        })?;
        if read == 0 {
            break;
        }
        let Some(row) = parse_row(&line, number)? else { continue };
        let slug = row.slug();
        let Some(gold) = gold.get(slug.as_str()) else { continue };
        let locators = locators
            .entry(slug.clone())
            .or_insert_with(|| Sides::new(Locator::new(&gold.zh), Locator::new(&gold.en)));
        // Located even when the other side is empty: the place is taken from then on.
        let (zh, en) = (locators.zh.cover(&row.zh), locators.en.cover(&row.en));
        let linked = !row.zh.is_empty() && !row.en.is_empty();
        let counted = row.findings.into_iter().filter(|f| f.severity != "info" && !f.check.is_empty());
        let findings = counted.map(|f| Reported { check: f.check, id: f.id }).collect();
        located.entry(slug).or_default().push(Located { zh, en, linked, findings });
    }
    Ok(located)
}

fn parse_row(line: &[u8], number: u64) -> Result<Option<Row>> {
    let text = std::str::from_utf8(line).map_err(|_| files::not_utf8(number))?;
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Ok(None);
    }
    serde_json::from_str(text).map(Some).map_err(|e| {
        Error::input("not a line of aligned text")
            .on_line(number)
            .caused_by(json_cause(&e))
            .remedy(r#"each line is {"en_url": "…", "zh": [sentence…], "en": [sentence…]}"#)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn gold() -> Vec<Gold> {
        let json =
            r#"{"zh":["甲乙丙。","丁戊己。"],"en":["One two.","Three four."],"beads":[[[0],[0]],[[1],[1]]]}"#;
        vec![super::super::parse_gold("a-b", json).unwrap()]
    }

    fn slug(json: &str) -> String {
        parse_row(json.as_bytes(), 1).unwrap().unwrap().slug()
    }

    #[test]
    fn the_last_part_of_the_url_names_the_article() {
        assert_eq!(slug(r#"{"en_url":"https://example.com/x/A-b/?p=1/2#c"}"#), "a-b");
        assert_eq!(slug(r#"{"en_url":"","pair":"A-b"}"#), "a-b");
        assert_eq!(slug(r#"{"en_url":null,"pair":{"zh":"x"}}"#), "");
    }

    #[test]
    fn parts_of_an_article_add_up_and_other_articles_are_passed_over() {
        let text = r#"{"en_url":"/a-b","zh":["甲乙丙"],"en":["one two"]}

{"en_url":"/other","zh":["甲乙丙"],"en":["one two"]}
{"pair":"a-b","zh":["丁戊己"],"en":["three FOUR!"],"confidence":0.5}
{"pair":"a-b","zh":["丁戊己"]}"#;
        let hypotheses = parse_aligned_jsonl(text.as_bytes(), &gold()).unwrap();
        assert_eq!(hypotheses.into_iter().collect::<Vec<_>>(), [("a-b".to_owned(), gold()[0].beads.clone())]);
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = parse_aligned_jsonl("{}\n{\"zh\": 1}\n".as_bytes(), &gold()).unwrap_err();
        let text = error.at("aligned.jsonl").to_string();
        assert!(text.starts_with("aligned.jsonl:2: not a line of aligned text: invalid type"), "{text}");
    }

    proptest! {
        #[test]
        fn never_panics(bytes in prop::collection::vec(any::<u8>(), 0..200), near in r#"[\[\]{}:,"\nzhenurlpai甲]{0,60}"#) {
            let _ = parse_aligned_jsonl(bytes.as_slice(), &gold());
            let _ = parse_aligned_jsonl(near.as_bytes(), &gold());
        }
    }
}
