//! Formats that are made of `aligned.jsonl` a line at a time: of what the line says, not of a bitext made of it, so that all
//! of it is kept and files may be of any length.

use super::standoff;
use crate::error::Result;

/// A format that has a line for each line of an `aligned.jsonl`.
pub struct LineFormat {
    /// Unique, kebab-case, among [`super::FORMATS`] too.
    pub name: &'static str,
    /// What it is for, in a line.
    pub doc: &'static str,
    /// What it makes of a line, both without line breaks; a licence that is given takes the place of the line's own.
    pub line: fn(&str, Option<&str>) -> Result<String>,
}

/// All formats that are made line by line.
pub const LINE_FORMATS: &[LineFormat] = &[standoff::FORMAT];

/// The format of this name that is made line by line.
pub fn line_format(name: &str) -> Option<&'static LineFormat> {
    LINE_FORMATS.iter().find(|format| format.name == name)
}
