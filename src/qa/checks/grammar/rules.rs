//! Patterns of broken sentences.

use super::Fault;
use super::calques::CALQUES;
use super::frames::FRAMES;
use crate::model::{Message, Severity};
use crate::qa::quote::short;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// A pattern; its first group that matched, if it has one, is what is marked.
pub(super) struct Rule {
    name: &'static str,
    pattern: &'static str,
    severity: Severity,
    confidence: f32,
    en: &'static str,
    zh: &'static str,
    /// Says whether what matched is right after all, given the text before it, and what it matched.
    right: fn(before: &str, found: &Captures<'_>) -> bool,
}

pub(super) const fn rule(
    name: &'static str,
    pattern: &'static str,
    confidence: f32,
    (en, zh): (&'static str, &'static str),
) -> Rule {
    Rule { name, pattern, severity: Severity::Minor, confidence, en, zh, right: |_, _| false }
}

impl Rule {
    pub(super) const fn unless(mut self, right: fn(&str, &Captures<'_>) -> bool) -> Self {
        self.right = right;
        self
    }

    pub(super) const fn info(mut self) -> Self {
        self.severity = Severity::Info;
        self
    }
}

/// The whole match.
pub(super) fn whole<'t>(found: &Captures<'t>) -> &'t str {
    found.get(0).map_or("", |m| m.as_str())
}

static COMPILED: LazyLock<Vec<(Regex, &Rule)>> = LazyLock::new(|| {
    FRAMES.iter().chain(CALQUES).filter_map(|rule| Some((Regex::new(rule.pattern).ok()?, rule))).collect()
});

pub(super) fn faults(text: &str) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    for (regex, rule) in COMPILED.iter() {
        for found in regex.captures_iter(text) {
            let Some(place) = found.iter().skip(1).flatten().next().or_else(|| found.get(0)) else {
                continue;
            };
            if (rule.right)(text.get(..place.start()).unwrap_or(""), &found) {
                continue;
            }
            faults.push(Fault {
                range: place.range(),
                severity: rule.severity,
                confidence: rule.confidence,
                message: {
                    let marked = short(place.as_str());
                    Message::new(format!("“{marked}”: {}", rule.en), format!("“{marked}”：{}", rule.zh))
                },
                suggestion: (rule.name == "截止 before a date").then(|| "截至".to_owned()),
                cause: if rule.severity == Severity::Info { rule.name.to_owned() } else { String::new() },
                category: None,
            });
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_is_one() {
        assert_eq!(COMPILED.len(), FRAMES.len() + CALQUES.len());
    }
}
