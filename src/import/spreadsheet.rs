//! A spreadsheet's cells, for what reviewers fill in.

use super::review_sheet::rows;
use crate::error::Result;
use crate::model::SheetCell;
use std::io::Cursor;

/// The cells of the first sheet of an XLSX file as they are shown, with the numbers of their rows, from 1; rows without a cell
/// do not come.
///
/// # Errors
/// If it is no such file, or holds no sheet.
pub fn spreadsheet(bytes: &[u8]) -> Result<Vec<(u64, Vec<String>)>> {
    let mut shown = Vec::new();
    rows(Cursor::new(bytes), |row| {
        shown.push((row.number, row.cells.into_iter().map(text).collect()));
        Ok(())
    })?;
    Ok(shown)
}

fn text(cell: SheetCell) -> String {
    match cell {
        SheetCell::Empty => String::new(),
        SheetCell::Text(text)
        | SheetCell::Number(text)
        | SheetCell::Formula(text)
        | SheetCell::Other(text) => text.trim().to_owned(),
    }
}
