//! What a reviewer did, row by row.

use super::Problem;
use crate::error::{Error, Result};
use crate::model::{REVIEW_COLUMNS, SheetCell, SheetRow};
use crate::text::cells;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// A sheet as far as it says that something is to be done. Memory holds that, and two numbers a row.
#[derive(Debug, Default)]
pub struct Sheet {
    columns: Option<[usize; REVIEW_COLUMNS.len()]>,
    /// What is to be done, by the pairs' names and the beads' numbers.
    pub(super) changes: FxHashMap<String, BTreeMap<u32, Change>>,
    /// Rows by the beads that they are of.
    pub(super) rows: FxHashMap<u64, u64>,
    twice: FxHashSet<u64>,
    pub(super) read: u64,
    pub(super) problems: Vec<Problem>,
}

/// What is to be done with a bead.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) row: u64,
    /// The Chinese cell's sentences, if it was edited.
    pub(super) zh: Option<Vec<String>>,
    /// The English cell's sentences, if it was edited.
    pub(super) en: Option<Vec<String>>,
    /// What is said of it, if that is not what was said before; nothing if it was taken back.
    pub(super) comment: Option<Option<String>>,
    /// With which bead it is to become one.
    pub(super) merge: Option<Merge>,
    /// The mark of the bead that the row was made from.
    pub(super) bead: String,
}

/// The other bead of a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Merge {
    Up,
    Down,
}

/// Which columns are read, by their places in [`REVIEW_COLUMNS`].
const BEAD: usize = 0;
const ARTICLE: usize = 1;
const RELATION: usize = 2;
const ZH: usize = 4;
const EN: usize = 5;
const FINDINGS: usize = 6;
const MERGE: usize = 7;
const COMMENT: usize = 8;
const MARK: usize = 9;

/// How a bead is known, by its pair and its number in it.
pub(super) fn key(pair: &str, number: u32) -> u64 {
    super::super::article::hash(&[pair, &number.to_string()])
}

impl Sheet {
    /// Takes the next row, the header first.
    ///
    /// # Errors
    /// If the header is not that of a sheet for reviewers.
    pub fn row(&mut self, row: &SheetRow) -> Result<()> {
        let Some(columns) = self.columns else {
            self.columns = Some(columns(row)?);
            return Ok(());
        };
        let cells = columns.map(|column| row.cells.get(column).cloned().unwrap_or_default());
        if cells.iter().all(|cell| *cell == SheetCell::Empty) {
            return Ok(());
        }
        self.read += 1;
        let Some((pair, number)) = named(&cells) else {
            self.problems.push(Problem::new(row.number, "", "no-bead", "does not say what bead it is of"));
            return Ok(());
        };
        let key = key(&pair, number);
        if let Some(&other) = self.rows.get(&key) {
            self.twice.insert(key);
            self.forget(&pair, number);
            let id = format!("{pair}#{number}");
            let problem = Problem::new(row.number, &id, "twice", "is of a bead that has another row");
            self.problems.push(problem.and(other));
            return Ok(());
        }
        self.rows.insert(key, row.number);
        match self.change(row.number, &format!("{pair}#{number}"), &cells) {
            Some(change) if !self.twice.contains(&key) => {
                self.changes.entry(pair).or_default().insert(number, change);
            }
            _ => {}
        }
        Ok(())
    }

    fn forget(&mut self, pair: &str, number: u32) {
        if let Some(changes) = self.changes.get_mut(pair) {
            changes.remove(&number);
        }
    }

    /// What a row says is to be done, if anything. What cannot be understood of it is told.
    fn change(&mut self, row: u64, id: &str, typed: &[SheetCell; REVIEW_COLUMNS.len()]) -> Option<Change> {
        let mut problem = |reason, what: &str| self.problems.push(Problem::new(row, id, reason, what));
        let mark = text(&typed[MARK]).unwrap_or_default();
        let marks: Vec<&str> = mark.trim().split('-').collect();
        let [zh, en, comment, rest, bead] = marks[..] else {
            problem("no-mark", "has no mark by which an edit is told");
            return None;
        };
        let mut edited = |column: usize, mark: &str| match text(&typed[column]) {
            Some(text) => (cells::mark(text) != mark).then(|| cells::lines(text)),
            None => {
                let what = format!("{} in `{}`", kind(&typed[column]), REVIEW_COLUMNS[column].0);
                problem("no-text", &what);
                None
            }
        };
        let (zh, en, said) = (edited(ZH, zh), edited(EN, en), edited(COMMENT, comment));
        let merge = match understood(&typed[MERGE]) {
            Ok(merge) => merge,
            Err(said) => {
                problem("no-merge", &format!("`{said}` in `merge`"));
                None
            }
        };
        let automatic = [RELATION, FINDINGS].map(|column| text(&typed[column]).unwrap_or_default());
        if cells::mark(&automatic.join("\n")) != rest {
            problem("not-read-back", "was edited in `relation` or `findings`");
        }
        let comment = said.map(|lines| Some(lines.join("\n")).filter(|text| !text.is_empty()));
        let change = Change { row, zh, en, comment, merge, bead: bead.to_owned() };
        change.does_something().then_some(change)
    }
}

impl Change {
    pub(super) fn does_something(&self) -> bool {
        self.zh.is_some() || self.en.is_some() || self.comment.is_some() || self.merge.is_some()
    }
}

/// Where the columns are.
fn columns(header: &SheetRow) -> Result<[usize; REVIEW_COLUMNS.len()]> {
    let mut places = [0; REVIEW_COLUMNS.len()];
    for (place, (en, zh)) in places.iter_mut().zip(REVIEW_COLUMNS) {
        let is_it = |cell: &SheetCell| {
            text(cell).is_some_and(|name| name.trim().eq_ignore_ascii_case(en) || name.trim() == zh)
        };
        *place = header.cells.iter().position(is_it).ok_or_else(|| {
            Error::input(format!("has no column `{en}` (`{zh}`) in its first row"))
                .on_line(header.number)
                .remedy("give the spreadsheet that `duizhao export --format xlsx` wrote, all columns in it")
        })?;
    }
    Ok(places)
}

/// The pair and the number of a row's bead.
fn named(row: &[SheetCell; REVIEW_COLUMNS.len()]) -> Option<(String, u32)> {
    let pair = text(&row[ARTICLE]).map(cells::name)?;
    let number = match &row[BEAD] {
        SheetCell::Number(number) | SheetCell::Text(number) => number.trim().parse().ok()?,
        _ => return None,
    };
    Some((pair, number))
}

/// A cell's text, if it is one or empty.
fn text(cell: &SheetCell) -> Option<&str> {
    match cell {
        SheetCell::Empty => Some(""),
        SheetCell::Text(text) => Some(text),
        _ => None,
    }
}

/// What a cell holds that is no text.
fn kind(cell: &SheetCell) -> String {
    match cell {
        SheetCell::Number(number) => format!("has the number {number}"),
        SheetCell::Formula(formula) => format!("has the formula ={formula}"),
        SheetCell::Other(what) => format!("has {what}, which is no text,"),
        SheetCell::Empty | SheetCell::Text(_) => "has a text".to_owned(),
    }
}

fn understood(cell: &SheetCell) -> std::result::Result<Option<Merge>, String> {
    let said = text(cell).ok_or_else(|| kind(cell))?.trim().to_lowercase();
    match said.as_str() {
        "" => Ok(None),
        "up" | "u" | "上" | "向上" | "↑" => Ok(Some(Merge::Up)),
        "down" | "d" | "下" | "向下" | "↓" => Ok(Some(Merge::Down)),
        _ => Err(said),
    }
}
