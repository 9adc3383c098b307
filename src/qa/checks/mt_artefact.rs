//! What machine translation leaves behind.

use crate::model::{Message, Severity};
use crate::qa::names::Exonyms;
use crate::qa::{Check, Doc, Draft, Unit, View};
use crate::text::han;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// The check.
pub const CHECK: Check = Check {
    name: "mt-artefact",
    category: "Fluency/Grammar",
    doc: Doc {
        what: "Debris of machine translation: stray letters glued to Chinese, dots that became full stops or words, names \
               torn in two, and frames of a sentence that are doubled or lack their other half.",
        why: "It shows that nobody read the sentence again, and an extension or a product name with a full stop inside \
              cannot be found.",
        known_problems: "Only patterns that are wrong nearly always are looked for; most bad grammar passes.",
        example: "en: According to the indictment, a .NET tool was used.\nzh: 根据起诉书表明，使用了基于。NET的工具。\n\
                  根据…表明: no subject (minor). 。NET: .NET (major).",
    },
    fidelity: true,
    run,
};

/// A pattern of Chinese that is wrong, what is wrong with it, and what to make of it.
struct Pattern {
    regex: &'static str,
    en: &'static str,
    zh: &'static str,
}

/// Grammar; each right in ten posts of ten that it is seen in.
const PATTERNS: &[Pattern] = &[
    Pattern {
        regex: "(?:^|[，。；：“])(?:根据|依据|按照)[^，。；：]{2,40}?(?:显示|表明|指出)[，：]?",
        en: "“根据…表明” leaves the sentence without a subject",
        zh: "“根据…表明/显示”使句子缺少主语",
    },
    Pattern {
        regex: "(?:^|[，。；])通过[^，。；]{2,30}，?使得",
        en: "“通过…使得” leaves the sentence without a subject",
        zh: "“通过…使得”使句子缺少主语",
    },
    Pattern {
        regex: "当[^，。；]{2,40}的情况时",
        en: "“当…的情况时” says “when” twice",
        zh: "“当…的情况时”重复",
    },
    Pattern {
        regex: "目的是(?:以|为了)",
        en: "“目的是以/为了” says “in order to” twice",
        zh: "“目的是”与“以/为了”重复",
    },
    Pattern {
        regex: "攻击的攻击", en: "“攻击的攻击” repeats itself", zh: "“攻击的攻击”重复"
    },
    Pattern {
        regex: "(?:尽管|虽然)[^。；]{2,60}[，,]但[^。；]{2,40}[，,]但",
        en: "“尽管…但…但” has one “but” too many",
        zh: "“尽管…，但…，但…”多一个“但”",
    },
    Pattern {
        regex: "(?:^|[，。；“])出于考虑",
        en: "“出于考虑” does not say out of which consideration",
        zh: "“出于考虑”缺少修饰成分",
    },
    Pattern {
        regex: "(?:超过?|超出|逾)数(?:十|百|千|万|亿)",
        en: "“more than several thousand” is no amount",
        zh: "“超”与“数千”等约数连用，逻辑不通",
    },
    Pattern {
        regex: "(?:会|将|可能|容易|更易|正)受到[^，。；]{0,10}的风险",
        en: "“受到…的风险” does not go together",
        zh: "“受到”与“风险”搭配不当",
    },
    Pattern {
        regex: "在那里，?(?:他们|它们|攻击者|用户|受害者)",
        en: "“在那里” is the English relative “where”",
        zh: "“在那里”照搬英语关系从句",
    },
    Pattern {
        regex: "(?:大约|将近|约)[0-9一二三四五六七八九十百千万亿., ]{1,8}[^，。；]{0,3}(?:左右|上下)",
        en: "“约…左右” says “about” twice",
        zh: "“约”与“左右”重复",
    },
    Pattern {
        regex: "(?:由于|因为)[^，。；]{2,40}的原因，?(?:导致|所以|因此)",
        en: "“由于…的原因导致” gives the reason three times",
        zh: "“由于…的原因，导致”重复",
    },
    Pattern {
        regex: "原因是(?:由于|因为)", en: "“原因是由于” says “because” twice", zh: "“原因是由于”重复"
    },
    Pattern {
        regex: "通过[^，。；]{4,30}随后",
        en: "“通过” and “随后” do not combine",
        zh: "“通过”与“随后”不能连用",
    },
    Pattern {
        regex: "(?:防止|避免)[^，。；]{0,12}不(?:被|会|再)",
        en: "“防止…不” negates twice",
        zh: "“防止…不”双重否定",
    },
    Pattern {
        regex: "被[^，。；]{1,12}所(?:被|遭)", en: "The passive stands twice", zh: "被动重复"
    },
];

static COMPILED: LazyLock<Vec<(Regex, &Pattern)>> =
    LazyLock::new(|| PATTERNS.iter().filter_map(|p| Some((Regex::new(p.regex).ok()?, p))).collect());

