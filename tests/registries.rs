//! What every entry of a registry must keep: formats, signals and sites. (Segmenters: `tests/segment.rs`.)
#![allow(clippy::unwrap_used)]

#[path = "common/text.rs"]
mod text;

use duizhao::align::shapes::Candidate;
use duizhao::align::signals::{SIGNALS, feature_count};
use duizhao::align::{self, Line, Prepared, search};
use duizhao::corpus;
use duizhao::export::container::{self, CONTAINERS};
use duizhao::export::testset::{self, LAYOUTS, Options, TestSet};
use duizhao::export::{self, FILE_SETS, FORMATS, LINE_FORMATS, Meta, Written};
use duizhao::extract;
use duizhao::import::{self, Named, READERS, SET_READERS};
use duizhao::lexicon::Lexicon;
use duizhao::model::{Alignment, Bitext, Evidence, Finding, Lang, Message, Severity, Sides, Span, reason};
use duizhao::pipeline::{self, Settings, Silent};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Names are what users type and files hold: unique, and in kebab-case.
fn check_names(registry: &str, entries: &[(&str, &str)]) {
    assert!(!entries.is_empty(), "{registry}: nothing is in it");
    let names: BTreeSet<&str> = entries.iter().map(|(name, _)| *name).collect();
    assert_eq!(names.len(), entries.len(), "{registry}: a name is used twice");
    for (name, doc) in entries {
        assert!(is_kebab_case(name), "{registry}: `{name}` is not kebab-case");
        assert!(doc.trim().len() >= 10, "{registry}: `{name}` does not say what it is for");
        assert!(!doc.contains('\n'), "{registry}: what `{name}` says of itself is more than a line");
    }
}

fn is_kebab_case(name: &str) -> bool {
    let is_part =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    name.split('-').all(is_part)
}

#[test]
fn formats_are_named_and_documented() {
    check_names("formats", &FORMATS.iter().map(|f| (f.name, f.doc)).collect::<Vec<_>>());
    let files: BTreeSet<String> = FORMATS.iter().map(|f| f.file()).collect();
    assert_eq!(files.len(), FORMATS.len(), "a file's name is used twice");
    for format in FORMATS {
        assert!(is_kebab_case(format.stem) && is_kebab_case(format.extension), "{}", format.file());
        assert_eq!(export::format(format.name).map(|f| f.name), Some(format.name));
    }
    assert_eq!(export::format("json").map(|f| f.name), Some("jsonl"));
    assert!(export::format("no-such-format").is_none());
}

/// Formats of one file, written piece by piece or not, of several, and layouts of test sets are chosen by name from one list.
#[test]
fn formats_of_several_files_are_named_and_documented() {
    let single = FORMATS.iter().map(|f| (f.name, f.doc));
    let containers = CONTAINERS.iter().map(|c| (c.name, c.doc));
    let sets = FILE_SETS.iter().map(|s| (s.name, s.doc));
    let layouts = LAYOUTS.iter().map(|l| (l.name, l.doc));
    let lines = LINE_FORMATS.iter().map(|f| (f.name, f.doc));
    check_names(
        "formats",
        &single.chain(containers).chain(lines).chain(sets).chain(layouts).collect::<Vec<_>>(),
    );
    for format in LINE_FORMATS {
        assert_eq!(export::line_format(format.name).map(|f| f.name), Some(format.name));
        assert!((format.line)("no bead", None).is_err(), "{}", format.name);
    }
    for set in FILE_SETS {
        let files: BTreeSet<String> = set.files.iter().map(|f| f.file()).collect();
        assert_eq!(files.len(), set.files.len(), "{}: a file's name is used twice", set.name);
        assert!(set.files.iter().all(|f| f.name == set.name && f.doc.len() >= 10), "{}", set.name);
        assert_eq!(export::file_set(set.name).map(|s| s.name), Some(set.name));
    }
    for format in CONTAINERS {
        assert!(is_kebab_case(format.extension), "{}", format.extension);
        assert_eq!(container::container(format.name).map(|f| f.name), Some(format.name));
    }
    for layout in LAYOUTS {
        assert_eq!(testset::layout(layout.name).map(|l| l.name), Some(layout.name));
    }
    assert!(export::file_set("jsonl").is_none() && testset::layout("jsonl").is_none());
}

#[test]
fn readers_are_named_and_documented() {
    let single = READERS.iter().map(|r| (r.name, r.doc));
    let sets = SET_READERS.iter().map(|r| (r.name, r.doc));
    check_names("readers", &single.chain(sets).collect::<Vec<_>>());
    for reader in READERS {
        for name in reader.extensions.iter().chain([&reader.name]) {
            assert_eq!(import::reader(name).unwrap().name, reader.name);
        }
    }
    for reader in SET_READERS {
        assert!(reader.files.len() > 1 && import::reader(reader.name).is_err(), "{}", reader.name);
        let error = reader.read(&[]).unwrap_err();
        assert!(error.remedy_text().unwrap().contains(reader.files[0]), "{}", reader.name);
    }
}

