//! One change to one bead, and the article pair that comes of it.

use super::super::{Settings, pair};
use super::case::{Host, document};
use crate::align;
use crate::error::{Error, Result};
use crate::model::{
    Alignment, ArticlePair, Bead, Document, Evidence, Finding, Lang, Paragraph, Sides, Source, Span,
};
use std::ops::Range;

/// How far from a place where something was taken out a finding may lie and still mean it: three Chinese characters.
const AROUND: usize = 9;

/// What is done to the Chinese.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Bytes of the host's text become others; none, if something is left out.
    Rewrite(Range<usize>, String),
    /// The host's sentences go, and the articles are aligned again.
    Drop,
    /// A sentence is put behind the host's last, and the articles are aligned again.
    Add(String),
    /// The host's last sentence and the next bead's first become one, and so do the beads.
    Join,
}

/// A change, and where else a finding that means it may point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is done.
    pub change: Change,
    /// Bytes of the host's English: what the changed words rendered.
    pub en: Vec<Range<usize>>,
    /// Bytes of the host's Chinese as it was that the change leaves wrong, such as a quotation mark's partner.
    pub near: Vec<Range<usize>>,
}

impl Edit {
    /// Puts other words in the place of some that rendered `en`.
    pub fn rewrite(range: Range<usize>, with: impl Into<String>, en: Vec<Range<usize>>) -> Self {
        Self { change: Change::Rewrite(range, with.into()), en, near: Vec::new() }
    }

    /// Whether it changes something, and does so within one sentence.
    pub(super) fn is_sound(&self, host: &Host<'_>) -> bool {
        match &self.change {
            Change::Rewrite(range, with) => {
                host.zh.get(range.clone()).is_some_and(|old| old != with) && host.locate_zh(range).is_some()
            }
            Change::Add(text) => !text.is_empty(),
            Change::Drop | Change::Join => true,
        }
    }

    /// The host's text before and after; what a joined or added sentence brings stands behind it.
    pub(super) fn texts(&self, host: &Host<'_>) -> (String, String) {
        let before = host.zh.clone();
        let after = match &self.change {
            Change::Rewrite(range, with) => {
                let (head, tail) = (before.get(..range.start), before.get(range.end..));
                format!("{}{with}{}", head.unwrap_or_default(), tail.unwrap_or_default())
            }
            Change::Drop => String::new(),
            Change::Add(text) => format!("{before}{text}"),
            Change::Join => {
                let next = host.next().map(|next| next.zh).unwrap_or_default();
                format!("{}，{next}", before.trim_end_matches('。'))
            }
        };
        (before, after)
    }

    /// Makes the article pair with this one change.
    pub(super) fn apply(&self, host: &Host<'_>, settings: &Settings) -> Result<Edited> {
        let (zh, splice, beads) = match &self.change {
            Change::Rewrite(range, with) => rewritten(host, range, with)?,
            Change::Drop => dropped(host)?,
            Change::Add(text) => added(host, text)?,
            Change::Join => joined(host)?,
        };
        let documents = Sides::new(zh, host.case.pair.documents.en.clone());
        let alignment = match beads {
            Some(beads) => {
                let (zh, en) = (documents.zh.sentences.len(), documents.en.sentences.len());
                Alignment::new(beads, zh, en, host.case.alignment.signature().to_owned())?
            }
            None => align::run(&documents, &settings.align)?.output,
        };
        let near = self.near.iter().filter_map(|range| host.locate_zh(range));
        let mut zh: Vec<Span> = near.map(|(_, span)| splice.forth(span)).collect();
        zh.push(splice.place());
        let en = self.en.iter().flat_map(|range| host.locate_en(range)).collect();
        let is_realigned = matches!(self.change, Change::Drop | Change::Add(_));
        let pair = pair(documents, Evidence::Given);
        Ok(Edited { pair, alignment, is_realigned, splice, places: Sides::new(zh, en) })
    }
}

/// An article pair with a change in it.
pub(super) struct Edited {
    /// The pair.
    pub pair: ArticlePair,
    /// Its beads.
    pub alignment: Alignment,
    /// Whether they are the aligner's.
    pub is_realigned: bool,
    /// Where the Chinese article changed.
    pub splice: Splice,
    places: Sides<Vec<Span>>,
}

impl Edited {
    /// Whether a finding points at the change, on either side.
    pub fn marks(&self, finding: &Finding) -> bool {
        let touch = |a: &Span, b: &Span| a.start() < b.end() && b.start() < a.end();
        let any = |a: &[Span], b: &[Span]| a.iter().any(|a| b.iter().any(|b| touch(a, b)));
        any(&finding.spans.zh, &self.places.zh) || any(&finding.spans.en, &self.places.en)
    }
}

/// Where a text changed: bytes `start..end` became as many as `length` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Splice {
    pub start: usize,
    pub end: usize,
    pub length: usize,
}

impl Splice {
    /// A span of the new text in the old one; `None` if it begins or ends inside of what is new.
    pub fn back(self, span: Span) -> Option<Span> {
        let new_end = self.start + self.length;
        let point = |at: usize| match at {
            at if at <= self.start => Some(at),
            at if at >= new_end => Some(at + self.end - new_end),
            _ => None,
        };
        Some(Span::new(point(span.start())?, point(span.end())?))
    }

