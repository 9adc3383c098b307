//! Hedges: what may be so is said to be so.

use super::super::super::random::Dice;
use super::super::english;
use super::super::scan;
use super::super::{Edit, Host};
use super::{Kind, Nature};
use std::ops::Range;

/// A hedge is lost.
pub const STRENGTHENED: Kind = Kind {
    name: "hedge-strengthened",
    doc: "what may be so is said to be so: 可能已 → 已, 涉嫌 → nothing, 疑似 → 确认为",
    nature: Nature::Fault,
    checks: &["modality"],
    target: 0.60,
    edits: strengthened,
};

/// Hedges, and what is said instead.
const HEDGES: [(&str, &str); 18] = [
    ("很可能是", "是"),
    ("很可能", ""),
    ("极有可能", ""),
    ("有可能", ""),
    ("可能会", "会"),
    ("可能已", "已"),
    ("可能是", "是"),
    ("可能", ""),
    ("或许", ""),
    ("也许", ""),
    ("据称", ""),
    ("据信", ""),
    ("涉嫌", ""),
    ("疑似", "确认为"),
    ("似乎", ""),
    ("看起来", ""),
    ("或将", "将"),
    ("大概", ""),
];

/// The hedges of a bead; 可能性, 不可能 and 尽可能 are none.
pub fn hedges(zh: &str) -> Vec<(Range<usize>, &'static str)> {
    let mut found: Vec<(Range<usize>, &str)> = Vec::new();
    for (hedge, bare) in HEDGES {
        for (at, _) in zh.match_indices(hedge) {
            let range = at..at + hedge.len();
            let left = scan::before(zh, at);
            let right = scan::after(zh, range.end);
            let is_other = left.is_some_and(|c| "不尽没".contains(c)) || right == Some('性');
            if !is_other && !found.iter().any(|(f, _)| f.start < range.end && range.start < f.end) {
                found.push((range, bare));
            }
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

fn strengthened(host: &Host<'_>, _: &mut Dice) -> Vec<Edit> {
    let en = english::hedges(&host.en);
    if en.is_empty() {
        return Vec::new();
    }
    let edit = |(range, bare): (Range<usize>, &str)| Edit::rewrite(range, bare, en.clone());
    hedges(&host.zh).into_iter().map(edit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_hedges() {
        let zh = "攻击者可能已窃取数据，可能性不大，不可能，尽可能，似乎涉嫌洗钱。";
        let found: Vec<&str> = hedges(zh).into_iter().map(|(range, _)| scan::slice(zh, range)).collect();
        assert_eq!(found, ["可能已", "似乎", "涉嫌"]);
    }
}