#[test]
fn rules_of_corpora_are_named_and_documented() {
    check_names("rules", &corpus::RULES.iter().map(|rule| (rule.name, rule.doc)).collect::<Vec<_>>());
    for rule in corpus::RULES {
        assert!(corpus::open(&rule.step()).is_ok(), "{} is not understood as it is", rule.name);
        let bare = corpus::Step { rule: rule.name.to_owned(), settings: toml::Table::new() };
        assert!(corpus::open(&bare).is_ok(), "{} needs a setting", rule.name);
    }
}

#[test]
fn signals_are_named_and_documented() {
    check_names("signals", &SIGNALS.iter().map(|s| (s.name, s.doc)).collect::<Vec<_>>());
    for signal in SIGNALS {
        let features: BTreeSet<&str> = signal.features.iter().copied().collect();
        assert_eq!(features.len(), signal.features.len(), "{}: a feature is named twice", signal.name);
        assert!(!features.is_empty(), "{} measures nothing", signal.name);
        assert!(features.iter().all(|f| is_kebab_case(f)), "{}: {features:?}", signal.name);
    }
}

#[test]
fn every_feature_has_a_weight_and_every_weight_a_feature() {
    type Tables = BTreeMap<String, BTreeMap<String, f64>>;
    let measured = SIGNALS.iter().flat_map(|s| s.features.iter().map(move |f| (s.name, *f)));
    let known: BTreeSet<(&str, &str)> = measured.chain(search::STEPS.iter().map(|s| ("step", *s))).collect();
    for file in
        [include_str!("../src/align/weights/lexicon.toml"), include_str!("../src/align/weights/encoder.toml")]
    {
        let sets: BTreeMap<String, Tables> = toml::from_str(file).unwrap();
        assert_eq!(sets.keys().collect::<Vec<_>>(), ["close", "loose"]);
        for weights in sets.values() {
            let named: BTreeSet<(&str, &str)> = weights
                .iter()
                .flat_map(|(table, features)| features.keys().map(move |f| (table.as_str(), f.as_str())))
                .collect();
            assert_eq!(named, known);
            assert!(weights.values().flat_map(BTreeMap::values).all(|w| w.is_finite()));
        }
    }
}

#[test]
fn every_site_reads_a_page() {
    let sites: Vec<_> = extract::sites().collect();
    check_names("sites", &sites);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |folder: &str| {
        let settings = Settings::default();
        let files = duizhao::ingest::list(&[root.join(folder)], &settings.ingest).unwrap().output;
        let mut sites = BTreeSet::new();
        pipeline::read_all(&files, &settings, &Silent, |reading| {
            sites.extend(reading.ok().map(|understood| understood.document.article.site));
            Ok(())
        })
        .unwrap();
        sites
    };
    let (sample, cases) = (read("corpora/sample"), read("tests/cases/extract"));
    for (name, _) in sites {
        // The sample holds what known sites publish; a page of any other site stands among the cases.
        let pages = if name == "generic" { &cases } else { &sample };
        assert!(pages.contains(name), "no page is read by `{name}`");
    }
}

/// A bitext in which sentence n translates sentence n and the rest is left alone, with a finding.
fn bitext(sentences: &Sides<Vec<String>>, meta: &str) -> Bitext {
    let documents = sentences.as_ref().map(|s| text::document(meta, s));
    let (n, m) = (sentences.zh.len(), sentences.en.len());
    let alignment = Alignment::new(text::straight(n, m), n, m, meta.to_owned()).unwrap();
    let finding = Finding {
        id: meta.to_owned(),
        group: meta.to_owned(),
        confidence: 0.5,
        check: meta.to_owned(),
        severity: Severity::Info,
        category: meta.to_owned(),
        bead: 0,
        spans: Sides::new(vec![Span::new(0, 0)], Vec::new()),
        message: Message::new(meta, meta),
        suggestion: Some(meta.to_owned()),
    };
    let pair = pipeline::pair(documents, Evidence::Citation { url: meta.to_owned() });
    Bitext { pair, alignment, findings: vec![finding], numbers: Vec::new(), revisions: Default::default() }
}

