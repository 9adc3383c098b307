//! `duizhao export`.

use super::program::{Pages, duizhao};

/// Three pairs, one of which a spreadsheet would take for a formula; fiction.
const ROWS: &str = "zh\ten\n雾狐组织入侵了塔恩威克公司。\tMistfox breached Tarnwick.\n=cmd()𠮷\u{202e}。\t=cmd()\n再见。\tGoodbye.\n";

fn pages() -> Pages {
    let pages = Pages::new();
    pages.write("rows.tsv", ROWS.as_bytes());
    pages
}

#[test]
fn one_file_goes_to_standard_output_or_to_a_file() {
    let pages = pages();
    let said = duizhao(&["export", "rows.tsv", "--format", "csv"]).within(&pages).succeeds();
    assert!(said.stdout.contains(",'=cmd()𠮷\u{202e}。,'=cmd(),"), "{}", said.stdout);
    duizhao(&["export", "rows.tsv", "--format", "xliff", "--out", "a.xlf"]).within(&pages).succeeds();
    let again = duizhao(&["export", "a.xlf", "--format", "bitextor"]).within(&pages).succeeds().stdout;
    assert_eq!(again.lines().count(), 4, "{again}");
    let said = duizhao(&["export", "rows.tsv", "--format", "docx"]).within(&pages).fails(64);
    assert!(said.stderr.contains("jsonl") && said.stderr.contains("moses") && said.stderr.contains("comet"));
}

#[test]
fn several_files_go_into_a_folder_and_are_read_again() {
    let pages = pages();
    let said = duizhao(&["export", "rows.tsv", "--format", "moses"]).within(&pages).fails(64);
    assert!(said.stderr.contains("--out"), "{}", said.stderr);
    duizhao(&["export", "rows.tsv", "--format", "moses", "--out", "moses"]).within(&pages).succeeds();
    assert_eq!(pages.read("moses/corpus.en"), "Mistfox breached Tarnwick.\n=cmd()\nGoodbye.\n");
    let arguments =
        ["export", "moses/corpus.en", "moses/corpus.zh", "--from", "moses", "--format", "vecalign"];
    let beads = duizhao(&arguments).within(&pages).succeeds().stdout;
    assert_eq!(beads, "[0]:[0]:0.000000\n[1]:[1]:0.000000\n[2]:[2]:0.000000\n");
    pages.write("run/manifest.json", b"{}");
    let said = duizhao(&["export", "rows.tsv", "--format", "moses", "--out", "run"]).within(&pages).fails(64);
    assert!(said.stderr.contains("choose another folder"), "{}", said.stderr);
}

#[test]
fn a_test_set_takes_systems_that_fit_and_no_translated_source() {
    let pages = pages();
    let export = |more: &[&str]| {
        let arguments = ["export", "rows.tsv", "--format", "sacrebleu", "--out", "test"];
        duizhao(&[&arguments[..], more].concat()).within(&pages)
    };
    export(&[]).succeeds();
    assert_eq!(pages.read("test/src.en").lines().count(), 3);
    pages.write("short.txt", "一。\n二。\n".as_bytes());
    let said = export(&["--system", "toy=short.txt"]).fails(3);
    assert!(said.stderr.contains("has 2 lines for 3 segments"), "{}", said.stderr);
    pages.write("toy.txt", "雾狐入侵了塔恩威克。\n等于。\n再见。\n".as_bytes());
    let said = export(&["--system", "toy=toy.txt"]).succeeds();
    assert!(said.stderr.contains("since there is none: was the text checked?"), "{}", said.stderr);
    assert_eq!(pages.read("test/hyp.toy.zh"), pages.read("toy.txt"));
    let said = export(&["--direction", "zh-en"]).fails(64);
    assert!(said.stderr.contains("--allow-reverse"), "{}", said.stderr);
    let said = export(&["--direction", "zh-en", "--allow-reverse"]).succeeds();
    assert!(said.stderr.contains("not of this test set, but in its folder: hyp.toy.zh"), "{}", said.stderr);
    assert!(pages.read("test/metadata.json").contains("\"reverse_created\": true"));
    let arguments = ["export", "rows.tsv", "--format", "csv", "--max-severity", "minor"];
    assert!(duizhao(&arguments).within(&pages).fails(64).stderr.contains("no test set"));
}

