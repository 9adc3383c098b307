//! How good an alignment is: scores against hand-made gold.
//!
//! The measures are those of the sentence-alignment literature, so that figures can be set beside other
//! aligners': [`Scores`] defines each of them and names its source. They are micro-averaged: counts are
//! summed over all articles before they are divided.
//!
//! A hypothesis comes in one of two forms, and [`run`] tells them apart by what the path is:
//!
//! 1. **beads** – a folder of `SLUG.beads`, over the gold's own sentences: alignment alone is judged;
//! 2. **end to end** – an `aligned.jsonl` made from the raw pages: extraction and segmentation are judged
//!    along with it, since a [`Locator`] finds the gold's sentences again in whatever text was aligned.
//!
//! Document pairing is scored by [`score_pairs`], findings by [`run_qa`].

mod aligned;
mod bead;
mod files;
mod gold;
mod locate;
mod moved;
mod pairs;
mod qa;
mod report;
mod score;

pub use aligned::{Located, parse_aligned_jsonl, read_aligned_jsonl, read_located};
pub use bead::{IndexBead, parse_beads, read_beads_dir};
pub use gold::{Gold, Issue, parse_gold, read_gold};
pub use locate::{Locator, key};
pub use pairs::{parse_pairs, score_pairs};
pub use qa::{Adjudicated, QaScores, Verdict, run_qa, score_qa};
pub use report::{Measure, PairScores, Scores};
pub use score::score;

use crate::error::{Error, Result};
use std::path::Path;

/// Scores the hypothesis at `hypothesis` against the gold in the folder `gold`: a folder is read as beads, a
/// file named `*.jsonl` as the tool's own output.
///
/// # Errors
/// If either cannot be read, if there is no gold, or if `hypothesis` is a file of another kind. A gold article
/// without a hypothesis is no error: it costs recall and is listed in [`Scores::missing`].
pub fn run(gold: &Path, hypothesis: &Path) -> Result<Scores> {
    let kind = std::fs::metadata(hypothesis)
        .map_err(|e| Error::read(hypothesis, e).remedy("give a folder of *.beads or an aligned.jsonl"))?;
    let gold = read_gold(gold)?;
    let hypotheses = if kind.is_dir() {
        let beads = read_beads_dir(hypothesis)?;
        if beads.is_empty() {
            return Err(Error::input("no *.beads in this folder")
                .at(hypothesis)
                .remedy("give a folder of *.beads, or the aligned.jsonl in a run's output"));
        }
        beads
    } else if hypothesis.extension().is_some_and(|e| e.eq_ignore_ascii_case("jsonl")) {
        read_aligned_jsonl(hypothesis, &gold)?
    } else {
        return Err(Error::usage("neither a folder nor a .jsonl file")
            .at(hypothesis)
            .remedy("give a folder of *.beads or an aligned.jsonl; a pairs.tsv is scored against another"));
    };
    Ok(score(&gold, &hypotheses))
}