static GLUED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[a-zA-Z]{1,2}").ok());

static DOT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"。 ?([A-Za-z][A-Za-z0-9]{0,9})").ok());

static TORN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b([A-Z][a-z]+)\.([A-Z][a-z]+)\b").ok());

static EXTENSION: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\.so\b").ok());

fn run(view: &View<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (number, unit) in view.linked() {
        drafts.extend(grammar(number, unit));
        drafts.extend(glued(view, number, unit));
        // A name torn at its dot is one fault.
        let torn = torn(number, unit);
        drafts
            .extend(dots(number, unit).into_iter().filter(|dot| !torn.iter().any(|torn| overlap(torn, dot))));
        drafts.extend(torn);
        drafts.extend(extension(number, unit));
    }
    drafts
}

fn grammar(number: usize, unit: &Unit) -> Vec<Draft> {
    let found = COMPILED.iter().filter_map(|(regex, pattern)| {
        let range = regex.find(&unit.zh.text)?.range();
        let start = unit.zh.text.get(range.clone())?.trim_start_matches(['，', '。', '；', '：', '“']);
        let text = unit.zh.text.get(range.end - start.len()..range.end)?;
        if is_whole(pattern, &unit.zh.text, range.end) {
            return None;
        }
        let message =
            Message::new(format!("“{text}”: {}.", pattern.en), format!("“{text}”：{}。", pattern.zh));
        let draft = Draft::new(number, Severity::Minor, message).zh(range.end - start.len()..range.end);
        Some(draft.confidence(0.8))
    });
    found.collect()
}

/// Whether what looks like `根据…表明` goes on as something else: 根据报告显示的数据, 根据其指出的问题.
fn is_whole(pattern: &Pattern, text: &str, end: usize) -> bool {
    pattern.regex.contains("根据") && text.get(end..).is_some_and(|rest| rest.starts_with(['的', '器', '屏']))
}

/// One or two small letters before a name in Chinese, which the original does not have: `b谷歌`.
fn glued(view: &View<'_>, number: usize, unit: &Unit) -> Vec<Draft> {
    let text = &unit.zh.text;
    let Some(names) = view.names.units.get(number) else { return Vec::new() };
    let mut drafts = Vec::new();
    for run in GLUED.iter().flat_map(|regex| regex.find_iter(text)) {
        let before = text.get(..run.start()).and_then(|t| t.chars().next_back());
        let behind = text.get(run.end()..).unwrap_or_default();
        let alone = before.is_none_or(|c| han::is_han(c) || matches!(c, '，' | '。' | '、' | '“' | '；'))
            && behind.chars().next().is_some_and(han::is_han);
        let before_name = names
            .zh
            .exonyms
            .iter()
            .any(|(at, row)| *at == run.end() && row.kind != crate::qa::names::Kind::Acronym);
        let own = view.names.english.forms(&run.as_str().to_lowercase()).is_some();
        let is_small = run.as_str().chars().all(|c| c.is_ascii_lowercase());
        let stray = run.len() == 1
            && is_small
            && !matches!(run.as_str(), "n" | "x" | "e" | "i" | "k" | "m" | "g" | "s");
        if alone
            && !own
            && is_small
            && (stray || before_name)
            && Exonyms::builtin().kind(run.as_str()).is_none()
        {
            let found = run.as_str();
            let message = Message::new(
                format!("The stray letters “{found}” are glued to the Chinese."),
                format!("“{found}”为多余字母。"),
            );
            drafts.push(Draft::new(number, Severity::Minor, message).zh(run.range()).confidence(0.9));
        }
    }
    drafts
}

/// A dot of a name or an extension that became a full stop: `。NET`.
fn dots(number: usize, unit: &Unit) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let english = unit.en.text.to_lowercase();
    for found in DOT.iter().flat_map(|regex| regex.captures_iter(&unit.zh.text)) {
        let (Some(whole), Some(word)) = (found.get(0), found.get(1)) else { continue };
        let dotted = format!(".{}", word.as_str().to_lowercase());
        let at = english.match_indices(&dotted).find(|(at, name)| {
            let end = english.get(at + name.len()..).and_then(|rest| rest.chars().next());
            !end.is_some_and(|c| c.is_ascii_alphanumeric())
        });
        let Some((at, _)) = at.filter(|(at, _)| unit.en.text.is_char_boundary(*at)) else { continue };
        let original = unit.en.text.get(at..at + dotted.len()).unwrap_or(&dotted).to_owned();
        let message = Message::new(
            format!("The dot of “{original}” became a full stop."),
            format!("“{original}”中的点被误作句号。"),
        );
        let draft = Draft::new(number, Severity::Major, message).zh(whole.range()).suggest(original.as_str());
        drafts.push(match unit.en.text.get(at..at + original.len()) {
            Some(_) => draft.en(at..at + original.len()),
            None => draft,
        });
    }
    drafts
}

