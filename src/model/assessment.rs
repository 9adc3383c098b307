//! How faithful a translation is, in figures: what a report shows beside the findings themselves.

use super::{Renderings, Severity};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a check looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Aspect {
    /// Whether everything is said, and nothing else.
    Coverage,
    /// Amounts, dates, versions.
    Values,
    /// Names, identifiers, indicators, code.
    Entities,
    /// What is said of them.
    Meaning,
    /// How the Chinese is written; no part of fidelity.
    Form,
}

impl Aspect {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::Coverage, Self::Values, Self::Entities, Self::Meaning, Self::Form];

    /// Its name, as in every file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Coverage => "coverage",
            Self::Values => "values",
            Self::Entities => "entities",
            Self::Meaning => "meaning",
            Self::Form => "form",
        }
    }
}

/// What a file says of a check beside its findings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// The check's name.
    pub name: String,
    /// The MQM category of its findings.
    pub category: String,
    /// What it looks at.
    pub aspect: Aspect,
    /// What it finds.
    pub what: String,
    /// Why that matters.
    pub why: String,
    /// What it misses, and what it takes for a fault that is none.
    pub known_problems: String,
}

/// Numbers of something by severity, from `Info` to `Critical`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts([u32; 4]);

impl Counts {
    /// Counts one more.
    pub fn add(&mut self, severity: Severity) {
        self.add_all(severity, 1);
    }

    /// Counts `number` more.
    pub fn add_all(&mut self, severity: Severity, number: u32) {
        if let Some(count) = self.0.get_mut(severity as usize) {
            *count += number;
        }
    }

    /// How many there are of a severity.
    pub fn of(&self, severity: Severity) -> u32 {
        self.0.get(severity as usize).copied().unwrap_or_default()
    }

    /// How many there are.
    pub fn total(&self) -> u32 {
        self.0.iter().sum()
    }
}

/// An MQM scorecard: penalty points against a threshold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Scorecard {
    /// Words of the source.
    pub words: u64,
    /// Errors: findings of one cause count once, as its gravest.
    pub errors: Counts,
    /// Penalty points of one error, from `Info` to `Critical`.
    pub weights: [f64; 4],
    /// Penalty points in all.
    pub penalty: f64,
    /// Penalty points per 1,000 words of the source.
    pub per_thousand: f64,
    /// How many are let pass.
    pub threshold: f64,
    /// Whether they are not more.
    pub passed: bool,
}

/// An article's figures. How they come about is written in `qa::score`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Assessment {
    /// 0–100: what is left of 100 when every aspect but form has taken its points.
    pub fidelity: f64,
    /// The points that each aspect takes, 0–100; those of form are for themselves.
    pub lost: BTreeMap<Aspect, f64>,
    /// English words that nothing renders, as far as they should be rendered.
    pub unrendered: u64,
    /// Findings by check.
    pub findings: BTreeMap<String, Counts>,
    /// The MQM scorecard.
    pub scorecard: Scorecard,
    /// What renders its names and terms.
    pub renderings: Renderings,
}

impl Assessment {
    /// The points that an aspect takes.
    pub fn lost(&self, aspect: Aspect) -> f64 {
        self.lost.get(&aspect).copied().unwrap_or_default()
    }

    /// Findings of all checks.
    pub fn counts(&self) -> Counts {
        let mut all = Counts::default();
        for counts in self.findings.values() {
            Severity::ALL.iter().for_each(|&severity| all.add_all(severity, counts.of(severity)));
        }
        all
    }
}

/// The figures of many articles together.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// Article pairs.
    pub articles: u64,
    /// Those that pass by their own scorecard.
    pub passed: u64,
    /// Their fidelity, each article weighing as many words as its original has.
    pub fidelity: f64,
    /// Findings by check.
    pub findings: BTreeMap<String, Counts>,
    /// The scorecard of all of it.
    pub scorecard: Scorecard,
    /// What renders the names and terms of all articles.
    pub renderings: Renderings,
}
