//! Identifiers: CVE numbers, hashes, addresses, techniques.

use crate::model::{Message, Relation, Severity};
use crate::qa::traces::{Traces, anywhere, holds, is_broken, remnant};
use crate::qa::{Check, Doc, Draft, View};
use crate::text::entities::{Entity, EntityKind};

/// The check.
pub const CHECK: Check = Check {
    name: "identifier",
    category: "Accuracy/Entity",
    doc: Doc {
        what: "A CVE number, advisory, ATT&CK technique, hash, IP address, port or e-mail address is another in the \
               Chinese, is missing, or stands there only.",
        why: "Identifiers are what readers search and block by; one digit makes another of them.",
        known_problems: "One that stands elsewhere in the article is reported as info only.",
        example: "en: It is tracked as CVE-2031-4242.\nzh: 该漏洞编号为CVE-2031-4224。\nThe digits are others.",
    },
    fidelity: true,
    run,
};

fn run(view: &View<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (number, unit) in view.linked() {
        let traces = Traces::of(view, number, unit, EntityKind::is_identifier);
        for (zh, en) in traces.pairs.iter().filter(|(zh, en)| is_broken(zh, en)) {
            let message = Message::new(
                format!("{} is torn: “{}”.", en.value, zh.span.slice(&unit.zh.text)),
                format!("{}书写破损：“{}”。", en.value, zh.span.slice(&unit.zh.text)),
            );
            drafts.push(both(number, Severity::Major, message, zh, en));
        }
        for (zh, en) in &traces.changed {
            let severity = if en.kind == EntityKind::Port { Severity::Major } else { Severity::Critical };
            let (was, is) = (en.span.slice(&unit.en.text), zh.span.slice(&unit.zh.text));
            let message = Message::new(format!("{was} became {is}."), format!("原文为{was}，译文为{is}。"));
            drafts.push(both(number, severity, message, zh, en).suggest(was));
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

fn both(number: usize, severity: Severity, message: Message, zh: &Entity, en: &Entity) -> Draft {
    Draft::new(number, severity, message).zh(zh.span.range()).en(en.span.range()).cause(en.value.clone())
}

fn missing(view: &View<'_>, number: usize, en: &Entity) -> Draft {
    let value = &en.value;
    let remnant =
        view.units.get(number).and_then(|unit| remnant(&unit.zh.text, value).filter(|_| value.contains('.')));
    if let Some(remnant) = remnant {
        let message =
            Message::new(format!("{value} is torn in the Chinese."), format!("{value}在译文中书写破损。"));
        return Draft::new(number, Severity::Major, message)
            .zh(remnant.range)
            .en(en.span.range())
            .cause(value.clone());
    }
    let elsewhere = anywhere(view, |unit| holds(&unit.zh.text, value));
    let severity = match en.kind {
        _ if elsewhere => Severity::Info,
        EntityKind::Port => Severity::Minor,
        _ => Severity::Major,
    };
    let message = Message::new(format!("{value} is missing from the Chinese."), format!("译文缺少{value}。"));
    Draft::new(number, severity, message).en(en.span.range()).cause(value.clone()).confidence(0.85)
}

fn extra(view: &View<'_>, number: usize, zh: &Entity) -> Draft {
    let value = &zh.value;
    let elsewhere = anywhere(view, |unit| holds(&unit.en.text, value));
    let severity = match zh.kind {
        _ if elsewhere => Severity::Info,
        EntityKind::Port => Severity::Minor,
        _ => Severity::Major,
    };
    let message =
        Message::new(format!("{value} is not in the English."), format!("译文中的{value}在原文中没有依据。"));
    Draft::new(number, severity, message).zh(zh.span.range()).cause(value.clone()).confidence(0.8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qa::testing::{drafts, drafts_of};

    #[test]
    fn another_identifier_is_found() {
        for (zh, en, severity) in [
            ("编号为CVE-2031-4224。", "Tracked as CVE-2031-4242.", Severity::Critical),
            ("技术T1059.003。", "Technique T1059.001.", Severity::Critical),
            ("连接203.0.113[.]15。", "It connects to 203.0.113[.]14.", Severity::Critical),
            (
                "哈希为e41d8cd98f00b204e9800998ecf8427e。",
                "The hash is d41d8cd98f00b204e9800998ecf8427e.",
                Severity::Critical,
            ),
            ("该漏洞已修复。", "CVE-2031-4242 is fixed.", Severity::Major),
            ("连接203.0.113[。]14。", "It connects to 203.0.113[.]14.", Severity::Major),
            ("请安装KB5031235。", "Install KB5031234.", Severity::Critical),
        ] {
            let found = drafts(&CHECK, zh, en);
            assert_eq!(found.iter().map(|d| d.severity).collect::<Vec<_>>(), [severity], "{zh}");
        }
    }

    #[test]
    fn the_same_identifier_is_none() {
        for (zh, en) in [
            ("编号为CVE-2031-4242。", "Tracked as CVE-2031-4242."),
            ("编号为cve-2031-4242。", "Tracked as CVE-2031-4242."),
            ("CVE-2031-4242即CVE-2031-4242。", "CVE-2031-4242 it is."),
            ("连接203.0.113.14。", "It connects to 203[.]0[.]113[.]14."),
            ("使用8080端口。", "It uses port 8080."),
            ("联系ir@vexmoor.com。", "Write to ir@vexmoor[.]com."),
        ] {
            assert!(drafts(&CHECK, zh, en).is_empty(), "{zh}");
        }
        let rows = [("漏洞详情如下。", "CVE-2031-4242 is bad."), ("CVE-2031-4242很严重。", "It is.")];
        assert!(drafts_of(&CHECK, &rows).is_empty());
    }
}
