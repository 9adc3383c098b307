//! `duizhao qa` as a reviewer meets it: the table, the selection of checks, baseline and verdicts. Fiction.

use crate::program::{Pages, duizhao, sample};

/// A Chinese and an English column.
const PAIRS: &str = "\
zh\ten
瓦尔莫兰遭入侵,数据外泄\tValmorane was breached and its data leaked
根据该报告表明，攻击者在上周一凌晨利用一台未更新的网关进入该公司内部网络，随后在三天之内先后加密了位于里尔和根特的两处数据中心的全部服务器，受害者超过三百人以上，该公司尚未支付赎金。\tThe report shows that more than three hundred people are affected.
莫雷尔说：“我们已修复该漏洞,并通知了客户。\t“We have fixed the flaw and told our customers,” said Morel.
该团伙使用的工具,名为Grelmo。\tThe gang’s tool is called Grelmo.
";

const FORM: [&str; 4] = ["--from", "tsv", "--checks", "punctuation,grammar,repeated-word"];

fn qa(more: &[&str]) -> crate::program::Program {
    duizhao(&[&["qa", "-"], &FORM[..], more].concat()).given(PAIRS.as_bytes())
}

#[test]
fn the_table_shows_the_bead_with_carets() {
    insta::assert_snapshot!("qa-table", qa(&[]).succeeds().stdout);
    insta::assert_snapshot!("qa-table-zh", qa(&["--ui-lang", "zh", "--checks", "grammar"]).succeeds().stdout);
    let none = qa(&["--checks", "residue", "--skip", "grammar,punctuation,repeated-word"]).succeeds().stdout;
    assert_eq!(none, "Nothing found in 1 article.\n");
}

#[test]
fn checks_are_selected_and_findings_fail_the_run() {
    let lines = |more: &[&str]| qa(&[&["--format", "findings"], more].concat()).succeeds().stdout;
    assert!(lines(&["--skip", "punctuation"]).lines().all(|line| !line.contains("\"punctuation\"")));
    assert_eq!(lines(&["--min-severity", "major"]), "");
    assert!(lines(&["--min-confidence", "0.95"]).len() < lines(&[]).len());
    qa(&["--fail-on", "minor"]).fails(1);
    qa(&["--fail-on", "major"]).succeeds();
    assert!(qa(&["--skip", "nonsense"]).fails(64).stderr.contains("--list"));
    qa(&["--min-confidence", "2"]).fails(64);
}

#[test]
fn a_baseline_silences_what_is_known_and_tells_what_is_gone() {
    let pages = Pages::new();
    let path = pages.path("known.tsv");
    qa(&["--write-baseline", &path]).succeeds();
    let written = pages.read("known.tsv");
    assert!(written.starts_with("# ") && written.lines().count() > 4, "{written}");
    let said = qa(&["--baseline", &path, "--fail-on", "info"]).succeeds();
    assert_eq!(said.stdout, "Nothing found in 1 article.\n");
    pages.write("known.tsv", format!("{written}0123456789ab\tgrammar\tlong gone\n").as_bytes());
    let said = qa(&["--baseline", &path]).succeeds().stderr;
    assert!(said.contains("1 of the baseline no longer found") && said.contains("long gone"), "{said}");
    // Of a check that did not run nobody can tell.
    assert!(!qa(&["--baseline", &path, "--skip", "grammar"]).succeeds().stderr.contains("long gone"));
}

#[test]
fn verdicts_are_read_back_from_the_sheet() {
    let pages = Pages::new();
    let sheet = qa(&["--format", "tsv"]).succeeds().stdout;
    let judged: Vec<String> = sheet
        .lines()
        .map(|line| match (line.strip_suffix("\t\t"), line.contains("\tgrammar\t")) {
            (Some(row), true) => format!("{row}\trejected\tour style"),
            (Some(row), false) => format!("{row}\taccepted\t"),
            (None, _) => line.to_owned(),
        })
        .collect();
    pages.write("review.tsv", judged.join("\n").as_bytes());
    let said = qa(&["--format", "findings", "--verdicts", &pages.path("review.tsv")]).succeeds();
    assert!(!said.stdout.contains("\"grammar\"") && said.stdout.contains("\"punctuation\""));
    let grammar = said.stderr.lines().find(|line| line.starts_with("grammar")).unwrap_or_default();
    assert!(grammar.contains("0.00") && grammar.contains("to"), "{}", said.stderr);
}

#[test]
fn what_a_run_found_is_found_again_in_its_file() {
    let pages = Pages::new();
    duizhao(&["run", &sample(""), "--out", "out", "--quiet"]).within(&pages).succeeds();
    let again = duizhao(&["qa", "out/aligned.jsonl", "--format", "jsonl"]).within(&pages).succeeds().stdout;
    assert!(again == pages.read("out/aligned.jsonl"), "lines changed that nobody touched");
    let found =
        duizhao(&["qa", "out/aligned.jsonl", "--format", "findings"]).within(&pages).succeeds().stdout;
    assert!(found == pages.read("out/findings.jsonl"));
}
