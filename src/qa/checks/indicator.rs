//! Indicators: domains and web addresses.

use crate::model::{Message, Relation, Severity};
use crate::qa::traces::{Remnant, Traces, anywhere, holds, is_broken, remnant};
use crate::qa::{Check, Doc, Draft, Unit, View};
use crate::text::entities::{Entity, EntityKind, Form};

/// The check.
pub const CHECK: Check = Check {
    name: "indicator",
    category: "Accuracy/Entity",
    doc: Doc {
        what: "A domain or web address is another in the Chinese, is torn (`evil[。com`, a blank inside), or is missing.",
        why: "Readers block and look for what is printed; a torn or misspelt indicator is of no use, or hits a bystander.",
        known_problems: "Companies that are called like their domains may be rendered by another name.",
        example: "en: It is spread through vexmoor[.]com.\nzh: 它通过vexmoor[。com传播。\nThe dot became a full stop.",
    },
    fidelity: true,
    run,
};

fn run(view: &View<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (number, unit) in view.linked() {
        let traces = Traces::of(view, number, unit, EntityKind::is_indicator);
        for (zh, en) in &traces.pairs {
            drafts.extend(written(number, unit, zh, en));
        }
        for (zh, en) in &traces.changed {
            drafts.push(changed(number, unit, zh, en));
        }
        for en in &traces.missing {
            drafts.extend(missing(view, number, unit, en));
        }
        drafts.extend(traces.moved.iter().filter_map(|en| remains(number, unit, en)));
        for zh in &traces.extra {
            drafts.push(extra(view, number, zh));
        }
    }
    drafts
}

/// The same indicator, but torn, or with its defanging undone.
fn written(number: usize, unit: &Unit, zh: &Entity, en: &Entity) -> Option<Draft> {
    if is_broken(zh, en) {
        let torn = zh.span.slice(&unit.zh.text);
        let message = Message::new(
            format!("The indicator {} is torn: “{torn}”.", en.value),
            format!("指标{}书写破损：“{torn}”。", en.value),
        );
        return Some(place(number, Severity::Major, message, zh, en).suggest(en.span.slice(&unit.en.text)));
    }
    if en.form == Form::Defanged && zh.form == Form::Plain {
        let message = Message::new(
            format!("The indicator {} is defanged in the English and live in the Chinese.", en.value),
            format!("指标{}在原文中已做无害化处理，译文中可直接点击。", en.value),
        );
        return Some(place(number, Severity::Info, message, zh, en));
    }
    None
}

fn changed(number: usize, unit: &Unit, zh: &Entity, en: &Entity) -> Draft {
    let (was, is) = (en.span.slice(&unit.en.text), zh.span.slice(&unit.zh.text));
    let host = |value: &str| value.split(['/', '?', '#']).next().unwrap_or("").to_owned();
    let shortened = host(&zh.value) == host(&en.value);
    let severity = if shortened { Severity::Major } else { Severity::Critical };
    let message = Message::new(
        format!("The indicator is another: {was} became {is}."),
        format!("指标不一致：原文为{was}，译文为{is}。"),
    );
    place(number, severity, message, zh, en).suggest(was)
}

fn place(number: usize, severity: Severity, message: Message, zh: &Entity, en: &Entity) -> Draft {
    Draft::new(number, severity, message).zh(zh.span.range()).en(en.span.range()).cause(en.value.clone())
}

/// What is left of an indicator: torn, or torn and misspelt.
fn remains(number: usize, unit: &Unit, en: &Entity) -> Option<Draft> {
    let Remnant { range, misspelt } = remnant(&unit.zh.text, &en.value)?;
    let torn = unit.zh.text.get(range.clone()).unwrap_or("");
    let (severity, english, chinese) = if misspelt {
        (Severity::Critical, "misspelt and torn", "拼写有误且书写破损")
    } else {
        (Severity::Major, "torn", "书写破损")
    };
    let message = Message::new(
        format!("The indicator {} is {english}: “{torn}”.", en.value),
        format!("指标{}{chinese}：“{torn}”。", en.value),
    );
    let draft = Draft::new(number, severity, message).zh(range).en(en.span.range());
    Some(draft.suggest(en.span.slice(&unit.en.text)).cause(en.value.clone()))
}

