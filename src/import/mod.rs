//! Aligned text from elsewhere → [`Bitext`]s: our own `aligned.jsonl`, TMX, XLIFF, two columns of tab-separated text; and of
//! several files, Moses' plain pair and vecalign's beads with both texts.

mod jsonl;
mod moses;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "report")]
mod review_sheet;
mod rows;
mod set;
#[cfg(feature = "report")]
mod spreadsheet;
mod tmx;
mod tsv;
mod vecalign;
mod xliff;
mod xml;

pub use jsonl::bitext;
#[cfg(feature = "report")]
pub use review_sheet::review_sheet;
pub use set::{Named, SET_READERS, SetReader, set_reader};
#[cfg(feature = "report")]
pub use spreadsheet::spreadsheet;

use crate::error::{Error, Result};
use crate::model::Bitext;

/// A format that can be read.
pub struct Reader {
    /// Unique, kebab-case: what `--from` takes.
    pub name: &'static str,
    /// The extensions by which a file is known to be of it.
    pub extensions: &'static [&'static str],
    /// What it is, in a line.
    pub doc: &'static str,
    /// Reads a whole file. What it cannot understand of it is an error that names the line.
    pub read: fn(name: &str, bytes: &[u8]) -> Result<Vec<Bitext>>,
}

/// All formats of one file.
pub const READERS: &[Reader] = &[
    jsonl::READER,
    #[cfg(feature = "parquet")]
    parquet::READER,
    tmx::READER,
    xliff::READER,
    tsv::READER,
];

/// The format of this name, or of a file of this name, be it packed (`.gz`) or not.
///
/// # Errors
/// If it is of none.
pub fn reader(name: &str) -> Result<&'static Reader> {
    let lower = name.to_lowercase();
    let unpacked = lower.strip_suffix(".gz").unwrap_or(&lower);
    let extension = unpacked.rsplit('.').next().unwrap_or(unpacked);
    let fits = |r: &&Reader| r.name == extension || r.extensions.contains(&extension);
    READERS.iter().find(fits).ok_or_else(|| {
        let names = READERS.iter().map(|reader| reader.name).chain(SET_READERS.iter().map(|reader| reader.name));
        Error::usage(format!("`{name}` is of no format that can be read")).remedy(format!(
            "give an aligned.jsonl, a .parquet, a .tmx, an .xlf, or a .tsv with Chinese and English columns, or name the \
             format with --from: {}",
            names.collect::<Vec<_>>().join(", ")
        ))
    })
}

/// A file's bytes as text.
fn text(bytes: &[u8]) -> Result<&str> {
    let text = std::str::from_utf8(bytes).map_err(|e| {
        let line = bytes.get(..e.valid_up_to()).unwrap_or_default().iter().filter(|&&b| b == b'\n').count();
        Error::input("is not UTF-8").on_line(line as u64 + 1).remedy("convert it, e.g. with iconv")
    })?;
    Ok(text.trim_start_matches('\u{feff}'))
}
