//! What a sentence pair says for and against a rendering.

use crate::lexicon::terms::{Faulty, Mention};
use crate::lexicon::{Lexicon, is_function_word, stem};
use crate::qa::Unit;
use crate::text::han;
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::Range;

/// A rendering's weight in the lexicon from which an English word may stand behind it; below it the lexicon guesses.
const LEAST_WEIGHT: f32 = 0.4;

/// The most characters of a Chinese word that is not made of others.
const LONGEST_WORD: usize = 3;

/// A sentence pair with the terms of its English.
pub(super) struct Scene<'s> {
    zh: &'s str,
    en: &'s str,
    mentions: &'s [Mention<'s>],
    lexicon: &'s Lexicon,
    /// Where Chinese words begin and end; cut only where needed.
    bounds: OnceCell<BTreeSet<usize>>,
    /// The English words that carry content, with their stems.
    stems: OnceCell<Vec<(Range<usize>, String)>>,
}

impl<'s> Scene<'s> {
    pub(super) fn new(unit: &'s Unit, mentions: &'s [Mention<'s>], lexicon: &'s Lexicon) -> Self {
        let (zh, en) = (unit.zh.text.as_str(), unit.en.text.as_str());
        Self { zh, en, mentions, lexicon, bounds: OnceCell::new(), stems: OnceCell::new() }
    }

    /// Where known faulty renderings of a term stand that nothing else in the English explains.
    pub(super) fn faults<'m>(&self, mention: &'m Mention<'_>) -> Vec<(&'m Faulty, Range<usize>)> {
        let term = mention.term;
        let mut found: Vec<(&Faulty, Range<usize>)> = Vec::new();
        for faulty in term.faulty.iter().filter(|f| self.zh.contains(&f.zh)) {
            found.extend(self.places(&faulty.zh).filter(|r| self.is_cut_out(r)).map(|r| (faulty, r)));
        }
        found.sort_by_key(|(_, range)| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        found.retain(|(_, range)| {
            range.start >= end && {
                end = range.end;
                true
            }
        });
        let approved = self.approved_places(mention);
        found.retain(|(_, range)| !approved.iter().any(|right| covers(right, range)));
        let mut kept = Vec::new();
        let mut renderings: Vec<&str> = found.iter().map(|(f, _)| f.zh.as_str()).collect();
        renderings.dedup();
        for zh in renderings {
            let same: Vec<_> = found.iter().filter(|(f, _)| f.zh == zh).cloned().collect();
            let explained = self.explained_by_terms(mention, &same) + self.explained_by_words(mention, zh);
            kept.extend(same.into_iter().skip(explained));
        }
        kept
    }

    /// Whether nothing in the Chinese is a rendering of the term, right or known to be wrong, nor the term itself.
    pub(super) fn is_absent(&self, mention: &Mention<'_>) -> bool {
        let zh = self.zh.to_lowercase();
        let said = self.en.get(mention.range.clone()).unwrap_or_default().to_lowercase();
        let term = mention.term;
        let right = term.approved.iter().chain(&term.loose);
        let mut renderings = right.chain(term.faulty.iter().map(|f| &f.zh));
        !zh.contains(&said) && !zh.contains(&term.head) && !renderings.any(|r| zh.contains(&r.to_lowercase()))
    }

    /// How many mentions of a term are rendered by what is approved, as far as other terms do not need the same words.
    pub(super) fn accounted(&self, mention: &Mention<'_>) -> usize {
        let faulty: Vec<Range<usize>> =
            mention.term.faulty.iter().flat_map(|f| self.places(&f.zh).collect::<Vec<_>>()).collect();
        let mut open = self.approved_places(mention);
        open.retain(|right| !faulty.iter().any(|wrong| covers(wrong, right) && wrong != right));
        let others = self.mentions.iter().filter(|m| m.range != mention.range && m.number != mention.number);
        for other in others {
            let theirs = self.approved_places(other);
            open.retain(|right| !theirs.iter().any(|longer| covers(longer, right) && longer != right));
            if theirs.iter().any(|place| !open.contains(place)) {
                continue;
            }
            if let Some(at) = open.iter().position(|place| theirs.contains(place)) {
                open.remove(at);
            }
        }
        open.len()
    }

    /// Where the approved renderings of a term stand, the longest of those that overlap.
    fn approved_places(&self, mention: &Mention<'_>) -> Vec<Range<usize>> {
        self.longest_places(mention.term.approved.iter())
    }

    /// The same, with what it may stand behind in a free translation.
    fn possible_places(&self, mention: &Mention<'_>) -> Vec<Range<usize>> {
        self.longest_places(mention.term.approved.iter().chain(&mention.term.loose))
    }

    fn longest_places<'a>(&'a self, renderings: impl Iterator<Item = &'a String>) -> Vec<Range<usize>> {
        let mut places: Vec<Range<usize>> = renderings.flat_map(|zh| self.places(zh)).collect();
        places.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        places.retain(|range| {
            range.start >= end && {
                end = range.end;
                true
            }
        });
        places
    }

