//! What extraction, templates and wrong character sets left in the Chinese text.

use crate::model::{Message, ParagraphKind, Severity};
use crate::qa::{Check, Doc, Draft, View, paragraphs};
use regex::Regex;
use std::sync::LazyLock;

/// The check.
pub const CHECK: Check = Check {
    name: "residue",
    category: "Design/Markup",
    doc: Doc {
        what: "Markdown escapes and markup, HTML tags and entities, invisible and control characters, mojibake, template placeholders.",
        why: "Readers see markup in place of text; invisible characters break searching and copying of indicators.",
        known_problems: "What stands in the original as well is taken for a subject of the article (a tag in an injection attack, say) and is left alone.",
        example: "zh: 文件名为patch\\_4，发布者为Morel&amp;Sohn。\nsaid: The Markdown escape “\\_” and the entity “&amp;” are left over.",
    },
    fidelity: false,
    run,
};

/// A kind of residue.
struct Rule {
    pattern: &'static str,
    cause: &'static str,
    en: &'static str,
    zh: &'static str,
    /// Whether it is none if the original has it, too.
    quotable: bool,
}

const RULES: [Rule; 10] = [
    Rule {
        pattern: r"[\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2064}\u{2066}-\u{2069}\u{feff}\u{ad}\u{fff9}-\u{fffb}]+",
        cause: "invisible character",
        en: "An invisible character",
        zh: "不可见字符",
        quotable: false,
    },
    Rule {
        pattern: r"[\u{0}-\u{8}\u{b}\u{c}\u{e}-\u{1f}\u{7f}-\u{9f}]+",
        cause: "control character",
        en: "A control character",
        zh: "控制字符",
        quotable: false,
    },
    Rule {
        pattern: r"锟斤拷|(?:烫烫烫|屯屯屯)+|\u{fffd}+|â€[™œ\u{9d}“”\u{98}\u{99}]?|Ã[\u{80}-\u{bf}¡-¿]|Â[\u{a0}-\u{bf}]|ï»¿|(?:[äåæçèé][\u{80}-\u{bf}¡-¿‚-™]{2}){2,}",
        cause: "mojibake",
        en: "Text decoded from the wrong character set",
        zh: "乱码",
        quotable: false,
    },
    Rule {
        pattern: r"[\u{e000}-\u{f8ff}]+",
        cause: "private-use character",
        en: "A private-use character, which most fonts do not have",
        zh: "私用区字符",
        quotable: false,
    },
    Rule {
        pattern: r"[\u{2e80}-\u{2fdf}]+",
        cause: "radical",
        en: "A radical in place of a Han character",
        zh: "部首字符（应为普通汉字）",
        quotable: false,
    },
    Rule {
        pattern: r"&(?:amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|[mn]dash|hellip|middot|copy|reg|#\d{1,6}|#[xX][0-9a-fA-F]{1,6});",
        cause: "entity",
        en: "An HTML entity",
        zh: "HTML实体",
        quotable: true,
    },
    Rule {
        pattern: r"</?(?:p|br|b|i|u|em|strong|span|div|a|img|h[1-6]|ul|ol|li|table|tr|td|th|tbody|thead|blockquote|code|pre|section|font|figure|figcaption|sup|sub|hr)(?:\s[^<>]{0,200})?/?>",
        cause: "tag",
        en: "An HTML tag",
        zh: "HTML标签",
        quotable: true,
    },
    Rule {
        pattern: r"\\[_*\[\]#`~>+!|]",
        cause: "Markdown escape",
        en: "A Markdown escape",
        zh: "Markdown转义符",
        quotable: true,
    },
    Rule {
        pattern: r"\*\*|^#{1,6} |!?\[[^\[\]]{0,80}\]\((?:https?:|/|#)[^()\s]*\)|```|^&gt; ",
        cause: "Markdown",
        en: "Markdown markup",
        zh: "Markdown标记",
        quotable: true,
    },
    Rule {
        pattern: r"\{\{[^{}]{0,60}\}\}|<%[^<>%]{0,60}%>|\[(?:图片|图像|视频|表格|插图|此处插入[^\[\]]{0,20})\]|(?i:lorem ipsum|\[object Object\])|\bTODO\b|待补充|此处(?:省略|插入)|<(?:链接|图片|公司名称?|姓名|日期)>|[＿_]{4,}|\\u[0-9a-fA-F]{4}",
        cause: "placeholder",
        en: "A placeholder",
        zh: "占位符",
        quotable: true,
    },
];

static COMPILED: LazyLock<Vec<(Regex, &Rule)>> =
    LazyLock::new(|| RULES.iter().filter_map(|rule| Some((Regex::new(rule.pattern).ok()?, rule))).collect());

