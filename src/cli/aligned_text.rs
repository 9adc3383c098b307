//! Reading aligned text from files, of whatever format.

use duizhao::corpus::lines::{is_stdin, is_stream};
use duizhao::error::{Error, Result};
use duizhao::import::{self, Named, Reader, set_reader};
use duizhao::model::{Bitext, UNKNOWN};
use duizhao::pipeline::{Bitexts, Progress};
use duizhao::text::packed::{Undecodable, gunzip, is_gzip};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Aligned text, read pair of articles by pair where its format allows.
pub struct AlignedText<'p> {
    parts: Vec<Part>,
    progress: &'p dyn Progress,
}

enum Part {
    /// A file of `aligned.jsonl`; one that was made for this is gone with it.
    Lines(Bitexts, Option<NamedTempFile>),
    /// What else there is.
    Read(Vec<Bitext>),
}

impl<'p> AlignedText<'p> {
    /// Opens these files; `from` names their format, without it each file's name does. `-` is standard input.
    pub fn open(paths: &[PathBuf], from: Option<&str>, progress: &'p dyn Progress) -> Result<Self> {
        if from.and_then(set_reader).is_some() {
            return Ok(Self { parts: vec![Part::Read(read(paths, from)?)], progress });
        }
        let part = |path: &PathBuf| {
            if !is_lines(path, from)? {
                return Ok(Part::Read(read(std::slice::from_ref(path), from)?));
            }
            let copy = is_stream(path).then(|| copied(path)).transpose()?;
            let file = copy.as_ref().map_or(path.as_path(), NamedTempFile::path);
            // Nobody knows a copy by its name.
            let bitexts = Bitexts::open(file.to_owned(), progress).map_err(|e| e.at(path))?;
            Ok(Part::Lines(bitexts, copy))
        };
        Ok(Self { parts: paths.iter().map(part).collect::<Result<_>>()?, progress })
    }

    /// The licence that all of it names.
    pub fn licence(&self) -> Option<String> {
        let mut licences = BTreeSet::new();
        for part in &self.parts {
            match part {
                Part::Lines(bitexts, _) => licences.extend(bitexts.licences().iter().cloned()),
                Part::Read(bitexts) => {
                    let of = |bitext: &Bitext| bitext.pair.licence.clone();
                    licences.extend(bitexts.iter().map(|b| of(b).unwrap_or_else(|| UNKNOWN.to_owned())));
                }
            }
        }
        let first = licences.pop_first().filter(|licence| licence != UNKNOWN);
        first.filter(|_| licences.is_empty())
    }

    /// Gives every bitext, in order.
    pub fn each(self, mut take: impl FnMut(Bitext) -> Result<()>) -> Result<()> {
        for part in self.parts {
            match part {
                Part::Lines(bitexts, _copy) => bitexts.each(self.progress, &mut take)?,
                Part::Read(bitexts) => bitexts.into_iter().try_for_each(&mut take)?,
            }
        }
        Ok(())
    }
}

/// The bitexts of these files, in order; `from` names their format, without it each file's name does. `-` is standard input.
pub fn read(paths: &[PathBuf], from: Option<&str>) -> Result<Vec<Bitext>> {
    if let Some(reader) = from.and_then(set_reader) {
        let names: Vec<_> = paths.iter().map(|path| path.to_string_lossy()).collect();
        let contents = paths.iter().map(|path| bytes(path)).collect::<Result<Vec<_>>>()?;
        let files: Vec<Named<'_>> =
            names.iter().zip(&contents).map(|(name, bytes)| Named { name, bytes }).collect();
        return reader.read(&files);
    }
    let mut bitexts = Vec::new();
    for path in paths {
        let reader = reader(path, from)?;
        bitexts.extend((reader.read)(&path.to_string_lossy(), &bytes(path)?).map_err(|e| e.at(path))?);
    }
    Ok(bitexts)
}

/// Whether a file is an `aligned.jsonl`.
pub fn is_lines(path: &Path, from: Option<&str>) -> Result<bool> {
    Ok(reader(path, from)?.name == "jsonl")
}

/// What reads a file: `from`, else what its name says; without an extension, as standard input and pipes have none, it is an
/// `aligned.jsonl`.
fn reader(path: &Path, from: Option<&str>) -> Result<&'static Reader> {
    let name = path.to_string_lossy();
    let named = path.extension().map_or("jsonl", |_| &name);
    import::reader(from.unwrap_or(named))
}

/// No file is unpacked that holds more bytes than that: it would have to be held in memory.
const MOST: u64 = 4 << 30;

/// What a file holds, unpacked.
fn bytes(path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if is_stdin(path) {
        io::stdin().lock().read_to_end(&mut bytes).map_err(|e| Error::read("standard input", e))?;
    } else {
        bytes = fs::read(path).map_err(|e| Error::read(path, e))?;
    }
    if !is_gzip(&bytes) {
        return Ok(bytes);
    }
    gunzip(&bytes, MOST).map_err(|why| match why {
        Undecodable::TooLong => {
            Error::input(format!("holds more than {MOST} bytes")).at(path).remedy("give it in parts")
        }
        Undecodable::Damaged(cause) | Undecodable::Unknown(cause) => Error::input("cannot be unpacked")
            .at(path)
            .caused_by(cause)
            .remedy("get the file again: it is cut or damaged"),
    })
}

/// What a stream holds, in a file.
fn copied(path: &Path) -> Result<NamedTempFile> {
    let failed = |e| Error::write("a temporary file", e);
    let mut file = NamedTempFile::new().map_err(failed)?;
    let mut stream: Box<dyn Read> = match is_stdin(path) {
        true => Box::new(io::stdin().lock()),
        false => Box::new(File::open(path).map_err(|e| Error::read(path, e))?),
    };
    io::copy(&mut stream, &mut file).map_err(failed)?;
    Ok(file)
}
