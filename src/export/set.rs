//! Formats of several files: each of the files is a [`Format`] by itself, so that whoever writes one file can write them all.

use super::{Format, Keeps, Meta, SetPieces, gold, huggingface, hunalign, intertext, moses, vecalign};
use crate::model::Bitext;
use crate::text::{hex, url};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashSet};

/// A format of several files.
pub struct FileSet {
    /// Unique, kebab-case, among [`super::FORMATS`] too.
    pub name: &'static str,
    /// What it is for, in a line.
    pub doc: &'static str,
    /// How often its files are written.
    pub per: Per,
    /// Its files.
    pub files: &'static [Format],
}

impl FileSet {
    /// What it can hold of a text.
    pub fn keeps(&self) -> Keeps {
        self.files.first().map_or(Keeps::Nothing, |file| file.keeps)
    }
}

/// How often a set's files are written.
#[derive(Clone, Copy)]
pub enum Per {
    /// Once, all article pairs one after the other; a file is called as [`Format::file`] says.
    Corpus,
    /// For each article pair. The function names a pair; the file is called `NAME.extension`, or `NAME.stem.extension` where
    /// the format has a stem.
    Pair(fn(&Bitext) -> String),
}

/// All formats of several files.
pub const FILE_SETS: &[FileSet] =
    &[moses::FILES, huggingface::FILES, hunalign::FILES, vecalign::FILES, intertext::FILES, gold::FILES];

/// The format of several files of this name.
pub fn file_set(name: &str) -> Option<&'static FileSet> {
    FILE_SETS.iter().find(|set| set.name == name)
}

/// A file with its content, or with a piece of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its name, relative to the folder that all are written to, `/` between its parts.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// All files of these bitexts, whole, in the order of their names.
pub fn write_set(set: &FileSet, meta: &Meta, bitexts: &[Bitext]) -> Vec<Written> {
    let (mut pieces, begun) = SetPieces::begin(set, meta);
    let added = bitexts.iter().flat_map(|bitext| pieces.add(bitext)).collect::<Vec<_>>();
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for mut piece in begun.into_iter().chain(added).chain(pieces.end()) {
        files.entry(piece.path).or_default().append(&mut piece.bytes);
    }
    files.into_iter().map(|(path, bytes)| Written { path, bytes }).collect()
}

/// The name, or where it is taken, the name with the first number that makes it free.
pub(super) fn free(taken: &mut HashSet<String>, name: &str) -> String {
    let numbered = (2u32..).map(|n| format!("{name}-{n}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    // Some number is free, however many are taken.
    names.find(|name| taken.insert(name.to_lowercase())).unwrap_or_default()
}

/// A pair's name: the last part of the original's address, as far as any file system takes it.
pub(super) fn slug(bitext: &Bitext) -> String {
    let address = &bitext.pair.en_url;
    let slug = url::slug(address).unwrap_or_else(|| address.clone());
    let kept = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' };
    let slug: String = slug.chars().map(kept).collect();
    let slug: String = slug.trim_matches(['-', '.']).chars().take(100).collect();
    if slug.is_empty() { "article".to_owned() } else { slug }
}

/// A pair's name that no other pair has, whatever is written beside it: for files that name one another.
pub(super) fn own_name(bitext: &Bitext) -> String {
    let hash = Sha256::digest(bitext.pair.id.as_bytes());
    format!("{}-{}", slug(bitext), hex::digits(hash.get(..4).unwrap_or_default()))
}
