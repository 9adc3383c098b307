//! One side's article laid anew: which sentences it has after edits, and where they stand.

use super::diff::Piece;
use crate::error::{Error, Result};
use crate::model::{Lang, ParagraphKind, Record, Span};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A sentence of an article.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sentence {
    pub(super) text: String,
    pub(super) span: Span,
    /// Not there in files of early versions.
    pub(super) paragraph: Option<u32>,
    pub(super) kind: Option<ParagraphKind>,
}

/// What a record says of one side.
pub(super) struct View<'r> {
    pub(super) texts: &'r [String],
    pub(super) indices: &'r [u32],
    spans: &'r [Span],
    paragraphs: &'r [u32],
    kinds: &'r [ParagraphKind],
}

/// One side of a record.
pub(super) fn view(record: &Record, lang: Lang) -> View<'_> {
    match lang {
        Lang::Zh => View {
            texts: &record.zh,
            indices: &record.zh_index,
            spans: &record.zh_span,
            paragraphs: &record.zh_paragraph,
            kinds: &record.zh_kind,
        },
        Lang::En => View {
            texts: &record.en,
            indices: &record.en_index,
            spans: &record.en_span,
            paragraphs: &record.en_paragraph,
            kinds: &record.en_kind,
        },
    }
}

/// Puts sentences in the place of a record's side.
pub(super) fn set(record: &mut Record, lang: Lang, indices: &[u32], article: &Side) {
    let sentences = || indices.iter().filter_map(|index| article.sentences.get(index));
    let texts = sentences().map(|s| s.text.clone()).collect();
    let spans = sentences().map(|s| s.span).collect();
    // Either all of them are known or none is.
    let paragraphs = sentences().map(|s| s.paragraph).collect::<Option<_>>().unwrap_or_default();
    let kinds = sentences().map(|s| s.kind).collect::<Option<_>>().unwrap_or_default();
    match lang {
        Lang::Zh => {
            (record.zh, record.zh_index, record.zh_span) = (texts, indices.to_vec(), spans);
            (record.zh_paragraph, record.zh_kind) = (paragraphs, kinds);
        }
        Lang::En => {
            (record.en, record.en_index, record.en_span) = (texts, indices.to_vec(), spans);
            (record.en_paragraph, record.en_kind) = (paragraphs, kinds);
        }
    }
}

/// What edits do to one side.
#[derive(Debug, Default)]
pub(super) struct Edits {
    /// What stands in the place of each sentence that was edited.
    pub(super) pieces: BTreeMap<u32, Vec<Piece>>,
    /// What a bead that had no sentence gets, before which sentence.
    pub(super) inserted: BTreeMap<u32, Vec<(usize, Vec<String>)>>,
}

/// One side's sentences after edits.
#[derive(Debug, Default)]
pub(super) struct Side {
    sentences: BTreeMap<u32, Sentence>,
    /// How many sentences there are more than there were, up to here.
    shift: i64,
    /// Where each old sentence went; one that was not named stands as it did.
    pub(super) places: BTreeMap<u32, Vec<u32>>,
    /// What beads without a sentence got.
    pub(super) own: HashMap<usize, Vec<u32>>,
    /// Old spans with what they became; nothing if their text was edited.
    moved: Vec<(Span, Option<Span>)>,
}

/// The sentences of one side of a pair, by their numbers.
///
/// # Errors
/// If a record has not as many spans as sentences.
pub(super) fn sentences(records: &[Record], lang: Lang) -> Result<BTreeMap<u32, Sentence>> {
    let mut known = BTreeMap::new();
    for record in records {
        let View { texts, indices, spans, paragraphs, kinds } = view(record, lang);
        if texts.len() != indices.len() || texts.len() != spans.len() {
            return Err(Error::input(format!(
                "bead {} has not as many spans and indices as sentences",
                record.id
            ))
            .remedy("give the file that `duizhao run` wrote"));
        }
        for (n, ((text, &index), &span)) in texts.iter().zip(indices).zip(spans).enumerate() {
            let (paragraph, kind) = (paragraphs.get(n).copied(), kinds.get(n).copied());
            known.insert(index, Sentence { text: text.clone(), span, paragraph, kind });
        }
    }
    Ok(known)
}

