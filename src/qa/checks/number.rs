//! Figures that are another, missing, or added.

use crate::model::{Message, Relation, Severity, Span};
use crate::qa::figures::{Figures, same};
use crate::qa::{Amount, Check, Doc, Draft, Unit, View};
use crate::text::numbers::Kind;
use crate::text::units::Dimension;

/// The check.
pub const CHECK: Check = Check {
    name: "number",
    category: "Accuracy/Number",
    doc: Doc {
        what: "A figure that is another in the Chinese, is missing there, or stands there only.",
        why: "Losses, victims and ransoms are what readers remember and quote; 万 and 亿 go wrong by factors of ten.",
        known_problems: "A figure that stands elsewhere in the article is reported as info only. Small numbers spelled \
                         out may be rendered by a word without a numeral (双方, 另一).",
        example: "en: Valmorane lost 4.8 million records.\nzh: 瓦尔莫兰丢失了48万条记录。\n480万 is right: a factor of ten.",
    },
    fidelity: true,
    run,
};

fn run(view: &View<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (number, unit) in view.linked() {
        let facts = unit.facts();
        let figures = Figures::of(facts.zh, facts.en);
        let zh = |z: usize| facts.zh.amounts.get(z);
        let en = |e: usize| facts.en.amounts.get(e);
        for &(z, e) in &figures.changed {
            if let (Some(z), Some(e)) = (zh(z), en(e)) {
                drafts.extend(changed(view, number, z, e));
            }
        }
        for e in figures.missing.iter().filter_map(|&e| en(e)) {
            drafts.extend(missing(view, number, unit, e));
        }
        for z in figures.extra.iter().filter_map(|&z| zh(z)) {
            drafts.extend(extra(view, number, unit, z));
        }
    }
    drafts
}

/// Whether it says "some", not how many; for the check of quantifiers.
fn is_vague(amount: &Amount) -> bool {
    let quantity = &amount.quantity;
    quantity.high > quantity.value * 1.5 && quantity.kind == Kind::Count
}

fn changed(view: &View<'_>, number: usize, zh: &Amount, en: &Amount) -> Option<Draft> {
    if is_vague(zh) || is_vague(en) || zh.quantity.kind == Kind::Time {
        return None;
    }
    let unit = view.units.get(number)?;
    let (z, e) = (quoted(zh, &unit.zh.text), quoted(en, &unit.en.text));
    let elsewhere = beside(view, number, |unit| unit.facts().zh.amounts.iter().any(|z| strict(z, en)))
        && beside(view, number, |unit| unit.facts().en.amounts.iter().any(|e| strict(zh, e)));
    let factor = zh.quantity.value / en.quantity.value.max(1e-9);
    let power = factor.log10();
    let magnitude = (power - power.round()).abs() < 1e-3 && power.round() != 0.0;
    let (mut english, mut chinese) =
        (format!("The figure is another: {e} became {z}."), format!("数字不一致：原文为{e}，译文为{z}。"));
    if magnitude && zh.quantity.kind == en.quantity.kind {
        let times = 10f64.powf(power.abs());
        english += &format!(" It is off by a factor of {times:.0}.");
        chinese += &format!("数量级相差{times:.0}倍。");
    }
    let severity = if elsewhere { Severity::Info } else { Severity::Major };
    Some(
        Draft::new(number, severity, Message::new(english, chinese))
            .zh(zh.quantity.span.range())
            .en(en.quantity.span.range())
            .confidence(if zh.quantity.kind == en.quantity.kind { 0.9 } else { 0.6 })
            .cause(format!("{e} {z}")),
    )
}

fn missing(view: &View<'_>, number: usize, unit: &Unit, en: &Amount) -> Option<Draft> {
    if unit.relation == Relation::Repeat || is_vague(en) || en.quantity.kind == Kind::Time || rendered(&unit.zh.text, en) {
        return None;
    }
    let elsewhere = view.units.iter().any(|unit| unit.facts().zh.amounts.iter().any(|z| same(z, en)));
    let e = quoted(en, &unit.en.text);
    let weighty = matches!(en.unit, Some(unit) if matches!(unit.dimension, Dimension::Money(_)))
        || (en.quantity.kind == Kind::Count && en.quantity.value >= 1000.0);
    let severity = match (elsewhere, weighty) {
        (true, _) => Severity::Info,
        (_, true) => Severity::Major,
        _ => Severity::Minor,
    };
    let message = Message::new(
        format!("The figure {e} is missing from the Chinese."),
        format!("译文缺少数字{e}。"),
    );
    Some(Draft::new(number, severity, message).en(en.quantity.span.range()).confidence(0.7).cause(e))
}

fn extra(view: &View<'_>, number: usize, unit: &Unit, zh: &Amount) -> Option<Draft> {
    if is_vague(zh) || zh.quantity.kind == Kind::Time || told(&unit.en.text, zh) {
        return None;
    }
    let elsewhere = view.units.iter().any(|unit| unit.facts().en.amounts.iter().any(|e| same(zh, e)));
    let z = quoted(zh, &unit.zh.text);
    let severity = if elsewhere { Severity::Info } else { Severity::Minor };
    let message = Message::new(
        format!("The figure {z} is not in the English."),
        format!("译文中的数字{z}在原文中没有依据。"),
    );
    Some(Draft::new(number, severity, message).zh(zh.quantity.span.range()).confidence(0.7).cause(z))
}

/// Whether a unit near by fits.
fn beside(view: &View<'_>, number: usize, fits: impl Fn(&Unit) -> bool) -> bool {
    let around = number.saturating_sub(3)..(number + 4).min(view.units.len());
    view.units.get(around).is_some_and(|units| units.iter().enumerate().any(|(_, unit)| fits(unit)))
}

/// Whether both say exactly the same, and a number worth moving.
fn strict(zh: &Amount, en: &Amount) -> bool {
    let (z, e) = (&zh.quantity, &en.quantity);
    same(zh, en) && !z.weak && !e.weak && z.kind == e.kind && e.value > 10.0
}

/// Whether the Chinese renders a small number without a numeral.
fn rendered(zh: &str, en: &Amount) -> bool {
    let words: &[&str] = match (en.quantity.kind, en.quantity.value as u32) {
        (Kind::Count | Kind::Ordinal | Kind::Fold, 2) => &["双", "两", "二", "另", "再次", "翻", "和", "与", "第三", "其次", "加倍"],
        (Kind::Count | Kind::Ordinal, 3) => &["三"],
        (Kind::Fraction, _) => &["半"],
        (Kind::Ordinal, _) => &["季", "届", "次"],
        (Kind::Percent, 100) => &["全部", "所有", "完全"],
        (Kind::Count, 10 | 12) => &["十"],
        _ => return false,
    };
    words.iter().any(|word| zh.contains(word))
}

/// Whether the English says a small number of the Chinese without a numeral.
fn told(en: &str, zh: &Amount) -> bool {
    let words: &[&str] = match zh.quantity.value as u32 {
        2 => &["both", "two", "second", "another", "double", "dual", "pair", "twice", "couple", "either", " and "],
        3 => &["three", "third", "triple"],
        1 => &["one", "first", " a ", "single", "once"],
        10 => &["decade"],
        _ => return false,
    };
    let lower = en.to_lowercase();
    words.iter().any(|word| lower.contains(word))
}

/// An amount as it stands in its text, with its unit.
fn quoted(amount: &Amount, text: &str) -> String {
    let span = amount.quantity.span;
    let whole = amount.unit.map_or(span, |unit| {
        Span::new(span.start().min(unit.span.start()), span.end().max(unit.span.end()))
    });
    whole.slice(text).trim().to_owned()
}
