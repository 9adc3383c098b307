//! From pages and stand-off lines back to beads with their texts.
//!
//! A page is known by the hash of its text; names in stand-off lines are compared with those of the pages that were given,
//! and never opened. The file is read three times: to see which pages it is of, to see which pairs can be made again, and to
//! write those. In memory are the texts of the articles that are named, and no other.

mod pages;

use super::Progress;
use super::settings::Settings;
use crate::corpus::lines::{self, Line};
use crate::corpus::{Output, hash};
use crate::error::{Error, Result, json_cause};
use crate::export::standoff::{sha256, written};
use crate::model::{Lang, Notice, Record, Sides, Span, Standoff};
use pages::{Pages, Wanted};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What was made again, and what was not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// How many beads were read.
    pub read: u64,
    /// How many were written.
    pub written: u64,
    /// How many pairs of articles there are.
    pub pairs: u64,
    /// The pairs of which nothing was written, in the order of the file.
    pub refused: Vec<Refused>,
    /// Pages that could not be read, needed or not.
    pub unread: Vec<Notice>,
}

/// A pair of articles of which nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// The pair's name.
    pub pair: String,
    /// How many beads it has.
    pub beads: u64,
    /// Why.
    pub causes: Vec<Cause>,
}

/// Why a pair cannot be made again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cause {
    /// `page-missing`, `page-changed`, `no-article`, `other-article` or `line-differs`.
    pub reason: &'static str,
    /// The page's name in the stand-off file; `None` if it is not one page's fault.
    pub file: Option<String>,
    /// Its address, where one is known.
    pub url: Option<String>,
    /// SHA-256 of the page that is wanted.
    pub expected: Option<String>,
    /// SHA-256 of the page that is there in its stead.
    pub found: Option<String>,
    /// What happened, in a sentence.
    pub message: String,
    /// What can be done about it.
    pub remedy: &'static str,
}

/// Makes the beads of stand-off files again of these pages, and writes those of every pair that is the same to the last
/// byte, without findings.
///
/// # Errors
/// A file that cannot be read twice or holds something else, no page at all, an output that cannot be written, or the user
/// stops it. Pages that are not there, or not the same, are no errors: they are in the report.
pub fn run(
    inputs: &[PathBuf],
    pages: &[PathBuf],
    settings: &Settings,
    progress: &dyn Progress,
    output: &mut Output<'_>,
) -> Result<Report> {
    lines::check_rereadable(inputs)?;
    let mut wanted = Wanted::default();
    lines::each(inputs, progress, standoff, |_, standoff| {
        wanted.add(&standoff);
        Ok(())
    })?;
    let pages = Pages::read(pages, wanted, settings, progress)?;
    let mut verdicts = Verdicts::default();
    let mut named: FxHashSet<u64> = FxHashSet::default();
    lines::each(
        inputs,
        progress,
        |line| standoff(line).map(|standoff| (made(&standoff, &pages).err(), standoff)),
        |line, (causes, standoff)| {
            let record = standoff.record();
            verdicts.add(record, causes.unwrap_or_default());
            if named.insert(hash(&[&record.id])) {
                return Ok(());
            }
            let path = inputs.get(line.file).map_or(Path::new(""), PathBuf::as_path);
            let twice = Error::input(format!("bead {} stands a second time", record.id));
            Err(twice.at(path).on_line(line.number).remedy("give every line once"))
        },
    )?;
    let mut report =
        Report { pairs: verdicts.pairs.len() as u64, unread: pages.unread().to_vec(), ..Report::default() };
    let look = |line: &Line| standoff(line).map(|standoff| (made(&standoff, &pages), standoff));
    lines::each(inputs, progress, look, |_, (made, standoff)| {
        report.read += 1;
        match (verdicts.refused(&standoff.record().pair), made) {
            (Some(refused), _) => refused.beads += 1,
            (None, Ok(line)) => {
                output.line(&line)?;
                report.written += 1;
            }
            (None, Err(_)) => return Err(Error::input("was changed while it was being read")),
        }
        Ok(())
    })?;
    report.refused = verdicts.refused;
    Ok(report)
}

/// The stand-off bead of a line.
fn standoff(line: &Line) -> Result<Standoff> {
    serde_json::from_str(&line.text).map_err(|e| {
        Error::input("is no stand-off line")
            .caused_by(json_cause(&e))
            .remedy("give what `duizhao export --format standoff` wrote, as it wrote it")
    })
}

/// Which pairs there are, and which of them must not be written.
#[derive(Default)]
struct Verdicts {
    pairs: FxHashSet<String>,
    refused: Vec<Refused>,
    places: FxHashMap<String, usize>,
}

impl Verdicts {
    fn add(&mut self, record: &Record, causes: Vec<Cause>) {
        if !self.pairs.contains(&record.pair) {
            self.pairs.insert(record.pair.clone());
        }
        if causes.is_empty() {
            return;
        }
        if self.refused(&record.pair).is_none() {
            self.places.insert(record.pair.clone(), self.refused.len());
            self.refused.push(Refused { pair: record.pair.clone(), beads: 0, causes: Vec::new() });
        }
        let Some(refused) = self.refused(&record.pair) else { return };
        for cause in causes {
            // What is wrong with a page is wrong with all its beads, and said once.
            let is_known = |known: &Cause| known.reason == cause.reason && known.file == cause.file;
            if !refused.causes.iter().any(is_known) {
                refused.causes.push(cause);
            }
        }
    }

    fn refused(&mut self, pair: &str) -> Option<&mut Refused> {
        self.places.get(pair).and_then(|&place| self.refused.get_mut(place))
    }
}

/// The line of `aligned.jsonl` that a bead was, or why it cannot be made again.
fn made(standoff: &Standoff, pages: &Pages) -> std::result::Result<String, Vec<Cause>> {
    let record = standoff.record();
    let zh = side(standoff, pages, Lang::Zh, &record.zh_span, &standoff.sentences().zh);
    let en = side(standoff, pages, Lang::En, &record.en_span, &standoff.sentences().en);
    let (zh, en) = match (zh, en) {
        (Ok(zh), Ok(en)) => (zh, en),
        (zh, en) => return Err([zh.err(), en.err()].into_iter().flatten().map(|cause| *cause).collect()),
    };
    match written(&standoff.with(Sides::new(zh, en))) {
        Ok(line) if sha256(&line) == standoff.line() => Ok(line),
        _ => Err(vec![Cause {
            reason: "line-differs",
            file: None,
            url: None,
            expected: None,
            found: None,
            message: format!("bead {} is not what its hash is of: the stand-off line was changed", record.id),
            remedy: "take the stand-off file from where it came from",
        }]),
    }
}

/// The sentences of a side, cut out of its page's article.
fn side(
    standoff: &Standoff,
    pages: &Pages,
    lang: Lang,
    spans: &[Span],
    hashes: &[String],
) -> std::result::Result<Vec<String>, Box<Cause>> {
    let texts =
        pages.texts(standoff.pages().get(lang)).map_err(|absent| pages.cause(standoff, lang, absent))?;
    let cuts = texts.iter().find_map(|text| cut(text, spans, hashes));
    cuts.ok_or_else(|| pages.other_article(standoff, lang))
}

/// The sentences at these places, if they are those that the hashes are of.
fn cut(text: &str, spans: &[Span], hashes: &[String]) -> Option<Vec<String>> {
    let sentence = |(span, hash): (&Span, &String)| {
        let sentence = text.get(span.range())?;
        (sha256(sentence) == *hash).then(|| sentence.to_owned())
    };
    spans.iter().zip(hashes).map(sentence).collect()
}

#[cfg(test)]
mod tests;
