//! Names kept in Latin letters here and rendered by words there, and names of which half is translated.

use crate::model::{Message, Relation, Severity};
use crate::qa::names::{Exonyms, Kind, Mention, Shape, Standing, is_general};
use crate::qa::{Draft, Unit, View};
use std::collections::BTreeMap;
use std::ops::Range;

/// Products whose second word is kept beside a translated maker's name as often as not.
const KEPT: &str = "chrome meet edge teams office azure windows defender exchange sharepoint outlook copilot gemini watch \
mail id tv workspace authenticator talos webex";

/// Findings for names with several renderings.
pub fn drafts(view: &View<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut forms: BTreeMap<String, Forms> = BTreeMap::new();
    for (number, unit) in view.linked() {
        let Some(names) = view.names.units.get(number) else { continue };
        let mut last = String::new();
        let mut marked: Vec<Range<usize>> = Vec::new();
        for mention in names.en.iter().filter(|mention| !mention.is_acronym()) {
            if last == mention.key() {
                continue;
            }
            last = mention.key();
            let found = half(view, number, unit, mention).or_else(|| literal(view, number, unit, mention));
            if let Some(draft) = found.filter(|draft| draft.zh.iter().all(|range| !marked.contains(range))) {
                marked.extend(draft.zh.iter().cloned());
                drafts.push(draft);
            }
            count(view, number, unit, mention, &mut forms);
        }
    }
    drafts.extend(forms.values().flat_map(Forms::drafts));
    drafts
}

/// Whether the post has a name in Latin letters, whole.
fn keeps(view: &View<'_>, mention: &Mention) -> bool {
    view.names.post.has(&mention.key())
}

/// A name that stands in Latin letters elsewhere, rendered by ordinary words here; or a speaker's name that is nowhere
/// but as ordinary words.
fn literal(view: &View<'_>, number: usize, unit: &Unit, mention: &Mention) -> Option<Draft> {
    let Standing::Literal(range) = view.names.standing(number, mention, &view.units, view.tools.lexicon)
    else {
        return None;
    };
    let is_made = mention.words.len() > 1 || mention.shapes.contains(&Shape::Mixed);
    let kept = keeps(view, mention);
    let speaks = || view.names.speaks(mention, &view.units);
    if !is_made || mention.words.first().is_some_and(|word| word.len() < 2) || !(kept || speaks()) {
        return None;
    }
    let (name, words) = (&mention.text, unit.zh.text.get(range.clone())?);
    let message = if kept {
        Message::new(
            format!(
                "The name “{name}” is rendered by the words “{words}” here, and kept elsewhere in the post."
            ),
            format!("名称“{name}”此处按字面译为“{words}”，文中别处保留原名。"),
        )
    } else {
        Message::new(
            format!("The name “{name}” is rendered by the ordinary words “{words}”."),
            format!("名称“{name}”被按字面译为“{words}”。"),
        )
    };
    let draft = Draft::new(number, Severity::Major, message).zh(range).en(mention.range.clone());
    Some(draft.suggest(name).confidence(0.7).cause(mention.key()))
}

/// A name of which one part is translated and the other is not.
fn half(view: &View<'_>, number: usize, unit: &Unit, mention: &Mention) -> Option<Draft> {
    let names = view.names.units.get(number)?;
    let (first, rest) = mention.words.split_first()?;
    if rest.is_empty() || first.len() < 2 || names.zh.has(&mention.key()) {
        return None;
    }
    let range = maker_translated(view, number, unit, first, rest)
        .or_else(|| rest_translated(view, number, unit, mention))?;
    let (name, here) = (&mention.text, unit.zh.text.get(range.clone())?);
    let message = Message::new(
        format!("The name “{name}” is half translated: “{here}”."),
        format!("名称“{name}”只译了一半：“{here}”。"),
    );
    let draft = Draft::new(number, Severity::Minor, message).zh(range).en(mention.range.clone());
    Some(draft.suggest(name).confidence(0.8).cause(mention.key()))
}

/// `谷歌Wallet`: the maker's name in Chinese, and right behind it an ordinary word in Latin letters.
fn maker_translated(
    view: &View<'_>,
    number: usize,
    unit: &Unit,
    first: &str,
    rest: &[String],
) -> Option<Range<usize>> {
    let names = view.names.units.get(number)?;
    let next = rest.first().filter(|word| is_general(word, view.tools.lexicon))?;
    if KEPT.split_whitespace().any(|kept| kept == next) {
        return None;
    }
    let run = names.zh.runs.iter().find(|run| {
        run.tokens.first().is_some_and(|t| t.key == *next && t.shape == Shape::Capital)
            && unit.zh.text.get(..run.range.start).is_some_and(|before| {
                let maker =
                    |row: &&crate::qa::names::Exonym| row.kind == Kind::Company && before.ends_with(row.zh);
                Exonyms::builtin().of(first).any(|row| maker(&row))
            })
    })?;
    let before = unit.zh.text.get(..run.range.start)?;
    let maker = Exonyms::builtin().of(first).find(|row| before.ends_with(row.zh))?;
    Some(run.range.start - maker.zh.len()..run.tokens.first()?.range.end)
}

