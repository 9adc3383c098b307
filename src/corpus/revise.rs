//! A reviewer's sheet applied to the file that it was made from.
//!
//! A bead that nothing was done to keeps its line byte for byte. An edited cell holds the bead's new sentences, one a line; a
//! comment is kept beside the bead; beads that are merged become one, under the number of the first. Since the file must be
//! read as articles again, indices and spans of the same pair are laid anew behind an edit. Findings on a text that was
//! edited are dropped: `duizhao qa` finds them anew. What a row says that cannot be done is told with its number, and
//! leaves the bead as it was.

mod article;
mod beads;
mod diff;
mod sheet;
mod side;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

pub use sheet::Sheet;

use super::Output;
use super::article::hash;
use super::lines::{Line, each, record};
use crate::error::{Error, Result};
use crate::model::{Progress, Record};
use crate::text::cells;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use sheet::Change;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// So many problems are told; the rest is counted.
const TOLD: usize = 100;

/// What was done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Rows of the sheet that are of a bead.
    pub rows: u64,
    /// Beads read.
    pub read: u64,
    /// Beads written.
    pub written: u64,
    /// Beads whose line is as it was.
    pub unchanged: u64,
    /// Beads of which a text was edited, also in the row of another bead that names the same sentence.
    pub edited: u64,
    /// Beads that became one with another.
    pub merged: u64,
    /// Beads taken out, because both texts were.
    pub taken_out: u64,
    /// Beads that got a comment, or another one.
    pub commented: u64,
    /// Findings dropped, because they speak of a text that was edited.
    pub findings: u64,
    /// Beads that are in no row; they stay as they are.
    pub absent: u64,
    /// Things in the sheet that could not be done.
    pub refused: u64,
    /// The first hundred of them.
    pub problems: Vec<Problem>,
}

/// Something in the sheet that could not be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The row, as spreadsheet programs number it.
    pub row: u64,
    /// Another row that has to do with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<u64>,
    /// The bead that the row is of.
    pub bead: String,
    /// A short, stable, kebab-case name of what is wrong.
    pub reason: &'static str,
    /// What is wrong.
    pub message: String,
    /// What can be done about it.
    pub remedy: &'static str,
}

/// What can be done, by reason.
const REMEDIES: [(&str, &str); 14] = [
    ("no-bead", "keep `bead` and `article` as they were written"),
    ("twice", "keep one of the rows"),
    ("no-mark", "keep the hidden column `mark` as it was written, or export again"),
    ("no-text", "type an apostrophe before it, or give the cell the format Text"),
    ("no-merge", "say up, down or nothing"),
    ("not-read-back", "edit the texts, or write into `comment`; the rest is not read back"),
    ("unknown", "apply the sheet to the file that it was made from"),
    ("stale", "export the sheet again, and edit that"),
    ("too-long", "edit the bead in aligned.jsonl itself"),
    ("edited-twice", "edit it in one of the rows, or in both alike"),
    ("no-neighbour", "choose the other direction, or none"),
    (
        "no-such-merge",
        "empty the English of the repeating bead first, or merge it with the bead that translates it",
    ),
    ("nothing-left", "keep one of its texts, or merge it with a bead beside it"),
    ("still-repeated", "empty the Chinese or the English of the bead that repeats it, too"),
];

impl Problem {
    fn new(row: u64, bead: &str, reason: &'static str, message: &str) -> Self {
        let remedy = REMEDIES.iter().find(|(known, _)| *known == reason).map_or("", |(_, remedy)| remedy);
        Self { row, other: None, bead: bead.to_owned(), reason, message: message.to_owned(), remedy }
    }

    fn and(self, other: u64) -> Self {
        Self { other: Some(other), ..self }
    }
}

/// Applies the sheet. Files are read once, pair by pair; memory holds what the sheet changes, two numbers a row, one a pair, and
/// one pair that is changed.
///
/// # Errors
/// An input that holds something else than beads, or the beads of a pair in several places; an output that cannot be written.
pub fn run(
    inputs: &[PathBuf],
    progress: &dyn Progress,
    sheet: Sheet,
    output: &mut Output<'_>,
) -> Result<Report> {
    let changed: FxHashSet<String> = sheet.changes.keys().cloned().collect();
    let look = |line: &Line| {
        let (id, pair) = named(line)?;
        let record = changed.contains(&cells::name(&pair)).then(|| record(line)).transpose()?;
        Ok((id, pair, record))
    };
    let report = Report { rows: sheet.read, ..Report::default() };
    let mut revision =
        Revising { sheet, output, report, pair: Pair::default(), finished: FxHashSet::default() };
    each(inputs, progress, look, |line, (id, pair, record)| {
        if revision.is_torn(&pair) {
            let error = Error::input(format!("a bead of {pair} that stands apart from its others"));
            let path = inputs.get(line.file).map_or(Path::new(""), PathBuf::as_path);
            return Err(error
                .at(path)
                .on_line(line.number)
                .remedy("give a file in which they stand together"));
        }
        revision.line(&line.text, (id, pair), record)
    })?;
    revision.finish()
}

