//! Drops pairs by rules, in order; each that is dropped is written with the first rule that drops it.

use super::Output;
use super::dropped;
use super::lines::{each, record};
use super::rules::{Pair, Step, Test, open};
use crate::error::Result;
use crate::model::Progress;
use serde::Serialize;
use std::path::PathBuf;

/// What every rule did.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    /// How many beads were read.
    pub read: u64,
    /// How many passed all rules.
    pub kept: u64,
    /// The rules, in order.
    pub rules: Vec<RuleReport>,
}

/// What one rule did.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct RuleReport {
    /// Its name.
    pub rule: String,
    /// How many beads it dropped that no rule before it had dropped.
    pub dropped: u64,
    /// How many it would drop if it were the only one; known in previews only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alone: Option<u64>,
    /// The first beads that it dropped; in previews only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Example>,
}

/// A bead that a rule drops.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Example {
    /// The bead.
    pub id: String,
    /// Why it is dropped.
    pub reason: String,
    /// Its Chinese text.
    pub zh: String,
    /// Its English text.
    pub en: String,
}

/// Why a bead was dropped.
#[derive(Serialize)]
struct Why<'a> {
    rule: &'a str,
    reason: &'a str,
}

/// Rules, ready to be asked.
struct Rules<'s>(Vec<(&'s Step, Box<dyn Test>)>);

impl<'s> Rules<'s> {
    fn open(steps: &'s [Step]) -> Result<Self> {
        steps.iter().map(|step| Ok((step, open(step)?))).collect::<Result<_>>().map(Self)
    }

    /// The first rule that drops a pair, and why.
    fn first(&self, pair: &Pair<'_>) -> Option<(usize, String)> {
        self.0.iter().enumerate().find_map(|(n, (_, test))| Some((n, test.breach(pair)?)))
    }

    fn report(&self) -> Report {
        let named = |(step, _): &(&Step, _)| RuleReport { rule: step.rule.clone(), ..RuleReport::default() };
        Report { rules: self.0.iter().map(named).collect(), ..Report::default() }
    }
}

/// Writes what passes all rules to `kept`, and what does not, with rule and reason, to `dropped`. A line that is kept stays
/// as it is, byte for byte. Memory does not grow with the input.
///
/// # Errors
/// A rule that there is not, settings that are not understood, an input that cannot be read or holds something else than
/// beads, an output that cannot be written.
pub fn run(
    inputs: &[PathBuf],
    progress: &dyn Progress,
    steps: &[Step],
    kept: &mut Output<'_>,
    dropped: &mut Output<'_>,
) -> Result<Report> {
    let rules = Rules::open(steps)?;
    let mut report = rules.report();
    each(
        inputs,
        progress,
        |line| record(line).map(|record| rules.first(&Pair::new(&record))),
        |line, first| {
            report.read += 1;
            let Some((number, reason)) = first else {
                report.kept += 1;
                return kept.line(&line.text);
            };
            let Some(rule) = report.rules.get_mut(number) else { return Ok(()) };
            rule.dropped += 1;
            let why = Why { rule: &rule.rule, reason: &reason };
            dropped.line(&dropped::line(&why, &line.text))
        },
    )?;
    Ok(report)
}

/// What every rule would do, and so many beads of each that it would drop; nothing is written.
///
/// # Errors
/// As [`run`].
pub fn preview(
    inputs: &[PathBuf],
    progress: &dyn Progress,
    steps: &[Step],
    examples: usize,
) -> Result<Report> {
    let rules = Rules::open(steps)?;
    let mut report = rules.report();
    let look = |pair: &Pair<'_>| -> Vec<(usize, Example)> {
        let asked = rules.0.iter().enumerate();
        let breaches = asked.filter_map(|(n, (_, test))| Some((n, test.breach(pair)?)));
        breaches.map(|(n, reason)| (n, example(pair, reason))).collect()
    };
    each(
        inputs,
        progress,
        |line| record(line).map(|record| look(&Pair::new(&record))),
        |_, breaches| {
            report.read += 1;
            report.kept += u64::from(breaches.is_empty());
            for (place, (number, example)) in breaches.into_iter().enumerate() {
                let Some(rule) = report.rules.get_mut(number) else { continue };
                *rule.alone.get_or_insert_default() += 1;
                if place > 0 {
                    continue;
                }
                rule.dropped += 1;
                if rule.examples.len() < examples {
                    rule.examples.push(example);
                }
            }
            Ok(())
        },
    )?;
    report.rules.iter_mut().for_each(|rule| {
        rule.alone.get_or_insert_default();
    });
    Ok(report)
}

