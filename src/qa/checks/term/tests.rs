//! Tests of the check.

use super::*;
use crate::lexicon::Lexicon;
use crate::qa::testing::{drafts, pair};
use crate::qa::{Config, Tools};
use std::collections::BTreeMap;

/// `(English, Chinese, what is marked on either side)`.
const FAULTS: &[(&str, &str, &str, &str)] = &[
    ("Tidalmoth's dropper fetches two payloads.", "Tidalmoth的滴管会获取两个载荷。", "dropper", "滴管"),
    ("Valmorane disclosed a breach on Monday.", "瓦尔莫兰周一披露了一起违规。", "breach", "违规"),
    ("The infostealer grabs cookies.", "该信息提供商会抓取Cookie。", "infostealer", "信息提供商"),
    ("The campaign hit 40 hospitals.", "该广告活动波及40家医院。", "campaign", "广告活动"),
    ("They stole VPN credentials.", "他们窃取了VPN证书。", "credentials", "证书"),
    ("The flaw is actively exploited.", "该漏洞正遭到积极利用。", "actively exploited", "积极利用"),
    (
        "Ransomware operators moved on.",
        "勒索软件运营商转移了目标。",
        "Ransomware operators",
        "勒索软件运营商",
    ),
    ("It ships two payloads to the host.", "它向主机投送两个有效负荷。", "payloads", "有效负荷"),
];

#[test]
fn another_sense_is_found_and_marked() {
    for &(en, zh, head, wrong) in FAULTS {
        let found = drafts(&CHECK, zh, en);
        assert_eq!(found.len(), 1, "{en}: {found:?}");
        assert_eq!((&en[found[0].en[0].clone()], &zh[found[0].zh[0].clone()]), (head, wrong));
        assert!(found[0].suggestion.is_some() && !found[0].cause.is_empty());
    }
}

#[test]
fn what_something_else_explains_is_none() {
    for (en, zh) in [
        ("Tidalmoth's dropper fetches two payloads.", "Tidalmoth的投放器会获取两个载荷。"),
        ("They stole credentials and a certificate.", "他们窃取了凭证和证书。"),
        ("A flaw led to the breach.", "一个漏洞导致了此次泄露。"),
        ("The breach exposes a flaw.", "该漏洞由此暴露。"),
        ("Ads promote the campaign.", "该广告活动由广告推广。"),
        ("Telecom operators were hit by ransomware.", "电信运营商遭勒索软件攻击。"),
        ("The telecom operator blamed ransomware operators.", "该电信运营商称是勒索软件运营者所为。"),
        ("The presidential campaign was hacked.", "该竞选活动遭黑客入侵。"),
        ("Firmware of the router was updated.", "该路由器的固件已更新。"),
        ("Breach of contract is a violation.", "违约即违规。"),
    ] {
        let found = drafts(&CHECK, zh, en);
        assert!(found.is_empty(), "{en}: {found:?}");
    }
}

#[test]
fn as_many_are_reported_as_there_are() {
    let en = "The first dropper drops nothing, the second dropper runs.";
    assert_eq!(drafts(&CHECK, "第一个滴管什么也不投放，第二个滴管会运行。", en).len(), 2);
    assert_eq!(drafts(&CHECK, "第一个投放器什么也不释放，第二个滴管会运行。", en).len(), 1);
}

#[test]
fn the_user_has_the_last_word() {
    let terms = |en: &str, zh: &str| BTreeMap::from([(en.to_owned(), vec![zh.to_owned()])]);
    let config = Config {
        required_terms: terms("dropper", "滴管"),
        forbidden_terms: terms("loader", "加载器"),
        ..Config::default()
    };
    let found = |zh: &str, en: &str| {
        let (pair, alignment) = pair(&[(zh, en)]);
        let tools = Tools { lexicon: Lexicon::builtin(), encoder: None };
        let view = View::new(&pair, &alignment, tools, &config);
        run(&view).iter().map(|d| (d.cause.clone(), d.severity)).collect::<Vec<_>>()
    };
    assert!(found("滴管。", "The dropper.").is_empty());
    assert_eq!(found("投放器。", "The dropper."), [("required:dropper".to_owned(), Severity::Minor)]);
    assert_eq!(found("加载器。", "A loader."), [("forbidden:loader=加载器".to_owned(), Severity::Minor)]);
}
