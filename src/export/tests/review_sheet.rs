//! The reviewers' sheet, read back by a crate that did not write it.

use super::super::container::{container, fill};
use super::{meta, sample, shown};
use crate::model::{Bitext, Lang, Revision};
use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use std::io::{Cursor, Read};

fn sheet(bitexts: &[Bitext], lang: Lang) -> Vec<u8> {
    let (bytes, notices) = fill(container("xlsx").unwrap(), &meta(), lang, bitexts).unwrap();
    assert_eq!(notices, Vec::<String>::new());
    bytes
}

fn rows(bytes: &[u8]) -> Vec<Vec<Data>> {
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    for name in workbook.sheet_names() {
        assert_eq!(workbook.worksheet_formula(&name).unwrap().used_cells().count(), 0, "a formula");
    }
    let cells = workbook.worksheet_range_at(0).unwrap().unwrap();
    cells.rows().map(<[Data]>::to_vec).collect()
}

/// A part of the package.
fn part(bytes: &[u8], name: &str) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    package.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Cells between bars, a row a paragraph.
fn told(rows: &[Vec<Data>]) -> String {
    let cells = |row: &Vec<Data>| row.iter().map(Data::to_string).collect::<Vec<_>>().join(" | ");
    shown(&rows.iter().map(cells).collect::<Vec<_>>().join("\n\n"))
}

#[test]
fn every_bead_has_a_row_in_either_language() {
    let mut bitext = sample();
    let comment = Some("earlier\nsaid".to_owned());
    bitext.revisions.insert(3, Revision { comment, ..Revision::default() });
    for (name, lang) in [("review-en", Lang::En), ("review-zh", Lang::Zh)] {
        let rows = rows(&sheet(&[bitext.clone()], lang));
        assert_eq!((rows.len(), rows[0].len()), (1 + 7, 10));
        assert!(rows[1..].iter().all(|row| row.iter().skip(4).all(|cell| !matches!(cell, Data::Float(_)))));
        insta::assert_snapshot!(name, told(&rows));
    }
}

#[test]
fn it_is_ready_to_be_filled_in() {
    let bytes = sheet(&[sample(), sample()], Lang::Zh);
    let first = part(&bytes, "xl/worksheets/sheet1.xml");
    for expected in [
        "\"up,down\"",
        "sqref=\"H2:H15\"",
        "<autoFilter ref=\"A1:J15\"/>",
        "state=\"frozen\"",
        "topLeftCell=\"B2\"",
        "hidden=\"1\"",
    ] {
        assert!(first.contains(expected), "{expected} is not in {first}");
    }
    // What is typed into the cells of texts and comments stays a text.
    assert!(part(&bytes, "xl/styles.xml").contains("numFmtId=\"49\""));
    assert!(part(&bytes, "xl/sharedStrings.xml").contains("corpus revise"));
}

#[test]
fn the_same_beads_give_the_same_bytes_and_none_a_whole_file() {
    assert_eq!(sheet(&[sample()], Lang::En), sheet(&[sample()], Lang::En));
    assert_eq!(rows(&sheet(&[], Lang::En)).len(), 1);
}

#[test]
fn what_is_cut_is_told() {
    let mut bitext = sample();
    let long = "很长。".repeat(20_000);
    let document = &mut bitext.pair.documents.zh;
    let end = document.article.text.len();
    document.article.text.push_str(&long);
    document.sentences[6].span = crate::model::Span::new(end, end + long.len());
    let (_, notices) = fill(container("xlsx").unwrap(), &meta(), Lang::En, &[bitext]).unwrap();
    assert!(notices[0].starts_with("1 texts are too long for a cell"), "{:?}", notices);
}
