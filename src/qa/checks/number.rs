//! Figures that are another, missing, or added.

use crate::model::{Message, Relation, Severity, Span};
use crate::qa::figures::{Figures, exact, same};
use crate::qa::traces::holds;
use crate::qa::{Amount, Check, Doc, Draft, Unit, View};
use crate::text::entities::{Entity, EntityKind};
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
    if unit.relation == Relation::Repeat
        || is_vague(en)
        || en.quantity.kind == Kind::Time
        || rendered(&unit.zh.text, en)
        || glued(unit, en)
    {
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
    let message =
        Message::new(format!("The figure {e} is missing from the Chinese."), format!("译文缺少数字{e}。"));
    Some(Draft::new(number, severity, message).en(en.quantity.span.range()).confidence(0.7).cause(e))
}

fn extra(view: &View<'_>, number: usize, unit: &Unit, zh: &Amount) -> Option<Draft> {
    let text = &unit.zh.text;
    if is_vague(zh)
        || zh.quantity.kind == Kind::Time
        || told(&unit.en.text, zh)
        || is_ordinal(text, zh)
        || sums_up(text, zh)
    {
        return None;
    }
    // What is left of a version that was torn is not a quantity.
    let version = |e: &Entity| e.kind == EntityKind::Version && joined(text, e.span, zh.quantity.span);
    if unit.facts().zh.entities.iter().any(version) {
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

/// The `2.` of a list that runs on inside the sentence.
fn is_ordinal(text: &str, amount: &Amount) -> bool {
    let span = amount.quantity.span;
    let before = text.get(..span.start()).unwrap_or("").trim_end();
    let after = text.get(span.end()..).unwrap_or("");
    let opens = before.is_empty() || before.ends_with(['；', ';', '：', ':', '。', '，', '(', '（', '、']);
    let marks = after.starts_with(['、', ')', '）', '．']) || after.starts_with(". ");
    opens && marks && amount.quantity.value <= 30.0
}

/// 这两个漏洞, after both were named.
fn sums_up(text: &str, amount: &Amount) -> bool {
    let before = text.get(..amount.quantity.span.start()).unwrap_or("");
    let pointing =
        ["这", "该", "上述", "以上", "其中", "另外", "前", "后"].iter().any(|word| before.ends_with(word));
    pointing && amount.quantity.value < 10.0
}

/// Whether nothing but a dash stands between an entity and a number behind it.
fn joined(text: &str, entity: Span, number: Span) -> bool {
    let gap = text.get(entity.end()..number.start()).unwrap_or("none");
    gap.len() < 6 && gap.trim_matches([' ', '-', '–', '_', '.']).is_empty()
}

/// Whether a unit near by fits.
fn beside(view: &View<'_>, number: usize, fits: impl Fn(&Unit) -> bool) -> bool {
    let around = number.saturating_sub(3)..(number + 4).min(view.units.len());
    view.units.get(around).is_some_and(|units| units.iter().any(fits))
}

/// Whether both say exactly the same, and a number worth moving.
fn strict(zh: &Amount, en: &Amount) -> bool {
    let (z, e) = (&zh.quantity, &en.quantity);
    exact(zh, en) && !z.weak && !e.weak && e.value > 10.0
}

/// Whether the figure stands in the Chinese, but glued to a Latin name, which makes an identifier of it.
fn glued(unit: &Unit, en: &Amount) -> bool {
    let figure = en.quantity.span.slice(&unit.en.text);
    let digits = figure.len() > 1 && figure.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    digits && (holds(&unit.zh.text, figure) || holds(&unit.zh.text, &figure.replace(',', "")))
}

/// Whether the Chinese renders a small number without a numeral.
fn rendered(zh: &str, en: &Amount) -> bool {
    let words: &[&str] = match (en.quantity.kind, en.quantity.value as u32) {
        (Kind::Count | Kind::Ordinal | Kind::Fold, 2) => {
            &["双", "两", "二", "另", "再次", "翻", "和", "与", "第三", "其次", "加倍"]
        }
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
        2 => &[
            "both", "two", "second", "another", "double", "dual", "pair", "twice", "couple", "either",
            " and ",
        ],
        3 => &["three", "third", "triple", "tri", "cubic"],
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
    let whole = amount
        .unit
        .map_or(span, |unit| Span::new(span.start().min(unit.span.start()), span.end().max(unit.span.end())));
    whole.slice(text).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qa::testing::{drafts, drafts_of};

    #[test]
    fn another_missing_or_added_figure_is_found() {
        for (zh, en, severity) in [
            ("瓦尔莫兰丢失了48万条记录。", "Valmorane lost 4.8 million records.", Severity::Major),
            ("共有53名客户受影响。", "It affects 35 customers.", Severity::Major),
            ("其中47%已修复。", "Of these, 74% are fixed.", Severity::Major),
            ("赎金已支付。", "A ransom of $3 million was paid.", Severity::Major),
            ("客户受影响。", "It affects 35 customers.", Severity::Minor),
            ("35名客户受影响，涉及19个国家。", "It affects 35 customers.", Severity::Minor),
            ("攻击增长了五倍。", "Attacks tripled.", Severity::Major),
            (
                "这是第三家受害商店，它关闭了三周。",
                "It is the third shop that was hit, and closed for two weeks.",
                Severity::Major,
            ),
            ("三分之二的设备已离线。", "One third of the devices are offline.", Severity::Major),
        ] {
            let found = drafts(&CHECK, zh, en);
            assert_eq!(found.iter().map(|d| d.severity).collect::<Vec<_>>(), [severity], "{zh} {found:?}");
        }
    }

    #[test]
    fn a_shift_of_units_is_called_by_its_factor() {
        let zh = "丢失了48万条记录。";
        let found = drafts(&CHECK, zh, "It lost 4.8 million records.");
        assert!(found[0].message.en.contains("factor of 10"), "{found:?}");
        assert_eq!(&zh[found[0].zh[0].clone()], "48万");
    }

    #[test]
    fn the_same_figure_is_none() {
        for (zh, en) in [
            ("瓦尔莫兰丢失了480万条记录。", "Valmorane lost 4.8 million records."),
            ("共2.5亿个账户。", "There are 250 million accounts."),
            ("共25000万个账户。", "There are 250 million accounts."),
            ("近4.2万台设备。", "Over 41,000 devices."),
            ("半数设备离线。", "50% of the devices are offline."),
            ("6/9，条目已删除。", "On June 9, the entry was removed."),
            ("持续了14天。", "It lasted two weeks."),
            ("双方都受影响。", "The two companies are affected."),
            ("结果如下：1. 甲国：30台；2. 乙国：20台；3. 丙国：15台。", "It found 30, 20, and 15 devices."),
            ("CVE-2031-4242影响7.2.3版本。", "It is fixed."),
        ] {
            assert!(drafts(&CHECK, zh, en).is_empty(), "{zh} {:?}", drafts(&CHECK, zh, en));
        }
    }

    #[test]
    fn a_figure_that_stands_elsewhere_is_info() {
        let rows = [("客户受影响。", "It affects 35 customers."), ("共有35名客户。", "It is bad.")];
        let found = drafts_of(&CHECK, &rows);
        assert!(found.iter().all(|d| d.severity == Severity::Info), "{found:?}");
    }
}
