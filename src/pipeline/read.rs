//! Pages to documents, some at a time, so that memory does not grow with their number.

use super::Settings;
use super::batches::in_order;
use super::{Progress, stop_if_cancelled};
use crate::error::{Error, Result};
use crate::ingest::{self, InputFile};
use crate::model::{Document, Notice, Page, Stage, reason};
use crate::{extract, segment};
use serde::{Deserialize, Serialize};

/// How many pages are held at once.
const BATCH: usize = 128;
/// How many bytes of text are held at once, but for the last page.
const BATCH_BYTES: u64 = 32 << 20;

/// A line of `articles.jsonl`: a document with what was left out of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Understood {
    /// The article with its sentences.
    #[serde(flatten)]
    pub document: Document,
    /// What was left out of it, and why.
    pub notices: Vec<Notice>,
}

/// What became of a page: a document, or the reason why there is none.
pub type Reading = std::result::Result<Understood, Notice>;

/// What stands for an error in the lists of what was skipped.
pub fn notice_of(error: &Error, input: &str, stage: Stage) -> Notice {
    Notice {
        input: input.to_owned(),
        stage,
        reason: error.reason().unwrap_or(reason::UNREADABLE).to_owned(),
        message: error.message().to_owned(),
        remedy: error.remedy_text().unwrap_or("look at the page").to_owned(),
    }
}

/// A page with what was said of it while it was read, or the reason why there is none.
pub(super) type Incoming = std::result::Result<(Page, Vec<Notice>), Notice>;

/// Reads every page of every file and hands over what became of it, in the order of the input.
///
/// # Errors
/// Whatever `take` fails with, or an interruption.
pub fn read_all(
    files: &[InputFile],
    settings: &Settings,
    progress: &dyn Progress,
    take: impl FnMut(Reading) -> Result<()> + Send,
) -> Result<()> {
    read_each(files, settings, progress, |reading| reading, take)
}

/// As [`read_all`], but hands over what `make`, which is called from several threads, makes of each reading.
///
/// # Errors
/// As [`read_all`].
pub fn read_each<R: Send>(
    files: &[InputFile],
    settings: &Settings,
    progress: &dyn Progress,
    make: impl Fn(Reading) -> R + Sync,
    take: impl FnMut(R) -> Result<()> + Send,
) -> Result<()> {
    let read = |page: Incoming| make(page.and_then(|(page, said)| read_with(&page, said, settings)));
    read_pages(files, settings, progress, read, take)
}

/// As [`read_each`], but `read` is given the pages themselves.
pub(super) fn read_pages<R: Send>(
    files: &[InputFile],
    settings: &Settings,
    progress: &dyn Progress,
    read: impl Fn(Incoming) -> R + Sync,
    mut take: impl FnMut(R) -> Result<()> + Send,
) -> Result<()> {
    let work = |waiting: Waiting<'_>| match waiting {
        Waiting::Page(page) => vec![read(*page)],
        Waiting::File(file) => {
            let made = incoming(file, settings).map(&read).collect();
            progress.advance(1);
            made
        }
    };
    let batches = Batches { files: files.iter(), archive: None, settings, progress };
    in_order(batches, work, |made: Vec<R>| made.into_iter().try_for_each(&mut take))
}

/// What waits to be understood.
enum Waiting<'f> {
    /// A file with a page of its own, not yet read.
    File(&'f InputFile),
    /// A page of an archive.
    Page(Box<Incoming>),
}

/// What is read at once: files by name, the pages of archives as they come out of them.
struct Batches<'f> {
    files: std::slice::Iter<'f, InputFile>,
    archive: Option<Box<dyn Iterator<Item = Incoming>>>,
    settings: &'f Settings,
    progress: &'f dyn Progress,
}

impl<'f> Iterator for Batches<'f> {
    type Item = Result<Vec<Waiting<'f>>>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Err(stopped) = stop_if_cancelled(self.progress) {
            return Some(Err(stopped));
        }
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < BATCH && bytes < BATCH_BYTES {
            let Some((waiting, size)) = self.waiting() else { break };
            bytes = bytes.saturating_add(size);
            batch.push(waiting);
        }
        (!batch.is_empty()).then_some(Ok(batch))
    }
}

