//! Pages to documents, some at a time, so that memory does not grow with their number.

use super::Settings;
use super::progress::Progress;
use crate::error::{Error, ErrorKind, Result};
use crate::ingest::{self, InputFile};
use crate::model::{Document, Notice, Page, Stage, reason};
use crate::{extract, segment};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// How many pages are held at once.
const BATCH: usize = 128;
/// How many bytes of text are held at once, but for the last page.
const BATCH_BYTES: usize = 32 << 20;

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
type Incoming = std::result::Result<(Page, Vec<Notice>), Notice>;

/// Pages that wait to be understood.
#[derive(Default)]
struct Batch {
    pages: Vec<Incoming>,
    bytes: usize,
}

impl Batch {
    fn push(&mut self, page: Incoming) {
        self.bytes += page.as_ref().map_or(0, |(page, _)| page.text.len());
        self.pages.push(page);
    }

    fn is_full(&self) -> bool {
        self.pages.len() >= BATCH || self.bytes >= BATCH_BYTES
    }
}

/// Reads every page of every file and hands over what became of it, in the order of the input.
///
/// # Errors
/// Whatever `take` fails with, or an interruption.
pub fn read_all(
    files: &[InputFile],
    settings: &Settings,
    progress: &dyn Progress,
    mut take: impl FnMut(Reading) -> Result<()>,
) -> Result<()> {
    let mut batch = Batch::default();
    let mut flush = |batch: &mut Batch| -> Result<()> {
        stop_if_cancelled(progress)?;
        let Batch { pages, .. } = std::mem::take(batch);
        let readings: Vec<Reading> = pages
            .into_par_iter()
            .map(|page| page.and_then(|(p, said)| read_with(&p, said, settings)))
            .collect();
        readings.into_iter().try_for_each(&mut take)
    };
    for file in files {
        match ingest::pages(file, &settings.ingest) {
            Ok(pages) => {
                for page in with_remarks(pages) {
                    batch.push(page);
                    if batch.is_full() {
                        flush(&mut batch)?;
                    }
                }
            }
            Err(error) => batch.push(Err(notice_of(&error, &file.name, Stage::Ingest))),
        }
        progress.advance(1);
    }
    flush(&mut batch)
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

/// Stops between two steps if the user wants it.
///
/// # Errors
/// [`ErrorKind::Interrupted`].
pub fn stop_if_cancelled(progress: &dyn Progress) -> Result<()> {
    if progress.cancelled() {
        return Err(Error::new(ErrorKind::Interrupted, "stopped; an earlier run's output is as it was"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Media, Origin};
    use std::collections::BTreeMap;

    #[test]
    fn a_batch_is_full_of_many_pages_or_of_much_text() {
        let page = |bytes: usize| Page {
            id: String::new(),
            origin: Origin::default(),
            media: Media::PlainText,
            text: "x".repeat(bytes),
            body_start: 0,
            front_matter: BTreeMap::new(),
        };
        for (bytes, pages) in [(1, BATCH), (BATCH_BYTES / 2, 2), (BATCH_BYTES + 1, 1)] {
            let mut batch = Batch::default();
            while !batch.is_full() {
                batch.push(Ok((page(bytes), Vec::new())));
            }
            assert_eq!(batch.pages.len(), pages);
        }
    }
}
