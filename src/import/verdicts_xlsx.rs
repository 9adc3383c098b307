//! What reviewers made of findings, read back from the spreadsheet that was written for them.

use crate::error::{Error, Result};
use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};
use std::io::Cursor;

/// The columns that are needed, by their names in English and Chinese.
const NEEDED: [[&str; 2]; 3] = [["id", "编号"], ["verdict", "结论"], ["reason", "理由"]];

/// What verdicts are written as, and what else is understood.
const VERDICTS: [(&str, &[&str]); 2] = [
    ("accepted", &["accepted", "accept", "接受", "确认"]),
    ("rejected", &["rejected", "reject", "驳回", "拒绝"]),
];

/// A finding's id, `accepted` or `rejected`, and the reason given, of every row of a `findings.xlsx` that has a verdict.
///
/// # Errors
/// If it is no spreadsheet of ours, or a verdict is neither; the row is named.
pub fn verdicts(bytes: &[u8]) -> Result<Vec<(String, String, String)>> {
    let unreadable = |e: calamine::XlsxError| {
        Error::input("is no XLSX spreadsheet").caused_by(e).remedy("save it as .xlsx")
    };
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(unreadable)?;
    let sheet = workbook
        .worksheet_range_at(0)
        .ok_or_else(|| Error::input("holds no sheet").remedy("give the findings.xlsx that was filled in"))?
        .map_err(unreadable)?;
    let mut rows = sheet.rows();
    let header: Vec<String> =
        rows.next().unwrap_or_default().iter().map(|cell| text(cell).to_lowercase()).collect();
    let mut columns = [0; 3];
    for (column, names) in columns.iter_mut().zip(NEEDED) {
        *column = header.iter().position(|cell| names.contains(&cell.as_str())).ok_or_else(|| {
            Error::input(format!("has no column `{}`", names.join("` or `")))
                .remedy("keep the first row of findings.xlsx as it is")
        })?;
    }
    let [id, verdict, reason] = columns;
    let mut verdicts = Vec::new();
    for (number, row) in (2u64..).zip(rows) {
        let cell = |column: usize| row.get(column).map(text).unwrap_or_default();
        if let Some(verdict) = read(&cell(verdict)).map_err(|e| e.on_line(number))?
            && !cell(id).is_empty()
        {
            verdicts.push((cell(id), verdict.to_owned(), cell(reason)));
        }
    }
    Ok(verdicts)
}

/// A verdict by any of its names; `None` for an empty cell.
fn read(cell: &str) -> Result<Option<&'static str>> {
    if cell.is_empty() {
        return Ok(None);
    }
    let written = cell.to_lowercase();
    let known = VERDICTS.iter().find(|(_, names)| names.contains(&written.as_str()));
    known.map(|(name, _)| Some(*name)).ok_or_else(|| {
        Error::input(format!("`{cell}` is no verdict"))
            .remedy("write accepted or rejected, or leave it empty")
    })
}

/// What a cell shows.
fn text(cell: &Data) -> String {
    cell.to_string().trim().to_owned()
}
