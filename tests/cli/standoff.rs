//! `duizhao export --format standoff` and `duizhao corpus restore`, over the sample.

use super::program::{Pages, duizhao, sample};
use duizhao::export::standoff;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// The sample in `pages/`, aligned without findings, and its stand-off lines.
fn taken_apart() -> Pages {
    let pages = Pages::new();
    for side in ["zh", "en"] {
        for entry in fs::read_dir(Path::new(&sample("")).join(side)).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("pages/{side}/{}", path.file_name().unwrap().to_str().unwrap());
            pages.write(&name, &fs::read(&path).unwrap());
        }
    }
    duizhao(&["run", "pages", "--out", "out", "--no-qa", "--quiet"]).within(&pages).succeeds();
    duizhao(&["export", "out/aligned.jsonl", "--format", "standoff", "--out", "standoff.jsonl"])
        .within(&pages)
        .succeeds();
    pages
}

/// Restores with `--report report.json`; gives the report and what was said.
fn restored(pages: &Pages, given: &[&str], code: i32) -> (Value, String) {
    let arguments =
        ["corpus", "restore", "standoff.jsonl", "--out", "again.jsonl", "--report", "report.json"];
    let given = given.iter().flat_map(|folder| ["--pages", folder]);
    let arguments: Vec<&str> = arguments.into_iter().chain(given).collect();
    let said = duizhao(&arguments).within(pages).fails(code).stderr;
    (serde_json::from_str(&pages.read("report.json")).unwrap(), said)
}

/// The lines of a file that are not of the pair with this page.
fn without(text: &str, page: &str) -> String {
    text.lines().filter(|line| !line.contains(page)).map(|line| format!("{line}\n")).collect()
}

#[test]
fn the_sample_comes_back_to_the_byte_or_is_refused() {
    let pages = taken_apart();
    let aligned = pages.read("out/aligned.jsonl");
    for given in [&["pages"][..], &["pages/en", "pages/zh"]] {
        let (report, said) = restored(&pages, given, 0);
        assert_eq!(pages.read("again.jsonl"), aligned);
        assert_eq!(report["refused"], serde_json::json!([]), "{said}");
    }
    assert!(restored(&pages, &["pages"], 0).1.contains("written of 13 of 13 pairs"));

    // A character of the article.
    let page = "zh/Kd3P.md";
    let text = pages.read(&format!("pages/{page}"));
    let changed = text.replacen('。', "！", 1);
    assert_ne!(text, changed);
    pages.write(&format!("pages/{page}"), changed.as_bytes());
    let (report, said) = restored(&pages, &["pages"], 3);
    assert_eq!(report["refused"][0]["causes"][0]["reason"], "page-changed");
    assert!(said.contains(page) && said.contains("help: "), "{said}");
    assert_eq!(pages.read("again.jsonl"), without(&aligned, page));
    pages.write(&format!("pages/{page}"), text.as_bytes());

    // A character of what surrounds it.
    let page = "zh/Zt6M.html";
    let text = pages.read(&format!("pages/{page}"));
    pages.write(&format!("pages/{page}"), text.replacen("class=\"header\"", "class=\"head\"", 1).as_bytes());
    let (report, _) = restored(&pages, &["pages"], 3);
    assert_eq!(report["refused"].as_array().unwrap().len(), 1);
    assert_eq!(report["refused"][0]["causes"][0]["file"], page);
    assert_eq!(pages.read("again.jsonl"), without(&aligned, page));
}

#[test]
fn lines_hold_no_text_and_keep_to_their_schema() {
    let pages = taken_apart();
    let printed = duizhao(&["schema", "standoff"]).succeeds().stdout;
    assert_eq!(printed, standoff::SCHEMA);
    let validator = jsonschema::validator_for(&serde_json::from_str(&printed).unwrap()).unwrap();
    let (aligned, lines) = (pages.read("out/aligned.jsonl"), pages.read("standoff.jsonl"));
    assert_eq!(aligned.lines().count(), lines.lines().count());
    for (bead, line) in aligned.lines().zip(lines.lines()) {
        let bead: Value = serde_json::from_str(bead).unwrap();
        assert!(validator.is_valid(&serde_json::from_str(line).unwrap()), "{line}");
        let sentences = ["zh", "en"].into_iter().flat_map(|side| bead[side].as_array().unwrap());
        for sentence in sentences.filter_map(Value::as_str).filter(|sentence| sentence.chars().count() > 3) {
            assert!(!line.contains(sentence), "{sentence}");
        }
    }
    // With findings or without, it is the same: they are left out.
    duizhao(&["run", "pages", "--out", "found", "--quiet"]).within(&pages).succeeds();
    let arguments = ["export", "found/aligned.jsonl", "--format", "standoff"];
    assert_eq!(duizhao(&arguments).within(&pages).succeeds().stdout, lines);
}

#[test]
fn what_cannot_be_taken_apart_or_put_together_is_said() {
    let pages = Pages::new();
    pages.write("rows.tsv", "zh\ten\n再见。\tGoodbye.\n".as_bytes());
    let arguments = ["export", "rows.tsv", "--format", "standoff"];
    assert!(duizhao(&arguments).within(&pages).fails(64).stderr.contains("made of aligned.jsonl alone"));
    let aligned = duizhao(&["export", "rows.tsv", "--format", "jsonl"]).within(&pages).succeeds().stdout;
    pages.write("aligned.jsonl", aligned.as_bytes());
    let said = duizhao(&["export", "aligned.jsonl", "--format", "standoff"]).within(&pages).fails(3).stderr;
    assert!(said.contains("aligned.jsonl:1: ") && said.contains("which pages it is of"), "{said}");
    let restore = ["corpus", "restore", "aligned.jsonl", "--pages", "."];
    let said = duizhao(&restore).within(&pages).fails(3).stderr;
    assert!(said.contains("aligned.jsonl:1: is no stand-off line"), "{said}");
    assert!(
        duizhao(&["corpus", "restore", "-", "--pages", "."])
            .within(&pages)
            .fails(64)
            .stderr
            .contains("only once")
    );
    assert!(duizhao(&restore[..3]).fails(64).stderr.contains("--pages"));
}
