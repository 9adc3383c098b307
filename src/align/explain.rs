//! Why a bead is one, and what else its sentences might have become.

use super::lattice::{Lattice, whole};
use super::search::{Search, runners_up};
use super::shapes::{Candidate, shapes};
use super::{Config, Line, Prepared};
use crate::error::Result;
use crate::lexicon::Lexicon;
use crate::model::{Bead, Part, Sides};

/// What speaks for a bead and what for the next best thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// What each signal gives to the bead's score.
    pub parts: Vec<Part>,
    /// The bead that its first sentence would be in on the best path without it: Chinese and English sentences; by how
    /// much that path is worse; what each signal gives. `None` for beads that the search did not choose among others:
    /// moved ones, repeats, the only possible ones.
    pub runner_up: Option<RunnerUp>,
}

/// The next best thing.
#[derive(Debug, Clone, PartialEq)]
pub struct RunnerUp {
    /// Its sentences.
    pub sentences: Sides<Vec<u32>>,
    /// By how much the best path with it is worse.
    pub margin: f32,
    /// What each signal gives to its score.
    pub parts: Vec<Part>,
}

/// Explains a bead of the alignment that [`align`](super::align) makes of these sentences, none of which may be blank.
///
/// # Errors
/// Those of the encoder, if the engine has one.
pub fn explain(
    lines: &Sides<Vec<Line<'_>>>,
    lexicon: &Lexicon,
    config: &Config,
    bead: &Bead,
) -> Result<Explanation> {
    let prepared = Prepared::new(lines, lexicon, config)?;
    let scorer = prepared.scorer(&config.weights);
    let lattice = Lattice::new(whole(scorer.size()), &shapes(config.max_side), |c| scorer.is_admissible(c));
    let scores = scorer.scores(&lattice);
    let search = Search::new(&lattice, &scores, &scorer.weights().steps);
    let (path, total) = search.path();
    let sentences = |c: &Candidate| {
        let zh = c.zh.clone().filter_map(|k| prepared.kept().get(k)).map(|&i| i as u32).collect();
        Sides::new(zh, c.en.clone().map(|j| j as u32).collect::<Vec<u32>>())
    };
    let parts = |c: &Candidate| {
        let parts = scorer.parts(c).into_iter();
        parts.map(|(signal, value)| Part { signal: signal.to_owned(), value }).collect::<Vec<_>>()
    };
    let mut found = path.iter().zip(runners_up(&search, &path, total));
    let own = found.find(|(link, _)| sentences(&link.bead) == Sides::new(bead.zh.clone(), bead.en.clone()));
    let runner_up = own.and_then(|(_, runner_up)| runner_up).map(|r| RunnerUp {
        sentences: sentences(&r.bead),
        margin: r.margin,
        parts: parts(&r.bead),
    });
    Ok(Explanation { parts: bead.parts.clone(), runner_up })
}
