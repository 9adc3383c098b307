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
    /// What reviewers say of the findings that no annotated fault confirms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adjudicated: Option<Adjudicated>,
}

/// Findings that no annotated fault confirms, as reviewers judged them.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Adjudicated {
    /// The precision of all findings if those that were accepted are right.
    #[serde(rename = "p")]
    pub precision: f64,
    /// How many were accepted.
    pub accepted: u64,
    /// How many were rejected.
    pub rejected: u64,
    /// The ids of those that nobody judged; they count as wrong.
    pub unjudged: Vec<String>,
}

impl fmt::Display for QaScores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:12} {}", "issues", self.issues)?;
        writeln!(f, "{:12} {}", "whole sentences", self.sentences)?;
        writeln!(f, "found by type: {}", self.by_type)?;
        writeln!(f, "major and critical: {}", self.by_type_major)?;
        write!(f, "right by check: {}", self.by_check)?;
        let Some(Adjudicated { precision, accepted, rejected, unjudged }) = &self.adjudicated else {
            return Ok(());
        };
        write!(f, "\nadjudicated  P {precision:.4}   (accepted {accepted}, rejected {rejected}")?;
        if !unjudged.is_empty() {
            write!(f, ", not judged: {}", unjudged.join(" "))?;
        }
        f.write_str(")")
    }
}

/// What a reviewer said of the finding of an id: whether it is a fault.
pub type Verdict<'v> = &'v dyn Fn(&str) -> Option<bool>;

/// Scores the findings in the `aligned.jsonl` at `aligned` against the faults of the gold in the folder `gold`; with
/// verdicts, also those findings that the gold does not confirm.
///
/// # Errors
/// If either cannot be read, or there is no gold.
pub fn run_qa(gold: &Path, aligned: &Path, verdict: Option<Verdict<'_>>) -> Result<QaScores> {
    let gold = read_gold(gold)?;
    let located = read_located(aligned, &gold)?;
    Ok(score_qa(&gold, &located, verdict))
}

/// Scores findings, located among the gold's sentences, against its faults.
pub fn score_qa(
    gold: &[Gold],
    located: &BTreeMap<String, Vec<Located>>,
    verdict: Option<Verdict<'_>>,
) -> QaScores {
    let mut scores = QaScores::default();
    let mut counts = Counts::default();
    for gold in gold {
        let lines = located.get(&gold.slug).map_or(&[] as &[Located], Vec::as_slice);
        counts.sentences(gold, lines);
        counts.faults(gold, &reports(lines), &mut scores);
    }
    let Counts { sentences, faults, found, alarms } = counts;
    scores.adjudicated = verdict.map(|verdict| adjudicated(&alarms, faults, verdict));
    scores.issues = Measure::new((faults.part, faults.all), (found.part, found.all));
    let (hyp, gold) = sentences;
    scores.sentences = Measure::new((hyp.part, hyp.all), (gold.part, gold.all));
    scores
}

/// Counts the alarms that were accepted, those that were rejected, and those that nobody judged.
fn adjudicated(alarms: &[Vec<String>], faults: Share, verdict: Verdict<'_>) -> Adjudicated {
    let mut judged = Adjudicated::default();
    for ids in alarms {
        let verdicts: Vec<Option<bool>> = ids.iter().map(|id| verdict(id)).collect();
        if verdicts.contains(&Some(true)) {
            judged.accepted += 1;
        } else if verdicts.iter().all(Option::is_some) {
            judged.rejected += 1;
        } else {
            let silent = ids.iter().zip(&verdicts).filter(|(_, verdict)| verdict.is_none());
            judged.unjudged.extend(silent.map(|(id, _)| id.clone()));
        }
    }
    let right = faults.part + judged.accepted;
    judged.precision = if faults.all == 0 { 0.0 } else { right as f64 / faults.all as f64 };
    judged
}

/// What a check reports of a bead, whole sentences left out or added aside.
struct Report<'l> {
    line: &'l Located,
    check: &'l str,
}

fn reports(lines: &[Located]) -> Vec<Report<'_>> {
    let mut reports = Vec::new();
    for line in lines {
        let checks: BTreeSet<&str> = line.findings.iter().map(|f| f.check.as_str()).collect();
        let wanted = checks.into_iter().filter(|check| !(is_whole(line) && is_of_sentences(check)));
        reports.extend(wanted.map(|check| Report { line, check }));
    }
    reports
}

fn is_of_sentences(check: &str) -> bool {
    matches!(check, "omission" | "addition")
}

fn is_whole(line: &Located) -> bool {
    (line.zh.is_empty() || line.en.is_empty()) && line.findings.iter().any(|f| is_of_sentences(&f.check))
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
    /// The ids of the findings that are not right, those of one check on one bead together.
    alarms: Vec<Vec<String>>,
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
            if !right {
                let own = report.line.findings.iter().filter(|f| f.check == report.check);
                self.alarms.push(own.map(|f| f.id.clone()).collect());
            }
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

#[cfg(test)]
mod tests {
    use super::super::aligned::Reported;
    use super::*;

    #[test]
    fn verdicts_count_only_for_what_the_gold_does_not_confirm() {
        let json = r#"{"zh":["甲。","乙。"],"en":["One.","Two."],"beads":[[[0],[0]],[[1],[1]]],
            "issues":[{"type":"name","severity":"major","z":[0],"e":[0],"note":""}]}"#;
        let gold = [super::super::parse_gold("a", json).unwrap()];
        let reported = |check: &str, id: &str| Reported { check: check.into(), id: id.into() };
        let line = |n, findings| Located { zh: vec![n], en: vec![n], linked: true, findings };
        let lines = vec![
            line(0, vec![reported("name-missing", "1"), reported("term", "2")]),
            line(
                1,
                vec![
                    reported("term", "3"),
                    reported("term", "4"),
                    reported("date", "5"),
                    reported("unit", "6"),
                ],
            ),
        ];
        let located = BTreeMap::from([("a".to_owned(), lines)]);
        let verdict = |id: &str| match id {
            "1" | "2" | "5" => Some(false),
            "4" => Some(true),
            _ => None,
        };
        let scores = score_qa(&gold, &located, Some(&verdict));
        let judged = scores.adjudicated.unwrap();
        assert_eq!((judged.accepted, judged.rejected), (1, 2));
        assert_eq!(judged.unjudged, ["6"]);
        assert!((judged.precision - 0.4).abs() < 1e-9, "{judged:?}");
        assert_eq!(score_qa(&gold, &located, None).adjudicated, None);
    }
}
