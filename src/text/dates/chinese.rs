//! Points in time in Chinese that are not told in figures.

use super::{Mention, When, longest, words};
use crate::model::Span;
use regex::Regex;
use std::sync::LazyLock;

#[allow(clippy::unwrap_used)] // constants, compiled by the tests
static WEEKDAY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(上上?|本|这|下)?(?:个)?(?:周|星期|礼拜)([一二三四五六日天])").unwrap());

#[allow(clippy::unwrap_used)]
static SLASHED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u:\b)(?:((?:19|20)\d{2})([./]))?(1[0-2]|0?[1-9])[./](3[01]|[12]\d|0?[1-9])(?-u:\b)")
        .unwrap()
});

/// A year glued to a Latin name, which takes it for part of the name.
#[allow(clippy::unwrap_used)]
static GLUED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[A-Za-z]((?:19|20)\d{2})年").unwrap());

pub(super) fn mentions(text: &str) -> Vec<Mention> {
    let mut found: Vec<Mention> = words(text, WORDS).filter(|m| !is_part(text, m)).collect();
    found.extend(WEEKDAY.captures_iter(text).filter_map(|captures| {
        let whole = captures.get(0)?;
        let before = text.get(..whole.start())?;
        let after = text.get(whole.end()..)?;
        let named =
            ["补丁", "黑色", "网络", "受难", "每", "圣"].iter().any(|word| before.trim_end().ends_with(word));
        // 一周一次 and 两周六个 count weeks.
        let counted = captures.get(1).is_none()
            && (before
                .ends_with(|c: char| c.is_ascii_digit() || "一两二三四五六七八九十几数每个".contains(c))
                || after.starts_with([
                    '次', '个', '年', '起', '种', '家', '条', '款', '名', '直', '般', '切', '度',
                ]));
        if named || counted {
            return None;
        }
        let day = "一二三四五六日"
            .chars()
            .position(|c| captures.get(2).is_some_and(|day| day.as_str().starts_with(c)))
            .map_or(7, |at| at as i8 + 1);
        let weeks = captures.get(1).map(|m| match m.as_str() {
            "上上" => 2,
            "上" => 1,
            "下" => -1,
            _ => 0,
        });
        Some(Mention {
            span: Span::new(whole.start(), whole.end()),
            when: When::Weekday { day, weeks },
            weak: false,
        })
    }));
    found.extend(SLASHED.captures_iter(text).filter_map(|captures| {
        let whole = captures.get(0)?;
        let before = text.get(..whole.start())?.chars().next_back();
        let after = text.get(whole.end()..)?.chars().next();
        let joined = |c: Option<char>| c.is_some_and(|c| matches!(c, '/' | '.' | '-' | '%' | '$' | '_'));
        let year: Option<i16> = captures.get(1).and_then(|m| m.as_str().parse().ok());
        let number = |group| captures.get(group).and_then(|m| m.as_str().parse().ok());
        // 7.29 is a number; 2031.7.29 is a date.
        let dotted = year.is_none() && whole.as_str().contains('.');
        if joined(before) || (joined(after) && after != Some('.')) || dotted {
            return None;
        }
        let (month, day) = (number(3), number(4));
        let when = When::Date { year, month, day };
        Some(Mention { span: Span::new(whole.start(), whole.end()), when, weak: year.is_none() })
    }));
    found.extend(GLUED.captures_iter(text).filter_map(|captures| {
        let year = captures.get(1)?;
        let when = When::Date { year: year.as_str().parse().ok(), month: None, day: None };
        Some(Mention { span: Span::new(year.start(), captures.get(0)?.end()), when, weak: false })
    }));
    longest(found)
}

/// Whether a word is part of another: 今天 in 如今天, 年前 behind a number.
fn is_part(text: &str, mention: &Mention) -> bool {
    let before = text.get(..mention.span.start()).unwrap_or("");
    let word = mention.span.slice(text);
    match word {
        "当天" | "当日" => false,
        "日前" | "月前" => {
            before.ends_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十数几个".contains(c))
        }
        _ => false,
    }
}

const WORDS: &[(&str, When)] = &[
    ("今天", When::Days(0)),
    ("今日", When::Days(0)),
    ("当天", When::Told),
    ("当日", When::Told),
    ("昨天", When::Days(1)),
    ("昨日", When::Days(1)),
    ("昨晚", When::Days(1)),
    ("前天", When::Days(2)),
    ("前日", When::Days(2)),
    ("明天", When::Days(-1)),
    ("本周", When::Weeks(0)),
    ("这周", When::Weeks(0)),
    ("上周", When::Weeks(1)),
    ("上个星期", When::Weeks(1)),
    ("上星期", When::Weeks(1)),
    ("上个周", When::Weeks(1)),
    ("上上周", When::Weeks(2)),
    ("下周", When::Weeks(-1)),
    ("本月", When::Months(0)),
    ("这个月", When::Months(0)),
    ("上月", When::Months(1)),
    ("上个月", When::Months(1)),
    ("下个月", When::Months(-1)),
    ("下月", When::Months(-1)),
    ("今年", When::Years(0)),
    ("本年", When::Years(0)),
    ("去年", When::Years(1)),
    ("前年", When::Years(2)),
    ("明年", When::Years(-1)),
    ("近日", When::Lately),
    ("日前", When::Lately),
    ("近期", When::Lately),
    ("最近", When::Lately),
    ("不久前", When::Lately),
    ("此前", When::Lately),
    ("近来", When::Lately),
    ("如今", When::Lately),
    ("目前", When::Lately),
    ("最新", When::Lately),
    ("刚刚", When::Lately),
    ("现已", When::Lately),
    ("此次", When::Lately),
    ("次日", When::Told),
    ("第二天", When::Told),
    ("翌日", When::Told),
    ("同日", When::Told),
    ("同一天", When::Told),
    ("随后", When::Told),
    ("隔天", When::Told),
];
