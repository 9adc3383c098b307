//! Our own `aligned.jsonl`.
//!
//! Its sentences stand at their spans again, so that findings point into the articles that the file was made from; what lies
//! between sentences is not in the file, and becomes blanks. Of a corpus that was filtered, what is left is read: sentences get
//! numbers without gaps, beads keep their own.

use super::{Reader, rows, text};
use crate::error::{Error, Result};
use crate::model::{
    Alignment, Article, ArticlePair, Bead, Bitext, Document, Evidence, Finding, Lang, Paragraph,
    ParagraphKind, Part, Provenance, Record, Relation, Sentence, Sides, Source, Span, TdmReservation,
    UNKNOWN,
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// `aligned.jsonl`.
pub const READER: Reader = Reader {
    name: "jsonl",
    extensions: &["jsonl", "json", "ndjson"],
    doc: "aligned.jsonl as `duizhao run` writes it",
    read,
};

/// What can be done about beads that are none.
const UNSOUND: &str = "make the file anew, or leave the pair out";

/// No article is longer; a span beyond it must not cost memory.
const LONGEST: usize = 32 << 20;

fn read(_: &str, bytes: &[u8]) -> Result<Vec<Bitext>> {
    let mut pairs: Vec<Vec<Record>> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (number, line) in text(bytes)?.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let record = Record::parse(line).map_err(|e| e.on_line(number as u64 + 1))?;
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

/// The bitext of these beads, all of one pair of articles.
///
/// # Errors
/// If there is none, or if they contradict one another.
pub fn bitext(records: Vec<Record>) -> Result<Bitext> {
    let (zh, en) = (document(&records, Lang::Zh)?, document(&records, Lang::En)?);
    let places = Sides::new(zh.1, en.1);
    let sides = Sides::new(zh.0, en.0);
    let Some(first) = records.first() else { return Err(Error::input("a pair without beads")) };
    let (id, en_url) = (first.pair.clone(), first.en_url.clone());
    let licence = Some(first.licence.clone()).filter(|licence| licence != UNKNOWN);
    let revised = (0..).zip(&records).filter_map(|(n, r)| Some((n, r.revision.clone()?)));
    let revisions = revised.collect();
    let numbers = numbers(&records);
    let own = |(place, r): (usize, &Record)| -> Vec<Finding> {
        r.findings.iter().map(|f| Finding { bead: place as u32, ..f.clone() }).collect()
    };
    let findings = records.iter().enumerate().flat_map(own).collect();
    let claims = claims(&records);
    let placed = |places: &HashMap<u32, u32>, indices: &[u32]| {
        indices.iter().filter_map(|index| places.get(index).copied()).collect()
    };
    let beads = records.into_iter().zip(claims).map(|(r, (relation, en))| Bead {
        zh: placed(&places.zh, &r.zh_index),
        en: placed(&places.en, &en),
        relation,
        confidence: r.confidence as f32,
        parts: r.signals.into_iter().map(|(signal, value)| Part { signal, value: value as f32 }).collect(),
    });
    let (zh, en) = (sides.zh.sentences.len(), sides.en.sentences.len());
    let alignment = Alignment::new(beads.collect(), zh, en, "imported".to_owned()).map_err(|e| {
        Error::input(format!("the beads of {id} contradict one another")).caused_by(e).remedy(UNSOUND)
    })?;
    let pair = ArticlePair { id, documents: sides, evidence: Evidence::Given, en_url, licence };
    Ok(Bitext { pair, alignment, findings, numbers, revisions })
}

/// The beads' own numbers, as their names have them; nothing where these count from 0.
fn numbers(records: &[Record]) -> Vec<u32> {
    let number = |(place, record): (u32, &Record)| {
        let number = record.id.rsplit_once('#').and_then(|(_, number)| number.parse().ok());
        number.unwrap_or(place)
    };
    let numbers: Vec<u32> = (0..).zip(records).map(number).collect();
    if numbers.iter().copied().eq(0..numbers.len() as u32) { Vec::new() } else { numbers }
}

/// Each bead's relation and English sentences. Of a repeat, what nothing translates any more, since that bead was filtered
/// out, is translated by it.
fn claims(records: &[Record]) -> Vec<(Relation, Vec<u32>)> {
    let is_claim = |r: &&Record| !r.zh_index.is_empty() && r.relation != Relation::Repeat;
    let mut translated: HashSet<u32> =
        records.iter().filter(is_claim).flat_map(|r| r.en_index.iter().copied()).collect();
    let claim = |r: &Record| {
        let lost: Vec<u32> = r.en_index.iter().copied().filter(|e| !translated.contains(e)).collect();
        if r.relation != Relation::Repeat || lost.is_empty() {
            return (r.relation, r.en_index.clone());
        }
        translated.extend(&lost);
        (Relation::Translation, lost)
    };
    records.iter().map(claim).collect()
}

/// A sentence as a record has it.
struct Placed<'r> {
    text: &'r str,
    span: Span,
    paragraph: u32,
    kind: ParagraphKind,
}

/// One side's document, and at which place in it each of the sentences is that are here.
fn document(records: &[Record], lang: Lang) -> Result<(Document, HashMap<u32, u32>)> {
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
            ))
            .remedy(UNSOUND));
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
    let places = placed.keys().copied().zip(0..).collect();
    let mut sentences = Vec::new();
    // Paragraphs without a sentence are not in the file: those that are keep their order under new numbers.
    let mut last = None;
    for (index, p) in placed {
        let at = article.text.len();
        if p.span.len() != p.text.len() || p.span.start() < at || p.span.end() > LONGEST {
            return Err(Error::input(format!(
                "the span of sentence {index} of {name} does not fit its text"
            ))
            .remedy(UNSOUND));
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
    Ok((Document { article, sentences }, places))
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Beads of one pair, by their numbers: relation, Chinese and English sentences.
    fn lines(beads: &[(u32, Relation, &[u32], &[u32])]) -> String {
        let text = |n: &u32| format!("s{n}");
        let spans =
            |side: &[u32]| side.iter().map(|n| [10 * n, 10 * n + text(n).len() as u32]).collect::<Vec<_>>();
        let finding = json!({"id": "0", "group": "0", "check": "number", "severity": "major", "category": "x", "confidence": 1,
            "bead": 9, "spans": {"zh": [], "en": []}, "message": {"en": "", "zh": ""}, "suggestion": null});
        let line = |&(number, relation, zh, en): &(u32, Relation, &[u32], &[u32])| {
            let texts = |side: &[u32]| side.iter().map(text).collect::<Vec<_>>();
            json!({"id": format!("z+e#{number}"), "pair": "z+e", "zh_url": null, "en_url": "u", "zh_file": "z", "en_file": "e",
                "zh": texts(zh), "en": texts(en), "zh_index": zh, "en_index": en, "zh_span": spans(zh), "en_span": spans(en),
                "relation": relation, "confidence": 1, "signals": {}, "findings": [finding]})
            .to_string()
        };
        beads.iter().map(|bead| line(bead) + "\n").collect()
    }

    #[test]
    fn what_is_left_of_a_filtered_pair_keeps_its_names_and_findings() {
        let text = lines(&[(2, Relation::Translation, &[3], &[1, 2]), (7, Relation::Moved, &[9], &[0])]);
        let bitext = read("a", text.as_bytes()).unwrap().remove(0);
        assert_eq!((bitext.id(0), bitext.id(1)), ("z+e#2".to_owned(), "z+e#7".to_owned()));
        let beads = bitext.alignment.beads();
        assert_eq!((&*beads[0].zh, &*beads[0].en, &*beads[1].zh), (&[0][..], &[1, 2][..], &[1][..]));
        assert_eq!(bitext.findings.iter().map(|f| f.bead).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(bitext.pair.documents.en.sentence(2), "s2");
    }

    #[test]
    fn a_repeat_whose_translation_is_gone_is_one() {
        let text = lines(&[
            (0, Relation::Repeat, &[0], &[1]),
            (1, Relation::Repeat, &[1], &[1, 2]),
            (4, Relation::Translation, &[4], &[2]),
        ]);
        let bitext = read("a", text.as_bytes()).unwrap().remove(0);
        let relations: Vec<Relation> = bitext.alignment.beads().iter().map(|b| b.relation).collect();
        assert_eq!(relations, [Relation::Translation, Relation::Repeat, Relation::Translation]);
        assert!(bitext.numbers == [0, 1, 4]);
    }
}
