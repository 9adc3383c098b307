//! Documents → alignment.
//!
//! 1. [`terms`](mod@terms): every sentence becomes words with their weights, Latin words, numbers, a length.
//! 2. [`repeats`](mod@repeats): sentences that say again what stands elsewhere (most leads) are set aside.
//! 3. [`signals`]: each measures some features of a candidate bead; [`score`](mod@score) weighs them, with weights
//!    learned through the search itself (`weights.toml`).
//! 4. [`search`](mod@search): an exact dynamic programme over all shapes of beads; long documents are first cut where
//!    `blocks` is most certain how they go together.
//! 5. [`moves`](mod@moves): what stayed alone on both sides and matches elsewhere; repeats are linked to what they repeat.

mod blocks;
mod chain;
mod confidence;
pub mod coverage;
pub mod dot;
mod engine;
mod explain;
mod fragments;
pub mod grid;
pub mod lattice;
pub mod marginals;
mod marks;
pub mod moves;
pub mod repeats;
pub mod score;
pub mod search;
pub mod shapes;
pub mod signals;
mod singles;
pub mod terms;
mod touch;
pub mod vectors;
mod weights;

pub use engine::Engine;
pub use explain::{Explanation, explain};
pub use weights::{Set, Weights};

use crate::error::Result;
use crate::lexicon::Lexicon;
use crate::model::{Alignment, Bead, Document, Outcome, ParagraphKind, Part, Relation, Sides};
use lattice::{Lattice, whole};
use rayon::prelude::*;
use score::Scorer;
use search::Search;
use shapes::{Candidate, Rung, shapes};
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::sync::Arc;
use terms::Terms;
use vectors::Vectors;

/// How to align.
#[derive(Debug, Clone)]
pub struct Config {
    /// What similarity rests on.
    pub engine: Engine,
    /// What each feature counts.
    pub weights: Weights,
    /// Which lexicon to ask; `None` is the one that is compiled in, which is loaded only when it is needed.
    pub lexicon: Option<Arc<Lexicon>>,
    /// The most sentences on one side of a bead whose other side has one (1–8).
    pub max_side: usize,
    /// Share of a sentence's character pairs that must stand again later for it to be taken for a repeat, 0–1.
    pub repeat_overlap: f32,
    /// How much better than leaving both alone a match out of order must be, in units of the bead score.
    pub move_gain: f32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            engine: Engine::Lexicon,
            weights: Weights::builtin(&Engine::Lexicon),
            lexicon: None,
            max_side: 8,
            repeat_overlap: 0.7,
            move_gain: 2.0,
        }
    }
}

impl Config {
    /// The lexicon to ask.
    pub fn lexicon(&self) -> &Lexicon {
        self.lexicon.as_deref().unwrap_or_else(|| Lexicon::builtin())
    }

    /// What decides an alignment beside the sentences.
    pub fn signature(&self, lexicon: &Lexicon) -> String {
        let Self { engine, weights, max_side, repeat_overlap, move_gain, lexicon: _ } = self;
        let (weights, lexicon) = (weights.hash(), lexicon.hash());
        format!(
            "engine:{engine} weights:{weights} max-side:{max_side} repeats:{repeat_overlap} moves:{move_gain} lexicon:{lexicon}"
        )
    }
}

/// A sentence as the aligner sees it.
#[derive(Debug, Clone, Copy)]
pub struct Line<'t> {
    /// The sentence.
    pub text: &'t str,
    /// What kind of paragraph it stands in; [`ParagraphKind::Body`] where nothing is known.
    pub kind: ParagraphKind,
    /// The number of that paragraph; `None` where nothing is known.
    pub paragraph: Option<u32>,
}

impl<'t> Line<'t> {
    /// A sentence of which nothing else is known.
    pub fn body(text: &'t str) -> Self {
        Self { text, kind: ParagraphKind::Body, paragraph: None }
    }
}

/// The sentences of both sides, prepared for scoring; made once, searched as often as needed. Repeats are left out.
pub struct Prepared {
    terms: Terms,
    vectors: Option<Vectors>,
    repeats: Vec<repeats::Repeat>,
    kept: Vec<usize>,
}

