//! Terms of the trade rendered by what means something else.

mod scene;
#[cfg(test)]
mod tests;
mod user;

use crate::lexicon::terms::{Faulty, Mention, Termbase, lower_words};
use crate::model::{Message, Severity};
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
        drafts.extend(
            misrendered.into_iter().filter(|(m, _, _)| !user.decides(m)).map(|(mention, faulty, zh)| {
                draft(number, unit, mention, faulty).zh(zh).en(mention.range.clone())
            }),
        );
        drafts.extend(user.drafts(number, unit));
    }
    drafts
}

/// The words of the sentences before and behind and of the title: what a text is about shows there.
fn neighbourhood(words: &[HashSet<String>], number: usize) -> HashSet<String> {
    let near = [number.checked_sub(1), Some(number + 1), Some(0)];
    near.into_iter().flatten().filter_map(|n| words.get(n)).flatten().cloned().collect()
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
        for (mention, (faulty, range)) in same.into_iter().zip(faults).take(open) {
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
                format!("“{said}” is rendered by “{zh}”, which is another sense ({why}); here it means “{right}”."),
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
