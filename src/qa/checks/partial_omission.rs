//! English phrases that nothing in the Chinese of their bead renders.

use crate::encoder::cosine;
use crate::model::{Lang, Message, Relation, Severity};
use crate::qa::lists;
use crate::qa::names::Mention;
use crate::qa::scan::{Stretch, within_sentences};
use crate::qa::words::{self, EnWord, Rendered};
use crate::qa::{Check, Doc, Draft, Unit, View};
use std::ops::Range;

/// The check.
pub const CHECK: Check = Check {
    name: "partial-omission",
    category: "Accuracy/Omission",
    doc: Doc {
        what: "A phrase of an English sentence that nothing in its Chinese rendering stands for.",
        why: "A clause, a condition or a member of a list is lost, though the sentence as a whole is translated.",
        known_problems: "Free renderings whose words the lexicon does not know look like omissions; so do summaries, which is \
why titles must lack more before they are reported. A lost word or two is too little to tell.",
        example: "en: The flaw was fixed in June, months before the exploit was sold on a forum.\nzh: 该漏洞已于6月修复。\n\
→ months before the exploit was sold on a forum",
    },
    fidelity: true,
    run,
};

/// What a stretch must be worth to be reported; learned from how words of omitted phrases and of others are rendered.
const LEAST: f32 = 4.25;
/// The same in titles and headings, which are rewritten rather than translated.
const LEAST_IN_TITLES: f32 = 7.5;
/// From here on a whole statement is lost.
const MAJOR: f32 = 9.0;

/// What a stretch must be worth before the encoder is asked.
const LEAST_TO_ASK: f32 = 2.0;
/// What it is worth that a sentence without the phrase is nearer to the Chinese, by difference of cosines; and the most that
/// is believed of a difference.
const WORTH: f32 = 35.0;
const BELIEVED: f32 = 0.06;

fn run(view: &View<'_>) -> Vec<Draft> {
    let linked = view.linked().filter(|(_, unit)| unit.relation != Relation::Repeat);
    linked.flat_map(|(number, unit)| of_unit(number, unit, view)).collect()
}

