//! Aligned text of any format as lines of `aligned.jsonl`, for what reads nothing else.

use super::aligned_text;
use duizhao::corpus::lines::is_stream;
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
    made: Option<TempDir>,
}

/// Leaves what is `aligned.jsonl` already where it is, and writes the rest as such into a temporary folder.
pub fn as_lines(inputs: &[PathBuf], from: Option<&str>) -> Result<AsLines> {
    // Formats of several files take theirs together.
    let together = from.is_some_and(|name| import::set_reader(name).is_some());
    let groups: Vec<&[PathBuf]> = if together { vec![inputs] } else { inputs.chunks(1).collect() };
    let mut lines = AsLines { paths: Vec::new(), made: None };
    for group in groups {
        match group {
            [path] if !together && aligned_text::is_lines(path, from)? => lines.paths.push(path.clone()),
            _ => lines.make(group, from)?,
        }
    }
    Ok(lines)
}

/// One file, as it is if it is called `NAME.jsonl`, else as such in a temporary folder.
pub fn plain(input: &Path, from: Option<&str>) -> Result<AsLines> {
    let mut lines = AsLines { paths: Vec::new(), made: None };
    let is_called_so = input.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("jsonl"));
    if is_called_so && !is_stream(input) && aligned_text::is_lines(input, from)? {
        lines.paths.push(input.to_owned());
    } else {
        lines.make(std::slice::from_ref(&input.to_owned()), from)?;
    }
    Ok(lines)
}

impl AsLines {
    fn make(&mut self, inputs: &[PathBuf], from: Option<&str>) -> Result<()> {
        let folder = match self.made.take() {
            Some(folder) => folder,
            None => tempfile::tempdir().map_err(|e| Error::write("a temporary folder", e))?,
        };
        let path = folder.path().join(format!("{}.jsonl", self.paths.len()));
        write(&path, inputs, from)?;
        self.paths.push(path);
        self.made = Some(folder);
        Ok(())
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
