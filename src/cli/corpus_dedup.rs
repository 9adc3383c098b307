//! `duizhao corpus dedup`: what is there already, dropped.

use super::corpus::{Files, beside, check_apart, output, tell};
use super::progress::Bars;
use super::{Done, io};
use clap::ValueEnum;
use duizhao::corpus::dedup::{self, Config, Method, On, Report};
use duizhao::error::Result;
use std::fmt::Write;
use std::path::PathBuf;

/// `corpus dedup`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  duizhao corpus dedup good.jsonl --out unique.jsonl --dropped twice.jsonl
  duizhao corpus dedup a.jsonl b.jsonl --on either --threshold 0.7 > unique.jsonl
  duizhao corpus dedup a.jsonl --method exact --on en > unique.jsonl

The first of its kind stays, be it only a repeat in a lead: filter first. Every line of the dropped file says what the bead is like: the number of the cluster, file and \
line of the bead that stays, and how alike both are.")]
pub struct DedupArgs {
    /// What is read, and where it goes.
    #[command(flatten)]
    pub files: Files,
    /// Write what was dropped, each with what it is like, into this file
    #[arg(long, value_name = "FILE")]
    pub dropped: Option<PathBuf>,
    /// Which side must be the same [default: as the settings say, else both]
    #[arg(long, value_enum, value_name = "SIDE")]
    pub on: Option<OnName>,
    /// How much the same [default: as the settings say, else near]
    #[arg(long, value_enum, value_name = "HOW")]
    pub method: Option<MethodName>,
    /// How much of two texts must be the same for nearly the same, 0.6 to 1 [default: as the settings say, else 0.8]
    #[arg(long, value_name = "SHARE")]
    pub threshold: Option<f64>,
}

/// The sides that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OnName {
    /// Both must be the same
    Both,
    /// Either will do
    Either,
    /// The Chinese one
    Zh,
    /// The English one
    En,
}

/// How much texts must be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MethodName {
    /// In all letters and digits
    Exact,
    /// In nearly all
    Near,
}

/// Runs it.
pub fn run(args: &DedupArgs, quiet: bool, mut config: Config) -> Result<Done> {
    if let Some(on) = args.on {
        config.on = match on {
            OnName::Both => On::Both,
            OnName::Either => On::Either,
            OnName::Zh => On::Zh,
            OnName::En => On::En,
        };
    }
    if let Some(method) = args.method {
        config.method = match method {
            MethodName::Exact => Method::Exact,
            MethodName::Near => Method::Near,
        };
    }
    config.threshold = args.threshold.unwrap_or(config.threshold);
    let files = &args.files;
    check_apart(
        &files.inputs.inputs,
        files.out.as_deref(),
        &[args.dropped.as_deref(), files.report.as_deref()],
    )?;
    let (mut kept, mut dropped) = (output(files.out.as_deref())?, beside(args.dropped.as_deref())?);
    let report =
        dedup::run(&files.inputs.lines()?.paths, &Bars::new(quiet), &config, &mut kept, &mut dropped)?;
    dropped.finish()?;
    kept.finish()?;
    tell(quiet, &shown(&report), &report, files.report.as_deref())?;
    Ok(Done::Well)
}

fn shown(report: &Report) -> String {
    let Report { read, kept, exact, near, clusters, not_compared, index_bytes, .. } = report;
    let mut text =
        format!("{read} read, {kept} kept; {exact} the same, {near} nearly, in {clusters} clusters\n");
    // Writing into a string cannot fail.
    if *not_compared > 0 {
        let _ = writeln!(text, "{not_compared} kept that have no text to compare");
    }
    for cluster in report.largest.iter().take(5) {
        let _ =
            writeln!(text, "  {} times {}:{}", cluster.size, io::visible(&cluster.of.file), cluster.of.line);
    }
    let _ = writeln!(text, "index: {} bytes a bead kept", index_bytes / (*kept).max(1));
    text
}