fn of_unit(number: usize, unit: &Unit, view: &View<'_>) -> Vec<Draft> {
    let lexicon = view.tools.lexicon;
    let least = if unit.en.is_headline() { LEAST_IN_TITLES } else { LEAST };
    let en = words::english(&unit.en.text, lexicon);
    let rendered = Rendered::new(&unit.zh.text, lexicon);
    let (named, facts) = (named(number, view), unit.en.facts(Lang::En));
    let score = |word: &EnWord| {
        if facts.is_figure(word.range.start) {
            // Compared by value, by other checks.
            0.0
        } else if named.iter().any(|name| name.contains(&word.range.start)) {
            NAMED
        } else {
            score(word, &unit.en.text, &rendered, view)
        }
    };
    let scores: Vec<f32> = en.iter().map(score).collect();
    let from = if view.tools.encoder.is_some() { LEAST_TO_ASK } else { least };
    let balance = balance(&en, unit, view);
    let mut drafts = Vec::new();
    let begins =
        words::begins(unit.en.lines().map(|(_, line)| line.start), en.iter().map(|word| &word.range));
    for Stretch { words, score } in within_sentences(&scores, &begins, from) {
        let Some(range) = bytes(&en, &words) else { continue };
        let score = score + balance + ablation(unit, &range, view);
        if score >= least && !is_next_door(&words, &en, number, view) {
            drafts.extend(draft(number, unit, range, score));
        }
    }
    let unseen =
        |range: &Range<usize>| !drafts.iter().any(|d: &Draft| d.en.iter().any(|r| overlap(r, range)));
    let lost: Vec<Range<usize>> =
        lost_members(unit, &en, &rendered, view).into_iter().filter(unseen).collect();
    drafts.extend(lost.into_iter().filter_map(|range| draft(number, unit, range, LEAST + 1.0)));
    drafts
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// What it is worth that the Chinese has few words for the English, or many: a usual bead has three words for four.
fn balance(en: &[EnWord], unit: &Unit, view: &View<'_>) -> f32 {
    let zh = words::chinese(&unit.zh.text, view.tools.lexicon);
    let (zh, en) = (zh.iter().filter(|w| w.content).count(), en.iter().filter(|w| w.content).count());
    if en == 0 { 0.0 } else { (4.0 * (0.75 - zh as f32 / en as f32)).clamp(-1.5, 1.5) }
}

/// From where on a member of a list is recognised, and below what one is gone: how well its best word is rendered.
const KNOWN: f32 = 0.25;
const GONE: f32 = 0.5;

/// Members of lists that nothing renders, where the Chinese has no list as long, or the list that the others stand in is
/// shorter. How far the first and the last member reach is not sure, so the second is not asked of them.
fn lost_members(unit: &Unit, en: &[EnWord], rendered: &Rendered, view: &View<'_>) -> Vec<Range<usize>> {
    let lexicon = view.tools.lexicon;
    let longest = lists::longest_chinese(&unit.zh.text);
    let mut lost = Vec::new();
    for list in lists::english(&unit.en.text) {
        let words = |member: &Range<usize>| {
            let member = member.clone();
            en.iter().filter(move |word| word.content && overlap(&word.range, &member))
        };
        let share =
            |member: &Range<usize>| words(member).map(|word| rendered.of(word, lexicon)).reduce(f32::max);
        let shares: Vec<Option<f32>> = list.iter().map(share).collect();
        let places: Vec<usize> = list
            .iter()
            .flat_map(|member| words(member).flat_map(|word| rendered.places(word, lexicon)))
            .collect();
        let members = lists::members_at(&unit.zh.text, &places);
        // A list of which most is not recognised is rendered in words that the lexicon does not know.
        let known = shares.iter().flatten().filter(|&&share| share >= KNOWN).count();
        if members == 0 || known * 2 < shares.len() {
            continue;
        }
        // As many as there are too few, those first that are rendered worst.
        let is_short = list.len() > longest;
        let inner = 1..list.len() - 1;
        let candidates = list.iter().zip(&shares).enumerate();
        let candidates = candidates.filter(|(number, _)| is_short || inner.contains(number));
        let mut gone: Vec<(&Range<usize>, f32)> =
            candidates.filter_map(|(_, (member, share))| Some((member, (*share)?))).collect();
        gone.retain(|&(_, share)| share < GONE);
        gone.sort_by(|a, b| a.1.total_cmp(&b.1));
        let too_few = list.len() - if is_short { longest } else { members.min(list.len()) };
        lost.extend(gone.into_iter().take(too_few).map(|(member, _)| member.clone()));
    }
    lost
}

/// What a word of a name is worth that the Chinese has: as much as a word that it renders well.
const NAMED: f32 = -1.3;

/// Where the English names what the Chinese has by its name.
fn named(number: usize, view: &View<'_>) -> Vec<Range<usize>> {
    let Some(names) = view.names.units.get(number) else { return Vec::new() };
    let is_there = |mention: &&Mention| view.names.is_in(mention, &names.zh);
    names.en.iter().filter(is_there).map(|mention| mention.range.clone()).collect()
}

fn bytes(en: &[EnWord], words: &Range<usize>) -> Option<Range<usize>> {
    let (first, last) = (en.get(words.start)?, en.get(words.end.checked_sub(1)?)?);
    Some(first.range.start..last.range.end)
}

/// What the encoder says: how much nearer the English is to the Chinese without the phrase. Nothing without an encoder, or for a
/// phrase that is nearly all there is.
fn ablation(unit: &Unit, phrase: &Range<usize>, view: &View<'_>) -> f32 {
    let (Some(encoder), Unit { zh, en, .. }) = (view.tools.encoder, unit) else { return 0.0 };
    let (before, behind) = (en.text.get(..phrase.start), en.text.get(phrase.end..));
    let (Some(before), Some(behind)) = (before, behind) else { return 0.0 };
    if (before.len() + behind.len()) * 4 < en.text.len() {
        return 0.0;
    }
    let rest = format!("{before}{behind}");
    let Ok(vectors) = encoder.embed(&[&en.text, &rest, &zh.text]) else { return 0.0 };
    let mut vectors = vectors.chunks_exact(encoder.dimension());
    let (Some(whole), Some(rest), Some(zh)) = (vectors.next(), vectors.next(), vectors.next()) else {
        return 0.0;
    };
    WORTH * (cosine(rest, zh) - cosine(whole, zh)).clamp(-BELIEVED, BELIEVED)
}

/// How much a word speaks for having been left out: log-likelihood ratios, by how well it is rendered.
fn score(word: &EnWord, text: &str, rendered: &Rendered, view: &View<'_>) -> f32 {
    if !word.content {
        return 0.0;
    }
    let ratio = match rendered.of(word, view.tools.lexicon) {
        r if r < 0.2 => 1.8,
        r if r < 0.4 => 0.75,
        r if r < 0.6 => -0.35,
        r if r < 0.8 => -1.9,
        _ => -1.3,
    };
    if ratio <= 0.0 {
        return ratio;
    }
    // Names are for other checks: what renders them stands in no lexicon.
    let is_name = text.get(word.range.clone()).is_some_and(|w| w.starts_with(char::is_uppercase));
    let doubt = if word.stem.is_none() || is_name { 0.5 } else { 1.0 };
    ratio * doubt * if words::is_light_english(&word.lower) { 0.4 } else { 1.0 }
}

/// Whether the beads before and behind render what this one leaves out.
fn is_next_door(stretch: &Range<usize>, en: &[EnWord], number: usize, view: &View<'_>) -> bool {
    let lexicon = view.tools.lexicon;
    let neighbours = [number.checked_sub(1), Some(number + 1)];
    neighbours.into_iter().flatten().filter_map(|n| view.units.get(n)).any(|unit| {
        let rendered = Rendered::new(&unit.zh.text, lexicon);
        let content: Vec<&EnWord> =
            en.get(stretch.clone()).unwrap_or_default().iter().filter(|w| w.content).collect();
        let there = content.iter().filter(|word| rendered.of(word, lexicon) >= 0.4).count();
        there * 2 > content.len()
    })
}

fn draft(number: usize, unit: &Unit, range: Range<usize>, score: f32) -> Option<Draft> {
    let phrase = unit.en.text.get(range.clone())?;
    let severity = if score >= MAJOR { Severity::Major } else { Severity::Minor };
    let message = Message::new(
        format!("Nothing in the Chinese renders “{phrase}”."),
        format!("中文没有译出“{phrase}”。"),
    );
    Some(Draft::new(number, severity, message).en(range).confidence(confidence(score)))
}

/// How sure a score makes one: the logistic curve of what a stretch is worth beyond the prior odds against it.
fn confidence(score: f32) -> f32 {
    1.0 / (1.0 + (-(score - 4.0) / 1.5).exp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qa::testing::drafts;

    #[test]
    fn a_lost_clause_is_found() {
        for (zh, en, lost) in [
            (
                "该漏洞已于6月修复。",
                "The flaw was fixed in June, months before the exploit was sold on a criminal forum.",
                "criminal forum",
            ),
            (
                "该公司表示，客户数据未受影响。",
                "The company, which employs engineers in twelve factories across Europe, said that customer data was not affected.",
                "factories",
            ),
        ] {
            let found = drafts(&CHECK, zh, en);
            assert!(
                found.iter().any(|d| d.en.iter().any(|r| en[r.clone()].contains(lost))),
                "{lost} not in {found:?}"
            );
        }
    }

    #[test]
    fn a_full_rendering_is_left_alone() {
        for (zh, en) in [
            ("攻击者窃取了500万用户的密码。", "Attackers stole the passwords of 5 million users."),
            (
                "该公司已修复漏洞，并建议用户立即更新。",
                "The company has fixed the flaw and advises users to update immediately.",
            ),
            ("研究人员在论坛上发现了被盗数据。", "Researchers found the stolen data on a forum."),
            ("来源：瓦尔莫兰", "Source: Valmorane"),
        ] {
            let found = drafts(&CHECK, zh, en);
            assert!(found.is_empty(), "{en}: {found:?}");
        }
    }
}
