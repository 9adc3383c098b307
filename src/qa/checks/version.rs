//! Versions, which are no numbers: 1.10 is not 1.1.

use crate::model::{Message, Relation, Severity, Span};
use crate::qa::traces::{Traces, anywhere, holds};
use crate::qa::{Check, Doc, Draft, Unit, View};
use crate::text::entities::{Entity, EntityKind};

/// The check.
pub const CHECK: Check = Check {
    name: "version",
    category: "Accuracy/Number",
    doc: Doc {
        what: "A version is another in the Chinese, is missing, stands there only, or its range points the other way.",
        why: "Whoever reads `fixed in 7.2.4` as 7.2.3 stays vulnerable.",
        known_problems: "A version of one part (`Zephyr 11`) is a figure, for the check of numbers.",
        example: "en: Versions before 7.2.3 are affected.\nzh: 7.2.3及以上版本受影响。\nThe range points the other way.",
    },
    fidelity: true,
    run,
};

fn run(view: &View<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (number, unit) in view.linked() {
        let traces = Traces::of(view, number, unit, |kind| kind == EntityKind::Version);
        for (zh, en) in &traces.pairs {
            drafts.extend(turned(number, unit, zh, en));
        }
        for (zh, en) in &traces.changed {
            let (was, is) = (en.span.slice(&unit.en.text), zh.span.slice(&unit.zh.text));
            let message = Message::new(
                format!("The version is another: {was} became {is}."),
                format!("版本号不一致：原文为{was}，译文为{is}。"),
            );
            drafts.push(
                Draft::new(number, Severity::Major, message)
                    .zh(zh.span.range())
                    .en(en.span.range())
                    .suggest(was)
                    .cause(en.value.clone()),
            );
        }
        for en in traces.missing.iter().filter(|_| unit.relation != Relation::Repeat) {
            drafts.push(missing(view, number, en));
        }
        for zh in &traces.extra {
            drafts.push(extra(view, number, zh));
        }
    }
    drafts
}

fn missing(view: &View<'_>, number: usize, en: &Entity) -> Draft {
    let elsewhere = anywhere(view, |unit| holds(&unit.zh.text, &en.value));
    let severity = if elsewhere { Severity::Info } else { Severity::Minor };
    let message = Message::new(
        format!("Version {} is missing from the Chinese.", en.value),
        format!("译文缺少版本号{}。", en.value),
    );
    Draft::new(number, severity, message).en(en.span.range()).cause(en.value.clone()).confidence(0.8)
}

fn extra(view: &View<'_>, number: usize, zh: &Entity) -> Draft {
    let elsewhere = anywhere(view, |unit| holds(&unit.en.text, &zh.value));
    let severity = if elsewhere { Severity::Info } else { Severity::Minor };
    let message = Message::new(
        format!("Version {} is not in the English.", zh.value),
        format!("译文中的版本号{}在原文中没有依据。", zh.value),
    );
    Draft::new(number, severity, message).zh(zh.span.range()).cause(zh.value.clone()).confidence(0.7)
}

/// Which way a range of versions points.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Down,
    Up,
}

/// A range that points the other way.
fn turned(number: usize, unit: &Unit, zh: &Entity, en: &Entity) -> Option<Draft> {
    let english = way(&unit.en.text, en.span, EN_BEFORE, EN_AFTER)?;
    let chinese = way(&unit.zh.text, zh.span, ZH_BEFORE, ZH_AFTER)?;
    let message = Message::new(
        format!("The range of versions at {} points the other way.", en.value),
        format!("版本{}的范围方向相反。", en.value),
    );
    (english != chinese).then(|| {
        Draft::new(number, Severity::Major, message).zh(zh.span.range()).en(en.span.range()).confidence(0.8)
    })
}

fn way(text: &str, span: Span, before: &[(&str, Way)], after: &[(&str, Way)]) -> Option<Way> {
    let head = text.get(..span.start())?.trim_end_matches([' ', 'v', 'V']).to_lowercase();
    let head = head.trim_end_matches("version").trim_end_matches("versions").trim_end();
    let tail = text.get(span.end()..)?.trim_start().to_lowercase();
    let tail = tail.trim_start_matches("版本");
    let behind = after.iter().find(|(word, _)| tail.starts_with(word));
    behind.or_else(|| before.iter().find(|(word, _)| head.ends_with(word))).map(|&(_, way)| way)
}

const EN_BEFORE: &[(&str, Way)] = &[
    ("before", Way::Down),
    ("prior to", Way::Down),
    ("earlier than", Way::Down),
    ("older than", Way::Down),
    ("below", Way::Down),
    ("up to", Way::Down),
    ("later than", Way::Up),
    ("newer than", Way::Up),
];
const EN_AFTER: &[(&str, Way)] = &[
    ("and earlier", Way::Down),
    ("or earlier", Way::Down),
    ("and below", Way::Down),
    ("and prior", Way::Down),
    ("and older", Way::Down),
    ("and later", Way::Up),
    ("or later", Way::Up),
    ("and above", Way::Up),
    ("or above", Way::Up),
    ("and newer", Way::Up),
    ("or newer", Way::Up),
    ("or higher", Way::Up),
    ("and higher", Way::Up),
];
const ZH_BEFORE: &[(&str, Way)] =
    &[("低于", Way::Down), ("早于", Way::Down), ("高于", Way::Up), ("晚于", Way::Up)];
const ZH_AFTER: &[(&str, Way)] = &[
    ("之前", Way::Down),
    ("以前", Way::Down),
    ("及更早", Way::Down),
    ("及之前", Way::Down),
    ("及以下", Way::Down),
    ("以下", Way::Down),
    ("或更早", Way::Down),
    ("及更高", Way::Up),
    ("及以上", Way::Up),
    ("以上", Way::Up),
    ("及更新", Way::Up),
    ("及之后", Way::Up),
    ("或更高", Way::Up),
    ("及后续", Way::Up),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qa::testing::drafts;

    #[test]
    fn another_version_is_found() {
        for (zh, en) in [
            ("Zephyr 1.10版本修复了它。", "Zephyr 1.1 fixes it."),
            ("影响7.2.4之前的版本。", "Versions before 7.2.3 are affected."),
            ("7.2.3及以上版本受影响。", "Versions before 7.2.3 are affected."),
            ("该漏洞已修复。", "It is fixed in version 7.2.3."),
            ("2.1版本已发布。", "v2.0 is out."),
        ] {
            assert_eq!(drafts(&CHECK, zh, en).len(), 1, "{zh}");
        }
    }

    #[test]
    fn the_same_version_is_none() {
        for (zh, en) in [
            ("Zephyr 1.10版本修复了它。", "Zephyr 1.10 fixes it."),
            ("影响7.2.3之前的版本。", "Versions before 7.2.3 are affected."),
            ("影响7.2.3以下的版本。", "Versions prior to v7.2.3 are affected."),
            ("2.0版本已发布。", "v2.0 is out."),
            ("评分为9.8。", "It has a CVSS score of 9.8."),
            ("增长了1.5倍，达到2.5亿。", "It grew by a factor of 1.5 to 250 million."),
        ] {
            assert!(drafts(&CHECK, zh, en).is_empty(), "{zh}");
        }
    }
}