/// Lays a side anew. What stands between sentences keeps its length.
pub(super) fn laid(old: &BTreeMap<u32, Sentence>, edits: &Edits, lang: Lang) -> Side {
    let mut side = Side::default();
    let gap = usize::from(lang == Lang::En);
    // Where the old text has been read to, and the new one written.
    let (mut read, mut written) = (0, 0);
    let places: BTreeSet<u32> = old.keys().chain(edits.inserted.keys()).copied().collect();
    for index in places {
        for (bead, texts) in edits.inserted.get(&index).into_iter().flatten() {
            let like = side.sentences.values().next_back().or_else(|| old.get(&index));
            let (paragraph, kind) =
                like.map_or((Some(0), Some(ParagraphKind::Body)), |s| (s.paragraph, s.kind));
            for text in texts {
                let start = if side.sentences.is_empty() { written } else { written + gap };
                let place = side.place(index);
                side.own.entry(*bead).or_default().push(place);
                written = side.put(place, text.clone(), start, (paragraph, kind));
                side.shift += 1;
            }
            // What was first does not touch what is now before it.
            written += if read == 0 { gap } else { 0 };
        }
        let Some(sentence) = old.get(&index) else { continue };
        let start = written + sentence.span.start().saturating_sub(read);
        (read, written) = (sentence.span.end(), start);
        let kept = [Piece::Kept];
        let pieces = edits.pieces.get(&index).map_or(&kept[..], Vec::as_slice);
        let (mut places, mut now) = (Vec::new(), None);
        side.shift -= 1;
        for (n, piece) in pieces.iter().enumerate() {
            let start = if n == 0 { written } else { written + gap };
            side.shift += 1;
            let place = side.place(index);
            places.push(place);
            let text = match piece {
                Piece::Kept => sentence.text.clone(),
                Piece::New(text) => text.clone(),
            };
            written = side.put(place, text, start, (sentence.paragraph, sentence.kind));
            if *piece == Piece::Kept {
                now = Some(Span::new(start, written));
            }
        }
        side.moved.push((sentence.span, now));
        side.places.insert(index, places);
    }
    side
}

impl Side {
    /// The number of what stands where this old sentence stood, so that numbers that were left out stay so.
    fn place(&self, index: u32) -> u32 {
        u32::try_from(i64::from(index) + self.shift).unwrap_or(u32::MAX)
    }

    /// Appends a sentence; gives its end.
    fn put(
        &mut self,
        place: u32,
        text: String,
        start: usize,
        (paragraph, kind): (Option<u32>, Option<ParagraphKind>),
    ) -> usize {
        let end = start + text.len();
        self.sentences.insert(place, Sentence { text, span: Span::new(start, end), paragraph, kind });
        end
    }

    /// Where an old sentence stands now.
    pub(super) fn places(&self, index: u32) -> &[u32] {
        self.places.get(&index).map_or(&[], Vec::as_slice)
    }

    /// Where what was marked stands now; nothing if any of it was edited.
    pub(super) fn moved(&self, span: Span) -> Option<Span> {
        let after = self.moved.partition_point(|(old, _)| old.start() <= span.start());
        let first = after.saturating_sub(1);
        let last = self.moved.partition_point(|(old, _)| old.start() < span.end()).max(after).max(first + 1);
        let touched = self.moved.get(first..last.min(self.moved.len()))?;
        let (old, now) = touched.first()?;
        let (last_old, last_now) = touched.last()?;
        if touched.iter().any(|(_, now)| now.is_none()) {
            return None;
        }
        let shift = |at: usize, old: Span, now: Option<Span>| (at + now?.start()).checked_sub(old.start());
        Some(Span::new(shift(span.start(), *old, *now)?, shift(span.end(), *last_old, *last_now)?))
    }
}
