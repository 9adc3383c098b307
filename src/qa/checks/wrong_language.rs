//! Text in another language than its side's.

use crate::lexicon::is_function_word;
use crate::model::{Message, ParagraphKind, Severity};
use crate::qa::{Check, Doc, Draft, Side, View};
use crate::text::han;
use std::ops::Range;

/// The check.
pub const CHECK: Check = Check {
    name: "wrong-language",
    category: "Accuracy/Untranslated",
    doc: Doc {
        what: "A sentence of the post that is not Chinese, a long stretch of English left in one, letters of a third \
               script that the original has not; and a paragraph of the original that is not English.",
        why: "Readers of the post cannot read it.",
        known_problems: "Traditional characters are another check's. Short stretches are left to `untranslated`; names, \
                         commands and code are passed over, so that a slogan of few small words is, too.",
        example: "en: The company has not paid the ransom and has no plans to do so.\n\
                  zh: 该公司在声明中表示has not paid the ransom and has no plans。",
    },
    fidelity: true,
    run,
};

/// Words in a row from which a stretch of Latin letters may be a clause.
const LEAST_WORDS: usize = 5;

/// The least share of function words in a clause of English; prose has 0.4, names and titles have less than 0.2.
const LEAST_SMALL_WORDS: f32 = 0.25;

/// The share of Han among letters under which a Chinese sentence is none.
const LEAST_HAN: f32 = 0.1;

/// Letters from which the language of a paragraph can be told.
const ENOUGH: usize = 80;

fn run(view: &View<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (number, unit) in view.units.iter().enumerate() {
        if unit.zh.kind != Some(ParagraphKind::Code) {
            drafts.extend(stretches(&unit.zh).into_iter().map(|range| stretch(number, &unit.zh, range)));
            drafts.extend(foreign(&unit.zh.text, &unit.en.text).map(|(range, script)| {
                let message = Message::new(
                    format!("There are {script} letters in the Chinese that the original has not."),
                    format!("译文中有原文没有的{}字符。", script_zh(script)),
                );
                Draft::new(number, Severity::Minor, message).zh(range).cause(script).confidence(0.8)
            }));
        }
        if let Some(language) = other_language(&unit.en) {
            let message = Message::new(
                format!("The original is not English here but {language}."),
                format!("此处原文不是英文（{language}）。"),
            );
            drafts.push(Draft::new(number, Severity::Info, message).en(unit.en.whole()).cause(language));
        }
    }
    drafts
}

fn stretch(number: usize, side: &Side, range: Range<usize>) -> Draft {
    let text = side.text.get(range.clone()).unwrap_or_default();
    let start: String = text.split_whitespace().take(4).collect::<Vec<_>>().join(" ");
    let is_sentence = han::share(&side.text) < LEAST_HAN;
    let (severity, message) = if is_sentence {
        let zh = format!("整句未译，仍为英文：“{start} …”。");
        (Severity::Major, Message::new(format!("The sentence is left in English: “{start} …”."), zh))
    } else {
        let zh = format!("一段英文未译：“{start} …”。");
        (Severity::Minor, Message::new(format!("A stretch is left in English: “{start} …”."), zh))
    };
    Draft::new(number, severity, message).zh(range).confidence(0.9)
}

/// Stretches of words in Latin letters, nothing but blanks and light punctuation between, that read as English.
fn stretches(side: &Side) -> Vec<Range<usize>> {
    let text = side.text.as_str();
    let mut found = Vec::new();
    let mut run: Vec<Range<usize>> = Vec::new();
    for word in words(text) {
        let between = run.last().map(|last| text.get(last.end..word.start).unwrap_or_default());
        if between.is_some_and(|between| !between.chars().all(is_light)) {
            found.extend(clause(text, &run));
            run.clear();
        }
        run.push(word);
    }
    found.extend(clause(text, &run));
    found
}

fn clause(text: &str, run: &[Range<usize>]) -> Option<Range<usize>> {
    let (first, last) = (run.first()?, run.last()?);
    let words = || run.iter().filter_map(|range| text.get(range.clone()));
    let small = words().filter(|word| is_function_word(&word.to_lowercase())).count();
    let lower = words().filter(|word| word.starts_with(char::is_lowercase)).count();
    let is_prose = small as f32 >= LEAST_SMALL_WORDS * run.len() as f32 && lower * 2 > run.len();
    (run.len() >= LEAST_WORDS && is_prose).then_some(first.start..last.end)
}

