//! The program as a user meets it: help, summary, messages, exit codes.
#![cfg(all(feature = "cli", feature = "encoder"))]
#![allow(clippy::unwrap_used)]

#[path = "cli/align.rs"]
mod align;
#[path = "cli/corpus.rs"]
mod corpus;
#[cfg(all(feature = "parquet", feature = "report"))]
#[path = "cli/corpus_revise.rs"]
mod corpus_revise;
#[path = "cli/export.rs"]
mod export;
#[path = "cli/lexicon_train.rs"]
mod lexicon_train;
#[cfg(feature = "report")]
#[path = "cli/qa_files.rs"]
mod qa_files;

#[path = "cli/settings.rs"]
mod settings;

#[path = "cli/program.rs"]
mod program;
#[path = "cli/qa.rs"]
mod qa;
#[path = "cli/standoff.rs"]
mod standoff;

use program::{Pages, duizhao, sample};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Stdio;

const POST: &str = "zh/Kd3P.md";
const ORIGINAL: &str = "en/merrowvale-health-diverts-ambulances-after-ransomware-attack.md";

#[test]
fn help_is_as_it_was() {
    insta::assert_snapshot!("help", duizhao(&["--help"]).succeeds().stdout);
    insta::assert_snapshot!("help-lexicon-train", duizhao(&["lexicon", "train", "--help"]).succeeds().stdout);
    insta::assert_snapshot!("help-corpus-revise", duizhao(&["corpus", "revise", "--help"]).succeeds().stdout);
    for command in [
        "fetch",
        "watch",
        "run",
        "align",
        "extract",
        "pair",
        "export",
        "eval",
        "tune",
        "model",
        "config",
        "schema",
        "completions",
        "man",
    ] {
        insta::assert_snapshot!(format!("help-{command}"), duizhao(&[command, "--help"]).succeeds().stdout);
    }
}

#[test]
fn a_run_ends_with_a_summary() {
    let out = tempfile::tempdir().unwrap();
    let done = duizhao(&["run", sample("").as_str(), "--out", out.path().to_str().unwrap()]).succeeds();
    assert_eq!(done.stdout, "", "standard output is for data");
    let (before, rest) = done.stderr.split_once("    beads  ").unwrap();
    let (beads, behind) = rest.split_once('\n').unwrap();
    assert!(beads.contains(" translation, ") && beads.contains(" omitted"), "{beads}");
    // How many beads there are changes whenever the aligner learns something, and what is found whenever a check does.
    let counts = |line: &&str| !line.trim_start().starts_with("findings ");
    let steady = format!("{before}    beads  …\n{behind}");
    let steady = steady
        .split_inclusive('\n')
        .filter(counts)
        .collect::<String>()
        .replace(out.path().to_str().unwrap(), "OUT");
    insta::assert_snapshot!("summary", steady);
}

#[test]
fn quiet_is_silent() {
    let pages = Pages::new();
    let done = duizhao(&["-q", "run", &sample("zh"), "--out", &pages.path("out")]).succeeds();
    assert_eq!((done.stdout.as_str(), done.stderr.as_str()), ("", ""));
    // What ends the work is said all the same.
    assert!(
        duizhao(&["-q", "run", "absent", "--out", &pages.path("out")]).fails(3).stderr.contains("absent")
    );
}