/// Whether two drafts mark the same Chinese.
fn overlap(a: &Draft, b: &Draft) -> bool {
    a.zh.iter().any(|x| b.zh.iter().any(|y| x.start < y.end && y.start < x.end))
}

/// A name with a dot inside of which both halves stand apart.
fn torn(number: usize, unit: &Unit) -> Vec<Draft> {
    let text = &unit.zh.text;
    let found = TORN.iter().flat_map(|regex| regex.captures_iter(&unit.en.text)).filter_map(|name| {
        let (whole, first, second) = (name.get(0)?, name.get(1)?.as_str(), name.get(2)?.as_str());
        if text.to_lowercase().contains(&whole.as_str().to_lowercase()) {
            return None;
        }
        let at = text.find(first)?;
        let behind = at + first.len() + text.get(at + first.len()..)?.find(second)?;
        let apart = text.get(at + first.len()..behind)?;
        let message = Message::new(
            format!("The name “{}” is torn in two.", whole.as_str()),
            format!("名称“{}”被拆开。", whole.as_str()),
        );
        let draft = Draft::new(number, Severity::Major, message).zh(at..at + first.len());
        let draft = draft.zh(behind..behind + second.len()).en(whole.range()).suggest(whole.as_str());
        apart.chars().any(han::is_han).then_some(draft)
    });
    found.collect()
}

/// `.so` that was taken for the English word.
fn extension(number: usize, unit: &Unit) -> Option<Draft> {
    let english = EXTENSION.as_ref()?.find(&unit.en.text)?;
    let text = &unit.zh.text;
    let kept = text.contains(".so");
    let places: Vec<Range<usize>> =
        text.match_indices("所以").map(|(at, word)| at..at + word.len()).collect();
    let range = places.into_iter().find(|range| {
        // Behind a Latin name or before 文件 it is no conjunction.
        let before =
            text.get(..range.start).and_then(|t| t.trim_end_matches(['.', '。', ' ']).chars().next_back());
        let behind = text.get(range.end..).unwrap_or_default();
        before.is_some_and(|c| c.is_ascii_alphanumeric())
            || behind.starts_with("文件")
            || behind.starts_with('库')
    })?;
    let message = Message::new("The extension “.so” became the word 所以.", "扩展名“.so”被误译为“所以”。");
    let draft = Draft::new(number, Severity::Major, message).zh(range).en(english.range()).suggest(".so");
    (!kept).then_some(draft)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::qa::testing::drafts;

    fn found(zh: &str, en: &str) -> Vec<String> {
        drafts(&CHECK, zh, en).into_iter().map(|d| zh[d.zh[0].clone()].to_owned()).collect()
    }

    #[test]
    fn debris() {
        for (zh, en, marked) in [
            ("在b谷歌商店中", "in the Google store", "b谷歌"),
            ("基于。NET的工具", "a .NET-based tool", "。NET"),
            (
                "他在Quill上启动了命令。Run，显示结果",
                "He started the command on Quill.Run, which shows",
                "Quill",
            ),
            ("加载libotter所以文件", "loads the libotter.so file", "所以"),
            ("根据起诉书表明，他有罪。", "According to the indictment he is guilty.", "根据起诉书表明，"),
            ("目的是以避免被发现", "in order not to be found", "目的是以"),
            ("当服务器过载的情况时", "when the server is overloaded", "当服务器过载的情况时"),
            (
                "尽管它很旧，但仍在用，但已被弃用",
                "although old, still used but deprecated",
                "尽管它很旧，但仍在用，但",
            ),
            ("超数千台设备", "thousands of devices", "超数千"),
            ("出于考虑，建议修改密码", "Out of caution change it", "出于考虑"),
        ] {
            let found = found(zh, en);
            assert_eq!(found.len(), 1, "{zh}");
            assert!(marked.contains(&found[0]) || found[0].contains(marked), "{found:?}");
        }
    }

    #[test]
    fn good_chinese() {
        for (zh, en) in [
            ("根据起诉书，他有罪。", "According to the indictment he is guilty."),
            ("根据报告显示的数据", "according to the data that the report shows"),
            ("报告显示，攻击者已离开。", "The report shows that they left."),
            ("共n个设备与x射线", "n devices and X-rays"),
            ("修复已发布。Quill表示感谢。", "A fix is out. Quill says thanks."),
            ("漏洞影响.NET框架", "the flaw affects .NET"),
            ("所以攻击失败了", "so the attack on libotter.so failed"),
            ("尽管它很旧，但仍在用。", "Although old it is used."),
            ("超过一千台", "more than a thousand"),
            ("在Quill.Run上", "on Quill.Run"),
        ] {
            assert_eq!(found(zh, en), Vec::<String>::new(), "{zh}");
        }
    }
}
