//! Gold as article pairs that can be checked, and the beads of them that take an error.

use super::super::random::Dice;
use super::super::{Settings, findings};
use super::scan;
use crate::align;
use crate::error::Result;
use crate::eval::{Gold, IndexBead};
use crate::model::{
    Alignment, Article, ArticlePair, Bead, Document, Evidence, Finding, Lang, Paragraph, ParagraphKind,
    Relation, Sentence, Sides, Source, Span,
};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A gold article pair.
pub struct Case {
    /// The article's slug.
    pub slug: String,
    /// The pair, made of the gold's sentences.
    pub pair: ArticlePair,
    /// The gold's beads.
    pub alignment: Alignment,
    /// Of every bead, whether it has both sides and no annotated fault.
    pub is_clean: Vec<bool>,
    /// Latin names that stand in both articles, in order of appearance in the post.
    pub names: Vec<String>,
    /// Sentences of other posts.
    pub foreign: Vec<String>,
    /// English sentences that the post says twice.
    repeated: BTreeSet<u32>,
}

impl Case {
    /// The case of a gold article.
    ///
    /// # Errors
    /// If the beads do not hold every sentence exactly once.
    pub fn new(gold: &Gold) -> Result<Self> {
        let documents = Sides::new(
            document(&gold.slug, Lang::Zh, &numbered(&gold.zh, &gold.zh_paragraph)),
            document(&gold.slug, Lang::En, &numbered(&gold.en, &gold.en_paragraph)),
        );
        let beads = beads(gold);
        let touched = |bead: &Bead| {
            let zh = gold.issues.iter().flat_map(|issue| &issue.z).any(|z| bead.zh.contains(z));
            zh || gold.issues.iter().flat_map(|issue| &issue.e).any(|e| bead.en.contains(e))
        };
        let is_clean =
            beads.iter().map(|bead| bead.relation == Relation::Translation && !touched(bead)).collect();
        let (zh, en) = (gold.zh.len(), gold.en.len());
        let alignment = Alignment::new(beads, zh, en, "gold".to_owned())
            .map_err(|e| e.at(format!("{}.gold.json", gold.slug)))?;
        let pair = super::super::pair(documents, Evidence::Given);
        let names = scan::shared_names(&pair.documents.zh.article.text, &pair.documents.en.article.text);
        let repeated = gold.repeats.iter().flat_map(|bead| bead.en().to_vec()).collect();
        let slug = gold.slug.clone();
        Ok(Self { slug, pair, alignment, is_clean, names, foreign: Vec::new(), repeated })
    }

    /// The beads that take an error.
    pub fn hosts(&self, article: usize) -> impl Iterator<Item = Host<'_>> {
        let clean = self.is_clean.iter().enumerate().filter(|(_, is_clean)| **is_clean);
        clean.filter_map(move |(bead, _)| Host::new(self, article, bead))
    }

    /// The whole text of the post.
    pub fn zh(&self) -> &str {
        &self.pair.documents.zh.article.text
    }

    /// The whole text of the original.
    pub fn en(&self) -> &str {
        &self.pair.documents.en.article.text
    }
}

/// Gives every case some sentences of the others.
pub(super) fn exchange(cases: &mut [Case], seed: u64) {
    let own = |case: &Case| -> Vec<String> {
        let hosts = case.hosts(0).filter(|host| host.bead > 0);
        let texts = hosts.map(|host| host.zh).filter(|zh| zh.ends_with('。') && scan::han(zh) >= 15);
        texts.filter(|zh| zh.matches('。').count() == 1).collect()
    };
    let all: Vec<(String, Vec<String>)> = cases.iter().map(|case| (case.slug.clone(), own(case))).collect();
    for case in cases {
        let others = all.iter().filter(|(slug, _)| *slug != case.slug);
        let mut foreign: Vec<String> = others.flat_map(|(_, texts)| texts.clone()).collect();
        Dice::new(seed, &case.slug).shuffle(&mut foreign);
        foreign.truncate(64);
        case.foreign = foreign;
    }
}

