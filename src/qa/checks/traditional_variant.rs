//! Traditional characters, and marks and words of Taiwan and Hong Kong, in a text that is Simplified otherwise.

use crate::model::{Message, Severity};
use crate::qa::{Check, Doc, Draft, Line, Paragraph, View, paragraphs};
use crate::text::han::is_han;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// The check.
pub const CHECK: Check = Check {
    name: "traditional-variant",
    category: "Fluency/Character form",
    doc: Doc {
        what: "Traditional characters, corner quotes and regional words in a post that is written in Simplified Chinese.",
        why: "They come from pasted text or from another edition, and searching for the Simplified word misses them.",
        known_problems: "Names of people and firms that keep a Traditional character are reported. A post that is Traditional as a whole is reported once, as info.",
        example: "zh: 该公司的網路遭到入侵。\nsaid: Traditional characters “網路”; Simplified: “网路”.",
    },
    fidelity: false,
    run,
};

/// Traditional characters, each followed by its Simplified form.
const TABLE: &str = include_str!("../../../corpora/glossary/traditional.txt");

static SIMPLIFIED: LazyLock<FxHashMap<char, char>> = LazyLock::new(|| {
    let pairs = TABLE.lines().filter(|line| !line.starts_with('#'));
    pairs
        .flat_map(|line| {
            let mut chars = line.chars();
            std::iter::from_fn(move || Some((chars.next()?, chars.next()?)))
        })
        .collect()
});

/// Words of Taiwan and Hong Kong in Simplified characters, and what the mainland says; none is a part of another word.
const REGIONAL: [(&str, &str); 22] = [
    ("网际网路", "互联网"),
    ("网路", "网络"),
    ("伺服器", "服务器"),
    ("软体", "软件"),
    ("硬体", "硬件"),
    ("韧体", "固件"),
    ("骇客", "黑客"),
    ("资料库", "数据库"),
    ("萤幕", "屏幕"),
    ("印表机", "打印机"),
    ("随身碟", "U盘"),
    ("硬碟", "硬盘"),
    ("行动装置", "移动设备"),
    ("行动电话", "手机"),
    ("程式码", "代码"),
    ("程式", "程序"),
    ("部落格", "博客"),
    ("数位凭证", "数字证书"),
    ("数位签章", "数字签名"),
    ("防毒软体", "杀毒软件"),
    ("使用者帐户", "用户账户"),
    ("资讯安全", "信息安全"),
];

/// At this share of its Han characters a post is Traditional as a whole.
const WHOLE: f32 = 0.1;

fn run(view: &View<'_>) -> Vec<Draft> {
    let post = paragraphs(view);
    let lines = || post.iter().flat_map(|p| p.lines.iter().map(move |line| (p, line)));
    let (mut han, mut old) = (0u32, 0u32);
    for c in post.iter().flat_map(|p| p.text.chars()).filter(|&c| is_han(c)) {
        han += 1;
        old += u32::from(SIMPLIFIED.contains_key(&c));
    }
    if han > 0 && old as f32 >= WHOLE * han as f32 && old > 3 {
        return lines().take(1).map(|(p, line)| whole(p, line)).collect();
    }
    lines()
        .flat_map(|(p, line)| {
            let text = line.text(p);
            let found = [characters(text), words(text), corners(text)].concat();
            found.into_iter().map(|(range, draft)| draft.on(line, range)).collect::<Vec<_>>()
        })
        .collect()
}

fn whole(paragraph: &Paragraph, line: &Line) -> Draft {
    let message = Message::new("The post is written in Traditional characters.", "全文使用繁体字。");
    let range = line.in_unit(0..line.text(paragraph).len());
    Draft::new(line.unit, Severity::Info, message).zh(range)
}

/// What is said of a stretch.
#[derive(Clone)]
struct Said {
    severity: Severity,
    message: Message,
    suggestion: Option<String>,
    cause: String,
}

impl Said {
    fn on(self, line: &Line, range: Range<usize>) -> Draft {
        let mut draft = Draft::new(line.unit, self.severity, self.message).zh(line.in_unit(range));
        draft.suggestion = self.suggestion;
        draft.cause(self.cause)
    }
}

