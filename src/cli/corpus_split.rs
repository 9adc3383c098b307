//! `duizhao corpus split`: train, dev and test.

use super::Done;
use super::as_lines::Inputs;
use super::corpus::{check_apart, json, table};
use super::io;
use super::progress::Bars;
use clap::ValueEnum;
use duizhao::corpus::Output;
use duizhao::corpus::split::{self, By, Config, Outputs, Part, Report};
use duizhao::error::Result;
use serde_json::json;
use std::path::PathBuf;

/// `corpus split`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  duizhao corpus split unique.jsonl --out parts/
  duizhao corpus split may.jsonl june.jsonl --out parts/ --dev 0.02 --test 0.02 --seed 7
  duizhao corpus split all.jsonl --out parts/ --dev-from 2031-05-01 --test-from 2031-06-01

What the folder gets:
  train.jsonl, dev.jsonl, test.jsonl
  withheld.jsonl   beads that stand on a side that matters more, too, with the reason
  split.json       what decided, and what went where

Where an article goes hangs on its original alone: those that come later move none.")]
pub struct SplitArgs {
    /// What is read.
    #[command(flatten)]
    pub inputs: Inputs,
    /// The folder to write; made if it does not exist
    #[arg(short, long, value_name = "DIR")]
    pub out: PathBuf,
    /// What decides [default: as the settings say, else hash; date if one is given]
    #[arg(long, value_enum, value_name = "WHAT")]
    pub by: Option<ByName>,
    /// By hash: another number, another split [default: as the settings say, else 1]
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// By hash: the share of articles in dev, 0 to 1 [default: as the settings say, else 0.05]
    #[arg(long, value_name = "SHARE")]
    pub dev: Option<f64>,
    /// By hash: the share of articles in test, 0 to 1 [default: as the settings say, else 0.05]
    #[arg(long, value_name = "SHARE")]
    pub test: Option<f64>,
    /// By date: originals of this day or later are in dev
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub dev_from: Option<String>,
    /// By date: originals of this day or later are in test
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub test_from: Option<String>,
    /// How much of two texts must be the same for nearly the same, 0.6 to 1 [default: as the settings say, else 0.8]
    #[arg(long, value_name = "SHARE")]
    pub threshold: Option<f64>,
}

/// What decides where an article goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ByName {
    /// A hash of the original's address
    Hash,
    /// The day on which the original was published
    Date,
}

/// Runs it.
pub fn run(args: &SplitArgs, quiet: bool, config: Config) -> Result<Done> {
    let config = asked(args, config);
    config.check()?;
    let names = [Part::Train.name(), Part::Dev.name(), Part::Test.name(), "withheld"];
    let [train, dev, test, withheld] = names.map(|name| args.out.join(format!("{name}.jsonl")));
    let written = [&train, &dev, &test, &withheld].map(|path| Some(path.as_path()));
    check_apart(&args.inputs.inputs, None, &written)?;
    let mut outputs = Outputs {
        train: Output::file(&train)?,
        dev: Output::file(&dev)?,
        test: Output::file(&test)?,
        withheld: Output::file(&withheld)?,
    };
    let mut report = split::run(&args.inputs.lines()?.paths, &Bars::new(quiet), &config, &mut outputs)?;
    outputs.finish()?;
    let mut told = Output::file(&args.out.join("split.json"))?;
    told.line(&json(&json!({ "config": config, "report": report }))?)?;
    told.finish()?;
    io::tell(quiet, &shown(&mut report));
    Ok(Done::Well)
}

fn asked(args: &SplitArgs, mut config: Config) -> Config {
    let dates = args.dev_from.is_some() || args.test_from.is_some();
    config.by = match args.by {
        Some(ByName::Hash) => By::Hash,
        Some(ByName::Date) => By::Date,
        None if dates => By::Date,
        None => config.by,
    };
    config.seed = args.seed.unwrap_or(config.seed);
    config.dev = args.dev.unwrap_or(config.dev);
    config.test = args.test.unwrap_or(config.test);
    config.dev_from = args.dev_from.clone().unwrap_or(config.dev_from);
    config.test_from = args.test_from.clone().unwrap_or(config.test_from);
    config.threshold = args.threshold.unwrap_or(config.threshold);
    config
}

fn shown(report: &mut Report) -> String {
    let rows: Vec<Vec<String>> = Part::ALL
        .iter()
        .map(|&part| {
            let counts = *report.of(part);
            let numbers = [counts.articles, counts.beads, counts.same_article, counts.near_duplicate];
            std::iter::once(part.name().to_owned()).chain(numbers.map(|n| n.to_string())).collect()
        })
        .collect();
    let head = ["", "articles", "beads", "withheld: same article", "near-duplicate"];
    table(&head, &rows) + &format!("{} read\n", report.read)
}
