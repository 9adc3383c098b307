//! The same word twice in a row, and the same thing said twice.

mod pleonasms;

use crate::lexicon::Lexicon;
use crate::model::{Message, ParagraphKind, Severity};
use crate::qa::{Check, Doc, Draft, Line, Paragraph, View, paragraphs};
use crate::text::han::is_han;
use std::ops::Range;

/// The check.
pub const CHECK: Check = Check {
    name: "repeated-word",
    category: "Fluency/Grammar",
    doc: Doc {
        what: "A word, phrase or sentence that stands twice in a row, and pleonasms: 超过…以上, 大约…左右, 目的是为了, 原因是因为, connectives and auxiliaries that are doubled.",
        why: "It is left over from editing, or from a translation machine that rendered a word twice.",
        known_problems: "Words are cut by the lexicon's tokeniser; a word that it does not know may be cut so that two halves look alike. Reduplication that is right (常常, 一个一个, 研究研究) is passed over.",
        example: "zh: 员工容易受到钓鱼和其他攻击的攻击，受害者超过三百人以上。\nsaid: “攻击的攻击” says the word twice; “超过…以上” says the same twice.",
    },
    fidelity: false,
    run,
};

fn run(view: &View<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut last: Option<(ParagraphKind, String)> = None;
    for paragraph in paragraphs(view).iter().filter(|p| p.kind != ParagraphKind::Code) {
        for line in &paragraph.lines {
            let text = line.text(paragraph);
            if !text.chars().any(is_han) {
                continue;
            }
            drafts.extend(again(paragraph, line, text, last.as_ref()));
            last = Some((paragraph.kind, text.to_owned()));
            let mut faults = words(view.tools.lexicon, text);
            faults.extend(latin(text, view));
            for fault in pleonasms::faults(text) {
                if !faults.iter().any(|f| f.range.start < fault.range.end && fault.range.start < f.range.end)
                {
                    faults.push(fault);
                }
            }
            faults.sort_by_key(|fault| fault.range.start);
            drafts.extend(faults.into_iter().map(|fault| {
                let cause = text.get(fault.range.clone()).unwrap_or("").to_owned();
                let mut draft = Draft::new(line.unit, fault.severity, fault.message).cause(cause);
                draft.suggestion = fault.suggestion;
                draft.zh(line.in_unit(fault.range)).confidence(0.9)
            }));
        }
    }
    drafts
}

/// Something that is said twice.
struct Fault {
    range: Range<usize>,
    severity: Severity,
    message: Message,
    suggestion: Option<String>,
}

impl Fault {
    fn new(range: Range<usize>, severity: Severity, message: Message) -> Self {
        Self { range, severity, message, suggestion: None }
    }
}

/// A sentence that repeats the one before it, letter by letter.
fn again(
    paragraph: &Paragraph,
    line: &Line,
    text: &str,
    last: Option<&(ParagraphKind, String)>,
) -> Option<Draft> {
    let (kind, before) = last?;
    let long = text.chars().filter(|&c| is_han(c)).count() >= 6;
    (long && *kind == paragraph.kind && before == text).then(|| {
        let message = Message::new("The sentence stands there twice.", "该句重复出现。");
        Draft::new(line.unit, Severity::Minor, message).zh(line.in_unit(0..text.len()))
    })
}

/// Words of one character that are never doubled.
const SINGLE: &str = "的了在和是被将与以为对从由其该并但而也就都把这及或于所则此";

/// Words and phrases in which the doubling is right.
const RIGHT: [&str; 30] = [
    "的的确确",
    "不了了之",
    "是是非非",
    "和和气气",
    "一个一个",
    "一步一步",
    "一点一点",
    "一次一次",
    "一遍一遍",
    "一条一条",
    "一层一层",
    "一行一行",
    "一页一页",
    "非常非常",
    "很多很多",
    "研究研究",
    "讨论讨论",
    "考虑考虑",
    "商量商量",
    "哈哈哈哈",
    "谢谢谢谢",
    "许多许多",
    "多多多多",
    "一批一批",
    "一代一代",
    "一天一天",
    "一家一家",
    "一台一台",
    "所所",
    "以及以及其",
];