/// `Brasswater安全`, where the post has `Brasswater Security` elsewhere.
fn rest_translated(view: &View<'_>, number: usize, unit: &Unit, mention: &Mention) -> Option<Range<usize>> {
    let names = view.names.units.get(number)?;
    let (first, rest) = mention.words.split_first()?;
    // What Chinese has a name of its own for may be called by it.
    let is_named = rest.iter().all(|word| Exonyms::builtin().kind(word).is_some());
    if is_named
        || !keeps(view, mention)
        || unit.zh.text.contains('（') && unit.zh.text.contains(&mention.text)
    {
        return None;
    }
    let run = names.zh.runs.iter().find(|run| run.tokens.last().is_some_and(|token| token.key == *first))?;
    let behind = unit.zh.text.get(run.range.end..)?;
    let end = behind
        .char_indices()
        .map(|(at, _)| at)
        .chain([behind.len()])
        .nth(rest.len() * 3 + 1)
        .unwrap_or(behind.len());
    let near = behind.get(..end)?;
    let words: Vec<&str> = rest.iter().map(String::as_str).collect();
    let range = crate::qa::names::Chinese::new(near).renders(near, &words, view.tools.lexicon)?;
    (range.start < 4).then(|| run.range.start..run.range.end + range.end)
}

/// How often a name that has a usual Chinese name stands in either form.
#[derive(Default)]
struct Forms {
    name: String,
    latin: Vec<(usize, Range<usize>, Range<usize>)>,
    chinese: Vec<(usize, Range<usize>, Range<usize>)>,
}

/// Counts products, titles and conventions; makers, authorities and currencies are called by either name as a matter of
/// course.
fn count(
    view: &View<'_>,
    number: usize,
    unit: &Unit,
    mention: &Mention,
    forms: &mut BTreeMap<String, Forms>,
) {
    let key = mention.key();
    let rows: Vec<_> = Exonyms::builtin().of(&key).filter(|row| is_title(row.en, row.kind)).collect();
    let Some(names) =
        view.names.units.get(number).filter(|_| !rows.is_empty() && unit.relation != Relation::Repeat)
    else {
        return;
    };
    let entry = forms.entry(key.clone()).or_default();
    entry.name.clone_from(&mention.text);
    let latin = unit.zh.text.find(&mention.text).map(|at| at..at + mention.text.len());
    let chinese = rows.iter().find_map(|row| names.zh.exonyms.iter().find(|(_, found)| found.zh == row.zh));
    match (latin, chinese) {
        (Some(range), None) => entry.latin.push((number, range, mention.range.clone())),
        (None, Some((at, row))) => {
            entry.chinese.push((number, *at..*at + row.zh.len(), mention.range.clone()))
        }
        // Both: a name and its gloss.
        _ => {}
    }
}

fn is_title(en: &str, kind: Kind) -> bool {
    kind == Kind::Product
        || matches!(
            en,
            "Minecraft" | "Roblox" | "Fortnite" | "League of Legends" | "Secure Boot" | "Patch Tuesday"
        )
        || matches!(en, "Active Directory" | "Call of Duty")
        || en.starts_with("Operation ")
}

impl Forms {
    fn drafts(&self) -> Vec<Draft> {
        let first = |places: &[(usize, Range<usize>, Range<usize>)]| {
            places.first().map_or(usize::MAX, |place| place.0)
        };
        let chinese_is_usual = (self.chinese.len(), std::cmp::Reverse(first(&self.chinese)))
            > (self.latin.len(), std::cmp::Reverse(first(&self.latin)));
        let (rare, usual) =
            if chinese_is_usual { (&self.latin, "中文名称") } else { (&self.chinese, "原名") };
        if self.latin.is_empty() || self.chinese.is_empty() {
            return Vec::new();
        }
        let name = &self.name;
        let how = if chinese_is_usual { "by its Chinese name" } else { "in Latin letters" };
        let message = Message::new(
            format!("“{name}” is written otherwise here than elsewhere in the post, where it stands {how}."),
            format!("“{name}”此处的写法与文中别处不一致，别处用{usual}。"),
        );
        let drafts = rare.iter().map(|(number, zh, en)| {
            let draft = Draft::new(*number, Severity::Minor, message.clone()).zh(zh.clone()).en(en.clone());
            draft.confidence(0.7).cause(name.to_lowercase())
        });
        drafts.collect()
    }
}
