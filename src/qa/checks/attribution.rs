//! Who said it.

use crate::model::{Message, ParagraphKind, Relation, Severity};
use crate::qa::cues;
use crate::qa::{Check, Doc, Draft, Unit, View};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// The check.
pub const CHECK: Check = Check {
    name: "attribution",
    category: "Accuracy/Omission",
    doc: Doc {
        what: "A statement that the English attributes to somebody, and the Chinese to nobody, or only to 据悉 or 据报道.",
        why: "A claim of somebody's becomes the post's own, and the reader cannot weigh it.",
        known_problems: "Attribution to the outlet itself (“told BleepingComputer”) is dropped by house style and reported as info. Long \
quotes of several sentences need only one attribution: the beads before and behind are looked at, too.",
        example: "en: “We saw no data leave,” explains Orla Venn of Brasswater.\nzh: 没有数据外流。",
    },
    fidelity: true,
    run,
};

/// Verbs of saying.
static SAYS: LazyLock<Regex> = LazyLock::new(|| {
    cues::built(
        r#"\b(?:says|said|tells|told|explains|explained|warns|warned|according to|According to|commented|emphasized|stressed|argues|concluded)\b|\b(?:adds|added|notes|noted|states|stated|reports|reported|claims|claimed|writes|wrote)\s+that\b|[,!?][”"’']\s*(?:adds|added|notes|noted|states|stated|reports|reported|claims|claimed|writes|wrote|reads)\b|,\s+(?:adds|added|notes|noted|writes|wrote|reports|reported)\b"#,
    )
});

/// What attributes in Chinese.
static ZH_SAYS: LazyLock<Regex> = LazyLock::new(|| {
    cues::built(
        "表示|称|说|指出|认为|据|根据|警告|透露|解释|补充|告诉|告知|介绍|声明|写道|宣布|报告|报道|强调|披露|确认|证实|声称|提到|提及|建议|观点|回应|回复|发言人|指|评论|坦言|直言|显示|提醒|发现|总结|分析|公告|承认|透露|爆料|描述|说明|公布|揭露|揭示|呼吁|主张|谈到|预测|预计|推测|相信|看来|表明|发布|通报|通知|提供的|分享|反馈|明确|澄清|要求|话语|的话|估计|研究|记录|调查|宣称|列出|详述|阐述|所述|来自|曾言|结论|归因|归咎|由此可见|断言",
    )
});

/// What attributes to nobody.
static VAGUE: LazyLock<Regex> = LazyLock::new(|| {
    cues::built(
        "据报道|据悉|据了解|据称|有报道称|有消息称|消息称|据相关|相关文件显示|相关报告|有关部门|根据最新发现|最新发现|研究人员(?:表示|指出|称)|安全(?:研究人员|分析师|专家)(?:表示|指出|称|建议)|专家(?:表示|指出|称)|官方(?:表示|称)",
    )
});

/// A source by name beside a verb of saying: `according to Trend Micro`, `Acme said`, `explains Orla Venn`.
static SOURCE: LazyLock<Regex> = LazyLock::new(|| {
    let name = r"(?P<name>[A-Z][\w.&'’-]*(?:\s+(?:of\s+|the\s+|and\s+|for\s+)?[A-Z][\w.&'’-]*)*)";
    let before = name.replace("name", "before");
    cues::built(&format!(
        r"(?:[Aa]ccording to|(?:explain(?:s|ed)?|says?|said|warn(?:s|ed)?|add(?:s|ed)|note(?:s|d)|stated|wrote|report(?:s|ed)))\s+(?:the\s+|a\s+|an\s+)?(?:[a-z-]+\s+){{0,3}}?{name}|{before}(?:\s+(?:researchers?|analysts?|experts?|spokesperson|team|threat|intelligence|security))*\s+(?:said|says|warn(?:s|ed)|explain(?:s|ed)|report(?:s|ed)|note(?:s|d)|add(?:s|ed)|told|stated|states|claim(?:s|ed)|wrote|writes|confirm(?:s|ed)|believe(?:s|d)|observe(?:s|d)|conclude(?:s|d))\b"
    ))
});

