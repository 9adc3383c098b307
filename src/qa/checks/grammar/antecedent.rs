//! 他们 where only things were spoken of.

use super::Fault;
use crate::model::{Message, Severity};
use regex::Regex;
use std::sync::LazyLock;

static PEOPLE_HURT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(他们)(?:仍然|依然|依旧|仍|也|都|更|就|将|会|可能)*(?:容易|极易|易)(?:受到?|遭受?|被)(?:[^，。；]{0,6})(?:攻击|利用|感染|影响|入侵)").ok()
});

/// Things that can be attacked.
const THINGS: [&str; 10] =
    ["设备", "系统", "路由器", "服务器", "版本", "软件", "应用", "网站", "摄像头", "终端"];

/// Those who can be attacked, too.
const VICTIMS: [&str; 14] = [
    "用户",
    "客户",
    "组织",
    "公司",
    "员工",
    "个人",
    "企业",
    "机构",
    "受害者",
    "玩家",
    "开发者",
    "开发人员",
    "管理员",
    "家庭",
];

/// Things that are vulnerable, called by the pronoun of people, which then points to whoever attacks them.
pub(super) fn faults(text: &str) -> Vec<Fault> {
    let Some(regex) = &*PEOPLE_HURT else { return Vec::new() };
    let found = regex.captures_iter(text).filter_map(|found| {
        let pronoun = found.get(1)?;
        let before = text.get(..pronoun.start())?;
        let has = |words: &[&str]| words.iter().any(|word| before.contains(word));
        (has(&THINGS) && !has(&VICTIMS)).then(|| Fault {
            range: pronoun.range(),
            severity: Severity::Minor,
            confidence: 0.7,
            message: Message::new(
                "他们 stands for things here, and points back to people instead.",
                "此处指物，应为“它们”；“他们”会误指前文的人。",
            ),
            suggestion: Some("它们".to_owned()),
            cause: String::new(),
            category: None,
        })
    });
    found.collect()
}
