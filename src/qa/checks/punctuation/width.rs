//! Marks of the wrong width: half-width ones in Chinese, full-width ones in Latin names and numbers, straight quotes.

use super::{Fault, around, is_chinese_mark};
use crate::model::{Message, Severity};
use crate::text::han::is_han;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// A half-width mark, its full-width twin, and what both are called.
struct Mark {
    half: char,
    full: &'static str,
    en: &'static str,
    zh: &'static str,
    cause: &'static str,
}

const MARKS: [Mark; 6] = [
    Mark { half: ',', full: "，", en: "comma", zh: "逗号", cause: "half-width comma" },
    Mark { half: '.', full: "。", en: "full stop", zh: "句号", cause: "half-width stop" },
    Mark { half: ':', full: "：", en: "colon", zh: "冒号", cause: "half-width colon" },
    Mark { half: ';', full: "；", en: "semicolon", zh: "分号", cause: "half-width semicolon" },
    Mark { half: '?', full: "？", en: "question mark", zh: "问号", cause: "half-width question mark" },
    Mark {
        half: '!', full: "！", en: "exclamation mark", zh: "叹号", cause: "half-width exclamation mark"
    },
];

/// Abbreviations that keep their stop before Chinese.
const ABBREVIATED: [&str; 16] =
    ["Inc", "Ltd", "Co", "Corp", "LLC", "Jr", "Sr", "Dr", "Mr", "Mrs", "Ms", "St", "No", "vs", "etc", "al"];

pub(super) fn faults(text: &str) -> Vec<Fault> {
    if text.is_ascii() || !text.chars().any(is_han) {
        return Vec::new();
    }
    let mut faults = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_ascii_punctuation()) {
        if let Some(mark) = MARKS.iter().find(|mark| mark.half == c)
            && is_in_chinese(text, at, c)
        {
            faults.push(half(mark, at));
        }
    }
    faults.extend(brackets(text));
    faults.extend(straight(text));
    faults.extend(full(text));
    faults
}

fn half(mark: &Mark, at: usize) -> Fault {
    let Mark { half, full, en, zh, cause } = mark;
    let message = Message::new(
        format!("The {en} “{half}” in Chinese text is half-width."),
        format!("中文里用了半角{zh}“{half}”，应为“{full}”。"),
    );
    Fault::new(at..at + 1, Severity::Minor, cause, message).suggest(*full)
}

/// Whether a half-width mark stands in Chinese text, not in a number, a name, an address or code.
fn is_in_chinese(text: &str, at: usize, mark: char) -> bool {
    let (before, after) = around(text, at, 1);
    let next = text.get(at + 1..).and_then(|rest| rest.trim_start().chars().next());
    let Some(before) = before else { return false };
    let behind_chinese = is_han(before) || "”’」』》）】".contains(before);
    let opens_chinese = |c: char| is_han(c) || "“‘「『《（【".contains(c);
    if mark == '.' {
        return is_stop(text, at, before, after, next);
    }
    if behind_chinese {
        // `文件://`, `变量:=`, and a run of marks that is reported as such.
        return !matches!(after, Some('/' | '\\' | '=')) && after.is_none_or(|c| c != mark);
    }
    let behind_latin = before.is_ascii_alphanumeric() || matches!(before, ')' | ']' | '%');
    let names = mark == '!' && before.is_ascii_alphabetic();
    let entity = mark == ';' && ends_as_entity(text.get(..at).unwrap_or(""));
    behind_latin && !names && !entity && next.is_some_and(opens_chinese)
}

fn ends_as_entity(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '#').next().unwrap_or("");
    before.strip_suffix(word).is_some_and(|rest| rest.ends_with('&'))
}

fn is_stop(text: &str, at: usize, before: char, after: Option<char>, next: Option<char>) -> bool {
    if before == '.' || after == Some('.') {
        return false;
    }
    if is_han(before) || "”’」』》）】".contains(before) {
        // `文件.exe` and `恶意[.]com` are no sentence's end.
        return after.is_none_or(|c| is_han(c) || c.is_whitespace() || "”’」』“‘".contains(c));
    }
    let word = text.get(..at).unwrap_or("").rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    let is_word = word.chars().count() > 1 && word.chars().all(|c| c.is_ascii_alphabetic());
    let abbreviated = ABBREVIATED.contains(&word) || word.chars().all(|c| c.is_ascii_uppercase());
    is_word && !abbreviated && next.is_none_or(is_han)
}

static BRACKETS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\(([^()（）]{1,80})\)").ok());

