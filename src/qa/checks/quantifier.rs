//! All, some, at least, up to, thousands: how many when nobody counted.

use crate::model::{Message, Severity, Span};
use crate::qa::figures::Figures;
use crate::qa::{Amount, Bound, Check, Doc, Draft, Unit, View};
use crate::text::numbers::Kind;
use regex::Regex;
use std::sync::LazyLock;

/// The check.
pub const CHECK: Check = Check {
    name: "quantifier",
    category: "Accuracy/Mistranslation",
    doc: Doc {
        what: "A bound or a vague number that the Chinese contradicts or strengthens: at least and 最多, over and 近, \
               thousands and 成千上万, most and 所有.",
        why: "How certain and how large a figure is belongs to the claim.",
        known_problems: "Only contradictions are reported; a hedge that is left out is none.",
        example: "en: At least 40 banks were hit.\nzh: 最多40家银行受到影响。\n至少 is right.",
    },
    fidelity: true,
    run,
};

fn run(view: &View<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (number, unit) in view.linked() {
        let facts = unit.facts();
        let figures = Figures::of(facts.zh, facts.en);
        for &(z, e) in &figures.pairs {
            if let (Some(zh), Some(en)) = (facts.zh.amounts.get(z), facts.en.amounts.get(e)) {
                drafts.extend(bounds(number, unit, zh, en));
            }
        }
        for &(z, e) in &figures.changed {
            if let (Some(zh), Some(en)) = (facts.zh.amounts.get(z), facts.en.amounts.get(e)) {
                drafts.extend(magnitudes(number, unit, zh, en));
            }
        }
        drafts.extend(inflated(number, unit));
        drafts.extend(scopes(number, unit));
    }
    drafts
}

/// Bounds of the same number that contradict each other.
fn bounds(number: usize, unit: &Unit, zh: &Amount, en: &Amount) -> Option<Draft> {
    let ((z, z_span), (e, e_span)) = (zh.bound?, en.bound?);
    let (chinese, english) = (zh.quantity.value, en.quantity.value);
    let severity = match (e, z) {
        (Bound::AtLeast, Bound::AtMost | Bound::Below) => Severity::Major,
        // `over 41,000` is 近4.2万, rounded up; 近4.1万 is less than it says.
        (Bound::AtLeast, Bound::Nearly) if chinese <= english => Severity::Minor,
        (Bound::UpTo | Bound::AtMost | Bound::Below, Bound::AtLeast) if chinese >= english => Severity::Major,
        (Bound::Nearly, Bound::AtLeast) if chinese >= english => Severity::Minor,
        _ => return None,
    };
    let (e, z) = (e_span.slice(&unit.en.text), z_span.slice(&unit.zh.text));
    Some(contradiction(number, severity, (z, z_span), (e, e_span)))
}

/// Vague numbers of other orders of magnitude: dozens and 数百.
fn magnitudes(number: usize, unit: &Unit, zh: &Amount, en: &Amount) -> Option<Draft> {
    let (z, e) = (&zh.quantity, &en.quantity);
    let vague = |low: f64, high: f64| high > low * 1.5;
    if !(vague(z.value, z.high) || vague(e.value, e.high)) || z.kind != Kind::Count || e.kind != Kind::Count {
        return None;
    }
    let (english, chinese) = (e.span.slice(&unit.en.text), z.span.slice(&unit.zh.text));
    Some(contradiction(number, Severity::Major, (chinese, z.span), (english, e.span)))
}

/// 成千上万 for `thousands`: by itself the English says less.
fn inflated(number: usize, unit: &Unit) -> Option<Draft> {
    let words = ["成千上万", "千千万万", "数以万计", "成万上亿"];
    let (at, word) = words.iter().find_map(|word| Some((unit.zh.text.find(word)?, *word)))?;
    let found = THOUSANDS.find(&unit.en.text)?;
    let more = MORE.is_match(&unit.en.text);
    (!more).then(|| {
        contradiction(
            number,
            Severity::Minor,
            (word, Span::new(at, at + word.len())),
            (found.as_str(), Span::new(found.start(), found.end())),
        )
        .suggest("数千")
    })
}

#[allow(clippy::unwrap_used)] // constants, compiled by the tests
static THOUSANDS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)\bthousands\b").unwrap());
#[allow(clippy::unwrap_used)]
static MORE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:tens|hundreds) of thousands|thousands (?:and|upon) thousands|\d{5,}|million")
        .unwrap()
});
#[allow(clippy::unwrap_used)]
static PARTIAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:[Mm]ost|[Ss]ome|[Aa] few|[Aa] handful|[Ff]ew|[Ss]everal) (?:of )?(?:the |its |their |these |those )?([a-z]+(?: [a-z]+)?)").unwrap()
});
#[allow(clippy::unwrap_used)]
static TOTAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:all|every|each|entire|whole|always|any|total|full|completely|everything|everyone)\b|\b100 ?(?:%|percent)").unwrap()
});
#[allow(clippy::unwrap_used)]
static LIMITED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:some|most|mostly|many|few|several|part|parts|partial|partially|portion|half|majority|number|certain|selected|minority|not all|nearly|almost|various|multiple|subset|sometimes|mainly|largely|primarily|handful)\b|%|percent").unwrap()
});

