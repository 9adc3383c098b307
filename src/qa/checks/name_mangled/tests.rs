//! Which names are mangled, and which are not.

use super::*;
use crate::qa::testing::{drafts, drafts_of};

/// What is found of a pair: the marked Chinese, the suggestion, the severity.
fn found(zh: &str, en: &str) -> Vec<(String, Option<String>, Severity)> {
    let of = |draft: Draft| (zh[draft.zh[0].clone()].to_owned(), draft.suggestion, draft.severity);
    drafts(&CHECK, zh, en).into_iter().map(of).collect()
}

#[test]
fn names_that_are_nowhere_in_the_original() {
    for (zh, en, marked, original, severity) in [
        (
            "新的quill natch窃取程序",
            "The new Quillsnatch stealer",
            "quill natch",
            "Quillsnatch",
            Severity::Major,
        ),
        ("由Ledgerfal论坛出售", "sold on the Ledgerfall forum", "Ledgerfal", "Ledgerfall", Severity::Minor),
        ("漏洞curlrun可被利用", "the CrlRun flaw can be exploited", "curlrun", "CrlRun", Severity::Major),
        (
            "黑客使用Mothnet攻击",
            "hackers use TidalMothNet to attack",
            "Mothnet",
            "TidalMothNet",
            Severity::Major,
        ),
        (
            "名为accord的程序出现",
            "A stealer named Zekrid has appeared",
            "accord",
            "Zekrid",
            Severity::Critical,
        ),
    ] {
        let expected = vec![(marked.to_owned(), Some(original.to_owned()), severity)];
        assert_eq!(found(zh, en), expected, "{zh}");
    }
}

#[test]
fn letter_case_is_minor() {
    for (zh, en, marked, original) in [
        ("基于tidalmoth的僵尸网络", "a botnet built on Tidalmoth code", "tidalmoth", "Tidalmoth"),
        ("暴露的dvr设备", "exposed DVRs", "dvr", "DVR"),
        ("用c++编写", "written in C++", "c++", "C++"),
        ("云idp提供商", "cloud IdPs", "idp", "IdP"),
        ("通过Quillhub发布", "published through QuillHub", "Quillhub", "QuillHub"),
        ("据KestrelQuests称", "The KestrelQuest report says", "KestrelQuests", "KestrelQuest"),
    ] {
        let expected = vec![(marked.to_owned(), Some(original.to_owned()), Severity::Minor)];
        assert_eq!(found(zh, en), expected, "{zh}");
    }
}

#[test]
fn what_is_no_fault() {
    for (zh, en) in [
        ("名为Quill Fox的程序", "a program named QuillFox"),
        ("QuillFox的程序", "the Quill-Fox program"),
        ("启用多因素认证（MFA）", "Enable multi-factor authentication"),
        ("使用VS Quill", "uses Visual Studio Quill"),
        ("窃取会话cookie", "steals session Cookies"),
        ("运行qfox_setup.exe", "run the installer"),
        ("访问 evil.example.com", "visit the site"),
        ("虚拟机（VM）", "virtual machines (VMs)"),
        ("QUILLHUB平台", "the QuillHub platform"),
        ("Quillhub2024年报告", "the Quillhub report of 2024"),
        ("CVSS评分为9.3", "a severity score of 9.3"),
        ("没有拉丁字母", "no Latin letters"),
    ] {
        assert_eq!(found(zh, en), [], "{zh}");
    }
}

#[test]
fn a_name_from_elsewhere_in_the_article_is_known_and_one_cause_is_one_group() {
    let rows = [
        ("Quilfox再次出现", "Quillfox is back."),
        ("该团伙用Quilfox和Badgerkit", "It uses Quillfox."),
        ("工具", "Badgerkit is a tool."),
    ];
    let found = drafts_of(&CHECK, &rows);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].cause, found[1].cause);
}
