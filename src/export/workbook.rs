//! What the spreadsheets have in common: the same content gives the same bytes, and rows are as high as their texts.

use super::Meta;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

/// What a line of text takes, in points; Chinese characters take a little more than the 15 that are usual.
const LINE: f64 = 15.75;
/// No row is higher than that, in points.
const HIGHEST: f64 = 409.0;
/// How much of a line is filled: words do not break.
const FILLED: f64 = 0.95;

/// A workbook that says what made it, and that it was made in 2000.
pub(super) fn begun(title: &str, meta: &Meta) -> Result<Workbook, XlsxError> {
    let properties = DocProperties::new()
        .set_title(title)
        .set_comment(format!("{} {}", meta.version, meta.signature))
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties);
    Ok(workbook)
}

/// Prints a sheet across the page, all columns on it, the header on every page.
pub(super) fn printable(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0).map(drop)
}

/// About how high a row is, in points, whose cells hold these texts in columns of these widths, in digits. Excel finds that out
/// by itself when it opens a file; LibreOffice shows one line of every row.
pub(super) fn height<'t>(cells: impl IntoIterator<Item = (&'t str, f64)>) -> f64 {
    let lines = |(text, width): (&str, f64)| -> f64 {
        text.split('\n').map(|line| (line.width() as f64 / (width * FILLED)).ceil().max(1.0)).sum()
    };
    let most = cells.into_iter().map(lines).fold(1.0, f64::max);
    (most * LINE).min(HIGHEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_as_high_as_its_longest_text() {
        assert_eq!(height([]), LINE);
        assert_eq!(height([("", 10.0), ("short", 10.0)]), LINE);
        assert_eq!(height([("漏洞漏洞漏洞", 10.0), ("short", 10.0)]), 2.0 * LINE);
        assert_eq!(height([("one\n\nthree", 10.0)]), 3.0 * LINE);
        assert_eq!(height([("漏".repeat(10_000).as_str(), 10.0)]), HIGHEST);
    }
}
