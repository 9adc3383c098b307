//! What stands before the articles: figures, plots, the table of articles, filters.

use super::Place;
use super::plots::{self, HEIGHT, Scatter, Stretch, WIDTH};
use super::text::{tenths, thousands, tidy};
use super::words::Words;
use crate::export::Meta;
use crate::model::{Aspect, Assessment, Bitext, Counts, Lang, Overview, Severity};
use askama::Template;
use std::collections::BTreeMap;

/// The figures of all articles.
#[derive(Template)]
#[template(path = "summary.html")]
pub struct Summary<'s> {
    w: &'static Words,
    overview: &'s Overview,
    fidelity: String,
    words: String,
    findings: String,
    per_thousand: String,
    threshold: String,
    card: Vec<CardRow>,
    checks: Vec<CheckRow<'s>>,
    scatter: Option<Scatter>,
    width: f64,
    height: f64,
    lines: &'s str,
    renderings: Vec<RenderingRow<'s>>,
    more: usize,
    aspects: Vec<(usize, &'static str)>,
}

/// A row of the scorecard.
struct CardRow {
    severity: usize,
    name: &'static str,
    errors: String,
    weight: String,
    points: String,
}

/// So many names and terms are shown.
const SHOWN: usize = 40;

/// A name or term that is rendered in several ways, and in how many articles in each.
struct RenderingRow<'s> {
    name: &'s str,
    forms: Vec<(&'s str, u32)>,
}

/// A row of the plot of checks.
struct CheckRow<'s> {
    name: &'s str,
    what: &'s str,
    aspect: &'static str,
    total: u32,
    bar: Vec<Stretch>,
    shown: String,
}

impl<'s> Summary<'s> {
    /// The summary; `lines` are those of the table of articles.
    pub fn new(
        overview: &'s Overview,
        meta: &'s Meta,
        points: &[plots::Point],
        lines: &'s str,
        lang: Lang,
    ) -> Self {
        let w = Words::of(lang);
        let card = &overview.scorecard;
        let row = |severity: Severity| {
            let errors = card.errors.of(severity);
            let weight = card.weights.get(severity as usize).copied().unwrap_or_default();
            CardRow {
                severity: severity as usize,
                name: w.severity(severity),
                errors: thousands(u64::from(errors)),
                weight: weight.to_string(),
                points: thousands((weight * f64::from(errors)).round() as u64),
            }
        };
        let several = overview.renderings.several();
        let more = several.len().saturating_sub(SHOWN);
        let renderings =
            several.into_iter().take(SHOWN).map(|(name, forms)| RenderingRow { name, forms }).collect();
        let total: u64 = overview.findings.values().map(|counts| u64::from(counts.total())).sum();
        Self {
            w,
            overview,
            fidelity: tenths(overview.fidelity),
            words: thousands(card.words),
            findings: thousands(total),
            per_thousand: tenths(card.per_thousand),
            threshold: card.threshold.to_string(),
            card: Severity::ALL.iter().rev().map(|&severity| row(severity)).collect(),
            checks: checks(overview, meta, w),
            scatter: Scatter::new(points),
            width: WIDTH,
            height: HEIGHT,
            lines,
            renderings,
            more,
            aspects: Aspect::ALL
                .iter()
                .filter(|&&a| a != Aspect::Form)
                .map(|&a| (a as usize, w.aspect(a)))
                .collect(),
        }
    }
}

/// Checks that found something, those of an aspect together, the most frequent first.
fn checks<'s>(overview: &'s Overview, meta: &'s Meta, w: &'static Words) -> Vec<CheckRow<'s>> {
    let most = overview.findings.values().map(Counts::total).max().unwrap_or_default();
    let rule = |name: &str| meta.rules.iter().find(|rule| rule.name == name);
    let mut found: Vec<(&String, &Counts, Option<Aspect>)> =
        overview.findings.iter().map(|(name, counts)| (name, counts, rule(name).map(|r| r.aspect))).collect();
    found.sort_by_key(|(_, counts, aspect)| (*aspect, std::cmp::Reverse(counts.total())));
    let mut last = None;
    let row = |(name, counts, aspect): (&'s String, &'s Counts, Option<Aspect>)| {
        let is_first = last.replace(aspect) != Some(aspect);
        let by_severity = Severity::ALL.iter().rev().filter(|&&s| counts.of(s) > 0);
        CheckRow {
            name,
            what: rule(name).map_or("", |rule| rule.what.as_str()),
            aspect: aspect.filter(|_| is_first).map_or("", |aspect| w.aspect(aspect)),
            total: counts.total(),
            bar: plots::counts(counts, most),
            shown: by_severity
                .map(|&s| format!("{} {}", counts.of(s), w.severity(s)))
                .collect::<Vec<_>>()
                .join(", "),
        }
    };
    found.into_iter().map(row).collect()
}

