//! Negations: lost, or brought in.

use super::super::super::random::Dice;
use super::super::english;
use super::super::scan;
use super::super::{Edit, Host};
use super::{Kind, Nature};

/// A negation is lost.
pub const DROPPED: Kind = Kind {
    name: "negation-dropped",
    doc: "what the English denies is affirmed: 无法 → 能够, 未修复 → 修复",
    nature: Nature::Fault,
    checks: &["negation"],
    target: 0.80,
    edits: dropped,
};

/// A negation is brought in.
pub const ADDED: Kind = Kind {
    name: "negation-added",
    doc: "what the English affirms is denied: 影响 → 不影响",
    nature: Nature::Fault,
    checks: &["negation"],
    target: 0.80,
    edits: added,
};

/// Real negations and what affirms instead. Longer ones first; those that begin other words (不同, 未来) are left out
/// by naming what follows.
const DENIED: &[(&str, &str)] = &[
    ("绝不会", "会"),
    ("绝不", "都"),
    ("永远不要", "要"),
    ("永远不会", "会"),
    ("尚不清楚", "已经清楚"),
    ("仍未", "现已"),
    ("没有证据", "有证据"),
    ("没有迹象", "有迹象"),
    ("没有理由", "有理由"),
    ("没有办法", "有办法"),
    ("没有什么", "有很多"),
    ("没有人", "有人"),
    ("尚未", "已"),
    ("从未", "曾"),
    ("并未", ""),
    ("并非", "是"),
    ("并不", ""),
    ("没有任何", "有"),
    // Before a verb; 没有 with a noun is named above.
    ("没有", "已"),
    ("无法", "能够"),
    ("无需", "需要"),
    ("不会", "会"),
    ("不能", "能"),
    ("不是", "是"),
    ("不需要", "需要"),
    ("不应", "应"),
    ("不支持", "支持"),
    ("不包括", "包括"),
    ("不包含", "包含"),
    ("不受", "受"),
    ("不再", "仍"),
    ("不存在", "存在"),
    ("不允许", "允许"),
    ("不影响", "影响"),
    ("不涉及", "涉及"),
    ("不接受", "接受"),
    ("不提供", "提供"),
    ("不依赖", "依赖"),
    ("不使用", "使用"),
    ("不可", "可"),
    ("不含", "含"),
    ("不要", "要"),
    ("不打算", "打算"),
    ("不知道", "知道"),
    ("不清楚", "清楚"),
    ("未经", "经"),
    ("未受", "受"),
    ("未被", "被"),
    ("未能", "能"),
    ("未发现", "发现"),
    ("未公开", "公开"),
    ("未披露", "披露"),
    ("未修复", "修复"),
    ("未修补", "修补"),
    ("未透露", "透露"),
    ("未回应", "回应"),
    ("未回复", "回复"),
    ("未说明", "说明"),
    ("未提供", "提供"),
    ("未提及", "提及"),
    ("未收到", "收到"),
    ("未支付", "支付"),
    ("未使用", "使用"),
    ("未加密", "加密"),
    ("未证实", "证实"),
    ("未确认", "确认"),
    ("未更新", "更新"),
    ("未安装", "安装"),
    ("未造成", "造成"),
    ("未影响", "影响"),
    ("未启用", "启用"),
    ("未公布", "公布"),
    ("未要求", "要求"),
    ("未授权", "已授权"),
];

/// Any sign that the Chinese denies something already.
const SIGNS: [char; 6] = ['不', '未', '没', '无', '非', '免'];

fn dropped(host: &Host<'_>, _: &mut Dice) -> Vec<Edit> {
    let en = english::negations(&host.en);
    if en.is_empty() {
        return Vec::new();
    }
    let mut edits: Vec<Edit> = Vec::new();
    let mut taken: Vec<std::ops::Range<usize>> = Vec::new();
    for &(denied, affirmed) in DENIED {
        for (at, _) in host.zh.match_indices(denied) {
            let range = at..at + denied.len();
            // 能不能, 并未 inside 尚并未, 不 of 不得不: whatever stands within two negations is left alone.
            let left = scan::head(&host.zh, at).chars().next_back();
            let right = scan::rest(&host.zh, range.end).chars().next();
            let is_double = [left, right].iter().flatten().any(|c| SIGNS.contains(c));
            if is_double
                || left == Some('能')
                || taken.iter().any(|t| t.start < range.end && range.start < t.end)
            {
                continue;
            }
            taken.push(range.clone());
            edits.push(Edit::rewrite(range, affirmed, en.clone()));
        }
    }
    edits
}

/// What becomes what, and what must not stand before it or behind it.
const AFFIRMED: [(&str, &str, &str, &str); 22] = [
    ("可以", "不能", "就还也", ""),
    ("能够", "无法", "", ""),
    ("允许", "不允许", "", ""),
    ("支持", "不支持", "的术", "者的。"),
    ("影响", "不影响", "的受何到大小", "的力范。，"),
    ("包括", "不包括", "", ""),
    ("包含", "不包含", "", ""),
    ("建议用户", "不建议用户", "", ""),
    ("建议客户", "不建议客户", "", ""),
    ("建议管理员", "不建议管理员", "", ""),
    ("需要", "不需要", "所的", "的"),
    ("存在", "不存在", "的", "的"),
    ("已修复", "尚未修复", "", "的"),
    ("已发布", "尚未发布", "", "的"),
    ("已确认", "尚未确认", "", "的"),
    ("已证实", "尚未证实", "", "的"),
    ("已经", "尚未", "", ""),
    ("已被", "未被", "", ""),
    ("会将", "不会将", "社大都机", ""),
    ("会在", "不会在", "社大都机协委", ""),
    ("会从", "不会从", "社大都机协委", ""),
    ("是一", "不是一", "就这那还而也但若或要正都只于", ""),
];

fn added(host: &Host<'_>, _: &mut Dice) -> Vec<Edit> {
    let denies = !english::negations(&host.en).is_empty() || host.zh.contains(SIGNS);
    if denies {
        return Vec::new();
    }
    let mut edits = Vec::new();
    for (affirmed, denied, not_before, not_behind) in AFFIRMED {
        for (at, _) in host.zh.match_indices(affirmed) {
            let range = at..at + affirmed.len();
            let left = scan::before(&host.zh, at);
            let right = scan::after(&host.zh, range.end);
            let is_other =
                left.is_some_and(|c| not_before.contains(c)) || right.is_some_and(|c| not_behind.contains(c));
            if !is_other && at > 0 {
                edits.push(Edit::rewrite(range, denied, host.whole_en()));
            }
        }
    }
    edits
}
