//! Hard facts of one side of a bead: entities, points in time, amounts. Scanned once, for all checks.
//!
//! Entities come first; whatever digits belong to one are no amount any more, so that `number` sees quantities only.

use crate::model::{Lang, Span};
use crate::text::dates::{Mention, When, mentions};
use crate::text::entities::{Entity, EntityKind, entities};
use crate::text::numbers::{Kind, Quantity, chinese, english};
use crate::text::units::{Unit, unit};

/// The facts of a text.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Identifiers, indicators, code, versions.
    pub entities: Vec<Entity>,
    /// Dates, weekdays, and what is relative to the day of writing.
    pub dates: Vec<Mention>,
    /// Quantities; years and days are among them, but weak, as partners.
    pub amounts: Vec<Amount>,
}

/// A quantity, and what surrounds it.
#[derive(Debug, Clone, Copy)]
pub struct Amount {
    /// The number.
    pub quantity: Quantity,
    /// Its unit, where it has one.
    pub unit: Option<Unit>,
    /// How it is bounded, and by which words.
    pub bound: Option<(Bound, Span)>,
}

/// How a number is hedged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// At least, over, 超过, 至少, 余.
    AtLeast,
    /// Up to, as many as, 多达: the largest of several, not a limit.
    UpTo,
    /// At most, 最多, 不超过.
    AtMost,
    /// Nearly, 近.
    Nearly,
    /// Less than, 不到.
    Below,
    /// About, 约.
    About,
}

impl Facts {
    /// Where figures and dates stand, words such as `million` and 月 with them.
    pub fn figures(&self) -> impl Iterator<Item = Span> + '_ {
        let amounts = self.amounts.iter().map(|amount| amount.quantity.span);
        amounts.chain(self.dates.iter().map(|date| date.span))
    }

    /// Whether a figure or a date stands at a place.
    pub fn is_figure(&self, at: usize) -> bool {
        self.figures().any(|span| span.start() <= at && at < span.end())
    }

    /// The facts of a text.
    pub fn of(text: &str, lang: Lang) -> Self {
        let entities = entities(text);
        let numbers = if lang == Lang::Zh { chinese(text) } else { english(text) };
        let within = |span: Span, other: Span| span.start() < other.end() && other.start() < span.end();
        let numbers: Vec<Quantity> =
            numbers.into_iter().filter(|q| !entities.iter().any(|e| within(q.span, e.span))).collect();
        let mut dates = mentions(text, &numbers, lang);
        dates
            .retain(|date| !entities.iter().any(|e| e.kind != EntityKind::Date && within(date.span, e.span)));
        let amounts = numbers.iter().filter_map(|&quantity| {
            let dated = matches!(quantity.kind, Kind::Year | Kind::Month | Kind::Day);
            // What `7/29` and a date in figures have taken is spoken for.
            let taken = dates
                .iter()
                .any(|d| !d.weak && !matches!(d.when, When::Date { .. }) && within(d.span, quantity.span));
            if quantity.kind == Kind::Month || quantity.kind == Kind::Version || taken {
                return None;
            }
            let quantity = Quantity { weak: quantity.weak || dated, ..quantity };
            Some(Amount {
                quantity,
                unit: unit(text, quantity.span, lang),
                bound: bound(text, quantity.span, lang),
            })
        });
        Self { amounts: amounts.collect(), entities, dates }
    }
}

/// How the number at `span` is bounded by the words around it.
fn bound(text: &str, span: Span, lang: Lang) -> Option<(Bound, Span)> {
    let before = text.get(..span.start())?;
    let after = text.get(span.end()..)?;
    let (ahead, behind) = match lang {
        Lang::En => (ENGLISH_BEFORE, ENGLISH_AFTER),
        Lang::Zh => (CHINESE_BEFORE, CHINESE_AFTER),
    };
    let trimmed =
        before.trim_end_matches(|c: char| " $€£¥有达了的过".contains(c) && !(c == '过' || c == '达'));
    let from = trimmed.char_indices().rev().nth(23).map_or(0, |(at, _)| at);
    let tail = trimmed.get(from..)?.to_lowercase();
    let word = |word: &str| {
        tail.strip_suffix(word)
            .is_some_and(|rest| lang == Lang::Zh || !rest.ends_with(|c: char| c.is_ascii_alphabetic()))
    };
    if let Some((name, bound)) = ahead.iter().find(|(name, _)| word(name)) {
        let start = trimmed.len().checked_sub(name.len()).filter(|&at| trimmed.is_char_boundary(at))?;
        return Some((*bound, Span::new(start, trimmed.len())));
    }
    if let Some(found) = far(trimmed, &tail, lang) {
        return Some(found);
    }
    for (skipped, (at, c)) in after.char_indices().take(6).enumerate() {
        let rest = after.get(at..)?;
        if let Some((name, bound)) = behind.iter().find(|(name, _)| rest.starts_with(name)) {
            let start = span.end() + at;
            return (skipped < 5).then(|| (*bound, Span::new(start, start + name.len())));
        }
        if lang == Lang::En && at > 1 || c.is_ascii_punctuation() || "，。、；：".contains(c) {
            return None;
        }
    }
    None
}