fn example(pair: &Pair<'_>, reason: String) -> Example {
    Example { id: pair.record.id.clone(), reason, zh: pair.zh.clone(), en: pair.en.clone() }
}

#[cfg(test)]
mod tests {
    use super::super::rules::{rule, steps};
    use super::super::testing::{Folder, record as bead, text};
    use super::*;
    use crate::model::Silent;
    use proptest::prelude::*;
    use serde_json::Value;

    fn run_on(folder: &Folder, inputs: &[PathBuf], steps: &[Step]) -> Report {
        let mut kept = Output::file(&folder.path("kept")).unwrap();
        let mut dropped = Output::file(&folder.path("dropped")).unwrap();
        let report = run(inputs, &Silent, steps, &mut kept, &mut dropped).unwrap();
        kept.finish().unwrap();
        dropped.finish().unwrap();
        report
    }

    #[test]
    fn the_first_rule_in_order_drops_and_says_why() {
        let folder = Folder::new();
        let mut unsure = bead("a", 1, "短", "It is too short.");
        unsure.confidence = 0.2;
        let good = bead("a", 0, "攻击者窃取了数据。", "Attackers stole the data.");
        let input = folder.put("in", &text(&[good.clone(), unsure]));
        let names = |names: [&str; 2]| names.map(|name| rule(name).unwrap().step());
        let report = run_on(&folder, std::slice::from_ref(&input), &names(["confidence", "length"]));
        assert_eq!((report.read, report.kept), (2, 1));
        assert_eq!(report.rules.iter().map(|r| r.dropped).collect::<Vec<_>>(), [1, 0]);
        assert_eq!(folder.get("kept"), text(&[good]));
        let dropped: Value = serde_json::from_str(&folder.get("dropped")).unwrap();
        assert_eq!(dropped["rule"], "confidence");
        assert_eq!(dropped["reason"], "0.20 is under 0.5");
        assert_eq!(dropped["bead"]["zh"][0], "短");
        let report = run_on(&folder, &[input], &names(["length", "confidence"]));
        assert_eq!(report.rules.iter().map(|r| r.dropped).collect::<Vec<_>>(), [1, 0]);
    }

    #[test]
    fn a_preview_tells_what_each_rule_would_do_alone_and_writes_nothing() {
        let folder = Folder::new();
        let mut unsure = bead("a", 1, "短", "It is too short.");
        unsure.confidence = 0.2;
        let short = bead("a", 2, "短", "It is too short.");
        let input = folder.put("in", &text(&[unsure, short.clone(), short]));
        let report =
            preview(&[input], &Silent, &["confidence", "length", "kind"].map(|n| rule(n).unwrap().step()), 1)
                .unwrap();
        let told: Vec<_> =
            report.rules.iter().map(|r| (r.dropped, r.alone.unwrap(), r.examples.len())).collect();
        assert_eq!(told, [(1, 1, 1), (2, 3, 1), (0, 0, 0)]);
        assert_eq!(folder.names(), ["in"]);
    }

    #[test]
    fn what_is_kept_stays_byte_for_byte() {
        let folder = Folder::new();
        let line =
            serde_json::to_string(&bead("a", 0, "攻击者窃取了数据。", "Attackers stole the data.")).unwrap();
        let odd = line.replacen('{', "{ \"shelf-mark\" : \"unknown\", ", 1).replace("攻击", "\\u653b\\u51fb");
        let input = folder.put("in", &format!("\u{feff}{odd}\r\n"));
        assert_eq!(run_on(&folder, &[input], &steps()).kept, 1);
        assert_eq!(folder.get("kept"), format!("{odd}\n"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn nothing_is_lost_and_nothing_kept_would_be_dropped_again(
            texts in prop::collection::vec((any::<String>(), any::<String>(), 0.0f64..=1.0), 0..30),
        ) {
            let folder = Folder::new();
            let beads: Vec<_> = texts.iter().enumerate().map(|(n, (zh, en, confidence))| {
                let mut bead = bead("a", n as u32, zh, en);
                bead.confidence = *confidence;
                bead
            }).collect();
            let input = folder.put("in", &text(&beads));
            let report = run_on(&folder, &[input], &steps());
            let dropped: u64 = report.rules.iter().map(|r| r.dropped).sum();
            prop_assert_eq!(report.read, beads.len() as u64);
            prop_assert_eq!(report.kept + dropped, report.read);
            prop_assert_eq!(folder.get("dropped").lines().count() as u64, dropped);
            let before = folder.get("kept");
            let again = run_on(&folder, &[folder.path("kept")], &steps());
            prop_assert_eq!(again.kept, again.read);
            prop_assert_eq!(folder.get("kept"), before);
        }
    }
}
