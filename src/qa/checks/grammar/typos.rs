//! Words that are often mistyped.

use super::Fault;
use crate::model::{Message, Severity};
use regex::Regex;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../../../corpora/glossary/typos.tsv");

/// A mistyped word.
#[derive(Debug)]
struct Typo {
    right: &'static str,
    severity: Severity,
    /// Words of which one must stand in the sentence; none: always.
    with: Vec<&'static str>,
    /// Longer words in which the letters are right.
    unless: Vec<&'static str>,
}

struct Table {
    typos: FxHashMap<&'static str, Typo>,
    /// Finds any of them.
    regex: Option<Regex>,
}

static TYPOS: LazyLock<Table> = LazyLock::new(|| {
    let typos: FxHashMap<_, _> =
        TABLE.lines().filter(|l| !l.starts_with('#')).skip(1).filter_map(typo).collect();
    let mut words: Vec<String> = typos.keys().map(|word| regex::escape(word)).collect();
    // The longer one first, where one begins another.
    words.sort_by_key(|word| (std::cmp::Reverse(word.len()), word.clone()));
    Table { regex: Regex::new(&words.join("|")).ok(), typos }
});

fn typo(line: &'static str) -> Option<(&'static str, Typo)> {
    let mut columns = line.split('\t');
    let (wrong, right) = (columns.next()?, columns.next()?);
    let severity = if columns.next()? == "info" { Severity::Info } else { Severity::Minor };
    let mut words = || columns.next().unwrap_or("").split_whitespace().collect();
    (!wrong.is_empty()).then(|| (wrong, Typo { right, severity, with: words(), unless: words() }))
}

pub(super) fn faults(text: &str) -> Vec<Fault> {
    let Some(regex) = &TYPOS.regex else { return Vec::new() };
    let found = regex.find_iter(text).filter_map(|found| {
        let (wrong, typo) = TYPOS.typos.get_key_value(found.as_str())?;
        let meant = typo.with.is_empty() || typo.with.iter().any(|word| text.contains(word));
        let right = typo.unless.iter().any(|longer| covers(text, longer, &found.range()));
        (meant && !right).then(|| fault(wrong, typo, found.range()))
    });
    found.collect()
}

/// Whether `longer` stands where the range is.
fn covers(text: &str, longer: &str, range: &std::ops::Range<usize>) -> bool {
    let from = range.start.saturating_sub(longer.len());
    let from = (from..=range.start).find(|&at| text.is_char_boundary(at)).unwrap_or(range.start);
    let around = text.get(from..).unwrap_or("");
    around
        .match_indices(longer)
        .any(|(at, _)| from + at < range.end && range.start < from + at + longer.len())
}

fn fault(wrong: &str, typo: &Typo, range: std::ops::Range<usize>) -> Fault {
    let right = typo.right;
    let message = match typo.severity {
        Severity::Info => Message::new(
            format!("“{wrong}” is a variant; “{right}” is usual."),
            format!("“{wrong}”为异形写法，通常写作“{right}”。"),
        ),
        _ => Message::new(
            format!("“{wrong}” is mistyped; “{right}” is meant."),
            format!("“{wrong}”有误，应为“{right}”。"),
        ),
    };
    Fault {
        range,
        severity: typo.severity,
        confidence: 0.9,
        message,
        suggestion: Some(right.to_owned()),
        cause: wrong.to_owned(),
        category: Some("Fluency/Spelling"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_table_is_well_formed() {
        assert!(TYPOS.typos.len() >= 250, "{}", TYPOS.typos.len());
        assert!(TYPOS.regex.is_some());
        let mut seen = HashSet::new();
        for line in TABLE.lines().filter(|l| !l.starts_with('#')).skip(1).filter(|l| !l.is_empty()) {
            let columns: Vec<&str> = line.split('\t').collect();
            assert_eq!(columns.len(), 5, "{line}");
            assert!(["minor", "info"].contains(&columns[2]) && columns[0] != columns[1], "{line}");
            assert!(seen.insert(columns[0]), "twice: {line}");
        }
    }

    #[test]
    fn typos_are_found_and_the_words_that_hold_their_letters_are_not() {
        let found = |text: &str| faults(text).into_iter().filter_map(|f| f.suggestion).collect::<Vec<_>>();
        for (text, right) in [
            ("用户须重新登陆账户。", "登录"),
            ("该奢饰品集团遭入侵。", "奢侈品"),
            ("既使更新，风险仍在。", "即使"),
            ("该工具做为加载器使用。", "作为"),
            ("管理员已布署补丁。", "部署"),
            ("请尽快按装更新。", "安装"),
            ("其它用户不受影响。", "其他"),
            ("攻击者窃取了秘钥。", "密钥"),
        ] {
            assert_eq!(found(text), [right], "{text}");
        }
        for text in [
            "两栖登陆舰的系统不受影响。",
            "风暴在海岸登陆。",
            "它叫做为人民服务。",
            "访问提供商的自己经营的网站。",
            "预防犯罪的数据分别保存。",
            "可以经过验证后使用。",
            "他们将解决对外接口。",
            "附加值的关注度上升。",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
