//! Pages to documents, some at a time, so that memory does not grow with their number.

use super::Settings;
use super::progress::Progress;
use crate::error::{Error, ErrorKind, Result};
use crate::ingest::{self, InputFile};
use crate::model::{Document, Notice, Page, Stage};
use crate::{extract, segment};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// How many pages are held at once.
const BATCH: usize = 128;

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

/// Whether a notice says that an input could not be read or parsed at all.
pub fn is_failure(notice: &Notice) -> bool {
    const FAILURES: [&str; 7] = [
        "unreadable",
        "too-large",
        "binary",
        "bad-record",
        "no-page-in-record",
        "not-found",
        "too-deeply-nested",
    ];
    FAILURES.contains(&notice.reason.as_str())
}

/// What stands for an error in the lists of what was skipped.
pub fn notice_of(error: &Error, input: &str, stage: Stage) -> Notice {
    Notice {
        input: input.to_owned(),
        stage,
        reason: error.reason().unwrap_or("unreadable").to_owned(),
        message: error.message().to_owned(),
        remedy: error.remedy_text().unwrap_or("look at the page").to_owned(),
    }
}

/// A page with what was said of it while it was read, or the reason why there is none.
type Incoming = std::result::Result<(Page, Vec<Notice>), Notice>;

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
    let mut batch: Vec<Incoming> = Vec::new();
    let mut flush = |batch: &mut Vec<Incoming>| -> Result<()> {
        stop_if_cancelled(progress)?;
        let pages = std::mem::take(batch);
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
                    if batch.len() >= BATCH {
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
        Err(notice) if notice.reason == "undecodable-bytes" => {
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
