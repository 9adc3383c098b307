//! CSV and Bitextor's columns, read by a reader of such files.

use super::*;

#[test]
fn csv_is_the_text_behind_an_apostrophe_where_it_would_be_a_formula() {
    let (csv, bitext) = (written("csv"), sample());
    let mut reader = ::csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>()[3..5], ["zh", "en"]);
    let rows: Vec<::csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
    let beads = bitext.alignment.beads();
    assert_eq!(rows.len(), beads.len());
    for (row, bead) in rows.iter().zip(beads) {
        for (column, lang) in [(3, Lang::Zh), (4, Lang::En)] {
            let (text, cell) = (joined(&bitext, bead, lang), &row[column]);
            let expected = if text.starts_with('=') { format!("'{text}") } else { text };
            assert_eq!(cell, expected);
        }
        assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{row:?}");
    }
    assert!(rows.iter().any(|row| row[3].starts_with("'=cmd()")), "the sample holds a formula");
}

#[test]
fn bitextor_has_five_columns_whatever_the_text() {
    let written = written("bitextor");
    let lines: Vec<Vec<&str>> = written.split_terminator('\n').map(|l| l.split('\t').collect()).collect();
    assert!(lines.iter().all(|cells| cells.len() == 5), "{lines:?}");
    let texts = translated(&sample());
    assert_eq!(lines.len(), 1 + texts.len());
    for (cells, text) in lines[1..].iter().zip(texts) {
        assert_eq!([cells[3], cells[2]], [line::line(&text.zh), line::line(&text.en)]);
        assert!(!written.contains(['\r', '\u{1}', '\u{2028}']));
    }
}