/// Beads of two pairs of articles, in turn; fiction.
fn in_turn(pages: &Pages) -> Vec<String> {
    for (name, rows) in [("a.tsv", ROWS), ("b.tsv", "zh\ten\n甲。\tOne.\n乙。\tTwo.\n丙。\tThree.\n")] {
        pages.write(name, rows.as_bytes());
    }
    let lines = |name| {
        let said = duizhao(&["export", name, "--format", "jsonl"]).within(pages).succeeds();
        said.stdout.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    lines("a.tsv").into_iter().zip(lines("b.tsv")).flat_map(|(a, b)| [a, b]).collect()
}

#[test]
fn pairs_that_are_mixed_are_put_together_wherever_they_come_from() {
    let pages = Pages::new();
    let text = in_turn(&pages).join("\n") + "\n";
    pages.write("mixed.jsonl", text.as_bytes());
    let tsv = ["--format", "tsv"];
    let expected = duizhao(&[&["export", "mixed.jsonl"][..], &tsv].concat()).within(&pages).succeeds().stdout;
    let pairs: Vec<&str> = expected.lines().skip(1).map(|row| row.split('\t').next().unwrap()).collect();
    assert_eq!(pairs, ["a.tsv", "a.tsv", "a.tsv", "b.tsv", "b.tsv", "b.tsv"]);
    let piped = duizhao(&[&["export", "-"][..], &tsv].concat()).given(text.as_bytes()).succeeds().stdout;
    assert_eq!(piped, expected);
    // A file may be written over while it is read.
    duizhao(&["export", "mixed.jsonl", "--format", "jsonl", "--out", "mixed.jsonl"])
        .within(&pages)
        .succeeds();
    let again = duizhao(&[&["export", "mixed.jsonl"][..], &tsv].concat()).within(&pages).succeeds().stdout;
    assert_eq!(again, expected);
}

#[test]
fn what_cannot_be_written_leaves_what_was_there() {
    let pages = Pages::new();
    let mut lines = in_turn(&pages);
    pages.write("old.tsv", b"old");
    lines[5] = lines[5].replace("丙", "丙丁");
    pages.write("broken.jsonl", (lines.join("\n") + "\n").as_bytes());
    let arguments = ["export", "broken.jsonl", "--format", "tsv", "--out", "old.tsv"];
    let said = duizhao(&arguments).within(&pages).fails(3);
    assert!(said.stderr.contains("broken.jsonl: the span of sentence 2"), "{}", said.stderr);
    assert_eq!(pages.read("old.tsv"), "old");
    let said = duizhao(&["export", "old.docx", "--format", "standoff"]).within(&pages).fails(64);
    assert!(said.stderr.contains("of no format that can be read"), "{}", said.stderr);
}

#[test]
fn what_is_packed_is_read_and_written() {
    let pages = pages();
    let export = |from: &str, to: &str, format: &str| {
        duizhao(&["export", from, "--format", format, "--out", to]).within(&pages).succeeds();
    };
    export("rows.tsv", "rows.jsonl.gz", "jsonl");
    export("rows.jsonl.gz", "rows.tmx.gz", "tmx");
    export("rows.tmx.gz", "again.tsv", "tsv");
    assert_eq!(pages.read("again.tsv").lines().count(), 4);
    duizhao(&["corpus", "filter", "rows.jsonl.gz", "--rules", "length", "--out", "kept.jsonl.gz"])
        .within(&pages)
        .succeeds();
    let said =
        duizhao(&["corpus", "remove", "kept.jsonl.gz", "--article", "rows.tsv"]).within(&pages).succeeds();
    assert!(
        said.stdout.contains("kept.jsonl.gz: ") && said.stdout.contains(", 0 stay: gone"),
        "{}",
        said.stdout
    );
    pages.write("cut.tmx.gz", &std::fs::read(pages.path("rows.tmx.gz")).unwrap()[..50]);
    let said = duizhao(&["export", "cut.tmx.gz", "--format", "tsv"]).within(&pages).fails(3);
    assert!(said.stderr.contains("cut.tmx.gz: cannot be unpacked"), "{}", said.stderr);
}
