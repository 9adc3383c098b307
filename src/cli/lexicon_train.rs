//! `duizhao lexicon train`: an overlay from aligned text.

use super::align::write;
use super::args::{Common, LexiconTrainArgs};
use super::progress::Bars;
use super::{Done, io};
use duizhao::error::{Error, Result};
use duizhao::pipeline::{Settings, train};
use std::path::Path;

/// Runs it.
pub fn run(args: &LexiconTrainArgs, common: &Common, settings: &Settings) -> Result<Done> {
    if !(0.0..=1.0).contains(&args.min_confidence) {
        return Err(Error::usage(format!("--min-confidence {} is out of range", args.min_confidence))
            .remedy("give a number from 0 to 1"));
    }
    if args.inputs.iter().filter(|path| *path == Path::new("-")).count() > 1 {
        return Err(Error::usage("standard input can be read only once").remedy("give - once"));
    }
    let mut config = train::Config { min_confidence: args.min_confidence, ..train::Config::default() };
    config.ibm.min_count = args.min_count;
    let overlay = train::train(&args.inputs, settings.align.lexicon(), &config, &Bars::new(common.quiet))?;
    write(args.out.as_deref(), overlay.to_text().as_bytes())?;
    let name = args.out.as_deref().map_or("standard output".into(), Path::to_string_lossy);
    io::tell(
        common.quiet,
        &format!("{} rendering{} in {name}\n", overlay.len(), if overlay.len() == 1 { "" } else { "s" }),
    );
    Ok(Done::Well)
}
