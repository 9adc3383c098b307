//! Formats of several files that are read together.

use super::{moses, text, vecalign};
use crate::error::{Error, Result};
use crate::model::{Bitext, Sides};
use crate::text::han;

/// A format of several files.
pub struct SetReader {
    /// Unique, kebab-case, among [`super::READERS`] too: what `--from` takes.
    pub name: &'static str,
    /// What it is, in a line.
    pub doc: &'static str,
    /// What each file is, in the order in which they are given.
    pub files: &'static [&'static str],
    /// Reads as many files as [`SetReader::files`] has; an error names the file.
    read: fn(&[Named<'_>]) -> Result<Vec<Bitext>>,
}

/// A file's content with its name.
#[derive(Debug, Clone, Copy)]
pub struct Named<'f> {
    /// The name.
    pub name: &'f str,
    /// The content.
    pub bytes: &'f [u8],
}

/// All formats of several files.
pub const SET_READERS: &[SetReader] = &[
    SetReader {
        name: "moses",
        doc: "Moses plain pair: line n of one file translates line n of the other; which is Chinese is seen by its characters",
        files: &["one text", "its translation"],
        read: moses::read,
    },
    SetReader {
        name: "vecalign",
        doc: "vecalign's beads over two texts of a sentence a line; which is Chinese is seen by its characters",
        files: &["the beads", "the text that they name first", "the other text"],
        read: vecalign::read,
    },
];

/// The format of several files of this name.
pub fn set_reader(name: &str) -> Option<&'static SetReader> {
    SET_READERS.iter().find(|reader| reader.name == name)
}

impl SetReader {
    /// Reads any number of such sets, one after the other.
    ///
    /// # Errors
    /// If files are missing, or whatever is wrong with them, with file and line.
    pub fn read(&self, files: &[Named<'_>]) -> Result<Vec<Bitext>> {
        if files.is_empty() || !files.len().is_multiple_of(self.files.len()) {
            let (wanted, found) = (self.files.len(), files.len());
            return Err(Error::usage(format!(
                "{} is a format of {wanted} files, here are {found}",
                self.name
            ))
            .remedy(format!("give {}", self.files.join(", "))));
        }
        let mut bitexts = Vec::new();
        for set in files.chunks(self.files.len()) {
            bitexts.extend((self.read)(set)?);
        }
        Ok(bitexts)
    }
}

/// A file's lines.
pub(super) fn lines<'f>(file: &Named<'f>) -> Result<Vec<&'f str>> {
    Ok(text(file.bytes).map_err(|e| e.at(file.name))?.lines().collect())
}

/// Which of two texts is Chinese: the one with more Han characters, the first if there are none.
pub(super) fn sides<T>(first: T, second: T, text: impl Fn(&T) -> &[&str]) -> Sides<T> {
    let count = |lines: &[&str]| lines.iter().flat_map(|l| l.chars()).filter(|&c| han::is_han(c)).count();
    if count(text(&first)) >= count(text(&second)) {
        Sides::new(first, second)
    } else {
        Sides::new(second, first)
    }
}