    /// How many of these places are approved renderings of other terms.
    fn explained_by_terms(&self, mention: &Mention<'_>, places: &[(&Faulty, Range<usize>)]) -> usize {
        let others = self.mentions.iter().filter(|m| m.number != mention.number);
        let explaining = others.filter(|other| {
            let theirs = self.possible_places(other);
            places.iter().any(|(_, range)| theirs.iter().any(|right| covers(right, range)))
        });
        explaining.count()
    }

    /// How many ordinary words of the English may stand behind a rendering: the fewest behind any part of it that tells
    /// it from what is approved.
    fn explained_by_words(&self, mention: &Mention<'_>, zh: &str) -> usize {
        let mut parts = vec![zh];
        if !self.lexicon.for_each_sense(zh, |_, _| ()) {
            parts = self.lexicon.words(zh);
            let telling = |part: &&str| !mention.term.approved.iter().any(|right| right.contains(*part));
            if parts.iter().any(telling) {
                parts.retain(telling);
            }
        }
        parts.iter().map(|part| self.words_behind(mention, part)).min().unwrap_or(0)
    }

    fn words_behind(&self, mention: &Mention<'_>, zh: &str) -> usize {
        let stems = self.stems();
        let own: Vec<&str> = stems
            .iter()
            .filter(|(range, _)| covers(&mention.range, range))
            .map(|(_, stem)| stem.as_str())
            .collect();
        let others: Vec<&str> =
            stems.iter().map(|(_, stem)| stem.as_str()).filter(|stem| !own.contains(stem)).collect();
        let mut behind: BTreeSet<usize> = BTreeSet::new();
        self.lexicon.for_each_sense(zh, |sense, weight| {
            if weight < LEAST_WEIGHT {
                return;
            }
            let texts: Vec<&str> = sense.iter().map(|&number| self.lexicon.stem_text(number)).collect();
            if texts.iter().all(|text| others.contains(text)) {
                behind.extend(
                    others.iter().enumerate().filter(|(_, o)| Some(*o) == texts.last()).map(|(i, _)| i),
                );
            }
        });
        behind.len()
    }

    fn stems(&self) -> &[(Range<usize>, String)] {
        self.stems.get_or_init(|| {
            let mut stems = Vec::new();
            let mut at = 0;
            for word in self.en.split(|c: char| !c.is_alphanumeric()) {
                let range = at..at + word.len();
                at = range.end
                    + self.en.get(range.end..).and_then(|r| r.chars().next()).map_or(0, char::len_utf8);
                let lower = word.to_lowercase();
                if !lower.is_empty() && !is_function_word(&lower) {
                    stems.push((range, stem(&lower)));
                }
            }
            stems
        })
    }

    /// Where a rendering stands; one in Latin letters only as a word of its own.
    fn places<'a>(&'a self, zh: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        self.zh.match_indices(zh).map(|(at, text)| at..at + text.len()).filter(move |range| {
            let before = self.zh.get(..range.start).and_then(|t| t.chars().next_back());
            let behind = self.zh.get(range.end..).and_then(|t| t.chars().next());
            !(latin(before) && latin(zh.chars().next()) || latin(behind) && latin(zh.chars().next_back()))
        })
    }

    /// Whether a stretch begins and ends where words do; a long one is a compound of its own and does, and so does the
    /// first or last part of a long word (违规行为).
    fn is_cut_out(&self, range: &Range<usize>) -> bool {
        let text = self.zh.get(range.clone()).unwrap_or_default();
        let count = text.chars().count();
        if !text.chars().all(han::is_han) || count > 3 {
            return true;
        }
        let bounds = self.bounds();
        let (from, to) = (bounds.contains(&range.start), bounds.contains(&range.end));
        let behind = bounds.range(range.end..).next();
        let before = bounds.range(..=range.start).next_back();
        let is_long = |from: usize, to: usize| {
            self.zh.get(from..to).is_some_and(|word| word.chars().count() > LONGEST_WORD)
        };
        match (from, to) {
            (true, true) => true,
            (true, false) => count > 1 && behind.is_some_and(|&end| is_long(range.start, end)),
            (false, true) => count > 1 && before.is_some_and(|&start| is_long(start, range.end)),
            (false, false) => false,
        }
    }

    fn bounds(&self) -> &BTreeSet<usize> {
        self.bounds.get_or_init(|| {
            let mut at = 0;
            let ends = self.lexicon.words(self.zh).into_iter().map(|word| {
                at += word.len();
                at
            });
            std::iter::once(0).chain(ends).collect()
        })
    }
}

fn covers(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}