/// As much of a line as says where it belongs.
#[derive(Deserialize)]
struct Named {
    id: String,
    pair: String,
}

/// The bead's name, and its pair's.
fn named(line: &Line) -> Result<(String, String)> {
    match serde_json::from_str(&line.text) {
        Ok(Named { id, pair }) => Ok((id, pair)),
        Err(_) => record(line).map(|record| (record.id, record.pair)),
    }
}

/// The number that a bead's name ends in, else its place among those of its pair that are here.
fn number_in(id: &str, place: u32) -> u32 {
    id.rsplit_once('#').and_then(|(_, number)| number.parse().ok()).unwrap_or(place)
}

/// The number by which a bead is known.
fn number(record: &Record, place: u32) -> u32 {
    number_in(&record.id, place)
}

/// The pair that is being read.
#[derive(Default)]
struct Pair {
    name: String,
    /// How many beads of it were read.
    count: u32,
    /// What is to be done with them, and the beads, if anything is.
    changes: BTreeMap<u32, Change>,
    lines: Vec<(String, Record)>,
}

struct Revising<'o, 'w> {
    sheet: Sheet,
    output: &'o mut Output<'w>,
    report: Report,
    pair: Pair,
    finished: FxHashSet<u64>,
}

impl Revising<'_, '_> {
    /// Whether this is a pair of which other beads stand elsewhere.
    fn is_torn(&self, pair: &str) -> bool {
        (self.pair.count == 0 || self.pair.name != pair) && self.finished.contains(&hash(&[pair]))
    }

    fn line(&mut self, text: &str, (id, pair): (String, String), record: Option<Record>) -> Result<()> {
        if self.pair.count == 0 || pair != self.pair.name {
            self.end()?;
            self.finished.insert(hash(&[&pair]));
            let changes = self.sheet.changes.remove(&cells::name(&pair)).unwrap_or_default();
            self.pair = Pair { name: pair, changes, ..Pair::default() };
        }
        let key = sheet::key(&cells::name(&self.pair.name), number_in(&id, self.pair.count));
        self.pair.count += 1;
        self.report.read += 1;
        self.report.absent += u64::from(self.sheet.rows.remove(&key).is_none());
        match record {
            Some(record) => self.pair.lines.push((text.to_owned(), record)),
            None => {
                self.report.unchanged += 1;
                self.output.line(text)?;
            }
        }
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        let Pair { mut changes, lines, .. } = std::mem::take(&mut self.pair);
        if lines.is_empty() {
            return Ok(());
        }
        let (texts, records): (Vec<String>, Vec<Record>) = lines.into_iter().unzip();
        let changes = (0u32..)
            .zip(&records)
            .filter_map(|(place, record)| Some((place, changes.remove(&number(record, place))?)))
            .collect();
        let revised = article::revised(&records, changes)?;
        let before: BTreeMap<&str, (&Record, &String)> =
            records.iter().zip(&texts).map(|(record, text)| (record.id.as_str(), (record, text))).collect();
        for record in &revised.records {
            match before.get(record.id.as_str()) {
                Some((old, text)) if *old == record => {
                    self.report.unchanged += 1;
                    self.output.line(text)?;
                }
                _ => self.output.line(&json(record)?)?,
            }
        }
        self.report.edited += revised.edited;
        self.report.merged += revised.merged;
        self.report.taken_out += revised.taken_out;
        self.report.commented += revised.commented;
        self.report.findings += revised.findings;
        self.sheet.problems.extend(revised.problems);
        Ok(())
    }

    fn finish(mut self) -> Result<Report> {
        self.end()?;
        let unknown = self
            .sheet
            .rows
            .values()
            .map(|&row| Problem::new(row, "", "unknown", "is of a bead that is not there"));
        self.sheet.problems.extend(unknown);
        let mut problems = self.sheet.problems;
        problems.sort_by(|a, b| (a.row, a.reason).cmp(&(b.row, b.reason)));
        self.report.refused = problems.len() as u64;
        problems.truncate(TOLD);
        self.report.problems = problems;
        self.report.written = self.output.lines();
        Ok(self.report)
    }
}

fn json(record: &Record) -> Result<String> {
    serde_json::to_string(record).map_err(|e| Error::input("a bead cannot be written").caused_by(e))
}
