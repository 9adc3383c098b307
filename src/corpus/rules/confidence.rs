//! How sure the aligner is.

use super::{Pair, Rule, Test, share};
use serde::{Deserialize, Serialize};

/// A bead's confidence is calibrated: of those at 0.7, about seven in ten are right.
pub const RULE: Rule = Rule::of::<Settings>("confidence", "drops beads of which the aligner is not sure");

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Settings {
    /// Beads of less confidence go, 0–1.
    min: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { min: 0.5 }
    }
}

impl Test for Settings {
    fn breach(&self, pair: &Pair<'_>) -> Option<String> {
        let confidence = pair.record.confidence;
        // What is no number is under any.
        (confidence < self.min || confidence.is_nan())
            .then(|| format!("{confidence:.2} is under {}", self.min))
    }

    fn check(&self) -> Result<(), String> {
        share("min", self.min)
    }
}
