//! `duizhao corpus restore`: beads of stand-off lines and pages.

use super::corpus::{check_apart, output, tell};
use super::progress::Bars;
use super::{Done, io};
use duizhao::error::Result;
use duizhao::pipeline::{Settings, restore};
use std::fmt::Write;
use std::path::PathBuf;

/// `corpus restore`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  duizhao export out/aligned.jsonl --format standoff --out standoff.jsonl
  duizhao corpus restore standoff.jsonl --pages zh/ --pages en/ --out aligned.jsonl

Pages are known by their hashes; what a file is called does not matter. A pair of articles with a page that is missing or \
changed, be it by a character, is not written, and the program ends with 3. Findings are not restored: `duizhao qa` finds \
them again.")]
pub struct RestoreArgs {
    /// What `duizhao export --format standoff` wrote, any number of them
    #[arg(required = true, value_name = "STANDOFF.jsonl")]
    pub inputs: Vec<PathBuf>,
    /// The pages: whatever `duizhao run` takes; may be given several times
    #[arg(long, required = true, value_name = "PAGES")]
    pub pages: Vec<PathBuf>,
    /// Write here instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Write what was done and what was refused, as JSON, into this file
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// The most bytes of a page [default: 10 MiB]
    #[arg(long, value_name = "BYTES", value_parser = clap::value_parser!(u64).range(1..))]
    pub max_bytes: Option<u64>,
}

/// Runs it.
pub fn run(args: &RestoreArgs, quiet: bool, settings: &Settings) -> Result<Done> {
    check_apart(&args.inputs, None, &[args.out.as_deref(), args.report.as_deref()])?;
    let mut settings = settings.clone();
    settings.ingest.max_bytes = args.max_bytes.unwrap_or(settings.ingest.max_bytes);
    // What is read and written here is no page, should it lie among them.
    settings.ingest.exclude.extend(args.inputs.iter().chain(&args.out).chain(&args.report).cloned());
    let mut restored = output(args.out.as_deref())?;
    let report = restore::run(&args.inputs, &args.pages, &settings, &Bars::new(quiet), &mut restored)?;
    restored.finish()?;
    tell(quiet, &said(&report), &report, args.report.as_deref())?;
    Ok(if report.refused.is_empty() { Done::Well } else { Done::InputsFailed })
}

fn said(report: &restore::Report) -> String {
    let restore::Report { read, written, pairs, refused, unread } = report;
    let mut text = String::new();
    // Writing into a string cannot fail.
    for page in unread {
        let _ = writeln!(text, "{}: {}", io::visible(&page.input), io::visible(&page.message));
    }
    for pair in refused {
        let _ = writeln!(text, "refused: {} ({} beads)", io::visible(&pair.pair), pair.beads);
        for cause in &pair.causes {
            let address =
                cause.url.as_deref().map(|url| format!(" <{}>", io::visible(url))).unwrap_or_default();
            let _ = writeln!(text, "  {}{address}: {}", cause.reason, io::visible(&cause.message));
            let _ = writeln!(text, "    help: {}", cause.remedy);
        }
    }
    let whole = pairs - refused.len() as u64;
    let _ = writeln!(text, "{read} beads read, {written} written of {whole} of {pairs} pairs of articles");
    text
}