/// Who has one of their own kind: 供应商的供应商.
const OF_A_KIND: [&str; 12] =
    ["供应商", "客户", "朋友", "员工", "伙伴", "合作伙伴", "代理", "程序", "父母", "子女", "公司", "问题"];

/// The longest phrase that is looked for, in words.
const LONGEST: usize = 6;

fn words(lexicon: &Lexicon, text: &str) -> Vec<Fault> {
    let mut tokens: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    for word in lexicon.words(text) {
        tokens.push((at, word));
        at += word.len();
    }
    let mut faults: Vec<Fault> = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let found = (1..=LONGEST).rev().find_map(|n| doubled(text, &tokens, i, n));
        match found.or_else(|| of_itself(text, &tokens, i)) {
            Some((fault, next)) => {
                faults.push(fault);
                i = next;
            }
            None => i += 1,
        }
    }
    faults
}

type Found = (Fault, usize);

/// `n` words from the `i`-th on that follow once more.
fn doubled(text: &str, tokens: &[(usize, &str)], i: usize, n: usize) -> Option<Found> {
    let (first, second) = (tokens.get(i..i + n)?, tokens.get(i + n..i + 2 * n)?);
    let same = first.iter().zip(second).all(|(a, b)| a.1 == b.1);
    let phrase = first.iter().map(|t| t.1).collect::<String>();
    let chars = phrase.chars().count();
    let begins = phrase.chars().next().is_some_and(is_han);
    let worth = if chars == 1 { SINGLE.contains(&phrase) } else { begins };
    if !same || !worth {
        return None;
    }
    let start = first.first()?.0;
    let more = tokens.get(i + 2 * n..)?.chunks(n);
    let more =
        more.take_while(|next| next.len() == n && next.iter().zip(first).all(|(a, b)| a.1 == b.1)).count();
    let times = 2 + more;
    let end = start + times * phrase.len();
    if is_right(text, &(start..end), &phrase) {
        return None;
    }
    let trimmed = phrase.trim_end_matches(['、', '，', ' ']).to_owned();
    let often = if times == 2 { "twice".to_owned() } else { format!("{times} times") };
    let message =
        Message::new(format!("“{trimmed}” stands there {often} in a row."), format!("“{trimmed}”重复。"));
    let mut fault = Fault::new(start..end, Severity::Minor, message);
    fault.suggestion = Some(phrase);
    Some((fault, i + times * n))
}

fn is_right(text: &str, range: &Range<usize>, phrase: &str) -> bool {
    let listed = RIGHT.iter().any(|right| {
        text.match_indices(right).any(|(at, _)| at < range.end && range.start < at + right.len())
    });
    // Measures and numerals are doubled to say "each": 一个个, 层层, 步步.
    let chars: Vec<char> = phrase.chars().collect();
    let numeral = chars.first().is_some_and(|c| "一二三四五六七八九十百千万亿零〇两几".contains(*c));
    listed || (numeral && chars.len() <= 2)
}

/// `攻击的攻击`: an action of its own kind.
fn of_itself(text: &str, tokens: &[(usize, &str)], i: usize) -> Option<Found> {
    let (start, word) = *tokens.get(i)?;
    let (_, of) = *tokens.get(i + 1)?;
    let (at, again) = *tokens.get(i + 2)?;
    let is_word = word.chars().count() >= 2 && word.chars().all(is_han);
    if of != "的" || word != again || !is_word || OF_A_KIND.contains(&word) {
        return None;
    }
    let end = at + again.len();
    text.get(start..end)?;
    let message =
        Message::new(format!("“{word}的{word}” says the word twice."), format!("“{word}的{word}”用词重复。"));
    Some((Fault::new(start..end, Severity::Minor, message), i + 3))
}

