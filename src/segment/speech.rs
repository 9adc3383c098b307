//! Clauses that say who spoke: behind a quotation they belong to its sentence.

use super::cuts::is_blank;

/// Whether `rest`, behind a quotation that ended in `?` or `!`, is the clause that attributes it: `Smith asked.`
///
/// Only a name and a verb of speech that the clause ends with, or nearly so: `Acme says it has patched the flaw` is
/// a sentence of its own. (With a small letter, as in `the firm asked`, the clause shows itself.)
pub(super) fn attributes_english(rest: &str) -> bool {
    let ends = |c: char| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '"' | '“' | '\n');
    let Some((end, _)) = rest.char_indices().take(LONGEST_ATTRIBUTION).find(|&(_, c)| ends(c)) else {
        return false;
    };
    let clause: Vec<&str> = rest.get(..end).unwrap_or("").split_whitespace().collect();
    let Some(verb) = clause.iter().position(|word| ENGLISH_VERBS.contains(word)) else { return false };
    let circumstance = clause.get(verb + 1).is_none_or(|word| CIRCUMSTANCES.contains(word));
    matches!(verb, 1..=4) && circumstance
}

/// In characters.
const LONGEST_ATTRIBUTION: usize = 60;

const ENGLISH_VERBS: [&str; 14] = [
    "asked",
    "asks",
    "said",
    "says",
    "wrote",
    "writes",
    "wondered",
    "exclaimed",
    "tweeted",
    "posted",
    "quipped",
    "joked",
    "warned",
    "replied",
];

const CIRCUMSTANCES: [&str; 11] =
    ["in", "on", "at", "during", "after", "last", "today", "yesterday", "this", "when", "to"];

/// Whether `rest`, behind a closed quotation, is the clause that attributes it: `他说。`, `该公司在报告中写道。`
///
/// A verb of speech has to end the clause, and the clause the sentence; `该公司表示，补丁已发布。` and `他说：“……”`
/// begin a new one. A pronoun may come with a comma if the quotation goes on: `“对。”他说，“没错。”`
pub(super) fn attributes_chinese(rest: &str) -> bool {
    let rest = rest.trim_start_matches(is_blank);
    let end = rest.char_indices().take(LONGEST_CLAUSE).find(|&(_, c)| ends_clause(c));
    let (clause, tail) = match end {
        Some((at, _)) => rest.split_at(at),
        None if rest.chars().nth(LONGEST_CLAUSE).is_none() => (rest, ""),
        None => return false,
    };
    let clause = clause.trim_end_matches(is_blank);
    let mut tail = tail.chars();
    let goes_on = || PRONOUNS.iter().any(|pronoun| clause.starts_with(pronoun));
    let closed = match tail.next() {
        None | Some('。' | '！' | '!' | '.' | '\n' | '；') => true,
        Some('，' | ',') => goes_on() && matches!(tail.next(), Some('“' | '"' | '「')),
        _ => false,
    };
    closed && says(clause)
}

/// In characters: an attribution with a long title is shorter, a sentence that merely ends in 说 mostly longer.
const LONGEST_CLAUSE: usize = 40;

fn ends_clause(c: char) -> bool {
    matches!(
        c,
        '。' | '！' | '？' | '；' | '，' | '：' | '“' | '”' | '"' | '!' | '?' | ';' | ',' | ':' | '\n'
    )
}

fn says(clause: &str) -> bool {
    if let Some((_, heard)) = clause.rsplit_once("告诉") {
        return matches!(heard.chars().count(), 1..=8);
    }
    let spoken = |verb: &&str| {
        clause.strip_suffix(*verb).is_some_and(|speaker| !speaker.is_empty() && !speaker.ends_with(COUNTED))
    };
    CHINESE_VERBS.iter().any(spoken)
        && !NOUNS.iter().any(|noun| clause.ends_with(noun))
        && !SILENCES.iter().any(|silence| clause.contains(silence))
}

const CHINESE_VERBS: [&str; 22] = [
    "说", "道", "称", "问", "表示", "指出", "解释", "补充", "警告", "透露", "强调", "认为", "坦言", "回应",
    "回答", "写到", "提到", "谈到", "承认", "总结", "评论", "介绍",
];

/// Words that end like a verb of speech and are none.
const NOUNS: [&str; 32] = [
    "小说", "传说", "学说", "据说", "听说", "来说", "而言", "报道", "知道", "渠道", "通道", "频道", "隧道",
    "管道", "轨道", "街道", "味道", "难道", "名称", "简称", "统称", "全称", "总称", "别称", "对称", "访问",
    "疑问", "顾问", "提问", "学问", "人道", "赛道",
];

/// Before these a verb of speech is a noun: `发布了警告`, `他的回应`.
const COUNTED: [char; 8] = ['了', '的', '出', '个', '份', '次', '项', '何'];

/// Who says nothing is quoted by nobody: `该公司尚未回应`.
const SILENCES: [&str; 7] = ["未", "没有", "没能", "拒绝", "不予", "不愿", "暂无"];

const PRONOUNS: [&str; 6] = ["他", "她", "它", "我", "该", "其"];

/// Whether `rest`, behind a quotation, goes on with the sentence that the quotation is part of: `“……。”的说法`.
pub(super) fn continues_chinese(rest: &str) -> bool {
    CONTINUATIONS.iter().any(|word| rest.starts_with(word))
}

const CONTINUATIONS: [&str; 20] = [
    "的",
    "等字样",
    "等内容",
    "等信息",
    "等提示",
    "等消息",
    "之类",
    "字样",
    "一词",
    "一语",
    "一句",
    "一文",
    "以及“",
    "和“",
    "与“",
    "或“",
    "及“",
    "为题",
    "为名",
    "为由",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_english_attribution_ends_with_its_verb() {
        assert!(attributes_english("Smith asked. Nobody knew."));
        assert!(attributes_english("Dana Wu wrote on Friday."));
        assert!(!attributes_english("Acme says it has patched the flaw."));
        assert!(!attributes_english("The answer came late."));
        assert!(!attributes_english(""));
    }

    #[test]
    fn a_chinese_attribution_ends_its_sentence() {
        for clause in ["他说。", "该公司在报告中写道。", "一名员工告诉记者。", " 他说，“没错。”", "王磊解释"]
        {
            assert!(attributes_chinese(clause), "{clause}");
        }
        for clause in [
            "该公司表示，补丁已发布。",
            "他说：“没错。”",
            "这是产品名称。",
            "漏洞已修复。",
            "说。",
            "该公司尚未回应。",
            "当局发布了警告。",
            "",
        ] {
            assert!(!attributes_chinese(clause), "{clause}");
        }
    }
}
