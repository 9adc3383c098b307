//! Text into pieces: SentencePiece's normaliser and its unigram segmentation, over tries that are mapped, not built.
//!
//! The ids are those of the package the model comes from. The algorithms are SentencePiece's (Kudo and Richardson,
//! 2018): `Normalizer::Normalize` over the precompiled character map, and the best path through the lattice of pieces
//! (`Lattice::Viterbi`), which for one best path is a plain dynamic programme from left to right.

use super::map::Mapped;
use super::weights::Weights;
use crate::error::{Error, Result};
use yada::DoubleArray;

/// Ids with a meaning of their own.
pub(super) const UNKNOWN: u32 = 0;
const BEGIN: u32 = 1;
const END: u32 = 2;

/// What stands for a blank in pieces (U+2581).
const BLANK: &[u8] = "\u{2581}".as_bytes();

/// How much worse an unknown character is than the worst piece: SentencePiece's own constant.
const UNKNOWN_PENALTY: f64 = 10.0;

/// The tokeniser of a model.
pub(super) struct Tokenizer {
    /// Every piece, its id the value.
    pieces: DoubleArray<Mapped>,
    scores: Vec<f32>,
    unknown_score: f64,
    /// What is replaced, where the replacement begins in `replacements` the value.
    map: DoubleArray<Mapped>,
    /// Replacements, each ended by a zero byte.
    replacements: Mapped,
}

impl Tokenizer {
    /// Takes its tries out of a model file.
    pub(super) fn open(weights: &Weights) -> Result<Self> {
        let trie = |name: &str| {
            DoubleArray::new(weights.blob(name)?)
                .map_err(|e| Error::input(format!("the model's {name} is no trie: {e}")))
        };
        let scores = weights.floats("pieces.scores", weights.rows("pieces.scores")?)?;
        let worst = scores.iter().copied().fold(f32::INFINITY, f32::min);
        Ok(Self {
            pieces: trie("pieces.trie")?,
            scores,
            unknown_score: f64::from(worst) - UNKNOWN_PENALTY,
            map: trie("characters.trie")?,
            replacements: weights.blob("characters.replacements")?,
        })
    }

    /// The ids of a text's pieces, between the ids for its beginning and its end. A text of nothing is one unknown piece.
    pub(super) fn encode(&self, text: &str) -> Vec<u32> {
        let normalized = self.normalize(text.as_bytes());
        let mut ids = vec![BEGIN];
        self.best_path(&normalized, &mut ids);
        if ids.len() == 1 {
            ids.push(UNKNOWN);
        }
        ids.push(END);
        ids
    }

    /// The longest replacement at the start of `text`, else its first character: what comes out, and how many bytes of
    /// `text` it stands for.
    fn replace<'a>(&'a self, text: &'a [u8]) -> (&'a [u8], usize) {
        let longest = self.map.common_prefix_search(text).last();
        if let Some((value, len)) = longest
            && let Some(found) = self.replacements.get(value as usize..)
            && let Some(replacement) = found.split(|b| *b == 0).next()
        {
            return (replacement, len);
        }
        let len = character(text);
        (text.get(..len).unwrap_or(text), len)
    }

    /// The normal form: characters replaced, runs of blanks one blank, one blank in front, none at either end.
    fn normalize(&self, text: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(text.len() + 16);
        let mut after_blank = true;
        let mut rest = text;
        while !rest.is_empty() {
            let (mut replacement, len) = self.replace(rest);
            rest = rest.get(len..).unwrap_or_default();
            if after_blank {
                replacement = without_blanks(replacement);
            }
            let Some(last) = replacement.last() else { continue };
            after_blank = *last == b' ';
            if out.is_empty() {
                out.extend_from_slice(BLANK);
            }
            for byte in replacement {
                match byte {
                    b' ' => out.extend_from_slice(BLANK),
                    _ => out.push(*byte),
                }
            }
        }
        while out.ends_with(BLANK) {
            out.truncate(out.len() - BLANK.len());
        }
        out
    }

    /// Appends the ids on the best path through `text`; of paths as good, the one whose last piece begins earliest.
    fn best_path(&self, text: &[u8], ids: &mut Vec<u32>) {
        let mut reached = vec![Reached { score: f64::NEG_INFINITY, from: 0, id: UNKNOWN }; text.len() + 1];
        if let Some(start) = reached.first_mut() {
            start.score = 0.0;
        }
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|r| !r.is_empty()) {
            let base = reached.get(at).map_or(0.0, |r| r.score);
            let first = character(rest);
            let mut reach = |len: usize, score: f64, id: u32| {
                if let Some(there) = reached.get_mut(at + len).filter(|r| score > r.score) {
                    *there = Reached { score, from: at, id };
                }
            };
            let mut whole = false;
            for (id, len) in self.pieces.common_prefix_search(rest) {
                let score = self.scores.get(id as usize).copied().unwrap_or(f32::NEG_INFINITY);
                reach(len, base + f64::from(score), id);
                whole |= len == first;
            }
            if !whole {
                reach(first, base + self.unknown_score, UNKNOWN);
            }
            at += first;
        }
        let from = ids.len();
        let mut end = text.len();
        while let Some(step) = reached.get(end).filter(|_| end > 0) {
            ids.push(step.id);
            end = step.from;
        }
        if let Some(path) = ids.get_mut(from..) {
            path.reverse();
        }
    }
}

/// How a place in the text is reached best.
#[derive(Clone, Copy)]
struct Reached {
    score: f64,
    from: usize,
    id: u32,
}

/// How many bytes the first character takes; one where there is none, so that every step goes on.
fn character(text: &[u8]) -> usize {
    let len = match text.first() {
        Some(0xc0..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf7) => 4,
        _ => 1,
    };
    len.min(text.len()).max(1)
}

/// A text without the blanks at its start.
fn without_blanks(text: &[u8]) -> &[u8] {
    let blanks = text.iter().take_while(|b| **b == b' ').count();
    text.get(blanks..).unwrap_or_default()
}
