//! Posts that render another version of the article than the one they are compared with.

use crate::model::{Message, Relation, Severity};
use crate::qa::{Check, Doc, Draft, Unit, View};
use crate::text::numbers::{self, Kind, Quantity, agree};
use regex::Regex;
use std::sync::LazyLock;

/// The check.
pub const CHECK: Check = Check {
    name: "source-differs",
    category: "Other/Source version",
    doc: Doc {
        what: "The post seems to render another version of the article: the same figure differs in the same way time \
               and again, the original carries an update that the post has not, or much of either side has no \
               counterpart. Reported once.",
        why: "What looks like faults of the translator are changes the outlet made after it was translated.",
        known_problems: "A figure that is wrong in title and body alike looks like one that was corrected later.",
        example: "en: Update June 12: Valmorane confirmed the theft.\nzh: (nothing)",
    },
    fidelity: true,
    run,
};

static UPDATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^\W*(?:update|correction|clarification|editor['’]s note)\b[^.]{0,40}[:—–-]|^\W*(?:this|the) (?:story|article|post) (?:has been|was) (?:updated|corrected|amended)").ok()
});

/// Sentences without counterpart, as a share of a side, from which the versions differ; that on both sides.
const MUCH: f32 = 0.4;
/// Sentences below which a share says nothing.
const LEAST: usize = 8;

fn run(view: &View<'_>) -> Vec<Draft> {
    figures(view).or_else(|| shares(view)).or_else(|| update(view)).into_iter().collect()
}

/// The first place of a figure that differs in the same way in two sentences or more.
fn figures(view: &View<'_>) -> Option<Draft> {
    let mut seen: Vec<(Quantity, Quantity, &str)> = Vec::new();
    for (number, unit) in view.linked() {
        let Some((zh, en)) = lone_figures(unit) else { continue };
        if agree(&zh, &en) {
            continue;
        }
        let again = seen.iter().find(|(z, e, text)| {
            z.value == zh.value && e.value == en.value && *text != unit.en.text.as_str()
        });
        if again.is_some() {
            let said = |text: &str, q: &Quantity| q.span.slice(text).to_owned();
            let (zh_said, en_said) = (said(&unit.zh.text, &zh), said(&unit.en.text, &en));
            let message = Message::new(
                format!(
                    "Wherever the original says “{en_said}”, the post says “{zh_said}”: it may render another version."
                ),
                format!("原文的“{en_said}”在译文中均为“{zh_said}”，译文依据的可能是另一版本。"),
            );
            let range = |q: &Quantity| q.span.start()..q.span.end();
            return Some(
                Draft::new(number, Severity::Info, message).zh(range(&zh)).en(range(&en)).confidence(0.6),
            );
        }
        seen.push((zh, en, &unit.en.text));
    }
    None
}

/// The one count on either side.
fn lone_figures(unit: &Unit) -> Option<(Quantity, Quantity)> {
    let lone = |all: Vec<Quantity>| {
        let mut strong = all.into_iter().filter(|q| !q.weak && q.kind == Kind::Count);
        strong.next().filter(|_| strong.next().is_none())
    };
    Some((lone(numbers::chinese(&unit.zh.text))?, lone(numbers::english(&unit.en.text))?))
}

/// Where much of either side has no counterpart.
fn shares(view: &View<'_>) -> Option<Draft> {
    let count = |relation| view.units.iter().filter(|unit| unit.relation == relation).count();
    let (omitted, added) = (count(Relation::Omitted), count(Relation::Added));
    let linked = view.units.iter().filter(|unit| unit.is_linked()).count();
    let share = |lone: usize| lone as f32 / (lone + linked).max(1) as f32;
    let much = |lone: usize| lone + linked >= LEAST && share(lone) >= MUCH;
    if !(much(omitted) && much(added)) {
        return None;
    }
    let first = view.units.iter().position(|unit| unit.relation == Relation::Added)?;
    let percent = |lone: usize| (share(lone) * 100.0).round();
    let message = Message::new(
        format!(
            "{} % of the original and {} % of the post have no counterpart: it may render another version or article.",
            percent(omitted),
            percent(added)
        ),
        format!(
            "原文{}%、译文{}%的句子没有对应，译文依据的可能是另一版本或另一篇文章。",
            percent(omitted),
            percent(added)
        ),
    );
    let unit = view.units.get(first)?;
    Some(Draft::new(first, Severity::Info, message).zh(unit.zh.whole()).confidence(0.6))
}

/// An update of the original that the post has not.
fn update(view: &View<'_>) -> Option<Draft> {
    let regex = UPDATE.as_ref()?;
    let is_update = |unit: &Unit| unit.relation == Relation::Omitted && regex.is_match(&unit.en.text);
    let number = view.units.iter().position(is_update)?;
    let message = Message::new(
        "The original carries an update that the post has not: the post may render the version before.",
        "原文带有译文没有的更新，译文依据的可能是更新前的版本。",
    );
    let unit = view.units.get(number)?;
    Some(Draft::new(number, Severity::Info, message).en(unit.en.whole()).confidence(0.7))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qa::testing::drafts_of;

    #[test]
    fn another_version_is_reported_once() {
        let figures = [
            ("38万名旅客的数据泄露", "Data of 24 million travelers leaked"),
            ("此次事件涉及38万名旅客。", "The incident concerns 24 million travelers."),
            ("共有38万名旅客收到通知。", "All 24 million travelers were told."),
        ];
        assert_eq!(drafts_of(&CHECK, &figures).len(), 1);
        for update in [
            "Update June 12: Valmorane confirmed the theft.",
            "UPDATE: It is fixed.",
            "Correction 6/12: The number was wrong.",
            "This story has been updated with a statement.",
        ] {
            let found = drafts_of(&CHECK, &[("瓦尔莫兰遭入侵。", "Valmorane was breached."), ("", update)]);
            assert_eq!((found.len(), found[0].severity, found[0].unit), (1, Severity::Info, 1), "{update}");
        }
        let rows: Vec<(&str, &str)> = [("入侵。", "A breach."); 5]
            .into_iter()
            .chain([("", "More."); 5])
            .chain([("另有。", ""); 5])
            .collect();
        assert_eq!(drafts_of(&CHECK, &rows).len(), 1);
    }

    #[test]
    fn faults_of_a_sentence_are_no_version() {
        for rows in [
            &[("38万名旅客。", "It hit 24 million travelers.")][..],
            &[("24万。", "It has 240,000 users."), ("24万。", "All 240,000 users.")],
            &[("瓦尔莫兰遭入侵。", "Valmorane was breached."), ("", "Update your router now.")],
            &[("瓦尔莫兰遭入侵。", "Valmorane was breached."), ("", "The updates are out.")],
            &[("更新：已修复。", "Update: It is fixed.")],
            &[("", "More."), ("入侵。", "A breach."), ("另有。", "")],
        ] {
            assert!(drafts_of(&CHECK, rows).is_empty(), "{rows:?}");
        }
    }
}
