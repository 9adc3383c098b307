//! The reviewers' sheet: its columns, and cells as they come back.

/// The columns' names in English and Chinese. Either is read back, in any order.
pub const REVIEW_COLUMNS: [(&str, &str); 10] = [
    ("bead", "句对"),
    ("article", "文章"),
    ("relation", "关系"),
    ("confidence", "置信度"),
    ("Chinese", "中文"),
    ("English", "英文"),
    ("findings (automatic)", "问题（自动）"),
    ("merge", "合并"),
    ("comment", "批注"),
    ("mark", "标记"),
];

/// A row of a sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetRow {
    /// Its number as spreadsheet programs show it, from 1.
    pub number: u64,
    /// Its cells from the first column on; what is missing at the end is empty.
    pub cells: Vec<SheetCell>,
}

/// A cell of a sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum SheetCell {
    /// Nothing.
    #[default]
    Empty,
    /// A text.
    Text(String),
    /// A number, as it is written in full.
    Number(String),
    /// A formula, without the sign before it; what it comes to is not looked at.
    Formula(String),
    /// A date, a truth value, an error: what a spreadsheet program made of something that was typed.
    Other(String),
}
