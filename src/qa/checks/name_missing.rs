//! Names of the English that the Chinese leaves out.

use crate::lexicon::is_function_word;
use crate::model::{Message, Relation, Severity};
use crate::qa::names::{Exonyms, Kind, Mention, Shape, Standing, is_generic};
use crate::qa::{Check, Doc, Draft, View};
use rustc_hash::FxHashMap;

/// The check.
pub const CHECK: Check = Check {
    name: "name-missing",
    category: "Accuracy/Omission",
    doc: Doc {
        what: "A name of an English sentence that is neither in its rendering nor anywhere in the post: not in Latin \
               letters, not as Chinese calls it, not as an abbreviation. One that other sentences of the post have is \
               worth knowing only (info).",
        why: "Readers do not learn who did it, who found it, or whom it struck.",
        known_problems: "A name in Chinese spelling that the table of exonyms lacks is guessed at by its characters. \
                         Names made of ordinary words count as rendered if the words are.",
        example: "en: Researchers at Valmorane Labs found the flaw.\nzh: 研究人员发现了该漏洞。\n\
                  Valmorane Labs: nowhere in the post (minor).",
    },
    fidelity: true,
    run,
};

fn run(view: &View<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (number, unit) in view.linked() {
        if is_credit(&unit.en.text) {
            continue;
        }
        let Some(names) = view.names.units.get(number) else { continue };
        let standings: Vec<(&Mention, Standing)> = names
            .en
            .iter()
            .map(|mention| (mention, view.names.standing(number, mention, &view.units, view.tools.lexicon)))
            .collect();
        let mut seen: FxHashMap<String, ()> = FxHashMap::default();
        for (mention, standing) in &standings {
            if seen.insert(mention.key(), ()).is_none() {
                drafts.extend(draft(view, number, mention, standing, &standings, unit.relation));
            }
        }
    }
    drafts
}

fn draft(
    view: &View<'_>,
    number: usize,
    mention: &Mention,
    standing: &Standing,
    all: &[(&Mention, Standing)],
    relation: Relation,
) -> Option<Draft> {
    let name = &mention.text;
    let (severity, confidence) = match standing {
        Standing::Nowhere
            if (weighs(mention) || is_only_a_name(view, number, mention))
                && view.names.english.is_sure(mention)
                && !is_operation(view, number, mention)
                || is_left_out_of_list(mention, all) =>
        {
            (Severity::Minor, 0.8)
        }
        // Half of such a name may be rendered by chance.
        Standing::InPart if view.names.speaks(mention, &view.units) => (Severity::Minor, 0.6),
        // What a lead leaves out of the sentence that it repeats stands in the body.
        Standing::Elsewhere if relation != Relation::Repeat => (Severity::Info, 0.5),
        Standing::Nowhere | Standing::Perhaps if !mention.is_acronym() => (Severity::Info, 0.4),
        _ => return None,
    };
    let message = match standing {
        Standing::Elsewhere => Message::new(
            format!("“{name}” is left out here; other sentences of the post have it."),
            format!("此处漏掉了“{name}”，文中别处有。"),
        ),
        _ => Message::new(
            format!("“{name}” is nowhere in the post."),
            format!("全文没有出现“{name}”，漏译名称。"),
        ),
    };
    let draft = Draft::new(number, severity, message).en(mention.range.clone()).confidence(confidence);
    Some(draft.cause(mention.key()))
}

/// Whether a name is one that readers would miss: made for its bearer, not a place, a month or a common word.
fn weighs(mention: &Mention) -> bool {
    let key = mention.key();
    let is_place = Exonyms::builtin().kind(&key) == Some(Kind::Place)
        || mention.words.iter().any(|word| Exonyms::builtin().kind(word) == Some(Kind::Place));
    let telling = mention.words.iter().zip(&mention.shapes).any(|(word, shape)| {
        word.len() > 2
            && !is_generic(word)
            && !is_function_word(word)
            && matches!(shape, Shape::Capital | Shape::Mixed)
    });
    mention.strong && telling && !is_place
}

/// Whether a word of the dictionary is nothing but a name in this article: never without its capital, and not a part of a
/// compound. A place whose Chinese name is known counts as well.
fn is_only_a_name(view: &View<'_>, number: usize, mention: &Mention) -> bool {
    let Some(unit) = view.units.get(number) else { return false };
    let [word] = mention.words.as_slice() else { return false };
    let beside = |at: Option<char>| at.is_some_and(|c| matches!(c, '-' | '‑' | '–'));
    let text = &unit.en.text;
    let before = text.get(..mention.range.start).and_then(|left| left.chars().next_back());
    let behind = text.get(mention.range.end..).and_then(|right| right.chars().next());
    let is_small = matches!(word.as_str(), "us" | "usa" | "uk" | "america" | "american");
    let never_a_word =
        view.names.english.forms(word).is_some_and(|forms| forms.lower == 0 && forms.inside > 0);
    unit.relation == Relation::Translation
        && !unit.en.is_headline()
        && word.len() > 2
        && !is_small
        && !is_generic(word)
        && !is_function_word(word)
        && matches!(mention.shapes.first(), Some(Shape::Capital | Shape::Mixed))
        && never_a_word
        && !beside(before)
        && !beside(behind)
}

