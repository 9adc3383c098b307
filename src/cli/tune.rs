//! `duizhao tune`: weights from gold.

use super::args::TuneArgs;
use super::{Done, io};
use duizhao::align;
use duizhao::error::{Error, Result};
use duizhao::eval::read_gold;
use duizhao::pipeline::{Settings, tune};
use std::fs;

/// Runs it.
pub fn run(args: &TuneArgs, settings: &Settings) -> Result<Done> {
    let mut gold = Vec::new();
    for folder in &args.gold {
        gold.extend(read_gold(folder)?);
    }
    let folds = args.folds.map_or(0, usize::from);
    let config = tune::Config { steps: args.steps, prior: args.prior, cost: args.cost, folds };
    let Some(folder) = &args.cross_validate else {
        let weights = tune::learn(&gold, &settings.align, &config)?;
        io::write(format!("{HEAD}{}", weights.to_toml()).as_bytes())?;
        return Ok(Done::Well);
    };
    fs::create_dir_all(folder).map_err(|e| Error::write(folder, e))?;
    let weights = tune::cross_validate(&gold, &settings.align, &config)?;
    for (gold, weights) in gold.iter().zip(weights) {
        let path = folder.join(format!("{}.beads", gold.slug));
        let learned = folder.join(format!("{}.weights.toml", gold.slug));
        let text = weights.to_toml();
        fs::write(&learned, format!("{HEAD}{text}")).map_err(|e| Error::write(&learned, e))?;
        // The file rounds; the beads are to be those that the file gives.
        let weights = align::Weights::parse(&text)?;
        let beads = tune::beads(gold, &align::Config { weights, ..settings.align.clone() })?;
        fs::write(&path, beads).map_err(|e| Error::write(&path, e))?;
    }
    Ok(Done::Well)
}

const HEAD: &str = "# Learned by `duizhao tune`; not to be set by hand.\n\n";
