//! Names in the Chinese that its English does not have: an actor changed, or invented.

use crate::model::{Message, ParagraphKind, Relation, Severity};
use crate::qa::names::{English, Exonyms, Kind, Mention, Shape, Standing, is_generic};
use crate::qa::nearby::{self, Nearby};
use crate::qa::{Check, Doc, Draft, Side, Unit, View};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// The check.
pub const CHECK: Check = Check {
    name: "name-extra",
    category: "Accuracy/Entity",
    doc: Doc {
        what: "A name in the Chinese that the English sentence does not have: in place of a name that it has (major), \
               nowhere in the article (major), or beside whatever it has (info).",
        why: "It says of one what the original says of another.",
        known_problems: "A pronoun that is rendered by the name it stands for looks the same where that name was last \
                         mentioned far back.",
        example: "en: Valmorane accuses the Tidalmoth gang.\nzh: Brasswater指控Tidalmoth团伙。\n\
                  Brasswater: the original says Valmorane (major).",
    },
    fidelity: true,
    run,
};

/// Sentences before and after that a pronoun may lead back to.
const AROUND: usize = 3;

/// Firms whose Chinese name is an ordinary word as well.
const ORDINARY: &str = "现代 大众 兄弟 北面 连线 雷神 凯撒 无线 明镜 合作社 运通 精工 本田 火眼 奔驰 世界报 百事 苹果 \
动视 开云 塔塔 微星 夏普 潘多拉 保诚 友讯 腾达 大华 思杰 敦豪 安联 安盛 目标 福特 火狐 安卓 油管 必应 电报 币安 波场 \
比特币 以太坊 以太币 门罗币 莱特币 狗狗币 泰达币 瑞波币 视窗 堡垒之夜 黑帽";

/// A name in the Chinese.
struct Found {
    range: Range<usize>,
    text: String,
    is_place: bool,
    /// Whether it stands in the English article at all.
    known: bool,
    /// Whether part of it stands in the sentence.
    in_part: bool,
}

fn run(view: &View<'_>) -> Vec<Draft> {
    let telling = telling(view);
    let english: Vec<English> =
        view.units.iter().map(|unit| English::new(std::iter::once(unit.en.text.as_str()))).collect();
    let mut drafts = Vec::new();
    for (number, unit) in view.linked() {
        let Some(own) = english.get(number) else { continue };
        let around = number.saturating_sub(AROUND)..(number + AROUND + 1).min(english.len());
        let around = english.get(around).unwrap_or_default();
        let extra = extra(view, number, unit, own, &telling);
        if extra.is_empty() {
            continue;
        }
        let mut lost = lost(view, number);
        let nearby = Nearby::new(unit, view.tools.lexicon);
        for found in extra {
            let is_its_place = |mention: &&Mention| {
                is_place(mention) == found.is_place
                    && !found.in_part
                    && (found.is_place || stand_alike(&nearby, unit, &found.range, &mention.range))
            };
            let at = lost.iter().position(is_its_place);
            let replaced = at.map(|at| lost.remove(at));
            let is_near = around.iter().any(|english| stands(english, &found.text, view));
            drafts.extend(draft(number, unit, found, replaced, is_near));
        }
    }
    drafts
}

/// How much of a sentence is rendered if it is translated rather than written anew.
const RENDERED: f32 = 0.5;

/// Whether what stands around a name in the Chinese renders what stands around another in the English, or what the
/// sentence says is rendered as a whole: a title that is written anew names others, and replaces none.
fn stand_alike(nearby: &Nearby<'_>, unit: &Unit, zh: &Range<usize>, en: &Range<usize>) -> bool {
    let running = |side: &Side| {
        matches!(side.kind, Some(ParagraphKind::Lead | ParagraphKind::Body | ParagraphKind::ListItem))
    };
    if unit.relation == Relation::Translation && running(&unit.zh) && running(&unit.en) {
        return true;
    }
    let clause = nearby::clause(&unit.zh.text, zh.start, 0);
    nearby.places(en.start).iter().flatten().any(|place| clause.contains(place))
        || unit.en.kind != Some(ParagraphKind::Title) && nearby.rendered_but_for(en) >= RENDERED
}

