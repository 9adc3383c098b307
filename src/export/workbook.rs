//! How the spreadsheets begin, so that the same content gives the same bytes.

use super::Meta;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

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
