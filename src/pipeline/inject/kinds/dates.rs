//! Dates: another one, or one that has lost its day.

use super::super::super::random::Dice;
use super::super::english::{self, Date};
use super::super::scan::{self, Pattern, group, span};
use super::super::{Edit, Host};
use super::{Kind, Nature};
use std::ops::Range;

/// A date becomes another.
pub const CHANGED: Kind = Kind {
    name: "date-changed",
    doc: "day, month or year of a date that the English has becomes another",
    nature: Nature::Fault,
    checks: &["date", "number"],
    target: 0.97,
    edits: changed,
};

/// A date loses its day.
pub const DAY_DROPPED: Kind = Kind {
    name: "day-dropped",
    doc: "a date loses its day: 7月29日 → 7月",
    nature: Nature::Fault,
    checks: &["date"],
    target: 0.97,
    edits: day_dropped,
};

static FULL: Pattern = Pattern::new(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]");
static MONTH: Pattern = Pattern::new(r"(?:(\d{4})年)?(\d{1,2})月(?:[^\d]|$)");
static YEAR: Pattern = Pattern::new(r"(\d{4})年(?:[^\d]|$)");

/// A date in the Chinese with what the English has for it.
pub struct Pair {
    /// All of it, with the year if there is one.
    pub whole: Range<usize>,
    /// The digits of the year; empty if there is none.
    pub year: Range<usize>,
    /// The digits of the month.
    pub month: Range<usize>,
    /// The digits of the day; empty if there is none.
    pub day: Range<usize>,
    /// The same date in the English.
    pub en: Date,
}

/// The dates with a day that both sides have.
pub fn full(host: &Host<'_>) -> Vec<Pair> {
    pairs(host, &FULL, true)
}

fn pairs(host: &Host<'_>, pattern: &Pattern, has_day: bool) -> Vec<Pair> {
    let english = english::dates(&host.en);
    let pair = |found: regex::Captures<'_>| {
        let number = |n: usize| group(&found, n).parse::<u32>().ok();
        let day = if has_day { number(3) } else { None };
        let is_same = |date: &&Date| Some(date.month) == number(2) && date.day == day;
        let en = english.iter().find(is_same)?.clone();
        let start = span(&found, 0).start;
        let end = if has_day { span(&found, 0).end } else { span(&found, 2).end + "月".len() };
        let left = scan::before(&host.zh, start);
        if left.is_some_and(|c| c.is_ascii_alphanumeric() || "至到-—~、和".contains(c)) {
            return None;
        }
        let day = if has_day { span(&found, 3) } else { 0..0 };
        Some(Pair { whole: start..end, year: span(&found, 1), month: span(&found, 2), day, en })
    };
    pattern.captures(&host.zh).into_iter().filter_map(pair).collect()
}

fn changed(host: &Host<'_>, dice: &mut Dice) -> Vec<Edit> {
    let mut edits = Vec::new();
    let dates = english::dates(&host.en);
    let mut all = full(host);
    all.extend(pairs(host, &MONTH, false));
    for pair in &all {
        let en = vec![pair.en.range.clone()];
        let mut put = |range: &Range<usize>, value: u32| {
            edits.push(Edit::rewrite(range.clone(), value.to_string(), en.clone()));
        };
        if let Some(day) = pair.en.day {
            let is_free = |d: &u32| *d != day && !dates.iter().any(|date| date.day == Some(*d));
            let others: Vec<u32> = (1..=28).filter(is_free).collect();
            if let Some(other) = dice.pick(&others) {
                put(&pair.day, other);
            }
        }
        let is_free = |m: &u32| !dates.iter().any(|date| date.month == *m);
        let others: Vec<u32> = (1..=12).filter(is_free).collect();
        if let Some(other) = dice.pick(&others) {
            put(&pair.month, other);
        }
    }
    edits.extend(years(host, dice));
    edits
}

fn years(host: &Host<'_>, dice: &mut Dice) -> Vec<Edit> {
    let edit = |found: regex::Captures<'_>| {
        let (year, range) = (group(&found, 1), span(&found, 1));
        let en = scan::words(&host.en, year);
        let step = dice.pick(&[-2i32, -1, 1, 2])?;
        let other = year.parse::<i32>().ok()?.checked_add(step)?.to_string();
        let is_error = !en.is_empty() && scan::words(&host.en, &other).is_empty();
        is_error.then(|| Edit::rewrite(range, other, en))
    };
    YEAR.captures(&host.zh).into_iter().filter_map(edit).collect()
}

fn day_dropped(host: &Host<'_>, _: &mut Dice) -> Vec<Edit> {
    let edit = |pair: Pair| {
        let month = scan::slice(&host.zh, pair.month.clone());
        Edit::rewrite(pair.month.start..pair.whole.end, format!("{month}月"), vec![pair.en.range])
    };
    full(host).into_iter().map(edit).collect()
}
