//! Which checks run, how grave their findings are, what they pass over.

use super::score::ScoreConfig;
use super::{CHECKS, Check, Draft, Unit};
use crate::model::Severity;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How to check. Every key may be left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// What is taken for granted.
    pub profile: Profile,
    /// Findings of less confidence than this are left out, 0–1.
    pub min_confidence: f32,
    /// Findings of less severity than this are left out.
    pub min_severity: Severity,
    /// What differs for single checks, by name.
    pub checks: BTreeMap<String, CheckConfig>,
    /// Terms of the user's own: English term → what it must be rendered by (any of them).
    pub required_terms: BTreeMap<String, Vec<String>>,
    /// Terms of the user's own: English term → what it must not be rendered by.
    pub forbidden_terms: BTreeMap<String, Vec<String>>,
    /// What errors weigh in the scorecard and the fidelity score.
    pub score: ScoreConfig,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            profile: Profile::HouseStyle,
            min_confidence: 0.0,
            min_severity: Severity::Info,
            checks: BTreeMap::new(),
            required_terms: BTreeMap::new(),
            forbidden_terms: BTreeMap::new(),
            score: ScoreConfig::default(),
        }
    }
}

/// What is taken for granted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// What security media do on purpose is no fault: the outlet's own name dropped, 近日 for a weekday, credits and
    /// promotion left out.
    #[default]
    HouseStyle,
    /// Whatever differs is a fault: what house style reports as `info` counts as `minor`.
    Strict,
}

/// What differs for one check.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CheckConfig {
    /// Whether it runs; without it, yes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// The severity of all its findings but those of `info`, instead of what the check says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// How much its findings weigh in the fidelity score; without it, 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<f32>,
    /// What it passes over: findings whose cause, or whose marked text on either side, is one of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allow: Vec<String>,
}

impl Config {
    /// Whether a check runs.
    pub fn is_on(&self, check: &Check) -> bool {
        self.checks.get(check.name).and_then(|c| c.enabled).unwrap_or(true)
    }

    /// Runs these checks only, or all but these; an empty list changes nothing.
    pub fn select<S: AsRef<str>>(&mut self, only: &[S], but: &[S]) {
        let named = |names: &[S], check: &Check| names.iter().any(|name| name.as_ref() == check.name);
        for check in CHECKS {
            let off = named(but, check) || !only.is_empty() && !named(only, check);
            if off || named(only, check) {
                self.checks.entry(check.name.to_owned()).or_default().enabled = Some(!off);
            }
        }
    }

    /// How much a check's findings weigh in the fidelity score.
    pub fn weight(&self, check: &str) -> f32 {
        self.checks.get(check).and_then(|c| c.weight).unwrap_or(1.0)
    }

    /// A draft's severity here; `None` if it is passed over.
    pub(super) fn severity(&self, check: &Check, draft: &Draft, unit: &Unit) -> Option<Severity> {
        if draft.confidence < self.min_confidence {
            return None;
        }
        let own = self.checks.get(check.name);
        if own.is_some_and(|own| own.allow.iter().any(|allowed| is_named(allowed, draft, unit))) {
            return None;
        }
        let severity = match (draft.severity, self.profile) {
            (Severity::Info, Profile::Strict) => Severity::Minor,
            (severity, _) => severity,
        };
        let severity = match own.and_then(|own| own.severity) {
            Some(given) if draft.severity != Severity::Info => given,
            _ => severity,
        };
        (severity >= self.min_severity).then_some(severity)
    }
}

/// Whether `allowed` is what a draft is about.
fn is_named(allowed: &str, draft: &Draft, unit: &Unit) -> bool {
    let zh = draft.zh.iter().filter_map(|range| unit.zh.text.get(range.clone()));
    let en = draft.en.iter().filter_map(|range| unit.en.text.get(range.clone()));
    draft.cause == allowed || zh.chain(en).any(|text| text == allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_are_selected_by_name() {
        let on = |config: &Config| -> Vec<&str> {
            CHECKS.iter().filter(|c| config.is_on(c)).map(|c| c.name).collect()
        };
        let mut config = Config::default();
        config.select::<&str>(&[], &[]);
        assert_eq!(on(&config).len(), CHECKS.len());
        config.select(&["spacing", "residue"], &["residue"]);
        assert_eq!(on(&config), ["spacing"]);
        // What is named runs even where the settings switch it off.
        config.select(&["residue"], &[]);
        assert_eq!(on(&config), ["residue"]);
    }
}
