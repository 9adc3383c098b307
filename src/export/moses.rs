//! Moses' plain pair: two files, of which line n of one translates line n of the other; a third says what line n is.
//!
//! Read by OpusFilter, by `datasets`, and by most trainers of translation models. Translation and moved beads only; both
//! files have the same number of lines and none is empty (see [`line`](super::line::line) for what becomes a blank).

use super::line::{line, pairs};
use super::set::{FileSet, Per};
use super::{Format, Keeps, no_end, nothing};
use crate::model::Bitext;

/// The plain pair.
pub const FILES: FileSet = FileSet {
    name: "moses",
    doc: "Moses plain pair: corpus.zh and corpus.en, line by line, with corpus.ids; translation and moved beads only",
    per: Per::Corpus,
    files: &[
        Format { extension: "zh", bitext: zh, ..FILE },
        Format { extension: "en", bitext: en, ..FILE },
        Format { extension: "ids", bitext: ids, ..FILE },
    ],
};

/// What the files share.
const FILE: Format = Format {
    name: "moses",
    stem: "corpus",
    extension: "",
    doc: "a segment a line",
    begin: nothing,
    bitext: zh,
    keeps: Keeps::Line,
    between: "",
    end: no_end,
};

fn zh(bitext: &Bitext, bytes: &mut Vec<u8>) {
    pairs(bitext).for_each(|pair| put(&pair.texts.zh, bytes));
}

fn en(bitext: &Bitext, bytes: &mut Vec<u8>) {
    pairs(bitext).for_each(|pair| put(&pair.texts.en, bytes));
}

fn ids(bitext: &Bitext, bytes: &mut Vec<u8>) {
    pairs(bitext).for_each(|pair| put(&line(&bitext.id(pair.number)), bytes));
}

fn put(text: &str, bytes: &mut Vec<u8>) {
    bytes.extend_from_slice(text.as_bytes());
    bytes.push(b'\n');
}
