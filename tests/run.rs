//! The main job from end to end: pages in, a folder of aligned sentence pairs out.
// What is paired and aligned depends on the vocabulary.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "run/folder.rs"]
mod folder;

use duizhao::error::ErrorKind;
use duizhao::eval;
use duizhao::export::SCHEMA;
use duizhao::lexicon::{Lexicon, Overlay};
use duizhao::model::Record;
use duizhao::model::{ParagraphKind, Relation};
use duizhao::pipeline::{self, Progress, Settings, Silent};
use folder::{Output, corpora, files_in, names_in, run, sample};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// The sample's output, made once.
static SAMPLE: LazyLock<Output> = LazyLock::new(|| run(&[sample()]));

#[test]
fn the_pairs_are_those_of_the_gold() {
    let columns = |text: &str| -> Vec<String> {
        let pair = |line: &str| line.split('\t').take(2).collect::<Vec<_>>().join("\t");
        text.lines().map(pair).collect()
    };
    let expected = fs::read_to_string(corpora().join("gold/sample/pairs.tsv")).unwrap();
    assert_eq!(columns(&SAMPLE.text("pairs.tsv")), columns(&expected));
}

#[test]
fn every_page_ends_in_a_pair_or_is_listed_with_a_reason() {
    let pages = names_in(&sample());
    let records = SAMPLE.records();
    let paired: BTreeSet<String> =
        records.iter().flat_map(|r| [r.zh_file.clone(), r.en_file.clone()]).collect();
    let skipped: Vec<String> = SAMPLE.skipped().iter().map(|notice| notice.input.clone()).collect();
    let listed: BTreeSet<String> = skipped.iter().cloned().collect();
    assert_eq!(skipped.len(), listed.len(), "a page is skipped twice: {skipped:?}");
    assert!(paired.is_disjoint(&listed), "{:?}", paired.intersection(&listed).collect::<Vec<_>>());
    assert_eq!(paired.union(&listed).cloned().collect::<BTreeSet<_>>(), pages);
    for notice in SAMPLE.skipped() {
        assert!(!notice.message.is_empty() && !notice.remedy.is_empty(), "{notice:?}");
    }
}

#[test]
fn every_line_keeps_to_the_schema() {
    let validator = jsonschema::validator_for(&serde_json::from_str(SCHEMA).unwrap()).unwrap();
    for line in SAMPLE.text("aligned.jsonl").lines() {
        let errors: Vec<_> =
            validator.iter_errors(&serde_json::from_str(line).unwrap()).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?} in {line}");
    }
}

#[test]
fn spans_cut_the_sentences_out_of_the_articles() {
    let articles = SAMPLE.articles();
    for record in SAMPLE.records() {
        let sides = [
            (&record.zh_file, &record.zh, &record.zh_index, &record.zh_span),
            (&record.en_file, &record.en, &record.en_index, &record.en_span),
        ];
        for (file, sentences, indices, spans) in sides {
            let document = &articles[file].document;
            let cut: Vec<&str> = spans.iter().map(|span| &document.article.text[span.range()]).collect();
            assert_eq!(cut, *sentences, "{}", record.id);
            let numbered: Vec<&str> = indices.iter().map(|&i| document.sentence(i as usize)).collect();
            assert_eq!(numbered, *sentences, "{}", record.id);
        }
    }
}

#[test]
fn titles_come_first_and_belong_together() {
    let articles = SAMPLE.articles();
    let mut seen = BTreeSet::new();
    for record in SAMPLE.records().iter().filter(|r| seen.insert(r.pair.clone())) {
        assert_eq!((&record.zh_index[..], &record.en_index[..]), (&[0][..], &[0][..]), "{}", record.id);
        assert_eq!(record.relation, Relation::Translation);
        for file in [&record.zh_file, &record.en_file] {
            let document = &articles[file].document;
            assert_eq!(document.paragraph_of(0).unwrap().kind, ParagraphKind::Title, "{file}");
        }
    }
    assert_eq!(seen.len(), 13);
}