/// What is found in a case as it is.
pub(super) struct Base {
    given: Vec<Finding>,
    realigned: Vec<Finding>,
}

impl Base {
    /// Looks at a case, once by its own beads and once by the aligner's.
    pub fn new(case: &Case, settings: &Settings) -> Result<Self> {
        let realigned = align::run(&case.pair.documents, &settings.align)?.output;
        Ok(Self {
            given: findings(&case.pair, &case.alignment, settings),
            realigned: findings(&case.pair, &realigned, settings),
        })
    }

    /// What is found by the beads of the gold, or by those of the aligner.
    pub fn findings(&self, is_realigned: bool) -> &[Finding] {
        if is_realigned { &self.realigned } else { &self.given }
    }
}

/// A bead that takes an error: its texts, and where they stand.
#[derive(Clone)]
pub struct Host<'c> {
    /// The article it belongs to.
    pub case: &'c Case,
    /// That article's number.
    pub article: usize,
    /// The bead's number.
    pub bead: usize,
    /// The Chinese sentences in one.
    pub zh: String,
    /// The English ones, a blank between each two.
    pub en: String,
    /// Of every Chinese sentence, where it begins in `zh`, and its number.
    pieces: Sides<Vec<(usize, u32)>>,
}

impl<'c> Host<'c> {
    fn new(case: &'c Case, article: usize, bead: usize) -> Option<Self> {
        let sentences = case.alignment.beads().get(bead)?;
        let (mut zh, mut en) = (String::new(), String::new());
        let mut pieces = Sides::<Vec<(usize, u32)>>::default();
        for &z in &sentences.zh {
            pieces.zh.push((zh.len(), z));
            zh.push_str(case.pair.documents.zh.sentence(z as usize));
        }
        for &e in &sentences.en {
            if !en.is_empty() {
                en.push(' ');
            }
            pieces.en.push((en.len(), e));
            en.push_str(case.pair.documents.en.sentence(e as usize));
        }
        Some(Self { case, article, bead, zh, en, pieces })
    }

    /// The numbers of the Chinese sentences.
    pub fn sentences(&self) -> Vec<u32> {
        self.pieces.zh.iter().map(|&(_, sentence)| sentence).collect()
    }

    /// The bead behind, if it takes an error too.
    pub fn next(&self) -> Option<Self> {
        let next = self.bead + 1;
        let is_clean = self.case.is_clean.get(next).copied().unwrap_or_default();
        if is_clean { Self::new(self.case, self.article, next) } else { None }
    }

    /// Whether the post says one of its English sentences elsewhere too.
    pub fn is_repeated(&self) -> bool {
        self.pieces.en.iter().any(|(_, e)| self.case.repeated.contains(e))
    }

    /// All of the English.
    pub fn whole_en(&self) -> Vec<Range<usize>> {
        std::iter::once(0..self.en.len()).collect()
    }

    /// The Chinese sentence that holds bytes of `zh`, and where they stand in the article.
    pub(super) fn locate_zh(&self, range: &Range<usize>) -> Option<(usize, Span)> {
        locate(&self.case.pair.documents.zh, &self.pieces.zh, range)
    }

    /// Where bytes of `en` stand in the article, sentence by sentence.
    pub(super) fn locate_en(&self, range: &Range<usize>) -> Vec<Span> {
        let document = &self.case.pair.documents.en;
        let part = |&(start, sentence): &(usize, u32)| {
            let length = document.sentence(sentence as usize).len();
            let cut = range.start.max(start)..range.end.min(start + length);
            if cut.start >= cut.end {
                return None;
            }
            locate(document, &self.pieces.en, &cut).map(|(_, span)| span)
        };
        self.pieces.en.iter().filter_map(part).collect()
    }
}

