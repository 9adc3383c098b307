//! Lists: a member left out.

use super::super::super::random::Dice;
use super::super::scan::{self, Pattern};
use super::super::{Edit, Host};
use super::{Kind, Nature};
use std::ops::Range;

/// A member of a list is left out.
pub const DROPPED: Kind = Kind {
    name: "list-member-dropped",
    doc: "of at least three members separated by 、 one is left out",
    nature: Nature::Fault,
    checks: &["code", "identifier", "indicator", "name-missing", "number", "partial-omission"],
    target: 0.90,
    edits: dropped,
};

/// Words that end in a character that also joins members.
const NO_JOINT: [&str; 14] = [
    "缓和",
    "总和",
    "温和",
    "饱和",
    "共和",
    "涉及",
    "普及",
    "提及",
    "触及",
    "波及",
    "顾及",
    "危及",
    "以及其",
    "及其",
];
const JOINTS: [&str; 5] = ["以及", "和", "及", "或", "等"];

/// Members behind a 、, each list's together: only where they begin and end is beyond doubt.
pub fn lists(zh: &str) -> Vec<Vec<Range<usize>>> {
    let mut lists: Vec<Vec<Range<usize>>> = Vec::new();
    let mut last_end = 0;
    for (at, mark) in zh.match_indices('、') {
        let start = at + mark.len();
        let Some(end) = member_end(zh, start) else { continue };
        match lists.last_mut() {
            Some(list) if last_end == at && !list.is_empty() => list.push(start..end),
            _ => lists.push(std::iter::once(start..end).collect()),
        }
        last_end = end;
    }
    // A 、 and a joint make three members, two 、 do too.
    let is_list = |list: &Vec<Range<usize>>| {
        let end = list.last().map_or(0, |range| range.end);
        let tail = scan::rest(zh, end);
        let goes_on =
            tail.starts_with('、') || JOINTS.iter().any(|joint| *joint != "等" && tail.starts_with(joint));
        list.len() >= 2 || goes_on
    };
    lists.into_iter().filter(is_list).collect()
}

/// Where a member that begins at `start` ends: before the next 、 or the word that joins the last one.
fn member_end(zh: &str, start: usize) -> Option<usize> {
    let tail = scan::rest(zh, start);
    for (offset, c) in tail.char_indices().take(24) {
        let at = start + offset;
        if c == '、' {
            return (offset > 0).then_some(at);
        }
        if "，。；：“”（）()！？《》\n".contains(c) {
            return None;
        }
        let here = scan::rest(zh, at);
        if offset > 0 && JOINTS.iter().any(|joint| here.starts_with(joint)) {
            let is_inside = NO_JOINT.iter().any(|word| {
                word.char_indices()
                    .any(|(k, _)| at >= k && scan::rest(zh, at - k).starts_with(word) && k < word.len())
            });
            if !is_inside {
                return Some(at);
            }
        }
    }
    None
}

static ENGLISH_LIST: Pattern = Pattern::new(r",[^,.;]{1,60},? (?:and|or|as well as) ");

/// The lists whose English is one too, so that every member renders something.
pub fn rendered(host: &Host<'_>) -> Vec<Vec<Range<usize>>> {
    if !ENGLISH_LIST.is_in(&host.en) && host.en.matches(',').count() < 2 {
        return Vec::new();
    }
    lists(&host.zh)
}

fn dropped(host: &Host<'_>, _: &mut Dice) -> Vec<Edit> {
    let edit = |member: Range<usize>| {
        let text = scan::slice(&host.zh, member.clone()).to_owned();
        let is_once = scan::count(&host.zh, text.trim()) == 1;
        let named = scan::words(&host.en, text.trim());
        let en = if named.is_empty() { host.whole_en() } else { named };
        is_once.then(|| Edit::rewrite(member.start - "、".len()..member.end, "", en))
    };
    rendered(host).into_iter().flatten().filter_map(edit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_whose_ends_are_beyond_doubt() {
        for (zh, members) in [
            ("影响甲、乙、丙和丁。", vec!["乙", "丙"]),
            ("影响甲、乙以及丙。", vec!["乙"]),
            ("影响甲、乙等产品。", vec![]),
            ("影响甲、乙、丙。", vec!["乙"]),
            ("医院、饱和的网络和学校。", vec!["饱和的网络"]),
            ("甲、“乙”和丙", vec![]),
        ] {
            let found: Vec<&str> =
                lists(zh).into_iter().flatten().map(|range| scan::slice(zh, range)).collect();
            assert_eq!(found, members, "{zh}");
        }
    }
}
