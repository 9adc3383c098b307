//! Reading aligned text from files, of whatever format.

use duizhao::error::{Error, Result};
use duizhao::import::{self, Named, set_reader};
use duizhao::model::Bitext;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

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
        let name = path.to_string_lossy();
        let reader = import::reader(from.unwrap_or(if is_stdin(path) { "jsonl" } else { &name }))?;
        bitexts.extend((reader.read)(&name, &bytes(path)?).map_err(|e| e.at(path))?);
    }
    Ok(bitexts)
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

fn bytes(path: &Path) -> Result<Vec<u8>> {
    if !is_stdin(path) {
        return fs::read(path).map_err(|e| Error::read(path, e));
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).map_err(|e| Error::read("standard input", e))?;
    Ok(bytes)
}
