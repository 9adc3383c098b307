//! Code: file names, endings, paths, registry keys.

use crate::model::{Message, Relation, Severity};
use crate::qa::traces::{Traces, anywhere, holds, is_broken, remnant};
use crate::qa::{Check, Doc, Draft, Unit, View};
use crate::text::entities::{Entity, EntityKind, Form};

/// The check.
pub const CHECK: Check = Check {
    name: "code",
    category: "Accuracy/Entity",
    doc: Doc {
        what: "A file name, ending, path or registry key is another in the Chinese, is torn (`setup。exe`), or is missing.",
        why: "It is what a reader looks for on a machine; torn or translated it cannot be found.",
        known_problems: "Commands that a Chinese sentence paraphrases count as missing.",
        example: "en: It drops setup.exe.\nzh: 它会释放setup。exe。\nThe dot became a full stop.",
    },
    fidelity: true,
    run,
};

fn run(view: &View<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (number, unit) in view.linked() {
        let before = drafts.len();
        let traces = Traces::of(view, number, unit, EntityKind::is_code);
        for (zh, en) in traces.pairs.iter().filter(|(zh, en)| is_broken(zh, en)) {
            drafts.push(torn(number, unit, en, zh.span.range(), false));
        }
        for (zh, en) in &traces.changed {
            let (was, is) = (en.span.slice(&unit.en.text), zh.span.slice(&unit.zh.text));
            let message = Message::new(format!("{was} became {is}."), format!("原文为{was}，译文为{is}。"));
            drafts.push(
                Draft::new(number, Severity::Major, message)
                    .zh(zh.span.range())
                    .en(en.span.range())
                    .suggest(was)
                    .cause(en.value.clone()),
            );
        }
        for en in &traces.missing {
            drafts.extend(missing(view, number, unit, en));
        }
        drafts.extend(traces.moved.iter().filter_map(|en| remains(number, unit, en)));
        for zh in &traces.extra {
            drafts.extend(extra(view, number, unit, zh));
        }
        let seen: Vec<Draft> = drafts.get(before..).unwrap_or_default().to_vec();
        drafts.extend(stops(number, unit, &seen));
    }
    drafts
}

fn torn(number: usize, unit: &Unit, en: &Entity, range: std::ops::Range<usize>, misspelt: bool) -> Draft {
    let text = unit.zh.text.get(range.clone()).unwrap_or("");
    let (english, chinese) = if misspelt { ("misspelt", "拼写有误") } else { ("torn", "书写破损") };
    let message = Message::new(
        format!("{} is {english} in the Chinese: “{text}”.", en.value),
        format!("{}在译文中{chinese}：“{text}”。", en.value),
    );
    let draft = Draft::new(number, Severity::Major, message).zh(range).en(en.span.range());
    draft.suggest(en.span.slice(&unit.en.text)).cause(en.value.clone())
}

/// What is left of a file's name.
fn remains(number: usize, unit: &Unit, en: &Entity) -> Option<Draft> {
    let remnant = (en.kind == EntityKind::File).then(|| remnant(&unit.zh.text, &en.value))??;
    Some(torn(number, unit, en, remnant.range, remnant.misspelt))
}

fn missing(view: &View<'_>, number: usize, unit: &Unit, en: &Entity) -> Option<Draft> {
    let value = &en.value;
    if let Some(draft) = remains(number, unit, en) {
        return Some(draft);
    }
    // An ending is often said without its dot (mp4视频), a path by its last part.
    let bare = value.trim_start_matches('.');
    let last = value.rsplit(['\\', '/']).next().unwrap_or("");
    let said = (en.kind == EntityKind::Extension && unit.zh.text.to_lowercase().contains(bare))
        || (last.len() > 3 && last != value && holds(&unit.zh.text, last));
    if said || unit.relation == Relation::Repeat {
        return None;
    }
    let elsewhere = anywhere(view, |unit| holds(&unit.zh.text, value));
    let severity = if elsewhere { Severity::Info } else { Severity::Minor };
    let message = Message::new(format!("{value} is missing from the Chinese."), format!("译文缺少{value}。"));
    Some(Draft::new(number, severity, message).en(en.span.range()).cause(value.clone()).confidence(0.75))
}