/// `all` against 部分, `most` against 所有, where nothing else in the sentence could have been meant.
fn scopes(number: usize, unit: &Unit) -> Option<Draft> {
    let (zh, en) = (&unit.zh.text, &unit.en.text);
    if zh.chars().count() > 120 {
        return None;
    }
    let find = |words: &[&'static str]| {
        words.iter().find_map(|word| Some((*word, Span::new(zh.find(word)?, zh.find(word)? + word.len()))))
    };
    let whole = find(&[
        "所有", "全部", "一切", "全都", "每个", "每一", "任何", "全体", "均", "都", "各", "整个", "完全",
        "皆", "全",
    ]);
    let part =
        find(&["大多数", "大部分", "绝大多数", "多数", "一些", "部分", "少数", "若干", "某些", "半数"]);
    if let (Some(all), Some(part), None) = (ALL.find(en), part, whole)
        && !LIMITED.is_match(en)
    {
        let all = (all.as_str(), Span::new(all.start(), all.end()));
        return Some(contradiction(number, Severity::Major, part, all).confidence(0.7));
    }
    let strict = find(&["所有", "全部", "一切", "全体"]);
    let some = PARTIAL.find(en)?;
    let softened = part.is_some()
        || find(&[
            "多个", "许多", "很多", "众多", "几乎", "几", "数", "有些", "最", "主要", "大多", "多", "少",
            "近",
        ])
        .is_some();
    if softened || TOTAL.is_match(en) {
        return None;
    }
    let some = (some.as_str().split(' ').next()?, Span::new(some.start(), some.end()));
    Some(contradiction(number, Severity::Major, strict?, some).confidence(0.7))
}

#[allow(clippy::unwrap_used)]
static ALL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:[Aa]ll (?:of )?(?:the|its|their|these|those|versions|users|customers|data|files|devices|systems|known|affected)|[Ee]very (?:single )?(?:user|customer|version|device|system|file))\b").unwrap()
});

fn contradiction(number: usize, severity: Severity, zh: (&str, Span), en: (&str, Span)) -> Draft {
    let message = Message::new(
        format!("“{}” became {}, which says something else.", en.0.trim(), zh.0.trim()),
        format!("“{}”译为“{}”，范围或程度不符。", en.0.trim(), zh.0.trim()),
    );
    Draft::new(number, severity, message).zh(zh.1.range()).en(en.1.range()).confidence(0.85)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qa::testing::drafts;

    #[test]
    fn contradictions_are_found() {
        for (zh, en, severity) in [
            ("最多40家银行受到影响。", "At least 40 banks were hit.", Severity::Major),
            ("近40家银行受到影响。", "Over 40 banks were hit.", Severity::Minor),
            ("至少丢失30GB数据。", "It lost up to 30 GB of data.", Severity::Major),
            ("网站获得了成千上万次点击。", "The site had thousands of clicks.", Severity::Minor),
            ("涉及数百家银行。", "It concerns dozens of banks.", Severity::Major),
            ("所有服务器已关闭。", "Most servers are down.", Severity::Major),
            ("部分版本受影响。", "All versions are affected.", Severity::Major),
        ] {
            let found = drafts(&CHECK, zh, en);
            assert_eq!(found.iter().map(|d| d.severity).collect::<Vec<_>>(), [severity], "{zh}");
        }
    }

    #[test]
    fn what_agrees_is_none() {
        for (zh, en) in [
            ("至少40家银行受到影响。", "At least 40 banks were hit."),
            ("近4.2万人受影响。", "Over 41,000 people are affected."),
            ("多达30GB数据丢失。", "It lost up to 30 GB of data."),
            ("40家银行受到影响。", "Nearly 40 banks were hit."),
            ("成千上万人受影响。", "Tens of thousands of people are affected."),
            ("数十家银行受影响。", "Dozens of banks are affected."),
            ("大多数服务器已关闭。", "Most of the servers are down."),
            ("所有服务器已关闭。", "All servers are down."),
            ("几乎所有版本受影响。", "Almost all versions are affected."),
        ] {
            assert!(drafts(&CHECK, zh, en).is_empty(), "{zh}");
        }
    }
}
