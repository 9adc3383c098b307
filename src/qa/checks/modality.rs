//! How sure the original is, and how sure the translation.

use crate::model::{Message, ParagraphKind, Relation, Severity};
use crate::qa::cues::{self, places, without};
use crate::qa::nearby::Nearby;
use crate::qa::{Check, Doc, Draft, Unit, View};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// The check.
pub const CHECK: Check = Check {
    name: "modality",
    category: "Accuracy/Mistranslation",
    doc: Doc {
        what: "A hedge of the English (may, could, likely, allegedly, suspected, claims) for which nothing stands in the Chinese.",
        why: "What is suspected or claimed is told as a fact.",
        known_problems: "A hedge may be rendered by a construction without a word of its own. `can` and `will` are no hedges here, nor \
is May the month; `could` of ability is taken for one.",
        example: "en: The group may have stolen the keys.\nzh: 该组织窃取了密钥。",
    },
    fidelity: true,
    run,
};

/// A kind of hedge: how English says it, and all that renders it.
struct Hedge {
    en: LazyLock<Regex>,
    zh: LazyLock<Regex>,
    severity: Severity,
}

/// Doubt: what must not become a fact.
static DOUBT: Hedge = Hedge {
    en: LazyLock::new(|| {
        cues::english(
            "may|might|likely|possibly|potentially|probably|perhaps|presumably|apparently|seemingly|suspected|suspects that|believed to|is thought to|\
are thought to|appears to|appear to|appeared to|seems to|seem to|we believe|moderate confidence|low confidence|could have|may have|might have",
        )
    }),
    zh: LazyLock::new(|| {
        cues::built(
            "可能|可以|或(?:许|将|可|会|能|已|是|为|存在|涉|致|遭|面临|导致|有|与|已经|正|成|受|需|因|由)|疑|涉嫌|据|似|好像|也许|兴许|没准|潜在|有望|恐|大概|估计|推测|猜|相信|认为|看来|看似|看起来|预计|想必|不排除|未必|貌|易|倾向|表明|暗示|显得|\
可信度|指控|被控|指向|推断|判断|机会|几率|概率|企图|试图|拟|潜力|难免|说不定|假定|推想|本可|本能|本来|原本",
        )
    }),
    severity: Severity::Minor,
};

/// What could be: weaker words do.
static COULD: Hedge = Hedge {
    en: LazyLock::new(|| cues::english("could")),
    zh: LazyLock::new(|| {
        cues::built(
            "可|能|或(?:许|将|可|会|能|已|是|为|存在|涉|致|遭|面临|导致|有|与|已经|正|成|受|需|因|由)|恐|疑|似|也许|大概|兴许|没准|说不定|潜在|有望|足以|得以|易|风险|机会|无法|难以|本应|本来|原本|会|将|便|就|若|如果",
        )
    }),
    severity: Severity::Minor,
};

/// What somebody says and nobody has proved.
static CLAIM: Hedge = Hedge {
    en: LazyLock::new(|| {
        cues::english(
            "allegedly|alleged|alleges|allege|purportedly|purported|reportedly|claimed by|claims to|claimed to|claiming to|claims that|claimed that|\
claimed responsibility|so-called|self-proclaimed",
        )
    }),
    zh: LazyLock::new(|| {
        cues::built(
            "据|称|涉嫌|疑|指控|被控|被指|声|自称|宣|所谓|认领|号称|可能|或|似|认为|报道|透露|表示|起诉|控|主张|说|谎|传|谓|假|冒|嫌|认下|承认|揽|负责",
        )
    }),
    severity: Severity::Major,
};

/// Words with 据, 疑, 似 … in them that doubt nothing.
static ZH_IDLE: LazyLock<Regex> = LazyLock::new(|| {
    cues::chinese(
        "数据 证据 依据 根据 占据 据点 嫌疑人 嫌犯 无疑 毫无疑问 确认为 虚拟 模拟 交易 贸易 简易 类似 相似 恐怖 恐吓 会议 会员 协会 社会 委员会 大会 会话 机会 \
能力 功能 智能 性能 节能 能源 职能 技能 认可 可信 可疑 可用 可靠 可执行 可以说 即将 将军 便携 方便 便利 就业 若干",
    )
});