fn characters(text: &str) -> Vec<(Range<usize>, Said)> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| SIMPLIFIED.contains_key(c)) {
        match found.last_mut() {
            Some(last) if last.end == at => last.end = at + c.len_utf8(),
            _ => found.push(at..at + c.len_utf8()),
        }
    }
    let said = found.into_iter().map(|range| {
        let old = text.get(range.clone()).unwrap_or("");
        let new: String = old.chars().map(|c| SIMPLIFIED.get(&c).copied().unwrap_or(c)).collect();
        let message = Message::new(
            format!("Traditional “{old}” in a Simplified text; Simplified: “{new}”."),
            format!("简体文中夹用繁体字“{old}”，简体为“{new}”。"),
        );
        (range, Said { severity: Severity::Minor, message, suggestion: Some(new), cause: old.to_owned() })
    });
    said.collect()
}

fn words(text: &str) -> Vec<(Range<usize>, Said)> {
    let mut found: Vec<(Range<usize>, Said)> = Vec::new();
    for (word, here) in REGIONAL {
        for (at, _) in text.match_indices(word) {
            // 联网路由器, 入网路径, 软体动物.
            let rest = text.get(at + word.len()..).unwrap_or("");
            let other = rest.starts_with(['由', '径', '线', '动']);
            if other || found.iter().any(|(range, _)| range.contains(&at)) {
                continue;
            }
            let message = Message::new(
                format!("“{word}” is said in Taiwan or Hong Kong; the mainland says “{here}”."),
                format!("“{word}”为港台用语，大陆用“{here}”。"),
            );
            let suggestion = Some(here.to_owned());
            found.push((
                at..at + word.len(),
                Said { severity: Severity::Info, message, suggestion, cause: word.to_owned() },
            ));
        }
    }
    found
}

fn corners(text: &str) -> Vec<(Range<usize>, Said)> {
    let open = text.char_indices().filter(|(_, c)| matches!(c, '「' | '『'));
    let said = open.map(|(at, c)| {
        let message = Message::new(
            format!("The corner quote {c} in a Simplified text, which has “ and ”."),
            format!("简体文中用了直角引号“{c}”，应为弯引号。"),
        );
        let end = text.get(at..).and_then(|t| t.find(['」', '』'])).map_or(at + c.len_utf8(), |n| at + n + 3);
        (
            at..end,
            Said { severity: Severity::Info, message, suggestion: None, cause: "corner quotes".to_owned() },
        )
    });
    said.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qa::testing::{drafts, drafts_of};

    #[test]
    fn traditional_stretches_are_marked() {
        for (text, marked, suggestion) in [
            ("该公司的網路遭到入侵，数据外泄。", "網", Some("网")),
            ("他随後发布了公告，建议用户更新。", "後", Some("后")),
            ("关於此次事件，该公司拒绝置评。", "於", Some("于")),
            ("该骇客组织已宣布解散。", "骇客", Some("黑客")),
            ("名为「灰兔」的团伙宣布解散。", "「灰兔」", None),
        ] {
            let found = drafts(&CHECK, text, "Words.");
            let texts: Vec<&str> = found.iter().map(|d| &text[d.zh[0].clone()]).collect();
            assert_eq!(texts, [marked], "{text}");
            assert_eq!(found[0].suggestion.as_deref(), suggestion);
        }
    }

    #[test]
    fn a_traditional_post_is_reported_once() {
        let found = drafts_of(
            &CHECK,
            &[("駭客入侵該公司網路，竊取資料。", "A."), ("該公司拒絕置評，調查仍在進行。", "B.")],
        );
        assert_eq!(found.iter().map(|d| (d.unit, d.severity)).collect::<Vec<_>>(), [(0, Severity::Info)]);
    }

    #[test]
    fn simplified_text_is_left_alone() {
        for text in [
            "该公司的网络遭到入侵，数据外泄。",
            "著名研究员覆盖了乾隆年间的瞭望塔。",
            "账户与帐户、登陆与登录、其它与其他。",
            "系统程序与数据库、服务器、屏幕。",
            "研究员堃先生与昕女士发布公告。",
            "使用模式与公式、正式工程的流程。",
            "感染了无线互联网路由器与软体动物图库。",
        ] {
            assert!(drafts(&CHECK, text, "Words.").is_empty(), "{text}");
        }
    }
}
