//! Marks that do not go together, or do not stand where they stand.

use super::Fault;
use crate::model::{Message, Severity};
use crate::text::han::is_han;
use regex::Regex;
use std::sync::LazyLock;

/// A sequence of marks that is wrong; the first group, if there is one, is what is marked.
struct Rule {
    pattern: &'static str,
    severity: Severity,
    cause: &'static str,
    en: &'static str,
    zh: &'static str,
    suggestion: Option<&'static str>,
    /// What follows makes another word of it.
    unless: &'static [&'static str],
}

const RULES: &[Rule] = &[
    Rule {
        pattern: r"。{2,}|，{2,}|、{2,}|；{2,}|：{2,}",
        severity: Severity::Minor,
        cause: "doubled mark",
        en: "The mark stands there more than once.",
        zh: "标点重复。",
        suggestion: None,
        unless: &[],
    },
    Rule {
        pattern: r"，[。、；：]|、[。，；：]|；[。，、：]|：[。，、；]|。[，、；：？！]|[？！][，。、；]|[，。、；：][,;:]|[,;:][，。、；：]",
        severity: Severity::Minor,
        cause: "marks in a row",
        en: "Two marks in a row that exclude each other.",
        zh: "两个标点连用，应只留一个。",
        suggestion: None,
        unless: &[],
    },
    Rule {
        pattern: r"[。！？]”。",
        severity: Severity::Minor,
        cause: "stop behind a quoted sentence",
        en: "The quoted sentence has its stop already; none follows the quotation mark.",
        zh: "引文末尾已有句末标点，引号外不再加句号。",
        suggestion: None,
        unless: &[],
    },
    Rule {
        pattern: r"(“[，。、；：])[^“”]*”|[（《【「][，。、；：]|[，、；][）》】」]",
        severity: Severity::Minor,
        cause: "mark at a bracket",
        en: "A mark directly inside of a quotation mark or bracket.",
        zh: "引号或括号内侧多了标点。",
        suggestion: None,
        unless: &[],
    },
    Rule {
        pattern: r",[”’]|[“‘][A-Za-z0-9 .&'-]{1,40}(，)[”’]",
        severity: Severity::Minor,
        cause: "comma inside of a quoted name",
        en: "The comma of the English sentence was carried into the quoted name.",
        zh: "英文句子的逗号被带进了引号内。",
        suggestion: None,
        unless: &[],
    },
    Rule {
        pattern: r"((?:表示|指出|写道|强调|补充道|解释道|声称|说道|警告称|解释称|报告称|补充称))“[^“”]{10,}[。！？]”",
        severity: Severity::Minor,
        cause: "no colon before a quotation",
        en: "A quoted sentence is introduced by a colon or comma; here is none.",
        zh: "引用完整的话，“表示”等词后应有冒号或逗号。",
        suggestion: None,
        unless: &[],
    },
    Rule {
        pattern: r"：“[^“”]{12,}[^。！？…，”](”。)",
        severity: Severity::Info,
        cause: "stop behind the quotation",
        en: "The stop of a quotation that follows a colon stands inside of it.",
        zh: "冒号后独立引用的话，句号应在引号内。",
        suggestion: Some("。”"),
        unless: &[],
    },
    Rule {
        pattern: r"、(?:当|如果|因为|由于|虽然|尽管|但是|然而|所以|因此)",
        severity: Severity::Minor,
        cause: "pause mark between clauses",
        en: "The pause mark joins members of a list, not clauses.",
        zh: "分句之间不能用顿号。",
        suggestion: None,
        unless: &[
            "当局", "当地", "当前", "当天", "当年", "当时", "当日", "当选", "当事", "当月", "当场", "当代",
            "当作", "当然",
        ],
    },
    Rule {
        pattern: r"(、)(?:以及|和|及|与)",
        severity: Severity::Info,
        cause: "pause mark before and",
        en: "A pause mark before “and”, as English has its comma there.",
        zh: "“和”“以及”等连词前不用顿号。",
        suggestion: None,
        unless: &["和解", "和平", "和谐", "及时", "与会", "与其", "及格", "和约"],
    },
    Rule {
        pattern: r"(、)等",
        severity: Severity::Info,
        cause: "pause mark before etc.",
        en: "A pause mark before 等.",
        zh: "“等”前不用顿号。",
        suggestion: None,
        unless: &["等待", "等级", "等于", "等同", "等候", "等到", "等保", "等效"],
    },
    Rule {
        pattern: r"^(?:当|如果|一旦|由于|因为|虽然|尽管)[^，。；：！？]{3,60}(；)",
        severity: Severity::Minor,
        cause: "clause cut off",
        en: "The semicolon cuts the clause off from its sentence.",
        zh: "从句与主句之间不能用分号断开。",
        suggestion: Some("，"),
        unless: &[],
    },
    Rule {
        pattern: r"[，。；]\s*当[^，。；：！？]{3,60}时(；)",
        severity: Severity::Minor,
        cause: "clause cut off",
        en: "The semicolon cuts the clause off from its sentence.",
        zh: "从句与主句之间不能用分号断开。",
        suggestion: Some("，"),
        unless: &[],
    },
    Rule {
        pattern: r"^当[^，。；：！？]{3,60}(?:时|的时候)(。)$",
        severity: Severity::Minor,
        cause: "clause cut off",
        en: "The full stop cuts the clause off from its sentence.",
        zh: "时间从句单独成句，与主句断开了。",
        suggestion: Some("，"),
        unless: &[],
    },
    Rule {
        pattern: r"^[，。、；：？！,;?]",
        severity: Severity::Minor,
        cause: "mark at the beginning",
        en: "The sentence begins with a mark.",
        zh: "句首不应有标点。",
        suggestion: None,
        unless: &[],
    },
    Rule {
        pattern: r"\p{Han}(\.{3,6})|(\.{3,6})\p{Han}|。{3,6}|\p{Han}(･{3,}|·{3,})",
        severity: Severity::Minor,
        cause: "dots for an ellipsis",
        en: "Dots in place of a Chinese ellipsis.",
        zh: "省略号应为“……”。",
        suggestion: Some("……"),
        unless: &[],
    },
    Rule {
        pattern: r"\p{Han}(--{1,3})\p{Han}|\p{Han}(--{1,3})[A-Za-z]",
        severity: Severity::Info,
        cause: "hyphens for a dash",
        en: "Hyphens in place of a Chinese dash.",
        zh: "破折号应为“——”。",
        suggestion: Some("——"),
        unless: &[],
    },
    Rule {
        pattern: r"[\p{Han}”](—)[\p{Han}“]",
        severity: Severity::Info,
        cause: "half a dash",
        en: "A Chinese dash is two characters long.",
        zh: "破折号应占两个字（“——”）。",
        suggestion: Some("——"),
        unless: &[],
    },
    Rule {
        pattern: r"(?:^|[^…])(…)(?:[^…]|$)",
        severity: Severity::Info,
        cause: "half an ellipsis",
        en: "A Chinese ellipsis is two characters long.",
        zh: "省略号应占两个字（“……”）。",
        suggestion: Some("……"),
        unless: &[],
    },
];

static COMPILED: LazyLock<Vec<(Regex, &Rule)>> =
    LazyLock::new(|| RULES.iter().filter_map(|rule| Some((Regex::new(rule.pattern).ok()?, rule))).collect());

pub(super) fn faults(text: &str) -> Vec<Fault> {
    if !text.chars().any(is_han) {
        return Vec::new();
    }
    let mut faults: Vec<Fault> = Vec::new();
    for (regex, rule) in COMPILED.iter() {
        for found in regex.captures_iter(text) {
            let Some(whole) = found.get(0) else { continue };
            let place = found.iter().skip(1).flatten().next().unwrap_or(whole);
            let word = text.get(whole.start()..).unwrap_or("").trim_start_matches('、');
            let shared = faults.iter().any(|f| f.range.start < place.end() && place.start() < f.range.end);
            if shared || rule.unless.iter().any(|unless| word.starts_with(unless)) {
                continue;
            }
            let message = Message::new(rule.en, rule.zh);
            let mut fault = Fault::new(place.range(), rule.severity, rule.cause, message);
            fault.suggestion = rule.suggestion.map(str::to_owned);
            faults.push(fault);
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_is_one() {
        assert_eq!(COMPILED.len(), RULES.len());
    }
}
