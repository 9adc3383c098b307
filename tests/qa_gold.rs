//! The fiction under `corpora/gold/qa`: whole, without a fault, and so close a translation that the aligner finds its beads.
#![allow(clippy::unwrap_used)]

use duizhao::align;
use duizhao::eval::{self, Gold};
use duizhao::pipeline::tune;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/gold/qa")
}

fn gold() -> Vec<Gold> {
    eval::read_gold(&folder()).unwrap()
}

#[test]
fn every_sentence_has_its_translation_and_no_fault() {
    let gold = gold();
    assert!(gold.len() >= 16, "{} articles", gold.len());
    for article in &gold {
        let slug = &article.slug;
        assert!(article.issues.is_empty() && article.repeats.is_empty(), "{slug}");
        assert!((25..=60).contains(&article.beads.len()), "{slug}: {} beads", article.beads.len());
        assert!(article.beads.iter().all(|bead| !bead.is_null()), "{slug}");
        let zh: Vec<u32> = article.beads.iter().flat_map(|bead| bead.zh().to_vec()).collect();
        let en: Vec<u32> = article.beads.iter().flat_map(|bead| bead.en().to_vec()).collect();
        assert!(zh.iter().copied().eq(0..article.zh.len() as u32), "{slug}");
        assert!(en.iter().copied().eq(0..article.en.len() as u32), "{slug}");
        assert_eq!(article.zh_paragraph.len(), article.zh.len(), "{slug}");
        assert_eq!(article.en_paragraph.len(), article.en.len(), "{slug}");
    }
}

#[test]
fn no_sentence_stands_twice() {
    let mut seen = BTreeSet::new();
    for article in gold() {
        for text in article.en.iter().chain(&article.zh).filter(|text| text.len() > 40) {
            assert!(seen.insert(text.clone()), "{}: {text}", article.slug);
        }
    }
}

#[test]
fn the_aligner_finds_the_beads() {
    let config = align::Config::default();
    let beads = tempfile::tempdir().unwrap();
    for article in gold() {
        let path = beads.path().join(format!("{}.beads", article.slug));
        fs::write(path, tune::beads(&article, &config).unwrap()).unwrap();
    }
    let scores = eval::run(&folder(), beads.path()).unwrap();
    assert!(scores.strict.f1 >= 0.95, "{scores}");
}
