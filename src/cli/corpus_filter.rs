//! `duizhao corpus filter`: pairs dropped by rules.

use super::as_lines::as_lines;
use super::corpus::{Shown, beside, check_apart, json, output, table, tell};
use super::progress::Bars;
use super::{Done, io};
use duizhao::corpus::filter::{self, Report};
use duizhao::corpus::{Config, RULES, Step, rule};
use duizhao::error::{Error, Result};
use std::fmt::Write;
use std::path::PathBuf;

/// `corpus filter`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  duizhao corpus filter --list                                   # the rules
  duizhao corpus filter out/aligned.jsonl --preview              # what each would drop
  duizhao corpus filter a.jsonl b.jsonl --out good.jsonl --dropped dropped.jsonl
  duizhao corpus filter a.jsonl --rules confidence,numbers --set confidence.min=0.8 > good.jsonl

Rules and their order stand in duizhao.toml as tables [[corpus.filter]]; `duizhao config` prints them. Every line of the \
dropped file says which rule dropped it and why, and holds the bead: `jq -c .bead dropped.jsonl` gives them back.")]
pub struct FilterArgs {
    /// What is read, and where it goes.
    #[command(flatten)]
    pub files: Listed,
    /// Write what was dropped, each with rule and reason, into this file
    #[arg(long, value_name = "FILE", conflicts_with = "preview")]
    pub dropped: Option<PathBuf>,
    /// Only these rules, in this order [default: as the settings say, else all]
    #[arg(long, value_name = "RULE,RULE", value_delimiter = ',')]
    pub rules: Vec<String>,
    /// Change a setting of a rule
    #[arg(long, value_name = "RULE.KEY=VALUE")]
    pub set: Vec<String>,
    /// Show what each rule would drop, by itself and behind those before it, and write nothing
    #[arg(long, conflicts_with_all = ["out", "report"])]
    pub preview: bool,
    /// So many beads of each rule are shown in a preview
    #[arg(long, value_name = "N", default_value_t = 2, requires = "preview")]
    pub examples: usize,
    /// How a preview is shown
    #[arg(short, long, value_enum, default_value_t = Shown::Text, requires = "preview")]
    pub format: Shown,
    /// List the rules
    #[arg(long)]
    pub list: bool,
}

/// What is read, and where it goes; a list of rules does without.
#[derive(Debug, clap::Args)]
pub struct Listed {
    /// Aligned text, any number of files: aligned.jsonl, .parquet, .tmx, .xlf, .tsv; - is standard input
    #[arg(value_name = "ALIGNED", required_unless_present = "list")]
    pub inputs: Vec<PathBuf>,
    /// The inputs' format [default: by their names]; `moses` takes two texts, `vecalign` beads and the two texts
    #[arg(long, value_name = "FORMAT")]
    pub from: Option<String>,
    /// Write here instead of standard output; may be one of the inputs
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Write what was done, as JSON, into this file
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

/// Runs it.
pub fn run(args: &FilterArgs, quiet: bool, config: Config) -> Result<Done> {
    if args.list {
        let rows: Vec<_> = RULES.iter().map(|r| (r.name, r.doc)).collect();
        let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
        let text: String = rows.iter().map(|(name, doc)| format!("{name:width$}  {doc}\n")).collect();
        io::write(text.as_bytes())?;
        return Ok(Done::Well);
    }
    let steps = steps(args, config.filter)?;
    let files = &args.files;
    let lines = as_lines(&files.inputs, files.from.as_deref())?;
    let bars = Bars::new(quiet);
    if args.preview {
        let report = filter::preview(&lines.paths, &bars, &steps, args.examples)?;
        let text = match args.format {
            Shown::Text => shown(&report) + &examples(&report),
            Shown::Json => json(&report)? + "\n",
        };
        io::write(text.as_bytes())?;
        return Ok(Done::Well);
    }
    check_apart(&files.inputs, files.out.as_deref(), &[args.dropped.as_deref(), files.report.as_deref()])?;
    let (mut kept, mut dropped) = (output(files.out.as_deref())?, beside(args.dropped.as_deref())?);
    let report = filter::run(&lines.paths, &bars, &steps, &mut kept, &mut dropped)?;
    dropped.finish()?;
    kept.finish()?;
    tell(quiet, &shown(&report), &report, files.report.as_deref())?;
    Ok(Done::Well)
}

/// The rules that are asked for, those of the settings first to be looked for.
fn steps(args: &FilterArgs, mut steps: Vec<Step>) -> Result<Vec<Step>> {
    if !args.rules.is_empty() {
        let named = |name: &String| {
            let known = steps.iter().find(|step| step.rule == *name).cloned();
            known.map_or_else(|| Ok(rule(name)?.step()), Ok)
        };
        steps = args.rules.iter().map(named).collect::<Result<_>>()?;
    }
    for change in &args.set {
        let wrong = || {
            Error::usage(format!("--set {change} is not understood"))
                .remedy("give it as RULE.KEY=VALUE, e.g. confidence.min=0.8, for a rule that is asked")
        };
        let (place, value) = change.split_once('=').ok_or_else(wrong)?;
        let (name, key) = place.split_once('.').ok_or_else(wrong)?;
        let mut changed = steps.iter_mut().filter(|step| step.rule == name).peekable();
        if changed.peek().is_none() {
            return Err(wrong());
        }
        changed.for_each(|step| step.set(key, value));
    }
    Ok(steps)
}

fn shown(report: &Report) -> String {
    let is_preview = report.rules.iter().any(|rule| rule.alone.is_some());
    let share = |count: u64| format!("{:.1} %", count as f64 * 100.0 / report.read.max(1) as f64);
    let mut head = vec!["rule", "dropped", ""];
    if is_preview {
        head.extend(["alone", ""]);
    }
    let rows: Vec<Vec<String>> = report
        .rules
        .iter()
        .map(|rule| {
            let mut row = vec![rule.rule.clone(), rule.dropped.to_string(), share(rule.dropped)];
            row.extend(rule.alone.into_iter().flat_map(|alone| [alone.to_string(), share(alone)]));
            row
        })
        .collect();
    let (read, kept) = (report.read, report.kept);
    format!("{}{read} read, {kept} kept ({})\n", table(&head, &rows), share(kept))
}

fn examples(report: &Report) -> String {
    let mut text = String::new();
    for rule in &report.rules {
        for example in &rule.examples {
            let [id, reason, zh, en] =
                [&example.id, &example.reason, &example.zh, &example.en].map(|t| io::visible(t));
            // Writing into a string cannot fail.
            let _ = write!(text, "\n{}: {reason}\n  {id}\n  {zh}\n  {en}\n", rule.rule);
        }
    }
    text
}
