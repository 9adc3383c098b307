//! The files of `duizhao export`, written while the aligned text is read.

use super::aligned_text::AlignedText;
use super::export::TestSetArgs;
use super::io::{tell, visible};
use duizhao::corpus::Output;
use duizhao::error::{Error, Result};
use duizhao::export::container::Container;
use duizhao::export::testset::{Layout, TestSet};
use duizhao::export::{FileSet, Format, Keeps, Meta, Per, Pieces, SetPieces, Written};
use duizhao::model::{Bitext, Lang};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs;
use std::io;
use std::path::Path;
use walkdir::WalkDir;

/// What is exported.
pub struct Source<'p> {
    /// The text.
    pub text: AlignedText<'p>,
    /// The licence that takes the place of its own.
    pub licence: Option<String>,
    /// What the format can hold.
    pub keeps: Keeps,
    /// Whether nothing is said.
    pub quiet: bool,
}

impl Source<'_> {
    /// Gives every bitext, and says in how many sentences the format could not hold all there was.
    fn each(self, mut take: impl FnMut(&Bitext) -> Result<()>) -> Result<()> {
        let (mut changed, mut passed_over) = (0, 0);
        let Self { text, licence, keeps, quiet } = self;
        text.each(|mut bitext| {
            bitext.pair.licence = licence.clone().or(bitext.pair.licence);
            changed += keeps.changed(&bitext);
            passed_over += keeps.passed_over(&bitext);
            take(&bitext)
        })?;
        if changed > 0 {
            let noun = if changed == 1 { "sentence" } else { "sentences" };
            tell(quiet, &format!("{changed} {noun} changed: {}\n", keeps.doc()));
        }
        if passed_over > 0 {
            let said = "left out, because a side holds nothing but blanks";
            tell(quiet, &format!("{said}: {passed_over} of the beads\n"));
        }
        Ok(())
    }
}

/// A format of one file.
pub fn single(text: Source<'_>, format: &Format, meta: &Meta, mut out: Output<'static>) -> Result<()> {
    let (mut pieces, begun) = Pieces::begin(format, meta);
    out.bytes(&begun)?;
    text.each(|bitext| out.bytes(&pieces.add(bitext)))?;
    out.bytes(&pieces.end())?;
    out.finish().map(drop)
}

/// A format that is filled.
pub fn container(
    text: Source<'_>,
    format: &Container,
    meta: &Meta,
    lang: Lang,
    mut out: Output<'static>,
) -> Result<()> {
    let quiet = text.quiet;
    let mut filling = (format.open)(meta, lang, &mut out)?;
    text.each(|bitext| filling.add(bitext))?;
    let notices = filling.finish()?;
    notices.iter().for_each(|notice| tell(quiet, &format!("{notice}\n")));
    out.finish().map(drop)
}

/// A format of several files.
pub fn set(text: Source<'_>, set: &FileSet, meta: &Meta, folder: &Path) -> Result<()> {
    let (mut pieces, begun) = SetPieces::begin(set, meta);
    if let Per::Pair(_) = set.per {
        return text.each(|bitext| put(folder, &pieces.add(bitext)));
    }
    let mut outputs: BTreeMap<String, Output<'_>> = BTreeMap::new();
    let mut append = |pieces: Vec<Written>| {
        pieces.into_iter().try_for_each(|piece| {
            let path = folder.join(&piece.path);
            let output = match outputs.entry(piece.path) {
                Entry::Vacant(entry) => entry.insert(Output::file(&path)?),
                Entry::Occupied(entry) => entry.into_mut(),
            };
            output.bytes(&piece.bytes)
        })
    };
    append(begun)?;
    text.each(|bitext| append(pieces.add(bitext)))?;
    append(pieces.end())?;
    outputs.into_values().try_for_each(|output| output.finish().map(drop))
}

/// A test set.
pub fn test_set(
    text: Source<'_>,
    layout: &Layout,
    meta: &Meta,
    folder: &Path,
    args: &TestSetArgs,
) -> Result<()> {
    let mut set = TestSet::new(args.options())?;
    let (quiet, mut findings) = (text.quiet, 0);
    text.each(|bitext| {
        set.add(bitext);
        findings += bitext.findings.len();
        Ok(())
    })?;
    if findings == 0 {
        let said = "nothing is left out for a finding, since there is none: was the text checked? See duizhao qa --help";
        tell(quiet, &format!("{said}\n"));
    }
    for system in &args.system {
        let (name, path) = system.split_once('=').ok_or_else(|| {
            Error::usage(format!("`{system}` does not say what file is of which system"))
                .remedy("write --system NAME=FILE")
        })?;
        let text = fs::read(path).map_err(|e| Error::read(path, e))?;
        let text = String::from_utf8(text).map_err(|e| {
            Error::input("is not UTF-8").at(path).caused_by(e).remedy("convert it, e.g. with iconv")
        })?;
        set.add_system(name, &text).map_err(|e| e.at(path))?;
    }
    let files = (layout.files)(&set, meta);
    put(folder, &files)?;
    let others: Vec<String> = others(folder, &files)?;
    if !others.is_empty() {
        tell(quiet, &format!("not of this test set, but in its folder: {}\n", others.join(", ")));
    }
    Ok(())
}

/// What else is in a folder.
fn others(folder: &Path, files: &[Written]) -> Result<Vec<String>> {
    let mut others = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|e| Error::read(folder, io::Error::from(e)))?;
        let name = entry.path().strip_prefix(folder).map(|path| path.to_string_lossy().replace('\\', "/"));
        let name = name.unwrap_or_default();
        if entry.file_type().is_file() && !files.iter().any(|file| file.path == name) {
            others.push(visible(&name));
        }
    }
    Ok(others)
}

/// Writes whole files.
fn put(folder: &Path, files: &[Written]) -> Result<()> {
    fs::create_dir_all(folder).map_err(|e| Error::write(folder, e))?;
    for file in files {
        let path = folder.join(&file.path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|e| Error::write(folder, e))?;
        }
        fs::write(&path, &file.bytes).map_err(|e| Error::write(&path, e))?;
    }
    Ok(())
}
