//! Gold with a block of sentences moved: how well an aligner finds content out of order.

use super::random::{hash, random};
use super::tune::lines;
use crate::align::{self, Weights};
use crate::error::Result;
use crate::eval::{Gold, IndexBead, Measure, Scores, score};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The most Chinese sentences in a moved block.
const LONGEST: usize = 4;
/// How many sentences a block passes at least.
const LEAST_DISTANCE: usize = 3;

/// How to shuffle.
#[derive(Debug, Clone, Copy)]
pub struct Config {
    /// Decides which blocks are moved where.
    pub seed: u64,
    /// How often every article is shuffled.
    pub rounds: usize,
}

/// Scores over all rounds.
#[derive(Debug, Clone, Serialize)]
pub struct Shuffled {
    /// How often every article was shuffled.
    pub rounds: usize,
    /// All beads, after the move.
    #[serde(flatten)]
    pub scores: Scores,
    /// The beads outside the moved blocks, after the move.
    pub rest: Measure,
    /// The same beads, before it.
    pub rest_before: Measure,
}

impl fmt::Display for Shuffled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "rounds       {}", self.rounds)?;
        writeln!(f, "{}", self.scores.to_string().trim_end())?;
        writeln!(
            f,
            "rest         strict F1 {:.4} after the move, {:.4} before",
            self.rest.f1, self.rest_before.f1
        )
    }
}

/// An article with a block moved: the Chinese sentences in their new order, and which of them moved.
struct Move {
    gold: Gold,
    /// For each old number of a Chinese sentence the new one.
    new: Vec<u32>,
    /// New numbers.
    block: BTreeSet<u32>,
}