#[test]
fn beads_are_numbered_and_hold_every_sentence_once() {
    let articles = SAMPLE.articles();
    let mut pairs: BTreeMap<String, Vec<Record>> = BTreeMap::new();
    for record in SAMPLE.records() {
        pairs.entry(record.pair.clone()).or_default().push(record);
    }
    for (pair, records) in pairs {
        let ids: Vec<String> = (0..records.len()).map(|n| format!("{pair}#{n}")).collect();
        assert_eq!(records.iter().map(|r| &r.id).collect::<Vec<_>>(), ids.iter().collect::<Vec<_>>());
        let count = |file: &str| articles[file].document.sentences.len() as u32;
        let zh: BTreeSet<u32> = records.iter().flat_map(|r| r.zh_index.clone()).collect();
        assert_eq!(zh, (0..count(&records[0].zh_file)).collect());
        let once = records.iter().filter(|r| r.relation != Relation::Repeat);
        let mut en: Vec<u32> = once.flat_map(|r| r.en_index.clone()).collect();
        en.sort_unstable();
        assert_eq!(en, (0..count(&records[0].en_file)).collect::<Vec<_>>());
    }
}

#[test]
fn scores_keep_above_their_floors() {
    let gold = corpora().join("gold/sample");
    let scores = eval::run(&gold, &SAMPLE.path("aligned.jsonl")).unwrap();
    let pairs = eval::score_pairs(&gold.join("pairs.tsv"), &SAMPLE.path("pairs.tsv")).unwrap().pairs;
    let floors: BTreeMap<String, BTreeMap<String, f64>> =
        toml::from_str(include_str!("floors.toml")).unwrap();
    for (name, floor) in &floors["sample"] {
        let measure = match name.as_str() {
            "pairs" => pairs,
            "strict" => scores.strict,
            "lax" => scores.lax,
            "links" => scores.links,
            "all" => scores.all,
            "null" => scores.null,
            "moved" => scores.moved,
            other => panic!("there is no measure `{other}`"),
        };
        assert!(measure.f1 >= *floor, "{name} {:.4} is under its floor {floor}\n{scores}", measure.f1);
    }
}

#[test]
fn the_manifest_names_every_file_with_its_hash() {
    let manifest: serde_json::Value = serde_json::from_str(&SAMPLE.text("manifest.json")).unwrap();
    let outputs = manifest["outputs"].as_object().unwrap();
    let mut written = names_in(SAMPLE.folder());
    assert!(written.remove(pipeline::MANIFEST));
    assert_eq!(outputs.keys().cloned().collect::<BTreeSet<_>>(), written);
    for (name, said) in outputs {
        let (sha256, bytes) = pipeline::hash_file(&SAMPLE.path(name)).unwrap();
        assert_eq!((said["sha256"].as_str(), said["bytes"].as_u64()), (Some(sha256.as_str()), Some(bytes)));
    }
    let configuration = &manifest["configuration"];
    assert_eq!(configuration["align"]["repeat_overlap"].to_string(), "0.7", "{configuration}");
    let here = env!("CARGO_MANIFEST_DIR");
    for name in written {
        let bytes = fs::read(SAMPLE.path(&name)).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains(here), "{name} holds a path of this machine");
    }
    assert!(!manifest.to_string().contains(here));
}

/// The same bytes, however many threads there are and however often it runs, also over an earlier output.
#[test]
fn the_output_is_the_same_with_any_number_of_threads() {
    let expected = files_in(SAMPLE.folder());
    let out = tempfile::tempdir().unwrap();
    for threads in [1, 2, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let go = || pipeline::run(&[sample()], out.path(), false, &Settings::default(), &Silent);
        pool.install(go).unwrap();
        assert!(files_in(out.path()) == expected, "{threads} threads write something else");
    }
}

#[test]
fn the_order_of_the_arguments_does_not_matter() {
    let [zh, en] = ["zh", "en"].map(|lang| sample().join(lang));
    let (one, other) = (run(&[zh.clone(), en.clone()]), run(&[en, zh]));
    for name in ["aligned.jsonl", "aligned.tsv", "aligned.tmx", "pairs.tsv"] {
        assert_eq!(one.text(name), other.text(name), "{name}");
    }
    assert_eq!(one.records().len(), SAMPLE.records().len());
}

/// Folders to change, with the sample's pages in them.
fn copy() -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for name in names_in(&sample()) {
        let to = copy.path().join(&name);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(sample().join(&name), to).unwrap();
    }
    copy
}