fn run(view: &View<'_>) -> Vec<Draft> {
    let original = &view.pair.documents.en.article.text;
    let mut drafts = Vec::new();
    for paragraph in paragraphs(view).iter().filter(|p| p.kind != ParagraphKind::Code) {
        for line in &paragraph.lines {
            let text = line.text(paragraph);
            for (range, found, rule) in residues(text) {
                if rule.quotable && original.contains(found) {
                    continue;
                }
                let shown = shown(found);
                let message = Message::new(
                    format!("{} was left in the text: {shown}.", rule.en),
                    format!("正文残留{}：{shown}。", rule.zh),
                );
                let draft = Draft::new(line.unit, Severity::Minor, message).zh(line.in_unit(range));
                let draft = draft.cause(format!("{} {shown}", rule.cause));
                drafts.push(match rule.cause {
                    "mojibake" => draft.category("Design/Character encoding"),
                    _ => draft,
                });
            }
        }
    }
    drafts
}

fn residues(text: &str) -> Vec<(std::ops::Range<usize>, &str, &'static Rule)> {
    let mut found: Vec<(std::ops::Range<usize>, &str, &Rule)> = Vec::new();
    for (regex, rule) in COMPILED.iter() {
        for place in regex.find_iter(text) {
            let shared = found.iter().any(|(r, ..)| r.start < place.end() && place.start() < r.end);
            let path = rule.cause == "Markdown escape" && is_in_path(text, place.start());
            if !shared && !path {
                found.push((place.range(), place.as_str(), rule));
            }
        }
    }
    found.sort_by_key(|(range, ..)| range.start);
    found
}

/// Whether a backslash is one of a Windows path or a registry key: another one, or a drive, stands before it.
fn is_in_path(text: &str, at: usize) -> bool {
    let token = text.get(..at).unwrap_or("").rsplit(|c: char| c.is_whitespace() || !c.is_ascii()).next();
    token.is_some_and(|t| {
        t.ends_with([':', '%', '\\'])
            || t.contains(":\\")
            || t.contains("%\\")
            || t.match_indices('\\').any(|(n, _)| {
                t.get(n + 1..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric)
            })
    })
}

/// What people see of it: the text, or the number of a character that shows nothing.
fn shown(found: &str) -> String {
    let invisible = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffd}' | '\u{e000}'..='\u{f8ff}')
    };
    match found.chars().find(|&c| invisible(c)) {
        Some(c) => format!("U+{:04X}", u32::from(c)),
        None => format!("“{found}”"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qa::testing::drafts;

    #[test]
    fn every_pattern_is_one() {
        assert_eq!(COMPILED.len(), RULES.len());
    }

    #[test]
    fn residue_is_marked() {
        for (text, marked) in [
            ("文件名为patch\\_4。", "\\_"),
            ("**莫雷尔表示已修复。", "**"),
            ("莫雷尔&amp;索恩公司。", "&amp;"),
            ("域名grelmo\u{200b}.example已失效。", "\u{200b}"),
            ("软\u{ad}连字符。", "\u{ad}"),
            ("公告锟斤拷全文。", "锟斤拷"),
            ("莫雷尔â€™s 公告。", "â€™"),
            ("详见<span style=\"color:red\">公告", "<span style=\"color:red\">"),
            ("受害者为{{company}}。", "{{company}}"),
            ("详见[公告](https://grelmo.example/a)。", "[公告](https://grelmo.example/a)"),
            ("图标\u{e612}后的文字", "\u{e612}"),
            ("[图片]攻击链", "[图片]"),
            ("攻击者可执⾏任意代码。", "⾏"),
        ] {
            let found = drafts(&CHECK, text, "Words.");
            let texts: Vec<&str> = found.iter().map(|d| &text[d.zh[0].clone()]).collect();
            assert_eq!(texts, [marked], "{text}");
        }
    }

    #[test]
    fn what_the_article_is_about_is_left_alone() {
        for (text, en) in [
            ("路径为C:\\_tmp\\_new。", "Words."),
            ("写入%AppData%\\_cache。", "Words."),
            ("注册表HKCU\\Software\\_Grelmo。", "Words."),
            ("注入<img src=x onerror=alert(1)>标签。", "They inject <img src=x onerror=alert(1)> there."),
            ("模板{{7*7}}被求值。", "The template {{7*7}} is evaluated."),
            ("A & B; C < D > E 与 x*y*z", "Words."),
            ("域名grelmo[.]example（已失效）。", "Words."),
            ("变量__init__与a_b_c。", "Words."),
            ("喝彩声Â未必是乱码", "Words."),
        ] {
            let found = drafts(&CHECK, text, en);
            assert!(found.is_empty(), "{text}: {:?}", found.first().map(|d| &d.message.en));
        }
    }
}
