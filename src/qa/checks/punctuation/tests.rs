//! What is found, and what is not. Fiction.

use super::CHECK;
use crate::qa::testing::{drafts, drafts_in_paragraph, marked};

/// Text, and what is marked in it.
const FOUND: &[(&str, &[&str])] = &[
    // Width.
    ("瓦尔莫兰遭入侵,数据外泄。", &[","]),
    ("该公司称:系统已恢复。", &[":"]),
    ("攻击者使用QakFox,并窃取凭据。", &[","]),
    ("你准备好了吗?请立即更新。", &["?"]),
    ("该漏洞已修复.此外还有一处。", &["."]),
    ("攻击者使用了Grelmo.", &["."]),
    ("该工具(一种加载器)已下架。", &["(一种加载器)"]),
    ("名为\"灰兔\"的团伙。", &["\"灰兔\""]),
    ("名为'灰兔'的团伙。", &["'灰兔'"]),
    ("共泄露3，200条记录。", &["3，200"]),
    ("会议于14：30开始。", &["14：30"]),
    ("版本为Ｖ２。", &["Ｖ２"]),
    // Sequence.
    ("攻击已停止。。", &["。。"]),
    ("攻击者，，窃取了数据。", &["，，"]),
    ("姓名、，电话均泄露。", &["、，"]),
    ("他说：“我们已恢复。”。", &["。”。"]),
    ("该团伙“Savvy Crane,”也参与其中。", &[",”"]),
    ("如何防范此类攻击、当防御失败时应怎么办。", &["、当"]),
    ("当数据库被打开时；密码也会导出。", &["；"]),
    ("，攻击者窃取了数据。", &["，"]),
    ("等待中...请稍候。", &["..."]),
    ("该公司表示“被盗资金已经成功冻结。”", &["表示"]),
    // Pairs.
    ("莫雷尔说：“我们已修复。", &["“我们已修复。"]),
    ("我们已修复。”莫雷尔说。", &["我们已修复。”"]),
    ("口号是”始于2004年“，表明其历史。", &["”始于2004年“"]),
    ("据《网络日报报道，攻击持续了三天。", &["《网络日报报道，攻击持续了三天。"]),
    ("该公司（总部位于里尔遭到攻击。", &["（总部位于里尔遭到攻击。"]),
    ("该公司（总部位于里尔)遭到攻击。", &["（总部位于里尔)"]),
    ("“在收到命令“GREL9”后，它会更新。”", &["“GREL9”"]),
];

#[test]
fn faults_are_marked() {
    let wrong: Vec<_> = FOUND
        .iter()
        .map(|(text, expected)| (marked(&CHECK, text), *expected, text))
        .filter(|(found, expected, _)| found != expected)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Right as it is.
const RIGHT: &[&str] = &[
    "瓦尔莫兰公司（Valmorane, Inc.）表示，3,200条记录、1.5 GB数据外泄。",
    "访问https://grelmo.example/a?b=c;d!e:f,g 可下载文件.exe和C:\\Temp\\a.b。",
    "会议于14:30开始，比分为3:2。",
    "莫雷尔说：“我们已修复。”他补充说：“没有数据外泄。”",
    "该公司的“灰兔”和“白鹭”项目（分别启动于2021年和2022年）已停止。",
    "Yahoo!公司与Bob's Burgers均未回应。",
    "Node.js与.NET应用均受影响。",
    "域名evil[.]example与hxxps[:]//bad[.]example已失效。",
    "1）更新系统；2）更换密码。",
    "英国国家网络安全中心（NCSC）的Poland’s报告引用了他的话。",
    "各方包括银行、当局和警方。",
    "双方谈判、和解并及时通报。",
    "这是真的吗？！",
    "攻击仍在继续……",
    "显示器为27\"的型号受影响。",
    "受影响的用户包括张三、李四等。",
    "当数据库被打开时，密码也会导出；用户应更新。",
    "该公司表示“不知情”，并称其“正在调查”。",
    "use of the tool, e.g. (here).",
];

#[test]
fn what_is_right_is_left_alone() {
    let wrong: Vec<_> = RIGHT
        .iter()
        .map(|text| (marked(&CHECK, text), text))
        .filter(|(found, _)| !found.is_empty())
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn quotations_run_over_sentences_and_beads() {
    let whole = ["莫雷尔说：“我们已修复。", "没有数据外泄。", "请更新。”"];
    assert!(drafts_in_paragraph(&CHECK, &whole).is_empty());
    let open = ["莫雷尔说：“我们已修复。", "没有数据外泄。", "请更新。"];
    let found = drafts_in_paragraph(&CHECK, &open);
    assert_eq!(found.iter().map(|d| (d.unit, d.zh[0].clone())).collect::<Vec<_>>(), [(0, 15..36)]);
    let closed = ["莫雷尔说，我们已修复。", "没有数据外泄。", "请更新。”"];
    assert_eq!(drafts_in_paragraph(&CHECK, &closed).first().map(|d| d.unit), Some(2));
}

#[test]
fn a_quotation_of_several_paragraphs_is_opened_in_each() {
    use crate::qa::testing::drafts_of;
    let rows = [("他说：“我们已修复。", "A."), ("“没有数据外泄。", "B."), ("“请更新。”", "C.")];
    assert!(drafts_of(&CHECK, &rows).is_empty());
    let rows = [("他说：“我们已修复。", "A."), ("没有数据外泄。", "B.")];
    assert_eq!(drafts_of(&CHECK, &rows).len(), 1);
}

#[test]
fn a_long_paragraph_needs_a_stop() {
    let text = "瓦尔莫兰公司发布公告，确认其客户数据库在上周遭到未经授权的访问，正在调查此次事件";
    let found = drafts(&CHECK, text, "Words.");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].severity, crate::model::Severity::Info);
    assert!(marked(&CHECK, "瓦尔莫兰公司的公告").is_empty());
    assert_eq!(marked(&CHECK, "瓦尔莫兰公司的公告，"), ["，"]);
}
