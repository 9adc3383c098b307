//! Which amount of the English is which of the Chinese, in a bead.

use super::facts::{Amount, Facts};
use super::rounding::{is_rounded, is_same};
use crate::text::dates::When;
use crate::text::numbers::{Kind, agree};
use crate::text::units::Dimension;

/// Amounts of a bead put together; indices into [`Facts::amounts`].
#[derive(Debug, Default)]
pub struct Figures {
    /// The same on both sides: Chinese, English.
    pub pairs: Vec<(usize, usize)>,
    /// One for another: Chinese, English.
    pub changed: Vec<(usize, usize)>,
    /// In the English only.
    pub missing: Vec<usize>,
    /// In the Chinese only.
    pub extra: Vec<usize>,
}

impl Figures {
    /// Puts the amounts of two sides together: the same value and unit first, then the same value, then what is left
    /// over on both sides if it is of one kind.
    pub fn of(zh: &Facts, en: &Facts) -> Self {
        let mut figures = Self::default();
        let (mut used_zh, mut used_en) = (slashed_dates(zh, en), vec![false; en.amounts.len()]);
        let passes: [fn(&Amount, &Amount) -> bool; 4] = [
            |z, e| exact(z, e) && same_unit(z, e) && !z.quantity.weak && !e.quantity.weak,
            |z, e| fits(z, e) && same_unit(z, e),
            fits,
            converted,
        ];
        for pass in passes {
            for (e, english) in en.amounts.iter().enumerate() {
                let mut free = zh.amounts.iter().enumerate().filter(|&(z, _)| !at(&used_zh, z));
                if at(&used_en, e) {
                    continue;
                }
                if let Some((z, _)) = free.find(|(_, chinese)| pass(chinese, english)) {
                    set(&mut used_zh, z);
                    set(&mut used_en, e);
                    figures.pairs.push((z, e));
                }
            }
        }
        let strong = |side: &Facts, i: usize| side.amounts.get(i).is_some_and(|a| !a.quantity.weak);
        let mut lone_zh: Vec<usize> =
            (0..zh.amounts.len()).filter(|&z| !at(&used_zh, z) && strong(zh, z)).collect();
        let lone_en: Vec<usize> =
            (0..en.amounts.len()).filter(|&e| !at(&used_en, e) && strong(en, e)).collect();
        // A figure said twice on one side and once on the other is all there; unless it stands in the place of another of
        // the same unit.
        let mut again = lone_zh.clone();
        again.retain(|&z| zh.amounts.get(z).is_some_and(|z| en.amounts.iter().any(|e| same(z, e))));
        lone_zh.retain(|z| !again.contains(z));
        for e in lone_en {
            let Some(english) = en.amounts.get(e) else { continue };
            let in_place = again
                .iter()
                .filter(|&&z| zh.amounts.get(z).is_some_and(|z| z.unit.is_some() && same_unit(z, english)));
            let candidates = lone_zh.iter().chain(in_place).filter_map(|&z| Some((z, zh.amounts.get(z)?)));
            let near = candidates.filter(|(_, chinese)| comparable(chinese, english));
            let best = near.min_by(|a, b| distance(a.1, english).total_cmp(&distance(b.1, english)));
            match best.map(|(z, _)| z) {
                Some(z) => {
                    lone_zh.retain(|&other| other != z);
                    again.retain(|&other| other != z);
                    figures.changed.push((z, e));
                }
                None if zh.amounts.iter().any(|z| same(z, english)) => {}
                None => figures.missing.push(e),
            }
        }
        figures.extra = lone_zh;
        figures
    }
}

/// Which Chinese amounts are no fractions but dates with a slash that the English has, too: 6/9 for `June 9`.
fn slashed_dates(zh: &Facts, en: &Facts) -> Vec<bool> {
    let day = |when: When| match when {
        When::Date { month, day, .. } => Some((month?, day?)),
        _ => None,
    };
    let is_date = |amount: &Amount| {
        let span = amount.quantity.span;
        let over = zh
            .dates
            .iter()
            .filter(|date| date.weak && date.span.start() <= span.start() && span.end() <= date.span.end());
        over.filter_map(|date| day(date.when))
            .any(|it| en.dates.iter().any(|other| day(other.when) == Some(it)))
    };
    zh.amounts.iter().map(is_date).collect()
}

fn at(used: &[bool], i: usize) -> bool {
    used.get(i).copied().unwrap_or(false)
}

fn set(used: &mut [bool], i: usize) {
    if let Some(cell) = used.get_mut(i) {
        *cell = true;
    }
}

/// Whether both may say the same.
pub fn same(zh: &Amount, en: &Amount) -> bool {
    fits(zh, en) || converted(zh, en)
}

/// Whether the figures agree, a hedged one being rounded at most.
fn fits(zh: &Amount, en: &Amount) -> bool {
    agree(&zh.quantity, &en.quantity) && is_rounded(zh, en)
}

/// Whether both say exactly the same number of the same kind.
pub fn exact(zh: &Amount, en: &Amount) -> bool {
    let (z, e) = (&zh.quantity, &en.quantity);
    z.kind == e.kind && is_same(z.value, e.value) && z.high == z.value && e.high == e.value
}

fn same_unit(zh: &Amount, en: &Amount) -> bool {
    match (&zh.unit, &en.unit) {
        (Some(z), Some(e)) => z.same(e),
        (None, None) => true,
        _ => false,
    }
}

/// Whether one is the other in another unit: two weeks and 14天, ten miles and 16公里.
fn converted(zh: &Amount, en: &Amount) -> bool {
    let (Some(z), Some(e)) = (&zh.unit, &en.unit) else { return false };
    let money = matches!(z.dimension, Dimension::Money(_));
    if money || z.dimension != e.dimension || z.same(e) {
        return false;
    }
    let (a, b) = (zh.quantity.value * z.factor, en.quantity.value * e.factor);
    (a - b).abs() <= 0.05 * a.abs().max(b.abs())
}

/// Whether one may have been written for the other.
fn comparable(zh: &Amount, en: &Amount) -> bool {
    let measure = |kind| match kind {
        Kind::Percent | Kind::Fraction | Kind::Fold => 1,
        Kind::Time => 2,
        _ => 0,
    };
    let units = match (&zh.unit, &en.unit) {
        (Some(z), Some(e)) => {
            z.dimension == e.dimension
                || matches!((z.dimension, e.dimension), (Dimension::Money(_), Dimension::Money(_)))
        }
        _ => true,
    };
    units && measure(zh.quantity.kind) == measure(en.quantity.kind)
}

/// How far apart two amounts are: units that differ, orders of magnitude.
fn distance(zh: &Amount, en: &Amount) -> f64 {
    let value = |a: &Amount| a.quantity.value.max(1e-3);
    let apart = (value(zh) / value(en)).log10().abs();
    apart + if same_unit(zh, en) { 0.0 } else { 2.0 }
}
