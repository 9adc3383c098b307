//! The formulas, tried on articles small enough to be reckoned by hand.

use super::*;
use crate::model::{Message, Sides, Span};
use crate::qa::testing::pair;
use crate::qa::{CHECKS, CheckConfig};

/// Twenty English words in two sentences, the second of which nothing renders.
const ROWS: [(&str, &str); 2] = [
    (
        "瓦尔莫兰称有四百万名客户受影响。",
        "Valmorane said four million of its many customers were hit today .",
    ),
    ("", "It has so far not paid the ransom at all"),
];

fn finding(check: &str, severity: Severity, group: &str) -> Finding {
    Finding {
        id: format!("{check}{group}"),
        group: group.to_owned(),
        check: check.to_owned(),
        severity,
        category: "Accuracy/Mistranslation".to_owned(),
        confidence: 1.0,
        bead: 0,
        spans: Sides::default(),
        message: Message::default(),
        suggestion: None,
    }
}

fn assessed(findings: &[Finding], config: &Config) -> Assessment {
    let (pair, alignment) = pair(&ROWS);
    assess(&pair, &alignment, findings, config)
}

#[test]
fn nothing_found_is_a_hundred() {
    let clean = assessed(&[], &Config::default());
    assert_eq!((clean.fidelity, clean.scorecard.words, clean.scorecard.passed), (100.0, 21, true));
}

#[test]
fn every_aspect_takes_its_points() {
    let mut omission = finding("omission", Severity::Minor, "o");
    let start = ROWS[0].1.len() + 1;
    omission.spans.en = vec![Span::new(start, start + ROWS[1].1.len())];
    let mut number = finding("number", Severity::Major, "n");
    number.confidence = 0.5;
    let form = finding("punctuation", Severity::Minor, "p");
    let info = finding("attribution", Severity::Info, "i");
    let a = assessed(&[omission, number, form, info], &Config::default());
    let per_word = 100.0 / 21.0;
    for (aspect, words) in [
        (Aspect::Coverage, 10.0),
        (Aspect::Values, 4.0 * 5.0 * 0.5),
        (Aspect::Entities, 0.0),
        (Aspect::Meaning, 0.0),
        (Aspect::Form, 4.0),
    ] {
        assert!((a.lost(aspect) - words * per_word).abs() < 1e-9, "{aspect:?}: {:?}", a.lost);
    }
    assert!((a.fidelity - (100.0 - 20.0 * per_word)).abs() < 1e-9, "{}", a.fidelity);
    assert_eq!(a.unrendered, 10);
    assert!((a.scorecard.penalty - 7.0).abs() < 1e-9);
    assert_eq!((a.counts().total(), a.counts().of(Severity::Info)), (4, 1));
}

#[test]
fn one_cause_counts_once_as_its_gravest() {
    let twice =
        [finding("name-mangled", Severity::Minor, "g"), finding("name-mangled", Severity::Major, "g")];
    let (a, once) = (assessed(&twice, &Config::default()), assessed(&twice[1..], &Config::default()));
    assert_eq!((a.scorecard.penalty, a.fidelity), (5.0, once.fidelity));
    assert_eq!(a.findings["name-mangled"].total(), 2);
}

#[test]
fn a_check_may_weigh_less_and_a_threshold_be_set() {
    let mut config = Config::default();
    config.checks.insert("term".to_owned(), CheckConfig { weight: Some(0.0), ..CheckConfig::default() });
    config.score.threshold = 1000.0;
    let a = assessed(&[finding("term", Severity::Critical, "t")], &config);
    assert_eq!((a.fidelity, a.scorecard.penalty), (100.0, 25.0));
    assert!(!a.scorecard.passed, "25 points in 21 words are 1,190 in 1,000");
    config.score.threshold = 1200.0;
    assert!(assessed(&[finding("term", Severity::Critical, "t")], &config).scorecard.passed);
}

#[test]
fn the_worst_is_nought_and_no_text_is_no_fault() {
    let all: Vec<Finding> = (0..9).map(|n| finding("negation", Severity::Critical, &n.to_string())).collect();
    assert_eq!(assessed(&all, &Config::default()).fidelity, 0.0);
    let (pair, alignment) = pair(&[]);
    let none =
        assess(&pair, &alignment, &[finding("source-differs", Severity::Info, "s")], &Config::default());
    assert_eq!((none.fidelity, none.scorecard.per_thousand), (100.0, 0.0));
}

#[test]
fn articles_weigh_by_their_words() {
    let config = Config::default();
    let mut overview = Overview::default();
    let mut long = assessed(&[], &config);
    long.scorecard.words = 300;
    let mut short = assessed(&[finding("date", Severity::Major, "d")], &config);
    (short.scorecard.words, short.fidelity) = (100, 60.0);
    add(&mut overview, &long, &config);
    add(&mut overview, &short, &config);
    assert_eq!((overview.articles, overview.scorecard.words), (2, 400));
    assert!((overview.fidelity - 90.0).abs() < 1e-9);
    assert!((overview.scorecard.per_thousand - 12.5).abs() < 1e-9 && overview.scorecard.passed);
    assert_eq!(overview.findings["date"].of(Severity::Major), 1);
}

#[test]
fn what_looks_at_the_form_alone_is_no_part_of_fidelity() {
    for check in CHECKS {
        assert_eq!(check.fidelity, aspect(check.name) != Aspect::Form, "{}", check.name);
    }
    assert_eq!(aspect("no-such-check"), Aspect::Meaning);
}
