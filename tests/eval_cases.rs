//! The scores on a small invented gold: repeats, moved content, null and discontinuous beads, a missing article,
//! edited text. What is expected was computed by the reference scorer.
#![allow(clippy::unwrap_used)]

use duizhao::eval;
use std::fs;
use std::path::{Path, PathBuf};

fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/eval").join(name)
}

/// The figures, compared as data (to the last bit: both are parsed from the shortest form) and as text.
fn assert_expected<T: serde::Serialize + std::fmt::Display>(name: &str, actual: &T) {
    let read = |kind| fs::read_to_string(case("expected").join(format!("{name}.{kind}"))).unwrap();
    let parse = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap();
    assert_eq!(parse(&serde_json::to_string(actual).unwrap()), parse(&read("json")));
    assert_eq!(format!("{actual}\n"), read("txt"));
}

#[test]
fn beads_score_as_the_reference_says() {
    let scores = eval::run(&case("gold"), &case("beads")).unwrap();
    assert_expected("beads", &scores);
    assert_eq!(scores.missing, ["orchard-drones-turn-around"]);
    assert!(scores.moved.recall > 0.0 && scores.moved.precision < 1.0);
}

#[test]
fn aligned_text_scores_as_the_reference_says() {
    assert_expected("e2e", &eval::run(&case("gold"), &case("aligned.jsonl")).unwrap());
}

#[test]
fn pairs_score_as_the_reference_says() {
    let scores = eval::score_pairs(&case("pairs-expected.tsv"), &case("pairs-hypothesis.tsv")).unwrap();
    assert_expected("pairs", &scores);
}

#[test]
fn gold_against_itself_is_perfect() {
    let gold = eval::read_gold(&case("gold")).unwrap();
    let hypotheses = gold.iter().map(|g| (g.slug.clone(), g.beads.clone())).collect();
    let scores = eval::score(&gold, &hypotheses);
    for m in [scores.strict, scores.lax, scores.links, scores.all, scores.moved, scores.null] {
        assert_eq!((m.precision, m.recall, m.f1, m.n_hyp), (1.0, 1.0, 1.0, m.n_gold));
    }
}

#[test]
fn a_hypothesis_of_another_kind_is_refused_with_a_remedy() {
    for name in ["pairs-expected.tsv", "absent"] {
        let error = eval::run(&case("gold"), &case(name)).unwrap_err();
        assert!(error.to_string().contains(name) && error.remedy_text().is_some(), "{error}");
    }
}
