//! Findings → figures: the fidelity score of an article, and its MQM scorecard.
//!
//! **Fidelity** is 100 less the points that are lost in four aspects; form is reported beside them.
//!
//! ```text
//! lost(aspect)   = 100 · RATE · Σ weight(severity) · weight(check) · confidence / words
//! lost(coverage) = 100 · unrendered / words, and the above for what was added
//! fidelity       = max(0, 100 − lost(coverage) − lost(values) − lost(entities) − lost(meaning))
//! ```
//!
//! `words` are those of the English; `unrendered` those inside the spans of `omission` and `partial-omission`, the latter
//! by their confidence. Whatever is `info` costs nothing. Findings of one cause (`Finding::group`) count once, as the
//! gravest of them; of what was not rendered every word counts. With `RATE` = 4 and the usual weights, a major error in
//! every hundred words costs 20 points, and what just passes the MQM threshold 10.
//!
//! **The scorecard** is MQM's: severities weigh 0, 1, 5 and 25 (Lommel et al. 2024, "The Multi-Range Theory of
//! Translation Quality Measurement", arXiv 2405.16969; themqm.org, "The MQM Scoring Models"), per 1,000 source words,
//! confidence left out. MQM leaves the threshold to whoever orders a translation; ours is one critical or five major
//! errors in 1,000 words.

use super::{Check, Config, renderings};
use crate::model::{
    Alignment, ArticlePair, Aspect, Assessment, Counts, Finding, Overview, Relation, Rule, Scorecard,
    Severity, Span,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How much dearer a penalty point is than a word that was not rendered.
const RATE: f64 = 4.0;

/// What errors weigh, and how much is let pass.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ScoreConfig {
    /// Penalty points of a minor error.
    pub minor: f32,
    /// Penalty points of a major error.
    pub major: f32,
    /// Penalty points of a critical error.
    pub critical: f32,
    /// As many points per 1,000 English words pass.
    pub threshold: f32,
}

impl Default for ScoreConfig {
    fn default() -> Self {
        Self { minor: 1.0, major: 5.0, critical: 25.0, threshold: 25.0 }
    }
}

impl ScoreConfig {
    fn weight(&self, severity: Severity) -> f64 {
        match severity {
            Severity::Info => 0.0,
            Severity::Minor => f64::from(self.minor),
            Severity::Major => f64::from(self.major),
            Severity::Critical => f64::from(self.critical),
        }
    }
}

/// What a check looks at.
pub fn aspect(name: &str) -> Aspect {
    match name {
        _ if super::check(name).is_some_and(|check| !check.fidelity) => Aspect::Form,
        "omission" | "addition" | "partial-omission" | "partial-addition" => Aspect::Coverage,
        "number" | "unit" | "date" | "version" | "quantifier" => Aspect::Values,
        "identifier" | "indicator" | "code" => Aspect::Entities,
        _ if name.starts_with("name-") => Aspect::Entities,
        _ => Aspect::Meaning,
    }
}

/// What files say of a check.
pub fn rule(check: &Check) -> Rule {
    Rule {
        name: check.name.to_owned(),
        category: check.category.to_owned(),
        aspect: aspect(check.name),
        what: check.doc.what.to_owned(),
        why: check.doc.why.to_owned(),
        known_problems: check.doc.known_problems.to_owned(),
    }
}

/// The figures of an aligned pair.
pub fn assess(
    pair: &ArticlePair,
    alignment: &Alignment,
    findings: &[Finding],
    config: &Config,
) -> Assessment {
    let words = source_words(pair, alignment);
    let mut assessment = Assessment::default();
    for finding in findings {
        assessment.findings.entry(finding.check.clone()).or_default().add(finding.severity);
    }
    let mut errors = Counts::default();
    let mut penalties: BTreeMap<Aspect, f64> = BTreeMap::new();
    for (finding, confidence) in causes(findings) {
        errors.add(finding.severity);
        let unrendered = matches!(finding.check.as_str(), "omission" | "partial-omission");
        if !unrendered {
            let weight = config.score.weight(finding.severity) * f64::from(config.weight(&finding.check));
            *penalties.entry(aspect(&finding.check)).or_default() += weight * f64::from(confidence);
        }
    }
    let unrendered = unrendered(pair, findings, config);
    let share = |points: f64| if words == 0 { 0.0 } else { 100.0 * points / words as f64 };
    for aspect in Aspect::ALL {
        let mut lost = share(RATE * penalties.get(&aspect).copied().unwrap_or_default());
        if aspect == Aspect::Coverage {
            lost += share(unrendered);
        }
        assessment.lost.insert(aspect, lost.min(100.0));
    }
    let lost = |aspect: &Aspect| if *aspect == Aspect::Form { 0.0 } else { assessment.lost(*aspect) };
    assessment.fidelity = (100.0 - Aspect::ALL.iter().map(lost).sum::<f64>()).max(0.0);
    assessment.unrendered = unrendered.round() as u64;
    assessment.scorecard = scorecard(words, errors, &config.score);
    assessment.renderings = renderings::of(pair, alignment);
    assessment
}

