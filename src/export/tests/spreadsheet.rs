//! The spreadsheet, read back by a crate that did not write it.

use super::super::Spreadsheet;
use super::{meta, sample};
use crate::model::{Bitext, Lang};
use crate::qa::{Verdict, Verdicts};
use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use std::io::{Cursor, Read};

fn spreadsheet(bitexts: &[Bitext], lang: Lang) -> Vec<u8> {
    let mut spreadsheet = Spreadsheet::new(&meta(), lang).unwrap();
    bitexts.iter().for_each(|bitext| spreadsheet.add(bitext).unwrap());
    assert_eq!(spreadsheet.left_out(), 0);
    spreadsheet.finish().unwrap()
}

fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let sheet = workbook.worksheet_range_at(0).unwrap().unwrap();
    let names = workbook.sheet_names();
    assert_eq!(workbook.worksheet_formula(&names[0]).unwrap().used_cells().count(), 0, "a formula");
    let cell = |cell: &Data| match cell {
        Data::String(text) => text.clone(),
        Data::Empty => String::new(),
        other => panic!("{other:?} is no text"),
    };
    sheet.rows().map(|row| row.iter().map(cell).collect()).collect()
}

/// A part of the package.
fn part(bytes: &[u8], name: &str) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    package.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn every_finding_has_a_row_of_texts() {
    let bitext = sample();
    let rows = rows(&spreadsheet(&[sample()], Lang::En));
    assert_eq!((rows.len(), rows[0].len()), (1 + bitext.findings.len(), 12));
    for (row, finding) in rows[1..].iter().zip(&bitext.findings) {
        assert_eq!((&row[0], &row[3]), (&finding.id, &finding.check));
        assert_eq!(row[4], finding.severity.name());
        assert_eq!(row[9], finding.suggestion.clone().unwrap_or_default());
        assert_eq!((row[10].as_str(), row[11].as_str()), ("", ""));
    }
    assert_eq!(rows[1][6], "攻击者窃取了<b>数据</b>&密钥]]>。");
    assert_eq!((rows[4][6].as_str(), rows[5][6].as_str()), ("=cmd()", ""));
    assert!(rows[4][8].contains("=HYPERLINK"), "{}", rows[4][8]);
}

#[test]
fn marked_words_are_bold_and_verdicts_are_chosen_from_a_list() {
    let bytes = spreadsheet(&[sample()], Lang::Zh);
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    for expected in
        ["<b/>", "\"accepted,rejected\"", "<autoFilter ref=\"A1:L7\"/>", "state=\"frozen\"", "K2:K7"]
    {
        assert!(sheet.contains(expected), "{expected} is not in {sheet}");
    }
    let rows = rows(&bytes);
    assert_eq!((rows[0][0].as_str(), rows[3][4].as_str()), ("编号", "致命"));
    assert!(rows[3][8].starts_with("一条“消息”"), "{}", rows[3][8]);
}

#[test]
fn the_same_findings_give_the_same_bytes_and_none_a_whole_file() {
    assert_eq!(spreadsheet(&[sample()], Lang::En), spreadsheet(&[sample()], Lang::En));
    assert_eq!(rows(&spreadsheet(&[], Lang::En)).len(), 1);
}

/// What a reviewer filled in, in either language.
fn filled(header: [&str; 3], rows: &[[&str; 3]]) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in (0u32..).zip(std::iter::once(&header).chain(rows)) {
        for (column, cell) in (0u16..).zip(cells) {
            sheet.write_string(row, column, *cell).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn verdicts_are_read_back() {
    let verdicts = |bytes: &[u8]| Verdicts::of_cells(crate::import::spreadsheet(bytes)?);
    let read =
        |header, rows: &[[&str; 3]]| verdicts(&filled(header, rows)).map_err(|e| e.at("v.xlsx").to_string());
    let (a, b, c) = ("0123456789ab", "bbbbbbbbbbbb", "cccccccccccc");
    let english = ["id", "verdict", "Reason"];
    let found =
        read(english, &[[a, "accepted", ""], [b, "", "later"], [c, " Rejected ", "house style"]]).unwrap();
    let said = |id: &str| found.of(id).map(|judged| (judged.verdict, judged.reason.as_str()));
    assert_eq!(said(a), Some((Verdict::Accepted, "")));
    assert_eq!(said(b), None);
    assert_eq!(said(c), Some((Verdict::Rejected, "house style")));
    let chinese = read(["理由", "编号", "结论"], &[["误报", a, "驳回"]]).unwrap();
    assert_eq!(chinese.of(a).map(|judged| judged.reason.as_str()), Some("误报"));
    assert!(
        read(english, &[[a, "", ""], [b, "maybe", ""]])
            .unwrap_err()
            .starts_with("v.xlsx:3: `maybe` is no verdict")
    );
    assert!(read(["id", "what", "reason"], &[]).unwrap_err().contains("no columns `id` and `verdict`"));
    assert!(verdicts(b"id,verdict,reason").unwrap_err().to_string().contains("no XLSX"));
    assert_eq!(verdicts(&spreadsheet(&[sample()], Lang::Zh)).unwrap(), Verdicts::default());
}
