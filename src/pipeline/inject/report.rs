//! How many of the errors were found, kind by kind.

use super::{Case, Config, Job, Kind, Nature, Outcome, Verdict};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt;

/// What came of all errors.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The seed.
    pub seed: u64,
    /// The most edits of a kind.
    pub limit: usize,
    /// How many articles there were.
    pub articles: usize,
    /// How many beads with both sides and no annotated fault.
    pub beads: usize,
    /// A row a kind, errors first.
    pub rows: Vec<Row>,
}

/// What came of one kind.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// The kind's name.
    pub kind: &'static str,
    /// Whether it is an error or leaves the meaning as it is.
    pub nature: Nature,
    /// Edits made.
    pub hosts: usize,
    /// Different beads among their places.
    pub beads: usize,
    /// Edits that raised a fitting finding; of twins, any finding of at least minor severity.
    pub found: usize,
    /// Edits beside those that raised one of severity `info` only.
    pub informed: usize,
    /// `found / hosts`; 0 without hosts.
    pub rate: f64,
    /// Wilson's 95 % interval of the rate.
    pub interval: (f64, f64),
    /// The least rate that is wanted; of twins, the largest that is borne.
    pub target: f64,
    /// The edits that came out wrong: errors that were missed, twins that raised something.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missed: Vec<Missed>,
}

impl Row {
    /// Whether the rate is as it is wanted; so it is where nothing was tried.
    pub fn is_reached(&self) -> bool {
        self.hosts == 0
            || match self.nature {
                Nature::Fault => self.rate >= self.target,
                Nature::Twin => self.rate <= self.target,
            }
    }
}

/// An edit that came out wrong.
#[derive(Debug, Clone, Serialize)]
pub struct Missed {
    /// The article's slug.
    pub article: String,
    /// The bead's number in the gold.
    pub bead: usize,
    /// The bead's Chinese as it was.
    pub before: String,
    /// The same with the edit.
    pub after: String,
    /// Its English.
    pub en: String,
    /// What the edit raised, fitting or not.
    pub raised: Vec<String>,
}

/// Wilson's 95 % interval of a share (Wilson 1927); all is open without trials.
pub fn wilson(hits: usize, trials: usize) -> (f64, f64) {
    if trials == 0 {
        return (0.0, 1.0);
    }
    const Z: f64 = 1.959_963_985;
    let n = trials as f64;
    let p = hits as f64 / n;
    let scale = 1.0 + Z * Z / n;
    let middle = (p + Z * Z / (2.0 * n)) / scale;
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt() / scale;
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

/// Counts outcomes by kind.
pub(super) fn of<'j, 'c: 'j>(
    cases: &[Case],
    kinds: &[&'static Kind],
    outcomes: impl Iterator<Item = ((&'j Kind, &'j Job<'c>), Outcome)>,
    config: &Config,
) -> Report {
    let all: Vec<_> = outcomes.collect();
    let row = |kind: &&'static Kind| {
        let own: Vec<(&Job<'c>, &Outcome)> =
            all.iter().filter(|((k, _), _)| k.name == kind.name).map(|((_, job), o)| (*job, o)).collect();
        let count = |verdict| own.iter().filter(|(_, outcome)| outcome.verdict == verdict).count();
        let (hosts, found) = (own.len(), count(Verdict::Found));
        let beads: BTreeSet<(usize, usize)> =
            own.iter().map(|(j, _)| (j.host.article, j.host.bead)).collect();
        let is_wrong =
            |outcome: &Outcome| (outcome.verdict == Verdict::Found) == (kind.nature == Nature::Twin);
        Row {
            kind: kind.name,
            nature: kind.nature,
            hosts,
            beads: beads.len(),
            found,
            informed: count(Verdict::Informed),
            rate: if hosts == 0 { 0.0 } else { found as f64 / hosts as f64 },
            interval: wilson(found, hosts),
            target: kind.target,
            missed: own.iter().filter(|(_, o)| is_wrong(o)).map(|(job, o)| missed(job, o)).collect(),
        }
    };
    Report {
        seed: config.seed,
        limit: config.hosts,
        articles: cases.len(),
        beads: cases.iter().map(|case| case.is_clean.iter().filter(|is| **is).count()).sum(),
        rows: kinds.iter().map(row).collect(),
    }
}

fn missed(job: &Job<'_>, outcome: &Outcome) -> Missed {
    let (before, after) = job.edit.texts(&job.host);
    Missed {
        article: job.host.case.slug.clone(),
        bead: job.host.bead,
        before,
        after,
        en: job.host.en.clone(),
        raised: outcome.raised.clone(),
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, limit, articles, beads, rows } = self;
        writeln!(
            f,
            "{articles} articles, {beads} beads without a fault, seed {seed}, at most {limit} edits a kind"
        )?;
        for (nature, title, counted) in
            [(Nature::Fault, "error", "found"), (Nature::Twin, "same meaning", "raised")]
        {
            let own: Vec<&Row> = rows.iter().filter(|row| row.nature == nature).collect();
            if own.is_empty() {
                continue;
            }
            writeln!(
                f,
                "\n{title:22} {:>6} {:>6} {counted:>7} {:>6} {:>7}  {:15} {:>8}",
                "edits", "beads", "info", "rate", "95 % interval", "target"
            )?;
            for row in own {
                write_row(f, row)?;
            }
        }
        Ok(())
    }
}

fn write_row(f: &mut fmt::Formatter<'_>, row: &Row) -> fmt::Result {
    let Row { kind, hosts, beads, found, informed, .. } = row;
    write!(f, "{kind:22} {hosts:>6} {beads:>6} {found:>7} {informed:>6} ")?;
    if *hosts == 0 {
        return writeln!(f, "{:>7}", "–");
    }
    let (low, high) = row.interval;
    let interval = format!("{:.1}–{:.1} %", 100.0 * low, 100.0 * high);
    let sign = if row.nature == Nature::Fault { '≥' } else { '≤' };
    let target = format!("{sign} {:.0} %", 100.0 * row.target);
    let short = if row.is_reached() { "" } else { "  short of it" };
    writeln!(f, "{:>5.1} %  {interval:15} {target:>8}{short}", 100.0 * row.rate)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against the worked figures of Brown, Cai and DasGupta (2001) and R's `prop.test(correct = FALSE)`.
    #[test]
    fn wilson_intervals() {
        for (hits, trials, low, high) in
            [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (97, 100, 0.9155, 0.9897)]
        {
            let (l, h) = wilson(hits, trials);
            assert!((l - low).abs() < 1e-3 && (h - high).abs() < 1e-3, "{hits}/{trials}: {l} {h}");
        }
        assert_eq!(wilson(0, 0), (0.0, 1.0));
    }
}