/// Words that names of the article are told by.
fn telling(view: &View<'_>) -> FxHashSet<String> {
    let is_sure = |mention: &&Mention| view.names.english.is_sure(mention);
    let mentions = view.names.units.iter().flat_map(|names| &names.en).filter(is_sure);
    let words = mentions.flat_map(|mention| mention.words.iter().zip(&mention.shapes));
    let telling = words.filter(|(word, shape)| {
        word.len() > 2 && !is_generic(word) && matches!(shape, Shape::Capital | Shape::Mixed)
    });
    telling.map(|(word, _)| word.clone()).collect()
}

/// The names of a unit's Chinese that its English does not have.
fn extra(
    view: &View<'_>,
    number: usize,
    unit: &Unit,
    own: &English,
    telling: &FxHashSet<String>,
) -> Vec<Found> {
    let Some(names) = view.names.units.get(number) else { return Vec::new() };
    let mut found = Vec::new();
    for run in &names.zh.runs {
        let whole: String = run.tokens.iter().map(|token| token.key.as_str()).collect();
        let strange = run
            .tokens
            .iter()
            .find(|t| telling.contains(&t.key) && !t.technical && !stands(own, &t.key, view));
        if let Some(token) = strange.filter(|_| !own.has(&whole)) {
            let text = unit.zh.text.get(run.range.clone()).unwrap_or(&token.key).to_owned();
            let known = view.names.english.has(&token.key);
            let in_part = run.tokens.iter().any(|token| token.key.len() > 1 && stands(own, &token.key, view));
            found.push(Found { range: run.range.clone(), text, is_place: false, known, in_part });
        }
    }
    for (at, row) in &names.zh.exonyms {
        let is_place = match row.kind {
            Kind::Place => true,
            Kind::Company => false,
            _ => continue,
        };
        // Of 亚马逊云, 亚马逊 is enough.
        let starts =
            row.zh.char_indices().map(|(at, c)| at + c.len_utf8()).filter_map(|end| row.zh.get(..end));
        let any = |english: &English| {
            starts.clone().flat_map(|zh| Exonyms::builtin().named(zh)).any(|row| english.has(&key(row.en)))
        };
        let known = any(&view.names.english);
        // A country that says whose authority it is, and what stands for a name in the article's own words.
        let ordinary = ORDINARY.split_whitespace().any(|word| word == row.zh) || (is_place && of_all(row.zh));
        let range = *at..*at + row.zh.len();
        if any(own) || (is_place && !known) || ordinary || !is_word(&unit.zh.text, &range, view) {
            continue;
        }
        found.push(Found { range, text: row.zh.to_owned(), is_place, known, in_part: false });
    }
    found.sort_by_key(|found| found.range.start);
    found
}

/// Whether a stretch begins and ends where words do: 动视 does not stand in 驱动视频.
fn is_word(text: &str, range: &Range<usize>, view: &View<'_>) -> bool {
    let mut at = 0;
    let ends = view.tools.lexicon.words(text).into_iter().map(|word| {
        at += word.len();
        at
    });
    let ends: Vec<usize> = ends.collect();
    (range.start == 0 || ends.contains(&range.start)) && ends.contains(&range.end)
}

/// Places that translators add to make plain whose an authority is.
fn of_all(zh: &str) -> bool {
    matches!(zh, "美国" | "英国" | "中国" | "欧洲" | "欧盟" | "中文" | "西方" | "华盛顿")
}

/// Whether a name stands in a sentence, or what it abbreviates does.
fn stands(english: &English, name: &str, view: &View<'_>) -> bool {
    let key = key(name);
    let long = view.names.english.expansion(&key).is_some_and(|words| english.has(&words.concat()));
    let exonym = Exonyms::builtin().named(name).any(|row| english.has(&self::key(row.en)));
    let latin = Exonyms::builtin().of(&key).any(|row| english.has(&self::key(row.zh)));
    let short = key.is_ascii() && !key.is_empty() && english.abbreviates(&key) && key.len() > 2;
    english.has(&key) || long || exonym || latin || short
}

fn key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Names of the English that the Chinese has not.
fn lost<'v>(view: &'v View<'_>, number: usize) -> Vec<&'v Mention> {
    let Some(names) = view.names.units.get(number) else { return Vec::new() };
    let candidates = names.en.iter().filter(|mention| {
        let telling = mention.words.iter().any(|word| word.len() > 2 && !is_generic(word));
        let sure =
            view.names.english.is_sure(mention) && !mention.text.contains(|c: char| c.is_ascii_digit());
        (sure || is_place(mention)) && telling && !mention.is_acronym()
    });
    let lost = candidates.filter(|mention| {
        let standing = view.names.standing(number, mention, &view.units, view.tools.lexicon);
        matches!(standing, Standing::Nowhere | Standing::Elsewhere)
    });
    lost.collect()
}

