//! Known errors made on purpose: how many of them the checks find.
//!
//! [`run`] takes gold, keeps to the beads in which nobody annotated a fault ([`Host`]), and makes one error at a time: a
//! figure changed, a name dropped, a negation lost. The article with that one error is looked at anew. The error counts as
//! found if there is a finding that the article as it was had not, of a check that may find this kind of error, at the
//! place of the error. *Twins* are changes that leave the meaning as it is, and must raise nothing.
//!
//! An instrument must not share the mistakes of what it measures: everything that finds a place for an error in a text is
//! written for this folder and used nowhere else.

mod case;
mod compare;
mod edit;
mod english;
mod kinds;
mod report;
mod scan;
#[cfg(test)]
mod tests;

pub use case::{Case, Host};
pub use edit::{Change, Edit};
pub use kinds::{KINDS, Kind, Nature, kind};
pub use report::{Missed, Report, Row, wilson};

use super::random::Dice;
use super::{Progress, Settings, findings, stop_if_cancelled};
use crate::error::{Error, Result};
use crate::eval::Gold;
use crate::model::{Finding, Severity};
use case::Base;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// The most edits of one kind in one bead.
const MOST_A_BEAD: usize = 3;

/// What to inject.
#[derive(Debug, Clone)]
pub struct Config {
    /// Decides which edits are made where the limit leaves some out, and how each turns out.
    pub seed: u64,
    /// The most edits of a kind.
    pub hosts: usize,
    /// The kinds by name; none are all.
    pub kinds: Vec<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self { seed: 1, hosts: 400, kinds: Vec::new() }
    }
}

/// Makes known errors in the beads of `gold` that have none, one at a time, and counts those that are found.
///
/// # Errors
/// If there is no such kind, if the gold contradicts itself, or those of the aligner.
pub fn run(gold: &[Gold], settings: &Settings, config: &Config, progress: &dyn Progress) -> Result<Report> {
    let kinds = chosen(&config.kinds)?;
    let mut cases = gold.iter().map(Case::new).collect::<Result<Vec<Case>>>()?;
    case::exchange(&mut cases, config.seed);
    let bases = cases.par_iter().map(|case| Base::new(case, settings)).collect::<Result<Vec<_>>>()?;
    let jobs: Vec<(&Kind, Job<'_>)> = kinds
        .iter()
        .flat_map(|&kind| chosen_edits(kind, &cases, config).into_iter().map(move |job| (kind, job)))
        .collect();
    progress.begin("injecting", Some(jobs.len() as u64));
    let done = jobs.par_iter().map(|(kind, job)| {
        stop_if_cancelled(progress)?;
        let base = bases.get(job.host.article).ok_or_else(|| Error::input("no such article"))?;
        let outcome = outcome(kind, job, base, settings);
        progress.advance(1);
        outcome
    });
    let done = done.collect::<Result<Vec<Outcome>>>();
    progress.end();
    Ok(report::of(&cases, &kinds, jobs.iter().map(|(kind, job)| (*kind, job)).zip(done?), config))
}

fn chosen(names: &[String]) -> Result<Vec<&'static Kind>> {
    if names.is_empty() {
        return Ok(KINDS.to_vec());
    }
    let known = || KINDS.iter().map(|kind| kind.name).collect::<Vec<_>>().join(", ");
    let one = |name: &String| {
        kind(name).ok_or_else(|| {
            Error::usage(format!("there is no kind `{name}` of error"))
                .remedy(format!("there are {}", known()))
        })
    };
    names.iter().map(one).collect()
}

/// An edit and where it is made.
struct Job<'c> {
    host: Host<'c>,
    edit: Edit,
}

/// The edits of a kind, as many as are wanted: a first one of every bead before the second of any.
fn chosen_edits<'c>(kind: &Kind, cases: &'c [Case], config: &Config) -> Vec<Job<'c>> {
    let mut ranked: Vec<(usize, u64, Job<'c>)> = Vec::new();
    for (article, case) in cases.iter().enumerate() {
        for host in case.hosts(article) {
            let name = format!("{}/{}/{}", kind.name, case.slug, host.bead);
            let mut dice = Dice::new(config.seed, &name);
            let mut edits = (kind.edits)(&host, &mut dice);
            edits.retain(|edit| edit.is_sound(&host));
            dice.shuffle(&mut edits);
            let order = dice.below(usize::MAX) as u64;
            let kept = edits.into_iter().take(MOST_A_BEAD).enumerate();
            ranked.extend(kept.map(|(nth, edit)| (nth, order, Job { host: host.clone(), edit })));
        }
    }
    ranked.sort_by_key(|(nth, order, _)| (*nth, *order));
    ranked.truncate(config.hosts);
    ranked.sort_by_key(|(nth, _, job)| (job.host.article, job.host.bead, *nth));
    ranked.into_iter().map(|(_, _, job)| job).collect()
}

/// What came of an edit.
struct Outcome {
    verdict: Verdict,
    /// The new findings, wherever they are, as a line each.
    raised: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// A fitting finding at the place; of a twin: any finding of at least minor severity.
    Found,
    /// As before, but of no more than `info`.
    Informed,
    /// Nothing.
    Nothing,
}

fn outcome(kind: &Kind, job: &Job<'_>, base: &Base, settings: &Settings) -> Result<Outcome> {
    let edited = job.edit.apply(&job.host, settings)?;
    let before = base.findings(edited.is_realigned);
    let after = findings(&edited.pair, &edited.alignment, settings);
    let fresh = compare::fresh(&job.host.case.pair, before, &edited, &after);
    let fits = |finding: &Finding| match kind.nature {
        Nature::Twin => true,
        Nature::Fault => kind.checks.contains(&finding.check.as_str()) && edited.marks(finding),
    };
    let gravest = fresh.iter().filter(|f| fits(f)).map(|f| f.severity).max();
    let verdict = match gravest {
        None => Verdict::Nothing,
        Some(Severity::Info) => Verdict::Informed,
        Some(_) => Verdict::Found,
    };
    let line = |f: &&Finding| format!("{} {}: {}", f.check, f.severity.name(), f.message.en);
    let raised: BTreeSet<String> = fresh.iter().map(line).collect();
    Ok(Outcome { verdict, raised: raised.into_iter().collect() })
}