#[test]
fn an_original_may_have_two_posts() {
    let pages = copy();
    let post = fs::read_to_string(pages.path().join("zh/Kd3P.md")).unwrap();
    fs::write(pages.path().join("zh/Kd4Q.md"), post.replace("posts/Kd3P", "posts/Kd4Q")).unwrap();
    let output = run(&[pages.path().to_owned()]);
    let pairs = output.text("pairs.tsv");
    let of = |post: &str| pairs.lines().find_map(|l| l.strip_prefix(post)).unwrap_or_default().to_owned();
    assert_eq!((of("Kd3P.md"), pairs.lines().count()), (of("Kd4Q.md"), 14), "{pairs}");
    assert!(!of("Kd3P.md").is_empty());
}

#[test]
fn files_of_equal_bytes_are_two_pages() {
    let pages = copy();
    fs::copy(pages.path().join("zh/pX8q.md"), pages.path().join("zh/copy-of-pX8q.md")).unwrap();
    let output = run(&[pages.path().to_owned()]);
    let posts: BTreeSet<String> = output.records().iter().map(|r| r.zh_file.clone()).collect();
    assert!(posts.contains("zh/pX8q.md") && posts.contains("zh/copy-of-pX8q.md"), "{posts:?}");
}

/// A byte that is no character is a remark on a page, and no reason to list it as left out.
#[test]
fn a_damaged_page_is_paired_and_not_skipped() {
    let pages = copy();
    let path = pages.path().join("zh/Hs9u.md");
    let mut bytes = fs::read(&path).unwrap();
    bytes.extend_from_slice(b"\xff\n");
    fs::write(&path, bytes).unwrap();
    let output = run(&[pages.path().to_owned()]);
    assert!(output.records().iter().any(|r| r.zh_file == "zh/Hs9u.md"));
    assert!(output.skipped().iter().all(|n| n.input != "zh/Hs9u.md"), "{:?}", output.skipped());
    let remarks = &output.articles()["zh/Hs9u.md"].notices;
    assert!(remarks.iter().any(|n| n.reason == "undecodable-bytes"), "{remarks:?}");
}

/// The same pages, each a line of one archive, give the same beads.
#[test]
fn an_archive_is_as_good_as_files() {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("pages.jsonl");
    let mut lines = String::new();
    let mut expected = BTreeSet::new();
    for post in ["zh/Kd3P.md", "zh/Hs9u.md", "zh/Zt6M.html"] {
        let mut records = SAMPLE.records();
        records.retain(|r| r.zh_file == post);
        for name in [&records[0].zh_file, &records[0].en_file] {
            let kind = if name.ends_with("html") { "html" } else { "markdown" };
            let text = fs::read_to_string(sample().join(name)).unwrap();
            lines += &format!("{}\n", serde_json::json!({ kind: text }));
        }
        expected.extend(records.into_iter().map(|r| (r.zh, r.en, r.relation)));
    }
    fs::write(&archive, lines).unwrap();
    let output = run(&[archive]);
    let found: BTreeSet<_> = output.records().into_iter().map(|r| (r.zh, r.en, r.relation)).collect();
    assert_eq!(found, expected, "{:?}", output.skipped());
    assert!(output.records().iter().all(|r| r.zh_file.starts_with("pages.jsonl#")));
}

#[test]
fn a_folder_of_something_else_is_refused_unless_forced() {
    let out = tempfile::tempdir().unwrap();
    fs::write(out.path().join("thesis.txt"), "years of work").unwrap();
    let go = |force| pipeline::run(&[sample()], out.path(), force, &Settings::default(), &Silent);
    let error = go(false).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Usage);
    assert!(error.remedy_text().unwrap().contains("--force"));
    assert_eq!(names_in(out.path()), BTreeSet::from(["thesis.txt".to_owned()]));
    go(true).unwrap();
    assert_eq!(fs::read_to_string(out.path().join("thesis.txt")).unwrap(), "years of work");
    assert!(out.path().join("aligned.jsonl").exists());
}

