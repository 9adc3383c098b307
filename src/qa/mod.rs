//! Translation QA: what a careful reviewer would flag. Beads → findings.
//!
//! [`run`] looks at one aligned pair of articles through every check of [`CHECKS`]. A check is one file under `checks/`
//! and one line there; it sees the whole pair as a [`View`] and reports [`Draft`]s, of which findings are made here:
//! severity by configuration, allow-lists, ids, groups and order are none of a check's business.

mod baseline;
mod check;
mod checks;
mod config;
mod cues;
mod draft;
mod facts;
mod figures;
mod lists;
mod names;
mod nearby;
mod post;
mod quote;
mod renderings;
mod rounding;
mod scan;
pub mod score;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod testing;
mod traces;
mod verdicts;
mod view;
mod weight;
pub mod words;

pub use baseline::{Baseline, Known};
pub use check::{Check, Doc};
pub use checks::{CHECKS, check};
pub use config::{CheckConfig, Config, Profile};
pub use draft::Draft;
pub use facts::{Amount, Bound, Facts};
pub use post::{Line, Paragraph, paragraphs};
pub use verdicts::{COLUMNS, Judged, Precision, Verdict, Verdicts, sheet};
pub use view::{Side, Unit, View};

use crate::encoder::Encoder;
use crate::lexicon::Lexicon;
use crate::model::{Alignment, ArticlePair, Finding};

/// What checks may ask beside the texts.
#[derive(Clone, Copy)]
pub struct Tools<'t> {
    /// Which words render which.
    pub lexicon: &'t Lexicon,
    /// Which texts mean the same; without it the checks that would use it do with the lexicon.
    pub encoder: Option<&'t dyn Encoder>,
}

/// What looks wrong in an aligned pair, in the order of its beads, the gravest of a bead first.
pub fn run(pair: &ArticlePair, alignment: &Alignment, tools: Tools<'_>, config: &Config) -> Vec<Finding> {
    let view = View::new(pair, alignment, tools, config);
    let mut drafts: Vec<(&'static Check, Draft)> = Vec::new();
    for check in CHECKS.iter().filter(|check| config.is_on(check)) {
        drafts.extend((check.run)(&view).into_iter().map(|draft| (*check, draft)));
    }
    draft::findings(&view, drafts)
}
