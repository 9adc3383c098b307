//! Every segmenter against its contract, and each against a table of cases.

#![allow(clippy::unwrap_used)]

use duizhao::model::Span;
use duizhao::segment::{self, CHINESE, Config, ENGLISH, SEGMENTERS, Segmenter};
use proptest::prelude::*;
use std::collections::BTreeSet;

const ZH: &str = include_str!("cases/segment/zh.txt");
const EN: &str = include_str!("cases/segment/en.txt");

/// The cases of a table, each the sentences as the table's head says, their separators behind them.
fn cases(table: &str, between: &str) -> Vec<Vec<String>> {
    let blocks =
        table.split("\n\n").map(|block| block.lines().filter(|line| !line.starts_with("# ") && *line != "#"));
    let cases = blocks.map(|lines| lines.collect::<Vec<_>>()).filter(|lines| !lines.is_empty());
    cases.map(|lines| sentences(&lines, between)).collect()
}

fn sentences(lines: &[&str], between: &str) -> Vec<String> {
    let mark = |line: &str, last: bool| match line.char_indices().next_back() {
        Some((at, '‿')) => line[..at].to_owned(),
        Some((at, '␣')) => format!("{} ", &line[..at]),
        Some((_, '⏎')) => line.to_owned(),
        _ if last => line.to_owned(),
        _ => format!("{line}{between}"),
    };
    let count = lines.len();
    lines.iter().enumerate().map(|(index, line)| mark(line, index + 1 == count).replace('⏎', "\n")).collect()
}

fn check(segmenter: Segmenter, table: &str, between: &str) {
    let cases = cases(table, between);
    assert!(cases.len() >= 60, "{}: {} cases", segmenter.name, cases.len());
    let mut wrong = Vec::new();
    for want in &cases {
        let text = want.concat();
        let got: Vec<&str> = (segmenter.split)(&text).iter().map(|span| span.slice(&text)).collect();
        if got != *want {
            wrong.push(format!("want {want:#?}\n got {got:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}: {} cases fail\n{}", segmenter.name, wrong.len(), wrong.join("\n\n"));
}

#[test]
fn chinese_cases() {
    check(CHINESE, ZH, "");
}

#[test]
fn english_cases() {
    check(ENGLISH, EN, " ");
}

#[test]
fn the_share_of_han_chooses_the_segmenter_that_the_cases_are_meant_for() {
    for (table, between, name) in [(ZH, "", "chinese"), (EN, " ", "english")] {
        for case in cases(table, between) {
            assert_eq!(segment::choose(&case.concat(), &Config::default()).name, name, "{case:?}");
        }
    }
}

#[test]
fn names_are_unique_and_in_kebab_case() {
    let names: BTreeSet<&str> = SEGMENTERS.iter().map(|segmenter| segmenter.name).collect();
    assert_eq!(names.len(), SEGMENTERS.len());
    assert!(names.iter().all(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '-')));
}

/// What every segmenter promises: its spans are not empty and tile the text in order, on character boundaries; no
/// sentence begins with a blank but the first, and none is all blanks but the only one.
fn keeps_contract(name: &str, text: &str, spans: &[Span]) {
    let mut end = 0;
    for span in spans {
        assert_eq!(span.start(), end, "{name}: a gap or an overlap in {text:?}");
        assert!(!span.is_empty(), "{name}: an empty span in {text:?}");
        assert!(text.get(span.range()).is_some(), "{name}: off a character boundary in {text:?}");
        end = span.end();
    }
    assert_eq!(end, text.len(), "{name}: the end is missing of {text:?}");
    let pieces: Vec<&str> = spans.iter().map(|span| span.slice(text)).collect();
    assert_eq!(pieces.concat(), text, "{name}");
    for piece in pieces.iter().skip(1) {
        assert!(!piece.starts_with(char::is_whitespace), "{name}: {piece:?} begins with a blank");
        assert!(piece.contains(char::is_alphanumeric), "{name}: {piece:?} says nothing");
    }
}

fn all_keep_contract(text: &str) {
    for segmenter in SEGMENTERS {
        keeps_contract(segmenter.name, text, &(segmenter.split)(text));
    }
    keeps_contract("chosen", text, &segment::split(text, &Config::default()));
}

#[test]
fn contract_holds_on_the_edges() {
    for text in [
        "",
        " ",
        "\n\n",
        "。",
        "...",
        "”。“",
        "\u{200B}",
        "a",
        " a ",
        "。。a",
        "[。com",
        "((((",
        "\"'\"'",
        "1.",
        "\r\n. A",
    ] {
        all_keep_contract(text);
    }
    for case in cases(ZH, "").iter().chain(&cases(EN, " ")) {
        all_keep_contract(&case.concat());
    }
}

#[test]
fn hostile_text_takes_no_longer_than_prose() {
    for piece in [
        "((((\"", "a. ", "。”", "“", "[。", "1. ", "…", "他说", ".", "A. (b", "\n* ", "\n", " \n", ".)",
        "“。", "'a.'", "? ",
    ] {
        all_keep_contract(&piece.repeat(20_000));
    }
}

/// Text in which what the rules look at comes up often.
fn punctuated() -> impl Strategy<Value = String> {
    let parts = [
        "。",
        "！",
        "？",
        ".",
        "!",
        "?",
        "…",
        "……",
        "“",
        "”",
        "\"",
        "'",
        "’",
        "（",
        "）",
        "(",
        ")",
        "[",
        "]",
        "《",
        "》",
        "：",
        "，",
        "；",
        " ",
        "\n",
        "\u{3000}",
        "Mr",
        "U.S",
        "Inc",
        "The",
        "he said",
        "iOS",
        "1",
        "2.0",
        "com",
        "evil",
        "漏洞",
        "他说",
        "攻击者",
        "的",
        "* ",
        "—",
        "🎉",
        "e\u{301}",
        "\u{200B}",
    ];
    prop::collection::vec(prop::sample::select(parts.to_vec()), 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn contract_holds_on_arbitrary_text(text in any::<String>()) {
        all_keep_contract(&text);
    }

    #[test]
    fn contract_holds_on_punctuation(text in punctuated()) {
        all_keep_contract(&text);
    }

    /// A full stop between plain clauses always ends a sentence, however many there are.
    #[test]
    fn plain_sentences_are_told_apart(count in 1usize..30) {
        let chinese = "水管漏了，墙也湿了。".repeat(count);
        prop_assert_eq!((CHINESE.split)(&chinese).len(), count);
        let english = "The pipe leaks, and the wall is wet. ".repeat(count);
        prop_assert_eq!((ENGLISH.split)(&english).len(), count);
    }
}
