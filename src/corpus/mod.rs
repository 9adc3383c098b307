//! Parallel corpora: many `aligned.jsonl` files → what one can train and test on.
//!
//! [`filter`] drops pairs by named rules, [`dedup`] what is there twice, [`split`] parts what may be learned from and what is
//! tested on, [`stats`] counts, [`merge`] makes one file of many, [`remove`] takes an article out, [`revise`] puts in what a reviewer wrote. All of them read line by
//! line and write a line that they keep byte for byte as they read it; what they leave out, they write with the reason.

mod article;
pub mod dedup;
mod dropped;
pub mod filter;
pub mod lines;
pub mod merge;
mod minhash;
mod output;
pub mod remove;
pub mod revise;
mod rules;
mod similar;
pub mod split;
pub mod stats;

pub(crate) use article::hash;
pub use minhash::{Signature, VALUES};
pub use output::Output;
pub use rules::{Pair, RULES, Rule, Step, Test, open, rule, steps};
pub use similar::{Index, Match};

use crate::error::Result;
use serde::{Deserialize, Serialize};

/// How a corpus is made. Every key may be left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// What counts as there twice.
    pub dedup: dedup::Config,
    /// What goes where.
    pub split: split::Config,
    /// The rules that a pair must pass, in order; by default all, as they are.
    pub filter: Vec<Step>,
}

impl Default for Config {
    fn default() -> Self {
        Self { dedup: dedup::Config::default(), split: split::Config::default(), filter: steps() }
    }
}

impl Config {
    /// Proves that all of it makes sense.
    ///
    /// # Errors
    /// Names the setting that makes none, and what it may be.
    pub fn check(&self) -> Result<()> {
        self.dedup.check()?;
        self.split.check()?;
        self.filter.iter().try_for_each(|step| open(step).map(drop))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(crate) mod testing;
