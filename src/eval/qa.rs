//! How good findings are: against annotated faults.

use super::aligned::{Located, read_located};
use super::gold::{Gold, Issue, read_gold};
use super::report::Measure;
use crate::error::Result;
use regex::Regex;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;
use std::sync::LazyLock;

/// Checks of form, which have no faults of fidelity to find and are not in the precision.
const FORM: [&str; 5] = ["punctuation", "spacing", "repeated-word", "residue", "traditional-variant"];

/// Which checks may find which type of annotated fault.
const FINDS: [(&str, &[&str]); 9] = [
    ("number", &["number", "unit", "quantifier"]),
    ("date", &["date"]),
    (
        "name",
        &[
            "name-mangled",
            "name-missing",
            "name-extra",
            "name-consistency",
            "identifier",
            "indicator",
            "code",
            "mt-artefact",
        ],
    ),
    ("untranslated", &["untranslated", "wrong-language", "term"]),
    (
        "omission",
        &[
            "omission",
            "partial-omission",
            "name-missing",
            "attribution",
            "number",
            "date",
            "quantifier",
            "modality",
        ],
    ),
    ("addition", &["addition", "partial-addition", "name-extra", "number"]),
    (
        "mistranslation",
        &[
            "term",
            "partial-omission",
            "partial-addition",
            "negation",
            "modality",
            "quantifier",
            "attribution",
            "name-missing",
            "name-extra",
            "number",
            "mistranslation",
        ],
    ),
    ("term", &["term", "name-consistency", "untranslated"]),
    ("grammar", &["mt-artefact", "residue", "repeated-word", "punctuation", "grammar"]),
];

/// Sentences that say nothing: credits, marks, file extensions.
static CREDIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:source|image|photo|credit)s?\b|^\W*$|^\.?(?:jpe?g|png|webp)\b").ok()
});

/// A count of those found, or right, and of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// Found, or right.
    pub part: u64,
    /// All.
    pub all: u64,
}

impl Share {
    fn count(&mut self, hit: bool) {
        self.part += u64::from(hit);
        self.all += 1;
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.part, self.all)
    }
}

/// Shares by name, in the order of the alphabet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shares(pub BTreeMap<String, Share>);

impl Serialize for Shares {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, share) in &self.0 {
            map.serialize_entry(name, &share.to_string())?;
        }
        map.end()
    }
}

impl fmt::Display for Shares {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shares: Vec<String> = self.0.iter().map(|(name, share)| format!("{name} {share}")).collect();
        f.write_str(&shares.join("  "))
    }
}

/// How well findings agree with annotated faults.
///
/// A fault is found by a check that fits its type on a bead that shares one of its sentences; a finding of fidelity, `info` left
/// out, is right if it finds one. Annotation is not exhaustive, so precision is a lower bound.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct QaScores {
    /// Precision of findings, recall of faults.
    pub issues: Measure,
    /// Whole sentences reported as left out or added: right if they are unaligned in the gold; recall over unaligned sentences
    /// that say something.
    #[serde(rename = "whole sentences")]
    pub sentences: Measure,
    /// Faults found, by type.
    #[serde(rename = "found by type")]
    pub by_type: Shares,
    /// The same of major and critical ones.
    #[serde(rename = "major and critical")]
    pub by_type_major: Shares,
    /// Findings that are right, by check.
    #[serde(rename = "right by check")]
    pub by_check: Shares,
}

impl fmt::Display for QaScores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:12} {}", "issues", self.issues)?;
        writeln!(f, "{:12} {}", "whole sentences", self.sentences)?;
        writeln!(f, "found by type: {}", self.by_type)?;
        writeln!(f, "major and critical: {}", self.by_type_major)?;
        write!(f, "right by check: {}", self.by_check)
    }
}

/// Scores the findings in the `aligned.jsonl` at `aligned` against the faults of the gold in the folder `gold`.
///
/// # Errors
/// If either cannot be read, or there is no gold.
pub fn run_qa(gold: &Path, aligned: &Path) -> Result<QaScores> {
    let gold = read_gold(gold)?;
    let located = read_located(aligned, &gold)?;
    Ok(score_qa(&gold, &located))
}

