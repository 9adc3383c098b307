//! Aligned text of any format as lines of `aligned.jsonl`, for what reads nothing else.

use super::aligned_text;
use duizhao::error::{Error, Result};
use duizhao::export::records;
use duizhao::import;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Inputs of commands that read aligned text.
#[derive(Debug, clap::Args)]
pub struct Inputs {
    /// Aligned text, any number of files: aligned.jsonl, .parquet, .tmx, .xlf, .tsv
    #[arg(required = true, value_name = "ALIGNED")]
    pub inputs: Vec<PathBuf>,
    /// The inputs' format [default: by their names]; `moses` takes two texts, `vecalign` beads and the two texts
    #[arg(long, value_name = "FORMAT")]
    pub from: Option<String>,
}

impl Inputs {
    /// The inputs as lines of `aligned.jsonl`.
    pub fn lines(&self) -> Result<AsLines> {
        as_lines(&self.inputs, self.from.as_deref())
    }
}

/// Files of `aligned.jsonl`; those that were made for this are gone with it.
pub struct AsLines {
    /// The files, in the order of the inputs.
    pub paths: Vec<PathBuf>,
    _made: Option<TempDir>,
}

/// Leaves what is `aligned.jsonl` already where it is, and writes the rest as such into a temporary folder.
pub fn as_lines(inputs: &[PathBuf], from: Option<&str>) -> Result<AsLines> {
    if inputs.iter().all(|path| are_lines(path, from)) {
        return Ok(AsLines { paths: inputs.to_vec(), _made: None });
    }
    let folder = tempfile::tempdir().map_err(|e| Error::write("a temporary folder", e))?;
    // Formats of several files take theirs together.
    let together = from.is_some_and(|name| import::set_reader(name).is_some());
    let groups: Vec<&[PathBuf]> = if together { vec![inputs] } else { inputs.chunks(1).collect() };
    let mut paths = Vec::new();
    for (number, group) in groups.into_iter().enumerate() {
        match group {
            [path] if are_lines(path, from) => paths.push(path.clone()),
            _ => {
                let path = folder.path().join(format!("{number}.jsonl"));
                write(&path, group, from)?;
                paths.push(path);
            }
        }
    }
    Ok(AsLines { paths, _made: Some(folder) })
}

/// Whether a file is taken for `aligned.jsonl`: it is not of any other format that can be read.
fn are_lines(path: &Path, from: Option<&str>) -> bool {
    match from {
        Some(name) => matches!(name, "jsonl" | "json"),
        None => import::reader(&path.to_string_lossy()).map_or(true, |reader| reader.name == "jsonl"),
    }
}

fn write(path: &Path, inputs: &[PathBuf], from: Option<&str>) -> Result<()> {
    let mut file = BufWriter::new(File::create(path).map_err(|e| Error::write(path, e))?);
    for record in aligned_text::read(inputs, from)?.iter().flat_map(records) {
        let line = serde_json::to_string(&record).map_err(|e| Error::input("a bead").caused_by(e))?;
        writeln!(file, "{line}").map_err(|e| Error::write(path, e))?;
    }
    file.flush().map_err(|e| Error::write(path, e))
}
