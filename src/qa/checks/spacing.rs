//! Blanks where Chinese has none.

use crate::model::{Message, ParagraphKind, Severity};
use crate::qa::{Check, Doc, Draft, View, paragraphs};
use crate::text::han::is_han;
use regex::Regex;
use std::sync::LazyLock;

/// The check.
pub const CHECK: Check = Check {
    name: "spacing",
    category: "Fluency/Typography",
    doc: Doc {
        what: "Blanks between Han characters, beside Chinese punctuation, or doubled.",
        why: "They are left over from copying or from translation machines, and show where a sentence was patched.",
        known_problems: "Whether a blank stands between Han and Latin is house style and is not looked at. Titles and headings use a blank in place of a comma.",
        example: "zh: 后端基础设施（C2服务器ip /域） 已 下线。\nsaid: Blanks before “/”, before “已” and within “已 下线”.",
    },
    fidelity: false,
    run,
};

/// What is matched, cause, and what is said of it; the first group is what is marked.
const RULES: [(&str, &str, &str, &str); 4] = [
    (
        r"\p{Han}([ \u{a0}\u{3000}]+)\p{Han}",
        "blank between Han",
        "A blank between Han characters.",
        "汉字之间有多余的空格。",
    ),
    (
        r"([ \u{a0}\u{3000}]+)[，。、；：？！）》”’】]",
        "blank before a mark",
        "A blank before Chinese punctuation.",
        "标点前有多余的空格。",
    ),
    (
        r"[，。、；：？！（《“‘【]([ \u{a0}\u{3000}]+)",
        "blank behind a mark",
        "A blank behind Chinese punctuation.",
        "标点后有多余的空格。",
    ),
    (r"([ \u{a0}\u{3000}]{2,})", "doubled blank", "More than one blank.", "空格重复。"),
];

/// A blank on one side of a slash only, the other side Chinese: `cat /tmp` is a command.
const SLASH: &str = r"[^\s/]([ \u{a0}]+)/\p{Han}|\p{Han}/([ \u{a0}]+)[^\s/]";

static COMPILED: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    RULES.iter().map(|rule| rule.0).chain([SLASH]).filter_map(|pattern| Regex::new(pattern).ok()).collect()
});

fn run(view: &View<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for paragraph in paragraphs(view) {
        let is_headline = matches!(paragraph.kind, ParagraphKind::Title | ParagraphKind::Heading);
        if paragraph.kind == ParagraphKind::Code || is_headline {
            continue;
        }
        for line in &paragraph.lines {
            let text = line.text(&paragraph);
            if !text.chars().any(is_han) {
                continue;
            }
            for (range, (cause, en, zh)) in blanks(text) {
                let draft = Draft::new(line.unit, Severity::Info, Message::new(en, zh));
                drafts.push(draft.zh(line.in_unit(range)).cause(cause));
            }
        }
    }
    drafts
}

type Said = (&'static str, &'static str, &'static str);

fn blanks(text: &str) -> Vec<(std::ops::Range<usize>, Said)> {
    let slash = ("", "blank beside a slash", "A blank on one side of a slash only.", "斜线只有一侧有空格。");
    let mut found: Vec<(std::ops::Range<usize>, Said)> = Vec::new();
    for (regex, (_, cause, en, zh)) in COMPILED.iter().zip(RULES.iter().chain([&slash])) {
        for captures in regex.captures_iter(text) {
            let Some(blank) = captures.iter().skip(1).flatten().next() else { continue };
            if !found.iter().any(|(range, _)| *range == blank.range()) {
                found.push((blank.range(), (cause, en, zh)));
            }
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qa::testing::drafts;

    #[test]
    fn blanks_that_chinese_has_not_are_marked() {
        for (text, expected) in [
            ("瓦尔莫兰 遭入侵。", vec!["blank between Han"]),
            ("瓦尔莫兰遭入侵 。", vec!["blank before a mark"]),
            ("瓦尔莫兰遭入侵， Grelmo已下线。", vec!["blank behind a mark"]),
            ("使用  Grelmo加载器。", vec!["doubled blank"]),
            ("C2服务器ip /域", vec!["blank beside a slash"]),
            ("甲 乙，\u{3000}丙", vec!["blank between Han", "blank behind a mark"]),
        ] {
            let found = drafts(&CHECK, text, "Words.");
            assert_eq!(found.iter().map(|d| d.cause.as_str()).collect::<Vec<_>>(), expected, "{text}");
            let blank = |d: &Draft| text[d.zh[0].clone()].chars().all(char::is_whitespace);
            assert!(found.iter().all(blank), "{text}");
        }
    }

    #[test]
    fn other_blanks_are_left_alone() {
        for text in [
            "使用 Grelmo 加载器。",
            "版本 3.4 Patch 2 已修复。",
            "macOS / Windows 用户",
            "执行 ls /tmp 与 cat /etc/passwd",
            "Plain English  with blanks",
            "访问 https://grelmo.example/a。",
        ] {
            assert!(drafts(&CHECK, text, "Words.").is_empty(), "{text}");
        }
    }
}