/// A Latin word twice in a row, unless the original has it so (`Duran Duran`).
fn latin(text: &str, view: &View<'_>) -> Vec<Fault> {
    let words: Vec<(usize, &str)> = crate::text::latin::words_at(text).collect();
    let found = words.windows(2).filter_map(|pair| {
        let [(start, first), (at, second)] = *pair else { return None };
        let between = text.get(start + first.len()..at)?;
        let letters = first.len() > 2 && first.chars().all(char::is_alphabetic);
        if !letters || !first.eq_ignore_ascii_case(second) || between != " " {
            return None;
        }
        let whole = text.get(start..at + second.len())?;
        if view.pair.documents.en.article.text.contains(whole) {
            return None;
        }
        let message =
            Message::new(format!("“{first}” stands there twice in a row."), format!("“{first}”重复。"));
        let mut fault = Fault::new(start..at + second.len(), Severity::Minor, message);
        fault.suggestion = Some(first.to_owned());
        Some(fault)
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qa::testing::{drafts, drafts_in_paragraph, marked};

    const FOUND: &[(&str, &[&str])] = &[
        ("瓦尔莫兰的的数据库遭入侵。", &["的的"]),
        ("瓦尔莫兰的的的的数据库遭入侵。", &["的的的的"]),
        ("员工容易受到钓鱼和其他攻击的攻击。", &["攻击的攻击"]),
        ("研究人员研究人员发现了漏洞。", &["研究人员研究人员"]),
        ("攻击者窃取了密码、密码、地址。", &["密码、密码、"]),
        ("受害者超过三百人以上。", &["超过三百人以上"]),
        ("大约有20人左右受影响。", &["大约有20人左右"]),
        ("其目的是为了窃取数据。", &["目的是为了"]),
        ("原因是因为密码太弱。", &["原因是因为"]),
        ("感染超数千台路由器。", &["超数千"]),
        ("尽管该站已运行六年，但流量很低，但现已上升。", &["但流量很低，但"]),
        ("攻击者可以能够读取文件。", &["可以能够"]),
        ("Grelmo Grelmo加载器已下架。", &["Grelmo Grelmo"]),
        ("截至目前为止，尚无回应。", &["截至目前为止"]),
    ];

    #[test]
    fn what_is_said_twice_is_marked() {
        let wrong: Vec<_> = FOUND
            .iter()
            .map(|(text, expected)| (marked(&CHECK, text), *expected, text))
            .filter(|(found, expected, _)| found != expected)
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn reduplication_that_is_right_is_left_alone() {
        for text in [
            "他们常常、往往、刚刚、仅仅看看而已。",
            "攻击一一得逞，天天发生，一个个系统被一步步攻破。",
            "这的的确确是个问题，不能不了了之。",
            "为了了解存在在线的风险，他们参与与会者的讨论。",
            "地址为127.0.0.1和8.8.8.8，共11.11亿元。",
            "一对一对应，点对点通信，面对面对话。",
            "这是供应商的供应商。",
            "哈哈，他笑了笑。",
            "用户的用户名与密码的密文。",
            "超过三百人受影响，其中大约20人为员工，以上数据来自公告。",
            "尽管该站已运行六年，但流量很低。",
            "可能会能力不足；他将会见客户。",
        ] {
            assert_eq!(marked(&CHECK, text), Vec::<String>::new(), "{text}");
        }
        assert!(drafts(&CHECK, "Duran Duran乐队", "The band Duran Duran.").is_empty());
    }

    #[test]
    fn a_sentence_that_stands_twice_is_marked_once() {
        let found =
            drafts_in_paragraph(&CHECK, &["该公司已通知客户。", "该公司已通知客户。", "调查仍在继续。"]);
        assert_eq!(found.iter().map(|d| d.unit).collect::<Vec<_>>(), [1]);
    }
}
