//! `duizhao corpus`: what one can train and test on.

use super::args::Common;
use super::as_lines::Inputs;
#[cfg(feature = "report")]
use super::corpus_revise;
use super::{
    Done, corpus_dedup, corpus_filter, corpus_merge, corpus_remove, corpus_restore, corpus_split,
    corpus_stats,
};
use super::{io, settings};
use clap::{Subcommand, ValueEnum};
use duizhao::corpus::Output;
use duizhao::corpus::lines::{is_stdin, is_stream};
use duizhao::error::{Error, Result};
use duizhao::pipeline::Settings;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// `corpus`.
#[derive(Debug, clap::Args)]
#[command(
    arg_required_else_help = true,
    after_help = "\
Example:
  duizhao corpus merge may/aligned.jsonl june/aligned.jsonl --out all.jsonl
  duizhao corpus filter all.jsonl --out good.jsonl --dropped dropped.jsonl
  duizhao corpus dedup good.jsonl --out unique.jsonl
  duizhao corpus split unique.jsonl --out parts/
  duizhao corpus stats parts/train.jsonl"
)]
pub struct CorpusArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: CorpusCommand,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum CorpusCommand {
    /// Drop pairs by rules
    Filter(corpus_filter::FilterArgs),
    /// Drop what is there already, the same or nearly
    Dedup(corpus_dedup::DedupArgs),
    /// Part into train, dev and test: no article and no near-duplicate on two sides
    Split(corpus_split::SplitArgs),
    /// Count what there is
    Stats(corpus_stats::StatsArgs),
    /// Make one file of many, every pair of articles once
    Merge(corpus_merge::MergeArgs),
    /// Write another format: the same as `duizhao export`
    Export(super::export::ExportArgs),
    /// Take an article out of files, and prove that it is gone
    Remove(corpus_remove::RemoveArgs),
    /// Make a corpus again of stand-off lines and the pages that they are of
    Restore(corpus_restore::RestoreArgs),
    /// Put in what reviewers wrote into a spreadsheet: edits, merges, comments
    #[cfg(feature = "report")]
    Revise(corpus_revise::ReviseArgs),
}

/// Runs it.
pub fn run(args: &CorpusArgs, common: &Common, settings: &Settings) -> Result<Done> {
    let config = settings::corpus(common)?;
    match &args.command {
        CorpusCommand::Filter(a) => corpus_filter::run(a, common.quiet, config),
        CorpusCommand::Dedup(a) => corpus_dedup::run(a, common.quiet, config.dedup),
        CorpusCommand::Split(a) => corpus_split::run(a, common.quiet, config.split),
        CorpusCommand::Stats(a) => corpus_stats::run(a, common.quiet),
        CorpusCommand::Merge(a) => corpus_merge::run(a, common.quiet),
        CorpusCommand::Export(a) => super::export::run(a, common.quiet, settings),
        CorpusCommand::Remove(a) => corpus_remove::run(a, common.quiet),
        CorpusCommand::Restore(a) => corpus_restore::run(a, common.quiet, settings),
        #[cfg(feature = "report")]
        CorpusCommand::Revise(a) => corpus_revise::run(a, common.quiet),
    }
}

/// How figures are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shown {
    /// For people
    Text,
    /// One JSON object
    Json,
}

/// What is read, and where it goes.
#[derive(Debug, clap::Args)]
pub struct Files {
    /// What is read.
    #[command(flatten)]
    pub inputs: Inputs,
    /// Write here instead of standard output; may be one of the inputs
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Write what was done, as JSON, into this file
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

/// A file, or standard output, which is also called `-`.
pub fn output(path: Option<&Path>) -> Result<Output<'static>> {
    match path.filter(|path| !is_stdin(path)) {
        Some(path) => Output::file(path),
        None => Ok(Output::stream("standard output", std::io::stdout())),
    }
}

/// A file, or nothing.
pub fn beside(path: Option<&Path>) -> Result<Output<'static>> {
    path.map_or_else(|| Ok(Output::nowhere()), |path| output(Some(path)))
}

/// Proves that no file is written over that is read, and none twice; only `out` may be an input, since it is written at the end.
pub fn check_apart(inputs: &[PathBuf], out: Option<&Path>, others: &[Option<&Path>]) -> Result<()> {
    let inputs: Vec<PathBuf> = inputs.iter().map(|path| real(path)).collect();
    let mut written: Vec<PathBuf> = out.map(real).into_iter().collect();
    for path in others.iter().flatten().filter(|path| !is_stream(path)) {
        let refused = |what: &str| Err(Error::usage(what).at(path).remedy("name another file"));
        let real = real(path);
        if inputs.contains(&real) {
            return refused("is read, and would be written over");
        }
        if written.contains(&real) {
            return refused("would be written twice");
        }
        written.push(real);
    }
    Ok(())
}

/// One name for a file, whether it is there or not.
fn real(path: &Path) -> PathBuf {
    let whole = || {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Some(folder.canonicalize().ok()?.join(path.file_name()?))
    };
    path.canonicalize().ok().or_else(whole).unwrap_or_else(|| path.to_owned())
}

/// Tells people what was done, and writes it into a file if one is named.
pub fn tell(quiet: bool, text: &str, report: &impl Serialize, path: Option<&Path>) -> Result<()> {
    io::tell(quiet, text);
    let Some(path) = path else { return Ok(()) };
    let mut output = output(Some(path))?;
    output.line(&json(report)?)?;
    output.finish().map(drop)
}

/// A report as JSON.
pub fn json(report: &impl Serialize) -> Result<String> {
    serde_json::to_string_pretty(report).map_err(|e| Error::input("a report cannot be written").caused_by(e))
}

/// Rows under each other, the first column to the left and numbers to the right.
pub fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain(head.get(column).map(|cell| cell.chars().count())).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let line = |cells: &[String]| {
        let padded = cells.iter().zip(&widths).enumerate().map(|(n, (cell, &width))| match n {
            0 => format!("{cell:width$}"),
            _ => format!("{cell:>width$}"),
        });
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    let head: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
    let rows = rows.iter().map(|row| line(row));
    std::iter::once(line(&head)).chain(rows).collect()
}
