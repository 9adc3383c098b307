//! Dates as tabled.

use super::*;
use crate::lexicon::Lexicon;
use crate::qa::testing::{drafts, drafts_of, pair};
use crate::qa::{Config, Tools};

#[test]
fn another_or_a_shorter_date_is_found() {
    for (zh, en, severity) in [
        ("7月28日发布了补丁。", "A patch was released on July 29.", Severity::Major),
        ("2030年3月发现。", "It was found in March 2031.", Severity::Major),
        ("他们于7月通知了厂商。", "They told the vendor on July 7.", Severity::Minor),
        ("他们通知了厂商。", "They told the vendor on July 7.", Severity::Minor),
        ("该公司表示。", "The company said on Wednesday.", Severity::Minor),
        ("该公司周四表示。", "The company said on Wednesday.", Severity::Major),
        ("3月1日，该公司证实。", "The company confirmed it.", Severity::Minor),
        ("2030年的威胁", "Threats of 2031", Severity::Major),
    ] {
        let found = drafts(&CHECK, zh, en);
        assert_eq!(found.iter().map(|d| d.severity).collect::<Vec<_>>(), [severity], "{zh} {found:?}");
    }
}

#[test]
fn the_same_date_is_none() {
    for (zh, en) in [
        ("7月29日发布了补丁。", "A patch was released on July 29."),
        ("7/29发布了补丁。", "A patch was released on July 29."),
        ("2031-07-29发布了补丁。", "A patch was released on July 29, 2031."),
        ("2031年7月29日发布。", "It was released on July 29."),
        ("4月12日至4月16日。", "Between April 12 and April 16."),
        ("近日，该公司表示。", "The company said on Wednesday."),
        ("周三，该公司表示。", "The company said on Wednesday."),
        ("1月20日周五晚。", "On Friday evening, January 20."),
        ("补丁星期二发布。", "Released on Patch Tuesday."),
        ("它可能会改变。", "It may change."),
    ] {
        let found = drafts(&CHECK, zh, en);
        assert!(found.iter().all(|d| d.severity == Severity::Info), "{zh} {found:?}");
    }
    let rows = [("补丁已发布。", "On July 29 it was patched."), ("那是7月29日。", "So it was.")];
    let found = drafts_of(&CHECK, &rows);
    assert!(found.iter().all(|d| d.severity == Severity::Info), "{found:?}");
}

#[test]
fn relative_times_are_held_against_the_days_of_publication() {
    for (zh, en, written, faults) in [
        ("今年他们入侵了它。", "They broke in last year.", "2031-06-10", 1),
        ("去年他们入侵了它。", "They broke in last year.", "2031-06-10", 0),
        ("去年他们入侵了它。", "They broke in this year.", "2031-01-05", 0),
        ("上月披露。", "It was disclosed this month.", "2031-06-05", 0),
        ("本月披露。", "It was disclosed last month.", "2031-06-25", 1),
        ("上周披露。", "It was disclosed this week.", "2031-06-25", 0),
        ("6月18日披露。", "It was disclosed on Wednesday.", "2031-06-25", 0),
        ("6月21日披露。", "It was disclosed on Wednesday.", "2031-06-25", 1),
    ] {
        let (mut articles, alignment) = pair(&[(zh, en)]);
        articles.documents.zh.article.published = Some(written.to_owned());
        let (tools, config) = (Tools { lexicon: Lexicon::builtin(), encoder: None }, Config::default());
        let found = (CHECK.run)(&View::new(&articles, &alignment, tools, &config));
        let count = found.iter().filter(|d| d.severity > Severity::Info).count();
        assert_eq!(count, faults, "{zh} {found:?}");
    }
}
