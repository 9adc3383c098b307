//! A place where a translation looks wrong.

use super::{Sides, Span};
use serde::{Deserialize, Serialize};

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; not a fault.
    Info,
    /// Small.
    Minor,
    /// Changes what is said.
    Major,
    /// Makes a claim false or an indicator unusable.
    Critical,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The check that made it.
    pub check: String,
    /// How grave it is.
    pub severity: Severity,
    /// MQM category, e.g. `Accuracy/Omission`.
    pub category: String,
    /// Index of the bead it concerns.
    pub bead: u32,
    /// Where, in both articles' texts.
    pub spans: Sides<Vec<Span>>,
    /// What is wrong.
    pub message: String,
    /// What it should say, where that is certain.
    pub suggestion: Option<String>,
}