/// Whether an operation is named and Chinese speaks of one: its name is translated as a rule.
fn is_operation(view: &View<'_>, number: usize, mention: &Mention) -> bool {
    let Some(unit) = view.units.get(number) else { return false };
    let before = unit.en.text.get(..mention.range.start).unwrap_or_default();
    let before = before.trim_end_matches(['"', '\'', '“', '‘', ' ']);
    (before.ends_with("Operation") || mention.text.starts_with("Operation")) && unit.zh.text.contains("行动")
}

/// Whether others of the same list of places are rendered.
fn is_left_out_of_list(mention: &Mention, all: &[(&Mention, Standing)]) -> bool {
    let is_place = |m: &Mention| Exonyms::builtin().kind(&m.key()) == Some(Kind::Place);
    let others =
        all.iter().filter(|(other, standing)| is_place(other) && *standing == Standing::Here).count();
    is_place(mention) && !matches!(mention.key().as_str(), "us" | "usa" | "uk") && others >= 2
}

/// Whether a line only says where a picture is from.
fn is_credit(text: &str) -> bool {
    let start: String = text.chars().take(12).collect::<String>().to_lowercase();
    ["source:", "image:", "photo:", "credit:", "source "].iter().any(|mark| start.starts_with(mark))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::qa::testing::drafts_of;

    fn found(rows: &[(&str, &str)], least: Severity) -> Vec<String> {
        let drafts = drafts_of(&CHECK, rows);
        let marked = |d: &Draft| rows[d.unit].1[d.en[0].clone()].to_owned();
        drafts.iter().filter(|d| d.severity >= least).map(marked).collect()
    }

    #[test]
    fn names_that_the_post_lacks() {
        for (zh, en, name) in [
            ("研究人员发现了该漏洞。", "Researchers at Valmorane Labs found the flaw.", "Valmorane Labs"),
            ("该漏洞由安全专家披露。", "The flaw was disclosed by Ana Zvorka.", "Ana Zvorka"),
            ("该团伙使用窃取程序。", "The gang uses the QuillSnatch stealer.", "QuillSnatch"),
            ("受害者位于印度、埃及和巴西。", "Victims are in India, Egypt, Brazil, and Turkey.", "Turkey"),
            // Words of the dictionary that are nothing but names here.
            ("该团伙出售一种工具。", "The gang sells a tool called Gaslight.", "Gaslight"),
            ("该男子已被捕。", "The man known as \"Varlet,\" has been arrested.", "Varlet"),
        ] {
            assert_eq!(found(&[(zh, en)], Severity::Minor), [name], "{en}");
        }
    }

    #[test]
    fn names_that_are_rendered_or_not_missed() {
        for (zh, en) in [
            ("微软修复了该漏洞。", "The flaw was fixed by Microsoft."),
            ("美国联邦调查局发出警告。", "The warning comes from the FBI."),
            ("Valmorane实验室发现了该漏洞。", "It was found by Valmorane Labs."),
            ("Valmorane发现了该漏洞。", "It was found by Valmorane's team."),
            ("补丁星期二发布了更新。", "Updates came on Patch Tuesday."),
            ("这是一个密闭的房间。", "It is a Faraday-cage room."),
            ("一次新的劫持攻击", "New Hijack Attack Hits Banks"),
            ("攻击于周二被发现。", "The attack was found on Tuesday in May."),
            ("被动身份连接器存在漏洞。", "The flaw is in the Passive Identity Connector."),
            ("歌手泰勒·斯威特的门票", "tickets for singer Taylor Zwyft"),
            ("图片", "Source: Valmorane Labs"),
            ("据悉，该公司未付赎金。", "The company told BleepingComputer that it has not paid."),
        ] {
            assert_eq!(found(&[(zh, en)], Severity::Minor), Vec::<String>::new(), "{en}");
        }
    }

    #[test]
    fn what_another_sentence_has_is_worth_knowing_only() {
        let rows = [
            ("Zvorka披露了漏洞。", "Zvorka disclosed the flaw."),
            ("随后发布补丁。", "A patch followed, said Zvorka."),
        ];
        assert_eq!(found(&rows, Severity::Minor), Vec::<String>::new());
        assert_eq!(found(&rows, Severity::Info), ["Zvorka"]);
    }
}
