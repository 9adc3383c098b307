//! `duizhao corpus revise`: what reviewers wrote into a spreadsheet.

use super::corpus::{Files, check_apart, output, tell};
use super::progress::Bars;
use super::{Done, io};
use duizhao::corpus::revise::{self, Report, Sheet};
use duizhao::error::Result;
use duizhao::import;
use std::fmt::Write;
use std::path::PathBuf;

/// So many problems are shown; the rest stands in the report.
const SHOWN: usize = 20;

/// `corpus revise`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  duizhao export out/aligned.jsonl --format xlsx --out review.xlsx
  duizhao corpus revise out/aligned.jsonl --sheet review.xlsx --out revised.jsonl

An edited cell holds the bead's new sentences, one a line; an empty one takes the text out. \
`merge` joins a bead with its neighbour, `comment` stands beside it afterwards. Lines of other beads \
stay as they were, but for places in the same articles. Findings on edited texts are dropped: \
`duizhao qa revised.jsonl --format jsonl` finds them anew. \
What cannot be done is told with its row, leaves the bead as it was, and ends in exit code 3.")]
pub struct ReviseArgs {
    /// What is read, and where it goes.
    #[command(flatten)]
    pub files: Files,
    /// The spreadsheet that `duizhao export --format xlsx` made of these files, filled in
    #[arg(long, value_name = "FILE.xlsx")]
    pub sheet: PathBuf,
}

/// Runs it.
pub fn run(args: &ReviseArgs, quiet: bool) -> Result<Done> {
    let files = &args.files;
    let read = [&files.inputs.inputs[..], std::slice::from_ref(&args.sheet)].concat();
    check_apart(&read, files.out.as_deref(), &[files.report.as_deref()])?;
    check_apart(std::slice::from_ref(&args.sheet), None, &[files.out.as_deref()])?;
    let mut sheet = Sheet::default();
    import::review_sheet(&args.sheet, |row| sheet.row(&row))?;
    let mut revised = output(files.out.as_deref())?;
    let report = revise::run(&files.inputs.lines()?.paths, &Bars::new(quiet), sheet, &mut revised)?;
    revised.finish()?;
    // What could not be done is said, however quiet it is to be.
    io::tell(false, &refused(&report, &args.sheet.display().to_string()));
    tell(quiet, &done(&report), &report, files.report.as_deref())?;
    Ok(if report.refused == 0 { Done::Well } else { Done::InputsFailed })
}

fn done(report: &Report) -> String {
    let Report {
        rows, read, written, unchanged, edited, merged, taken_out, commented, findings, absent, ..
    } = report;
    let mut text = format!(
        "{rows} rows, {read} beads read, {written} written, {unchanged} of them as they were; {edited} edited, {merged} \
         merged into another, {taken_out} taken out, {commented} commented on\n"
    );
    // Writing into a string cannot fail.
    if *findings > 0 {
        let _ = writeln!(
            text,
            "{findings} findings dropped, whose text was edited: `duizhao qa` finds them anew"
        );
    }
    if *absent > 0 {
        let _ = writeln!(text, "{absent} beads in no row, which stay as they were");
    }
    text
}

fn refused(report: &Report, sheet: &str) -> String {
    let mut text = String::new();
    for problem in report.problems.iter().take(SHOWN) {
        let other = problem.other.map_or_else(String::new, |other| format!(" (see row {other})"));
        let _ = writeln!(
            text,
            "{sheet}:{}: {}{other}\n  help: {}",
            problem.row,
            io::visible(&problem.message),
            problem.remedy
        );
    }
    if let Some(more) = report.refused.checked_sub(SHOWN as u64).filter(|more| *more > 0) {
        let _ = writeln!(text, "and {more} more in the sheet that could not be done");
    }
    text
}