/// Scores findings, located among the gold's sentences, against its faults.
pub fn score_qa(gold: &[Gold], located: &BTreeMap<String, Vec<Located>>) -> QaScores {
    let mut scores = QaScores::default();
    let mut counts = Counts::default();
    for gold in gold {
        let lines = located.get(&gold.slug).map_or(&[] as &[Located], Vec::as_slice);
        counts.sentences(gold, lines);
        counts.faults(gold, &reports(lines), &mut scores);
    }
    let Counts { sentences, faults, found } = counts;
    scores.issues = Measure::new((faults.part, faults.all), (found.part, found.all));
    let (hyp, gold) = sentences;
    scores.sentences = Measure::new((hyp.part, hyp.all), (gold.part, gold.all));
    scores
}

/// What a check reports of a bead, whole sentences left out or added aside.
struct Report<'l> {
    line: &'l Located,
    check: &'l str,
}

fn reports(lines: &[Located]) -> Vec<Report<'_>> {
    let mut reports = Vec::new();
    for line in lines {
        let checks: BTreeSet<&str> = line.checks.iter().map(String::as_str).collect();
        let wanted = checks.into_iter().filter(|check| !(is_whole(line) && is_of_sentences(check)));
        reports.extend(wanted.map(|check| Report { line, check }));
    }
    reports
}

fn is_of_sentences(check: &str) -> bool {
    matches!(check, "omission" | "addition")
}

fn is_whole(line: &Located) -> bool {
    (line.zh.is_empty() || line.en.is_empty()) && line.checks.iter().any(|check| is_of_sentences(check))
}

fn fits(check: &str, kind: &str) -> bool {
    FINDS.iter().any(|(of, checks)| *of == kind && checks.contains(&check))
}

fn touches(issue: &Issue, line: &Located) -> bool {
    issue.z.iter().any(|z| line.zh.contains(z)) || issue.e.iter().any(|e| line.en.contains(e))
}

#[derive(Default)]
struct Counts {
    /// Whole sentences: reported, and to be reported.
    sentences: (Share, Share),
    /// Findings that are right.
    faults: Share,
    /// Faults that are found.
    found: Share,
}

/// A sentence of one side; `true` is Chinese.
type Side = (bool, u32);

impl Counts {
    fn sentences(&mut self, gold: &Gold, lines: &[Located]) {
        let nulls = nulls(gold);
        let says = |&(is_zh, n): &Side| {
            let sentences = if is_zh { &gold.zh } else { &gold.en };
            let text = sentences.get(n as usize).map_or("", String::as_str);
            !CREDIT.as_ref().is_some_and(|credit| credit.is_match(text))
        };
        let reported: BTreeSet<Side> = lines
            .iter()
            .filter(|line| is_whole(line))
            .flat_map(|line| line.zh.iter().map(|&z| (true, z)).chain(line.en.iter().map(|&e| (false, e))))
            .collect();
        reported.iter().for_each(|sentence| self.sentences.0.count(nulls.contains(sentence)));
        nulls
            .iter()
            .filter(|s| says(s))
            .for_each(|sentence| self.sentences.1.count(reported.contains(sentence)));
    }

    fn faults(&mut self, gold: &Gold, reports: &[Report<'_>], scores: &mut QaScores) {
        for issue in &gold.issues {
            let found = reports.iter().any(|r| touches(issue, r.line) && fits(r.check, &issue.kind));
            self.found.count(found);
            scores.by_type.0.entry(issue.kind.clone()).or_default().count(found);
            if matches!(issue.severity.as_str(), "major" | "critical") {
                scores.by_type_major.0.entry(issue.kind.clone()).or_default().count(found);
            }
        }
        for report in reports.iter().filter(|report| !FORM.contains(&report.check)) {
            let right = gold.issues.iter().any(|i| touches(i, report.line) && fits(report.check, &i.kind));
            self.faults.count(right);
            scores.by_check.0.entry(report.check.to_owned()).or_default().count(right);
        }
    }
}

/// The sentences that nothing on the other side belongs to.
fn nulls(gold: &Gold) -> BTreeSet<Side> {
    let linked: BTreeSet<Side> = gold
        .beads
        .iter()
        .filter(|bead| !bead.is_null())
        .flat_map(|bead| bead.zh().iter().map(|&z| (true, z)).chain(bead.en().iter().map(|&e| (false, e))))
        .chain(gold.repeats.iter().flat_map(|bead| bead.zh().iter().map(|&z| (true, z))))
        .collect();
    let all =
        (0..gold.zh.len()).map(|z| (true, z as u32)).chain((0..gold.en.len()).map(|e| (false, e as u32)));
    all.filter(|sentence| !linked.contains(sentence)).collect()
}
