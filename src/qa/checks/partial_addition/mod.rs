//! Chinese phrases that nothing in the English of their bead accounts for.

mod adviser;
mod clause;

use crate::model::{Lang, Message, Relation, Severity};
use crate::qa::names::Exonyms;
use crate::qa::scan::{Stretch, within_sentences};
use crate::qa::words::{self, Accounted, ZhWord};
use crate::qa::{Check, Doc, Draft, Unit, View};
use std::ops::Range;

/// The check.
pub const CHECK: Check = Check {
    name: "partial-addition",
    category: "Accuracy/Addition",
    doc: Doc {
        what: "A phrase of a Chinese sentence that nothing in its English original accounts for.",
        why: "The post says what the original does not: a reason, a judgement, advice.",
        known_problems: "Free renderings look like additions. Words taken up from the sentence before are accounted for, what \
was said further up is not.",
        example: "en: Valmorane reset all passwords.\nzh: 瓦尔莫兰作为欧洲知名的奢侈品集团，重置了所有密码。\n→ 作为欧洲知名的奢侈品集团",
    },
    fidelity: true,
    run,
};

/// What a stretch must be worth to be reported; learned as in `partial-omission`.
const LEAST: f32 = 5.5;
/// The same in titles, headings and captions.
const LEAST_IN_TITLES: f32 = 8.0;

fn run(view: &View<'_>) -> Vec<Draft> {
    let lexicon = view.tools.lexicon;
    let mut drafts = Vec::new();
    for (number, unit) in view.linked().filter(|(_, unit)| unit.relation != Relation::Repeat) {
        let least = if unit.zh.is_headline() { LEAST_IN_TITLES } else { LEAST };
        let around = around(number, view);
        let accounted = Accounted::new(&words::english(&around, lexicon), lexicon);
        let zh = words::chinese(&unit.zh.text, lexicon);
        let named = named(number, &around, view);
        let is_name = |word: &ZhWord| {
            named.iter().any(|name| name.start <= word.range.start && word.range.end <= name.end)
        };
        let facts = unit.zh.facts(Lang::Zh);
        let score = |word: &ZhWord| {
            if facts.is_figure(word.range.start) {
                // Compared by value, by other checks.
                0.0
            } else if is_name(word) {
                NAMED
            } else {
                score(word, &unit.zh.text, &accounted, view)
            }
        };
        let scores: Vec<f32> = zh.iter().map(score).collect();
        let begins =
            words::begins(unit.zh.lines().map(|(_, line)| line.start), zh.iter().map(|word| &word.range));
        let found = within_sentences(&scores, &begins, least);
        let mut found: Vec<Draft> = found.iter().filter_map(|s| draft(number, unit, &zh, s)).collect();
        if !unit.zh.is_headline() {
            for (range, worth) in clause::added(unit, view) {
                found.extend(unseen(&found, &range).then(|| phrase(number, unit, range, worth)).flatten());
            }
            if let Some(range) = adviser::invented(unit) {
                found.extend(unseen(&found, &range).then(|| phrase(number, unit, range, ADVISER)).flatten());
            }
        }
        drafts.append(&mut found);
    }
    drafts
}

/// What an adviser who is not in the English is worth.
const ADVISER: f32 = 6.0;

fn unseen(found: &[Draft], range: &Range<usize>) -> bool {
    !found.iter().flat_map(|draft| &draft.zh).any(|r| r.start < range.end && range.start < r.end)
}

/// What a name is worth that the English has: as much as a word that it accounts for.
const NAMED: f32 = -1.4;

/// Where the Chinese calls by a name of its own what the English names.
fn named(number: usize, en: &str, view: &View<'_>) -> Vec<Range<usize>> {
    let Some(names) = view.names.units.get(number) else { return Vec::new() };
    let en = en.to_lowercase();
    let rows = names.zh.exonyms.iter();
    let named = rows
        .filter(|(_, row)| Exonyms::builtin().named(row.zh).any(|row| en.contains(&row.en.to_lowercase())));
    named.map(|(at, row)| *at..*at + row.zh.len()).collect()
}