impl Prepared {
    /// Analyses the sentences of both sides.
    ///
    /// # Errors
    /// Those of the encoder, if the engine has one.
    pub fn new(lines: &Sides<Vec<Line<'_>>>, lexicon: &Lexicon, config: &Config) -> Result<Self> {
        let repeats = repeats::find(&lines.zh, config.repeat_overlap);
        let repeating: HashSet<usize> = repeats.iter().map(|r| r.sentence).collect();
        let kept: Vec<usize> = (0..lines.zh.len()).filter(|i| !repeating.contains(i)).collect();
        let zh = kept.iter().filter_map(|&i| lines.zh.get(i).copied()).collect();
        let lines = Sides::new(zh, lines.en.clone());
        let vectors = match &config.engine {
            Engine::Lexicon => None,
            Engine::Encoder(encoder) => {
                let texts = lines.as_ref().map(|side| side.iter().map(|line| line.text).collect());
                Some(Vectors::new(&texts, encoder.as_ref())?)
            }
        };
        Ok(Self { terms: Terms::new(&lines, lexicon), vectors, repeats, kept })
    }

    /// A scorer of candidates.
    pub fn scorer(&self, weights: &Weights) -> Scorer<'_> {
        Scorer::new(&self.terms, self.vectors.as_ref(), weights)
    }

    /// The Chinese sentences that take part in the search: all but the repeats, ascending.
    pub fn kept(&self) -> &[usize] {
        &self.kept
    }
}

/// The sentences of two documents, as the aligner takes them.
pub fn lines(documents: &Sides<Document>) -> Sides<Vec<Line<'_>>> {
    documents.as_ref().map(|document| {
        (0..document.sentences.len())
            .map(|i| Line {
                text: document.sentence(i),
                kind: document.paragraph_of(i).map_or(ParagraphKind::Body, |p| p.kind),
                paragraph: document.sentences.get(i).map(|s| s.paragraph),
            })
            .collect()
    })
}

/// Aligns two documents.
///
/// # Errors
/// Those of the encoder, if the engine has one.
pub fn run(documents: &Sides<Document>, config: &Config) -> Result<Outcome<Alignment>> {
    align(&lines(documents), config.lexicon(), config).map(Outcome::clean)
}

/// Aligns sentences that are already cut; a blank one stays alone.
///
/// # Errors
/// As [`run`].
pub fn align(lines: &Sides<Vec<Line<'_>>>, lexicon: &Lexicon, config: &Config) -> Result<Alignment> {
    let numbers = lines.as_ref().map(|side| {
        side.iter()
            .enumerate()
            .filter(|(_, l)| !l.text.trim().is_empty())
            .map(|(i, _)| i as u32)
            .collect::<Vec<_>>()
    });
    let written =
        lines.as_ref().map(|side| side.iter().filter(|l| !l.text.trim().is_empty()).copied().collect());
    let mut beads = align_written(&written, lexicon, config)?;
    for bead in &mut beads {
        renumber(&mut bead.zh, &numbers.zh);
        renumber(&mut bead.en, &numbers.en);
    }
    beads.extend(blanks(&lines.zh).map(|i| lone(vec![i], Vec::new(), Relation::Added)));
    beads.extend(blanks(&lines.en).map(|j| lone(Vec::new(), vec![j], Relation::Omitted)));
    Alignment::new(place(beads), lines.zh.len(), lines.en.len(), config.signature(lexicon))
}

/// Whole, or block by block: see [`blocks`].
fn align_written(lines: &Sides<Vec<Line<'_>>>, lexicon: &Lexicon, config: &Config) -> Result<Vec<Bead>> {
    let cuts = blocks::cut(lines, lexicon);
    if cuts.is_empty() {
        return align_block(lines, lexicon, config);
    }
    // A lead stands at the beginning; nothing that any other block begins with is one.
    let behind = Config { repeat_overlap: f32::INFINITY, ..config.clone() };
    let blocks = blocks::between(&cuts, (lines.zh.len(), lines.en.len()));
    let aligned: Result<Vec<Vec<Bead>>> = blocks
        .into_par_iter()
        .enumerate()
        .map(|(k, (from, to))| {
            let block = Sides::new(part(&lines.zh, from.0..to.0), part(&lines.en, from.1..to.1));
            let mut beads = align_block(&block, lexicon, if k == 0 { config } else { &behind })?;
            for bead in &mut beads {
                bead.zh.iter_mut().for_each(|i| *i += from.0 as u32);
                bead.en.iter_mut().for_each(|j| *j += from.1 as u32);
            }
            Ok(beads)
        })
        .collect();
    Ok(aligned?.into_iter().flatten().collect())
}

