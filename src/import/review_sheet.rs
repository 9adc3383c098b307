//! The reviewers' sheet, row by row.

use crate::error::{Error, Result};
use crate::model::{SheetCell, SheetRow};
use calamine::{DataRef, Reader as _, Xlsx, XlsxError, open_workbook_from_rs};
use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::Path;

/// A sheet has no more columns that anybody reads; a cell far to the right must not cost memory.
const MOST_COLUMNS: usize = 256;

/// Takes the rows of the first sheet of an XLSX file in order; rows without a cell do not come. Memory holds a row, and the
/// texts that the program which saved the file keeps in a table of their own.
///
/// # Errors
/// If the file cannot be read, is no such file, or holds no sheet; and what `take` says.
pub fn review_sheet(path: &Path, take: impl FnMut(SheetRow) -> Result<()>) -> Result<()> {
    let file = File::open(path).map_err(|e| Error::read(path, e))?;
    rows(BufReader::new(file), take).map_err(|e| e.at(path))
}

/// Takes the rows of the first sheet, as [`review_sheet`] does.
pub(super) fn rows(file: impl Read + Seek, mut take: impl FnMut(SheetRow) -> Result<()>) -> Result<()> {
    let unreadable =
        |e: XlsxError| Error::input("is no XLSX spreadsheet").caused_by(e).remedy("save it as .xlsx");
    let mut workbook: Xlsx<_> = open_workbook_from_rs(file).map_err(unreadable)?;
    let name =
        workbook.sheet_names().first().cloned().ok_or_else(|| {
            Error::input("holds no sheet").remedy("give the spreadsheet that was filled in")
        })?;
    let mut cells = workbook.worksheet_cells_reader(&name).map_err(unreadable)?;
    let mut row = SheetRow::default();
    while let Some(cell) = cells.next_cell_with_formula().map_err(unreadable)? {
        let number = u64::from(cell.pos.0) + 1;
        if number != row.number && !row.cells.is_empty() {
            take(std::mem::take(&mut row))?;
        }
        row.number = number;
        let column = cell.pos.1 as usize;
        let known = typed(&cell.value, cell.formula);
        if known == SheetCell::Empty || column >= MOST_COLUMNS {
            continue;
        }
        if row.cells.len() <= column {
            row.cells.resize(column + 1, SheetCell::Empty);
        }
        if let Some(slot) = row.cells.get_mut(column) {
            *slot = known;
        }
    }
    if row.cells.is_empty() { Ok(()) } else { take(row) }
}

fn typed(value: &DataRef<'_>, formula: Option<String>) -> SheetCell {
    match (formula, value) {
        (Some(formula), _) => SheetCell::Formula(formula),
        (_, DataRef::Empty) => SheetCell::Empty,
        (_, DataRef::String(text)) => text_cell(text),
        (_, DataRef::SharedString(text)) => text_cell(text),
        (_, DataRef::Int(number)) => SheetCell::Number(number.to_string()),
        (_, DataRef::Float(number)) => SheetCell::Number(number.to_string()),
        (_, other) => SheetCell::Other(calamine::Data::from(other.clone()).to_string()),
    }
}

fn text_cell(text: &str) -> SheetCell {
    if text.is_empty() { SheetCell::Empty } else { SheetCell::Text(text.to_owned()) }
}
