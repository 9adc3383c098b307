//! `aligned.jsonl`: everything about every bead, one JSON object a line. Described by `aligned.schema.json`.

use super::{Format, Keeps, no_end, nothing, of_bead, sentences};
use crate::model::{Bitext, Document, Finding, Lang, Record, Sides, UNKNOWN};

/// The JSON Schema (draft 2020-12) of a line.
pub const SCHEMA: &str = include_str!("aligned.schema.json");

/// JSON Lines with indices, spans, signals and findings.
pub const FORMAT: Format = Format {
    name: "jsonl",
    stem: "aligned",
    extension: "jsonl",
    doc: "JSON Lines: one bead a line with indices, spans, signals and findings",
    begin: nothing,
    bitext: write,
    keeps: Keeps::All,
    between: "",
    end: no_end,
};

/// The lines of a bitext.
pub fn records(bitext: &Bitext) -> impl Iterator<Item = Record> + '_ {
    let Sides { zh, en } = bitext.pair.documents.as_ref();
    bitext.alignment.beads().iter().enumerate().map(move |(number, bead)| {
        let owned = |lang| sentences(bitext, bead, lang).into_iter().map(str::to_owned).collect();
        let paragraphs = |document: &Document, indices: &[u32]| {
            let sentences = indices.iter().filter_map(|&i| document.sentences.get(i as usize));
            sentences.map(|s| s.paragraph).collect()
        };
        let kinds = |document: &Document, indices: &[u32]| {
            indices.iter().filter_map(|&i| document.paragraph_of(i as usize)).map(|p| p.kind).collect()
        };
        let spans = |document: &Document, indices: &[u32]| {
            indices.iter().filter_map(|&i| document.sentences.get(i as usize)).map(|s| s.span).collect()
        };
        Record {
            id: bitext.id(number),
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
            zh_paragraph: paragraphs(zh, &bead.zh),
            en_paragraph: paragraphs(en, &bead.en),
            zh_kind: kinds(zh, &bead.zh),
            en_kind: kinds(en, &bead.en),
            zh_published: zh.article.published.clone(),
            en_published: en.article.published.clone(),
            zh_retrieved: zh.article.provenance.retrieved.clone(),
            en_retrieved: en.article.provenance.retrieved.clone(),
            orig_lang: Lang::En.tag().to_owned(),
            zh_lang: zh.article.tag().to_owned(),
            en_lang: en.article.tag().to_owned(),
            translator: zh.article.author.clone(),
            author: en.article.author.clone(),
            licence: bitext.pair.licence.clone().unwrap_or_else(|| UNKNOWN.to_owned()),
            zh_tdm: zh.article.provenance.tdm.clone(),
            en_tdm: en.article.provenance.tdm.clone(),
            zh_page_sha256: zh.article.provenance.page_sha256.clone(),
            en_page_sha256: en.article.provenance.page_sha256.clone(),
            relation: bead.relation,
            confidence: rounded(bead.confidence),
            signals: bead.parts.iter().map(|p| (p.signal.clone(), rounded(p.value))).collect(),
            findings: of_bead(bitext, number)
                .map(|f| Finding { bead: bitext.number(number), ..f.clone() })
                .collect(),
            revision: bitext.revisions.get(&(number as u32)).cloned(),
        }
    })
}

/// Four decimals: what is behind them may differ between processors.
pub(super) fn rounded(value: f32) -> f64 {
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
