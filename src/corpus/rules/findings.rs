//! What the checks found.

use super::{Pair, Rule, Test, share};
use crate::model::Severity;
use serde::{Deserialize, Serialize};

/// The findings are those that the file holds: `duizhao qa --format jsonl` makes them anew.
pub const RULE: Rule = Rule::of::<Settings>("findings", "drops beads in which a check found something grave");

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Settings {
    /// Findings of at least this severity count.
    min_severity: Severity,
    /// And of at least this confidence, 0–1.
    min_confidence: f64,
    /// Findings of these checks do not.
    ignore: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { min_severity: Severity::Major, min_confidence: 0.5, ignore: Vec::new() }
    }
}

impl Test for Settings {
    fn breach(&self, pair: &Pair<'_>) -> Option<String> {
        let found = pair.record.findings.iter().find(|f| {
            f.severity >= self.min_severity
                && f64::from(f.confidence) >= self.min_confidence
                && !self.ignore.contains(&f.check)
        })?;
        Some(format!("{} ({})", found.check, found.severity.name()))
    }

    fn check(&self) -> Result<(), String> {
        share("min_confidence", self.min_confidence)
    }
}