fn locate(document: &Document, pieces: &[(usize, u32)], range: &Range<usize>) -> Option<(usize, Span)> {
    let holds = |start: usize, sentence: u32| {
        let text = document.sentence(sentence as usize);
        start <= range.start && range.end <= start + text.len()
    };
    let &(start, sentence) = pieces.iter().find(|&&(start, sentence)| holds(start, sentence))?;
    let offset = document.sentences.get(sentence as usize)?.span.start();
    Some((sentence as usize, Span::new(offset + range.start - start, offset + range.end - start)))
}

/// Sentences with the numbers of their paragraphs; without numbers each is one.
fn numbered<'g>(sentences: &'g [String], paragraphs: &[u32]) -> Vec<(u32, &'g str)> {
    let is_complete = sentences.len() == paragraphs.len();
    let number = |i: usize| if is_complete { paragraphs.get(i).copied() } else { None };
    sentences.iter().enumerate().map(|(i, text)| (number(i).unwrap_or(i as u32), text.as_str())).collect()
}

/// A document of these sentences, each with the number of its paragraph.
pub(super) fn document(slug: &str, lang: Lang, sentences: &[(u32, &str)]) -> Document {
    let suffix = if lang == Lang::Zh { "zh" } else { "en" };
    let mut article = Article {
        id: format!("{slug}.{suffix}"),
        site: "gold".to_owned(),
        lang,
        url: None,
        aliases: Vec::new(),
        provenance: Default::default(),
        title: sentences.first().map(|(_, text)| (*text).to_owned()),
        lead: None,
        author: None,
        published: None,
        cites: Vec::new(),
        text: String::new(),
        paragraphs: Vec::new(),
    };
    let mut cut = Vec::new();
    let mut last = None;
    for &(number, text) in sentences {
        let is_new = last != Some(number);
        last = Some(number);
        if is_new && !article.text.is_empty() {
            article.text.push('\n');
        } else if !is_new && lang == Lang::En {
            article.text.push(' ');
        }
        let span = Span::new(article.text.len(), article.text.len() + text.len());
        article.text.push_str(text);
        match article.paragraphs.last_mut() {
            Some(paragraph) if !is_new => paragraph.span = Span::new(paragraph.span.start(), span.end()),
            _ => {
                let kind = kind(text, article.paragraphs.is_empty());
                article.paragraphs.push(Paragraph { kind, span, source: Source::Bytes(span) });
            }
        }
        cut.push(Sentence { paragraph: article.paragraphs.len() as u32 - 1, span });
    }
    Document { article, sentences: cut }
}

/// What a paragraph is, by how it begins: gold does not say.
fn kind(text: &str, is_first: bool) -> ParagraphKind {
    let is_item = ["* ", "- ", "·", "•"].iter().any(|mark| text.starts_with(mark));
    match (is_first, is_item) {
        (true, _) => ParagraphKind::Title,
        (_, true) => ParagraphKind::ListItem,
        _ if text.starts_with("Source:") => ParagraphKind::Caption,
        _ => ParagraphKind::Body,
    }
}

/// The gold's beads with their relations; what says again something that is translated elsewhere is a repeat of it.
fn beads(gold: &Gold) -> Vec<Bead> {
    let repeats: BTreeMap<u32, &IndexBead> =
        gold.repeats.iter().flat_map(|bead| bead.zh().iter().map(move |&z| (z, bead))).collect();
    let translated: BTreeSet<u32> =
        gold.beads.iter().filter(|bead| !bead.is_null()).flat_map(|bead| bead.en().to_vec()).collect();
    let bead = |bead: &IndexBead| {
        let (zh, mut en) = (bead.zh().to_vec(), bead.en().to_vec());
        let repeated = zh.first().and_then(|z| repeats.get(z));
        let relation = match (zh.is_empty(), en.is_empty(), repeated) {
            (false, true, Some(repeat)) if repeat.en().iter().all(|e| translated.contains(e)) => {
                en = repeat.en().to_vec();
                Relation::Repeat
            }
            (false, true, _) => Relation::Added,
            (true, _, _) => Relation::Omitted,
            _ => Relation::Translation,
        };
        Bead { zh, en, relation, confidence: 1.0, parts: Vec::new() }
    };
    gold.beads.iter().map(bead).collect()
}