/// Whether these are files that can be written: text under names of their own, which lead out of no folder.
fn check_files(files: &[Written]) -> Result<(), TestCaseError> {
    let names: BTreeSet<&str> = files.iter().map(|f| f.path.as_str()).collect();
    prop_assert_eq!(names.len(), files.len(), "{:?}", names);
    for file in files {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
        prop_assert!(file.path.chars().all(is_plain), "{}", file.path);
        prop_assert!(file.path.split('/').all(|part| !part.trim_matches('.').is_empty()), "{}", file.path);
        prop_assert!(std::str::from_utf8(&file.bytes).is_ok(), "{}", file.path);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn formats_write_any_text_and_the_same_twice(
        zh in prop::collection::vec(any::<String>(), 0..6),
        en in prop::collection::vec(any::<String>(), 0..6),
        meta in any::<String>(),
    ) {
        let bitexts = [bitext(&Sides::new(zh, en), &meta)];
        let meta = Meta { version: meta.clone(), signature: meta, licence: None, rules: Vec::new() };
        for format in FORMATS {
            let bytes = export::write(format, &meta, &bitexts);
            prop_assert_eq!(&bytes, &export::write(format, &meta, &bitexts), "{}", format.name);
            prop_assert!(std::str::from_utf8(&bytes).is_ok(), "{}", format.name);
        }
        for format in CONTAINERS {
            let filled = || container::fill(format, &meta, Lang::Zh, &bitexts);
            prop_assert_eq!(filled().unwrap(), filled().unwrap(), "{}", format.name);
        }
        for set in FILE_SETS {
            let files = export::write_set(set, &meta, &bitexts);
            prop_assert_eq!(&files, &export::write_set(set, &meta, &bitexts), "{}", set.name);
            check_files(&files)?;
        }
        let mut set = TestSet::new(Options::default()).unwrap();
        bitexts.iter().for_each(|bitext| set.add(bitext));
        for layout in LAYOUTS {
            let files = (layout.files)(&set, &meta);
            check_files(&files)?;
            // One line a segment, whatever the text.
            for file in files.iter().filter(|f| !f.path.contains(".json")) {
                prop_assert_eq!(file.bytes.iter().filter(|&&b| b == b'\n').count(), set.len(), "{}", file.path);
            }
        }
    }

    #[test]
    fn readers_take_any_text(text in any::<String>(), other in any::<String>()) {
        for reader in READERS {
            let _ = (reader.read)("a", text.as_bytes());
        }
        for reader in SET_READERS {
            let texts = [&text, &other, &text].map(|t| Named { name: "a", bytes: t.as_bytes() });
            let _ = reader.read(&texts[..reader.files.len()]);
        }
    }

    #[test]
    fn signals_measure_finite_values(
        zh in prop::collection::vec(text::zh(), 1..8),
        en in prop::collection::vec(text::en(), 1..8),
    ) {
        let line = Line::body;
        let lines = Sides::new(
            zh.iter().map(|s| line(s.as_str())).collect(),
            en.iter().map(|s| line(s.as_str())).collect(),
        );
        let config = align::Config::default();
        let prepared = Prepared::new(&lines, Lexicon::builtin(), &config).unwrap();
        let scorer = prepared.scorer(&config.weights);
        let (n, m) = scorer.size();
        let mut features = Vec::new();
        for (i, j) in (0..=n).flat_map(|i| (0..=m).map(move |j| (i, j))).filter(|&cell| cell != (0, 0)) {
            for (zh, en) in [(0..i, 0..j), (0..i.min(1), 0..j), (0..i, 0..j.min(1))] {
                scorer.features(&Candidate::new(zh, en), &mut features);
                prop_assert_eq!(features.len(), feature_count());
                prop_assert!(features.iter().all(|f| f.is_finite()), "{:?}", features);
            }
        }
    }
}

/// The exit code hangs on the reasons of what was left out: one that is new, or spelled otherwise, must be classified.
#[test]
fn every_reason_of_ingest_is_a_failure_or_harmless() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ingest");
    let given = regex::Regex::new(
        r#"(?:\bbecause\(|\b(?:notice|skip|bad)\([^";]*?|\bSome\(\(\s*|\bthen_some\(\(\s*)"([a-z]+(?:-[a-z]+)*)""#,
    )
    .unwrap();
    let mut found =
        BTreeSet::from([reason::UNREADABLE, "too-deeply-nested", "too-many-blocks"].map(str::to_owned));
    for entry in walkdir::WalkDir::new(folder).into_iter().map(|e| e.unwrap().into_path()) {
        if entry.is_file() && !entry.ends_with("tests.rs") {
            let source = std::fs::read_to_string(&entry).unwrap();
            found.extend(given.captures_iter(&source).map(|c| c[1].to_owned()));
        }
    }
    let classified = [&reason::FAILURES[..], &reason::HARMLESS].concat();
    assert_eq!(found, classified.iter().map(|&r| r.to_owned()).collect(), "those found, those classified");
    assert_eq!(found.len(), classified.len(), "a reason is classified twice");
    let extract = ["mod.rs", "document.rs"].map(|file| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/extract").join(file);
        std::fs::read_to_string(path).unwrap()
    });
    for reason in ["too-deeply-nested", "too-many-blocks"] {
        assert!(extract.concat().contains(&format!("\"{reason}\"")), "nobody says {reason}");
    }
}
