//! CSV for spreadsheet programs: RFC 4180, UTF-8 with a byte order mark (without one, Excel takes Chinese for something else).
//!
//! A cell that a program would take for a formula gets an apostrophe in front, as OWASP advises ("CSV Injection"): one whose
//! first character, blanks and apostrophes aside, is `=`, `+`, `-`, `@` or one of their full-width forms. Whoever reads the
//! file takes one apostrophe off such cells and has the text again. Tabs and line breaks inside a cell stay; NUL, at which
//! readers stop, is left out.

use super::{Format, Keeps, Meta, joined, no_end, of_bead};
use crate::model::{Bead, Bitext, Lang};
use csv::{Terminator, Writer, WriterBuilder};
use std::borrow::Cow;

/// One bead a row.
pub const FORMAT: Format = Format {
    name: "csv",
    stem: "aligned",
    extension: "csv",
    doc: "CSV for spreadsheet programs, one bead a row; cells that would be formulas begin with an apostrophe",
    begin,
    bitext,
    keeps: Keeps::AllButNul,
    between: "",
    end: no_end,
};

const COLUMNS: [&str; 8] = ["id", "relation", "confidence", "zh", "en", "findings", "zh_url", "en_url"];

fn begin(_: &Meta, bytes: &mut Vec<u8>) {
    bytes.extend_from_slice("\u{feff}".as_bytes());
    // Writing into memory cannot fail.
    let _ = writer(bytes).write_record(COLUMNS);
}

fn bitext(bitext: &Bitext, bytes: &mut Vec<u8>) {
    let mut writer = writer(bytes);
    for (number, bead) in bitext.alignment.beads().iter().enumerate() {
        let cells = row(bitext, number, bead);
        let _ = writer.write_record(cells.iter().map(|text| cell(text).into_owned()));
    }
}

fn writer(bytes: &mut Vec<u8>) -> Writer<&mut Vec<u8>> {
    WriterBuilder::new().terminator(Terminator::CRLF).from_writer(bytes)
}

fn row(bitext: &Bitext, number: usize, bead: &Bead) -> [String; COLUMNS.len()] {
    let findings: Vec<String> = of_bead(bitext, number)
        .map(|finding| format!("{}:{}", finding.check, finding.severity.name()))
        .collect();
    [
        bitext.id(number),
        bead.relation.name().to_owned(),
        format!("{:.4}", bead.confidence),
        joined(bitext, bead, Lang::Zh),
        joined(bitext, bead, Lang::En),
        findings.join(" "),
        bitext.pair.documents.zh.article.url.clone().unwrap_or_default(),
        bitext.pair.en_url.clone(),
    ]
}

/// A text that is no formula.
fn cell(text: &str) -> Cow<'_, str> {
    let is_formula = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    let is_passed_over = |c: char| c == '\'' || c.is_whitespace() || c.is_control() || c == '\u{feff}';
    let text = if text.contains('\0') { Cow::Owned(text.replace('\0', "")) } else { Cow::Borrowed(text) };
    if text.trim_start_matches(is_passed_over).starts_with(is_formula) {
        return Cow::Owned(format!("'{text}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (text, expected) in [
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("+1", "'+1"),
            ("-1 day", "'-1 day"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r\n =1", "'\r\n =1"),
            ("\0=1", "'=1"),
            ("＝1", "'＝1"),
            ("'=1", "''=1"),
            ("'Ghost' is back", "'Ghost' is back"),
            ("a=b", "a=b"),
            ("", ""),
        ] {
            assert_eq!(cell(text), expected, "{text:?}");
        }
    }

    /// What a reader does is the reverse, whatever the text began with.
    #[test]
    fn an_apostrophe_is_taken_off_again() {
        for text in ["=1", "'=1", "''=1", " '=1", "'a", "-", "1"] {
            let cell = cell(text);
            let is_marked = cell.strip_prefix('\'').is_some_and(|rest| super::cell(rest) != rest);
            let read = if is_marked { cell.strip_prefix('\'').unwrap() } else { &*cell };
            assert_eq!(read, text);
        }
    }
}
