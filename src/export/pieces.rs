//! Files piece by piece, for bitexts that come one after the other: memory holds no more than one of them.

use super::set::{FileSet, Per, Written, free};
use super::{Format, Meta};
use crate::model::Bitext;
use std::collections::HashSet;
use std::slice;

/// A file of a format while it is written. What its functions give are the file's bytes, in order.
pub struct Pieces<'f> {
    format: &'f Format,
    is_first: bool,
}

impl<'f> Pieces<'f> {
    /// What stands before the first bitext.
    pub fn begin(format: &'f Format, meta: &Meta) -> (Self, Vec<u8>) {
        let mut bytes = Vec::new();
        (format.begin)(meta, &mut bytes);
        (Self { format, is_first: true }, bytes)
    }

    /// The next bitext.
    pub fn add(&mut self, bitext: &Bitext) -> Vec<u8> {
        let mut own = Vec::new();
        (self.format.bitext)(bitext, &mut own);
        let separator = self.format.separator(&mut self.is_first, &own).as_bytes();
        own.splice(..0, separator.iter().copied());
        own
    }

    /// What stands behind the last bitext.
    pub fn end(self) -> Vec<u8> {
        let mut bytes = Vec::new();
        (self.format.end)(&mut bytes);
        bytes
    }

    fn of_file(&self, bytes: Vec<u8>) -> Written {
        Written { path: self.format.file(), bytes }
    }
}

/// The files of a format of several while they are written. What its functions give belongs behind what was given before
/// of a file of the same name; a file that is written for one pair ([`Per::Pair`]) is given whole. Of two pairs of one name,
/// the second is called `NAME-2`; capital letters make no difference.
pub struct SetPieces<'s> {
    set: &'s FileSet,
    meta: &'s Meta,
    /// The files of the corpus.
    open: Vec<Pieces<'s>>,
    /// Names of pairs.
    taken: HashSet<String>,
}

impl<'s> SetPieces<'s> {
    /// What the files begin with.
    pub fn begin(set: &'s FileSet, meta: &'s Meta) -> (Self, Vec<Written>) {
        let files = if matches!(set.per, Per::Corpus) { set.files } else { &[] };
        let begun = |file| {
            let (pieces, bytes) = Pieces::begin(file, meta);
            let written = pieces.of_file(bytes);
            (pieces, written)
        };
        let (open, written) = files.iter().map(begun).unzip();
        (Self { set, meta, open, taken: HashSet::new() }, written)
    }

    /// The next bitext.
    pub fn add(&mut self, bitext: &Bitext) -> Vec<Written> {
        let Per::Pair(name) = self.set.per else {
            let piece = |file: &mut Pieces<'_>| {
                let bytes = file.add(bitext);
                file.of_file(bytes)
            };
            return self.open.iter_mut().map(piece).collect();
        };
        let name = free(&mut self.taken, &name(bitext));
        let whole = |file: &Format| {
            let stem = if file.stem.is_empty() { String::new() } else { format!("{}.", file.stem) };
            let bytes = super::write(file, self.meta, slice::from_ref(bitext));
            Written { path: format!("{name}.{stem}{}", file.extension), bytes }
        };
        self.set.files.iter().map(whole).collect()
    }

    /// What the files end with.
    pub fn end(self) -> Vec<Written> {
        let end = |file: Pieces<'_>| Written { path: file.format.file(), bytes: file.end() };
        self.open.into_iter().map(end).collect()
    }
}
