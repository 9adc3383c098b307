//! Bitexts → bytes. One file a format, one line here. Writers compute nothing: all they say stands in the [`Bitext`].

mod jsonl;
mod pairs;
mod tmx;
mod tsv;
mod vecalign;

pub use jsonl::{SCHEMA, records};
pub use pairs::line as pairs_line;
pub use vecalign::line as vecalign_line;

use crate::model::{Bead, Bitext, Lang};
use std::borrow::Cow;

/// What a file says of its making, in formats that have a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// The program's version.
    pub version: String,
    /// What made the alignment: hashes of configuration, weights and lexicon.
    pub signature: String,
}

/// A format: how a file of it begins, what it says of each bitext, how it ends.
pub struct Format {
    /// Unique, kebab-case: what `--format` takes.
    pub name: &'static str,
    /// The file's extension, without the dot.
    pub extension: &'static str,
    /// What it is for, in a line.
    pub doc: &'static str,
    /// Writes what stands before the first bitext.
    pub begin: fn(&Meta, &mut Vec<u8>),
    /// Writes a bitext.
    pub bitext: fn(&Bitext, &mut Vec<u8>),
    /// Writes what stands behind the last bitext.
    pub end: fn(&mut Vec<u8>),
}

/// All formats.
pub const FORMATS: &[Format] = &[jsonl::FORMAT, tsv::FORMAT, tmx::FORMAT, vecalign::FORMAT];

/// The format of this name; `json` is another name of `jsonl`.
pub fn format(name: &str) -> Option<&'static Format> {
    let name = if name == "json" { "jsonl" } else { name };
    FORMATS.iter().find(|f| f.name == name)
}

/// A whole file of these bitexts.
pub fn write(format: &Format, meta: &Meta, bitexts: &[Bitext]) -> Vec<u8> {
    let mut bytes = Vec::new();
    (format.begin)(meta, &mut bytes);
    for bitext in bitexts {
        (format.bitext)(bitext, &mut bytes);
    }
    (format.end)(&mut bytes);
    bytes
}

fn nothing(_: &Meta, _: &mut Vec<u8>) {}

fn no_end(_: &mut Vec<u8>) {}

/// A bead's sentences on one side.
pub fn sentences<'b>(bitext: &'b Bitext, bead: &Bead, lang: Lang) -> Vec<&'b str> {
    let indices = if lang == Lang::Zh { &bead.zh } else { &bead.en };
    let document = bitext.pair.documents.get(lang);
    indices.iter().map(|&i| document.sentence(i as usize)).collect()
}

/// A bead's sentences on one side as one string: Chinese without blanks between them, English with.
fn joined(bitext: &Bitext, bead: &Bead, lang: Lang) -> String {
    sentences(bitext, bead, lang).join(if lang == Lang::Zh { "" } else { " " })
}

/// A text as a cell: every character that could end the cell or the line becomes a blank.
fn cell(text: &str) -> Cow<'_, str> {
    let breaks =
        |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    if text.contains(breaks) { Cow::Owned(text.replace(breaks, " ")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests;
