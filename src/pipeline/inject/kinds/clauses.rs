//! Clauses left out: any, and those that say who said it.

use super::super::super::random::Dice;
use super::super::english;
use super::super::scan::{self, Pattern, group, span};
use super::super::{Edit, Host};
use super::{Kind, Nature};
use std::ops::Range;

/// A clause is left out.
pub const DROPPED: Kind = Kind {
    name: "clause-dropped",
    doc: "a clause between commas, of at least eight characters, is left out",
    nature: Nature::Fault,
    checks: &[
        "partial-omission",
        "omission",
        "number",
        "name-missing",
        "modality",
        "quantifier",
        "date",
        "attribution",
    ],
    target: 0.60,
    edits: dropped,
};

/// Who said it is left out.
pub const ATTRIBUTION: Kind = Kind {
    name: "attribution-dropped",
    doc: "the words that say who said it are left out",
    nature: Nature::Fault,
    checks: &["attribution", "name-missing", "partial-omission"],
    target: 0.70,
    edits: attribution_dropped,
};

/// The least length of a clause, and of what is left of its sentence.
const LEAST_HAN: usize = 8;
/// English of fewer words has no clause to lose.
const LEAST_WORDS: usize = 12;

fn dropped(host: &Host<'_>, _: &mut Dice) -> Vec<Edit> {
    if host.en.split_whitespace().count() < LEAST_WORDS {
        return Vec::new();
    }
    let mut edits = Vec::new();
    for clause in clauses(&host.zh) {
        let text = scan::slice(&host.zh, clause.clone());
        let left = format!("{}{}", scan::head(&host.zh, clause.start), scan::rest(&host.zh, clause.end));
        let is_whole = scan::han(text) >= LEAST_HAN && scan::han(&left) >= LEAST_HAN;
        if is_whole && is_paired(text) && !is_repeated(text, &left) {
            edits.push(Edit::rewrite(clause, "", host.whole_en()));
        }
    }
    edits
}

/// Clauses behind a comma, with that comma.
fn clauses(zh: &str) -> Vec<Range<usize>> {
    let mut clauses = Vec::new();
    for (start, comma) in zh.match_indices('，') {
        let tail = scan::rest(zh, start + comma.len());
        if let Some(length) = tail.find(['，', '。', '；', '！', '？', '：']) {
            clauses.push(start..start + comma.len() + length);
        }
    }
    clauses
}

/// Whether quotation marks and brackets open and close inside.
fn is_paired(text: &str) -> bool {
    [('“', '”'), ('（', '）'), ('《', '》')].iter().all(|(open, close)| {
        let mut depth = 0i32;
        let falls = text.chars().any(|c| {
            depth += i32::from(c == *open) - i32::from(c == *close);
            depth < 0
        });
        !falls && depth == 0
    })
}

/// Whether at least half of its pairs of characters stand in the rest of the bead too.
fn is_repeated(clause: &str, left: &str) -> bool {
    let chars: Vec<char> = clause.chars().collect();
    let pairs: Vec<String> = chars.windows(2).map(|pair| pair.iter().collect()).collect();
    2 * pairs.iter().filter(|pair| left.contains(pair.as_str())).count() >= pairs.len()
}

static FIRST: Pattern = Pattern::new(
    r"(?:^|[。”])([^，。；：“”]{2,30}?(?:表示|警告称|报告称|指出|透露|解释说|解释称|补充说|补充道|强调|认为|证实|写道|声称|称|说))(?:，|：|,|:)",
);
static BY: Pattern = Pattern::new(
    r"(?:^|[。”])((?:据|根据)[^，。；：“”]{2,30}?(?:报道|介绍|透露|表示|称|说法|声明|分析|统计|报告|数据|消息))(?:，)",
);
static LAST: Pattern = Pattern::new(
    r"”(?:，)?([^，。；：“”]{2,30}(?:表示|说|称|写道|解释说|解释道|指出|补充道|补充说|警告说|警告称))。",
);

fn attribution_dropped(host: &Host<'_>, _: &mut Dice) -> Vec<Edit> {
    let says = english::sayings(&host.en);
    if says.is_empty() {
        return Vec::new();
    }
    let mut edits = Vec::new();
    let mut put = |said: &str, range: Range<usize>, with: &str| {
        // The outlet's own name is dropped by house style; who is named again is not lost.
        let name = said.trim_end_matches(['表', '示', '称', '说', '指', '出']);
        let is_lost = !said.contains("Bleeping") && scan::count(&host.zh, name) == 1;
        let is_left = scan::han(&host.zh) >= scan::han(said) + LEAST_HAN;
        if is_lost && is_left {
            edits.push(Edit::rewrite(range, with, host.whole_en()));
        }
    };
    for pattern in [&FIRST, &BY] {
        for found in pattern.captures(&host.zh) {
            put(group(&found, 1), span(&found, 1).start..span(&found, 0).end, "");
        }
    }
    for found in LAST.captures(&host.zh) {
        let start = span(&found, 0).start + "”".len();
        put(group(&found, 1), start..span(&found, 1).end, "");
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_end_where_the_next_mark_stands() {
        let zh = "甲公司发布更新，修复漏洞，并提醒用户。他们说：好，行";
        let found: Vec<&str> = clauses(zh).into_iter().map(|range| scan::slice(zh, range)).collect();
        assert_eq!(found, ["，修复漏洞", "，并提醒用户"]);
    }

    #[test]
    fn halves_of_a_quotation_are_no_clause() {
        assert!(is_paired("他说“好”") && !is_paired("好”他说“") && !is_paired("“好"));
        assert!(is_repeated("，修复漏洞", "已修复漏洞") && !is_repeated("，修复漏洞", "用户"));
    }
}
