//! `duizhao lexicon`: what the lexicon is made of.

use super::args::{Common, LexiconArgs, LexiconCommand};
use super::{Done, lexicon_train};
use duizhao::error::Result;
use duizhao::pipeline::Settings;

/// Runs it.
pub fn run(args: &LexiconArgs, common: &Common, settings: &Settings) -> Result<Done> {
    match &args.command {
        LexiconCommand::Train(a) => lexicon_train::run(a, common, settings),
    }
}
