//! Negations that one side has and the other has not.

mod chinese;
mod english;
mod matching;

use crate::model::{Message, ParagraphKind, Relation, Severity};
use crate::qa::nearby::{Nearby, clause};
use crate::qa::{Check, Doc, Draft, Unit, View};
use chinese::Denials;
use english::Denial;
use std::ops::Range;

/// The check.
pub const CHECK: Check = Check {
    name: "negation",
    category: "Accuracy/Mistranslation",
    doc: Doc {
        what: "A negation on one side with nothing on the other that could stand for it: not, no, un-, under-, fail to, lack.",
        why: "The sentence says the opposite.",
        known_problems: "Each negation is given one near it on the other side: one lost beside one invented in the same clause is \
not seen, and a sentence turned round (“only after” for “not before”) may be reported.",
        example: "en: The company has not paid the ransom.\nzh: 该公司已支付赎金。",
    },
    fidelity: true,
    run,
};

fn run(view: &View<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (number, unit) in view.linked() {
        if unit.relation == Relation::Repeat || unit.en.kind == Some(ParagraphKind::Code) {
            continue;
        }
        let nearby = Nearby::new(unit, view.tools.lexicon);
        drafts.extend(lost(number, unit, &nearby));
        drafts.extend(invented(number, unit, &nearby));
    }
    drafts
}

/// How many words near a denial must be rendered.
const NEEDED: usize = 1;

/// English that denies, Chinese that does not.
fn lost(number: usize, unit: &Unit, nearby: &Nearby<'_>) -> Option<Draft> {
    let denials = english::denials(&unit.en.text);
    if denials.is_empty() {
        return None;
    }
    let found = Denials::of(&unit.zh.text, &unit.en.text);
    // What is denied was left out as a whole: that is for `partial-omission`.
    let is_rendered = |denial: &Denial| nearby.places(denial.range.start).len() >= NEEDED;
    let candidates: Vec<Vec<usize>> =
        denials.iter().map(|denial| candidates(denial, &found, unit, nearby)).collect();
    let partners = matching::partners(&candidates);
    let shared = |number: usize| {
        number > 0
            && partners.get(number - 1).is_some_and(Option::is_some)
            && are_joined(unit, &denials, number)
    };
    let alone = (0..denials.len()).filter(|&n| partners.get(n) == Some(&None) && !shared(n));
    let denied = alone.filter_map(|n| denials.get(n)).find(|denial| is_rendered(denial))?.range.clone();
    let word = unit.en.text.get(denied.clone())?;
    let message = Message::new(
        format!("“{word}” denies; nothing in the Chinese does."),
        format!("原文“{word}”表否定，译文没有否定。"),
    );
    Some(Draft::new(number, Severity::Major, message).en(denied).zh(unit.zh.whole()).confidence(0.7))
}

/// The numbers of the Chinese cues that may render a denial: those in or next to the clauses that render what stands near it.
fn candidates(denial: &Denial, found: &Denials, unit: &Unit, nearby: &Nearby<'_>) -> Vec<usize> {
    let places = nearby.places(denial.range.start);
    let clauses: Vec<Range<usize>> =
        places.iter().flatten().map(|&place| clause(&unit.zh.text, place, 1)).collect();
    let cues = found.plain.iter().chain(&found.other);
    let any = found.any.iter().filter(|_| denial.is_prefixed);
    // A word alone may be rendered anywhere.
    let is_unsure = places.len() < SURE;
    let near = |(number, range): &(usize, &Range<usize>)| {
        is_unsure && *number < found.plain.len() || clauses.iter().any(|clause| clause.contains(&range.start))
    };
    cues.chain(any).enumerate().filter(near).map(|(number, _)| number).collect()
}

/// How many words near a denial must be rendered for it to be sure where it belongs.
const SURE: usize = 2;

/// Whether a denial is joined to the one before it, so that one Chinese word may render both: `without a password or any`.
fn are_joined(unit: &Unit, denials: &[Denial], number: usize) -> bool {
    let Some([first, second]) = number.checked_sub(1).and_then(|first| denials.get(first..=number)) else {
        return false;
    };
    let between = unit.en.text.get(first.range.end..second.range.start).unwrap_or_default();
    let words = between.split_whitespace().count();
    words <= 1 || words <= 3 && [" and ", " or ", " nor ", ","].iter().any(|joint| between.contains(joint))
}

