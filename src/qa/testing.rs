//! What tests of checks share.

use super::{Check, Config, Draft, Tools, View};
use crate::lexicon::Lexicon;
use crate::model::{
    Alignment, Article, ArticlePair, Bead, Document, Evidence, Lang, Paragraph, ParagraphKind, Relation,
    Sentence, Sides, Source, Span,
};

/// What a check reports of one bead.
pub fn drafts(check: &Check, zh: &str, en: &str) -> Vec<Draft> {
    drafts_of(check, &[(zh, en)])
}

/// What a check reports of an article of these beads, each a paragraph of its own; either side of one may be empty.
pub fn drafts_of(check: &Check, rows: &[(&str, &str)]) -> Vec<Draft> {
    let (pair, alignment) = pair(rows);
    let tools = Tools { lexicon: Lexicon::builtin(), encoder: None };
    let config = Config::default();
    (check.run)(&View::new(&pair, &alignment, tools, &config))
}

/// What a check reports of a post of one paragraph; each sentence is a bead of its own.
pub fn drafts_in_paragraph(check: &Check, sentences: &[&str]) -> Vec<Draft> {
    let rows: Vec<(&str, &str)> = sentences.iter().map(|zh| (*zh, "Words.")).collect();
    let (mut pair, alignment) = pair(&rows);
    let document = &mut pair.documents.zh;
    let end = document.article.text.len();
    document.article.paragraphs.truncate(1);
    document.article.paragraphs[0].span = Span::new(0, end);
    document.sentences.iter_mut().for_each(|sentence| sentence.paragraph = 0);
    let tools = Tools { lexicon: Lexicon::builtin(), encoder: None };
    let config = Config::default();
    (check.run)(&View::new(&pair, &alignment, tools, &config))
}

/// What a check marks in the Chinese of one bead: cause or message, and the text, in order of place.
pub fn marked(check: &Check, zh: &str) -> Vec<String> {
    let mut drafts = drafts(check, zh, "Words.");
    drafts.sort_by_key(|draft| draft.zh.first().map(|range| range.start));
    drafts.iter().map(|d| d.zh.iter().map(|range| &zh[range.clone()]).collect::<Vec<_>>().join("|")).collect()
}

/// An article pair of these beads.
pub fn pair(rows: &[(&str, &str)]) -> (ArticlePair, Alignment) {
    let zh: Vec<&str> = rows.iter().map(|row| row.0).filter(|t| !t.is_empty()).collect();
    let en: Vec<&str> = rows.iter().map(|row| row.1).filter(|t| !t.is_empty()).collect();
    let (mut z, mut e) = (0..zh.len() as u32, 0..en.len() as u32);
    let beads = rows.iter().map(|row| {
        let side = |text: &str, next: &mut std::ops::Range<u32>| {
            if text.is_empty() { Vec::new() } else { next.next().into_iter().collect() }
        };
        let (zh, en) = (side(row.0, &mut z), side(row.1, &mut e));
        let relation = match (zh.is_empty(), en.is_empty()) {
            (false, true) => Relation::Added,
            (true, _) => Relation::Omitted,
            _ => Relation::Translation,
        };
        Bead { zh, en, relation, confidence: 1.0, parts: Vec::new() }
    });
    let alignment = Alignment::new(beads.collect(), zh.len(), en.len(), String::new()).unwrap();
    let documents = Sides::new(document(&zh, Lang::Zh), document(&en, Lang::En));
    let pair = ArticlePair {
        id: "zh.md+en.md".to_owned(),
        documents,
        evidence: Evidence::Given,
        en_url: "https://news.example/story/".to_owned(),
        licence: None,
    };
    (pair, alignment)
}

fn document(texts: &[&str], lang: Lang) -> Document {
    let mut article = Article {
        id: "a.md".to_owned(),
        site: "generic".to_owned(),
        lang,
        url: None,
        aliases: Vec::new(),
        provenance: Default::default(),
        title: None,
        lead: None,
        author: None,
        published: None,
        cites: Vec::new(),
        text: String::new(),
        paragraphs: Vec::new(),
    };
    let mut sentences = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        if number > 0 {
            article.text.push('\n');
        }
        let span = Span::new(article.text.len(), article.text.len() + text.len());
        article.text.push_str(text);
        article.paragraphs.push(Paragraph { kind: ParagraphKind::Body, span, source: Source::Bytes(span) });
        sentences.push(Sentence { paragraph: number as u32, span });
    }
    Document { article, sentences }
}
