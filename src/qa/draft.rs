//! Drafts: what checks report; and how they become findings.

use super::view::written;
use super::{Check, Side, View};
use crate::model::{Finding, Message, Severity, Sides};
use crate::text::hex;
use sha2::{Digest, Sha256};
use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;

/// What a check reports of one place.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Number of the unit (bead) it concerns.
    pub unit: usize,
    /// How grave it is.
    pub severity: Severity,
    /// How sure the check is, 0–1.
    pub confidence: f32,
    /// Bytes of the unit's Chinese text.
    pub zh: Vec<Range<usize>>,
    /// Bytes of the unit's English text.
    pub en: Vec<Range<usize>>,
    /// What is wrong.
    pub message: Message,
    /// What it should say, where that is certain.
    pub suggestion: Option<String>,
    /// What findings of the same cause share; empty for one that stands alone. Allow-lists are held against it, too.
    pub cause: String,
    /// Another MQM category than the check's.
    pub category: Option<&'static str>,
}

impl Draft {
    /// A draft that marks nothing yet, of full confidence.
    pub fn new(unit: usize, severity: Severity, message: Message) -> Self {
        Self {
            unit,
            severity,
            confidence: 1.0,
            zh: Vec::new(),
            en: Vec::new(),
            message,
            suggestion: None,
            cause: String::new(),
            category: None,
        }
    }

    /// Marks a stretch of the Chinese.
    #[must_use]
    pub fn zh(mut self, range: Range<usize>) -> Self {
        self.zh.push(range);
        self
    }

    /// Marks a stretch of the English.
    #[must_use]
    pub fn en(mut self, range: Range<usize>) -> Self {
        self.en.push(range);
        self
    }

    /// Says how sure the check is.
    #[must_use]
    pub fn confidence(mut self, confidence: f32) -> Self {
        self.confidence = confidence;
        self
    }

    /// Says what it should read.
    #[must_use]
    pub fn suggest(mut self, suggestion: impl Into<String>) -> Self {
        self.suggestion = Some(suggestion.into());
        self
    }

    /// Names the cause.
    #[must_use]
    pub fn cause(mut self, cause: impl Into<String>) -> Self {
        self.cause = cause.into();
        self
    }

    /// Files it under another category than the check's.
    #[must_use]
    pub fn category(mut self, category: &'static str) -> Self {
        self.category = Some(category);
        self
    }
}

/// Findings of one check that a bead is given: no sentence that somebody wrote has more, and each is written with its bead.
const MOST: u32 = 20;

/// Makes findings: configured severity, allow-lists, least confidence, ids, groups, order.
pub(super) fn findings(view: &View<'_>, drafts: Vec<(&Check, Draft)>) -> Vec<Finding> {
    let mut occurrences: HashMap<String, u32> = HashMap::new();
    let mut findings: Vec<Finding> = Vec::new();
    let mut told: HashMap<(usize, &str), u32> = HashMap::new();
    for (check, mut draft) in drafts {
        let Some(unit) = view.units.get(draft.unit) else { continue };
        let Some(severity) = view.config.severity(check, &draft, unit) else { continue };
        let number = told.entry((draft.unit, check.name)).or_default();
        *number += 1;
        match (*number).cmp(&MOST) {
            Ordering::Less => {}
            Ordering::Equal => {
                draft.message = Message::new(
                    format!("{} There may be more of this kind here.", draft.message.en),
                    format!("{}此处可能还有同类问题。", draft.message.zh),
                );
            }
            Ordering::Greater => continue,
        }
        let key = key(check, &draft, unit.sides());
        let seen = occurrences.entry(key.clone()).or_default();
        let id = digest(&[&key, &seen.to_string()]);
        *seen += 1;
        let group = if draft.cause.is_empty() { id.clone() } else { digest(&[check.name, &draft.cause]) };
        findings.push(Finding {
            id,
            group,
            check: check.name.to_owned(),
            severity,
            category: draft.category.unwrap_or(check.category).to_owned(),
            confidence: written(draft.confidence.clamp(0.0, 1.0)),
            bead: draft.unit as u32,
            spans: Sides::new(unit.zh.spans(&draft.zh), unit.en.spans(&draft.en)),
            message: draft.message,
            suggestion: draft.suggestion,
        });
    }
    findings.sort_by(|a, b| {
        (a.bead, std::cmp::Reverse(a.severity), &a.check, &a.spans.zh, &a.spans.en, &a.id).cmp(&(
            b.bead,
            std::cmp::Reverse(b.severity),
            &b.check,
            &b.spans.zh,
            &b.spans.en,
            &b.id,
        ))
    });
    findings
}

/// What makes a finding this one and no other: check, both texts, and what is marked in them.
fn key(check: &Check, draft: &Draft, sides: Sides<&Side>) -> String {
    digest(&[
        check.name,
        &sides.zh.text,
        &sides.en.text,
        &format!("{:?}{:?}", draft.zh, draft.en),
        &draft.cause,
    ])
}

fn digest(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_le_bytes());
        hasher.update(part);
    }
    hex::digits(hasher.finalize().get(..6).unwrap_or_default())
}
