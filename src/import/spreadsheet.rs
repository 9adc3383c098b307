//! A spreadsheet's cells, for what reviewers fill in.

use crate::error::{Error, Result};
use calamine::{Reader as _, Xlsx, open_workbook_from_rs};
use std::io::Cursor;

/// The cells of the first sheet of an XLSX file as they are shown, row by row.
///
/// # Errors
/// If it is no such file, or an empty one.
pub fn spreadsheet(bytes: &[u8]) -> Result<Vec<Vec<String>>> {
    let unreadable = |e: calamine::XlsxError| {
        Error::input("is no XLSX spreadsheet").caused_by(e).remedy("save it as .xlsx")
    };
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(unreadable)?;
    let sheet = workbook
        .worksheet_range_at(0)
        .ok_or_else(|| Error::input("holds no sheet").remedy("give the findings.xlsx that was filled in"))?
        .map_err(unreadable)?;
    let text = |row: &[calamine::Data]| row.iter().map(|cell| cell.to_string().trim().to_owned()).collect();
    Ok(sheet.rows().map(text).collect())
}