fn missing(view: &View<'_>, number: usize, unit: &Unit, en: &Entity) -> Option<Draft> {
    if let Some(draft) = remains(number, unit, en) {
        return Some(draft);
    }
    if unit.relation == Relation::Repeat {
        return None;
    }
    let torn = |n: Option<usize>| {
        n.and_then(|n| view.units.get(n)).is_some_and(|u| remnant(&u.zh.text, &en.value).is_some())
    };
    if torn(number.checked_add(1)) || torn(number.checked_sub(1)) {
        return None;
    }
    let elsewhere = anywhere(view, |unit| holds(&unit.zh.text, &en.value));
    // A firm that is called like its domain may be named otherwise; what is defanged is an indicator.
    let stem = en.value.split('.').next().unwrap_or("");
    let named = en.form == Form::Plain && unit.zh.text.to_lowercase().contains(stem);
    let severity = match en.form {
        _ if elsewhere || named => Severity::Info,
        Form::Defanged => Severity::Major,
        _ => Severity::Minor,
    };
    let message = Message::new(
        format!("The indicator {} is missing from the Chinese.", en.value),
        format!("译文缺少指标{}。", en.value),
    );
    Some(Draft::new(number, severity, message).en(en.span.range()).cause(en.value.clone()).confidence(0.8))
}

fn extra(view: &View<'_>, number: usize, zh: &Entity) -> Draft {
    let elsewhere = anywhere(view, |unit| holds(&unit.en.text, &zh.value));
    let severity = if elsewhere { Severity::Info } else { Severity::Major };
    let message = Message::new(
        format!("The indicator {} is not in the English.", zh.value),
        format!("译文中的指标{}在原文中没有依据。", zh.value),
    );
    Draft::new(number, severity, message).zh(zh.span.range()).cause(zh.value.clone()).confidence(0.8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qa::testing::{drafts, drafts_of};

    #[test]
    fn another_or_a_torn_indicator_is_found() {
        for (zh, en, severity) in [
            ("它通过vexmoor[。com传播。", "It is spread through vexmoor[.]com.", Severity::Major),
            ("它通过vexmoor[。]com传播。", "It is spread through vexmoor[.]com.", Severity::Major),
            ("它通过vexmoor[.com传播。", "It is spread through vexmoor[.]com.", Severity::Major),
            ("它通过vexmor[.]com传播。", "It is spread through vexmoor[.]com.", Severity::Critical),
            ("它通过vexmor[传播。com。", "It is spread through vexmoor[.]com.", Severity::Critical),
            ("Vexmoor .gov.au被接管。", "vexmoor.gov.au was taken over.", Severity::Major),
            ("它通过域名传播。", "It is spread through vexmoor[.]com.", Severity::Major),
            ("下载自zolto.net/a.", "Downloaded from zolto.net/b.", Severity::Major),
        ] {
            let found = drafts(&CHECK, zh, en);
            assert_eq!(found.iter().map(|d| d.severity).collect::<Vec<_>>(), [severity], "{zh}");
        }
    }

    #[test]
    fn the_same_indicator_is_none() {
        for (zh, en) in [
            ("它通过vexmoor[.]com传播。", "It is spread through vexmoor[.]com."),
            ("它通过vexmoor(dot)com传播。", "It is spread through vexmoor[.]com."),
            ("它通过vexmoor{.}com传播。", "It is spread through Vexmoor[.]com."),
            ("下载自hxxps://zolto.net/a。", "Downloaded from https://zolto[.]net/a."),
            ("Zolto的分析师说。", "Analysts of Zolto.io say."),
            ("基于.NET的程序。", "A .NET program."),
        ] {
            let found = drafts(&CHECK, zh, en);
            assert!(found.iter().all(|d| d.severity == Severity::Info), "{zh} {found:?}");
        }
        let rows = [("见下。", "It uses vexmoor[.]com."), ("即vexmoor[.]com。", "That is it.")];
        assert!(drafts_of(&CHECK, &rows).is_empty());
    }
}
