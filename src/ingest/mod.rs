//! Bytes to pages: files, folders and archives, decoded, their front matter read.
//!
//! [`list`] finds the files, [`pages`] reads one of them, a page at a time, so that an archive of any
//! length needs no more memory than its longest record. What cannot be read becomes a notice; the rest
//! goes on.

mod archive;
mod decode;
mod fetched;
mod front_matter;
mod page;
mod sniff;
mod walk;
mod warc;

use crate::error::{Error, Result};
use crate::model::{Notice, Outcome, Page, Stage};
pub use fetched::FetchedFrom;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// What may be read, and what not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The most bytes that a file, or a record of an archive, may have (default 10 MiB). An archive itself
    /// may be of any length.
    pub max_bytes: u64,
    /// Files and folders to leave out, such as the folder that the output goes to (default none).
    pub exclude: Vec<PathBuf>,
}

impl Default for Config {
    fn default() -> Self {
        Self { max_bytes: 10 << 20, exclude: Vec::new() }
    }
}

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// Where it is; `-` is standard input.
    pub path: PathBuf,
    /// What it is called in all output: its path below the folder that was given, or its base name if the
    /// file itself was given, always with `/`. Unique within one [`list`]: a second file of the same name
    /// gets `~2` before its extension.
    pub name: String,
    /// What is known of its fetching, if `duizhao fetch` stored it.
    pub fetched: Option<Box<FetchedFrom>>,
}

/// Finds the files to read below `inputs`, folders in sorted order, and says what it leaves out.
///
/// Taken are `.html`, `.htm`, `.md`, `.markdown`, `.txt`, `.jsonl`, `.warc` and `.warc.gz`, in upper or lower case; `-` is
/// standard input. Left out, each with a notice, are other files, hidden ones, `README*`, folders that an
/// earlier run wrote, what `config.exclude` names, links that lead out of a folder, and what is no regular file: a
/// pipe is read only if it is named itself.
///
/// # Errors
///
/// If there are no inputs at all, or not one of them exists.
pub fn list(inputs: &[PathBuf], config: &Config) -> Result<Outcome<Vec<InputFile>>> {
    walk::list(inputs, config)
}

/// Opens `file` and gives its pages: one, one per line of a `.jsonl` archive, or those that a WARC file holds.
///
/// An archive's line is a JSON object with `html`, `markdown` or `text`, and where known `url`, `title` and
/// `date`. A file or line that cannot be used comes as a notice, and the rest goes on.
///
/// # Errors
///
/// If the file cannot be opened.
pub fn pages(file: &InputFile, config: &Config) -> Result<PageIter> {
    if file.path == Path::new("-") {
        return open_stream(&file.name, Box::new(BufReader::new(std::io::stdin())), config);
    }
    let opened = File::open(&file.path).map_err(|e| {
        Error::read(&file.path, e)
            .because("unreadable")
            .remedy("check that the file is there and may be read")
    })?;
    let reader: Box<dyn BufRead + Send> = Box::new(BufReader::new(opened));
    Ok(if sniff::is_warc(&file.name) {
        PageIter { inner: Inner::Warc(Box::new(warc::Records::new(&file.name, reader, config.max_bytes))) }
    } else if is_archive(file) {
        PageIter::archive(&file.name, reader, config)
    } else {
        PageIter::single(read_single(&file.name, reader, config, file.fetched.as_deref()))
    })
}

/// The page that a server sent for `asked`, or what is wrong with it.
///
/// # Errors
/// A notice, if it holds no text.
pub fn fetched(bytes: &[u8], name: &str, from: &FetchedFrom) -> std::result::Result<Page, Notice> {
    let last = page::from_file(name, bytes, Some(from)).pop();
    last.unwrap_or_else(|| Err(notice(name, "binary", "holds no text".to_owned(), "look at the page")))
}

/// The most bytes of text that `file` may hold, if it holds no more than one page; `None` for an archive and for standard
/// input, whose pages come one after the other.
pub fn size_of_page(file: &InputFile, config: &Config) -> Option<u64> {
    if file.path == Path::new("-") || is_archive(file) {
        return None;
    }
    let known = file.path.metadata().ok().filter(std::fs::Metadata::is_file);
    Some(known.map_or(config.max_bytes, |about| about.len().min(config.max_bytes)))
}

fn is_archive(file: &InputFile) -> bool {
    sniff::extension(&file.name) == "jsonl" || sniff::is_warc(&file.name)
}

/// Standard input has no ending to go by: what starts with `{` is an archive.
fn open_stream(name: &str, mut reader: Box<dyn BufRead + Send>, config: &Config) -> Result<PageIter> {
    let start = reader.fill_buf().map_err(|e| Error::read(name, e).because("unreadable"))?;
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    let is_archive = start.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'{');
    Ok(if is_archive {
        PageIter::archive(name, reader, config)
    } else {
        PageIter::single(read_single(name, reader, config, None))
    })
}

/// Reads a whole file, but no more than is allowed.
fn read_single(
    name: &str,
    reader: Box<dyn BufRead + Send>,
    config: &Config,
    from: Option<&FetchedFrom>,
) -> Vec<std::result::Result<Page, Notice>> {
    let mut bytes = Vec::new();
    if let Err(e) = reader.take(config.max_bytes.saturating_add(1)).read_to_end(&mut bytes) {
        return vec![Err(notice(name, "unreadable", format!("cannot be read: {e}"), "check the file"))];
    }
    if bytes.len() as u64 > config.max_bytes {
        return vec![Err(too_large(name, config.max_bytes))];
    }
    page::from_file(name, &bytes, from)
}

/// The pages of one file, in order; notices of what is wrong with a page come just before it.
pub struct PageIter {
    inner: Inner,
}

enum Inner {
    Single(std::vec::IntoIter<std::result::Result<Page, Notice>>),
    Archive(Box<archive::Records>),
    Warc(Box<warc::Records>),
}

impl PageIter {
    fn single(pages: Vec<std::result::Result<Page, Notice>>) -> Self {
        Self { inner: Inner::Single(pages.into_iter()) }
    }

    fn archive(name: &str, reader: Box<dyn BufRead + Send>, config: &Config) -> Self {
        Self { inner: Inner::Archive(Box::new(archive::Records::new(name, reader, config.max_bytes))) }
    }
}

impl std::fmt::Debug for PageIter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PageIter").finish_non_exhaustive()
    }
}

impl Iterator for PageIter {
    type Item = std::result::Result<Page, Notice>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.inner {
            Inner::Single(pages) => pages.next(),
            Inner::Archive(records) => records.next(),
            Inner::Warc(records) => records.next(),
        }
    }
}

/// A notice of this stage.
fn notice(input: &str, reason: &str, message: String, remedy: &str) -> Notice {
    Notice {
        input: input.to_owned(),
        stage: Stage::Ingest,
        reason: reason.to_owned(),
        message,
        remedy: remedy.to_owned(),
    }
}

fn too_large(input: &str, max_bytes: u64) -> Notice {
    let message = format!("is larger than {max_bytes} bytes and was left out");
    notice(input, "too-large", message, "raise the limit, or cut the page out of what surrounds it")
}

#[cfg(test)]
mod tests;
