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

/// What attributes in Chinese, whoever is named.
static ZH_SAYS: LazyLock<Regex> = LazyLock::new(|| {
    cues::built(
        "表示|指出|认为|解释|补充|警告|强调|写道|透露|介绍|告诉|告知|宣布|宣称|声称|自称|披露|证实|确认|回应|提到|提及|评论|坦言|直言|建议|呼吁|声明|报道|发言人|引述|援引|\
[^名职简统俗尊昵号]称|说(?:[，：:“明道]|$)|(?:^|[^数证票依])据[^，。]{0,24}(?:称|报|悉|了解|介绍|说|显示|分析|统计|透露|研究|消息)|根据|按照|看来|承认|公告|通报|通知|提醒|提示|\
报告[^，。]{0,6}(?:称|中|显示|指)|显示[，：出]|声明|总结|澄清|主张|预测|推测|猜测|相信|断言|归咎|爆料|说明|所述|所说|所言|话说|描述|阐述|详述|列出|明确",
    )
});

/// What attributes to somebody who is named beside it.
static ZH_SAYS_WEAKLY: LazyLock<Regex> = LazyLock::new(|| {
    cues::built(
        "称|说|据|报告|显示|发现|分析|研究|调查|公布|发布|揭露|揭示|观察|统计|数据|估计|预计|分享|提供|来自|判断|结论|指|记录|监测|检测|追踪|认定|归因|注意到|看到|的观点|——",
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

/// Words that open a sentence and are no names.
const NO_NAMES: [&str; 12] = ["The", "A", "An", "It", "He", "She", "They", "We", "This", "That", "One", "I"];

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
    let source = SOURCE.captures(&unit.en.text);
    let name = source.as_ref().and_then(|c| c.name("name").or_else(|| c.name("before")));
    let name = name.filter(|name| !NO_NAMES.contains(&name.as_str()));
    let says_so = ZH_SAYS.is_match(&unit.zh.text);
    let named = name.is_none_or(|name| is_named(name.as_str(), &unit.zh.text));
    let attributed = says_so || named && ZH_SAYS_WEAKLY.is_match(&unit.zh.text);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qa::testing::{drafts, drafts_of};

    #[test]
    fn a_lost_speaker_is_found() {
        for (zh, en) in [
            ("没有数据外流。", "\"No data left the network,\" explains Orla Venn."),
            ("这些路由器被当作代理出售。", "According to Brasswater, the routers are sold as proxies."),
            (
                "据报道，该组织每周攻击三家医院。",
                "Brasswater reports that the group hits three hospitals a week.",
            ),
            ("有关部门称已逮捕两人。", "The Lisbon Police said that two people were arrested."),
        ] {
            assert_eq!(drafts(&CHECK, zh, en).len(), 1, "{en}");
        }
    }

    #[test]
    fn speakers_that_are_named_and_verbs_that_say_nothing_are_left_alone() {
        for (zh, en) in [
            ("奥拉·文恩解释说，没有数据外流。", "\"No data left the network,\" explains Orla Venn."),
            (
                "据Brasswater称，这些路由器被当作代理出售。",
                "According to Brasswater, the routers are sold as proxies.",
            ),
            ("该恶意软件会添加一个联系人。", "The malware adds a contact."),
            ("该版本新增了两项功能。", "The version added two features."),
            ("如前所述，该组织很活跃。", "As noted above, the group is active."),
            ("美国是受影响最严重的国家。", "The United States was hit hardest."),
        ] {
            let found = drafts(&CHECK, zh, en);
            assert!(found.is_empty(), "{en}: {found:?}");
        }
    }

    #[test]
    fn a_quote_of_two_sentences_needs_its_speaker_once() {
        let rows = [
            ("“没有数据外流。", "\"No data left the network."),
            ("我们已通知客户。”奥拉·文恩说。", "Customers have been told,\" said Orla Venn."),
        ];
        assert!(drafts_of(&CHECK, &rows).is_empty());
    }
}
