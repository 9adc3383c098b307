//! `duizhao corpus stats`: a corpus in numbers.

use super::as_lines::Inputs;
use super::corpus::{check_apart, json, output, table};
use super::progress::Bars;
use super::{Done, io};
use clap::ValueEnum;
use duizhao::corpus::stats::{self, Group, Histogram, Stats};
use duizhao::error::Result;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// `corpus stats`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  duizhao corpus stats out/aligned.jsonl
  duizhao corpus stats parts/train.jsonl parts/dev.jsonl --format json | jq .shapes
  duizhao corpus stats all.jsonl --format html --out stats.html")]
pub struct StatsArgs {
    /// What is read.
    #[command(flatten)]
    pub inputs: Inputs,
    /// How it is shown
    #[arg(short, long, value_enum, default_value_t = StatsFormat::Text)]
    pub format: StatsFormat,
    /// Write here instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// How a corpus in numbers is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StatsFormat {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// A page with plots
    #[cfg(feature = "report")]
    Html,
}

/// So many rows of what has no end are shown.
const ROWS: usize = 24;
/// How long the longest bar is.
const BAR: u64 = 40;

/// Runs it.
pub fn run(args: &StatsArgs, quiet: bool) -> Result<Done> {
    check_apart(&args.inputs.inputs, None, &[args.out.as_deref()])?;
    let stats = stats::run(&args.inputs.lines()?.paths, &Bars::new(quiet))?;
    let text = match args.format {
        StatsFormat::Text => shown(&stats),
        StatsFormat::Json => json(&stats)?,
        #[cfg(feature = "report")]
        StatsFormat::Html => stats::html(&stats),
    };
    let mut out = output(args.out.as_deref())?;
    out.line(text.trim_end())?;
    out.finish()?;
    Ok(Done::Well)
}

fn shown(stats: &Stats) -> String {
    let Stats { files, beads, pairs, zh_articles, en_articles, with_findings, .. } = stats;
    let head = format!(
        "{beads} beads of {pairs} pairs ({zh_articles} Chinese and {en_articles} English articles) in {files} files; \
         {with_findings} with findings\n"
    );
    let side = |name: &str, side: &stats::SideStats| -> Vec<String> {
        let numbers = [side.sentences, side.chars, side.han, side.words];
        std::iter::once(name.to_owned()).chain(numbers.map(|n| n.to_string())).collect()
    };
    let rows = [side("Chinese", &stats.zh), side("English", &stats.en)];
    let sections = [
        head,
        table(&["side", "sentences", "characters", "Han", "words"], &rows),
        quantiles(stats),
        counted("relation", stats.relations.iter().map(|(name, &n)| ((*name).to_owned(), n)).collect()),
        counted("shape", most(stats.shapes.iter().map(|(name, &n)| (name.clone(), n)).collect())),
        histogram("confidence", &stats.confidence, 10, 0.01),
        histogram("Chinese characters", &stats.zh_chars, 20, 1.0),
        histogram("English words", &stats.en_words, 10, 1.0),
        histogram("characters a word", &stats.ratio, 50, 0.01),
        findings(stats),
        groups("month", stats.months.iter().rev().take(ROWS)),
        groups("site", by_beads(&stats.sites).into_iter().take(ROWS)),
        groups("translator", by_beads(&stats.translators).into_iter().take(ROWS)),
    ];
    sections.into_iter().filter(|section| !section.is_empty()).collect::<Vec<_>>().join("\n")
}

fn quantiles(stats: &Stats) -> String {
    let row = |name: &str, histogram: &Histogram, unit: f64| -> Vec<String> {
        let quantile = |share: f64| number(histogram.quantile(share), unit);
        std::iter::once(name.to_owned()).chain([0.05, 0.25, 0.5, 0.75, 0.95].map(quantile)).collect()
    };
    table(
        &["of beads", "5 %", "25 %", "50 %", "75 %", "95 %"],
        &[
            row("Chinese characters", &stats.zh_chars, 1.0),
            row("English words", &stats.en_words, 1.0),
            row("characters a word", &stats.ratio, 0.01),
            row("confidence", &stats.confidence, 0.01),
        ],
    )
}

fn number(number: u32, unit: f64) -> String {
    if unit == 1.0 { number.to_string() } else { format!("{:.2}", f64::from(number) * unit) }
}

/// The most frequent first.
fn most(mut counts: Vec<(String, u64)>) -> Vec<(String, u64)> {
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts.truncate(ROWS);
    counts
}

fn counted(what: &str, counts: Vec<(String, u64)>) -> String {
    let largest = counts.iter().map(|(_, count)| *count).max().unwrap_or_default().max(1);
    let rows: Vec<Vec<String>> = counts
        .into_iter()
        .map(|(name, count)| {
            let length = (count * BAR).div_ceil(largest);
            let bar = "█".repeat(usize::try_from(length).unwrap_or_default());
            vec![io::visible(&name), count.to_string(), format!("{bar:<width$}", width = BAR as usize)]
        })
        .collect();
    if rows.is_empty() { String::new() } else { table(&[what, "beads", ""], &rows) }
}

/// Bars, the far end of a long tail left out.
fn histogram(what: &str, histogram: &Histogram, width: u32, unit: f64) -> String {
    let bins = histogram.bins(width).into_iter();
    let named = |(from, count)| (format!("from {}", number(from, unit)), count);
    let mut counts: Vec<(String, u64)> = bins.map(named).collect();
    counts.truncate(ROWS);
    counted(what, counts)
}

fn findings(stats: &Stats) -> String {
    let severities = ["info", "minor", "major", "critical"];
    let rows: Vec<Vec<String>> = stats
        .findings
        .iter()
        .map(|(check, counts)| {
            let count = |severity: &str| counts.get(severity).copied().unwrap_or_default().to_string();
            std::iter::once(io::visible(check)).chain(severities.map(count)).collect()
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    table(&["findings", "info", "minor", "major", "critical"], &rows)
}

fn by_beads(groups: &BTreeMap<String, Group>) -> Vec<(&String, &Group)> {
    let mut groups: Vec<_> = groups.iter().collect();
    groups.sort_by(|a, b| b.1.beads.cmp(&a.1.beads).then_with(|| a.0.cmp(b.0)));
    groups
}

fn groups<'s>(what: &str, groups: impl Iterator<Item = (&'s String, &'s Group)>) -> String {
    let rows: Vec<Vec<String>> = groups
        .map(|(name, group)| vec![io::visible(name), group.pairs.to_string(), group.beads.to_string()])
        .collect();
    if rows.is_empty() { String::new() } else { table(&[what, "pairs", "beads"], &rows) }
}