/// May the month, and other words that look like hedges.
static IDLE: LazyLock<Regex> = LazyLock::new(|| {
    cues::built(
        r"\b(?:[Aa]|[Tt]he|[Tt]his|[Ll]ast)\s+May\b|\bMay(?:\s+\d|,|\.|\s+of\b|\s+(?:and|to|through)\s+[A-Z])|\b(?:in|since|of|until|by|from|on|early|late|mid|last|this|through|before|after|between)[\s-]+(?:early\s+|late\s+|mid-)?May\b|\b\d{1,2}\s+May\b|(?i:\bas likely as\b|\bmay not\b|\bless likely\b|\bmore likely\b|\bmost likely\b|\bbut might as well\b|\bbefore (?:it|they|he|she|we|anyone) could\b|\bas \w+ as (?:it|they|he|she|we) could\b|\bcould not\b|\bcouldn['’]t\b|\bmay be used\b)",
    )
});

fn run(view: &View<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (number, unit) in view.linked().filter(|(_, unit)| unit.relation != Relation::Repeat) {
        if matches!(unit.en.kind, Some(ParagraphKind::Title | ParagraphKind::Heading | ParagraphKind::Code)) {
            continue;
        }
        let en = without(&unit.en.text, &IDLE);
        let nearby = Nearby::new(unit, view.tools.lexicon);
        for hedge in [&DOUBT, &COULD, &CLAIM] {
            drafts.extend(draft(number, unit, &en, hedge, &nearby));
        }
    }
    drafts
}

fn draft(number: usize, unit: &Unit, en: &str, hedge: &Hedge, nearby: &Nearby<'_>) -> Option<Draft> {
    let hedges = places(&hedge.en, en);
    let zh = &without(&unit.zh.text, &ZH_IDLE);
    let there = hedge.zh.find_iter(zh).count();
    let place = hedges.iter().find(|place| {
        if there == 0 {
            return true;
        }
        // Another one's rendering cannot stand for this one.
        let clauses = nearby.clauses(place.end);
        let rendered = |range: Range<usize>| zh.get(range).is_some_and(|clause| hedge.zh.is_match(clause));
        there < hedges.len() && !clauses.is_empty() && !clauses.into_iter().any(rendered)
    })?;
    let word = unit.en.text.get(place.clone())?;
    let message = Message::new(
        format!("“{word}” is lost: the Chinese states it as a fact."),
        format!("原文“{word}”的不确定语气未译出，译文当作事实陈述。"),
    );
    Some(Draft::new(number, hedge.severity, message).en(place.clone()).zh(unit.zh.whole()).confidence(0.6))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qa::testing::drafts;

    #[test]
    fn a_lost_hedge_is_found() {
        for (zh, en) in [
            ("该组织窃取了密钥。", "The group may have stolen the keys."),
            ("攻击者来自北方。", "The attackers are likely from the north."),
            ("此人入侵了银行。", "The man allegedly breached the bank."),
            ("该团伙是攻击的幕后黑手。", "The gang is suspected to be behind the attack."),
            // Characters of other words are no hedge.
            ("数据和证据是真实的。", "The data and the evidence are likely genuine."),
        ] {
            assert_eq!(drafts(&CHECK, zh, en).len(), 1, "{en}");
        }
    }

    #[test]
    fn hedges_that_are_rendered_and_words_that_are_none_are_left_alone() {
        for (zh, en) in [
            ("该组织可能窃取了密钥。", "The group may have stolen the keys."),
            ("据称此人入侵了银行。", "The man allegedly breached the bank."),
            ("攻击发生在5月。", "The attack took place in May."),
            ("5月12日发布了补丁。", "A patch was released on May 12."),
            ("这次5月的攻击影响了医院。", "The May attack hit hospitals."),
            ("会员或许可以获得赔偿。", "Members could be entitled to damages."),
            ("两名嫌疑人被捕。", "Two suspects were arrested."),
            ("它没有发现任何异常。", "It could not find anything unusual."),
            ("该漏洞可被用来执行代码。", "The flaw could be used to run code."),
        ] {
            let found = drafts(&CHECK, zh, en);
            assert!(found.is_empty(), "{en}: {found:?}");
        }
    }
}