impl<'f> Batches<'f> {
    /// What comes next, and how much text it may hold.
    fn waiting(&mut self) -> Option<(Waiting<'f>, u64)> {
        loop {
            if let Some(page) = self.archive.as_mut().and_then(Iterator::next) {
                let size = page.as_ref().map_or(0, |(page, _)| page.text.len() as u64);
                return Some((Waiting::Page(Box::new(page)), size));
            }
            if self.archive.take().is_some() {
                self.progress.advance(1);
            }
            let file = self.files.next()?;
            match ingest::size_of_page(file, &self.settings.ingest) {
                Some(size) => return Some((Waiting::File(file), size)),
                None => self.archive = Some(incoming(file, self.settings)),
            }
        }
    }
}

/// The pages of a file, or the reason why it cannot be read.
fn incoming(file: &InputFile, settings: &Settings) -> Box<dyn Iterator<Item = Incoming>> {
    match ingest::pages(file, &settings.ingest) {
        Ok(pages) => Box::new(with_remarks(pages)),
        Err(error) => Box::new(std::iter::once(Err(notice_of(&error, &file.name, Stage::Ingest)))),
    }
}

/// Puts what was said of a page (that some bytes could not be decoded) to the page itself, which follows.
fn with_remarks(
    pages: impl Iterator<Item = std::result::Result<Page, Notice>>,
) -> impl Iterator<Item = Incoming> {
    let mut said = Vec::new();
    pages.filter_map(move |page| match page {
        Ok(page) => Some(Ok((page, std::mem::take(&mut said)))),
        Err(notice) if notice.reason == reason::UNDECODABLE_BYTES => {
            said.push(notice);
            None
        }
        Err(notice) => Some(Err(notice)),
    })
}

/// One page's document.
///
/// # Errors
/// The reason why the page holds none.
pub fn read(page: &Page, settings: &Settings) -> Reading {
    read_with(page, Vec::new(), settings)
}

fn read_with(page: &Page, mut notices: Vec<Notice>, settings: &Settings) -> Reading {
    let extracted =
        extract::run(page, &settings.extract).map_err(|e| notice_of(&e, &page.id, Stage::Extract))?;
    let segmented = segment::run(extracted.output, &settings.segment);
    notices.extend(extracted.notices);
    notices.extend(segmented.notices);
    Ok(Understood { document: segmented.output, notices })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::Silent;
    use std::fs::{self, File};

    /// How many pages each batch of these files has; names ending in `jsonl` are archives.
    fn batches(files: &[(String, String, u64)]) -> Vec<usize> {
        let dir = tempfile::tempdir().unwrap();
        let inputs: Vec<InputFile> = files
            .iter()
            .map(|(name, text, length)| {
                let path = dir.path().join(name);
                fs::write(&path, text).unwrap();
                let file = File::options().write(true).open(&path).unwrap();
                file.set_len((*length).max(text.len() as u64)).unwrap();
                InputFile { path, name: name.clone(), fetched: None }
            })
            .collect();
        let settings = Settings::default();
        Batches { files: inputs.iter(), archive: None, settings: &settings, progress: &Silent }
            .map(|batch| batch.unwrap().len())
            .collect()
    }

    #[test]
    fn a_batch_is_full_of_many_pages_or_of_much_text() {
        let many = |count: usize, length: u64| -> Vec<_> {
            (0..count).map(|n| (format!("{n}.md"), String::new(), length)).collect()
        };
        assert_eq!(batches(&many(2 * BATCH + 1, 1)), [BATCH, BATCH, 1]);
        assert_eq!(batches(&many(5, BATCH_BYTES / 4)), [4, 1]);
        let record = |length: u64| format!("{{\"text\":\"{}\"}}\n", "x".repeat(length as usize));
        let archive = |records: String| vec![("a.jsonl".to_owned(), records, 0)];
        assert_eq!(batches(&archive(record(1).repeat(BATCH + 1))), [BATCH, 1]);
        assert_eq!(batches(&archive(record(BATCH_BYTES / 4 + 1).repeat(5))), [4, 1]);
        assert_eq!(batches(&[]), [0; 0]);
    }
}