fn is_place(mention: &Mention) -> bool {
    Exonyms::builtin().kind(&mention.key()) == Some(Kind::Place)
}

fn draft(
    number: usize,
    unit: &Unit,
    found: Found,
    replaced: Option<&Mention>,
    is_near: bool,
) -> Option<Draft> {
    let text = &found.text;
    let (severity, confidence, message) = match replaced {
        Some(mention) => {
            let original = &mention.text;
            let message = Message::new(
                format!("“{text}” stands where the original says “{original}”."),
                format!("此处为“{text}”，原文为“{original}”。"),
            );
            (Severity::Major, 0.75, message)
        }
        None if !found.known && !found.is_place => {
            let message = Message::new(
                format!("“{text}” is named nowhere in the original."),
                format!("原文没有提到“{text}”。"),
            );
            (Severity::Major, 0.7, message)
        }
        None => {
            let message = Message::new(
                format!("“{text}” is not named in the English sentence."),
                format!("英文句中没有提到“{text}”。"),
            );
            (Severity::Info, if is_near { 0.3 } else { 0.5 }, message)
        }
    };
    let draft = Draft::new(number, severity, message).zh(found.range.clone()).confidence(confidence);
    let draft = draft.cause(text.to_lowercase());
    let range = replaced
        .map(|mention| mention.range.clone())
        .filter(|range| unit.en.text.get(range.clone()).is_some());
    Some(match (range, replaced) {
        (Some(range), Some(mention)) => draft.en(range).suggest(&mention.text),
        _ => draft,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::qa::testing::drafts_of;

    const REST: (&str, &str) = (
        "包括Brasswater、Valmorane和Tidalmoth，来自印度和埃及。",
        "Among them are Brasswater, Valmorane and Tidalmoth from India and Egypt.",
    );

    /// What is found in a sentence that stands far from the one that names all.
    fn found(zh: &str, en: &str) -> Vec<(String, Severity)> {
        let plain = ("调查仍在进行。", "The investigation goes on.");
        let drafts = drafts_of(&CHECK, &[REST, plain, plain, plain, plain, (zh, en)]);
        let drafts = drafts.into_iter().filter(|d| d.unit == 5 && d.severity > Severity::Info);
        drafts.map(|d| (zh[d.zh[0].clone()].to_owned(), d.severity)).collect()
    }

    #[test]
    fn actors_that_changed() {
        for (zh, en, marked, severity) in [
            ("Brasswater指控该团伙。", "Valmorane accuses the gang.", "Brasswater", Severity::Major),
            (
                "该恶意软件由Brasswater开发。",
                "The malware was made by Tidalmoth.",
                "Brasswater",
                Severity::Major,
            ),
            ("受害者在埃及。", "The victims are in India.", "埃及", Severity::Major),
            ("微软用户应当小心。", "The users of that shop should beware.", "微软", Severity::Major),
            // Both stand elsewhere in both articles.
            ("Brasswater遭到入侵。", "Tidalmoth was breached.", "Brasswater", Severity::Major),
        ] {
            assert_eq!(found(zh, en), [(marked.to_owned(), severity)], "{zh}");
        }
    }

    #[test]
    fn names_that_belong_there() {
        for (zh, en) in [
            ("Valmorane指控该团伙。", "Valmorane accuses the gang."),
            ("Valmorane公司的Tidalmoth。", "Tidalmoth of Valmorane."),
            ("美国司法部宣布。", "The Justice Department announced."),
            ("谷歌表示。", "Google says."),
            ("该公司未予置评。", "Brasswater has not commented."),
            ("印度用户", "Indian users"),
            ("现代系统", "modern systems"),
            ("攻击者使用亚马逊云。", "They used the Amazon cloud."),
            ("Brasswater未予置评。", "Nobody has commented."),
        ] {
            assert_eq!(found(zh, en), [], "{zh}");
        }
    }

    #[test]
    fn a_pronoun_may_lead_back_a_little() {
        let rows = [REST, ("Valmorane表示", "The company says")];
        assert!(drafts_of(&CHECK, &rows).iter().all(|d| d.severity == Severity::Info));
    }
}