    /// A span of the old text, beside the change, in the new one.
    fn forth(self, span: Span) -> Span {
        let point = |at: usize| if at >= self.end { at + self.start + self.length - self.end } else { at };
        Span::new(point(span.start()), point(span.end()))
    }

    /// The place of the change in the new text; around it, where nothing is left of what was there.
    fn place(self) -> Span {
        if self.length == 0 {
            return Span::new(self.start.saturating_sub(AROUND), self.start + AROUND);
        }
        Span::new(self.start, self.start + self.length)
    }
}

/// The Chinese document, where it changed, and its beads unless it is to be aligned.
type Changed = (Document, Splice, Option<Vec<Bead>>);

fn astray() -> Error {
    Error::input("an edit points at no sentence")
}

fn rewritten(host: &Host<'_>, range: &Range<usize>, with: &str) -> Result<Changed> {
    let (sentence, span) = host.locate_zh(range).ok_or_else(astray)?;
    let mut document = host.case.pair.documents.zh.clone();
    let splice = Splice { start: span.start(), end: span.end(), length: with.len() };
    document.article.text.replace_range(splice.start..splice.end, with);
    let shift = |at: usize| at + splice.start + splice.length - splice.end;
    let moved = |span: Span, nth: usize, host: usize| match nth.cmp(&host) {
        std::cmp::Ordering::Less => span,
        std::cmp::Ordering::Equal => Span::new(span.start(), shift(span.end())),
        std::cmp::Ordering::Greater => Span::new(shift(span.start()), shift(span.end())),
    };
    let paragraph = document.sentences.get(sentence).map_or(0, |s| s.paragraph as usize);
    for (nth, cut) in document.sentences.iter_mut().enumerate() {
        cut.span = moved(cut.span, nth, sentence);
    }
    for (nth, Paragraph { span, source, .. }) in document.article.paragraphs.iter_mut().enumerate() {
        *span = moved(*span, nth, paragraph);
        *source = Source::Bytes(*span);
    }
    Ok((document, splice, Some(host.case.alignment.beads().to_vec())))
}

/// The post's sentences, with the numbers of their paragraphs.
fn sentences<'h>(host: &Host<'h>) -> Vec<(u32, &'h str)> {
    let document = &host.case.pair.documents.zh;
    let cut = document.sentences.iter().enumerate();
    cut.map(|(i, sentence)| (sentence.paragraph, document.sentence(i))).collect()
}

fn span_of(host: &Host<'_>, sentence: Option<&u32>) -> Result<Span> {
    let sentences = &host.case.pair.documents.zh.sentences;
    sentence.and_then(|&z| sentences.get(z as usize)).map(|s| s.span).ok_or_else(astray)
}

fn dropped(host: &Host<'_>) -> Result<Changed> {
    let own = host.sentences();
    let start = span_of(host, own.first())?.start();
    let kept: Vec<(u32, &str)> = sentences(host)
        .into_iter()
        .enumerate()
        .filter(|(i, _)| !own.contains(&(*i as u32)))
        .map(|(_, sentence)| sentence)
        .collect();
    let document = document(&host.case.slug, Lang::Zh, &kept);
    let lost = host.case.zh().len().saturating_sub(document.article.text.len());
    Ok((document, Splice { start, end: start + lost, length: 0 }, None))
}

fn added(host: &Host<'_>, text: &str) -> Result<Changed> {
    let own = host.sentences();
    let start = span_of(host, own.last())?.end();
    let mut all = sentences(host);
    let last = own.last().map_or(0, |&z| z as usize);
    let paragraph = all.get(last).map_or(0, |(paragraph, _)| *paragraph);
    all.insert(last + 1, (paragraph, text));
    let document = document(&host.case.slug, Lang::Zh, &all);
    Ok((document, Splice { start, end: start, length: text.len() }, None))
}

/// Two beads made one. The full stop becomes a comma, which is as long, so that no span moves.
fn joined(host: &Host<'_>) -> Result<Changed> {
    let own = host.sentences();
    let last = own.last().map_or(0, |&z| z as usize);
    let end = span_of(host, own.last())?.end();
    let start = end - "。".len();
    let mut document = host.case.pair.documents.zh.clone();
    document.article.text.replace_range(start..end, "，");
    let second = (last + 1 < document.sentences.len()).then(|| document.sentences.remove(last + 1));
    if let (Some(first), Some(second)) = (document.sentences.get_mut(last), second) {
        first.span = Span::new(first.span.start(), second.span.end());
    }
    let mut beads = host.case.alignment.beads().to_vec();
    if host.bead + 1 >= beads.len() {
        return Err(astray());
    }
    let next = beads.remove(host.bead + 1);
    if let Some(bead) = beads.get_mut(host.bead) {
        bead.zh.extend(next.zh);
        bead.en.extend(next.en);
        bead.en.sort_unstable();
    }
    let renumber = |z: u32| if z as usize > last { z - 1 } else { z };
    for bead in &mut beads {
        bead.zh = bead.zh.iter().map(|&z| renumber(z)).collect();
        bead.zh.dedup();
    }
    Ok((document, Splice { start, end, length: end - start }, Some(beads)))
}