#[test]
fn broken_files_end_in_exit_code_3_and_the_rest_goes_on() {
    let pages = Pages::new();
    pages.take(&[POST, ORIGINAL]);
    pages.write("pages/picture.md", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00");
    pages.write("pages/archive.jsonl", b"{\"text\": \"A page.\"}\nnot json\n{\"body\": 1}\n");
    let done = duizhao(&["run", &pages.path("pages"), "--out", &pages.path("out")]).fails(3);
    assert!(done.stderr.contains("1 binary") && done.stderr.contains("1 bad record"), "{}", done.stderr);
    let skipped = pages.read("out/skipped.jsonl");
    let of = |input: &str| skipped.lines().find(|l| l.contains(&format!("\"{input}\""))).unwrap_or_default();
    assert!(of("picture.md").contains("binary data"), "{skipped}");
    assert!(
        of("archive.jsonl#2").contains("line 2 is no JSON") && !skipped.contains("at line 1"),
        "{skipped}"
    );
    assert!(of("archive.jsonl#3").contains("line 3 has neither"), "{skipped}");
    assert!(pages.read("out/aligned.tsv").lines().count() > 10);
    for command in ["extract", "pair"] {
        assert!(duizhao(&[command, &pages.path("pages")]).fails(3).stdout.contains("Kd3P.md"));
    }
}

#[test]
fn an_archive_without_a_single_page_is_a_failure() {
    let pages = Pages::new();
    pages.write("archive.jsonl", b"{\"body\": \"a page under the wrong name\"}\n");
    duizhao(&["extract", &pages.path("archive.jsonl")]).fails(3);
}

#[test]
fn wrong_usage_ends_in_exit_code_64() {
    let (post, original) = (sample(POST), sample(ORIGINAL));
    for (arguments, said) in [
        (&["--nonsense"][..], "--nonsense"),
        (&["nonsense"], "nonsense"),
        (&[], "Usage: duizhao"),
        (&["run", &post], "--out"),
        (&["run", "--out", "x"], "PAGES"),
        (&["align", &post], "<EN>"),
        (
            &["align", &post, &original, "--format", "docx"],
            "choose one of table, jsonl, tsv, csv, tmx, xliff",
        ),
        (&["pair", &post, "--format", "docx"], "docx"),
        (&["align", "-", "-"], "standard input can be read only once"),
        (&["align", &sample("zh"), &original], "two files"),
        (&["config", "--threads", "0"], "--threads"),
        (&["pair", &post, "--max-bytes", "0"], "--max-bytes"),
        (&["config", "-q", "-v"], "cannot be used with"),
        (&["completions", "cmd"], "possible values"),
    ] {
        let done = duizhao(arguments).fails(64);
        assert!(done.stderr.contains(said), "{arguments:?} says:\n{}", done.stderr);
        assert_eq!(done.stdout, "", "{arguments:?}");
    }
}

/// An input that does not exist is an input that cannot be read, not a wrong use of the program.
#[test]
fn an_input_that_does_not_exist_ends_in_exit_code_3() {
    let pages = Pages::new();
    for arguments in [
        &["run", "absent.md", "--out", &pages.path("out")][..],
        &["extract", "absent.md"],
        &["pair", "absent.md"],
        &["align", "absent.md", &sample(ORIGINAL)],
    ] {
        let done = duizhao(arguments).fails(3);
        assert!(done.stderr.contains("absent.md: no such file or folder"), "{}", done.stderr);
        assert!(done.stderr.contains("help: "), "{}", done.stderr);
    }
    assert!(!Path::new(&pages.path("out")).exists(), "nothing was read, so nothing is written");
    // Among others it costs only itself.
    duizhao(&["run", "absent.md", &sample("zh"), "--out", &pages.path("out")]).fails(3);
    assert!(pages.read("out/skipped.jsonl").contains("absent.md"));
}

#[test]
fn a_folder_of_something_else_is_not_written_into() {
    let pages = Pages::new();
    pages.write("out/thesis.txt", b"years of work");
    let done = duizhao(&["run", &sample("zh"), "--out", &pages.path("out")]).fails(64);
    assert!(done.stderr.contains("--force"), "{}", done.stderr);
    duizhao(&["run", &sample("zh"), "--out", &pages.path("out"), "--force"]).succeeds();
}

/// A file's name may hold anything.
#[cfg(unix)]
#[test]
fn names_with_control_characters_break_no_line_and_steer_no_terminal() {
    let pages = Pages::new();
    pages.write("pages/a\tb\n\u{1b}[31m.md", &fs::read(sample(POST)).unwrap());
    pages.take(&[ORIGINAL]);
    let show = |format: &str| duizhao(&["pair", &pages.path("pages"), "-f", format]).succeeds().stdout;
    let lines = show("tsv");
    assert_eq!(lines.lines().map(|line| line.split('\t').count()).collect::<Vec<_>>(), [3], "{lines:?}");
    let table = show("table");
    assert!(table.lines().count() == 1 && !table.contains(['\t', '\u{1b}']), "{table:?}");
}

#[test]
fn pairs_are_shown_for_people_and_for_programs() {
    let pages = Pages::new();
    pages.take(&[POST, ORIGINAL, "zh/Vb0z.md"]);
    let show = |format: &str| duizhao(&["pair", &pages.path("pages"), "-f", format]).succeeds().stdout;
    let original = ORIGINAL.trim_start_matches("en/");
    assert_eq!(show("tsv"), format!("Kd3P.md\t{original}\tcitation\n"));
    let json: serde_json::Value = serde_json::from_str(&show("json")).unwrap();
    assert_eq!((&json["zh_file"], &json["evidence"]["kind"]), (&"Kd3P.md".into(), &"citation".into()));
    insta::assert_snapshot!("pair", show("table"));
}

#[test]
fn scores_are_for_people_and_for_programs() {
    let gold = sample("../gold/sample");
    let pages = Pages::new();
    let beads = pages.path("beads");
    duizhao(&["align", "--segmented", &gold, &gold, "-f", "vecalign", "--out", &beads]).succeeds();
    let text = duizhao(&["eval", &gold, &beads]).succeeds().stdout;
    assert!(text.contains("strict") && text.contains("F1"), "{text}");
    let json = duizhao(&["eval", &gold, &beads, "--format", "json"]).succeeds().stdout;
    let scores: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&scores["articles"], &scores["missing"]), (&13.into(), &serde_json::json!([])));
    assert!(scores["strict"]["f1"].as_f64().unwrap() > 0.9, "{json}");
    let pairs = format!("{gold}/pairs.tsv");
    let json = duizhao(&["eval", &pairs, &pairs, "--format", "json"]).succeeds().stdout;
    assert_eq!(serde_json::from_str::<serde_json::Value>(&json).unwrap()["pairs"]["f1"], 1.0);
}

