//! The files that `duizhao qa` writes.

use super::program::{Pages, duizhao};
use std::path::Path;

/// Two sentences, one of which nothing renders; fiction.
const ROWS: &str =
    "zh\ten\n雾狐组织入侵了塔恩威克公司。\tMistfox breached Tarnwick.\n\tTarnwick has not paid the ransom.\n";

#[test]
fn a_folder_gets_all_of_them_and_a_run_keeps_its_own() {
    let pages = Pages::new();
    pages.write("rows.tsv", ROWS.as_bytes());
    let said = duizhao(&["qa", "rows.tsv", "--out", "qa"]).within(&pages).succeeds();
    assert_eq!(said.stdout, "");
    for name in ["report.html", "findings.jsonl", "findings.sarif", "findings.xlsx", "mqm.tsv"] {
        assert!(Path::new(&pages.path(&format!("qa/{name}"))).metadata().unwrap().len() > 100, "{name}");
    }
    pages.write("run/manifest.json", b"{}");
    let said = duizhao(&["qa", "rows.tsv", "--out", "run"]).within(&pages).fails(64);
    assert!(said.stderr.contains("choose another folder"), "{}", said.stderr);
}

#[test]
fn the_report_speaks_the_language_that_is_asked_for() {
    let pages = Pages::new();
    pages.write("rows.tsv", ROWS.as_bytes());
    let arguments = ["qa", "rows.tsv", "--report", "报告.html", "--xlsx", "x.xlsx", "--ui-lang", "zh"];
    duizhao(&arguments).within(&pages).succeeds();
    assert!(pages.read("报告.html").contains("<html lang=\"zh-Hans\">"));
    assert!(Path::new(&pages.path("x.xlsx")).is_file());
    let shown =
        |format: &str| duizhao(&["qa", "rows.tsv", "--format", format]).within(&pages).succeeds().stdout;
    assert!(shown("sarif").starts_with("{\"$schema\"") && shown("mqm").starts_with("system\tdoc\t"));
    assert!(shown("findings").contains("\"check\":\"omission\""));
}
