//! `duizhao export --format xlsx` and `duizhao corpus revise`: there and back; fiction.

use super::program::{Pages, duizhao};
use calamine::{Data, Reader, Xlsx, open_workbook};
use duizhao::model::{Lang, Record, Relation};
use rust_xlsxwriter::Workbook;

const ROWS: &str = "zh\ten\n雾狐组织入侵了塔恩威克公司。\tMistfox breached Tarnwick.\n=cmd()𠮷。\t=cmd()\n\
                    再见。\tGoodbye.\n多余的。\tSuperfluous.\n";

/// An aligned.jsonl and a sheet of it.
fn exported() -> Pages {
    let pages = Pages::new();
    pages.write("rows.tsv", ROWS.as_bytes());
    let said = duizhao(&["export", "rows.tsv", "--format", "jsonl", "--out", "aligned.jsonl"]);
    said.within(&pages).succeeds();
    let said =
        duizhao(&["export", "aligned.jsonl", "--format", "xlsx", "--out", "review.xlsx", "--ui-lang", "zh"]);
    assert_eq!(said.within(&pages).succeeds().stderr, "");
    pages
}

/// What another program saves after cells were filled in, by row and column as it numbers them, from 1.
fn fill(pages: &Pages, filled: &[(u32, u16, &str)]) {
    let mut read: Xlsx<_> = open_workbook(pages.path("review.xlsx")).unwrap();
    let cells = read.worksheet_range_at(0).unwrap().unwrap();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, column, cell) in cells.cells() {
        let (row, column) = (row as u32, column as u16);
        match cell {
            Data::Float(number) => drop(sheet.write_number(row, column, *number).unwrap()),
            cell => drop(sheet.write_string(row, column, cell.to_string()).unwrap()),
        }
    }
    for (row, column, text) in filled {
        match text.strip_prefix("formula:") {
            Some(formula) => drop(sheet.write_formula(row - 1, column - 1, formula).unwrap()),
            None => drop(sheet.write_string(row - 1, column - 1, *text).unwrap()),
        }
    }
    workbook.save(pages.path("filled.xlsx")).unwrap();
}

fn revise(more: &[&str]) -> super::program::Program {
    let arguments = ["corpus", "revise", "aligned.jsonl", "--sheet", "filled.xlsx", "--out", "revised.jsonl"];
    duizhao(&[&arguments[..], more].concat())
}

#[test]
fn a_sheet_that_nobody_filled_in_changes_nothing() {
    let pages = exported();
    fill(&pages, &[]);
    let said = revise(&[]).within(&pages).succeeds();
    assert_eq!(pages.read("revised.jsonl"), pages.read("aligned.jsonl"));
    assert_eq!(
        said.stderr,
        "4 rows, 4 beads read, 4 written, 4 of them as they were; 0 edited, 0 merged into another, 0 taken out, 0 commented on\n"
    );
}

#[test]
fn edits_merges_and_comments_come_back_and_are_kept_from_then_on() {
    let pages = exported();
    fill(
        &pages,
        &[
            (2, 5, "雾狐入侵了塔恩威克。\n它是一家公司。"),
            (3, 8, "down"),
            (3, 9, "=1+1？"),
            (5, 5, ""),
            (5, 6, ""),
        ],
    );
    let said = revise(&["--report", "report.json"]).within(&pages).succeeds();
    assert!(said.stderr.contains("1 merged into another, 1 taken out, 1 commented on"), "{}", said.stderr);
    assert!(pages.read("report.json").contains("\"taken_out\": 1"));
    let read = |text: String| -> Vec<Record> {
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let records = read(pages.read("revised.jsonl"));
    let [first, second] = &records[..] else { panic!("{records:?}") };
    assert_eq!(first.zh, ["雾狐入侵了塔恩威克。", "它是一家公司。"]);
    assert_eq!(first.revision.as_ref().unwrap().edited, [Lang::Zh]);
    assert_eq!(
        (second.zh.len(), second.en.as_slice()),
        (2, &["=cmd()".to_owned(), "Goodbye.".to_owned()][..])
    );
    let revision = second.revision.as_ref().unwrap();
    assert_eq!((second.relation, revision.merged), (Relation::Translation, 2));
    assert_eq!(revision.comment.as_deref(), Some("=1+1？"));
    // What was revised is still known when findings are made anew, and in formats that hold all.
    let again = duizhao(&["qa", "revised.jsonl", "--format", "jsonl"]).within(&pages).succeeds().stdout;
    assert_eq!(
        read(again).iter().map(|r| r.revision.clone()).collect::<Vec<_>>(),
        [first.revision.clone(), second.revision.clone()]
    );
    duizhao(&["export", "revised.jsonl", "--format", "parquet", "--out", "a.parquet"])
        .within(&pages)
        .succeeds();
    let back = duizhao(&["export", "a.parquet", "--format", "jsonl"]).within(&pages).succeeds().stdout;
    assert_eq!(read(back), records);
}

#[test]
fn what_cannot_be_done_is_told_with_its_row_and_the_rest_is_done() {
    let pages = exported();
    fill(&pages, &[(2, 8, "up"), (3, 5, "formula:=1+1"), (4, 9, "ok"), (5, 2, "elsewhere")]);
    let said = revise(&["--quiet"]).within(&pages).fails(3);
    for part in [
        "filled.xlsx:2: is to become one with the bead above, and is the first of its article",
        "filled.xlsx:3: has the formula =1+1 in `Chinese`",
        "help: type an apostrophe before it, or give the cell the format Text",
        "filled.xlsx:5: is of a bead that is not there",
    ] {
        assert!(said.stderr.contains(part), "{part} is not in {}", said.stderr);
    }
    assert_eq!(pages.read("revised.jsonl").matches("\"comment\":\"ok\"").count(), 1);
    pages.write("filled.xlsx", b"no spreadsheet");
    let said = revise(&[]).within(&pages).fails(3);
    assert!(said.stderr.contains("filled.xlsx: is no XLSX spreadsheet"), "{}", said.stderr);
}