/// A folder without beads would score nought in everything, which helps nobody to find the mistake.
#[test]
fn a_folder_without_beads_is_not_scored() {
    let pages = Pages::new();
    pages.write("out/aligned.jsonl", b"");
    let done = duizhao(&["eval", &sample("../gold/sample"), &pages.path("out")]).fails(3);
    assert!(done.stderr.contains("no *.beads") && done.stderr.contains("aligned.jsonl"), "{}", done.stderr);
}

#[test]
fn shells_manuals_and_schema_are_printed() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        assert!(duizhao(&["completions", shell]).succeeds().stdout.contains("segmented"), "{shell}");
    }
    assert!(duizhao(&["man"]).succeeds().stdout.contains(".TH duizhao 1"));
    let pages = Pages::new();
    duizhao(&["man", "--out", &pages.path("man")]).succeeds();
    assert!(pages.read("man/duizhao-run.1").contains("skipped.jsonl"));
    assert_eq!(duizhao(&["schema"]).succeeds().stdout, duizhao::export::SCHEMA);
    assert_eq!(
        duizhao(&["--version"]).succeeds().stdout,
        concat!("duizhao ", env!("CARGO_PKG_VERSION"), "\n")
    );
}

#[test]
fn a_dash_is_standard_input() {
    let page = fs::read(sample(POST)).unwrap();
    let shown = duizhao(&["extract", "-"]).given(&page).succeeds().stdout;
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
    assert_eq!((&shown["file"], &shown["site"]), (&"-".into(), &"4hou".into()));
    let pages = Pages::new();
    duizhao(&["run", "-", &sample("en"), "--out", &pages.path("out")]).given(&page).succeeds();
    assert_eq!(pages.read("out/pairs.tsv").lines().count(), 1);
    let records = format!(
        "{}\n{{\"text\": \"\"}}\n",
        serde_json::json!({ "markdown": String::from_utf8(page).unwrap() })
    );
    let shown = duizhao(&["extract", "-"]).given(records.as_bytes()).succeeds().stdout;
    assert!(shown.contains("\"-#1\"") && shown.contains("empty-page"), "{shown}");
    assert_eq!(duizhao(&["extract", "-"]).given(b"").succeeds().stdout.lines().count(), 1);
}

/// `duizhao … | head -0`
#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let (post, original) = (sample(POST), sample(ORIGINAL));
    for arguments in [
        &["align", &post, &original][..],
        &["extract", &sample("")],
        &["pair", &sample("")],
        &["--help"],
        &["schema"],
    ] {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_duizhao"))
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn lexicons_are_shown_and_a_bad_word_list_is_named_by_file_and_line() {
    let shown = duizhao(&["lexicon", "show", "builtin", "天气", "不是一个词"]).succeeds();
    assert!(shown.stdout.lines().any(|line| line == "天气\tweather\t1.00"), "{}", shown.stdout);
    assert!(shown.stderr.contains("不是一个词: no renderings"), "{}", shown.stderr);
    let info = duizhao(&["lexicon", "info"]).succeeds().stdout;
    assert!(info.contains("source: dict.txt sha256 ") && info.contains("hash: "), "{info}");
    let pages = Pages::new();
    pages.write("zh.txt", "天气 9 n\n河流\n".as_bytes());
    pages.write("en.txt", b"weather 9\n");
    let (zh, en, out) = (pages.path("zh.txt"), pages.path("en.txt"), pages.path("x.lexicon"));
    let done = duizhao(&["lexicon", "build", "--zh", &zh, "--en", &en, "--out", &out]).fails(3);
    assert!(done.stderr.contains("zh.txt:2: a word needs its frequency"), "{}", done.stderr);
    let done = duizhao(&["lexicon", "info", &zh]).fails(3);
    assert!(done.stderr.contains("zh.txt: is no lexicon"), "{}", done.stderr);
}
