//! The aligner: small cases with known beads, and what must hold for any sentences whatever.
#![allow(clippy::unwrap_used)]

#[path = "common/text.rs"]
mod text;

use duizhao::align::{self, Config, Line};
use duizhao::lexicon::Lexicon;
use duizhao::model::{Alignment, Relation, Sides};
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

fn line(text: &impl AsRef<str>) -> Line<'_> {
    Line::body(text.as_ref())
}

fn align<S: AsRef<str>>(zh: &[S], en: &[S]) -> Alignment {
    let lines = Sides::new(zh.iter().map(line).collect(), en.iter().map(line).collect());
    align::align(&lines, Lexicon::builtin(), &Config::default()).unwrap()
}

/// The beads as the cases write them.
fn shown(alignment: &Alignment) -> Vec<String> {
    let beads = alignment.beads().iter();
    let shown = beads.map(|bead| match bead.relation {
        Relation::Translation => format!("{:?}:{:?}", bead.zh, bead.en),
        other => format!("{:?}:{:?} {}", bead.zh, bead.en, other.name()),
    });
    shown.collect()
}

fn cases(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(folder);
    let mut cases: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    cases.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    cases.sort();
    cases
}

/// What is wrong with a case, if something is.
fn fault(case: &Path) -> Option<String> {
    let text = fs::read_to_string(case).unwrap();
    let parts: Vec<Vec<&str>> = text
        .split("---\n")
        .map(|part| part.lines().skip_while(|line| line.starts_with("# ")).collect())
        .collect();
    let [zh, en, expected] = parts.as_slice() else { unreachable!("{} has not three parts", case.display()) };
    let found = shown(&align(zh, en));
    (found != *expected).then(|| format!("{}\nexpected {expected:#?}\nfound {found:#?}", case.display()))
}