/// Words of ASCII letters, with apostrophes and hyphens.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let from = at + text.get(at..)?.find(|c: char| c.is_ascii_alphabetic())?;
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '\'' | '’' | '-');
        let length = text.get(from..)?.find(|c: char| !is_part(c));
        at = length.map_or(text.len(), |length| from + length);
        Some(from..at)
    })
}

/// What may stand between the words of a clause; slashes, braces and the like are code's.
fn is_light(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | ',' | '，' | '"' | '“' | '”' | ':' | ';')
}

/// The first run of two letters or more of a script that neither language uses and the English has not.
fn foreign(zh: &str, en: &str) -> Option<(Range<usize>, &'static str)> {
    let script = |c: char| match c {
        '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' => Some("Japanese"),
        '\u{AC00}'..='\u{D7A3}' => Some("Korean"),
        '\u{0400}'..='\u{04FF}' => Some("Cyrillic"),
        '\u{0600}'..='\u{06FF}' => Some("Arabic"),
        _ => None,
    };
    let mut run: Option<(usize, &'static str, usize)> = None;
    let ends = zh.char_indices().map(|(at, c)| (at, script(c))).chain([(zh.len(), None)]);
    for (at, kind) in ends {
        run = match (run, kind) {
            (Some((start, script, letters)), Some(kind)) if script == kind => {
                Some((start, script, letters + 1))
            }
            (Some((start, name, letters)), _)
                if letters > 1 && !en.chars().any(|c| script(c) == Some(name)) =>
            {
                return Some((start..at, name));
            }
            (_, kind) => kind.map(|kind| (at, kind, 1)),
        };
    }
    None
}

fn script_zh(script: &str) -> &'static str {
    match script {
        "Japanese" => "日文",
        "Korean" => "朝鲜文",
        "Cyrillic" => "西里尔",
        _ => "阿拉伯文",
    }
}

/// The language of a paragraph on the English side that is certainly another one.
fn other_language(side: &Side) -> Option<&'static str> {
    let letters = side.text.chars().filter(|c| c.is_alphabetic()).count();
    if side.kind == Some(ParagraphKind::Code) || letters < ENOUGH {
        return None;
    }
    if han::share(&side.text) > 0.3 {
        return Some("Chinese");
    }
    let small =
        words(&side.text).filter_map(|r| side.text.get(r)).filter(|w| is_function_word(&w.to_lowercase()));
    if small.count() > 2 {
        return None;
    }
    let told = whatlang::detect(&side.text)?;
    (told.is_reliable() && told.lang() != whatlang::Lang::Eng).then(|| told.lang().eng_name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qa::testing::drafts;

    #[test]
    fn what_is_left_in_english_is_found() {
        for (zh, marked, severity) in [
            (
                "该公司在周一发布的声明中表示has not paid the ransom and has no plans。",
                "has not paid the ransom and has no plans",
                Severity::Minor,
            ),
            (
                "Valmorane said it will not pay the ransom.",
                "Valmorane said it will not pay the ransom",
                Severity::Major,
            ),
            (
                "该公司发言人周二告诉记者“we are still looking into this and will update”。",
                "we are still looking into this and will update",
                Severity::Minor,
            ),
        ] {
            let found = drafts(&CHECK, zh, "It says so.");
            assert_eq!(found.len(), 1, "{zh}: {found:?}");
            assert_eq!((&zh[found[0].zh[0].clone()], found[0].severity), (marked, severity));
        }
        let found = drafts(&CHECK, "该组织自称Чёрный Тополь。", "The group calls itself Black Poplar.");
        assert_eq!(found.len(), 1);
        let spanish = "La empresa confirmó ayer que los atacantes robaron los datos personales de miles de clientes en España y Portugal.";
        let found = drafts(&CHECK, "该公司证实数据被盗。", spanish);
        assert_eq!((found.len(), found[0].severity), (1, Severity::Info));
    }

    #[test]
    fn names_commands_and_code_are_no_language() {
        for zh in [
            "",
            "该漏洞影响Windows Server 2025、Palisade Edge Gateway和Tidalmoth Stealer。",
            "运行 powershell -NoProfile -ExecutionPolicy Bypass -File update.ps1 即可。",
            "路径为C:\\Users\\public\\the\\of\\and\\to。",
            "微软的Microsoft Security Response Center (MSRC) for Windows。",
            "详见https://news.example/this-is-not-the-end-of-it/",
            "Center for Internet Security",
            "该组织名为The Ministry of the Quiet Noise。",
        ] {
            assert!(drafts(&CHECK, zh, "It says so.").is_empty(), "{zh}");
        }
        assert!(drafts(&CHECK, "自称Чёрный。", "It calls itself Чёрный.").is_empty());
    }
}