/// Moves one block of one to four Chinese sentences by at least three places in every article, aligns, and scores; so often.
/// Blocks cut no bead in two, hold something translated, and stay behind the title; an article without such a block is left
/// as it is. `weights` gives each article's.
///
/// # Errors
/// Those of the aligner.
pub fn run(
    gold: &[Gold],
    align: &align::Config,
    weights: &(dyn Fn(&str) -> Result<Weights> + Sync),
    config: Config,
) -> Result<Shuffled> {
    let jobs: Vec<(usize, &Gold)> =
        (0..config.rounds).flat_map(|round| gold.iter().map(move |g| (round, g))).collect();
    let before: BTreeMap<String, Vec<IndexBead>> = gold
        .par_iter()
        .map(|g| {
            Ok((g.slug.clone(), beads(g, &align::Config { weights: weights(&g.slug)?, ..align.clone() })?))
        })
        .collect::<Result<_>>()?;
    let done = jobs.into_par_iter().map(|(round, article)| {
        let seed = config.seed ^ (round as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ hash(&article.slug);
        let mut moved = Move::new(article, seed);
        let found = beads(&moved.gold, &align::Config { weights: weights(&article.slug)?, ..align.clone() })?;
        let old = before.get(&article.slug).map_or(&[] as &[IndexBead], Vec::as_slice);
        let old: Vec<IndexBead> = old.iter().map(|bead| renumbered(bead, &moved.new)).collect();
        moved.gold.slug = format!("{round}/{}", article.slug);
        Ok((moved, found, old))
    });
    let done = done.collect::<Result<Vec<_>>>()?;
    let (mut all, mut rest, mut rest_before) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let (mut articles, mut rests) = (Vec::new(), Vec::new());
    for (moved, found, old) in done {
        let outside = |beads: &[IndexBead]| -> Vec<IndexBead> {
            beads.iter().filter(|b| !b.zh().iter().any(|z| moved.block.contains(z))).cloned().collect()
        };
        rest.insert(moved.gold.slug.clone(), outside(&found));
        rest_before.insert(moved.gold.slug.clone(), outside(&old));
        rests.push(Gold { beads: outside(&moved.gold.beads), ..moved.gold.clone() });
        all.insert(moved.gold.slug.clone(), found);
        articles.push(moved.gold);
    }
    Ok(Shuffled {
        rounds: config.rounds,
        scores: score(&articles, &all),
        rest: score(&rests, &rest).strict,
        rest_before: score(&rests, &rest_before).strict,
    })
}

fn beads(gold: &Gold, config: &align::Config) -> Result<Vec<IndexBead>> {
    let alignment = align::align(&lines(gold), config.lexicon(), config)?;
    Ok(alignment.beads().iter().map(|b| IndexBead::new(b.zh.clone(), b.en.clone())).collect())
}

fn renumbered(bead: &IndexBead, new: &[u32]) -> IndexBead {
    let zh = bead.zh().iter().filter_map(|&z| new.get(z as usize).copied()).collect();
    IndexBead::new(zh, bead.en().to_vec())
}

impl Move {
    fn new(gold: &Gold, mut seed: u64) -> Self {
        let n = gold.zh.len();
        let mut order: Vec<usize> = (0..n).collect();
        let mut block = 0..0;
        let choices = choices(gold);
        if !choices.is_empty() {
            let (start, length, to) =
                choices.get(random(&mut seed) as usize % choices.len()).copied().unwrap_or_default();
            let cut: Vec<usize> = order.drain(start..start + length).collect();
            let at = if to > start { to - length } else { to };
            order.splice(at..at, cut);
            block = at..at + length;
        }
        let mut new = vec![0; n];
        for (now, &old) in order.iter().enumerate() {
            if let Some(slot) = new.get_mut(old) {
                *slot = now as u32;
            }
        }
        let gold = Gold {
            zh: order.iter().filter_map(|&i| gold.zh.get(i).cloned()).collect(),
            zh_paragraph: Vec::new(),
            en_paragraph: Vec::new(),
            beads: gold.beads.iter().map(|b| renumbered(b, &new)).collect(),
            repeats: gold.repeats.iter().map(|b| renumbered(b, &new)).collect(),
            ..gold.clone()
        };
        Self { gold, new, block: block.map(|k| k as u32).collect() }
    }
}

/// Every block that may be moved, with every place that it may be moved to: start, length, place before the move.
fn choices(gold: &Gold) -> Vec<(usize, usize, usize)> {
    let n = gold.zh.len();
    let repeating: BTreeSet<u32> = gold.repeats.iter().flat_map(|b| b.zh().to_vec()).collect();
    let first = (1..n).find(|k| !repeating.contains(&(*k as u32))).unwrap_or(n);
    // Between which sentences a cut goes through no bead.
    let whole = |k: usize| {
        let k = k as u32;
        gold.beads.iter().all(|b| b.zh().iter().all(|&z| z < k) || b.zh().iter().all(|&z| z >= k))
    };
    let whole: Vec<bool> = (0..=n).map(whole).collect();
    let is_whole = |k: usize| whole.get(k).copied().unwrap_or_default();
    let translated: BTreeSet<u32> =
        gold.beads.iter().filter(|b| !b.is_null()).flat_map(|b| b.zh().to_vec()).collect();
    let mut choices = Vec::new();
    for start in first..n {
        for length in 1..=LONGEST.min(n - start) {
            let holds = (start..start + length).any(|z| translated.contains(&(z as u32)));
            if !holds || !is_whole(start) || !is_whole(start + length) {
                continue;
            }
            let far = |&to: &usize| to + LEAST_DISTANCE <= start || to >= start + length + LEAST_DISTANCE;
            choices.extend((first..=n).filter(far).filter(|&to| is_whole(to)).map(|to| (start, length, to)));
        }
    }
    choices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_moves_with_its_beads_and_nothing_is_lost() {
        let bead = |z: u32| IndexBead::new(vec![z], vec![z]);
        let text = |side: &str| (0..12).map(|k| format!("{side}{k}")).collect::<Vec<_>>();
        let gold =
            Gold { zh: text("z"), en: text("e"), beads: (0..12).map(bead).collect(), ..Gold::default() };
        for seed in 0..40 {
            let moved = Move::new(&gold, seed);
            assert!((1..=LONGEST).contains(&moved.block.len()), "{:?}", moved.block);
            assert_eq!(moved.gold.zh[0], "z0", "the title stays");
            assert_ne!(moved.gold.zh, gold.zh);
            for bead in &moved.gold.beads {
                let (z, e) = (&moved.gold.zh[bead.zh()[0] as usize], &moved.gold.en[bead.en()[0] as usize]);
                assert_eq!(z[1..], e[1..]);
            }
            assert_eq!(Move::new(&gold, seed).gold.zh, moved.gold.zh, "the same seed moves the same");
        }
    }
}