/// Names of the outlet, in whose articles "told X" is house style.
static OUTLET: LazyLock<Regex> =
    LazyLock::new(|| cues::built(r"(?i)bleeping\s*computer|hacker news|the record"));

fn run(view: &View<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (number, unit) in view.linked().filter(|(_, unit)| unit.relation != Relation::Repeat) {
        if matches!(
            unit.en.kind,
            Some(
                ParagraphKind::Title | ParagraphKind::Heading | ParagraphKind::Code | ParagraphKind::Caption
            )
        ) {
            continue;
        }
        drafts.extend(dropped(number, unit, view));
    }
    drafts
}

fn dropped(number: usize, unit: &Unit, view: &View<'_>) -> Option<Draft> {
    let says = SAYS.find(&unit.en.text)?;
    let attributed = ZH_SAYS.is_match(&unit.zh.text);
    let source = SOURCE.captures(&unit.en.text);
    let name = source.as_ref().and_then(|c| c.name("name").or_else(|| c.name("before")));
    let vague = VAGUE.find(&unit.zh.text);
    if attributed && (vague.is_none() || name.is_none()) {
        return None;
    }
    if attributed {
        // 据悉 where the English names somebody: a fault only if the Chinese does not name them in the same breath.
        let name = name?;
        return (!is_named(name.as_str(), &unit.zh.text) && !OUTLET.is_match(name.as_str())).then(|| {
            let vague = vague.map(|v| v.range()).unwrap_or_default();
            draft(number, unit, name.range(), Some(vague))
        });
    }
    if is_part_of(&unit.en.text, says.start()) {
        return None;
    }
    if is_attributed_next_door(number, view) {
        return None;
    }
    let range = name.map_or(says.range(), |name| name.start().min(says.start())..name.end().max(says.end()));
    let mut draft = draft(number, unit, range, None);
    let by_outlet = name.is_some_and(|name| OUTLET.is_match(name.as_str()));
    if by_outlet {
        draft.severity = Severity::Info;
    }
    Some(draft)
}

/// Whether the verb at `start` is no statement of somebody's: `as noted`, `it is said`.
fn is_part_of(en: &str, start: usize) -> bool {
    let before = en.get(..start).unwrap_or_default().trim_end();
    ["as", "is", "are", "was", "were", "be", "been"]
        .iter()
        .any(|word| before.strip_suffix(word).is_some_and(|rest| rest.is_empty() || rest.ends_with(' ')))
}

/// Whether a name stands in the Chinese as it is, or any of its longer words does.
fn is_named(name: &str, zh: &str) -> bool {
    let zh = zh.to_lowercase();
    name.split_whitespace().any(|word| word.chars().count() > 2 && zh.contains(&word.to_lowercase()))
}

/// Whether the Chinese before or behind says who speaks: a quote of several sentences needs it once.
fn is_attributed_next_door(number: usize, view: &View<'_>) -> bool {
    let quoted = |unit: &Unit| unit.zh.text.contains(['“', '”', '「', '"']);
    let here = view.units.get(number).is_some_and(quoted);
    let neighbours = [number.checked_sub(1), Some(number + 1)];
    neighbours.into_iter().flatten().filter_map(|n| view.units.get(n)).any(|unit| {
        let says = places_of_says(&unit.zh.text);
        says && (here || unit.zh.text.ends_with(['：', ':']))
    })
}

fn places_of_says(zh: &str) -> bool {
    ZH_SAYS.is_match(zh)
}

fn draft(number: usize, unit: &Unit, en: Range<usize>, zh: Option<Range<usize>>) -> Draft {
    let who = unit.en.text.get(en.clone()).unwrap_or_default();
    let message = Message::new(
        format!("The English says who says so (“{who}”); the Chinese does not."),
        format!("原文交代了说话者（“{who}”），译文没有。"),
    );
    Draft::new(number, Severity::Minor, message).en(en).zh(zh.unwrap_or(unit.zh.whole())).confidence(0.7)
}