fn extra(view: &View<'_>, number: usize, unit: &Unit, zh: &Entity) -> Option<Draft> {
    let value = &zh.value;
    let bare = value.trim_start_matches('.');
    // What was taken for an ending may be the rest of a torn host, which is another check's.
    if unit.en.text.to_lowercase().contains(bare)
        || zh.kind == EntityKind::Extension
        || zh.form == Form::Broken
    {
        return None;
    }
    let elsewhere = anywhere(view, |unit| holds(&unit.en.text, value));
    let severity = if elsewhere { Severity::Info } else { Severity::Minor };
    let message =
        Message::new(format!("{value} is not in the English."), format!("译文中的{value}在原文中没有依据。"));
    Some(Draft::new(number, severity, message).zh(zh.span.range()).cause(value.clone()).confidence(0.7))
}

/// Dots that became full stops where no name is left before them: 。net for `.NET`, 。kp for `.kp`.
fn stops(number: usize, unit: &Unit, seen: &[Draft]) -> Vec<Draft> {
    let (zh, en) = (&unit.zh.text, &unit.en.text);
    let facts = unit.facts();
    let lower = en.to_lowercase();
    let mut drafts = Vec::new();
    for (at, stop) in zh.match_indices('。') {
        let rest = zh.get(at + stop.len()..).unwrap_or("");
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let Some(label) = rest.get(..length).filter(|label| label.len() > 1) else { continue };
        let range = at..at + stop.len() + length;
        let covered =
            seen.iter().any(|draft| draft.zh.iter().any(|r| r.start < range.end && range.start < r.end))
                || facts.zh.entities.iter().any(|e| e.span.start() < range.end && range.start < e.span.end());
        let dotted = format!(".{}", label.to_lowercase());
        let Some(place) = lower.match_indices(&dotted).map(|(place, _)| place).find(|&place| {
            let after = lower.get(place + dotted.len()..).unwrap_or("");
            !after.starts_with(|c: char| c.is_ascii_alphanumeric()) && lower.len() == en.len()
        }) else {
            continue;
        };
        // A defanged dot is the business of indicators, and they have said so.
        if covered || zh.get(..at).is_some_and(|before| before.ends_with(['[', '【'])) {
            continue;
        }
        let was = en.get(place..place + dotted.len()).unwrap_or("");
        let message = Message::new(
            format!("The dot of {was} became a full stop: “。{label}”."),
            format!("{was}中的点被写成句号：“。{label}”。"),
        );
        let severity = if label.eq_ignore_ascii_case("net") { Severity::Minor } else { Severity::Major };
        drafts.push(
            Draft::new(number, severity, message)
                .zh(range)
                .en(place..place + dotted.len())
                .suggest(was)
                .cause(dotted),
        );
    }
    drafts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qa::testing::drafts;

    #[test]
    fn torn_and_missing_code_is_found() {
        for (zh, en) in [
            ("它会释放setup。exe。", "It drops setup.exe."),
            ("文件名以。kp结尾。", "The file ends in .kp."),
            ("这是基于。net的程序。", "It is a .NET program."),
            ("运行（machinai .mp4.exe）文件。", "It runs MachineAI.mp4.exe."),
            (r"它写入C:\Temp\b.dll。", r"It writes C:\Temp\a.dll."),
            ("它修改注册表。", r"It changes HKCU\Software\Vexmoor."),
            ("运行installer.exe。", "It runs instaler.exe."),
        ] {
            assert_eq!(drafts(&CHECK, zh, en).len(), 1, "{zh} {:?}", drafts(&CHECK, zh, en));
        }
    }

    #[test]
    fn the_same_code_is_none() {
        for (zh, en) in [
            ("它会释放setup.exe。", "It drops Setup.exe."),
            ("这是一个mp4视频。", "It is an .mp4 video."),
            ("基于.NET的程序。", "A .NET program."),
            ("攻击了Windows。Linux用户不受影响。", "It hit Windows. Linux users are safe."),
            (r"写入%TEMP%\a.dll。", r"It writes %temp%\a.dll."),
            ("使用Node.js编写。", "It is written in Node.js."),
        ] {
            assert!(drafts(&CHECK, zh, en).is_empty(), "{zh} {:?}", drafts(&CHECK, zh, en));
        }
    }
}
