//! Building a lexicon: which words of two languages mean the same, by what a sentence encoder makes of each word alone.
//!
//! The encoder's vectors of all words are centred for each language, because their means differ more than their words do.
//! Words are compared by *cross-domain similarity local scaling* (Conneau et al., "Word translation without parallel
//! data", 2018, <https://arxiv.org/abs/1710.04087>): the cosine counts for less where a word is near to everything. Pairs
//! that are among each other's best are kept.

mod neighbours;
mod vocabulary;

pub use vocabulary::Vocabulary;

use super::{Progress, stop_if_cancelled};
use crate::encoder::Encoder;
use crate::error::{Error, Result};
use crate::lexicon::{Entry, Table, Word, content_stems, is_function_word, stem};
use crate::model::Sides;
use neighbours::{Best, Bias, Space};
use std::collections::{BTreeMap, HashSet};

/// How to build.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// How many neighbours say how crowded a word's surroundings are.
    pub hub: usize,
    /// How many of the best of a word are looked at, from either side.
    pub neighbours: usize,
    /// Pairs below this similarity (local scaling's, about −1 to 1) are left out.
    pub floor: f32,
    /// A pair of this similarity would weigh nothing …
    pub zero: f32,
    /// … and one of this similarity renders fully.
    pub full: f32,
    /// The most stems that render a word.
    pub stems: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { hub: 10, neighbours: 64, floor: -0.2, zero: -0.25, full: 0.15, stems: 20 }
    }
}

/// No kept pair weighs less.
const LEAST: f32 = 0.02;

/// How many words are encoded between two steps of progress.
const BATCH: usize = 4096;

/// A lexicon and how much is in it.
#[derive(Debug)]
pub struct Built {
    /// The lexicon; its provenance ends with the counts.
    pub table: Table,
    /// Chinese words with a rendering, and English words, of those in the vocabulary, that render something.
    pub covered: Sides<usize>,
    /// Pairs of a Chinese word and an English stem.
    pub pairs: usize,
}

/// Builds a lexicon of two vocabularies. What glossaries render by a single word gets full weight. The same words and the
/// same encoder give the same table, with any number of threads.
///
/// `provenance` is lines of text that say where the words come from.
///
/// # Errors
/// If a vocabulary is empty, the encoder fails, or the user stops the work.
pub fn build(
    words: &Sides<Vocabulary>,
    glossary: &[Entry],
    encoder: &dyn Encoder,
    provenance: &str,
    config: &Config,
    progress: &dyn Progress,
) -> Result<Built> {
    for (name, side) in [("Chinese", &words.zh), ("English", &words.en)] {
        if side.words.is_empty() {
            return Err(Error::input(format!("there is no {name} word to compare"))
                .remedy("give word lists with one `word frequency` a line"));
        }
    }
    let zh = embed(&words.zh.texts(), encoder, progress)?;
    let en = embed(&words.en.texts(), encoder, progress)?;
    let space = Space::new(zh, en, encoder.dimension());
    let best = nearest(&space, config, progress)?;
    let mut entries = renderings(words, &best, space.one(), config);
    add_glossary(&mut entries, glossary);
    let stems: HashSet<&String> = entries.values().flat_map(|word| word.stems.keys()).collect();
    let renders = |word: &String| !is_function_word(word) && stems.contains(&stem(word));
    let covered = Sides {
        zh: entries.values().filter(|word| !word.stems.is_empty()).count(),
        en: words.en.words.iter().filter(|(word, _)| renders(word)).count(),
    };
    let pairs = entries.values().map(|word| word.stems.len()).sum();
    let provenance = format!(
        "{provenance}encoder: {} {}\nwords: {} Chinese, {} with renderings; {} English words that render, by {} stems; {pairs} pairs\n",
        encoder.name(),
        encoder.hash(),
        entries.len(),
        covered.zh,
        covered.en,
        stems.len(),
    );
    Ok(Built { table: Table::new(&provenance, &entries)?, covered, pairs })
}

fn embed(words: &[&str], encoder: &dyn Encoder, progress: &dyn Progress) -> Result<Vec<f32>> {
    progress.begin("encoding", Some(words.len() as u64));
    let mut vectors = Vec::with_capacity(words.len() * encoder.dimension());
    for batch in words.chunks(BATCH) {
        stop_if_cancelled(progress)?;
        vectors.extend(encoder.embed(batch)?);
        progress.advance(batch.len() as u64);
    }
    progress.end();
    Ok(vectors)
}

/// The best of each word by local scaling; scores are half of it, in units of [`Space::one`].
fn nearest(space: &Space, config: &Config, progress: &dyn Progress) -> Result<Sides<Best>> {
    let (lefts, rights) = space.counts();
    progress.begin("crowding", Some(lefts as u64));
    let (zh, en) = space.best(&Bias::default(), config.hub, progress)?;
    progress.end();
    let half_means = |best: &Best, rows: usize| (0..rows).map(|row| half_mean(best.of(row))).collect();
    let bias = Bias { left: half_means(&zh, lefts), right: half_means(&en, rights) };
    progress.begin("comparing", Some(lefts as u64));
    let (zh, en) = space.best(&bias, config.neighbours, progress)?;
    progress.end();
    Ok(Sides { zh, en })
}

/// Half of the scores' mean, to the nearest whole number.
fn half_mean(best: impl Iterator<Item = (i32, u32)>) -> i32 {
    let (sum, count) =
        best.fold((0i64, 0i64), |(sum, count), (score, _)| (sum + i64::from(score), count + 1));
    (sum as f64 / (2 * count.max(1)) as f64).round() as i32
}

/// The stems of mutual neighbours with their weights.
fn renderings(
    words: &Sides<Vocabulary>,
    best: &Sides<Best>,
    one: f32,
    config: &Config,
) -> BTreeMap<String, Word> {
    let content = |word: &String| (!is_function_word(word)).then(|| stem(word));
    let stems: Vec<Option<String>> = words.en.words.iter().map(|(word, _)| content(word)).collect();
    let mut entries = BTreeMap::new();
    for (number, (word, frequency)) in words.zh.words.iter().enumerate() {
        let mut found: Vec<(f32, &str)> = Vec::new();
        for (score, other) in best.zh.of(number) {
            let similarity = 2.0 * score as f32 / one;
            let mutual = best.en.of(other as usize).any(|(_, zh)| zh as usize == number);
            let Some(Some(stem)) = stems.get(other as usize) else { continue };
            // Best first: of several words with the same stem the first counts.
            if mutual && similarity >= config.floor && !found.iter().any(|(_, known)| known == stem) {
                found.push((weight(similarity, config), stem));
            }
        }
        found.truncate(config.stems);
        let stems = found.into_iter().map(|(weight, stem)| (stem.to_owned(), weight)).collect();
        let frequency = u32::try_from(*frequency).unwrap_or(u32::MAX);
        entries.insert(word.clone(), Word { frequency, stems });
    }
    entries
}

fn weight(similarity: f32, config: &Config) -> f32 {
    ((similarity - config.zero) / (config.full - config.zero)).clamp(LEAST, 1.0)
}

/// Gives full weight to what a glossary renders by one content word.
fn add_glossary(entries: &mut BTreeMap<String, Word>, glossary: &[Entry]) {
    for entry in glossary {
        let mut stems = content_stems(&entry.en);
        if let (Some(stem), None) = (stems.next(), stems.next())
            && let Some(word) = entries.get_mut(&entry.zh)
        {
            word.stems.insert(stem, 1.0);
        }
    }
}

#[cfg(test)]
mod tests;
