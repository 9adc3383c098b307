//! How checks see an aligned pair: a unit a bead, both sides as running text, every stretch of which leads back into the
//! articles.

use super::names::Names;
use super::{Config, Facts, Tools};
use crate::model::{Alignment, ArticlePair, Bead, Document, Lang, ParagraphKind, Relation, Sides, Span};
use std::ops::Range;
use std::sync::OnceLock;

/// An aligned pair.
pub struct View<'v> {
    /// The pair.
    pub pair: &'v ArticlePair,
    /// Its beads, in order: unit `n` is bead `n`.
    pub units: Vec<Unit>,
    /// What the units name.
    pub(super) names: Names,
    /// Lexicon and encoder.
    pub tools: Tools<'v>,
    /// How to check.
    pub config: &'v Config,
}

impl<'v> View<'v> {
    /// The view of an alignment.
    pub fn new(pair: &'v ArticlePair, alignment: &Alignment, tools: Tools<'v>, config: &'v Config) -> Self {
        let units: Vec<Unit> =
            alignment.beads().iter().map(|bead| Unit::new(&pair.documents, bead)).collect();
        let names = Names::new(&pair.documents.en, &units, tools.lexicon);
        Self { pair, units, names, tools, config }
    }

    /// Units with both sides, with their numbers.
    pub fn linked(&self) -> impl Iterator<Item = (usize, &Unit)> {
        self.units.iter().enumerate().filter(|(_, unit)| unit.is_linked())
    }
}

/// A bead's text.
pub struct Unit {
    /// How the sides belong together.
    pub relation: Relation,
    /// How sure the aligner is, 0–1, as files say it.
    pub confidence: f32,
    /// The Chinese; empty if there is none.
    pub zh: Side,
    /// The English; empty if there is none.
    pub en: Side,
}

/// A confidence as files say it, with four decimals: what is behind them may differ between processors, and what is found in a
/// file must be what is found before it is written.
pub(super) fn written(confidence: f32) -> f32 {
    (confidence * 1e4).round() / 1e4
}

impl Unit {
    fn new(documents: &Sides<Document>, bead: &Bead) -> Self {
        Self {
            relation: bead.relation,
            confidence: written(bead.confidence),
            zh: Side::new(&documents.zh, &bead.zh, Lang::Zh),
            en: Side::new(&documents.en, &bead.en, Lang::En),
        }
    }

    /// Whether both sides have text.
    pub fn is_linked(&self) -> bool {
        !self.zh.text.is_empty() && !self.en.text.is_empty()
    }

    /// The facts of both sides.
    pub fn facts(&self) -> Sides<&Facts> {
        Sides::new(self.zh.facts(Lang::Zh), self.en.facts(Lang::En))
    }

    /// Both sides.
    pub fn sides(&self) -> Sides<&Side> {
        Sides::new(&self.zh, &self.en)
    }
}

/// One side of a unit: its sentences as one text, Chinese without blanks between them, English with one.
#[derive(Debug, Clone, Default)]
pub struct Side {
    /// The text.
    pub text: String,
    /// The sentences' numbers in the document.
    pub sentences: Vec<u32>,
    /// What the first sentence's paragraph is; `Body` if there is no sentence.
    pub kind: Option<ParagraphKind>,
    /// Where each sentence begins in `text`, and its bytes in the article.
    pieces: Vec<(usize, Span)>,
    facts: OnceLock<Facts>,
}

impl Side {
    fn new(document: &Document, indices: &[u32], lang: Lang) -> Self {
        let mut side = Self { sentences: indices.to_vec(), ..Self::default() };
        side.kind = indices.first().and_then(|&i| document.paragraph_of(i as usize)).map(|p| p.kind);
        for &index in indices {
            let Some(sentence) = document.sentences.get(index as usize) else { continue };
            if lang == Lang::En && !side.text.is_empty() {
                side.text.push(' ');
            }
            side.pieces.push((side.text.len(), sentence.span));
            side.text.push_str(sentence.span.slice(&document.article.text));
        }
        side
    }

    /// A side that stands in no article; for tests and for whoever wants to look at a bare text.
    pub fn of(text: &str) -> Self {
        let pieces = vec![(0, Span::new(0, text.len()))];
        Self { text: text.to_owned(), sentences: vec![0], pieces, ..Self::default() }
    }

    /// Where stretches of the text stand in the article; one that runs over several sentences gives several spans.
    pub fn spans(&self, ranges: &[Range<usize>]) -> Vec<Span> {
        let mut spans = Vec::new();
        for range in ranges {
            for &(start, span) in &self.pieces {
                let from = range.start.max(start);
                let to = range.end.min(start + span.len());
                if from < to {
                    spans.push(Span::new(span.start() + from - start, span.start() + to - start));
                }
            }
        }
        spans.sort();
        spans.dedup();
        spans
    }

    /// Entities, dates and amounts of the text, which is of this language; scanned when first asked for.
    pub fn facts(&self, lang: Lang) -> &Facts {
        self.facts.get_or_init(|| Facts::of(&self.text, lang))
    }

    /// The sentences' numbers in the document, and where each stands in the text.
    pub fn lines(&self) -> impl Iterator<Item = (u32, Range<usize>)> {
        self.sentences.iter().zip(&self.pieces).map(|(&number, &(at, span))| (number, at..at + span.len()))
    }

    /// Whether it is a title, a heading or a caption, which are rewritten rather than translated.
    pub fn is_headline(&self) -> bool {
        matches!(self.kind, Some(ParagraphKind::Title | ParagraphKind::Heading | ParagraphKind::Caption))
    }

    /// The whole text, as a stretch.
    pub fn whole(&self) -> Range<usize> {
        0..self.text.len()
    }
}
