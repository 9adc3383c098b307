//! A lexicon's overlay from aligned text: from files of it, or from the pairs of a run.

use super::batches::in_order;
use super::{Progress, stop_if_cancelled};
use crate::error::{Error, ErrorKind, Result};
use crate::export::sentences;
use crate::lexicon::{Corpus, Lexicon, Overlay, Words, ibm, words};
use crate::model::{Bitext, Lang, Relation, Sides};
use crate::text::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// What to train on, and how.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Config {
    /// Beads of less confidence teach nothing, 0–1.
    pub min_confidence: f32,
    /// How to train.
    #[serde(flatten)]
    pub ibm: ibm::Config,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_confidence: 0.5, ibm: ibm::Config::default() }
    }
}

impl Config {
    /// Whether a bead teaches anything.
    fn takes(&self, relation: Relation, confidence: f32) -> bool {
        matches!(relation, Relation::Translation | Relation::Moved) && confidence >= self.min_confidence
    }
}

/// How many lines are held at once.
const BATCH: usize = 2048;

/// What a line of `aligned.jsonl` must hold to be learned from; all else in it is ignored.
#[derive(Deserialize)]
struct Row {
    zh: Vec<String>,
    en: Vec<String>,
    relation: Relation,
    confidence: f32,
}

/// Trains an overlay on files as a run writes them (`aligned.jsonl`); `-` is standard input.
///
/// One batch of lines is held at a time; of what was read, only the numbers of words stay.
///
/// # Errors
/// If a file cannot be read, a line is neither blank nor a bead, no bead is left to learn from, or the user stops it.
pub fn train(
    inputs: &[PathBuf],
    lexicon: &Lexicon,
    config: &Config,
    progress: &dyn Progress,
) -> Result<Overlay> {
    let mut corpus = Corpus::default();
    let mut sources = Vec::new();
    progress.begin("reading", Some(inputs.len() as u64));
    for path in inputs {
        let stdin = path == Path::new("-");
        let bytes: Box<dyn Read> = if stdin {
            Box::new(std::io::stdin())
        } else {
            Box::new(
                File::open(path)
                    .map_err(|e| Error::read(path, e).remedy("give the aligned.jsonl that a run wrote"))?,
            )
        };
        let hash = read(bytes, lexicon, config, &mut corpus, progress).map_err(|e| e.at(path))?;
        let name = if stdin {
            "standard input".into()
        } else {
            path.file_name().unwrap_or_default().to_string_lossy()
        };
        // A line break in a name would end the comment that it stands in.
        let name = name.replace(char::is_control, "");
        sources.push(format!("from {name} sha256:{hash}"));
        progress.advance(1);
    }
    progress.end();
    if corpus.is_empty() {
        return Err(Error::input("there is no bead to learn from")
            .remedy("give an aligned.jsonl with translations in it, or less --min-confidence"));
    }
    progress.begin("training", None);
    let overlay = overlay(&corpus, lexicon, config, &sources)?;
    progress.end();
    Ok(overlay)
}

/// Trains on what has been gathered; `sources` are lines that say where it comes from.
///
/// # Errors
/// As [`Corpus::train`].
pub fn overlay(corpus: &Corpus, lexicon: &Lexicon, config: &Config, sources: &[String]) -> Result<Overlay> {
    let mut overlay = corpus.train(lexicon, &config.ibm)?;
    let made = format!(
        "duizhao-overlay 1: made by duizhao {} over lexicon {} from {} beads",
        env!("CARGO_PKG_VERSION"),
        lexicon.hash(),
        corpus.len()
    );
    overlay.provenance = [made].into_iter().chain(sources.iter().cloned()).collect();
    Ok(overlay)
}

/// The words of the beads of a bitext that teach something.
pub fn words_of(bitext: &Bitext, lexicon: &Lexicon, config: &Config) -> Vec<Words> {
    let beads = bitext.alignment.beads().iter().filter(|b| config.takes(b.relation, b.confidence));
    beads
        .map(|b| words(lexicon, Sides::new(&sentences(bitext, b, Lang::Zh), &sentences(bitext, b, Lang::En))))
        .collect()
}

/// Reads one file's beads; gives its hash.
fn read(
    bytes: impl Read,
    lexicon: &Lexicon,
    config: &Config,
    corpus: &mut Corpus,
    progress: &dyn Progress,
) -> Result<String> {
    let mut lines =
        Lines { reader: BufReader::with_capacity(1 << 16, bytes), hasher: Sha256::new(), number: 0 };
    let batches = std::iter::from_fn(|| {
        let batch = stop_if_cancelled(progress).and_then(|()| lines.batch());
        batch.map(|batch| (!batch.is_empty()).then_some(batch)).transpose()
    });
    let work = |(number, line): (u64, Vec<u8>)| row(&line, lexicon, config).map_err(|e| e.on_line(number));
    in_order(batches, work, |words| {
        words?.into_iter().for_each(|words| corpus.add(words));
        Ok(())
    })?;
    Ok(hex::digits(&lines.hasher.finalize()))
}

/// The words of a line's bead, if it teaches something.
fn row(line: &[u8], lexicon: &Lexicon, config: &Config) -> Result<Option<Words>> {
    if line.trim_ascii().is_empty() {
        return Ok(None);
    }
    let row: Row = serde_json::from_slice(line).map_err(|e| {
        Error::input("is no bead")
            .caused_by(e)
            .remedy("give the aligned.jsonl that a run wrote; see `duizhao schema`")
    })?;
    let takes = config.takes(row.relation, row.confidence);
    Ok(takes.then(|| words(lexicon, Sides::new(&row.zh, &row.en))))
}

/// Lines with their numbers, hashed on the way.
struct Lines<R> {
    reader: BufReader<R>,
    hasher: Sha256,
    number: u64,
}

impl<R: Read> Lines<R> {
    /// The next lines; none at the end.
    fn batch(&mut self) -> Result<Vec<(u64, Vec<u8>)>> {
        let mut batch = Vec::new();
        while batch.len() < BATCH {
            let mut line = Vec::new();
            let read = self.reader.read_until(b'\n', &mut line);
            if read.map_err(|e| Error::new(ErrorKind::Io, "cannot be read").caused_by(e))? == 0 {
                break;
            }
            self.hasher.update(&line);
            self.number += 1;
            batch.push((self.number, line));
        }
        Ok(batch)
    }
}