/// An article's line in the table.
#[derive(Template)]
#[template(path = "line.html")]
pub struct Line {
    place: Place,
    href: String,
    title_zh: String,
    title_en: String,
    fidelity: String,
    lost: String,
    bar: Vec<Stretch>,
    counts: Vec<(usize, u32)>,
    order: u64,
    words: String,
    per_thousand: String,
    passed: bool,
    w: &'static Words,
    map: Vec<(usize, String)>,
}

impl Line {
    /// The line of an article.
    pub fn new(bitext: &Bitext, assessment: &Assessment, place: Place, lang: Lang) -> Self {
        let w = Words::of(lang);
        let title = |document: &crate::model::Document| {
            tidy(document.article.title.as_deref().unwrap_or_else(|| document.sentence(0)))
        };
        let lost = Aspect::ALL.iter().filter(|&&a| assessment.lost(a) >= 0.05);
        let counts = assessment.counts();
        let weighted =
            |order: u64, severity: &Severity| order * 1000 + u64::from(counts.of(*severity).min(999));
        Self {
            place,
            href: place.href(&format!("a{}", place.number)),
            title_zh: title(&bitext.pair.documents.zh),
            title_en: title(&bitext.pair.documents.en),
            fidelity: tenths(assessment.fidelity),
            lost: lost
                .map(|&a| format!("{} −{}", w.aspect(a), tenths(assessment.lost(a))))
                .collect::<Vec<_>>()
                .join(", "),
            bar: plots::fidelity(assessment),
            counts: Severity::ALL.iter().rev().map(|&s| (s as usize, counts.of(s))).collect(),
            order: Severity::ALL.iter().rev().fold(0, weighted),
            words: thousands(assessment.scorecard.words),
            per_thousand: tenths(assessment.scorecard.per_thousand),
            passed: assessment.scorecard.passed,
            w,
            map: if place.is_one { plots::map(bitext) } else { Vec::new() },
        }
    }

    /// The post's title.
    pub fn title(&self) -> &str {
        &self.title_zh
    }
}

/// What findings can be filtered by.
pub struct Filters<'f> {
    /// Severities: number, key, name, how many there are.
    pub severities: Vec<(usize, &'static str, &'static str, u32)>,
    /// Checks that found something, by aspect: name and how many there are.
    pub checks: Vec<(&'static str, Vec<(&'f str, u32)>)>,
    /// How many findings there are.
    pub total: u32,
}

impl<'f> Filters<'f> {
    /// The filters of these findings.
    pub fn new(findings: &'f BTreeMap<String, Counts>, meta: &Meta, lang: Lang) -> Self {
        let w = Words::of(lang);
        let of = |severity: Severity| findings.values().map(|counts| counts.of(severity)).sum();
        let mut by_aspect: BTreeMap<Option<Aspect>, Vec<(&str, u32)>> = BTreeMap::new();
        for (name, counts) in findings {
            let aspect = meta.rules.iter().find(|rule| rule.name == *name).map(|rule| rule.aspect);
            by_aspect.entry(aspect).or_default().push((name, counts.total()));
        }
        Self {
            severities: Severity::ALL
                .iter()
                .rev()
                .map(|&s| (s as usize, s.name(), w.severity(s), of(s)))
                .collect(),
            checks: by_aspect
                .into_iter()
                .map(|(a, checks)| (a.map_or("", |a| w.aspect(a)), checks))
                .collect(),
            total: findings.values().map(Counts::total).sum(),
        }
    }
}