/// It may be given away without telling where its maker keeps things.
#[test]
fn the_manifest_names_no_folders_of_its_maker() {
    let pages = copy();
    let output = run(&[pages.path().to_owned()]);
    let manifest = output.text("manifest.json");
    for folder in [pages.path(), output.folder()] {
        assert!(!manifest.contains(folder.to_str().unwrap()), "{manifest}");
    }
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let names: Vec<&str> =
        manifest["inputs"].as_array().unwrap().iter().map(|i| i["file"].as_str().unwrap()).collect();
    assert!(names.len() == 30 && names.iter().all(|name| Path::new(name).is_relative()), "{names:?}");
}

/// Is stopped when it has been asked so often.
struct Stop(AtomicU64);

impl Progress for Stop {
    fn begin(&self, _what: &str, _steps: Option<u64>) {}
    fn advance(&self, _steps: u64) {}
    fn end(&self) {}
    fn cancelled(&self) -> bool {
        self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1)).is_err()
    }
}

#[test]
fn a_run_that_is_stopped_leaves_everything_as_it_was() {
    let out = tempfile::tempdir().unwrap();
    let stop = |after: u64, out: &Path| {
        let progress = Stop(AtomicU64::new(after));
        pipeline::run(&[sample().join("zh")], out, false, &Settings::default(), &progress)
    };
    let fresh = out.path().join("fresh");
    for (after, earlier) in [(0, false), (0, true), (1, true), (2, true)] {
        let folder = if earlier { out.path().join("earlier") } else { fresh.clone() };
        if earlier {
            pipeline::run(&[sample().join("en")], &folder, false, &Settings::default(), &Silent).unwrap();
        }
        let before = if earlier { files_in(&folder) } else { BTreeMap::new() };
        let error = stop(after, &folder).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Interrupted, "{error}");
        assert!(files_in(&folder) == before, "stopped after {after}: {:?}", names_in(&folder));
    }
}

/// The sample's output when the lexicon is adapted to it.
fn adapt(out: &Path, threads: usize) {
    let settings = Settings { adapt: Some(pipeline::train::Config::default()), ..Settings::default() };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| pipeline::run(&[sample()], out, false, &settings, &Silent)).unwrap();
}

#[test]
fn a_run_that_adapts_writes_its_overlay_and_the_same_bytes_with_any_number_of_threads() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    adapt(one.path(), 1);
    adapt(two.path(), 2);
    assert!(files_in(one.path()) == files_in(two.path()));
    let text = fs::read_to_string(one.path().join("overlay.tsv")).unwrap();
    let overlay = Overlay::parse(&text).unwrap();
    assert!(overlay.len() > 20, "{text}");
    let manifest: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(one.path().join("manifest.json")).unwrap()).unwrap();
    let lexicon = Lexicon::builtin().overlaid(&overlay);
    assert_eq!(manifest["lexicon"], lexicon.hash());
    assert!(manifest["signature"].as_str().unwrap().ends_with(lexicon.hash()), "{manifest}");
    assert!(manifest["outputs"]["overlay.tsv"].is_object() && manifest["configuration"]["adapt"].is_object());
}

/// Its manifest would not name it, but it would lie there as if it had made what lies beside it.
#[test]
fn an_overlay_does_not_outlive_its_run() {
    let out = tempfile::tempdir().unwrap();
    adapt(out.path(), 2);
    fs::write(out.path().join("notes.txt"), "mine").unwrap();
    pipeline::run(&[sample()], out.path(), false, &Settings::default(), &Silent).unwrap();
    let mut expected = names_in(SAMPLE.folder());
    expected.insert("notes.txt".to_owned());
    assert_eq!(names_in(out.path()), expected);
    assert_eq!(
        fs::read(out.path().join("aligned.jsonl")).unwrap(),
        SAMPLE.text("aligned.jsonl").into_bytes()
    );
}

/// The output folder may lie among the pages: it is not read.
#[test]
fn output_among_the_pages_is_not_read() {
    let pages = copy();
    let out = pages.path().join("out");
    let inputs: [PathBuf; 1] = [pages.path().to_owned()];
    for _ in 0..2 {
        let summary = pipeline::run(&inputs, &out, false, &Settings::default(), &Silent).unwrap();
        assert_eq!((summary.files, summary.pairs.values().sum::<u64>()), (30, 13));
    }
}
