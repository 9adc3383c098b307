//! Bitexts → bytes. One file a format, one line here. Writers compute nothing: all they say stands in the [`Bitext`].
//!
//! A format of one file is a line of [`FORMATS`], one whose file is no row of pieces of [`container::CONTAINERS`], one that is made of
//! `aligned.jsonl` line by line of [`LINE_FORMATS`], one of several files of [`FILE_SETS`], a layout of a test set for machine
//! translation, which is fed with systems' outputs too, of [`testset::LAYOUTS`].

mod bitextor;
mod by_line;
pub mod container;
mod csv;
mod findings;
mod gold;
mod huggingface;
mod hunalign;
mod intertext;
mod jsonl;
mod keeps;
mod ladder;
mod line;
mod marks;
mod moses;
mod mqm;
mod pairs;
#[cfg(feature = "parquet")]
mod parquet;
mod pieces;
mod provenance;
#[cfg(feature = "report")]
pub mod report;
#[cfg(feature = "report")]
mod review_sheet;
mod sarif;
mod set;
#[cfg(feature = "report")]
mod spreadsheet;
pub mod standoff;
pub mod testset;
mod tmx;
mod tsv;
mod vecalign;
#[cfg(feature = "report")]
mod workbook;
mod xliff;
mod xliff12;
mod xml;

pub use by_line::{LINE_FORMATS, LineFormat, line_format};
pub use jsonl::{SCHEMA, records};
pub use keeps::Keeps;
pub use pairs::line as pairs_line;
pub use pieces::{Pieces, SetPieces};
pub use set::{FILE_SETS, FileSet, Per, Written, file_set, write_set};
#[cfg(feature = "report")]
pub use spreadsheet::Spreadsheet;
pub use vecalign::line as vecalign_line;

use crate::model::{Bead, Bitext, Finding, Lang, Rule};
use std::borrow::Cow;

/// What a file says of its making, in formats that have a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// The program's version.
    pub version: String,
    /// What made the alignment: hashes of configuration, weights and lexicon.
    pub signature: String,
    /// Under which licence the texts may be used, where somebody said.
    pub licence: Option<String>,
    /// The checks that findings may be of.
    pub rules: Vec<Rule>,
}

/// A format: how a file of it begins, what it says of each bitext, how it ends.
pub struct Format {
    /// Unique, kebab-case: what `--format` takes.
    pub name: &'static str,
    /// What its file is called in a run's folder, without the extension.
    pub stem: &'static str,
    /// The file's extension, without the dot.
    pub extension: &'static str,
    /// What it is for, in a line.
    pub doc: &'static str,
    /// Writes what stands before the first bitext.
    pub begin: fn(&Meta, &mut Vec<u8>),
    /// Writes a bitext.
    pub bitext: fn(&Bitext, &mut Vec<u8>),
    /// What it can hold of a text.
    pub keeps: Keeps,
    /// Stands between what was written of two bitexts; where nothing is written of one, it is left out.
    pub between: &'static str,
    /// Writes what stands behind the last bitext.
    pub end: fn(&mut Vec<u8>),
}

impl Format {
    /// The name of its file in a run's folder.
    pub fn file(&self) -> String {
        format!("{}.{}", self.stem, self.extension)
    }

    /// What stands before the bytes of the next bitext; `is_first` says whether there were none yet.
    pub fn separator(&self, is_first: &mut bool, own: &[u8]) -> &'static str {
        if own.is_empty() {
            return "";
        }
        if std::mem::replace(is_first, false) { "" } else { self.between }
    }
}

/// All formats of one file.
pub const FORMATS: &[Format] = &[
    jsonl::FORMAT,
    tsv::FORMAT,
    csv::FORMAT,
    tmx::FORMAT,
    xliff::FORMAT,
    xliff12::FORMAT,
    bitextor::FORMAT,
    vecalign::FORMAT,
    findings::FORMAT,
    sarif::FORMAT,
    mqm::FORMAT,
];

/// The format of this name; `json` is another name of `jsonl`.
pub fn format(name: &str) -> Option<&'static Format> {
    let name = if name == "json" { "jsonl" } else { name };
    FORMATS.iter().find(|f| f.name == name)
}

/// A whole file of these bitexts.
pub fn write(format: &Format, meta: &Meta, bitexts: &[Bitext]) -> Vec<u8> {
    let (mut pieces, mut bytes) = Pieces::begin(format, meta);
    for bitext in bitexts {
        bytes.append(&mut pieces.add(bitext));
    }
    bytes.append(&mut pieces.end());
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

/// The findings of a bead.
fn of_bead(bitext: &Bitext, number: usize) -> impl Iterator<Item = &Finding> {
    bitext.findings.iter().filter(move |finding| finding.bead as usize == number)
}

/// A text as a cell: control characters, of which some end a cell or a line and others a reader, become blanks.
fn cell(text: &str) -> Cow<'_, str> {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    if text.contains(breaks) { Cow::Owned(text.replace(breaks, " ")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests;