/// Half-width brackets around Chinese or behind it.
fn brackets(text: &str) -> Vec<Fault> {
    let Some(regex) = &*BRACKETS else { return Vec::new() };
    let wrong = regex.captures_iter(text).filter_map(|found| {
        let (whole, inner) = (found.get(0)?, found.get(1)?.as_str());
        let before = text.get(..whole.start())?.trim_end().chars().next_back();
        let in_chinese = before.is_some_and(|c| is_han(c) || is_chinese_mark(c));
        // `]( … )` is a Markdown link.
        let is_fault = (in_chinese || inner.chars().any(is_han)) && before != Some(']');
        is_fault.then(|| {
            let message =
                Message::new("Half-width brackets in Chinese text.", "中文里用了半角括号，应为“（）”。");
            Fault::new(whole.range(), Severity::Minor, "half-width brackets", message)
                .suggest(format!("（{inner}）"))
        })
    });
    wrong.collect()
}

/// Straight quotation marks in Chinese text, pair by pair, and the one that is left over.
fn straight(text: &str) -> Vec<Fault> {
    let doubles: Vec<usize> =
        text.match_indices('"').map(|(at, _)| at).filter(|&at| !is_inch(text, at)).collect();
    let singles: Vec<usize> =
        text.match_indices('\'').map(|(at, _)| at).filter(|&at| is_quote(text, at)).collect();
    [paired(text, &doubles, '"'), paired(text, &singles, '\'')].concat()
}

fn paired(text: &str, marks: &[usize], mark: char) -> Vec<Fault> {
    let (open, close) = if mark == '"' { ('“', '”') } else { ('‘', '’') };
    let mut faults = Vec::new();
    for pair in marks.chunks(2) {
        match *pair {
            [from, to] if touches_chinese(text, from..to + 1) => {
                let message = Message::new(
                    format!(
                        "Straight quotation marks {mark} in Chinese text; they should be {open} and {close}."
                    ),
                    format!("中文里用了直引号{mark}，应为“{open}{close}”。"),
                );
                let inner = text.get(from + 1..to).unwrap_or("");
                let fault = Fault::new(from..to + 1, Severity::Minor, "straight quotes", message);
                faults.push(fault.suggest(format!("{open}{inner}{close}")));
            }
            [alone] if touches_chinese(text, alone..alone + 1) => {
                let message = Message::new(
                    format!("The straight quotation mark {mark} has no partner."),
                    format!("直引号{mark}不成对。"),
                );
                faults.push(Fault::new(alone..alone + 1, Severity::Minor, "", message));
            }
            _ => {}
        }
    }
    faults
}

/// `27"` is a size.
fn is_inch(text: &str, at: usize) -> bool {
    around(text, at, 1).0.is_some_and(|c| c.is_ascii_digit())
        && text.get(..at).is_some_and(|before| before.matches('"').count() % 2 == 0)
}

/// Not the apostrophe of `Bob's` or `users'`.
fn is_quote(text: &str, at: usize) -> bool {
    let (before, after) = around(text, at, 1);
    let in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    !(latin(before) && (latin(after) || !in_word(after) && text.matches('\'').count() % 2 == 1))
}

fn touches_chinese(text: &str, range: Range<usize>) -> bool {
    let inside = text.get(range.clone()).is_some_and(|t| t.chars().any(is_han));
    let before = text.get(..range.start).and_then(|t| t.trim_end().chars().next_back());
    let after = text.get(range.end..).and_then(|t| t.trim_start().chars().next());
    inside || [before, after].into_iter().flatten().any(|c| is_han(c) || is_chinese_mark(c))
}

static FULL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"[Ａ-Ｚａ-ｚ０-９]+|[A-Za-z][＆＠][A-Za-z]|(?-u:\b)\d{1,2}：[0-5]\d(?-u:\b)|(?-u:\b)\d{1,3}(?:，\d{3})+\p{Han}").ok()
});

/// Full-width letters, digits, and marks inside of names and numbers.
fn full(text: &str) -> Vec<Fault> {
    let Some(regex) = &*FULL else { return Vec::new() };
    let found = regex.find_iter(text).map(|found| {
        let range = found.start()
            ..found.end()
                - found.as_str().chars().next_back().filter(|&c| is_han(c)).map_or(0, char::len_utf8);
        let wide = text.get(range.clone()).unwrap_or("");
        let narrow: String = wide.nfkc().collect();
        let message = Message::new(
            format!("Full-width characters in a name or number: “{wide}”."),
            format!("名称或数字里用了全角字符“{wide}”。"),
        );
        // Figures in full width read the same; a name can no longer be searched for.
        let is_figure = narrow.chars().all(|c| c.is_ascii_digit());
        let severity = if is_figure { Severity::Info } else { Severity::Minor };
        Fault::new(range, severity, "full-width", message).suggest(narrow)
    });
    found.collect()
}