/// The English of a bead and of those beside it: a translator takes words up from there.
fn around(number: usize, view: &View<'_>) -> String {
    let units = view.units.get(number.saturating_sub(1)..(number + 2).min(view.units.len()));
    units.unwrap_or_default().iter().map(|unit| unit.en.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// How much a word speaks for having been added: log-likelihood ratios, by how well the English accounts for it.
fn score(word: &ZhWord, text: &str, accounted: &Accounted, view: &View<'_>) -> f32 {
    let Some(zh) = text.get(word.range.clone()).filter(|_| word.content) else { return 0.0 };
    match accounted.of(zh, view.tools.lexicon) {
        None => 0.0,
        Some(r) if r < 0.2 => 1.6,
        Some(r) if r < 0.4 => 1.05,
        Some(r) if r < 0.6 => 0.0,
        Some(r) if r < 0.8 => -1.0,
        Some(_) => -1.4,
    }
}

fn draft(number: usize, unit: &Unit, zh: &[ZhWord], stretch: &Stretch) -> Option<Draft> {
    let start = zh.get(stretch.words.start)?.range.start;
    let end = zh.get(stretch.words.end.checked_sub(1)?)?.range.end;
    phrase(number, unit, start..end, stretch.score)
}

fn phrase(number: usize, unit: &Unit, range: Range<usize>, score: f32) -> Option<Draft> {
    let phrase = unit.zh.text.get(range.clone())?;
    let message = Message::new(
        format!("Nothing in the English accounts for “{phrase}”."),
        format!("原文没有与“{phrase}”对应的内容。"),
    );
    let confidence = 1.0 / (1.0 + (-(score - 5.0) / 1.5).exp());
    Some(Draft::new(number, Severity::Minor, message).zh(range).confidence(confidence))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qa::testing::drafts;

    #[test]
    fn an_added_reason_is_found() {
        let (zh, en) = (
            "瓦尔莫兰作为历史悠久的著名奢侈品集团，且从不吝惜广告宣传费用，重置了所有密码。",
            "Valmorane reset all passwords.",
        );
        let found = drafts(&CHECK, zh, en);
        assert!(found.iter().any(|d| d.zh.iter().any(|r| zh[r.clone()].contains("奢侈品"))), "{found:?}");
    }

    #[test]
    fn advice_outcomes_and_advisers_of_the_translators_own_are_found() {
        for (zh, en, added) in [
            (
                "瓦尔莫兰公司发布了新版本，以彻底消除安全隐患和风险。",
                "Valmorane released a new version.",
                "彻底消除",
            ),
            ("该漏洞已被利用，用户应尽早更换旧款设备。", "The flaw has been exploited.", "更换"),
            ("安全专家建议用户安装更新。", "Users are recommended to install the update.", "安全专家建议"),
        ] {
            let found = drafts(&CHECK, zh, en);
            assert!(
                found.iter().any(|d| d.zh.iter().any(|r| zh[r.clone()].contains(added))),
                "{zh}: {found:?}"
            );
        }
    }

    #[test]
    fn advice_outcomes_and_advisers_of_the_original_are_left_alone() {
        for (zh, en) in [
            (
                "瓦尔莫兰公司发布了更新，以修复漏洞。",
                "Valmorane released an update to fix the vulnerability.",
            ),
            ("用户应保持警惕。", "Users should stay vigilant."),
            ("研究人员建议用户安装更新。", "The researchers recommend that users install the update."),
            ("安全专家建议安装更新。", "They advise to install the update."),
            ("以下版本受影响。", "The following versions are affected."),
            ("受害者位于博洛尼亚、维罗纳和帕多瓦。", "The victims are in Bologna, Verona, and Padua."),
        ] {
            assert!(drafts(&CHECK, zh, en).is_empty(), "{zh}");
        }
    }

    #[test]
    fn a_faithful_rendering_is_left_alone() {
        for (zh, en) in [
            ("攻击者窃取了500万用户的密码。", "Attackers stole the passwords of 5 million users."),
            (
                "该公司已修复漏洞，并建议用户立即更新。",
                "The company has fixed the flaw and advises users to update immediately.",
            ),
        ] {
            assert!(drafts(&CHECK, zh, en).is_empty(), "{zh}");
        }
    }
}