#[test]
fn every_case_aligns_as_expected() {
    let cases = cases("align");
    assert!(cases.len() >= 9);
    let faults: Vec<String> = cases.iter().filter_map(|case| fault(case)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

/// That every sentence is in exactly one bead is checked again here, not left to [`Alignment::new`].
fn check(alignment: &Alignment, n: usize, m: usize) {
    let (mut zh, mut en) = (vec![0; n], vec![0; m]);
    for bead in alignment.beads() {
        assert!(bead.zh.is_sorted_by(|a, b| a < b) && bead.en.is_sorted_by(|a, b| a < b), "{bead:?}");
        assert!((0.0..=1.0).contains(&bead.confidence), "{bead:?}");
        assert!(bead.parts.iter().all(|p| p.value.is_finite()), "{bead:?}");
        let empty = (bead.zh.is_empty(), bead.en.is_empty());
        match bead.relation {
            Relation::Added => assert_eq!(empty, (false, true)),
            Relation::Omitted => assert_eq!(empty, (true, false)),
            _ => assert_eq!(empty, (false, false)),
        }
        bead.zh.iter().for_each(|&i| zh[i as usize] += 1);
        if bead.relation != Relation::Repeat {
            bead.en.iter().for_each(|&j| en[j as usize] += 1);
        }
    }
    assert!(zh.iter().chain(&en).all(|&count| count == 1), "{:?}", alignment.beads());
    let order = |indices: Vec<u32>| assert!(indices.is_sorted(), "{indices:?}");
    order(alignment.beads().iter().filter_map(|b| b.zh.first().copied()).collect());
}

fn check_twice(zh: &[String], en: &[String]) {
    let alignment = align(zh, en);
    check(&alignment, zh.len(), en.len());
    assert_eq!(alignment, align(zh, en));
}

#[test]
fn an_empty_side_leaves_the_other_alone() {
    let sentence = |text: &str| vec![text.to_owned(); 3];
    check_twice(&[], &[]);
    check_twice(&sentence("攻击者窃取了数据。"), &[]);
    check_twice(&[], &sentence("Attackers stole data."));
    check_twice(&sentence(""), &sentence(" "));
    check_twice(&sentence("。"), &sentence("..."));
}

/// A word may come more often in a sentence than sixteen bits can count.
#[test]
fn a_sentence_of_one_word_over_and_over_is_counted() {
    let en = [" attack".repeat(70_000), "Nothing else.".to_owned()];
    check_twice(&["攻击".to_owned(), "没有别的。".to_owned()], &en);
    check_twice(&["QuillFox ".repeat(70_000)], &["QuillFox ".repeat(70_000)]);
}

#[test]
fn sentences_said_over_and_over_are_each_in_a_bead() {
    for (n, m) in [(25, 25), (1, 25), (25, 1), (7, 12)] {
        check_twice(&vec!["攻击者窃取了数据。".to_owned(); n], &vec!["Attackers stole data.".to_owned(); m]);
    }
}

/// However unequal the sides: 90 × 3000 sentences are more than are searched whole.
#[test]
fn long_documents_are_aligned_in_blocks() {
    let zh: Vec<String> = (0..90).map(|i| format!("第{i}名攻击者窃取了数据库{i}。")).collect();
    let en: Vec<String> = (0..3000).map(|i| format!("Attacker {i} stole it.")).collect();
    check(&align(&zh, &en), zh.len(), en.len());
    check(&align(&en, &zh), en.len(), zh.len());
    check(&align(&vec!["。"; 700], &vec!["..."; 900]), 700, 900);
}

/// Different texts, one behind the other, long enough to be cut.
#[test]
fn a_long_document_aligns_like_its_parts() {
    let pairs = [
        ("攻击者窃取了", "Attackers stole "),
        ("研究人员分析了", "Researchers analysed "),
        ("该公司修复了", "The company fixed "),
    ];
    let text = |k: usize, i: usize| {
        let (zh, en) = pairs[(k + i) % pairs.len()];
        (format!("{zh}NODE{k}X{i}。"), format!("{en}NODE{k}X{i}."))
    };
    // Every part ends with a sentence of its own on either side in turn.
    let part = |k: usize| {
        let (mut zh, mut en): (Vec<String>, Vec<String>) = (0..20 + k % 7).map(|i| text(k, i)).unzip();
        if k.is_multiple_of(2) {
            zh.push("本文由编辑翻译。".to_owned())
        } else {
            en.push("Subscribe to the letter.".to_owned())
        }
        (zh, en)
    };
    let parts: Vec<_> = (0..40).map(part).collect();
    let (zh, en): (Vec<_>, Vec<_>) = parts.iter().cloned().unzip();
    let (zh, en) = (zh.concat(), en.concat());
    let found = align(&zh, &en);
    check(&found, zh.len(), en.len());
    let pairs_of = |a: &Alignment, i: u32, j: u32| -> Vec<(Vec<u32>, Vec<u32>)> {
        let both = a.beads().iter().filter(|b| !b.zh.is_empty() && !b.en.is_empty());
        both.map(|b| (b.zh.iter().map(|z| z + i).collect(), b.en.iter().map(|e| e + j).collect())).collect()
    };
    let (mut i, mut j, mut expected) = (0, 0, Vec::new());
    for (zh, en) in &parts {
        expected.extend(pairs_of(&align(zh, en), i, j));
        (i, j) = (i + zh.len() as u32, j + en.len() as u32);
    }
    // What words weigh is counted over a block and not over a part, so that a few beads may differ.
    let found = pairs_of(&found, 0, 0);
    let same = found.iter().filter(|bead| expected.contains(bead)).count();
    assert!(same * 4 >= expected.len() * 3, "{same} of {}", expected.len());
}

/// Mostly Chinese on the one side and English on the other, but not always; and some sentences come again.
fn side(own: bool) -> impl Strategy<Value = Vec<String>> {
    let sentence = if own {
        prop_oneof![6 => text::zh(), 1 => text::en()].boxed()
    } else {
        prop_oneof![1 => text::zh(), 6 => text::en()].boxed()
    };
    let again = prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..3);
    (prop::collection::vec(sentence, 0..=25), again).prop_map(|(mut side, again)| {
        for (from, to) in if side.is_empty() { Vec::new() } else { again } {
            let (from, to) = (from.index(side.len()), to.index(side.len()));
            side[to] = side[from].clone();
        }
        side
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_sentences_are_aligned(zh in side(true), en in side(false)) {
        check_twice(&zh, &en);
    }
}
