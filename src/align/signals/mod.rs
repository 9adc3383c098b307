//! The similarity signals: each measures a few features of a candidate bead. One file a signal, one line here.

mod encoder;
mod ending;
mod latin;
mod length;
mod lexicon;
mod list;
mod merging;
mod nothing;
mod numbers;
mod paragraph;
mod position;
mod shape;

use super::coverage::Coverage;
use super::terms::Sentence;
use super::vectors::Meaning;
use std::sync::LazyLock;

/// A candidate bead as the signals see it.
#[derive(Debug, Clone, Copy)]
pub struct View<'s> {
    /// Sentences on either side: `(Chinese, English)`.
    pub shape: (usize, usize),
    /// What each side finds on the other.
    pub coverage: &'s Coverage,
    /// What a sentence of these documents finds best on the other side, on average, 0–1.
    pub typical: f32,
    /// Logarithm of the ratio of both documents' numbers of sentences, Chinese over English.
    pub imbalance: f32,
    /// By how much the bead's coverage exceeds that of smaller beads inside it; 0 for 1–1.
    pub gain: f32,
    /// By how much the bead's coverage exceeds what its sentences find elsewhere, –1 to 1.
    pub contrast: f32,
    /// The best coverage that a single sentence of a null bead finds anywhere, 0–1.
    pub elsewhere: f32,
    /// Length in letters and digits: `(Chinese, English)`.
    pub length: (f32, f32),
    /// English letters for one Chinese character, over the documents.
    pub length_ratio: f32,
    /// Where the bead's middle lies in each document, 0–1: `(Chinese, English)`.
    pub place: (f32, f32),
    /// Whether it holds the first sentence of both sides.
    pub first: bool,
    /// Whether the last sentence ends as sentences do: `(Chinese, English)`.
    pub ended: (bool, bool),
    /// How many sentences inside a merged bead, its last ones and the items of an expanded list aside, do not end as
    /// sentences do.
    pub unended: usize,
    /// How many fragments of sentences it holds.
    pub fragments: usize,
    /// How many list items stand against one sentence that is none, if nothing else does but an introduction; else 0.
    pub list_items: usize,
    /// Whether the first sentence opens a paragraph: `(Chinese, English)`; `None` unless both texts have paragraphs.
    pub opens: Option<(bool, bool)>,
    /// How many paragraphs are opened inside it, on both sides together.
    pub openings: usize,
    /// What a sentence encoder says of it; all 0 without one.
    pub meaning: Meaning,
    /// The sentence of a null bead.
    pub alone: Option<&'s Sentence>,
}

/// A signal: a name, what it means, the features it measures, and how.
pub struct Signal {
    /// Unique, kebab-case; a table of `weights.toml`.
    pub name: &'static str,
    /// What it says, in a sentence.
    pub doc: &'static str,
    /// Its features' names, in the order in which `measure` writes them.
    pub features: &'static [&'static str],
    /// Writes one value a feature; the slice holds zeros when it is called.
    pub measure: fn(&View<'_>, &mut [f32]),
}

/// All signals. Order matters to nothing but the order of [`crate::model::Bead::parts`].
pub const SIGNALS: &[Signal] = &[
    lexicon::SIGNAL,
    encoder::SIGNAL,
    latin::SIGNAL,
    numbers::SIGNAL,
    merging::SIGNAL,
    ending::SIGNAL,
    list::SIGNAL,
    length::SIGNAL,
    position::SIGNAL,
    paragraph::SIGNAL,
    nothing::SIGNAL,
    shape::SIGNAL,
];

/// How many features there are in all.
pub fn feature_count() -> usize {
    static COUNT: LazyLock<usize> = LazyLock::new(|| SIGNALS.iter().map(|s| s.features.len()).sum());
    *COUNT
}

/// Measures all features of a bead, signal by signal.
pub fn measure(view: &View<'_>, features: &mut Vec<f32>) {
    features.clear();
    features.resize(feature_count(), 0.0);
    let mut rest = features.as_mut_slice();
    for signal in SIGNALS {
        let (own, others) = rest.split_at_mut(signal.features.len().min(rest.len()));
        (signal.measure)(view, own);
        rest = others;
    }
}

/// Writes `values` into the first of `features`, if there are as many.
fn write<const N: usize>(features: &mut [f32], values: &[f32; N]) {
    if let Some(slots) = features.first_chunk_mut() {
        *slots = *values;
    }
}
