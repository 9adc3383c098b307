//! Which clauses of the other side render the words near a place: so that one negation of two is not taken for the other.

use super::Unit;
use super::words::{self, EnWord, Rendered, ZhWord};
use crate::lexicon::Lexicon;
use std::ops::Range;

/// How many content words behind a place may be what it bears on; half as many before it.
const REACH: usize = 4;

/// A bead's words, looked up once for several places.
pub struct Nearby<'u> {
    unit: &'u Unit,
    lexicon: &'u Lexicon,
    en: Vec<EnWord>,
    zh: Vec<ZhWord>,
    rendered: Rendered,
}

impl<'u> Nearby<'u> {
    /// Looks up the words of a bead.
    pub fn new(unit: &'u Unit, lexicon: &'u Lexicon) -> Self {
        Self {
            unit,
            lexicon,
            en: words::english(&unit.en.text, lexicon),
            zh: words::chinese(&unit.zh.text, lexicon),
            rendered: Rendered::new(&unit.zh.text, lexicon),
        }
    }

    /// For each word near a place in the English that is rendered at all, where it is rendered.
    pub fn places(&self, at: usize) -> Vec<Vec<usize>> {
        let (before, behind): (Vec<&EnWord>, Vec<&EnWord>) =
            self.en.iter().filter(|word| word.content).partition(|word| word.range.start < at);
        let near = before.into_iter().rev().take(REACH / 2).chain(behind.into_iter().take(REACH));
        near.map(|word| self.rendered.places(word, self.lexicon))
            .filter(|places| !places.is_empty())
            .collect()
    }

    /// How much of the English is rendered, 0–1, leaving out a stretch of it; 1 if there is nothing else.
    pub fn rendered_but_for(&self, range: &Range<usize>) -> f32 {
        let others = self.en.iter().filter(|word| word.content && !range.contains(&word.range.start));
        let worth: Vec<f32> = others.map(|word| self.rendered.of(word, self.lexicon)).collect();
        if worth.is_empty() { 1.0 } else { worth.iter().sum::<f32>() / worth.len() as f32 }
    }

    /// The clauses that render the words nearest behind a place in the English.
    pub fn clauses(&self, at: usize) -> Vec<Range<usize>> {
        let behind = self.en.iter().filter(|word| word.content && word.range.start >= at).take(REACH / 2);
        let places = behind.flat_map(|word| self.rendered.places(word, self.lexicon));
        let mut clauses: Vec<Range<usize>> =
            places.map(|place| clause(&self.unit.zh.text, place, 0)).collect();
        clauses.sort_by_key(|range| (range.start, range.end));
        clauses.dedup();
        clauses
    }

    /// Where the English has words of a stretch of the Chinese, by bytes.
    pub fn english_in(&self, stretch: &Range<usize>) -> Vec<usize> {
        let renders = |word: &&EnWord| {
            self.rendered.places(word, self.lexicon).iter().any(|place| stretch.contains(place))
        };
        self.en.iter().filter(|word| word.content).filter(renders).map(|word| word.range.start).collect()
    }

    /// Where the English has the words that stand behind a place in the Chinese, by bytes.
    pub fn english(&self, behind: usize) -> Vec<usize> {
        let next = self.zh.iter().filter(|word| word.range.start >= behind).take(REACH / 2);
        let text = &self.unit.zh.text;
        let next: Vec<usize> = next.map(|word| word.range.start).collect();
        let Some((&first, &last)) = next.first().zip(next.last()) else { return Vec::new() };
        // Words that are cut in two, or run into the negation, are found by where they stand.
        let reach = first
            ..=last.max(behind) + text.get(last..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8);
        let renders = |word: &&EnWord| {
            self.rendered.places(word, self.lexicon).iter().any(|place| reach.contains(place))
        };
        self.en.iter().filter(|word| word.content).filter(renders).map(|word| word.range.start).collect()
    }
}

/// Whether a clause of a Chinese text ends here.
fn is_mark(c: char) -> bool {
    matches!(c, '，' | '。' | '；' | '：' | '！' | '？' | ',' | ';')
}

/// The clauses of a Chinese text, without the marks behind them.
pub fn clauses(zh: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut clauses = Vec::new();
    for (at, mark) in zh.match_indices(is_mark) {
        clauses.push(start..at);
        start = at + mark.len();
    }
    clauses.push(start..zh.len());
    clauses.retain(|range| !range.is_empty());
    clauses
}

/// The clause of a Chinese text that `place` stands in, and `more` before and behind it.
pub fn clause(zh: &str, place: usize, more: usize) -> Range<usize> {
    let (before, behind) = (zh.get(..place).unwrap_or_default(), zh.get(place..).unwrap_or_default());
    let start = before.rmatch_indices(is_mark).nth(more).map_or(0, |(n, _)| n);
    let end = behind.match_indices(is_mark).nth(more).map_or(zh.len(), |(n, _)| place + n);
    start..end
}
