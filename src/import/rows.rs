//! Rows of text → a bitext of one bead a row.

use crate::error::Result;
use crate::model::{
    Alignment, Article, ArticlePair, Bead, Bitext, Document, Evidence, Lang, Paragraph, ParagraphKind,
    Relation, Sentence, Sides, Source, Span,
};
use crate::text::{han, name};
use std::collections::HashMap;

/// What made alignments that came without saying so.
const SIGNATURE: &str = "imported";

/// Rows of several article pairs, put together by the pairs' names, in the order in which these first come.
#[derive(Default)]
pub(super) struct Pairs {
    names: Vec<String>,
    rows: HashMap<String, Vec<Sides<String>>>,
    addresses: HashMap<String, Sides<Option<String>>>,
}

impl Pairs {
    /// Adds a row to the pair of this name.
    pub(super) fn add(&mut self, name: &str, row: Sides<String>) {
        if !self.rows.contains_key(name) {
            self.names.push(name.to_owned());
        }
        self.rows.entry(name.to_owned()).or_default().push(row);
    }

    /// Puts down where the articles of the pair of this name stood.
    pub(super) fn stood_at(&mut self, name: &str, addresses: Sides<Option<String>>) {
        self.addresses.insert(name.to_owned(), addresses);
    }

    /// Whether there is no row.
    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// A bitext for every pair.
    pub(super) fn bitexts(mut self) -> Result<Vec<Bitext>> {
        let names = std::mem::take(&mut self.names);
        let one = |name: String| {
            let mut bitext = bitext(&name, self.rows.get(&name).map_or(&[], Vec::as_slice))?;
            let addresses = self.addresses.remove(&name).unwrap_or_default();
            bitext.pair.documents.zh.article.url = addresses.zh;
            bitext.pair.en_url = addresses.en.unwrap_or(bitext.pair.en_url);
            Ok(bitext)
        };
        names.into_iter().map(one).collect()
    }
}

/// The pair's part of a bead's name, as our formats name beads: `PAIR#NUMBER`.
pub(super) fn pair_of(bead: &str) -> Option<&str> {
    let (pair, number) = bead.rsplit_once('#')?;
    let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    (is_number && !pair.is_empty()).then_some(pair)
}

/// The original's name, as far as a pair's name tells: behind `+`, without folders and extension.
fn original(pair: &str) -> &str {
    let file = name::base(pair.rsplit_once('+').map_or(pair, |(_, original)| original));
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// The bitext of these rows, each with a Chinese and an English text, one of which may be empty.
pub(super) fn bitext(name: &str, rows: &[Sides<String>]) -> Result<Bitext> {
    let mut zh = Builder::new(name, Lang::Zh);
    let mut en = Builder::new(name, Lang::En);
    let mut beads = Vec::new();
    for row in rows {
        let sides = Sides::new(zh.add(&row.zh), en.add(&row.en));
        beads.extend(bead(sides, 1.0));
    }
    assembled(name, Sides::new(zh, en), beads)
}

/// The bitext of these texts and beads.
pub(super) fn assembled(name: &str, texts: Sides<Builder>, beads: Vec<Bead>) -> Result<Bitext> {
    let documents = texts.map(Builder::finish);
    let (zh, en) = (documents.zh.sentences.len(), documents.en.sentences.len());
    let alignment = Alignment::new(beads, zh, en, SIGNATURE.to_owned())?;
    let pair = ArticlePair {
        id: name.to_owned(),
        documents,
        evidence: Evidence::Given,
        en_url: original(name).to_owned(),
        licence: None,
    };
    Ok(Bitext { pair, alignment, findings: Vec::new(), numbers: Vec::new(), revisions: Default::default() })
}

/// The bead of these sentences, none if there are none.
pub(super) fn bead(sides: Sides<Vec<u32>>, confidence: f32) -> Option<Bead> {
    let relation = match (sides.zh.is_empty(), sides.en.is_empty()) {
        (false, false) => Relation::Translation,
        (false, true) => Relation::Added,
        (true, false) => Relation::Omitted,
        (true, true) => return None,
    };
    Some(Bead { zh: sides.zh, en: sides.en, relation, confidence, parts: Vec::new() })
}

/// A document while it is put together.
pub(super) struct Builder {
    document: Document,
}

impl Builder {
    pub(super) fn new(name: &str, lang: Lang) -> Self {
        Self { document: Document { article: article(name, lang), sentences: Vec::new() } }
    }

    fn finish(self) -> Document {
        let Document { mut article, sentences } = self.document;
        article.provenance.tag = Some(han::tag(article.lang, &article.text).to_owned());
        Document { article, sentences }
    }

    /// Adds a text as a paragraph of one sentence; its number, none for an empty text.
    pub(super) fn add(&mut self, text: &str) -> Vec<u32> {
        if text.trim().is_empty() {
            return Vec::new();
        }
        let Document { article, sentences } = &mut self.document;
        if !article.text.is_empty() {
            article.text.push('\n');
        }
        let span = Span::new(article.text.len(), article.text.len() + text.trim().len());
        article.text.push_str(text.trim());
        let paragraph = article.paragraphs.len() as u32;
        article.paragraphs.push(Paragraph { kind: ParagraphKind::Body, span, source: Source::Bytes(span) });
        sentences.push(Sentence { paragraph, span });
        vec![sentences.len() as u32 - 1]
    }
}

/// An article of which nothing but its name is known.
pub(super) fn article(name: &str, lang: Lang) -> Article {
    Article {
        id: name.to_owned(),
        site: "imported".to_owned(),
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
    }
}