/// A bound with a verb between it and the number: 至少影响了40家.
fn far(before: &str, tail: &str, lang: Lang) -> Option<(Bound, Span)> {
    if lang != Lang::Zh || tail.len() > before.len() {
        return None;
    }
    let words = [("至少", Bound::AtLeast), ("至多", Bound::AtMost), ("最多", Bound::AtMost)];
    let (at, word, bound) = words
        .iter()
        .filter_map(|&(word, bound)| Some((tail.rfind(word)?, word, bound)))
        .max_by_key(|found| found.0)?;
    let between = tail.get(at + word.len()..)?;
    let verb = between.chars().count() <= 4 && between.chars().all(crate::text::han::is_han);
    let start = before.len() - tail.len() + at;
    (verb && before.is_char_boundary(start)).then(|| (bound, Span::new(start, start + word.len())))
}

/// The longer before the shorter that ends like it.
const ENGLISH_BEFORE: &[(&str, Bound)] = &[
    ("at least", Bound::AtLeast),
    ("no fewer than", Bound::AtLeast),
    ("no less than", Bound::AtLeast),
    ("no more than", Bound::AtMost),
    ("not more than", Bound::AtMost),
    ("at most", Bound::AtMost),
    ("more than", Bound::AtLeast),
    ("greater than", Bound::AtLeast),
    ("less than", Bound::Below),
    ("fewer than", Bound::Below),
    ("over", Bound::AtLeast),
    ("exceeding", Bound::AtLeast),
    ("in excess of", Bound::AtLeast),
    ("upwards of", Bound::AtLeast),
    ("a minimum of", Bound::AtLeast),
    ("a maximum of", Bound::AtMost),
    ("up to", Bound::UpTo),
    ("as many as", Bound::UpTo),
    ("as much as", Bound::UpTo),
    ("under", Bound::Below),
    ("nearly", Bound::Nearly),
    ("almost", Bound::Nearly),
    ("close to", Bound::Nearly),
    ("about", Bound::About),
    ("around", Bound::About),
    ("approximately", Bound::About),
    ("roughly", Bound::About),
];

const ENGLISH_AFTER: &[(&str, Bound)] = &[("+", Bound::AtLeast), (" or more", Bound::AtLeast)];

const CHINESE_BEFORE: &[(&str, Bound)] = &[
    ("至少", Bound::AtLeast),
    ("不少于", Bound::AtLeast),
    ("不低于", Bound::AtLeast),
    ("不超过", Bound::AtMost),
    ("不逾", Bound::AtMost),
    ("未逾", Bound::AtMost),
    ("未超过", Bound::AtMost),
    ("不多于", Bound::AtMost),
    ("不高于", Bound::AtMost),
    ("至多", Bound::AtMost),
    ("最多", Bound::AtMost),
    ("超过", Bound::AtLeast),
    ("多于", Bound::AtLeast),
    ("高于", Bound::AtLeast),
    ("大于", Bound::AtLeast),
    ("超", Bound::AtLeast),
    ("逾", Bound::AtLeast),
    ("多达", Bound::UpTo),
    ("高达", Bound::UpTo),
    ("将近", Bound::Nearly),
    ("接近", Bound::Nearly),
    ("近", Bound::Nearly),
    ("不到", Bound::Below),
    ("不足", Bound::Below),
    ("少于", Bound::Below),
    ("低于", Bound::Below),
    ("小于", Bound::Below),
    ("大约", Bound::About),
    ("约", Bound::About),
];

const CHINESE_AFTER: &[(&str, Bound)] = &[
    ("以上", Bound::AtLeast),
    ("以下", Bound::Below),
    ("以内", Bound::Below),
    ("左右", Bound::About),
    ("余", Bound::AtLeast),
    ("多个", Bound::AtLeast),
    ("多万", Bound::AtLeast),
];