/// Chinese that denies, English that does not.
fn invented(number: usize, unit: &Unit, nearby: &Nearby<'_>) -> Option<Draft> {
    let en = &unit.en.text;
    let [strong, near, weak] = english::sources(en, &unit.zh.text);
    let found = chinese::statements(&unit.zh.text);
    let candidates = found.iter().map(|place| {
        let at = english_of(place, unit, nearby);
        // Where nothing says what is denied, what comes near a denial may stand for it, too; what denies outright may anywhere.
        let bears = |range: &Range<usize>, reach: Option<(usize, usize)>| {
            let Some((before, behind)) = reach else { return true };
            (at.is_empty() && reach == Some(WINDOW))
                || at.iter().any(|&at| range.start < at + behind && at < range.end + before)
        };
        let reach = |range: &Range<usize>| {
            let is_prefixed = english::is_prefixed(en.get(range.clone()).unwrap_or_default());
            (!is_prefixed).then_some(WINDOW)
        };
        let sources =
            strong.iter().map(|range| (range, None)).chain(near.iter().map(|range| (range, reach(range))));
        let sources = sources.chain(weak.iter().map(|range| (range, Some(NARROW))));
        let sources = sources.enumerate().filter(|(_, (range, reach))| bears(range, *reach));
        sources.map(|(number, _)| number).collect()
    });
    let partners = matching::partners(&candidates.collect::<Vec<Vec<usize>>>());
    let shared = |number: usize, place: &Range<usize>| {
        let joined = unit
            .zh
            .text
            .get(..place.start)
            .is_some_and(|left| left.ends_with(['也', '亦', '又', '更', '且', '或', '和']));
        joined && number > 0 && partners.get(number - 1).is_some_and(Option::is_some)
    };
    let alone =
        found.iter().enumerate().find(|(n, place)| partners.get(*n) == Some(&None) && !shared(*n, place));
    let added = alone?.1.clone();
    let behind = unit.zh.text.get(added.end..)?;
    let end = behind.char_indices().nth(4).map_or(unit.zh.text.len(), |(n, _)| added.end + n);
    let range: Range<usize> = added.start..end;
    let phrase = unit.zh.text.get(range.clone())?;
    let message = Message::new(
        format!("“{phrase}” denies; nothing in the English does."),
        format!("译文“{phrase}”表否定，原文没有否定。"),
    );
    let nowhere = strong.is_empty() && near.is_empty() && weak.is_empty();
    let confidence = if nowhere { 0.7 } else { 0.5 };
    Some(Draft::new(number, Severity::Major, message).zh(range).confidence(confidence))
}

/// Where the English has what a Chinese negation denies; where that cannot be told, what its clause says.
fn english_of(place: &Range<usize>, unit: &Unit, nearby: &Nearby<'_>) -> Vec<usize> {
    let at = nearby.english(place.end);
    if at.is_empty() { nearby.english_in(&clause(&unit.zh.text, place.start, 0)) } else { at }
}

/// How many bytes before and behind an English word a negation may stand that bears on it.
const WINDOW: (usize, usize) = (80, 40);
/// The same for words that are no negations and may stand for one.
const NARROW: (usize, usize) = (40, 20);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qa::testing::drafts;

    #[test]
    fn a_lost_negation_is_found() {
        for (zh, en) in [
            ("该公司已经支付了赎金。", "The company has not paid the ransom."),
            ("攻击者能够访问客户密码。", "The attackers could not access customer passwords."),
            ("黑铜水拥有受到良好保护的服务器。", "Brasswater runs vastly underprotected servers."),
            ("该漏洞影响旧版本的服务器。", "The flaw does not affect older versions of the server."),
            // One of two.
            (
                "警方没有清除该恶意软件，因为这会导致设备能够使用。",
                "The police did not remove the malware, as that could leave the devices unusable.",
            ),
            ("不需要用户名，但密码可以更改。", "No user name is needed, but the password cannot be changed."),
        ] {
            assert_eq!(drafts(&CHECK, zh, en).len(), 1, "{en}");
        }
    }

    #[test]
    fn an_invented_negation_is_found() {
        for (zh, en) in [
            ("该公司没有支付赎金。", "The company paid the ransom."),
            ("攻击者无法访问客户密码。", "The attackers gained access to customer passwords."),
            ("补丁发布之前，服务器未被入侵。", "The servers were breached before a patch was released."),
            ("该服务器不存在漏洞。", "The server has a vulnerability."),
        ] {
            assert_eq!(drafts(&CHECK, zh, en).len(), 1, "{en}");
        }
    }

    #[test]
    fn what_is_denied_on_both_sides_or_on_none_is_left_alone() {
        for (zh, en) in [
            ("该公司尚未支付赎金。", "The company has not paid the ransom."),
            ("补丁发布前，用户应停用该插件。", "Users should disable the plugin until a patch is released."),
            ("未经授权的访问持续了两周。", "Unauthorized access lasted two weeks."),
            ("攻击者不断扫描服务器。", "Attackers constantly scan servers."),
            (
                "该组织不仅窃取数据，还加密服务器。",
                "The group not only steals data but also encrypts servers.",
            ),
            ("两者有所不同。", "The two are different."),
            ("未来几周将发布更新。", "Updates will be released in the coming weeks."),
            ("该图标在桌面上是不可见的。", "The icon is invisible on the desktop."),
            ("该公司建议不要卸载更新。", "The company advises against removing the update."),
            (
                "这种锁并非牢不可破，也无法抵挡撬棍。",
                "The lock is not unbreakable or proof against a crowbar.",
            ),
            ("该公司拒绝置评。", "The company did not want to comment."),
        ] {
            let found = drafts(&CHECK, zh, en);
            assert!(found.is_empty(), "{en}: {found:?}");
        }
    }
}
