//! The imported model against the Python package it comes from (`tests/cases/encoder/`).
#![cfg(feature = "encoder")]

use super::tokenizer::Tokenizer;
use super::weights::Weights;
use super::*;
use proptest::prelude::*;
use serde::Deserialize;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What the package says of a text; see `tests/cases/encoder/make.py`.
#[derive(Deserialize)]
struct Case {
    text: String,
    ids: Vec<u32>,
    first: Vec<f32>,
    cosines: Vec<f32>,
}

const AFTER: [usize; 8] = [1, 2, 3, 5, 8, 13, 21, 34];

/// The model's file. Where it was not imported there is nothing to test, which is said aloud; with
/// `DUIZHAO_REQUIRE_MODEL` set the test fails instead.
fn model() -> Option<PathBuf> {
    match Store::open().unwrap().path(USEM3.name) {
        Ok(path) => Some(path),
        Err(error) => {
            let required = std::env::var_os("DUIZHAO_REQUIRE_MODEL").is_some();
            assert!(!required, "{error}: {}", error.remedy_text().unwrap_or_default());
            // Past the test harness, which keeps what `eprintln!` says to itself.
            let text = format!("NOT TESTED: {error}: {}\n", error.remedy_text().unwrap_or_default());
            std::io::stderr().write_all(text.as_bytes()).unwrap();
            None
        }
    }
}

fn cases() -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/encoder/usem3.jsonl");
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Texts of all kinds and lengths.
fn texts() -> Vec<String> {
    cases().into_iter().map(|case| case.text).collect()
}

fn views(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

#[test]
fn pieces_are_those_of_the_package() {
    let Some(path) = model() else { return };
    let tokenizer = Tokenizer::open(&Weights::open(&path).unwrap()).unwrap();
    for case in cases() {
        assert_eq!(tokenizer.encode(&case.text), case.ids, "{:?}", case.text);
    }
}

#[test]
fn cosines_are_those_of_the_package() {
    let Some(path) = model() else { return };
    let encoder = open(path.to_str().unwrap()).unwrap();
    let cases = cases();
    let vectors = encoder.embed(&views(&texts())).unwrap();
    let vectors: Vec<&[f32]> = vectors.chunks_exact(encoder.dimension()).collect();
    assert_eq!((vectors.len(), cases.len()), (500, 500));
    let mut worst = 0.0f32;
    for (i, case) in cases.iter().enumerate() {
        for (found, expected) in vectors[i].iter().zip(&case.first) {
            assert!((found - expected).abs() < 1e-3, "{:?}: {found} for {expected}", case.text);
        }
        for (after, expected) in AFTER.iter().zip(&case.cosines) {
            let found = cosine(vectors[i], vectors[(i + after) % vectors.len()]);
            worst = worst.max((found - expected).abs());
        }
    }
    assert!(worst < 1e-3, "{worst}");
}

#[test]
fn vectors_have_length_one() {
    let Some(path) = model() else { return };
    let encoder = open(path.to_str().unwrap()).unwrap();
    for vector in encoder.embed(&views(&texts())).unwrap().chunks_exact(encoder.dimension()) {
        assert!((cosine(vector, vector) - 1.0).abs() < 1e-5);
    }
    assert!(encoder.embed(&[]).unwrap().is_empty());
}

#[test]
fn a_vector_depends_on_neither_neighbours_nor_threads() {
    let Some(path) = model() else { return };
    let texts = texts();
    let together = open(path.to_str().unwrap()).unwrap().embed(&views(&texts)).unwrap();
    let dimension = together.len() / texts.len();
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let encoder = open(path.to_str().unwrap()).unwrap();
            let (mut from, mut sizes) = (0, [1, 2, 7, 64, 65, 130].into_iter().cycle());
            while from < texts.len() {
                let to = (from + sizes.next().unwrap()).min(texts.len());
                let part = encoder.embed(&views(&texts[from..to])).unwrap();
                assert_eq!(part, together[from * dimension..to * dimension], "{from}..{to}");
                from = to;
            }
        });
    }
}

#[test]
fn sums_of_consecutive_texts_add_up() {
    let Some(path) = model() else { return };
    let encoder = open(path.to_str().unwrap()).unwrap();
    let texts: Vec<String> = texts().into_iter().take(300).collect();
    let pairs = texts.iter().zip(&texts[1..]).map(|(a, b)| format!("{a} {b}"));
    let wholes = encoder.embed(&views(&pairs.collect::<Vec<_>>())).unwrap();
    let (seam, mut sums) = (encoder.seam().unwrap(), encoder.pool(&views(&texts)).unwrap());
    for i in 1..texts.len() {
        let (before, next) = sums.split_at_mut(i);
        before[i - 1].add(&next[0], &seam);
    }
    let added = encoder.finish(&sums).unwrap();
    let dimension = encoder.dimension();
    let cosines =
        wholes.chunks_exact(dimension).zip(added.chunks_exact(dimension)).map(|(a, b)| cosine(a, b));
    let mut cosines: Vec<f32> = cosines.collect();
    cosines.sort_unstable_by(f32::total_cmp);
    assert!(cosines[3] > 0.9 && cosines[150] > 0.985, "{} {}", cosines[3], cosines[150]);
}

#[test]
fn what_means_the_same_lies_close_together() {
    let Some(path) = model() else { return };
    let encoder = open(path.to_str().unwrap()).unwrap();
    let vectors =
        encoder.embed(&["攻击者窃取了密码。", "Attackers stole passwords.", "The weather is fine."]).unwrap();
    let vectors: Vec<&[f32]> = vectors.chunks_exact(encoder.dimension()).collect();
    let (same, other) = (cosine(vectors[0], vectors[1]), cosine(vectors[0], vectors[2]));
    assert!(same > 0.6 && other < 0.3, "{same} {other}");
}

#[test]
fn a_damaged_model_file_is_refused_or_found() {
    let Some(path) = model() else { return };
    let bytes = std::fs::read(&path).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path());
    let place = store.place(USEM3.name).unwrap();
    for cut in [0, 7, 8, 100, 5000, bytes.len() - 1] {
        std::fs::write(&place, &bytes[..cut]).unwrap();
        let error = open(place.to_str().unwrap()).err().unwrap();
        assert!(error.remedy_text().unwrap().contains("model import"), "{error}");
    }
    let mut changed = bytes;
    *changed.last_mut().unwrap() ^= 1;
    std::fs::write(&place, &changed).unwrap();
    assert!(store.list().unwrap()[0].is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_text_makes_it_panic(texts: Vec<String>) {
        if let Some(path) = model() {
            let encoder = open(path.to_str().unwrap()).unwrap();
            let vectors = encoder.embed(&views(&texts)).unwrap();
            prop_assert!(vectors.len() == texts.len() * encoder.dimension());
            prop_assert!(vectors.iter().all(|x| x.is_finite()));
        }
    }
}
