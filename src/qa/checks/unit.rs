//! Units and currencies that are another.

use crate::model::{Message, Severity};
use crate::qa::figures::Figures;
use crate::qa::{Amount, Check, Doc, Draft, Unit, View};
use crate::text::units::{Dimension, names_money};

/// The check.
pub const CHECK: Check = Check {
    name: "unit",
    category: "Accuracy/Number",
    doc: Doc {
        what: "The unit or currency of a figure is another in the Chinese, is missing, or is spelled in the wrong case.",
        why: "500 GB are not 500 MB, and a ransom in euros is not one in dollars.",
        known_problems: "Amounts of money are not converted; a rendering in yuan is reported as a changed figure.",
        example: "en: They asked for €3 million.\nzh: 他们索要300万美元。\nThe currency is another.",
    },
    fidelity: true,
    run,
};

fn run(view: &View<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (number, unit) in view.linked() {
        let facts = unit.facts();
        let figures = Figures::of(facts.zh, facts.en);
        for &(z, e) in figures.pairs.iter().chain(&figures.changed) {
            if let (Some(zh), Some(en)) = (facts.zh.amounts.get(z), facts.en.amounts.get(e)) {
                drafts.extend(compare(number, unit, zh, en));
            }
        }
    }
    drafts
}

fn compare(number: usize, unit: &Unit, zh: &Amount, en: &Amount) -> Option<Draft> {
    let Some(e) = &en.unit else { return None };
    let english = e.span.slice(&unit.en.text).trim();
    let money = matches!(e.dimension, Dimension::Money(_));
    let Some(z) = &zh.unit else {
        if !money || en.quantity.weak || names_money(&unit.zh.text) {
            return None;
        }
        let message = Message::new(
            format!("The currency {english} is missing from the Chinese."),
            format!("译文缺少货币单位（原文为{english}）。"),
        );
        return Some(
            Draft::new(number, Severity::Minor, message).zh(zh.quantity.span.range()).en(e.span.range()),
        );
    };
    let chinese = z.span.slice(&unit.zh.text).trim();
    let draft = |severity, en: String, zh: String| {
        Draft::new(number, severity, Message::new(en, zh)).zh(z.span.range()).en(e.span.range())
    };
    if z.same(e) {
        let latin = chinese.chars().all(|c| c.is_ascii_alphabetic() || c == '/');
        let spelled = latin && english.len() == chinese.len() && english.eq_ignore_ascii_case(chinese);
        let written = proper(chinese).or_else(|| (spelled && chinese != english).then(|| english.to_owned()));
        let right = written.filter(|right| latin && right != chinese && right != &chinese.to_uppercase())?;
        return Some(
            draft(
                Severity::Minor,
                format!("The unit {chinese} is written {right}."),
                format!("单位{chinese}的大小写有误，应为{right}。"),
            )
            .suggest(right),
        );
    }
    if (zh.quantity.value - en.quantity.value).abs() > 0.05 * en.quantity.value.abs() {
        return None;
    }
    let tokens = |d| matches!(d, Dimension::Money("ETH" | "BTC" | "USDT" | "USDC" | "XMR"));
    let data = |d| matches!(d, Dimension::Bytes | Dimension::BitRate | Dimension::ByteRate);
    let both_money = money && matches!(z.dimension, Dimension::Money(_));
    let same_kind = both_money || z.dimension == e.dimension || (data(z.dimension) && data(e.dimension));
    // 元 alone is said of any currency once the article has named it.
    let loose = both_money && chinese == "元" && !tokens(e.dimension);
    if !same_kind || loose || (zh.quantity.weak && en.quantity.weak) {
        return None;
    }
    Some(draft(
        Severity::Major,
        format!("The unit is another: {english} became {chinese}."),
        format!("单位不一致：原文为{english}，译文为{chinese}。"),
    ))
}

/// How a symbol for data and rates is spelled, if it is one written all in small letters.
fn proper(symbol: &str) -> Option<String> {
    let small = symbol.chars().all(|c| c.is_ascii_lowercase());
    let known =
        ["KB", "MB", "GB", "TB", "PB", "Kbps", "Mbps", "Gbps", "Tbps", "Bpps", "Mpps", "Gpps", "Mrps"];
    let right = known.iter().find(|known| known.eq_ignore_ascii_case(symbol))?;
    small.then(|| (*right).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qa::testing::drafts;

    #[test]
    fn another_unit_is_found() {
        for (zh, en, severity) in [
            ("他们索要300万美元。", "They asked for €3 million.", Severity::Major),
            ("窃取了500MB数据。", "They stole 500 GB of data.", Severity::Major),
            ("攻击持续45分钟。", "The attack lasted 45 seconds.", Severity::Major),
            ("峰值达到3tbps。", "It peaked at 3 Tbps.", Severity::Minor),
            ("赎金为50万。", "The ransom was $500,000.", Severity::Minor),
            ("转走了20个以太币。", "They moved 20 bitcoin.", Severity::Major),
        ] {
            let found = drafts(&CHECK, zh, en);
            assert_eq!(found.iter().map(|d| d.severity).collect::<Vec<_>>(), [severity], "{zh}");
        }
    }

    #[test]
    fn the_same_unit_is_none() {
        for (zh, en) in [
            ("他们索要300万欧元。", "They asked for €3 million."),
            ("窃取了1.5TB数据。", "They stole 1.5 terabytes of data."),
            ("持续了14天。", "It lasted two weeks."),
            ("距离约16公里。", "It is about 10 miles away."),
            ("峰值达到3 Tbps。", "It peaked at 3Tbps."),
            ("损失为500美元。", "It lost $500."),
            ("共有35名客户。", "There are 35 customers."),
        ] {
            assert!(drafts(&CHECK, zh, en).is_empty(), "{zh}");
        }
    }
}
