//! The post as its reader sees it: paragraphs, whatever beads their sentences ended up in.

use super::View;
use crate::model::{ParagraphKind, Sentence};
use std::ops::Range;

/// A paragraph of the post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// What it is.
    pub kind: ParagraphKind,
    /// Its sentences, one after the other, without what stands between them.
    pub text: String,
    /// The sentences, in order.
    pub lines: Vec<Line>,
}

/// A sentence of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Number of the unit that it is in.
    pub unit: usize,
    /// Where it begins in the unit's Chinese text.
    pub at: usize,
    /// Its bytes of the paragraph's text.
    pub range: Range<usize>,
}

impl Line {
    /// Its text.
    pub fn text<'p>(&self, paragraph: &'p Paragraph) -> &'p str {
        paragraph.text.get(self.range.clone()).unwrap_or("")
    }

    /// Bytes of this line as bytes of the unit's text.
    pub fn in_unit(&self, range: Range<usize>) -> Range<usize> {
        self.at + range.start..self.at + range.end
    }
}

impl Paragraph {
    /// Which unit a stretch of the paragraph begins in, and what it covers there; what runs over the sentence's end is cut
    /// off.
    pub fn place(&self, range: Range<usize>) -> Option<(usize, Range<usize>)> {
        let line = self.lines.iter().find(|line| line.range.contains(&range.start))?;
        let end = range.end.min(line.range.end);
        Some((line.unit, line.in_unit(range.start - line.range.start..end - line.range.start)))
    }
}

/// The post's paragraphs, in order; paragraphs without a sentence are left out.
pub fn paragraphs(view: &View<'_>) -> Vec<Paragraph> {
    let document = &view.pair.documents.zh;
    let mut places: Vec<Option<(usize, usize)>> = vec![None; document.sentences.len()];
    for (number, unit) in view.units.iter().enumerate() {
        for (sentence, range) in unit.zh.lines() {
            if let Some(place) = places.get_mut(sentence as usize) {
                *place = Some((number, range.start));
            }
        }
    }
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut last = None;
    for (Sentence { paragraph, span }, place) in document.sentences.iter().zip(places) {
        let Some((unit, at)) = place else { continue };
        if last != Some(*paragraph) {
            let kind = document.article.paragraphs.get(*paragraph as usize).map(|p| p.kind);
            let kind = kind.unwrap_or(ParagraphKind::Body);
            paragraphs.push(Paragraph { kind, text: String::new(), lines: Vec::new() });
            last = Some(*paragraph);
        }
        let Some(paragraph) = paragraphs.last_mut() else { continue };
        let from = paragraph.text.len();
        paragraph.text.push_str(span.slice(&document.article.text));
        paragraph.lines.push(Line { unit, at, range: from..paragraph.text.len() });
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::qa::{Config, Tools, testing};

    #[test]
    fn sentences_lead_back_into_their_units() {
        let (pair, alignment) = testing::pair(&[("甲。", "A."), ("", "B."), ("乙丙。", "C.")]);
        let tools = Tools { lexicon: Lexicon::builtin(), encoder: None };
        let config = Config::default();
        let view = View::new(&pair, &alignment, tools, &config);
        let found = paragraphs(&view);
        let texts: Vec<&str> = found.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(texts, ["甲。", "乙丙。"]);
        assert_eq!(found[1].place(3..99), Some((2, 3..9)));
        assert_eq!(found[1].place(9..9), None);
        assert_eq!(found[1].lines[0].text(&found[1]), "乙丙。");
    }
}
