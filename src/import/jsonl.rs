//! Our own `aligned.jsonl`.
//!
//! Its sentences stand at their spans again, so that findings point into the articles that the file was made from; what lies
//! between sentences is not in the file, and becomes blanks.

use super::{Reader, rows, text};
use crate::error::{Error, Result};
use crate::model::{
    Alignment, Article, ArticlePair, Bead, Bitext, Document, Evidence, Lang, Paragraph, ParagraphKind, Part,
    Provenance, Record, Sentence, Sides, Source, Span, TdmReservation, UNKNOWN,
};
use std::collections::{BTreeMap, HashMap};

/// `aligned.jsonl`.
pub const READER: Reader = Reader {
    name: "jsonl",
    extensions: &["jsonl", "json"],
    doc: "aligned.jsonl as `duizhao run` writes it",
    read,
};

/// No article is longer; a span beyond it must not cost memory.
const LONGEST: usize = 256 << 20;

fn read(_: &str, bytes: &[u8]) -> Result<Vec<Bitext>> {
    let mut pairs: Vec<Vec<Record>> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (number, line) in text(bytes)?.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let record: Record = serde_json::from_str(line).map_err(|e| {
            Error::input("is no line of an aligned.jsonl")
                .on_line(number as u64 + 1)
                .caused_by(e)
                .remedy("`duizhao schema` prints what a line looks like")
        })?;
        let place = *places.entry(record.pair.clone()).or_insert_with(|| {
            pairs.push(Vec::new());
            pairs.len() - 1
        });
        if let Some(pair) = pairs.get_mut(place) {
            pair.push(record);
        }
    }
    pairs.into_iter().map(bitext).collect()
}

fn bitext(records: Vec<Record>) -> Result<Bitext> {
    let sides = Sides::new(document(&records, Lang::Zh)?, document(&records, Lang::En)?);
    let Some(first) = records.first() else { return Err(Error::input("a pair without beads")) };
    let (id, en_url) = (first.pair.clone(), first.en_url.clone());
    let licence = Some(first.licence.clone()).filter(|licence| licence != UNKNOWN);
    let findings = records.iter().flat_map(|r| r.findings.clone()).collect();
    let revised = (0..).zip(&records).filter_map(|(n, r)| Some((n, r.revision.clone()?)));
    let revisions = revised.collect();
    let beads = records.into_iter().map(|r| Bead {
        zh: r.zh_index,
        en: r.en_index,
        relation: r.relation,
        confidence: r.confidence as f32,
        parts: r.signals.into_iter().map(|(signal, value)| Part { signal, value: value as f32 }).collect(),
    });
    let (zh, en) = (sides.zh.sentences.len(), sides.en.sentences.len());
    let alignment = Alignment::new(beads.collect(), zh, en, "imported".to_owned())?;
    let pair = ArticlePair { id, documents: sides, evidence: Evidence::Given, en_url, licence };
    Ok(Bitext { pair, alignment, findings, revisions })
}

/// A sentence as a record has it.
struct Placed<'r> {
    text: &'r str,
    span: Span,
    paragraph: u32,
    kind: ParagraphKind,
}

fn document(records: &[Record], lang: Lang) -> Result<Document> {
    let mut placed: BTreeMap<u32, Placed<'_>> = BTreeMap::new();
    for record in records {
        let (texts, indices, spans, paragraphs, kinds) = match lang {
            Lang::Zh => {
                (&record.zh, &record.zh_index, &record.zh_span, &record.zh_paragraph, &record.zh_kind)
            }
            Lang::En => {
                (&record.en, &record.en_index, &record.en_span, &record.en_paragraph, &record.en_kind)
            }
        };
        if texts.len() != indices.len() || texts.len() != spans.len() {
            return Err(Error::input(format!(
                "bead {} has not as many spans and indices as sentences",
                record.id
            )));
        }
        for (n, ((text, &index), &span)) in texts.iter().zip(indices).zip(spans).enumerate() {
            let paragraph = paragraphs.get(n).copied().unwrap_or(index);
            let kind = kinds.get(n).copied().unwrap_or(ParagraphKind::Body);
            placed.insert(index, Placed { text, span, paragraph, kind });
        }
    }
    let name = records.first().map_or("", |r| if lang == Lang::Zh { &r.zh_file } else { &r.en_file });
    let mut article = rows::article(name, lang);
    if let Some(first) = records.first() {
        known(&mut article, first);
    }
    let mut sentences = Vec::new();
    // Paragraphs without a sentence are not in the file: those that are keep their order under new numbers.
    let mut last = None;
    for (index, p) in placed {
        let at = article.text.len();
        if p.span.len() != p.text.len() || p.span.start() < at || p.span.end() > LONGEST {
            return Err(Error::input(format!(
                "the span of sentence {index} of {name} does not fit its text"
            )));
        }
        let same = last == Some(p.paragraph);
        let blank = if same { " " } else { "\n" };
        article.text.push_str(&blank.repeat(p.span.start() - at));
        article.text.push_str(p.text);
        match article.paragraphs.last_mut() {
            Some(paragraph) if same => paragraph.span = Span::new(paragraph.span.start(), p.span.end()),
            _ => article.paragraphs.push(Paragraph {
                kind: p.kind,
                span: p.span,
                source: Source::Bytes(p.span),
            }),
        }
        last = Some(p.paragraph);
        sentences.push(Sentence { paragraph: article.paragraphs.len() as u32 - 1, span: p.span });
    }
    article.title = text_of(&article, ParagraphKind::Title);
    article.lead = text_of(&article, ParagraphKind::Lead);
    Ok(Document { article, sentences })
}

/// Puts down what a record says of the article on one side.
fn known(article: &mut Article, record: &Record) {
    let of = |tag: &str, retrieved: &Option<String>, tdm: &Option<TdmReservation>, page: &Option<String>| {
        Provenance {
            tag: Some(tag.to_owned()),
            retrieved: retrieved.clone(),
            tdm: tdm.clone(),
            page_sha256: page.clone(),
        }
    };
    match article.lang {
        Lang::Zh => {
            (article.url, article.author) = (record.zh_url.clone(), record.translator.clone());
            article.published.clone_from(&record.zh_published);
            article.provenance =
                of(&record.zh_lang, &record.zh_retrieved, &record.zh_tdm, &record.zh_page_sha256);
        }
        Lang::En => {
            article.author.clone_from(&record.author);
            article.published.clone_from(&record.en_published);
            article.provenance =
                of(&record.en_lang, &record.en_retrieved, &record.en_tdm, &record.en_page_sha256);
        }
    }
}

fn text_of(article: &Article, kind: ParagraphKind) -> Option<String> {
    let paragraph = article.paragraphs.iter().find(|p| p.kind == kind)?;
    Some(article.paragraph_text(paragraph).to_owned())
}
