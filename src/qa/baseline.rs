//! Known findings: a list of ids that are no news.

use crate::error::{Error, Result};
use crate::model::Finding;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

const HEADER: &str =
    "# Findings that `duizhao qa --baseline` is silent about: id, check, note. Lines may be deleted.";

/// The longest note, in characters.
const NOTE: usize = 80;

/// Findings that are to be silent, by id, and which of them were met.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    known: BTreeMap<String, Known>,
    met: BTreeSet<String>,
}

/// What a baseline says of an id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The check that made it; empty if the line does not say.
    pub check: String,
    /// What it was about.
    pub note: String,
}

impl Baseline {
    /// Reads lines of id, check and note between tabs; check and note may be missing. Blank lines and lines that begin with
    /// `#` are passed over.
    ///
    /// # Errors
    /// A line that begins with no id (12 hexadecimal digits), with its number.
    pub fn parse(text: &str) -> Result<Self> {
        let mut baseline = Self::default();
        for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let mut columns = line.split('\t').map(str::trim);
            let id = columns.next().unwrap_or("");
            if !is_id(id) {
                return Err(Error::input(format!("`{id}` is no finding's id"))
                    .on_line(number as u64 + 1)
                    .remedy("`duizhao qa --write-baseline` writes such a file"));
            }
            let mut column = || columns.next().unwrap_or("").to_owned();
            baseline.known.insert(id.to_owned(), Known { check: column(), note: column() });
        }
        Ok(baseline)
    }

    /// The baseline that knows these findings.
    pub fn of<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Self {
        let known = findings.into_iter().map(|finding| {
            let note: String = finding
                .message
                .en
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .chars()
                .take(NOTE)
                .collect();
            (finding.id.clone(), Known { check: finding.check.clone(), note })
        });
        Self { known: known.collect(), met: BTreeSet::new() }
    }

    /// As [`Self::parse`] reads it: a comment, then a line an id, sorted.
    pub fn to_text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        for (id, Known { check, note }) in &self.known {
            // Writing into a string cannot fail.
            let _ = writeln!(text, "{id}\t{check}\t{note}");
        }
        text
    }

    /// Takes the findings that it knows out; how many.
    pub fn silence(&mut self, findings: &mut Vec<Finding>) -> usize {
        let before = findings.len();
        findings.retain(|finding| {
            let known = self.known.contains_key(&finding.id);
            if known {
                self.met.insert(finding.id.clone());
            }
            !known
        });
        before - findings.len()
    }

    /// What it knows and was never met, in the order of ids.
    pub fn stale(&self) -> impl Iterator<Item = (&str, &Known)> {
        let unmet = self.known.iter().filter(|(id, _)| !self.met.contains(*id));
        unmet.map(|(id, known)| (id.as_str(), known))
    }
}

/// Whether a text is a finding's id.
pub(super) fn is_id(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Message, Severity, Sides};

    fn finding(id: &str, message: &str) -> Finding {
        Finding {
            id: id.to_owned(),
            group: id.to_owned(),
            check: "number".to_owned(),
            severity: Severity::Major,
            category: "Accuracy".to_owned(),
            confidence: 1.0,
            bead: 0,
            spans: Sides::default(),
            message: Message::new(message, message),
            suggestion: None,
        }
    }

    #[test]
    fn known_findings_are_silent_and_those_that_are_gone_are_stale() {
        let (old, gone, new) = (
            finding("0123456789ab", "a\tb\nc"),
            finding("aaaaaaaaaaaa", "gone"),
            finding("bbbbbbbbbbbb", "new"),
        );
        let text = Baseline::of([&gone, &old]).to_text();
        assert_eq!(text.lines().nth(1), Some("0123456789ab\tnumber\ta b c"));
        let mut baseline = Baseline::parse(&text).unwrap();
        let mut findings = vec![old, new.clone()];
        assert_eq!(baseline.silence(&mut findings), 1);
        assert_eq!(findings, [new]);
        assert_eq!(
            baseline.stale().map(|(id, known)| (id, known.note.as_str())).collect::<Vec<_>>(),
            [("aaaaaaaaaaaa", "gone")]
        );
    }

    #[test]
    fn a_line_without_an_id_is_named() {
        let error = Baseline::parse("# ok\n0123456789ab\n\nnonsense\tx\n").unwrap_err();
        let said = error.at("known.tsv").to_string();
        assert!(said.contains("nonsense") && said.contains("known.tsv:4"), "{said}");
    }
}
