//! `aligned.jsonl`: everything about every bead, one JSON object a line. Described by `aligned.schema.json`.

use super::{Format, no_end, nothing, sentences};
use crate::model::{Bitext, Finding, Lang, Relation, Sides, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The JSON Schema (draft 2020-12) of a line.
pub const SCHEMA: &str = include_str!("aligned.schema.json");

/// JSON Lines with indices, spans, signals and findings.
pub const FORMAT: Format = Format {
    name: "jsonl",
    extension: "jsonl",
    doc: "JSON Lines: one bead a line with indices, spans, signals and findings",
    begin: nothing,
    bitext: write,
    end: no_end,
};

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
    /// How the sides belong together.
    pub relation: Relation,
    /// How sure the aligner is, 0–1.
    pub confidence: f64,
    /// What each signal contributed to the bead's score.
    pub signals: BTreeMap<String, f64>,
    /// What looks wrong.
    pub findings: Vec<Finding>,
}

/// The lines of a bitext.
pub fn records(bitext: &Bitext) -> impl Iterator<Item = Record> + '_ {
    let Sides { zh, en } = bitext.pair.documents.as_ref();
    bitext.alignment.beads().iter().enumerate().map(move |(number, bead)| {
        let owned = |lang| sentences(bitext, bead, lang).into_iter().map(str::to_owned).collect();
        let spans = |document: &crate::model::Document, indices: &[u32]| {
            indices.iter().filter_map(|&i| document.sentences.get(i as usize)).map(|s| s.span).collect()
        };
        Record {
            id: format!("{}#{number}", bitext.pair.id),
            pair: bitext.pair.id.clone(),
            zh_url: zh.article.url.clone(),
            en_url: bitext.pair.en_url.clone(),
            zh_file: zh.article.id.clone(),
            en_file: en.article.id.clone(),
            zh: owned(Lang::Zh),
            en: owned(Lang::En),
            zh_index: bead.zh.clone(),
            en_index: bead.en.clone(),
            zh_span: spans(zh, &bead.zh),
            en_span: spans(en, &bead.en),
            relation: bead.relation,
            confidence: rounded(bead.confidence),
            signals: bead.parts.iter().map(|p| (p.signal.clone(), rounded(p.value))).collect(),
            findings: bitext.findings.iter().filter(|f| f.bead as usize == number).cloned().collect(),
        }
    })
}

/// Four decimals: what is behind them may differ between processors.
fn rounded(value: f32) -> f64 {
    (f64::from(value) * 1e4).round() / 1e4 + 0.0
}

fn write(bitext: &Bitext, bytes: &mut Vec<u8>) {
    for record in records(bitext) {
        // Writing plain data into memory cannot fail.
        if serde_json::to_writer(&mut *bytes, &record).is_ok() {
            bytes.push(b'\n');
        }
    }
}
