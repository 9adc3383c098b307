//! Terms of the trade rendered by what means something else.

mod scene;
#[cfg(test)]
mod tests;
mod user;

use crate::lexicon::terms::{Faulty, Mention, Termbase, lower_words};
use crate::model::{Message, ParagraphKind, Relation, Severity};
use crate::qa::{Check, Doc, Draft, Unit, View};
use scene::Scene;
use std::collections::HashSet;

/// The check.
pub const CHECK: Check = Check {
    name: "term",
    category: "Terminology/Wrong term",
    doc: Doc {
        what: "A term of the trade that is rendered by a word of another sense, or by one the trade does not use; and the \
               user's own required and forbidden terms.",
        why: "A dropper is no 滴管 (a tube for drops), a breach no 违规 (a violation): readers learn something else, or \
              nothing.",
        known_problems: "It knows the renderings that corpora/glossary/terms.toml lists as wrong, and no others. One is \
                         passed over where any other English word of the sentence may stand behind it.",
        example: "en: Tidalmoth's dropper fetches two payloads.\nzh: Tidalmoth的滴管会获取两个载荷。\n\
                  “dropper” is rendered by “滴管” (a tube for drops); the trade says 投放器.",
    },
    fidelity: true,
    run,
};

/// Characters from which a faulty rendering stands for its term whatever else stands in the sentence: 广告活动 comes from
/// nothing but `campaign`, and a free translator may have put the right word elsewhere for another.
const TELLING: usize = 4;

/// Characters of Chinese for one of English below which a sentence is taken for a summary.
const SHORTEST: f32 = 0.22;

fn run(view: &View<'_>) -> Vec<Draft> {
    let words: Vec<HashSet<String>> =
        view.units.iter().map(|unit| lower_words(&unit.en.text).collect()).collect();
    let user = user::Terms::new(view.config);
    let mut drafts = Vec::new();
    for (number, unit) in view.linked() {
        let beside = neighbourhood(&words, number);
        let mentions = Termbase::builtin().heads_beside(&unit.en.text, &beside);
        let scene = Scene::new(unit, &mentions, view.tools.lexicon);
        let misrendered = misrendered(&scene, &mentions);
        drafts.extend(misrendered.into_iter().filter(|(m, _, _)| !user.decides(m)).map(
            |(mention, faulty, zh)| draft(number, unit, mention, faulty).zh(zh).en(mention.range.clone()),
        ));
        drafts.extend(absent(&scene, &mentions, unit).map(|mention| absence(number, mention)));
        drafts.extend(user.drafts(number, unit));
    }
    drafts
}

/// The words of the two sentences before and behind and of the title: what a text is about shows there.
fn neighbourhood(words: &[HashSet<String>], number: usize) -> HashSet<String> {
    let near = (number.saturating_sub(2)..number + 3).chain([0]);
    near.filter_map(|n| words.get(n)).flatten().cloned().collect()
}

type Misrendered<'m> = (&'m Mention<'m>, &'m Faulty, std::ops::Range<usize>);

/// Which mentions are rendered by what is known to be wrong.
fn misrendered<'m>(scene: &Scene<'_>, mentions: &'m [Mention<'m>]) -> Vec<Misrendered<'m>> {
    let mut found: Vec<Misrendered<'m>> = Vec::new();
    for (at, mention) in mentions.iter().enumerate() {
        if mentions.iter().take(at).any(|earlier| earlier.number == mention.number) {
            continue;
        }
        let same: Vec<&Mention<'_>> = mentions.iter().filter(|m| m.number == mention.number).collect();
        let faults = scene.faults(mention);
        let open = same.len().saturating_sub(if faults.is_empty() { 0 } else { scene.accounted(mention) });
        for (at, (mention, (faulty, range))) in same.into_iter().zip(faults).enumerate() {
            if at >= open && faulty.zh.chars().count() < TELLING {
                continue;
            }
            let clash = |(m, _, r): &Misrendered<'_>| {
                m.range == mention.range || (r.start < range.end && range.start < r.end)
            };
            if !found.iter().any(clash) {
                found.push((mention, faulty, range));
            }
        }
    }
    found
}

/// Mentions of things with one name that nothing in a sentence of its full length renders. Titles are free.
fn absent<'m>(
    scene: &'m Scene<'_>,
    mentions: &'m [Mention<'m>],
    unit: &Unit,
) -> impl Iterator<Item = &'m Mention<'m>> {
    let length = |text: &str| text.chars().count() as f32;
    let is_whole = length(&unit.zh.text) > SHORTEST * length(&unit.en.text);
    let is_body = unit.zh.kind != Some(ParagraphKind::Title) && unit.relation != Relation::Repeat;
    let open = mentions.iter().filter(|m| m.term.closed && scene.is_absent(m));
    open.filter(move |_| is_whole && is_body)
}

fn absence(number: usize, mention: &Mention<'_>) -> Draft {
    let head = &mention.term.head;
    let right = mention.term.approved.first().map_or("", String::as_str);
    let message = Message::new(
        format!("“{head}” (“{right}”) has none of its renderings in the Chinese."),
        format!("“{head}”（“{right}”）在译文中未见通行译法。"),
    );
    let draft = Draft::new(number, Severity::Minor, message).confidence(0.5).en(mention.range.clone());
    draft.suggest(right).cause(head.clone())
}

fn draft(number: usize, unit: &Unit, mention: &Mention<'_>, faulty: &Faulty) -> Draft {
    let term = mention.term;
    let said = unit.en.text.get(mention.range.clone()).unwrap_or(&term.head);
    let right = term.approved.first().map_or("", String::as_str);
    let Faulty { zh, why, severity } = faulty;
    let (message, confidence) = match severity {
        Severity::Minor => (
            Message::new(
                format!("“{said}” is rendered by “{zh}” ({why}); the trade says “{right}”."),
                format!("“{said}”译作“{zh}”不合行业用语，通常译作“{right}”。"),
            ),
            0.7,
        ),
        _ => (
            Message::new(
                format!(
                    "“{said}” is rendered by “{zh}”, which is another sense ({why}); here it means “{right}”."
                ),
                format!("“{said}”译作“{zh}”取错了词义，此处指“{right}”。"),
            ),
            0.9,
        ),
    };
    Draft::new(number, *severity, message)
        .confidence(confidence)
        .suggest(right)
        .cause(format!("{}={zh}", term.head))
}
