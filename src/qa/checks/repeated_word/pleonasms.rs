//! The same thing said twice in other words.

use super::Fault;
use crate::model::{Message, Severity};
use crate::qa::quote::short;
use regex::Regex;
use std::sync::LazyLock;

/// A pattern, whose first group is marked, what is said of it, and its severity.
struct Rule {
    pattern: &'static str,
    en: &'static str,
    zh: &'static str,
    severity: Severity,
    /// Words in or around what matched that make it right.
    unless: &'static [&'static str],
}

const fn rule(pattern: &'static str, en: &'static str, zh: &'static str) -> Rule {
    Rule { pattern, en, zh, severity: Severity::Minor, unless: &[] }
}

impl Rule {
    const fn info(mut self) -> Self {
        self.severity = Severity::Info;
        self
    }

    const fn unless(mut self, words: &'static [&'static str]) -> Self {
        self.unless = words;
        self
    }
}

const RULES: &[Rule] = &[
    rule(
        r"((?:超过|超出|逾|多于|不少于|至少|最少)有?\s*[0-9一二两三四五六七八九十百千万亿.,，%]+[^，。；！？]{0,6}?以上)",
        "“More than” is said twice: 超过 and 以上.",
        "“超过”“至少”与“以上”语义重复。",
    ),
    rule(
        r"((?:大约|约|大概|将近|接近|近)有?\s*[0-9一二两三四五六七八九十百千万亿.,]+[^，。；！？]{0,5}?(?:左右|上下))",
        "“About” is said twice: 大约 and 左右.",
        "“大约”与“左右”语义重复。",
    )
    .unless(&["节约", "条约", "合约", "预约", "附近", "最近"]),
    rule(
        r"((?:大约|约|将近|接近|近|超过|超|逾)\s*[0-9一二两三四五六七八九十百千万亿.,]*[0-9十百千万亿](?:多|余)[个名台家人次款种万亿年天份条项位美欧])",
        "The approximation is said twice.",
        "概数表达重复（“约”“近”“超”与“多”“余”）。",
    )
    .unless(&["节约", "条约", "合约", "预约", "附近", "最近"]),
    rule(
        r"((?:超过?|逾|多达|近|约|将近|大约)数[十百千万亿])",
        "“Several thousand” is a vague number already; “more than” or “nearly” does not go with it.",
        "“数千”等已是概数，不能再用“超”“近”“约”修饰。",
    )
    .unless(&["最近", "附近"]),
    rule(
        r"(目的(?:就)?(?:是|在于)为了|目的(?:就)?是以(?:便|避免|防止|免|确保|获取|窃取|逃避|躲避|规避|保护|帮助|提高|增加|减少|降低|阻止|掩盖|隐藏|实现))",
        "“The purpose” is said twice.",
        "“目的是”与“为了”“以”重复。",
    ),
    rule(
        r"(原因(?:之一)?(?:就|可能|主要)?(?:是|在于)(?:因为|由于))",
        "“The reason” is said twice.",
        "“原因是”与“因为”“由于”重复。",
    ),
    rule(
        r"((?:由于|因为)[^，。；]{1,30}的(?:原因|缘故))(?:[，。；]|$)",
        "“Because of” is said twice.",
        "“由于”与“的原因”重复。",
    )
    .unless(&["不明的原因", "未知的原因", "背后的原因"]),
    rule(
        r"(截[至止]到?[^，。；]{1,14}为止)",
        "“Until” is said twice: 截至 and 为止.",
        "“截至”与“为止”重复。",
    ),
    rule(
        r"((?:可以|能够)(?:能够|可以)|(?:可能|也许|或许|大概)(?:也许|或许|大概)|(?:将要|将会)(?:将要|将会)|会将会|(?:已经|早已)(?:已经|早已)|均都|都均|皆都|(?:再次|重新)(?:再次|重新)|仅只|只仅仅|(?:无法|不能|未能)(?:无法|不能|未能)|必须得要|为了以便|以便于以便|(?:导致|造成|引发)(?:导致|造成|引发)|使得(?:使|让)|互相彼此|彼此互相|目前当前|当前目前|进行(?:了)?(?:进行|实施|开展)|继续持续|持续继续|最终最后|(?:然后|随后|接着)(?:然后|随后|接着)|首先第一|一直始终|始终一直|仍然依然|依然仍然|以及和|和以及|或或者|因为由于|由于因为|所以因此|因此所以|但是然而|例如比如|比如例如)",
        "Two words in a row that say the same.",
        "两个词语义重复。",
    ),
    rule(
        r"(这(?:就|也|正)?是为什么[^。；！？]{2,50}的原因|被指控[^，。；]{1,25}的指控)",
        "“The reason” or “the charge” is said twice.",
        "“为什么”与“原因”（“指控”与“指控”）重复。",
    ),
    rule(
        r"((?:首次|第一次|初次)[^，。；]{0,6}(?:首次|第一次|初次)(?:发现|出现|披露|公开|发布))",
        "“First” is said twice.",
        "“首次”重复。",
    ),
    rule(
        r"((?:悬殊(?:很大|巨大)|亲眼目睹|免费赠送|出乎意料之外|毫无任何|凯旋归来|忍俊不禁地?笑|过高地?高估|提前预告|不必要的浪费|被迫无奈|第一个首先|其中之一的一个|之一的?一个|多年来以来|近日来以来))",
        "A pleonasm.",
        "语义重复。",
    ),
    rule(
        r"((?:例如|比如|诸如)[^，。；：]{1,40}等等)",
        "“For example” and “and so on” in one.",
        "“例如”与“等等”重复。",
    )
    .info(),
    rule(r"(涉及到)", "到 adds nothing to 涉及.", "“涉及到”的“到”多余。").info(),
    rule(
        r"((?:尽管|虽然|虽)[^。；！？]{2,60}?)，(但是?[^。；！？]{2,60}?，(?:但是?|然而|不过))[^凡愿]",
        "The contrast is said twice: 但 and 但.",
        "一句之中“但”等转折词重复。",
    ),
    rule(
        r"(?:因为|由于)[^。；！？]{2,50}?，((?:所以|因此)[^。；！？]{2,50}?，(?:所以|因此))",
        "The conclusion is drawn twice: 所以 and 因此.",
        "一句之中“所以”“因此”重复。",
    ),
    rule(
        r"不仅[^。；！？]{2,50}?，(而且[^。；！？]{2,50}?，而且)",
        "而且 stands in the sentence twice.",
        "一句之中“而且”重复。",
    ),
];

static COMPILED: LazyLock<Vec<(Regex, &Rule)>> =
    LazyLock::new(|| RULES.iter().filter_map(|rule| Some((Regex::new(rule.pattern).ok()?, rule))).collect());

pub(super) fn faults(text: &str) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    for (regex, rule) in COMPILED.iter() {
        for found in regex.captures_iter(text) {
            // Of two groups the second is the doubling.
            let Some(place) = found.iter().skip(1).flatten().last() else { continue };
            let shared = faults.iter().any(|f| f.range.start < place.end() && place.start() < f.range.end);
            if shared || rule.unless.iter().any(|word| touches(text, word, place.start(), place.end())) {
                continue;
            }
            let marked = short(place.as_str());
            let message =
                Message::new(format!("“{marked}”: {}", rule.en), format!("“{marked}”：{}", rule.zh));
            faults.push(Fault::new(place.range(), rule.severity, message));
        }
    }
    faults
}

/// Whether `word` stands where the match does, or runs into it.
fn touches(text: &str, word: &str, start: usize, end: usize) -> bool {
    text.match_indices(word).any(|(at, _)| at < end && start < at + word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_is_one() {
        assert_eq!(COMPILED.len(), RULES.len());
    }
}