/// Adds an article's figures to those of the others.
pub fn add(overview: &mut Overview, assessment: &Assessment, config: &Config) {
    let (before, own) = (overview.scorecard.words as f64, assessment.scorecard.words as f64);
    if before + own > 0.0 {
        overview.fidelity = (overview.fidelity * before + assessment.fidelity * own) / (before + own);
    } else {
        overview.fidelity = assessment.fidelity;
    }
    overview.articles += 1;
    overview.renderings.add_all(&assessment.renderings);
    overview.passed += u64::from(assessment.scorecard.passed);
    for (check, counts) in &assessment.findings {
        let all = overview.findings.entry(check.clone()).or_default();
        Severity::ALL.iter().for_each(|&severity| all.add_all(severity, counts.of(severity)));
    }
    let Scorecard { words, mut errors, .. } = overview.scorecard;
    let other = &assessment.scorecard;
    Severity::ALL.iter().for_each(|&severity| errors.add_all(severity, other.errors.of(severity)));
    overview.scorecard = scorecard(words + other.words, errors, &config.score);
}

fn scorecard(words: u64, errors: Counts, config: &ScoreConfig) -> Scorecard {
    let weights = Severity::ALL.map(|severity| config.weight(severity));
    let penalty: f64 =
        Severity::ALL.iter().zip(weights).map(|(s, weight)| weight * f64::from(errors.of(*s))).sum();
    let per_thousand = if words == 0 { 0.0 } else { penalty * 1000.0 / words as f64 };
    let threshold = f64::from(config.threshold);
    Scorecard { words, errors, weights, penalty, per_thousand, threshold, passed: per_thousand <= threshold }
}

/// One finding a cause: the gravest, with the highest confidence that any of its severity has. In order of the causes'
/// names, so that sums do not hang on the order of findings.
fn causes(findings: &[Finding]) -> impl Iterator<Item = (&Finding, f32)> {
    let mut causes: BTreeMap<&str, (&Finding, f32)> = BTreeMap::new();
    for finding in findings {
        let known = causes.entry(&finding.group).or_insert((finding, finding.confidence));
        if (known.0.severity, known.1) < (finding.severity, finding.confidence) {
            *known = (finding, finding.confidence);
        }
    }
    causes.into_values()
}

/// English words of an alignment's beads, those that stand in several counted once.
fn source_words(pair: &ArticlePair, alignment: &Alignment) -> u64 {
    let own = alignment.beads().iter().filter(|bead| bead.relation != Relation::Repeat);
    own.flat_map(|bead| &bead.en).map(|&i| words(pair.documents.en.sentence(i as usize))).sum()
}

/// English words that are marked as not rendered; those of half a confidence count half.
fn unrendered(pair: &ArticlePair, findings: &[Finding], config: &Config) -> f64 {
    let text = &pair.documents.en.article.text;
    let mut marked: BTreeMap<Span, f64> = BTreeMap::new();
    for finding in findings.iter().filter(|f| f.severity > Severity::Info) {
        let share = match finding.check.as_str() {
            "omission" => 1.0,
            "partial-omission" => f64::from(finding.confidence),
            _ => continue,
        };
        for &span in &finding.spans.en {
            let known = marked.entry(span).or_default();
            *known = known.max(share * f64::from(config.weight(&finding.check)));
        }
    }
    marked.into_iter().map(|(span, share)| share * words(span.slice(text)) as f64).sum()
}

/// Words as MQM counts them: what stands between blanks and holds a letter or a digit.
fn words(text: &str) -> u64 {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count() as u64
}

#[cfg(test)]
mod tests;
