//! `duizhao qa --inject`: how many known errors the checks find.

use super::args::{Common, QaArgs, QaFormat};
use super::progress::Bars;
use super::{Done, io};
use duizhao::error::{Error, Result};
use duizhao::eval::read_gold;
use duizhao::pipeline::Settings;
use duizhao::pipeline::inject::{self, Missed, Nature, Report};
use std::fmt::Write;
use std::path::PathBuf;

/// `qa --inject`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Measuring the checks")]
pub struct InjectArgs {
    /// Make known errors in the beads of this gold that have none, one at a time, and say how many the checks find;
    /// changes that leave the meaning as it is, too, and how many raise something
    #[arg(long, value_name = "GOLD", num_args = 1.., conflicts_with_all = ["inputs", "list", "explain", "fail_on"])]
    pub inject: Vec<PathBuf>,
    /// Decides which errors are made, and how each turns out
    #[arg(long, value_name = "N", default_value_t = 1, requires = "inject")]
    pub seed: u64,
    /// The most errors of a kind
    #[arg(long, value_name = "N", default_value_t = 400, requires = "inject", value_parser = clap::value_parser!(u16).range(1..))]
    pub hosts: u16,
    /// Only these kinds of errors [default: all]
    #[arg(long, value_name = "KIND,KIND", value_delimiter = ',', requires = "inject")]
    pub kinds: Vec<String>,
    /// Show the errors that were missed, and the changes that wrongly raised something
    #[arg(long, requires = "inject")]
    pub show_missed: bool,
}

/// Runs it.
pub fn run(args: &QaArgs, common: &Common, settings: &Settings) -> Result<Done> {
    let given = &args.injection;
    let mut gold = Vec::new();
    for folder in &given.inject {
        gold.extend(read_gold(folder)?);
    }
    let config =
        inject::Config { seed: given.seed, hosts: usize::from(given.hosts), kinds: given.kinds.clone() };
    let mut report = inject::run(&gold, settings, &config, &Bars::new(common.quiet))?;
    if !given.show_missed {
        report.rows.iter_mut().for_each(|row| row.missed.clear());
    }
    io::write(shown(&report, args.format.unwrap_or(QaFormat::Table))?.as_bytes())?;
    Ok(Done::Well)
}

fn shown(report: &Report, format: QaFormat) -> Result<String> {
    if format != QaFormat::Table {
        let json = serde_json::to_string(report).map_err(|e| Error::input("the report").caused_by(e))?;
        return Ok(format!("{json}\n"));
    }
    let mut text = report.to_string();
    for row in report.rows.iter().filter(|row| !row.missed.is_empty()) {
        let what = if row.nature == Nature::Fault { "missed" } else { "raised something" };
        // Writing into a string cannot fail.
        let _ = writeln!(text, "\n{}: {} {what}", row.kind, row.missed.len());
        row.missed.iter().for_each(|missed| show(&mut text, missed));
    }
    Ok(text)
}

fn show(text: &mut String, missed: &Missed) {
    let Missed { article, bead, before, after, en, raised } = missed;
    let _ = writeln!(text, "\n  {article}, bead {bead}");
    let (before, after) = marked(before, after);
    for line in [&before, &after, en] {
        let _ = writeln!(text, "    {}", io::visible(line));
    }
    for line in raised {
        let _ = writeln!(text, "    ! {}", io::visible(line));
    }
}

/// Both texts with what differs between them in 【】.
fn marked(before: &str, after: &str) -> (String, String) {
    let same = |a: &mut dyn Iterator<Item = char>, b: &mut dyn Iterator<Item = char>| {
        a.zip(b).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum::<usize>()
    };
    let head = same(&mut before.chars(), &mut after.chars());
    let (a, b) = (before.get(head..).unwrap_or_default(), after.get(head..).unwrap_or_default());
    let tail = same(&mut a.chars().rev(), &mut b.chars().rev());
    let mark = |text: &str| {
        let end = text.len() - tail;
        let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default().to_owned();
        format!("{}【{}】{}", part(0..head), part(head..end), part(end..text.len()))
    };
    (mark(before), mark(after))
}