fn part<'t>(side: &[Line<'t>], range: Range<usize>) -> Vec<Line<'t>> {
    side.get(range).unwrap_or_default().to_vec()
}

fn align_block(lines: &Sides<Vec<Line<'_>>>, lexicon: &Lexicon, config: &Config) -> Result<Vec<Bead>> {
    let prepared = Prepared::new(lines, lexicon, config)?;
    let scorer = prepared.scorer(&config.weights);
    let lattice = Lattice::new(whole(scorer.size()), &shapes(config.max_side), |c| scorer.is_admissible(c));
    let scores = scorer.scores(&lattice);
    let search = Search::new(&lattice, &scores, &scorer.weights().steps);
    let (path, total) = search.path();
    let confidence = confidence::of_path(&search, &path, total);
    let on_path = path.into_iter().zip(confidence);
    let mut rungs =
        on_path.map(|(link, confidence)| Rung { bead: link.bead, moved: false, confidence }).collect();
    moves::find(&scorer, &mut rungs, config.move_gain, config.max_side);
    let mut beads: Vec<Bead> = rungs.iter().map(|rung| bead(&scorer, rung, &prepared.kept)).collect();
    repeats::link_all(&prepared.repeats, &mut beads);
    Ok(beads)
}

/// Numbers among the sentences that are written → numbers among all lines.
fn renumber(indices: &mut [u32], numbers: &[u32]) {
    for index in indices {
        *index = numbers.get(*index as usize).copied().unwrap_or(*index);
    }
}

fn blanks<'l>(lines: &'l [Line<'_>]) -> impl Iterator<Item = u32> + 'l {
    lines.iter().enumerate().filter(|(_, l)| l.text.trim().is_empty()).map(|(i, _)| i as u32)
}

fn lone(zh: Vec<u32>, en: Vec<u32>, relation: Relation) -> Bead {
    Bead { zh, en, relation, confidence: 1.0, parts: Vec::new() }
}

/// Orders beads by their first Chinese sentence; an omission follows the bead that holds the English sentence before it.
fn place(beads: Vec<Bead>) -> Vec<Bead> {
    let (mut omitted, mut placed): (Vec<Bead>, Vec<Bead>) = beads.into_iter().partition(|b| b.zh.is_empty());
    placed.sort_by_key(|b| b.zh.first().copied());
    omitted.sort_by_key(|b| b.en.first().copied());
    let home =
        |(at, b): (usize, &Bead)| b.en.last().filter(|_| b.relation != Relation::Repeat).map(|&e| (e, at));
    let mut homes: Vec<(u32, usize)> = placed.iter().enumerate().filter_map(home).collect();
    homes.sort_unstable();
    let mut followers: BTreeMap<Option<usize>, Vec<Bead>> = BTreeMap::new();
    for bead in omitted {
        let before = homes.partition_point(|(e, _)| Some(e) < bead.en.first());
        let home = before.checked_sub(1).and_then(|k| homes.get(k)).map(|&(_, at)| at);
        followers.entry(home).or_default().push(bead);
    }
    let mut ordered = followers.remove(&None).unwrap_or_default();
    for (at, bead) in placed.into_iter().enumerate() {
        ordered.push(bead);
        ordered.extend(followers.remove(&Some(at)).unwrap_or_default());
    }
    ordered
}

fn bead(scorer: &Scorer<'_>, rung: &Rung, kept: &[usize]) -> Bead {
    let Candidate { zh, en } = &rung.bead;
    let parts = scorer.parts(&rung.bead).into_iter();
    let relation = match (zh.is_empty(), en.is_empty()) {
        (true, _) => Relation::Omitted,
        (_, true) => Relation::Added,
        _ if rung.moved => Relation::Moved,
        _ => Relation::Translation,
    };
    Bead {
        zh: zh.clone().filter_map(|k| kept.get(k)).map(|&i| i as u32).collect(),
        en: en.clone().map(|j| j as u32).collect(),
        relation,
        confidence: rung.confidence,
        parts: parts.map(|(signal, value)| Part { signal: signal.to_owned(), value }).collect(),
    }
}
