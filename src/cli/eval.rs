//! `duizhao eval`: scores against gold.

use super::args::{EvalArgs, EvalFormat};
use super::{Done, io};
use duizhao::align::Weights;
use duizhao::error::{Error, Result};
use duizhao::eval;
use duizhao::pipeline::Settings;
use duizhao::pipeline::shuffle::{self, Shuffled};
use serde::Serialize;
use std::fmt::Display;

/// Runs it.
pub fn run(args: &EvalArgs, settings: &Settings) -> Result<Done> {
    let is_pairs = args.gold.extension().is_some_and(|e| e == "tsv");
    let text = match (&args.hyp, args.shuffle) {
        (None, None) => {
            return Err(Error::usage("there is nothing to score").remedy("name it behind the gold"));
        }
        (None, Some(seed)) => shown(&shuffled(args, seed, settings)?, args.format)?,
        (Some(hyp), _) if is_pairs => shown(&eval::score_pairs(&args.gold, hyp)?, args.format)?,
        (Some(hyp), _) if args.qa => shown(&eval::run_qa(&args.gold, hyp)?, args.format)?,
        (Some(hyp), _) => shown(&eval::run(&args.gold, hyp)?, args.format)?,
    };
    io::write(text.as_bytes())?;
    Ok(Done::Well)
}

fn shown(scores: &(impl Display + Serialize), format: EvalFormat) -> Result<String> {
    Ok(match format {
        EvalFormat::Text => format!("{scores}\n"),
        EvalFormat::Json => {
            let json = serde_json::to_string(scores).map_err(|e| Error::input("scores").caused_by(e))?;
            format!("{json}\n")
        }
    })
}

fn shuffled(args: &EvalArgs, seed: u64, settings: &Settings) -> Result<Shuffled> {
    let gold = eval::read_gold(&args.gold)?;
    let weights = |slug: &str| match &args.weights {
        None => Ok(settings.align.weights.clone()),
        Some(folder) => {
            let path = folder.join(format!("{slug}.weights.toml"));
            let text = std::fs::read_to_string(&path).map_err(|e| Error::read(&path, e))?;
            Weights::parse(&text).map_err(|e| e.at(&path))
        }
    };
    let config = shuffle::Config { seed, rounds: usize::from(args.rounds) };
    shuffle::run(&gold, &settings.align, &weights, config)
}
