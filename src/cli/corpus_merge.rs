//! `duizhao corpus merge`: one file of many.

use super::Done;
use super::corpus::{Files, check_apart, output, tell};
use super::progress::Bars;
use clap::ValueEnum;
use duizhao::corpus::merge::{self, Prefer, Report};
use duizhao::error::Result;

/// `corpus merge`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  duizhao corpus merge may/aligned.jsonl june/aligned.jsonl --prefer last --out all.jsonl")]
pub struct MergeArgs {
    /// What is read, and where it goes.
    #[command(flatten)]
    pub files: Files,
    /// From where a pair of articles is taken that stands in several files
    #[arg(long, value_enum, value_name = "WHICH", default_value_t = PreferName::First)]
    pub prefer: PreferName,
}

/// From where a pair is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PreferName {
    /// From the file that is named first
    First,
    /// From the file that is named last
    Last,
}

/// Runs it.
pub fn run(args: &MergeArgs, quiet: bool) -> Result<Done> {
    let files = &args.files;
    let prefer = match args.prefer {
        PreferName::First => Prefer::First,
        PreferName::Last => Prefer::Last,
    };
    check_apart(&files.inputs.inputs, files.out.as_deref(), &[files.report.as_deref()])?;
    let mut merged = output(files.out.as_deref())?;
    let report = merge::run(&files.inputs.lines()?.paths, &Bars::new(quiet), prefer, &mut merged)?;
    merged.finish()?;
    let Report { read, written, pairs, superseded, renamed } = report;
    let text = format!(
        "{read} read, {written} written of {pairs} pairs of articles; {superseded} left out whose pair is taken from \
         another place, {renamed} pairs renamed\n"
    );
    tell(quiet, &text, &report, files.report.as_deref())?;
    Ok(Done::Well)
}
